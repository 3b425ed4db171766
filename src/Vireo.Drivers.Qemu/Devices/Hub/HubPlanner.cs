using Vireo.Drivers.Qemu.CommandLine;
using Vireo.Model.Domain.Devices;

namespace Vireo.Drivers.Qemu.Devices;

/// <summary>A USB hub.</summary>
sealed class HubPlanner : IDevicePlanner<Hub>
{
    public DevicePlan Plan(Hub hub, PlanContext at) =>
        new() { Frontends = [new QemuDevice("usb-hub") { { "id", hub.Alias }, at.Address(hub) }] };
}
