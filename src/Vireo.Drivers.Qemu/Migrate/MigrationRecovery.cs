using Vireo.Driver;
using Vireo.Drivers.Qemu.Machine;
using Vireo.Drivers.Qemu.Migrate.Postcopy;
using Vireo.Drivers.Qemu.Migrate.Source;
using Vireo.Drivers.Qemu.Migrate.Storage;
using Vireo.Drivers.Qemu.Migrate.Target;
using Vireo.Drivers.Qemu.Monitor.Commands;
using Vireo.Drivers.Qemu.Status;
using Vireo.Host.Processes;
using Vireo.Hypervisor.Flows;
using Vireo.Hypervisor.Machines;

namespace Vireo.Drivers.Qemu.Migrate;

/// <summary>What becomes of migrations that nobody leads any more, because a daemon or a client ended: the guest runs once, or stands still once.</summary>
static class MigrationRecovery
{
    /// <summary>The flows, for tests that kill the daemon at each of their steps.</summary>
    internal static IReadOnlyList<IFlow> Flows => [BeginPhase.Steps, PerformPhase.Steps, FinishPhase.Steps, .. ConfirmPhase.Flows];

    /// <summary>
    /// Of a guest on its way in, nobody heard that it runs here: whoever leads the migration took the silence for a failure. One that was
    /// on its way out and confirmed runs elsewhere.
    /// </summary>
    internal static bool IsToEnd(DomainStatus status) => !PostcopyRecovery.IsHalf(status) && status.Job is { Async: LongJobKind.MigrationIn, Phase: "prepare" or "finish2" or "finish3" }
        or { Async: LongJobKind.MigrationOut, Phase: "confirm3" };

    /// <summary>What the status says of a guest that has come and runs, while whoever led it may not know.</summary>
    internal static StatusJob Unanswered { get; } = new() { Type = JobKind.None, Async = LongJobKind.MigrationIn, Phase = "none", Flags = 0 };

    /// <summary>Whoever led it knows.</summary>
    internal static void Answered(QemuKeeper keeper, QemuMachine machine, LiveQemu live)
    {
        if (live.Unanswered is null || machine.Live != live) return;
        live.Unanswered = null;
        keeper.Save(machine);
    }

    /// <summary>Why such a guest is off.</summary>
    internal static DomainShutoffReason? Why(StatusJob? job) => job is { Async: LongJobKind.MigrationOut, Phase: "confirm3" } ? DomainShutoffReason.Migrated : null;

    /// <summary>
    /// A daemon that ended while it sent a guest away: the guest stays. Only if everything was sent, the target may have it; then this one
    /// stands still until somebody who knows decides.
    /// </summary>
    internal static async ValueTask TakeBackAsync(QemuKeeper keeper, QemuMachine machine, LiveQemu live, StatusJob? job, CancellationToken cancel)
    {
        if (live.Inherited is { } status && job is not null && PostcopyRecovery.IsHalf(status))
        {
            await PostcopyRecovery.TakeAsync(keeper, machine, live, job, cancel).ConfigureAwait(false);
            return;
        }
        if (job is { Async: LongJobKind.MigrationIn, Phase: "none" } && machine.Snapshot.State is DomainState.Running)
        {
            // The source's guest may run again, if nobody heard of this one: two of them would ruin what they share, none of them waits for who knows.
            live.PausingFor = DomainPausedReason.Migration;
            await live.Monitor.RunAsync(new Stop(), cancel).ConfigureAwait(false);
            keeper.Log.ArrivalUnanswered(machine.Name);
            return;
        }
        if (job is not { Async: LongJobKind.MigrationOut, Phase: { } phase } || phase is "begin3" or "none") return;
        if (phase is "perform3_done") keeper.Log.DepartureUnanswered(machine.Name);
        if (phase is "perform3_done" or "postcopy_failed") return;
        LockedMemory.PutBack(machine.Snapshot.Pid, live.Inherited?.PreMigrationMemlock);
        await live.Monitor.RunAsync(new MigrateCancel(), cancel).ConfigureAwait(false);
        foreach (StatusJobDisk disk in job.Disks.ToArray())
            if (machine.Snapshot.Live?.Devices.Disks.FirstOrDefault(d => d.Target.Device == disk.Target) is { } copied)
                await DiskCopies.SweepAsync(live, disk.Target, CopiedDisks.ExportOf(copied)).ConfigureAwait(false);
        await MigrationSettings.ResetAsync(live.Monitor, MigrationParameters.Checked(job.MigrationParameters), (DomainMigrateFlags)(job.Flags ?? 0), cancel).ConfigureAwait(false);
        // Cancelled is a state on its way: the processors may only run when it is reached.
        for (int tries = 0; tries < 100; tries++)
        {
            if ((await live.Monitor.RunAsync(new QueryMigration(), cancel).ConfigureAwait(false)).Status is not ("cancelling" or "active" or "device")) break;
            await Task.Delay(TimeSpan.FromMilliseconds(20), keeper.Time, cancel).ConfigureAwait(false);
        }
        if (machine.Snapshot.Condition is { State: DomainState.Paused } now && (DomainPausedReason)now.Reason is DomainPausedReason.Migration or DomainPausedReason.Unknown)
        {
            live.RunningFor = DomainRunningReason.MigrationCanceled;
            await live.Monitor.RunAsync(new Cont(), cancel).ConfigureAwait(false);
        }
    }

    /// <summary>A client went away: what it led as it was begun, and what it has prepared, ends.</summary>
    internal static async ValueTask LeaveAsync(QemuKeeper keeper, object owner)
    {
        var led = keeper.Migrations.OwnedBy(owner).ToList();
        foreach (var (_, job) in led) await job.Deserted.CancelAsync().ConfigureAwait(false);
        // Whoever hangs up has read its answer by then; whoever does not lead any more lets no source go on. What is not answered yet is not left to that.
        foreach (QemuMachine came in keeper.Machines.All.Where(m => m.Live?.Unanswered == owner && keeper.Migrations.Find(m) is null).ToList())
            if (came.Live is { } answered) Answered(keeper, came, answered);
        foreach (var (uuid, job) in led)
        {
            if (keeper.Machines.Find(uuid) is not { } machine) continue;
            if (job.InPostcopy)
            {
                // Part of it is on either side: whoever resumes it goes on. While a step runs, that knows more.
                if (job is { Outgoing: true, Phase: MigrationPhase.Performed or MigrationPhase.BeginResume } or { Outgoing: false, Phase: MigrationPhase.PrepareResume })
                    PostcopyState.Break(keeper, machine, job);
                continue;
            }
            // While it is being sent, whoever sends it hears of its end.
            if (job is { Outgoing: true, Phase: MigrationPhase.Begin or MigrationPhase.Performed })
            {
                await keeper.Migrations.EndAsync(machine, job).ConfigureAwait(false);
                keeper.Save(machine);
            }
            else if (job is { Outgoing: false } && machine.Live is null)
            {
                FinishPhase.Withdraw(keeper, machine, job);
                await keeper.Migrations.EndAsync(machine, job).ConfigureAwait(false);
            }
            else if (job is { Outgoing: false, Phase: MigrationPhase.Prepare } && machine.Live is { } live)
                await FinishPhase.EndAsync(keeper, machine, live, job).ConfigureAwait(false);
        }
    }
}
