using Vireo.Core;
using Vireo.Drivers.Qemu.Facts;
using Vireo.Model.Domain;
using Vireo.Model.Domain.Cpu;

namespace Vireo.Drivers.Qemu.CommandLine.Machine;

/// <summary>What guest memory is made of: memory-backend-ram, -file or -memfd.</summary>
static class MemoryBackends
{
    /// <summary>Id of the backend of a guest without NUMA nodes; null if this QEMU has none.</summary>
    public static string? MainMemoryId(DomainDef machine, QemuFacts facts) =>
        machine.Cpu?.Numa is { Cells.Count: > 0 } || NeedsDimmNode(machine)
            ? null
            : facts.For(machine.Type is DomainType.Kvm)?.FindMachine(machine.Os.Machine ?? "")?.DefaultRamId;

    static bool NeedsDimmNode(DomainDef machine) => false;

    /// <summary>The backend for the whole memory or for one node.</summary>
    public static QemuObject Make(ArgumentWriter to, string id, MemorySize size, GuestNumaCell? cell, bool main)
    {
        DomainDef machine = to.Machine;
        MemoryBacking? backing = machine.MemoryBacking;
        HugePage? page = PageFor(backing, cell);
        HugepageMount? mount = backing?.HugePages is null || page is null && backing.HugePages.Pages.Count > 0 ? null : MountFor(to.Start, page);
        MemoryAccess? access = cell?.MemoryAccess ?? backing?.Access;
        bool immediate = backing?.Allocation is MemoryAllocation.Immediate;
        bool memfd = backing?.Source is MemorySourceType.Memfd;
        bool file = !memfd && (mount is not null || backing?.Source is MemorySourceType.File || access is not null && backing?.Source is null && cell is not null);
        var made = new QemuObject(memfd ? "memory-backend-memfd" : file ? "memory-backend-file" : "memory-backend-ram", id);
        if (memfd && mount is not null)
        {
            made["hugetlb"] = true;
            made["hugetlbsize"] = mount.SizeKiB * 1024;
        }
        else if (file)
        {
            made["mem-path"] = mount is not null
                ? $"{mount.Folder}/libvirt/qemu/{to.Start.ShortName}"
                : $"{to.Start.MemoryBackingDirectory}/{to.Start.ShortName}/{id}";
            bool discard = cell?.Discard ?? backing?.Discard ?? false;
            if (discard || cell?.Discard is false && backing?.Discard is true)
                made["discard-data"] = discard;
        }
        if (access is not null)
            made["share"] = access is MemoryAccess.Shared;
        if (main && (file || memfd))
            made["x-use-canonical-path-for-ramblock-id"] = false;
        if (immediate || mount is not null)
        {
            made["prealloc"] = true;
            made["prealloc-threads"] = backing?.AllocationThreads;
        }
        made["size"] = size.Bytes;
        return made;
    }

    static HugePage? PageFor(MemoryBacking? backing, GuestNumaCell? cell)
    {
        HugePage? general = null;
        if (backing?.HugePages is { } pages)
            foreach (HugePage page in pages.Pages)
            {
                if (page.NodeSet is null)
                    general = page;
                else if (cell is null ? page.NodeSet.Contains(0) : page.NodeSet.Contains((int)(cell.Id ?? 0)))
                    return page;
            }
        return general;
    }

    static HugepageMount? MountFor(StartContext start, HugePage? page)
    {
        foreach (HugepageMount mount in start.Hugepages)
            if (page is null ? mount.IsDefault : mount.SizeKiB == page.Size.KiB)
                return mount;
        return null;
    }
}
