using System.Numerics;
using Vireo.Core.Errors;
using Vireo.Core.Xml;
using Vireo.Model.Domain;
using Vireo.Model.Domain.Devices;
using Vireo.Model.Rules;

namespace Vireo.Drivers.Qemu.Definition.Rules;

/// <summary>Memory that is plugged in, one by one.</summary>
sealed class MemoryRules : IRules<MemoryDevice, RuledMachine>
{
    const ulong LeastLabelKiB = 128, LeastBlockKiB = 2048;

    public static void Check(MemoryDevice element, RuledMachine document, Findings found)
    {
        DomainDef machine = document.Def;
        MemoryTarget target = element.Target;
        if (element.Model is MemoryModel.NvDimm or MemoryModel.VirtioPmem && element.Source?.Path is null)
            found.Add(element, ErrorCode.XmlDetail, $"path is required for model '{element.Model.ToXml()}'");
        switch (element.Model)
        {
            case MemoryModel.SgxEpc when !document.Facts.Has("sgx-epc"):
                found.Unsupported(element, "sgx epc isn't supported by this QEMU binary");
                break;
            case MemoryModel.NvDimm:
                CheckModule(element, machine, found);
                break;
            case MemoryModel.VirtioPmem when target.Node is not null:
                found.Unsupported(element, "virtio-pmem does not support NUMA nodes");
                break;
            case MemoryModel.VirtioMem:
                CheckFlexible(target, found);
                break;
        }
        int nodes = machine.Cpu?.Numa?.Cells.Count ?? 0;
        if (machine.MaxMemory is null)
        {
            found.Unsupported(element, "cannot use/hotplug a memory device when domain 'maxMemory' is not defined");
            return;
        }
        if (target.Node is { } node && nodes > 0 && node >= nodes)
            found.Add(element, ErrorCode.XmlDetail, $"can't add memory backend for guest node '{node}' as the guest has only '{nodes}' NUMA nodes configured");
        if (target.Node is null && nodes > 0 && element.Model is MemoryModel.Dimm or MemoryModel.NvDimm or MemoryModel.VirtioMem)
            found.Unsupported(element, "target NUMA node needs to be specified for memory device");
    }

    static void CheckModule(MemoryDevice module, DomainDef machine, Findings found)
    {
        if (module.Uuid is not null && machine.Os.Arch is not ("ppc64" or "ppc64le"))
            found.Unsupported(module, "UUID is not supported for NVDIMM device");
        if (module.Target.LabelSize is not { } label)
            return;
        if (label.KiB < LeastLabelKiB)
            found.Wrong(module, "nvdimm label must be at least 128KiB");
        if (label.KiB >= module.Target.Size.KiB)
            found.Wrong(module, "label size must be smaller than NVDIMM size");
    }

    static void CheckFlexible(MemoryTarget target, Findings found)
    {
        ulong block = target.Block?.KiB ?? 0, requested = target.Requested?.KiB ?? 0;
        if (!BitOperations.IsPow2(block))
            found.Add(target, ErrorCode.XmlDetail, "block size must be a power of two");
        else if (block < LeastBlockKiB)
            found.Add(target, ErrorCode.XmlDetail, $"block size too small, must be at least {LeastBlockKiB}KiB");
        else if (requested % block != 0)
            found.Add(target, ErrorCode.XmlDetail, "requested size must be an integer multiple of block size");
        else if (target.Size.KiB % block != 0)
            found.Add(target, ErrorCode.XmlDetail, "size must be an integer multiple of block size");
        else if (requested > target.Size.KiB)
            found.Add(target, ErrorCode.XmlDetail, $"requested size must be smaller than or equal to @size ({target.Size.KiB}KiB)");
    }
}

/// <summary>A machine's memory as a whole.</summary>
sealed class MemorySetRules : IRules<DomainDef, RuledMachine>
{
    public static void Check(DomainDef element, RuledMachine document, Findings found)
    {
        if (element.MemoryBacking is { } backing)
            CheckBacking(backing, found);
        if (element.MaxMemory is not { } most)
            return;
        if (element.Cpu?.Numa is not { Cells.Count: > 0 } && element.Os.Arch is not ("ppc64" or "ppc64le"))
            found.Unsupported(element, "At least one numa node has to be configured when enabling memory hotplug");
        ulong all = 0;
        if (element.Cpu?.Numa is { Cells.Count: > 0 } numa)
            foreach (Vireo.Model.Domain.Cpu.GuestNumaCell cell in numa.Cells)
                all += cell.Memory.KiB;
        foreach (MemoryDevice module in element.Devices.Memories)
            all += module.Target.Size.KiB;
        if (Math.Max(all, element.Memory?.KiB ?? 0) > most.KiB)
            found.Wrong(element, "maximum memory size must be equal or greater than the actual memory size");
    }

    static void CheckBacking(MemoryBacking backing, Findings found)
    {
        if (backing.HugePages is not { } huge)
            return;
        if (backing.Source is MemorySourceType.Anonymous)
            found.Unsupported(backing, "hugepages are not allowed with anonymous memory source");
        HugePage? master = null;
        foreach (HugePage page in huge.Pages)
            if (page.NodeSet is null)
            {
                if (master is not null)
                    found.Add(backing, ErrorCode.XmlDetail, $"two master hugepages detected: {Math.Min(master.Size.KiB, page.Size.KiB)} and {Math.Max(master.Size.KiB, page.Size.KiB)}");
                master = page;
            }
    }
}

/// <summary>Memory shared between guests.</summary>
sealed class SharedMemoryRules : IRules<Model.Domain.Devices.SharedMemory, RuledMachine>
{
    const ulong LeastKiB = 1024;

    public static void Check(Model.Domain.Devices.SharedMemory element, RuledMachine document, Findings found)
    {
        string model = element.Model?.ToXml() ?? "ivshmem";
        if (element.Model is null or SharedMemoryModel.IvShmem && !document.Facts.Has("ivshmem"))
            found.Unsupported(element, "ivshmem device is not supported with this QEMU binary");
        else if (element.Model is SharedMemoryModel.IvShmemPlain or SharedMemoryModel.IvShmemDoorbell && !document.Facts.Has(model))
            found.Unsupported(element, $"shmem model '{model}' is not supported by this QEMU binary");
        if (element.Name.Contains('/', StringComparison.Ordinal))
            found.Unsupported(element, "shmem name cannot include '/' character");
        if (element.Model is SharedMemoryModel.IvShmemPlain && element.Server is not null)
            found.Unsupported(element, $"shmem model '{model}' is supported only with server option disabled");
        if (element.Model is SharedMemoryModel.IvShmemDoorbell)
        {
            if (element.Server is null)
                found.Unsupported(element, $"shmem model '{model}' is supported only with server option enabled");
            else if (element.Size is not null)
                found.Unsupported(element, $"shmem model '{model}' does not support size setting");
        }
        if (element.Size is { } size)
        {
            if (size.KiB < LeastKiB)
                found.Wrong(element, "shmem size must be at least 1 MiB (1024 KiB)");
            else if (!BitOperations.IsPow2(size.KiB))
                found.Wrong(element, "shmem size must be a power of two");
        }
        if (element.Msi is not null && element.Server is null)
            found.Wrong(element, "msi option is only supported with a server");
    }
}
