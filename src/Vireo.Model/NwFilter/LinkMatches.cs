using Vireo.Core;
using Vireo.Core.Xml;
using Vireo.Model.Shared;

namespace Vireo.Model.NwFilter;

/// <summary>Ethernet addresses.</summary>
public abstract record LinkMatch : ProtocolMatch
{
    /// <inheritdoc/>
    [Attr("match", First = true)] public override string? Match { get; init; }
    [Attr("srcmacaddr", First = true)] public FilterValue<MacAddress>? SourceMac { get; init; }
    [Attr("srcmacmask", First = true)] public FilterValue<MacMask>? SourceMacMask { get; init; }
    [Attr("dstmacaddr", First = true)] public FilterValue<MacAddress>? TargetMac { get; init; }
    [Attr("dstmacmask", First = true)] public FilterValue<MacMask>? TargetMacMask { get; init; }
}

/// <summary>Ethernet frames.</summary>
[Element("mac", Overlay = true)]
public sealed partial record MacMatch : LinkMatch
{
    [Attr("protocolid")] public FilterValue<MacProtocol>? ProtocolId { get; init; }
}

/// <summary>Frames of a VLAN.</summary>
[Element("vlan", Overlay = true)]
public sealed partial record VlanMatch : LinkMatch
{
    [Attr("vlanid")] public FilterValue<FilterNumber<FilterLimits.VlanId>>? VlanId { get; init; }
    [Attr("encap-protocol")] public FilterValue<VlanProtocol>? EncapsulatedProtocol { get; init; }
}

/// <summary>The spanning tree protocol; ranges reach to their high end.</summary>
[Element("stp", Overlay = true)]
public sealed partial record StpMatch : ProtocolMatch
{
    /// <inheritdoc/>
    [Attr("match", First = true)] public override string? Match { get; init; }
    [Attr("srcmacaddr")] public FilterValue<MacAddress>? SourceMac { get; init; }
    [Attr("srcmacmask")] public FilterValue<MacMask>? SourceMacMask { get; init; }
    [Attr("type")] public FilterValue<FilterNumber<FilterLimits.Octet>>? Type { get; init; }
    [Attr("flags")] public FilterValue<FilterNumber<FilterLimits.Octet>>? Flags { get; init; }
    [Attr("root-priority")] public FilterValue<FilterNumber<FilterLimits.Word>>? RootPriority { get; init; }
    [Attr("root-priority-hi")] public FilterValue<FilterNumber<FilterLimits.Word>>? RootPriorityHigh { get; init; }
    [Attr("root-address")] public FilterValue<MacAddress>? RootAddress { get; init; }
    [Attr("root-address-mask")] public FilterValue<MacMask>? RootAddressMask { get; init; }
    [Attr("root-cost")] public FilterValue<FilterNumber<FilterLimits.Long>>? RootCost { get; init; }
    [Attr("root-cost-hi")] public FilterValue<FilterNumber<FilterLimits.Long>>? RootCostHigh { get; init; }
    [Attr("sender-priority")] public FilterValue<FilterNumber<FilterLimits.Word>>? SenderPriority { get; init; }
    [Attr("sender-priority-hi")] public FilterValue<FilterNumber<FilterLimits.Word>>? SenderPriorityHigh { get; init; }
    [Attr("sender-address")] public FilterValue<MacAddress>? SenderAddress { get; init; }
    [Attr("sender-address-mask")] public FilterValue<MacMask>? SenderAddressMask { get; init; }
    [Attr("port")] public FilterValue<FilterNumber<FilterLimits.Word>>? Port { get; init; }
    [Attr("port-hi")] public FilterValue<FilterNumber<FilterLimits.Word>>? PortHigh { get; init; }
    [Attr("age")] public FilterValue<FilterNumber<FilterLimits.Word>>? Age { get; init; }
    [Attr("age-hi")] public FilterValue<FilterNumber<FilterLimits.Word>>? AgeHigh { get; init; }
    [Attr("max-age")] public FilterValue<FilterNumber<FilterLimits.Word>>? MaxAge { get; init; }
    [Attr("max-age-hi")] public FilterValue<FilterNumber<FilterLimits.Word>>? MaxAgeHigh { get; init; }
    [Attr("hello-time")] public FilterValue<FilterNumber<FilterLimits.Word>>? HelloTime { get; init; }
    [Attr("hello-time-hi")] public FilterValue<FilterNumber<FilterLimits.Word>>? HelloTimeHigh { get; init; }
    [Attr("forward-delay")] public FilterValue<FilterNumber<FilterLimits.Word>>? ForwardDelay { get; init; }
    [Attr("forward-delay-hi")] public FilterValue<FilterNumber<FilterLimits.Word>>? ForwardDelayHigh { get; init; }
}

/// <summary>What both ways of address resolution say.</summary>
public abstract record ResolutionMatch : LinkMatch
{
    [Attr("hwtype")] public FilterValue<FilterNumber<FilterLimits.Word>>? HardwareType { get; init; }
    [Attr("protocoltype")] public FilterValue<FilterNumber<FilterLimits.Word>>? ProtocolType { get; init; }
    [Attr("opcode")] public FilterValue<ArpOpcode>? Opcode { get; init; }
    [Attr("arpsrcmacaddr")] public FilterValue<MacAddress>? ArpSourceMac { get; init; }
    [Attr("arpdstmacaddr")] public FilterValue<MacAddress>? ArpTargetMac { get; init; }
    [Attr("arpsrcipaddr")] public FilterValue<Ipv4Address>? ArpSourceIp { get; init; }
    [Attr("arpsrcipmask", Since = "1.2.3")] public FilterValue<Ipv4Mask>? ArpSourceIpMask { get; init; }
    [Attr("arpdstipaddr")] public FilterValue<Ipv4Address>? ArpTargetIp { get; init; }
    [Attr("arpdstipmask", Since = "1.2.3")] public FilterValue<Ipv4Mask>? ArpTargetIpMask { get; init; }
    [Attr("gratuitous", Since = "0.9.2")] public FilterValue<FilterBool>? Gratuitous { get; init; }
}

/// <summary>Address resolution.</summary>
[Element("arp", Overlay = true)]
public sealed partial record ArpMatch : ResolutionMatch;

/// <summary>Reverse address resolution.</summary>
[Element("rarp", Overlay = true)]
public sealed partial record RarpMatch : ResolutionMatch;
