using Vireo.Core;
using Vireo.Model.Domain;
using Vireo.Model.Domain.Cpu;

namespace Vireo.Drivers.Qemu.Definition.Defaults;

/// <summary>Who names a length of Arm's vectors (sve128 and so on) means to have vectors (sve).</summary>
static class SveDefaults
{
    public static DomainDef Apply(DomainDef machine, DefinitionContext context)
    {
        if (machine.Cpu is not { } cpu || machine.Os.Arch != "aarch64")
            return machine;
        bool named = cpu.Features.Any(static f => f.Name == "sve");
        bool wanted = cpu.Features.Any(static f => IsLength(f.Name) && f.Policy is not (CpuFeaturePolicy.Disable or CpuFeaturePolicy.Forbid or CpuFeaturePolicy.Optional));
        return named || !wanted ? machine : machine with
        {
            Cpu = cpu with { Features = cpu.Features.Add(new CpuFeature { Policy = CpuFeaturePolicy.Require, Name = "sve" }) },
        };
    }

    /// <summary>A name such as sve512.</summary>
    public static bool IsLength(string name) =>
        name.StartsWith("sve", StringComparison.Ordinal) && name.Length > 3 && name.AsSpan(3).IndexOfAnyExceptInRange('0', '9') < 0;
}
