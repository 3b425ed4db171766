using Vireo.Core.Xml.Schema;
using Vireo.Model.Documents;

namespace Vireo.Model.NodeDevice;

public sealed partial record ChannelAddress
{
    internal static void DescribeXml(ShapeBuilder s) => s.Form("cssid", Forms.ChannelSet).Form("ssid", Forms.SubchannelSet).Form("devno", Forms.ChannelNumber);
}

public sealed partial record NodeDeviceDef
{
    static void DescribeXml(ShapeBuilder s) => s.Required("name");
}

public abstract partial record NodeCapability
{
    public sealed partial record OfCcw
    {
        static void DescribeXml(ShapeBuilder s) => ChannelAddress.DescribeXml(s);
    }

    public sealed partial record OfCss
    {
        static void DescribeXml(ShapeBuilder s) => ChannelAddress.DescribeXml(s);
    }
}
