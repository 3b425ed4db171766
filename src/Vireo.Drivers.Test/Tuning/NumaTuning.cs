using Vireo.Core;
using Vireo.Core.Errors;
using Vireo.Core.TypedParameters;
using Vireo.Driver;
using Vireo.Drivers.Test.Domains;
using Vireo.Drivers.Test.Host;
using Vireo.Model.Domain;

namespace Vireo.Drivers.Test.Tuning;

/// <summary>Which nodes of the host memory comes from.</summary>
sealed class NumaTuning(TestHost host) : DomainWork(host), IDomainNumaParameters, IDomainNumaChanges
{
    public ValueTask<TypedParameter[]> GetNumaParametersAsync(DomainRef domain, DomainModificationImpact flags, CancellationToken cancel)
    {
        flags.Only(DomainModificationImpact.Live | DomainModificationImpact.Config, "testDomainGetNumaParameters");
        TestErrors.NotBothDefinitions(flags);
        NumaMemory? memory = SeeDef(domain, flags).NumaTune?.Memory;
        return new([new("numa_mode", (int)(memory?.Mode ?? NumaMode.Strict)), new("numa_nodeset", memory?.NodeSet?.ToString() ?? "")]);
    }

    public ValueTask SetNumaParametersAsync(DomainRef domain, TypedParameter[] parameters, DomainModificationImpact flags, CancellationToken cancel)
    {
        flags.Only(DomainModificationImpact.Live | DomainModificationImpact.Config, "testDomainSetNumaParameters");
        TestErrors.NotBoth(flags, "virDomainSetNumaParameters");
        ParameterRules.Check(parameters, ("numa_mode", ParameterType.Int), ("numa_nodeset", ParameterType.String));
        int? mode = parameters.Get("numa_mode")?.AsInt;
        if (mode is < 0 or > (int)NumaMode.Restrictive)
            throw VireoException.InvalidArgument(ErrorDomain.Test, $"unsupported numatune mode: '{mode}'");
        CpuSet? nodes = null;
        if (parameters.Get("numa_nodeset")?.AsString is { } text && !CpuSet.TryParse(text, out nodes))
            throw VireoException.InvalidArgument(ErrorDomain.None, $"Failed to parse bitmap '{text}'");
        return Edit(domain, flags, def =>
        {
            NumaMemory memory = def.NumaTune?.Memory ?? new NumaMemory();
            if (mode is not null && nodes is null && memory.NodeSet is null)
                throw new VireoException(ErrorCode.ConfigUnsupported, ErrorDomain.Domain, "nodeset for NUMA memory tuning must be set if 'placement' is 'static'");
            memory = memory with { Mode = (NumaMode?)mode ?? memory.Mode ?? NumaMode.Strict, NodeSet = nodes ?? memory.NodeSet };
            return def with { NumaTune = (def.NumaTune ?? new NumaTune()) with { Memory = memory } };
        });
    }
}
