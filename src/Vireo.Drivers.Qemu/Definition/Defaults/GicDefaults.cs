using Vireo.Drivers.Qemu.Facts;
using Vireo.Model.Domain;

namespace Vireo.Drivers.Qemu.Definition.Defaults;

/// <summary>
/// Which interrupt controller a virt machine of Arm has: with KVM the newest that the kernel offers; otherwise 2, which every QEMU
/// emulates well.
/// </summary>
static class GicDefaults
{
    public static DomainDef Apply(DomainDef machine, DefinitionContext context)
    {
        if (!MachineType.OfDefinition(machine).IsArmVirt || machine.Features?.Gic?.Version is not null)
            return machine;
        GicVersion version = machine.Type is DomainType.Kvm && context.Facts.Gics.Any(static g => g is { Version: 3, Kernel: true })
            ? GicVersion.V3
            : GicVersion.V2;
        return machine with { Features = (machine.Features ?? new Features()) with { Gic = new Gic { Version = version } } };
    }
}
