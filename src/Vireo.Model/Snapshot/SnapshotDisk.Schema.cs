using Vireo.Core.Xml.Schema;
using Vireo.Model.Documents;

namespace Vireo.Model.Snapshot;

public sealed partial record SnapshotDisk
{
    static void DescribeXml(ShapeBuilder s) => s.Form("@name", Forms.Either(Forms.GuestDisk, Forms.AbsolutePath)).Narrowed("source", null, "@startupPolicy").Narrowed("source", "network", "seclabel");
}
