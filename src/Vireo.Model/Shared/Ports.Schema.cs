using Vireo.Core.Xml.Schema;
using Vireo.Model.Documents;

namespace Vireo.Model.Shared;

public sealed partial record Vlan
{
    static void DescribeXml(ShapeBuilder s) => s.Form("@trunk", Forms.Words("yes")).Required("tag");
}

public sealed partial record VlanTag
{
    static void DescribeXml(ShapeBuilder s) => s.Form("@id", Forms.Range(0, 4095));
}

public sealed partial record Bandwidth
{
    static void DescribeXml(ShapeBuilder s) => s.Form("@classID", Forms.Range(1, uint.MaxValue));
}

public sealed partial record BandwidthRate
{
    static void DescribeXml(ShapeBuilder s)
    {
        foreach (string member in (string[])["@average", "@peak", "@floor", "@burst"])
            s.Form(member, Forms.Range(1, uint.MaxValue));
    }
}

public sealed partial record VirtualPort
{
    /// <summary>Each kind of switch takes parameters of its own; without a kind all are taken, to be merged with those of a network.</summary>
    static void DescribeXml(ShapeBuilder s) => s.Without("@type", "parameters").Choice("type", null,
    [
        Kind("802.1Qbg", 0, "@interfaceid", "@profileid"),
        Kind("802.1Qbh", 0, "@managerid", "@typeid", "@typeidversion", "@instanceid", "@interfaceid"),
        Kind("openvswitch", 0, "@managerid", "@typeid", "@typeidversion", "@instanceid"),
        Kind("midonet", 1, "@managerid", "@typeid", "@typeidversion", "@instanceid", "@profileid"),
        Kind(null, 0),
    ]);

    static Alternative Kind(string? word, int min, params string[] without)
    {
        Shape parameters = ShapeBuilder.Build($"VirtualPortParameters.{word ?? "any"}", VirtualPortParameters.XmlShape.Summary, p =>
        {
            p.Inline(VirtualPortParameters.XmlShape).Without(without);
            if (min > 0)
                p.Required("@interfaceid");
        });
        return new Alternative(word, () => ShapeBuilder.Build($"VirtualPort.{word ?? "any"}", null, s => s.Child("parameters", () => parameters, min)));
    }
}

public sealed partial record VirtualPortParameters
{
    static void DescribeXml(ShapeBuilder s) => s.Form("@managerid", Forms.Byte).Form("@typeidversion", Forms.Byte)
        .Form("@typeid", Forms.Either(Forms.Range(0, 0xffffff), Forms.Pattern("as 0x1f2e3d", "0x[0-9a-fA-F]{1,6}")))
        .Form("@profileid", Forms.Pattern("at most 39 characters", @"[\s\S]{0,39}"));
}

public sealed partial record FilterRef
{
    static void DescribeXml(ShapeBuilder s) => s.Form("@filter", Forms.XmlName);

    static void DescribeParameters(ShapeBuilder s) => s.Child("parameter", static () => FilterParameter.XmlShape, max: 0);
}

public sealed partial record FilterParameter
{
    static void DescribeXml(ShapeBuilder s) => s.Form("@name", Forms.Pattern("letters, digits and _", "[a-zA-Z0-9_]+"))
        .Form("@value", Forms.Pattern("letters, digits, _, . and :", @"[a-zA-Z0-9_\.:]+"));
}
