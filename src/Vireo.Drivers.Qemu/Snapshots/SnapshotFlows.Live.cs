using Vireo.Core.Errors;
using Vireo.Driver;
using Vireo.Drivers.Qemu.Blocks.Jobs;
using Vireo.Drivers.Qemu.Machine;
using Vireo.Drivers.Qemu.Monitor;
using Vireo.Drivers.Qemu.Monitor.Commands;
using Vireo.Drivers.Qemu.Save;
using Vireo.Hypervisor.Flows;
using Vireo.Model.Domain;
using Vireo.Model.Domain.Devices;
using Vireo.Model.Snapshot;

namespace Vireo.Drivers.Qemu.Snapshots;

static partial class SnapshotFlows
{
    /// <summary>Memory and disks of a machine that runs, in its images.</summary>
    internal static readonly Flow<SnapshotRun> LiveInternal = new Flow<SnapshotRun>("snapshot-memory")
        .Step("save", static async (run, _) => await StateJobAsync(run.Work, run.Def, static (job, tag, nodes) => new SnapshotSave(job, tag, nodes[0], nodes)).ConfigureAwait(false),
            static async run => await StateJobAsync(run.Work, run.Def, static (job, tag, nodes) => new SnapshotForget(job, tag, nodes)).ConfigureAwait(false))
        .Step("keep", static run => run.Keep());

    internal static async ValueTask LiveInternalAsync(SnapshotRun run)
    {
        bool running = await PauseAsync(run.Work).ConfigureAwait(false);
        try
        {
            await LiveInternal.RunAsync(run, run.Work.Keeper.Flows, run.Work.Interrupted).ConfigureAwait(false);
        }
        finally
        {
            if (running) await GoOnAsync(run.Work).ConfigureAwait(false);
        }
    }

    /// <summary>Has QEMU do something with the state in the images of a snapshot's disks, and waits for its end.</summary>
    internal static async ValueTask StateJobAsync(SnapshotWork work, SnapshotDef def, Func<string, string, IReadOnlyList<string>, IQmpAction> command)
    {
        LiveQemu live = work.Job.RequireLive();
        string[] nodes = [.. SnapshotWork.Parts(def, work.Guest.Def, SnapshotLocation.Internal).Select(static p => BlockChain.NodeOf(p.Disk.Source.Index))];
        if (nodes.Length == 0)
            throw VireoException.Internal(ErrorDomain.Qemu, "no disk can hold the state");
        const string job = "vireo-state";
        using var ended = live.Monitor.Expect<JobStatusEvent>(static e => e.Id == job && e.Status == "concluded");
        await live.Monitor.RunAsync(command(job, def.Name!, nodes), work.Interrupted).ConfigureAwait(false);
        await ended.Happened.WaitAsync(work.Interrupted).ConfigureAwait(false);
        JobReport? done = (await live.Monitor.RunAsync(new QueryJobs(), work.Interrupted).ConfigureAwait(false)).FirstOrDefault(static j => j.Id == job);
        await live.Monitor.RunAsync(new JobDismiss(job), work.Interrupted).ConfigureAwait(false);
        if (done?.Error is { } why)
            throw new VireoException(ErrorCode.OperationFailed, ErrorDomain.Qemu, $"snapshot '{def.Name}' of the machine's state failed: {why}");
    }

    internal static async ValueTask LiveExternalAsync(SnapshotRun run)
    {
        SnapshotWork work = run.Work;
        LiveQemu live = work.Job.RequireLive();
        bool running = work.Machine.Snapshot.State is DomainState.Running, memory = run.Def.Memory is { Location: SnapshotLocation.External }, frozen = false;
        if (run.Flags.HasFlag(SnapshotCreateFlags.Quiesce))
        {
            await work.Keeper.Freezer.FreezeAsync(work.Machine, work.Interrupted).ConfigureAwait(false);
            frozen = true;
        }
        try
        {
            if (memory && running && !run.Flags.HasFlag(SnapshotCreateFlags.Live))
                await PauseAsync(work).ConfigureAwait(false);
            if (memory)
                await MemoryAsync(run, live).ConfigureAwait(false);
            try
            {
                await Overlaying.RunAsync(run, work.Keeper.Flows, work.Interrupted).ConfigureAwait(false);
            }
            catch when (memory)
            {
                File.Delete(run.Def.Memory!.File!);
                throw;
            }
        }
        finally
        {
            if (running && memory && work.Machine.Snapshot.State is DomainState.Paused) await GoOnAsync(work).ConfigureAwait(false);
            if (frozen) await work.Keeper.Freezer.ThawAsync(work.Machine).ConfigureAwait(false);
        }
    }

    static async ValueTask MemoryAsync(SnapshotRun run, LiveQemu live)
    {
        SnapshotWork work = run.Work;
        string file = run.Def.Memory!.File!;
        if (work.All.All.FirstOrDefault(s => s.Memory?.File == file) is { } owner)
            throw SnapshotErrors.Config($"memory file '{file}' is that of snapshot '{owner.Name}'");
        bool existed = File.Exists(file);
        var image = new SaveImage
        {
            Xml = run.Def.Domain!.Def!.ToXml(DomainFormat.Secure | DomainFormat.Inactive), Cookie = SaveOut.Cookie(work.Keeper, work.Machine.Snapshot, live).ToXml(),
            WasRunning = run.Def.State is SnapshotState.Running, Compression = Format(work.Keeper),
        };
        try
        {
            using FileStream to = SaveFile.Create(file);
            SaveFile.Write(to, image.ToBytes(complete: false), file);
            await SaveOut.SendAsync(work.Keeper, work.Machine, live, file, image.Compression, DomainJobOperation.Snapshot, work.Interrupted).ConfigureAwait(false);
            to.Flush(flushToDisk: true);
            to.Position = 0;
            SaveFile.Write(to, image.ToBytes(complete: true), file);
            to.Flush(flushToDisk: true);
        }
        catch
        {
            if (!existed) File.Delete(file);
            throw;
        }
    }

    static SaveCompression Format(QemuKeeper keeper) =>
        SaveFile.Format(keeper.Config.SnapshotImageFormat) is var wanted && StatePrograms.IsThere(wanted) ? wanted : SaveCompression.Raw;

    static async ValueTask<bool> PauseAsync(SnapshotWork work)
    {
        if (work.Machine.Snapshot.State is not DomainState.Running)
            return false;
        LiveQemu live = work.Job.RequireLive();
        live.PausingFor = DomainPausedReason.Snapshot;
        await live.Monitor.RunAsync(new Stop(), work.Interrupted).ConfigureAwait(false);
        work.Keeper.Save(work.Machine);
        return true;
    }

    static async ValueTask GoOnAsync(SnapshotWork work)
    {
        try
        {
            if (work.Machine.Live is not { } live) return;
            live.RunningFor = DomainRunningReason.Unpaused;
            await live.Monitor.RunAsync(new Cont(), CancellationToken.None).ConfigureAwait(false);
            work.Keeper.Save(work.Machine);
        }
        catch (VireoException e)
        {
            work.Keeper.Log.SnapshotFault(work.Name, e.Message);
        }
    }
}
