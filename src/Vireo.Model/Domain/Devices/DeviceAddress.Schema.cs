using Vireo.Core.Xml.Schema;
using Vireo.Model.Documents;

namespace Vireo.Model.Domain.Devices;

public abstract partial record DeviceAddress
{
    internal static void DescribePci(ShapeBuilder s) =>
        s.Form("@domain", Forms.Hex16).Form("@bus", Forms.Byte).Form("@slot", Forms.PciSlot).Form("@function", Forms.PciFunction);

    public sealed partial record Pci
    {
        static void DescribeXml(ShapeBuilder s) => DescribePci(s);
    }

    public sealed partial record Drive
    {
        static void DescribeXml(ShapeBuilder s) => s.Form("@controller", Forms.Digits(2)).Form("@bus", Forms.Digits(2)).Form("@target", Forms.Digits(2)).Form("@unit", Forms.Digits(5));
    }

    public sealed partial record VirtioSerial
    {
        static void DescribeXml(ShapeBuilder s) => s.Form("@controller", Forms.Digits(2)).Form("@bus", Forms.Digits(2)).Form("@port", Forms.Digits(2));
    }

    public sealed partial record Ccid
    {
        static void DescribeXml(ShapeBuilder s) => s.Form("@controller", Forms.Digits(2)).Form("@slot", Forms.Digits(2));
    }

    public sealed partial record Usb
    {
        static void DescribeXml(ShapeBuilder s) => s
            .Form("@bus", Forms.Pattern("up to 3 hexadecimal digits", "(0x)?[0-9a-fA-F]{1,3}"))
            .Form("@port", Forms.Pattern("ports from hub to hub, as 1.2, at most four", @"((0x)?[0-9a-fA-F]{1,3}\.){0,3}(0x)?[0-9a-fA-F]{1,3}"));
    }

    public sealed partial record SpaprVio
    {
        static void DescribeXml(ShapeBuilder s) => s.Form("@reg", Forms.Hex32);
    }

    public sealed partial record Ccw
    {
        static void DescribeXml(ShapeBuilder s) => s
            .Form("@cssid", Forms.ChannelSet).Form("@ssid", Forms.SubchannelSet).Form("@devno", Forms.ChannelNumber);
    }
}
