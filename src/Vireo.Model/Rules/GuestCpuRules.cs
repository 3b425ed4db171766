using Vireo.Core.Errors;
using Vireo.Model.Domain;
using Vireo.Model.Domain.Cpu;

namespace Vireo.Model.Rules;

/// <summary>What must hold of a guest's CPU by itself.</summary>
public static class GuestCpuRules
{
    /// <summary>Looks at one.</summary>
    public static void Check(CpuDef cpu, Findings found)
    {
        if (cpu.Migratable is not null && cpu.Mode is not (CpuMode.HostPassthrough or CpuMode.Maximum))
            found.Add(cpu, ErrorCode.ConfigUnsupported,
                "Attribute migratable is only allowed for 'host-passthrough' / 'maximum' CPU mode", ErrorDomain.Cpu);
        if (cpu.Model?.Name is null && cpu.Vendor is not null)
            found.Add(cpu, ErrorCode.XmlError, "CPU vendor specified without CPU model", ErrorDomain.Cpu);
        if (cpu.Model?.Name is null && cpu.Mode is null or CpuMode.Custom && !cpu.Features.IsEmpty)
            found.Add(cpu, ErrorCode.XmlError, "Non-empty feature list specified without CPU model", ErrorDomain.Cpu);
        if (Repeated(cpu.Features.Select(static f => f.Name)) is { } name)
            found.Add(cpu, ErrorCode.XmlError, $"CPU feature '{name}' specified more than once", ErrorDomain.Cpu);
        if (cpu.Cache?.Level is 0 or > 3)
            found.Add(cpu.Cache, ErrorCode.XmlError, "invalid CPU cache level, must be in range [1,3]", ErrorDomain.Cpu);
    }

    /// <summary>The first name that comes again; null if none does.</summary>
    public static string? Repeated(IEnumerable<string> names)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        return names.FirstOrDefault(name => !seen.Add(name));
    }
}
