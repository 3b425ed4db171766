using Vireo.Core.Xml.Schema;

namespace Vireo.Model.Storage;

public sealed partial record StoragePoolCapability
{
    static void DescribeXml(ShapeBuilder s) => s.Form("@type", ValueShapes.Text).Ordered().Inside("volOptions", static v => v.Required("defaultFormat"));
}

public sealed partial record FormatChoice
{
    static void DescribeXml(ShapeBuilder s) => s.Ordered().Group("defaultFormat").Required("@type");
}
