using Vireo.Drivers.Qemu.Blocks.Jobs;
using Vireo.Model.Domain;
using Vireo.Model.Domain.Devices;
using Vireo.Model.Snapshot;

namespace Vireo.Drivers.Qemu.Snapshots;

/// <summary>
/// Before an image goes back to a state inside it, what it has now is copied beside it, if another snapshot is that: what stands on it then stands on the copy. libvirt goes
/// back all the same, and the other snapshot is lost.
/// </summary>
static class SnapshotKeep
{
    const string Suffix = ".kept-for-";

    /// <summary>The image is such a copy.</summary>
    internal static bool IsOurs(string path) => Path.GetFileName(path).Contains(Suffix, StringComparison.Ordinal);

    /// <summary>Copies what a snapshot's images have now, where others need it.</summary>
    internal static async ValueTask RunAsync(SnapshotWork work, SnapshotDef to)
    {
        if (to.Domain?.Def is not { } then)
            return;
        foreach (var (_, disk) in SnapshotWork.Parts(to, then, SnapshotLocation.Internal))
        {
            string file = SnapshotFlows.PathOf(disk);
            var graph = SnapshotGraph.Of(work);
            if (graph.Keeping(file).FirstOrDefault() is not { } keeper)
                continue;
            string copy = $"{file}{Suffix}{keeper.Name}";
            for (int number = 2; File.Exists(copy); number++)
                copy = $"{file}{Suffix}{keeper.Name}-{number}";
            work.Keeper.NewFiles.Note(work.Name, [copy]);
            string format = (disk.Driver?.Type ?? StorageFormat.Qcow2).ToXml();
            string[] below = graph.Below(file) is { } under ? ["-B", under, "-F", FormatOf(disk)] : [];
            await work.ImageAsync(["convert", "-q", "-f", format, "-O", format, .. below, file, copy]).ConfigureAwait(false);
            foreach (string above in graph.Above(file).Where(a => a != copy))
                await work.ImageAsync("rebase", "-u", "-F", format, "-b", copy, above).ConfigureAwait(false);
            work.Save(Moved(work.All, file, copy));
            work.Keeper.NewFiles.Forget(work.Name);
        }
    }

    static string FormatOf(Disk disk) => (disk.BackingStore?.Format ?? StorageFormat.Qcow2).ToXml();

    // Snapshots outside the image, and what they stand on; those inside it stay there.
    static Moments<SnapshotDef> Moved(Moments<SnapshotDef> all, string from, string to)
    {
        foreach (SnapshotDef one in all.All)
        {
            if (one.Domain?.Def is not { } then || SnapshotWork.Parts(one, then, SnapshotLocation.Internal).Any(p => SnapshotFlows.PathOf(p.Disk) == from))
                continue;
            all = all.Put(one with
            {
                Domain = new MomentDomain(SnapshotGraph.Moved(then, from, to, null)),
                InactiveDomain = one.InactiveDomain is { } inactive ? SnapshotGraph.Moved(inactive, from, to, null) : null,
            });
        }
        return all;
    }
}
