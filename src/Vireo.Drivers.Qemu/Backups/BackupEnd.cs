using Vireo.Core.TypedParameters;
using Vireo.Driver;
using Vireo.Drivers.Qemu.Blocks.Jobs;
using Vireo.Drivers.Qemu.Blocks;
using Vireo.Drivers.Qemu.CommandLine;
using Vireo.Drivers.Qemu.Hotplug.Live;
using Vireo.Drivers.Qemu.Machine;
using Vireo.Drivers.Qemu.Migrate;
using Vireo.Drivers.Qemu.Monitor;
using Vireo.Drivers.Qemu.Monitor.Commands;
using Vireo.Hypervisor.Flows;
using Vireo.Model.Backup;
using Vireo.Model.Domain.Devices;

namespace Vireo.Drivers.Qemu.Backups;

/// <summary>
/// What becomes of a backup when QEMU is done with a disk of it, and with the last one. Each step may be done once more by a later daemon. How a disk ended is
/// written down before QEMU forgets it.
/// </summary>
static class BackupEnd
{
    sealed record Run(BlockJobGuest Guest, BackupRun Backup, BlockJob Job, BackupPart? Part, BlockJobStatus Status);

    /// <summary>The steps, for tests that kill the daemon at each of them.</summary>
    internal static IFlow Steps => Flow;

    static readonly Flow<Run> Flow = new Flow<Run>("backup-end")
        .Always("outcome", static run =>
        {
            run.Job.Outcome = run.Status;
            run.Backup.Set(run.Job.Disk, run.Status switch { BlockJobStatus.Completed => BackupDiskState.Complete, BlockJobStatus.Canceled => BackupDiskState.Cancelled, _ => BackupDiskState.Failed });
            run.Guest.Keeper.Save(run.Guest.Machine);
        })
        .Always("server", static run => run.Backup.Pulls ? BackupServing.StopAsync(run.Guest.Live.Monitor, run.Backup.Def.Server) : ValueTask.CompletedTask)
        .Always("dismiss", static run => BlockJobEnd.DismissAsync(run.Guest, run.Job))
        .Always("bitmap", static run => run.Part is { Pulls: false, Bitmap: { } bitmap } part
            ? BackupServing.TryAsync(run.Guest.Live.Monitor, new BlockDirtyBitmapRemove(part.BitmapNode, bitmap)) : ValueTask.CompletedTask)
        .Always("nodes", static async run =>
        {
            if (run.Part is { } part) await RemoveAsync(run.Guest, part).ConfigureAwait(false);
        })
        .Always("files", static run =>
        {
            if (run.Part is { } part && run.Backup.RemainsOf(part) is { } file) File.Delete(file);
        })
        .Always("forget", static run =>
        {
            run.Guest.Jobs.Remove(run.Job);
            run.Guest.Keeper.Save(run.Guest.Machine);
            run.Job.SetGone();
        });

    /// <summary>Asks QEMU how a disk's job ended, and makes it so. The machine's job is held.</summary>
    internal static async ValueTask<BlockJobStatus> RunAsync(BlockJobGuest guest, BlockJob job, CancellationToken cancel)
    {
        JobReport? report = (await guest.Live.Monitor.RunAsync(new QueryJobs(), cancel).ConfigureAwait(false)).FirstOrDefault(j => j.Id == job.Name);
        BlockJobStatus status = job.Outcome ?? (job.State is BlockJobState.Aborting ? BlockJobStatus.Canceled : report is { Error: null } ? BlockJobStatus.Completed : BlockJobStatus.Failed);
        if (guest.Live.Backup is not { } backup)
        {
            guest.Jobs.Remove(job);
            return status;
        }
        if (report is not null)
            backup.Count(report);
        if (status is not BlockJobStatus.Completed)
            backup.Error ??= report?.Error ?? "Operation canceled";
        if (status is BlockJobStatus.Failed && job.Outcome is null)
            guest.Keeper.Log.BackupFailed(guest.Machine.Name, job.Disk, report?.Error ?? "QEMU does not know it any more");
        BackupPart? part = BackupPlan.Parts(guest, backup.Def).FirstOrDefault(p => p.Target == job.Disk);
        await Flow.RunAsync(new Run(guest, backup, job, part, status), guest.Keeper.Flows, CancellationToken.None).ConfigureAwait(false);
        if (Left(guest).Count > 0)
        {
            // What is read is of no use in part, nor is what failed.
            if (backup.Pulls || status is not BlockJobStatus.Completed)
                await CancelAsync(guest).ConfigureAwait(false);
        }
        else
            await FinishAsync(guest, backup).ConfigureAwait(false);
        guest.Machine.Raise(BlockJobGuest.Told(guest.Machine, job, status));
        return status;
    }

    /// <summary>Its disks that QEMU is not done with.</summary>
    internal static IReadOnlyList<BlockJob> Left(BlockJobGuest guest) => [.. guest.Jobs.All.Where(static j => j.Type is DomainBlockJobType.Backup)];

    /// <summary>Gives up what is left; its end is told by QEMU.</summary>
    internal static async ValueTask CancelAsync(BlockJobGuest guest)
    {
        foreach (BlockJob job in Left(guest).Where(static j => j.State is not BlockJobState.Aborting))
        {
            job.State = BlockJobState.Aborting;
            guest.Live.Backup?.Set(job.Disk, BackupDiskState.Cancelling);
            guest.Keeper.Save(guest.Machine);
            await BackupServing.TryAsync(guest.Live.Monitor, new BlockJobCancel(job.Name, Force: true)).ConfigureAwait(false);
        }
    }

    /// <summary>All disks are done.</summary>
    internal static async ValueTask FinishAsync(BlockJobGuest guest, BackupRun backup)
    {
        if (backup.Pulls)
            await BackupServing.StopAsync(guest.Live.Monitor, backup.Def.Server).ConfigureAwait(false);
        var figures = backup.Figures([], guest.Keeper.Time.GetUtcNow());
        List<TypedParameter> more = backup.Error is { } why ? [new("errmsg", why)] : [];
        guest.Live.Backup = null;
        guest.Keeper.Save(guest.Machine);
        DomainJobType outcome = backup.Outcome;
        guest.Keeper.Migrations.Complete(guest.Machine, outcome is DomainJobType.Completed ? JobFigures.OfBackup(figures, [new("success", true), .. more]) : JobFigures.OfLostBackup(outcome));
        guest.Machine.Raise(new DomainJobCompletedEvent(guest.Machine.Snapshot.Ref,
            [new("operation", (int)DomainJobOperation.Backup), .. figures.ToParameters(), new("success", outcome is DomainJobType.Completed), .. more]));
        await backup.EndAsync().ConfigureAwait(false);
    }

    /// <summary>QEMU is gone.</summary>
    internal static async ValueTask LoseAsync(QemuKeeper keeper, QemuMachine machine, LiveQemu live)
    {
        if (live.Backup is not { } backup)
            return;
        live.Backup = null;
        BackupServing.Forget(backup.Def.Server);
        if (machine.Snapshot.Live is not null)
        {
            var guest = new BlockJobGuest(keeper, machine, live);
            foreach (BackupPart part in BackupPlan.Parts(guest, backup.Def))
            {
                await ReleaseAsync(guest, part).ConfigureAwait(false);
                if (backup.RemainsOf(part) is { } remains) File.Delete(remains);
            }
        }
        ulong elapsed = backup.Figures([], keeper.Time.GetUtcNow()).Elapsed;
        keeper.Migrations.Complete(machine, JobFigures.OfLostBackup(DomainJobType.Cancelled));
        machine.Raise(new DomainJobCompletedEvent(machine.Snapshot.Ref, [new("operation", (int)DomainJobOperation.Backup), new("time_elapsed", elapsed), new("success", false)]));
        await backup.EndAsync().ConfigureAwait(false);
    }

    /// <summary>Ends a disk's job that nobody was told of, and waits for its end.</summary>
    internal static async ValueTask DropAsync(BlockJobGuest guest, BackupPart part)
    {
        using var ended = guest.Live.Monitor.Expect<JobStatusEvent>(e => e.Id == part.JobName && e.Status is "concluded" or "null");
        JobReport? now = (await guest.Live.Monitor.RunAsync(new QueryJobs(), CancellationToken.None).ConfigureAwait(false)).FirstOrDefault(j => j.Id == part.JobName);
        if (now is { Status: not "concluded" })
        {
            await BackupServing.TryAsync(guest.Live.Monitor, new BlockJobCancel(part.JobName, Force: true)).ConfigureAwait(false);
            await ended.Happened.ConfigureAwait(false);
        }
        if (now is not null)
            await BackupServing.TryAsync(guest.Live.Monitor, new JobDismiss(part.JobName)).ConfigureAwait(false);
        if (part is { Pulls: false, Bitmap: { } bitmap })
            await BackupServing.TryAsync(guest.Live.Monitor, new BlockDirtyBitmapRemove(part.BitmapNode, bitmap)).ConfigureAwait(false);
    }

    internal static async ValueTask RemoveAsync(BlockJobGuest guest, BackupPart part)
    {
        using PlugRun run = PlugRun.Of(guest.Plug, part.Store);
        foreach (QemuPart one in part.Parts(guest.Plug).Reverse())
            await run.TakeAwayAsync(one).ConfigureAwait(false);
        await ReleaseAsync(guest, part).ConfigureAwait(false);
    }

    static async ValueTask ReleaseAsync(BlockJobGuest guest, BackupPart part)
    {
        Disk alone = part.Store with { BackingStore = new BackingStore() };
        using PlugRun run = PlugRun.Of(guest.Plug, alone);
        await guest.Plug.ReleaseAsync(alone, run.Plan).ConfigureAwait(false);
    }
}
