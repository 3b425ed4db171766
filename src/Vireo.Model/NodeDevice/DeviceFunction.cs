using System.Globalization;
using Vireo.Core;
using Vireo.Core.Xml;
using Vireo.Model.Domain.Devices;

namespace Vireo.Model.NodeDevice;

/// <summary>What a PCI card or s390 channel can do besides.</summary>
[Union(Missing = "xml|Missing capability type")]
public abstract partial record DeviceFunction
{
    /// <summary>It is a virtual function of this card.</summary>
    [Case("phys_function")]
    public sealed partial record OfPhysical : DeviceFunction
    {
        [Child("address", Missing = "xml|Missing address in 'phys_function' capability")] public required HostPciAddress Address { get; init; }
    }

    /// <summary>It has, or can have, virtual functions.</summary>
    [Case("virt_functions")]
    public sealed partial record OfVirtual : DeviceFunction
    {
        [Attr("maxCount", Bad = "xml|Malformed 'maxCount' parameter", Since = "1.3.0")] public uint? Most { get; init; }
        [Child("address")] public ValueList<HostPciAddress> Addresses { get; init; }
    }

    /// <summary>It is a bridge to another bus.</summary>
    [Case("pci-bridge")] public sealed partial record OfBridge : DeviceFunction;

    /// <summary>It is a bridge to a CardBus.</summary>
    [Case("cardbus-bridge")] public sealed partial record OfCardBusBridge : DeviceFunction;

    /// <summary>It can be split among guests.</summary>
    [Case("mdev_types")]
    public sealed partial record OfMdevTypes : DeviceFunction
    {
        [Child("type")] public ValueList<MdevType> Types { get; init; }
    }

    /// <summary>It tells its vital product data.</summary>
    [Case("vpd")]
    public sealed partial record OfVpd : DeviceFunction
    {
        [Text("name", Missing = "xml|Could not read a device name from the <name> element")] public required string Name { get; init; }
        [Child("fields")] public ValueList<VpdFields> Fields { get; init; }
    }

    /// <summary>Reads one; kinds that nobody knows are left out.</summary>
    internal static void Read(XmlInput x, ref ValueListBuilder<DeviceFunction> functions)
    {
        if (x.Attribute("type") is null or "phys_function" or "virt_functions" or "pci-bridge" or "cardbus-bridge" or "mdev_types" or "vpd")
            functions.Add(ReadXml(x));
    }

    internal static void Write(XmlOutput o, ValueList<DeviceFunction> functions)
    {
        foreach (DeviceFunction function in functions)
            function.WriteXml(o, "capability");
    }
}

/// <summary>A way to split a device.</summary>
[Element("type")]
public sealed partial record MdevType
{
    [Attr("id", Missing = "xml|missing 'id' attribute for mediated device's <type> element")] public required string Id { get; init; }
    [Text("name")] public string? Name { get; init; }

    /// <summary>What the guest's side speaks, as <c>vfio-pci</c>.</summary>
    [Text("deviceAPI")] public string? Api { get; init; }

    /// <summary>How many more there can be.</summary>
    [Hook("availableInstances")] public uint? Available { get; init; }

    static void ReadAvailable(XmlInput x, ref uint? available) =>
        available ??= uint.TryParse(x.Text(), NumberStyles.None, CultureInfo.InvariantCulture, out uint number) ? number : null;

    void WriteAvailable(XmlOutput o) => o.TextElement("availableInstances", Available?.ToString(CultureInfo.InvariantCulture));
}

/// <summary>Vital product data of one kind.</summary>
[Element("fields")]
public sealed partial record VpdFields
{
    [Attr("access", Bad = "xml|Unsupported VPD field access type specified {0}")] public VpdAccess? Access { get; init; }
    [Text("change_level")] public string? ChangeLevel { get; init; }
    [Text("manufacture_id")] public string? ManufactureId { get; init; }
    [Text("part_number")] public string? PartNumber { get; init; }
    [Text("serial_number")] public string? SerialNumber { get; init; }
    [Text("asset_tag")] public string? AssetTag { get; init; }
    [Child("vendor_field")] public ValueList<VpdField> VendorFields { get; init; }
    [Child("system_field")] public ValueList<VpdField> SystemFields { get; init; }
}

/// <summary>Whether the data can be changed.</summary>
[WireNames] public enum VpdAccess { ReadOnly, ReadWrite }

/// <summary>A field of its maker's or of the system's.</summary>
[Element("vendor_field")]
public sealed partial record VpdField
{
    /// <summary>A digit or capital letter.</summary>
    [Attr("index")] public string? Index { get; init; }
    [Text] public string? Value { get; init; }
}

/// <summary>Devices that can only be separated together.</summary>
[Element("iommuGroup")]
public sealed partial record IommuGroup
{
    [Attr("number")] public required uint Number { get; init; }
    [Child("address")] public ValueList<HostPciAddress> Devices { get; init; }
}

/// <summary>The card's PCI Express links.</summary>
[Element("pci-express")]
public sealed partial record PciExpress
{
    [Child("link")] public ValueList<PciLink> Links { get; init; }
}

/// <summary>A link as it could be or as it is.</summary>
[Element("link")]
public sealed partial record PciLink
{
    [Attr("validity", Bad = "ignore|")] public PciLinkKind? Kind { get; init; }
    [Attr("port")] public int? Port { get; init; }
    [Attr("speed")] public PciLinkSpeed? Speed { get; init; }

    /// <summary>In lanes.</summary>
    [Attr("width")] public required uint Width { get; init; }
}

/// <summary>What the card can do, or what it does.</summary>
[WireNames] public enum PciLinkKind { [Wire("cap")] Capability, [Wire("sta")] Status }

/// <summary>In billions of transfers a second.</summary>
[WireNames]
public enum PciLinkSpeed { [Wire("2.5")] Gen1, [Wire("5")] Gen2, [Wire("8")] Gen3, [Wire("16")] Gen4, [Wire("32")] Gen5, [Wire("64")] Gen6 }
