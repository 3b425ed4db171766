using Vireo.Core.Xml.Schema;
using Vireo.Model.Documents;

namespace Vireo.Model.Interfaces;

public sealed partial record InterfaceDef
{
    static void DescribeXml(ShapeBuilder s)
    {
        s.Form("@name", Forms.DeviceName);
        s.Group("start").Required("@mode");
        s.Group("mtu").Required("@size");
        s.Group("mac").Form("@address", Forms.Mac).Required("@address");
        s.Cases("type", null, ["ethernet", "start", "mac", "link", "mtu", "protocol"], ["bridge", "start", "mtu", "protocol", "bridge!"],
            ["bond", "start", "link", "mtu", "protocol", "bond!"], ["vlan", "start", "link", "mtu", "protocol", "vlan!"]);
    }

    /// <summary>A part of a bridge: it has neither addresses nor a life of its own.</summary>
    internal static Shape OfBridge => field ??= Part("InterfaceDef.part", "ethernet", "bond", "vlan");

    /// <summary>A part of a bond: a card.</summary>
    internal static Shape OfBond => field ??= Part("InterfaceDef.card", "ethernet");

    static Shape Part(string id, params string[] types) => ShapeBuilder.Build(id, XmlShape.Summary, s =>
    {
        foreach (AttributeShape attribute in XmlShape.Attributes)
            s.Attribute(attribute.Name, attribute.Value, attribute.Required, attribute.Summary, attribute.Since);
        s.Choice("type", null, [.. XmlShape.Choices[0].Alternatives.Where(one => types.Contains(one.Tag)).Select(one => new Alternative(one.Tag,
            () => ShapeBuilder.Build($"{id}.{one.Tag}", null, part => part.Inline(one.Shape).Without("start", "mtu", "protocol"))))]);
    });
}

public sealed partial record InterfaceProtocol
{
    static void DescribeXml(ShapeBuilder s) => s.Without("@family", "autoconf", "ip", "route").Choice("family", null, [Of("ipv4", Forms.IPv4, 32), Of("ipv6", Forms.IPv6, 128)]);

    static Alternative Of(string word, ValueShape address, int longest) => new(word, () => ShapeBuilder.Build($"InterfaceProtocol.{word}", null, s =>
    {
        if (longest == 128)
            s.Flag("autoconf", "IPv6 only.");
        s.Group("ip", max: 0).Attribute("address", address, required: true).Attribute("prefix", Forms.Range(0, longest));
        s.Group("route").Attribute("gateway", address, required: true);
    }));
}

public sealed partial record BridgeDef
{
    static void DescribeXml(ShapeBuilder s) => s.Form("@delay", Forms.Pattern("seconds, as 1.5", @"[0-9]+(\.[0-9]*)?([eE][+\-]?[0-9]+)?|\.[0-9]+([eE][+\-]?[0-9]+)?"))
        .Without("interface").Child("interface", static () => InterfaceDef.OfBridge, max: 0);
}

public sealed partial record BondDef
{
    static void DescribeXml(ShapeBuilder s) => s.Without("interface").Child("interface", static () => InterfaceDef.OfBond, 1, 0).Either(["miimon"], ["arpmon"]);
}

public sealed partial record MiiMonitor
{
    static void DescribeXml(ShapeBuilder s) => s.Form("@freq", Delay).Form("@downdelay", Delay).Form("@updelay", Delay);

    internal static ValueShape Delay => ValueShapes.Number<uint>();
}

public sealed partial record ArpMonitor
{
    static void DescribeXml(ShapeBuilder s) => s.Form("@interval", MiiMonitor.Delay).Form("@target", Forms.IPv4);
}

public sealed partial record VlanDef
{
    static void DescribeXml(ShapeBuilder s) => s.Form("@tag", Forms.Range(0, 4095)).Group("interface").Form("@name", Forms.DeviceName);
}
