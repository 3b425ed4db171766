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
            to.Add("-m", new OptionText().Add("size", $"{size.MiB * 1024}k")
                .Add("slots", $"{machine.MemorySlots ?? 0}").Add("maxmem", $"{most.KiB}k"));
        else
            to.Add("-m", size.MiB.ToString());
        if (MemoryBackends.MainMemoryId(machine, to.Facts) is { } id)
            to.Add(MemoryBackends.Make(to, id, MemorySize.FromMiB(size.MiB), cell: null, main: true));
        else if (machine.Cpu?.Numa is not { Cells.Count: > 0 } && machine.MemoryBacking?.HugePages is not null)
            to.Add("-mem-prealloc");
        to.Add("-overcommit", machine.MemoryBacking?.Locked is true ? "mem-lock=on" : "mem-lock=off");
    }
}

/// <summary>-smp.</summary>
sealed class SmpChapter : IChapter
{
    public void Write(ArgumentWriter to)
    {
        VcpuCount? vcpu = to.Machine.Vcpu;
        uint most = vcpu?.Maximum ?? 1;
        uint now = vcpu?.Current ?? most;
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
}

/// <summary>-object iothread.</summary>
sealed class IoThreadChapter : IChapter
{
    public void Write(ArgumentWriter to)
    {
        foreach (IoThread thread in to.Machine.IoThreadIds)
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

/// <summary>-numa: nodes, distances.</summary>
sealed class NumaChapter : IChapter
{
    public void Write(ArgumentWriter to)
    {
        if (to.Machine.Cpu?.Numa is not { Cells.Count: > 0 } numa)
            return;
        foreach (GuestNumaCell cell in numa.Cells)
        {
            string id = $"ram-node{cell.Id ?? 0}";
            to.Add(MemoryBackends.Make(to, id, cell.Memory, cell, main: false));
            var text = new OptionText("node").Add("nodeid", $"{cell.Id ?? 0}");
            foreach (string range in (cell.Cpus?.ToXml() ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries))
                text.Add("cpus", range);
            text.Add("memdev", id);
            to.Add("-numa", text);
        }
        foreach (GuestNumaCell cell in numa.Cells)
            foreach (NumaDistance distance in cell.Distances)
                to.Add("-numa", new OptionText("dist").Add("src", $"{cell.Id ?? 0}")
                    .Add("dst", $"{distance.Id}").Add("val", $"{distance.Value}"));
    }
}
