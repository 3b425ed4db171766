using Vireo.Core.TypedParameters;
using Vireo.Driver;
using Vireo.Drivers.Test.Domains;
using Vireo.Drivers.Test.Host;

namespace Vireo.Drivers.Test.Tuning;

/// <summary>A scheduler with one parameter, which is always 50: what is set is looked at and forgotten.</summary>
sealed class SchedulerTuning(TestHost host) : DomainWork(host), IDomainScheduler, IDomainSchedulerParameters, IDomainSchedulerChanges
{
    const uint Weight = 50;

    public ValueTask<SchedulerType> GetSchedulerTypeAsync(DomainRef domain, CancellationToken cancel) => new(new SchedulerType("fair", 1));

    public ValueTask<TypedParameter[]> GetSchedulerParametersAsync(DomainRef domain, DomainModificationImpact flags, CancellationToken cancel)
    {
        ((uint)flags).None("testDomainGetSchedulerParametersFlags");
        See(domain);
        return new([new("weight", Weight)]);
    }

    public ValueTask SetSchedulerParametersAsync(DomainRef domain, TypedParameter[] parameters, DomainModificationImpact flags, CancellationToken cancel)
    {
        ((uint)flags).None("testDomainSetSchedulerParametersFlags");
        ParameterRules.Check(parameters, ("weight", ParameterType.UInt));
        See(domain);
        return default;
    }
}
