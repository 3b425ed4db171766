using Vireo.Core.Xml.Schema;
using Vireo.Model.Documents;
using Vireo.Model.Domain;

namespace Vireo.Model.Snapshot;

public sealed partial record SnapshotDef
{
    static void DescribeXml(ShapeBuilder s)
    {
        s.Form("state", Forms.Words("running", "blocked", "paused", "shutdown", "shutoff", "crashed", "disk-snapshot")).Form("creationTime", ValueShapes.Text);
        s.Group("parent").Required("name");
    }

    static void DescribeDomain(ShapeBuilder s) => s.Child("domain", static () => MomentDomain.Shape);

    static void DescribeInactiveDomain(ShapeBuilder s) => s.Child("inactiveDomain", static () => DomainDef.XmlShape);

    static void DescribeActive(ShapeBuilder s) => s.TextChild("active", Forms.Words("0", "1"));
}

public sealed partial record SnapshotMemory
{
    static void DescribeXml(ShapeBuilder s) => s.Form("@file", Forms.AbsolutePath).Either(["@snapshot=no|internal"], ["@snapshot?external", "@file!"]);
}

public sealed partial record SnapshotDisk
{
    static void DescribeXml(ShapeBuilder s)
    {
        s.Form("@name", Forms.Either(Forms.GuestDisk, Forms.AbsolutePath)).Narrowed("source", null, "@startupPolicy").Narrowed("source", "network", "seclabel")
            .OnlyCases("type", "file", "block", "network").Whole("snapshot", "external", ["no", "internal", "manual"], "@name");
    }
}
