using System.Globalization;
using Vireo.Model.Domain.Devices;

namespace Vireo.Drivers.Qemu.Audit;

/// <summary>What the audit calls a device of the host: its bus, and its place there.</summary>
readonly record struct HostDeviceName(string Bus, string Device)
{
    /// <summary>The name of a device; null: the audit has none for its kind.</summary>
    internal static HostDeviceName? Of(HostdevSource source) => source switch
    {
        HostdevSource.OfPci { Address: { } at } => new("pci", string.Create(CultureInfo.InvariantCulture, $"{at.Domain:x4}:{at.Bus:x2}:{at.Slot:x2}.{at.Function:x1}")),
        HostdevSource.OfUsb usb => new("usb", string.Create(CultureInfo.InvariantCulture, $"{usb.Bus ?? 0:d3}.{usb.DeviceNumber ?? 0:d3}")),
        HostdevSource.OfScsi { Adapter: { } adapter } scsi => new("scsi", string.Create(CultureInfo.InvariantCulture, $"{adapter}:{scsi.Bus}:{scsi.Target}:{scsi.Unit}")),
        HostdevSource.OfScsi { Name: { } name } => new("scsi", name),
        HostdevSource.OfScsiHost host => new("scsi_host", host.Wwpn ?? ""),
        HostdevSource.OfMdev mediated => new("mdev", mediated.Uuid.ToString()),
        _ => null,
    };
}
