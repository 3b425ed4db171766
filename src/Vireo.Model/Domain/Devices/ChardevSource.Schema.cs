using Vireo.Core.Xml.Schema;

namespace Vireo.Model.Domain.Devices;

public abstract partial record ChardevSource
{
    public sealed partial record OfUnix
    {
        // What a TCP connection has is taken here too, and means nothing.
        static void DescribeXml(ShapeBuilder s)
        {
            s.Group("source").Attribute("host", ValueShapes.Text).Attribute("service", ValueShapes.Text);
            s.Group("protocol").Attribute("type", ChardevProtocolNames.XmlShape);
        }
    }

    public sealed partial record OfNmdm
    {
        static void DescribeXml(ShapeBuilder s) => s.Optional("source").Group("source").Optional("@master", "@slave");
    }

    public sealed partial record OfDBus
    {
        static void DescribeXml(ShapeBuilder s) => s.Optional("source").Group("source").Optional("@channel");
    }

    public sealed partial record OfSpicePort
    {
        static void DescribeXml(ShapeBuilder s) => s.Optional("source").Group("source").Optional("@channel");
    }
}
