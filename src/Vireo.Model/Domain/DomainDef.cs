using Vireo.Core;
using Vireo.Core.Xml;
using Vireo.Model.Domain.Cpu;
using Vireo.Model.Domain.Devices;

namespace Vireo.Model.Domain;

/// <summary>A machine as its owner wrote it: the <c>&lt;domain&gt;</c> document. What was left out is null; drivers fill in defaults.</summary>
[Element("domain")]
public sealed partial record DomainDef
{
    [Attr("type", Bad = "unsupported|invalid domain type {0}", Missing = "internal|missing domain type attribute")] [Abi("domain virt type")] public required DomainType Type { get; init; }
    [Attr("id", Live = true)] public int? Id { get; init; }
    [Text("name", Missing = "name|")] [Abi("domain name", Quoted = true)] public required string Name { get; init; }
    [Text("uuid", Since = "0.0.1")] [Abi("domain uuid")] public Uuid? Uuid { get; init; }
    [Hook("genid")] [Abi(Text = "Target domain requested genid does not match source")] public GenerationId? GenerationId { get; init; }
    [Text("title")] public string? Title { get; init; }
    [Text("description")] public string? Description { get; init; }
    [Child("metadata")] public XmlFragment? Metadata { get; init; }
    [Attr("slots", In = "maxMemory", Since = "1.2.14")] [Abi(Text = "Target domain memory slots count '{0}' doesn't match source '{1}'")] public uint? MemorySlots { get; init; }
    [Text("maxMemory", Since = "1.2.14")] [Abi(Text = "Target maximum memory size '{0}' doesn't match source '{1}'")] public MemorySize? MaxMemory { get; init; }
    [Attr("dumpCore", In = "memory", OnOff = true, Since = "0.10.2")] public bool? DumpCore { get; init; }
    [Text("memory")] [Abi("domain max memory")] public MemorySize? Memory { get; init; }
    [Text("currentMemory")] [Abi("domain current memory")] public MemorySize? CurrentMemory { get; init; }
    [Child(Since = "0.8.8")] public BlockIoTune? BlockIoTune { get; init; }
    [Child] public MemoryTune? MemoryTune { get; init; }
    [Child] public MemoryBacking? MemoryBacking { get; init; }
    [Child] [Abi] public VcpuCount? Vcpu { get; init; }
    [Child("vcpu", In = "vcpus", Since = "2.2.0")] public ValueList<Vcpu> Vcpus { get; init; }
    [Text("iothreads", Bad = "xml|invalid iothreads count '{0}'", Since = "1.2.8")] public uint? IoThreads { get; init; }
    [Child("iothread", In = "iothreadids", Since = "1.2.15")] public ValueList<IoThread> IoThreadIds { get; init; }
    [Child(Since = "8.5.0")] public DefaultIoThread? DefaultIoThread { get; init; }
    [Child(Since = "0.9.0")] public CpuTune? CpuTune { get; init; }
    [Child(Since = "0.9.3")] public NumaTune? NumaTune { get; init; }
    [Child(Since = "1.0.5")] public ResourceDef? Resource { get; init; }
    [Child("sysinfo", Since = "0.8.7")] [Abi(Text = "Target domain count of sysinfo does not match source")] public ValueList<SysInfo> SysInfo { get; init; }
    [Text("bootloader")] public string? Bootloader { get; init; }
    [Text("bootloader_args", Since = "0.2.3")] public string? BootloaderArgs { get; init; }
    [Child] [Abi] public OsDef Os { get; init; } = new();
    [Child] public IdMap? IdMap { get; init; }
    [Child] [Abi] public Features? Features { get; init; }
    [Child(Since = "0.7.5")] [Abi(Text = "Target CPU does not match source")] public CpuDef? Cpu { get; init; }
    [Child] [Abi] public ClockDef? Clock { get; init; }
    [Text("on_poweroff", Bad = "unsupported|unknown on_poweroff action: {0}")] public LifecycleAction? OnPoweroff { get; init; }
    [Text("on_reboot", Bad = "unsupported|unknown on_reboot action: {0}")] public LifecycleAction? OnReboot { get; init; }
    [Text("on_crash", Bad = "unsupported|unknown on_crash action: {0}")] public CrashAction? OnCrash { get; init; }
    [Text("on_lockfailure", Since = "1.0.0")] public LockFailureAction? OnLockFailure { get; init; }
    [Child(Since = "0.10.2")] public PowerManagement? Pm { get; init; }
    [Child("event", In = "perf", Since = "2.0.0")] public ValueList<PerfEvent> Perf { get; init; }
    [Child(Since = "0.1.3")] [Abi] public DeviceSet Devices { get; init; } = new();
    [Child("seclabel", Since = "0.6.1")] public ValueList<SecurityLabel> SecurityLabels { get; init; }
    [Child] public KeyWrap? KeyWrap { get; init; }
    [Child("launchSecurity", Since = "4.4.0")] public LaunchSecurity? LaunchSecurity { get; init; }

    /// <summary>Elements of other namespaces (<c>qemu:commandline</c>), kept as they are.</summary>
    [Hook("*", Attributes = true)] public ValueList<XmlFragment> Foreign { get; init; }
}

/// <summary>Who runs the machine.</summary>
[WireNames]
public enum DomainType
{
    Qemu, Kqemu, Kvm, Xen, Lxc, Uml, OpenVz, Test, VMware, HyperV, Vbox, Phyp, Parallels, Bhyve, Vz, Hvf,
}

/// <summary>What happens when the guest powers off or reboots.</summary>
[WireNames]
public enum LifecycleAction { Destroy, Restart, [Wire("rename-restart")] RenameRestart, Preserve }

/// <summary>What happens when the guest crashes.</summary>
[WireNames]
public enum CrashAction
{
    Destroy, Restart, [Wire("rename-restart")] RenameRestart, Preserve,
    [Wire("coredump-destroy")] CoredumpDestroy, [Wire("coredump-restart")] CoredumpRestart,
}

/// <summary>What happens when the lock manager loses a lock.</summary>
[WireNames]
public enum LockFailureAction { Poweroff, Restart, Pause, Ignore }

/// <summary>How a definition is written (virDomainXMLFlags and what drivers need beside them).</summary>
[Flags]
public enum DomainFormat
{
    /// <summary>As a client sees a running machine: without secrets.</summary>
    None = 0,
    /// <summary>With passwords (VIR_DOMAIN_XML_SECURE).</summary>
    Secure = 1,
    /// <summary>Without what only a running machine has (VIR_DOMAIN_XML_INACTIVE).</summary>
    Inactive = 2,
    /// <summary>With the guest CPU filled in (VIR_DOMAIN_XML_UPDATE_CPU).</summary>
    UpdateCpu = 4,
    /// <summary>Fit for an older libvirt on another host (VIR_DOMAIN_XML_MIGRATABLE).</summary>
    Migratable = 8,
    /// <summary>With what only a status file has.</summary>
    Status = 16,
}

/// <summary>How a document is read.</summary>
[Flags]
public enum DomainParse
{
    /// <summary>A document of a running machine.</summary>
    None = 0,
    /// <summary>What a user defines: id, generated aliases and other live matter are dropped.</summary>
    Inactive = 1,
    /// <summary>The definition inside a status file.</summary>
    Status = 2,
}
