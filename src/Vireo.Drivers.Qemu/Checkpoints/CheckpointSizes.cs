using Vireo.Drivers.Qemu.Blocks;
using Vireo.Drivers.Qemu.Blocks.Jobs;
using Vireo.Drivers.Qemu.CommandLine;
using Vireo.Model.Checkpoint;

namespace Vireo.Drivers.Qemu.Checkpoints;

/// <summary>How much was written since a checkpoint, disk by disk. What nobody knows is not said.</summary>
static class CheckpointSizes
{
    /// <summary>libvirt's name of the bitmap in which those of several images are added up.</summary>
    const string Sum = "libvirt-tmp-size-xml";

    internal static async ValueTask<CheckpointDef> WithAsync(CheckpointWork work, CheckpointDef def)
    {
        BitmapPlans plans = await work.BitmapsAsync().ConfigureAwait(false);
        var sizes = new Dictionary<string, ulong>(StringComparer.Ordinal);
        List<(string Disk, string Node)> added = [];
        List<QemuProperties> actions = [];
        foreach (var (disk, bitmap) in work.Tracked(def))
        {
            IReadOnlyList<string> chain = BlockChain.Nodes(disk);
            if (!plans.IsValid(chain, bitmap))
                continue;
            if (chain.Count(node => plans.Find(node, bitmap) is not null) == 1)
                sizes[disk.Target.Device] = plans.Find(chain[0], bitmap)!.DirtyBytes;
            else
            {
                actions.AddRange(plans.Backup(chain, bitmap, chain[0], Sum));
                added.Add((disk.Target.Device, chain[0]));
            }
        }
        if (added.Count > 0)
        {
            await work.DoAsync(actions).ConfigureAwait(false);
            BitmapPlans sums = await work.BitmapsAsync().ConfigureAwait(false);
            await work.DoAsync([.. added.Select(static a => BitmapPlans.Remove(a.Node, Sum))]).ConfigureAwait(false);
            foreach (var (disk, node) in added)
                sizes[disk] = sums.Find(node, Sum)?.DirtyBytes ?? 0;
        }
        return def with
        {
            Disks = def.Disks is { } disks ? disks with { All = disks.All.Map(d => sizes.TryGetValue(d.Name, out ulong size) && d.Type is CheckpointType.Bitmap ? d with { Size = size } : d) } : null,
        };
    }
}
