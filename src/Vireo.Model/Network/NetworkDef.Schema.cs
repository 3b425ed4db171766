using Vireo.Core.Xml.Schema;
using Vireo.Model.Documents;

namespace Vireo.Model.Network;

public sealed partial record NetworkDef
{
    static void DescribeXml(ShapeBuilder s)
    {
        s.Form("@connections", ValueShapes.Number<uint>()).Group("mac").Form("@address", Forms.CardMac).Required("@address");
        s.Group("mtu").Form("@size", Forms.Range(0, 65535)).Required("@size");
    }

    static void DescribeDnsmasqOptions(ShapeBuilder s) => s.Child("options", static () => ShapeBuilder.Build("DnsmasqOptions", "Lines for dnsmasq's configuration.",
        static options => options.Child("option", static () => DnsmasqOption, max: 0, space: Dnsmasq)), space: Dnsmasq);

    static Shape DnsmasqOption => field ??= ShapeBuilder.Build("DnsmasqOption", "A line of dnsmasq's configuration.", static option => option.Attribute("value", ValueShapes.Text, required: true));
}

public sealed partial record NetworkBridge
{
    static void DescribeXml(ShapeBuilder s) => s.Form("@name", Forms.DeviceName).Form("@zone", Forms.Pattern("a name of letters, digits, _ and -", @"[a-zA-Z0-9_\-]+"));
}

public sealed partial record NetworkDomain
{
    static void DescribeXml(ShapeBuilder s) => s.Form("@name", Forms.HostName).Required("@name");
}

public sealed partial record PortGroup
{
    static void DescribeXml(ShapeBuilder s) => s.Form("@name", Forms.DeviceName);
}

public sealed partial record NetworkForward
{
    static void DescribeXml(ShapeBuilder s)
    {
        s.Form("@dev", Forms.DeviceName).Without("pf").Child("pf", static () => ForwardFunction.XmlShape).Either(["interface"], ["address"]);
        s.Group("driver").Required("@name");
    }
}

public sealed partial record ForwardFunction
{
    static void DescribeXml(ShapeBuilder s) => s.Form("@dev", Forms.DeviceName);
}

public sealed partial record ForwardInterface
{
    static void DescribeXml(ShapeBuilder s) => s.Form("@dev", Forms.DeviceName).Form("@connections", ValueShapes.Number<uint>());
}

public sealed partial record ForwardAddress
{
    static void DescribeXml(ShapeBuilder s) => Forms.PciAddress(s).Form("@connections", ValueShapes.Number<uint>());
}

public sealed partial record NatAddresses
{
    static void DescribeXml(ShapeBuilder s) => s.Form("@start", Forms.IPv4).Form("@end", Forms.IPv4);
}

public sealed partial record NatPorts
{
    static void DescribeXml(ShapeBuilder s) => s.Form("@start", Forms.Port).Form("@end", Forms.Port);
}

public sealed partial record DnsForwarder
{
    static void DescribeXml(ShapeBuilder s) => s.Form("@domain", Forms.HostName).Form("@addr", Forms.IpAddress);
}

public sealed partial record DnsTxt
{
    static void DescribeXml(ShapeBuilder s) => s.Form("@name", Forms.HostName).Required("@name", "@value");
}

public sealed partial record DnsSrv
{
    static void DescribeXml(ShapeBuilder s) => s.Form("@protocol", Forms.Words("tcp", "udp")).Form("@domain", Forms.HostName).Form("@port", Forms.Range(0, 65535))
        .Required("@service", "@protocol");
}

public sealed partial record DnsHost
{
    static void DescribeXml(ShapeBuilder s) => s.Form("@ip", Forms.IpAddress).Form("hostname", Forms.HostName).Required("@ip", "hostname");
}

public sealed partial record NetworkIp
{
    static void DescribeXml(ShapeBuilder s)
    {
        s.Form("@address", Forms.IpAddress).Form("@netmask", Forms.IPv4).Form("@prefix", Forms.Range(0, 128)).Either(["@netmask"], ["@prefix"]);
        s.Group("tftp").Required("@root");
    }
}

public sealed partial record NetworkDhcp
{
    static void DescribeXml(ShapeBuilder s) => s.Group("bootp").Form("@file", Forms.Path).Form("@server", Forms.HostName).Required("@file");
}

public sealed partial record DhcpRange
{
    static void DescribeXml(ShapeBuilder s) => s.Form("@start", Forms.IpAddress).Form("@end", Forms.IpAddress);
}

public sealed partial record DhcpHost
{
    const string Byte = "[a-fA-F0-9]{1,2}";

    // RFC 8415, 11: by link and time, by a vendor's number, by link alone, by uuid.
    static readonly ValueShape Duid = Forms.Pattern("a DUID as 00:03:00:01:52:54:00:12:34:56",
        $"0{{1,2}}:0?1:0{{1,2}}:0?[a-fA-F1-9](:{Byte}){{10,12}}|0{{1,2}}:0?2(:{Byte}){{5,128}}|0{{1,2}}:0?3:0{{1,2}}:0?[a-fA-F1-9](:{Byte}){{6,8}}|0{{1,2}}:0?4(:{Byte}){{16}}");

    static void DescribeXml(ShapeBuilder s) => s.Form("@mac", Forms.CardMac).Form("@id", Duid).Form("@ip", Forms.IpAddress).Required("@ip")
        .Either(["@mac!", "@name"], ["@id!", "@name"], ["@name!"]);
}

public sealed partial record DhcpLease
{
    static void DescribeXml(ShapeBuilder s) => s.Required("@expiry");
}

public sealed partial record NetworkRoute
{
    static void DescribeXml(ShapeBuilder s) => s.Form("@address", Forms.IpAddress).Form("@gateway", Forms.IpAddress).Form("@netmask", Forms.IPv4).Form("@prefix", Forms.Range(0, 128))
        .Either(["@netmask"], ["@prefix"]);
}
