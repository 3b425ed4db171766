using Vireo.Drivers.Qemu.Blocks.Jobs;
using Vireo.Host.Images;
using Vireo.Model.Domain;
using Vireo.Model.Domain.Devices;
using Vireo.Model.Snapshot;

namespace Vireo.Drivers.Qemu.Snapshots;

/// <summary>
/// Which file which state of a machine needs. A state is what the machine is now, or what a snapshot keeps; it needs the image that its disk was on, and all images below.
/// No file that a state needs is overwritten or deleted.
/// </summary>
sealed class SnapshotGraph
{
    readonly Dictionary<string, string?> below = new(StringComparer.Ordinal);
    readonly SnapshotWork work;

    SnapshotGraph(SnapshotWork work) => this.work = work;

    internal static SnapshotGraph Of(SnapshotWork work)
    {
        var graph = new SnapshotGraph(work);
        foreach (string file in work.All.All.SelectMany(s => FilesOf(s).Concat(s.Disks.Select(static d => d.Image).OfType<string>())).Concat(graph.Current()))
            graph.Add(file);
        return graph;
    }

    void Add(string file)
    {
        for (string? at = file; at is not null && below.TryAdd(at, null); at = below[at])
            below[at] = File.Exists(at) && ImageHeader.Read(at, null)?.BackingFile is { } name && !name.Contains(':', StringComparison.Ordinal)
                ? Path.GetFullPath(name, Path.GetDirectoryName(at) ?? "/") : null;
    }

    /// <summary>The images that a snapshot's disks were on.</summary>
    internal static IEnumerable<string> FilesOf(SnapshotDef snapshot) => (snapshot.Domain?.Def?.Devices.Disks ?? [])
        .Where(d => snapshot.Disks.Any(p => p.Name == d.Target.Device && p.Location is SnapshotLocation.External or SnapshotLocation.Internal))
        .Select(static d => Capabilities.DomainBlocks.PathOf(d)).OfType<string>();

    /// <summary>The images that the machine is on.</summary>
    internal IEnumerable<string> Current() => new[] { work.Machine.Snapshot.Live, work.Machine.Snapshot.Persistent }.OfType<DomainDef>()
        .SelectMany(static def => def.Devices.Disks.SelectMany(static d => BlockJobEnd.ImagesOf(d))).Distinct();

    /// <summary>The image below one.</summary>
    internal string? Below(string file) => below.GetValueOrDefault(file);

    /// <summary>The images right above one.</summary>
    internal IReadOnlyList<string> Above(string file) => [.. below.Where(b => b.Value == file).Select(static b => b.Key)];

    /// <summary>All images that states need, but for those of some snapshots.</summary>
    /// <param name="without">Names of snapshots whose states are given up.</param>
    internal HashSet<string> Needed(params string[] without)
    {
        HashSet<string> needed = new(StringComparer.Ordinal);
        foreach (string file in work.All.All.Where(s => !without.Contains(s.Name)).SelectMany(FilesOf).Concat(Current()))
            for (string? at = file; at is not null && needed.Add(at); at = Below(at)) { }
        return needed;
    }

    /// <summary>Snapshots whose state is the image as it is now, rather than something kept inside it.</summary>
    internal IEnumerable<SnapshotDef> Keeping(string file) => work.All.All.Where(s => s.Domain?.Def is { } def
        && SnapshotWork.Parts(s, def, SnapshotLocation.External).Any(p => Capabilities.DomainBlocks.PathOf(p.Disk) == file));

    /// <summary>The definitions of all snapshots and of the machine, with an image in the place of another in all disks' chains.</summary>
    internal static DomainDef Moved(DomainDef def, string from, string to, StorageFormat? format) => def with
    {
        Devices = def.Devices with { Disks = def.Devices.Disks.Map(d => Moved(d, from, to, format)) },
    };

    static Disk Moved(Disk disk, string from, string to, StorageFormat? format)
    {
        if (Capabilities.DomainBlocks.PathOf(disk) == from)
            return BlockChain.On(disk, Renamed(disk.Source, to), format ?? disk.Driver?.Type, disk.BackingStore is { Source: { } next } && PathOf(next) == to ? disk.BackingStore.Next : disk.BackingStore);
        return disk with { BackingStore = Moved(disk.BackingStore, from, to, format) };
    }

    static BackingStore? Moved(BackingStore? store, string from, string to, StorageFormat? format)
    {
        if (store is not { Source: { } source })
            return store;
        if (PathOf(source) != from)
            return store with { Next = Moved(store.Next, from, to, format) };
        return store.Next is { Source: { } next } && PathOf(next) == to ? store.Next : store with { Source = Renamed(source, to), Format = format ?? store.Format };
    }

    static DiskSource Renamed(DiskSource source, string to) => source is DiskSource.OfFile file ? file with { Path = to } : new DiskSource.OfFile { Path = to, Index = source.Index };

    static string? PathOf(DiskSource source) => (source as DiskSource.OfFile)?.Path ?? (source as DiskSource.OfBlock)?.Path;
}
