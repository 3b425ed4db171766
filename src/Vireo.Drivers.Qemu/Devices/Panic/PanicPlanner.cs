using Vireo.Drivers.Qemu.CommandLine;
using Vireo.Model.Domain.Devices;

namespace Vireo.Drivers.Qemu.Devices;

/// <summary>pvpanic; the other models are part of CPU or machine.</summary>
sealed class PanicPlanner : IDevicePlanner<Panic>
{
    public DevicePlan Plan(Panic panic, PlanContext at) => panic.Model is PanicModel.Isa
        ? new DevicePlan
        {
            Frontends = [new QemuDevice("pvpanic") { { "ioport", (panic.Address as DeviceAddress.Isa)?.IoBase } }],
        }
        : DevicePlan.Nothing;
}
