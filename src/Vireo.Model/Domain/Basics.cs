using Vireo.Core;
using Vireo.Core.Xml;

namespace Vireo.Model.Domain;

/// <summary><c>&lt;genid/&gt;</c> asks for a generated one.</summary>
/// <param name="Value">The id that was written; null: the driver makes one.</param>
public sealed record GenerationId(Uuid? Value);

/// <summary>How much of the machine's vcpus there are and where they may run.</summary>
[Element("vcpu")]
public sealed partial record VcpuCount
{
    [Attr("placement", Since = "0.9.11")] public VcpuPlacement? Placement { get; init; }
    [Attr("cpuset", Since = "0.4.4")] public CpuSet? CpuSet { get; init; }
    [Attr("current", Since = "0.8.5")] public uint? Current { get; init; }
    /// <summary>The largest number of vcpus.</summary>
    [Text(Bad = "xml|maximum vcpus count must be an integer")] [Abi("domain vCPU max")] public uint? Maximum { get; init; }
}

/// <summary>Who chooses the host CPUs.</summary>
[WireNames]
public enum VcpuPlacement { Static, Auto }

/// <summary>One vcpu.</summary>
[Element("vcpu")]
public sealed partial record Vcpu
{
    [Attr("id")] public required uint Id { get; init; }
    [Attr("enabled")] public required bool Enabled { get; init; }
    [Attr("hotpluggable")] public bool? Hotpluggable { get; init; }
    [Attr("order")] public uint? Order { get; init; }
}

/// <summary>A thread that serves disks.</summary>
[Element("iothread")]
public sealed partial record IoThread
{
    [Attr("id")] public required uint Id { get; init; }
    [Attr("thread_pool_min", Since = "8.5.0")] public int? ThreadPoolMin { get; init; }
    [Attr("thread_pool_max", Since = "8.5.0")] public int? ThreadPoolMax { get; init; }
}

/// <summary>The pool of the thread that serves what no other does.</summary>
[Element("defaultiothread")]
public sealed partial record DefaultIoThread
{
    [Attr("thread_pool_min", Since = "8.5.0")] public int? ThreadPoolMin { get; init; }
    [Attr("thread_pool_max", Since = "8.5.0")] public int? ThreadPoolMax { get; init; }
}

/// <summary>Limits for the guest's memory.</summary>
[Element("memtune")]
public sealed partial record MemoryTune
{
    [Text("hard_limit")] public MemorySize? HardLimit { get; init; }
    [Text("soft_limit")] public MemorySize? SoftLimit { get; init; }
    [Text("min_guarantee")] public MemorySize? MinGuarantee { get; init; }
    [Text("swap_hard_limit")] public MemorySize? SwapHardLimit { get; init; }
}

/// <summary>Weights and limits of disk traffic.</summary>
[Element("blkiotune")]
public sealed partial record BlockIoTune
{
    [Text("weight")] public uint? Weight { get; init; }
    [Child("device", Since = "0.9.8")] public ValueList<BlockIoDevice> Devices { get; init; }
}

/// <summary>The share of one host disk.</summary>
[Element("device")]
public sealed partial record BlockIoDevice
{
    [Text("path")] public required string Path { get; init; }
    [Text("weight")] public uint? Weight { get; init; }
    [Text("read_iops_sec", Since = "1.2.2")] public uint? ReadIops { get; init; }
    [Text("write_iops_sec", Since = "1.2.2")] public uint? WriteIops { get; init; }
    [Text("read_bytes_sec", Since = "1.2.2")] public ulong? ReadBytes { get; init; }
    [Text("write_bytes_sec", Since = "1.2.2")] public ulong? WriteBytes { get; init; }
}

/// <summary>What the guest's memory is made of.</summary>
[Element("memoryBacking")]
public sealed partial record MemoryBacking
{
    [Child] public HugePages? HugePages { get; init; }
    [Flag("nosharepages", Since = "1.0.6")] public bool NoSharePages { get; init; }
    [Flag("locked", Since = "1.0.6")] public bool Locked { get; init; }
    [Attr("type", In = "source", Bad = "unsupported|unknown memoryBacking/source/type '{0}'", Since = "4.10.0")] public MemorySourceType? Source { get; init; }
    [Attr("mode", In = "access", Since = "4.10.0")] public MemoryAccess? Access { get; init; }
    [Attr("mode", In = "allocation", Since = "4.10.0")] public MemoryAllocation? Allocation { get; init; }
    [Attr("threads", In = "allocation", Since = "8.2.0")] public uint? AllocationThreads { get; init; }
    [Flag("discard", Since = "4.4.0")] public bool Discard { get; init; }
}

/// <summary>Use of huge pages.</summary>
[Element("hugepages")]
public sealed partial record HugePages
{
    [Child("page", Since = "1.2.5")] public ValueList<HugePage> Pages { get; init; }
}

/// <summary>A size of pages, perhaps for some guest nodes only.</summary>
[Element("page")]
public sealed partial record HugePage
{
    [Attr("size")] public required MemorySize Size { get; init; }
    [Attr("nodeset")] public CpuSet? NodeSet { get; init; }
}

[WireNames] public enum MemorySourceType { Anonymous, File, Memfd }
[WireNames] public enum MemoryAccess { Shared, Private }
[WireNames] public enum MemoryAllocation { Immediate, Ondemand }

/// <summary>Where guest memory comes from.</summary>
[Element("numatune")]
public sealed partial record NumaTune
{
    [Child("memory")] public NumaMemory? Memory { get; init; }
    [Child("memnode", Since = "1.2.7")] public ValueList<NumaNodeMemory> Nodes { get; init; }
}

/// <summary>The whole guest's policy.</summary>
[Element("memory")]
public sealed partial record NumaMemory
{
    [Attr("mode")] public NumaMode? Mode { get; init; }
    [Attr("placement", Since = "0.9.12")] public VcpuPlacement? Placement { get; init; }
    [Attr("nodeset")] public CpuSet? NodeSet { get; init; }
}

/// <summary>One guest node's policy.</summary>
[Element("memnode")]
public sealed partial record NumaNodeMemory
{
    [Attr("cellid")] public required uint Cell { get; init; }
    [Attr("mode")] public NumaMode? Mode { get; init; }
    [Attr("nodeset")] public required CpuSet NodeSet { get; init; }
}

[WireNames] public enum NumaMode { Strict, Preferred, Interleave, Restrictive }

/// <summary>Where the machine stands among the host's control groups.</summary>
[Element("resource")]
public sealed partial record ResourceDef
{
    [Text("partition", Since = "1.0.5")] public string? Partition { get; init; }
    [Attr("appid", In = "fibrechannel", Since = "7.7.0")] public string? FibreChannelAppId { get; init; }
}

/// <summary>Sleep states offered to the guest.</summary>
[Element("pm")]
public sealed partial record PowerManagement
{
    [Attr("enabled", In = "suspend-to-mem")] public bool? SuspendToMem { get; init; }
    [Attr("enabled", In = "suspend-to-disk")] public bool? SuspendToDisk { get; init; }
}

/// <summary>A counter of perf(1).</summary>
[Element("event")]
public sealed partial record PerfEvent
{
    [Attr("name")] public required string Name { get; init; }
    [Attr("enabled")] public required bool Enabled { get; init; }
}

/// <summary>A label of a security driver.</summary>
[Element("seclabel")]
public sealed partial record SecurityLabel
{
    [Attr("type")] public SecurityLabelType? Type { get; init; }
    [Attr("model")] public string? Model { get; init; }
    [Attr("relabel")] public bool? Relabel { get; init; }
    [Text("label")] public string? Label { get; init; }
    [Text("imagelabel", Live = true)] public string? ImageLabel { get; init; }
    [Text("baselabel")] public string? BaseLabel { get; init; }
}

[WireNames] public enum SecurityLabelType { None, Dynamic, Static }

/// <summary>A label of one device's source.</summary>
[Element("seclabel")]
public sealed partial record DeviceLabel
{
    [Attr("model")] public string? Model { get; init; }
    [Attr("labelskip", Live = true)] public bool? LabelSkip { get; init; }
    [Attr("relabel")] public bool? Relabel { get; init; }
    [Text("label")] public string? Label { get; init; }
}

/// <summary>s390 keys.</summary>
[Element("keywrap")]
public sealed partial record KeyWrap
{
    [Child("cipher")] public ValueList<KeyWrapCipher> Ciphers { get; init; }
}

/// <summary>A cipher on or off.</summary>
[Element("cipher")]
public sealed partial record KeyWrapCipher
{
    [Attr("name")] public required string Name { get; init; }
    [Attr("state", OnOff = true)] public required bool State { get; init; }
}

/// <summary>Encrypted guests.</summary>
[Union]
public abstract partial record LaunchSecurity
{
    /// <summary>AMD SEV.</summary>
    [Case("sev")]
    public sealed partial record OfSev : LaunchSecurity
    {
        [Attr("kernelHashes", Since = "8.0.0")] public bool? KernelHashes { get; init; }
        [Text("cbitpos")] public uint? CbitPos { get; init; }
        [Text("reducedPhysBits")] public uint? ReducedPhysBits { get; init; }
        [Text("policy", Hex = 4)] public uint? Policy { get; init; }
        [Text("dhCert")] public string? DhCert { get; init; }
        [Text("session")] public string? Session { get; init; }
    }

    /// <summary>IBM Secure Execution.</summary>
    [Case("s390-pv")]
    public sealed partial record OfS390Pv : LaunchSecurity;
}

/// <summary>Containers' users and groups.</summary>
[Element("idmap")]
public sealed partial record IdMap
{
    [Child("uid")] public ValueList<IdRange> Users { get; init; }
    [Child("gid")] public ValueList<IdRange> Groups { get; init; }
}

/// <summary>A range of ids.</summary>
[Element("uid")]
public sealed partial record IdRange
{
    [Attr("start")] public required uint Start { get; init; }
    [Attr("target")] public required uint Target { get; init; }
    [Attr("count")] public required uint Count { get; init; }
}
