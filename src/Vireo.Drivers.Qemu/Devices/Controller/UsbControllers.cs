using Vireo.Drivers.Qemu.CommandLine;
using Vireo.Model.Domain.Devices;

namespace Vireo.Drivers.Qemu.Devices;

/// <summary>USB host controllers; companions hang on the bus of the master with their index.</summary>
static class UsbControllers
{
    /// <summary>The board's own, which it has only when asked.</summary>
    public static bool IsOfBoard(Controller controller, PlanContext at) => controller is { Type: ControllerType.Usb, Model: null }
        && at.MachineType is { HasUsbOfBoard: true, IsX86: false, IsPseries: false };

    static string? MasterOf(Controller companion, PlanContext at)
    {
        foreach (Controller other in at.Machine.Devices.Controllers)
            if (other is { Type: ControllerType.Usb, MasterStartPort: null } && (other.Index ?? 0) == (companion.Index ?? 0))
                return other.Alias;
        return companion.Alias;
    }

    public static QemuDevice? Device(Controller controller, PlanContext at)
    {
        string? driver = controller.Model switch
        {
            "piix3-uhci" => "piix3-usb-uhci",
            "piix4-uhci" => "piix4-usb-uhci",
            "ehci" => "usb-ehci",
            "ich9-ehci1" => "ich9-usb-ehci1",
            "ich9-uhci1" => "ich9-usb-uhci1",
            "ich9-uhci2" => "ich9-usb-uhci2",
            "ich9-uhci3" => "ich9-usb-uhci3",
            "vt82c686b-uhci" => "vt82c686b-usb-uhci",
            "pci-ohci" => "pci-ohci",
            "nec-xhci" => "nec-usb-xhci",
            "qemu-xhci" => "qemu-xhci",
            null when at.MachineType.IsS390Ccw => null,      // written with a place, and left out all the same
            null => at.MachineType.IsX86 ? "piix3-usb-uhci" : "pci-ohci",
            _ => null,
        };
        if (driver is null)
            return null;
        if (!at.Facts.Has(driver.StartsWith("ich9-usb", StringComparison.Ordinal) ? "ich9-usb-ehci1" : driver))
            throw DiskErrors.Unsupported($"USB controller model '{controller.Model}' not supported in this QEMU binary");
        if (controller.MasterStartPort is { } first)
            return new QemuDevice(driver)
            {
                { "masterbus", $"{MasterOf(controller, at)}.0" },
                { "firstport", first },
                at.Address(controller),
            };
        return new QemuDevice(driver)
        {
            { "p2", controller.Ports },
            { "p3", controller.Ports },
            { "id", controller.Alias },
            at.Address(controller),
        };
    }
}
