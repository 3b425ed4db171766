using Vireo.Core;

namespace Vireo.Driver;

/// <summary>Maps of processors as they travel: a bit for each, lowest first.</summary>
public static class ProcessorMap
{
    /// <summary>The members of a map.</summary>
    public static CpuSet Read(byte[] map) =>
        CpuSet.Of(Enumerable.Range(0, Math.Min(map.Length * 8, CpuSet.Limit)).Where(cpu => (map[cpu / 8] >> (cpu % 8) & 1) is not 0));

    /// <summary>Writes a set into a map; what does not fit is left out.</summary>
    public static void Write(CpuSet set, Span<byte> map)
    {
        for (int cpu = 0; cpu <= set.Last && cpu / 8 < map.Length; cpu++)
            if (set.Contains(cpu))
                map[cpu / 8] |= (byte)(1 << (cpu % 8));
    }

    /// <summary>A set as a map that is just long enough.</summary>
    public static byte[] Write(CpuSet set)
    {
        byte[] map = new byte[Math.Max(1, set.Last / 8 + 1)];
        Write(set, map);
        return map;
    }
}
