using Vireo.Core.Xml.Schema;
using Vireo.Model.Documents;

namespace Vireo.Model.NodeDevice;

public sealed partial record NodeDeviceDef
{
    static void DescribeXml(ShapeBuilder s) => s.Ordered().Required("name").Group("driver").Required("name");
}

public sealed partial record NodeDeviceParent
{
    static void DescribeXml(ShapeBuilder s) => s.Form("@wwnn", Forms.Wwn).Form("@wwpn", Forms.Wwn).Form("@fabric_wwn", Forms.Wwn)
        .Either(["@wwnn!", "@wwpn!"], ["@fabric_wwn!"], []);
}

public abstract partial record NodeCapability
{
    static readonly ValueShape AnyNumber = ValueShapes.Number<ulong>(), DevicePath = Forms.Pattern("a path of letters, digits, _, +, -, / and %", @"/[a-zA-Z0-9_\+\-/%]+");

    static ShapeBuilder Numbers(ShapeBuilder s, params string[] members)
    {
        foreach (string member in members)
            s.Form(member, AnyNumber);
        return s.Ordered().Required(members);
    }

    /// <summary>What made a device, by number and perhaps by name.</summary>
    static void Made(ShapeBuilder s)
    {
        foreach (string by in (string[])["product", "vendor"])
            s.Required(by).Inside(by, static one => one.Form("@id", NodeForms.Hex).Required("@id"));
    }

    public sealed partial record OfSystem
    {
        static void DescribeXml(ShapeBuilder s)
        {
            s.Ordered().Required("hardware", "firmware").Group("hardware").Ordered();
        }
    }

    public sealed partial record OfPci
    {
        static void DescribeXml(ShapeBuilder s)
        {
            Numbers(s, "domain", "bus", "slot", "function");
            Made(s);
        }

        static void DescribeFunctions(ShapeBuilder s) => s.Child("capability", static () => DeviceFunction.XmlShape, max: 0);
    }

    public sealed partial record OfUsbDevice
    {
        static void DescribeXml(ShapeBuilder s) => Made(Numbers(s, "bus", "device"));
    }

    public sealed partial record OfUsbInterface
    {
        static void DescribeXml(ShapeBuilder s) => Numbers(s, "number", "class", "subclass", "protocol");
    }

    public sealed partial record OfNetwork
    {
        static void DescribeXml(ShapeBuilder s) => s.Ordered().Form("address", Forms.Mac).Repeated("capability").Group("capability").Required("@type");
    }

    public sealed partial record OfScsiHost
    {
        static void DescribeXml(ShapeBuilder s) => Numbers(s, "host");
    }

    public sealed partial record OfScsiTarget
    {
        static void DescribeXml(ShapeBuilder s) => s.Ordered().Once("capability");
    }

    public sealed partial record OfScsi
    {
        static void DescribeXml(ShapeBuilder s) => Numbers(s, "host", "bus", "target", "lun");
    }

    public sealed partial record OfStorage
    {
        static void DescribeXml(ShapeBuilder s) => s.Ordered().Form("block", DevicePath).Required("block");
    }

    public sealed partial record OfMdev
    {
        static void DescribeXml(ShapeBuilder s) => s.Group("iommuGroup").Required("@number");
    }

    public sealed partial record OfCcw
    {
        static void DescribeXml(ShapeBuilder s) => ChannelAddress.DescribeXml(s);
    }

    public sealed partial record OfCss
    {
        static void DescribeXml(ShapeBuilder s) => ChannelAddress.DescribeXml(s);

        static void DescribeFunctions(ShapeBuilder s) => s.Child("capability", static () => DeviceFunction.Only("mdev_types"));
    }

    public sealed partial record OfVdpa
    {
        static void DescribeXml(ShapeBuilder s) => s.Form("chardev", DevicePath).Required("chardev");
    }

    public sealed partial record OfApCard
    {
        static void DescribeXml(ShapeBuilder s) => s.Form("ap-adapter", Forms.Byte).Required("ap-adapter");
    }

    public sealed partial record OfApQueue
    {
        static void DescribeXml(ShapeBuilder s) => s.Ordered().Form("ap-adapter", Forms.Byte)
            .Form("ap-domain", Forms.Either(Forms.Range(0, 255), Forms.Pattern("as 0x1f2e", "0x[0-9a-fA-F]{1,4}"))).Required("ap-adapter", "ap-domain");
    }

    public sealed partial record OfApMatrix
    {
        static void DescribeFunctions(ShapeBuilder s) => s.Child("capability", static () => DeviceFunction.Only("mdev_types"));
    }
}

public sealed partial record ChannelAddress
{
    internal static void DescribeXml(ShapeBuilder s) => s.Ordered().Form("cssid", Forms.ChannelSet).Form("ssid", Forms.SubchannelSet).Form("devno", Forms.ChannelNumber)
        .Required("cssid", "ssid", "devno");
}

/// <summary>Forms of values and parts that only node devices have.</summary>
static class NodeForms
{
    /// <summary>A number in hexadecimal.</summary>
    public static ValueShape Hex { get; } = Forms.Pattern("a number in hexadecimal, as 0x8086", "(0x)?[0-9a-f]+");

    /// <summary>A PCI address, whole.</summary>
    public static Shape Address => field ??= ShapeBuilder.Build("NodeDevice.address", "A PCI address.", static s =>
    {
        foreach (string part in (string[])["domain", "bus", "slot", "function"])
            s.Attribute(part, Hex, required: true);
    });
}

public sealed partial record NodeFirmware
{
    static void DescribeXml(ShapeBuilder s) => s.Ordered();
}
