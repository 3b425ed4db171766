using System.Globalization;
using System.Numerics;

namespace Vireo.Host.Topology;

/// <summary>How a cache can be divided.</summary>
/// <param name="Level">Its level.</param>
/// <param name="Kind">The part of its content that is divided on its own.</param>
/// <param name="Ways">Into how many parts.</param>
/// <param name="MinWays">The fewest parts that one group may have.</param>
/// <param name="Groups">How many groups there can be.</param>
public readonly record struct CacheControl(int Level, CacheKind Kind, uint Ways, uint MinWays, uint Groups);

/// <summary>How memory bandwidth can be divided, in percent.</summary>
public readonly record struct BandwidthControl(uint Granularity, uint Min, uint Groups);

/// <summary>What can be watched.</summary>
public sealed record ResourceMonitor(uint MaxMonitors, ulong ReuseThreshold, IReadOnlyList<string> Features);

/// <summary>The kernel's resource control as /sys/fs/resctrl shows it; all empty where it is not mounted.</summary>
public sealed record ResourceControl
{
    const string Folder = "/sys/fs/resctrl/info";

    public IReadOnlyList<CacheControl> Caches { get; init; } = [];
    public BandwidthControl? Bandwidth { get; init; }
    public ResourceMonitor? Monitor { get; init; }

    /// <summary>Reads it.</summary>
    public static ResourceControl Read(HostTree tree) => new()
    {
        Caches = [.. Controls(tree)],
        Bandwidth = tree.Number($"{Folder}/MB/num_closids") is { } groups
            ? new BandwidthControl(Number(tree, "MB/bandwidth_gran"), Number(tree, "MB/min_bandwidth"), (uint)groups)
            : null,
        Monitor = tree.Text($"{Folder}/L3_MON/mon_features") is { } features
            ? new ResourceMonitor(Number(tree, "L3_MON/num_rmids"), Number(tree, "L3_MON/max_threshold_occupancy"), features.Split('\n', StringSplitOptions.RemoveEmptyEntries))
            : null,
    };

    static IEnumerable<CacheControl> Controls(HostTree tree)
    {
        foreach ((string name, CacheKind kind) in new[] { ("L3", CacheKind.Both), ("L3CODE", CacheKind.Code), ("L3DATA", CacheKind.Data) })
            if (tree.Text($"{Folder}/{name}/cbm_mask") is { } mask)
                yield return new CacheControl(
                    3, kind, (uint)BitOperations.PopCount(ulong.Parse(mask.Trim(), NumberStyles.HexNumber, CultureInfo.InvariantCulture)),
                    Number(tree, $"{name}/min_cbm_bits"), Number(tree, $"{name}/num_closids"));
    }

    static uint Number(HostTree tree, string name) => (uint)(tree.Number($"{Folder}/{name}") ?? 0);
}
