using Vireo.Core;
using Vireo.Core.Xml;
using Vireo.Model.Shared;

namespace Vireo.Model.Domain.Devices;

/// <summary>A network card.</summary>
[Element("interface")]
public sealed partial record Interface : Device
{
    [Attr("managed")] public bool? Managed { get; init; }
    [Attr("trustGuestRxFilters")] public bool? TrustGuestRxFilters { get; init; }
    [Child("mac")] [Abi] public InterfaceMac? Mac { get; init; }
    [Child("source")] public InterfaceSource Source { get; init; } = new InterfaceSource.OfUser();
    [Child("ip")] public ValueList<InterfaceIp> Ips { get; init; }
    [Child("route")] public ValueList<InterfaceRoute> Routes { get; init; }
    [Child("portForward")] public ValueList<PortForward> PortForwards { get; init; }
    [Child("vlan")] public Vlan? Vlan { get; init; }
    [Child] public VirtualPort? VirtualPort { get; init; }
    [Child("bandwidth")] public Bandwidth? Bandwidth { get; init; }
    [Attr("isolated", In = "port")] public bool? PortIsolated { get; init; }
    /// <summary>What the card of a virtual network came to be connected to.</summary>
    [Child(Status = true)] public ActualInterface? Actual { get; init; }
    [Attr("path", In = "script")] public string? Script { get; init; }
    [Attr("path", In = "downscript")] public string? DownScript { get; init; }
    [Attr("name", In = "backenddomain")] public string? BackendDomain { get; init; }
    [Child] public InterfaceTarget? Target { get; init; }
    [Child] public InterfaceGuest? Guest { get; init; }
    [Attr("type", In = "model")] [Abi("network card model")] public string? Model { get; init; }
    [Child] [Abi] public InterfaceDriver? Driver { get; init; }
    [Child] public InterfaceBackend? Backend { get; init; }
    [Child("filterref")] public FilterRef? Filter { get; init; }
    [Text("tune/sndbuf")] public ulong? SendBuffer { get; init; }
    [Attr("state", In = "link", Bad = "unsupported|unknown interface link state '{0}'")] public LinkState? Link { get; init; }
    [Attr("size", In = "mtu", Bad = "xml|malformed mtu size")] [Abi("network card MTU")] public uint? Mtu { get; init; }
    [Child("teaming")] public Teaming? Teaming { get; init; }
    [Attr("max", In = "coalesce/rx/frames")] public uint? CoalesceRxFrames { get; init; }
}

[WireNames] public enum LinkState { Up, Down }
[WireNames] public enum MacKind { Generated, Static }

/// <summary>The card's address.</summary>
[Element("mac")]
public sealed partial record InterfaceMac
{
    [Attr("address")] [Abi("network card mac")] public required MacAddress Address { get; init; }
    [Attr("type")] public MacKind? Type { get; init; }
    [Attr("check")] public bool? Check { get; init; }
}

/// <summary>The host's side of the card.</summary>
[Element("target")]
public sealed partial record InterfaceTarget
{
    /// <summary>The host device's name; generated ones are gone from inactive definitions.</summary>
    [Attr("dev")] public string? Device { get; init; }
    [Attr("managed")] public bool? Managed { get; init; }
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
    [Attr("name")] public InterfaceDriverName? Name { get; init; }
    [Attr("txmode")] public TxMode? TxMode { get; init; }
    [Attr("ioeventfd", OnOff = true)] public bool? IoEventFd { get; init; }
    [Attr("event_idx", OnOff = true)] public bool? EventIdx { get; init; }
    [Attr("queues")] public uint? Queues { get; init; }
    [Attr("rx_queue_size")] public uint? RxQueueSize { get; init; }
    [Attr("tx_queue_size")] public uint? TxQueueSize { get; init; }
    [Attr("rss", OnOff = true)] public bool? Rss { get; init; }
    [Attr("rss_hash_report", OnOff = true)] public bool? RssHashReport { get; init; }
    [Attr("iommu", OnOff = true)] [Abi("device iommu option", Quoted = true)] public bool? Iommu { get; init; }
    [Attr("ats", OnOff = true)] [Abi("device ats option", Quoted = true)] public bool? Ats { get; init; }
    [Attr("packed", OnOff = true)] [Abi("device packed option", Quoted = true)] public bool? Packed { get; init; }
    [Attr("page_per_vq", OnOff = true)] [Abi("device page_per_vq option", Quoted = true)] public bool? PagePerVq { get; init; }
    [Child("host")] public InterfaceOffloads? Host { get; init; }
    [Child("guest")] public InterfaceOffloads? Guest { get; init; }
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
    [Attr("mrg_rxbuf", OnOff = true)] public bool? MergeRxBuffers { get; init; }
}

/// <summary>What serves the card.</summary>
[Element("backend")]
public sealed partial record InterfaceBackend
{
    [Attr("type")] public string? Type { get; init; }
    [Attr("tap")] public string? Tap { get; init; }
    [Attr("vhost")] public string? Vhost { get; init; }
    [Attr("logFile")] public string? LogFile { get; init; }
}

/// <summary>A card that stands in for another during migration.</summary>
[Element("teaming")]
public sealed partial record Teaming
{
    [Attr("type")] public required TeamingKind Type { get; init; }
    [Attr("persistent")] public string? Persistent { get; init; }
}

[WireNames] public enum TeamingKind { Persistent, Transient }

/// <summary>An address for the guest.</summary>
[Element("ip")]
public sealed partial record InterfaceIp
{
    [Attr("address")] public required string Address { get; init; }
    [Attr("family")] public string? Family { get; init; }
    [Attr("prefix")] public uint? Prefix { get; init; }
    [Attr("peer")] public string? Peer { get; init; }
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
