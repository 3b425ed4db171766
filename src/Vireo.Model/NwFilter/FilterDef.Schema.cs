using Vireo.Core.Xml.Schema;
using Vireo.Model.Documents;
using Vireo.Model.Shared;

namespace Vireo.Model.NwFilter;

public sealed partial record FilterBindingDef
{
    static void DescribeXml(ShapeBuilder s) => s.Group("mac").Form("@address", Forms.CardMac);
}

public sealed partial record FilterDef
{
    static void DescribeXml(ShapeBuilder s) => s.Form("@name", Forms.XmlName).Form("@priority", Forms.Range(-1000, 1000))
        .Form("@chain", Forms.Either(Forms.Words("root"), Forms.Pattern("mac, stp, vlan, arp, rarp, ipv4 or ipv6, perhaps with more behind it; 12 characters at most",
            @"(mac|stp|arp)[a-zA-Z0-9_\.:\-]{0,9}|(vlan|rarp|ipv4|ipv6)[a-zA-Z0-9_\.:\-]{0,8}")));

    static void DescribeEntries(ShapeBuilder s) => s.Child("rule", static () => FilterRule.XmlShape, max: 0).Child("filterref", static () => FilterRef.XmlShape, max: 0);
}

public sealed partial record FilterRule
{
    static void DescribeXml(ShapeBuilder s) => s.Form("@priority", Forms.Range(-1000, 1000)).Form("@statematch", Forms.Pattern("false or 0", "[Ff][Aa][Ll][Ss][Ee]|0"));

    static void DescribeMatches(ShapeBuilder s) => s.Choice(null, null, [.. ProtocolMatch.Shapes.Select(static one =>
        new Alternative(null, () => ShapeBuilder.Build($"FilterRule.{one.Name}", null, rule => rule.Child(one.Name, one.Of))))]);
}

public abstract partial record ProtocolMatch
{
    /// <summary>What may stand in a rule.</summary>
    internal static IReadOnlyList<(string Name, Func<Shape> Of)> Shapes { get; } =
    [
        ("mac", static () => MacMatch.XmlShape), ("vlan", static () => VlanMatch.XmlShape), ("stp", static () => StpMatch.XmlShape), ("arp", static () => ArpMatch.XmlShape),
        ("rarp", static () => RarpMatch.XmlShape), ("ip", static () => IpMatch.XmlShape), ("ipv6", static () => Ipv6Match.XmlShape), ("tcp", static () => TcpMatch.XmlShape),
        ("udp", static () => UdpMatch.XmlShape), ("sctp", static () => SctpMatch.XmlShape), ("icmp", static () => IcmpMatch.XmlShape), ("igmp", static () => IgmpMatch.XmlShape),
        ("all", static () => AllMatch.XmlShape), ("esp", static () => EspMatch.XmlShape), ("ah", static () => AhMatch.XmlShape), ("udplite", static () => UdpliteMatch.XmlShape),
        ("tcp-ipv6", static () => TcpIpv6Match.XmlShape), ("udp-ipv6", static () => UdpIpv6Match.XmlShape), ("sctp-ipv6", static () => SctpIpv6Match.XmlShape),
        ("icmpv6", static () => Icmpv6Match.XmlShape), ("all-ipv6", static () => AllIpv6Match.XmlShape), ("esp-ipv6", static () => EspIpv6Match.XmlShape),
        ("ah-ipv6", static () => AhIpv6Match.XmlShape), ("udplite-ipv6", static () => UdpliteIpv6Match.XmlShape),
    ];

    private protected static void DescribeXml(ShapeBuilder s) => s.Form("@match", ValueShapes.YesNo);
}

public abstract partial record TransportMatch<TAddress, TMask>
{
    private protected static new void DescribeXml(ShapeBuilder s) => s.Either(["@ipset!", "@ipsetflags!"], []);
}

public sealed partial record TcpIpv6Match
{
    // libvirt's own schema allows it, though nothing reads it.
    static new void DescribeXml(ShapeBuilder s) => s.Attribute("flags", ValueShapes.Of<TcpFlags>());
}

/// <summary>The forms of addresses in filters: numbers may be short, and begin with zeros.</summary>
static class FilterForms
{
    const string Number = "[0-2]?[0-9]?[0-9]";

    public static ValueShape Mac { get; } = Forms.Pattern("an address as 52:54:0:12:34:56", "[a-fA-F0-9]{1,2}(:[a-fA-F0-9]{1,2}){5}");
    public static ValueShape Ipv4 { get; } = Forms.Pattern("an IPv4 address", $@"({Number}\.){{3}}{Number}");
}
