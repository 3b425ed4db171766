using Vireo.Core;
using Vireo.Core.Xml;
using Vireo.Model.Shared;

namespace Vireo.Model.NwFilter;

/// <summary>IPv4 packets as a bridge sees them.</summary>
[Element("ip", Overlay = true)]
public sealed partial record IpMatch : LinkMatch, IPortMatch
{
    [Attr("srcipaddr")] public FilterValue<Ipv4Address>? SourceIp { get; init; }
    [Attr("srcipmask")] public FilterValue<Ipv4Mask>? SourceIpMask { get; init; }
    [Attr("dstipaddr")] public FilterValue<Ipv4Address>? TargetIp { get; init; }
    [Attr("dstipmask")] public FilterValue<Ipv4Mask>? TargetIpMask { get; init; }
    [Attr("protocol")] public FilterValue<IpProtocol>? Protocol { get; init; }
    [Attr("srcportstart")] public FilterValue<FilterNumber<FilterLimits.Word>>? SourcePortStart { get; init; }
    [Attr("srcportend")] public FilterValue<FilterNumber<FilterLimits.Word>>? SourcePortEnd { get; init; }
    [Attr("dstportstart")] public FilterValue<FilterNumber<FilterLimits.Word>>? TargetPortStart { get; init; }
    [Attr("dstportend")] public FilterValue<FilterNumber<FilterLimits.Word>>? TargetPortEnd { get; init; }
    [Attr("dscp")] public FilterValue<FilterNumber<FilterLimits.Dscp>>? Dscp { get; init; }

    bool IPortMatch.HasPorts => (SourcePortStart ?? SourcePortEnd ?? TargetPortStart ?? TargetPortEnd) is not null;
}

/// <summary>IPv6 packets as a bridge sees them; types and codes are those of ICMPv6.</summary>
[Element("ipv6", Overlay = true)]
public sealed partial record Ipv6Match : LinkMatch, IPortMatch
{
    [Attr("srcipaddr")] public FilterValue<Ipv6Address>? SourceIp { get; init; }
    [Attr("srcipmask")] public FilterValue<Ipv6Mask>? SourceIpMask { get; init; }
    [Attr("dstipaddr")] public FilterValue<Ipv6Address>? TargetIp { get; init; }
    [Attr("dstipmask")] public FilterValue<Ipv6Mask>? TargetIpMask { get; init; }
    [Attr("protocol")] public FilterValue<IpProtocol>? Protocol { get; init; }
    [Attr("srcportstart")] public FilterValue<FilterNumber<FilterLimits.Word>>? SourcePortStart { get; init; }
    [Attr("srcportend")] public FilterValue<FilterNumber<FilterLimits.Word>>? SourcePortEnd { get; init; }
    [Attr("dstportstart")] public FilterValue<FilterNumber<FilterLimits.Word>>? TargetPortStart { get; init; }
    [Attr("dstportend")] public FilterValue<FilterNumber<FilterLimits.Word>>? TargetPortEnd { get; init; }
    [Attr("type", Since = "1.2.12")] public FilterValue<FilterNumber<FilterLimits.Octet>>? Type { get; init; }
    [Attr("typeend", Since = "1.2.12")] public FilterValue<FilterNumber<FilterLimits.Octet>>? TypeEnd { get; init; }
    [Attr("code", Since = "1.2.12")] public FilterValue<FilterNumber<FilterLimits.Octet>>? Code { get; init; }
    [Attr("codeend", Since = "1.2.12")] public FilterValue<FilterNumber<FilterLimits.Octet>>? CodeEnd { get; init; }

    bool IPortMatch.HasPorts => (SourcePortStart ?? SourcePortEnd ?? TargetPortStart ?? TargetPortEnd) is not null;
}
