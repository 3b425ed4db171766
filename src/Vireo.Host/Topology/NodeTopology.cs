namespace Vireo.Host.Topology;

/// <summary>The host's shape as <c>nodeinfo</c> shows it.</summary>
/// <param name="Mhz">Clock of the CPUs, 0 if unknown.</param>
/// <param name="OnlineCpus">CPUs that run.</param>
/// <param name="PresentCpus">CPUs that are there.</param>
/// <param name="Nodes">NUMA nodes, 1 if the shape is uneven.</param>
/// <param name="Sockets">Sockets in a node.</param>
/// <param name="Cores">Cores in a socket.</param>
/// <param name="Threads">Threads of a core.</param>
public readonly record struct NodeTopology(uint Mhz, int OnlineCpus, int PresentCpus, int Nodes, int Sockets, int Cores, int Threads)
{
    /// <summary>
    /// Counts nodes, sockets, cores and threads. Their product must be the number of CPUs; where it is not (offline CPUs, dies, uneven
    /// nodes), one socket with a core for each CPU stands for the whole.
    /// </summary>
    /// <param name="tree">The host.</param>
    /// <param name="cpuinfo">Its /proc/cpuinfo.</param>
    /// <param name="threadsPerSubcore">POWER: threads of a subcore, of which the host runs only the first; 0 elsewhere.</param>
    public static NodeTopology Read(HostTree tree, CpuInfo cpuinfo, int threadsPerSubcore = 0)
    {
        var cpus = new HostCpus(tree);
        HashSet<int> present = [.. cpus.Present], running = [.. cpus.Online];
        int group = threadsPerSubcore > 0 && running.All(id => id % threadsPerSubcore == 0) ? threadsPerSubcore : 0;
        bool Runs(int id) => running.Contains(group > 0 ? id - id % group : id);

        IReadOnlyList<int> nodes = tree.Numbered("/sys/devices/system/node", "node");
        List<Count> counts = [];
        bool coreIsCpu = cpuinfo.Arch is "s390" or "s390x";
        foreach (int node in nodes)
            counts.Add(Count.Of(cpus, tree.Numbered($"/sys/devices/system/node/node{node}", "cpu").Where(running.Contains), group, coreIsCpu));
        if (counts.Count == 0)
            counts.Add(Count.Of(cpus, running, group, coreIsCpu));

        int online = present.Count(Runs);
        var shape = new NodeTopology(
            cpuinfo.Mhz, online, present.Count, counts.Count, counts.Max(c => c.Sockets), counts.Max(c => c.Cores), counts.Max(c => c.Threads));
        return shape.Nodes * shape.Sockets * shape.Cores * shape.Threads == present.Count
            ? shape
            : shape with { Nodes = 1, Sockets = 1, Cores = present.Count, Threads = 1 };
    }

    readonly record struct Count(int Sockets, int Cores, int Threads)
    {
        public static Count Of(HostCpus cpus, IEnumerable<int> ids, int group, bool coreIsCpu)
        {
            CpuPlace[] places = [.. ids.Select(cpus.Place).OfType<CpuPlace>()];
            IEnumerable<IGrouping<int, CpuPlace>> sockets = places.GroupBy(p => p.Socket);
            return places.Length == 0
                ? default
                : new Count(
                    sockets.Count(),
                    sockets.Max(s => s.Select(p => coreIsCpu ? p.Id : p.Core).Distinct().Count()),
                    group > 0 ? group : places.Max(p => p.Siblings.Count));
        }
    }
}
