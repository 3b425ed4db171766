using System.Globalization;

namespace Vireo.Host.Topology;

/// <summary>Time that CPUs spent, in nanoseconds.</summary>
/// <param name="Kernel">System calls and interrupts.</param>
/// <param name="User">Programs, niced ones included.</param>
/// <param name="Idle">Nothing to do.</param>
/// <param name="IoWait">Nothing to do but wait for a disk.</param>
public readonly record struct CpuTimes(ulong Kernel, ulong User, ulong Idle, ulong IoWait)
{
    /// <summary>Reads /proc/stat.</summary>
    /// <param name="stat">Its text.</param>
    /// <param name="cpu">One CPU, or null for the sum.</param>
    /// <param name="ticksPerSecond">The kernel's unit; 100 everywhere that matters.</param>
    /// <returns>Null if there is no such CPU.</returns>
    public static CpuTimes? Parse(string stat, int? cpu, ulong ticksPerSecond = 100)
    {
        string label = cpu is { } id ? string.Create(CultureInfo.InvariantCulture, $"cpu{id}") : "cpu";
        foreach (string line in stat.Split('\n'))
        {
            string[] words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (words.Length < 5 || words[0] != label)
                continue;
            ulong At(int i) => i < words.Length ? ulong.Parse(words[i], CultureInfo.InvariantCulture) * (1_000_000_000 / ticksPerSecond) : 0;
            return new CpuTimes(At(3) + At(6) + At(7), At(1) + At(2), At(4), At(5));
        }
        return null;
    }
}
