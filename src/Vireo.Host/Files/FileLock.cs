using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Vireo.Host.Files;

/// <summary>A pid file that is locked as long as its process lives: what says that a daemon already runs.</summary>
public sealed class FileLock : IDisposable
{
    readonly SafeFileHandle file;
    readonly string path;

    FileLock(SafeFileHandle file, string path) => (this.file, this.path) = (file, path);

    /// <summary>Takes the lock and writes our pid into the file.</summary>
    /// <returns>Null if another process has it.</returns>
    public static FileLock? TryTake(string path) => Take(path, LibC.F_OFD_SETLK);

    /// <summary>Takes the lock as soon as nobody else has it, and writes our pid into the file.</summary>
    public static FileLock Take(string path) => Take(path, LibC.F_OFD_SETLKW)!;

    static FileLock? Take(string path, int how)
    {
        while (true)
        {
            SafeFileHandle file = LibC.Handle(
                LibC.open(path, LibC.O_RDWR | LibC.O_CREAT | LibC.O_CLOEXEC, 0x1a4), $"cannot open '{path}'");
            if (Lock(file, how) < 0)
            {
                int errno = LibC.Errno;
                file.Dispose();
                if (errno is LibC.EINTR)
                    continue;
                return errno is LibC.EAGAIN or LibC.EACCES ? null : throw HostErrors.Failed(errno, $"cannot lock '{path}'");
            }
            if (!IsStill(file, path))       // its last holder removed it between our open and our lock
            {
                file.Dispose();
                continue;
            }
            _ = LibC.ftruncate(file, 0);
            RandomAccess.Write(file, Encoding.ASCII.GetBytes(LibC.getpid().ToString()), 0);
            return new FileLock(file, path);
        }
    }

    /// <summary>Removes the file and lets go of the lock.</summary>
    public void Dispose()
    {
        if (file.IsClosed)
            return;
        _ = LibC.unlink(path);
        file.Dispose();
    }

    // Of the open file, so that no other close of ours lets go of it; it keeps out libvirt's own locks too, which are the process's.
    static unsafe int Lock(SafeFileHandle file, int how)
    {
        long* whole = stackalloc long[4];
        new Span<long>(whole, 4).Clear();
        *(short*)whole = LibC.F_WRLCK;
        return LibC.fcntl(file, how, (nint)whole);
    }

    static bool IsStill(SafeFileHandle file, string path) => HostFile.PathOf(file) == Path.GetFullPath(path);
}
