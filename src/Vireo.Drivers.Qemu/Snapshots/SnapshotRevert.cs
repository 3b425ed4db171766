using Vireo.Core.Errors;
using Vireo.Driver;
using Vireo.Drivers.Qemu.Blocks.Jobs;
using Vireo.Drivers.Qemu.Machine;
using Vireo.Hypervisor.Flows;
using Vireo.Hypervisor.Machines;
using Vireo.Model.Domain;
using Vireo.Model.Domain.Devices;
using Vireo.Model.Snapshot;

namespace Vireo.Drivers.Qemu.Snapshots;

/// <summary>What the steps of going back share.</summary>
sealed class RevertRun(SnapshotWork work, SnapshotDef to, DomainDef runs, DomainDef? defined)
{
    internal SnapshotWork Work => work;
    internal SnapshotDef To => to;

    /// <summary>What starts, and what the next start takes; null: a machine that stays while it runs.</summary>
    internal DomainDef Runs { get; set; } = runs;
    internal DomainDef? Defined { get; set; } = defined;
    internal DomainDef? Before { get; } = work.Machine.Snapshot.Persistent;
    internal List<(SnapshotDisk Part, Disk Disk, string File)> Overlays { get; } = [];
}

/// <summary>Makes a machine what it was at a snapshot. Images that snapshots keep are never written: the machine goes on with new ones on top of them.</summary>
static class SnapshotRevert
{
    /// <summary>The steps, for tests that kill the daemon at each of them.</summary>
    internal static IFlow Steps => Flow;

    // The definition goes first: a start in between must not write into what a snapshot keeps.
    static readonly Flow<RevertRun> Flow = new Flow<RevertRun>("snapshot-revert")
        .Step("keep", static (run, _) => SnapshotKeep.RunAsync(run.Work, run.Work.Get(run.To.Name!)))
        .Step("note", Note, static run => run.Work.Keeper.NewFiles.Forget(run.Work.Name))
        .Each("overlays", static run => run.Overlays.Select(o => new FlowPart(o.Part.Name, async _ => await run.Work.ImageAsync("create", "-q", "-f", "qcow2",
            "-F", (o.Disk.Driver?.Type ?? StorageFormat.Raw).ToXml(), "-b", SnapshotFlows.PathOf(o.Disk), o.File).ConfigureAwait(false), () =>
        {
            File.Delete(o.File);
            return ValueTask.CompletedTask;
        })))
        .Step("define", static run =>
        {
            if (run.Defined is { } def) run.Work.Define(def);
        }, static run =>
        {
            if (run.Defined is not null && run.Before is { } before) run.Work.Define(before);
        })
        .Each("images", static run => SnapshotStates.HasMemory(run.To.State) ? [] : SnapshotWork.Parts(run.To, run.Runs, SnapshotLocation.Internal).Select(p => new FlowPart(p.Part.Name,
            async _ => await run.Work.ImageAsync("snapshot", "-a", run.To.Name!, SnapshotFlows.PathOf(p.Disk)).ConfigureAwait(false))))
        .Step("current", static run => run.Work.Save(run.Work.All.MakeCurrent(run.To.Name)))
        .Step("forget", static run => run.Work.Keeper.NewFiles.Forget(run.Work.Name))
        .Step("leave", Leave);

    internal static async ValueTask RunAsync(SnapshotWork work, string name, SnapshotRevertFlags flags)
    {
        SnapshotDef to = work.Get(name);
        bool run = flags.HasFlag(SnapshotRevertFlags.Running), pause = flags.HasFlag(SnapshotRevertFlags.Paused), force = flags.HasFlag(SnapshotRevertFlags.Force);
        bool persistent = work.Machine.Snapshot.IsPersistent, state = SnapshotStates.HasMemory(to.State);
        if (!persistent && !state && !run && !pause)
            throw QemuErrors.Invalid("transient domain needs to request run or pause to revert to inactive snapshot");
        if (to.Domain?.Def is null && !force)
            throw Risky($"snapshot '{name}' lacks domain '{work.Name}' rollback info");
        if (work.IsActive && !state && (run || pause) && !force)
            throw Risky("must respawn guest to start inactive snapshot");
        if (work.IsActive && work.Guest.Jobs.All.Count > 0)
            throw QemuErrors.Invalid("domain has active block job");
        Check(to);
        // QEMU goes back to no state inside an image that notes changes; libvirt finds out when the guest is gone.
        if (to.Disks.Any(static d => d.Location is SnapshotLocation.Internal) && !work.Keeper.Checkpoints.Of(work.Name).IsEmpty)
            throw SnapshotErrors.Operation($"snapshot '{name}' is inside images whose changes are noted: delete the checkpoints first");
        // One that is there only while it runs must not go away in between.
        if (!persistent)
            work.Machine.Commit(s => s with { Persistent = s.Live });
        try
        {
            if (work.IsActive)
                await SnapshotPower.StopAsync(work).ConfigureAwait(false);
            await BackAsync(work, name, persistent, state || run || pause, pause || (to.State is SnapshotState.Paused && !run)).ConfigureAwait(false);
        }
        finally
        {
            if (!persistent)
            {
                work.Machine.Commit(static s => s with { Persistent = null });
                if (!work.IsActive) work.Keeper.Machines.Remove(work.Machine);
            }
        }
        if (persistent)
            work.Tell(DomainEventType.Defined, (int)DomainEventDefinedDetail.FromSnapshot);
    }

    static VireoException Risky(string text) => new(ErrorCode.SnapshotRevertRisky, ErrorDomain.Qemu, text);

    // What is not there is found out before the guest is stopped.
    static void Check(SnapshotDef to)
    {
        if (to.Memory is { Location: SnapshotLocation.External, File: { } memory } && !File.Exists(memory))
            throw VireoException.System(ErrorDomain.Qemu, 2, $"memory of snapshot '{to.Name}' is not there: '{memory}'");
        foreach (string file in SnapshotGraph.FilesOf(to))
            if (!File.Exists(file))
                throw VireoException.System(ErrorDomain.Qemu, 2, $"image of snapshot '{to.Name}' is not there: '{file}'");
    }

    static async ValueTask BackAsync(SnapshotWork work, string name, bool persistent, bool starts, bool paused)
    {
        SnapshotDef to = work.Get(name);
        DomainDef then = to.Domain?.Def ?? work.Machine.Snapshot.Persistent!;
        var run = new RevertRun(work, to, then, persistent ? (await work.CompleteAsync(to.InactiveDomain ?? then).ConfigureAwait(false)).Def : null);
        await Flow.RunAsync(run, work.Keeper.Flows, work.Interrupted).ConfigureAwait(false);
        if (starts)
            await SnapshotStart.RunAsync(work, run, paused).ConfigureAwait(false);
    }

    static void Note(RevertRun run)
    {
        // Keeping may have moved what the snapshot stands on.
        SnapshotDef to = run.Work.Get(run.To.Name!);
        long now = run.Work.Keeper.Time.GetUtcNow().ToUnixTimeSeconds();
        foreach (var (part, disk) in SnapshotWork.Parts(to, to.Domain?.Def ?? run.Runs, SnapshotLocation.External))
        {
            string file = SnapshotFlows.PathOf(disk), made;
            for (long number = now; File.Exists(made = $"{Stem(file)}.{number}"); number++) { }
            run.Overlays.Add((part, disk, made));
        }
        run.Work.Keeper.NewFiles.Note(run.Work.Name, run.Overlays.Select(static o => o.File));
        run.Runs = run.Overlays.Aggregate(run.Runs, On);
        run.Defined = run.Defined is { } def ? run.Overlays.Aggregate(def, On) : null;
    }

    static DomainDef On(DomainDef def, (SnapshotDisk Part, Disk Disk, string File) overlay) => BlockJobGuest.Change(def, overlay.Part.Name,
        d => BlockChain.On(d, new DiskSource.OfFile { Path = overlay.File }, StorageFormat.Qcow2, null));

    static string Stem(string path)
    {
        string folder = path[..(path.LastIndexOf('/') + 1)], name = path[folder.Length..];
        int dot = name.LastIndexOf('.');
        return folder + (dot < 0 ? name : name[..dot]);
    }

    // An image that an earlier going back made, and that nothing stands on, is of no use to anybody.
    static void Leave(RevertRun run)
    {
        if (run.Before is null)
            return;
        LeaveMade(run.Work, run.Before.Devices.Disks.Select(static d => Capabilities.DomainBlocks.PathOf(d)).OfType<string>());
    }

    /// <summary>Deletes those of some images that going back made and no state needs any more.</summary>
    internal static void LeaveMade(SnapshotWork work, IEnumerable<string> files)
    {
        HashSet<string> needed = SnapshotGraph.Of(work).Needed();
        HashSet<string> named = [.. work.All.All.SelectMany(static s => s.Disks).Select(static d => d.Image).OfType<string>()];
        foreach (string file in files)
            if (File.Exists(file) && !needed.Contains(file) && !named.Contains(file) && Host.Images.ImageHeader.Read(file, null)?.BackingFile is { } below && IsMade(file, below))
                File.Delete(file);
    }

    static bool IsMade(string file, string below) => file.StartsWith(Stem(below) + ".", StringComparison.Ordinal) && file[(Stem(below).Length + 1)..] is { Length: >= 10 } number && number.All(char.IsAsciiDigit);
}
