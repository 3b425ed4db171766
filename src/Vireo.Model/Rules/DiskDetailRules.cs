using Vireo.Core.Errors;
using Vireo.Core.Xml;
using Vireo.Model.Domain;
using Vireo.Model.Domain.Devices;

namespace Vireo.Model.Rules;

/// <summary>What only some buses and kinds of disks can be told.</summary>
public sealed class DiskDetailRules : IRules<Disk, DomainDef>
{
    /// <inheritdoc/>
    public static void Check(Disk element, DomainDef document, Findings found)
    {
        DiskBus? bus = element.Target.Bus;
        string name = element.Target.Device;
        bool removableMedium = element.Kind is DiskKind.CdRom or DiskKind.Floppy;
        if (element.Kind is DiskKind.Floppy && bus is not (null or DiskBus.Fdc))
            found.Add(element, ErrorCode.InternalError, $"Invalid bus type '{bus.Value.ToXml()}' for floppy disk");
        if (element.Target.Removable is true && bus is not (null or DiskBus.Usb))
            found.Wrong(element, "removable is only valid for usb disks");
        if (element.Target.Tray is DiskTray.Open && !removableMedium)
            found.Unsupported(element, "tray is only valid for cdrom and floppy");
        if (element.Target.RotationRate is not null && bus is DiskBus.Virtio or DiskBus.Usb or DiskBus.Sd or DiskBus.Fdc)
            found.Add(element, ErrorCode.InternalError, "rotation rate is only valid for SCSI/IDE/SATA bus");
        if (element.Model is { } model && bus is not (null or DiskBus.Virtio))
            found.Unsupported(element, $"disk model '{model.ToXml()}' not supported for bus '{bus.Value.ToXml()}'");
        if (element.Driver is { } driver)
        {
            if (driver.CopyOnRead is true && element.ReadOnly)
                found.Unsupported(driver, $"copy_on_read is not compatible with read-only disk '{name}'");
            if (driver.Queues is not null && bus is not (null or DiskBus.Virtio))
                found.Unsupported(driver, "queues attribute in disk driver element is only supported by virtio-blk");
        }
        if (element.IoTune is { } tune)
            CheckLimits(tune, found);
    }

    static void CheckLimits(DiskIoTune tune, Findings found)
    {
        foreach (var (total, read, write, what) in ((ulong?, ulong?, ulong?, string)[])
            [
                (tune.TotalBytes, tune.ReadBytes, tune.WriteBytes, "bytes_sec"), (tune.TotalIops, tune.ReadIops, tune.WriteIops, "iops_sec"),
                (tune.TotalBytesMax, tune.ReadBytesMax, tune.WriteBytesMax, "bytes_sec_max"), (tune.TotalIopsMax, tune.ReadIopsMax, tune.WriteIopsMax, "iops_sec_max"),
            ])
            if (total > 0 && (read > 0 || write > 0))
                found.Wrong(tune, $"total and read/write {what} cannot be set at the same time");
    }
}
