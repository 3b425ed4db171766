using Vireo.Core;
using Vireo.Drivers.Qemu.Facts;
using Vireo.Model.Domain;

namespace Vireo.Drivers.Qemu.Definition.Defaults;

/// <summary>A uuid for who has none.</summary>
static class IdentityDefaults
{
    public static DomainDef Apply(DomainDef machine, DefinitionContext context) => machine with
    {
        Uuid = machine.Uuid ?? context.NewUuid(),
        GenerationId = machine.GenerationId is { Value: null } && context.IsNew ? new GenerationId(context.NewUuid()) : machine.GenerationId,
    };
}

/// <summary>Architecture, machine type by its full name, emulator.</summary>
static class MachineDefaults
{
    public static DomainDef Apply(DomainDef machine, DefinitionContext context)
    {
        AcceleratorFacts? facts = context.FactsFor(machine);
        OsDef os = machine.Os;
        MachineFacts? found = os.Machine is null ? facts?.DefaultMachine : facts?.FindMachine(os.Machine);
        return machine with
        {
            Os = os with
            {
                Type = os.Type ?? OsType.Hvm,
                Arch = os.Arch ?? context.HostArch,
                Machine = found?.Name ?? os.Machine,
                Boot = os.Boot.IsEmpty && !machine.Devices.Any(d => d.Boot is not null) ? [BootDevice.HardDisk] : os.Boot,
            },
            Devices = machine.Devices with { Emulator = machine.Devices.Emulator ?? context.Facts.Emulator },
        };
    }
}

/// <summary>Memory and vcpus.</summary>
static class MemoryDefaults
{
    public static DomainDef Apply(DomainDef machine, DefinitionContext context)
    {
        MemorySize memory = machine.Memory ?? machine.CurrentMemory ?? default;
        if (machine.Cpu?.Numa is { Cells.Count: > 0 } numa)
            memory = new MemorySize((ulong)numa.Cells.Sum(static c => (long)c.Memory.KiB));
        MemorySize now = machine.CurrentMemory ?? memory;
        VcpuCount vcpu = machine.Vcpu ?? new VcpuCount();
        return machine with
        {
            Memory = memory,
            IoThreads = machine.IoThreads ?? (machine.IoThreadIds.IsEmpty ? null : (uint)machine.IoThreadIds.Count),
            CurrentMemory = now.KiB == 0 || now.KiB > memory.KiB ? memory : now,
            Vcpu = vcpu with { Placement = vcpu.Placement ?? VcpuPlacement.Static, Maximum = vcpu.Maximum ?? 1 },
        };
    }
}

/// <summary>What happens at the end of the guest, and its clock.</summary>
static class LifecycleDefaults
{
    public static DomainDef Apply(DomainDef machine, DefinitionContext context) => machine with
    {
        OnPoweroff = machine.OnPoweroff ?? LifecycleAction.Destroy,
        OnReboot = machine.OnReboot ?? LifecycleAction.Restart,
        OnCrash = machine.OnCrash ?? CrashAction.Destroy,
        Clock = Clock(machine.Clock ?? new ClockDef()),
    };

    static ClockDef Clock(ClockDef clock) => clock.Offset switch
    {
        null => clock with { Offset = ClockOffset.Utc },
        ClockOffset.Variable => clock with { Adjustment = clock.Adjustment ?? "0", Basis = clock.Basis ?? ClockBasis.Utc },
        _ => clock,
    };
}
