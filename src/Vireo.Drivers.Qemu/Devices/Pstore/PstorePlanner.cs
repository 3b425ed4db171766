using Vireo.Drivers.Qemu.CommandLine;
using Vireo.Model.Domain.Devices;

namespace Vireo.Drivers.Qemu.Devices;

/// <summary>ACPI's storage for errors: a file that the guest's kernel writes its last words to.</summary>
sealed class PstorePlanner : IDevicePlanner<Pstore>
{
    public DevicePlan Plan(Pstore store, PlanContext at)
    {
        string id = $"mem{store.Alias}";
        return new DevicePlan
        {
            Host = [new HostStep.MakeFile(store.Path!)],
            Backends = [new QemuObject("memory-backend-file", id) { { "mem-path", store.Path }, { "size", store.Size.KiB * 1024 }, { "share", true } }],
            Frontends = [new QemuDevice("acpi-erst") { { "id", store.Alias }, { "memdev", id }, at.Address(store) }],
        };
    }
}
