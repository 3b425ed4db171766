using Vireo.Core.Errors;
using Vireo.Driver;
using Vireo.Native.Connections;
using Vireo.Native.Handles;
using Vireo.Native.Interop;
using static Vireo.Native.Exports.Arguments;

namespace Vireo.Native.Exports.Domains;

/// <summary>Numbers of domains in structures whose size the caller says, in lists and in records.</summary>
static unsafe class StatisticsBodies
{
    const ErrorDomain From = ErrorDomain.Domain;

    /// <summary>A caller of an older release has a smaller structure; a larger one is none that there is.</summary>
    static void Give(void* to, void* from, nuint size) => new Span<byte>(from, (int)size).CopyTo(new Span<byte>(to, (int)size));

    static VireoException TooLarge(int known, string function) =>
        new(new VirError(ErrorCode.InvalidArg, From, $"size must not exceed {known}", Str1: function, Str2: "size", Int1: 0, Int2: 0));

    [CBody("virDomainBlockStats")]
    internal static int GetBlock(Handle* domain, byte* disk, CDomainBlockStats* to, nuint size)
    {
        const string me = "virDomainBlockStats";
        ConnectionState connection = HandleTable.Connection(domain, HandleKind.Domain, me, From);
        string path = Text(disk, "disk", me, From);
        NotNull(to, "stats", me, From);
        if (size > (nuint)sizeof(CDomainBlockStats))
            throw TooLarge(sizeof(CDomainBlockStats), me);
        BlockStatistics found = Sync.Of(connection.Require<IDomainBlockStatistics>(me, From).GetBlockStatisticsAsync(Refs.ToDomainRef(domain), path, default));
        var made = new CDomainBlockStats
        {
            ReadRequests = found.ReadRequests, ReadBytes = found.ReadBytes, WriteRequests = found.WriteRequests, WriteBytes = found.WriteBytes, Errors = found.Errors,
        };
        Give(to, &made, size);
        return 0;
    }

    [CBody("virDomainInterfaceStats")]
    internal static int GetInterface(Handle* domain, byte* device, CDomainInterfaceStats* to, nuint size)
    {
        const string me = "virDomainInterfaceStats";
        ConnectionState connection = HandleTable.Connection(domain, HandleKind.Domain, me, From);
        string name = Text(device, "device", me, From);
        NotNull(to, "stats", me, From);
        if (size > (nuint)sizeof(CDomainInterfaceStats))
            throw TooLarge(sizeof(CDomainInterfaceStats), me);
        InterfaceStatistics found = Sync.Of(connection.Require<IDomainInterfaceStatistics>(me, From).GetInterfaceStatisticsAsync(Refs.ToDomainRef(domain), name, default));
        var made = new CDomainInterfaceStats
        {
            ReceivedBytes = found.ReceivedBytes, ReceivedPackets = found.ReceivedPackets, ReceiveErrors = found.ReceiveErrors, ReceiveDrops = found.ReceiveDrops,
            SentBytes = found.SentBytes, SentPackets = found.SentPackets, SendErrors = found.SendErrors, SendDrops = found.SendDrops,
        };
        Give(to, &made, size);
        return 0;
    }

    [CBody("virDomainMemoryStats")]
    internal static int GetMemory(Handle* domain, CDomainMemoryStat* to, uint room, uint flags)
    {
        const string me = "virDomainMemoryStats";
        ConnectionState connection = HandleTable.Connection(domain, HandleKind.Domain, me, From);
        if (to is null || room is 0)
            return 0;
        MemoryStatistic[] found = Sync.Of(connection.Require<IDomainMemoryStatistics>(me, From).GetMemoryStatisticsAsync(
            Refs.ToDomainRef(domain), Math.Min(room, (uint)DomainMemoryStatTagCount), flags, default));
        int count = (int)Math.Min(room, (uint)found.Length);
        for (int i = 0; i < count; i++)
            to[i] = new() { Tag = (int)found[i].Tag, Value = found[i].Value };
        return count;
    }

    /// <summary>More kinds than there are nobody needs room for.</summary>
    static readonly int DomainMemoryStatTagCount = Enum.GetValues<DomainMemoryStatTag>().Length;

    [CBody("virDomainGetState")]
    internal static int GetState(Handle* domain, int* state, int* reason, uint flags)
    {
        const string me = "virDomainGetState";
        ConnectionState connection = HandleTable.Connection(domain, HandleKind.Domain, me, From);
        NotNull(state, "state", me, From);
        DomainStateReason found = Sync.Of(connection.Require<IDomainInfo>(me, From).GetStateAsync(Refs.ToDomainRef(domain), flags, default));
        *state = (int)found.State;
        if (reason is not null)
            *reason = found.Reason;
        return 0;
    }

    [CBody("virDomainGetBlockJobInfo")]
    internal static int GetBlockJob(Handle* domain, byte* disk, CDomainBlockJobInfo* to, uint flags)
    {
        const string me = "virDomainGetBlockJobInfo";
        ConnectionState connection = HandleTable.Connection(domain, HandleKind.Domain, me, From);
        string path = Text(disk, "disk", me, From);
        NotNull(to, "info", me, From);
        *to = default;
        BlockJobInfo found = Sync.Of(connection.Require<IDomainBlockJobs>(me, From).GetBlockJobInfoAsync(
            Refs.ToDomainRef(domain), path, (DomainBlockJobInfoFlags)flags, default));
        if (!found.Found)
            return 0;
        *to = new() { Type = (int)found.Type, Bandwidth = (nuint)found.Bandwidth, Current = found.Current, End = found.End };
        return 1;
    }

    [CBody("virDomainGetJobStats")]
    internal static int GetJob(Handle* domain, int* type, CTypedParameter** parameters, int* count, uint flags)
    {
        const string me = "virDomainGetJobStats";
        ConnectionState connection = HandleTable.Connection(domain, HandleKind.Domain, me, From);
        NotNull(type, "type", me, From);
        NotNull(parameters, "params", me, From);
        NotNull(count, "nparams", me, From);
        NotAlone(flags, (uint)DomainGetJobStatsFlags.KeepCompleted, "VIR_DOMAIN_JOB_STATS_KEEP_COMPLETED",
            (uint)DomainGetJobStatsFlags.Completed, "VIR_DOMAIN_JOB_STATS_COMPLETED", me, From);
        DomainJobStatistics found = Sync.Of(connection.Require<IDomainJobs>(me, From).GetJobStatisticsAsync(
            Refs.ToDomainRef(domain), (DomainGetJobStatsFlags)flags, default));
        *type = (int)found.Type;
        *parameters = Parameters.Give(found.Parameters);
        *count = found.Parameters.Length;
        return 0;
    }

    [CBody("virConnectGetAllDomainStats")]
    internal static int GetAll(Handle* handle, uint groups, CDomainStatsRecord*** to, uint flags)
    {
        const string me = "virConnectGetAllDomainStats";
        ConnectionState connection = HandleTable.Connection(handle, HandleKind.Connect, me, From);
        NotNull(to, "retStats", me, From);
        return GetBulk(connection, handle, [], groups, to, flags, me);
    }

    [CBody("virDomainListGetStats")]
    internal static int GetOf(Handle** domains, uint groups, CDomainStatsRecord*** to, uint flags)
    {
        const string me = "virDomainListGetStats";
        NotNull(domains, "doms", me, From);
        NotNull(to, "retStats", me, From);
        if (*domains is null)
            throw VireoException.InvalidArgument(From, $"doms array in {me} must contain at least one domain");
        ConnectionState connection = HandleTable.Connection(*domains, HandleKind.Domain, me, From);
        Handle* handle = (*domains)->Connection;
        var refs = new List<DomainRef>();
        for (Handle** next = domains; *next is not null; next++)
        {
            HandleTable.Check(*next, HandleKind.Domain, me, From);
            if ((*next)->Connection != handle)
                throw VireoException.InvalidArgument(From, $"domains in 'doms' array must belong to a single connection in {me}");
            refs.Add(Refs.ToDomainRef(*next));
        }
        return GetBulk(connection, handle, [.. refs], groups, to, flags, me);
    }

    static int GetBulk(ConnectionState connection, Handle* handle, DomainRef[] of, uint groups, CDomainStatsRecord*** to, uint flags, string function)
    {
        DomainStatistics[] found = Sync.Of(connection.Require<IDomainBulkStatistics>(function, From).GetAllAsync(
            of, (DomainStatsTypes)groups, (ConnectGetAllDomainStatsFlags)flags, default));
        var made = (CDomainStatsRecord**)CMemory.NewPointers((nuint)found.Length + 1);
        for (int i = 0; i < found.Length; i++)
        {
            made[i] = CMemory.New<CDomainStatsRecord>();
            *made[i] = new() { Domain = Refs.New(handle, found[i].Domain), Parameters = Parameters.Give(found[i].Parameters), Count = found[i].Parameters.Length };
        }
        *to = made;
        return found.Length;
    }

    [CBody("virDomainStatsRecordListFree", KeepsError = true)]
    internal static void FreeRecords(CDomainStatsRecord** records)
    {
        if (records is null)
            return;
        for (CDomainStatsRecord** next = records; *next is not null; next++)
        {
            Parameters.Free((*next)->Parameters, (*next)->Count);
            HandleTable.Release((*next)->Domain);
            CMemory.Free(*next);
        }
        CMemory.Free(records);
    }
}
