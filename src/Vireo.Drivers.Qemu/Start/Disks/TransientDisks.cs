using Vireo.Core.Errors;
using Vireo.Drivers.Qemu.Blocks;
using Vireo.Drivers.Qemu.Blocks.Jobs;
using Vireo.Drivers.Qemu.CommandLine;
using Vireo.Drivers.Qemu.Devices;
using Vireo.Drivers.Qemu.Hotplug.Live;
using Vireo.Drivers.Qemu.Machine;
using Vireo.Drivers.Qemu.Monitor.Commands;
using Vireo.Hypervisor.Flows;
using Vireo.Hypervisor.Images;
using Vireo.Model.Domain;
using Vireo.Model.Domain.Devices;

namespace Vireo.Drivers.Qemu.Start.Disks;

/// <summary>
/// Disks whose changes go with the run: before the guest runs each gets an image on top of its own, which is deleted at the end. Where the image below is
/// shared with other guests QEMU never has it alone: it is opened as what the new one stands on, and the disk is plugged in then.
/// </summary>
static class TransientDisks
{
    const string Mark = ".TRANSIENT-";

    /// <summary>The image on top of a transient disk's own, which may be the disk's already.</summary>
    internal static string OverlayOf(Disk disk, string name)
    {
        string path = ((DiskSource.OfFile)disk.Source).Path!;
        return IsOnTop(disk, name) ? path : path + Mark + name;
    }

    /// <summary>A disk's image is one that its run put on top of its own.</summary>
    internal static bool IsOnTop(Disk disk, string name) =>
        disk is { Transient: not null, Source: DiskSource.OfFile { Path: { } path } } && path.EndsWith(Mark + name, StringComparison.Ordinal);

    /// <summary>What is where such an image shall be is not this run's: it is refused before the run owns anything, and so never taken away.</summary>
    internal static void CheckFree(DomainDef machine)
    {
        foreach (Disk disk in Of(machine))
            if (OverlayOf(disk, machine.Name) is var path && Path.Exists(path))
                throw new VireoException(ErrorCode.OperationUnsupported, ErrorDomain.Qemu, $"Overlay file '{path}' for transient disk '{disk.Target.Device}' already exists");
    }

    /// <summary>Takes away the images of a run that is over.</summary>
    internal static void Remove(DomainDef live)
    {
        foreach (Disk disk in Of(live))
            File.Delete(OverlayOf(disk, live.Name));
    }

    /// <summary>The parts of a start that make them.</summary>
    internal static IEnumerable<FlowPart> Make(StartRun run) => Of(run.Live).OrderByDescending(DiskPlanner.IsThereAtStart).Select(disk => new FlowPart(
        disk.Target.Device,
        async cancel =>
        {
            string path = OverlayOf(disk, run.Definition.Name);
            NewFiles.Make(path);        // what somebody else put there meanwhile is his
            try
            {
                await MakeAsync(run, disk, path, cancel).ConfigureAwait(false);
            }
            catch
            {
                File.Delete(path);      // a step that fails is not undone
                throw;
            }
        },
        () =>
        {
            File.Delete(OverlayOf(disk, run.Definition.Name));
            return ValueTask.CompletedTask;
        }));

    static IEnumerable<Disk> Of(DomainDef live) => live.Devices.Disks.Where(static d => d is { Transient: not null, Source: DiskSource.OfFile { Path.Length: > 0 } }).ToList();

    static async ValueTask MakeAsync(StartRun run, Disk disk, string path, CancellationToken cancel)
    {
        run.Machine.Commit(s => s with { Live = run.Live });
        var guest = new BlockJobGuest(run.Keeper, run.Machine, run.Qemu!);
        bool isPlugged = DiskPlanner.IsThereAtStart(disk);
        var image = new DiskSource.OfFile { Path = path, Index = guest.Plug.NextImage() };
        Disk after = BlockChain.On(disk, image, StorageFormat.Qcow2, new BackingStore
        {
            Index = disk.Source.Index, Format = disk.Driver?.Type ?? StorageFormat.Raw, Source = disk.Source with { Index = null }, Next = disk.BackingStore ?? new BackingStore(),
        });
        Disk alone = BlockChain.Aside(disk, image, StorageFormat.Qcow2, new BackingStore());
        await guest.Plug.UnlockAsync(after, cancel).ConfigureAwait(false);
        using PlugRun nodes = PlugRun.Of(guest.Plug, isPlugged ? alone : after);
        string top = BlockChain.NodeOf(image.Index), below = BlockChain.NodeOf(disk.Source.Index);
        bool IsTop(QemuPart part) => part is QemuBlockdev made && made["node-name"]?.AsText() == top;

        await RunAsync(guest.Plug.Label(alone), cancel).ConfigureAwait(false);
        await RunAsync(nodes.Making(nodes.Backends.TakeWhile(p => !IsTop(p))), cancel).ConfigureAwait(false);
        ulong size = await ImageNodes.CapacityAsync(run.Talk, below, cancel).ConfigureAwait(false);
        if (ImageCreation.Format(ImageNodes.ImagesOf(guest.Plug, alone)[0], size, ImageNodes.ImagesOf(guest.Plug, disk)[0]) is { } options)
            await ImageNodes.CreateAsync(run.Talk, top, options, cancel).ConfigureAwait(false);
        await RunAsync(nodes.Making(nodes.Backends.SkipWhile(p => !IsTop(p))), cancel).ConfigureAwait(false);
        if (isPlugged)
            await run.Talk.RunAsync(new Transaction([Transaction.Snapshot(below, top)]), cancel).ConfigureAwait(false);
        else
            await RunAsync(nodes.Making(nodes.Fronts), cancel).ConfigureAwait(false);
        guest.Publish(disk.Target.Device, _ => after);
        run.Live = run.Machine.Snapshot.Live!;
    }

    // Undone all together with QEMU, which ends when the start fails.
    static async ValueTask RunAsync(IEnumerable<FlowPart> parts, CancellationToken cancel)
    {
        foreach (FlowPart part in parts)
            await part.Run(cancel).ConfigureAwait(false);
    }
}
