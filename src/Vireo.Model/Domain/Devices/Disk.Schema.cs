using Vireo.Core.Xml.Schema;
using Vireo.Model.Documents;

namespace Vireo.Model.Domain.Devices;

public sealed partial record Disk
{
    static void DescribeXml(ShapeBuilder s)
    {
        s.Form("serial", Forms.Pattern("letters, digits, _ . + - and blanks", @"[A-Za-z0-9_\.\+\- ]+")).Form("wwn", Forms.Wwn)
            .Form("vendor", Forms.Pattern("up to 8 printable characters", "[ -~]{0,8}")).Form("product", Forms.Pattern("up to 16 printable characters", "[ -~]{0,16}"));
        s.Group("backenddomain").Required("@name");
    }
}

public sealed partial record DiskTarget
{
    static void DescribeXml(ShapeBuilder s) =>
        s.Form("@dev", Forms.GuestDisk);
}

public sealed partial record DiskDriver
{
    static void DescribeXml(ShapeBuilder s) => s.Form("@name", Forms.Name);
}

public abstract partial record DiskSource
{
    public sealed partial record OfFile
    {
        static void DescribeXml(ShapeBuilder s) => s.Form("@file", Forms.DiskPath);
    }

    public sealed partial record OfBlock
    {
        static void DescribeXml(ShapeBuilder s) => s.Form("@dev", Forms.Either(Forms.AbsolutePath, Forms.DeviceName));
    }

    public sealed partial record OfDirectory
    {
        static void DescribeXml(ShapeBuilder s) => s.Form("@dir", Forms.AbsolutePath);
    }
}

public sealed partial record DiskHost
{
    static void DescribeXml(ShapeBuilder s) => s.Form("@port", Forms.Range(0, 65535));
}

public sealed partial record HostPciAddress
{
    static void DescribeXml(ShapeBuilder s) => DeviceAddress.DescribePci(s);
}
