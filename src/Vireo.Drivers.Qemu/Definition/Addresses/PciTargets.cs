using Vireo.Drivers.Qemu.Facts;
using Vireo.Model.Domain.Devices;

namespace Vireo.Drivers.Qemu.Definition.Addresses;

/// <summary>QEMU's device behind a PCI controller, its chassis and port.</summary>
static class PciTargets
{
    public static Controller Complete(Controller controller, DefinitionContext context)
    {
        if (controller.Type is not ControllerType.Pci)
            return controller;
        ControllerTarget target = controller.Target ?? new ControllerTarget();
        uint? port = controller.Address is DeviceAddress.Pci at ? at.Slot << 3 | at.Function : null;
        switch (controller.Model)
        {
            case "pcie-switch-downstream-port":
                return controller with
                {
                    ModelName = controller.ModelName ?? "xio3130-downstream",
                    Target = target with { Chassis = target.Chassis ?? controller.Index, Port = target.Port ?? port >> 3 },
                };
            case "pcie-root-port":
                string standard = context.Facts.Has(QemuFlag.PcieRootPort) ? "pcie-root-port" : "ioh3420";

                return controller with
                {
                    ModelName = controller.ModelName ?? standard,
                    Target = target with { Chassis = target.Chassis ?? controller.Index, Port = target.Port ?? port },
                };
            case "pci-bridge":
                return controller with
                {
                    ModelName = controller.ModelName ?? "pci-bridge",
                    Target = target with { ChassisNr = target.ChassisNr ?? controller.Index },
                };
            case "dmi-to-pci-bridge":
                return controller with { ModelName = controller.ModelName ?? "i82801b11-bridge" };
            case "pcie-to-pci-bridge":
                return controller with { ModelName = controller.ModelName ?? "pcie-pci-bridge" };
            case "pcie-switch-upstream-port":
                return controller with { ModelName = controller.ModelName ?? "x3130-upstream" };
            case "pci-expander-bus":
                return controller with { ModelName = controller.ModelName ?? "pxb" };
            case "pcie-expander-bus":
                return controller with { ModelName = controller.ModelName ?? "pxb-pcie" };
            default:
                return controller;
        }
    }
}
