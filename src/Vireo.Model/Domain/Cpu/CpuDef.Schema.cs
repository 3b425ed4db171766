using Vireo.Core.Xml.Schema;
using Vireo.Model.Documents;

namespace Vireo.Model.Domain.Cpu;

public sealed partial record CpuFeature
{
    static void DescribeXml(ShapeBuilder s) => s.Form("@name", Forms.FeatureName);
}

public sealed partial record NumaDistance
{
    static void DescribeXml(ShapeBuilder s) => s.Form("@value", Forms.Range(10, 255));
}

public sealed partial record NumaCache
{
    static void DescribeXml(ShapeBuilder s)
    {
        s.Group("size").Required("@unit");
        s.Group("line").Required("@unit");
    }
}

public sealed partial record NumaBandwidth
{
    static void DescribeXml(ShapeBuilder s) => s.Required("@unit");
}
