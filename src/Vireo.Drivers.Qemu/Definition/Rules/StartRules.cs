using Vireo.Core.Errors;
using Vireo.Cpu;
using Vireo.Cpu.Map;
using Vireo.Model.Domain;
using Vireo.Model.Domain.Cpu;
using Vireo.Model.Rules;

namespace Vireo.Drivers.Qemu.Definition.Rules;

/// <summary>What can be said only when a machine is about to run on this host.</summary>
static class StartRules
{
    /// <param name="machine">The complete definition.</param>
    /// <param name="host">The host's CPU; null: unknown, or of another architecture.</param>
    /// <param name="map">What CPU models and features mean.</param>
    public static Findings Check(DomainDef machine, CpuSpec? host, CpuMap map)
    {
        var found = new Findings(ErrorDomain.Cpu);
        if (machine.Cpu is not { } cpu)
            return found;
        if (machine.Os.Arch == "aarch64")
            foreach (CpuFeature feature in cpu.Features)
                if (!map.Arm.Map.Features.Contains(feature.Name))
                    found.Unsupported(feature, $"unknown CPU feature: {feature.Name}");
        if (host is not null && machine is { Type: DomainType.Kvm, Os.Arch: "ppc64" or "ppc64le" } && cpu is { Mode: CpuMode.HostModel, Model.Name: not null }
            && map.Ppc64.Compare(host, cpu.ToSpec()).Result is CpuComparison.Incompatible)
            found.Add(cpu, ErrorCode.CpuIncompatible, "");
        return found;
    }
}
