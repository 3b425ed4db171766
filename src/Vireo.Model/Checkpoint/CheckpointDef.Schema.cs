using Vireo.Core.Xml.Schema;
using Vireo.Model.Documents;

namespace Vireo.Model.Checkpoint;

public sealed partial record CheckpointDef
{
    static void DescribeXml(ShapeBuilder s) => s.Form("name", Forms.ObjectName);
}

public sealed partial record CheckpointDisks
{
    static void DescribeXml(ShapeBuilder s) => s.Required("disk");
}

public sealed partial record CheckpointDisk
{
    static void DescribeXml(ShapeBuilder s) => s.Form("@name", Forms.Either(Forms.GuestDisk, Forms.AbsolutePath));
}
