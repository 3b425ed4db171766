using Vireo.Core.Errors;
using Vireo.Core.TypedParameters;
using Vireo.Model.Shared;

namespace Vireo.Drivers.Network.Ports;

/// <summary>A port's limits as named numbers: kilobytes a second, and bursts in kilobytes.</summary>
static class PortParameters
{
    static readonly string[] names = ["inbound.average", "inbound.peak", "inbound.floor", "inbound.burst", "outbound.average", "outbound.peak", "outbound.burst"];

    /// <summary>Those of a port; none: it has no limits.</summary>
    public static TypedParameter[] Of(Bandwidth? limits) => limits is null ? [] :
    [
        .. limits.Inbound is { } inbound ? (TypedParameter[])
        [
            new(names[0], Value(inbound.Average)), new(names[1], Value(inbound.Peak)), new(names[2], Value(inbound.Floor)), new(names[3], Value(inbound.Burst)),
        ] : [],
        .. limits.Outbound is { } outbound ? (TypedParameter[])
        [
            new(names[4], Value(outbound.Average)), new(names[5], Value(outbound.Peak)), new(names[6], Value(outbound.Burst)),
        ] : [],
    ];

    static uint Value(ulong? number) => (uint)(number ?? 0);

    /// <summary>Refuses names that nobody knows, and values of another type.</summary>
    public static void Check(IReadOnlyList<TypedParameter> parameters)
    {
        foreach (TypedParameter one in parameters)
        {
            if (!names.Contains(one.Name))
                throw new VireoException(ErrorCode.ArgumentUnsupported, ErrorDomain.Network, $"parameter '{one.Name}' not supported");
            if (one.Type != ParameterType.UInt)
                throw VireoException.InvalidArgument(ErrorDomain.Network, $"invalid type '{one.Type.ToString().ToLowerInvariant()}' for parameter '{one.Name}', expected 'uint'");
        }
    }

    /// <summary>The limits after a change; a direction without any rate has none.</summary>
    public static Bandwidth? Apply(Bandwidth? before, IReadOnlyList<TypedParameter> parameters)
    {
        BandwidthRate inbound = before?.Inbound ?? new BandwidthRate(), outbound = before?.Outbound ?? new BandwidthRate();
        foreach (TypedParameter one in parameters)
        {
            ulong? value = one.AsUInt is > 0 and var number ? number : null;
            (inbound, outbound) = one.Name switch
            {
                "inbound.average" => (inbound with { Average = value }, outbound),
                "inbound.peak" => (inbound with { Peak = value }, outbound),
                "inbound.floor" => (inbound with { Floor = value }, outbound),
                "inbound.burst" => (inbound with { Burst = value }, outbound),
                "outbound.average" => (inbound, outbound with { Average = value }),
                "outbound.peak" => (inbound, outbound with { Peak = value }),
                _ => (inbound, outbound with { Burst = value }),
            };
        }
        var after = new Bandwidth { Inbound = Some(inbound), Outbound = Some(outbound) };
        return after == new Bandwidth() ? null : after;
    }

    static BandwidthRate? Some(BandwidthRate rate) => rate is { Average: null, Floor: null } ? null : rate;
}
