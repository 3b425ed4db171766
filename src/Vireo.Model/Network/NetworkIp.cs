using Vireo.Core;
using Vireo.Core.Xml;

namespace Vireo.Model.Network;

/// <summary>An address of the host on the network, with the services behind it.</summary>
[Element("ip", Block = true)]
public sealed partial record NetworkIp
{
    /// <summary>Null: not written, which means IPv4.</summary>
    [Attr("family", Bad = "xml|Unrecognized family '{0}' in network '{name}'", Since = "0.8.7")] public AddressFamily? Family { get; init; }
    [Attr("address", NonEmpty = true, Bad = "xml|Invalid address '{0}' in network '{name}'", Missing = "xml|Missing required address attribute in network '{name}'")]
    public required IpAddress Address { get; init; }
    [Attr("netmask", NonEmpty = true, Bad = "xml|Invalid netmask '{0}' in network '{name}'")] public IpAddress? Netmask { get; init; }
    [Attr("prefix", Decimal = true, ZeroIsNone = true, Since = "0.8.7")] public uint? Prefix { get; init; }

    /// <summary>Whether reverse look-ups of the network's addresses are never asked elsewhere.</summary>
    [Attr("localPtr", Since = "3.0.0")] public bool? LocalPtr { get; init; }

    /// <summary>The folder that is served by TFTP.</summary>
    [Attr("root", In = "tftp", NonEmpty = true, Since = "0.7.1")] public string? TftpRoot { get; init; }
    [Child(Since = "0.3.0")] public NetworkDhcp? Dhcp { get; init; }

    /// <summary>
    /// Length of the network's prefix: as written, from the netmask, else from the address's class (IPv4) or 64 (IPv6); null for a strange netmask or class.
    /// </summary>
    public int? PrefixLength => Prefix is { } prefix ? (int)prefix : Netmask is { } mask ? mask.PrefixLength : DefaultPrefix(Address);

    static int? DefaultPrefix(IpAddress address) => address.IsIpv6 ? 64 : (uint)(address.Number >> 24) switch
    {
        0 when address.Number == 0 => 0,
        < 128 => 8,
        < 192 => 16,
        < 224 => 24,
        _ => null,
    };
}

[WireNames] public enum AddressFamily { Ipv4, Ipv6 }

/// <summary>Addresses for guests.</summary>
[Element("dhcp", OmitEmpty = true)]
public sealed partial record NetworkDhcp
{
    [Child("range", Since = "0.3.0")] public ValueList<DhcpRange> Ranges { get; init; }
    [Child("host", Since = "0.4.5")] public ValueList<DhcpHost> Hosts { get; init; }

    /// <summary>The file that a guest boots from.</summary>
    [Attr("file", In = "bootp", NonEmpty = true, Since = "0.7.1")] public string? BootFile { get; init; }

    /// <summary>The address of the server that has it; null: this host.</summary>
    [Attr("server", In = "bootp", NonEmpty = true, Since = "0.7.3")] public string? BootServer { get; init; }
}

/// <summary>Addresses for any guest, both ends included.</summary>
[Element("range")]
public sealed partial record DhcpRange
{
    [Attr("start", NonEmpty = true, Bad = "system@none|Cannot parse socket address '{0}': Name or service not known", Missing = "xml|Missing 'start' attribute in dhcp range for network '{name}'")]
    public required IpAddress Start { get; init; }
    [Attr("end", NonEmpty = true, Bad = "system@none|Cannot parse socket address '{0}': Name or service not known", Missing = "xml|Missing 'end' attribute in dhcp range for network '{name}'")]
    public required IpAddress End { get; init; }
    [Child(Since = "6.3.0")] public DhcpLease? Lease { get; init; }
}

/// <summary>A guest that always has the same address; an update that deletes may name any one member.</summary>
[Element("host")]
public sealed partial record DhcpHost
{
    /// <summary>The card's address as it was written; IPv4 only.</summary>
    [Attr("mac")] public string? Mac { get; init; }

    /// <summary>The client's DUID.</summary>
    [Attr("id", NonEmpty = true, Since = "1.0.3")] public string? Id { get; init; }
    [Attr("name")] public string? Name { get; init; }
    [Attr("ip", Bad = "xml|Invalid IP address in static host definition for network '{name}'")] public IpAddress? Ip { get; init; }
    [Child(Since = "6.3.0")] public DhcpLease? Lease { get; init; }
}

/// <summary>How long an address is lent; 0 for ever.</summary>
[Element("lease", OmitEmpty = true)]
public sealed partial record DhcpLease
{
    [Attr("expiry", Decimal = true)] public ulong? Expiry { get; init; }

    /// <summary>Null: not written, which means minutes.</summary>
    [Attr("unit")] public LeaseUnit? Unit { get; init; }
}

[WireNames] public enum LeaseUnit { Seconds, Minutes, Hours }

/// <summary>A way into another network.</summary>
[Element("route")]
public sealed partial record NetworkRoute
{
    /// <summary>Null: not written, which means IPv4.</summary>
    [Attr("family", Bad = "xml|{name}: Unrecognized family '{0}' in route definition")] public AddressFamily? Family { get; init; }
    [Attr("address", Bad = "xml|{name}: Bad network address '{0}' in route definition", Missing = "xml|{name}: Missing required address attribute in route definition")]
    public required IpAddress Address { get; init; }
    [Attr("netmask", Bad = "xml|{name}: Bad netmask address '{0}' in route definition")] public IpAddress? Netmask { get; init; }
    [Attr("prefix", Decimal = true)] public uint? Prefix { get; init; }
    [Attr("gateway", Bad = "xml|{name}: Bad gateway address '{0}' in route definition", Missing = "xml|{name}: Missing required gateway attribute in route definition")]
    public required IpAddress Gateway { get; init; }
    [Attr("metric", Decimal = true, NonZero = true)] public uint? Metric { get; init; }
}
