using System.Collections.Immutable;
using Vireo.Drivers.Qemu.CommandLine;
using Vireo.Drivers.Qemu.Facts;
using Vireo.Model.Domain.Devices;

namespace Vireo.Drivers.Qemu.Devices;

/// <summary>Disks: the block graph below, the drive that the guest sees on its bus above.</summary>
sealed class DiskPlanner : IDevicePlanner<Disk>
{
    /// <summary>Whether QEMU begins with it: an overlay over an image that others use too is plugged before the guest runs.</summary>
    public static bool IsThereAtStart(Disk disk) => disk.Transient is not { ShareBacking: true };

    public DevicePlan Plan(Disk disk, PlanContext at)
    {
        if (disk.Target.Bus is DiskBus.Sd)
            return SdCard.Plan(disk, at);
        if (disk.Source is DiskSource.OfVhostUser socket)
            return VhostUser(disk, socket, at);
        BlockGraph graph = BlockGraph.Of(disk, at);
        return new DevicePlan { Host = graph.Host, Backends = graph.Parts, Frontends = [Front(disk, graph.TopNode, at)] };
    }

    static DevicePlan VhostUser(Disk disk, DiskSource.OfVhostUser socket, PlanContext at)
    {
        string id = $"chr-vu-{disk.Alias}";
        QemuDevice front = Front(disk, node: null, at, chardev: id);
        return new DevicePlan
        {
            Backends =
            [
                new QemuChardev("socket", id)
                {
                    { "path", socket.Path },
                    { "reconnect", socket.Reconnect is { Enabled: { } enabled } again ? enabled ? again.Timeout : 0 : null },
                }.As(new ChardevSource.OfUnix { Path = socket.Path, Mode = ChardevMode.Connect, Reconnect = socket.Reconnect }),
            ],
            Frontends = [front],
        };
    }

    static QemuDevice Front(Disk disk, string? node, PlanContext at, string? chardev = null)
    {
        var drive = disk.Address as DeviceAddress.Drive;
        QemuDevice device = disk.Target.Bus switch
        {
            DiskBus.Virtio => Virtio(disk, at),
            DiskBus.Scsi => Scsi(disk, drive, at),
            DiskBus.Sata => Sata(disk, drive, at),
            DiskBus.Usb => new QemuDevice("usb-storage") { at.Address(disk) },
            DiskBus.Fdc => new QemuDevice("floppy") { { "unit", drive?.Unit ?? 0 } },
            _ => new QemuDevice(Kind(disk, "ide"))
            {
                { "bus", $"ide.{drive?.Bus ?? 0}" },
                { "unit", drive?.Unit ?? 0 },
            },
        };
        device.Add("share-rw", disk.Shareable ? true : null);
        device.Add("chardev", chardev);
        device.Add("drive", node);
        device.Add("id", disk.Alias);
        device.Add("bootindex", disk.Target.Bus is DiskBus.Fdc ? null : at.BootIndex(disk));
        device.Add("logical_block_size", disk.BlockIo?.Logical);
        device.Add("physical_block_size", disk.BlockIo?.Physical);
        device.Add("wwn", Wwn(disk));
        device.Add("rotation_rate", disk.Target.RotationRate);
        device.Add("vendor", disk.Vendor);
        device.Add("product", disk.Product);
        if (disk.Target.Bus is DiskBus.Usb)
            device.Add("removable", disk.Target.Removable ?? false);
        if (BlockGraph.CacheOf(disk) is { } cache and not DiskCache.Default)
            device.Add("write-cache", cache is DiskCache.WriteThrough or DiskCache.DirectSync ? "off" : "on");
        device.Add("cyls", disk.Geometry?.Cylinders);
        device.Add("heads", disk.Geometry?.Heads);
        device.Add("secs", disk.Geometry?.Sectors);
        device.Add("bios-chs-trans", disk.Geometry?.Translation switch
        {
            GeometryTranslation.None => "none",
            GeometryTranslation.Auto => "auto",
            GeometryTranslation.Lba => "lba",
            _ => null,
        });
        device.Add("serial", disk.Serial?.Replace(" ", "\\ ", StringComparison.Ordinal));
        device.Add("werror", Policy(disk.Driver?.ErrorPolicy));
        device.Add("rerror", Policy(disk.Driver?.ReadErrorPolicy ?? (disk.Driver?.ErrorPolicy is DiskErrorPolicy.EnoSpace ? null : disk.Driver?.ErrorPolicy)));
        return device;
    }

    static string Kind(Disk disk, string prefix) =>
        prefix + (disk.Kind is DiskKind.CdRom ? "-cd" : "-hd");

    static ulong? Wwn(Disk disk) =>
        disk.Wwn is { } text && ulong.TryParse(text.StartsWith("0x", StringComparison.OrdinalIgnoreCase) ? text.AsSpan(2) : text, System.Globalization.NumberStyles.HexNumber, null, out ulong wwn) ? wwn : null;

    static string? Policy(DiskErrorPolicy? policy) => policy switch
    {
        DiskErrorPolicy.Stop => "stop",
        DiskErrorPolicy.Report => "report",
        DiskErrorPolicy.Ignore => "ignore",
        DiskErrorPolicy.EnoSpace => "enospc",
        _ => null,
    };

    static QemuDevice Virtio(Disk disk, PlanContext at)
    {
        VirtioModel model = disk.Model switch
        {
            DiskModel.VirtioTransitional => VirtioModel.Transitional,
            DiskModel.VirtioNonTransitional => VirtioModel.NonTransitional,
            _ => VirtioModel.Plain,
        };
        bool scsiOff = at.Facts.Has(QemuFlag.VirtioBlkScsi) && !at.Facts.Has(QemuFlag.VirtioBlkScsiDefaultDisabled);
        return new QemuDevice(at.Virtio(disk.Source is DiskSource.OfVhostUser ? "vhost-user-blk" : "virtio-blk", disk, model))
        {
            at.VirtioOptions(disk.Driver, model),
            { "iothread", disk.Driver?.IoThread is { } thread ? $"iothread{thread}" : null },
            { "ioeventfd", disk.Driver?.IoEventFd },
            { "event_idx", disk.Driver?.EventIdx },
            { "scsi", disk.Source is DiskSource.OfVhostUser ? null : disk.Kind is DiskKind.Lun ? true : scsiOff ? false : null },
            { "num-queues", disk.Driver?.Queues },
            { "queue-size", disk.Driver?.QueueSize },
            at.Address(disk),
        };
    }

    static QemuDevice Sata(Disk disk, DeviceAddress.Drive? drive, PlanContext at)
    {
        string controller = AddressProperties.Controller(at.Machine, ControllerType.Sata, drive?.Controller ?? 0, "ide");
        return new QemuDevice(Kind(disk, "ide")) { { "bus", $"{controller}.{drive?.Unit ?? 0}" } };
    }

    static QemuDevice Scsi(Disk disk, DeviceAddress.Drive? drive, PlanContext at)
    {
        string controller = AddressProperties.Controller(at.Machine, ControllerType.Scsi, drive?.Controller ?? 0, "scsi0");
        bool lun = disk.Kind is DiskKind.Lun;
        var device = new QemuDevice(lun ? "scsi-block" : Kind(disk, "scsi")) { { "bus", $"{controller}.0" } };
        if (ScsiBus.IsNarrow(at.Machine, drive?.Controller ?? 0))
            device.Add("scsi-id", drive?.Unit ?? 0);
        else
        {
            device.Add("channel", drive?.Bus ?? 0);
            device.Add("scsi-id", drive?.Target ?? 0);
            device.Add("lun", drive?.Unit ?? 0);
        }
        if (!lun)
            device.Add("device_id", disk.Serial ?? $"drive-{disk.Alias}");
        return device;
    }
}
