using Vireo.Core.Errors;
using Vireo.Driver;
using Vireo.Drivers.Qemu.CommandLine;
using Vireo.Drivers.Qemu.Hotplug.Live;
using Vireo.Drivers.Qemu.Machine;
using Vireo.Drivers.Qemu.Monitor.Commands;
using Vireo.Model.Domain.Devices;

namespace Vireo.Drivers.Qemu.Blocks.Jobs;

/// <summary>What is done with a job that is under way.</summary>
static class BlockJobChange
{
    /// <summary>Ends a job, by giving it up or by going over to the copy.</summary>
    /// <param name="guest">The machine.</param>
    /// <param name="path">The disk.</param>
    /// <param name="pivots">The guest goes over.</param>
    /// <param name="waits">Until it has ended.</param>
    /// <param name="cancel">Ends the waiting.</param>
    internal static async ValueTask EndAsync(BlockJobGuest guest, string path, bool pivots, bool waits, CancellationToken cancel)
    {
        Disk disk = BlockJobErrors.Find(guest.Def, path);
        BlockJob job = guest.Jobs.OfDisk(disk.Target.Device) ?? throw BlockJobErrors.None(disk.Target.Device);
        if (job.State is BlockJobState.Aborting or BlockJobState.Pivoting)
            throw QemuErrors.Invalid($"block job on disk '{disk.Target.Device}' is still being ended");
        BlockJobState before = job.State;
        if (pivots)
            await PivotAsync(guest, job, disk, cancel).ConfigureAwait(false);
        else
            await CommandAsync(guest, job, BlockJobState.Aborting, before, new BlockJobCancel(job.Name, Force: false), cancel).ConfigureAwait(false);
        if (!waits)
            return;
        await Task.WhenAny(job.Ended, guest.Live.Monitor.Ended).WaitAsync(cancel).ConfigureAwait(false);
        if (!job.Ended.IsCompleted)
            throw Hypervisor.Machines.MachineErrors.NotRunning();
        if (guest.Jobs.Find(job.Name) == job && await BlockJobEnd.RunAsync(guest, job, cancel).ConfigureAwait(false) is BlockJobStatus.Failed)
            throw new VireoException(ErrorCode.OperationFailed, ErrorDomain.Qemu, pivots ? $"failed to pivot job of disk '{disk.Target.Device}'" : $"failed to terminate block job on disk '{disk.Target.Device}'");
    }

    static async ValueTask PivotAsync(BlockJobGuest guest, BlockJob job, Disk disk, CancellationToken cancel)
    {
        if (job.Type is DomainBlockJobType.Backup)
            throw new VireoException(ErrorCode.BlockCopyActive, ErrorDomain.Qemu, $"block job '{job.Name}' not ready for pivot yet");
        if (!job.Mirrors)
            throw QemuErrors.Invalid($"job type '{(job.Type is DomainBlockJobType.Pull ? "pull" : "commit")}' does not support pivot");
        if (job.State is not BlockJobState.Ready)
            throw new VireoException(ErrorCode.BlockCopyActive, ErrorDomain.Qemu, $"disk '{disk.Target.Device}' not ready for pivot yet");
        if (job.IsShallowNew && disk.Mirror is { Source: { } copy, BackingStore: { Source: not null } below } mirror)
            await OpenBelowAsync(guest, BlockChain.Aside(disk, copy, mirror.Format, below), cancel).ConfigureAwait(false);
        await BlockJobBitmaps.BeginAsync(guest, job, disk, cancel).ConfigureAwait(false);
        try
        {
            await CommandAsync(guest, job, BlockJobState.Pivoting, BlockJobState.Ready, new JobComplete(job.Name), cancel).ConfigureAwait(false);
        }
        catch (Monitor.QmpRefusal)
        {
            await BlockJobBitmaps.GiveUpAsync(guest, job, disk).ConfigureAwait(false);
            throw;
        }
    }

    // The state is in the status before QEMU hears of it: whoever finds the job ended knows what it was to become.
    static async ValueTask CommandAsync(BlockJobGuest guest, BlockJob job, BlockJobState next, BlockJobState before, Monitor.IQmpAction command, CancellationToken cancel)
    {
        job.State = next;
        guest.Keeper.Save(guest.Machine);
        try
        {
            await guest.Live.Monitor.RunAsync(command, cancel).ConfigureAwait(false);
        }
        catch
        {
            job.State = before;
            guest.Keeper.Save(guest.Machine);
            throw;
        }
    }

    static async ValueTask OpenBelowAsync(BlockJobGuest guest, Disk copy, CancellationToken cancel)
    {
        await guest.Plug.UnlockAsync(copy, cancel).ConfigureAwait(false);
        using PlugRun run = PlugRun.Of(guest.Plug, copy);
        IReadOnlyList<QemuPart> fresh = run.Backends.Without(ImageNodes.Of(guest.Plug, copy with { BackingStore = new BackingStore() }));
        foreach (var part in guest.Plug.Label(copy).Concat(run.Making(fresh)))
            await part.Run(cancel).ConfigureAwait(false);
        await guest.Live.Monitor.RunAsync(new BlockdevSnapshot(BlockChain.NodeOf(BlockChain.IndexOf(copy.BackingStore!)), BlockChain.NodeOf(copy.Source.Index)), cancel).ConfigureAwait(false);
    }

    /// <summary>What QEMU tells of a job, on the monitor's reading loop.</summary>
    internal static void Tell(QemuKeeper keeper, QemuMachine machine, LiveQemu live, JobStatus told)
    {
        if (live.BlockJobs.Find(told.Id) is not { } job)
            return;
        switch (told.Status)
        {
            case "ready" when job.State is BlockJobState.New or BlockJobState.Running:
                MakeReady(machine, job);
                machine.Raise(BlockJobGuest.Told(machine, job, BlockJobStatus.Ready));
                keeper.SaveSoon(machine);
                break;
            case "concluded":
                BlockJobEnd.Tell(keeper, machine, live, job);
                break;
        }
    }

    static void MakeReady(QemuMachine machine, BlockJob job)
    {
        job.MakeReady();
        machine.Commit(s => s.Live is not { } def ? s : s with
        {
            Live = BlockJobGuest.Change(def, job.Disk, static d => d.Mirror is { } mirror ? d with { Mirror = mirror with { Ready = "yes" } } : d),
        });
    }

    /// <summary>What a job became while no daemon was there. Jobs that nobody knows are ended.</summary>
    internal static async ValueTask RefreshAsync(QemuKeeper keeper, QemuMachine machine, LiveQemu live, CancellationToken cancel)
    {
        var guest = new BlockJobGuest(keeper, machine, live);
        var there = (await live.Monitor.RunAsync(new QueryJobs(), cancel).ConfigureAwait(false)).ToDictionary(static j => j.Id, StringComparer.Ordinal);
        foreach (BlockJob job in live.BlockJobs.All)
        {
            there.Remove(job.Name, out JobReport? now);
            if (job.Type is DomainBlockJobType.Backup)
                continue;       // what becomes of all its disks is decided together
            if (now is null && job.State is BlockJobState.New)
            {
                live.BlockJobs.Remove(job);
                guest.Publish(job.Disk, static d => d with { Mirror = null });
            }
            else if (now is null or { Status: "concluded" })
            {
                job.Conclude();
                await BlockJobEnd.RunAsync(guest, job, cancel).ConfigureAwait(false);
            }
            else if (job.State is BlockJobState.New)
                job.State = BlockJobState.Running;
            if (now is { Status: "ready" } && job.Mirrors && job.State is BlockJobState.Running)
            {
                MakeReady(machine, job);
                machine.Raise(BlockJobGuest.Told(machine, job, BlockJobStatus.Ready));
            }
        }
        foreach (Disk left in guest.Def.Devices.Disks.Where(d => d.Mirror is not null && live.BlockJobs.OfDisk(d.Target.Device) is null).ToList())
            guest.Publish(left.Target.Device, static d => d with { Mirror = null });
        foreach (JobReport unknown in there.Values)
            await EndUnknownAsync(live, unknown, cancel).ConfigureAwait(false);
    }

    static async ValueTask EndUnknownAsync(LiveQemu live, JobReport job, CancellationToken cancel)
    {
        using var ended = live.Monitor.Expect<Monitor.JobStatusEvent>(e => e.Id == job.Id && e.Status is "concluded" or "null");
        try
        {
            if (job.Status != "concluded")
            {
                await live.Monitor.RunAsync(new JobCancel(job.Id), cancel).ConfigureAwait(false);
                await ended.Happened.WaitAsync(cancel).ConfigureAwait(false);
            }
            await live.Monitor.RunAsync(new JobDismiss(job.Id), cancel).ConfigureAwait(false);
        }
        catch (Monitor.QmpRefusal)
        {
            // It has gone by itself.
        }
    }
}

/// <summary>How QEMU says that a job stands.</summary>
/// <param name="Id">The job.</param>
/// <param name="Status">QEMU's word.</param>
readonly record struct JobStatus(string Id, string Status);
