using Vireo.Drivers.Qemu.Machine;
using Vireo.Drivers.Qemu.Monitor.Commands;
using Vireo.Model.Domain;
using Vireo.Model.Domain.Devices;

namespace Vireo.Drivers.Qemu.Hotplug.Live;

/// <summary>What is in the drives of a machine that a daemon before this one may have left in the middle of a change of medium.</summary>
static class MediumCheck
{
    /// <summary>Makes the definition say what QEMU has, closes trays that were left open, and takes away images that nobody uses.</summary>
    internal static async ValueTask RunAsync(MachinePlugGuest guest, CancellationToken cancel)
    {
        var drives = await guest.Monitor.RunAsync(new QueryBlock(), cancel).ConfigureAwait(false);
        foreach (Disk disk in guest.Def.Devices.Disks.AsSpan().ToArray())
        {
            if (disk.Kind is not (DiskKind.CdRom or DiskKind.Floppy) || disk.Alias is not { } alias || drives.FirstOrDefault(d => IsOf(d, alias)) is not { } drive)
                continue;
            if (drive.IsOpen && disk.Target.Tray is not DiskTray.Open)
                await guest.Monitor.RunAsync(new BlockdevCloseTray(alias), cancel).ConfigureAwait(false);
            uint? index = NumberOf(drive.Node);
            bool empty = Devices.BlockGraph.IsEmpty(disk.Source);
            if (drive.Node is null ? empty : index == disk.Source.Index && !empty)
                continue;
            DiskSource source = drive.Node is null ? new DiskSource.OfFile { Index = disk.Source.Index }
                : drive.File?.StartsWith("/dev/", StringComparison.Ordinal) is true ? new DiskSource.OfBlock { Path = drive.File, Index = index }
                : new DiskSource.OfFile { Path = drive.File, Index = index };
            guest.Publish(def => def.Devices.Disks.FirstOrDefault(d => d.Alias == alias) is { } now
                ? def with { Devices = def.Devices.Replace(now, now with { Source = source, BackingStore = drive.Node is null ? null : new BackingStore() }) } : def);
        }
        await ForgetImagesAsync(guest, cancel).ConfigureAwait(false);
    }

    internal static bool IsOf(DriveState drive, string alias) => drive.QDev == alias || drive.QDev.StartsWith($"/machine/peripheral/{alias}/", StringComparison.Ordinal)
        || drive.QDev == $"/machine/peripheral/{alias}";

    internal static uint? NumberOf(string? node) => node is not null && node.Split('-') is ["libvirt", var number, "format" or "storage"] && uint.TryParse(number, out uint index) ? index : null;

    // One that is still in use cannot be taken away, and QEMU says so.
    static async ValueTask ForgetImagesAsync(MachinePlugGuest guest, CancellationToken cancel)
    {
        HashSet<uint> known = [];
        foreach (Disk disk in guest.Def.Devices.Disks)
        {
            Add(disk.Source, disk.BackingStore);
            Add(disk.Mirror?.Source, disk.Mirror?.BackingStore);
        }

        void Add(DiskSource? top, BackingStore? below)
        {
            if (top?.Index is { } first)
                known.Add(first);
            for (; below is not null; below = below.Next)
                if ((below.Index ?? below.Source?.Index) is { } index)
                    known.Add(index);
        }

        var nodes = await guest.Monitor.RunAsync(new QueryNamedBlockNodes(), cancel).ConfigureAwait(false);
        foreach (string node in nodes.Select(static n => n.Name).Where(n => NumberOf(n) is { } number && !known.Contains(number))
            .OrderBy(static n => n.EndsWith("-storage", StringComparison.Ordinal)).ToList())
        {
            try
            {
                await guest.Monitor.RunAsync(new BlockdevDel(node), cancel).ConfigureAwait(false);
            }
            catch (Monitor.QmpRefusal)
            {
                // A job of QEMU's has it.
            }
        }
    }
}
