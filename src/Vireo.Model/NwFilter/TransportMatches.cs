using Vireo.Core;
using Vireo.Core.Xml;
using Vireo.Model.Shared;

namespace Vireo.Model.NwFilter;

/// <summary>What packets of every protocol above IP have.</summary>
/// <typeparam name="TAddress">An address of the family.</typeparam>
/// <typeparam name="TMask">A netmask of the family.</typeparam>
public abstract partial record TransportMatch<TAddress, TMask> : ProtocolMatch
    where TAddress : struct, IXmlValue<TAddress>
    where TMask : struct, IXmlValue<TMask>
{
    /// <inheritdoc/>
    [Attr("match", First = true)] public override string? Match { get; init; }
    [Attr("srcmacaddr", First = true)] public FilterValue<MacAddress>? SourceMac { get; init; }
    [Attr("srcipaddr", First = true)] public FilterValue<TAddress>? SourceIp { get; init; }
    [Attr("srcipmask", First = true)] public FilterValue<TMask>? SourceIpMask { get; init; }
    [Attr("dstipaddr", First = true)] public FilterValue<TAddress>? TargetIp { get; init; }
    [Attr("dstipmask", First = true)] public FilterValue<TMask>? TargetIpMask { get; init; }
    [Attr("srcipfrom", First = true)] public FilterValue<TAddress>? SourceIpFrom { get; init; }
    [Attr("srcipto", First = true)] public FilterValue<TAddress>? SourceIpTo { get; init; }
    [Attr("dstipfrom", First = true)] public FilterValue<TAddress>? TargetIpFrom { get; init; }
    [Attr("dstipto", First = true)] public FilterValue<TAddress>? TargetIpTo { get; init; }
    [Attr("dscp", First = true)] public FilterValue<FilterNumber<FilterLimits.Dscp>>? Dscp { get; init; }
    [Attr("connlimit-above", First = true)] public FilterValue<FilterNumber<FilterLimits.Count>>? ConnectionLimit { get; init; }
    [Attr("state", First = true, Since = "0.8.5")] public FilterValue<ConnectionState>? State { get; init; }
    [Attr("ipset", First = true, Since = "0.9.13")] public FilterValue<IpSetName>? IpSet { get; init; }
    [Attr("ipsetflags", First = true, Since = "0.9.13")] public FilterValue<IpSetFlags>? IpSetFlags { get; init; }
}

/// <summary>TCP over IPv4.</summary>
[Element("tcp", Overlay = true)]
public sealed partial record TcpMatch : TransportMatch<Ipv4Address, Ipv4Mask>
{
    [Attr("srcportstart")] public FilterValue<FilterNumber<FilterLimits.Word>>? SourcePortStart { get; init; }
    [Attr("srcportend")] public FilterValue<FilterNumber<FilterLimits.Word>>? SourcePortEnd { get; init; }
    [Attr("dstportstart")] public FilterValue<FilterNumber<FilterLimits.Word>>? TargetPortStart { get; init; }
    [Attr("dstportend")] public FilterValue<FilterNumber<FilterLimits.Word>>? TargetPortEnd { get; init; }
    [Attr("flags", Since = "0.9.1")] public FilterValue<TcpFlags>? Flags { get; init; }
}

/// <summary>UDP over IPv4.</summary>
[Element("udp", Overlay = true)]
public sealed partial record UdpMatch : TransportMatch<Ipv4Address, Ipv4Mask>
{
    [Attr("srcportstart")] public FilterValue<FilterNumber<FilterLimits.Word>>? SourcePortStart { get; init; }
    [Attr("srcportend")] public FilterValue<FilterNumber<FilterLimits.Word>>? SourcePortEnd { get; init; }
    [Attr("dstportstart")] public FilterValue<FilterNumber<FilterLimits.Word>>? TargetPortStart { get; init; }
    [Attr("dstportend")] public FilterValue<FilterNumber<FilterLimits.Word>>? TargetPortEnd { get; init; }
}

/// <summary>SCTP over IPv4.</summary>
[Element("sctp", Overlay = true)]
public sealed partial record SctpMatch : TransportMatch<Ipv4Address, Ipv4Mask>
{
    [Attr("srcportstart")] public FilterValue<FilterNumber<FilterLimits.Word>>? SourcePortStart { get; init; }
    [Attr("srcportend")] public FilterValue<FilterNumber<FilterLimits.Word>>? SourcePortEnd { get; init; }
    [Attr("dstportstart")] public FilterValue<FilterNumber<FilterLimits.Word>>? TargetPortStart { get; init; }
    [Attr("dstportend")] public FilterValue<FilterNumber<FilterLimits.Word>>? TargetPortEnd { get; init; }
}

/// <summary>ICMP.</summary>
[Element("icmp", Overlay = true)]
public sealed partial record IcmpMatch : TransportMatch<Ipv4Address, Ipv4Mask>
{
    [Attr("type")] public FilterValue<FilterNumber<FilterLimits.Octet>>? Type { get; init; }
    [Attr("code")] public FilterValue<FilterNumber<FilterLimits.Octet>>? Code { get; init; }
}

/// <summary>IGMP.</summary>
[Element("igmp", Overlay = true)]
public sealed partial record IgmpMatch : TransportMatch<Ipv4Address, Ipv4Mask>;

/// <summary>Everything over IPv4.</summary>
[Element("all", Overlay = true)]
public sealed partial record AllMatch : TransportMatch<Ipv4Address, Ipv4Mask>;

/// <summary>ESP over IPv4.</summary>
[Element("esp", Overlay = true)]
public sealed partial record EspMatch : TransportMatch<Ipv4Address, Ipv4Mask>;

/// <summary>AH over IPv4.</summary>
[Element("ah", Overlay = true)]
public sealed partial record AhMatch : TransportMatch<Ipv4Address, Ipv4Mask>;

/// <summary>UDP-Lite over IPv4.</summary>
[Element("udplite", Overlay = true)]
public sealed partial record UdpliteMatch : TransportMatch<Ipv4Address, Ipv4Mask>;

/// <summary>TCP over IPv6.</summary>
[Element("tcp-ipv6", Overlay = true)]
public sealed partial record TcpIpv6Match : TransportMatch<Ipv6Address, Ipv6Mask>
{
    [Attr("srcportstart")] public FilterValue<FilterNumber<FilterLimits.Word>>? SourcePortStart { get; init; }
    [Attr("srcportend")] public FilterValue<FilterNumber<FilterLimits.Word>>? SourcePortEnd { get; init; }
    [Attr("dstportstart")] public FilterValue<FilterNumber<FilterLimits.Word>>? TargetPortStart { get; init; }
    [Attr("dstportend")] public FilterValue<FilterNumber<FilterLimits.Word>>? TargetPortEnd { get; init; }
}

/// <summary>UDP over IPv6.</summary>
[Element("udp-ipv6", Overlay = true)]
public sealed partial record UdpIpv6Match : TransportMatch<Ipv6Address, Ipv6Mask>
{
    [Attr("srcportstart")] public FilterValue<FilterNumber<FilterLimits.Word>>? SourcePortStart { get; init; }
    [Attr("srcportend")] public FilterValue<FilterNumber<FilterLimits.Word>>? SourcePortEnd { get; init; }
    [Attr("dstportstart")] public FilterValue<FilterNumber<FilterLimits.Word>>? TargetPortStart { get; init; }
    [Attr("dstportend")] public FilterValue<FilterNumber<FilterLimits.Word>>? TargetPortEnd { get; init; }
}

/// <summary>SCTP over IPv6.</summary>
[Element("sctp-ipv6", Overlay = true)]
public sealed partial record SctpIpv6Match : TransportMatch<Ipv6Address, Ipv6Mask>
{
    [Attr("srcportstart")] public FilterValue<FilterNumber<FilterLimits.Word>>? SourcePortStart { get; init; }
    [Attr("srcportend")] public FilterValue<FilterNumber<FilterLimits.Word>>? SourcePortEnd { get; init; }
    [Attr("dstportstart")] public FilterValue<FilterNumber<FilterLimits.Word>>? TargetPortStart { get; init; }
    [Attr("dstportend")] public FilterValue<FilterNumber<FilterLimits.Word>>? TargetPortEnd { get; init; }
}

/// <summary>ICMPv6.</summary>
[Element("icmpv6", Overlay = true)]
public sealed partial record Icmpv6Match : TransportMatch<Ipv6Address, Ipv6Mask>
{
    [Attr("type")] public FilterValue<FilterNumber<FilterLimits.Octet>>? Type { get; init; }
    [Attr("code")] public FilterValue<FilterNumber<FilterLimits.Octet>>? Code { get; init; }
}

/// <summary>Everything over IPv6.</summary>
[Element("all-ipv6", Overlay = true)]
public sealed partial record AllIpv6Match : TransportMatch<Ipv6Address, Ipv6Mask>;

/// <summary>ESP over IPv6.</summary>
[Element("esp-ipv6", Overlay = true)]
public sealed partial record EspIpv6Match : TransportMatch<Ipv6Address, Ipv6Mask>;

/// <summary>AH over IPv6.</summary>
[Element("ah-ipv6", Overlay = true)]
public sealed partial record AhIpv6Match : TransportMatch<Ipv6Address, Ipv6Mask>;

/// <summary>UDP-Lite over IPv6.</summary>
[Element("udplite-ipv6", Overlay = true)]
public sealed partial record UdpliteIpv6Match : TransportMatch<Ipv6Address, Ipv6Mask>;
