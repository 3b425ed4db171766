namespace Vireo.Native.Interop;

unsafe struct CSecurityLabel
{
    public const int Size = 4097;
    public fixed byte Label[Size];
    public int Enforcing;
}

unsafe struct CSecurityModel
{
    public const int Size = 257;
    public fixed byte Model[Size];
    public fixed byte DomainOfInterpretation[Size];
}

unsafe struct CNodeInfo
{
    public const int ModelSize = 32;
    public fixed byte Model[ModelSize];
    public nuint Memory;
    public uint Cpus, Mhz, Nodes, Sockets, Cores, Threads;
}

/// <summary>virNodeCPUStats.</summary>
unsafe struct CNodeCPUStats
{
    public const int NameSize = 80;
    public fixed byte Name[NameSize];
    public ulong Value;
}

/// <summary>virNodeMemoryStats, which looks the same.</summary>
unsafe struct CNodeMemoryStats
{
    public CNodeCPUStats Stats;
}

struct CDomainControlInfo
{
    public uint State, Details;
    public ulong StateTime;
}

struct CDomainInfo
{
    public byte State;
    public nuint MaxMemory, Memory;
    public ushort Vcpus;
    public ulong CpuTime;
}

struct CDomainBlockStats
{
    public long ReadRequests, ReadBytes, WriteRequests, WriteBytes, Errors;
}

struct CDomainInterfaceStats
{
    public long ReceivedBytes, ReceivedPackets, ReceiveErrors, ReceiveDrops, SentBytes, SentPackets, SendErrors, SendDrops;
}

struct CDomainMemoryStat
{
    public int Tag;
    public ulong Value;
}

struct CDomainBlockInfo
{
    public ulong Capacity, Allocation, Physical;
}

struct CVcpuInfo
{
    public uint Number;
    public int State;
    public ulong CpuTime;
    public int Cpu;
}

unsafe struct CDomainIOThreadInfo
{
    public uint Id;
    public byte* CpuMap;
    public int CpuMapLength;
}

unsafe struct CDomainStatsRecord
{
    public Handles.Handle* Domain;
    public CTypedParameter* Parameters;
    public int Count;
}

struct CDomainBlockJobInfo
{
    public int Type;
    public nuint Bandwidth;
    public ulong Current, End;
}

unsafe struct CDomainDiskError
{
    public byte* Disk;
    public int Error;
}

struct CDomainJobInfo
{
    public int Type;
    public ulong TimeElapsed, TimeRemaining, DataTotal, DataProcessed, DataRemaining, MemoryTotal, MemoryProcessed, MemoryRemaining,
        FileTotal, FileProcessed, FileRemaining;
}

unsafe struct CDomainFSInfo
{
    public byte* MountPoint, Name, Type;
    public nuint DiskCount;
    public byte** Disks;
}

unsafe struct CDomainIPAddress
{
    public int Type;
    public byte* Address;
    public uint Prefix;
}

unsafe struct CDomainInterface
{
    public byte* Name, Mac;
    public uint Count;
    public CDomainIPAddress* Addresses;
}

unsafe struct CNetworkDHCPLease
{
    public byte* Interface;
    public long ExpiryTime;
    public int Type;
    public byte* Mac, Iaid, Address;
    public uint Prefix;
    public byte* Hostname, ClientId;
}

struct CStoragePoolInfo
{
    public int State;
    public ulong Capacity, Allocation, Available;
}

struct CStorageVolInfo
{
    public int Type;
    public ulong Capacity, Allocation;
}
