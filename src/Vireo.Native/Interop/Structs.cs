using Vireo.Driver;

namespace Vireo.Native.Interop;

/// <summary>Answers in the caller's structures.</summary>
static unsafe class Structs
{
    internal static void Fill(CDomainInfo* to, in DomainInfo from) => *to = new()
    {
        State = (byte)from.State, MaxMemory = (nuint)from.MaxMemory, Memory = (nuint)from.Memory, Vcpus = (ushort)from.Vcpus, CpuTime = from.CpuTime,
    };

    internal static void Fill(CDomainControlInfo* to, in DomainControlInfo from) =>
        *to = new() { State = (uint)from.State, Details = (uint)from.Details, StateTime = from.StateTime };

    internal static void Fill(CDomainBlockInfo* to, in BlockInfo from) =>
        *to = new() { Capacity = from.Capacity, Allocation = from.Allocation, Physical = from.Physical };

    internal static void Fill(CDomainJobInfo* to, in DomainJobInfo from) => *to = new()
    {
        Type = (int)from.Type, TimeElapsed = from.TimeElapsed, TimeRemaining = from.TimeRemaining,
        DataTotal = from.DataTotal, DataProcessed = from.DataProcessed, DataRemaining = from.DataRemaining,
        MemoryTotal = from.MemoryTotal, MemoryProcessed = from.MemoryProcessed, MemoryRemaining = from.MemoryRemaining,
        FileTotal = from.FileTotal, FileProcessed = from.FileProcessed, FileRemaining = from.FileRemaining,
    };

    internal static void Fill(CNodeInfo* to, in NodeInfo from)
    {
        *to = new()
        {
            Memory = (nuint)from.Memory, Cpus = (uint)from.Cpus, Mhz = (uint)from.Mhz, Nodes = (uint)from.Nodes, Sockets = (uint)from.Sockets,
            Cores = (uint)from.Cores, Threads = (uint)from.Threads,
        };
        CMemory.Fill(to->Model, CNodeInfo.ModelSize, from.Model);
    }

    internal static void Fill(CSecurityLabel* to, in SecurityLabel from)
    {
        CMemory.Fill(to->Label, CSecurityLabel.Size, from.Label);
        to->Enforcing = from.Enforcing ? 1 : 0;
    }

    internal static void Fill(CSecurityModel* to, in SecurityModel from)
    {
        CMemory.Fill(to->Model, CSecurityModel.Size, from.Model);
        CMemory.Fill(to->DomainOfInterpretation, CSecurityModel.Size, from.DomainOfInterpretation);
    }

    internal static void Fill(CStoragePoolInfo* to, in StoragePoolInfo from) =>
        *to = new() { State = (int)from.State, Capacity = from.Capacity, Allocation = from.Allocation, Available = from.Available };

    internal static void Fill(CStorageVolInfo* to, in StorageVolumeInfo from) =>
        *to = new() { Type = (int)from.Type, Capacity = from.Capacity, Allocation = from.Allocation };
}
