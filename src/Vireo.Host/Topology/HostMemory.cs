using System.Globalization;
using System.Runtime.InteropServices;

namespace Vireo.Host.Topology;

/// <summary>Memory of the host or of one node, in KiB.</summary>
public readonly record struct MemoryStats(ulong Total, ulong Free, ulong? Buffers, ulong? Cached);

/// <summary>The host's memory.</summary>
/// <param name="TotalKiB">What the kernel manages.</param>
/// <param name="FreeKiB">What nobody uses.</param>
public readonly partial record struct HostMemory(ulong TotalKiB, ulong FreeKiB)
{
    /// <summary>Asks the kernel.</summary>
    public static unsafe HostMemory Now()
    {
        SysInfo info = default;
        _ = sysinfo(&info);
        ulong unit = Math.Max(info.Unit, 1u);
        return new HostMemory(info.TotalRam * unit / 1024, info.FreeRam * unit / 1024);
    }

    /// <summary>Figures for <c>nodememstats</c>: of the whole host, or of one node.</summary>
    public static MemoryStats Stats(HostTree tree, int? node = null)
    {
        string? text = tree.Text(node is { } id ? $"/sys/devices/system/node/node{id}/meminfo" : "/proc/meminfo");
        return new MemoryStats(
            Field(text, "MemTotal"), Field(text, "MemFree"), node is null ? Field(text, "Buffers") : null, node is null ? Field(text, "Cached") : null);
    }

    /// <summary>A field of a meminfo file (a node's begins with "Node N"); 0 if it is not there.</summary>
    internal static ulong Field(string? text, string name)
    {
        foreach (string line in text?.Split('\n') ?? [])
        {
            string[] words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            int at = Array.IndexOf(words, name + ":");
            if (at is 0 or 2 && at + 1 < words.Length)
                return ulong.Parse(words[at + 1], CultureInfo.InvariantCulture);
        }
        return 0;
    }

    [StructLayout(LayoutKind.Sequential)]
    unsafe struct SysInfo
    {
        public long Uptime;
        public fixed ulong Loads[3];
        public ulong TotalRam, FreeRam, SharedRam, BufferRam, TotalSwap, FreeSwap;
        public ushort Processes, Padding;
        public ulong TotalHigh, FreeHigh;
        public uint Unit;
        public uint Rest;
    }

    [LibraryImport("libc.so.6")]
    private static unsafe partial int sysinfo(SysInfo* info);
}
