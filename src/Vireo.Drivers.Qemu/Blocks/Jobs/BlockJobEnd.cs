using Vireo.Core.Errors;
using Vireo.Driver;
using Vireo.Drivers.Qemu.Devices;
using Vireo.Drivers.Qemu.Hotplug.Live;
using Vireo.Drivers.Qemu.Machine;
using Vireo.Drivers.Qemu.Monitor.Commands;
using Vireo.Hypervisor.Flows;
using Vireo.Hypervisor.Jobs;
using Vireo.Hypervisor.Machines;
using Vireo.Model.Domain;
using Vireo.Model.Domain.Devices;

namespace Vireo.Drivers.Qemu.Blocks.Jobs;

/// <summary>
/// What becomes of a disk when a job on it has ended. Each step may be done once more by a later daemon. QEMU lets go of the nodes when it forgets the job, so
/// how the job ended is written down before.
/// </summary>
static class BlockJobEnd
{
    sealed class Run(BlockJobGuest guest, BlockJob job, BlockJobStatus status, Disk? before)
    {
        internal BlockJobGuest Guest => guest;
        internal BlockJob Job => job;
        internal BlockJobStatus Status => status;
        internal Disk? Before => before;
        internal string Target => job.Disk;
    }

    /// <summary>The steps, for tests that kill the daemon at each of them.</summary>
    internal static IFlow Steps => Flow;

    static readonly Flow<Run> Flow = new Flow<Run>("block-job-end")
        .Always("outcome", static run =>
        {
            run.Job.Outcome = run.Status;
            run.Guest.Keeper.Save(run.Guest.Machine);
        })
        // QEMU 7.2 ends when bitmaps of images are merged that a job still holds.
        .Always("dismiss", static run => DismissAsync(run.Guest, run.Job))
        .Always("bitmaps", static run => run.Before is not { } before ? ValueTask.CompletedTask
            : run.Status is BlockJobStatus.Completed ? BlockJobBitmaps.EndAsync(run.Guest, run.Job, before) : BlockJobBitmaps.GiveUpAsync(run.Guest, run.Job, before))
        .Always("definition", WriteDefinition)
        .Always("publish", static run =>
        {
            if (run.Before is not null)
                run.Guest.Publish(run.Target, d => After(d, run.Job, run.Status));
        })
        .Always("nodes", RemoveNodesAsync)
        .Always("labels", static run =>
        {
            if (run.Guest.DiskOf(run.Target) is { } now) run.Guest.Plug.Settle(now);
        })
        .Always("files", DeleteCommitted)
        .Always("forget", static run =>
        {
            run.Guest.Jobs.Remove(run.Job);
            run.Guest.Keeper.Save(run.Guest.Machine);
            run.Job.SetGone();
        });

    /// <summary>Asks QEMU how a job ended, and makes it so. The machine's job is held.</summary>
    /// <exception cref="VireoException">QEMU is gone.</exception>
    internal static async ValueTask<BlockJobStatus> RunAsync(BlockJobGuest guest, BlockJob job, CancellationToken cancel)
    {
        if (job.Type is DomainBlockJobType.Backup)
            return await Backups.BackupEnd.RunAsync(guest, job, cancel).ConfigureAwait(false);
        var jobs = await guest.Live.Monitor.RunAsync(new QueryJobs(), cancel).ConfigureAwait(false);
        JobReport? ended = jobs.FirstOrDefault(j => j.Id == job.Name);
        BlockJobStatus status = job.Outcome ?? (job.State is BlockJobState.Aborting ? BlockJobStatus.Canceled
            : ended is { Error: null } && (!job.Mirrors || job.State is BlockJobState.Pivoting) ? BlockJobStatus.Completed
            : ended is { Error: null } ? BlockJobStatus.Canceled : BlockJobStatus.Failed);
        if (status is BlockJobStatus.Failed && job.Outcome is null)
            guest.Keeper.Log.BlockJobFailed(guest.Machine.Name, job.Disk, ended?.Error ?? "QEMU does not know it any more");
        await Flow.RunAsync(new Run(guest, job, status, guest.DiskOf(job.Disk)), guest.Keeper.Flows, CancellationToken.None).ConfigureAwait(false);
        guest.Machine.Raise(BlockJobGuest.Told(guest.Machine, job, status));
        return status;
    }

    /// <summary>QEMU tells that a job has ended: whoever waits takes care of it, else the daemon.</summary>
    internal static void Tell(QemuKeeper keeper, QemuMachine machine, LiveQemu live, BlockJob job)
    {
        job.Conclude();
        _ = LaterAsync(keeper, machine, live, job);
    }

    static async Task LaterAsync(QemuKeeper keeper, QemuMachine machine, LiveQemu live, BlockJob job)
    {
        while (machine.Live == live && live.BlockJobs.Find(job.Name) == job)
            try
            {
                await using var turn = await machine.EnterAsync(Job.Modify, "blockjob", CancellationToken.None).ConfigureAwait(false);
                if (machine.Live == live && live.BlockJobs.Find(job.Name) == job)
                    await RunAsync(new BlockJobGuest(keeper, machine, live), job, turn.Interrupted).ConfigureAwait(false);
                return;
            }
            catch (VireoException e) when (e.Code is ErrorCode.OperationTimeout)
            {
                // Whoever holds the machine takes longer than others wait: the job's end is not lost by that.
            }
            catch (Exception e)
            {
                keeper.Log.BlockJobFailed(machine.Name, job.Disk, e.Message);
                return;
            }
    }

    /// <summary>The disk as it is then.</summary>
    static Disk After(Disk disk, BlockJob job, BlockJobStatus status)
    {
        if (status is not BlockJobStatus.Completed)
            return job.Mirrors ? disk with { Mirror = null } : disk;
        return job.Type switch
        {
            DomainBlockJobType.Pull => BlockChain.Pulled(disk, job.Base),
            DomainBlockJobType.Commit => BlockChain.Committed(disk, job.TopParent, job.Base!),
            DomainBlockJobType.ActiveCommit => BlockChain.OnBase(disk, job.Base!) with { Mirror = null },
            _ => disk.Mirror is { Source: { } copy } mirror
                ? BlockChain.On(disk, copy, mirror.Format, mirror.BackingStore ?? disk.BackingStore) with { Mirror = null } : disk,
        };
    }

    // The next start takes the image that the guest has now, if it took the one from before.
    static void WriteDefinition(Run run)
    {
        if (run is not { Status: BlockJobStatus.Completed, Before: { } before } || run.Guest.Machine.Snapshot.Persistent is not { } kept)
            return;
        Disk after = After(before, run.Job, run.Status);
        if (kept.Devices.Disks.FirstOrDefault(d => d.Target.Device == run.Target) is not { } disk || !SameImage(disk.Source, before.Source))
            return;
        bool moves = run.Job.Mirrors;
        if (!moves && disk.BackingStore is not { Source: not null })
            return;
        Disk next = disk with
        {
            Source = moves ? after.Source with { Index = null, PrivateData = null } : disk.Source,
            Driver = moves ? (disk.Driver ?? new DiskDriver()) with { Type = after.Driver?.Type } : disk.Driver,
            BackingStore = BlockChain.Written(after.BackingStore),
        };
        DomainDef def = kept with { Devices = kept.Devices.Replace(disk, next) };
        run.Guest.Keeper.Definitions.Save(run.Guest.Machine.Name, run.Guest.Machine.Uuid, def.ToXml(DomainFormat.Inactive | DomainFormat.Secure));
        run.Guest.Machine.Commit(s => s with { Persistent = def });
    }

    internal static bool SameImage(DiskSource one, DiskSource other) =>
        one with { Index = null, PrivateData = null, StartupPolicy = null } == (other with { Index = null, PrivateData = null, StartupPolicy = null });

    static async ValueTask RemoveNodesAsync(Run run)
    {
        if (run.Before is not { } before || run.Guest.DiskOf(run.Target) is not { } now)
            return;
        await ReleaseAsync(run, before with { Mirror = null }, now).ConfigureAwait(false);
        if (run.Job.Type is DomainBlockJobType.Copy && before.Mirror is { Source: { } copy } mirror)
            await ReleaseAsync(run, BlockChain.Aside(before, copy, mirror.Format, mirror.BackingStore ?? (run.Job.IsShallow ? before.BackingStore : new BackingStore())), now).ConfigureAwait(false);
    }

    static async ValueTask ReleaseAsync(Run run, Disk was, Disk now)
    {
        await ImageNodes.RemoveAsync(run.Guest.Plug, was, now).ConfigureAwait(false);
        if (was.Source.Index == now.Source.Index)
            return;
        Disk gone = BlockChain.Aside(was, was.Source, was.Driver?.Type, was.BackingStore);
        using PlugRun plan = PlugRun.Of(run.Guest.Plug, gone);
        await run.Guest.Plug.ReleaseAsync(gone, plan.Plan).ConfigureAwait(false);
    }

    static void DeleteCommitted(Run run)
    {
        if (run is not { Status: BlockJobStatus.Completed, Job.DeletesCommitted: true, Before: { } before } || run.Guest.DiskOf(run.Target) is not { } now)
            return;
        HashSet<string> kept = [.. ImagesOf(now)];
        foreach (string path in ImagesOf(before).Where(p => !kept.Contains(p)))
            if (File.Exists(path) && !path.StartsWith("/dev/", StringComparison.Ordinal))
                File.Delete(path);
    }

    internal static IEnumerable<string> ImagesOf(Disk disk)
    {
        if (Capabilities.DomainBlocks.PathOf(disk) is { } top)
            yield return top;
        if ((disk.Mirror?.Source as DiskSource.OfFile)?.Path is { } copy)
            yield return copy;
        for (BackingStore? store = disk.BackingStore; store is { Source: { } source }; store = store.Next)
            if (source is DiskSource.OfFile { Path: { } path } || source is DiskSource.OfBlock { Path: { } device } && (path = device) is not null)
                yield return path;
    }

    internal static async ValueTask DismissAsync(BlockJobGuest guest, BlockJob job)
    {
        try
        {
            await guest.Live.Monitor.RunAsync(new JobDismiss(job.Name), CancellationToken.None).ConfigureAwait(false);
        }
        catch (VireoException)
        {
            // It is gone already.
        }
    }
}
