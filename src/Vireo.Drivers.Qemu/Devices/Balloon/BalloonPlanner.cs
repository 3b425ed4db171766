using Vireo.Drivers.Qemu.CommandLine;
using Vireo.Drivers.Qemu.Facts;
using Vireo.Model.Domain.Devices;

namespace Vireo.Drivers.Qemu.Devices;

/// <summary>virtio-balloon.</summary>
sealed class BalloonPlanner : IDevicePlanner<MemoryBalloon>
{
    public DevicePlan Plan(MemoryBalloon balloon, PlanContext at)
    {
        if (balloon.Model is BalloonModel.None)
            return DevicePlan.Nothing;
        VirtioModel model = balloon.Model switch
        {
            BalloonModel.VirtioTransitional => VirtioModel.Transitional,
            BalloonModel.VirtioNonTransitional => VirtioModel.NonTransitional,
            _ => VirtioModel.Plain,
        };
        return new DevicePlan
        {
            Frontends =
            [
                new QemuDevice(at.Virtio("virtio-balloon", balloon, model))
                {
                    at.VirtioOptions(balloon.Driver, model),
                    { "id", balloon.Alias },
                    { "deflate-on-oom", balloon.AutoDeflate },
                    { "free-page-reporting", balloon.FreePageReporting },
                    at.Address(balloon),
                },
            ],
        };
    }
}
