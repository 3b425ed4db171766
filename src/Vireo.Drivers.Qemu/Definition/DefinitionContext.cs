using Vireo.Core;
using Vireo.Cpu.Map;
using Vireo.Drivers.Qemu.Facts;
using Vireo.Model.Domain;
using Vireo.Model.Domain.Devices;

namespace Vireo.Drivers.Qemu.Definition;

/// <summary>What the definition passes may know beside the definition.</summary>
public sealed record DefinitionContext
{
    /// <summary>The binary that will run the machine.</summary>
    public required QemuFacts Facts { get; init; }

    /// <summary>A user defines the machine now: defaults may be the best of today, which an old definition keeps without.</summary>
    public bool IsNew { get; init; } = true;

    /// <summary>What CPU models mean.</summary>
    public CpuMap CpuMap { get; init; } = CpuMap.Default;

    /// <summary>The document is a definition, not that of a running machine.</summary>
    public bool Inactive { get; init; } = true;

    /// <summary>The document is of a status file.</summary>
    public bool Status { get; init; }

    /// <summary>The host's first security model.</summary>
    public string SecurityModel { get; init; } = "none";

    /// <summary>The architecture of the host, for machines that name none.</summary>
    public string HostArch { get; init; } = "x86_64";

    /// <summary>Makes uuids.</summary>
    public Func<Uuid> NewUuid { get; init; } = Uuid.NewRandom;

    /// <summary>Makes addresses of network cards.</summary>
    public Func<MacAddress> NewMac { get; init; } = static () => MacAddress.NewRandom(0x525400);

    /// <summary>Looks at a PCI device of the host; null: it is not there.</summary>
    public Func<HostPciAddress, HostPciFacts?> HostPci { get; init; } = static _ => null;

    /// <summary>VNC's sound may play on the host although nobody said how.</summary>
    public bool VncAllowsHostAudio { get; init; }

    /// <summary>A machine without a screen may play on the host.</summary>
    public bool NographicsAllowsHostAudio { get; init; }

    /// <summary>How QEMU would play on the host (QEMU_AUDIO_DRV in the driver's environment).</summary>
    public string? HostAudio { get; init; }

    /// <summary>How SDL would (SDL_AUDIODRIVER).</summary>
    public string? SdlAudio { get; init; }

    /// <summary>The driver's own folder, below which running machines have theirs.</summary>
    public string LibraryFolder { get; init; } = "/var/lib/libvirt/qemu";

    /// <summary>The folder of stores of UEFI's variables.</summary>
    public string NvramFolder { get; init; } = "/var/lib/libvirt/qemu/nvram";

    /// <summary>The folder of the sockets of channels.</summary>
    public string ChannelFolder { get; init; } = "/var/lib/libvirt/qemu/channel/target";

    internal AcceleratorFacts? FactsFor(DomainDef machine) => Facts.For(machine.Type is DomainType.Kvm) ?? Facts.Tcg ?? Facts.Kvm;
}
