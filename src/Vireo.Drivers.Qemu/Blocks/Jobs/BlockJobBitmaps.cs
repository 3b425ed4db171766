using Vireo.Driver;
using Vireo.Drivers.Qemu.CommandLine;
using Vireo.Drivers.Qemu.Monitor;
using Vireo.Drivers.Qemu.Monitor.Commands;
using Vireo.Hypervisor.Flows;
using Vireo.Model.Domain.Devices;

namespace Vireo.Drivers.Qemu.Blocks.Jobs;

/// <summary>
/// What of a disk's changes was noted goes along when the guest goes over to another image, or when images are written down into one below: checkpoints go on
/// being of use.
/// </summary>
static class BlockJobBitmaps
{
    /// <summary>Before the guest goes over: what it writes to the image from then on is noted there.</summary>
    internal static async ValueTask BeginAsync(BlockJobGuest guest, BlockJob job, Disk disk, CancellationToken cancel)
    {
        if (TargetOf(job, disk) is not { Format: StorageFormat.Qcow2 } target)
            return;
        BitmapPlans plans = await AskAsync(guest, cancel).ConfigureAwait(false);
        if (plans.HasSound(BlockChain.NodeOf(disk.Source.Index)) && plans.Find(target.Node, BitmapPlans.WhileActive) is null)
            await DoAsync(guest, [BitmapPlans.BeginActive(target.Node)], cancel).ConfigureAwait(false);
    }

    /// <summary>It does not go over.</summary>
    internal static async ValueTask GiveUpAsync(BlockJobGuest guest, BlockJob job, Disk disk)
    {
        if (TargetOf(job, disk) is { } target && (await AskAsync(guest, CancellationToken.None).ConfigureAwait(false)).Find(target.Node, BitmapPlans.WhileActive) is not null)
            await DoAsync(guest, [BitmapPlans.Remove(target.Node, BitmapPlans.WhileActive)], CancellationToken.None).ConfigureAwait(false);
    }

    /// <summary>When QEMU is done. What was done before is not done again.</summary>
    /// <param name="guest">The machine.</param>
    /// <param name="job">The job.</param>
    /// <param name="before">The disk as it was.</param>
    internal static async ValueTask EndAsync(BlockJobGuest guest, BlockJob job, Disk before)
    {
        if (TargetOf(job, before) is not { Format: StorageFormat.Qcow2 } target)
            return;
        BitmapPlans plans = await AskAsync(guest, CancellationToken.None).ConfigureAwait(false);
        IReadOnlyList<string> chain = BlockChain.Nodes(before);
        if (job.Type is DomainBlockJobType.Pull)
        {
            int stays = job.Base is null ? chain.Count : chain.ToList().IndexOf(job.Base);
            await DoAsync(guest, plans.Pull(chain, stays < 0 ? chain.Count : stays), CancellationToken.None).ConfigureAwait(false);
            return;
        }
        if (job.Mirrors)
        {
            if (plans.Find(target.Node, BitmapPlans.WhileActive) is null)
                return;
            await DoAsync(guest, job.Type is DomainBlockJobType.Copy ? plans.Copy(chain, target.Node, job.IsShallow) : plans.Commit(chain, 0, chain.ToList().IndexOf(target.Node), active: true),
                CancellationToken.None).ConfigureAwait(false);
            return;
        }
        int top = chain.ToList().IndexOf(job.Top ?? ""), below = chain.ToList().IndexOf(target.Node);
        if (top < 0 || below <= top || plans.Commit(chain, top, below, active: false) is not { Count: > 0 } actions)
            return;
        await OpenedAsync(guest, before, [target.Node], () => DoAsync(guest, actions, CancellationToken.None), CancellationToken.None).ConfigureAwait(false);
    }

    /// <summary>The image that takes, if it can hold bitmaps at all.</summary>
    static (string Node, StorageFormat Format)? TargetOf(BlockJob job, Disk disk) => job.Type switch
    {
        DomainBlockJobType.Copy when disk.Mirror is { Source: { } copy } mirror => (BlockChain.NodeOf(copy.Index), mirror.Format ?? StorageFormat.Raw),
        DomainBlockJobType.Commit or DomainBlockJobType.ActiveCommit when BlockChain.Below(disk, job.Base!) is { } store => (job.Base!, store.Format ?? StorageFormat.Raw),
        DomainBlockJobType.Pull => (BlockChain.NodeOf(disk.Source.Index), disk.Driver?.Type ?? StorageFormat.Raw),
        _ => null,
    };

    static async ValueTask<BitmapPlans> AskAsync(BlockJobGuest guest, CancellationToken cancel) => new(await guest.Live.Monitor.RunAsync(new QueryBitmaps(), cancel).ConfigureAwait(false));

    static async ValueTask DoAsync(BlockJobGuest guest, IReadOnlyList<QemuProperties> actions, CancellationToken cancel)
    {
        if (actions.Count > 0)
            await guest.Live.Monitor.RunAsync(new Transaction(actions), cancel).ConfigureAwait(false);
    }

    /// <summary>Does something while images below a disk's top can be written to.</summary>
    internal static async ValueTask OpenedAsync(BlockJobGuest guest, Disk disk, IReadOnlyList<string> nodes, Func<ValueTask> change, CancellationToken cancel)
    {
        List<QemuBlockdev> opened = [];
        try
        {
            foreach (string node in nodes)
            {
                if (BlockChain.Below(disk, node) is { Source: { } source })
                    foreach (FlowPart label in guest.Plug.Label(BlockChain.Aside(disk, source, null, new BackingStore())))
                        await label.Run(cancel).ConfigureAwait(false);
                if (ImageNodes.Of(guest.Plug, disk).OfType<QemuBlockdev>().FirstOrDefault(n => n["node-name"]?.AsText() == node) is not { } options)
                    continue;
                await ReopenAsync(guest.Live.Monitor, options, readOnly: false).ConfigureAwait(false);
                opened.Add(options);
            }
            await change().ConfigureAwait(false);
        }
        finally
        {
            foreach (QemuBlockdev options in opened)
                await ReopenAsync(guest.Live.Monitor, options, readOnly: true).ConfigureAwait(false);
            // A job that is not over yet may write to them, and does this itself at its end.
            if (guest.Jobs.All.All(job => job.Disk != disk.Target.Device))
                guest.Plug.Settle(disk);
        }
    }

    static async ValueTask ReopenAsync(QmpMonitor monitor, QemuBlockdev node, bool readOnly) =>
        await monitor.RunAsync(new BlockdevReopen(new QemuProperties { node, { "read-only", readOnly } }), CancellationToken.None).ConfigureAwait(false);
}
