using System.Globalization;

namespace Vireo.Host.Topology;

/// <summary>Pages of one size.</summary>
/// <param name="KiB">The size.</param>
/// <param name="Total">How many there are.</param>
/// <param name="Free">How many are free.</param>
public readonly record struct PagePool(ulong KiB, ulong Total, ulong Free);

/// <summary>A cache between a node's memory and the rest.</summary>
public readonly record struct SideCache(int Level, string Associativity, string Policy, ulong Bytes, ulong LineBytes);

/// <summary>How fast a node's CPUs reach another's memory: nanoseconds and MiB/s.</summary>
public readonly record struct NodeLink(int Initiator, int Target, ulong? ReadLatency, ulong? WriteLatency, ulong? ReadBandwidth, ulong? WriteBandwidth);

/// <summary>One NUMA node.</summary>
public sealed record NumaNode
{
    public required int Id { get; init; }
    public required ulong MemoryKiB { get; init; }
    public required ulong FreeKiB { get; init; }
    public IReadOnlyList<PagePool> Pages { get; init; } = [];
    public IReadOnlyList<(int Node, int Distance)> Distances { get; init; } = [];
    public IReadOnlyList<SideCache> Caches { get; init; } = [];
    public IReadOnlyList<int> Cpus { get; init; } = [];
}

/// <summary>The host's NUMA nodes as sysfs shows them; a host without NUMA has one node with everything.</summary>
public sealed class NumaNodes(HostTree tree, ulong pageKiB, HostMemory memory)
{
    const string Folder = "/sys/devices/system/node";

    /// <summary>Does the kernel know of nodes?</summary>
    public bool IsAvailable => tree.Exists(Folder);

    /// <summary>The nodes, ascending.</summary>
    public IReadOnlyList<NumaNode> Read() => IsAvailable ? [.. tree.Numbered(Folder, "node").Select(Node)] : [Whole()];

    /// <summary>The memory of all nodes: what <c>nodeinfo</c> and <c>freecell</c> show of the host, even where a container sees less or more.</summary>
    public HostMemory Sum() => Read().Aggregate(new HostMemory(0, 0), (sum, node) => new HostMemory(sum.TotalKiB + node.MemoryKiB, sum.FreeKiB + node.FreeKiB));

    /// <summary>The sizes of pages that exist, in KiB, ascending.</summary>
    public IReadOnlyList<ulong> PageSizes => [pageKiB, .. HugeSizes("/sys/kernel/mm/hugepages")];

    /// <summary>From which node which other is reached how fast.</summary>
    public IReadOnlyList<NodeLink> Links() =>
    [
        .. tree.Numbered(Folder, "node").SelectMany(target => tree.Numbered($"{Folder}/node{target}/access1/initiators", "node").Select(from =>
            Link(from, target, $"{Folder}/node{target}/access1/initiators"))),
    ];

    NodeLink Link(int from, int target, string folder) => new(
        from, target, Unsigned($"{folder}/read_latency"), Unsigned($"{folder}/write_latency"), Unsigned($"{folder}/read_bandwidth"), Unsigned($"{folder}/write_bandwidth"));

    ulong? Unsigned(string path) => tree.Number(path) is { } value and >= 0 ? (ulong)value : null;

    NumaNode Node(int id)
    {
        string folder = $"{Folder}/node{id}";
        ulong total = HostMemory.Field(tree.Text($"{folder}/meminfo"), "MemTotal"), free = HostMemory.Field(tree.Text($"{folder}/meminfo"), "MemFree");
        return new NumaNode
        {
            Id = id,
            MemoryKiB = total,
            FreeKiB = free,
            Pages = Pools($"{folder}/hugepages", total, free),
            Distances = Distances(folder),
            Caches = [.. tree.Numbered($"{folder}/memory_side_cache", "index").Select(level => Cache(level, $"{folder}/memory_side_cache/index{level}"))],
            Cpus = tree.List($"{folder}/cpulist") ?? tree.Numbered(folder, "cpu"),
        };
    }

    NumaNode Whole() => new()
    {
        Id = 0,
        MemoryKiB = memory.TotalKiB,
        FreeKiB = memory.FreeKiB,
        Pages = Pools("/sys/kernel/mm/hugepages", memory.TotalKiB, memory.FreeKiB),
        Cpus = new HostCpus(tree).Present,
    };

    // Ordinary pages are what huge ones leave over.
    IReadOnlyList<PagePool> Pools(string folder, ulong total, ulong free)
    {
        PagePool[] huge =
        [
            .. HugeSizes(folder).Select(size => new PagePool(
                size, Unsigned($"{folder}/hugepages-{size}kB/nr_hugepages") ?? 0, Unsigned($"{folder}/hugepages-{size}kB/free_hugepages") ?? 0)),
        ];
        ulong taken = huge.Aggregate(0UL, (sum, pool) => sum + pool.KiB * pool.Total);
        return [new PagePool(pageKiB, (total - Math.Min(taken, total)) / pageKiB, free / pageKiB), .. huge];
    }

    IEnumerable<ulong> HugeSizes(string folder) =>
        tree.Names(folder)
            .Where(n => n.StartsWith("hugepages-", StringComparison.Ordinal) && n.EndsWith("kB", StringComparison.Ordinal))
            .Select(n => ulong.Parse(n.AsSpan("hugepages-".Length, n.Length - "hugepages-kB".Length), CultureInfo.InvariantCulture))
            .Order();

    IReadOnlyList<(int, int)> Distances(string folder)
    {
        string[] values = tree.Text($"{folder}/distance")?.Split(' ', StringSplitOptions.RemoveEmptyEntries) ?? [];
        return [.. tree.Numbered(Folder, "node").Zip(values, (node, value) => (node, int.Parse(value, CultureInfo.InvariantCulture)))];
    }

    SideCache Cache(int level, string folder) => new(
        level,
        tree.Number($"{folder}/indexing") switch { 0 => "direct", 1 => "full", _ => "none" },
        tree.Number($"{folder}/write_policy") switch { 0 => "writeback", 1 => "writethrough", _ => "none" },
        Unsigned($"{folder}/size") ?? 0,
        Unsigned($"{folder}/line_size") ?? 0);
}
