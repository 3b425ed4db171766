using Vireo.Core;
using Vireo.Model.Domain;
using Vireo.Model.Domain.Devices;

namespace Vireo.Drivers.Qemu.Devices;

/// <summary>The order in which the firmware tries devices: their own, or the first of each kind that &lt;os&gt; names.</summary>
sealed class BootIndexes
{
    readonly Dictionary<Device, uint> indexes = new(ReferenceEqualityComparer.Instance);

    public uint? Find(Device device) => indexes.TryGetValue(device, out uint index) ? index : null;

    public static BootIndexes Of(DomainDef machine)
    {
        var made = new BootIndexes();
        foreach (Device device in machine.Devices)
            if (device.Boot is { } boot)
                made.indexes[device] = boot.Order;
        if (made.indexes.Count > 0)
            return made;
        uint next = 1;
        foreach (BootDevice kind in machine.Os.Boot)
            if (First(machine, kind) is { } device && made.indexes.TryAdd(device, next))
                next++;
        return made;
    }

    static Device? First(DomainDef machine, BootDevice kind)
    {
        if (kind is BootDevice.Network)
            return machine.Devices.Interfaces.Count > 0 ? machine.Devices.Interfaces[0] : null;
        foreach (Disk disk in machine.Devices.Disks)
        {
            bool fits = kind switch
            {
                BootDevice.CdRom => disk.Kind is DiskKind.CdRom,
                BootDevice.Fd => disk.Kind is DiskKind.Floppy,
                _ => disk.Kind is null or DiskKind.Disk or DiskKind.Lun,
            };
            if (fits)
                return disk;
        }
        return null;
    }
}
