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
        if (element.Mode is CpuMode.Maximum && !document.Facts.Has("cpu-max"))
            found.Unsupported(element, "maximum CPU is not supported by QEMU binary");
        if (element.Cache is { } cache)
            CheckCache(cache, element, document, found);
        if (element.MaxPhysAddr is { } width)
            CheckWidth(width, document, found);
    }

    static void CheckWidth(PhysicalAddressBits width, RuledMachine machine, Findings found)
    {
        if (!machine.Type.IsX86)
            found.Unsupported(width, $"CPU maximum physical address bits specification is not supported for '{machine.Def.Os.Arch}' architecture");
        else if (width is { Mode: PhysicalAddressMode.Passthrough, Bits: not null })
            found.Unsupported(width, "CPU maximum physical address bits number specification cannot be used with mode='passthrough'");
        else if (width is { Mode: PhysicalAddressMode.Emulate, Bits: null })
            found.Unsupported(width, "if using CPU maximum physical address mode='emulate', bits= must be specified too");
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
        else if (cache.Mode is CpuCacheMode.Emulate && cache.Level is not 3)
            found.Unsupported(cache, "CPU cache mode 'emulate' can only be used with level='3'");
        else if (cache.Mode is CpuCacheMode.Passthrough && cpu.Mode is not (CpuMode.HostPassthrough or CpuMode.Maximum))
            found.Unsupported(cache, "CPU cache mode 'passthrough' can only be used with 'host-passthrough' / 'maximum' CPUs");
        else if (cache.Mode is not CpuCacheMode.Emulate && cache.Level is not null)
            found.Unsupported(cache, $"unsupported CPU cache level for mode '{cache.Mode.ToXml()}'");
    }
}
