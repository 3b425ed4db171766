using Vireo.Core.Xml.Schema;
using Vireo.Model.Documents;
using Vireo.Model.Domain;

namespace Vireo.Model.Checkpoint;

public sealed partial record CheckpointDef
{
    static readonly ValueShape Identifier = Forms.Pattern("letters, digits, _, - and ., not first .", @"[a-zA-Z0-9_\-][a-zA-Z0-9_\-\.]*");

    static void DescribeXml(ShapeBuilder s)
    {
        s.Form("creationTime", ValueShapes.Number<ulong>());
        s.Group("parent").Form("name", Identifier).Required("name");
    }

    static void DescribeName(ShapeBuilder s) => s.TextChild("name", Identifier, summary: "Null: called by the second it was made in.");

    static void DescribeDomain(ShapeBuilder s) => s.Child("domain", static () => DomainDef.XmlShape);
}

public sealed partial record CheckpointDisks
{
    static void DescribeXml(ShapeBuilder s) => s.Required("disk");
}

public sealed partial record CheckpointDisk
{
    static void DescribeXml(ShapeBuilder s) => s.Form("@name", Forms.Either(Forms.GuestDisk, Forms.AbsolutePath)).Whole("checkpoint", "bitmap", ["no"], "@name");
}
