using Vireo.Core;
using Vireo.Core.Xml;

namespace Vireo.Model.Shared;

/// <summary>Limits of traffic: rates in kilobytes a second, bursts in kilobytes. An element without a rate is not written.</summary>
[Element("bandwidth", OmitEmpty = true)]
public sealed partial record Bandwidth
{
    /// <summary>The class that a network gave to a port; no user may write it.</summary>
    [Attr("classID", Decimal = true, ZeroIsNone = true, Bad = "internal@none|Unable to parse class id '{0}'")] public uint? ClassId { get; init; }
    [Child(Once = "detail@none|Only one child <inbound> element allowed")] public BandwidthRate? Inbound { get; init; }
    [Child("outbound", Once = "detail@none|Only one child <outbound> element allowed")] public BandwidthRate? Outbound { get; init; }
}

/// <summary>One direction's limits; zero is no limit.</summary>
[Element("inbound", OmitEmpty = true)]
public sealed partial record BandwidthRate
{
    [Attr("average", Decimal = true, Bad = "unsupported@none|could not convert bandwidth average value '{0}'")] public ulong? Average { get; init; }
    [Attr("peak", Decimal = true, ZeroIsNone = true, Bad = "unsupported@none|could not convert bandwidth peak value '{0}'")] public ulong? Peak { get; init; }
    [Attr("floor", Decimal = true, ZeroIsNone = true, Bad = "unsupported@none|could not convert bandwidth floor value '{0}'", Since = "1.0.1")] public ulong? Floor { get; init; }
    [Attr("burst", Decimal = true, ZeroIsNone = true, Bad = "unsupported@none|could not convert bandwidth burst value '{0}'")] public ulong? Burst { get; init; }
}
