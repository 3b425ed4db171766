using Vireo.Core;
using Vireo.Core.Xml;

namespace Vireo.Model.NodeDevice;

/// <summary>What a device is.</summary>
[Union(Block = true)]
public abstract partial record NodeCapability
{
    /// <summary>The computer itself.</summary>
    [Case("system")]
    public sealed partial record OfSystem : NodeCapability
    {
        [Text("product")] public string? Product { get; init; }
        [Text("hardware/vendor")] public string? HardwareVendor { get; init; }
        [Text("hardware/version")] public string? HardwareVersion { get; init; }
        [Text("hardware/serial")] public string? HardwareSerial { get; init; }
        [Text("hardware/uuid", Bad = "internal|malformed uuid element for '{name}'", Missing = "internal|no system UUID supplied for '{name}'")]
        public required Uuid HardwareUuid { get; init; }
        [Child] public NodeFirmware? Firmware { get; init; }
    }

    /// <summary>A PCI card.</summary>
    [Case("pci")]
    public sealed partial record OfPci : NodeCapability
    {
        [Text("class", Bad = "internal|invalid PCI class supplied for '{name}'", Since = "5.2.0")] public PciClass? Class { get; init; }
        [Text("domain", Bad = "internal|invalid PCI domain ID supplied for '{name}'", Missing = "internal|no PCI domain ID supplied for '{name}'")] public required uint Domain { get; init; }
        [Text("bus", Bad = "internal|invalid PCI bus ID supplied for '{name}'", Missing = "internal|no PCI bus ID supplied for '{name}'")] public required uint Bus { get; init; }
        [Text("slot", Bad = "internal|invalid PCI slot ID supplied for '{name}'", Missing = "internal|no PCI slot ID supplied for '{name}'")] public required uint Slot { get; init; }
        [Text("function", Bad = "internal|invalid PCI function ID supplied for '{name}'", Missing = "internal|no PCI function ID supplied for '{name}'")] public required uint Function { get; init; }
        [Attr("id", In = "product", Bad = "internal|invalid PCI product ID supplied for '{name}'", Missing = "internal|no PCI product ID supplied for '{name}'")] public required DeviceId ProductId { get; init; }
        [Text("product")] public string? Product { get; init; }
        [Attr("id", In = "vendor", Bad = "internal|invalid PCI vendor ID supplied for '{name}'", Missing = "internal|no PCI vendor ID supplied for '{name}'")] public required DeviceId VendorId { get; init; }
        [Text("vendor")] public string? Vendor { get; init; }
        [Hook("capability")] public ValueList<DeviceFunction> Functions { get; init; }
        [Child] public IommuGroup? IommuGroup { get; init; }
        [Attr("node", In = "numa", Bad = "internal|invalid NUMA node ID supplied for '{name}'")] public int? NumaNode { get; init; }
        [Child] public PciExpress? Express { get; init; }

        static void ReadFunctions(XmlInput x, ref ValueListBuilder<DeviceFunction> functions) => DeviceFunction.Read(x, ref functions);

        void WriteFunctions(XmlOutput o) => DeviceFunction.Write(o, Functions);
    }

    /// <summary>A USB device.</summary>
    [Case("usb_device")]
    public sealed partial record OfUsbDevice : NodeCapability
    {
        [Text("bus", Bad = "internal|invalid USB bus number supplied for '{name}'", Missing = "internal|no USB bus number supplied for '{name}'")] public required uint Bus { get; init; }
        [Text("device", Bad = "internal|invalid USB device number supplied for '{name}'", Missing = "internal|no USB device number supplied for '{name}'")] public required uint Device { get; init; }
        [Attr("id", In = "product", Bad = "internal|invalid USB product ID supplied for '{name}'", Missing = "internal|no USB product ID supplied for '{name}'")] public required DeviceId ProductId { get; init; }
        [Text("product")] public string? Product { get; init; }
        [Attr("id", In = "vendor", Bad = "internal|invalid USB vendor ID supplied for '{name}'", Missing = "internal|no USB vendor ID supplied for '{name}'")] public required DeviceId VendorId { get; init; }
        [Text("vendor")] public string? Vendor { get; init; }
    }

    /// <summary>An interface of a USB device.</summary>
    [Case("usb")]
    public sealed partial record OfUsbInterface : NodeCapability
    {
        [Text("number", Bad = "internal|invalid USB interface number supplied for '{name}'", Missing = "internal|no USB interface number supplied for '{name}'")] public required uint Number { get; init; }
        [Text("class", Bad = "internal|invalid USB interface class supplied for '{name}'", Missing = "internal|no USB interface class supplied for '{name}'")] public required uint Class { get; init; }
        [Text("subclass", Bad = "internal|invalid USB interface subclass supplied for '{name}'", Missing = "internal|no USB interface subclass supplied for '{name}'")] public required uint Subclass { get; init; }
        [Text("protocol", Bad = "internal|invalid USB interface protocol supplied for '{name}'", Missing = "internal|no USB interface protocol supplied for '{name}'")] public required uint Protocol { get; init; }
        [Text("description")] public string? Description { get; init; }
    }

    /// <summary>A network card.</summary>
    [Case("net")]
    public sealed partial record OfNetwork : NodeCapability
    {
        [Text("interface", Missing = "internal|no network interface supplied for '{name}'")] public required string Interface { get; init; }
        [Text("address")] public string? Address { get; init; }
        [Child("link")] public NetworkLink? Link { get; init; }
        [Child("feature")] public ValueList<NetworkFeature> Features { get; init; }
        [Attr("type", In = "capability", Bad = "unsupported|invalid network type supplied for '{name}'")] public NetworkKind? Kind { get; init; }
    }

    /// <summary>A SCSI adapter.</summary>
    [Case("scsi_host")]
    public sealed partial record OfScsiHost : NodeCapability
    {
        [Text("host", Bad = "internal|invalid SCSI host ID supplied for '{name}'")] public uint? Host { get; init; }
        [Text("unique_id", Bad = "internal|invalid unique_id supplied for '{name}'", Since = "1.2.7")] public uint? UniqueId { get; init; }
        [Child("capability")] public ValueList<ScsiHostFunction> Functions { get; init; }
    }

    /// <summary>A SCSI target.</summary>
    [Case("scsi_target")]
    public sealed partial record OfScsiTarget : NodeCapability
    {
        [Text("target", Missing = "internal|no target name supplied for '{name}'")] public required string Target { get; init; }
        [Child("capability")] public ValueList<ScsiTargetFunction> Functions { get; init; }
    }

    /// <summary>A logical unit of a SCSI target.</summary>
    [Case("scsi")]
    public sealed partial record OfScsi : NodeCapability
    {
        [Text("host", Bad = "internal|invalid SCSI host ID supplied for '{name}'", Missing = "internal|no SCSI host ID supplied for '{name}'")] public required uint Host { get; init; }
        [Text("bus", Bad = "internal|invalid SCSI bus ID supplied for '{name}'", Missing = "internal|no SCSI bus ID supplied for '{name}'")] public required uint Bus { get; init; }
        [Text("target", Bad = "internal|invalid SCSI target ID supplied for '{name}'", Missing = "internal|no SCSI target ID supplied for '{name}'")] public required uint Target { get; init; }
        [Text("lun", Bad = "internal|invalid SCSI LUN ID supplied for '{name}'", Missing = "internal|no SCSI LUN ID supplied for '{name}'")] public required uint Lun { get; init; }
        [Text("type")] public string? Type { get; init; }
    }

    /// <summary>Raw access to a SCSI device.</summary>
    [Case("scsi_generic")]
    public sealed partial record OfScsiGeneric : NodeCapability
    {
        [Text("char", Missing = "internal|no SCSI generic device path supplied for '{name}'")] public required string Path { get; init; }
    }

    /// <summary>A disk or a drive for disks.</summary>
    [Case("storage")]
    public sealed partial record OfStorage : NodeCapability
    {
        [Text("block", Missing = "internal|no block device path supplied for '{name}'")] public required string Block { get; init; }
        [Text("bus")] public string? Bus { get; init; }
        [Text("drive_type")] public string? DriveType { get; init; }
        [Text("model")] public string? Model { get; init; }
        [Text("vendor")] public string? Vendor { get; init; }
        [Text("serial")] public string? Serial { get; init; }

        /// <summary>In bytes; of a drive whose medium can be taken out it is the medium's.</summary>
        [Text("size", Bad = "internal|invalid size supplied for '{name}'")] public ulong? Size { get; init; }
        [Text("logical_block_size", Live = true)] public ulong? BlockSize { get; init; }
        [Text("num_blocks", Live = true)] public ulong? Blocks { get; init; }
        [Child("capability")] public ValueList<StorageFunction> Functions { get; init; }
    }

    /// <summary>A graphics card's node.</summary>
    [Case("drm")]
    public sealed partial record OfDrm : NodeCapability
    {
        [Text("type", Bad = "unsupported|unknown drm type '{0}' for '{name}'", Missing = "unsupported|unknown drm type '(null)' for '{name}'")] public required DrmType Type { get; init; }
    }

    /// <summary>A part of a device lent to a guest.</summary>
    [Case("mdev")]
    public sealed partial record OfMdev : NodeCapability
    {
        [Attr("id", In = "type", Missing = "unsupported|missing type id attribute for '{name}'")] public required string Type { get; init; }
        [Text("uuid", Bad = "internal|Invalid uuid '{0}' for new mdev device")] public Uuid? Uuid { get; init; }

        /// <summary>The parent's place on its bus.</summary>
        [Text("parent_addr")] public string? ParentAddress { get; init; }
        [Attr("number", In = "iommuGroup", Bad = "internal|invalid iommuGroup number attribute for '{name}'")] public uint? IommuGroup { get; init; }
        [Child("attr")] public ValueList<MdevAttribute> Attributes { get; init; }
    }

    /// <summary>A channel device of s390.</summary>
    [Case("ccw")]
    public sealed partial record OfCcw : NodeCapability
    {
        [Text("cssid", Hex = 1, Bad = "unsupported|invalid cssid value '{0}' for '{name}'", Missing = "unsupported|missing cssid value for '{name}'")] public required uint Cssid { get; init; }
        [Text("ssid", Hex = 1, Bad = "unsupported|invalid ssid value '{0}' for '{name}'", Missing = "unsupported|missing ssid value for '{name}'")] public required uint Ssid { get; init; }
        [Text("devno", Hex = 4, Bad = "unsupported|invalid devno value '{0}' for '{name}'", Missing = "unsupported|missing devno value for '{name}'")] public required uint Number { get; init; }
    }

    /// <summary>A subchannel of s390.</summary>
    [Case("css")]
    public sealed partial record OfCss : NodeCapability
    {
        [Text("cssid", Hex = 1, Bad = "unsupported|invalid cssid value '{0}' for '{name}'", Missing = "unsupported|missing cssid value for '{name}'")] public required uint Cssid { get; init; }
        [Text("ssid", Hex = 1, Bad = "unsupported|invalid ssid value '{0}' for '{name}'", Missing = "unsupported|missing ssid value for '{name}'")] public required uint Ssid { get; init; }
        [Text("devno", Hex = 4, Bad = "unsupported|invalid devno value '{0}' for '{name}'", Missing = "unsupported|missing devno value for '{name}'")] public required uint Number { get; init; }
        [Child] public ChannelAddress? Channel { get; init; }
        [Hook("capability")] public ValueList<DeviceFunction> Functions { get; init; }

        static void ReadFunctions(XmlInput x, ref ValueListBuilder<DeviceFunction> functions) => DeviceFunction.Read(x, ref functions);

        void WriteFunctions(XmlOutput o) => DeviceFunction.Write(o, Functions);
    }

    /// <summary>A network accelerator.</summary>
    [Case("vdpa")]
    public sealed partial record OfVdpa : NodeCapability
    {
        [Text("chardev")] public string? CharacterDevice { get; init; }
    }

    /// <summary>An adjunct processor of s390.</summary>
    [Case("ap_card")]
    public sealed partial record OfApCard : NodeCapability
    {
        [Text("ap-adapter", Hex = 2, Bad = "unsupported|invalid ap-adapter value '{0}' for '{name}'", Missing = "unsupported|missing ap-adapter value for '{name}'")] public required uint Adapter { get; init; }
    }

    /// <summary>A queue of an adjunct processor.</summary>
    [Case("ap_queue")]
    public sealed partial record OfApQueue : NodeCapability
    {
        [Text("ap-adapter", Hex = 2, Bad = "unsupported|invalid ap-adapter value '{0}' for '{name}'", Missing = "unsupported|missing ap-adapter value for '{name}'")] public required uint Adapter { get; init; }
        [Text("ap-domain", Hex = 4, Bad = "unsupported|invalid ap-domain value '{0}' for '{name}'", Missing = "unsupported|missing ap-domain value for '{name}'")] public required uint Domain { get; init; }
    }

    /// <summary>All queues together, from which guests get theirs.</summary>
    [Case("ap_matrix")]
    public sealed partial record OfApMatrix : NodeCapability
    {
        [Hook("capability")] public ValueList<DeviceFunction> Functions { get; init; }

        static void ReadFunctions(XmlInput x, ref ValueListBuilder<DeviceFunction> functions) => DeviceFunction.Read(x, ref functions);

        void WriteFunctions(XmlOutput o) => DeviceFunction.Write(o, Functions);
    }
}

/// <summary>The computer's firmware.</summary>
[Element("firmware", Block = true)]
public sealed partial record NodeFirmware
{
    [Text("vendor")] public string? Vendor { get; init; }
    [Text("version")] public string? Version { get; init; }
    [Text("release_date")] public string? Date { get; init; }
}
