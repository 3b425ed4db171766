using Microsoft.Win32.SafeHandles;
using Vireo.Core.Errors;

namespace Vireo.Host.Namespaces;

/// <summary>
/// A file system with a /dev in it that is mounted nowhere: whoever gets its descriptor mounts it, and without that it goes with the descriptor. It is made
/// by the daemon, since a process in its guest's control groups may make no nodes.
/// </summary>
static unsafe class DevMount
{
    const int OpenFileSystem = 430, Configure = 431, MakeMount = 432;
    const int CloseOnExec = 1, SetText = 1, Create = 6, NoSetUid = 2;

    /// <summary>Makes it.</summary>
    /// <exception cref="VireoException">The kernel refuses.</exception>
    public static SafeFileHandle Of(PrivateDev dev)
    {
        SafeFileHandle made = Empty();
        try
        {
            string place = $"/proc/self/fd/{made.DangerousGetHandle()}";
            foreach (DevEntry entry in dev.Entries)
            {
                if (entry.IsMounted)
                    DevFiles.MakePlace(place, entry);
                else
                    DevFiles.Make(place, entry);
            }
            foreach (string mount in dev.Mounts)
                if (DevFiles.Find(mount) is { } there)
                    DevFiles.MakePlace(place, there);
            return made;
        }
        catch
        {
            made.Dispose();
            throw;
        }
    }

    /// <summary>One with nothing in it.</summary>
    public static SafeFileHandle Empty()
    {
        fixed (byte* kind = "tmpfs\0"u8, source = "source\0"u8, name = "devfs\0"u8, mode = "mode\0"u8, permissions = "755\0"u8, size = "size\0"u8, limit = "64k\0"u8)
        {
            using SafeFileHandle system = LibC.Handle((int)LibC.syscall(OpenFileSystem, (nint)kind, CloseOnExec, 0, 0, 0), "cannot make a file system for a private /dev");
            nint fd = system.DangerousGetHandle();
            bool made = LibC.syscall(Configure, fd, SetText, (nint)source, (nint)name, 0) >= 0
                && LibC.syscall(Configure, fd, SetText, (nint)mode, (nint)permissions, 0) >= 0
                && LibC.syscall(Configure, fd, SetText, (nint)size, (nint)limit, 0) >= 0
                && LibC.syscall(Configure, fd, Create, 0, 0, 0) >= 0;
            return LibC.Handle(made ? (int)LibC.syscall(MakeMount, fd, CloseOnExec, NoSetUid, 0, 0) : -1, "cannot make a file system for a private /dev");
        }
    }
}
