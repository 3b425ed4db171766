using System.Globalization;
using Vireo.Core;
using Vireo.Model.Domain.Devices;

namespace Vireo.Model.Domain.Defaults;

/// <summary>Disks: kind, bus and drive address from the name; ports of servers; sorted by bus and name.</summary>
static class DiskNormals
{
    public static DomainDef Apply(DomainDef machine, GeneralContext context)
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
        return disk with
        {
            Kind = kind,
            Source = Complete(disk.Source),
            BackingStore = Complete(disk.BackingStore),
            Mirror = disk.Mirror is { } mirror ? Complete(mirror) : null,
            Target = disk.Target with { Bus = bus },
            ReadOnly = disk.ReadOnly || kind is DiskKind.CdRom,
            Snapshot = Snapshot(disk, kind),
            Address = disk.Address ?? Address(disk.Target.Device, bus),
        };
    }

    /// <summary>What cannot be written to needs no word that it takes no part in snapshots; what another process serves needs one.</summary>
    static DiskSnapshot? Snapshot(Disk disk, DiskKind kind) => disk.Snapshot switch
    {
        DiskSnapshot.No when disk.ReadOnly || kind is DiskKind.CdRom => null,
        null when disk.Source is DiskSource.OfVhostUser => DiskSnapshot.No,
        var written => written,
    };

    static BackingStore? Complete(BackingStore? store) => store is not { Source: { } source }
        ? store
        : store with { Source = Complete(source), Next = Complete(store.Next) };

    /// <summary>Servers have their protocol's usual port; an iSCSI target without a unit means unit 0.</summary>
    static DiskSource Complete(DiskSource source) => source is not DiskSource.OfNetwork network ? source : network with
    {
        Name = network.Protocol is NetworkDiskProtocol.Iscsi && network.Name is { } name ? IscsiName(name) : network.Name,
        Hosts = Hosts(network.Hosts, network.Protocol),
    };

    internal static string IscsiName(string name) => name.Contains('/', StringComparison.Ordinal) ? name : name + "/0";

    internal static ValueList<DiskHost> Hosts(ValueList<DiskHost> hosts, NetworkDiskProtocol protocol) => Port(protocol) is not { } port
        ? hosts
        : hosts.Map(h => h is { Port: null, Transport: null or DiskHostTransport.Tcp } ? h with { Port = port.ToString(CultureInfo.InvariantCulture) } : h);

    static int? Port(NetworkDiskProtocol protocol) => protocol switch
    {
        NetworkDiskProtocol.Nbd => 10809,
        NetworkDiskProtocol.Sheepdog => 7000,
        NetworkDiskProtocol.Gluster => 24007,
        NetworkDiskProtocol.Iscsi => 3260,
        NetworkDiskProtocol.Http => 80,
        NetworkDiskProtocol.Https => 443,
        NetworkDiskProtocol.Ftp => 21,
        NetworkDiskProtocol.Ftps => 990,
        NetworkDiskProtocol.Tftp => 69,
        NetworkDiskProtocol.Ssh => 22,
        NetworkDiskProtocol.Vxhs => 9999,
        _ => null,
    };

    /// <summary>The old form of a mirror names a file alone.</summary>
    static DiskMirror Complete(DiskMirror mirror)
    {
        if (mirror.Job is null && mirror.File is { } path)
        {
            StorageFormat format = mirror.FileFormat is { } word && StorageFormatNames.TryParse(word, out StorageFormat known) ? known : StorageFormat.Raw;
            mirror = mirror with { Job = "copy", Source = new DiskSource.OfFile { Path = path }, Format = format };
        }
        return mirror.Source is not DiskSource.OfFile { Path: { } file } ? mirror : mirror with
        {
            File = file,
            FileFormat = mirror.Format is { } form ? StorageFormatNames.ToXml(form) : null,
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
