using Vireo.Core;
using Vireo.Drivers.Qemu.Definition.Platforms;
using Vireo.Model.Domain;
using Vireo.Model.Domain.Cpu;
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
        if (!context.IsNew || machine.MaxMemory is null || machine.Os.Arch is not ("ppc64" or "ppc64le"))
            return machine;
        return Align(machine, Platform.Of(machine, context.Facts).MemoryBlockKiB);
    }

    /// <summary>
    /// What a run has: whole blocks (POWER's machines of 256 MiB, others of one, their modules of two), and in all what its nodes and modules
    /// have, whatever the definition says. A label of a module on POWER does not count among its blocks.
    /// </summary>
    public static DomainDef ForRun(DomainDef machine)
    {
        bool power = machine.Os.Arch is "ppc64" or "ppc64le";
        ulong block = power ? 256ul * 1024 : 1024, ofModules = power ? block : 2048;
        ulong modules = 0, main = 0;
        foreach (MemoryDevice module in machine.Devices.Memories)
            modules += module.Target.Size.KiB;
        GuestNuma? numa = machine.Cpu?.Numa;
        if (numa is { Cells.Count: > 0 })
        {
            numa = numa with { Cells = numa.Cells.Map(c => c with { Memory = Up(c.Memory, block) }) };
            foreach (GuestNumaCell cell in numa.Cells)
                main += cell.Memory.KiB;
        }
        else
            main = Up(new MemorySize((machine.Memory?.KiB ?? 0) is var all && all > modules ? all - modules : all), block).KiB;
        ValueList<MemoryDevice> memories = machine.Devices.Memories.Map(m => m with { Target = m.Target with { Size = Up(m, power, ofModules) } });
        foreach (MemoryDevice module in memories)
            main += module.Target.Size.KiB;
        return machine with
        {
            Memory = machine.Memory is null && main == 0 ? null : new MemorySize(main),
            Cpu = machine.Cpu is { } cpu ? cpu with { Numa = numa } : null,
            Devices = machine.Devices with { Memories = memories },
        };
    }

    static MemorySize Up(MemoryDevice module, bool power, ulong block)
    {
        if (!power || module.Model is not MemoryModel.NvDimm)
            return Up(module.Target.Size, block);
        ulong label = module.Target.LabelSize?.KiB ?? 0, usable = module.Target.Size.KiB - label;
        return new MemorySize(usable / block * block + label);
    }

    static MemorySize Up(MemorySize size, ulong block) => size.KiB % block == 0 ? size : new MemorySize((size.KiB / block + 1) * block);

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
