using Vireo.Drivers.Qemu.CommandLine;
using Vireo.Model.Domain.Devices;

namespace Vireo.Drivers.Qemu.Devices;

/// <summary>virtio-crypto.</summary>
sealed class CryptoPlanner : IDevicePlanner<Crypto>
{
    public DevicePlan Plan(Crypto crypto, PlanContext at)
    {
        string id = $"obj{crypto.Alias}";
        return new DevicePlan
        {
            Backends =
            [
                new QemuObject(crypto.Backend is CryptoBackend.Lkcf ? "cryptodev-backend-lkcf" : "cryptodev-backend-builtin", id)
                {
                    { "queues", crypto.Queues },
                },
            ],
            Frontends =
            [
                new QemuDevice(at.Virtio("virtio-crypto", crypto))
                {
                    at.VirtioOptions(crypto.Driver),
                    { "cryptodev", id },
                    { "id", crypto.Alias },
                    at.Address(crypto),
                },
            ],
        };
    }
}
