using Vireo.Core.Errors;
using Vireo.Driver;
using Vireo.Drivers.Qemu.Blocks.Jobs;
using Vireo.Drivers.Qemu.Machine;
using Vireo.Drivers.Qemu.Monitor.Commands;
using Vireo.Host.Images;
using Vireo.Hypervisor.Flows;
using Vireo.Model.Domain;
using Vireo.Model.Domain.Devices;
using Vireo.Model.Snapshot;

namespace Vireo.Drivers.Qemu.Snapshots;

/// <summary>Gives up what snapshots keep: states inside images are deleted, images on top are merged with those below, images that no state needs are deleted.</summary>
static class SnapshotDelete
{
    sealed record Run(SnapshotWork Work, SnapshotDef Def);

    /// <summary>The steps, for tests that kill the daemon at each of them.</summary>
    internal static IFlow Steps => Flow;

    static readonly Flow<Run> Flow = new Flow<Run>("snapshot-delete")
        .Each("disks", static run => Disks(run))
        .Step("memory", static run =>
        {
            if (run.Def.Memory is { Location: SnapshotLocation.External, File: { } file }) File.Delete(file);
        })
        .Step("forget", static run => run.Work.Save(run.Work.All.Without(run.Work.Get(run.Def.Name!))))
        .Step("leave", static run => SnapshotRevert.LeaveMade(run.Work, SnapshotGraph.FilesOf(run.Def)));

    internal static async ValueTask RunAsync(SnapshotWork work, string name, SnapshotDeleteFlags flags)
    {
        SnapshotDef def = work.Get(name);
        bool only = flags.HasFlag(SnapshotDeleteFlags.ChildrenOnly), metadata = flags.HasFlag(SnapshotDeleteFlags.MetadataOnly);
        // Children go before their parents.
        string[] names = flags.HasFlag(SnapshotDeleteFlags.Children) || only
            ? [.. work.All.Below(name).Select(static s => s.Name!).Reverse(), .. only ? Array.Empty<string>() : [name]] : [name];
        if (metadata)
        {
            string? current = only && names.Contains(work.All.Current) ? name : null;
            foreach (string one in names)
                work.Save(work.All.Without(work.Get(one)));
            if (current is not null)
                work.Save(work.All.MakeCurrent(current));
            return;
        }
        if (work.IsActive && work.Guest.Jobs.All.Count > 0)
            throw QemuErrors.Invalid("domain has active block job");
        bool moves = only && names.Contains(work.All.Current);
        foreach (string one in names)
            await Flow.RunAsync(new Run(work, work.Get(one)), work.Keeper.Flows, work.Interrupted).ConfigureAwait(false);
        if (moves)
            work.Save(work.All.MakeCurrent(def.Name));
    }

    static IEnumerable<FlowPart> Disks(Run run)
    {
        if (run.Def.Domain?.Def is not { } then)
            yield break;
        foreach (SnapshotDisk part in run.Def.Disks.ToList())
        {
            if (then.Devices.Disks.FirstOrDefault(d => d.Target.Device == part.Name) is not { } disk)
                continue;
            if (part.Location is SnapshotLocation.Internal)
                yield return new FlowPart(part.Name, _ => ForgetStateAsync(run.Work, run.Def, disk));
            else if (part is { Location: SnapshotLocation.External, Image: not null })
                yield return new FlowPart(part.Name, _ => MergeAsync(run.Work, run.Def, part, disk));
        }
    }

    static async ValueTask ForgetStateAsync(SnapshotWork work, SnapshotDef def, Disk disk)
    {
        string file = SnapshotFlows.PathOf(disk);
        if (!File.Exists(file) || !Qcow2Names(file, def.Name!))
            return;
        Disk? live = work.Machine.Snapshot.Live?.Devices.Disks.FirstOrDefault(d => Capabilities.DomainBlocks.PathOf(d) == file);
        if (live is not null)
            await SnapshotFlows.StateJobAsync(work, def with { Disks = [new SnapshotDisk { Name = live.Target.Device, Location = SnapshotLocation.Internal }] },
                static (job, tag, nodes) => new SnapshotForget(job, tag, nodes)).ConfigureAwait(false);
        else if (work.Machine.Snapshot.Live is { } running && running.Devices.Disks.Any(d => BlockJobEnd.ImagesOf(d).Contains(file)))
            throw QemuErrors.Invalid($"snapshot '{def.Name}' is kept in '{file}', which the running guest reads below its image: stop the guest, or commit the images above it");
        else
            await work.ImageAsync("snapshot", "-d", def.Name!, file).ConfigureAwait(false);
    }

    static bool Qcow2Names(string file, string name) => Qcow2Snapshots.Of(file).Contains(name);

    static async ValueTask MergeAsync(SnapshotWork work, SnapshotDef def, SnapshotDisk part, Disk disk)
    {
        string overlay = part.Image!, kept = SnapshotFlows.PathOf(disk);
        var graph = SnapshotGraph.Of(work);
        HashSet<string> needed = graph.Needed(def.Name!);
        if (!needed.Contains(overlay))
        {
            if (File.Exists(overlay)) File.Delete(overlay);
            if (!needed.Contains(kept) && SnapshotKeep.IsOurs(kept)) File.Delete(kept);
            return;
        }
        if (graph.Below(overlay) != kept)
            return;         // merged by somebody else already: nothing of this state is left
        if (graph.Above(kept).Count > 1)
            throw SnapshotErrors.Operation("deletion of external disk snapshots with more than one child not supported");
        if (Qcow2Snapshots.Of(overlay).Count > 0)
            throw SnapshotErrors.Operation($"deletion of external disk snapshot '{def.Name}' would lose the snapshots inside '{overlay}'");
        if (graph.Keeping(kept).FirstOrDefault(s => s.Name != def.Name) is { } other)
            throw SnapshotErrors.Operation($"deletion of external disk snapshot '{def.Name}' would change what snapshot '{other.Name}' keeps in '{kept}'");
        StorageFormat? format = disk.Driver?.Type;
        Disk? live = work.Machine.Snapshot.Live?.Devices.Disks.FirstOrDefault(d => BlockJobEnd.ImagesOf(d).Contains(overlay));
        if (live is not null)
            await CommitLiveAsync(work, live, overlay, kept).ConfigureAwait(false);
        else
        {
            await work.ImageAsync("commit", "-q", "-d", overlay).ConfigureAwait(false);
            foreach (string above in graph.Above(overlay))
                await work.ImageAsync("rebase", "-u", "-F", (format ?? StorageFormat.Raw).ToXml(), "-b", kept, above).ConfigureAwait(false);
        }
        if (work.Machine.Snapshot.Persistent is { } defined && SnapshotGraph.Moved(defined, overlay, kept, format) is var next && next != defined)
            work.Define(next);
        work.Save(Renamed(work.All, def.Name!, overlay, kept, format));
        File.Delete(overlay);
    }

    // What other snapshots were on the image that is gone, they are on the one below now.
    internal static Moments<SnapshotDef> Renamed(Moments<SnapshotDef> all, string but, string from, string to, StorageFormat? format)
    {
        foreach (SnapshotDef one in all.All.Where(s => s.Name != but))
            all = all.Put(one with
            {
                Domain = one.Domain?.Def is { } then ? new MomentDomain(SnapshotGraph.Moved(then, from, to, format)) : one.Domain,
                InactiveDomain = one.InactiveDomain is { } inactive ? SnapshotGraph.Moved(inactive, from, to, format) : null,
            });
        return all;
    }

    static async ValueTask CommitLiveAsync(SnapshotWork work, Disk live, string overlay, string kept)
    {
        bool top = Capabilities.DomainBlocks.PathOf(live) == overlay;
        BlockJobGuest guest = work.Guest;
        await BlockJobStart.CommitAsync(guest, live.Target.Device, overlay, kept, 0, top ? DomainBlockCommitFlags.Active : DomainBlockCommitFlags.None, work.Interrupted).ConfigureAwait(false);
        BlockJob job = guest.Jobs.OfDisk(live.Target.Device) ?? throw BlockJobErrors.None(live.Target.Device);
        if (top)
        {
            await Task.WhenAny(job.Readied, job.Ended, guest.Live.Monitor.Ended).WaitAsync(work.Interrupted).ConfigureAwait(false);
            await BlockJobChange.EndAsync(guest, live.Target.Device, pivots: true, waits: true, work.Interrupted).ConfigureAwait(false);
            return;
        }
        await Task.WhenAny(job.Ended, guest.Live.Monitor.Ended).WaitAsync(work.Interrupted).ConfigureAwait(false);
        if (await BlockJobEnd.RunAsync(guest, job, work.Interrupted).ConfigureAwait(false) is not BlockJobStatus.Completed)
            throw new VireoException(ErrorCode.OperationFailed, ErrorDomain.Qemu, $"block commit failed while deleting disk '{live.Target.Device}' snapshot");
    }
}
