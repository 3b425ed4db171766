using System.Globalization;

namespace Vireo.Host.Processes;

/// <summary>How long a thread that could run did not, in nanoseconds.</summary>
/// <param name="Wait">In the queue of its processor, where the kernel counts that; else 0.</param>
/// <param name="Delay">Since it became able to run until it ran.</param>
public readonly record struct SchedStat(ulong Wait, ulong Delay)
{
    /// <summary>Reads that of a thread; null if it is gone or the kernel does not tell.</summary>
    public static SchedStat? Read(int pid, int thread)
    {
        string folder = $"/proc/{pid}/task/{thread}";
        return Text($"{folder}/schedstat") is { } delays ? Parse(delays, Text($"{folder}/sched") ?? "") : null;
    }

    /// <summary>Reads the two files; null if the first is not what it should be.</summary>
    public static SchedStat? Parse(string schedstat, string sched)
    {
        string[] words = schedstat.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries);
        if (words.Length < 2 || !ulong.TryParse(words[1], NumberStyles.None, CultureInfo.InvariantCulture, out ulong delay))
            return null;
        foreach (string line in sched.Split('\n'))
        {
            int colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon > 0 && line.AsSpan(0, colon).TrimEnd().EndsWith("wait_sum", StringComparison.Ordinal)
                && decimal.TryParse(line.AsSpan(colon + 1).Trim(), NumberStyles.Float, CultureInfo.InvariantCulture, out decimal milliseconds))
                return new SchedStat((ulong)(milliseconds * 1_000_000), delay);
        }
        return new SchedStat(0, delay);
    }

    static string? Text(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
