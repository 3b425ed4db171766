using Vireo.Core;

namespace Vireo.Model.Capabilities;

/// <summary>What a connection's host is and can do: the document of <c>virsh capabilities</c>.</summary>
public sealed partial record CapabilitiesDef
{
    public required HostDef Host { get; init; }
    public ValueList<GuestDef> Guests { get; init; }
}

/// <summary>The host itself.</summary>
public sealed record HostDef
{
    public Uuid? Uuid { get; init; }
    public required HostCpu Cpu { get; init; }

    /// <summary>Ways to sleep: <c>suspend_mem</c>, <c>suspend_disk</c>, <c>suspend_hybrid</c>.</summary>
    public ValueList<string> PowerModes { get; init; }

    /// <summary>Can devices be given to guests safely?</summary>
    public bool Iommu { get; init; }

    /// <summary>Null: guests cannot migrate.</summary>
    public HostMigration? Migration { get; init; }

    public ValueList<HostCell> Cells { get; init; }
    public ValueList<HostInterconnect> Interconnects { get; init; }
    public ValueList<HostCacheBank> Caches { get; init; }
    public HostMonitor? CacheMonitor { get; init; }
    public ValueList<HostBandwidthNode> Bandwidth { get; init; }
    public HostMonitor? BandwidthMonitor { get; init; }
    public ValueList<HostSecurityModel> SecurityModels { get; init; }
}

/// <summary>The physical CPU.</summary>
public sealed record HostCpu
{
    public required string Arch { get; init; }
    public string? Model { get; init; }
    public string? Vendor { get; init; }
    public uint? Microcode { get; init; }
    public HostCpuSignature? Signature { get; init; }
    public HostCounter? Counter { get; init; }
    public HostCpuTopology? Topology { get; init; }
    public uint? PhysicalAddressBits { get; init; }
    public ValueList<string> Features { get; init; }

    /// <summary>Sizes of pages in KiB.</summary>
    public ValueList<ulong> PageSizes { get; init; }
}

public readonly record struct HostCpuSignature(uint Family, uint Model, uint Stepping);

/// <summary>The time stamp counter.</summary>
/// <param name="Frequency">In Hz.</param>
/// <param name="Scaling">Can a guest see another frequency? Null: unknown.</param>
public readonly record struct HostCounter(ulong Frequency, bool? Scaling);

public readonly record struct HostCpuTopology(int Sockets, int Dies, int Cores, int Threads);

/// <summary>Can guests migrate while they run, and by which schemes of URIs?</summary>
public sealed record HostMigration(bool Live, ValueList<string> Transports);

/// <summary>One NUMA node.</summary>
public sealed record HostCell
{
    public required int Id { get; init; }
    public required MemorySize Memory { get; init; }
    public ValueList<HostPages> Pages { get; init; }
    public ValueList<HostDistance> Distances { get; init; }
    public ValueList<HostSideCache> Caches { get; init; }
    public ValueList<HostCellCpu> Cpus { get; init; }
}

public readonly record struct HostPages(ulong KiB, ulong Count);

public readonly record struct HostDistance(int Node, int Value);

public readonly record struct HostSideCache(int Level, string Associativity, string Policy, ulong KiB, ulong LineBytes);

/// <summary>A CPU of a node; one without a place is offline.</summary>
public readonly record struct HostCellCpu(int Id, HostCpuPlace? Place);

public sealed record HostCpuPlace(int Socket, int Die, int Core, CpuSet Siblings);

/// <summary>How fast one node reaches another's memory: bandwidth in KiB/s, or latency in ns.</summary>
public readonly record struct HostInterconnect(bool IsBandwidth, int Initiator, int Target, string Access, ulong Value);

/// <summary>A cache that CPUs share, with the ways to divide it.</summary>
public sealed record HostCacheBank(int Id, int Level, string Kind, ulong KiB, CpuSet Cpus, ValueList<HostCacheControl> Controls);

public readonly record struct HostCacheControl(ulong GranularityKiB, ulong MinKiB, string Kind, uint MaxAllocations);

/// <summary>Memory bandwidth of one node, with the way to divide it.</summary>
public sealed record HostBandwidthNode(int Id, CpuSet Cpus, uint Granularity, uint Min, uint MaxAllocations);

public sealed record HostMonitor(int? Level, ulong? ReuseThreshold, uint MaxMonitors, ValueList<string> Features);

/// <summary>A security driver, with the label that guests of a domain type get.</summary>
public sealed record HostSecurityModel(string Model, string Doi, ValueList<(string Type, string Label)> BaseLabels);
