using System.Collections.Immutable;
using Vireo.Core;
using Vireo.Core.TypedParameters;
using Vireo.Driver;
using Vireo.Drivers.Test.Domains;
using Vireo.Drivers.Test.Host;
using Vireo.Model.Domain;

namespace Vireo.Drivers.Test.Tuning;

/// <summary>Counters of perf(1) that are switched on.</summary>
sealed class PerfTuning(TestHost host) : DomainWork(host), IDomainPerfEvents
{
    static readonly ImmutableArray<string> Names =
    [
        "cmt", "mbmt", "mbml", "cpu_cycles", "instructions", "cache_references", "cache_misses", "branch_instructions", "branch_misses", "bus_cycles",
        "stalled_cycles_frontend", "stalled_cycles_backend", "ref_cpu_cycles", "cpu_clock", "task_clock", "page_faults", "context_switches",
        "cpu_migrations", "page_faults_min", "page_faults_maj", "alignment_faults", "emulation_faults",
    ];

    /// <summary>The caller takes parameters that are text, of which there are none.</summary>
    const DomainModificationImpact Texts = (DomainModificationImpact)4;

    static readonly (string, ParameterType)[] Known = [.. Names.Select(name => (name, ParameterType.Boolean))];

    public ValueTask<TypedParameter[]> GetPerfEventsAsync(DomainRef domain, DomainModificationImpact flags, CancellationToken cancel)
    {
        flags.Only(DomainModificationImpact.Live | DomainModificationImpact.Config | Texts, "testDomainGetPerfEvents");
        TestErrors.NotBothDefinitions(flags);
        ValueList<PerfEvent> events = SeeDef(domain, flags).Perf;
        return new([.. Names.Select(name => new TypedParameter(name, events.Any(one => one.Name == name && one.Enabled)))]);
    }

    public ValueTask SetPerfEventsAsync(DomainRef domain, TypedParameter[] parameters, DomainModificationImpact flags, CancellationToken cancel)
    {
        TestErrors.NotBoth(flags, "virDomainSetPerfEvents");
        flags.Only(DomainModificationImpact.Live | DomainModificationImpact.Config, "testDomainSetPerfEvents");
        ParameterRules.Check(parameters, Known);
        return Edit(domain, flags, def => def with
        {
            // In the order of the names, whatever order they were set in.
            Perf = Names.Select(name => parameters.Get(name) is { } given ? new PerfEvent { Name = name, Enabled = given.AsBoolean } : def.Perf.FirstOrDefault(one => one.Name == name))
                .OfType<PerfEvent>().ToValueList(),
        });
    }
}
