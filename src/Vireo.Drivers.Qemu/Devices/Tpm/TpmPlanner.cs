using System.Collections.Immutable;
using Vireo.Drivers.Qemu.CommandLine;
using Vireo.Model.Domain.Devices;

namespace Vireo.Drivers.Qemu.Devices;

/// <summary>A TPM: the host's, or a program's behind a socket.</summary>
sealed class TpmPlanner : IDevicePlanner<Tpm>
{
    public DevicePlan Plan(Tpm tpm, PlanContext at)
    {
        if (tpm is { Model: TpmModel.SpaprProxy, Backend: TpmBackend.OfPassthrough proxy })
            return new DevicePlan
            {
                Host = [new HostStep.Allow(proxy.Path ?? "/dev/tpm0")],
                Frontends = [new QemuDevice("spapr-tpm-proxy") { { "id", tpm.Alias }, { "host-path", proxy.Path ?? "/dev/tpm0" } }],
            };
        string id = $"tpm-{tpm.Alias}";
        string driver = tpm.Model switch
        {
            TpmModel.Crb => "tpm-crb",
            TpmModel.Spapr => "tpm-spapr",
            TpmModel.SpaprProxy => "spapr-tpm-proxy",
            _ => at.MachineType.IsArmVirt ? "tpm-tis-device" : "tpm-tis",
        };
        var front = new QemuDevice(driver) { { "tpmdev", id }, { "id", tpm.Alias }, at.Address(tpm) };
        switch (tpm.Backend)
        {
            case TpmBackend.OfPassthrough passthrough:
                string node = passthrough.Path ?? "/dev/tpm0";
                string cancel = $"/sys/class/misc/{System.IO.Path.GetFileName(node)}/device/cancel";
                string set = at.Pass(new DescriptorStep.OpenDevice(node, NodeUse.Tpm));
                string cancelSet = at.Pass(new DescriptorStep.OpenDevice(cancel, NodeUse.TpmCancel));
                int first = at.NextDescriptorSet(), second = at.NextDescriptorSet();
                return new DevicePlan
                {
                    Host = [new HostStep.Allow(node)],
                    Backends =
                    [
                        new QemuDescriptor(first, set),
                        new QemuDescriptor(second, cancelSet),
                        new QemuOption("tpmdev", $"passthrough,id={id},path=/dev/fdset/{first},cancel-path=/dev/fdset/{second}"),
                    ],
                    Frontends = [front],
                };
            case TpmBackend.OfEmulator emulator:
                string socket = at.Start.TpmSocketPath(tpm.Alias ?? "");
                return Socket(socket, id, front,
                    new HostStep.StartTpm(tpm.Alias ?? "", socket, emulator.Version is TpmVersion.V1_2 ? "1.2" : "2.0",
                        emulator.PersistentState ?? false, emulator.EncryptionSecret?.ToString()));
            case TpmBackend.OfExternal { Path: { } path }:
                return Socket(path, id, front);
            default:
                return DevicePlan.Nothing;
        }
    }

    static DevicePlan Socket(string path, string id, QemuDevice front, params ImmutableArray<HostStep> before) => new()
    {
        Host = before,
        Backends =
        [
            new QemuChardev("socket", "chrtpm") { { "path", path } },
            new QemuOption("tpmdev", $"emulator,id={id},chardev=chrtpm"),
        ],
        Frontends = [front],
    };
}
