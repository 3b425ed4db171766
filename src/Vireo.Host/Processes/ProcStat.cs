using System.Text;

namespace Vireo.Host.Processes;

/// <summary>What /proc/PID/stat says.</summary>
/// <param name="Pid">The process.</param>
/// <param name="Name">Its name, which may hold anything.</param>
/// <param name="State">R, S, D, Z, ...</param>
/// <param name="ParentPid">Who would reap it.</param>
/// <param name="UserTicks">Ticks in user mode.</param>
/// <param name="SystemTicks">Ticks in the kernel.</param>
/// <param name="StartTime">When it started, in ticks since boot: with the pid, it names a process for good.</param>
/// <param name="ResidentPages">Pages in memory.</param>
/// <param name="Processor">Where it ran last.</param>
public sealed record ProcStat(
    int Pid, string Name, char State, int ParentPid, ulong UserTicks, ulong SystemTicks, ulong StartTime, long ResidentPages, int Processor)
{
    /// <summary>Reads that of a process; null if it is gone.</summary>
    public static ProcStat? Read(int pid) => ReadFile($"/proc/{pid}/stat");

    /// <summary>Reads that of a thread; null if it is gone.</summary>
    public static ProcStat? Read(int pid, int thread) => ReadFile($"/proc/{pid}/task/{thread}/stat");

    /// <summary>All fields of the line in the kernel's order; none if it is not one. The second, the name, may hold blanks and brackets.</summary>
    public static IReadOnlyList<string> Fields(string line)
    {
        int open = line.IndexOf('('), close = line.LastIndexOf(')');
        return open < 0 || close < open ? []
            : [line[..open].Trim(), line[(open + 1)..close], .. line[(close + 1)..].Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries)];
    }

    /// <summary>Reads the line; null if it is not one.</summary>
    public static ProcStat? Parse(string line)
    {
        int open = line.IndexOf('('), close = line.LastIndexOf(')');
        if (open < 0 || close < open || !int.TryParse(line.AsSpan(0, open).Trim(), out int pid))
            return null;
        string[] rest = line[(close + 1)..].Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries);
        if (rest.Length < 37 || rest[0].Length != 1)
            return null;
        return int.TryParse(rest[1], out int parent) && ulong.TryParse(rest[11], out ulong user)
            && ulong.TryParse(rest[12], out ulong system) && ulong.TryParse(rest[19], out ulong start)
            && long.TryParse(rest[21], out long resident) && int.TryParse(rest[36], out int processor)
            ? new ProcStat(pid, line[(open + 1)..close], rest[0][0], parent, user, system, start, resident, processor)
            : null;
    }

    static ProcStat? ReadFile(string path)
    {
        try
        {
            return Parse(Encoding.Latin1.GetString(File.ReadAllBytes(path)));
        }
        catch (IOException)
        {
            return null;
        }
    }
}
