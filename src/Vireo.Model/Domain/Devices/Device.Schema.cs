using Vireo.Core.Xml.Schema;
using Vireo.Model.Documents;

namespace Vireo.Model.Domain.Devices;

public abstract partial record Device
{
    private protected static void DescribeAlias(ShapeBuilder s) =>
        s.Group("alias").Attribute("name", Forms.Pattern("a name of letters, digits, _, - and .", @"[a-zA-Z0-9_\-.]+"), required: true);
}

public sealed partial record DeviceBoot
{
    static void DescribeXml(ShapeBuilder s) => s.Form("@loadparm", Forms.Pattern("up to 8 letters, digits, dots and blanks", @"[a-zA-Z0-9.\s]{1,8}"));
}

public sealed partial record DeviceSet
{
    static void DescribeXml(ShapeBuilder s) => s.Form("emulator", Forms.AbsolutePath);
}

public sealed partial record Controller
{
    static void DescribeXml(ShapeBuilder s)
    {
        s.Group("model").Form("@name", Forms.Words("spapr-pci-host-bridge", "pci-bridge", "i82801b11-bridge", "pcie-pci-bridge", "ioh3420", "pcie-root-port", "x3130-upstream",
            "xio3130-downstream", "pxb", "pxb-pcie")).Required("@name");
        s.Group("master").Required("@startport");
        Cases(s);
    }

    static void Cases(ShapeBuilder s) => s.Cases("type", null,
        ["fdc|sata|ccid|isa"],
        ["scsi", "@model?auto|buslogic|lsilogic|lsisas1068|vmpvscsi|ibmvscsi|virtio-scsi|lsisas1078|virtio-transitional|virtio-non-transitional|ncr53c90|dc390|am53c974", "driver"],
        ["usb", "@model?piix3-uhci|piix4-uhci|ehci|ich9-ehci1|ich9-uhci1|ich9-uhci2|ich9-uhci3|vt82c686b-uhci|pci-ohci|nec-xhci|none|qusb1|qusb2|qemu-xhci", "master", "@ports"],
        ["ide", "@model?piix3|piix4|ich6"],
        ["pci", "@model=pci-root|pcie-root|pci-bridge|dmi-to-pci-bridge|pcie-to-pci-bridge|pcie-root-port|pcie-switch-upstream-port|pcie-switch-downstream-port|pci-expander-bus|pcie-expander-bus", "model", "target", "pcihole64"],
        ["virtio-serial", "@model?virtio|virtio-transitional|virtio-non-transitional", "@ports", "@vectors", "driver"],
        ["xenbus", "@maxGrantFrames", "@maxEventChannels"]);
}

public sealed partial record ControllerTarget
{
    static void DescribeXml(ShapeBuilder s) =>
        s.Form("@chassisNr", Forms.Byte).Form("@chassis", Forms.Byte).Form("@port", Forms.Byte).Form("@busNr", Forms.Byte).Form("node", Forms.Range(0, uint.MaxValue));
}

public sealed partial record Audio
{
    static void DescribeXml(ShapeBuilder s) => s.Form("@id", Forms.Byte).Form("@path", Forms.Path).Cases("type", null,
        ["none|dbus|alsa|coreaudio|jack|spice"], ["oss", "@tryMMap", "@exclusive", "@dspPolicy"], ["pulseaudio", "@serverName"], ["sdl", "@driver"], ["file", "@path"]);
}

public sealed partial record Interface
{
    static void DescribeXml(ShapeBuilder s)
    {
        s.Group("model").Form("@type", Forms.Pattern("a model's name", @"[a-zA-Z0-9\-_]+")).Required("@type");
        s.Group("script").Form("@path", Forms.Path).Required("@path");
        s.Group("downscript").Form("@path", Forms.Path).Required("@path");
        s.Group("backenddomain").Required("@name");
        s.Group("link").Required("@state");
        s.Group("mtu").Required("@size");
    }
}

public sealed partial record InterfaceMac
{
    static void DescribeXml(ShapeBuilder s) => s.Form("@address", Forms.CardMac);
}

public sealed partial record InterfaceTarget
{
    static void DescribeXml(ShapeBuilder s) => s.Form("@dev", Forms.DeviceName).Required("@dev");
}

public sealed partial record InterfaceDriver
{
    static void DescribeXml(ShapeBuilder s) => s.Form("@queues", Forms.Range(1, uint.MaxValue)).Form("@rx_queue_size", Forms.Range(1, uint.MaxValue)).Form("@tx_queue_size", Forms.Range(1, uint.MaxValue));
}
