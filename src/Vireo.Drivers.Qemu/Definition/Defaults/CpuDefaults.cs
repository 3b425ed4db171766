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
        CpuDef cpu = Numbered(machine.Cpu ?? new CpuDef(), machine.Vcpu?.Maximum ?? 1);
        bool custom = cpu.Mode is null or CpuMode.Custom;
        if (custom && cpu.Model?.Name is null)
        {
            string? model = DefaultModel(machine, context);
            if (model is null)
                return machine with { Cpu = cpu == new CpuDef() ? null : cpu };
            return machine with
            {
                Cpu = model != "host"
                    ? cpu with
                    {
                        Mode = CpuMode.Custom,
                        Match = CpuMatch.Exact,
                        Check = cpu.Check ?? CpuCheck.None,
                        Model = new CpuModel { Fallback = CpuFallback.Forbid, Name = model },
                    }
                    : HasHostModel(MachineType.OfDefinition(machine))
                        ? cpu with { Mode = CpuMode.HostModel, Check = cpu.Check ?? CpuCheck.Partial }
                        : cpu with { Mode = CpuMode.HostPassthrough, Check = cpu.Check ?? CpuCheck.None },
            };
        }
        CpuMode mode = cpu.Mode ?? CpuMode.Custom;
        cpu = cpu with
        {
            Mode = mode,
            Check = cpu.Check ?? Check(machine, mode),
            Match = mode is CpuMode.Custom ? cpu.Match ?? CpuMatch.Exact : cpu.Match,
            Migratable = cpu.Migratable ?? Migratable(machine, mode, context),
            Model = cpu.Model is { Fallback: null, Name: not null } model2 ? model2 with { Fallback = CpuFallback.Allow } : cpu.Model,
            Features = cpu.Features.Map(static f => f.Policy is null ? f with { Policy = CpuFeaturePolicy.Require } : f),
        };
        return machine with { Cpu = cpu };
    }

    /// <summary>A model that is translated is not compared with the host's.</summary>
    static CpuCheck Check(DomainDef machine, CpuMode mode) => mode switch
    {
        CpuMode.HostModel => CpuCheck.Partial,
        CpuMode.Custom when machine.Type is not DomainType.Qemu => CpuCheck.Partial,
        _ => CpuCheck.None,
    };

    static bool? Migratable(DomainDef machine, CpuMode mode, DefinitionContext context) => mode switch
    {
        CpuMode.HostPassthrough when context.Facts.Has("cpu.migratable") => true,
        CpuMode.HostPassthrough when MachineType.OfDefinition(machine).IsX86 => false,
        _ => null,
    };

    /// <summary>Topologies have dies; vcpus that no node has belong to the first one.</summary>
    static CpuDef Numbered(CpuDef cpu, uint vcpus)
    {
        GuestNuma? numa = cpu.Numa;
        if (numa is { Cells: [{ } first, ..] })
        {
            HashSet<int> placed = [.. numa.Cells.SelectMany(static c => c.Cpus?.Members ?? [])];
            if (placed.Count < vcpus)
                numa = numa with
                {
                    Cells = numa.Cells.SetItem(0, first with
                    {
                        Cpus = CpuSet.Of((first.Cpus?.Members ?? []).Concat(Enumerable.Range(0, (int)Math.Min(vcpus, CpuSet.Limit)).Where(v => !placed.Contains(v)))),
                    }),
                };
        }
        return cpu with { Topology = cpu.Topology is { Dies: null } topology ? topology with { Dies = 1 } : cpu.Topology, Numa = numa };
    }

    /// <summary>s390 machines have models, and so a host's model, since QEMU 2.8.</summary>
    static bool HasHostModel(MachineType type) => type.IsS390Ccw
        && !(type.Name.StartsWith("s390-ccw-virtio-2.", StringComparison.Ordinal) && type.Name[^1] is >= '4' and <= '7');

    /// <summary>The model that QEMU gives a machine if none is named; "host": the host's own.</summary>
    static string? DefaultModel(DomainDef machine, DefinitionContext context)
    {
        AcceleratorFacts? facts = context.Facts.For(machine.Type is DomainType.Kvm);
        if (machine.Type is DomainType.Hvf || machine.Type is DomainType.Kvm && context.Facts.Arch is "aarch64" or "armv7l" or "armv6l")
            return null;                                  // QEMU's is a model that no host has
        if (!context.CpuMap.HasOperations(machine.Os.Arch ?? context.Facts.Arch))
            return null;                                  // nothing that is said of such a CPU is understood
        string? type = facts?.FindMachine(machine.Os.Machine ?? "")?.DefaultCpu;
        if (type is null)
            return null;
        foreach (CpuModelFacts model in facts!.CpuModels)
            if (model.TypeName == type)
                return model.Name;
        return null;
    }
}
