using Vireo.Drivers.Qemu.CommandLine;
using Vireo.Model.Domain.Devices;

namespace Vireo.Drivers.Qemu.Devices;

/// <summary>On s390 every PCI function has a device before it that holds its two ids.</summary>
static class ZPciDevice
{
    /// <summary>The plan with that device, if its own needs one.</summary>
    public static DevicePlan With(DevicePlan plan, Device device) =>
        device.Address is DeviceAddress.Pci { ZPci: { Uid: { } uid } ids } && !plan.Frontends.IsEmpty
            ? plan with
            {
                Frontends =
                [
                    new QemuDevice("zpci") { { "uid", (uint?)uid }, { "fid", ids.Fid }, { "target", device.Alias }, { "id", $"zpci{uid}" } },
                    .. plan.Frontends,
                ],
            }
            : plan;
}
