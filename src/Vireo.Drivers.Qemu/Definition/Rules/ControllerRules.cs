using Vireo.Drivers.Qemu.Facts;
using Vireo.Model.Domain.Devices;
using Vireo.Model.Rules;

namespace Vireo.Drivers.Qemu.Definition.Rules;

/// <summary>Controllers: what only some kinds of buses can be told.</summary>
sealed class ControllerRules : IRules<Controller, RuledMachine>
{
    public static void Check(Controller element, RuledMachine document, Findings found)
    {
        if (element.Type is ControllerType.Pci)
            CheckPci(element, document, found);
    }

    static void CheckPci(Controller controller, RuledMachine machine, Findings found)
    {
        uint index = controller.Index ?? 0;
        ControllerTarget target = controller.Target ?? new ControllerTarget();
        if (controller.Model is "pcie-root" or "pci-root" && index != 0 && !machine.Type.IsPseries)
            found.Wrong(controller, "pci-root and pcie-root controllers should have index 0");
        if (controller.Model is not ("pci-root" or "pcie-root") && index == 0)
            found.Wrong(controller, $"index for pci controllers of model '{controller.Model}' must be > 0");
        if (target.NumaNode is { } node)
        {
            if (controller.Model == "pci-root" && index == 0 && machine.Type.IsPseries)
                found.Unsupported(controller, "The PCI controller with index=0 can't be associated with a NUMA node");
            if (machine.Def.Cpu?.Numa is not { } numa || node >= numa.Cells.Count)
                found.Unsupported(controller, $"Device with type '{TypeOf(controller)}' is assigned to NUMA node '{node}' that is not in the guest's configuration");
        }
        if (target.Hotplug is not null && controller.Model == "pci-root" && !machine.Facts.Has(QemuFlag.PiixAcpiRootHotplug))
            found.Unsupported(controller, "setting the 'hotplug' property on a 'pci-root' device is not supported by this QEMU binary");
        if (target.Hotplug is not null && controller.Model is "pcie-root-port" or "pcie-switch-downstream-port" && target.Hotplug is not null
            && !machine.Facts.Has(QemuFlag.PcieRootPortHotplug))
            found.Unsupported(controller, $"setting the hotplug property on a '{controller.ModelName}' device is not supported by this QEMU binary");
        if (controller.Model is "pcie-expander-bus" && !(machine.Type.IsQ35 || machine.Type.IsArmVirt))
            found.Unsupported(controller, "pcie-expander-bus controllers are only supported on q35-based and ARM virt machinetypes");
        if (controller.Model is "pci-expander-bus" && !machine.Type.IsI440fx)
            found.Unsupported(controller, "pci-expander-bus controllers are only supported on 440fx-based machinetypes");
    }

    static string TypeOf(Controller controller) => controller.Model ?? "pci";
}
