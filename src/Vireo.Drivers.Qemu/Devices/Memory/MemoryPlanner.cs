using Vireo.Drivers.Qemu.CommandLine;
using Vireo.Drivers.Qemu.CommandLine.Machine;
using Vireo.Drivers.Qemu.Facts;
using Vireo.Model.Domain.Devices;

namespace Vireo.Drivers.Qemu.Devices;

/// <summary>Memory modules: the memory behind, and what the guest sees of it. Enclave memory is seen through the machine alone.</summary>
sealed class MemoryPlanner : IDevicePlanner<MemoryDevice>
{
    public DevicePlan Plan(MemoryDevice memory, PlanContext at)
    {
        string alias = memory.Alias ?? "", id = BackendOf(memory);
        var wish = new MemoryWish { Id = id, FileName = alias, Size = memory.Target.Size, Node = memory.Target.Node, Device = memory };
        return new DevicePlan
        {
            Host = memory.Source?.Path is { } path ? [new HostStep.Allow(path)]
                : MemoryBackends.FolderOf(wish, at.Machine, at.Start) is { } folder ? [new HostStep.MakeFolder(folder)] : [],
            Backends = [.. MemoryBackends.Make(wish, at.Machine, at.Facts, at.Start)],
            Frontends = memory.Model is MemoryModel.SgxEpc ? [] : [Front(memory, id, at)],
        };
    }

    /// <summary>The id of the memory behind.</summary>
    public static string BackendOf(MemoryDevice memory) => $"mem{memory.Alias}";

    static QemuDevice Front(MemoryDevice memory, string backend, PlanContext at)
    {
        MemoryTarget target = memory.Target;
        bool flexible = memory.Model is MemoryModel.VirtioMem;
        return new QemuDevice(memory.Model switch
        {
            MemoryModel.NvDimm => "nvdimm",
            MemoryModel.VirtioPmem => at.Virtio("virtio-pmem", memory),
            MemoryModel.VirtioMem => at.Virtio("virtio-mem", memory),
            _ => "pc-dimm",
        })
        {
            { "node", target.Node },
            { "label-size", target.LabelSize?.Bytes },
            { "block-size", flexible ? target.Block?.Bytes : null },
            { "requested-size", flexible ? target.Requested?.Bytes : null },
            { "uuid", memory.Uuid?.ToString() },
            { "unarmed", target.ReadOnly ? true : null },
            { "memdev", backend },
            { "prealloc", flexible && at.Facts.Has(QemuFlag.VirtioMemPrealloc) && MemoryBackends.IsFilled(memory, at.Machine, at.Start) ? true : null },
            { "id", memory.Alias },
            at.Address(memory),
        };
    }
}
