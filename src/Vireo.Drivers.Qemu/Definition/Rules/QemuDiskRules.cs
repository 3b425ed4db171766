using System.Buffers;
using Vireo.Core.Errors;
using Vireo.Core.Xml;
using Vireo.Drivers.Qemu.Devices;
using Vireo.Model.Domain;
using Vireo.Model.Domain.Devices;
using Vireo.Model.Rules;

namespace Vireo.Drivers.Qemu.Definition.Rules;

/// <summary>Disks.</summary>
sealed class QemuDiskRules : IRules<Disk, RuledMachine>
{
    static readonly SearchValues<char> SafeInSerials = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_ .+%");

    public static void Check(Disk element, RuledMachine document, Findings found)
    {
        CheckFormat(element, found);
        DiskSourceRules.Check(element, document, found);
        DiskBusRules.Check(element, document, found);
        if (element is { Target.Bus: DiskBus.Usb, Address: not (null or DeviceAddress.Usb) })
            found.Add(element, ErrorCode.InternalError, "unexpected address type for usb disk");
        if ((element.Encryption ?? element.Source.Encryption) is { } encryption)
            CheckEncryption(encryption, element, document, found);
        if (element.Source is DiskSource.OfNetwork { Protocol: NetworkDiskProtocol.Nbd, TlsHostname: not null } network
            && !document.Facts.Has("blockdev.nbd.tls-hostname"))
            found.Unsupported(network, "'tlsHostname' field is not supported by this QEMU");
        CheckBus(element, document, found);
        CheckIdentity(element, found);
        if (element.Driver is { } driver)
            CheckDriver(driver, element, document, found);
    }

    static void CheckFormat(Disk disk, Findings found)
    {
        StorageFormat? format = disk.Driver?.Type;
        if (format is StorageFormat.Iso)
            found.Unsupported(disk, "storage format 'iso' is not directly supported by QEMU, use 'raw' instead");
        if (format is StorageFormat.Dir)
            found.Unsupported(disk, "'directory' storage format is not directly supported by QEMU, use 'dir' disk type instead");
        if (format is StorageFormat.Fat && disk.Source is not (DiskSource.OfDirectory or DiskSource.OfVolume))
            found.Unsupported(disk, "storage format 'fat' is supported only with 'dir' storage type");
        if (disk.Shareable && disk.Source is not DiskSource.OfVhostUser && format is not (null or StorageFormat.Raw))
            found.Unsupported(disk, $"shared access for disk '{disk.Target.Device}' requires use of supported storage format");
    }

    static void CheckEncryption(DiskEncryption encryption, Disk disk, RuledMachine machine, Findings found)
    {
        if (encryption.Engine is EncryptionEngine.Librbd)
        {
            if (disk.Source is not DiskSource.OfNetwork { Protocol: NetworkDiskProtocol.Rbd })
                found.Unsupported(encryption, "librbd encryption is supported only with RBD backed disks");
            if (!machine.Facts.Has("rbd-encryption"))
                found.Unsupported(encryption, "librbd encryption is not supported by this QEMU binary");
            return;
        }
        if (encryption.Format is EncryptionFormat.Luks2)
            found.Unsupported(encryption, "luks2 is currently not supported by the qemu encryption engine");
        if (disk.Driver?.Type is not (null or StorageFormat.Raw or StorageFormat.Qcow2))
            found.Unsupported(encryption, "encryption is supported only with 'raw' and 'qcow2' image format");
    }

    static void CheckBus(Disk disk, RuledMachine machine, Findings found)
    {
        switch (disk.Target.Bus)
        {
            case DiskBus.Fdc when machine.Type.IsPseries:
                found.Unsupported(disk, "PowerPC pseries machines do not support floppy device");
                break;
            case DiskBus.Usb when disk.Address is not (null or DeviceAddress.Usb):
                found.Add(disk, ErrorCode.InternalError, "unexpected address type for usb disk");
                break;
            case { } other and not DiskBus.Fdc when disk.Kind is DiskKind.Floppy:
                found.Add(disk, ErrorCode.InternalError, $"Invalid bus type '{other.ToXml()}' for floppy disk");
                break;
            case DiskBus.Fdc when disk.Kind is not DiskKind.Floppy:
                found.Add(disk, ErrorCode.InternalError, "Invalid bus type 'fdc' for disk");
                break;
            case DiskBus.Virtio or DiskBus.Xen when disk.Kind is DiskKind.CdRom or DiskKind.Floppy:
                found.Unsupported(disk, $"disk type of '{disk.Target.Device}' does not support ejectable media");
                break;
            case DiskBus.Ide or DiskBus.Sata when disk.ReadOnly && disk.Kind is null or DiskKind.Disk:
                found.Unsupported(disk, $"readonly {disk.Target.Bus.Value.ToXml()} disks are not supported");
                break;
        }
        if (disk.Kind is not DiskKind.Lun)
            return;
        if (disk.Target.Bus is not (null or DiskBus.Virtio or DiskBus.Scsi))
            found.Unsupported(disk, $"disk device='lun' is not supported for bus='{disk.Target.Bus.Value.ToXml()}'");
        if (disk.Source is not (DiskSource.OfBlock or DiskSource.OfVolume or DiskSource.OfNetwork { Protocol: NetworkDiskProtocol.Iscsi }))
            found.Unsupported(disk, "disk device='lun' is only valid for block type disk source");
    }

    static void CheckIdentity(Disk disk, Findings found)
    {
        if (disk.Serial is { } serial && serial.AsSpan().ContainsAnyExcept(SafeInSerials))
            found.Add(disk, ErrorCode.InternalError, $"driver serial '{serial}' contains unsafe characters");
        if (disk.Wwn is not null && disk.Target.Bus is DiskBus.Virtio or DiskBus.Usb or DiskBus.Fdc)
            found.Unsupported(disk, "Only ide and scsi disk support wwn");
        if ((disk.Vendor ?? disk.Product) is not null && disk.Target.Bus is not (null or DiskBus.Scsi))
            found.Unsupported(disk, "Only scsi disk supports vendor and product");
        if (disk.Transient is not null)
            CheckTransient(disk, found);
    }

    static void CheckTransient(Disk disk, Findings found)
    {
        string target = disk.Target.Device;
        if (BlockGraph.IsEmpty(disk.Source))
            found.Unsupported(disk, $"transient disk '{target}' must not be empty");
        else if (disk.ReadOnly)
            found.Unsupported(disk, $"transient disk '{target}' must not be read-only");
        else if (disk.Source is not DiskSource.OfFile)
            found.Unsupported(disk, $"transient disk supported only with 'file' type ({target})");
        else if (disk.Kind is not DiskKind.Disk)
            found.Unsupported(disk, $"transient disk supported only with 'disk' device ({target})");
    }

    static void CheckDriver(DiskDriver driver, Disk disk, RuledMachine machine, Findings found)
    {
        if (driver.Name is not (null or "qemu"))
            found.Unsupported(driver, $"unsupported driver name '{driver.Name}' for disk '{disk.Target.Device}'");
        if (driver.Io is DiskIo.Native && driver.Cache is not (DiskCache.None or DiskCache.DirectSync))
            found.Unsupported(driver, "io='native' needs either no disk cache or directsync cache mode");
        if (driver.IoThread is not { } thread)
            return;
        if (disk.Target.Bus is not (null or DiskBus.Virtio))
            found.Unsupported(driver, $"IOThreads not available for bus {disk.Target.Bus.Value.ToXml()} target {disk.Target.Device}");
        else if (!machine.HasIoThread(thread))
            found.Unsupported(driver, $"Disk iothread '{thread}' not defined in iothreadid");
    }
}
