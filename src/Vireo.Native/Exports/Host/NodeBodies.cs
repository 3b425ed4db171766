using Vireo.Core.Errors;
using Vireo.Driver;
using Vireo.Native.Connections;
using Vireo.Native.Handles;
using Vireo.Native.Interop;
using static Vireo.Native.Exports.Arguments;

namespace Vireo.Native.Exports.Host;

/// <summary>The host.</summary>
static unsafe class NodeBodies
{
    const ErrorDomain From = ErrorDomain.Domain;

    [CBody("virNodeGetCPUStats")]
    internal static int GetCpuStatistics(Handle* handle, int processor, CNodeCPUStats* to, int* count, uint flags)
    {
        const string me = "virNodeGetCPUStats";
        ConnectionState connection = HandleTable.Connection(handle, HandleKind.Connect, me, From);
        Room(to, count, me);
        if (processor < -1)
            throw Wrong("cpuNum", me, From, "only accepts -1 as a negative value");
        return Give(Sync.Of(connection.Require<INodeStatistics>(me, From).GetCpuStatisticsAsync(processor, flags, default)), to, count);
    }

    [CBody("virNodeGetMemoryStats")]
    internal static int GetMemoryStatistics(Handle* handle, int cell, CNodeMemoryStats* to, int* count, uint flags)
    {
        const string me = "virNodeGetMemoryStats";
        ConnectionState connection = HandleTable.Connection(handle, HandleKind.Connect, me, From);
        Room(to, count, me);
        if (cell < -1)
            throw Wrong("cellNum", me, From, "only accepts -1 as a negative value");
        return Give(Sync.Of(connection.Require<INodeMemoryStatistics>(me, From).GetMemoryStatisticsAsync(cell, flags, default)), (CNodeCPUStats*)to, count);
    }

    static void Room(void* to, int* count, string function)
    {
        NotNull(count, "nparams", function, From);
        NotNegative(*count, "*nparams", function, From);
        if (*count != 0)
            NotNull(to, "params", function, From);
    }

    static int Give(NodeStatistic[] found, CNodeCPUStats* to, int* count)
    {
        if (*count is 0)
        {
            *count = found.Length;
            return 0;
        }
        *count = Math.Min(*count, found.Length);
        for (int i = 0; i < *count; i++)
        {
            CMemory.Fill(to[i].Name, CNodeCPUStats.NameSize, found[i].Name);
            to[i].Value = found[i].Value;
        }
        return 0;
    }

    [CBody("virNodeGetCellsFreeMemory")]
    internal static int GetCells(Handle* handle, ulong* to, int first, int room)
    {
        const string me = "virNodeGetCellsFreeMemory";
        ConnectionState connection = HandleTable.Connection(handle, HandleKind.Connect, me, From);
        Positive(room, "maxCells", me, From);
        NotNull(to, "freeMems", me, From);
        NotNegative(first, "startCell", me, From);
        return Results.Fill(to, room, Sync.Of(connection.Require<INodeMemory>(me, From).GetCellsFreeMemoryAsync(first, default)));
    }

    [CBody("virNodeGetFreePages")]
    internal static int GetPages(Handle* handle, uint sizes, uint* pages, int first, uint cells, ulong* to, uint flags)
    {
        const string me = "virNodeGetFreePages";
        ConnectionState connection = HandleTable.Connection(handle, HandleKind.Connect, me, From);
        NotZero(sizes, "npages", me, From);
        NotNull(pages, "pages", me, From);
        NotZero(cells, "cellCount", me, From);
        NotNull(to, "counts", me, From);
        ulong[] found = Sync.Of(connection.Require<INodePages>(me, From).GetFreePagesAsync(
            new ReadOnlySpan<uint>(pages, checked((int)sizes)).ToArray(), first, cells, flags, default));
        return Results.Fill(to, (int)Math.Min((ulong)sizes * cells, int.MaxValue), found);
    }

    [CBody("virNodeAllocPages")]
    internal static int Allocate(Handle* handle, uint count, uint* sizes, ulong* counts, int first, uint cells, uint flags)
    {
        const string me = "virNodeAllocPages";
        ConnectionState connection = HandleTable.Connection(handle, HandleKind.Connect, me, From);
        connection.RequireWrite(me, From);
        NotZero(count, "npages", me, From);
        NotNull(sizes, "pageSizes", me, From);
        NotNull(counts, "pageCounts", me, From);
        NotZero(cells, "cellCount", me, From);
        int length = checked((int)count);
        return Sync.Of(connection.Require<INodePageAllocation>(me, From).AllocatePagesAsync(
            new ReadOnlySpan<uint>(sizes, length).ToArray(), new ReadOnlySpan<ulong>(counts, length).ToArray(), first, cells, (NodeAllocatePagesFlags)flags, default));
    }
}
