using Vireo.Core;
using Vireo.Core.Xml;

namespace Vireo.Model.Domain;

/// <summary>What the machine offers beside its CPU.</summary>
[Element("features", Unknown = "unsupported|unexpected feature '{0}'")]
public sealed partial record Features
{
    [Flag("acpi")] [Abi(Text = "State of feature 'acpi' differs: source: '{1}', destination: '{0}'")] public bool Acpi { get; init; }
    [Child] [Abi(Text = "State of feature 'apic' differs: source: '{1}', destination: '{0}'")] public Apic? Apic { get; init; }
    [Flag("pae")] [Abi(Text = "State of feature 'pae' differs: source: '{1}', destination: '{0}'")] public bool Pae { get; init; }
    [Switch("hap")] [Abi(Text = "State of feature 'hap' differs: source: '{1}', destination: '{0}'")] public bool? Hap { get; init; }
    [Flag("viridian")] [Abi(Text = "State of feature 'viridian' differs: source: '{1}', destination: '{0}'")] public bool Viridian { get; init; }
    [Flag("privnet")] [Abi(Text = "State of feature 'privnet' differs: source: '{1}', destination: '{0}'")] public bool PrivateNetwork { get; init; }
    [Child(Since = "1.0.0")] [Abi(Text = "State of feature 'hyperv' differs: source: '{1}', destination: '{0}'")] public HyperV? HyperV { get; init; }
    [Child(Since = "1.2.8")] [Abi(Text = "State of feature 'kvm' differs: source: '{1}', destination: '{0}'")] public KvmFeatures? Kvm { get; init; }
    [Switch("pvspinlock")] [Abi(Text = "State of feature 'pvspinlock' differs: source: '{1}', destination: '{0}'")] public bool? PvSpinlock { get; init; }
    [Child] public ContainerCapabilities? Capabilities { get; init; }
    [Switch("pmu", Since = "1.2.12")] [Abi(Text = "State of feature 'pmu' differs: source: '{1}', destination: '{0}'")] public bool? Pmu { get; init; }
    [Switch("vmport", Since = "1.2.16")] [Abi(Text = "State of feature 'vmport' differs: source: '{1}', destination: '{0}'")] public bool? VmPort { get; init; }
    [Child(Since = "1.2.16")] [Abi(Text = "State of feature 'gic' differs: source: '{1}', destination: '{0}'")] public Gic? Gic { get; init; }
    [Child(Since = "2.1.0")] [Abi(Text = "State of feature 'smm' differs: source: '{1}', destination: '{0}'")] public Smm? Smm { get; init; }
    [Attr("driver", In = "ioapic", Since = "3.4.0")] [Abi(Text = "State of feature 'ioapic' differs: source: '{1}', destination: '{0}'")] public IoApicDriver? IoApic { get; init; }
    [Child(Since = "3.10.0")] [Abi(Text = "State of feature 'hpt' differs: source: '{1}', destination: '{0}'")] public HashPageTable? Hpt { get; init; }
    [Switch("vmcoreinfo", Since = "4.4.0")] [Abi(Text = "State of feature 'vmcoreinfo' differs: source: '{1}', destination: '{0}'")] public bool? VmCoreInfo { get; init; }
    [Switch("htm", Since = "4.6.0")] [Abi(Text = "State of feature 'htm' differs: source: '{1}', destination: '{0}'")] public bool? Htm { get; init; }
    [Switch("nested-hv", Since = "4.10.0")] [Abi(Text = "State of feature 'nested-hv' differs: source: '{1}', destination: '{0}'")] public bool? NestedHv { get; init; }
    [Attr("unknown", In = "msrs", Since = "5.1.0")] [Abi(Text = "State of feature 'msrs' differs: source: '{1}', destination: '{0}'")] public UnknownMsrs? Msrs { get; init; }
    [Switch("ccf-assist", Since = "5.9.0")] [Abi(Text = "State of feature 'ccf-assist' differs: source: '{1}', destination: '{0}'")] public bool? CcfAssist { get; init; }
    [Child(Since = "6.3.0")] [Abi(Text = "State of feature 'xen' differs: source: '{1}', destination: '{0}'")] public XenFeatures? Xen { get; init; }
    [Attr("value", In = "cfpc", Since = "6.3.0")] [Abi(Text = "State of feature 'cfpc' differs: source: '{1}', destination: '{0}'")] public Mitigation? Cfpc { get; init; }
    [Attr("value", In = "sbbc", Since = "6.3.0")] [Abi(Text = "State of feature 'sbbc' differs: source: '{1}', destination: '{0}'")] public Mitigation? Sbbc { get; init; }
    [Attr("value", In = "ibs", Since = "6.3.0")] [Abi(Text = "State of feature 'ibs' differs: source: '{1}', destination: '{0}'")] public Mitigation? Ibs { get; init; }
    [Child(Since = "8.0.0")] public TcgFeatures? Tcg { get; init; }
}

/// <summary>The interrupt controller of PCs.</summary>
[Element("apic")]
public sealed partial record Apic
{
    [Attr("eoi", OnOff = true, Since = "0.10.2")] public bool? Eoi { get; init; }
}

/// <summary>Hyper-V's interfaces for Windows guests.</summary>
[Element("hyperv", Block = true, Unknown = "unsupported|unsupported HyperV Enlightenment feature: {0}")]
public sealed partial record HyperV
{
    [Attr("mode", Since = "8.0.0")] [Abi(Text = "State of feature 'hyperv' differs: source: '{1}', destination: '{0}'")] public HyperVMode? Mode { get; init; }
    [Switch("relaxed", Missing = "", Since = "1.0.0")] [Abi(Text = "State of HyperV enlightenment feature 'relaxed' differs: source: '{1}', destination: '{0}'")] public bool? Relaxed { get; init; }
    [Switch("vapic", Missing = "", Since = "1.1.0")] [Abi(Text = "State of HyperV enlightenment feature 'vapic' differs: source: '{1}', destination: '{0}'")] public bool? Vapic { get; init; }
    [Child(Since = "1.1.0")] [Abi(Text = "State of HyperV enlightenment feature 'spinlocks' differs: source: '{1}', destination: '{0}'")] public Spinlocks? Spinlocks { get; init; }
    [Switch("vpindex", Missing = "", Since = "1.3.3")] [Abi(Text = "State of HyperV enlightenment feature 'vpindex' differs: source: '{1}', destination: '{0}'")] public bool? VpIndex { get; init; }
    [Switch("runtime", Missing = "", Since = "1.3.3")] [Abi(Text = "State of HyperV enlightenment feature 'runtime' differs: source: '{1}', destination: '{0}'")] public bool? Runtime { get; init; }
    [Switch("synic", Missing = "", Since = "1.3.3")] [Abi(Text = "State of HyperV enlightenment feature 'synic' differs: source: '{1}', destination: '{0}'")] public bool? Synic { get; init; }
    [Child(Since = "1.3.3")] [Abi(Text = "State of HyperV enlightenment feature 'stimer' differs: source: '{1}', destination: '{0}'")] public SyntheticTimers? STimer { get; init; }
    [Switch("reset", Missing = "", Since = "1.3.3")] [Abi(Text = "State of HyperV enlightenment feature 'reset' differs: source: '{1}', destination: '{0}'")] public bool? Reset { get; init; }
    [Child(Since = "1.3.3")] [Abi(Text = "State of HyperV enlightenment feature 'vendor_id' differs: source: '{1}', destination: '{0}'")] public HyperVVendor? VendorId { get; init; }
    [Switch("frequencies", Missing = "", Since = "4.7.0")] [Abi(Text = "State of HyperV enlightenment feature 'frequencies' differs: source: '{1}', destination: '{0}'")] public bool? Frequencies { get; init; }
    [Switch("reenlightenment", Missing = "", Since = "4.7.0")] [Abi(Text = "State of HyperV enlightenment feature 'reenlightenment' differs: source: '{1}', destination: '{0}'")] public bool? Reenlightenment { get; init; }
    [Switch("tlbflush", Missing = "", Since = "4.7.0")] [Abi(Text = "State of HyperV enlightenment feature 'tlbflush' differs: source: '{1}', destination: '{0}'")] public bool? TlbFlush { get; init; }
    [Switch("ipi", Missing = "", Since = "4.10.0")] [Abi(Text = "State of HyperV enlightenment feature 'ipi' differs: source: '{1}', destination: '{0}'")] public bool? Ipi { get; init; }
    [Switch("evmcs", Missing = "", Since = "4.10.0")] [Abi(Text = "State of HyperV enlightenment feature 'evmcs' differs: source: '{1}', destination: '{0}'")] public bool? Evmcs { get; init; }
    [Switch("avic", Missing = "", Since = "8.10.0")] [Abi(Text = "State of HyperV enlightenment feature 'avic' differs: source: '{1}', destination: '{0}'")] public bool? Avic { get; init; }
}

/// <summary>Spinning before giving up the CPU.</summary>
[Element("spinlocks")]
public sealed partial record Spinlocks
{
    [Attr("state", OnOff = true)] [Abi(Text = "State of HyperV enlightenment feature 'spinlocks' differs: source: '{1}', destination: '{0}'")] public required bool State { get; init; }
    [Attr("retries")] [Abi(Text = "HyperV spinlock retry count differs: source: '{1}', destination: '{0}'")] public uint? Retries { get; init; }
}

/// <summary>Hyper-V's timers.</summary>
[Element("stimer")]
public sealed partial record SyntheticTimers
{
    [Attr("state", OnOff = true)] [Abi(Text = "State of HyperV enlightenment feature 'stimer' differs: source: '{1}', destination: '{0}'")] public required bool State { get; init; }
    [Switch("direct", Missing = "", Since = "5.7.0")] [Abi(Text = "State of HyperV stimer direct feature differs: source: '{1}', destination: '{0}'")] public bool? Direct { get; init; }
}

/// <summary>The vendor's name that a guest sees.</summary>
[Element("vendor_id")]
public sealed partial record HyperVVendor
{
    [Attr("state", OnOff = true)] [Abi(Text = "State of HyperV enlightenment feature 'vendor_id' differs: source: '{1}', destination: '{0}'")] public required bool State { get; init; }
    [Attr("value")] [Abi(Text = "HyperV vendor_id differs: source: '{1}', destination: '{0}'")] public string? Value { get; init; }
}

/// <summary>KVM's own.</summary>
[Element("kvm")]
public sealed partial record KvmFeatures
{
    [Switch("hidden", Missing = "", Since = "1.2.8")] [Abi(Text = "State of KVM feature 'hidden' differs: source: '{1}', destination: '{0}'")] public bool? Hidden { get; init; }
    [Switch("hint-dedicated", Missing = "", Since = "5.7.0")] [Abi(Text = "State of KVM feature 'hint-dedicated' differs: source: '{1}', destination: '{0}'")] public bool? HintDedicated { get; init; }
    [Switch("poll-control", Missing = "", Since = "6.10.0")] [Abi(Text = "State of KVM feature 'poll-control' differs: source: '{1}', destination: '{0}'")] public bool? PollControl { get; init; }
    [Switch("pv-ipi", Missing = "", Since = "7.10.0")] [Abi(Text = "State of KVM feature 'pv-ipi' differs: source: '{1}', destination: '{0}'")] public bool? PvIpi { get; init; }
    [Child(Since = "8.0.0")] [Abi(Text = "State of KVM feature 'dirty-ring' differs: source: '{1}', destination: '{0}'")] public DirtyRing? DirtyRing { get; init; }
}

/// <summary>A ring of dirty pages.</summary>
[Element("dirty-ring")]
public sealed partial record DirtyRing
{
    [Attr("state", OnOff = true)] [Abi(Text = "State of KVM feature 'dirty-ring' differs: source: '{1}', destination: '{0}'")] public required bool State { get; init; }
    [Attr("size")] [Abi(Text = "dirty ring size of KVM feature 'dirty-ring' differs: source: '{1}', destination: '{0}'")] public uint? Size { get; init; }
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
    [Attr("version")] [Abi(Text = "State of feature 'gic' differs: source: '{1}', destination: '{0}'")] public GicVersion? Version { get; init; }
}

[WireNames] public enum GicVersion { [Wire("2")] V2, [Wire("3")] V3, Host }

/// <summary>System management mode.</summary>
[Element("smm")]
public sealed partial record Smm
{
    [Attr("state", OnOff = true)] [Abi(Text = "State of feature 'smm' differs: source: '{1}', destination: '{0}'")] public bool? State { get; init; }
    [Text("tseg", Unit = "*MiB", Since = "4.5.0")] [Abi(Text = "Size of SMM TSEG size differs: source: '{1} KiB', destination: '{0} KiB'")] public MemorySize? Tseg { get; init; }
}

/// <summary>POWER's page table.</summary>
[Element("hpt")]
public sealed partial record HashPageTable
{
    [Attr("resizing")] [Abi(Text = "State of feature 'hpt' differs: source: '{1}', destination: '{0}'")] public HptResizing? Resizing { get; init; }
    [Text("maxpagesize", Since = "4.5.0")] [Abi(Text = "State of feature 'hpt' differs: source: '{1}', destination: '{0}'")] public MemorySize? MaxPageSize { get; init; }
}

[WireNames] public enum HptResizing { Enabled, Disabled, Required }

/// <summary>Xen's own.</summary>
[Element("xen")]
public sealed partial record XenFeatures
{
    [Switch("e820_host", Missing = "", Since = "6.3.0")] [Abi(Text = "State of Xen feature 'e820_host' differs: source: '{1}', destination: '{0}'")] public bool? E820Host { get; init; }
    [Child("passthrough", Since = "6.3.0")] [Abi(Text = "State of Xen feature 'passthrough' differs: source: '{1}', destination: '{0}'")] public XenPassthrough? Passthrough { get; init; }
}

/// <summary>How memory is mapped for host devices.</summary>
[Element("passthrough")]
public sealed partial record XenPassthrough
{
    [Attr("state", OnOff = true)] [Abi(Text = "State of Xen feature 'passthrough' differs: source: '{1}', destination: '{0}'")] public required bool State { get; init; }
    [Attr("mode")] [Abi(Text = "'mode' of Xen passthrough feature differs: source: '{1}', destination: '{0}'")] public XenPassthroughMode? Mode { get; init; }
}

[WireNames] public enum XenPassthroughMode { [Wire("sync_pt")] SyncPt, [Wire("share_pt")] SharePt }

/// <summary>QEMU's translator.</summary>
[Element("tcg")]
public sealed partial record TcgFeatures
{
    [Text("tb-cache", Since = "8.0.0")] public MemorySize? TbCache { get; init; }
}
