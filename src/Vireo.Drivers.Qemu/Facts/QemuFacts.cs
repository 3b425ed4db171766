using System.Collections.Frozen;
using System.Collections.Immutable;
using Vireo.Core.Xml;

namespace Vireo.Drivers.Qemu.Facts;

/// <summary>
/// What is known of one QEMU binary: found by asking it over QMP, or read from libvirt's capability cache. Immutable, so
/// that definition passes and planners can share it freely.
/// </summary>
public sealed record QemuFacts
{
    /// <summary>Path of the binary.</summary>
    public required string Emulator { get; init; }

    /// <summary>libvirt's name of the target architecture, such as x86_64.</summary>
    public required string Arch { get; init; }

    /// <summary>major * 1000000 + minor * 1000 + micro, such as 7002000.</summary>
    public required int Version { get; init; }

    /// <summary>The distribution's package string, may be empty.</summary>
    public string Package { get; init; } = "";

    /// <summary>Version of the KVM kernel module as QEMU knows it; always 0 today.</summary>
    public int KvmVersion { get; init; }

    /// <summary>Microcode of the host at the time of probing.</summary>
    public uint MicrocodeVersion { get; init; }

    /// <summary>Capability flags by libvirt's names (<see cref="QemuFlag"/>).</summary>
    public required FrozenSet<string> Flags { get; init; }

    /// <summary>What the binary offers with KVM; null if KVM is not usable.</summary>
    public AcceleratorFacts? Kvm { get; init; }

    /// <summary>What the binary offers with its own translator; null if it has none.</summary>
    public AcceleratorFacts? Tcg { get; init; }

    /// <summary>Interrupt controllers of an Arm machine.</summary>
    public ImmutableArray<GicFacts> Gics { get; init; } = [];

    /// <summary>AMD's encrypted guests.</summary>
    public SevFacts? Sev { get; init; }

    /// <summary>Intel's enclaves.</summary>
    public SgxFacts? Sgx { get; init; }

    /// <summary>Hyper-V enlightenments; null if the binary was not asked.</summary>
    public ImmutableArray<string>? HypervFeatures { get; init; }

    /// <summary>KVM can be used on this host with this binary.</summary>
    public bool KvmUsable => Kvm is not null;

    /// <summary>What a listing of binaries says of it; null if it runs no guests.</summary>
    public QemuOutline? Outline => (Kvm ?? Tcg) is { } accelerator ? new(accelerator.Machines, KvmUsable) : null;

    /// <summary>Has a flag of libvirt's naming.</summary>
    public bool Has(string flag) => Flags.Contains(flag);

    /// <summary>The facts for a domain type: KVM's for kvm, TCG's otherwise; null if it cannot run that type.</summary>
    public AcceleratorFacts? For(bool kvm) => kvm ? Kvm : Tcg;
}

/// <summary>The facts that a binary tells at once.</summary>
/// <param name="Machines">The machine types, in QEMU's order.</param>
/// <param name="KvmUsable">KVM can be used on this host with this binary.</param>
public sealed record QemuOutline(ImmutableArray<MachineFacts> Machines, bool KvmUsable);

/// <summary>What depends on the accelerator.</summary>
public sealed record AcceleratorFacts
{
    /// <summary>The machine types, in QEMU's order.</summary>
    public ImmutableArray<MachineFacts> Machines { get; init; } = [];

    /// <summary>The CPU models, in QEMU's order.</summary>
    public ImmutableArray<CpuModelFacts> CpuModels { get; init; } = [];

    /// <summary>The host's CPU as QEMU expands it.</summary>
    public HostCpuFacts? HostCpu { get; init; }

    /// <summary>Finds a machine by name or alias; a name wins.</summary>
    public MachineFacts? FindMachine(string name) =>
        Machines.FirstOrDefault(m => m.Name == name) ?? Machines.FirstOrDefault(m => m.Alias == name);

    /// <summary>The machine a guest gets if it names none.</summary>
    public MachineFacts? DefaultMachine => Machines.FirstOrDefault(m => m.IsDefault);
}

/// <summary>One machine type.</summary>
public sealed record MachineFacts(string Name)
{
    /// <summary>A short name that follows the newest version, such as pc.</summary>
    public string? Alias { get; init; }

    /// <summary>Most vCPUs.</summary>
    public int MaxCpus { get; init; }

    /// <summary>vCPUs can be plugged while it runs.</summary>
    public bool HotplugCpus { get; init; }

    /// <summary>The machine used if none is named.</summary>
    public bool IsDefault { get; init; }

    /// <summary>QOM type of the CPU it has if none is named, such as qemu64-x86_64-cpu.</summary>
    public string? DefaultCpu { get; init; }

    /// <summary>-numa mem= still works.</summary>
    public bool NumaMemSupported { get; init; }

    /// <summary>Id of the memory backend of its main memory.</summary>
    public string? DefaultRamId { get; init; }

    /// <summary>QEMU says it will go away.</summary>
    public bool Deprecated { get; init; }
}

/// <summary>Whether a CPU model can be used on this host.</summary>
public enum CpuUsable
{
    /// <summary>Not asked.</summary>
    Unknown,

    /// <summary>Yes.</summary>
    Yes,

    /// <summary>Some features are missing.</summary>
    No,
}

/// <summary>One CPU model.</summary>
public sealed record CpuModelFacts(string Name)
{
    /// <summary>Its QOM type.</summary>
    public string? TypeName { get; init; }

    /// <summary>Usable here.</summary>
    public CpuUsable Usable { get; init; }

    /// <summary>Properties that prevent its use.</summary>
    public ImmutableArray<string> Blockers { get; init; } = [];

    /// <summary>QEMU says it will go away.</summary>
    public bool Deprecated { get; init; }
}

/// <summary>The host's CPU as query-cpu-model-expansion tells it.</summary>
public sealed record HostCpuFacts(string Model)
{
    /// <summary>Properties say whether they can migrate.</summary>
    public bool Migratability { get; init; }

    /// <summary>The properties, in QEMU's order.</summary>
    public ImmutableArray<CpuProperty> Properties { get; init; } = [];
}

/// <summary>The kind of value of a CPU property.</summary>
[WireNames]
public enum CpuPropertyKind
{
    /// <summary>A switch.</summary>
    Boolean,

    /// <summary>Text.</summary>
    String,

    /// <summary>A number.</summary>
    Number,
}

/// <summary>A property of the host's CPU; the value is text as the cache has it (booleans: true, false).</summary>
public sealed record CpuProperty(string Name, CpuPropertyKind Kind, string Value, bool? Migratable = null);

/// <summary>A GIC version and where it can be emulated.</summary>
public sealed record GicFacts(int Version, bool Kernel, bool Emulated);

/// <summary>query-sev-capabilities.</summary>
public sealed record SevFacts(uint CBitPos, uint ReducedPhysBits, string Pdh, string CertChain, string? Cpu0Id = null);

/// <summary>query-sgx-capabilities.</summary>
public sealed record SgxFacts(bool Flc, bool Sgx1, bool Sgx2, ulong SectionSizeKiB, ImmutableArray<SgxSection> Sections);

/// <summary>One region of enclave memory.</summary>
public sealed record SgxSection(int Node, ulong SizeKiB);
