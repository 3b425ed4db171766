using Vireo.Core.Errors;
using Vireo.Drivers.Qemu.Blocks;
using Vireo.Drivers.Qemu.Blocks.Jobs;
using Vireo.Drivers.Qemu.CommandLine;
using Vireo.Drivers.Qemu.Devices;
using Vireo.Hypervisor.Flows;
using Vireo.Model.Checkpoint;
using Vireo.Model.Domain;
using Vireo.Model.Domain.Devices;
using Vireo.Model.Snapshot;

namespace Vireo.Drivers.Qemu.Checkpoints;

/// <summary>Begins to note what a guest writes, from one instant on for all its disks.</summary>
static class CheckpointTake
{
    sealed record Run(CheckpointWork Work, CheckpointDef Def, bool Quiesces);

    /// <summary>The steps, for tests that kill the daemon at each of them.</summary>
    internal static IFlow Steps => Flow;

    static readonly Flow<Run> Flow = new Flow<Run>("checkpoint")
        .Step("note", static run => Note(run.Work, run.Def), static run => run.Work.Keeper.NewCheckpoints.Forget(run.Work.Machine.Name))
        .Step("bitmaps", static (run, _) => QuietlyAsync(run.Work, run.Quiesces, () => run.Work.DoAsync([.. Actions(run.Work, run.Def)])),
            static run => run.Work.RemoveAsync(run.Def.Name!))
        .Step("keep", static run => Keep(run.Work, run.Def))
        .Step("forget", static run => run.Work.Keeper.NewCheckpoints.Forget(run.Work.Machine.Name));

    internal static async ValueTask RunAsync(CheckpointWork work, CheckpointDef def, bool quiesces)
    {
        await work.SettleAsync().ConfigureAwait(false);
        await ClearAsync(work, def).ConfigureAwait(false);
        await Flow.RunAsync(new Run(work, def, quiesces), work.Keeper.Flows, work.Interrupted).ConfigureAwait(false);
    }

    /// <summary>The checkpoint of what runs now.</summary>
    /// <param name="work">The machine.</param>
    /// <param name="def">As it was asked for.</param>
    /// <param name="now">The machine's definition, as another host would get it.</param>
    /// <exception cref="VireoException">It cannot be, or there is one of the name.</exception>
    internal static CheckpointDef Prepare(CheckpointWork work, CheckpointDef def, DomainDef now)
    {
        def = Align(def, now);
        foreach (CheckpointDisk part in def.Disks!.All.Where(static p => p.Type is CheckpointType.Bitmap))
        {
            if (part.Bitmap != def.Name)
                throw CheckpointErrors.Config($"bitmap for disk '{part.Name}' must match checkpoint name '{def.Name}'");
            StorageFormat format = now.Devices.Disks.First(d => d.Target.Device == part.Name).Driver?.Type ?? StorageFormat.Raw;
            if (format is not StorageFormat.Qcow2)
                throw CheckpointErrors.Config($"checkpoint for disk {part.Name} unsupported for storage type {format.ToXml()}");
        }
        if (work.All.Find(def.Name) is not null)
            throw new VireoException(ErrorCode.OperationFailed, ErrorDomain.Domain, $"domain moment {def.Name} already exists");
        return def with { Parent = work.All.Current, Domain = new MomentDomain(now with { Id = null }) };
    }

    /// <summary>Every disk of a machine with its part.</summary>
    internal static CheckpointDef Align(CheckpointDef def, DomainDef machine)
    {
        Disk[] disks = [.. machine.Devices.Disks];
        return CheckpointDefaults.Align(def, [.. disks.Select(static d => (d.Target.Device, Capabilities.DomainBlocks.PathOf(d)))],
            [.. disks.Where(static d => BlockGraph.IsEmpty(d.Source) || d.ReadOnly).Select(static d => d.Target.Device)]);
    }

    /// <summary>What makes the bitmaps, for a transaction.</summary>
    internal static IEnumerable<QemuProperties> Actions(CheckpointWork work, CheckpointDef def) =>
        work.Tracked(def).Select(static t => BitmapPlans.Begin(BlockChain.NodeOf(t.Disk.Source.Index), t.Bitmap));

    /// <summary>A bitmap of the name that is of no use to anybody, left by a QEMU that ended without saving it, is not in the way.</summary>
    internal static async ValueTask ClearAsync(CheckpointWork work, CheckpointDef def)
    {
        BitmapPlans plans = await work.BitmapsAsync().ConfigureAwait(false);
        await work.DoAsync([.. from t in work.Tracked(def)
                               let node = BlockChain.NodeOf(t.Disk.Source.Index)
                               where plans.Find(node, t.Bitmap) is { IsInconsistent: true, IsBusy: false }
                               select BitmapPlans.Remove(node, t.Bitmap)]).ConfigureAwait(false);
    }

    internal static void Note(CheckpointWork work, CheckpointDef def) => work.Keeper.NewCheckpoints.Write(work.Machine.Name, def.Name!);

    internal static void Keep(CheckpointWork work, CheckpointDef def) => work.Save(work.All.Put(def).MakeCurrent(def.Name));

    /// <summary>Does something while the guest writes to none of its file systems.</summary>
    internal static async ValueTask QuietlyAsync(CheckpointWork work, bool quiesces, Func<ValueTask> change)
    {
        if (!quiesces)
        {
            await change().ConfigureAwait(false);
            return;
        }
        await work.Keeper.Freezer.FreezeAsync(work.Machine, work.Interrupted).ConfigureAwait(false);
        try
        {
            await change().ConfigureAwait(false);
        }
        finally
        {
            await work.Keeper.Freezer.ThawAsync(work.Machine).ConfigureAwait(false);
        }
    }
}
