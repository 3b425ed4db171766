using Vireo.Core.Errors;
using Vireo.Driver;
using Vireo.Drivers.Qemu.Machine;
using Vireo.Drivers.Qemu.Probe;
using Vireo.Host.Topology;

namespace Vireo.Drivers.Qemu.Capabilities;

/// <summary>The host in numbers, read from /proc and /sys each time. On a large host that takes its time, so workers do it.</summary>
sealed class NodeNumbers(QemuNode node) : INodeInfo, INodeMemory, INodeStatistics, INodeMemoryStatistics, INodeCpuMap
{
    public ValueTask<NodeInfo> GetNodeInfoAsync(CancellationToken cancel) => Read(() =>
    {
        var shape = NodeTopology.Read(node.Tree, node.CpuInfo);
        return new NodeInfo(GuestArchs.Host, node.Nodes.Sum().TotalKiB, shape.OnlineCpus, (int)shape.Mhz, shape.Nodes, shape.Sockets, shape.Cores, shape.Threads);
    });

    public ValueTask<ulong> GetFreeMemoryAsync(CancellationToken cancel) => Read(() => node.Nodes.Sum().FreeKiB * 1024);

    public ValueTask<ulong[]> GetCellsFreeMemoryAsync(int startCell, CancellationToken cancel) => Read(() =>
    {
        var cells = node.Nodes.Read();
        int last = cells[^1].Id;
        if (startCell < 0 || startCell > last)
            throw VireoException.Internal(ErrorDomain.None, $"start cell {startCell} out of range (0-{last})");
        ulong[] free = new ulong[last + 1 - startCell];
        foreach (var cell in cells.Where(c => c.Id >= startCell))
            free[cell.Id - startCell] = cell.FreeKiB * 1024;
        return free;
    });

    public ValueTask<NodeStatistic[]> GetCpuStatisticsAsync(int processor, uint flags, CancellationToken cancel)
    {
        None(flags, "virHostCPUGetStats", ErrorDomain.None);
        return Read(() => CpuTimes.Parse(node.Tree.Text("/proc/stat") ?? "", processor < 0 ? null : processor) is { } times
            ? new NodeStatistic[] { new("kernel", times.Kernel), new("user", times.User), new("idle", times.Idle), new("iowait", times.IoWait) }
            : throw Invalid("Invalid cpuNum in virHostCPUGetStatsLinux"));
    }

    public ValueTask<NodeStatistic[]> GetMemoryStatisticsAsync(int cell, uint flags, CancellationToken cancel)
    {
        None(flags, "virHostMemGetStats", ErrorDomain.None);
        return Read(() =>
        {
            int last = node.Nodes.Read()[^1].Id;
            if (cell > last) throw Invalid($"cellNum in virHostMemGetStats must be less than or equal to {last}");
            var m = HostMemory.Stats(node.Tree, cell < 0 ? null : cell);
            var all = new List<NodeStatistic> { new("total", m.Total), new("free", m.Free) };
            if (m.Buffers is { } buffers) all.Add(new("buffers", buffers));
            if (m.Cached is { } cached) all.Add(new("cached", cached));
            return all.ToArray();
        });
    }

    public ValueTask<NodeCpuMap> GetCpuMapAsync(bool needMap, bool needOnline, uint flags, CancellationToken cancel)
    {
        None(flags, "virHostCPUGetMap", ErrorDomain.None);
        return Read(() =>
        {
            var cpus = new HostCpus(node.Tree);
            int count = cpus.Present.Max() + 1;
            var online = cpus.Online;
            byte[] map = needMap ? new byte[(count + 7) / 8] : [];
            foreach (int cpu in online)
                if (needMap && cpu < count) map[cpu / 8] |= (byte)(1 << (cpu % 8));
            return new NodeCpuMap(map, needOnline ? (uint)online.Count : 0, count);
        });
    }

    static ValueTask<T> Read<T>(Func<T> read) => new(Task.Run(read));

    /// <summary>Refuses all flags, naming libvirt's function.</summary>
    internal static void None(uint flags, string function, ErrorDomain domain)
    {
        if (flags != 0)
            throw QemuErrors.UnknownFlags(function, flags, domain);
    }

    // Stock says these without the words that usually come before.
    static VireoException Invalid(string text) => new(VirError.Of(ErrorCode.InvalidArg, ErrorDomain.None) with { Message = text });
}
