using Vireo.Drivers.Qemu.Facts;
using Vireo.Model.Domain.Devices;
using Vireo.Model.Rules;

namespace Vireo.Drivers.Qemu.Definition.Rules;

/// <summary>Controllers: what only some kinds of buses can be told.</summary>
sealed class ControllerRules : IRules<Controller, RuledMachine>
{
    const uint MostXhciPorts = 15;

    public static void Check(Controller element, RuledMachine document, Findings found)
    {
        switch (element.Type)
        {
            case ControllerType.Pci:
                CheckPci(element, document, found);
                break;
            case ControllerType.Scsi:
                CheckScsi(element, document, found);
                break;
            case ControllerType.Usb when element is { Model: "qemu-xhci" or "nec-xhci", Ports: > MostXhciPorts }:
                found.Unsupported(element, $"'{element.Model}' controller only supports up to '{MostXhciPorts}' ports");
                break;
            case ControllerType.Usb when element is { Ports: not null, Model: not (null or "qemu-xhci" or "nec-xhci") }:
                found.Unsupported(element, $"usb controller type '{element.Model}' doesn't support 'ports' with this QEMU binary");
                break;
            case ControllerType.Ide when (element.Index ?? 0) != 0 || !document.Type.HasBuiltinIde && document.Type.IsQ35:
                found.Unsupported(element, document.Type.HasBuiltinIde
                    ? "Only a single IDE controller is supported for this machine type"
                    : "IDE controllers are unsupported for this QEMU binary or machine type");
                break;
        }
    }

    static void CheckScsi(Controller controller, RuledMachine machine, Findings found)
    {
        bool virtio = controller.Model is "virtio-scsi" or "virtio-transitional" or "virtio-non-transitional";
        if (controller.Model is "ncr53c90" && !machine.Type.HasBuiltinEsp)
            found.Unsupported(controller, "ncr53c90 SCSI controller is not a built-in for this machine");
        if (controller.Model is "buslogic")
            found.Unsupported(controller, "Unsupported controller model: buslogic");
        if (controller.Driver is not { } driver)
            return;
        if (!virtio)
        {
            foreach (var (written, name) in ((bool, string)[])
                [(driver.Queues is not null, "queues"), (driver.CommandsPerLun is not null, "cmd_per_lun"), (driver.MaxSectors is not null, "max_sectors"), (driver.IoEventFd is not null, "ioeventfd")])
                if (written)
                    found.Unsupported(driver, $"'{name}' is only supported by virtio-scsi controller");
            if (driver.IoThread is not null)
                found.Wrong(driver, "'iothread' attribute only supported for virtio scsi controllers");
        }
        else if (driver.IoThread is { } thread && !machine.HasIoThread(thread))
            found.Unsupported(driver, $"controller iothread '{thread}' not defined in iothreadid");
    }

    static void CheckPci(Controller controller, RuledMachine machine, Findings found)
    {
        uint index = controller.Index ?? 0;
        ControllerTarget target = controller.Target ?? new ControllerTarget();
        if (controller.Model is "pcie-root" or "pci-root" && index != 0 && !machine.Type.IsPseries)
            found.Wrong(controller, "pci-root and pcie-root controllers should have index 0");
        string root = machine.Type.IsQ35 || machine.Type.IsVirt ? "pcie-root" : "pci-root";
        if (index == 0 && controller.Model != root && (controller.Model is not ("pci-root" or "pcie-root") || machine.Type.IsX86))
            found.Wrong(controller, $"The PCI controller with index='0' must be model='{root}' for this machine type, but model='{controller.Model}' was found instead");
        if (controller is { Model: "pci-root" or "pcie-root", Address: not null })
            found.Unsupported(controller, "pci-root and pcie-root controllers should not have an address");
        if (controller.ModelName is { } name && !NamesOf(controller.Model).Contains(name))
            found.Unsupported(controller, $"Option 'modelName' has invalid value for PCI controller with index '{index}', model '{controller.Model}' and modelName '{name}'");
        if (target.NumaNode is { } node)
        {
            if (controller.Model == "pci-root" && index == 0 && machine.Type.IsPseries)
                found.Unsupported(controller, "The PCI controller with index=0 can't be associated with a NUMA node");
            int cells = machine.Def.Cpu?.Numa?.Cells.Count ?? 0;
            if (node >= cells)
                found.Wrong(controller, $"{controller.Model} with index {index} is configured for a NUMA node ({node}) not present in the domain's <cpu><numa> array ({cells})");
        }
        if (target.ChassisNr is 0 or > 255)
            found.Unsupported(controller, $"PCI controller chassisNr '{target.ChassisNr}' out of range - must be 1-255");
        if (target.BusNr is 0 or > 254)
            found.Unsupported(controller, $"PCI controller busNr '{target.BusNr}' out of range - must be 1-254");
        else if (target.BusNr is not null && controller.Model is not ("pci-expander-bus" or "pcie-expander-bus"))
            found.Unsupported(controller, $"Option 'busNr' is not valid for PCI controller with index '{index}', model '{controller.Model}' and modelName '{controller.ModelName ?? "none"}'");
        if (target.Hotplug is not null)
            CheckHotplug(controller, index, machine, found);
        if (controller.Model is "pcie-expander-bus" && !(machine.Type.IsQ35 || machine.Type.IsArmVirt))
            found.Unsupported(controller, "pcie-expander-bus controllers are only supported on q35-based and ARM virt machinetypes");
        if (controller.Model is "pci-expander-bus" && !machine.Type.IsI440fx)
            found.Unsupported(controller, "pci-expander-bus controllers are only supported on 440fx-based machinetypes");
    }

    /// <summary>QEMU's devices for a kind of bus.</summary>
    static string[] NamesOf(string? model) => model switch
    {
        "pci-root" => ["spapr-pci-host-bridge"],
        "pci-bridge" => ["pci-bridge"],
        "dmi-to-pci-bridge" => ["i82801b11-bridge"],
        "pcie-root-port" => ["ioh3420", "pcie-root-port"],
        "pcie-switch-upstream-port" => ["x3130-upstream"],
        "pcie-switch-downstream-port" => ["xio3130-downstream"],
        "pci-expander-bus" => ["pxb"],
        "pcie-expander-bus" => ["pxb-pcie"],
        "pcie-to-pci-bridge" => ["pcie-pci-bridge"],
        _ => [],
    };

    static void CheckHotplug(Controller controller, uint index, RuledMachine machine, Findings found)
    {
        switch (controller.Model)
        {
            case "pci-root" when !machine.Facts.Has(QemuFlag.PiixAcpiRootHotplug):
                found.Unsupported(controller, "setting the 'hotplug' property on a 'pci-root' device is not supported by this QEMU binary");
                break;
            case "pcie-root-port" or "pcie-switch-downstream-port" when !machine.Facts.Has(QemuFlag.PcieRootPortHotplug):
                found.Unsupported(controller, $"setting the hotplug property on a '{controller.ModelName}' device is not supported by this QEMU binary");
                break;
            case not ("pci-root" or "pcie-root-port" or "pcie-switch-downstream-port"):
                found.Unsupported(controller, $"Option 'hotplug' is not valid for PCI controller with index '{index}', model '{controller.Model}' "
                    + $"and modelName '{controller.ModelName ?? "none"}'");
                break;
        }
    }
}
