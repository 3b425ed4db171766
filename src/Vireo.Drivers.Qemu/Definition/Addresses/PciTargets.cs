using Vireo.Core;
using Vireo.Core.Errors;
using Vireo.Drivers.Qemu.Facts;
using Vireo.Model.Domain.Devices;

namespace Vireo.Drivers.Qemu.Definition.Addresses;

/// <summary>QEMU's device behind a PCI controller, its chassis and port.</summary>
static class PciTargets
{
    public static ValueList<Controller> Complete(ValueList<Controller> controllers, bool pseries, DefinitionContext context)
    {
        if (pseries)
            controllers = HostBridges(controllers);
        return BusNumbers(controllers.Map(c => Complete(c, context)));
    }

    /// <summary>Expander buses are numbered from the top, and leave room for one bus behind each.</summary>
    static ValueList<Controller> BusNumbers(ValueList<Controller> controllers)
    {
        uint lowest = 256;
        foreach (Controller controller in controllers)
            if (IsExpander(controller) && controller.Target?.BusNr is { } given)
                lowest = Math.Min(lowest, given);
        return controllers.Map(controller =>
        {
            if (!IsExpander(controller) || controller.Target?.BusNr is not null)
                return controller;
            if (lowest <= 2)
                throw VireoException.Internal(ErrorDomain.Qemu, "No free busNr lower than current lowest busNr is available to auto-assign to bus "
                    + $"{controller.Index}. Must be manually assigned");
            return controller with { Target = (controller.Target ?? new ControllerTarget()) with { BusNr = lowest -= 2 } };
        });
    }

    static bool IsExpander(Controller controller) =>
        controller is { Type: ControllerType.Pci, Model: "pci-expander-bus" or "pcie-expander-bus" };

    /// <summary>Each host bridge of a pseries machine has a number; that of the first is 0.</summary>
    static ValueList<Controller> HostBridges(ValueList<Controller> controllers)
    {
        var taken = new HashSet<uint> { 0 };
        foreach (Controller controller in controllers)
            if (controller is { Type: ControllerType.Pci, Model: "pci-root", Target.Index: { } given })
                taken.Add(given);
        return controllers.Map(controller =>
        {
            if (controller is not { Type: ControllerType.Pci, Model: "pci-root" })
                return controller;
            uint? index = controller.Target?.Index ?? (controller.Index is 0 ? 0 : null);
            for (uint next = 1; index is null; next++)
                if (taken.Add(next))
                    index = next;
            return controller with
            {
                ModelName = controller.ModelName ?? "spapr-pci-host-bridge",
                Target = (controller.Target ?? new ControllerTarget()) with { Index = index },
            };
        });
    }

    static Controller Complete(Controller controller, DefinitionContext context)
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
