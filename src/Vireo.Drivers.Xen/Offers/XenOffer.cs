using Vireo.Model.Capabilities;

namespace Vireo.Drivers.Xen.Offers;

/// <summary>What a machine can have under Xen's toolstack: its part of <c>virsh domcapabilities</c>.</summary>
public static class XenOffer
{
    /// <summary>The machine type of guests that know that they are guests; all others are fully virtual.</summary>
    const string Paravirtual = "xenpv";

    /// <summary>Makes the document.</summary>
    /// <param name="emulator">The device model.</param>
    /// <param name="arch">libvirt's name of the architecture.</param>
    /// <param name="machine">xenpv, xenpvh or xenfv.</param>
    /// <param name="firmwares">Firmware images that are installed, for fully virtual machines.</param>
    public static DomainCapabilities Of(string emulator, string arch, string machine, IReadOnlyList<string> firmwares)
    {
        bool full = machine == "xenfv";
        return new DomainCapabilities
        {
            Path = emulator,
            Domain = "xen",
            Machine = machine,
            Arch = arch,
            MaxVcpus = machine == Paravirtual ? 512u : 128u,
            IoThreads = false,
            Os = new CapabilityOs
            {
                Supported = true,
                Loader = full
                    ? new CapabilityChoice { Supported = true, Values = [.. firmwares], Enums = [Words("type", "rom", "pflash"), Words("readonly", "yes")] }
                    : new CapabilityChoice { Supported = false },
            },
            Cpu = CapabilityCpu.None,
            Devices = new CapabilityDevices
            {
                Disk = Choice(Words("diskDevice", "disk", "cdrom"), Words("bus", "ide", "scsi", "xen"), Words("model")),
                Graphics = Choice(Words("type", "sdl", "vnc", "spice")),
                Video = Choice(Words("modelType", "vga", "cirrus", "xen")),
                Hostdev = Choice(
                    Words("mode", "subsystem"), Words("startupPolicy", "default", "mandatory", "requisite", "optional"),
                    Words("subsysType", "usb", "pci"), Words("capsType"), Words("pciBackend", "xen")),
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
    }

    static CapabilityChoice Choice(params ReadOnlySpan<CapabilityEnum> words) => new() { Supported = true, Enums = [.. words] };

    static CapabilityEnum Words(string name, params ReadOnlySpan<string> values) => new() { Name = name, Values = [.. values] };
}
