using Vireo.Core.TypedParameters;
using Vireo.Model.Shared;

namespace Vireo.Driver;

/// <summary>Limits of a network card's traffic as parameters of calls: VIR_DOMAIN_BANDWIDTH_*.</summary>
public static class BandwidthParameters
{
    /// <summary>All names and types.</summary>
    public static (string, ParameterType)[] Known =>
    [
        ("inbound.average", ParameterType.UInt), ("inbound.peak", ParameterType.UInt), ("inbound.burst", ParameterType.UInt),
        ("inbound.floor", ParameterType.UInt), ("outbound.average", ParameterType.UInt), ("outbound.peak", ParameterType.UInt), ("outbound.burst", ParameterType.UInt),
    ];

    /// <summary>All of a card's, in the order in which they are told.</summary>
    public static TypedParameter[] All(Bandwidth? limits)
    {
        static uint Value(ulong? value) => (uint)(value ?? 0);
        return
        [
            new("inbound.average", Value(limits?.Inbound?.Average)), new("inbound.peak", Value(limits?.Inbound?.Peak)),
            new("inbound.burst", Value(limits?.Inbound?.Burst)), new("inbound.floor", Value(limits?.Inbound?.Floor)),
            new("outbound.average", Value(limits?.Outbound?.Average)), new("outbound.peak", Value(limits?.Outbound?.Peak)),
            new("outbound.burst", Value(limits?.Outbound?.Burst)),
        ];
    }

    /// <summary>A card's limits with those that were given; null: none is left.</summary>
    public static Bandwidth? Change(Bandwidth? now, TypedParameter[] parameters)
    {
        Bandwidth limits = now ?? new Bandwidth();
        limits = limits with { Inbound = Change(limits.Inbound, parameters, "inbound"), Outbound = Change(limits.Outbound, parameters, "outbound") };
        return limits == new Bandwidth() ? null : limits;
    }

    // A direction's limits are set together, and only where a rate is among them; rates of 0 lift them.
    static BandwidthRate? Change(BandwidthRate? now, TypedParameter[] parameters, string direction)
    {
        uint? average = parameters.GetUInt($"{direction}.average"), floor = parameters.GetUInt($"{direction}.floor");
        if ((average ?? floor) is null)
            return now;
        if ((average ?? 0) is 0 && (floor ?? 0) is 0)
            return null;
        return new BandwidthRate
        {
            Average = Some(average), Floor = Some(floor), Peak = Some(parameters.GetUInt($"{direction}.peak")), Burst = Some(parameters.GetUInt($"{direction}.burst")),
        };
        static ulong? Some(uint? value) => value is 0 ? null : value;
    }
}
