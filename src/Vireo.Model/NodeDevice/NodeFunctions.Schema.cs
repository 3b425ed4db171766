using Vireo.Core.Xml.Schema;
using Vireo.Model.Documents;

namespace Vireo.Model.NodeDevice;

public abstract partial record DeviceFunction
{
    /// <summary>What a PCI device can have.</summary>
    internal static Shape Only(params string[] types) => ShapeBuilder.Build("DeviceFunction", XmlShape.Summary, s => s.Inline(XmlShape).OnlyCases("type", types));

    public sealed partial record OfPhysical
    {
        static void DescribeXml(ShapeBuilder s) => s.Without("address").Child("address", static () => NodeForms.Address);
    }

    public sealed partial record OfVirtual
    {
        static void DescribeXml(ShapeBuilder s) => s.Without("address").Child("address", static () => NodeForms.Address, max: 0);
    }

    public sealed partial record OfMdevTypes
    {
        static void DescribeXml(ShapeBuilder s) => s.Required("type");
    }

    public sealed partial record OfVpd
    {
        static void DescribeXml(ShapeBuilder s) => s.Ordered().Form("name", VpdField.Text).Required("name");
    }
}

public sealed partial record MdevType
{
    static void DescribeXml(ShapeBuilder s) => s.Ordered().Form("deviceAPI", Forms.Words("vfio-pci", "vfio-ccw", "vfio-ap")).Required("deviceAPI");

    static void DescribeAvailable(ShapeBuilder s) => s.TextChild("availableInstances", ValueShapes.Number<uint>(), 1);
}

public sealed partial record VpdFields
{
    static void DescribeXml(ShapeBuilder s)
    {
        foreach (string field in (string[])["change_level", "manufacture_id", "part_number", "serial_number", "asset_tag"])
            s.Form(field, VpdField.Text);
        s.Ordered().Inside("system_field", static f => f.Form("@index", Forms.Pattern("a digit or a capital letter but A", "[0-9B-Z]")));
        s.Cases("access", null, ["readonly", "change_level", "manufacture_id", "part_number", "serial_number", "vendor_field"], ["readwrite", "asset_tag", "vendor_field", "system_field"]);
    }
}

public sealed partial record VpdField
{
    internal static readonly ValueShape Text = Forms.Pattern("up to 255 printable characters", "[0-9a-zA-F -_,.:;=]{0,255}");

    static void DescribeXml(ShapeBuilder s) => s.Form("@index", Forms.Pattern("a digit or a capital letter", "[0-9A-Z]")).Required("@index").Text(Text);
}

public sealed partial record IommuGroup
{
    static void DescribeXml(ShapeBuilder s) => s.Without("address").Child("address", static () => NodeForms.Address, 1, 0);
}

public sealed partial record PciLink
{
    static void DescribeXml(ShapeBuilder s) => s.Required("@validity").Form("@port", ValueShapes.Number<uint>()).Form("@speed", Forms.Pattern("GT/s, as 2.5", "[0-9]+(.[0-9]+)?"));
}

public sealed partial record NetworkFeature
{
    static void DescribeXml(ShapeBuilder s) => s.Form("@name", Forms.Pattern("a name of letters, - and _", @"[a-zA-Z\-_]+"));
}

public abstract partial record ScsiHostFunction
{
    public sealed partial record OfFibreChannel
    {
        static void DescribeXml(ShapeBuilder s) => s.Ordered().Form("wwnn", Forms.Wwn).Form("wwpn", Forms.Wwn).Form("fabric_wwn", Forms.Wwn).Required("wwnn", "wwpn");
    }

    public sealed partial record OfVirtualPorts
    {
        static void DescribeXml(ShapeBuilder s) => s.Ordered().Required("max_vports", "vports");
    }
}

public abstract partial record ScsiTargetFunction
{
    public sealed partial record OfRemotePort
    {
        static void DescribeXml(ShapeBuilder s) => s.Ordered().Form("wwpn", Forms.Wwn);
    }
}

public abstract partial record StorageFunction
{
    public sealed partial record OfRemovable
    {
        static void DescribeXml(ShapeBuilder s) => s.Ordered().Form("media_available", Forms.Words("0", "1")).Required("media_available");
    }
}
