using Vireo.Core;
using Vireo.Drivers.Qemu.Definition.Platforms;
using Vireo.Model.Domain;
using Vireo.Model.Domain.Devices;

namespace Vireo.Drivers.Qemu.Definition.Defaults;

/// <summary>
/// A new machine to which memory can be plugged has its memory in whole blocks; an old one keeps what it was defined with until
/// it starts.
/// </summary>
static class MemoryAlignment
{
    public static DomainDef Apply(DomainDef machine, DefinitionContext context)
    {
        if (!context.IsNew || machine.MaxMemory is null)
            return machine;
        return Align(machine, Platform.Of(machine, context.Facts).MemoryBlockKiB);
    }

    /// <summary>Rounds every size up to whole blocks.</summary>
    public static DomainDef Align(DomainDef machine, ulong blockKiB)
    {
        MemorySize Whole(MemorySize size) => size.KiB % blockKiB == 0 ? size : new MemorySize((size.KiB / blockKiB + 1) * blockKiB);
        return machine with
        {
            Memory = machine.Memory is { } memory ? Whole(memory) : null,
            Cpu = machine.Cpu is { Numa: { } numa } cpu
                ? cpu with { Numa = numa with { Cells = numa.Cells.Map(c => c with { Memory = Whole(c.Memory) }) } }
                : machine.Cpu,
            Devices = machine.Devices with
            {
                Memories = machine.Devices.Memories.Map(m => m.Model is MemoryModel.Dimm
                    ? m with { Target = m.Target with { Size = Whole(m.Target.Size) } }
                    : m),
            },
        };
    }
}
