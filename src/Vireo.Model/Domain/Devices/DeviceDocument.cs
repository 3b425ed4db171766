using Vireo.Core.Errors;
using Vireo.Core.Xml;

namespace Vireo.Model.Domain.Devices;

/// <summary>What the document of one device holds, as attaching, detaching and updating take it: a device, or something else that stands under <c>&lt;devices&gt;</c>.</summary>
public sealed record DeviceDocument
{
    /// <summary>A device with a place on a bus; null: one of the others.</summary>
    public Device? Device { get; init; }

    /// <summary>A lease.</summary>
    public Lease? Lease { get; init; }

    /// <summary>A way to see the screen.</summary>
    public Graphics? Graphics { get; init; }

    /// <summary>Sound's way to the host.</summary>
    public Audio? Audio { get; init; }

    /// <summary>libvirt's word for the kind, as its messages have it.</summary>
    public string Kind => this switch
    {
        { Lease: not null } => "lease",
        { Graphics: not null } => "graphics",
        { Audio: not null } => "audio",
        { Device: { } device } => KindOf(device),
        _ => "none",
    };

    /// <summary>Reads a document.</summary>
    /// <exception cref="VireoException">VIR_ERR_CONFIG_UNSUPPORTED for an element that is no device; whatever is wrong with the document.</exception>
    public static DeviceDocument Parse(string xml, DomainParse flags = DomainParse.Inactive) =>
        XmlInput.Document(xml, null, new XmlInputOptions("device_definition", flags.HasFlag(DomainParse.Inactive)), Read);

    static DeviceDocument Read(XmlInput x) => x.Name switch
    {
        "lease" => new DeviceDocument { Lease = Lease.ReadXml(x) },
        "graphics" => new DeviceDocument { Graphics = Graphics.ReadXml(x) },
        "audio" => new DeviceDocument { Audio = Audio.ReadXml(x) },
        "crypto" => throw Unknown(x.Name),          // libvirt 9.0.0 has it in machines only
        _ => new DeviceDocument { Device = Device.ReadAny(x) ?? throw Unknown(x.Name) },
    };

    static VireoException Unknown(string name) => new(ErrorCode.ConfigUnsupported, ErrorDomain.Domain, $"unknown device type '{name}'");

    /// <summary>libvirt's word for the kind of a device, as its messages have it.</summary>
    public static string KindOf(Device device) => device switch
    {
        Disk => "disk",
        Filesystem => "filesystem",
        Interface => "interface",
        Input => "input",
        Sound => "sound",
        Video => "video",
        Hostdev => "hostdev",
        Watchdog => "watchdog",
        Controller => "controller",
        Hub => "hub",
        RedirectedDevice => "redirdev",
        Smartcard => "smartcard",
        CharDevice => "chr",
        MemoryBalloon => "memballoon",
        NvramDevice => "nvram",
        Rng => "rng",
        SharedMemory => "shmem",
        Tpm => "tpm",
        Panic => "panic",
        MemoryDevice => "memory",
        Iommu => "iommu",
        Vsock => "vsock",
        Pstore => "pstore",
        Crypto => "crypto",
        _ => "none",
    };
}
