using Vireo.Drivers.Qemu.CommandLine;
using Vireo.Model.Domain.Devices;

namespace Vireo.Drivers.Qemu.Devices;

/// <summary>Controllers by type; those that are part of the machine need nothing.</summary>
sealed class ControllerPlanner : IDevicePlanner<Controller>
{
    public DevicePlan Plan(Controller controller, PlanContext at)
    {
        QemuDevice? device = controller.Type switch
        {
            ControllerType.Pci => PciControllers.Device(controller, at),
            ControllerType.Usb => UsbControllers.Device(controller, at),
            ControllerType.Scsi => ScsiControllers.Device(controller, at),
            ControllerType.VirtioSerial => VirtioSerial(controller, at),
            ControllerType.Ccid => new QemuDevice("usb-ccid") { { "id", controller.Alias }, at.Address(controller) },
            ControllerType.Sata when !(at.MachineType.IsQ35 && controller.Index is null or 0) =>
                new QemuDevice("ahci") { { "id", controller.Alias }, at.Address(controller) },
            _ => null,
        };
        return device is null ? DevicePlan.Nothing : new DevicePlan { Frontends = [device] };
    }

    static QemuDevice VirtioSerial(Controller controller, PlanContext at)
    {
        VirtioModel model = controller.Model switch
        {
            "virtio-transitional" => VirtioModel.Transitional,
            "virtio-non-transitional" => VirtioModel.NonTransitional,
            _ => VirtioModel.Plain,
        };
        return new QemuDevice(at.Virtio("virtio-serial", controller, model))
        {
            at.VirtioOptions(controller.Driver, model),
            { "id", controller.Alias },
            { "max_ports", controller.Ports },
            { "vectors", controller.Vectors },
            at.Address(controller),
        };
    }
}
