using Vireo.Drivers.Qemu.Definition.Defaults;
using Vireo.Model.Domain;
using Vireo.Model.Domain.Cpu;
using Vireo.Model.Rules;

namespace Vireo.Drivers.Qemu.Definition.Rules;

/// <summary>Guest CPUs.</summary>
sealed class CpuRules : IRules<CpuDef, RuledMachine>
{
    public static void Check(CpuDef element, RuledMachine document, Findings found)
    {
        if (document.Def.Os.Arch == "aarch64")
            CheckVectors(element, found);
        if (element.Cache is { } cache)
            CheckCache(cache, element, document, found);
    }

    static void CheckVectors(CpuDef cpu, Findings found)
    {
        bool off = cpu.Features.Any(static f => f is { Name: "sve", Policy: CpuFeaturePolicy.Disable or CpuFeaturePolicy.Forbid });
        if (off && cpu.Features.Any(static f => SveDefaults.IsLength(f.Name)))
            found.Unsupported(cpu, "SVE disabled, but SVE vector lengths provided");
    }

    static void CheckCache(CpuCache cache, CpuDef cpu, RuledMachine machine, Findings found)
    {
        if (!machine.Type.IsX86)
            found.Unsupported(cache, $"CPU cache specification is not supported for '{machine.Def.Os.Arch}' architecture");
        else if (cache.Mode is CpuCacheMode.Emulate && cache.Level is { } level and not 3)
            found.Unsupported(cache, "CPU cache mode 'emulate' can only be used with level='3'");
        else if (cache.Mode is CpuCacheMode.Passthrough && cpu.Mode is not (CpuMode.HostPassthrough or CpuMode.Maximum))
            found.Unsupported(cache, "CPU cache mode 'passthrough' can only be used with 'host-passthrough' / 'maximum' CPUs");
    }
}
