using Vireo.Core.TypedParameters;
using Vireo.Driver;
using Vireo.Drivers.Test.Domains;
using Vireo.Drivers.Test.Host;
using Vireo.Model.Domain;

namespace Vireo.Drivers.Test.Tuning;

/// <summary>Weights and limits of disk traffic, by devices of the host.</summary>
sealed class BlkioTuning(TestHost host) : DomainWork(host), IDomainBlkioParameters
{
    public ValueTask<TypedParameter[]> GetBlkioParametersAsync(DomainRef domain, DomainModificationImpact flags, CancellationToken cancel)
    {
        TestErrors.NotBoth(flags, "virDomainGetBlkioParameters");
        flags.Only(DomainModificationImpact.Live | DomainModificationImpact.Config, "testDomainGetBlkioParameters");
        BlockIoTune? tune = SeeDef(domain, flags).BlockIoTune;
        return new(BlkioParameters.All(tune, tune?.Weight ?? 0));
    }

    public ValueTask SetBlkioParametersAsync(DomainRef domain, TypedParameter[] parameters, DomainModificationImpact flags, CancellationToken cancel)
    {
        TestErrors.NotBoth(flags, "virDomainSetBlkioParameters");
        flags.Only(DomainModificationImpact.Live | DomainModificationImpact.Config, "testDomainSetBlkioParameters");
        ParameterRules.Check(parameters, BlkioParameters.Known);
        return Edit(domain, flags, def => def with { BlockIoTune = BlkioParameters.Change(def.BlockIoTune ?? new BlockIoTune(), parameters) });
    }
}
