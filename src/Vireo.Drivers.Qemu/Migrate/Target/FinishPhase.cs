using Vireo.Core;
using Vireo.Core.Errors;
using Vireo.Driver;
using Vireo.Drivers.Qemu.Definition;
using Vireo.Drivers.Qemu.Machine;
using Vireo.Drivers.Qemu.Migrate.Postcopy;
using Vireo.Drivers.Qemu.Migrate.Storage;
using Vireo.Drivers.Qemu.Monitor.Commands;
using Vireo.Drivers.Qemu.Start;
using Vireo.Drivers.Qemu.Start.Leases;
using Vireo.Drivers.Qemu.Start.Network;
using Vireo.Hypervisor.Flows;
using Vireo.Hypervisor.Machines;
using Vireo.Model.Domain;

namespace Vireo.Drivers.Qemu.Migrate.Target;

/// <summary>The fourth step, at the target: the guest runs here from now on, or everything of it is taken away again.</summary>
static class FinishPhase
{
    internal sealed record Run(QemuKeeper Keeper, QemuMachine Machine, LiveQemu Live, MigrationJob Job, DomainMigrateFlags Flags, MigrationCookie? Told);

    static readonly TimeSpan AnswerTime = TimeSpan.FromSeconds(2);

    // The source's guest stays as long as nobody heard that this one runs: so a daemon that ends before "done" is followed by one that takes
    // this guest away, whether it runs already or not.
    static readonly Flow<Run> Flow = new Flow<Run>("migrate-finish")
        .Step("phase", static run =>
        {
            // For the next daemon, of either kind, it is as "prepare", which is written already: the guest, which stands still, does not wait for this.
            run.Job.Phase = MigrationPhase.Finish;
            if (run.Job.Flags.HasFlag(DomainMigrateFlags.Postcopy)) run.Keeper.SaveSoon(run.Machine);
            else run.Live.DiesWith = null;
        })
        .Step("arrive", ArriveAsync)
        .Step("disks", static (run, cancel) => DiskServer.StopAsync(run.Live.Monitor, run.Job, cancel))
        .Step("leases", static (run, cancel) => GuestLeases.TakeAsync(run.Keeper, run.Machine, cancel))
        .Step("persist", Persist)
        .Step("ports", static (run, cancel) => CardSwitches.KeepDataAsync(run.Keeper, run.Machine, run.Told?.Network, cancel))
        .Step("run", RunGuestAsync)
        .Step("rest", RestAsync)
        .Step("done", static run =>
        {
            run.Live.DiesWith = null;
            run.Live.Migration = null;
            run.Live.Unanswered = run.Job.Owner;
            run.Keeper.Save(run.Machine);
        });

    /// <summary>The steps, for tests that kill the daemon at each of them.</summary>
    internal static IFlow Steps => Flow;

    /// <summary>Finishes.</summary>
    internal static async ValueTask<MigrationFinished> RunAsync(
        QemuKeeper keeper, string name, byte[] cookie, DomainMigrateFlags flags, bool cancelled, CancellationToken cancel)
    {
        var machine = keeper.Machines.Find(name) ?? throw MachineErrors.NoName(ErrorDomain.Qemu, name);
        if (flags.HasFlag(DomainMigrateFlags.PostcopyResume)) return await ResumeSteps.FinishAsync(keeper, machine, cancelled).ConfigureAwait(false);
        if (keeper.Migrations.Find(machine) is not { Outgoing: false, Phase: MigrationPhase.Prepare } job)
            throw QemuErrors.Invalid($"domain '{name}' is not processing incoming migration");
        DateTimeOffset came = keeper.Time.GetUtcNow();
        bool off = flags.HasFlag(DomainMigrateFlags.Offline);
        if (off) return await FinishOffAsync(keeper, machine, job, cookie, flags, cancelled).ConfigureAwait(false);
        if (machine.Live is not { } live)
        {
            await keeper.Migrations.EndAsync(machine, job).ConfigureAwait(false);
            throw MachineErrors.NotRunning();
        }
        if (cancelled)
        {
            await EndAsync(keeper, machine, live, job).ConfigureAwait(false);
            throw new VireoException(new VirError(ErrorCode.MigrateFinishOk, ErrorDomain.Qemu, "migration successfully aborted"));
        }
        try
        {
            var told = Read(keeper, machine, job, cookie);
            MigrationCookie mine;
            // Whatever is waited for: a QEMU that hangs in "cont" may obey it when whoever led the migration is gone, and the source's guest runs again.
            using (job.Deserted.Token.Register(() => Kill(live, job)))
            {
                await Flow.RunAsync(new(keeper, machine, live, job, flags, told), keeper.Flows, CancellationToken.None).ConfigureAwait(false);
                await ResetAsync(live, job).ConfigureAwait(false);
                mine = await MigrationSide.NewAsync(keeper, job.Origin ?? machine.Name, machine.Uuid).ConfigureAwait(false);
            }
            Demand(job);
            DateTimeOffset now = keeper.Time.GetUtcNow();
            var numbers = Count(told?.Statistics, came, job.Resumed ?? now);
            keeper.Migrations.Complete(machine, new JobFigures(DomainJobOperation.MigrationIn, numbers ?? job.Times(now)));
            await keeper.Migrations.EndAsync(machine, job).ConfigureAwait(false);
            _ = AnsweredAsync(keeper, machine, live);
            return new(machine.Snapshot.Ref, MigrationSide.Bytes(mine with { Statistics = numbers }));
        }
        catch
        {
            // Half a guest is no guest, and the other half is at the source: both wait for each other.
            if (machine.Live == live && job.InPostcopy && !live.Monitor.Ended.IsCompleted) PostcopyState.Break(keeper, machine, job);
            else if (machine.Live == live) await EndAsync(keeper, machine, live, job).ConfigureAwait(false);
            throw;
        }
    }

    // Of a guest that comes in two halves, one is at the source: neither goes because nobody leads it.
    static void Kill(LiveQemu live, MigrationJob job)
    {
        if (job.Flags.HasFlag(DomainMigrateFlags.Postcopy)) return;
        live.Ending = true;
        live.Process.Signal(Signals.Kill);
    }

    // Who leads it and is not there takes the silence for a failure, and lets the source's go on.
    static void Demand(MigrationJob job)
    {
        if (job.Deserted.IsCancellationRequested && !job.InPostcopy)
            throw new VireoException(ErrorCode.OperationFailed, ErrorDomain.Qemu, "the connection to whoever led the migration is lost");
    }

    // Whoever led it has the answer by then, or is gone.
    static async Task AnsweredAsync(QemuKeeper keeper, QemuMachine machine, LiveQemu live)
    {
        await Task.Delay(AnswerTime, keeper.Time).ConfigureAwait(false);
        MigrationRecovery.Answered(keeper, machine, live);
    }

    static MigrationCookie? Read(QemuKeeper keeper, QemuMachine machine, MigrationJob job, byte[] cookie) => MigrationSide.Read(
        keeper, cookie, CookieParts.Persistent | CookieParts.Statistics | CookieParts.Network | CookieParts.Nbd | CookieParts.LockState, job.Origin ?? machine.Name, machine.Uuid);

    static async ValueTask ArriveAsync(Run run, CancellationToken cancel)
    {
        try
        {
            if (run.Job.Early is { } early)
            {
                await Task.WhenAny(run.Job.Arrival!.Happened, early.Happened).WaitAsync(cancel).ConfigureAwait(false);
                if (early.Happened.IsCompletedSuccessfully)
                {
                    run.Job.InPostcopy = true;
                    return;
                }
            }
            var told = await run.Job.Arrival!.Happened.WaitAsync(cancel).ConfigureAwait(false);
            if (told.Status is "completed") return;
            var why = await run.Live.Monitor.RunAsync(new QueryMigration(), cancel).ConfigureAwait(false);
            throw new VireoException(ErrorCode.OperationFailed, ErrorDomain.Qemu, $"job 'migration in' failed: {why.Error ?? "unexpectedly failed"}");
        }
        catch (VireoException) when (run.Live.Monitor.Ended.IsCompleted)
        {
            throw VireoException.Internal(ErrorDomain.Qemu, $"qemu unexpectedly closed the monitor: {GuestLog.TailOf(run.Keeper, run.Machine)}");
        }
    }

    static void Persist(Run run)
    {
        if (!run.Flags.HasFlag(DomainMigrateFlags.PersistDest)) return;
        DomainDef def = run.Told?.Persistent is { } kept ? kept with { Name = run.Machine.Name, Uuid = run.Machine.Uuid } : Inactive(run);
        Keep(run.Keeper, run.Machine, run.Job, run.Keeper.Planning.WithDefaults(def, run.Live.Facts));
    }

    static DomainDef Inactive(Run run) => RunOnly.Strip(
        ShownDefinition.WithoutRun(run.Machine.Snapshot.Live!, null, run.Live.Places.ChannelFolder), run.Live.Written) with { Cpu = run.Live.CpuBefore ?? run.Machine.Snapshot.Live!.Cpu };

    static void Keep(QemuKeeper keeper, QemuMachine machine, MigrationJob job, DomainDef def)
    {
        keeper.Definitions.Save(machine.Name, machine.Uuid, def.ToXml(DomainFormat.Inactive | DomainFormat.Secure));
        machine.Commit(s => s with { Persistent = def });
        machine.Raise(machine.Lifecycle(DomainEventType.Defined, (int)(job.WasKnown ? DomainEventDefinedDetail.Updated : DomainEventDefinedDetail.Added)));
    }

    static async ValueTask RunGuestAsync(Run run, CancellationToken cancel)
    {
        var asked = run.Live.Monitor.RunAsync(new QueryChardev(), cancel);
        run.Keeper.SaveSoon(run.Machine);
        var chardevs = (await asked.ConfigureAwait(false)).ToDictionary(static c => c.Label, StringComparer.Ordinal);
        run.Machine.Commit(s => s.Live is { } def ? s with { Live = DeviceReadback.Show(def, chardevs) } : s);
        Demand(run.Job);
        if (run.Flags.HasFlag(DomainMigrateFlags.Paused))
        {
            run.Machine.Commit(static s => s with { Condition = Condition.Paused(DomainPausedReason.User) });
            run.Machine.Raise(run.Machine.Lifecycle(DomainEventType.Suspended, (int)DomainEventSuspendedDetail.Paused));
            return;
        }
        run.Live.RunningFor = run.Job.InPostcopy ? DomainRunningReason.Postcopy : DomainRunningReason.Migrated;
        if (run.Machine.Snapshot.Live is { } live) MacvtapDevices.Run(live, true);
        await run.Live.Monitor.RunAsync(new Cont(), cancel).ConfigureAwait(false);
        run.Job.Resumed = run.Keeper.Time.GetUtcNow();
    }

    // The guest runs, and what it has not got yet follows.
    static async ValueTask RestAsync(Run run, CancellationToken cancel)
    {
        if (!run.Job.InPostcopy) return;
        run.Live.DiesWith = null;
        run.Keeper.Save(run.Machine);
        await PostcopyState.WaitAsync(run.Keeper, run.Machine, run.Live, run.Job, run.Job.Arrival!).ConfigureAwait(false);
        PostcopyState.Arrive(run.Machine);
    }

    /// <summary>A guest that came in two halves is whole.</summary>
    internal static async ValueTask<MigrationFinished> SettleAsync(QemuKeeper keeper, QemuMachine machine, LiveQemu live, MigrationJob job)
    {
        PostcopyState.Arrive(machine);
        live.DiesWith = null;
        var numbers = job.Times(keeper.Time.GetUtcNow());
        keeper.Migrations.Complete(machine, new JobFigures(DomainJobOperation.MigrationIn, numbers));
        await keeper.Migrations.EndAsync(machine, job).ConfigureAwait(false);
        keeper.Save(machine);
        await ResetAsync(live, job).ConfigureAwait(false);
        return new(machine.Snapshot.Ref, MigrationSide.Bytes(await MigrationSide.NewAsync(keeper, job.Origin ?? machine.Name, machine.Uuid).ConfigureAwait(false)));
    }

    // The source's times by this host's clock.
    static CookieStatistics? Count(CookieStatistics? told, DateTimeOffset came, DateTimeOffset now)
    {
        if (told is null) return null;
        ulong time = (ulong)now.ToUnixTimeMilliseconds();
        return told with
        {
            Delta = told.Sent is { } sent ? came.ToUnixTimeMilliseconds() - (long)sent : null,
            TimeElapsed = told.Started is { } started && time > started ? time - started : told.TimeElapsed,
            Downtime = told.Stopped is { } stopped && time > stopped ? time - stopped : told.Downtime,
        };
    }

    static async ValueTask ResetAsync(LiveQemu live, MigrationJob job)
    {
        try
        {
            await MigrationSettings.ResetAsync(live.Monitor, job.Before, job.Flags, CancellationToken.None).ConfigureAwait(false);
        }
        catch (VireoException)
        {
            // The guest is here and runs: settings of its next migration are set then.
        }
    }

    static async ValueTask<MigrationFinished> FinishOffAsync(
        QemuKeeper keeper, QemuMachine machine, MigrationJob job, byte[] cookie, DomainMigrateFlags flags, bool cancelled)
    {
        try
        {
            if (cancelled) throw new VireoException(new VirError(ErrorCode.MigrateFinishOk, ErrorDomain.Qemu, "migration successfully aborted"));
            var def = Read(keeper, machine, job, cookie)?.Persistent is { } kept
                ? keeper.Planning.WithDefaults(kept with { Name = machine.Name, Uuid = machine.Uuid }, await keeper.FactsForAsync(kept, CancellationToken.None).ConfigureAwait(false))
                : machine.Snapshot.Persistent!;
            Keep(keeper, machine, job, def);
            return new(machine.Snapshot.Ref, MigrationSide.Bytes(await MigrationSide.NewAsync(keeper, job.Origin ?? machine.Name, machine.Uuid).ConfigureAwait(false)));
        }
        catch
        {
            Withdraw(keeper, machine, job);
            throw;
        }
        finally
        {
            await keeper.Migrations.EndAsync(machine, job).ConfigureAwait(false);
        }
    }

    /// <summary>Takes away a machine that is off and was never kept.</summary>
    internal static void Withdraw(QemuKeeper keeper, QemuMachine machine, MigrationJob job)
    {
        if (machine.Snapshot.IsActive || job.WasKnown) return;
        machine.Commit(static s => s with { Persistent = null });
        keeper.Machines.Remove(machine);
    }

    /// <summary>Takes away a guest that does not come, or that came in vain.</summary>
    internal static async ValueTask EndAsync(QemuKeeper keeper, QemuMachine machine, LiveQemu live, MigrationJob job)
    {
        if (!job.TakeEnd()) return;
        live.DiesWith = null;
        live.Ending = true;
        live.LeavesDisk = job.Leaves;
        await live.Process.EndAsync(TimeSpan.Zero, keeper.Time, CancellationToken.None).ConfigureAwait(false);
        await live.Monitor.Ended.ConfigureAwait(false);
        await StopFlow.RunAsync(keeper, machine, live, DomainShutoffReason.Failed,
            machine.Lifecycle(DomainEventType.Stopped, (int)DomainEventStoppedDetail.Failed)).ConfigureAwait(false);
        await keeper.Migrations.EndAsync(machine, job).ConfigureAwait(false);
    }
}
