using Vireo.Core.Errors;
using Vireo.Drivers.Qemu.Blocks;
using Vireo.Drivers.Qemu.Blocks.Jobs;
using Vireo.Drivers.Qemu.CommandLine;
using Vireo.Drivers.Qemu.Machine;
using Vireo.Drivers.Qemu.Monitor.Commands;
using Vireo.Model.Checkpoint;
using Vireo.Model.Domain.Devices;
using Vireo.Model.Snapshot;

namespace Vireo.Drivers.Qemu.Checkpoints;

/// <summary>A machine whose checkpoints change. Its user holds the machine's job.</summary>
/// <param name="Keeper">The driver.</param>
/// <param name="Machine">The machine.</param>
/// <param name="Interrupted">Ends waiting.</param>
sealed record CheckpointWork(QemuKeeper Keeper, QemuMachine Machine, CancellationToken Interrupted)
{
    BlockJobGuest? guest;

    internal Moments<CheckpointDef> All => Keeper.Checkpoints.Of(Machine.Name);

    internal LiveQemu Live => Machine.Live ?? throw Hypervisor.Machines.MachineErrors.NotRunning();

    /// <summary>The same for all of the change: it keeps what was fetched for its plans.</summary>
    internal BlockJobGuest Guest => guest is { } known && ReferenceEquals(known.Live, Live) ? known : guest = new BlockJobGuest(Keeper, Machine, Live);

    internal CheckpointDef Get(string name) => All.Find(name) ?? throw CheckpointErrors.None($"no domain checkpoint with matching name '{name}'");

    internal void Save(Moments<CheckpointDef> next) => Keeper.Checkpoints.Save(Machine.Name, next);

    /// <summary>What bitmaps QEMU has where.</summary>
    internal async ValueTask<BitmapPlans> BitmapsAsync() => new(await Live.Monitor.RunAsync(new QueryBitmaps(), Interrupted).ConfigureAwait(false));

    /// <summary>Does several things with bitmaps, or none of them.</summary>
    internal async ValueTask DoAsync(IReadOnlyList<QemuProperties> actions)
    {
        if (actions.Count > 0)
            await Live.Monitor.RunAsync(new Transaction(actions), Interrupted).ConfigureAwait(false);
    }

    /// <summary>The disks of a checkpoint that are tracked and there, each with its bitmap's name.</summary>
    internal IEnumerable<(Disk Disk, string Bitmap)> Tracked(CheckpointDef def) =>
        from part in def.Disks?.All ?? default
        where part.Type is CheckpointType.Bitmap
        let disk = Guest.DiskOf(part.Name)
        where disk is not null
        select (disk, part.Bitmap ?? def.Name!);

    /// <summary>
    /// A checkpoint that a daemon before this one was making: if nobody keeps it its bitmaps go, as else they were in the way of another of its name.
    /// </summary>
    /// <param name="drops">It goes even if it is kept.</param>
    internal async ValueTask SettleAsync(bool drops = false)
    {
        if (Keeper.NewCheckpoints.Read(Machine.Name) is not { } name)
            return;
        if (drops && All.Find(name) is { } kept)
            Save(All.Without(kept));
        if (All.Find(name) is null)
            await RemoveAsync(name).ConfigureAwait(false);
        Keeper.NewCheckpoints.Forget(Machine.Name);
    }

    /// <summary>Removes the bitmaps of a name from what the disks are on.</summary>
    internal async ValueTask RemoveAsync(string bitmap)
    {
        BitmapPlans plans = await BitmapsAsync().ConfigureAwait(false);
        await DoAsync([.. Guest.Def.Devices.Disks.Select(static d => BlockChain.NodeOf(d.Source.Index)).Where(node => plans.Find(node, bitmap) is { IsBusy: false })
            .Select(node => BitmapPlans.Remove(node, bitmap))]).ConfigureAwait(false);
    }
}
