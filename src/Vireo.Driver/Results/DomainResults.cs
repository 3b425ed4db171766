using Vireo.Core.TypedParameters;

namespace Vireo.Driver;

/// <summary>State, memory in KiB, vCPUs and used processor time in nanoseconds.</summary>
public readonly record struct DomainInfo(
    [Wire(WireType.UChar)] DomainState State, ulong MaxMemory, ulong Memory, [Wire(WireType.UShort)] int Vcpus, ulong CpuTime);

/// <summary>A state and its reason, a number of the state's own enum (<see cref="DomainRunningReason"/> and so on).</summary>
public readonly record struct DomainStateReason(DomainState State, int Reason);

/// <summary>Whether the hypervisor can be talked to, and since when it cannot, in milliseconds.</summary>
public readonly record struct DomainControlInfo(
    [Wire(WireType.UInt)] DomainControlState State, [Wire(WireType.UInt)] DomainControlErrorReason Details, ulong StateTime);

/// <summary>One vCPU: its state, used time in nanoseconds, and the host processor that it is on (-1: not known).</summary>
public readonly record struct VcpuInfo(uint Number, VcpuState State, ulong CpuTime, int Cpu);

/// <summary>vCPUs, and their maps of host processors one behind the other.</summary>
public readonly record struct DomainVcpus([Bound(16384)] VcpuInfo[] Vcpus, [Bound(8388608)] byte[] Maps);

/// <summary>Maps of host processors, one behind the other, and their number.</summary>
public readonly record struct CpuMaps([Bound(8388608)] byte[] Maps, int Count);

/// <summary>A security label, and whether it is enforced.</summary>
public readonly record struct SecurityLabel([Wire(WireType.Chars, 4097)] string Label, [Wire(WireType.Int)] bool Enforcing);

/// <summary>What a disk did; -1: not known.</summary>
public readonly record struct BlockStatistics(long ReadRequests, long ReadBytes, long WriteRequests, long WriteBytes, long Errors);

/// <summary>A disk's image, in bytes: used on the host, seen by the guest, size of the file.</summary>
public readonly record struct BlockInfo(ulong Allocation, ulong Capacity, ulong Physical);

/// <summary>What a network card did; -1: not known.</summary>
public readonly record struct InterfaceStatistics(
    long ReceivedBytes, long ReceivedPackets, long ReceiveErrors, long ReceiveDrops,
    long SentBytes, long SentPackets, long SendErrors, long SendDrops);

/// <summary>A number about memory.</summary>
public readonly record struct MemoryStatistic(DomainMemoryStatTag Tag, ulong Value);

/// <summary>Parameters for each host processor, and how many for each; with nothing asked, that count alone.</summary>
public readonly record struct CpuStatistics([Bound(2048)] TypedParameter[] Parameters, int Count);

/// <summary>A domain and what was asked about it.</summary>
public readonly record struct DomainStatistics(DomainRef Domain, [Bound(262144)] TypedParameter[] Parameters);

/// <summary>Progress of a job: times in milliseconds, sizes in bytes.</summary>
public readonly record struct DomainJobInfo(
    DomainJobType Type, ulong TimeElapsed, ulong TimeRemaining, ulong DataTotal, ulong DataProcessed, ulong DataRemaining,
    ulong MemoryTotal, ulong MemoryProcessed, ulong MemoryRemaining, ulong FileTotal, ulong FileProcessed, ulong FileRemaining);

/// <summary>A job's kind and what is known of it.</summary>
public readonly record struct DomainJobStatistics(DomainJobType Type, [Bound(64)] TypedParameter[] Parameters);

/// <summary>A scheduler, and how many parameters it has.</summary>
public readonly record struct SchedulerType(string Type, int Parameters);

/// <summary>An address of a network card.</summary>
public readonly record struct DomainAddress(IPAddressType Type, string Address, uint Prefix);

/// <summary>A network card and its addresses.</summary>
public readonly record struct DomainInterface(string Name, string? Mac, [Bound(2048)] DomainAddress[] Addresses);

/// <summary>A disk that failed, and how.</summary>
public readonly record struct DomainDiskError(string Disk, DomainDiskErrorCode Error);
