using Vireo.Core.Errors;

namespace Vireo.Driver;

/// <summary>The host's processors and memory.</summary>
[Capability(ErrorDomain.Domain)]
public interface INodeInfo
{
    /// <summary>The host's processors and memory.</summary>
    [Procedure(6, Priority.High, Inline = true), CExport("virNodeGetInfo")]
    [Acl(ConnectRight.Read)]
    ValueTask<NodeInfo> GetNodeInfoAsync(CancellationToken cancel);
}

/// <summary>The host's free memory.</summary>
[Capability(ErrorDomain.Domain)]
public interface INodeMemory
{
    /// <summary>Free memory in bytes.</summary>
    [Procedure(102, Priority.High, Inline = true), CExport("virNodeGetFreeMemory")]
    [Acl(ConnectRight.Read)]
    ValueTask<ulong> GetFreeMemoryAsync(CancellationToken cancel);

    /// <summary>Free bytes of NUMA cells from a first one on.</summary>
    [Procedure(101, Priority.High, Inline = true, Shape = Shape.UpTo), CExport("virNodeGetCellsFreeMemory")]
    [Acl(ConnectRight.Read)]
    [return: Bound(1024)]
    ValueTask<ulong[]> GetCellsFreeMemoryAsync(int startCell, CancellationToken cancel);
}

/// <summary>What the host's processors do.</summary>
[Capability(ErrorDomain.Domain)]
public interface INodeStatistics
{
    /// <summary>Times of one processor (-1: of all together) in nanoseconds, by name.</summary>
    [Procedure(227, Priority.High, Inline = true, Shape = Shape.TwoStep), CExport("virNodeGetCPUStats")]
    [Acl(ConnectRight.Read)]
    [return: Bound(16)]
    ValueTask<NodeStatistic[]> GetCpuStatisticsAsync(int processor, uint flags, CancellationToken cancel);
}

/// <summary>What the host's memory is used for.</summary>
[Capability(ErrorDomain.Domain)]
public interface INodeMemoryStatistics
{
    /// <summary>Memory of one cell (-1: of all together) in KiB, by name.</summary>
    [Procedure(228, Priority.High, Inline = true, Shape = Shape.TwoStep, WordAt = 0), CExport("virNodeGetMemoryStats")]
    [Acl(ConnectRight.Read)]
    [return: Bound(16)]
    ValueTask<NodeStatistic[]> GetMemoryStatisticsAsync(int cell, uint flags, CancellationToken cancel);
}

/// <summary>Which processors the host has.</summary>
[Capability(ErrorDomain.Domain)]
public interface INodeCpuMap
{
    /// <summary>The processors that are present and those that are online.</summary>
    [Procedure(293, Inline = true), CExport("virNodeGetCPUMap")]
    [Acl(ConnectRight.Read)]
    ValueTask<NodeCpuMap> GetCpuMapAsync(bool needMap, bool needOnline, uint flags, CancellationToken cancel);
}

/// <summary>The host's security driver.</summary>
[Capability(ErrorDomain.Domain)]
public interface INodeSecurity
{
    /// <summary>The security model and its domain of interpretation.</summary>
    [Procedure(122, Priority.High, Inline = true), CExport("virNodeGetSecurityModel")]
    [Acl(ConnectRight.Read)]
    ValueTask<SecurityModel> GetSecurityModelAsync(CancellationToken cancel);
}

/// <summary>What the firmware says about the host.</summary>
[Capability(ErrorDomain.Domain)]
public interface ISysinfo
{
    /// <summary>The host's SMBIOS information, as a document.</summary>
    [Procedure(203, Priority.High, Inline = true), CExport("virConnectGetSysinfo")]
    [Acl(ConnectRight.Read)]
    ValueTask<string> GetSysinfoAsync(uint flags, CancellationToken cancel);
}

/// <summary>CPU models.</summary>
[Capability(ErrorDomain.Domain)]
public interface INodeCpuModels
{
    /// <summary>The CPU models that are known for an architecture.</summary>
    [Procedure(312, Inline = true, Shape = Shape.List), CExport("virConnectGetCPUModelNames")]
    [Acl(ConnectRight.Read)]
    [return: Bound(8192)]
    ValueTask<string[]> GetCpuModelNamesAsync(string arch, uint flags, CancellationToken cancel);

    /// <summary>The richest CPU that all of the given ones can be.</summary>
    [Procedure(162, Inline = true), CExport("virConnectBaselineCPU")]
    [Acl(ConnectRight.Read)]
    ValueTask<string> BaselineCpuAsync([Bound(256)] string[] cpus, ConnectBaselineCpuFlags flags, CancellationToken cancel);
}

/// <summary>CPUs as a hypervisor on the host can give them.</summary>
[Capability(ErrorDomain.Domain)]
public interface IHypervisorCpus
{
    /// <summary>Compares a CPU with the one that guests of this emulator, architecture, machine and type can have.</summary>
    [Procedure(393, Inline = true, Write = true), CExport("virConnectCompareHypervisorCPU")]
    [Acl(ConnectRight.Write)]
    ValueTask<CpuCompareResult> CompareHypervisorCpuAsync(
        string? emulator, string? arch, string? machine, string? virtType, string xml, ConnectCompareCpuFlags flags, CancellationToken cancel);

    /// <summary>The richest CPU that the hypervisor can give wherever one of the given CPUs is.</summary>
    [Procedure(394, Inline = true, Write = true), CExport("virConnectBaselineHypervisorCPU")]
    [Acl(ConnectRight.Write)]
    ValueTask<string> BaselineHypervisorCpuAsync(
        string? emulator, string? arch, string? machine, string? virtType, [Bound(256)] string[] cpus, ConnectBaselineCpuFlags flags, CancellationToken cancel);
}

/// <summary>CPUs held against the host's own.</summary>
[Capability(ErrorDomain.Domain)]
public interface INodeCpuComparison
{
    /// <summary>Compares a CPU with the host's.</summary>
    [Procedure(158, Priority.High, Inline = true), CExport("virConnectCompareCPU")]
    [Acl(ConnectRight.Read)]
    ValueTask<CpuCompareResult> CompareCpuAsync(string xml, ConnectCompareCpuFlags flags, CancellationToken cancel);
}
