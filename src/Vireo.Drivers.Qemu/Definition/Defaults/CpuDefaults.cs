using Vireo.Core;
using Vireo.Drivers.Qemu.Facts;
using Vireo.Model.Domain;
using Vireo.Model.Domain.Cpu;

namespace Vireo.Drivers.Qemu.Definition.Defaults;

/// <summary>The CPU model that the machine has anyway is written down, and how strictly a model is meant.</summary>
static class CpuDefaults
{
    public static DomainDef Apply(DomainDef machine, DefinitionContext context)
    {
        CpuDef cpu = machine.Cpu ?? new CpuDef();
        bool custom = cpu.Mode is null or CpuMode.Custom;
        if (custom && cpu.Model?.Name is null)
        {
            if (DefaultModel(machine, context) is not { } model)
                return machine;
            return machine with
            {
                Cpu = Numbered(cpu) with
                {
                    Mode = CpuMode.Custom,
                    Match = CpuMatch.Exact,
                    Check = cpu.Check ?? CpuCheck.None,
                    Model = new CpuModel { Fallback = CpuFallback.Forbid, Name = model },
                },
            };
        }
        CpuMode mode = cpu.Mode ?? CpuMode.Custom;
        cpu = Numbered(cpu) with
        {
            Mode = mode,
            Check = cpu.Check ?? Check(cpu, mode),
            Match = mode is CpuMode.Custom ? cpu.Match ?? CpuMatch.Exact : cpu.Match,
            Migratable = cpu.Migratable ?? (mode is CpuMode.HostPassthrough or CpuMode.Maximum && context.IsNew ? true : null),
            Model = cpu.Model is { Fallback: null, Name: not null } model2 ? model2 with { Fallback = CpuFallback.Allow } : cpu.Model,
            Features = cpu.Features.Map(static f => f.Policy is null ? f with { Policy = CpuFeaturePolicy.Require } : f),
        };
        return machine with { Cpu = cpu };
    }

    static CpuCheck Check(CpuDef cpu, CpuMode mode)
    {
        if (mode is CpuMode.HostPassthrough or CpuMode.Maximum)
            return CpuCheck.None;
        if (mode is CpuMode.HostModel)
            return CpuCheck.Partial;
        foreach (CpuFeature feature in cpu.Features)
            if (feature.Policy is CpuFeaturePolicy.Force or CpuFeaturePolicy.Require or null)
                return CpuCheck.Partial;
        return CpuCheck.Partial;
    }

    /// <summary>Cells have ids, topologies have dies.</summary>
    static CpuDef Numbered(CpuDef cpu)
    {
        uint next = 0;
        return cpu with
        {
            Topology = cpu.Topology is { Dies: null } topology ? topology with { Dies = 1 } : cpu.Topology,
            Numa = cpu.Numa is { } numa
                ? numa with { Cells = numa.Cells.Map(c => c with { Id = c.Id ?? next++ }).OrderBy(static c => c.Id).ToValueList() }
                : null,
        };
    }

    static string? DefaultModel(DomainDef machine, DefinitionContext context)
    {
        AcceleratorFacts? facts = context.FactsFor(machine);
        string? type = facts?.FindMachine(machine.Os.Machine ?? "")?.DefaultCpu;
        if (type is null)
            return null;
        string? found = null;
        foreach (CpuModelFacts model in facts!.CpuModels)
            if (model.TypeName == type)
            {
                found = model.Name;
                break;
            }
        found ??= type.EndsWith("-cpu", StringComparison.Ordinal) ? type.Split('-')[0] : type;
        return found is "host" ? null : found;
    }
}
