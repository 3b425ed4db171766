using Vireo.Core;
using Vireo.Drivers.Qemu.Devices;
using Vireo.Drivers.Qemu.Facts;
using Vireo.Model.Domain;
using Vireo.Model.Domain.Cpu;
using Vireo.Model.Domain.Devices;

namespace Vireo.Drivers.Qemu.CommandLine.Machine;

/// <summary>What guest memory is made of: memory-backend-ram, -file, -memfd or -epc.</summary>
static class MemoryBackends
{
    /// <summary>Id of the backend of a guest without NUMA nodes; null if this QEMU has none.</summary>
    public static string? MainMemoryId(DomainDef machine, QemuFacts facts) =>
        machine.Cpu?.Numa is { Cells.Count: > 0 }
            ? null
            : facts.For(machine.Type is DomainType.Kvm)?.FindMachine(machine.Os.Machine ?? "")?.DefaultRamId;

    /// <summary>Whether a node's memory has to be an object; old machines know plain sizes too.</summary>
    public static bool IsNeeded(DomainDef machine, GuestNumaCell cell, StartMemory host) =>
        machine.MemoryBacking?.Source is MemorySourceType.File or MemorySourceType.Memfd || (cell.MemoryAccess ?? machine.MemoryBacking?.Access) is not null
        || host.PagesOf(machine.MemoryBacking, cell.Id ?? 0) is not null
        || machine.NumaTune is { } tune && tune.Nodes.Any(n => n.Cell == (cell.Id ?? 0));

    /// <summary>The backend, after the threads that fill it if they must run on certain nodes.</summary>
    public static IEnumerable<QemuPart> Make(MemoryWish wish, DomainDef machine, QemuFacts facts, StartContext start)
    {
        MemoryBacking? backing = machine.MemoryBacking;
        MemoryDevice? device = wish.Device;
        GuestNumaCell? cell = wish.Node is { } node ? CellOf(machine, node) : null;
        HugepageMount? pages = new StartMemory(start).PagesOf(backing, wish.Node, device?.Source?.PageSize);
        MemoryAccess? access = device?.Access ?? cell?.MemoryAccess ?? backing?.Access;
        bool? discard = device?.Discard ?? cell?.Discard ?? (backing?.Discard is true ? true : null);
        bool fill = backing?.Allocation is MemoryAllocation.Immediate;
        string? path = device?.Model is MemoryModel.NvDimm or MemoryModel.VirtioPmem ? device.Source?.Path : null;

        var (type, made) = ("", new QemuProperties());
        if (device?.Model is MemoryModel.SgxEpc)
        {
            type = "memory-backend-epc";
            fill = true;
        }
        else if (path is null && backing?.Source is MemorySourceType.Memfd)
        {
            type = "memory-backend-memfd";
            made["hugetlb"] = pages is null ? null : true;
            made["hugetlbsize"] = pages?.SizeKiB * 1024;
            made["share"] = Share(access);
            fill |= pages is not null;
        }
        else if (path is not null || pages is not null || access is not null || backing?.Source is MemorySourceType.File)
        {
            type = "memory-backend-file";
            made["mem-path"] = path ?? (pages is not null
                ? $"{pages.Folder}/libvirt/qemu/{start.ShortName}"
                : $"{start.MemoryBackingDirectory}/{start.ShortName}/{wish.FileName}");
            made["discard-data"] = path is null ? discard : null;
            made["share"] = Share(device?.Model is MemoryModel.VirtioPmem ? MemoryAccess.Shared : access);
            // A real module is not worn off for nothing, and what holds virtio-pmem is a file already.
            fill |= path is null ? pages is not null : device!.Source?.PersistentMemory is not true && device.Model is not MemoryModel.VirtioPmem;
        }
        else
            type = "memory-backend-ram";
        if (wish.IsMain && type is "memory-backend-file" or "memory-backend-memfd" && facts.Has(QemuFlag.MemoryCanonicalPath))
            made["x-use-canonical-path-for-ramblock-id"] = false;
        if (device?.Model is MemoryModel.VirtioMem)
        {
            made["reserve"] = facts.Has(QemuFlag.MemoryReserve) ? false : null;
            fill &= !facts.Has(QemuFlag.VirtioMemPrealloc);
        }
        made["prealloc"] = fill ? true : null;
        made["prealloc-threads"] = fill && backing?.AllocationThreads is > 0 and var threads && facts.Has(QemuFlag.MemoryPreallocThreads) ? threads : null;
        made["size"] = wish.Size.Bytes;
        made["align"] = device?.Source?.AlignSize?.Bytes;
        made["pmem"] = device is { Model: MemoryModel.NvDimm, Source.PersistentMemory: true } ? true : null;

        CpuSet? nodes = Nodes(machine, wish.Node, device, start, out NumaMode mode);
        if (nodes is not null)
        {
            made["host-nodes"] = QemuValue.Numbers(nodes);
            made["policy"] = mode switch { NumaMode.Preferred => "preferred", NumaMode.Interleave => "interleave", _ => "bind" };
            if (fill && facts.Has(QemuFlag.ThreadContext))
            {
                made["prealloc-context"] = $"tc-{wish.Id}";
                yield return new QemuObject("thread-context", $"tc-{wish.Id}") { { "node-affinity", QemuValue.Numbers(nodes) } };
            }
        }
        yield return new QemuObject(type, wish.Id) { made };
    }

    /// <summary>The folder of this run that holds the memory's file; null: it is no file of the run's own.</summary>
    public static string? FolderOf(MemoryWish wish, DomainDef machine, StartContext start)
    {
        if (wish.Device?.Source?.Path is not null || wish.Device?.Model is MemoryModel.SgxEpc || machine.MemoryBacking?.Source is MemorySourceType.Memfd)
            return null;
        if (new StartMemory(start).PagesOf(machine.MemoryBacking, wish.Node, wish.Device?.Source?.PageSize) is { } pages)
            return $"{pages.Folder}/libvirt/qemu/{start.ShortName}";
        GuestNumaCell? cell = wish.Node is { } node ? CellOf(machine, node) : null;
        bool file = (wish.Device?.Access ?? cell?.MemoryAccess ?? machine.MemoryBacking?.Access) is not null || machine.MemoryBacking?.Source is MemorySourceType.File;
        return file ? $"{start.MemoryBackingDirectory}/{start.ShortName}" : null;
    }

    /// <summary>Writes the back end, and has its folder made.</summary>
    public static void Write(MemoryWish wish, ArgumentWriter to)
    {
        if (FolderOf(wish, to.Machine, to.Start) is { } folder)
            to.Add(new HostStep.MakeFolder(folder));
        foreach (QemuPart part in Make(wish, to.Machine, to.Facts, to.Start))
            to.Add(part);
    }

    /// <summary>Whether memory of a device is filled before the guest sees it, for a device that does so itself.</summary>
    public static bool IsFilled(MemoryDevice device, DomainDef machine, StartContext start) =>
        machine.MemoryBacking?.Allocation is MemoryAllocation.Immediate
        || new StartMemory(start).PagesOf(machine.MemoryBacking, device.Target.Node, device.Source?.PageSize) is not null;

    static bool? Share(MemoryAccess? access) => access is null ? null : access is MemoryAccess.Shared;

    static GuestNumaCell? CellOf(DomainDef machine, uint node)
    {
        if (machine.Cpu?.Numa is { } numa)
            foreach (GuestNumaCell cell in numa.Cells)
                if ((cell.Id ?? 0) == node)
                    return cell;
        return null;
    }

    static CpuSet? Nodes(DomainDef machine, uint? node, MemoryDevice? device, StartContext start, out NumaMode mode)
    {
        NumaTune? tune = machine.NumaTune;
        NumaNodeMemory? own = node is { } number ? tune?.Nodes.FirstOrDefault(n => n.Cell == number) : null;
        mode = own?.Mode ?? (own is not null ? NumaMode.Strict : tune?.Memory?.Mode ?? NumaMode.Strict);
        if (mode is NumaMode.Restrictive)
            return null;
        return device?.Source?.NodeMask ?? own?.NodeSet
            ?? (tune?.Memory is { } all ? all.NodeSet ?? (all.Placement is VcpuPlacement.Auto ? start.AutomaticNodes : null) : null);
    }
}
