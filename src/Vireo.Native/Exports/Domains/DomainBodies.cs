using Vireo.Core.Errors;
using Vireo.Driver;
using Vireo.Native.Connections;
using Vireo.Native.Handles;
using Vireo.Native.Interop;
using static Vireo.Native.Exports.Arguments;

namespace Vireo.Native.Exports.Domains;

/// <summary>Starting, finding, and what else of domains is not one operation.</summary>
static unsafe class DomainBodies
{
    const ErrorDomain From = ErrorDomain.Domain;

    [CBody("virDomainGetID")]
    internal static uint GetId(Handle* domain)
    {
        HandleTable.Check(domain, HandleKind.Domain, "virDomainGetID", From);
        return (uint)domain->Id;
    }

    [CBody("virDomainLookupByID")]
    internal static Handle* Lookup(Handle* handle, int id)
    {
        const string me = "virDomainLookupByID";
        ConnectionState connection = HandleTable.Connection(handle, HandleKind.Connect, me, From);
        NotNegative(id, "id", me, From);
        return Refs.New(handle, Sync.Of(connection.Require<IDomainLookup>(me, From).LookupByIdAsync(id, default)));
    }

    [CBody("virDomainLookupByUUIDString")]
    internal static Handle* Lookup(Handle* handle, byte* uuid)
    {
        const string me = "virDomainLookupByUUIDString";
        ConnectionState connection = HandleTable.Connection(handle, HandleKind.Connect, me, From);
        if (!Core.Uuid.TryParse(Text(uuid, "uuidstr", me, From), out Core.Uuid wanted))
            throw new VireoException(new VirError(ErrorCode.InvalidArg, From, "Invalid UUID", Str1: me, Str2: "uuidstr", Int1: 0, Int2: 0));
        return Refs.New(handle, Sync.Of(connection.Require<IDomainLookup>("virDomainLookupByUUID", From).LookupByUuidAsync(wanted, default)));
    }

    [CBody("virDomainCreateLinux")]
    internal static Handle* CreateLinux(Handle* handle, byte* xml, uint flags)
    {
        const string me = "virDomainCreateXML";
        ConnectionState connection = HandleTable.Connection(handle, HandleKind.Connect, me, From);
        string text = Text(xml, "xmlDesc", me, From);
        connection.RequireWrite(me, From);
        return Refs.New(handle, Sync.Of(connection.Require<IDomainPower>(me, From).CreateTransientAsync(text, (DomainCreateFlags)flags, default)));
    }

    /// <summary>The handle learns the id that the domain runs under.</summary>
    [CBody("virDomainCreate")]
    internal static int Create(Handle* domain)
    {
        const string me = "virDomainCreate";
        ConnectionState connection = HandleTable.Connection(domain, HandleKind.Domain, me, From);
        connection.RequireWrite(me, From);
        DomainRef of = Refs.ToDomainRef(domain);
        Sync.Wait(connection.Require<IDomainPower>(me, From).CreateAsync(of, default));
        domain->Id = Sync.Of(connection.Require<IDomainLookup>(me, From).LookupByUuidAsync(of.Uuid, default)).Id;
        return 0;
    }

    [CBody("virDomainCreateWithFlags")]
    internal static int CreateWithFlags(Handle* domain, uint flags)
    {
        const string me = "virDomainCreateWithFlags";
        ConnectionState connection = HandleTable.Connection(domain, HandleKind.Domain, me, From);
        connection.RequireWrite(me, From);
        domain->Id = Sync.Of(connection.Require<IDomainPower>(me, From).CreateAsync(Refs.ToDomainRef(domain), (DomainCreateFlags)flags, default)).Id;
        return 0;
    }

    [CBody("virDomainGetMetadata")]
    internal static byte* GetMetadata(Handle* domain, int type, byte* uri, uint flags)
    {
        const string me = "virDomainGetMetadata";
        ConnectionState connection = HandleTable.Connection(domain, HandleKind.Domain, me, From);
        CheckUri(type, uri, me);
        return CMemory.Text(Sync.Of(connection.Require<IDomainMetadata>(me, From).GetMetadataAsync(
            Refs.ToDomainRef(domain), (DomainMetadataType)type, CMemory.Read(uri), (DomainModificationImpact)flags, default)));
    }

    [CBody("virDomainSetMetadata")]
    internal static int SetMetadata(Handle* domain, int type, byte* metadata, byte* key, byte* uri, uint flags)
    {
        const string me = "virDomainSetMetadata";
        ConnectionState connection = HandleTable.Connection(domain, HandleKind.Domain, me, From);
        connection.RequireWrite(me, From);
        string? text = CMemory.Read(metadata);
        if ((DomainMetadataType)type is DomainMetadataType.Title && text?.Contains('\n', StringComparison.Ordinal) is true)
            throw new VireoException(new VirError(ErrorCode.InvalidArg, From, "metadata title can't contain newlines", Str1: me, Str2: "metadata", Int1: 0, Int2: 0));
        CheckUri(type, uri, me);
        if ((DomainMetadataType)type is DomainMetadataType.Element && text is not null)
            NotNull(key, "key", me, From);
        else if ((DomainMetadataType)type is DomainMetadataType.Title or DomainMetadataType.Description && key is not null)
            throw Wrong("key", me, From, "must be NULL");
        Sync.Wait(connection.Require<IDomainMetadata>(me, From).SetMetadataAsync(
            Refs.ToDomainRef(domain), (DomainMetadataType)type, text, CMemory.Read(key), CMemory.Read(uri), (DomainModificationImpact)flags, default));
        return 0;
    }

    /// <summary>Elements have a namespace; titles and descriptions have none.</summary>
    static void CheckUri(int type, byte* uri, string function)
    {
        if ((DomainMetadataType)type is DomainMetadataType.Element)
            NotNull(uri, "uri", function, From);
        else if ((DomainMetadataType)type is DomainMetadataType.Title or DomainMetadataType.Description && uri is not null)
            throw Wrong("uri", function, From, "must be NULL");
    }

    [CBody("virDomainGetSchedulerType")]
    internal static byte* GetScheduler(Handle* domain, int* count)
    {
        const string me = "virDomainGetSchedulerType";
        ConnectionState connection = HandleTable.Connection(domain, HandleKind.Domain, me, From);
        SchedulerType found = Sync.Of(connection.Require<IDomainScheduler>(me, From).GetSchedulerTypeAsync(Refs.ToDomainRef(domain), default));
        if (count is not null)
            *count = found.Parameters;
        return CMemory.Text(found.Type);
    }

    [CBody("virDomainGetTime")]
    internal static int GetTime(Handle* domain, long* seconds, uint* nanoseconds, uint flags)
    {
        const string me = "virDomainGetTime";
        ConnectionState connection = HandleTable.Connection(domain, HandleKind.Domain, me, From);
        connection.RequireWrite(me, From);
        GuestTime found = Sync.Of(connection.Require<IDomainTime>(me, From).GetTimeAsync(Refs.ToDomainRef(domain), flags, default));
        if (seconds is not null)
            *seconds = found.Seconds;
        if (nanoseconds is not null)
            *nanoseconds = found.Nanoseconds;
        return 0;
    }

    [CBody("virDomainSendKey")]
    internal static int SendKey(Handle* domain, uint set, uint holdTime, uint* keys, int count, uint flags)
    {
        const string me = "virDomainSendKey";
        const int most = 16;
        ConnectionState connection = HandleTable.Connection(domain, HandleKind.Domain, me, From);
        connection.RequireWrite(me, From);
        NotNull(keys, "keycodes", me, From);
        Positive(count, "nkeycodes", me, From);
        if (count > most)
            throw Wrong("nkeycodes", me, From, $"must be less than {most}");
        Sync.Wait(connection.Require<IDomainKeys>(me, From).SendKeysAsync(
            Refs.ToDomainRef(domain), (KeycodeSet)set, holdTime, new ReadOnlySpan<uint>(keys, count).ToArray(), flags, default));
        return 0;
    }

    [CBody("virDomainBlockPeek")]
    internal static int PeekBlock(Handle* domain, byte* disk, ulong offset, nuint size, void* to, uint flags)
    {
        const string me = "virDomainBlockPeek";
        ConnectionState connection = HandleTable.Connection(domain, HandleKind.Domain, me, From);
        connection.RequireWrite(me, From);
        string path = Text(disk, "disk", me, From);
        NotEmpty(disk, "disk", me, From);
        if (size != 0)
            NotNull(to, "buffer", me, From);
        return Give(to, size, Sync.Of(connection.Require<IDomainBlockPeek>(me, From).PeekBlockAsync(Refs.ToDomainRef(domain), path, offset, Most(size), flags, default)));
    }

    [CBody("virDomainMemoryPeek")]
    internal static int PeekMemory(Handle* domain, ulong start, nuint size, void* to, uint flags)
    {
        const string me = "virDomainMemoryPeek";
        ConnectionState connection = HandleTable.Connection(domain, HandleKind.Domain, me, From);
        connection.RequireWrite(me, From);
        if (size != 0)
            NotNull(to, "buffer", me, From);
        return Give(to, size, Sync.Of(connection.Require<IDomainMemoryPeek>(me, From).PeekMemoryAsync(
            Refs.ToDomainRef(domain), start, Most(size), (DomainMemoryPeekFlags)flags, default)));
    }

    static uint Most(nuint size) => (uint)Math.Min(size, uint.MaxValue);

    static int Give(void* to, nuint size, byte[] found)
    {
        found.AsSpan(0, (int)Math.Min(size, (nuint)found.Length)).CopyTo(new Span<byte>(to, (int)Math.Min(size, int.MaxValue)));
        return 0;
    }
}
