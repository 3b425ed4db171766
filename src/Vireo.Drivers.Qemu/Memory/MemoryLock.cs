using Vireo.Model.Domain;
using Vireo.Model.Domain.Devices;

namespace Vireo.Drivers.Qemu.Memory;

/// <summary>How much memory QEMU may keep from being swapped out: what guests with devices of the host, or on POWER, cannot do without.</summary>
public static class MemoryLock
{
    /// <summary>No limit, in bytes.</summary>
    public const ulong Unlimited = 9007199254740991;

    const ulong MiB = 1024, GiB = 1024 * MiB;

    /// <summary>The limit in bytes; 0: the guest needs none of its own.</summary>
    public static ulong BytesOf(DomainDef machine)
    {
        if (machine.MemoryTune?.HardLimit is { } hard)
            return hard.KiB * 1024;
        if (machine.MemoryBacking?.Locked is true)
            return Unlimited;
        if (machine is { Os.Arch: "ppc64" or "ppc64le", Type: DomainType.Kvm })
            return PowerKiB(machine) * 1024;
        // Every address space of the guest's devices is pinned: one for all behind VFIO, unless an IOMMU of the guest's keeps them apart.
        ulong spaces = (ulong)machine.Devices.Interfaces.Count(static card => card.Source is InterfaceSource.OfVdpa);
        ulong devices = VfioDevices(machine);
        spaces += devices == 0 ? 0 : machine.Devices.Iommu is null ? 1 : devices;
        return spaces * ((machine.Memory?.KiB ?? 0) + GiB) * 1024;
    }

    static ulong VfioDevices(DomainDef machine)
    {
        ulong count = 0;
        foreach (Device device in machine.Devices)
            if (device is Hostdev { Source: HostdevSource.OfPci } or Hostdev { Source: HostdevSource.OfMdev, Model: HostdevModel.VfioPci }
                or Interface { Source: InterfaceSource.OfHostdev } or Disk { Source: DiskSource.OfNvme })
                count++;
        return count;
    }

    // The guest's page table and its windows for DMA; with devices of the host all memory and larger windows.
    static ulong PowerKiB(DomainDef machine)
    {
        ulong bridges = (ulong)machine.Devices.Controllers.Count(static c => c is { Type: ControllerType.Pci, Model: "pci-root" });
        ulong memory = machine.Memory?.KiB ?? 0, most = machine.MaxMemory?.KiB ?? memory;
        ulong least = most / 128 + 4 * MiB * bridges + 8 * MiB;
        return VfioDevices(machine) == 0 ? least : least + Math.Max(2 * GiB * bridges, memory + memory / 512 * bridges + 8 * MiB);
    }
}
