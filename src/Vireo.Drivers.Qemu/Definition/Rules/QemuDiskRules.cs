using Vireo.Core.Xml;
using Vireo.Model.Domain;
using Vireo.Model.Domain.Devices;
using Vireo.Model.Rules;

namespace Vireo.Drivers.Qemu.Definition.Rules;

/// <summary>Disks.</summary>
sealed class QemuDiskRules : IRules<Disk, RuledMachine>
{
    public static void Check(Disk element, RuledMachine document, Findings found)
    {
        StorageFormat? format = element.Driver?.Type;
        string? instead = format switch
        {
            StorageFormat.Iso or StorageFormat.Dir => "raw",
            StorageFormat.Vhd => "vpc",
            _ => null,
        };
        if (instead is not null)
            found.Unsupported(element, $"storage format '{format!.Value.ToXml()}' is not directly supported by QEMU, use '{instead}' instead");
        if (format is StorageFormat.Fat && element.Source is not (DiskSource.OfDirectory or DiskSource.OfVolume))
            found.Unsupported(element, "storage format 'fat' is supported only with 'dir' storage type");
        if (element.Shareable && element.Source is not DiskSource.OfVhostUser && format is not (null or StorageFormat.Raw))
            found.Unsupported(element, $"shared access for disk '{element.Target.Device}' requires use of supported storage format");
        if ((element.Encryption ?? element.Source.Encryption) is { } encryption)
            CheckEncryption(encryption, element, document, found);
        if (element.Source is DiskSource.OfNetwork { Protocol: NetworkDiskProtocol.Nbd, TlsHostname: not null } network
            && !document.Facts.Has("blockdev.nbd.tls-hostname"))
            found.Unsupported(network, "'tlsHostname' field is not supported by this QEMU");
        CheckBus(element, document, found);
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
            found.Unsupported(encryption, "'luks2' is currently not supported by the 'qemu' encryption engine");
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
                found.Add(disk, Core.Errors.ErrorCode.InternalError, "unexpected address type for usb disk");
                break;
            case DiskBus.Usb when disk.Kind is DiskKind.Floppy or DiskKind.Lun:
                found.Unsupported(disk, $"disk device '{disk.Kind.Value.ToXml()}' is not supported on bus 'usb'");
                break;
            case DiskBus.Virtio or DiskBus.Xen when disk.Kind is DiskKind.CdRom or DiskKind.Floppy:
                found.Unsupported(disk, $"disk type of '{disk.Target.Device}' does not support ejectable media");
                break;
        }
        if (disk.Target.RotationRate is not null && disk.Target.Bus is not (DiskBus.Scsi or DiskBus.Ide or DiskBus.Sata))
            found.Unsupported(disk.Target, "rotation rate is only valid for SCSI/IDE/SATA bus");
        if (disk.Kind is DiskKind.Lun && disk.Source is not (DiskSource.OfBlock or DiskSource.OfVolume or DiskSource.OfNetwork { Protocol: NetworkDiskProtocol.Iscsi }))
            found.Unsupported(disk, $"disk device='lun' is not supported for source");
    }
}
