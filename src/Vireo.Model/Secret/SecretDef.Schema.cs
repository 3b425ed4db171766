using Vireo.Core.Xml.Schema;
using Vireo.Model.Documents;

namespace Vireo.Model.Secret;

public sealed partial record SecretDef
{
    static void DescribeXml(ShapeBuilder s) => s.WithoutCase("usage", "none");
}

public abstract partial record SecretUsage
{
    public sealed partial record OfVolume
    {
        static void DescribeXml(ShapeBuilder s) => s.Form("volume", Forms.AbsolutePath);
    }

    public sealed partial record OfCeph
    {
        static void DescribeXml(ShapeBuilder s) => s.Form("name", Forms.ObjectName);
    }

    public sealed partial record OfIscsi
    {
        static void DescribeXml(ShapeBuilder s) => s.Form("target", Forms.ObjectName);
    }

    public sealed partial record OfTls
    {
        static void DescribeXml(ShapeBuilder s) => s.Form("name", Forms.ObjectName);
    }

    public sealed partial record OfVtpm
    {
        static void DescribeXml(ShapeBuilder s) => s.Form("name", Forms.ObjectName);
    }
}
