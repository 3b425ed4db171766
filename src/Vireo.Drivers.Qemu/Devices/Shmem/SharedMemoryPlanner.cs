using Vireo.Drivers.Qemu.CommandLine;
using Vireo.Model.Domain.Devices;

namespace Vireo.Drivers.Qemu.Devices;

/// <summary>Memory that guests share: a file of the host, or what a server hands out together with doorbells.</summary>
sealed class SharedMemoryPlanner : IDevicePlanner<SharedMemory>
{
    const ulong DefaultMiB = 4;

    public DevicePlan Plan(SharedMemory memory, PlanContext at) =>
        memory.Model is SharedMemoryModel.IvShmemDoorbell ? Doorbell(memory, at) : Plain(memory, at);

    static DevicePlan Plain(SharedMemory memory, PlanContext at)
    {
        string id = $"shmmem-{memory.Alias}", path = $"/dev/shm/{memory.Name}";
        return new DevicePlan
        {
            Backends =
            [
                new QemuObject("memory-backend-file", id)
                {
                    { "mem-path", path },
                    { "size", memory.Size?.Bytes ?? DefaultMiB * 1024 * 1024 },
                    { "share", true },
                },
            ],
            Frontends =
            [
                new QemuDevice("ivshmem-plain")
                {
                    { "id", memory.Alias },
                    { "memdev", id },
                    { "master", memory.Role switch { SharedMemoryRole.Master => "on", SharedMemoryRole.Peer => "off", _ => null } },
                    at.Address(memory),
                },
            ],
        };
    }

    static DevicePlan Doorbell(SharedMemory memory, PlanContext at)
    {
        string id = $"char{memory.Alias}", path = memory.Server?.Path ?? $"/var/lib/libvirt/shmem-{memory.Name}-sock";
        return new DevicePlan
        {
            Frontends =
            [
                new QemuDevice("ivshmem-doorbell")
                {
                    { "id", memory.Alias },
                    { "chardev", id },
                    { "vectors", memory.Msi?.Vectors is > 0 and var vectors ? vectors : null },
                    { "ioeventfd", memory.Msi?.IoEventFd ?? true },
                    at.Address(memory),
                },
                new QemuChardev("socket", id) { { "path", path } }.As(new ChardevSource.OfUnix { Path = path, Mode = ChardevMode.Connect }),
            ],
        };
    }
}
