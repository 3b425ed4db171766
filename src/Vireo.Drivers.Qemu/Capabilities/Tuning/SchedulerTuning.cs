using Vireo.Core.TypedParameters;
using Vireo.Driver;
using Vireo.Drivers.Qemu.Machine;
using Vireo.Drivers.Qemu.Start.Groups;
using Vireo.Drivers.Qemu.Tuning;
using Vireo.Host.Cgroups;
using Vireo.Model.Domain;

namespace Vireo.Drivers.Qemu.Capabilities;

/// <summary>How much processor time a guest may use.</summary>
sealed class SchedulerTuning(QemuConnection connection) : IDomainScheduler, IDomainSchedulerParameters, IDomainSchedulerChanges
{
    const DomainModificationImpact Known = DomainModificationImpact.Live | DomainModificationImpact.Config;

    public ValueTask<SchedulerType> GetSchedulerTypeAsync(DomainRef domain, CancellationToken cancel)
    {
        var machine = connection.Get(domain);
        TuningChecks.RequireSystem(connection.Keeper, TuningChecks.Processors);
        if (machine.Snapshot.IsActive)
            GroupOf(machine.Live);
        return new(new SchedulerType("posix", SchedulerSettings.Known.Length));
    }

    static ControlGroup GroupOf(LiveQemu? live) => live.GroupOf(CgroupControllers.Cpu, "CPU");

    public ValueTask<TypedParameter[]> GetSchedulerParametersAsync(DomainRef domain, DomainModificationImpact flags, CancellationToken cancel)
    {
        flags.Only(Known, "qemuDomainGetSchedulerParametersFlags");
        var machine = connection.Get(domain);
        TuningChecks.RequireSystem(connection.Keeper, TuningChecks.Processors);
        var now = machine.Snapshot;
        DomainDef def = DomainNumbers.Choose(now, flags);
        bool running = ReferenceEquals(def, now.Live);
        ControlGroup? whole = running ? GroupOf(machine.Live) : null;
        List<TypedParameter> all = [new(SchedulerSettings.Shares, whole is null ? def.CpuTune?.Shares ?? 0 : whole.Shares() ?? 0)];
        foreach (var (whose, name) in SchedulerSettings.All)
        {
            var (period, quota) = whole is null ? SchedulerSettings.Of(def.CpuTune, whose) : Now(machine.Live!, def, whose);
            all.Add(new($"{name}_period", period));
            all.Add(new($"{name}_quota", quota));
        }
        return new([.. all]);
    }

    static (ulong Period, long Quota) Now(LiveQemu live, DomainDef def, TimeOf whose) =>
        (whose is TimeOf.Whole ? live.Cgroup!.Whole : ThreadsOf(live, def, whose).FirstOrDefault() is { } name ? live.Cgroup!.FindThreads(name) : null)?.Bandwidth() ?? (0, 0);

    static IEnumerable<string> ThreadsOf(LiveQemu live, DomainDef def, TimeOf whose) => whose switch
    {
        TimeOf.Emulator => [MachineCgroup.Emulator],
        TimeOf.Vcpus => live.Vcpus.Select(static vcpu => $"vcpu{vcpu.Id}"),
        _ => IoThreadList.Ids(def).Select(static id => $"iothread{id}"),
    };

    public async ValueTask SetSchedulerParametersAsync(DomainRef domain, TypedParameter[] parameters, DomainModificationImpact flags, CancellationToken cancel)
    {
        flags.Only(Known, "qemuDomainSetSchedulerParametersFlags");
        ParameterRules.Check(parameters, SchedulerSettings.Known);
        _ = connection.Get(domain);
        TuningChecks.RequireSystem(connection.Keeper, TuningChecks.Processors);
        await using var edit = await DefinitionEdit.BeginAsync(connection, domain, "DomainSetSchedulerParametersFlags", flags, cancel).ConfigureAwait(false);
        if (edit.Live is not null)
            GroupOf(edit.Qemu);
        SchedulerSettings.CheckRanges(parameters);
        var told = new List<TypedParameter>();
        if (edit.Live is { } live)
            Set(edit.Qemu, live, parameters, told);
        DomainDef? next = edit.Config is { } config ? With(config, parameters, lift: true) : null;
        // What is 0 is left as it is while it runs.
        edit.PublishWhere(def => With(def, parameters, lift: false), told);
        edit.Save(next);
    }

    static void Set(LiveQemu live, DomainDef def, TypedParameter[] parameters, List<TypedParameter> told)
    {
        if (parameters.GetULong(SchedulerSettings.Shares) is { } shares)
        {
            GuestGroups.PutShares(live.Cgroup!.Whole, live.Cgroup.Place.Unit, shares);
            told.Add(new($"cputune.{SchedulerSettings.Shares}", shares));
        }
        foreach (var (whose, name) in SchedulerSettings.All)
        {
            var (period, quota) = ThreadTuning.Bandwidth(parameters.GetULong($"{name}_period"), parameters.GetLong($"{name}_quota"));
            if ((period ?? (ulong?)quota) is null)
                continue;
            if (whose is TimeOf.Whole)
                live.Cgroup!.Whole.SetBandwidth(period, quota);
            else
                foreach (string threads in ThreadsOf(live, def, whose))
                    live.Cgroup!.Threads(threads).SetBandwidth(period, quota);
            if (period is { } every)
                told.Add(new($"cputune.{name}_period", every));
            if (quota is { } time)
                told.Add(new($"cputune.{name}_quota", time));
        }
    }

    static DomainDef With(DomainDef def, TypedParameter[] parameters, bool lift)
    {
        CpuTune tune = def.CpuTune ?? new CpuTune();
        tune = tune with { Shares = parameters.GetULong(SchedulerSettings.Shares) ?? tune.Shares };
        foreach (var (whose, name) in SchedulerSettings.All)
        {
            ulong? period = parameters.GetULong($"{name}_period");
            long? quota = parameters.GetLong($"{name}_quota");
            tune = SchedulerSettings.With(tune, whose, lift || period is not 0 ? period : null, lift || quota is not 0 ? quota : null);
        }
        return def with { CpuTune = tune == new CpuTune() ? null : tune };
    }
}
