using Vireo.Drivers.Qemu.CommandLine;
using Vireo.Model.Domain.Devices;

namespace Vireo.Drivers.Qemu.Devices;

/// <summary>SCSI host adapters.</summary>
static class ScsiControllers
{
    public static QemuDevice? Device(Controller controller, PlanContext at)
    {
        VirtioModel? virtio = controller.Model switch
        {
            "virtio-scsi" => VirtioModel.Plain,
            "virtio-transitional" => VirtioModel.Transitional,
            "virtio-non-transitional" => VirtioModel.NonTransitional,
            _ => null,
        };
        if (virtio is { } model)
            return new QemuDevice(at.Virtio("virtio-scsi", controller, model))
            {
                at.VirtioOptions(controller.Driver, model),
                { "iothread", controller.Driver?.IoThread is { } thread ? $"iothread{thread}" : null },
                { "id", controller.Alias },
                { "num_queues", controller.Driver?.Queues },
                { "cmd_per_lun", controller.Driver?.CommandsPerLun },
                { "max_sectors", controller.Driver?.MaxSectors },
                { "ioeventfd", controller.Driver?.IoEventFd },
                at.Address(controller),
            };
        string? driver = controller.Model switch
        {
            "lsilogic" or "auto" => "lsi",
            "lsisas1068" => "mptsas1068",
            "lsisas1078" => "megasas",
            "vmpvscsi" => "pvscsi",
            "ibmvscsi" => "spapr-vscsi",
            "am53c974" => "am53c974",
            "dc390" => "dc-390",
            _ => null,
        };
        return driver is null ? null : new QemuDevice(driver) { { "id", controller.Alias }, at.Address(controller) };
    }
}
