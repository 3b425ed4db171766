using Vireo.Core.TypedParameters;
using Vireo.Driver;
using Vireo.Drivers.Qemu.Machine;
using Vireo.Drivers.Qemu.Tuning;
using Vireo.Drivers.Qemu.Tuning.Perf;
using Vireo.Model.Domain;

namespace Vireo.Drivers.Qemu.Capabilities;

/// <summary>Counters of the host's processors and kernel for a guest.</summary>
sealed class PerfTuning(QemuConnection connection) : IDomainPerfEvents
{
    /// <summary>The caller takes parameters that are text, of which there are none.</summary>
    const DomainModificationImpact Texts = (DomainModificationImpact)4;

    static readonly (string, ParameterType)[] Known = [.. PerfEventKind.All.Select(static kind => (kind.Name, ParameterType.Boolean))];

    public ValueTask<TypedParameter[]> GetPerfEventsAsync(DomainRef domain, DomainModificationImpact flags, CancellationToken cancel)
    {
        flags.Only(DomainModificationImpact.Live | DomainModificationImpact.Config | Texts, "qemuDomainGetPerfEvents");
        var machine = connection.Get(domain);
        var now = machine.Snapshot;
        DomainDef def = DomainNumbers.Choose(now, flags);
        var counters = ReferenceEquals(def, now.Live) ? machine.Live?.Counters : null;
        return new([.. PerfEventKind.All.Select(kind => new TypedParameter(kind.Name,
            counters?.Has(kind.Name) ?? def.Perf.Any(one => one.Name == kind.Name && one.Enabled)))]);
    }

    public async ValueTask SetPerfEventsAsync(DomainRef domain, TypedParameter[] parameters, DomainModificationImpact flags, CancellationToken cancel)
    {
        flags.Only(DomainModificationImpact.Live | DomainModificationImpact.Config, "qemuDomainSetPerfEvents");
        ParameterRules.Check(parameters, Known);
        await using var edit = await DefinitionEdit.BeginAsync(connection, domain, "DomainSetPerfEvents", flags, cancel).ConfigureAwait(false);
        if (edit.Live is not null)
        {
            LiveQemu live = edit.Qemu;
            foreach (TypedParameter one in parameters)
                if (one.AsBoolean)
                    live.Counters.Enable(PerfEventKind.All.First(kind => kind.Name == one.Name), live.Process.Pid);
                else
                    live.Counters.Disable(one.Name);
        }
        edit.Change(def => def with
        {
            // In the order of the names, whatever order they were set in.
            Perf = [.. PerfEventKind.All.Select(kind => parameters.Get(kind.Name) is { } given ? new PerfEvent { Name = kind.Name, Enabled = given.AsBoolean }
                : def.Perf.FirstOrDefault(one => one.Name == kind.Name)).OfType<PerfEvent>()],
        });
    }
}
