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
        return new(BandwidthParameters.All(DomainDevicesByName.GetInterface(SeeDef(domain, flags).Devices, device).Bandwidth));
    }

    public ValueTask SetInterfaceParametersAsync(
        DomainRef domain, string device, TypedParameter[] parameters, DomainModificationImpact flags, CancellationToken cancel)
    {
        TestErrors.NotBoth(flags, "virDomainSetInterfaceParameters");
        flags.Only(DomainModificationImpact.Live | DomainModificationImpact.Config, "testDomainSetInterfaceParameters");
        ParameterRules.Check(parameters, BandwidthParameters.Known);
        return Edit(domain, flags, def =>
        {
            Interface found = DomainDevicesByName.GetInterface(def.Devices, device);
            Bandwidth? limits = BandwidthParameters.Change(found.Bandwidth, parameters);
            return def with
            {
                Devices = def.Devices with
                {
                    Interfaces = def.Devices.Interfaces.Map(card => ReferenceEquals(card, found) ? card with { Bandwidth = limits } : card),
                },
            };
        });
    }
}
