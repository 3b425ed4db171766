using Vireo.Core;
using Vireo.Core.Xml;

namespace Vireo.Model.Domain;

/// <summary>What the machine offers beside its CPU.</summary>
[Element("features", Unknown = "unsupported|unexpected feature '{0}'")]
public sealed partial record Features
{
    [Flag("acpi")] public bool Acpi { get; init; }
    [Child] public Apic? Apic { get; init; }
    [Flag("pae")] public bool Pae { get; init; }
    [Switch("hap")] public bool? Hap { get; init; }
    [Flag("viridian")] public bool Viridian { get; init; }
    [Flag("privnet")] public bool PrivateNetwork { get; init; }
    [Child] public HyperV? HyperV { get; init; }
    [Child] public KvmFeatures? Kvm { get; init; }
    [Switch("pvspinlock")] public bool? PvSpinlock { get; init; }
    [Child] public ContainerCapabilities? Capabilities { get; init; }
    [Switch("pmu")] public bool? Pmu { get; init; }
    [Switch("vmport")] public bool? VmPort { get; init; }
    [Child] public Gic? Gic { get; init; }
    [Child] public Smm? Smm { get; init; }
    [Attr("driver", In = "ioapic")] public IoApicDriver? IoApic { get; init; }
    [Child] public HashPageTable? Hpt { get; init; }
    [Switch("vmcoreinfo")] public bool? VmCoreInfo { get; init; }
    [Switch("htm")] public bool? Htm { get; init; }
    [Switch("nested-hv")] public bool? NestedHv { get; init; }
    [Attr("unknown", In = "msrs")] public UnknownMsrs? Msrs { get; init; }
    [Switch("ccf-assist")] public bool? CcfAssist { get; init; }
    [Child] public XenFeatures? Xen { get; init; }
    [Attr("value", In = "cfpc")] public Mitigation? Cfpc { get; init; }
    [Attr("value", In = "sbbc")] public Mitigation? Sbbc { get; init; }
    [Attr("value", In = "ibs")] public Mitigation? Ibs { get; init; }
    [Child] public TcgFeatures? Tcg { get; init; }
}

/// <summary>The interrupt controller of PCs.</summary>
[Element("apic")]
public sealed partial record Apic
{
    [Attr("eoi", OnOff = true)] public bool? Eoi { get; init; }
}

/// <summary>Hyper-V's interfaces for Windows guests.</summary>
[Element("hyperv", Unknown = "unsupported|unsupported HyperV Enlightenment feature: {0}")]
public sealed partial record HyperV
{
    [Attr("mode")] public HyperVMode? Mode { get; init; }
    [Switch("relaxed")] public bool? Relaxed { get; init; }
    [Switch("vapic")] public bool? Vapic { get; init; }
    [Child] public Spinlocks? Spinlocks { get; init; }
    [Switch("vpindex")] public bool? VpIndex { get; init; }
    [Switch("runtime")] public bool? Runtime { get; init; }
    [Switch("synic")] public bool? Synic { get; init; }
    [Child] public SyntheticTimers? STimer { get; init; }
    [Switch("reset")] public bool? Reset { get; init; }
    [Child] public HyperVVendor? VendorId { get; init; }
    [Switch("frequencies")] public bool? Frequencies { get; init; }
    [Switch("reenlightenment")] public bool? Reenlightenment { get; init; }
    [Switch("tlbflush")] public bool? TlbFlush { get; init; }
    [Switch("ipi")] public bool? Ipi { get; init; }
    [Switch("evmcs")] public bool? Evmcs { get; init; }
    [Switch("avic")] public bool? Avic { get; init; }
}

/// <summary>Spinning before giving up the CPU.</summary>
[Element("spinlocks")]
public sealed partial record Spinlocks
{
    [Attr("state", OnOff = true)] public required bool State { get; init; }
    [Attr("retries")] public uint? Retries { get; init; }
}

/// <summary>Hyper-V's timers.</summary>
[Element("stimer")]
public sealed partial record SyntheticTimers
{
    [Attr("state", OnOff = true)] public required bool State { get; init; }
    [Switch("direct")] public bool? Direct { get; init; }
}

/// <summary>The vendor's name that a guest sees.</summary>
[Element("vendor_id")]
public sealed partial record HyperVVendor
{
    [Attr("state", OnOff = true)] public required bool State { get; init; }
    [Attr("value")] public string? Value { get; init; }
}

/// <summary>KVM's own.</summary>
[Element("kvm")]
public sealed partial record KvmFeatures
{
    [Switch("hidden")] public bool? Hidden { get; init; }
    [Switch("hint-dedicated")] public bool? HintDedicated { get; init; }
    [Switch("poll-control")] public bool? PollControl { get; init; }
    [Switch("pv-ipi")] public bool? PvIpi { get; init; }
    [Child] public DirtyRing? DirtyRing { get; init; }
}

/// <summary>A ring of dirty pages.</summary>
[Element("dirty-ring")]
public sealed partial record DirtyRing
{
    [Attr("state", OnOff = true)] public required bool State { get; init; }
    [Attr("size")] public uint? Size { get; init; }
}

/// <summary>What a container may do; names as in capabilities(7).</summary>
[Element("capabilities")]
public sealed partial record ContainerCapabilities
{
    [Attr("policy")] public CapabilitiesPolicy? Policy { get; init; }
    [Hook("*")] public ValueList<ContainerCapability> Each { get; init; }
}

/// <summary>One of them on or off.</summary>
/// <param name="Name">Its name.</param>
/// <param name="On">Whether the container has it.</param>
public sealed record ContainerCapability(string Name, bool On);

[WireNames] public enum CapabilitiesPolicy { Default, Allow, Deny }
[WireNames] public enum HyperVMode { None, Custom, Passthrough }
[WireNames] public enum IoApicDriver { Kvm, Qemu }
[WireNames] public enum UnknownMsrs { Ignore, Fault }
[WireNames] public enum Mitigation { Broken, Workaround, Fixed, [Wire("fixed-ibs")] FixedIbs, [Wire("fixed-ccd")] FixedCcd, [Wire("fixed-na")] FixedNa }

/// <summary>ARM's interrupt controller; without a version the host's best.</summary>
[Element("gic")]
public sealed partial record Gic
{
    [Attr("version")] public GicVersion? Version { get; init; }
}

[WireNames] public enum GicVersion { [Wire("2")] V2, [Wire("3")] V3, Host }

/// <summary>System management mode.</summary>
[Element("smm")]
public sealed partial record Smm
{
    [Attr("state", OnOff = true)] public bool? State { get; init; }
    [Text("tseg", Unit = "*")] public MemorySize? Tseg { get; init; }
}

/// <summary>POWER's page table.</summary>
[Element("hpt")]
public sealed partial record HashPageTable
{
    [Attr("resizing")] public HptResizing? Resizing { get; init; }
    [Text("maxpagesize")] public MemorySize? MaxPageSize { get; init; }
}

[WireNames] public enum HptResizing { Enabled, Disabled, Required }

/// <summary>Xen's own.</summary>
[Element("xen")]
public sealed partial record XenFeatures
{
    [Switch("e820_host")] public bool? E820Host { get; init; }
    [Child("passthrough")] public XenPassthrough? Passthrough { get; init; }
}

/// <summary>How memory is mapped for host devices.</summary>
[Element("passthrough")]
public sealed partial record XenPassthrough
{
    [Attr("state", OnOff = true)] public required bool State { get; init; }
    [Attr("mode")] public XenPassthroughMode? Mode { get; init; }
}

[WireNames] public enum XenPassthroughMode { [Wire("sync_pt")] SyncPt, [Wire("share_pt")] SharePt }

/// <summary>QEMU's translator.</summary>
[Element("tcg")]
public sealed partial record TcgFeatures
{
    [Text("tb-cache")] public MemorySize? TbCache { get; init; }
}
