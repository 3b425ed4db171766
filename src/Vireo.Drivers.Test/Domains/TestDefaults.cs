using Vireo.Core;
using Vireo.Core.Errors;
using Vireo.Model.Domain;
using Vireo.Model.Domain.Defaults;
using Vireo.Model.Rules;

namespace Vireo.Drivers.Test.Domains;

/// <summary>What is filled in where a definition is silent, and what is insisted on: what holds for every hypervisor, and nothing else.</summary>
static class TestDefaults
{
    public static DomainDef Complete(DomainDef def)
    {
        if (def.Os.Type is null)
            throw new VireoException(ErrorCode.XmlError, ErrorDomain.Domain, "an os <type> must be specified");
        VcpuCount vcpu = def.Vcpu ?? new VcpuCount();
        DomainDef machine = ImplicitControllers.Apply(GeneralDefaults.Apply(def with
        {
            Id = null,
            Uuid = def.Uuid ?? Uuid.NewRandom(),
            Vcpu = vcpu with { Placement = vcpu.Placement ?? VcpuPlacement.Static, Maximum = vcpu.Maximum ?? 1 },
        }, new GeneralContext { HostArch = "i686" }));
        DomainRules.Check(machine).ThrowFirst();
        return machine;
    }
}
