using Vireo.Core.Errors;

namespace Vireo.Host.Namespaces;

/// <summary>Views of the mounts that processes have for themselves.</summary>
public static class MountNamespaces
{
    const int CLONE_FS = 0x200, CLONE_NEWNS = 0x20000;
    const int OpenTree = 428, MoveMount = 429, CloneTree = 1, CloseOnExec = 0x80000, Recursive = 0x8000, FromEmptyPath = 4;

    /// <summary>This process may make them, and file systems for them. Tried by a thread that ends with its trial.</summary>
    public static bool AreAvailable()
    {
        bool can = false;
        OnThread(() =>
        {
            if (LibC.unshare(CLONE_NEWNS) < 0)
                return;
            try
            {
                DevMount.Empty().Dispose();
                can = true;
            }
            catch (VireoException)
            {
                // A kernel before 5.2, or one that is told not to let us.
            }
        });
        return can;
    }

    /// <summary>Puts what is missing into the /dev of a process that has its own.</summary>
    /// <param name="pid">The process.</param>
    /// <param name="added">What it needs.</param>
    /// <exception cref="VireoException">The kernel refuses.</exception>
    public static void Add(int pid, PrivateDev added)
    {
        foreach (DevEntry entry in added.Entries)
        {
            if (!entry.IsMounted)
                DevFiles.Make(DevOf(pid), entry);
            else if (DevFiles.Find($"/proc/{pid}/root{entry.Path}") is null)
                Mount(pid, entry);
        }
    }

    /// <summary>Takes nodes and links out of the /dev of a process again.</summary>
    /// <param name="pid">The process.</param>
    /// <param name="gone">What a device needed.</param>
    /// <param name="needed">What others still need.</param>
    public static void Remove(int pid, PrivateDev gone, PrivateDev needed)
    {
        foreach (DevEntry entry in gone.Except(needed))
            if (!entry.IsMounted)
                DevFiles.Remove(DevOf(pid), entry);
    }

    static string DevOf(int pid) => $"/proc/{pid}/root/dev";

    // A file that is no node is the host's own, mounted: taken here, and put there by a thread that goes there.
    static unsafe void Mount(int pid, DevEntry entry)
    {
        using var there = LibC.Handle(LibC.open($"/proc/{pid}/ns/mnt", CloseOnExec, 0), $"cannot open mount namespace of process {pid}");
        DevFiles.MakePlace(DevOf(pid), entry);
        int errno = 0;
        OnThread(() =>
        {
            fixed (byte* path = System.Text.Encoding.UTF8.GetBytes(entry.Path + "\0"), nothing = "\0"u8)
            {
                nint tree = LibC.syscall(OpenTree, -100, (nint)path, CloneTree | CloseOnExec | Recursive, 0, 0);
                if (tree < 0 || LibC.unshare(CLONE_FS) < 0 || LibC.setns(there, CLONE_NEWNS) < 0
                    || LibC.syscall(MoveMount, tree, (nint)nothing, -100, (nint)path, FromEmptyPath) < 0)
                    errno = LibC.Errno;
                if (tree >= 0)
                    _ = LibC.close((int)tree);
            }
        });
        if (errno != 0)
            throw VireoException.System(ErrorDomain.None, errno, $"Unable to mount {entry.Path} in the guest's namespace");
    }

    static void OnThread(Action action)
    {
        var thread = new Thread(() => action(), 256 * 1024) { IsBackground = true, Name = "namespace" };
        thread.Start();
        thread.Join();
    }
}
