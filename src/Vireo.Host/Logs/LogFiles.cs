using System.Globalization;
using Microsoft.Win32.SafeHandles;
using Vireo.Core.Errors;

namespace Vireo.Host.Logs;

/// <summary>Reads logs that are rotated.</summary>
public static unsafe class LogFiles
{
    internal static string Backup(string path, int number) => string.Create(CultureInfo.InvariantCulture, $"{path}.{number}");

    internal static ulong InodeOf(SafeFileHandle file)
    {
        const uint inode = 0x100;
        const int emptyPath = 0x1000;
        byte* facts = stackalloc byte[256];
        return LibC.statx((int)file.DangerousGetHandle(), "", emptyPath, inode, facts) < 0 ? 0 : *(ulong*)(facts + 32);
    }

    /// <summary>Reads on from a place: to the end of its file, and then in the files that came after it.</summary>
    /// <param name="path">The log.</param>
    /// <param name="backups">Files beside it at most.</param>
    /// <param name="from">The place.</param>
    /// <param name="limit">Bytes at most.</param>
    /// <exception cref="VireoException">There is no such place (any more).</exception>
    public static byte[] Read(string path, int backups, LogPlace from, int limit)
    {
        var read = new MemoryStream();
        bool found = false;
        // From the oldest: what a rotation moves meanwhile is then met once more, never missed; its inode tells.
        var seen = new HashSet<ulong>();
        for (int number = backups - 1; number >= -1 && (!found || read.Length < limit); number--)
        {
            using SafeFileHandle? file = TryOpen(number < 0 ? path : Backup(path, number));
            if (file is null)
                continue;
            ulong inode = InodeOf(file);
            if (!found && inode != from.Inode || !seen.Add(inode))
                continue;
            Copy(file, found ? 0 : (long)Math.Min(from.Offset, long.MaxValue), read, limit);
            found = true;
        }
        return found ? read.ToArray()
            : throw VireoException.System(ErrorDomain.None, 9, string.Create(CultureInfo.InvariantCulture, $"Unable to seek to inode {from.Inode} offset {from.Offset}"));
    }

    static SafeFileHandle? TryOpen(string path)
    {
        int fd = LibC.open(path, LibC.O_RDONLY | LibC.O_CLOEXEC | LibC.O_NONBLOCK, 0);
        return fd < 0 ? null : new SafeFileHandle(fd, ownsHandle: true);
    }

    static void Copy(SafeFileHandle file, long offset, MemoryStream to, int limit)
    {
        byte[] buffer = new byte[(int)Math.Min(64 * 1024, limit - to.Length)];
        while (to.Length < limit)
        {
            int count = RandomAccess.Read(file, buffer.AsSpan(0, (int)Math.Min(buffer.Length, limit - to.Length)), offset);
            if (count == 0)
                return;
            to.Write(buffer, 0, count);
            offset += count;
        }
    }
}
