using Vireo.Core.Errors;
using Vireo.Driver;
using Vireo.Drivers.Qemu.Blocks;
using Vireo.Drivers.Qemu.Blocks.Jobs;
using Vireo.Drivers.Qemu.CommandLine;
using Vireo.Drivers.Qemu.Devices;
using Vireo.Drivers.Qemu.Hotplug.Live;
using Vireo.Drivers.Qemu.Machine;
using Vireo.Drivers.Qemu.Monitor.Commands;
using Vireo.Hypervisor.Flows;
using Vireo.Hypervisor.Images;
using Vireo.Model.Domain;
using Vireo.Model.Domain.Devices;
using Vireo.Model.Snapshot;

namespace Vireo.Drivers.Qemu.Snapshots;

/// <summary>A new image on top of a disk's.</summary>
/// <param name="Part">How the snapshot says it.</param>
/// <param name="Before">The disk.</param>
/// <param name="Overlay">The image alone, to plan its nodes.</param>
sealed record NewOverlay(SnapshotDisk Part, Disk Before, Disk Overlay)
{
    /// <summary>Its file, if the daemon makes it.</summary>
    internal string? File => (Part.Source as DiskSource.OfFile)?.Path;

    /// <summary>The disk on it.</summary>
    internal Disk After(Disk now) => BlockChain.On(now, Overlay.Source, Overlay.Driver?.Type,
        new BackingStore { Index = now.Source.Index, Format = now.Driver?.Type ?? StorageFormat.Raw, Source = now.Source with { Index = null }, Next = now.BackingStore ?? new BackingStore() });
}

/// <summary>What the steps of making one snapshot share.</summary>
sealed class SnapshotRun(SnapshotWork work, SnapshotDef def, SnapshotCreateFlags flags)
{
    internal SnapshotWork Work => work;
    internal SnapshotDef Def => def;
    internal SnapshotCreateFlags Flags => flags;
    internal bool IsReused => flags.HasFlag(SnapshotCreateFlags.ReuseExt);
    internal List<NewOverlay> Overlays { get; } = [];
    internal Dictionary<string, ulong> Capacities { get; } = new(StringComparer.Ordinal);

    /// <summary>Files that are not there before.</summary>
    internal IEnumerable<string> Files => IsReused ? [] : SnapshotWork.Parts(def, work.Def, SnapshotLocation.External).Select(static p => (p.Part.Source as DiskSource.OfFile)?.Path).OfType<string>().Where(static f => !File.Exists(f));

    internal IReadOnlyList<string> Made { get; set; } = [];

    /// <summary>Writes down that it is there, and makes it the current one.</summary>
    internal void Keep()
    {
        if (!flags.HasFlag(SnapshotCreateFlags.NoMetadata))
            work.Save(work.All.Put(def).MakeCurrent(def.Name));
    }
}

/// <summary>Makes snapshots.</summary>
static partial class SnapshotFlows
{
    /// <summary>The flows, for tests that kill the daemon at each of their steps.</summary>
    internal static IReadOnlyList<IFlow> Steps => [OfflineExternal, OfflineInternal, Overlaying, LiveInternal];

    // The definition is written before the snapshot is known: a start in between must not write into what the snapshot keeps.
    internal static readonly Flow<SnapshotRun> OfflineExternal = new Flow<SnapshotRun>("snapshot-offline")
        .Step("note", Note, Forget)
        .Each("files", static run => SnapshotWork.Parts(run.Def, run.Work.Def, SnapshotLocation.External).Select((p, number) => new FlowPart($"{number}", _ => MakeOfflineAsync(run, p.Part, p.Disk), () =>
        {
            if (p.Part.Image is { } path && run.Made.Contains(path)) File.Delete(path);
            return ValueTask.CompletedTask;
        })))
        .Step("define", static run => run.Work.Define(SnapshotWork.Parts(run.Def, run.Work.Def, SnapshotLocation.External)
            .Aggregate(run.Work.Def, static (def, p) => BlockJobGuest.Change(def, p.Disk.Target.Device, d => BlockChain.On(d, p.Part.Source!, p.Part.Format, null)))))
        .Step("keep", static run => run.Keep())
        .Step("forget", static run => run.Work.Keeper.NewFiles.Forget(run.Work.Name));

    internal static readonly Flow<SnapshotRun> OfflineInternal = new Flow<SnapshotRun>("snapshot-internal")
        .Each("images", static run => SnapshotWork.Parts(run.Def, run.Work.Def, SnapshotLocation.Internal).Select((p, number) => new FlowPart($"{number}",
            async _ => await run.Work.ImageAsync("snapshot", "-c", run.Def.Name!, PathOf(p.Disk)).ConfigureAwait(false),
            async () => await run.Work.ImageAsync("snapshot", "-d", run.Def.Name!, PathOf(p.Disk)).ConfigureAwait(false))))
        .Step("keep", static run => run.Keep());

    internal static string PathOf(Disk disk) => Capabilities.DomainBlocks.PathOf(disk) ?? throw SnapshotErrors.Config($"disk {disk.Target.Device} is not on this host");

    static void Note(SnapshotRun run)
    {
        run.Made = [.. run.Files];
        if (run.Made.Count > 0)
            run.Work.Keeper.NewFiles.Note(run.Work.Name, run.Made);
    }

    static void Forget(SnapshotRun run) => run.Work.Keeper.NewFiles.Forget(run.Work.Name);

    static async ValueTask MakeOfflineAsync(SnapshotRun run, SnapshotDisk part, Disk disk)
    {
        if (run.IsReused)
            return;
        string format = (disk.Driver?.Type ?? StorageFormat.Raw).ToXml();
        await run.Work.ImageAsync("create", "-q", "-f", part.Format!.Value.ToXml(), "-F", format, "-b", PathOf(disk), part.Image!).ConfigureAwait(false);
    }

    /// <summary>The images on top of disks of a machine that runs.</summary>
    internal static readonly Flow<SnapshotRun> Overlaying = new Flow<SnapshotRun>("snapshot")
        .Step("sizes", SizesAsync)
        .Step("note", Note, Forget)
        .Each("files", static run => run.Made.Select((path, number) => new FlowPart($"{number}", _ =>
        {
            NewFiles.Make(path);
            return ValueTask.CompletedTask;
        }, () =>
        {
            File.Delete(path);
            return ValueTask.CompletedTask;
        })))
        .Each("host", static run => run.Overlays.SelectMany((o, disk) => Renamed(disk, run.Work.Guest.Plug.Prepare(o.Overlay, PlanOf(run, o).Plan))))
        .Each("labels", static run => run.Overlays.SelectMany((o, disk) => Renamed(disk, run.Work.Guest.Plug.Label(o.Overlay))))
        .Each("nodes", static run => run.Overlays.SelectMany((o, disk) => Renamed(disk, Making(run, o))))
        .Step("switch", static async (run, cancel) =>
        {
            var monitor = run.Work.Guest.Live.Monitor;
            var bitmaps = new BitmapPlans(await monitor.RunAsync(new QueryBitmaps(), cancel).ConfigureAwait(false));
            await monitor.RunAsync(new Transaction([.. run.Overlays.SelectMany(o => Switching(o, bitmaps))]), cancel).ConfigureAwait(false);
        })
        .Step("define", static run =>
        {
            if (run.Work.Machine.Snapshot.Persistent is { } kept && Overlaid(run.Overlays, kept) is { } next && !ReferenceEquals(next, kept))
                run.Work.Define(next);
        })
        .Step("publish", static run => run.Work.Guest.Plug.Publish(def => run.Overlays.Aggregate(def, static (d, o) => BlockJobGuest.Change(d, o.Before.Target.Device, o.After))))
        .Step("keep", static run => run.Keep())
        .Step("forget", static run => run.Work.Keeper.NewFiles.Forget(run.Work.Name));

    static IEnumerable<QemuProperties> Switching(NewOverlay overlay, BitmapPlans bitmaps)
    {
        string below = BlockChain.NodeOf(overlay.Before.Source.Index), above = BlockChain.NodeOf(overlay.Overlay.Source.Index);
        return [.. overlay.Overlay.Driver?.Type is StorageFormat.Qcow2 ? bitmaps.Overlay(below, above) : [], Transaction.Snapshot(below, above)];
    }

    static IEnumerable<FlowPart> Renamed(int disk, IEnumerable<FlowPart> parts) => parts.Select(p => p with { Name = $"{disk}-{p.Name}" });

    static PlugRun PlanOf(SnapshotRun run, NewOverlay overlay) => PlugRun.Of(run.Work.Guest.Plug, overlay.Overlay);

    /// <summary>A definition whose disks were on the images below.</summary>
    internal static DomainDef Overlaid(IEnumerable<NewOverlay> overlays, DomainDef kept)
    {
        foreach (NewOverlay overlay in overlays)
            if (kept.Devices.Disks.FirstOrDefault(d => d.Target.Device == overlay.Before.Target.Device) is { } disk && BlockJobEnd.SameImage(disk.Source, overlay.Before.Source))
            {
                Disk after = overlay.After(overlay.Before);
                kept = BlockJobGuest.Change(kept, disk.Target.Device, d => BlockChain.On(d, after.Source with { Index = null }, after.Driver?.Type, BlockChain.Written(after.BackingStore)));
            }
        return kept;
    }

    static async ValueTask SizesAsync(SnapshotRun run, CancellationToken cancel)
    {
        BlockJobGuest guest = run.Work.Guest;
        foreach (var (part, disk) in SnapshotWork.Parts(run.Def, guest.Def, SnapshotLocation.External))
        {
            run.Overlays.Add(new NewOverlay(part, disk, BlockChain.Aside(disk, part.Source! with { Index = guest.Plug.NextImage() }, part.Format, new BackingStore())));
            await guest.Plug.UnlockAsync(run.Overlays[^1].Overlay, cancel).ConfigureAwait(false);
            run.Capacities[disk.Target.Device] = await ImageNodes.CapacityAsync(guest.Live.Monitor, BlockChain.NodeOf(disk.Source.Index), cancel).ConfigureAwait(false);
        }
    }

    // Nodes of bytes, then what is written at their beginning, then nodes of formats.
    static IEnumerable<FlowPart> Making(SnapshotRun run, NewOverlay overlay)
    {
        PlugRun nodes = PlanOf(run, overlay);
        string top = BlockChain.NodeOf(overlay.Overlay.Source.Index);
        foreach (FlowPart part in nodes.Making(nodes.Backends.TakeWhile(p => !Is(p, top))))
            yield return part;
        yield return new FlowPart("create", async cancel =>
        {
            if (run.IsReused) return;
            BlockImage image = ImageNodes.ImagesOf(run.Work.Guest.Plug, overlay.Overlay)[0], below = ImageNodes.ImagesOf(run.Work.Guest.Plug, overlay.Before)[0];
            if (ImageCreation.Format(image, run.Capacities[overlay.Before.Target.Device], below) is { } options)
                await ImageNodes.CreateAsync(run.Work.Guest.Live.Monitor, top, options, cancel).ConfigureAwait(false);
        });
        foreach (FlowPart part in nodes.Making(nodes.Backends.SkipWhile(p => !Is(p, top))))
            yield return part with { Name = "top-" + part.Name };
    }

    static bool Is(QemuPart part, string node) => part is QemuBlockdev made && made["node-name"]?.AsText() == node;
}
