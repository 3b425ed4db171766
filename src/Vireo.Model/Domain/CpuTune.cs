using Vireo.Core;
using Vireo.Core.Xml;

namespace Vireo.Model.Domain;

/// <summary>Shares and places of the machine's threads.</summary>
[Element("cputune", OmitEmpty = true)]
public sealed partial record CpuTune
{
    [Text("shares", Bad = "xml|can't parse cputune shares value", Since = "0.9.0")] public ulong? Shares { get; init; }
    [Text("period", Since = "0.9.4")] public ulong? Period { get; init; }
    [Text("quota", Since = "0.9.4")] public long? Quota { get; init; }
    [Text("global_period", Since = "1.3.3")] public ulong? GlobalPeriod { get; init; }
    [Text("global_quota", Since = "1.3.3")] public long? GlobalQuota { get; init; }
    [Text("emulator_period", Since = "0.10.0")] public ulong? EmulatorPeriod { get; init; }
    [Text("emulator_quota", Since = "0.10.0")] public long? EmulatorQuota { get; init; }
    [Text("iothread_period", Since = "2.1.0")] public ulong? IoThreadPeriod { get; init; }
    [Text("iothread_quota", Since = "2.1.0")] public long? IoThreadQuota { get; init; }
    [Child("vcpupin", Since = "0.9.0")] public ValueList<VcpuPin> VcpuPins { get; init; }
    [Attr("cpuset", In = "emulatorpin")] public CpuSet? EmulatorPin { get; init; }
    [Child("iothreadpin", Since = "1.2.9")] public ValueList<IoThreadPin> IoThreadPins { get; init; }
    [Child("emulatorsched", Since = "5.3.0")] public Scheduler? EmulatorScheduler { get; init; }
    [Child("vcpusched", Since = "1.2.13")] public ValueList<VcpuScheduler> VcpuSchedulers { get; init; }
    [Child("iothreadsched", Since = "1.2.13")] public ValueList<IoThreadScheduler> IoThreadSchedulers { get; init; }
    [Child("cachetune", Since = "4.1.0")] public ValueList<CacheTune> CacheTunes { get; init; }
    [Child("memorytune", Since = "4.7.0")] public ValueList<MemoryBandwidthTune> MemoryTunes { get; init; }
}

/// <summary>Where a vcpu may run.</summary>
[Element("vcpupin")]
public sealed partial record VcpuPin
{
    [Attr("vcpu")] public required uint Vcpu { get; init; }
    [Attr("cpuset", Missing = "internal|missing cpuset for vcpupin")] public required CpuSet CpuSet { get; init; }
}

/// <summary>Where an iothread may run.</summary>
[Element("iothreadpin")]
public sealed partial record IoThreadPin
{
    [Attr("iothread")] public required uint IoThread { get; init; }
    [Attr("cpuset")] public required CpuSet CpuSet { get; init; }
}

/// <summary>A kernel scheduling policy.</summary>
[Element("emulatorsched")]
public sealed partial record Scheduler
{
    [Attr("scheduler")] public required SchedulerKind Kind { get; init; }
    [Attr("priority")] public int? Priority { get; init; }
}

/// <summary>A policy for some vcpus.</summary>
[Element("vcpusched")]
public sealed partial record VcpuScheduler
{
    [Attr("vcpus")] public required CpuSet Vcpus { get; init; }
    [Attr("scheduler")] public required SchedulerKind Kind { get; init; }
    [Attr("priority")] public int? Priority { get; init; }
}

/// <summary>A policy for some iothreads.</summary>
[Element("iothreadsched")]
public sealed partial record IoThreadScheduler
{
    [Attr("iothreads")] public required CpuSet IoThreads { get; init; }
    [Attr("scheduler")] public required SchedulerKind Kind { get; init; }
    [Attr("priority")] public int? Priority { get; init; }
}

/// <summary>Cache kept for some vcpus.</summary>
[Element("cachetune")]
public sealed partial record CacheTune
{
    [Attr("vcpus")] public required CpuSet Vcpus { get; init; }
    [Attr("id", Live = true)] public string? Id { get; init; }
    [Child("cache")] public ValueList<CacheAllocation> Caches { get; init; }
    [Child("monitor", Since = "4.10.0")] public ValueList<CacheMonitor> Monitors { get; init; }
}

/// <summary>A part of one cache.</summary>
[Element("cache")]
public sealed partial record CacheAllocation
{
    [Attr("id")] public required uint Id { get; init; }
    [Attr("level")] public required uint Level { get; init; }
    [Attr("type")] public required CacheKind Type { get; init; }
    [Attr("size", Unit = "*")] public required MemorySize Size { get; init; }
}

/// <summary>Measures the use of a cache.</summary>
[Element("monitor")]
public sealed partial record CacheMonitor
{
    [Attr("level")] public uint? Level { get; init; }
    [Attr("vcpus")] public required CpuSet Vcpus { get; init; }
}

/// <summary>Memory bandwidth for some vcpus.</summary>
[Element("memorytune")]
public sealed partial record MemoryBandwidthTune
{
    [Attr("vcpus")] public required CpuSet Vcpus { get; init; }
    [Attr("id", Live = true)] public string? Id { get; init; }
    [Child("node")] public ValueList<MemoryBandwidth> Nodes { get; init; }
    [Child("monitor")] public ValueList<CacheMonitor> Monitors { get; init; }
}

/// <summary>A node's share in percent.</summary>
[Element("node")]
public sealed partial record MemoryBandwidth
{
    [Attr("id")] public required uint Id { get; init; }
    [Attr("bandwidth")] public required uint Percent { get; init; }
}

[WireNames] public enum CacheKind { Both, Code, Data }
[WireNames] public enum SchedulerKind { Batch, Idle, Fifo, Rr }
