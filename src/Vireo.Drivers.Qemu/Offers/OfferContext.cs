using Vireo.Cpu;
using Vireo.Cpu.Map;
using Vireo.Drivers.Qemu.Definition.Firmware;

namespace Vireo.Drivers.Qemu.Offers;

/// <summary>What the host adds to what a binary can do.</summary>
public sealed record OfferContext
{
    /// <summary>libvirt's name of the host's architecture.</summary>
    public required string HostArch { get; init; }

    /// <summary>The host's CPU as its capabilities show it; null where no map knows it.</summary>
    public CpuSpec? HostCpu { get; init; }

    /// <summary>What CPU models mean.</summary>
    public CpuMap CpuMap { get; init; } = CpuMap.Default;

    /// <summary>The most virtual CPUs that KVM gives; null: it sets no limit of its own.</summary>
    public int? KvmVcpus { get; init; }

    /// <summary>Firmware images that are installed, in the order in which they are shown where no descriptor of a firmware suits the machine.</summary>
    public IReadOnlyList<string> Loaders { get; init; } = [];

    /// <summary>Tells whether a file that a descriptor of a firmware names is there.</summary>
    public Func<string, bool> HasFile { get; init; } = static _ => true;

    /// <summary>Descriptors of firmwares, by which machines can ask for a kind of firmware.</summary>
    public IReadOnlyList<FirmwareDescriptor> Firmwares { get; init; } = [];

    /// <summary>Versions of TPM that the emulator on this host knows: 1.2, 2.0.</summary>
    public IReadOnlyList<string> TpmVersions { get; init; } = [];

    /// <summary>Ways to give PCI devices to guests: default, vfio; none where the host has no IOMMU.</summary>
    public IReadOnlyList<string> PciBackends { get; init; } = [];

    /// <summary>How many encrypted guests the processor keeps apart; null: unknown.</summary>
    public SevLimits? Sev { get; init; }
}

/// <summary>Numbers of encryption keys of AMD's processors, from CPUID leaf 0x8000001f.</summary>
/// <param name="MaxGuests">Guests whose memory is encrypted.</param>
/// <param name="MaxEsGuests">Guests whose registers are encrypted too.</param>
public readonly record struct SevLimits(uint MaxGuests, uint MaxEsGuests)
{
    /// <summary>The numbers in a leaf: the highest key, and the lowest for guests that encrypt memory alone.</summary>
    public static SevLimits OfLeaf(uint highest, uint lowest) => new(highest < lowest ? 0 : highest - lowest + 1, lowest > 0 ? lowest - 1 : 0);
}
