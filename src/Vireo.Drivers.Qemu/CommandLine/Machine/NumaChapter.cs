using Vireo.Drivers.Qemu.Facts;
using Vireo.Model.Domain;
using Vireo.Model.Domain.Cpu;

namespace Vireo.Drivers.Qemu.CommandLine.Machine;

/// <summary>-numa: nodes, distances, and how fast memory is from where.</summary>
sealed class NumaChapter : IChapter
{
    public void Write(ArgumentWriter to)
    {
        if (to.Machine.Cpu?.Numa is not { Cells.Count: > 0 } numa)
            return;
        DomainDef machine = to.Machine;
        bool hmat = HasSpeeds(machine);
        var host = new StartMemory(to.Start);
        bool objects = hmat || to.Facts.For(machine.Type is DomainType.Kvm)?.FindMachine(machine.Os.Machine ?? "")?.NumaMemSupported is not true;
        foreach (GuestNumaCell cell in numa.Cells)
            objects |= MemoryBackends.IsNeeded(machine, cell, host);
        if (!objects && machine.MemoryBacking?.Allocation is MemoryAllocation.Immediate)
            to.Add("-mem-prealloc");
        foreach (GuestNumaCell cell in numa.Cells)
        {
            uint number = cell.Id ?? 0;
            string id = $"ram-node{number}";
            if (objects)
                MemoryBackends.Write(new MemoryWish { Id = id, FileName = id, Size = cell.Memory, Node = number }, to);
            var text = new OptionText("node").Add("nodeid", $"{number}");
            foreach (string range in (cell.Cpus?.ToXml() ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries))
                text.Add("cpus", range);
            if (hmat)
                text.Add("initiator", $"{InitiatorOf(cell, numa)}");
            if (objects)
                text.Add("memdev", id);
            else
                text.Add("mem", $"{cell.Memory.KiB / 1024}");
            to.Add("-numa", text);
        }
        foreach (GuestNumaCell cell in numa.Cells)
            foreach (NumaDistance distance in cell.Distances)
                to.Add("-numa", new OptionText("dist").Add("src", $"{cell.Id ?? 0}")
                    .Add("dst", $"{distance.Id}").Add("val", $"{distance.Value}"));
        if (hmat)
            Speeds(numa, to);
    }

    /// <summary>The machine tells its guest how fast memory is (ACPI's HMAT).</summary>
    public static bool HasSpeeds(DomainDef machine) =>
        machine.Cpu?.Numa is { } numa && (numa.Latencies.Count > 0 || numa.Bandwidths.Count > 0 || numa.Cells.Any(static c => !c.Caches.IsEmpty));

    // A node without CPUs belongs to that which reaches it fastest, or to the first that has some.
    static uint InitiatorOf(GuestNumaCell cell, GuestNuma numa)
    {
        uint own = cell.Id ?? 0;
        if (cell.Cpus is { IsEmpty: false })
            return own;
        uint? best = null;
        ulong latency = ulong.MaxValue, bandwidth = 0;
        foreach (NumaLatency way in numa.Latencies)
            if (way.Target == own && way.Cache is null or 0 && way.Value < latency)
                (latency, best) = (way.Value, way.Initiator);
        foreach (NumaBandwidth way in numa.Bandwidths)
            if (way.Target == own && way.Cache is null or 0 && way.Value.KiB > bandwidth)
                (bandwidth, best) = (way.Value.KiB, way.Initiator);
        if (best is { } found)
            return found;
        foreach (GuestNumaCell other in numa.Cells)
            if (other.Cpus is { IsEmpty: false })
                return other.Id ?? 0;
        return own;
    }

    static void Speeds(GuestNuma numa, ArgumentWriter to)
    {
        foreach (NumaLatency way in numa.Latencies)
            to.Add("-numa", Way(way.Initiator, way.Target, way.Cache, way.Type, "latency").Add("latency", $"{way.Value}"));
        foreach (NumaBandwidth way in numa.Bandwidths)
            to.Add("-numa", Way(way.Initiator, way.Target, way.Cache, way.Type, "bandwidth").Add("bandwidth", $"{way.Value.KiB}K"));
        foreach (GuestNumaCell cell in numa.Cells)
            foreach (NumaCache cache in cell.Caches)
                to.Add("-numa", new OptionText("hmat-cache").Add("node-id", $"{cell.Id ?? 0}").Add("size", $"{cache.Size.KiB}K").Add("level", $"{cache.Level}")
                    .Add("associativity", cache.Associativity switch { NumaCacheAssociativity.Direct => "direct", NumaCacheAssociativity.Full => "complex", _ => "none" })
                    .Add("policy", cache.Policy switch { NumaCachePolicy.WriteBack => "write-back", NumaCachePolicy.WriteThrough => "write-through", _ => "none" })
                    .Add("line", $"{cache.Line.Bytes}"));
    }

    static OptionText Way(uint initiator, uint target, uint? cache, NumaTraffic type, string what) => new OptionText("hmat-lb")
        .Add("initiator", $"{initiator}").Add("target", $"{target}")
        .Add("hierarchy", cache switch { 1 => "first-level", 2 => "second-level", 3 => "third-level", _ => "memory" })
        .Add("data-type", (type switch { NumaTraffic.Read => "read-", NumaTraffic.Write => "write-", _ => "access-" }) + what);
}
