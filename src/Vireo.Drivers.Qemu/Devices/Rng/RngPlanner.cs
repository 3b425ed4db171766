using Vireo.Drivers.Qemu.CommandLine;
using Vireo.Model.Domain.Devices;

namespace Vireo.Drivers.Qemu.Devices;

/// <summary>virtio-rng and what feeds it.</summary>
sealed class RngPlanner : IDevicePlanner<Rng>
{
    public DevicePlan Plan(Rng rng, PlanContext at)
    {
        string id = $"obj{rng.Alias}";
        VirtioModel model = rng.Model switch
        {
            RngModel.VirtioTransitional => VirtioModel.Transitional,
            RngModel.VirtioNonTransitional => VirtioModel.NonTransitional,
            _ => VirtioModel.Plain,
        };
        var device = new QemuDevice(at.Virtio("virtio-rng", rng, model))
        {
            at.VirtioOptions(rng.Driver, model),
            { "rng", id },
            { "id", rng.Alias },
            { "max-bytes", rng.Rate?.Bytes is > 0 and var bytes ? bytes : null },
            { "period", rng.Rate is { Bytes: > 0 } rate ? rate.Period ?? 1000 : null },
            at.Address(rng),
        };
        switch (rng.Backend)
        {
            case RngBackend.OfEgd egd:
                CharacterParts source = CharacterBackend.Plan(egd.Source, $"char{rng.Alias}", rng.Alias ?? "", at);
                return new DevicePlan
                {
                    Host = source.Host,
                    Backends = [.. source.Parts, new QemuObject("rng-egd", id) { { "chardev", $"char{rng.Alias}" } }],
                    Frontends = [device],
                };
            case RngBackend.OfRandom random:
                string path = random.Path ?? "/dev/random";
                return new DevicePlan
                {
                    Host = [new HostStep.Allow(path, ReadOnly: true)],
                    Backends = [new QemuObject("rng-random", id) { { "filename", path } }],
                    Frontends = [device],
                };
            default:
                return new DevicePlan { Backends = [new QemuObject("rng-builtin", id)], Frontends = [device] };
        }
    }
}
