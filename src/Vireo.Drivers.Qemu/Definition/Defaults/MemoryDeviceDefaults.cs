using Vireo.Core;
using Vireo.Model.Domain;
using Vireo.Model.Domain.Devices;

namespace Vireo.Drivers.Qemu.Definition.Defaults;

/// <summary>Slots of memory modules: the lowest that is free.</summary>
static class MemoryDeviceDefaults
{
    public static DomainDef Apply(DomainDef machine, DefinitionContext context)
    {
        ValueList<MemoryDevice> modules = machine.Devices.Memories;
        if (modules.IsEmpty)
            return machine;
        var taken = new HashSet<uint>();
        foreach (MemoryDevice module in modules)
            if (module.Address is DeviceAddress.Dimm { Slot: { } slot })
                taken.Add(slot);
        return machine with { Devices = machine.Devices with { Memories = modules.Map(m => IsModule(m) ? m with { Address = Slot(m.Address, taken, machine.MemorySlots) } : m is { Model: MemoryModel.VirtioMem, Target.Requested: null } ? m with { Target = m.Target with { Requested = default(MemorySize) } } : m) } };
    }

    static bool IsModule(MemoryDevice device) => device is { Model: MemoryModel.Dimm or MemoryModel.NvDimm, Address: null or DeviceAddress.Dimm { Slot: null } };

    static DeviceAddress.Dimm Slot(DeviceAddress? written, HashSet<uint> taken, uint? slots)
    {
        uint slot = 0;
        while (!taken.Add(slot))
            slot++;
        if (slots is { } most && slot >= most)
            throw Vireo.Core.Errors.VireoException.Internal(Vireo.Core.Errors.ErrorDomain.Qemu, "failed to find an empty memory slot");
        return (written as DeviceAddress.Dimm ?? new DeviceAddress.Dimm()) with { Slot = slot };
    }
}
