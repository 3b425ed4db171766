using Vireo.Drivers.Qemu.CommandLine;
using Vireo.Model.Domain.Devices;

namespace Vireo.Drivers.Qemu.Devices;

/// <summary>Sockets between guest and host; the kernel's half is a descriptor.</summary>
sealed class VsockPlanner : IDevicePlanner<Vsock>
{
    public DevicePlan Plan(Vsock vsock, PlanContext at)
    {
        VirtioModel model = vsock.Model switch
        {
            VsockModel.VirtioTransitional => VirtioModel.Transitional,
            VsockModel.VirtioNonTransitional => VirtioModel.NonTransitional,
            _ => VirtioModel.Plain,
        };
        return new DevicePlan
        {
            Frontends =
            [
                new QemuDevice(at.Virtio("vhost-vsock", vsock, model))
                {
                    at.VirtioOptions(vsock.Driver, model),
                    { "id", vsock.Alias },
                    { "guest-cid", vsock.Cid },
                    { "vhostfd", at.Pass(new DescriptorStep.OpenDevice("/dev/vhost-vsock", NodeUse.Vsock)) },
                    at.Address(vsock),
                },
            ],
        };
    }
}
