using Vireo.Core;
using Vireo.Core.Xml;

namespace Vireo.Model.Domain.Devices;

/// <summary>Where a device is plugged in.</summary>
[Union(Bad = "unsupported|unknown address type '{0}'", Missing = "internal|No type specified for device address")]
[Abi("device address type")]
public abstract partial record DeviceAddress
{
    /// <summary>A PCI slot's function.</summary>
    [Case("pci")]
    [Abi(Text = "Target device PCI address {0}does not match source {1}")]
    public sealed partial record Pci : DeviceAddress
    {
        [Attr("domain", Hex = 4)] public uint Domain { get; init; }
        [Attr("bus", Hex = 2)] public uint Bus { get; init; }
        [Attr("slot", Hex = 2)] public uint Slot { get; init; }
        [Attr("function", Hex = 1)] public uint Function { get; init; }
        [Attr("multifunction", OnOff = true, Since = "0.9.7")] public bool? Multifunction { get; init; }
        [Child(Since = "4.10.0")] public ZPci? ZPci { get; init; }
    }

    /// <summary>A unit of a disk controller.</summary>
    [Case("drive")]
    [Abi("device drive address")]
    public sealed partial record Drive : DeviceAddress
    {
        [Attr("controller")] public uint Controller { get; init; }
        [Attr("bus")] public uint Bus { get; init; }
        [Attr("target")] public uint Target { get; init; }
        [Attr("unit")] public uint Unit { get; init; }
    }

    /// <summary>A port of a virtio-serial controller.</summary>
    [Case("virtio-serial")]
    [Abi("device virtio serial address")]
    public sealed partial record VirtioSerial : DeviceAddress
    {
        [Attr("controller")] public uint Controller { get; init; }
        [Attr("bus")] public uint Bus { get; init; }
        [Attr("port")] public uint Port { get; init; }
    }

    /// <summary>A smart card slot.</summary>
    [Case("ccid")]
    [Abi("device ccid address")]
    public sealed partial record Ccid : DeviceAddress
    {
        [Attr("controller")] public uint Controller { get; init; }
        [Attr("slot")] public uint Slot { get; init; }
    }

    /// <summary>A USB port, through hubs as in <c>1.2</c>.</summary>
    [Case("usb")]
    public sealed partial record Usb : DeviceAddress
    {
        [Attr("bus")] public uint Bus { get; init; }
        [Attr("port")] public string? Port { get; init; }
    }

    /// <summary>POWER's virtual bus.</summary>
    [Case("spapr-vio")]
    public sealed partial record SpaprVio : DeviceAddress
    {
        [Attr("reg", Hex = 8)] public ulong? Reg { get; init; }
    }

    /// <summary>s390's channels.</summary>
    [Case("ccw")]
    public sealed partial record Ccw : DeviceAddress
    {
        [Attr("cssid", Hex = 1)] public uint? CssId { get; init; }
        [Attr("ssid", Hex = 1)] public uint? SsId { get; init; }
        [Attr("devno", Hex = 4)] public uint? DevNo { get; init; }
    }

    /// <summary>Old s390 virtio.</summary>
    [Case("virtio-s390")]
    public sealed partial record VirtioS390 : DeviceAddress;

    /// <summary>A memory-mapped virtio transport.</summary>
    [Case("virtio-mmio")]
    public sealed partial record VirtioMmio : DeviceAddress;

    /// <summary>ISA ports and interrupt.</summary>
    [Case("isa")]
    [Abi("device isa address")]
    public sealed partial record Isa : DeviceAddress
    {
        [Attr("iobase", Hex = 1)] public uint? IoBase { get; init; }
        [Attr("irq", Hex = 1)] public uint? Irq { get; init; }
    }

    /// <summary>A memory slot.</summary>
    [Case("dimm")]
    public sealed partial record Dimm : DeviceAddress
    {
        [Attr("slot")] [Abi("device dimm slot")] public uint? Slot { get; init; }
        [Attr("base", Hex = 1)] [Abi("device dimm base address", Quoted = true)] public ulong? Base { get; init; }
    }

    /// <summary>A mediated device of the host.</summary>
    [Case("mdev")]
    public sealed partial record Mdev : DeviceAddress
    {
        [Attr("uuid")] public required Uuid Uuid { get; init; }
    }

    /// <summary>Deliberately nowhere.</summary>
    [Case("unassigned")]
    public sealed partial record Unassigned : DeviceAddress;
}

/// <summary>s390's ids of a PCI function.</summary>
[Element("zpci")]
public sealed partial record ZPci
{
    [Attr("uid", Hex = 4)] public uint? Uid { get; init; }
    [Attr("fid", Hex = 8)] public uint? Fid { get; init; }
}
