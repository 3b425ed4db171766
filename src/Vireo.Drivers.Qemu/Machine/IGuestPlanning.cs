using Vireo.Cpu.Map;
using Vireo.Drivers.Qemu.CommandLine;
using Vireo.Drivers.Qemu.Definition;
using Vireo.Drivers.Qemu.Definition.Rules;
using Vireo.Drivers.Qemu.Facts;
using Vireo.Model.Domain;

namespace Vireo.Drivers.Qemu.Machine;

/// <summary>The pure half of the driver, as the live half uses it: nothing here changes the host.</summary>
public interface IGuestPlanning
{
    /// <summary>Completes what a user wrote: defaults, checks, addresses. Throws libvirt's error for what is wrong.</summary>
    DomainDef Complete(DomainDef written, QemuFacts facts);

    /// <summary>The same without the checks: for a definition that is there already.</summary>
    DomainDef WithDefaults(DomainDef written, QemuFacts facts);

    /// <summary>What one run adds: aliases, indexes, paths, a CPU with nothing left to decide.</summary>
    DomainDef MakeLive(DomainDef definition, QemuFacts facts, LivePaths paths);

    /// <summary>The command line and what the host must prepare for it.</summary>
    QemuCommandLine Build(DomainDef live, QemuFacts facts, StartContext context);
}

/// <summary>The passes and the builder of this driver.</summary>
/// <param name="map">What CPU models mean; null: as the default release has it.</param>
/// <param name="context">What the daemon's settings say about a binary's definitions; null: as the system's daemon has it without any.</param>
public sealed class GuestPlanning(CpuMap? map = null, Func<QemuFacts, DefinitionContext>? context = null) : IGuestPlanning
{
    readonly HostPciLookup hostPci = new();

    CpuMap Map => map ?? CpuMap.Default;

    /// <inheritdoc/>
    public DomainDef Complete(DomainDef written, QemuFacts facts)
    {
        _ = new WrittenForQemu(written);
        QemuRules.CheckBinary(written, facts).ThrowFirst();
        DomainDef complete = WithDefaults(written, facts);
        QemuRules.Check(complete, facts).ThrowFirst();
        return complete;
    }

    /// <inheritdoc/>
    public DomainDef WithDefaults(DomainDef written, QemuFacts facts) =>
        DefinitionPasses.Complete(written, (context?.Invoke(facts) ?? new DefinitionContext { Facts = facts }) with { HostPci = hostPci.Find, CpuMap = Map });

    /// <inheritdoc/>
    public DomainDef MakeLive(DomainDef definition, QemuFacts facts, LivePaths paths) =>
        LivePasses.Apply(
            definition with { Cpu = HostCpu.Prepare(definition.Cpu, definition.Type == DomainType.Kvm, facts, Map, paths.HostArch) },
            paths with { CpuMap = Map });

    /// <inheritdoc/>
    public QemuCommandLine Build(DomainDef live, QemuFacts facts, StartContext context) =>
        QemuCommandLineBuilder.Build(live, facts, context with { CpuMap = Map });
}
