using Vireo.Core.Errors;
using Vireo.Driver;
using Vireo.Drivers.Qemu.Machine;
using Vireo.Drivers.Qemu.Migrate.Source;
using Vireo.Drivers.Qemu.Monitor;
using Vireo.Drivers.Qemu.Monitor.Commands;
using Vireo.Drivers.Qemu.Status;
using Vireo.Hypervisor.Jobs;
using Vireo.Hypervisor.Machines;

namespace Vireo.Drivers.Qemu.Migrate.Postcopy;

/// <summary>Guests of which part is on either side, found by a daemon after the one that led them: they stay so until somebody resumes the migration.</summary>
static class PostcopyRecovery
{
    /// <summary>Whether a guest was left so.</summary>
    internal static bool IsHalf(DomainStatus status) => status.Job is { Async: LongJobKind.MigrationOut or LongJobKind.MigrationIn }
        && (status.Condition == Condition.Running(DomainRunningReason.Postcopy) || status.Condition == Condition.Running(DomainRunningReason.PostcopyFailed)
            || status.Condition == Condition.Paused(DomainPausedReason.Postcopy) || status.Condition == Condition.Paused(DomainPausedReason.PostcopyFailed));

    /// <summary>Takes it over, as soon as whoever finds it lets go of the machine.</summary>
    internal static async ValueTask TakeAsync(QemuKeeper keeper, QemuMachine machine, LiveQemu live, StatusJob left, CancellationToken cancel)
    {
        bool outgoing = left.Async is LongJobKind.MigrationOut;
        var end = live.Monitor.Expect<MigrationEvent>(static e => e.EndsPostcopy);
        bool whole = (await live.Monitor.RunAsync(new QueryMigration(), cancel).ConfigureAwait(false)).Status is "completed";
        if (whole && !outgoing)
        {
            end.Dispose();
            PostcopyState.Arrive(machine);
            return;
        }
        _ = GuardAsync();

        async Task GuardAsync()
        {
            try
            {
                var held = await machine.EnterAsync(outgoing ? AsyncJob.MigrationOut : AsyncJob.MigrationIn, "reconnect", outgoing ? BeginPhase.Allowed : JobMask.Default, CancellationToken.None).ConfigureAwait(false);
                var job = new MigrationJob(held, outgoing, (DomainMigrateFlags)(left.Flags ?? 0), new object(), keeper.Time.GetUtcNow())
                {
                    InPostcopy = true, Phase = MigrationPhase.PostcopyFailed, Before = MigrationParameters.Checked(left.MigrationParameters),
                    Copied = [.. left.Disks.Select(static d => d.Target)], Departure = outgoing ? end : null, Arrival = outgoing ? null : end,
                };
                keeper.Migrations.Begin(machine, job);
                // All of it is at the target: nothing is here that anybody could go on with.
                if (whole) await ConfirmPhase.RunAsync(keeper, machine, job.Flags, [], cancelled: false, "reconnect", CancellationToken.None).ConfigureAwait(false);
                else PostcopyState.Break(keeper, machine, job);
            }
            catch (VireoException e)
            {
                end.Dispose();
                keeper.Log.ReconnectFailed(machine.Name, e);
            }
        }
    }
}
