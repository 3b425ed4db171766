using Vireo.Cpu.Map;
using Vireo.Cpu.X86;
using Vireo.Drivers.Qemu.Facts;
using Vireo.Model.Domain.Cpu;

namespace Vireo.Drivers.Qemu.CommandLine.Machine;

/// <summary>The features of a definition as switches of QEMU's CPU object.</summary>
static class CpuSwitches
{
    /// <summary>In the definition's order; a feature that is not turned off is on.</summary>
    internal static IReadOnlyList<KeyValuePair<string, bool>> Of(CpuDef cpu, bool kvm, QemuFacts facts, CpuMap map)
    {
        Func<string, string> spell = Spelling(kvm, facts, map);
        return [.. cpu.Features.Select(f => KeyValuePair.Create(spell(f.Name), f.Policy is not (CpuFeaturePolicy.Disable or CpuFeaturePolicy.Forbid)))];
    }

    /// <summary>How the binary spells features of a map.</summary>
    internal static Func<string, string> Spelling(bool kvm, QemuFacts facts, CpuMap map)
    {
        if (facts.Arch is not ("x86_64" or "i686"))
            return static feature => feature;
        var names = new QemuCpu(map.X86.Map);
        HashSet<string> known = [.. (facts.For(kvm)?.HostCpu?.Properties ?? []).Select(static p => p.Name)];
        return feature => names.ToQemu(feature, known);
    }
}
