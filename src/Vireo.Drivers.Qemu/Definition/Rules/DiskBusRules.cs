using Vireo.Core.Errors;
using Vireo.Core.Xml;
using Vireo.Model.Domain.Devices;
using Vireo.Model.Rules;

namespace Vireo.Drivers.Qemu.Definition.Rules;

/// <summary>What disks on the various buses can be told, and where they can sit.</summary>
sealed class DiskBusRules : IRules<Disk, RuledMachine>
{
    const int LongestVendor = 8, LongestProduct = 16, WwnDigits = 16;

    public static void Check(Disk element, RuledMachine document, Findings found)
    {
        Disk disk = element;
        DiskBus? bus = disk.Target.Bus;
        if (bus is DiskBus.Sd && disk.Serial is not null)
            found.Add(disk, ErrorCode.InternalError, "Serial property not supported for drive bus 'sd'");
        if (bus is DiskBus.Xen or DiskBus.Uml)
            found.Add(disk, ErrorCode.InternalError, $"unsupported disk bus '{bus.Value.ToXml()}' with device setup");
        if (disk.Kind is not DiskKind.Lun)
        {
            if (disk.SgIo is not null)
                found.Unsupported(disk, "sgio can be used only with device='lun'");
            if (disk.RawIo is not null)
                found.Unsupported(disk, "rawio can be used only with device='lun'");
        }
        else
        {
            if (bus is DiskBus.Scsi && disk.Serial is not null)
                found.Unsupported(disk, "scsi-block 'lun' devices do not support the serial property");
            if ((disk.Vendor ?? disk.Product) is not null)
                found.Unsupported(disk, "Setting vendor or product is not supported for lun device");
        }
        if (disk.Vendor?.Length > LongestVendor)
            found.Unsupported(disk, "disk vendor is more than 8 characters");
        if (disk.Product?.Length > LongestProduct)
            found.Unsupported(disk, "disk product is more than 16 characters");
        if (disk.Wwn is { } wwn && (wwn.StartsWith("0x", StringComparison.Ordinal) ? wwn[2..] : wwn) is var digits
            && (digits.Length != WwnDigits || !digits.All(char.IsAsciiHexDigit)))
            found.Add(disk, ErrorCode.InternalError, $"Malformed wwn: {wwn}");
        if (disk.Driver is { } driver)
            CheckDriver(driver, disk, found);
        if (bus is DiskBus.Virtio && disk.Address is DeviceAddress.Drive)
            found.Unsupported(disk, "virtio disk cannot have an address of type 'drive'");
        if (disk.Address is DeviceAddress.Drive drive)
            CheckPlace(disk, drive, document, found);
    }

    static void CheckDriver(DiskDriver driver, Disk disk, Findings found)
    {
        if (disk.Target.Bus is not DiskBus.Virtio)
        {
            if (driver.IoEventFd is not null)
                found.Unsupported(driver, "disk ioeventfd mode supported only for virtio bus");
            if (driver.EventIdx is not null)
                found.Unsupported(driver, "disk event_idx mode supported only for virtio bus");
            foreach (var (set, name) in ((bool, string)[])[(driver.Iommu is not null, "iommu"), (driver.Ats is not null, "ats"), (driver.Packed is not null, "packed"),
                (driver.PagePerVq is not null, "page_per_vq")])
                if (set)
                    found.Unsupported(driver, $"{name} driver option is only supported for virtio devices");
        }
        if (driver.Type is StorageFormat.Cow)
            found.Unsupported(driver, "'cow' storage format is not supported");
        if (driver.MetadataCache is not null && driver.Type is not StorageFormat.Qcow2)
            found.Unsupported(driver, "metadata cache max size control is supported only with qcow2 images");
    }

    static void CheckPlace(Disk disk, DeviceAddress.Drive drive, RuledMachine machine, Findings found)
    {
        switch (disk.Target.Bus)
        {
            case DiskBus.Ide when drive.Target != 0:
                found.Unsupported(disk, "target must be 0 for ide controller");
                break;
            case DiskBus.Sata when drive.Bus != 0:
                found.Unsupported(disk, "bus must be 0 for sata controller");
                break;
            case DiskBus.Sata when drive.Target != 0:
                found.Unsupported(disk, "target must be 0 for sata controller");
                break;
            case DiskBus.Scsi when drive.Bus != 0:
                found.Add(disk, ErrorCode.InternalError, "SCSI controller only supports 1 bus");
                break;
            case DiskBus.Scsi:
                foreach (Controller controller in machine.Def.Devices.Controllers)
                    if (controller.Type is ControllerType.Scsi && (controller.Index ?? 0) == drive.Controller)
                        CheckScsi(disk, drive, controller.Model ?? "lsilogic", found);
                break;
            case DiskBus.Fdc when drive.Target != 0:
                found.Unsupported(disk, "target must be 0 for controller fdc");
                break;
        }
    }

    static void CheckScsi(Disk disk, DeviceAddress.Drive drive, string model, Findings found)
    {
        if (model is "lsilogic" or "auto" or "am53c974" or "dc390" or "ncr53c90")
        {
            if (drive.Target != 0)
                found.Unsupported(disk, $"target must be 0 for controller model '{(model == "auto" ? "lsilogic" : model)}'");
        }
        else if (model is "virtio-scsi" or "virtio-transitional" or "virtio-non-transitional")
        {
            if (drive.Target > 7 && drive.Target > 255)
                found.Unsupported(disk, "This QEMU doesn't support target greater than 255");
        }
    }
}
