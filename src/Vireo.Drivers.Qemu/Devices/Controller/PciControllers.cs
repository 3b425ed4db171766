using Vireo.Drivers.Qemu.CommandLine;
using Vireo.Model.Domain.Devices;

namespace Vireo.Drivers.Qemu.Devices;

/// <summary>PCI bridges, ports and switches.</summary>
static class PciControllers
{
    public static QemuDevice? Device(Controller controller, PlanContext at)
    {
        var target = controller.Target;
        string? name = controller.ModelName;
        return controller.Model switch
        {
            "pci-bridge" => new QemuDevice(name ?? "pci-bridge")
            {
                { "chassis_nr", target?.ChassisNr },
                { "id", controller.Alias },
                at.Address(controller),
            },
            "pcie-root-port" or "pcie-switch-downstream-port" => new QemuDevice(name ?? "pcie-root-port")
            {
                { "port", target?.Port },
                { "chassis", target?.Chassis },
                { "id", controller.Alias },
                { "hotplug", target?.Hotplug },
                at.Address(controller),
            },
            "pcie-to-pci-bridge" => new QemuDevice(name ?? "pcie-pci-bridge") { { "id", controller.Alias }, at.Address(controller) },
            "dmi-to-pci-bridge" => new QemuDevice(name ?? "i82801b11-bridge") { { "id", controller.Alias }, at.Address(controller) },
            "pcie-switch-upstream-port" => new QemuDevice(name ?? "x3130-upstream") { { "id", controller.Alias }, at.Address(controller) },
            "pci-expander-bus" or "pcie-expander-bus" => new QemuDevice(name ?? (controller.Model == "pci-expander-bus" ? "pxb" : "pxb-pcie"))
            {
                { "bus_nr", target?.BusNr },
                { "id", controller.Alias },
                { "numa_node", target?.NumaNode },
                at.Address(controller),
            },
            "pci-root" when at.MachineType.IsPseries && controller.Index is > 0 => new QemuDevice(name ?? "spapr-pci-host-bridge")
            {
                { "index", target?.Index },
                { "id", controller.Alias },
                { "numa_node", target?.NumaNode },
            },
            _ => null,
        };
    }
}
