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
