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
        GenerationId = machine.GenerationId is { Value: null } ? new GenerationId(context.NewUuid()) : machine.GenerationId,
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
            },
            Devices = machine.Devices with { Emulator = machine.Devices.Emulator ?? context.Facts.Emulator },
        };
    }
}
