using Vireo.Core;
using Vireo.Core.Xml;
using Vireo.Model.Shared;

namespace Vireo.Model.Network;

/// <summary>A virtual network as its owner wrote it: the <c>&lt;network&gt;</c> document. <see cref="NetworkDefaults"/> fills in what libvirt implies.</summary>
[Element("network")]
public sealed partial record NetworkDef
{
    /// <summary>IPv6 between guests even without an IPv6 address on the bridge.</summary>
    [Attr("ipv6", Bad = "xml|Invalid ipv6 setting '{0}' in network '{name}'", Since = "1.0.1")] public bool? Ipv6 { get; init; }
    [Attr("trustGuestRxFilters", Since = "1.2.10")] public bool? TrustGuestRxFilters { get; init; }

    /// <summary>How many guests use it; only an active network has it.</summary>
    [Attr("connections", Live = true, First = true, ZeroIsNone = true, Bad = "ignore|")] public ConnectionCount? Connections { get; init; }
    [Text("name", Missing = "name|", Since = "0.3.0")] public required string Name { get; init; }
    [Text("uuid", Since = "0.3.0")] public Uuid? Uuid { get; init; }
    [Child("metadata", Since = "2.1.0")] public XmlFragment? Metadata { get; init; }
    [Child(Since = "0.3.0")] public NetworkForward? Forward { get; init; }
    [Child(Since = "0.3.0")] public NetworkBridge? Bridge { get; init; }

    /// <summary>Largest packet in bytes.</summary>
    [Attr("size", In = "mtu", Decimal = true, ZeroIsNone = true, Bad = "xml|Invalid mtu size '{0}' in network '{name}'", Since = "3.1.0")] public uint? Mtu { get; init; }
    [Attr("address", In = "mac", Bad = "xml|Invalid bridge mac address '{0}' in network '{name}'", Since = "0.8.8")] public MacAddress? Mac { get; init; }
    [Child(Since = "0.4.5")] public NetworkDomain? Domain { get; init; }
    [Child(Since = "0.9.3")] public NetworkDns? Dns { get; init; }
    [Child(Since = "0.10.0")] public Vlan? Vlan { get; init; }
    [Child(Since = "0.9.4")] public Bandwidth? Bandwidth { get; init; }
    [Attr("isolated", In = "port", Since = "6.1.0")] public bool? PortIsolated { get; init; }
    [Child("ip", Since = "0.3.0")] public ValueList<NetworkIp> Ips { get; init; }
    [Child("route", Since = "1.0.6")] public ValueList<NetworkRoute> Routes { get; init; }
    [Child(Since = "0.9.4")] public VirtualPort? VirtualPort { get; init; }
    [Child("portgroup", Since = "0.9.4")] public ValueList<PortGroup> PortGroups { get; init; }

    /// <summary>Lines for dnsmasq's configuration, from elements of libvirt's namespace for them.</summary>
    [Hook("*", Attributes = true, First = true)] public ValueList<string> DnsmasqOptions { get; init; }
}

/// <summary>The bridge that guests are plugged into.</summary>
[Element("bridge", OmitEmpty = true)]
public sealed partial record NetworkBridge
{
    [Attr("name", NonEmpty = true)] public string? Name { get; init; }

    /// <summary>firewalld's zone.</summary>
    [Attr("zone", NonEmpty = true, Since = "5.1.0")] public string? Zone { get; init; }
    [Attr("stp", OnOff = true, Bad = "ignore|")] public bool? Stp { get; init; }

    /// <summary>Seconds before a new port forwards packets.</summary>
    [Attr("delay", Decimal = true, NonEmpty = true, Bad = "xml|Invalid delay value in network '{name}'")] public ulong? Delay { get; init; }
    [Attr("macTableManager", NonEmpty = true, Bad = "xml|Invalid macTableManager setting '{0}' in network '{name}'", Since = "1.2.11")] public MacTableManager? MacTableManager { get; init; }
}

/// <summary>Who keeps the bridge's table of addresses.</summary>
[WireNames] public enum MacTableManager { Kernel, Libvirt }

/// <summary>The DNS domain that the network's DHCP server gives.</summary>
[Element("domain", OmitEmpty = true)]
public sealed partial record NetworkDomain
{
    [Attr("name")] public string? Name { get; init; }

    /// <summary>Names of this domain are never looked up elsewhere.</summary>
    [Attr("localOnly", Since = "1.2.12")] public bool? LocalOnly { get; init; }
}

/// <summary>Settings for a group of guests' cards.</summary>
[Element("portgroup", Block = true)]
public sealed partial record PortGroup
{
    [Attr("name", NonEmpty = true, Missing = "xml|Missing required name attribute in portgroup")] public required string Name { get; init; }

    /// <summary>For cards that name none.</summary>
    [Attr("default", Bad = "ignore|")] public bool? Default { get; init; }
    [Attr("trustGuestRxFilters", Since = "1.2.10")] public bool? TrustGuestRxFilters { get; init; }
    [Child] public Vlan? Vlan { get; init; }
    [Child] public VirtualPort? VirtualPort { get; init; }
    [Child] public Bandwidth? Bandwidth { get; init; }
}
