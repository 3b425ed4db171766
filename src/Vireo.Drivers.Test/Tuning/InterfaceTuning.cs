using Vireo.Core.TypedParameters;
using Vireo.Driver;
using Vireo.Drivers.Test.Domains;
using Vireo.Drivers.Test.Host;
using Vireo.Model.Domain.Devices;
using Vireo.Model.Shared;

namespace Vireo.Drivers.Test.Tuning;

/// <summary>Limits of one network card's traffic.</summary>
sealed class InterfaceTuning(TestHost host) : DomainWork(host), IDomainInterfaceParameters
{
    public ValueTask<TypedParameter[]> GetInterfaceParametersAsync(
        DomainRef domain, string device, DomainModificationImpact flags, CancellationToken cancel)
    {
        flags.Only(DomainModificationImpact.Live | DomainModificationImpact.Config, "testDomainGetInterfaceParameters");
        TestErrors.NotBothDefinitions(flags);
        Bandwidth? limits = DomainDevicesByName.GetInterface(SeeDef(domain, flags).Devices, device).Bandwidth;
        static uint Value(ulong? value) => (uint)(value ?? 0);
        return new(
        [
            new("inbound.average", Value(limits?.Inbound?.Average)), new("inbound.peak", Value(limits?.Inbound?.Peak)),
            new("inbound.burst", Value(limits?.Inbound?.Burst)), new("inbound.floor", Value(limits?.Inbound?.Floor)),
            new("outbound.average", Value(limits?.Outbound?.Average)), new("outbound.peak", Value(limits?.Outbound?.Peak)),
            new("outbound.burst", Value(limits?.Outbound?.Burst)),
        ]);
    }

    public ValueTask SetInterfaceParametersAsync(
        DomainRef domain, string device, TypedParameter[] parameters, DomainModificationImpact flags, CancellationToken cancel)
    {
        TestErrors.NotBoth(flags, "virDomainSetInterfaceParameters");
        flags.Only(DomainModificationImpact.Live | DomainModificationImpact.Config, "testDomainSetInterfaceParameters");
        ParameterRules.Check(parameters, ("inbound.average", ParameterType.UInt), ("inbound.peak", ParameterType.UInt), ("inbound.burst", ParameterType.UInt),
            ("inbound.floor", ParameterType.UInt), ("outbound.average", ParameterType.UInt), ("outbound.peak", ParameterType.UInt), ("outbound.burst", ParameterType.UInt));
        return Edit(domain, flags, def =>
        {
            Interface found = DomainDevicesByName.GetInterface(def.Devices, device);
            Bandwidth limits = found.Bandwidth ?? new Bandwidth();
            limits = limits with { Inbound = Change(limits.Inbound, parameters, "inbound"), Outbound = Change(limits.Outbound, parameters, "outbound") };
            return def with
            {
                Devices = def.Devices with
                {
                    Interfaces = def.Devices.Interfaces.Map(card => ReferenceEquals(card, found) ? card with { Bandwidth = limits == new Bandwidth() ? null : limits } : card),
                },
            };
        });
    }

    /// <summary>A direction's limits are set together, and only where a rate is among them; rates of 0 lift them.</summary>
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
