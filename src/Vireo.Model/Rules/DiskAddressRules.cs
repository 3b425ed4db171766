using Vireo.Core.Xml;
using Vireo.Model.Domain;
using Vireo.Model.Domain.Devices;

namespace Vireo.Model.Rules;

/// <summary>Drives of one controller have addresses of their own, and disks on such buses no others.</summary>
public sealed class DiskAddressRules : IRules<DeviceSet, DomainDef>
{
    /// <inheritdoc/>
    public static void Check(DeviceSet element, DomainDef document, Findings found)
    {
        foreach (Disk disk in element.Disks)
            if (disk.Target.Bus is DiskBus.Ide or DiskBus.Fdc or DiskBus.Scsi or DiskBus.Sata && disk.Address is not (null or DeviceAddress.Drive))
                found.Unsupported(disk, $"Invalid address type '{TypeOf(disk.Address)}' for the disk '{disk.Target.Device}' with the bus type '{disk.Target.Bus.Value.ToXml()}'");
        CheckDisks(element, found);
        CheckHostDevices(element, found);
    }

    static void CheckDisks(DeviceSet set, Findings found)
    {
        var taken = new Dictionary<(DiskBus, DeviceAddress.Drive), Disk>();
        foreach (Disk disk in set.Disks)
            if (disk.Address is DeviceAddress.Drive at && !taken.TryAdd((disk.Target.Bus ?? DiskBus.Ide, at), disk))
                found.Unsupported(disk, $"Found duplicate drive address for disk with target name '{taken[(disk.Target.Bus ?? DiskBus.Ide, at)].Target.Device}' "
                    + Place(at));
    }

    static void CheckHostDevices(DeviceSet set, Findings found)
    {
        var taken = new HashSet<DeviceAddress.Drive>();
        foreach (Hostdev hostdev in set.Hostdevs)
        {
            if (hostdev is not { Source: HostdevSource.OfScsi, Address: DeviceAddress.Drive at })
                continue;
            string place = Place(at);
            foreach (Disk disk in set.Disks)
                if (disk.Target.Bus is DiskBus.Scsi && at.Equals(disk.Address))
                    found.Unsupported(hostdev, $"using disk target name '{disk.Target.Device}' conflicts with SCSI host device address {place[..^1]}");   // so libvirt writes it
            if (!taken.Add(at))
                found.Unsupported(hostdev, $"SCSI host address {place} in use by another SCSI host device");
        }
    }

    static string Place(DeviceAddress.Drive at) => $"controller='{at.Controller}' bus='{at.Bus}' target='{at.Target}' unit='{at.Unit}'";

    static string TypeOf(DeviceAddress address) => address switch
    {
        DeviceAddress.Pci => "pci",
        DeviceAddress.VirtioSerial => "virtio-serial",
        DeviceAddress.Ccid => "ccid",
        DeviceAddress.Usb => "usb",
        DeviceAddress.SpaprVio => "spapr-vio",
        DeviceAddress.VirtioS390 => "virtio-s390",
        DeviceAddress.Ccw => "ccw",
        DeviceAddress.VirtioMmio => "virtio-mmio",
        DeviceAddress.Isa => "isa",
        DeviceAddress.Dimm => "dimm",
        DeviceAddress.Unassigned => "unassigned",
        _ => "none",
    };
}
