using Vireo.Core;
using Vireo.Core.Errors;
using Vireo.Core.TypedParameters;
using Vireo.Driver;
using Vireo.Drivers.Test.Domains;
using Vireo.Drivers.Test.Host;
using Vireo.Model.Domain;

namespace Vireo.Drivers.Test.Tuning;

/// <summary>Limits of memory, in KiB.</summary>
sealed class MemoryTuning(TestHost host) : DomainWork(host), IDomainMemoryParameters
{
    /// <summary>No limit (VIR_DOMAIN_MEMORY_PARAM_UNLIMITED); so is what is larger.</summary>
    const ulong Unlimited = 9007199254740991;

    public ValueTask<TypedParameter[]> GetMemoryParametersAsync(DomainRef domain, DomainModificationImpact flags, CancellationToken cancel)
    {
        TestErrors.NotBoth(flags, "virDomainGetMemoryParameters");
        flags.Only(DomainModificationImpact.Live | DomainModificationImpact.Config, "testDomainGetMemoryParameters");
        MemoryTune? tune = SeeDef(domain, flags).MemoryTune;
        return new(
        [
            new("hard_limit", tune?.HardLimit?.KiB ?? Unlimited), new("soft_limit", tune?.SoftLimit?.KiB ?? Unlimited),
            new("swap_hard_limit", tune?.SwapHardLimit?.KiB ?? Unlimited),
        ]);
    }

    public ValueTask SetMemoryParametersAsync(DomainRef domain, TypedParameter[] parameters, DomainModificationImpact flags, CancellationToken cancel)
    {
        flags.Only(DomainModificationImpact.Live | DomainModificationImpact.Config, "testDomainSetMemoryParameters");
        ParameterRules.Check(parameters, ("hard_limit", ParameterType.ULong), ("soft_limit", ParameterType.ULong), ("swap_hard_limit", ParameterType.ULong));
        TestErrors.NotBoth(flags, "virDomainSetMemoryParameters");
        CheckBounds(See(domain).Def.MemoryTune, parameters);
        return Edit(domain, flags, def => def with { MemoryTune = Change(def.MemoryTune ?? new MemoryTune(), parameters) });
    }

    static MemoryTune? Change(MemoryTune tune, TypedParameter[] parameters)
    {
        tune = tune with
        {
            HardLimit = Limit(parameters, "hard_limit", tune.HardLimit),
            SoftLimit = Limit(parameters, "soft_limit", tune.SoftLimit),
            SwapHardLimit = Limit(parameters, "swap_hard_limit", tune.SwapHardLimit),
        };
        return tune == new MemoryTune() ? null : tune;
    }

    // What is not given is the running domain's, whichever definition is changed, as with libvirt's test driver.
    static void CheckBounds(MemoryTune? now, TypedParameter[] parameters)
    {
        ulong? hard = parameters.GetULong("hard_limit"), swap = parameters.GetULong("swap_hard_limit");
        if ((hard ?? swap) is not null && (hard ?? now?.HardLimit?.KiB ?? Unlimited) > (swap ?? now?.SwapHardLimit?.KiB ?? Unlimited))
            throw VireoException.InvalidArgument(ErrorDomain.Test, "memory hard_limit tunable value must be lower than or equal to swap_hard_limit");
    }

    static MemorySize? Limit(TypedParameter[] parameters, string name, MemorySize? now) =>
        parameters.GetULong(name) is not { } limit ? now : limit < Unlimited ? new MemorySize(limit) : null;
}
