using Vireo.Drivers.Qemu.Blocks.Jobs;
using Vireo.Drivers.Qemu.Machine;
using Vireo.Drivers.Qemu.Hotplug.Live;
using Vireo.Drivers.Qemu.Monitor.Commands;
using Vireo.Drivers.Qemu.Snapshots;
using Vireo.Hypervisor.Machines;
using Vireo.Model.Domain;
using Vireo.Model.Domain.Devices;
using Vireo.Model.Snapshot;

namespace Vireo.Drivers.Qemu.Blocks;

/// <summary>What becomes of images that a daemon was making when it ended.</summary>
static class NewImages
{
    /// <summary>Deletes those that nothing of the machine names.</summary>
    internal static void Sweep(QemuKeeper keeper, QemuMachine machine)
    {
        if (keeper.NewFiles.Of(machine.Name).Count == 0)
        {
            keeper.NewFiles.Forget(machine.Name);
            return;
        }
        HashSet<string> used = UsedBy(machine.Snapshot);
        foreach (BlockJob job in machine.Live?.BlockJobs.All ?? [])
            if (job.Store is DiskSource.OfFile { Path: { } store }) used.Add(store);
        foreach (SnapshotDef snapshot in keeper.Snapshots.Of(machine.Name).All)
            used.UnionWith(SnapshotGraph.FilesOf(snapshot).Concat(snapshot.Disks.Select(static d => d.Image)).Append(snapshot.Memory?.File).OfType<string>());
        keeper.NewFiles.Sweep(machine.Name, used.Contains);
    }

    /// <summary>Every machine's: of those that do not run. Whose machine is gone is left to nobody.</summary>
    internal static void SweepAll(QemuKeeper keeper)
    {
        foreach (string name in keeper.NewFiles.Machines())
            if (keeper.Machines.Find(name) is not { } machine)
                keeper.NewFiles.Sweep(name, static _ => false);
            else if (!machine.Snapshot.IsActive)
                Sweep(keeper, machine);
    }

    /// <summary>Makes the documents say what QEMU does: a daemon before this one put images on top of others, and had no time to write it down.</summary>
    internal static async ValueTask AdoptAsync(QemuKeeper keeper, QemuMachine machine, LiveQemu live, CancellationToken cancel)
    {
        HashSet<string> made = [.. keeper.NewFiles.Of(machine.Name)];
        if (made.Count == 0 || machine.Snapshot.Live is not { } def)
            return;
        var guest = new BlockJobGuest(keeper, machine, live);
        var drives = await live.Monitor.RunAsync(new QueryBlock(), cancel).ConfigureAwait(false);
        List<NewOverlay> overlays = [];
        foreach (Disk disk in def.Devices.Disks)
            if (disk.Alias is { } alias && drives.FirstOrDefault(d => MediumCheck.IsOf(d, alias)) is { File: { } file } drive && made.Contains(file)
                && MediumCheck.NumberOf(drive.Node) is { } index && index != disk.Source.Index)
                overlays.Add(new NewOverlay(new SnapshotDisk { Name = disk.Target.Device }, disk,
                    BlockChain.Aside(disk, new DiskSource.OfFile { Path = file, Index = index }, StorageFormat.Qcow2, new BackingStore())));
        if (overlays.Count == 0)
            return;
        if (machine.Snapshot.Persistent is { } kept && SnapshotFlows.Overlaid(overlays, kept) is var next && next != kept)
        {
            keeper.Definitions.Save(machine.Name, machine.Uuid, next.ToXml(DomainFormat.Inactive | DomainFormat.Secure));
            machine.Commit(s => s with { Persistent = next });
        }
        guest.Plug.Publish(d => overlays.Aggregate(d, static (now, o) => BlockJobGuest.Change(now, o.Before.Target.Device, o.After)));
    }

    /// <summary>The images that what runs and what would run name.</summary>
    internal static HashSet<string> UsedBy(MachineSnapshot now)
    {
        HashSet<string> used = new(StringComparer.Ordinal);
        foreach (DomainDef? def in (DomainDef?[])[now.Live, now.Persistent])
            foreach (Disk disk in def?.Devices.Disks ?? [])
                used.UnionWith(BlockJobEnd.ImagesOf(disk));
        return used;
    }
}
