using Vireo.Core.Errors;
using Vireo.Driver;
using Vireo.Drivers.Qemu.Devices;
using Vireo.Drivers.Qemu.Monitor;
using Vireo.Drivers.Qemu.Monitor.Commands;
using Vireo.Hypervisor.Flows;
using Vireo.Hypervisor.Images;
using Vireo.Model.Domain.Devices;

namespace Vireo.Drivers.Qemu.Blocks.Jobs;

/// <summary>Begins what shortens chains: images drawn up into the top, or written down into one below.</summary>
static class BlockJobStart
{
    sealed record Run(BlockJobGuest Guest, BlockJob Job, IQmpAction Command, IReadOnlyList<DiskSource> Written, Disk Disk, DiskMirror? Mirror = null);

    /// <summary>The steps, for tests that kill the daemon at each of them.</summary>
    internal static IFlow Steps => Flow;

    // The job is in the status before QEMU hears of it: a daemon that comes later asks QEMU whether there is one.
    static readonly Flow<Run> Flow = new Flow<Run>("block-job")
        .Each("labels", static run => run.Written.SelectMany(source => run.Guest.Plug.Label(BlockChain.Aside(run.Disk, source, null, new BackingStore()))))
        .Step("note", static run =>
        {
            run.Guest.Jobs.Add(run.Job);
            run.Guest.Keeper.Save(run.Guest.Machine);
        }, static run =>
        {
            run.Guest.Jobs.Remove(run.Job);
            run.Guest.Keeper.Save(run.Guest.Machine);
        })
        .Step("mirror", static run =>
        {
            if (run.Mirror is not null) run.Guest.Publish(run.Job.Disk, d => d with { Mirror = run.Mirror });
        }, static run =>
        {
            if (run.Mirror is not null) run.Guest.Publish(run.Job.Disk, static d => d with { Mirror = null });
        })
        .Step("begin", static async (run, cancel) => await run.Guest.Live.Monitor.RunAsync(run.Command, cancel).ConfigureAwait(false))
        .Step("publish", static run =>
        {
            if (run.Job.State is BlockJobState.New)
                run.Job.State = BlockJobState.Running;
            run.Guest.Keeper.Save(run.Guest.Machine);
        });

    /// <summary>Draws the images between a disk's top and a base up into the top.</summary>
    internal static async ValueTask PullAsync(BlockJobGuest guest, string path, string? name, ulong speed, uint flags, bool relative, CancellationToken cancel)
    {
        Disk disk = BlockJobErrors.Find(guest.Def, path);
        BlockJobErrors.CheckMayHave(guest.Jobs, disk);
        if (BlockGraph.IsEmpty(disk.Source))
            throw VireoException.Internal(ErrorDomain.Qemu, "argument key 'device' must not have null value");
        ChainImage chain = BlockChain.Of(disk, relative);
        ChainImage? below = name is null ? null : Lookup(chain, chain, name, disk).Image;
        string top = BlockChain.NodeOf(chain.Index);
        string? node = below is null ? null : BlockChain.NodeOf(below.Index);
        string? written = below is null ? null : BlockChain.NameOf(chain.Backing, below, relative);
        var job = new BlockJob(BlockJob.NameOf(DomainBlockJobType.Pull, disk.Target.Device, top), DomainBlockJobType.Pull, disk.Target.Device) { Flags = flags, Base = node };
        await Flow.RunAsync(new Run(guest, job, new BlockStream(job.Name, top, node, written, speed), [], disk), guest.Keeper.Flows, cancel).ConfigureAwait(false);
    }

    /// <summary>What is committed into what.</summary>
    /// <exception cref="VireoException">VIR_ERR_INVALID_ARG: there are no such images, or not in that order.</exception>
    internal static (ChainImage Top, ChainImage? Above, ChainImage Base) Range(Disk disk, string? top, string? below, DomainBlockCommitFlags flags)
    {
        ChainImage chain = BlockChain.Of(disk, flags.HasFlag(DomainBlockCommitFlags.Relative));
        ImageLookup.Found upper = top is null ? new ImageLookup.Found(chain, null) : Lookup(chain, null, top, disk);
        if (upper.Above is null && !flags.HasFlag(DomainBlockCommitFlags.Active))
        {
            if (chain.Backing is null)
                throw NoBase(disk);
            throw VireoException.InvalidArgument(ErrorDomain.Qemu, $"commit of '{disk.Target.Device}' active layer requires active flag");
        }
        if (upper.Above is not null && flags.HasFlag(DomainBlockCommitFlags.Active))
            throw VireoException.InvalidArgument(ErrorDomain.Qemu, $"active commit requested but '{upper.Image.Path}' is not active");
        if (upper.Image.Backing is null && below is null)
            throw NoBase(disk);
        ChainImage lower = below is null && flags.HasFlag(DomainBlockCommitFlags.Shallow) ? upper.Image.Backing! : Lookup(chain, upper.Image, below, disk).Image;
        if (flags.HasFlag(DomainBlockCommitFlags.Shallow) && !ReferenceEquals(lower, upper.Image.Backing))
            throw VireoException.InvalidArgument(ErrorDomain.Qemu, $"base '{below}' is not immediately below '{upper.Image.Path}' in chain for '{disk.Target.Device}'");
        return (upper.Image, upper.Above, lower);
    }

    static VireoException NoBase(Disk disk) => new(ErrorCode.InvalidArg, ErrorDomain.Storage, $"could not find base image in chain for '{disk.Target.Device}'");

    /// <summary>Writes the images from one down to another into that.</summary>
    internal static async ValueTask CommitAsync(BlockJobGuest guest, string path, string? top, string? below, ulong speed, DomainBlockCommitFlags flags, CancellationToken cancel)
    {
        Disk disk = BlockJobErrors.Find(guest.Def, path);
        if (BlockGraph.IsEmpty(disk.Source))
            throw VireoException.InvalidArgument(ErrorDomain.Qemu, $"disk {disk.Target.Device} has no source file to be committed");
        BlockJobErrors.CheckMayHave(guest.Jobs, disk);
        bool relative = flags.HasFlag(DomainBlockCommitFlags.Relative);
        var (upper, above, lower) = Range(disk, top, below, flags);
        DomainBlockJobType type = above is null ? DomainBlockJobType.ActiveCommit : DomainBlockJobType.Commit;
        string target = disk.Target.Device, topNode = BlockChain.NodeOf(upper.Index), baseNode = BlockChain.NodeOf(lower.Index);
        string? written = above is null ? null : BlockChain.NameOf(upper, lower, relative);
        var job = new BlockJob(BlockJob.NameOf(type, target, topNode), type, target)
        {
            Flags = (uint)flags, Top = topNode, Base = baseNode, TopParent = above is null ? null : BlockChain.NodeOf(above.Index),
            DeletesCommitted = flags.HasFlag(DomainBlockCommitFlags.Delete),
        };
        DiskMirror? mirror = above is null ? new DiskMirror { Job = "active-commit", Format = lower.Format, Source = lower.Source with { Index = lower.Index } } : null;
        var command = new BlockCommit(job.Name, BlockChain.NodeOf(disk.Source.Index), topNode, baseNode, written, speed, AutoFinalize: true);
        DiskSource[] changed = above is null ? [lower.Source] : [lower.Source, above.Source];
        await Flow.RunAsync(new Run(guest, job, command, changed, disk, mirror), guest.Keeper.Flows, cancel).ConfigureAwait(false);
    }

    // libvirt calls the chain by the disk.
    static ImageLookup.Found Lookup(ChainImage chain, ChainImage? from, string? name, Disk disk)
    {
        try
        {
            return ImageLookup.Find(chain, from, name, disk.Target.Device);
        }
        catch (VireoException e) when (e.Message.EndsWith($"in chain for '{chain.Path}'", StringComparison.Ordinal))
        {
            string text = e.Message["invalid argument: ".Length..^(chain.Path!.Length + 1)];
            throw new VireoException(ErrorCode.InvalidArg, ErrorDomain.Storage, $"{text}{disk.Target.Device}'");
        }
    }
}
