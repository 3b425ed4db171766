using Vireo.Core;
using Vireo.Core.Xml;

namespace Vireo.Model.Domain.Cpu;

/// <summary>The CPU that the guest sees.</summary>
[Element("cpu")]
public sealed partial record CpuDef
{
    [Attr("mode", Bad = "cpu|Invalid mode attribute '{0}'", Since = "0.9.10")] [Abi("CPU mode")] public CpuMode? Mode { get; init; }
    [Attr("match")] public CpuMatch? Match { get; init; }
    [Attr("check", Since = "3.2.0")] [Abi("CPU check")] public CpuCheck? Check { get; init; }
    [Attr("migratable", OnOff = true, Since = "6.5.0")] public bool? Migratable { get; init; }
    [Child] [Abi] public CpuModel? Model { get; init; }
    [Text("vendor", Since = "0.8.3")] [Abi("CPU vendor")] public string? Vendor { get; init; }
    [Child] [Abi] public CpuTopology? Topology { get; init; }
    [Child(Since = "3.3.0", Once = "xml|at most one CPU cache element may be specified")] [Abi(Text = "Target CPU cache does not match source")] public CpuCache? Cache { get; init; }
    [Child(Since = "8.7.0")] [Abi(Text = "Target CPU maxphysaddr does not match source")] public PhysicalAddressBits? MaxPhysAddr { get; init; }
    [Child("feature")] [Abi("CPU feature count")] public ValueList<CpuFeature> Features { get; init; }
    [Child(Since = "0.9.8")] [Abi] public GuestNuma? Numa { get; init; }
}

[WireNames]
public enum CpuMode { Custom, [Wire("host-model")] HostModel, [Wire("host-passthrough")] HostPassthrough, Maximum }
[WireNames] public enum CpuMatch { Minimum, Exact, Strict }
[WireNames] public enum CpuCheck { None, Partial, Full }
[WireNames] public enum CpuFallback { Allow, Forbid }
[WireNames] public enum CpuFeaturePolicy { Force, Require, Optional, Disable, Forbid }

/// <summary>A model of the CPU map.</summary>
[Element("model")]
public sealed partial record CpuModel
{
    [Attr("fallback", Bad = "cpu|Invalid fallback attribute", Since = "0.9.10")] public CpuFallback? Fallback { get; init; }
    [Attr("vendor_id", Since = "0.10.0")] [Abi("CPU vendor id")] public string? VendorId { get; init; }
    [Text] [Abi("CPU model")] public string? Name { get; init; }
}

/// <summary>Sockets, dies, cores and threads.</summary>
[Element("topology")]
public sealed partial record CpuTopology
{
    [Attr("sockets", NonZero = true)] [Abi("CPU sockets")] public required uint Sockets { get; init; }
    [Attr("dies", NonZero = true)] [Abi("CPU dies")] public uint? Dies { get; init; }
    [Attr("cores", NonZero = true)] [Abi("CPU cores")] public required uint Cores { get; init; }
    [Attr("threads", NonZero = true)] [Abi("CPU threads")] public required uint Threads { get; init; }

    /// <summary>How many vcpus that makes.</summary>
    public uint Total => Sockets * (Dies ?? 1) * Cores * Threads;
}

/// <summary>The caches that the guest sees.</summary>
[Element("cache")]
public sealed partial record CpuCache
{
    [Attr("level", Decimal = true)] public uint? Level { get; init; }
    [Attr("mode")] public required CpuCacheMode Mode { get; init; }
}

[WireNames] public enum CpuCacheMode { Emulate, Passthrough, Disable }

/// <summary>The width of guest physical addresses.</summary>
[Element("maxphysaddr")]
public sealed partial record PhysicalAddressBits
{
    [Attr("mode")] public required PhysicalAddressMode Mode { get; init; }
    [Attr("bits", Decimal = true)] public uint? Bits { get; init; }
}

[WireNames] public enum PhysicalAddressMode { Emulate, Passthrough }

/// <summary>A feature beyond, or less than, the model's.</summary>
[Element("feature")]
public sealed partial record CpuFeature
{
    [Attr("policy", Bad = "cpu|Invalid CPU feature policy")] [Abi("CPU feature policy")] public CpuFeaturePolicy? Policy { get; init; }
    [Attr("name")] [Abi("CPU feature")] public required string Name { get; init; }
}

/// <summary>The guest's NUMA nodes.</summary>
[Element("numa")]
public sealed partial record GuestNuma
{
    [Child("cell")] [Abi(Text = "Target NUMA node count '{0}' doesn't match source '{1}'")] public ValueList<GuestNumaCell> Cells { get; init; }
    [Child("latency", In = "interconnects", Since = "6.6.0")] public ValueList<NumaLatency> Latencies { get; init; }
    [Child("bandwidth", In = "interconnects", Since = "6.6.0")] public ValueList<NumaBandwidth> Bandwidths { get; init; }
}

/// <summary>One node.</summary>
[Element("cell")]
public sealed partial record GuestNumaCell
{
    [Attr("id", Since = "1.2.7")] public uint? Id { get; init; }
    [Attr("cpus")] [Abi(Text = "Processor mask of target NUMA node doesn't match source")] public CpuSet? Cpus { get; init; }
    [Attr("memory")] [Abi(Text = "Size of target NUMA node ({0}) doesn't match source ({1})")] public required MemorySize Memory { get; init; }
    [Attr("memAccess", Since = "1.2.9")] public MemoryAccess? MemoryAccess { get; init; }
    [Attr("discard", Since = "4.4.0")] public bool? Discard { get; init; }
    [Child("sibling", In = "distances", Since = "3.10.0")] public ValueList<NumaDistance> Distances { get; init; }
    [Child("cache", Since = "6.6.0")] public ValueList<NumaCache> Caches { get; init; }
}

/// <summary>How far another node is.</summary>
[Element("sibling")]
public sealed partial record NumaDistance
{
    [Attr("id")] public required uint Id { get; init; }
    [Attr("value")] public required uint Value { get; init; }
}

/// <summary>A side cache of a node.</summary>
[Element("cache")]
public sealed partial record NumaCache
{
    [Attr("level")] public required uint Level { get; init; }
    [Attr("associativity")] public required NumaCacheAssociativity Associativity { get; init; }
    [Attr("policy")] public required NumaCachePolicy Policy { get; init; }
    [Attr("value", In = "size")] public required MemorySize Size { get; init; }
    [Attr("value", In = "line")] public required ByteSize Line { get; init; }
}

[WireNames] public enum NumaCacheAssociativity { None, Direct, Full }
[WireNames] public enum NumaCachePolicy { None, WriteBack, WriteThrough }

/// <summary>Time from node to node.</summary>
[Element("latency")]
public sealed partial record NumaLatency
{
    [Attr("initiator")] public required uint Initiator { get; init; }
    [Attr("target")] public required uint Target { get; init; }
    [Attr("cache")] public uint? Cache { get; init; }
    [Attr("type")] public required NumaTraffic Type { get; init; }
    [Attr("value")] public required ulong Value { get; init; }
}

/// <summary>Bandwidth from node to node.</summary>
[Element("bandwidth")]
public sealed partial record NumaBandwidth
{
    [Attr("initiator")] public required uint Initiator { get; init; }
    [Attr("target")] public required uint Target { get; init; }
    [Attr("cache")] public uint? Cache { get; init; }
    [Attr("type")] public required NumaTraffic Type { get; init; }
    [Attr("value")] public required MemorySize Value { get; init; }
}

[WireNames] public enum NumaTraffic { Access, Read, Write }
