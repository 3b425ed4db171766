using Vireo.Cpu;
using Vireo.Cpu.X86;
using Vireo.Drivers.Qemu.Facts;
using Vireo.Model.Domain;
using Vireo.Model.Domain.Cpu;

namespace Vireo.Drivers.Qemu.Machine;

/// <summary>The CPU that a QEMU can give on this host, and a guest's CPU made definite by it.</summary>
static class HostCpu
{
    /// <summary>The definition to start with.</summary>
    internal static CpuDef? Prepare(CpuDef? cpu, bool kvm, QemuFacts facts)
    {
        if (cpu is null || !QemuGuest.IsManaged(cpu) || facts.For(kvm) is not { } accelerator) return cpu;
        var models = ModelsOf(accelerator);
        return QemuGuest.Prepare(cpu, Find(accelerator, models), models);
    }

    /// <summary>A definition's processor as it would be started now, to look at: the host's model filled in, nothing translated.</summary>
    internal static CpuDef? Update(DomainDef machine, QemuFacts facts)
    {
        if (machine.Cpu is not { } cpu || !QemuGuest.IsManaged(cpu) || facts.For(machine.Type is DomainType.Kvm) is not { } accelerator)
            return machine.Cpu;
        if (cpu.Mode != CpuMode.HostModel && cpu.Match != CpuMatch.Minimum && !cpu.Features.Any(static f => f.Policy == CpuFeaturePolicy.Optional))
            return cpu;
        return cpu.With(X86Cpus.Shared.Update(cpu.ToSpec(), Find(accelerator, ModelsOf(accelerator))));
    }

    static IReadOnlyList<HypervisorModel> ModelsOf(AcceleratorFacts accelerator) =>
        [.. accelerator.CpuModels.Select(m => new HypervisorModel(m.Name, m.Usable == CpuUsable.No ? m.Blockers : []))];

    static CpuSpec? Find(AcceleratorFacts accelerator, IReadOnlyList<HypervisorModel> models)
    {
        if (accelerator.HostCpu is not { } host) return null;
        uint? Number(string name) =>
            uint.TryParse(host.Properties.FirstOrDefault(p => p.Name == name)?.Value, out uint value) ? value : null;
        var data = new QemuCpu(X86Map.Shared).ToData(new QemuExpansion
        {
            Switches = host.Properties.Where(p => p.Kind == CpuPropertyKind.Boolean)
                .ToDictionary(p => p.Name, p => p.Value == "true" && p.Migratable != false, StringComparer.Ordinal),
            Vendor = host.Properties.FirstOrDefault(p => p.Name == "vendor")?.Value,
            Family = Number("family"),
            Model = Number("model"),
            Stepping = Number("stepping"),
        });
        return X86Cpus.Shared.Decode(data, CpuRole.Guest, models);
    }
}
