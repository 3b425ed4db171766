using Vireo.Core;
using Vireo.Core.Xml;
using Vireo.Model.Shared;

namespace Vireo.Model.Domain.Devices;

/// <summary>A network card.</summary>
[Element("interface")]
public sealed partial record Interface : Device
{
    [Attr("managed")] public bool? Managed { get; init; }
    [Attr("trustGuestRxFilters", Since = "1.2.10")] public bool? TrustGuestRxFilters { get; init; }
    [Hook("mac")] [Abi] public InterfaceMac? Mac { get; init; }
    [Child("source")] public InterfaceSource Source { get; init; } = new InterfaceSource.OfUser();
    [Child("ip", Since = "1.2.12")] public ValueList<InterfaceIp> Ips { get; init; }
    [Child("route", Since = "1.2.12")] public ValueList<InterfaceRoute> Routes { get; init; }
    [Child("portForward", Since = "9.0.0")] public ValueList<PortForward> PortForwards { get; init; }
    [Child("vlan", Since = "0.10.0")] public Vlan? Vlan { get; init; }
    [Child(Since = "0.8.2")] public VirtualPort? VirtualPort { get; init; }
    [Child("bandwidth")] public Bandwidth? Bandwidth { get; init; }
    [Attr("isolated", In = "port", Since = "6.1.0")] public bool? PortIsolated { get; init; }
    /// <summary>What the card of a virtual network came to be connected to.</summary>
    [Child(Status = true)] public ActualInterface? Actual { get; init; }
    [Attr("path", In = "script", Since = "0.2.1")] public string? Script { get; init; }
    [Attr("path", In = "downscript", Since = "6.4.0")] public string? DownScript { get; init; }
    [Attr("name", In = "backenddomain", Since = "1.2.13")] public string? BackendDomain { get; init; }
    [Child] public InterfaceTarget? Target { get; init; }
    [Child] public InterfaceGuest? Guest { get; init; }
    [Attr("type", In = "model")] [Abi("network card model")] public string? Model { get; init; }
    [Hook("driver")] [Abi] public InterfaceDriver? Driver { get; init; }
    [Child(Since = "1.2.9")] public InterfaceBackend? Backend { get; init; }
    [Child("filterref", Since = "0.8.0")] public FilterRef? Filter { get; init; }
    [Text("tune/sndbuf", Since = "0.8.8")] public ulong? SendBuffer { get; init; }
    [Attr("state", In = "link", Bad = "unsupported|unknown interface link state '{0}'", Since = "0.9.5")] public LinkState? Link { get; init; }
    [Attr("size", In = "mtu", Bad = "xml|malformed mtu size", Since = "3.1.0")] [Abi("network card MTU")] public uint? Mtu { get; init; }
    [Child("teaming", Since = "6.1.0")] public Teaming? Teaming { get; init; }
    [Attr("max", In = "coalesce/rx/frames")] public uint? CoalesceRxFrames { get; init; }

    static void ReadMac(XmlInput x, ref InterfaceMac? mac) => mac ??= InterfaceMac.ReadXml(x);

    // What lends a card of the host is said before the card, apart from how the guest's driver works: that is another element of the same name.
    static void ReadDriver(XmlInput x, ref InterfaceDriver? driver)
    {
        InterfaceDriver read = InterfaceDriver.ReadXml(x);
        if (driver is null || read.Name is null && driver == new InterfaceDriver { Name = driver.Name })
            driver = read with { Name = driver?.Name ?? read.Name };
    }

    void WriteMac(XmlOutput o)
    {
        Mac?.WriteXml(o, "mac");
        if (Source is InterfaceSource.OfHostdev && Driver?.Name is { } lender)
            new InterfaceDriver { Name = lender }.WriteXml(o, "driver");
    }

    void WriteDriver(XmlOutput o) => (Source is InterfaceSource.OfHostdev && Driver is { } driver ? driver with { Name = null } : Driver)?.WriteXml(o, "driver");
}

[WireNames] public enum LinkState { Up, Down }
[WireNames] public enum MacKind { Generated, Static }

/// <summary>The card's address.</summary>
[Element("mac")]
public sealed partial record InterfaceMac
{
    [Attr("address")] [Abi("network card mac")] public required MacAddress Address { get; init; }
    [Attr("type", Since = "7.3.0")] public MacKind? Type { get; init; }
    [Attr("check", Since = "6.6.0")] public bool? Check { get; init; }
}

/// <summary>The host's side of the card.</summary>
[Element("target")]
public sealed partial record InterfaceTarget
{
    /// <summary>The host device's name; generated ones are gone from inactive definitions.</summary>
    [Attr("dev")] public string? Device { get; init; }
    [Attr("managed", Since = "5.7.0")] public bool? Managed { get; init; }
}

/// <summary>A container's name of the card.</summary>
[Element("guest")]
public sealed partial record InterfaceGuest
{
    [Attr("dev")] public string? Device { get; init; }
    [Attr("actual")] public string? Actual { get; init; }
}

/// <summary>How the card works.</summary>
[Element("driver", OmitEmpty = true)]
public sealed partial record InterfaceDriver : IVirtioOptions
{
    [Attr("name", Since = "0.8.8")] public InterfaceDriverName? Name { get; init; }
    [Attr("txmode", Since = "0.8.8")] public TxMode? TxMode { get; init; }
    [Attr("ioeventfd", OnOff = true, Since = "0.9.3")] public bool? IoEventFd { get; init; }
    [Attr("event_idx", OnOff = true, Since = "0.9.5")] public bool? EventIdx { get; init; }
    [Attr("queues", Since = "1.0.6")] public uint? Queues { get; init; }
    [Attr("rx_queue_size", Since = "2.3.0")] public uint? RxQueueSize { get; init; }
    [Attr("tx_queue_size", Since = "3.7.0")] public uint? TxQueueSize { get; init; }
    [Attr("rss", OnOff = true, Since = "8.3.0")] public bool? Rss { get; init; }
    [Attr("rss_hash_report", OnOff = true, Since = "8.3.0")] public bool? RssHashReport { get; init; }
    [Attr("iommu", OnOff = true, Since = "3.5.0")] [Abi("device iommu option", Quoted = true)] public bool? Iommu { get; init; }
    [Attr("ats", OnOff = true, Since = "3.5.0")] [Abi("device ats option", Quoted = true)] public bool? Ats { get; init; }
    [Attr("packed", OnOff = true, Since = "6.3.0")] [Abi("device packed option", Quoted = true)] public bool? Packed { get; init; }
    [Attr("page_per_vq", OnOff = true, Since = "7.9.0")] [Abi("device page_per_vq option", Quoted = true)] public bool? PagePerVq { get; init; }
    [Child("host", Since = "1.2.9")] public InterfaceOffloads? Host { get; init; }
    [Child("guest", Since = "1.2.9")] public InterfaceOffloads? Guest { get; init; }
}

[WireNames] public enum InterfaceDriverName { Qemu, Vhost, [Wire("vfio")] Vfio, Kvm, Xen }
[WireNames] public enum TxMode { Iothread, Timer }

/// <summary>Offloads on one side.</summary>
[Element("host")]
public sealed partial record InterfaceOffloads
{
    [Attr("csum", OnOff = true)] public bool? Csum { get; init; }
    [Attr("gso", OnOff = true)] public bool? Gso { get; init; }
    [Attr("tso4", OnOff = true)] public bool? Tso4 { get; init; }
    [Attr("tso6", OnOff = true)] public bool? Tso6 { get; init; }
    [Attr("ecn", OnOff = true)] public bool? Ecn { get; init; }
    [Attr("ufo", OnOff = true)] public bool? Ufo { get; init; }
    [Attr("mrg_rxbuf", OnOff = true, Since = "1.2.13")] public bool? MergeRxBuffers { get; init; }
}

/// <summary>What serves the card.</summary>
[Element("backend")]
public sealed partial record InterfaceBackend
{
    [Attr("type", Since = "9.0.0")] public string? Type { get; init; }
    [Attr("tap", Since = "1.2.9")] public string? Tap { get; init; }
    [Attr("vhost", Since = "1.2.9")] public string? Vhost { get; init; }
    [Attr("logFile", Since = "9.0.0")] public string? LogFile { get; init; }
}

/// <summary>A card that stands in for another during migration.</summary>
[Element("teaming")]
public sealed partial record Teaming
{
    [Attr("type")] public required TeamingKind Type { get; init; }
    [Attr("persistent", Since = "6.1.0")] public string? Persistent { get; init; }
}

[WireNames] public enum TeamingKind { Persistent, Transient }

/// <summary>An address for the guest.</summary>
[Element("ip")]
public sealed partial record InterfaceIp
{
    [Attr("address")] public required string Address { get; init; }
    [Attr("family")] public string? Family { get; init; }
    [Attr("prefix")] public uint? Prefix { get; init; }
    [Attr("peer", Since = "2.1.0")] public string? Peer { get; init; }
}

/// <summary>A route.</summary>
[Element("route")]
public sealed partial record InterfaceRoute
{
    [Attr("family")] public string? Family { get; init; }
    [Attr("address")] public string? Address { get; init; }
    [Attr("netmask")] public string? Netmask { get; init; }
    [Attr("prefix")] public uint? Prefix { get; init; }
    [Attr("gateway")] public string? Gateway { get; init; }
    [Attr("metric")] public uint? Metric { get; init; }
}

/// <summary>Host ports led to the guest.</summary>
[Element("portForward")]
public sealed partial record PortForward
{
    [Attr("proto")] public required ForwardProtocol Protocol { get; init; }
    [Attr("address")] public string? Address { get; init; }
    [Attr("dev")] public string? Device { get; init; }
    [Child("range")] public ValueList<PortRange> Ranges { get; init; }
}

[WireNames] public enum ForwardProtocol { Tcp, Udp }

/// <summary>Some ports.</summary>
[Element("range")]
public sealed partial record PortRange
{
    [Attr("start")] public required uint Start { get; init; }
    [Attr("end")] public uint? End { get; init; }
    [Attr("to")] public uint? To { get; init; }
    [Attr("exclude")] public bool? Exclude { get; init; }
}
