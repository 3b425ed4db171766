using System.Buffers.Text;

namespace Vireo.Host.Processes;

/// <summary>
/// The processor times of a process, from /proc/PID/stat. What clients poll, so it makes no garbage; everything else that the file
/// says is <see cref="ProcStat"/>.
/// </summary>
/// <param name="UserTicks">Ticks in user mode.</param>
/// <param name="SystemTicks">Ticks in the kernel.</param>
public readonly record struct ProcTimes(ulong UserTicks, ulong SystemTicks)
{
    const int UserField = 11, LineSize = 1024; // counted behind the name; the kernel's line is shorter than 400 bytes

    /// <summary>Reads those of a process; null if it is gone.</summary>
    public static unsafe ProcTimes? Read(int pid)
    {
        Span<byte> path = stackalloc byte[32];
        "/proc/"u8.CopyTo(path);
        if (!Utf8Formatter.TryFormat(pid, path[6..], out int digits))
            return null;
        "/stat\0"u8.CopyTo(path[(6 + digits)..]);
        Span<byte> line = stackalloc byte[LineSize];
        fixed (byte* name = path, data = line)
        {
            int file = LibC.open(name, LibC.O_RDONLY | LibC.O_CLOEXEC, 0);
            if (file < 0)
                return null;
            nint length = LibC.read(file, data, LineSize);
            _ = LibC.close(file);
            return length > 0 ? Parse(line[..(int)length]) : null;
        }
    }

    static ProcTimes? Parse(ReadOnlySpan<byte> line)
    {
        // The name may hold anything, a bracket too: the last one ends it.
        int end = line.LastIndexOf(") "u8);
        if (end < 0)
            return null;
        ReadOnlySpan<byte> rest = line[(end + 2)..];
        for (int i = 0; i < UserField; i++)
        {
            int space = rest.IndexOf((byte)' ');
            if (space < 0)
                return null;
            rest = rest[(space + 1)..];
        }
        return Utf8Parser.TryParse(rest, out ulong user, out int used) && used < rest.Length
            && Utf8Parser.TryParse(rest[(used + 1)..], out ulong system, out _)
            ? new ProcTimes(user, system)
            : null;
    }
}
