using Vireo.Core.Errors;
using Vireo.Driver;
using Vireo.Drivers.Qemu.Machine;
using Vireo.Drivers.Qemu.Migrate.Source;
using Vireo.Drivers.Qemu.Monitor;
using Vireo.Drivers.Qemu.Monitor.Commands;
using Vireo.Hypervisor.Machines;

namespace Vireo.Drivers.Qemu.Migrate.Postcopy;

/// <summary>
/// A guest that runs at the target while part of its memory is still at the source: neither side may end it, as neither has all of it. When the way between
/// them breaks, both keep what they have until somebody resumes the migration.
/// </summary>
static class PostcopyState
{
    // By then a QEMU has noticed, unless its network has not.
    static readonly TimeSpan Notice = TimeSpan.FromSeconds(10);

    /// <summary>What QEMU tells of it, on the monitor's reading loop.</summary>
    internal static void Tell(QemuKeeper keeper, QemuMachine machine, LiveQemu live, MigrationEvent told)
    {
        if (live.Migration is not { } job) return;
        switch (told.Status)
        {
            case "postcopy-active":
                job.InPostcopy = true;
                if (job.Outgoing) Move(machine, Condition.Paused(DomainPausedReason.Postcopy), DomainEventType.Suspended, (int)DomainEventSuspendedDetail.Postcopy);
                else if (machine.Snapshot.Condition == Condition.Running(DomainRunningReason.PostcopyFailed))
                    Move(machine, Condition.Running(DomainRunningReason.Postcopy), DomainEventType.Resumed, (int)DomainEventResumedDetail.Postcopy);
                keeper.SaveSoon(machine);
                break;
            case "postcopy-paused":
                Break(keeper, machine, job);
                break;
            case "completed" when job is { InPostcopy: true, Outgoing: false, Phase: MigrationPhase.PostcopyFailed }:
                // Nobody waits for it any more.
                Arrive(machine);
                _ = Task.Run(async () =>
                {
                    await keeper.Migrations.EndAsync(machine, job).ConfigureAwait(false);
                    keeper.Save(machine);
                });
                break;
            case "completed" when job is { InPostcopy: true, Outgoing: true, Phase: MigrationPhase.PostcopyFailed }:
                // What was left went by itself, after whoever led it was told that it does not.
                if (job.TakeEnd()) _ = Task.Run(async () => await ConfirmPhase.RunAsync(keeper, machine, job.Flags, [], cancelled: false, "postcopy", CancellationToken.None).ConfigureAwait(false));
                break;
        }
    }

    /// <summary>The way is broken.</summary>
    internal static void Break(QemuKeeper keeper, QemuMachine machine, MigrationJob job)
    {
        job.Phase = MigrationPhase.PostcopyFailed;
        if (job.Outgoing) Move(machine, Condition.Paused(DomainPausedReason.PostcopyFailed), DomainEventType.Suspended, (int)DomainEventSuspendedDetail.PostcopyFailed);
        else Move(machine, Condition.Running(DomainRunningReason.PostcopyFailed), DomainEventType.Resumed, (int)DomainEventResumedDetail.PostcopyFailed);
        keeper.SaveSoon(machine);
    }

    /// <summary>All of it is here.</summary>
    internal static void Arrive(QemuMachine machine) =>
        Move(machine, Condition.Running(DomainRunningReason.Migrated), DomainEventType.Resumed, (int)DomainEventResumedDetail.Migrated);

    static void Move(QemuMachine machine, DomainStateReason to, DomainEventType type, int detail)
    {
        bool changed = false;
        machine.Commit(s => (changed = s.IsActive && s.Condition != to && s.State == to.State) ? s with { Condition = to } : s);
        if (changed) machine.Raise(machine.Lifecycle(type, detail));
    }

    /// <summary>Waits for the end of it.</summary>
    /// <exception cref="VireoException">It broke.</exception>
    internal static async ValueTask WaitAsync(QemuKeeper keeper, QemuMachine machine, LiveQemu live, MigrationJob job, Expectation<MigrationEvent> end)
    {
        await Task.WhenAny(end.Happened, live.Monitor.Ended).ConfigureAwait(false);
        if (end.Happened is { IsCompletedSuccessfully: true, Result.Status: "completed" }) return;
        if (!live.Monitor.Ended.IsCompleted) Break(keeper, machine, job);
        throw Broken(job);
    }

    /// <summary>Waits until QEMU has noticed as well that the way is broken: the daemon may know it from the other side, earlier.</summary>
    /// <exception cref="VireoException">VIR_ERR_OPERATION_INVALID: for QEMU it is whole.</exception>
    internal static async ValueTask PausedAsync(QemuKeeper keeper, LiveQemu live)
    {
        using var paused = live.Monitor.Expect<MigrationEvent>(static e => e.EndsPostcopy);
        if (await StatusAsync().ConfigureAwait(false) is "postcopy-paused") return;
        await paused.WithinAsync(Notice, keeper.Time, CancellationToken.None).ConfigureAwait(false);
        if (await StatusAsync().ConfigureAwait(false) is not "postcopy-paused") throw QemuErrors.Invalid("QEMU reports migration is still running");

        async ValueTask<string> StatusAsync() => (await live.Monitor.RunAsync(new QueryMigrate(), CancellationToken.None).ConfigureAwait(false)).Status;
    }

    internal static VireoException Broken(MigrationJob job) =>
        new(ErrorCode.OperationFailed, ErrorDomain.Qemu, $"job 'migration {(job.Outgoing ? "out" : "in")}' failed in post-copy phase");
}
