using Vireo.Core;
using Vireo.Model.Domain;
using Vireo.Model.Domain.Devices;
using Vireo.Model.Domain.Cpu;

namespace Vireo.Drivers.Qemu.CommandLine.Machine;

/// <summary>-m, the backend of the main memory, -overcommit.</summary>
sealed class MemoryChapter : IChapter
{
    public void Write(ArgumentWriter to)
    {
        DomainDef machine = to.Machine;
        ulong modules = 0;
        foreach (MemoryDevice module in machine.Devices.Memories)
            modules += module.Target.Size.KiB;
        var size = new MemorySize((machine.Memory?.KiB ?? 0) is var all && all > modules ? all - modules : all);
        if (machine.MaxMemory is { } most)
            to.Add("-m", new OptionText().Add("size", $"{size.KiB}k")
                .Add("slots", $"{machine.MemorySlots ?? 0}").Add("maxmem", $"{most.KiB}k"));
        else
            to.Add("-m", (size.KiB / 1024).ToString());
        if (MemoryBackends.MainMemoryId(machine, to.Facts) is { } id)
            MemoryBackends.Write(new MemoryWish { Id = id, FileName = id, Size = size, IsMain = true }, to);
        else if (machine.Cpu?.Numa is not { Cells.Count: > 0 })
            OldStyle(machine, to);
        to.Add("-overcommit", machine.MemoryBacking?.Locked is true ? "mem-lock=on" : "mem-lock=off");
    }

    // QEMU from before main memory was an object.
    static void OldStyle(DomainDef machine, ArgumentWriter to)
    {
        MemoryBacking? backing = machine.MemoryBacking;
        HugepageMount? pages = new StartMemory(to.Start).PagesOf(backing, node: null);
        if (backing?.Allocation is MemoryAllocation.Immediate || pages is not null)
            to.Add("-mem-prealloc");
        if (pages is not null)
            to.Add("-mem-path", $"{pages.Folder}/libvirt/qemu/{to.Start.ShortName}");
        else if (backing?.Source is MemorySourceType.File)
            to.Add("-mem-path", $"{to.Start.MemoryBackingDirectory}/{to.Start.ShortName}/ram");
    }
}

/// <summary>-smp.</summary>
sealed class SmpChapter : IChapter
{
    public void Write(ArgumentWriter to)
    {
        VcpuCount? vcpu = to.Machine.Vcpu;
        uint most = vcpu?.Maximum ?? 1;
        uint now = AtBoot(to.Machine.Vcpus) ?? vcpu?.Current ?? most;
        var text = new OptionText(now.ToString());
        if (now != most)
            text.Add("maxcpus", most.ToString());
        CpuTopology? topology = to.Machine.Cpu?.Topology;
        text.Add("sockets", (topology?.Sockets ?? most).ToString());
        if (topology is not null && to.Facts.Has(Facts.QemuFlag.SmpDies))
            text.Add("dies", (topology.Dies ?? 1).ToString());
        text.Add("cores", (topology?.Cores ?? 1).ToString());
        text.Add("threads", (topology?.Threads ?? 1).ToString());
        to.Add("-smp", text);
    }

    // CPUs that can be unplugged are plugged when the machine is there already.
    static uint? AtBoot(Vireo.Core.ValueList<Vcpu> all) => all.IsEmpty ? null : (uint)all.Count(static cpu => cpu is { Enabled: true, Hotpluggable: not true });
}

/// <summary>-object iothread.</summary>
sealed class IoThreadChapter : IChapter
{
    public void Write(ArgumentWriter to)
    {
        foreach (IoThread thread in IoThreadList.Listed(to.Machine))
            to.Add(new QemuObject("iothread", $"iothread{thread.Id}")
            {
                ["thread-pool-min"] = thread.ThreadPoolMin,
                ["thread-pool-max"] = thread.ThreadPoolMax,
            });
        if (to.Machine.DefaultIoThread is { } common)
            to.Add(new QemuObject("main-loop", "main-loop")
            {
                ["thread-pool-min"] = common.ThreadPoolMin,
                ["thread-pool-max"] = common.ThreadPoolMax,
            });
    }
}
