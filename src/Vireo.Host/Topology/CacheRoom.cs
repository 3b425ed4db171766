using System.Globalization;
using System.Numerics;
using System.Text;

namespace Vireo.Host.Topology;

/// <summary>What no group of resctrl has taken of the host's caches and memory bandwidth.</summary>
public sealed record CacheRoom
{
    const string Folder = "/sys/fs/resctrl";

    /// <summary>For each kind of cache, in resctrl's words, the free ways by cache id, and how many ways there are.</summary>
    public IReadOnlyList<(string Kind, int Ways, SortedDictionary<uint, ulong> Free)> Caches { get; init; } = [];

    /// <summary>Percent of memory bandwidth that is free, by cache id; null: it cannot be divided.</summary>
    public SortedDictionary<uint, uint>? Bandwidth { get; init; }

    /// <summary>Reads it from what all groups have.</summary>
    public static CacheRoom Read(HostTree tree)
    {
        string?[] groups = [tree.Text($"{Folder}/schemata"), .. tree.Names(Folder).Where(f => f is not ("info" or "mon_data" or "mon_groups") && tree.Exists($"{Folder}/{f}/schemata")).Select(f => tree.Text($"{Folder}/{f}/schemata"))];
        var caches = new List<(string, int, SortedDictionary<uint, ulong>)>();
        var ids = new SortedSet<uint>();
        foreach (string kind in (string[])["L3", "L3CODE", "L3DATA", "L2", "L2CODE", "L2DATA"])
        {
            if (tree.Text($"{Folder}/info/{kind}/cbm_mask") is not { } mask)
                continue;
            ulong all = ulong.Parse(mask.Trim(), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            var free = new SortedDictionary<uint, ulong>();
            foreach (string? group in groups)
                foreach (var (id, taken) in Values(group, kind))
                    free[id] = (free.TryGetValue(id, out ulong left) ? left : all) & ~ulong.Parse(taken, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            ids.UnionWith(free.Keys);
            caches.Add((kind, BitOperations.PopCount(all), free));
        }
        return new CacheRoom { Caches = caches, Bandwidth = tree.Text($"{Folder}/info/MB/min_bandwidth") is null ? null : BandwidthOf(groups, ids) };
    }

    /// <summary>The room in the syntax of resctrl's schemata.</summary>
    public string ToSchemata()
    {
        var text = new StringBuilder();
        foreach (var (kind, ways, free) in Caches)
            text.Append(kind).Append(':').AppendJoin(';', free.Select(p => $"{p.Key}={p.Value.ToString($"x{(ways + 3) / 4}", CultureInfo.InvariantCulture)}")).Append('\n');
        if (Bandwidth is { } bandwidth)
            text.Append("MB:").AppendJoin(';', bandwidth.Select(static p => $"{p.Key}={p.Value}")).Append('\n');
        return text.ToString();
    }

    // The group that everything is in at first has all of the bandwidth and takes none of it away.
    static SortedDictionary<uint, uint> BandwidthOf(string?[] groups, SortedSet<uint> ids)
    {
        var free = new SortedDictionary<uint, uint>();
        foreach (uint id in ids)
            free[id] = 100;
        foreach (string? group in groups.Skip(1))
            foreach (var (id, taken) in Values(group, "MB"))
                if (uint.TryParse(taken, NumberStyles.None, CultureInfo.InvariantCulture, out uint percent))
                    free[id] = (free.TryGetValue(id, out uint left) ? left : 100) is var now && now > percent ? now - percent : 0;
        return free;
    }

    static IEnumerable<(uint Id, string Value)> Values(string? schemata, string kind)
    {
        foreach (string line in (schemata ?? "").Split('\n'))
            if (line.Trim().Split(':', 2) is [var name, var values] && name == kind)
                foreach (string one in values.Split(';'))
                    if (one.Split('=', 2) is [var id, var value] && uint.TryParse(id.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out uint number))
                        yield return (number, value.Trim());
    }
}
