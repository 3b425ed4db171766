using Vireo.Core.Errors;
using Vireo.Model.Domain.Devices;

namespace Vireo.Model.Rules;

/// <summary>Controllers among each other: no two of one number, USB that is off stays off, and the models that there are.</summary>
static class ControllerSetRules
{
    static readonly string[] Scsi = ["auto", "buslogic", "lsilogic", "lsisas1068", "vmpvscsi", "ibmvscsi", "virtio-scsi", "lsisas1078", "virtio-transitional", "virtio-non-transitional",
        "ncr53c90", "dc390", "am53c974"];
    static readonly string[] Usb = ["piix3-uhci", "piix4-uhci", "ehci", "ich9-ehci1", "ich9-uhci1", "ich9-uhci2", "ich9-uhci3", "vt82c686b-uhci", "pci-ohci", "nec-xhci", "qusb1", "qusb2",
        "qemu-xhci", "none"];
    static readonly string[] Pci = ["pci-root", "pcie-root", "pci-bridge", "dmi-to-pci-bridge", "pcie-to-pci-bridge", "pcie-root-port", "pcie-switch-upstream-port",
        "pcie-switch-downstream-port", "pci-expander-bus", "pcie-expander-bus"];

    public static void Check(DeviceSet devices, Findings found)
    {
        var taken = new HashSet<(ControllerType, uint)>();
        bool off = false, on = false;
        foreach (Controller controller in devices.Controllers)
        {
            if (controller.Model is { } model && !Models(controller.Type).Contains(model))
                found.Unsupported(controller, $"Unknown model type '{model}'");
            if (controller.Type is ControllerType.Usb)
            {
                off |= controller.Model is "none";
                on |= controller.Model is not "none";
                if (controller.MasterStartPort is not null && !devices.Controllers.Any(c => c.Type is ControllerType.Usb && c.Index == controller.Index && c.MasterStartPort is null))
                    found.Add(controller, ErrorCode.XmlDetail, "No master USB controller specified");
            }
            else if (controller.Index is { } index && !taken.Add((controller.Type, index)))
                found.Wrong(controller, $"Multiple '{controller.Type.ToXml()}' controllers with index '{index}'");
        }
        if (off && on)
            found.Add(devices, ErrorCode.XmlDetail, "Can't add another USB controller: USB is disabled for this domain");
    }

    static string[] Models(ControllerType type) => type switch
    {
        ControllerType.Scsi => Scsi,
        ControllerType.Usb => Usb,
        ControllerType.Pci => Pci,
        ControllerType.Ide => ["piix3", "piix4", "ich6"],
        ControllerType.VirtioSerial => ["virtio", "virtio-transitional", "virtio-non-transitional"],
        _ => [],
    };
}
