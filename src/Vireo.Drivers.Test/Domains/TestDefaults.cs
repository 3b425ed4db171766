using Vireo.Core;
using Vireo.Core.Errors;
using Vireo.Model.Domain;
using Vireo.Model.Domain.Defaults;
using Vireo.Model.Domain.Devices;
using Vireo.Model.Rules;

namespace Vireo.Drivers.Test.Domains;

/// <summary>What is filled in where a definition is silent, and what is insisted on: what holds for every hypervisor, and nothing else.</summary>
static class TestDefaults
{
    public static DomainDef Complete(DomainDef def)
    {
        if (def.Os.Type is null)
            throw new VireoException(ErrorCode.XmlError, ErrorDomain.Domain, "an os <type> must be specified");
        var written = new Findings();
        foreach (Graphics screen in def.Devices.Graphics)
            GraphicsRules.Check(screen, def, written);
        written.ThrowFirst();
        VcpuCount vcpu = def.Vcpu ?? new VcpuCount();
        DomainDef machine = ImplicitControllers.Apply(ImplicitVideo.Apply(GeneralDefaults.Apply(def with
        {
            Id = null,
            Foreign = [],
            Uuid = def.Uuid ?? Uuid.NewRandom(),
            Vcpu = vcpu with { Placement = vcpu.Placement ?? VcpuPlacement.Static, Maximum = vcpu.Maximum ?? 1 },
        }, new GeneralContext { HostArch = "i686", IsNew = false }), VideoType.Cirrus));
        DomainRules.Check(machine).ThrowFirst();
        return Named(machine);
    }

    /// <summary>Every interface has a name of this host.</summary>
    static DomainDef Named(DomainDef machine)
    {
        var taken = machine.Devices.Interfaces.Select(nic => nic.Target?.Device).ToHashSet();
        string Free() => Enumerable.Range(0, int.MaxValue).Select(number => $"testnet{number}").First(taken.Add);
        return machine with
        {
            Devices = machine.Devices with
            {
                Interfaces = machine.Devices.Interfaces.Map(nic => nic.Target?.Device is not null
                    ? nic
                    : nic with { Target = (nic.Target ?? new InterfaceTarget()) with { Device = Free() } }),
            },
        };
    }
}
