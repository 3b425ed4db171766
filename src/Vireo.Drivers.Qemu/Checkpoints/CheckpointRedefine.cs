using Vireo.Core.Errors;
using Vireo.Drivers.Qemu.Blocks;
using Vireo.Drivers.Qemu.Blocks.Jobs;
using Vireo.Model.Checkpoint;
using Vireo.Model.Domain;
using Vireo.Model.Snapshot;

namespace Vireo.Drivers.Qemu.Checkpoints;

/// <summary>Tells a checkpoint again: its bitmaps are there, or have to be for who asks so.</summary>
static class CheckpointRedefine
{
    internal static async ValueTask RunAsync(CheckpointWork work, CheckpointDef def, bool validates)
    {
        if (def.Domain is { } then && (then.Def?.Uuid ?? then.Uuid) is { } uuid && uuid != work.Machine.Uuid)
            throw VireoException.InvalidArgument(ErrorDomain.DomainCheckpoint, $"definition for checkpoint {def.Name} must use uuid {work.Machine.Uuid}");
        MomentRules.CheckParent(work.All, def, static c => c.Name!, static c => c.Parent);
        if (def.Domain?.Def is { } machine)
        {
            machine = await CompleteAsync(work, machine).ConfigureAwait(false);
            def = CheckpointTake.Align(def, machine) with { Domain = new MomentDomain(machine) };
        }
        else
            def = def with { Domain = work.All.Find(def.Name)?.Domain ?? def.Domain };
        if (validates)
            await CheckAsync(work, def).ConfigureAwait(false);
        Moments<CheckpointDef> all = work.All.Put(def);
        // A chain that is told from its first on grows as it did when it was made.
        work.Save(def.Parent == all.Current ? all.MakeCurrent(def.Name) : all);
    }

    /// <summary>A definition as this driver completes it; the machine may have had another name then.</summary>
    internal static async ValueTask<DomainDef> CompleteAsync(CheckpointWork work, DomainDef def)
    {
        def = def with { Name = work.Machine.Name, Uuid = work.Machine.Uuid };
        var facts = await work.Keeper.FactsForAsync(def, work.Interrupted).ConfigureAwait(false);
        return work.Keeper.Planning.WithDefaults(def, facts);
    }

    static async ValueTask CheckAsync(CheckpointWork work, CheckpointDef def)
    {
        BitmapPlans plans = await work.BitmapsAsync().ConfigureAwait(false);
        foreach (var (disk, bitmap) in work.Tracked(def))
            if (!plans.IsValid(BlockChain.Nodes(disk), def.Name!))
                throw CheckpointErrors.Broken(def.Name!, disk.Target.Device);
    }
}
