using Vireo.Core.Errors;
using Vireo.Driver;
using Vireo.Native.Connections;
using Vireo.Native.Handles;
using Vireo.Native.Interop;
using static Vireo.Native.Exports.Arguments;

namespace Vireo.Native.Exports.Domains;

/// <summary>Processors of domains: maps of bits, and times by processor.</summary>
static unsafe class ProcessorBodies
{
    const ErrorDomain From = ErrorDomain.Domain;

    [CBody("virDomainGetVcpus")]
    internal static int GetVcpus(Handle* domain, CVcpuInfo* info, int room, byte* maps, int mapLength)
    {
        const string me = "virDomainGetVcpus";
        ConnectionState connection = HandleTable.Connection(domain, HandleKind.Domain, me, From);
        NotNull(info, "info", me, From);
        Positive(room, "maxinfo", me, From);
        if (maps is not null)
            Positive(mapLength, "maplen", me, From);
        else if (mapLength != 0)
            throw Wrong("maplen", me, From, "must be zero");
        DomainVcpus found = Sync.Of(connection.Require<IDomainVcpus>(me, From).GetVcpusAsync(Refs.ToDomainRef(domain), room, mapLength, default));
        int count = Math.Min(room, found.Vcpus.Length);
        for (int i = 0; i < count; i++)
        {
            VcpuInfo from = found.Vcpus[i];
            info[i] = new() { Number = from.Number, State = (int)from.State, CpuTime = from.CpuTime, Cpu = from.Cpu };
        }
        if (maps is not null)
            FillMaps(maps, (long)room * mapLength, found.Maps);
        return count;
    }

    [CBody("virDomainGetVcpuPinInfo")]
    internal static int GetVcpuPins(Handle* domain, int count, byte* maps, int mapLength, uint flags)
    {
        const string me = "virDomainGetVcpuPinInfo";
        ConnectionState connection = HandleTable.Connection(domain, HandleKind.Domain, me, From);
        Positive(count, "ncpumaps", me, From);
        NotNull(maps, "cpumaps", me, From);
        Positive(mapLength, "maplen", me, From);
        CpuMaps found = Sync.Of(connection.Require<IDomainPins>(me, From).GetVcpuPinsAsync(
            Refs.ToDomainRef(domain), count, mapLength, (DomainModificationImpact)flags, default));
        FillMaps(maps, (long)count * mapLength, found.Maps);
        return found.Count;
    }

    [CBody("virDomainGetEmulatorPinInfo")]
    internal static int GetEmulatorPin(Handle* domain, byte* map, int mapLength, uint flags)
    {
        const string me = "virDomainGetEmulatorPinInfo";
        ConnectionState connection = HandleTable.Connection(domain, HandleKind.Domain, me, From);
        NotNull(map, "cpumap", me, From);
        Positive(mapLength, "maplen", me, From);
        CpuMaps found = Sync.Of(connection.Require<IDomainPins>(me, From).GetEmulatorPinAsync(
            Refs.ToDomainRef(domain), mapLength, (DomainModificationImpact)flags, default));
        FillMaps(map, mapLength, found.Maps);
        return found.Count;
    }

    [CBody("virDomainGetIOThreadInfo")]
    internal static int GetIoThreads(Handle* domain, CDomainIOThreadInfo*** to, uint flags)
    {
        const string me = "virDomainGetIOThreadInfo";
        ConnectionState connection = HandleTable.Connection(domain, HandleKind.Domain, me, From);
        NotNull(to, "info", me, From);
        *to = null;
        IoThreadInfo[] found = Sync.Of(connection.Require<IDomainIoThreads>(me, From).GetIoThreadsAsync(
            Refs.ToDomainRef(domain), (DomainModificationImpact)flags, default));
        if (found.Length is 0)
            return 0;
        var made = (CDomainIOThreadInfo**)CMemory.NewPointers((nuint)found.Length + 1);
        for (int i = 0; i < found.Length; i++)
        {
            made[i] = CMemory.New<CDomainIOThreadInfo>();
            *made[i] = new() { Id = found[i].Id, CpuMap = CMemory.Bytes(found[i].CpuMap), CpuMapLength = found[i].CpuMap.Length };
        }
        *to = made;
        return found.Length;
    }

    [CBody("virDomainIOThreadInfoFree")]
    internal static void FreeIoThread(CDomainIOThreadInfo* info)
    {
        if (info is null)
            return;
        CMemory.Free(info->CpuMap);
        CMemory.Free(info);
    }

    [CBody("virDomainGetCPUStats")]
    internal static int GetStatistics(Handle* domain, CTypedParameter* parameters, uint room, int first, uint cpus, uint flags)
    {
        const string me = "virDomainGetCPUStats";
        ConnectionState connection = HandleTable.Connection(domain, HandleKind.Domain, me, From);
        if (first == -1)
        {
            if (cpus != 1)
                throw new VireoException(new VirError(ErrorCode.InvalidArg, From, "ncpus must be 1 when start_cpu is -1", Str1: me, Str2: "start_cpu", Int1: 0, Int2: 0));
        }
        else if (first < 0)
            throw Wrong("start_cpu", me, From, "must be a non-negative integer");
        if (parameters is null && room != 0)
            throw Null("params", me, From);
        if (parameters is not null && (room is 0 || cpus is 0))
            throw Wrong(room is 0 ? "nparams" : "ncpus", me, From, "must not be zero");
        CpuStatistics found = Sync.Of(connection.Require<IDomainCpuStatistics>(me, From).GetCpuStatisticsAsync(
            Refs.ToDomainRef(domain), room, first, cpus, flags & ~4u, default));
        if (parameters is not null)
        {
            long all = Math.Min((long)room * cpus, found.Parameters.Length);
            new Span<byte>(parameters, checked((int)(room * cpus * sizeof(CTypedParameter)))).Clear();
            for (int i = 0; i < all; i++)
                Parameters.Write(&parameters[i], found.Parameters[i]);
        }
        return found.Count;
    }

    [CBody("virNodeGetCPUMap")]
    internal static int GetHostMap(Handle* handle, byte** map, uint* online, uint flags)
    {
        const string me = "virNodeGetCPUMap";
        ConnectionState connection = HandleTable.Connection(handle, HandleKind.Connect, me, From);
        NodeCpuMap found = Sync.Of(connection.Require<INodeCpuMap>(me, From).GetCpuMapAsync(map is not null, online is not null, flags, default));
        if (map is not null)
            *map = CMemory.Bytes(found.Online);
        if (online is not null)
            *online = found.OnlineCount;
        return found.PresentCount;
    }

    static void FillMaps(byte* to, long length, byte[] from)
    {
        var target = new Span<byte>(to, checked((int)length));
        target.Clear();
        from.AsSpan(0, Math.Min(target.Length, from.Length)).CopyTo(target);
    }
}
