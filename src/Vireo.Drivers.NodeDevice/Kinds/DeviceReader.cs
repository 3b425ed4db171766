using System.Text;
using Vireo.Core;
using Vireo.Drivers.NodeDevice.Sysfs;
using Vireo.Host.Network;
using Vireo.Host.Pci;
using Vireo.Model.NodeDevice;

namespace Vireo.Drivers.NodeDevice.Kinds;

/// <summary>Makes documents of the kernel's devices, as libvirt's udev driver does. A device that it does not list gives none.</summary>
/// <param name="tree">The devices.</param>
/// <param name="names">Names of PCI products.</param>
/// <param name="features">What a network card does.</param>
sealed class DeviceReader(SysTree tree, PciNames names, Func<string, CardFeatures> features)
{
    /// <summary>What all devices hang on.</summary>
    public const string Computer = "computer";

    public SysTree Tree => tree;

    /// <summary>A device without its parent, which is known when all are; null: it is none that is listed.</summary>
    /// <param name="device">The device.</param>
    /// <param name="before">What it was when it was read last: what never changes, and is slow to read, is taken from there.</param>
    public NodeDeviceDef? Read(SysDevice device, NodeDeviceDef? before = null)
    {
        if (Capability(device, before) is not { } capability)
            return null;
        List<DeviceNode> nodes = [];
        if (device["DEVNAME"] is { } node)
            nodes.Add(new DeviceNode { Type = DeviceNodeType.Dev, Path = Dev(node) });
        nodes.AddRange(device.Links.Select(static link => new DeviceNode { Type = DeviceNodeType.Link, Path = Dev(link) }));
        return new NodeDeviceDef
        {
            Name = NameOf(device, capability),
            Path = "/sys" + device.Path,
            Nodes = [.. nodes],
            Driver = device.LinkName("driver"),
            Capabilities = [capability],
        };
    }

    NodeCapability? Capability(SysDevice device, NodeDeviceDef? before) => device["DEVTYPE"] switch
    {
        "usb_device" => UsbReader.Device(device),
        "usb_interface" => UsbReader.Interface(device),
        "scsi_host" => ScsiReader.Host(device, tree),
        "scsi_target" => ScsiReader.Target(device),
        "scsi_device" => ScsiReader.Unit(device),
        "disk" when device.Subsystem is "block" => StorageReader.Read(device, tree.HasUdev),
        "wlan" => NetworkReader.Read(device, features),
        "drm_minor" => OthersReader.Drm(device),
        "ap_card" => ChannelReader.Card(device),
        "ap_queue" => ChannelReader.Queue(device),
        null => device.Subsystem switch
        {
            "pci" => PciReader.Read(device, tree, names, before?.Capabilities.OfType<NodeCapability.OfPci>().FirstOrDefault()),
            "net" => NetworkReader.Read(device, features),
            "scsi_generic" => OthersReader.ScsiGeneric(device),
            "mdev" => OthersReader.Mdev(device),
            "vdpa" => OthersReader.Vdpa(device, tree),
            "ccw" => ChannelReader.Ccw(device),
            "css" => ChannelReader.Css(device),
            "matrix" => new NodeCapability.OfApMatrix { Functions = OthersReader.MdevTypes(device) },
            _ => null,
        },
        _ => null,
    };

    /// <summary>A path in /dev.</summary>
    internal static string Dev(string node) => node.StartsWith('/') ? node : "/dev/" + node;

    static string NameOf(SysDevice device, NodeCapability capability) => Name(capability switch
    {
        NodeCapability.OfScsiHost host => $"scsi_host{host.Host}",
        NodeCapability.OfNetwork { Address: { } address } card => $"net_{card.Interface}_{address}",
        NodeCapability.OfNetwork card => $"net_{card.Interface}",
        NodeCapability.OfStorage { Serial: { } serial } => $"block_{device.Name}_{serial}",
        NodeCapability.OfMdev part => $"mdev_{part.Uuid}_{part.ParentAddress}",
        NodeCapability.OfApMatrix => "ap_matrix",
        _ => $"{device.Subsystem}_{device.Name}",
    });

    /// <summary>With an underscore for everything that is neither letter nor digit.</summary>
    public static string Name(string text)
    {
        var name = new StringBuilder(text);
        for (int i = 0; i < name.Length; i++)
            if (!char.IsAsciiLetterOrDigit(name[i]))
                name[i] = '_';
        return name.ToString();
    }

    /// <summary>The computer itself.</summary>
    public NodeDeviceDef System()
    {
        string? Of(string file) => tree.Text($"/devices/virtual/dmi/id/{file}")?.TrimEnd() is { Length: > 0 } value ? value : null;
        return new NodeDeviceDef
        {
            Name = Computer,
            Capabilities =
            [
                new NodeCapability.OfSystem
                {
                    Product = Of("product_name"),
                    HardwareVendor = Of("sys_vendor"),
                    HardwareVersion = Of("product_version"),
                    HardwareSerial = Of("product_serial"),
                    HardwareUuid = Uuid.TryParse(Of("product_uuid") ?? "", out Uuid uuid) ? uuid : default,
                    Firmware = new NodeFirmware { Vendor = Of("bios_vendor"), Version = Of("bios_version"), Date = Of("bios_date") },
                },
            ],
        };
    }
}
