using Vireo.Core.Xml.Schema;
using Vireo.Model.Documents;

namespace Vireo.Model.Network;

public sealed partial record NetworkPortDef
{
    static void DescribeXml(ShapeBuilder s)
    {
        s.Form("group", Forms.DeviceName).WithoutCase("plug", "none").Group("mac").Form("@address", Forms.CardMac);
        s.Group("rxfilters").Required("@trustGuest");
    }
}

public abstract partial record NetworkPlug
{
    public sealed partial record OfNetwork
    {
        static void DescribeXml(ShapeBuilder s) => s.Form("@bridge", Forms.DeviceName);
    }

    public sealed partial record OfBridge
    {
        static void DescribeXml(ShapeBuilder s) => s.Form("@bridge", Forms.DeviceName);
    }

    public sealed partial record OfDirect
    {
        static void DescribeXml(ShapeBuilder s) => s.Form("@dev", Forms.DeviceName).Required("@mode");
    }

    public sealed partial record OfPci
    {
        static void DescribeXml(ShapeBuilder s) => s.Group("driver").Required("@name");
    }
}

public sealed partial record PlugAddress
{
    static void DescribeXml(ShapeBuilder s) => Forms.PciAddress(s);
}
