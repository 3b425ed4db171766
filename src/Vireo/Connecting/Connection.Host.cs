using Vireo.Core.TypedParameters;
using Vireo.Driver;
using Vireo.Model.Capabilities;

namespace Vireo;

public sealed partial class Connection
{
    /// <summary>The name of the host.</summary>
    public async Task<string> GetHostnameAsync(CancellationToken cancel = default) =>
        await Require<IConnectionInfo>().GetHostnameAsync(cancel).ConfigureAwait(false);

    /// <summary>Whether nobody on the way can listen or change anything.</summary>
    public async Task<bool> IsSecureAsync(CancellationToken cancel = default) =>
        await Require<IConnectionInfo>().IsSecureAsync(cancel).ConfigureAwait(false);

    /// <summary>Whether the driver has a feature.</summary>
    public async Task<bool> SupportsFeatureAsync(DriverFeature feature, CancellationToken cancel = default) =>
        await Require<IConnectionInfo>().SupportsFeatureAsync(feature, cancel).ConfigureAwait(false);

    /// <summary>What host and hypervisor can do, as a document.</summary>
    public async Task<string> GetCapabilitiesAsync(CancellationToken cancel = default) =>
        await Require<IHostCapabilities>().GetCapabilitiesAsync(cancel).ConfigureAwait(false);

    /// <summary>What host and hypervisor can do, read.</summary>
    public async Task<CapabilitiesDef> GetCapabilitiesDefinitionAsync(CancellationToken cancel = default) =>
        CapabilitiesDef.Parse(await GetCapabilitiesAsync(cancel).ConfigureAwait(false));

    /// <summary>The most processors that a guest of a kind may have.</summary>
    public async Task<int> GetMaxVcpusAsync(string? type = null, CancellationToken cancel = default) =>
        await Require<IHostCapabilities>().GetMaxVcpusAsync(type, cancel).ConfigureAwait(false);

    /// <summary>What a guest of this emulator, architecture and machine may have, as a document; null: the usual one.</summary>
    public async Task<string> GetDomainCapabilitiesAsync(
        string? emulator = null, string? arch = null, string? machine = null, string? virtType = null, CancellationToken cancel = default) =>
        await Require<IDomainCapabilities>().GetDomainCapabilitiesAsync(emulator, arch, machine, virtType, 0, cancel).ConfigureAwait(false);

    /// <summary>The host's processors and memory.</summary>
    public async Task<NodeInfo> GetNodeInfoAsync(CancellationToken cancel = default) =>
        await Require<INodeInfo>().GetNodeInfoAsync(cancel).ConfigureAwait(false);

    /// <summary>What the host's firmware tells of it, as a document.</summary>
    public async Task<string> GetSysinfoAsync(CancellationToken cancel = default) =>
        await Require<ISysinfo>().GetSysinfoAsync(0, cancel).ConfigureAwait(false);

    /// <summary>Bytes of memory that are free.</summary>
    public async Task<ulong> GetFreeMemoryAsync(CancellationToken cancel = default) =>
        await Require<INodeMemory>().GetFreeMemoryAsync(cancel).ConfigureAwait(false);

    /// <summary>Bytes of memory that are free in each NUMA node, from one on.</summary>
    public async Task<IReadOnlyList<ulong>> GetFreeMemoryByNodeAsync(int startNode = 0, CancellationToken cancel = default) =>
        await Require<INodeMemory>().GetCellsFreeMemoryAsync(startNode, cancel).ConfigureAwait(false);

    /// <summary>Times of a processor in nanoseconds; -1: of all of them.</summary>
    public async Task<IReadOnlyList<NodeStatistic>> GetCpuStatisticsAsync(int processor = -1, CancellationToken cancel = default) =>
        await Require<INodeStatistics>().GetCpuStatisticsAsync(processor, 0, cancel).ConfigureAwait(false);

    /// <summary>Memory of a NUMA node in KiB; -1: of the host.</summary>
    public async Task<IReadOnlyList<NodeStatistic>> GetMemoryStatisticsAsync(int node = -1, CancellationToken cancel = default) =>
        await Require<INodeMemoryStatistics>().GetMemoryStatisticsAsync(node, 0, cancel).ConfigureAwait(false);

    /// <summary>Which processors there are, and which are on.</summary>
    public async Task<NodeCpuMap> GetCpuMapAsync(CancellationToken cancel = default) =>
        await Require<INodeCpuMap>().GetCpuMapAsync(true, true, 0, cancel).ConfigureAwait(false);

    /// <summary>The host's security model.</summary>
    public async Task<SecurityModel> GetSecurityModelAsync(CancellationToken cancel = default) =>
        await Require<INodeSecurity>().GetSecurityModelAsync(cancel).ConfigureAwait(false);

    /// <summary>Settings of the host's memory: merging of equal pages.</summary>
    public async Task<ParameterSet> GetMemoryParametersAsync(CancellationToken cancel = default) =>
        new(await Require<INodeMemoryParameters>().GetMemoryParametersAsync(0, cancel).ConfigureAwait(false));

    /// <summary>Changes settings of the host's memory.</summary>
    public async Task SetMemoryParametersAsync(IEnumerable<TypedParameter> parameters, CancellationToken cancel = default) =>
        await Require<INodeMemoryParameters>().SetMemoryParametersAsync([.. parameters], 0, cancel).ConfigureAwait(false);

    /// <summary>Free pages of each size (in KiB) in each of some NUMA nodes: size by size, node by node.</summary>
    public async Task<IReadOnlyList<ulong>> GetFreePagesAsync(
        IEnumerable<uint> sizes, int startNode = 0, uint nodes = 1, CancellationToken cancel = default) =>
        await Require<INodePages>().GetFreePagesAsync([.. sizes], startNode, nodes, 0, cancel).ConfigureAwait(false);

    /// <summary>Adds pages to the host's pools, or sets how many there are; the result is how many pools were changed.</summary>
    public async Task<int> AllocatePagesAsync(
        IEnumerable<uint> sizes, IEnumerable<ulong> counts, int startNode = -1, uint nodes = 1, NodeAllocatePagesFlags flags = default, CancellationToken cancel = default) =>
        await Require<INodePageAllocation>().AllocatePagesAsync([.. sizes], [.. counts], startNode, nodes, flags, cancel).ConfigureAwait(false);

    /// <summary>What is needed to start guests whose memory AMD processors encrypt.</summary>
    public async Task<ParameterSet> GetSevInformationAsync(CancellationToken cancel = default) =>
        new(await Require<INodeSev>().GetSevInformationAsync(0, cancel).ConfigureAwait(false));

    /// <summary>Puts the host to sleep for so many seconds, at least 60.</summary>
    public async Task SuspendHostAsync(NodeSuspendTarget target, ulong seconds, CancellationToken cancel = default) =>
        await Require<INodeSleep>().SuspendForDurationAsync(target, seconds, 0, cancel).ConfigureAwait(false);

    /// <summary>Names of processor models of an architecture; none: every model will do.</summary>
    public async Task<IReadOnlyList<string>> GetCpuModelNamesAsync(string arch, CancellationToken cancel = default) =>
        await Require<INodeCpuModels>().GetCpuModelNamesAsync(arch, 0, cancel).ConfigureAwait(false);

    /// <summary>How a processor compares to the host's.</summary>
    public async Task<CpuCompareResult> CompareCpuAsync(string xml, ConnectCompareCpuFlags flags = default, CancellationToken cancel = default) =>
        await Require<INodeCpuComparison>().CompareCpuAsync(xml, flags, cancel).ConfigureAwait(false);

    /// <summary>The best processor that all of these can be.</summary>
    public async Task<string> BaselineCpuAsync(IEnumerable<string> cpus, ConnectBaselineCpuFlags flags = default, CancellationToken cancel = default) =>
        await Require<INodeCpuModels>().BaselineCpuAsync([.. cpus], flags, cancel).ConfigureAwait(false);

    /// <summary>How a processor compares to what a hypervisor can give on this host.</summary>
    public async Task<CpuCompareResult> CompareHypervisorCpuAsync(
        string xml, string? emulator = null, string? arch = null, string? machine = null, string? virtType = null, ConnectCompareCpuFlags flags = default, CancellationToken cancel = default) =>
        await Require<IHypervisorCpus>().CompareHypervisorCpuAsync(emulator, arch, machine, virtType, xml, flags, cancel).ConfigureAwait(false);

    /// <summary>The best processor that all of these can be and that a hypervisor can give.</summary>
    public async Task<string> BaselineHypervisorCpuAsync(
        IEnumerable<string> cpus, string? emulator = null, string? arch = null, string? machine = null, string? virtType = null, ConnectBaselineCpuFlags flags = default, CancellationToken cancel = default) =>
        await Require<IHypervisorCpus>().BaselineHypervisorCpuAsync(emulator, arch, machine, virtType, [.. cpus], flags, cancel).ConfigureAwait(false);
}
