using Vireo.Core.Errors;
using Vireo.Cpu;
using Vireo.Cpu.Map;
using Vireo.Cpu.X86;
using Vireo.Drivers.Qemu.Facts;
using Vireo.Drivers.Qemu.Probe;
using Vireo.Model.Domain;
using Vireo.Model.Domain.Cpu;

namespace Vireo.Drivers.Qemu.Machine;

/// <summary>The CPU that a QEMU can give on this host, and a guest's CPU made definite by it.</summary>
static class HostCpu
{
    /// <summary>The definition to start with.</summary>
    /// <param name="cpu">The one of the definition.</param>
    /// <param name="kvm">Under KVM.</param>
    /// <param name="facts">The binary.</param>
    /// <param name="map">What models and features mean.</param>
    /// <param name="hostArch">The host's architecture; null: the binary's own.</param>
    internal static CpuDef? Prepare(CpuDef? cpu, bool kvm, QemuFacts facts, CpuMap map, string? hostArch)
    {
        if (cpu is null)
            return null;
        X86Cpus x86 = map.X86;
        if (facts.Arch is "x86_64" or "i686")
            x86.ValidateFeatures(cpu.ToSpec());
        StartCpu.Check(cpu, kvm, facts, map, hostArch);
        if (!QemuGuest.IsManaged(cpu) || facts.For(kvm) is not { } accelerator)
            return cpu;
        switch (facts.Arch)
        {
            case "x86_64" or "i686":
                var models = ModelsOf(accelerator, x86);
                var known = KnownTo(accelerator, x86.Map);
                return WithoutUnknown(QemuGuest.Prepare(cpu, Find(x86, accelerator, models), models, x86, known), known);
            case "s390x" when cpu.Mode is CpuMode.HostModel:
                CpuSpec host = S390(accelerator.HostCpu, migratable: true) ?? throw new VireoException(ErrorCode.ConfigUnsupported, ErrorDomain.Qemu,
                    $"CPU mode 'host-model' for {facts.Arch} {(kvm ? "kvm" : "qemu")} domain on {facts.Arch} host is not supported by hypervisor");
                FeatureTerm[] asked = [.. cpu.ToSpec().Features];
                return cpu.With(host with
                {
                    Match = CpuMatch.Exact,
                    Features = [.. host.Features.Where(own => !Array.Exists(asked, a => a.Name == own.Name)), .. asked],
                });
            case "s390x":
                StartCpu.CheckMainframe(cpu, accelerator, hostArch is null || GuestArchs.IsNative(hostArch, facts.Arch));
                return Definite(cpu);
            default:
                return Definite(cpu);
        }
    }

    // A machine that runs has the model that it has.
    static CpuDef Definite(CpuDef cpu) => cpu is { Mode: CpuMode.Custom or null, Model: { Name: not null } model }
        ? cpu with { Model = model with { Fallback = CpuFallback.Forbid } } : cpu;

    // QEMU never gives a feature that it does not know, and refuses to hear of it: to say that it is off is idle.
    static CpuDef WithoutUnknown(CpuDef cpu, IReadOnlySet<string> known) => known.Count == 0 ? cpu
        : cpu with { Features = [.. cpu.Features.Where(f => f.Policy is not CpuFeaturePolicy.Disable || known.Contains(f.Name))] };

    // By libvirt's names; none if the binary does not tell.
    static IReadOnlySet<string> KnownTo(AcceleratorFacts accelerator, X86Map map)
    {
        var names = new QemuCpu(map);
        return (accelerator.HostCpu?.Properties ?? []).Select(p => names.FromQemu(p.Name)).ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>A definition's processor as it would be started now, to look at: the host's model filled in, nothing translated.</summary>
    internal static CpuDef? Update(DomainDef machine, QemuFacts facts, X86Cpus x86)
    {
        if (machine.Cpu is not { } cpu || !QemuGuest.IsManaged(cpu) || facts.For(machine.Type is DomainType.Kvm) is not { } accelerator)
            return machine.Cpu;
        return cpu.With(x86.Update(cpu.ToSpec(), Find(x86, accelerator, ModelsOf(accelerator, x86))));
    }

    /// <summary>The models, and for want of which features they do not run here.</summary>
    internal static IReadOnlyList<HypervisorModel> ModelsOf(AcceleratorFacts accelerator, X86Cpus x86)
    {
        var names = new QemuCpu(x86.Map);
        return
        [
            .. accelerator.CpuModels.Select(m => new HypervisorModel(m.Name, m.Usable == CpuUsable.No ? [.. m.Blockers.Select(names.FromQemu)] : [])
            {
                IsUsable = m.Usable switch { CpuUsable.Yes => true, CpuUsable.No => false, _ => null },
            }),
        ];
    }

    /// <summary>
    /// The host's model as domain capabilities offer it: what QEMU's expansion comes to, with features that forbid migration; where QEMU
    /// does not tell, the host's own CPU.
    /// </summary>
    internal static CpuSpec? Offered(QemuFacts facts, AcceleratorFacts accelerator, CpuSpec? host, X86Cpus x86) => facts.Arch switch
    {
        "x86_64" or "i686" => WithoutUnanswered(facts, Find(x86, accelerator, ModelsOf(accelerator, x86), migratable: false), x86.Map),
        "s390x" => S390(accelerator.HostCpu, migratable: false),
        _ => host?.Model is null ? null : host with { Role = CpuRole.Guest, AllowsFallback = true },
    };

    // A binary that does not say which features it could not provide never says so of those in registers.
    static CpuSpec? WithoutUnanswered(QemuFacts facts, CpuSpec? cpu, X86Map map) => cpu is null || facts.Has("cpu-unavailable-features") ? cpu
        : cpu with { Features = [.. cpu.Features.Where(f => map.FindFeature(f.Name)?.Bit.IsMsr is not true)] };

    /// <summary>Features that QEMU says forbid migration, by libvirt's names.</summary>
    internal static IReadOnlySet<string> Unmigratable(AcceleratorFacts accelerator, X86Cpus x86)
    {
        var names = new QemuCpu(x86.Map);
        return (accelerator.HostCpu?.Properties ?? []).Where(static p => p.Migratable == false).Select(p => names.FromQemu(p.Name)).ToHashSet(StringComparer.Ordinal);
    }

    // On s390 models are QEMU's own: every property is a feature.
    static CpuSpec? S390(HostCpuFacts? host, bool migratable) => host is null ? null : new CpuSpec
    {
        Role = CpuRole.Guest,
        Model = host.Model,
        AllowsFallback = false,
        Features = [.. host.Properties.Where(static p => p.Kind == CpuPropertyKind.Boolean).Select(p => new FeatureTerm(
            p.Name, p.Value == "true" && !(migratable && p.Migratable == false) ? CpuFeaturePolicy.Require : CpuFeaturePolicy.Disable))],
    };

    static CpuSpec? Find(X86Cpus x86, AcceleratorFacts accelerator, IReadOnlyList<HypervisorModel> models, bool migratable = true)
    {
        if (accelerator.HostCpu is not { } host) return null;
        uint? Number(string name) =>
            uint.TryParse(host.Properties.FirstOrDefault(p => p.Name == name)?.Value, out uint value) ? value : null;
        var data = new QemuCpu(x86.Map).ToData(new QemuExpansion
        {
            Switches = host.Properties.Where(p => p.Kind == CpuPropertyKind.Boolean)
                .ToDictionary(p => p.Name, p => p.Value == "true" && !(migratable && p.Migratable == false), StringComparer.Ordinal),
            Vendor = host.Properties.FirstOrDefault(p => p.Name == "vendor")?.Value,
            Family = Number("family"),
            Model = Number("model"),
            Stepping = Number("stepping"),
        });
        CpuSpec cpu = x86.Decode(data, CpuRole.Guest, models);
        return migratable && !host.Migratability ? x86.CopyMigratable(cpu) : cpu;     // where QEMU does not say what migrates, the map does
    }
}
