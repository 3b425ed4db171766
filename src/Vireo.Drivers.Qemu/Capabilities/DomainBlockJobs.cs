using Vireo.Core.Errors;
using Vireo.Core.TypedParameters;
using Vireo.Driver;
using Vireo.Drivers.Qemu.Blocks.Jobs;
using Vireo.Drivers.Qemu.Machine;
using Vireo.Drivers.Qemu.Monitor.Commands;
using Vireo.Hypervisor.Jobs;
using Vireo.Hypervisor.Machines;
using Vireo.Model.Domain.Devices;

namespace Vireo.Drivers.Qemu.Capabilities;

/// <summary>Long work on the disks of guests that run.</summary>
sealed class DomainBlockJobs(QemuConnection connection) : IDomainBlockJobs
{
    const ulong MiB = 1 << 20;
    const DomainBlockCopyFlags KnownCopy = DomainBlockCopyFlags.Shallow | DomainBlockCopyFlags.ReuseExt | DomainBlockCopyFlags.TransientJob | DomainBlockCopyFlags.SynchronousWrites;

    public ValueTask PullBlocksAsync(DomainRef domain, string path, ulong bandwidth, DomainBlockPullFlags flags, CancellationToken cancel)
    {
        flags.Only(DomainBlockPullFlags.BandwidthBytes, "qemuDomainBlockPull");
        return ChangeAsync(domain, "DomainBlockPull", (guest, stop) => BlockJobStart.PullAsync(guest, path, null,
            BlockJobErrors.Bytes(bandwidth, flags.HasFlag(DomainBlockPullFlags.BandwidthBytes)), (uint)flags, relative: false, stop), cancel);
    }

    public ValueTask RebaseBlocksAsync(DomainRef domain, string path, string? @base, ulong bandwidth, DomainBlockRebaseFlags flags, CancellationToken cancel)
    {
        const DomainBlockRebaseFlags pull = DomainBlockRebaseFlags.Relative | DomainBlockRebaseFlags.BandwidthBytes;
        flags.Only(pull | DomainBlockRebaseFlags.Shallow | DomainBlockRebaseFlags.ReuseExt | DomainBlockRebaseFlags.Copy | DomainBlockRebaseFlags.CopyRaw | DomainBlockRebaseFlags.CopyDev,
            "qemuDomainBlockRebase");
        bool bytes = flags.HasFlag(DomainBlockRebaseFlags.BandwidthBytes), relative = flags.HasFlag(DomainBlockRebaseFlags.Relative);
        if (relative && @base is null)
            throw VireoException.InvalidArgument(ErrorDomain.Qemu, "flag VIR_DOMAIN_BLOCK_REBASE_RELATIVE is valid only with non-null base");
        if (!flags.HasFlag(DomainBlockRebaseFlags.Copy))
        {
            flags.Only(pull, "qemuDomainBlockPullCommon");
            return ChangeAsync(domain, "DomainBlockRebase", (guest, stop) =>
                BlockJobStart.PullAsync(guest, path, @base, BlockJobErrors.Bytes(bandwidth, bytes), (uint)flags, relative, stop), cancel);
        }
        if (@base is null)
            throw VireoException.InvalidArgument(ErrorDomain.Qemu, "base in virDomainBlockRebase must not be NULL");
        DiskSource to = flags.HasFlag(DomainBlockRebaseFlags.CopyDev) ? new DiskSource.OfBlock { Path = @base } : new DiskSource.OfFile { Path = @base };
        var copy = (flags.HasFlag(DomainBlockRebaseFlags.Shallow) ? DomainBlockCopyFlags.Shallow : 0) | (flags.HasFlag(DomainBlockRebaseFlags.ReuseExt) ? DomainBlockCopyFlags.ReuseExt : 0);
        var target = new CopyTarget(to, flags.HasFlag(DomainBlockRebaseFlags.CopyRaw) ? StorageFormat.Raw : null);
        return ChangeAsync(domain, "DomainBlockRebase", (guest, stop) =>
            BlockCopyFlow.RunAsync(guest, path, new CopyOrder(target, copy, BlockJobErrors.Bytes(bandwidth, bytes)), stop), cancel);
    }

    public ValueTask CommitBlocksAsync(DomainRef domain, string disk, string? @base, string? top, ulong bandwidth, DomainBlockCommitFlags flags, CancellationToken cancel)
    {
        flags.Only(DomainBlockCommitFlags.Shallow | DomainBlockCommitFlags.Active | DomainBlockCommitFlags.Relative | DomainBlockCommitFlags.BandwidthBytes | DomainBlockCommitFlags.Delete, "qemuDomainBlockCommit");
        if (connection.Get(domain).Snapshot is { IsActive: false, Def: { } off })
            BlockJobStart.Range(BlockJobErrors.Find(off, disk), top, @base, flags);
        return ChangeAsync(domain, "DomainBlockCommit", (guest, stop) => BlockJobStart.CommitAsync(guest, disk, top, @base,
            BlockJobErrors.Bytes(bandwidth, flags.HasFlag(DomainBlockCommitFlags.BandwidthBytes)), flags, stop), cancel);
    }

    public ValueTask CopyBlocksAsync(DomainRef domain, string path, string targetXml, TypedParameter[] parameters, DomainBlockCopyFlags flags, CancellationToken cancel)
    {
        flags.Only(KnownCopy, "qemuDomainBlockCopy");
        ulong speed = 0, buffer = 0;
        uint granularity = 0;
        foreach (TypedParameter one in parameters)
            switch (one.Name)
            {
                case "bandwidth":
                    speed = one.AsULong <= long.MaxValue ? one.AsULong : throw new VireoException(ErrorCode.Overflow, ErrorDomain.Qemu, $"bandwidth must be less than '{long.MaxValue}' bytes/s (0x{long.MaxValue:x})");
                    break;
                case "granularity":
                    granularity = one.AsUInt;
                    break;
                case "buf-size":
                    buffer = one.AsULong;
                    break;
                default:
                    throw VireoException.InvalidArgument(ErrorDomain.Qemu, $"parameter '{one.Name}' not supported");
            }
        if (granularity != 0 && !System.Numerics.BitOperations.IsPow2(granularity))
            throw VireoException.InvalidArgument(ErrorDomain.Qemu, "granularity must be power of 2");
        return ChangeAsync(domain, "DomainBlockCopy", (guest, stop) =>
            BlockCopyFlow.RunAsync(guest, path, new CopyOrder(CopyTarget.Parse(targetXml), flags, speed, granularity, buffer), stop), cancel);
    }

    public ValueTask AbortBlockJobAsync(DomainRef domain, string path, DomainBlockJobAbortFlags flags, CancellationToken cancel)
    {
        flags.Only(DomainBlockJobAbortFlags.Async | DomainBlockJobAbortFlags.Pivot, "qemuDomainBlockJobAbort");
        return ChangeAsync(domain, "DomainBlockJobAbort", (guest, stop) => BlockJobChange.EndAsync(guest, path,
            flags.HasFlag(DomainBlockJobAbortFlags.Pivot), !flags.HasFlag(DomainBlockJobAbortFlags.Async), stop), cancel);
    }

    public async ValueTask<BlockJobInfo> GetBlockJobInfoAsync(DomainRef domain, string path, DomainBlockJobInfoFlags flags, CancellationToken cancel)
    {
        flags.Only(DomainBlockJobInfoFlags.BandwidthBytes, "qemuDomainGetBlockJobInfo");
        var machine = connection.Get(domain);
        if (machine.Live is not { } live || machine.Snapshot.Live is not { } def) throw MachineErrors.NotRunning();
        Disk disk = BlockJobErrors.Find(def, path);
        if (live.BlockJobs.OfDisk(disk.Target.Device) is not { } job)
            return default;
        var all = await live.Monitor.RunAsync(new QueryBlockJobs(), cancel).ConfigureAwait(false);
        if (all.FirstOrDefault(j => j.Id == job.Name) is not { } now)
        {
            // Who polls takes it for done, and looks at what it made.
            if (job.Outcome is not null)
                await Task.WhenAny(job.Gone, live.Gone).WaitAsync(cancel).ConfigureAwait(false);
            return default;
        }
        // Who polls takes equal numbers for an end, which a job that is not ready has not reached.
        ulong done = now.Done, whole = now.Whole;
        if (!now.IsReady && done == whole)
            (done, whole) = done > 0 ? (done - 1, whole) : (0, 1);
        ulong speed = flags.HasFlag(DomainBlockJobInfoFlags.BandwidthBytes) ? now.Speed : (now.Speed + MiB - 1) / MiB;
        return new BlockJobInfo(true, job.Type, speed, done, whole);
    }

    public ValueTask SetBlockJobSpeedAsync(DomainRef domain, string path, ulong bandwidth, DomainBlockJobSpeedFlags flags, CancellationToken cancel)
    {
        flags.Only(DomainBlockJobSpeedFlags.BandwidthBytes, "qemuDomainBlockJobSetSpeed");
        ulong speed = BlockJobErrors.Bytes(bandwidth, flags.HasFlag(DomainBlockJobSpeedFlags.BandwidthBytes));
        return ChangeAsync(domain, "DomainBlockJobSetSpeed", async (guest, stop) =>
        {
            Disk disk = BlockJobErrors.Find(guest.Def, path);
            BlockJob job = guest.Jobs.OfDisk(disk.Target.Device) ?? throw BlockJobErrors.None(disk.Target.Device);
            await guest.Live.Monitor.RunAsync(new BlockJobSetSpeed(job.Name, speed), stop).ConfigureAwait(false);
        }, cancel);
    }

    async ValueTask ChangeAsync(DomainRef domain, string operation, Func<BlockJobGuest, CancellationToken, ValueTask> change, CancellationToken cancel)
    {
        var machine = connection.Get(domain);
        await using var job = await machine.EnterAsync(Job.Modify, connection.As(operation), cancel).ConfigureAwait(false);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, job.Interrupted);
        var live = machine.Live ?? throw MachineErrors.NotRunning();
        await change(new BlockJobGuest(connection.Keeper, machine, live), either.Token).ConfigureAwait(false);
    }
}
