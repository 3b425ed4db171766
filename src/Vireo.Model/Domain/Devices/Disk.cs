using Vireo.Core;
using Vireo.Core.Xml;

namespace Vireo.Model.Domain.Devices;

/// <summary>A disk, CD-ROM or floppy drive, or a LUN.</summary>
[Element("disk")]
public sealed partial record Disk : Device
{
    [Attr("device")] [Abi("disk device")] public DiskKind? Kind { get; init; }
    [Attr("model")] [Abi("disk model")] public DiskModel? Model { get; init; }
    [Attr("rawio")] public bool? RawIo { get; init; }
    [Attr("sgio")] public DiskSgIo? SgIo { get; init; }
    [Attr("snapshot")] public DiskSnapshot? Snapshot { get; init; }
    [Child] [Abi] public DiskDriver? Driver { get; init; }
    [Child("auth")] public DiskAuth? Auth { get; init; }
    [Child("source")] public DiskSource Source { get; init; } = new DiskSource.OfFile();
    [Child("backingStore")] public BackingStore? BackingStore { get; init; }
    [Attr("name", In = "backenddomain")] public string? BackendDomain { get; init; }
    [Child] public DiskGeometry? Geometry { get; init; }
    [Child] public DiskBlockIo? BlockIo { get; init; }
    [Child("mirror", Live = true)] public DiskMirror? Mirror { get; init; }
    [Child(Missing = "target|disk")] [Abi] public required DiskTarget Target { get; init; }
    [Child] public DiskIoTune? IoTune { get; init; }
    [Flag("readonly")] [Abi(Text = "Target disk access mode does not match source")] public bool ReadOnly { get; init; }
    [Flag("shareable")] public bool Shareable { get; init; }
    [Child] public DiskTransient? Transient { get; init; }
    [Text("serial")] [Abi("disk serial")] public string? Serial { get; init; }
    [Text("wwn")] [Abi("disk wwn", Quoted = true)] public string? Wwn { get; init; }
    [Text("vendor")] public string? Vendor { get; init; }
    [Text("product")] public string? Product { get; init; }
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
    [Attr("cache")] public DiskCache? Cache { get; init; }
    [Attr("error_policy")] public DiskErrorPolicy? ErrorPolicy { get; init; }
    [Attr("rerror_policy")] public DiskErrorPolicy? ReadErrorPolicy { get; init; }
    [Attr("io")] public DiskIo? Io { get; init; }
    [Attr("ioeventfd", OnOff = true)] public bool? IoEventFd { get; init; }
    [Attr("event_idx", OnOff = true)] public bool? EventIdx { get; init; }
    [Attr("copy_on_read", OnOff = true)] public bool? CopyOnRead { get; init; }
    [Attr("discard")] public DiskDiscard? Discard { get; init; }
    [Attr("iothread")] public uint? IoThread { get; init; }
    [Attr("detect_zeroes")] public DiskDetectZeroes? DetectZeroes { get; init; }
    [Attr("queues")] [Abi("disk queue count")] public uint? Queues { get; init; }
    [Attr("queue_size")] [Abi("disk queue size")] public uint? QueueSize { get; init; }
    [Attr("iommu", OnOff = true)] [Abi("device iommu option", Quoted = true)] public bool? Iommu { get; init; }
    [Attr("ats", OnOff = true)] [Abi("device ats option", Quoted = true)] public bool? Ats { get; init; }
    [Attr("packed", OnOff = true)] [Abi("device packed option", Quoted = true)] public bool? Packed { get; init; }
    [Attr("page_per_vq", OnOff = true)] [Abi("device page_per_vq option", Quoted = true)] public bool? PagePerVq { get; init; }
    [Text("metadata_cache/max_size")] public ByteSize? MetadataCache { get; init; }
}

/// <summary>The name and the bus that the guest sees.</summary>
[Element("target")]
public sealed partial record DiskTarget
{
    [Attr("dev")] [Abi("disk")] public required string Device { get; init; }
    [Attr("bus")] [Abi("disk bus")] public DiskBus? Bus { get; init; }
    [Attr("tray")] public DiskTray? Tray { get; init; }
    [Attr("removable", OnOff = true)] public bool? Removable { get; init; }
    [Attr("rotation_rate")] [Abi(Text = "Target disk rotation rate {0} RPM does not match source {1} RPM")] public uint? RotationRate { get; init; }
}

/// <summary>Changes are thrown away when the machine stops.</summary>
[Element("transient")]
public sealed partial record DiskTransient
{
    [Attr("shareBacking")] public bool? ShareBacking { get; init; }
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
    [Text("metadata_cache/max_size", In = "format")] public ByteSize? MetadataCacheSize { get; init; }
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
    [Attr("job")] public string? Job { get; init; }
    [Attr("ready")] public string? Ready { get; init; }
    [Attr("type", In = "format")] public StorageFormat? Format { get; init; }
    [Text("metadata_cache/max_size", In = "format")] public ByteSize? MetadataCacheSize { get; init; }
    [Child("source")] public DiskSource? Source { get; init; }
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
    [Text("total_bytes_sec_max", Bad = "xml|disk iotune field 'total_bytes_sec_max' must be an integer")] public ulong? TotalBytesMax { get; init; }
    [Text("read_bytes_sec_max", Bad = "xml|disk iotune field 'read_bytes_sec_max' must be an integer")] public ulong? ReadBytesMax { get; init; }
    [Text("write_bytes_sec_max", Bad = "xml|disk iotune field 'write_bytes_sec_max' must be an integer")] public ulong? WriteBytesMax { get; init; }
    [Text("total_iops_sec_max", Bad = "xml|disk iotune field 'total_iops_sec_max' must be an integer")] public ulong? TotalIopsMax { get; init; }
    [Text("read_iops_sec_max", Bad = "xml|disk iotune field 'read_iops_sec_max' must be an integer")] public ulong? ReadIopsMax { get; init; }
    [Text("write_iops_sec_max", Bad = "xml|disk iotune field 'write_iops_sec_max' must be an integer")] public ulong? WriteIopsMax { get; init; }
    [Text("size_iops_sec", Bad = "xml|disk iotune field 'size_iops_sec' must be an integer")] public ulong? SizeIops { get; init; }
    [Text("group_name")] public string? GroupName { get; init; }
    [Text("total_bytes_sec_max_length", Bad = "xml|disk iotune field 'total_bytes_sec_max_length' must be an integer")] public ulong? TotalBytesMaxLength { get; init; }
    [Text("read_bytes_sec_max_length", Bad = "xml|disk iotune field 'read_bytes_sec_max_length' must be an integer")] public ulong? ReadBytesMaxLength { get; init; }
    [Text("write_bytes_sec_max_length", Bad = "xml|disk iotune field 'write_bytes_sec_max_length' must be an integer")] public ulong? WriteBytesMaxLength { get; init; }
    [Text("total_iops_sec_max_length", Bad = "xml|disk iotune field 'total_iops_sec_max_length' must be an integer")] public ulong? TotalIopsMaxLength { get; init; }
    [Text("read_iops_sec_max_length", Bad = "xml|disk iotune field 'read_iops_sec_max_length' must be an integer")] public ulong? ReadIopsMaxLength { get; init; }
    [Text("write_iops_sec_max_length", Bad = "xml|disk iotune field 'write_iops_sec_max_length' must be an integer")] public ulong? WriteIopsMaxLength { get; init; }
}
