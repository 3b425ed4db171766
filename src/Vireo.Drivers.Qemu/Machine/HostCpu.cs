using Vireo.Cpu;
using Vireo.Cpu.X86;
using Vireo.Drivers.Qemu.Facts;
using Vireo.Model.Domain.Cpu;

namespace Vireo.Drivers.Qemu.Machine;

/// <summary>The CPU that a QEMU can give on this host, and a guest's CPU made definite by it.</summary>
static class HostCpu
{
    /// <summary>The definition to start with.</summary>
    internal static CpuDef? Prepare(CpuDef? cpu, bool kvm, QemuFacts facts)
    {
        if (cpu is null || !QemuGuest.IsManaged(cpu) || facts.For(kvm) is not { } accelerator) return cpu;
        IReadOnlyList<HypervisorModel> models =
            [.. accelerator.CpuModels.Select(m => new HypervisorModel(m.Name, m.Usable == CpuUsable.No ? m.Blockers : []))];
        return QemuGuest.Prepare(cpu, Find(accelerator, models), models);
    }

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
