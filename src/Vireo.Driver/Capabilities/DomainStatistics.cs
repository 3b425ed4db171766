using Vireo.Core.Errors;
using Vireo.Core.TypedParameters;

namespace Vireo.Driver;

/// <summary>What a domain's disks do.</summary>
[Capability(ErrorDomain.Domain)]
public interface IDomainBlockStatistics
{
    /// <summary>Requests and bytes of a disk; of all disks if the path is empty.</summary>
    [Procedure(64), CExport("virDomainBlockStats")]
    [Acl(DomainRight.Read)]
    ValueTask<BlockStatistics> GetBlockStatisticsAsync(DomainRef domain, string path, CancellationToken cancel);

    /// <summary>Capacity and use of a disk's image.</summary>
    [Procedure(194), CExport("virDomainGetBlockInfo")]
    [Acl(DomainRight.Read)]
    ValueTask<BlockInfo> GetBlockInfoAsync(DomainRef domain, string path, uint flags, CancellationToken cancel);
}

/// <summary>What a domain's disks do, as parameters.</summary>
[Capability(ErrorDomain.Domain)]
public interface IDomainBlockParameters
{
    /// <summary>Requests, bytes and times of a disk; of all disks if the path is empty.</summary>
    [Procedure(243, Shape = Shape.TwoStep), CExport("virDomainBlockStatsFlags")]
    [Acl(DomainRight.Read)]
    [return: Bound(16)]
    ValueTask<TypedParameter[]> GetBlockParametersAsync(DomainRef domain, string path, uint flags, CancellationToken cancel);
}

/// <summary>What a domain's network cards do.</summary>
[Capability(ErrorDomain.Domain)]
public interface IDomainInterfaceStatistics
{
    /// <summary>Packets and bytes of a card, by target device or MAC.</summary>
    [Procedure(65, Priority.High), CExport("virDomainInterfaceStats")]
    [Acl(DomainRight.Read)]
    ValueTask<InterfaceStatistics> GetInterfaceStatisticsAsync(DomainRef domain, string device, CancellationToken cancel);
}

/// <summary>What a domain's memory does.</summary>
[Capability(ErrorDomain.Domain)]
public interface IDomainMemoryStatistics
{
    /// <summary>At most <paramref name="maxStats"/> values.</summary>
    [Procedure(159), CExport("virDomainMemoryStats")]
    [Acl(DomainRight.Read)]
    [return: Bound(1024)]
    ValueTask<MemoryStatistic[]> GetMemoryStatisticsAsync(DomainRef domain, uint maxStats, uint flags, CancellationToken cancel);
}

/// <summary>Processor time of a domain.</summary>
[Capability(ErrorDomain.Domain)]
public interface IDomainCpuStatistics
{
    /// <summary>Parameters for each host processor, one behind the other; <paramref name="startCpu"/> -1 for totals.</summary>
    [Procedure(262, Texts = TextFlag.Taken), CExport("virDomainGetCPUStats")]
    [Acl(DomainRight.Read)]
    ValueTask<CpuStatistics> GetCpuStatisticsAsync(
        DomainRef domain, uint parameters, int startCpu, uint cpus, uint flags, CancellationToken cancel);
}

/// <summary>Statistics of many domains at once.</summary>
[Capability(ErrorDomain.Domain)]
public interface IDomainBulkStatistics
{
    /// <summary>Statistics groups of the given domains, or of all.</summary>
    [Procedure(344), CExport("virConnectGetAllDomainStats")]
    [Acl(ConnectRight.SearchDomains)]
    [Acl(DomainRight.Read, Filter = true)]
    [return: Bound(16384)]
    ValueTask<DomainStatistics[]> GetAllAsync(
        [Bound(16384)] DomainRef[] domains, DomainStatsTypes groups, ConnectGetAllDomainStatsFlags flags, CancellationToken cancel);
}

/// <summary>The long operation that runs on a domain.</summary>
[Capability(ErrorDomain.Domain)]
public interface IDomainJobs
{
    /// <summary>Progress of the running job.</summary>
    [Procedure(163), CExport("virDomainGetJobInfo")]
    [Acl(DomainRight.Read)]
    ValueTask<DomainJobInfo> GetJobInfoAsync(DomainRef domain, CancellationToken cancel);

    /// <summary>Progress as parameters.</summary>
    [Procedure(298), CExport("virDomainGetJobStats")]
    [Acl(DomainRight.Read)]
    ValueTask<DomainJobStatistics> GetJobStatisticsAsync(
        DomainRef domain, DomainGetJobStatsFlags flags, CancellationToken cancel);

    /// <summary>Stops the running job.</summary>
    [Procedure(164, Write = true), CExport("virDomainAbortJob")]
    [Acl(DomainRight.Write)]
    ValueTask AbortJobAsync(DomainRef domain, CancellationToken cancel) => AbortJobAsync(domain, default, cancel);

    /// <summary>Stops the running job.</summary>
    [Procedure(442, Write = true), CExport("virDomainAbortJobFlags")]
    [Acl(DomainRight.Write)]
    ValueTask AbortJobAsync(DomainRef domain, DomainAbortJobFlagsValues flags, CancellationToken cancel);
}

/// <summary>Scheduling of a domain.</summary>
[Capability(ErrorDomain.Domain)]
public interface IDomainScheduler
{
    /// <summary>The scheduler's name and how many parameters it has.</summary>
    [Procedure(56, Inline = true), CExport("virDomainGetSchedulerType")]
    [Acl(DomainRight.Read)]
    ValueTask<SchedulerType> GetSchedulerTypeAsync(DomainRef domain, CancellationToken cancel);
}

/// <summary>Notes about a domain.</summary>
[Capability(ErrorDomain.Domain)]
public interface IDomainMessages
{
    /// <summary>Taints and deprecations, as text.</summary>
    [Procedure(426, Inline = true), CExport("virDomainGetMessages")]
    [Acl(DomainRight.Read)]
    [return: Bound(2048)]
    ValueTask<string[]> GetMessagesAsync(DomainRef domain, DomainMessageType flags, CancellationToken cancel);
}

/// <summary>Addresses of a domain's network cards.</summary>
[Capability(ErrorDomain.Domain)]
public interface IDomainAddresses
{
    /// <summary>Addresses as leases, the guest's agent or ARP have them.</summary>
    [Procedure(353), CExport("virDomainInterfaceAddresses")]
    [Acl(DomainRight.Read)]
    [Acl(DomainRight.Write, Of = "source", If = DomainInterfaceAddressesSource.Agent)]
    [return: Bound(2048)]
    ValueTask<DomainInterface[]> GetAddressesAsync(
        DomainRef domain, [Wire(WireType.UInt)] DomainInterfaceAddressesSource source, uint flags, CancellationToken cancel);
}

/// <summary>Disks that failed.</summary>
[Capability(ErrorDomain.Domain)]
public interface IDomainDiskErrors
{
    /// <summary>The disks in error state.</summary>
    [Procedure(263, Shape = Shape.TwoStep, UnsignedWord = true), CExport("virDomainGetDiskErrors")]
    [Acl(DomainRight.Read)]
    [return: Bound(256)]
    ValueTask<DomainDiskError[]> GetDiskErrorsAsync(DomainRef domain, uint flags, CancellationToken cancel);
}
