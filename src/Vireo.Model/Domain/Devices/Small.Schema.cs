using Vireo.Core.Xml.Schema;
using Vireo.Model.Documents;

namespace Vireo.Model.Domain.Devices;

public sealed partial record Filesystem
{
    static void DescribeXml(ShapeBuilder s) => s.Form("@fmode", Forms.FileMode).Form("@dmode", Forms.FileMode).Required("target");
}

public sealed partial record Serial
{
    static void DescribeXml(ShapeBuilder s) => s.Group("target").Form("@port", ValueShapes.Text).Group("model").Required("@name").Form("@name", Forms.Words(
        "isa-serial", "usb-serial", "pci-serial", "spapr-vty", "pl011", "sclpconsole", "sclplmconsole", "16550a", "isa-debugcon"));
}

public sealed partial record GuestConsole
{
    static void DescribeXml(ShapeBuilder s) => s.Group("target").Form("@port", ValueShapes.Text).Group("model").Attribute("name", Forms.Words(
        "isa-serial", "usb-serial", "pci-serial", "spapr-vty", "pl011", "sclpconsole", "sclplmconsole", "16550a", "isa-debugcon"), required: true);
}

public sealed partial record Parallel
{
    static void DescribeXml(ShapeBuilder s) => s.Group("target").Form("@port", ValueShapes.Text);
}
