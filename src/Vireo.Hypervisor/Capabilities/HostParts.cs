using Vireo.Core;
using Vireo.Host.Topology;
using Vireo.Model.Capabilities;

namespace Vireo.Hypervisor.Capabilities;

/// <summary>From what the kernel shows to elements of the document.</summary>
sealed class HostParts(HostTree tree)
{
    readonly HostCpus cpus = new(tree);

    public HostCell Cell(NumaNode node) => new()
    {
        Id = node.Id,
        Memory = new MemorySize(node.MemoryKiB),
        Pages = [.. node.Pages.Select(p => new HostPages(p.KiB, p.Total))],
        Distances = [.. node.Distances.Select(d => new HostDistance(d.Node, d.Distance))],
        Caches = [.. node.Caches.Select(c => new HostSideCache(c.Level, c.Associativity, c.Policy, c.Bytes / 1024, c.LineBytes))],
        Cpus = [.. node.Cpus.Select(id => new HostCellCpu(id, Place(id)))],
    };

    HostCpuPlace? Place(int id) => cpus.Place(id) is { } p ? new HostCpuPlace(p.Socket, p.Die, p.Core, CpuSet.Of(p.Siblings)) : null;

    public static ValueList<HostInterconnect> Interconnects(IReadOnlyList<NodeLink> links)
    {
        List<HostInterconnect> latencies = [], bandwidths = [];
        foreach (NodeLink link in links)
        {
            Add(latencies, link, "read", false, link.ReadLatency);
            Add(latencies, link, "write", false, link.WriteLatency);
            Add(bandwidths, link, "read", true, link.ReadBandwidth * 1024);
            Add(bandwidths, link, "write", true, link.WriteBandwidth * 1024);
        }
        return [.. latencies, .. bandwidths];
    }

    static void Add(List<HostInterconnect> to, NodeLink link, string access, bool isBandwidth, ulong? value)
    {
        if (value is { } known)
            to.Add(new HostInterconnect(isBandwidth, link.Initiator, link.Target, access, known));
    }

    public static HostCacheBank Bank(CacheBank bank, ResourceControl control) => new(
        bank.Id, bank.Level, Word(bank.Kind), bank.KiB, CpuSet.Of(bank.Cpus),
        [.. control.Caches.Where(c => c.Level == bank.Level && c.Ways > 0).Select(c => Control(bank, c))]);

    static HostCacheControl Control(CacheBank bank, CacheControl control)
    {
        ulong way = bank.KiB / control.Ways;
        return new HostCacheControl(way, control.MinWays > 1 ? way * control.MinWays : 0, Word(control.Kind), control.Groups);
    }

    public static ValueList<HostBandwidthNode> Bandwidth(IReadOnlyList<CacheBank> banks, BandwidthControl control) =>
        [.. banks.Where(b => b.Level == 3).Select(b => new HostBandwidthNode(b.Id, CpuSet.Of(b.Cpus), control.Granularity, control.Min, control.Groups))];

    public static HostMonitor? Monitor(ResourceMonitor? monitor, string prefix, bool isCache)
    {
        string[] features = [.. monitor?.Features.Where(f => f.StartsWith(prefix, StringComparison.Ordinal)) ?? []];
        return features.Length == 0
            ? null
            : new HostMonitor(isCache ? 3 : null, isCache ? monitor!.ReuseThreshold : null, monitor!.MaxMonitors, [.. features]);
    }

    static string Word(CacheKind kind) => kind switch { CacheKind.Code => "code", CacheKind.Data => "data", _ => "both" };
}
