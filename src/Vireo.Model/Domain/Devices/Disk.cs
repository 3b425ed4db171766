using Vireo.Core;
using Vireo.Core.Xml;

namespace Vireo.Model.Domain.Devices;

/// <summary>A disk, CD-ROM or floppy drive, or a LUN.</summary>
[Element("disk")]
public sealed partial record Disk : Device
{
    [Attr("device", Since = "0.1.4")] [Abi("disk device")] public DiskKind? Kind { get; init; }
    [Attr("model", Since = "5.2.0")] [Abi("disk model")] public DiskModel? Model { get; init; }
    [Attr("rawio", Since = "0.9.10")] public bool? RawIo { get; init; }
    [Attr("sgio", Since = "1.0.2")] public DiskSgIo? SgIo { get; init; }
    [Attr("snapshot", Since = "0.9.5")] public DiskSnapshot? Snapshot { get; init; }
    [Child(Since = "0.1.8")] [Abi] public DiskDriver? Driver { get; init; }
    [Child("auth")] public DiskAuth? Auth { get; init; }
    [Child("source")] public DiskSource Source { get; init; } = new DiskSource.OfFile();
    [Child("backingStore", Since = "1.2.4")] public BackingStore? BackingStore { get; init; }
    [Attr("name", In = "backenddomain", Since = "1.2.13")] public string? BackendDomain { get; init; }
    [Child] public DiskGeometry? Geometry { get; init; }
    [Child(Since = "0.10.2")] public DiskBlockIo? BlockIo { get; init; }
    [Child("mirror", Live = true, Since = "0.9.12")] public DiskMirror? Mirror { get; init; }
    [Child(Missing = "target|disk")] [Abi] public required DiskTarget Target { get; init; }
    [Child(Since = "0.9.8")] public DiskIoTune? IoTune { get; init; }
    [Flag("readonly")] [Abi(Text = "Target disk access mode does not match source")] public bool ReadOnly { get; init; }
    [Flag("shareable")] public bool Shareable { get; init; }
    [Child(Since = "0.9.5")] public DiskTransient? Transient { get; init; }
    [Text("serial", Since = "0.7.1")] [Abi("disk serial")] public string? Serial { get; init; }
    [Text("wwn", Since = "0.10.1")] [Abi("disk wwn", Quoted = true)] public string? Wwn { get; init; }
    [Text("vendor", Since = "1.0.1")] public string? Vendor { get; init; }
    [Text("product", Since = "1.0.1")] public string? Product { get; init; }
    [Child("encryption")] public DiskEncryption? Encryption { get; init; }
    /// <summary>What the driver remembers about the disk while the machine runs.</summary>
    [Child("privateData", Status = true, Last = true)] public XmlFragment? PrivateData { get; init; }
    /// <summary>Which secrets stand on the disk, as older documents have them, and not in its source.</summary>
    [Child(Status = true, Last = true)] public DiskSecretsPlacement? SecretsPlacement { get; init; }
}

/// <summary>Which secrets of a disk stand outside its source.</summary>
[Element("diskSecretsPlacement")]
public sealed partial record DiskSecretsPlacement
{
    [Attr("auth")] public string? Auth { get; init; }
    [Attr("enc")] public string? Encryption { get; init; }
}

[WireNames] public enum DiskKind { Disk, [Wire("lun")] Lun, [Wire("cdrom")] CdRom, Floppy }
[WireNames] public enum DiskModel { Virtio, [Wire("virtio-transitional")] VirtioTransitional, [Wire("virtio-non-transitional")] VirtioNonTransitional }
[WireNames] public enum DiskSgIo { Filtered, Unfiltered }
[WireNames] public enum DiskSnapshot { No, Internal, External, Manual }
[WireNames] public enum DiskBus { Ide, Fdc, Scsi, Virtio, Xen, Usb, Uml, Sata, Sd }
[WireNames] public enum DiskTray { Closed, Open }
[WireNames] public enum DiskCache { Default, None, WriteThrough, WriteBack, DirectSync, Unsafe }
[WireNames] public enum DiskErrorPolicy { Stop, Report, Ignore, [Wire("enospace")] EnoSpace }
[WireNames] public enum DiskIo { Threads, Native, [Wire("io_uring")] IoUring }
[WireNames] public enum DiskDiscard { Unmap, Ignore }
[WireNames] public enum DiskDetectZeroes { Off, On, Unmap }

/// <summary>How the disk is served.</summary>
[Element("driver", OmitEmpty = true)]
public sealed partial record DiskDriver : IVirtioOptions
{
    [Attr("name")] public string? Name { get; init; }
    [Attr("type", Bad = "unsupported|unknown driver format value '{0}'")] public StorageFormat? Type { get; init; }
    [Attr("cache", Since = "0.6.0")] public DiskCache? Cache { get; init; }
    [Attr("error_policy", Since = "0.8.0")] public DiskErrorPolicy? ErrorPolicy { get; init; }
    [Attr("rerror_policy", Since = "0.9.7")] public DiskErrorPolicy? ReadErrorPolicy { get; init; }
    [Attr("io", Since = "0.8.8")] public DiskIo? Io { get; init; }
    [Attr("ioeventfd", OnOff = true, Since = "0.9.3")] public bool? IoEventFd { get; init; }
    [Attr("event_idx", OnOff = true, Since = "0.9.5")] public bool? EventIdx { get; init; }
    [Attr("copy_on_read", OnOff = true, Since = "0.9.10")] public bool? CopyOnRead { get; init; }
    [Attr("discard", Since = "1.0.6")] public DiskDiscard? Discard { get; init; }
    [Attr("iothread", Since = "1.2.8")] public uint? IoThread { get; init; }
    [Attr("detect_zeroes", Since = "2.0.0")] public DiskDetectZeroes? DetectZeroes { get; init; }
    [Attr("queues", Since = "3.9.0")] [Abi("disk queue count")] public uint? Queues { get; init; }
    [Attr("queue_size", Since = "7.8.0")] [Abi("disk queue size")] public uint? QueueSize { get; init; }
    [Attr("iommu", OnOff = true, Since = "3.5.0")] [Abi("device iommu option", Quoted = true)] public bool? Iommu { get; init; }
    [Attr("ats", OnOff = true, Since = "3.5.0")] [Abi("device ats option", Quoted = true)] public bool? Ats { get; init; }
    [Attr("packed", OnOff = true, Since = "6.3.0")] [Abi("device packed option", Quoted = true)] public bool? Packed { get; init; }
    [Attr("page_per_vq", OnOff = true, Since = "7.9.0")] [Abi("device page_per_vq option", Quoted = true)] public bool? PagePerVq { get; init; }
    [Text("metadata_cache/max_size", Since = "7.0.0")] public ByteSize? MetadataCache { get; init; }
}

/// <summary>The name and the bus that the guest sees.</summary>
[Element("target")]
public sealed partial record DiskTarget
{
    [Attr("dev")] [Abi("disk")] public required string Device { get; init; }
    [Attr("bus", Since = "0.4.3")] [Abi("disk bus")] public DiskBus? Bus { get; init; }
    [Attr("tray", Since = "0.9.11")] public DiskTray? Tray { get; init; }
    [Attr("removable", OnOff = true, Since = "1.1.3")] public bool? Removable { get; init; }
    [Attr("rotation_rate", Since = "7.3.0")] [Abi(Text = "Target disk rotation rate {0} RPM does not match source {1} RPM")] public uint? RotationRate { get; init; }
}

/// <summary>Changes are thrown away when the machine stops.</summary>
[Element("transient")]
public sealed partial record DiskTransient
{
    [Attr("shareBacking", Since = "7.4.0")] public bool? ShareBacking { get; init; }
}

/// <summary>Cylinders, heads and sectors.</summary>
[Element("geometry")]
public sealed partial record DiskGeometry
{
    [Attr("cyls")] public required uint Cylinders { get; init; }
    [Attr("heads")] public required uint Heads { get; init; }
    [Attr("secs")] public required uint Sectors { get; init; }
    [Attr("trans")] public GeometryTranslation? Translation { get; init; }
}

[WireNames] public enum GeometryTranslation { None, Auto, Lba }

/// <summary>Block sizes shown to the guest.</summary>
[Element("blockio")]
public sealed partial record DiskBlockIo
{
    [Attr("logical_block_size")] public uint? Logical { get; init; }
    [Attr("physical_block_size")] public uint? Physical { get; init; }
}

/// <summary>The image below the disk's; without a type the end of the chain.</summary>
[Element("backingStore")]
public sealed partial record BackingStore
{
    [Attr("index", Live = true)] public uint? Index { get; init; }
    [Attr("type", In = "format")] public StorageFormat? Format { get; init; }
    [Text("metadata_cache/max_size", In = "format", Since = "7.0.0")] public ByteSize? MetadataCacheSize { get; init; }
    /// <summary>Null: nothing is below.</summary>
    [Child("source")] public DiskSource? Source { get; init; }
    [Child("backingStore")] public BackingStore? Next { get; init; }
}

/// <summary>A copy or commit that is going on.</summary>
[Element("mirror")]
public sealed partial record DiskMirror
{
    /// <summary>What old clients look for: the file, and its format.</summary>
    [Attr("file")] public string? File { get; init; }
    [Attr("format")] public string? FileFormat { get; init; }
    [Attr("job", Since = "1.2.7")] public string? Job { get; init; }
    [Attr("ready")] public string? Ready { get; init; }
    [Attr("type", In = "format")] public StorageFormat? Format { get; init; }
    [Text("metadata_cache/max_size", In = "format")] public ByteSize? MetadataCacheSize { get; init; }
    [Child("source", Since = "1.2.6")] public DiskSource? Source { get; init; }
    [Child("backingStore")] public BackingStore? BackingStore { get; init; }
}

/// <summary>Limits of the disk's traffic.</summary>
[Element("iotune", OmitEmpty = true)]
public sealed partial record DiskIoTune
{
    [Text("total_bytes_sec", Bad = "xml|disk iotune field 'total_bytes_sec' must be an integer")] public ulong? TotalBytes { get; init; }
    [Text("read_bytes_sec", Bad = "xml|disk iotune field 'read_bytes_sec' must be an integer")] public ulong? ReadBytes { get; init; }
    [Text("write_bytes_sec", Bad = "xml|disk iotune field 'write_bytes_sec' must be an integer")] public ulong? WriteBytes { get; init; }
    [Text("total_iops_sec", Bad = "xml|disk iotune field 'total_iops_sec' must be an integer")] public ulong? TotalIops { get; init; }
    [Text("read_iops_sec", Bad = "xml|disk iotune field 'read_iops_sec' must be an integer")] public ulong? ReadIops { get; init; }
    [Text("write_iops_sec", Bad = "xml|disk iotune field 'write_iops_sec' must be an integer")] public ulong? WriteIops { get; init; }
    [Text("total_bytes_sec_max", Bad = "xml|disk iotune field 'total_bytes_sec_max' must be an integer", Since = "1.2.11")] public ulong? TotalBytesMax { get; init; }
    [Text("read_bytes_sec_max", Bad = "xml|disk iotune field 'read_bytes_sec_max' must be an integer", Since = "1.2.11")] public ulong? ReadBytesMax { get; init; }
    [Text("write_bytes_sec_max", Bad = "xml|disk iotune field 'write_bytes_sec_max' must be an integer", Since = "1.2.11")] public ulong? WriteBytesMax { get; init; }
    [Text("total_iops_sec_max", Bad = "xml|disk iotune field 'total_iops_sec_max' must be an integer", Since = "1.2.11")] public ulong? TotalIopsMax { get; init; }
    [Text("read_iops_sec_max", Bad = "xml|disk iotune field 'read_iops_sec_max' must be an integer", Since = "1.2.11")] public ulong? ReadIopsMax { get; init; }
    [Text("write_iops_sec_max", Bad = "xml|disk iotune field 'write_iops_sec_max' must be an integer", Since = "1.2.11")] public ulong? WriteIopsMax { get; init; }
    [Text("size_iops_sec", Bad = "xml|disk iotune field 'size_iops_sec' must be an integer", Since = "1.2.11")] public ulong? SizeIops { get; init; }
    [Text("group_name", Since = "3.0.0")] public string? GroupName { get; init; }
    [Text("total_bytes_sec_max_length", Bad = "xml|disk iotune field 'total_bytes_sec_max_length' must be an integer", Since = "2.4.0")] public ulong? TotalBytesMaxLength { get; init; }
    [Text("read_bytes_sec_max_length", Bad = "xml|disk iotune field 'read_bytes_sec_max_length' must be an integer", Since = "2.4.0")] public ulong? ReadBytesMaxLength { get; init; }
    [Text("write_bytes_sec_max_length", Bad = "xml|disk iotune field 'write_bytes_sec_max_length' must be an integer", Since = "2.4.0")] public ulong? WriteBytesMaxLength { get; init; }
    [Text("total_iops_sec_max_length", Bad = "xml|disk iotune field 'total_iops_sec_max_length' must be an integer", Since = "2.4.0")] public ulong? TotalIopsMaxLength { get; init; }
    [Text("read_iops_sec_max_length", Bad = "xml|disk iotune field 'read_iops_sec_max_length' must be an integer", Since = "2.4.0")] public ulong? ReadIopsMaxLength { get; init; }
    [Text("write_iops_sec_max_length", Bad = "xml|disk iotune field 'write_iops_sec_max_length' must be an integer", Since = "2.4.0")] public ulong? WriteIopsMaxLength { get; init; }
}
