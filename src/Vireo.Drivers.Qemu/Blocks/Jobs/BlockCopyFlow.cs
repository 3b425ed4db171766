using Vireo.Core.Errors;
using Vireo.Driver;
using Vireo.Drivers.Qemu.CommandLine;
using Vireo.Drivers.Qemu.Devices;
using Vireo.Drivers.Qemu.Hotplug.Live;
using Vireo.Drivers.Qemu.Monitor.Commands;
using Vireo.Hypervisor.Flows;
using Vireo.Hypervisor.Images;
using Vireo.Model.Domain.Devices;

namespace Vireo.Drivers.Qemu.Blocks.Jobs;

/// <summary>Copies a disk to another image while the guest uses it, and keeps both equal until somebody chooses one.</summary>
static class BlockCopyFlow
{
    sealed class Run(BlockJobGuest guest, CopyOrder order, Disk disk, Disk copy, PlugRun nodes, BlockJob job) : IDisposable
    {
        internal BlockJobGuest Guest => guest;
        internal CopyOrder Order => order;
        internal Disk Disk => disk;
        internal Disk Copy => copy;
        internal PlugRun Nodes => nodes;
        internal BlockJob Job => job;
        internal ulong Capacity { get; set; }
        internal bool IsNew => !order.Flags.HasFlag(DomainBlockCopyFlags.ReuseExt);
        internal string? File => IsNew && copy.Source is DiskSource.OfFile { Path: { } path } ? path : null;
        internal string Node => BlockChain.NodeOf(copy.Source.Index);
        internal string Source => BlockChain.NodeOf(disk.Source.Index);

        /// <summary>What QEMU does not have yet: objects and the nodes of bytes, then those of formats.</summary>
        internal IReadOnlyList<QemuPart> Fresh => nodes.Backends.Without(ImageNodes.Of(guest.Plug, disk));

        internal IEnumerable<QemuPart> Bytes => Fresh.TakeWhile(p => !IsFormat(p));

        internal IEnumerable<QemuPart> Formats => Fresh.SkipWhile(p => !IsFormat(p));

        bool IsFormat(QemuPart part) => part is QemuBlockdev node && node["node-name"]?.AsText() == Node;

        public void Dispose() => nodes.Dispose();
    }

    /// <summary>The steps, for tests that kill the daemon at each of them.</summary>
    internal static IFlow Steps => Flow;

    static readonly Flow<Run> Flow = new Flow<Run>("block-copy")
        .Step("note", static run =>
        {
            if (run.File is { } path) run.Guest.Keeper.NewFiles.Note(run.Guest.Machine.Name, [path]);
            run.Guest.Jobs.Add(run.Job);
            run.Guest.Keeper.Save(run.Guest.Machine);
        }, static run =>
        {
            run.Guest.Jobs.Remove(run.Job);
            run.Guest.Keeper.Save(run.Guest.Machine);
            if (run.File is not null) run.Guest.Keeper.NewFiles.Forget(run.Guest.Machine.Name);
        })
        .Step("file", static run =>
        {
            if (run.File is { } path) NewFiles.Make(path);
        }, static run =>
        {
            if (run.File is { } path) File.Delete(path);
        })
        .Each("host", static run => run.Guest.Plug.Prepare(run.Copy, run.Nodes.Plan))
        .Each("labels", static run => run.Guest.Plug.Label(run.Copy))
        .Step("size", SizeAsync)
        .Step("extend", ExtendAsync)
        .Each("bytes", static run => run.Nodes.Making(run.Bytes))
        .Step("create", CreateAsync)
        .Each("format", static run => run.Nodes.Making(run.Formats))
        .Step("publish", static run => run.Guest.Publish(run.Job.Disk, d => d with { Mirror = MirrorOf(run) }),
            static run => run.Guest.Publish(run.Job.Disk, static d => d with { Mirror = null }))
        .Step("begin", static async (run, cancel) => await run.Guest.Live.Monitor.RunAsync(new BlockdevMirror(run.Job.Name, run.Source, run.Node)
        {
            IsPersistent = true,
            IsShallow = run.Order.Flags.HasFlag(DomainBlockCopyFlags.Shallow),
            Speed = run.Order.Speed,
            Granularity = run.Order.Granularity,
            BufferBytes = run.Order.Buffer,
            IsSynchronous = run.Order.Flags.HasFlag(DomainBlockCopyFlags.SynchronousWrites),
        }, cancel).ConfigureAwait(false))
        .Step("settle", static run =>
        {
            if (run.Job.State is BlockJobState.New)
                run.Job.State = BlockJobState.Running;
            run.Guest.Keeper.Save(run.Guest.Machine);
            if (run.File is not null) run.Guest.Keeper.NewFiles.Forget(run.Guest.Machine.Name);
        });

    internal static async ValueTask RunAsync(BlockJobGuest guest, string path, CopyOrder order, CancellationToken cancel)
    {
        Disk disk = BlockJobErrors.Find(guest.Def, path);
        BlockJobErrors.CheckMayHave(guest.Jobs, disk);
        if (guest.Machine.Snapshot.IsPersistent && !order.Flags.HasFlag(DomainBlockCopyFlags.TransientJob))
            throw Machine.QemuErrors.Invalid("domain is not transient");
        if (BlockGraph.IsEmpty(disk.Source))
            throw VireoException.InvalidArgument(ErrorDomain.Qemu, $"disk {disk.Target.Device} has no source to be copied");
        bool shallow = order.Flags.HasFlag(DomainBlockCopyFlags.Shallow), reuse = order.Flags.HasFlag(DomainBlockCopyFlags.ReuseExt);
        Check(disk, order.Target.Source, reuse);
        Disk copy = Copy(guest, disk, order.Target, shallow, reuse);
        string target = disk.Target.Device;
        var job = new BlockJob(BlockJob.NameOf(DomainBlockJobType.Copy, target, BlockChain.NodeOf(disk.Source.Index)), DomainBlockJobType.Copy, target)
        {
            Flags = (uint)order.Flags, IsShallowNew = shallow && reuse && copy.BackingStore is { Source: not null },
        };
        // The images below one that somebody gave are opened when the guest goes over: its owner may still be writing them.
        Disk opened = job.IsShallowNew ? copy with { BackingStore = new BackingStore() } : copy;
        await guest.Plug.UnlockAsync(opened, cancel).ConfigureAwait(false);
        using var run = new Run(guest, order, disk, copy, PlugRun.Of(guest.Plug, opened), job);
        await Flow.RunAsync(run, guest.Keeper.Flows, cancel).ConfigureAwait(false);
    }

    static void Check(Disk disk, DiskSource to, bool reuse)
    {
        string? file = (to as DiskSource.OfFile)?.Path ?? (to as DiskSource.OfBlock)?.Path;
        if (file is null)
            return;
        if (!file.StartsWith('/'))
            throw VireoException.InvalidArgument(ErrorDomain.Qemu, $"path '{file}' of the copy must be absolute");
        bool there = File.Exists(file);
        if (!there && reuse)
            throw VireoException.System(ErrorDomain.Qemu, 2, $"missing destination file for disk {disk.Target.Device}: {file}");
        if (there && !reuse && to is DiskSource.OfFile && new FileInfo(file) is { Length: > 0 } && !IsDevice(file))
            throw new VireoException(ErrorCode.ConfigUnsupported, ErrorDomain.Qemu, $"external destination file for disk {disk.Target.Device} already exists and is not a block device: {file}");
        if (!there && to is DiskSource.OfBlock)
            throw VireoException.System(ErrorDomain.Qemu, 2, $"missing destination file for disk {disk.Target.Device}: {file}");
    }

    static bool IsDevice(string path) => File.GetAttributes(path).HasFlag(FileAttributes.Device);

    static Disk Copy(BlockJobGuest guest, Disk disk, CopyTarget target, bool shallow, bool reuse)
    {
        if (!reuse)
        {
            Disk made = BlockChain.Aside(disk, target.Source with { Index = guest.Plug.NextImage() }, target.Format ?? disk.Driver?.Type, new BackingStore());
            return shallow ? made with { BackingStore = disk.BackingStore } : made;
        }
        StorageFormat format = target.Format ?? Probe(target.Source);
        Disk given = BlockChain.Aside(disk, target.Source, format, target.BackingStore);
        given = given with { BackingStore = given.BackingStore ?? ((Disk)guest.Plug.Locate(given)).BackingStore };
        return LiveChanges.Numbered(guest.Plug, given) is Disk numbered ? numbered : given;
    }

    static StorageFormat Probe(DiskSource source) => source is DiskSource.OfFile { Path: { } path } && Host.Images.ImageHeader.Read(path, null) is { } header
        && StorageFormatNames.TryParse(header.Format, out StorageFormat format) ? format : StorageFormat.Raw;

    // An image that shares what is below the disk's own shows nothing below itself.
    static DiskMirror MirrorOf(Run run) => new()
    {
        File = (run.Copy.Source as DiskSource.OfFile)?.Path,
        FileFormat = run.Copy.Source is DiskSource.OfFile ? run.Copy.Driver?.Type?.ToXml() : null,
        Job = "copy",
        Format = run.Copy.Driver?.Type,
        Source = run.Copy.Source,
        BackingStore = run.Job.IsShallow && run.IsNew ? null : run.Copy.BackingStore,
    };

    static async ValueTask SizeAsync(Run run, CancellationToken cancel) =>
        run.Capacity = await ImageNodes.CapacityAsync(run.Guest.Live.Monitor, run.Source, cancel).ConfigureAwait(false);

    // A raw file has its size before it is opened; other formats grow.
    static async ValueTask ExtendAsync(Run run, CancellationToken cancel)
    {
        if (run.IsNew && ImageNodes.ImagesOf(run.Guest.Plug, run.Copy)[0] is { Format: StorageFormat.Raw, Source: DiskSource.OfFile } image
            && ImageCreation.Storage(image, run.Capacity) is { } options)
            await ImageNodes.CreateAsync(run.Guest.Live.Monitor, run.Node, options, cancel).ConfigureAwait(false);
    }

    static async ValueTask CreateAsync(Run run, CancellationToken cancel)
    {
        if (!run.IsNew)
            return;
        var images = ImageNodes.ImagesOf(run.Guest.Plug, run.Copy);
        if (ImageCreation.Format(images[0], run.Capacity, images.Count > 1 ? images[1] : null) is { } options)
            await ImageNodes.CreateAsync(run.Guest.Live.Monitor, run.Node, options, cancel).ConfigureAwait(false);
    }
}
