using Vireo.Model.Domain.Devices;

namespace Vireo.Drivers.Qemu.Hotplug.Live;

/// <summary>What of a disk cannot change while the machine runs, by libvirt's names.</summary>
static class DiskFields
{
    static readonly (string Name, Func<Disk, object?> Value)[] Fields =
    [
        ("device", static d => d.Kind ?? DiskKind.Disk),
        ("bus", static d => d.Target.Bus),
        ("rotation rate", static d => d.Target.RotationRate),
        ("geometry cylinders", static d => d.Geometry?.Cylinders ?? 0),
        ("geometry heads", static d => d.Geometry?.Heads ?? 0),
        ("geometry sectors", static d => d.Geometry?.Sectors ?? 0),
        ("geometry trans", static d => d.Geometry?.Translation),
        ("blockio logical_block_size", static d => d.BlockIo?.Logical ?? 0),
        ("blockio physical_block_size", static d => d.BlockIo?.Physical ?? 0),
        ("blkdeviotune total_bytes_sec", static d => d.IoTune?.TotalBytes ?? 0),
        ("blkdeviotune read_bytes_sec", static d => d.IoTune?.ReadBytes ?? 0),
        ("blkdeviotune write_bytes_sec", static d => d.IoTune?.WriteBytes ?? 0),
        ("blkdeviotune total_iops_sec", static d => d.IoTune?.TotalIops ?? 0),
        ("blkdeviotune read_iops_sec", static d => d.IoTune?.ReadIops ?? 0),
        ("blkdeviotune write_iops_sec", static d => d.IoTune?.WriteIops ?? 0),
        ("blkdeviotune total_bytes_sec_max", static d => d.IoTune?.TotalBytesMax ?? 0),
        ("blkdeviotune read_bytes_sec_max", static d => d.IoTune?.ReadBytesMax ?? 0),
        ("blkdeviotune write_bytes_sec_max", static d => d.IoTune?.WriteBytesMax ?? 0),
        ("blkdeviotune total_iops_sec_max", static d => d.IoTune?.TotalIopsMax ?? 0),
        ("blkdeviotune read_iops_sec_max", static d => d.IoTune?.ReadIopsMax ?? 0),
        ("blkdeviotune write_iops_sec_max", static d => d.IoTune?.WriteIopsMax ?? 0),
        ("blkdeviotune size_iops_sec", static d => d.IoTune?.SizeIops ?? 0),
        ("blkdeviotune group name", static d => d.IoTune?.GroupName),
        ("serial", static d => d.Serial),
        ("wwn", static d => d.Wwn),
        ("vendor", static d => d.Vendor),
        ("product", static d => d.Product),
        ("cache", static d => d.Driver?.Cache ?? DiskCache.Default),
        ("error_policy", static d => d.Driver?.ErrorPolicy),
        ("rerror_policy", static d => d.Driver?.ReadErrorPolicy),
        ("io", static d => d.Driver?.Io),
        ("ioeventfd", static d => d.Driver?.IoEventFd),
        ("event_idx", static d => d.Driver?.EventIdx),
        ("copy_on_read", static d => d.Driver?.CopyOnRead),
        ("discard", static d => d.Driver?.Discard),
        ("detect_zeroes", static d => d.Driver?.DetectZeroes),
        ("iothread", static d => d.Driver?.IoThread ?? 0),
        ("queues", static d => d.Driver?.Queues ?? 0),
        ("domain_name", static d => d.BackendDomain),
        ("readonly", static d => d.ReadOnly),
        ("shareable", static d => d.Shareable),
        ("transient", static d => d.Transient is not null),
        ("sgio", static d => d.SgIo),
        ("rawio", static d => d.RawIo),
    ];

    /// <summary>The first field that differs; null: none does.</summary>
    internal static string? Changed(Disk old, Disk now)
    {
        foreach (var (name, value) in Fields)
            if (!Equals(value(old), value(now)))
                return name;
        return null;
    }
}
