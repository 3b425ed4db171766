using Microsoft.Win32.SafeHandles;
using Vireo.Core.Errors;
using Vireo.Host.Files;

namespace Vireo.Host.Locks;

/// <summary>
/// A resource that is held: the file, and a lock of its first byte. The lock is the open file's, so that it outlives an exec, and no other
/// close of ours loses it; it keeps out libvirt's own locks too, which are the process's, on this host and where the file system is shared.
/// </summary>
sealed class Lease : IDisposable
{
    Lease(string path, SafeFileHandle file, bool shared, bool autoCreate) => (Path, File, Shared, AutoCreate) = (path, file, shared, autoCreate);

    /// <summary>The file.</summary>
    internal string Path { get; }

    /// <summary>The open file, which has the lock.</summary>
    internal SafeFileHandle File { get; }

    /// <summary>Others may hold it too.</summary>
    internal bool Shared { get; }

    /// <summary>The file goes with its last owner.</summary>
    internal bool AutoCreate { get; }

    /// <summary>Who holds it, by process.</summary>
    internal List<int> Owners { get; } = [];

    /// <summary>Takes it.</summary>
    /// <exception cref="VireoException">It is not there, or another process has it.</exception>
    internal static Lease Take(string name, string path, bool shared, bool autoCreate)
    {
        while (true)
        {
            int fd = LibC.open(path, LibC.O_RDWR | LibC.O_CLOEXEC | (autoCreate ? LibC.O_CREAT : 0), 0x180);
            if (fd < 0)
                throw VireoException.System(ErrorDomain.Lockspace, LibC.Errno, $"Unable to open{(autoCreate ? "/create" : "")} resource {path}");
            var file = new SafeFileHandle(fd, ownsHandle: true);
            if (Lock(file, shared ? LibC.F_RDLCK : LibC.F_WRLCK) < 0)
            {
                int errno = LibC.Errno;
                file.Dispose();
                throw errno is LibC.EAGAIN or LibC.EACCES
                    ? Lockspace.Busy($"Lockspace resource '{name}' is locked")
                    : VireoException.System(ErrorDomain.Lockspace, errno, $"Unable to acquire lock on '{path}'");
            }
            // Its last holder removed it between our open and our lock: then nobody else would see ours.
            if (autoCreate && !FileOwner.SameFile(path, $"/proc/self/fd/{fd}"))
            {
                file.Dispose();
                continue;
            }
            return new Lease(path, file, shared, autoCreate);
        }
    }

    /// <summary>Goes on with one that a process before this one held.</summary>
    internal static Lease Adopt(KeptLease kept)
    {
        _ = LibC.fcntl(kept.File, LibC.F_SETFD, 1);
        var lease = new Lease(kept.Path, new SafeFileHandle(kept.File, ownsHandle: true), kept.Shared, kept.AutoCreate);
        lease.Owners.AddRange(kept.Owners);
        return lease;
    }

    static unsafe int Lock(SafeFileHandle file, int type)
    {
        long* byteZero = stackalloc long[4];    // struct flock: type and whence, start, length, pid
        new Span<long>(byteZero, 4).Clear();
        *(short*)byteZero = (short)type;
        byteZero[2] = 1;
        return LibC.fcntl(file, LibC.F_OFD_SETLK, (nint)byteZero);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (AutoCreate)
            _ = LibC.unlink(Path);
        _ = Lock(File, LibC.F_UNLCK);   // a child between its fork and its program has a copy of the descriptor
        File.Dispose();
    }
}

/// <summary>A lease on its way to the process that this one becomes.</summary>
/// <param name="Name">The resource.</param>
/// <param name="Path">Its file.</param>
/// <param name="File">The open file, a descriptor.</param>
/// <param name="Shared">Others may hold it too.</param>
/// <param name="AutoCreate">The file goes with its last owner.</param>
/// <param name="Owners">Who holds it, by process.</param>
public sealed record KeptLease(string Name, string Path, int File, bool Shared, bool AutoCreate, IReadOnlyList<int> Owners);
