using Vireo.Core.Errors;
using Vireo.Core.Xml;

namespace Vireo.Model.Domain.Devices;

public abstract partial record Device
{
    /// <summary>Reads the document of one device, as attaching and detaching take it.</summary>
    public static Device Parse(string xml, DomainParse flags = DomainParse.Inactive) =>
        XmlInput.Document(xml, null, new XmlInputOptions("device_definition", flags.HasFlag(DomainParse.Inactive)),
            static x => ReadAny(x) ?? throw x.Fail(ErrorCode.XmlError, ErrorDomain.Domain, $"unknown device type '{x.Name}'"));

    /// <summary>Writes the device alone.</summary>
    public string ToXml(DomainFormat flags = DomainFormat.Inactive)
    {
        var output = new XmlOutput(new XmlOutputOptions(flags.HasFlag(DomainFormat.Inactive), flags.HasFlag(DomainFormat.Secure)));
        WriteXml(output);
        return output.ToString();
    }

    /// <summary>Writes the device's element.</summary>
    public void WriteXml(XmlOutput output)
    {
        DeviceSet devices = new DeviceSet().With(this);
        devices.WriteChildren(output);
    }

    /// <summary>Reads whatever device stands here; null: it is none.</summary>
    internal static Device? ReadAny(XmlInput x) => x.Name switch
    {
        "disk" => Disk.ReadXml(x),
        "controller" => Controller.ReadXml(x),
        "filesystem" => Filesystem.ReadXml(x),
        "interface" => Interface.ReadXml(x),
        "smartcard" => Smartcard.ReadXml(x),
        "serial" => Serial.ReadXml(x),
        "parallel" => Parallel.ReadXml(x),
        "console" => GuestConsole.ReadXml(x),
        "channel" => Channel.ReadXml(x),
        "input" => Input.ReadXml(x),
        "tpm" => Tpm.ReadXml(x),
        "sound" => Sound.ReadXml(x),
        "video" => Video.ReadXml(x),
        "hostdev" => Hostdev.ReadXml(x),
        "redirdev" => RedirectedDevice.ReadXml(x),
        "hub" => Hub.ReadXml(x),
        "watchdog" => Watchdog.ReadXml(x),
        "memballoon" => MemoryBalloon.ReadXml(x),
        "rng" => Rng.ReadXml(x),
        "nvram" => NvramDevice.ReadXml(x),
        "panic" => Panic.ReadXml(x),
        "shmem" => SharedMemory.ReadXml(x),
        "memory" => MemoryDevice.ReadXml(x),
        "crypto" => Crypto.ReadXml(x),
        "iommu" => Iommu.ReadXml(x),
        "vsock" => Vsock.ReadXml(x),
        "pstore" => Pstore.ReadXml(x),
        _ => null,
    };
}
