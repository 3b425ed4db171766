using Vireo.Core.Errors;
using Vireo.Driver;
using Vireo.Drivers.Qemu.Blocks;
using Vireo.Drivers.Qemu.Blocks.Jobs;
using Vireo.Drivers.Qemu.Checkpoints;
using Vireo.Drivers.Qemu.CommandLine;
using Vireo.Drivers.Qemu.Devices;
using Vireo.Drivers.Qemu.Hotplug.Live;
using Vireo.Drivers.Qemu.Monitor.Commands;
using Vireo.Hypervisor.Flows;
using Vireo.Hypervisor.Images;
using Vireo.Hypervisor.Jobs;
using Vireo.Model.Backup;
using Vireo.Model.Checkpoint;
using Vireo.Model.Domain.Devices;

namespace Vireo.Drivers.Qemu.Backups;

/// <summary>
/// Begins a backup of all its disks at one instant. It is in the status before QEMU hears of it, and its jobs are new ones there until its caller is told that it
/// goes on: what a crash leaves of one that nobody was told of is taken away by the next daemon.
/// </summary>
static class BackupBegin
{
    /// <summary>What others may do to the machine meanwhile.</summary>
    internal const JobMask Allowed = JobMask.Default | JobMask.Suspend | JobMask.Modify;

    sealed record Run(CheckpointWork Work, BackupRun Backup, CheckpointDef? Checkpoint, IReadOnlyList<BackupPart> Parts, bool IsReused)
    {
        internal BlockJobGuest Guest { get; } = Work.Guest;
        internal Dictionary<string, ulong> Capacities { get; } = new(StringComparer.Ordinal);
        internal IEnumerable<string> Files => IsReused ? [] : Parts.Where(static p => p.Store.Source is DiskSource.OfFile).Select(static p => p.Path!);
    }

    /// <summary>The steps, for tests that kill the daemon at each of them.</summary>
    internal static IFlow Steps => Flow;

    static readonly Flow<Run> Flow = new Flow<Run>("backup")
        .Step("note", Note, Forget)
        .Each("files", static run => run.Files.Select((path, number) => new FlowPart($"{number}", _ =>
        {
            NewFiles.Make(path);
            return ValueTask.CompletedTask;
        }, () =>
        {
            File.Delete(path);
            return ValueTask.CompletedTask;
        })))
        .Each("host", static run => run.Parts.SelectMany((p, disk) => Renamed(disk, run.Guest.Plug.Prepare(p.Store, PlugRun.Of(run.Guest.Plug, p.Store).Plan))))
        .Each("labels", static run => run.Parts.SelectMany((p, disk) => Renamed(disk, run.Guest.Plug.Label(p.Store with { BackingStore = new BackingStore() }))))
        .Step("sizes", static async (run, cancel) =>
        {
            foreach (BackupPart part in run.Parts)
                run.Capacities[part.Target] = await ImageNodes.CapacityAsync(run.Guest.Live.Monitor, part.Source, cancel).ConfigureAwait(false);
        })
        .Each("nodes", static run => run.Parts.SelectMany((p, disk) => Renamed(disk, Making(run, p))))
        .Step("server", static async (run, cancel) =>
        {
            if (run.Backup.Pulls) await BackupServing.StartAsync(run.Guest.Keeper, run.Guest.Live, run.Guest.Plug, run.Backup.Def.Server!, cancel).ConfigureAwait(false);
        }, static async run =>
        {
            if (run.Backup.Pulls) await BackupServing.StopAsync(run.Guest.Live.Monitor, run.Backup.Def.Server).ConfigureAwait(false);
        })
        .Step("begin", static async (run, _) =>
        {
            BitmapPlans bitmaps = await run.Work.BitmapsAsync().ConfigureAwait(false);
            await run.Work.DoAsync([.. run.Checkpoint is null ? [] : CheckpointTake.Actions(run.Work, run.Checkpoint), .. run.Parts.SelectMany(p => p.Actions(bitmaps))]).ConfigureAwait(false);
        }, static async run =>
        {
            foreach (BackupPart part in run.Parts)
                await BackupEnd.DropAsync(run.Guest, part).ConfigureAwait(false);
            if (run.Checkpoint is not null) await run.Work.RemoveAsync(run.Checkpoint.Name!).ConfigureAwait(false);
        })
        .Each("exports", static run => run.Backup.Pulls ? run.Parts.Select((p, number) => new FlowPart($"{number}", async cancel =>
            await run.Guest.Live.Monitor.RunAsync(new BlockExportAdd(p.Export, p.Node, p.Def.ExportName!, IsWritable: false) { Bitmap = p.Bitmap }, cancel).ConfigureAwait(false))) : [])
        .Step("keep", static run =>
        {
            if (run.Checkpoint is not null) CheckpointTake.Keep(run.Work, run.Checkpoint);
        }, static run =>
        {
            if (run.Checkpoint is not null) run.Work.Save(run.Work.All.Without(run.Checkpoint));
        })
        .Step("settle", static run =>
        {
            foreach (BackupPart part in run.Parts)
            {
                run.Guest.Jobs.OfDisk(part.Target)!.State = BlockJobState.Running;
                run.Backup.Set(part.Target, BackupDiskState.Running);
            }
            run.Guest.Keeper.Save(run.Guest.Machine);
        })
        .Step("forget", static run =>
        {
            run.Guest.Keeper.NewFiles.Forget(run.Guest.Machine.Name);
            run.Guest.Keeper.NewCheckpoints.Forget(run.Guest.Machine.Name);
        });

    /// <summary>Begins it. The caller holds the long job, of which this is a step.</summary>
    internal static async ValueTask RunAsync(CheckpointWork work, BackupRun backup, CheckpointDef? checkpoint, bool reuse)
    {
        await work.SettleAsync().ConfigureAwait(false);
        if (checkpoint is not null)
            await CheckpointTake.ClearAsync(work, checkpoint).ConfigureAwait(false);
        IReadOnlyList<BackupPart> parts = BackupPlan.Parts(work.Guest, backup.Def);
        BackupPlan.Check(await work.BitmapsAsync().ConfigureAwait(false), parts);
        foreach (BackupPart part in parts)
            await work.Guest.Plug.UnlockAsync(part.Store, work.Interrupted).ConfigureAwait(false);
        backup.Change(def => def with
        {
            PrivateData = BackupServing.Remembered(work.Guest.Plug, def.Server),
            Disks = def.Disks! with { All = def.Disks.All.Map(d => parts.FirstOrDefault(p => p.Target == d.Name) is { } part ? d with { Store = d.Store! with { Source = d.Store.Source with { PrivateData = part.Remembered } } } : d) },
        });
        await Flow.RunAsync(new Run(work, backup, checkpoint, parts, reuse), work.Keeper.Flows, work.Interrupted).ConfigureAwait(false);
    }

    static void Note(Run run)
    {
        string name = run.Guest.Machine.Name;
        run.Guest.Keeper.NewFiles.Note(name, run.Files);
        if (run.Checkpoint is not null)
            CheckpointTake.Note(run.Work, run.Checkpoint);
        foreach (BackupPart part in run.Parts)
            run.Guest.Jobs.Add(part.ToJob());
        run.Guest.Live.Backup = run.Backup;
        run.Guest.Keeper.Save(run.Guest.Machine);
    }

    static void Forget(Run run)
    {
        run.Guest.Live.Backup = null;
        foreach (BackupPart part in run.Parts)
            if (run.Guest.Jobs.Find(part.JobName) is { } job) run.Guest.Jobs.Remove(job);
        run.Guest.Keeper.Save(run.Guest.Machine);
        run.Guest.Keeper.NewFiles.Forget(run.Guest.Machine.Name);
        run.Guest.Keeper.NewCheckpoints.Forget(run.Guest.Machine.Name);
    }

    static IEnumerable<FlowPart> Renamed(int disk, IEnumerable<FlowPart> parts) => parts.Select(p => p with { Name = $"{disk}-{p.Name}" });

    // Bytes, then what is written at their beginning, then the format.
    static IEnumerable<FlowPart> Making(Run run, BackupPart part)
    {
        IReadOnlyList<QemuPart> fresh = part.Parts(run.Guest.Plug);
        PlugRun nodes = PlugRun.Of(run.Guest.Plug, part.Store);
        var images = ImageNodes.ImagesOf(run.Guest.Plug, part.Store);
        BlockImage image = images[0];
        ulong capacity = run.Capacities[part.Target];
        if (!run.IsReused && image is { Format: StorageFormat.Raw, Source: DiskSource.OfFile } && ImageCreation.Storage(image, capacity) is { } bytes)
            yield return new FlowPart("extend", async cancel => await ImageNodes.CreateAsync(run.Guest.Live.Monitor, part.Node, bytes, cancel).ConfigureAwait(false));
        foreach (FlowPart one in nodes.Making(fresh.TakeWhile(p => !part.IsFormat(p))))
            yield return one;
        if (!run.IsReused && ImageCreation.Format(image, capacity, images.Count > 1 ? images[1] : null) is { } options)
            yield return new FlowPart("create", async cancel => await ImageNodes.CreateAsync(run.Guest.Live.Monitor, part.Node, options, cancel).ConfigureAwait(false));
        foreach (FlowPart one in nodes.Making(fresh.SkipWhile(p => !part.IsFormat(p))))
            yield return one with { Name = "top-" + one.Name };
    }
}
