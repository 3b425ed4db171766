using Vireo.Core;
using Vireo.Core.Xml;

namespace Vireo.Model.Domain.Devices;

/// <summary>What other devices plug into.</summary>
[Element("controller")]
public sealed partial record Controller : Device
{
    [Attr("type")] [Abi("controller type")] public ControllerType Type { get; init; }
    [Attr("index")] [Abi("controller index")] public uint? Index { get; init; }
    /// <summary>Which kind of the type; words differ by type.</summary>
    [Attr("model")] [Abi("controller model")] public string? Model { get; init; }
    [Attr("ports", Since = "5.2.0")] [Abi("controller ports")] public uint? Ports { get; init; }
    [Attr("vectors", Since = "5.2.0")] [Abi("controller vectors")] public uint? Vectors { get; init; }
    [Attr("maxGrantFrames", Since = "5.2.0")] public uint? MaxGrantFrames { get; init; }
    [Attr("maxEventChannels", Since = "6.3.0")] public uint? MaxEventChannels { get; init; }
    /// <summary>The hypervisor's own device name behind a PCI controller.</summary>
    [Attr("name", In = "model", Since = "1.2.19")] public string? ModelName { get; init; }
    [Child(Since = "1.2.19")] public ControllerTarget? Target { get; init; }
    [Child] [Abi] public ControllerDriver? Driver { get; init; }
    [Text("pcihole64", Last = true, Since = "1.1.2")] public MemorySize? PciHole64 { get; init; }
}

[WireNames]
public enum ControllerType { Ide, Fdc, Scsi, Sata, [Wire("virtio-serial")] VirtioSerial, Ccid, Usb, Pci, XenBus, Isa }

/// <summary>Where a PCI controller stands.</summary>
[Element("target", OmitEmpty = true)]
public sealed partial record ControllerTarget
{
    [Attr("chassisNr")] public uint? ChassisNr { get; init; }
    [Attr("chassis")] public uint? Chassis { get; init; }
    [Attr("port", Hex = 1)] public uint? Port { get; init; }
    [Attr("busNr")] public uint? BusNr { get; init; }
    [Attr("index", Since = "3.6.0")] public uint? Index { get; init; }
    [Attr("hotplug", OnOff = true, Since = "6.3.0")] public bool? Hotplug { get; init; }
    [Text("node", Since = "3.6.0")] public int? NumaNode { get; init; }
}

/// <summary>How the controller works.</summary>
[Element("driver", OmitEmpty = true)]
public sealed partial record ControllerDriver : IVirtioOptions
{
    [Attr("queues", Since = "1.0.5")] public uint? Queues { get; init; }
    [Attr("cmd_per_lun", Since = "1.2.7")] public uint? CommandsPerLun { get; init; }
    [Attr("max_sectors", Since = "1.2.7")] public uint? MaxSectors { get; init; }
    [Attr("ioeventfd", OnOff = true, Since = "1.2.18")] public bool? IoEventFd { get; init; }
    [Attr("iothread", Since = "1.3.5")] public uint? IoThread { get; init; }
    [Attr("iommu", OnOff = true, Since = "3.5.0")] [Abi("device iommu option", Quoted = true)] public bool? Iommu { get; init; }
    [Attr("ats", OnOff = true, Since = "3.5.0")] [Abi("device ats option", Quoted = true)] public bool? Ats { get; init; }
    [Attr("packed", OnOff = true, Since = "6.3.0")] [Abi("device packed option", Quoted = true)] public bool? Packed { get; init; }
    [Attr("page_per_vq", OnOff = true, Since = "7.9.0")] [Abi("device page_per_vq option", Quoted = true)] public bool? PagePerVq { get; init; }
}
