using Vireo.Model.Capabilities;

namespace Vireo.Drivers.Bhyve.Offers;

/// <summary>What the bhyve of a host can do beyond its first version.</summary>
/// <param name="HasBootRom">It boots from a firmware image.</param>
/// <param name="HasFramebuffer">It has a screen.</param>
public readonly record struct BhyveAbilities(bool HasBootRom, bool HasFramebuffer);

/// <summary>What a machine can have under bhyve: its part of <c>virsh domcapabilities</c>.</summary>
public static class BhyveOffer
{
    /// <summary>Makes the document.</summary>
    /// <param name="emulator">The program.</param>
    /// <param name="arch">libvirt's name of the architecture.</param>
    /// <param name="machine">The machine type that was asked for, if any.</param>
    /// <param name="abilities">What the program can do.</param>
    /// <param name="firmwares">Firmware images that are installed.</param>
    public static DomainCapabilities Of(string emulator, string arch, string? machine, BhyveAbilities abilities, IReadOnlyList<string> firmwares) => new()
    {
        Path = emulator,
        Domain = "bhyve",
        Machine = machine,
        Arch = arch,
        IoThreads = false,
        Os = new CapabilityOs
        {
            Supported = true,
            Loader = abilities.HasBootRom
                ? new CapabilityChoice { Supported = true, Values = [.. firmwares], Enums = [Words("type", "pflash"), Words("readonly", "yes")] }
                : new CapabilityChoice { Supported = false },
        },
        Cpu = CapabilityCpu.None,
        Devices = new CapabilityDevices
        {
            Disk = new CapabilityChoice { Supported = true, Enums = [Words("diskDevice", "disk", "cdrom"), Words("bus", "virtio", "sata"), Words("model")] },
            Graphics = abilities.HasFramebuffer ? Choice("type", "vnc") : new CapabilityChoice { Supported = false },
            Video = abilities.HasFramebuffer ? Choice("modelType", "gop") : new CapabilityChoice { Supported = false },
            Hostdev = new CapabilityChoice { Supported = false },
        },
        Features = new CapabilityFeatures
        {
            Gic = new CapabilityChoice { Supported = false },
            VmCoreInfo = false,
            GenerationId = false,
            Sev = new CapabilitySev { Supported = false },
            Sgx = new CapabilitySgx { Supported = false },
        },
    };

    static CapabilityChoice Choice(string name, params ReadOnlySpan<string> values) => new() { Supported = true, Enums = [Words(name, values)] };

    static CapabilityEnum Words(string name, params ReadOnlySpan<string> values) => new() { Name = name, Values = [.. values] };
}
