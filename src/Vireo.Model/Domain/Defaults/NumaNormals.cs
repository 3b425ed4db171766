using Vireo.Core;
using Vireo.Model.Domain.Cpu;

namespace Vireo.Model.Domain.Defaults;

/// <summary>Vcpus and who places them; guest nodes with their ids and distances.</summary>
static class NumaNormals
{
    const uint LocalDistance = 10;

    public static DomainDef Apply(DomainDef machine, GeneralContext context)
    {
        VcpuCount vcpu = machine.Vcpu ?? new VcpuCount();
        vcpu = vcpu with { Placement = vcpu.Placement ?? VcpuPlacement.Static, Maximum = vcpu.Maximum ?? 1 };
        if (vcpu.Current == vcpu.Maximum)
            vcpu = vcpu with { Current = null };
        if (vcpu.Placement is VcpuPlacement.Auto)
            vcpu = vcpu with { CpuSet = null };
        NumaTune? tune = machine.NumaTune;
        if (vcpu.Placement is VcpuPlacement.Auto && tune?.Memory is null)
            tune = (tune ?? new NumaTune()) with { Memory = new NumaMemory { Placement = VcpuPlacement.Auto } };
        if (tune?.Memory is { } memory)
            tune = tune with { Memory = Complete(memory) };
        if (tune?.Memory?.Placement is VcpuPlacement.Auto && vcpu.CpuSet is null && machine.CpuTune is null or { VcpuPins.IsEmpty: true, EmulatorPin: null, IoThreadPins.IsEmpty: true })
            vcpu = vcpu with { Placement = VcpuPlacement.Auto };
        return machine with
        {
            Vcpu = vcpu,
            NumaTune = tune is null ? null : tune with { Nodes = tune.Nodes.Map(static n => n.Mode is null ? n with { Mode = NumaMode.Strict } : n) },
            Cpu = machine.Cpu is { Numa: { } numa } cpu ? cpu with { Numa = Nodes(numa) } : machine.Cpu,
        };
    }

    static NumaMemory Complete(NumaMemory memory)
    {
        VcpuPlacement placement = memory.Placement ?? (memory.NodeSet is null ? VcpuPlacement.Auto : VcpuPlacement.Static);
        return memory with
        {
            Mode = memory.Mode ?? NumaMode.Strict,
            Placement = placement is VcpuPlacement.Auto ? placement : null,
            NodeSet = placement is VcpuPlacement.Auto ? null : memory.NodeSet,
        };
    }

    static GuestNuma Nodes(GuestNuma numa)
    {
        uint next = 0;
        GuestNumaCell[] cells = [.. numa.Cells.Map(c => c with { Id = c.Id ?? next++ }).OrderBy(static c => c.Id)];
        return numa with { Cells = Distances(cells).ToValueList() };
    }

    /// <summary>A distance that was written holds the other way round too, and whoever has one is near itself.</summary>
    static GuestNumaCell[] Distances(GuestNumaCell[] cells)
    {
        var known = new Dictionary<(uint From, uint To), uint>();
        foreach (GuestNumaCell cell in cells)
            foreach (NumaDistance distance in cell.Distances)
                known[(cell.Id ?? 0, distance.Id)] = distance.Value;
        if (known.Count == 0)
            return cells;
        foreach (var ((from, to), value) in known.ToArray())
        {
            known.TryAdd((to, from), value);
            known.TryAdd((from, from), LocalDistance);
            known.TryAdd((to, to), LocalDistance);
        }
        return Array.ConvertAll(cells, cell => cell with
        {
            Distances = cells.Where(other => known.ContainsKey((cell.Id ?? 0, other.Id ?? 0)))
                .Select(other => new NumaDistance { Id = other.Id ?? 0, Value = known[(cell.Id ?? 0, other.Id ?? 0)] }).ToValueList(),
        });
    }
}
