using Vireo.Model.Domain.Devices;

namespace Vireo.Drivers.Qemu.Devices;

/// <summary>Says what one kind of device needs.</summary>
public interface IDevicePlanner<in T> where T : Device
{
    /// <summary>The plan; the device has its alias and address.</summary>
    DevicePlan Plan(T device, PlanContext at);
}
