using Vireo.Drivers.Qemu.CommandLine;
using Vireo.Model.Domain.Devices;

namespace Vireo.Drivers.Qemu.Devices;

/// <summary>pvpanic; the other models are part of CPU or machine.</summary>
sealed class PanicPlanner : IDevicePlanner<Panic>
{
    public DevicePlan Plan(Panic panic, PlanContext at) => panic.Model switch
    {
        PanicModel.Isa => new DevicePlan { Frontends = [new QemuDevice("pvpanic") { { "ioport", (panic.Address as DeviceAddress.Isa)?.IoBase } }] },
        PanicModel.PvPanic => new DevicePlan { Frontends = [new QemuDevice("pvpanic-pci") { at.Address(panic) }] },
        _ => DevicePlan.Nothing,
    };
}
