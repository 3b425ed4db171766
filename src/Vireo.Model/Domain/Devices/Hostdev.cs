using Vireo.Core;
using Vireo.Core.Xml;

namespace Vireo.Model.Domain.Devices;

/// <summary>A device of the host given to the guest.</summary>
[Element("hostdev")]
public sealed partial record Hostdev : Device
{
    [Attr("mode", First = true)] [Abi("host device mode")] public HostdevMode? Mode { get; init; }
    [Attr("managed")] public bool? Managed { get; init; }
    [Attr("sgio", Since = "1.0.6")] public DiskSgIo? SgIo { get; init; }
    [Attr("rawio", Since = "1.2.9")] public bool? RawIo { get; init; }
    [Attr("model", Since = "3.2.0")] public HostdevModel? Model { get; init; }
    [Attr("display", OnOff = true, Since = "4.6.0")] public bool? Display { get; init; }
    [Attr("ramfb", OnOff = true, Since = "5.10.0")] public bool? RamFb { get; init; }
    [Attr("name", In = "driver", Since = "1.0.5")] public HostdevDriver? Driver { get; init; }
    [Child("source")] [Abi] public required HostdevSource Source { get; init; }
    /// <summary>Addresses and routes of a container's network device.</summary>
    [Child("ip")] public ValueList<InterfaceIp> Ips { get; init; }
    [Child("route")] public ValueList<InterfaceRoute> Routes { get; init; }
    [Child("teaming", Since = "7.1.0")] public Teaming? Teaming { get; init; }
    [Flag("readonly", Since = "1.0.6")] public bool ReadOnly { get; init; }
    [Flag("shareable", Since = "1.0.6")] public bool Shareable { get; init; }
}

[WireNames] public enum HostdevMode { Subsystem, Capabilities }
[WireNames] public enum HostdevDriver { Kvm, Vfio, Xen }

[WireNames]
public enum HostdevModel
{
    Virtio, [Wire("virtio-transitional")] VirtioTransitional, [Wire("virtio-non-transitional")] VirtioNonTransitional,
    [Wire("vfio-pci")] VfioPci, [Wire("vfio-ccw")] VfioCcw, [Wire("vfio-ap")] VfioAp,
}

/// <summary>Which device; the <c>type</c> decides.</summary>
[Union(TagOnParent = true)]
[Abi("host device subsystem")]
public abstract partial record HostdevSource
{
    /// <summary>An optional device that was not there when the machine started.</summary>
    [Attr("missing", Live = true)] public bool? Missing { get; init; }
    /// <summary>A PCI function.</summary>
    [Case("pci")]
    public sealed partial record OfPci : HostdevSource
    {
        [Attr("writeFiltering", Since = "6.8.0")] public bool? WriteFiltering { get; init; }
        [Child("address")] public required HostPciAddress Address { get; init; }
        [Child(Status = true)] public HostdevOriginalState? OriginalState { get; init; }
    }

    /// <summary>A USB device, by ids or by place.</summary>
    [Case("usb")]
    public sealed partial record OfUsb : HostdevSource
    {
        [Attr("startupPolicy", Since = "1.0.0")] public StartupPolicy? StartupPolicy { get; init; }
        [Attr("guestReset", Since = "8.6.0")] public UsbGuestReset? GuestReset { get; init; }
        [Attr("id", In = "vendor", Hex = 4)] public uint? Vendor { get; init; }
        [Attr("id", In = "product", Hex = 4)] public uint? Product { get; init; }
        [Attr("bus", In = "address")] public uint? Bus { get; init; }
        [Attr("device", In = "address")] public uint? DeviceNumber { get; init; }
    }

    /// <summary>A LUN of an adapter or of an iSCSI server.</summary>
    [Case("scsi")]
    public sealed partial record OfScsi : HostdevSource
    {
        [Attr("protocol")] public NetworkDiskProtocol? Protocol { get; init; }
        [Attr("name")] public string? Name { get; init; }
        [Child("host")] public ValueList<DiskHost> Hosts { get; init; }
        [Attr("name", In = "adapter")] public string? Adapter { get; init; }
        [Attr("bus", In = "address")] public uint? Bus { get; init; }
        [Attr("target", In = "address")] public uint? Target { get; init; }
        [Attr("unit", In = "address")] public ulong? Unit { get; init; }
        /// <summary>What the driver remembers about the LUN while the machine runs.</summary>
        [Child("privateData", Status = true)] public XmlFragment? PrivateData { get; init; }
        [Child("auth", Since = "6.7.0")] public DiskAuth? Auth { get; init; }
        [Attr("name", In = "initiator/iqn", Since = "6.7.0")] public string? InitiatorIqn { get; init; }
    }

    /// <summary>A whole SCSI target of the host.</summary>
    [Case("scsi_host")]
    public sealed partial record OfScsiHost : HostdevSource
    {
        [Attr("protocol")] public required ScsiHostProtocol Protocol { get; init; }
        [Attr("wwpn")] public string? Wwpn { get; init; }
    }

    /// <summary>A mediated device.</summary>
    [Case("mdev")]
    public sealed partial record OfMdev : HostdevSource
    {
        [Attr("uuid", In = "address")] public required Uuid Uuid { get; init; }
    }

    /// <summary>A container's block device.</summary>
    [Case("storage")]
    public sealed partial record OfStorage : HostdevSource
    {
        [Text("block")] public required string Block { get; init; }
    }

    /// <summary>A container's character device.</summary>
    [Case("misc")]
    public sealed partial record OfMisc : HostdevSource
    {
        [Text("char")] public required string Character { get; init; }
    }

    /// <summary>A container's network device.</summary>
    [Case("net")]
    public sealed partial record OfNet : HostdevSource
    {
        [Text("interface")] public required string Interface { get; init; }
    }
}

/// <summary>What is to be undone when the host gets the function back.</summary>
[Element("origstates", OmitEmpty = true)]
public sealed partial record HostdevOriginalState
{
    [Flag("unbind")] public bool Unbind { get; init; }
    [Flag("removeslot")] public bool RemoveSlot { get; init; }
    [Flag("reprobe")] public bool Reprobe { get; init; }
}

[WireNames] public enum UsbGuestReset { Off, Uninitialized, On }
[WireNames] public enum ScsiHostProtocol { None, Vhost }

/// <summary>A USB device that a viewer's machine lends.</summary>
[Element("redirdev")]
public sealed partial record RedirectedDevice : CharDevice
{
    [Attr("bus", First = true)] [Abi("redirected device bus")] public RedirectBus? Bus { get; init; }
    [Inline] public override ChardevSource Source { get; init; } = new ChardevSource.OfSpiceVmc();
}

[WireNames] public enum RedirectBus { Usb }

/// <summary>Which devices may be lent.</summary>
[Element("redirfilter")]
public sealed partial record RedirectFilter
{
    [Child("usbdev")] [Abi("USB redirection filter rule count")] public ValueList<RedirectRule> Rules { get; init; }
}

/// <summary>A rule; what is not said matches all.</summary>
[Element("usbdev")]
public sealed partial record RedirectRule
{
    [Attr("class")] [Abi(Text = "Target USB Class code does not match source")] public string? Class { get; init; }
    [Attr("vendor")] [Abi(Text = "Target USB vendor ID does not match source")] public string? Vendor { get; init; }
    [Attr("product")] [Abi(Text = "Target USB product ID does not match source")] public string? Product { get; init; }
    [Attr("version")] [Abi(Text = "Target USB version does not match source")] public string? Version { get; init; }
    [Attr("allow")] [Abi("USB allow", Quoted = true)] public required bool Allow { get; init; }
}
