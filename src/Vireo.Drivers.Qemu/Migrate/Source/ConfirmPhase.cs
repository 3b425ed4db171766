using Vireo.Core.Errors;
using Vireo.Driver;
using Vireo.Drivers.Qemu.Machine;
using Vireo.Drivers.Qemu.Migrate.Postcopy;
using Vireo.Drivers.Qemu.Monitor.Commands;
using Vireo.Drivers.Qemu.Start;
using Vireo.Drivers.Qemu.Start.Leases;
using Vireo.Hypervisor.Flows;
using Vireo.Hypervisor.Jobs;
using Vireo.Hypervisor.Machines;

namespace Vireo.Drivers.Qemu.Migrate.Source;

/// <summary>The last step, at the source: the guest runs elsewhere and ends here, or it goes on here.</summary>
static class ConfirmPhase
{
    sealed record Run(QemuKeeper Keeper, QemuMachine Machine, LiveQemu? Live, MigrationJob? Job, DomainMigrateFlags Flags);

    static readonly Flow<Run> Confirming = new Flow<Run>("migrate-confirm")
        .Step("phase", static run => Note(run, MigrationPhase.Confirm))
        .Always("end", EndAsync)
        .Always("undefine", Undefine);

    static readonly Flow<Run> Cancelling = new Flow<Run>("migrate-cancel")
        .Step("phase", static run => Note(run, MigrationPhase.ConfirmCancelled))
        .Step("settings", static (run, cancel) =>
        {
            LockedMemory.PutBack(run.Machine.Snapshot.Pid, run.Job!.LockedBefore);
            return MigrationSettings.ResetAsync(run.Live!.Monitor, run.Job.Before, run.Job.Flags, cancel);
        })
        .Step("resume", static async (run, cancel) =>
        {
            await GuestLeases.TakeAsync(run.Keeper, run.Machine, cancel).ConfigureAwait(false);
            await ResumeAsync(run.Keeper, run.Machine, run.Live!, run.Job!).ConfigureAwait(false);
        });

    /// <summary>The flows, for tests that kill the daemon at each of their steps.</summary>
    internal static IReadOnlyList<IFlow> Flows => [Confirming, Cancelling];

    static void Note(Run run, MigrationPhase phase)
    {
        if (run.Job is null) return;
        run.Job.Phase = phase;
        run.Keeper.Save(run.Machine);
    }

    /// <summary>Confirms.</summary>
    internal static async ValueTask RunAsync(
        QemuKeeper keeper, QemuMachine machine, DomainMigrateFlags flags, byte[] cookie, bool cancelled, JobCaller caller, CancellationToken cancel)
    {
        MigrationJob? job = keeper.Migrations.Find(machine);
        if (job is not { Outgoing: true })
        {
            if (!flags.HasFlag(DomainMigrateFlags.Offline) || machine.Snapshot.IsActive)
                throw QemuErrors.Invalid(machine.Snapshot.IsActive ? $"domain '{machine.Name}' is not being migrated" : "domain is not running");
            // A machine that is off has nothing on its way; only its definition may go.
            await using var own = await machine.EnterAsync(Job.Modify, caller, cancel).ConfigureAwait(false);
            if (!cancelled) await Confirming.RunAsync(new(keeper, machine, null, null, flags), keeper.Flows, CancellationToken.None).ConfigureAwait(false);
            return;
        }
        try
        {
            if (flags.HasFlag(DomainMigrateFlags.Offline))
            {
                if (!cancelled && !machine.Snapshot.IsActive)
                    await Confirming.RunAsync(new(keeper, machine, null, null, flags), keeper.Flows, CancellationToken.None).ConfigureAwait(false);
                return;
            }
            var live = machine.Live ?? throw MachineErrors.NotRunning();
            var run = new Run(keeper, machine, live, job, flags);
            if (job.InPostcopy)
            {
                if (flags.HasFlag(DomainMigrateFlags.PostcopyResume)) job.Phase = MigrationPhase.ConfirmResume;
                keeper.Save(machine);
                await ResumeSteps.GoneAsync(keeper, machine, live, job, cancelled).ConfigureAwait(false);
                job.Phase = MigrationPhase.Performed;
                (cancelled, job.InPostcopy) = (false, false);
            }
            if (cancelled)
            {
                if (job.Phase is MigrationPhase.Begin) return;
                await Cancelling.RunAsync(run, keeper.Flows, CancellationToken.None).ConfigureAwait(false);
                return;
            }
            if (job.Phase is not MigrationPhase.Performed) throw QemuErrors.Invalid($"domain '{machine.Name}' is not being migrated");
            Count(keeper, machine, job, MigrationSide.Read(keeper, cookie, CookieParts.Statistics, machine.Name, machine.Uuid)?.Statistics);
            await Confirming.RunAsync(run, keeper.Flows, CancellationToken.None).ConfigureAwait(false);
        }
        finally
        {
            if (!job.InPostcopy || machine.Live is null) await keeper.Migrations.EndAsync(machine, job).ConfigureAwait(false);
            keeper.Save(machine);
        }
    }

    // How long the guest stood still is what the target knows.
    static void Count(QemuKeeper keeper, QemuMachine machine, MigrationJob job, CookieStatistics? told) =>
        job.Numbers = job.Times(keeper.Time.GetUtcNow()) with
        {
            Delta = told?.Delta ?? job.Numbers.Delta, Downtime = told?.Downtime ?? job.Numbers.Downtime, Sent = null,
        };

    static async ValueTask EndAsync(Run run)
    {
        if (run.Live is not { } live || run.Job is not { } job) return;
        live.Ending = true;
        await live.Process.EndAsync(TimeSpan.Zero, run.Keeper.Time, CancellationToken.None).ConfigureAwait(false);
        await live.Monitor.Ended.ConfigureAwait(false);
        live.LeavesDisk = job.Leaves;
        var who = run.Machine.Snapshot.Ref;
        var figures = new JobFigures(DomainJobOperation.MigrationOut, job.Numbers);
        if (run.Flags.HasFlag(DomainMigrateFlags.UndefineSource)) Forget(run);
        await StopFlow.RunAsync(run.Keeper, run.Machine, live, DomainShutoffReason.Migrated,
            run.Machine.Lifecycle(DomainEventType.Stopped, (int)DomainEventStoppedDetail.Migrated)).ConfigureAwait(false);
        run.Keeper.Migrations.Complete(run.Machine, figures);
        run.Machine.Raise(new DomainJobCompletedEvent(who, figures.ToParameters()));
    }

    // Nothing is told of a definition that went along.
    static void Forget(Run run)
    {
        if (!run.Machine.Snapshot.IsPersistent) return;
        run.Keeper.Definitions.Delete(run.Machine.Name);
        run.Machine.Commit(static s => s with { Persistent = null, Autostart = false });
    }

    static void Undefine(Run run)
    {
        if (!run.Flags.HasFlag(DomainMigrateFlags.UndefineSource) || run.Machine.IsRemoved || run.Machine.Snapshot.IsActive) return;
        Forget(run);
        run.Keeper.Checkpoints.Forget(run.Machine.Name);
        run.Keeper.Machines.Remove(run.Machine);
    }

    /// <summary>A guest that ran before runs again.</summary>
    internal static async ValueTask ResumeAsync(QemuKeeper keeper, QemuMachine machine, LiveQemu live, MigrationJob job)
    {
        if (!job.WasRunning || live.Monitor.Ended.IsCompleted || machine.Snapshot.Condition != Condition.Paused(DomainPausedReason.Migration)) return;
        live.RunningFor = DomainRunningReason.MigrationCanceled;
        await live.Monitor.RunAsync(new Cont(), CancellationToken.None).ConfigureAwait(false);
        keeper.Save(machine);
    }
}
