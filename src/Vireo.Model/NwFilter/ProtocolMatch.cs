using System.Collections.Frozen;
using Vireo.Core;
using Vireo.Core.Xml;

namespace Vireo.Model.NwFilter;

/// <summary>What a packet of one protocol must look like. Every attribute may be a variable.</summary>
public abstract partial record ProtocolMatch
{
    // Ends of ranges and masks belong to what stands before them and are never negated alone.
    static readonly FrozenSet<string> Dependent = new[]
    {
        "srcmacmask", "dstmacmask", "srcipmask", "dstipmask", "srcipto", "dstipto", "srcportend", "dstportstart", "dstportend", "code", "typeend", "codeend",
        "root-priority-hi", "root-address-mask", "root-cost-hi", "sender-priority-hi", "sender-address-mask", "port-hi", "age-hi", "max-age-hi", "hello-time-hi",
        "forward-delay-hi",
    }.ToFrozenSet();

    internal static FrozenDictionary<string, Func<XmlInput, ProtocolMatch>> Readers { get; } = new Dictionary<string, Func<XmlInput, ProtocolMatch>>
    {
        ["mac"] = MacMatch.ReadXml, ["vlan"] = VlanMatch.ReadXml, ["stp"] = StpMatch.ReadXml, ["arp"] = ArpMatch.ReadXml, ["rarp"] = RarpMatch.ReadXml,
        ["ip"] = IpMatch.ReadXml, ["ipv6"] = Ipv6Match.ReadXml,
        ["tcp"] = TcpMatch.ReadXml, ["udp"] = UdpMatch.ReadXml, ["sctp"] = SctpMatch.ReadXml, ["icmp"] = IcmpMatch.ReadXml, ["igmp"] = IgmpMatch.ReadXml,
        ["all"] = AllMatch.ReadXml, ["esp"] = EspMatch.ReadXml, ["ah"] = AhMatch.ReadXml, ["udplite"] = UdpliteMatch.ReadXml,
        ["tcp-ipv6"] = TcpIpv6Match.ReadXml, ["udp-ipv6"] = UdpIpv6Match.ReadXml, ["sctp-ipv6"] = SctpIpv6Match.ReadXml, ["icmpv6"] = Icmpv6Match.ReadXml,
        ["all-ipv6"] = AllIpv6Match.ReadXml, ["esp-ipv6"] = EspIpv6Match.ReadXml, ["ah-ipv6"] = AhIpv6Match.ReadXml, ["udplite-ipv6"] = UdpliteIpv6Match.ReadXml,
    }.ToFrozenDictionary();

    /// <summary><c>no</c>: packets that do not match; anything else counts as not written.</summary>
    public abstract string? Match { get; init; }

    /// <summary>A text that is kept with the rule in the host's firewall.</summary>
    [Attr("comment", Since = "0.8.5")] public FilterValue<FilterText>? Comment { get; init; }

    /// <summary>
    /// Writes elements of one protocol as libvirt does: each attribute once, as it was written last, in the protocol's order, with a new element wherever
    /// matching changes to not matching or back.
    /// </summary>
    internal static void Write(ValueList<ProtocolMatch> matches, XmlOutput o)
    {
        if (matches.IsEmpty)
            return;
        var whole = (IOverlay)matches[0];
        var negated = new Dictionary<string, bool>(StringComparer.Ordinal);
        foreach (ProtocolMatch match in matches)
        {
            foreach ((string name, _) in o.AttributesOf(((IOverlay)match).WriteAttributes))
                negated[name] = match.Match == "no";
            if (!ReferenceEquals(match, whole))
                whole = ((IOverlay)match).Over(whole);
        }
        bool open = false, no = false;
        foreach ((string name, string value) in o.AttributesOf(whole.WriteAttributes))
        {
            if (name == "match")
                continue;
            bool wanted = Dependent.Contains(name) ? no : negated[name];
            if (open && wanted != no)
            {
                o.Close(whole.XmlName);
                open = false;
            }
            if (!open)
            {
                o.Open(whole.XmlName);
                o.Attribute("match", wanted ? "no" : null);
                (open, no) = (true, wanted);
            }
            o.Attribute(name, value);
        }
        if (!open)
            o.Open(whole.XmlName);
        o.Close(whole.XmlName);
    }
}

/// <summary>A protocol that may carry ports.</summary>
interface IPortMatch
{
    /// <summary>The protocol that is carried.</summary>
    FilterValue<IpProtocol>? Protocol { get; }

    /// <summary>Whether ports are looked at.</summary>
    bool HasPorts { get; }
}
