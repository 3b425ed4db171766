using Vireo.Driver;
using Vireo.Drivers.Qemu.Blocks;
using Vireo.Drivers.Qemu.Blocks.Jobs;
using Vireo.Hypervisor.Flows;
using Vireo.Model.Checkpoint;
using Vireo.Model.Domain.Devices;
using Vireo.Model.Snapshot;

namespace Vireo.Drivers.Qemu.Checkpoints;

/// <summary>Gives up checkpoints. Every bitmap has noted everything since it was made, so others are not touched. One whose bitmaps are gone can be deleted like any other.</summary>
static class CheckpointDelete
{
    sealed record Run(CheckpointWork Work, CheckpointDef Def);

    /// <summary>The steps, for tests that kill the daemon at each of them.</summary>
    internal static IFlow Steps => Flow;

    static readonly Flow<Run> Flow = new Flow<Run>("checkpoint-delete")
        .Step("bitmaps", static async (run, _) =>
        {
            BitmapPlans plans = await run.Work.BitmapsAsync().ConfigureAwait(false);
            foreach (var (disk, bitmap) in run.Work.Tracked(run.Def))
                await RemoveAsync(run.Work, plans, disk, bitmap).ConfigureAwait(false);
        })
        .Step("forget", static run => run.Work.Save(run.Work.All.Without(run.Def)));

    internal static async ValueTask RunAsync(CheckpointWork work, string name, CheckpointDeleteFlags flags)
    {
        bool metadata = flags.HasFlag(CheckpointDeleteFlags.MetadataOnly), only = flags.HasFlag(CheckpointDeleteFlags.ChildrenOnly);
        if (!metadata && !work.Machine.Snapshot.IsActive)
            throw CheckpointErrors.Operation("cannot delete checkpoint for inactive domain");
        CheckpointDef def = work.Get(name);
        // Children go before their parents.
        string[] names = only || flags.HasFlag(CheckpointDeleteFlags.Children)
            ? [.. work.All.Below(name).Select(static c => c.Name!).Reverse(), .. only ? Array.Empty<string>() : [name]] : [name];
        bool moves = only && names.Contains(work.All.Current);
        if (metadata)
            work.Save(names.Aggregate(work.All, static (all, one) => all.Without(all.Find(one)!)));
        else
            foreach (string one in names)
                await Flow.RunAsync(new Run(work, work.Get(one)), work.Keeper.Flows, work.Interrupted).ConfigureAwait(false);
        if (moves)
            work.Save(work.All.MakeCurrent(def.Name));
    }

    static async ValueTask RemoveAsync(CheckpointWork work, BitmapPlans plans, Disk disk, string bitmap)
    {
        var (actions, reopen) = plans.Delete(BlockChain.Nodes(disk), bitmap);
        await BlockJobBitmaps.OpenedAsync(work.Guest, disk, reopen, () => work.DoAsync(actions), work.Interrupted).ConfigureAwait(false);
    }
}
