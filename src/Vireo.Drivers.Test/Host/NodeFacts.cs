using Vireo.Core.Errors;
using Vireo.Driver;

namespace Vireo.Drivers.Test.Host;

/// <summary>The host's processors, memory and documents.</summary>
sealed class NodeFacts(TestHost host) : IHostCapabilities, INodeInfo, INodeMemory, INodeStatistics, INodeCpuMap, INodeSecurity, ISysinfo
{
    /// <summary>The most vCPUs that a guest may have.</summary>
    public const int MostVcpus = 32;

    static readonly ulong[] FreeOfCells = [2097152, 4194304];

    public ValueTask<string> GetCapabilitiesAsync(CancellationToken cancel) => new(host.HasCells ? Document.Of("capabilities.xml") : bare.Value);

    static readonly Lazy<string> bare = new(static () => WithoutCells(Document.Of("capabilities.xml")));

    static string WithoutCells(string capabilities)
    {
        const string begin = "      <cells num=", end = "      </cells>";
        int from = capabilities.IndexOf(begin, StringComparison.Ordinal), to = capabilities.IndexOf(end, StringComparison.Ordinal);
        return $"{capabilities[..from]}{begin}'0'>\n{capabilities[to..]}";
    }

    public ValueTask<int> GetMaxVcpusAsync(string? type, CancellationToken cancel) => new(MostVcpus);

    public ValueTask<NodeInfo> GetNodeInfoAsync(CancellationToken cancel) => new(host.Node);

    public ValueTask<ulong> GetFreeMemoryAsync(CancellationToken cancel) => new(host.HasCells ? 3145728ul : 0);

    public ValueTask<ulong[]> GetCellsFreeMemoryAsync(int startCell, CancellationToken cancel) => host.HasCells && startCell >= 0 && startCell < FreeOfCells.Length
        ? new(FreeOfCells[startCell..])
        : throw VireoException.InvalidArgument(ErrorDomain.Test, "Range exceeds available cells");

    public ValueTask<NodeStatistic[]> GetCpuStatisticsAsync(int processor, uint flags, CancellationToken cancel)
    {
        flags.None("testNodeGetCPUStats");
        return new([new("user", 9797400000), new("kernel", 34678723400000), new("idle", 87264900000), new("iowait", 763600000)]);
    }

    /// <summary>Eight processors, of which the first, third and fifth are online.</summary>
    public ValueTask<NodeCpuMap> GetCpuMapAsync(bool needMap, bool needOnline, uint flags, CancellationToken cancel)
    {
        flags.None("testNodeGetCPUMap");
        return new(new NodeCpuMap([0x15], 3, 8));
    }

    public ValueTask<SecurityModel> GetSecurityModelAsync(CancellationToken cancel) => new(new SecurityModel("testSecurity", ""));

    public ValueTask<string> GetSysinfoAsync(uint flags, CancellationToken cancel)
    {
        flags.None("testConnectGetSysinfo");
        return new(Document.Of("sysinfo.xml"));
    }
}
