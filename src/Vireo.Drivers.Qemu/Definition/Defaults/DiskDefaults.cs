using Vireo.Core;
using Vireo.Model.Domain;
using Vireo.Model.Domain.Devices;

namespace Vireo.Drivers.Qemu.Definition.Defaults;

/// <summary>Disks: bus from the name, driver, address of the drive; sorted by bus and name.</summary>
static class DiskDefaults
{
    public static DomainDef Apply(DomainDef machine, DefinitionContext context)
    {
        var sorted = new List<Disk>();
        foreach (Disk disk in machine.Devices.Disks)
            Insert(sorted, Complete(disk));
        return machine with { Devices = machine.Devices with { Disks = sorted.ToValueList() } };
    }

    static Disk Complete(Disk disk)
    {
        DiskKind kind = disk.Kind ?? DiskKind.Disk;
        DiskBus bus = disk.Target.Bus ?? Bus(disk.Target.Device, kind);
        DiskDriver driver = disk.Driver ?? new DiskDriver();
        return disk with
        {
            Kind = kind,
            Snapshot = disk.Source is DiskSource.OfVhostUser ? DiskSnapshot.No : disk.Snapshot,
            Target = disk.Target with { Bus = bus },
            ReadOnly = disk.ReadOnly || kind is DiskKind.CdRom,
            Driver = disk.Source is DiskSource.OfVhostUser ? disk.Driver : driver with
            {
                Name = driver.Name ?? "qemu",
                Type = driver.Type is null or StorageFormat.Auto ? StorageFormat.Raw : driver.Type,
            },
            Address = disk.Address ?? Address(disk.Target.Device, bus),
        };
    }

    static DiskBus Bus(string name, DiskKind kind) => kind is DiskKind.Floppy || name.StartsWith("fd", StringComparison.Ordinal)
        ? DiskBus.Fdc
        : name.Length < 2 ? DiskBus.Ide : name[..2] switch
        {
            "sd" => DiskBus.Scsi,
            "vd" => DiskBus.Virtio,
            "xv" => DiskBus.Xen,
            "ub" => DiskBus.Uml,
            _ => DiskBus.Ide,
        };

    static DeviceAddress.Drive? Address(string name, DiskBus bus)
    {
        int index = TargetName.Index(name);
        if (index < 0)
            return null;
        uint i = (uint)index;
        return bus switch
        {
            DiskBus.Ide => new() { Controller = i / 4, Bus = i % 4 / 2, Unit = i % 2 },
            DiskBus.Sata => new() { Controller = i / 6, Unit = i % 6 },
            DiskBus.Scsi => new() { Controller = i / 7, Unit = i % 7 },
            DiskBus.Fdc => new() { Controller = i / 2, Unit = i % 2 },
            _ => null,
        };
    }

    static void Insert(List<Disk> disks, Disk disk)
    {
        int at = disks.Count;
        int index = TargetName.Index(disk.Target.Device);
        for (int i = disks.Count - 1; i >= 0; i--)
        {
            if (disks[i].Target.Bus != disk.Target.Bus)
                continue;
            if (TargetName.Index(disks[i].Target.Device) < index)
            {
                at = at == disks.Count ? i + 1 : at;
                break;
            }
            at = i;
        }
        disks.Insert(at, disk);
    }
}
