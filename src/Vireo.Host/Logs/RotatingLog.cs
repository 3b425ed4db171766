using Microsoft.Win32.SafeHandles;
using Vireo.Core.Errors;

namespace Vireo.Host.Logs;

/// <summary>A place in a rotating log: the file, by its inode, which it keeps under whatever name, and the byte in it.</summary>
public readonly record struct LogPlace(ulong Inode, ulong Offset);

/// <summary>
/// A log that is cut when it is too long: the file becomes "FILE.0", what was that "FILE.1", and so on; the oldest goes. Lines stay whole where
/// the last one that fits ends not far before the limit.
/// </summary>
public sealed class RotatingLog : IDisposable
{
    /// <summary>How far before the limit an end of line is looked for.</summary>
    const int Lookback = 80;
    readonly string path;
    readonly long limit;
    readonly int backups;
    SafeFileHandle file;
    long length;

    RotatingLog(string path, long limit, int backups, SafeFileHandle file)
    {
        (this.path, this.limit, this.backups, this.file) = (path, limit, backups, file);
        length = RandomAccess.GetLength(file);
    }

    /// <summary>Where the next byte goes.</summary>
    public LogPlace End => new(LogFiles.InodeOf(file), (ulong)length);

    /// <summary>Opens a log to add to it.</summary>
    /// <param name="path">The file.</param>
    /// <param name="limit">Bytes at most, at least 1.</param>
    /// <param name="backups">Files beside it at most.</param>
    /// <param name="truncate">What was there goes, the files beside it too.</param>
    /// <exception cref="VireoException">It cannot be opened.</exception>
    public static RotatingLog Open(string path, long limit, int backups, bool truncate)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        if (truncate)
            for (int number = 0; number < backups; number++)
                _ = LibC.unlink(LogFiles.Backup(path, number));
        return new RotatingLog(path, limit, backups, OpenFile(path, truncate));
    }

    static SafeFileHandle OpenFile(string path, bool truncate) => LibC.Handle(
        LibC.open(path, LibC.O_WRONLY | LibC.O_CREAT | LibC.O_APPEND | LibC.O_CLOEXEC | (truncate ? LibC.O_TRUNC : 0), 0x180), $"Unable to open file: {path}");

    /// <summary>Adds bytes.</summary>
    /// <exception cref="VireoException">The disk does not take them.</exception>
    public void Append(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            int fitting = (int)Math.Clamp(limit - length, 0, bytes.Length);
            bool cut = fitting < bytes.Length;
            if (cut && bytes[Math.Max(0, fitting - Lookback)..fitting].LastIndexOf((byte)'\n') is >= 0 and var line)
                fitting = Math.Max(0, fitting - Lookback) + line + 1;
            Write(bytes[..fitting]);
            bytes = bytes[fitting..];
            if (cut)
                Rotate();
        }
    }

    unsafe void Write(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            nint written;
            fixed (byte* at = bytes)
                written = LibC.write((int)file.DangerousGetHandle(), at, (nuint)bytes.Length);
            if (written < 0 && LibC.Errno != LibC.EINTR)
                throw HostErrors.Failed(LibC.Errno, $"Unable to write to file {path}");
            bytes = bytes[(int)Math.Max(0, written)..];
            length += Math.Max(0, written);
        }
    }

    void Rotate()
    {
        if (backups == 0)
            _ = LibC.unlink(path);
        for (int number = backups - 1; number >= 0; number--)
            _ = LibC.rename(number == 0 ? path : LogFiles.Backup(path, number - 1), LogFiles.Backup(path, number));
        SafeFileHandle next = OpenFile(path, truncate: false);
        file.Dispose();
        file = next;
        length = RandomAccess.GetLength(next);
    }

    /// <inheritdoc/>
    public void Dispose() => file.Dispose();
}
