using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Vireo.Host.Files;

/// <summary>
/// Writes that are there whole or not at all, also after kill -9 or a power cut: a temporary file beside the target, fsync,
/// rename over the target, fsync of the folder. What means nothing after a power cut, because what it tells of is gone then, is
/// written without waiting for the disk.
/// </summary>
public static class AtomicFile
{
    /// <summary>What temporary files end in. Nobody reads them; <see cref="Sweep"/> takes away what a crash left.</summary>
    public const string TemporaryEnd = ".new";

    /// <summary>Writes text; the folder must exist.</summary>
    /// <param name="path">The file.</param>
    /// <param name="text">All of it.</param>
    /// <param name="mode">Its permissions.</param>
    /// <param name="durable">It outlives a power cut.</param>
    public static void Write(string path, string text, int mode = 0x180, bool durable = true) =>
        Write(path, Encoding.UTF8.GetBytes(text), mode, durable);

    /// <summary>Writes bytes; the folder must exist.</summary>
    public static void Write(string path, ReadOnlySpan<byte> content, int mode = 0x180, bool durable = true)
    {
        using var made = new NewFile(path, mode);
        RandomAccess.Write(made.File, content, 0);
        made.Keep(durable);
    }

    /// <summary>Copies a file's bytes, in the place of what is there; the folder must exist.</summary>
    /// <param name="source">What is copied.</param>
    /// <param name="path">The file.</param>
    /// <param name="mode">Its permissions.</param>
    public static void Copy(string source, string path, int mode = 0x180)
    {
        using var from = LibC.Handle(LibC.open(source, LibC.O_RDONLY | LibC.O_CLOEXEC, 0), $"cannot open file '{source}'");
        using var made = new NewFile(path, mode);
        byte[] part = new byte[1 << 16];
        for (long at = 0; RandomAccess.Read(from, part, at) is > 0 and var read; at += read)
            RandomAccess.Write(made.File, part.AsSpan(0, read), at);
        made.Keep(durable: true);
    }

    /// <summary>A file beside its place, which is gone again if it is not kept.</summary>
    sealed class NewFile : IDisposable
    {
        readonly string path, temporary;
        bool kept;

        public NewFile(string path, int mode)
        {
            (this.path, temporary) = (path, path + TemporaryEnd);
            File = LibC.Handle(LibC.open(temporary, LibC.O_WRONLY | LibC.O_CREAT | LibC.O_CLOEXEC | LibC.O_NOFOLLOW, mode), $"cannot create file '{temporary}'");
            if (LibC.ftruncate(File, 0) == 0)
                return;
            int errno = LibC.Errno;
            Dispose();
            throw HostErrors.Failed(errno, $"cannot truncate '{temporary}'");
        }

        public SafeFileHandle File { get; }

        public void Keep(bool durable)
        {
            if (durable)
                Check(LibC.fsync(File), "cannot sync", temporary);
            Check(LibC.rename(temporary, path), "cannot rename", temporary);
            kept = true;
            if (durable)
                SyncFolder(Path.GetDirectoryName(path)!);
        }

        public void Dispose()
        {
            File.Dispose();
            if (!kept)
                _ = LibC.unlink(temporary);
        }
    }

    /// <summary>Removes a file for good.</summary>
    /// <returns>Whether it was there.</returns>
    public static bool Delete(string path, bool durable = true)
    {
        if (LibC.unlink(path) < 0)
            return LibC.Errno == LibC.ENOENT ? false : throw HostErrors.Failed(LibC.Errno, $"cannot remove '{path}'");
        if (durable)
            SyncFolder(Path.GetDirectoryName(path)!);
        return true;
    }

    /// <summary>Points a symbolic link to <paramref name="target"/>, in the place of one that is there.</summary>
    public static void Link(string link, string target)
    {
        string temporary = link + TemporaryEnd;
        _ = LibC.unlink(temporary);
        Check(LibC.symlink(target, temporary), "cannot link", temporary);
        Check(LibC.rename(temporary, link), "cannot rename", temporary);
        SyncFolder(Path.GetDirectoryName(link)!);
    }

    /// <summary>Makes a folder and those above it, and keeps them.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="mode">The permissions of those that are made.</param>
    public static void MakeFolder(string folder, int mode = 0x1ed)
    {
        if (Directory.Exists(folder))
            return;
        if (Path.GetDirectoryName(folder) is { Length: > 0 } above)
            MakeFolder(above, mode);
        if (LibC.mkdir(folder, mode) < 0 && LibC.Errno != LibC.EEXIST)
            throw HostErrors.Failed(LibC.Errno, $"cannot create directory '{folder}'");
    }

    /// <summary>Takes away the temporary files that a crash left in a folder.</summary>
    /// <param name="folder">The folder; it need not be there.</param>
    /// <param name="files">Which files are written there.</param>
    public static void Sweep(string folder, string files = "*.xml")
    {
        if (!Directory.Exists(folder))
            return;
        foreach (string left in Directory.EnumerateFiles(folder, files + TemporaryEnd))
            _ = LibC.unlink(left);
    }

    static void SyncFolder(string folder)
    {
        using SafeFileHandle handle = LibC.Handle(
            LibC.open(folder, LibC.O_RDONLY | LibC.O_DIRECTORY | LibC.O_CLOEXEC, 0), $"cannot open directory '{folder}'");
        if (LibC.fsync(handle) < 0 && LibC.Errno != LibC.EINVAL)        // some file systems cannot sync a folder
            throw HostErrors.Failed(LibC.Errno, $"cannot sync directory '{folder}'");
    }

    static void Check(int result, string doing, string path)
    {
        if (result < 0)
            throw HostErrors.Failed(LibC.Errno, $"{doing} '{path}'");
    }
}
