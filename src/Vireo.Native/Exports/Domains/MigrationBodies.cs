using Vireo.Core.Errors;
using Vireo.Driver;
using Vireo.Native.Connections;
using Vireo.Native.Handles;
using Vireo.Native.Interop;
using Vireo.Remote.Calls;
using static Vireo.Native.Exports.Arguments;

namespace Vireo.Native.Exports.Domains;

/// <summary>Migrations: those that this library leads over two connections, and those that it asks the source to lead.</summary>
static unsafe class MigrationBodies
{
    const ErrorDomain From = ErrorDomain.Domain;

    [CBody("virDomainMigrate")]
    internal static Handle* Migrate(Handle* domain, Handle* target, nuint flags, byte* name, byte* uri, nuint bandwidth)
    {
        const string me = "virDomainMigrate";
        ConnectionState from = Source(domain, me), to = Target(target, me);
        MigrationRequest request = Of(domain, flags, me) with { Name = CMemory.Read(name), Uri = CMemory.Read(uri), Bandwidth = bandwidth };
        // This oldest function has one URI: of two daemons that do it between them it is where the source finds the target.
        if (request.Flags.HasFlag(DomainMigrateFlags.PeerToPeer))
            request = request with { TargetUri = request.Uri, Uri = null };
        return Moved(from, to, target, request);
    }

    [CBody("virDomainMigrate2")]
    internal static Handle* Migrate2(Handle* domain, Handle* target, byte* xml, nuint flags, byte* name, byte* uri, nuint bandwidth)
    {
        const string me = "virDomainMigrate2";
        ConnectionState from = Source(domain, me), to = Target(target, me);
        return Moved(from, to, target, Of(domain, flags, me) with { Xml = CMemory.Read(xml), Name = CMemory.Read(name), Uri = CMemory.Read(uri), Bandwidth = bandwidth });
    }

    [CBody("virDomainMigrate3")]
    internal static Handle* Migrate3(Handle* domain, Handle* target, CTypedParameter* parameters, uint count, uint flags)
    {
        const string me = "virDomainMigrate3";
        ConnectionState from = Source(domain, me), to = Target(target, me);
        return Moved(from, to, target, Of(domain, flags, me) with { Parameters = Parameters.Read(parameters, Counted(parameters, count, me)) });
    }

    [CBody("virDomainMigrateToURI")]
    internal static int ToUri(Handle* domain, byte* target, nuint flags, byte* name, nuint bandwidth)
    {
        const string me = "virDomainMigrateToURI";
        ConnectionState from = Source(domain, me);
        string uri = Text(target, "duri", me, From);
        MigrationRequest request = Of(domain, flags, me) with { Name = CMemory.Read(name), Bandwidth = bandwidth };
        return Asked(from, request.Flags.HasFlag(DomainMigrateFlags.PeerToPeer) ? request with { TargetUri = uri } : request with { Uri = uri });
    }

    [CBody("virDomainMigrateToURI2")]
    internal static int ToUri2(Handle* domain, byte* target, byte* uri, byte* xml, nuint flags, byte* name, nuint bandwidth)
    {
        const string me = "virDomainMigrateToURI2";
        return Asked(Source(domain, me), Of(domain, flags, me) with
        {
            TargetUri = CMemory.Read(target), Uri = CMemory.Read(uri), Xml = CMemory.Read(xml), Name = CMemory.Read(name), Bandwidth = bandwidth,
        });
    }

    [CBody("virDomainMigrateToURI3")]
    internal static int ToUri3(Handle* domain, byte* target, CTypedParameter* parameters, uint count, uint flags)
    {
        const string me = "virDomainMigrateToURI3";
        ConnectionState from = Source(domain, me);
        return Asked(from, Of(domain, flags, me) with { TargetUri = CMemory.Read(target), Parameters = Parameters.Read(parameters, Counted(parameters, count, me)) });
    }

    static ConnectionState Source(Handle* domain, string me)
    {
        ConnectionState connection = HandleTable.Connection(domain, HandleKind.Domain, me, From);
        connection.RequireWrite(me, From);
        return connection;
    }

    static ConnectionState Target(Handle* connection, string me)
    {
        ConnectionState target = HandleTable.Connection(connection, HandleKind.Connect, me, From);
        target.RequireWrite(me, From);
        return target;
    }

    /// <summary>Flags beyond 32 bits do not count, as in libvirt.</summary>
    static MigrationRequest Of(Handle* domain, nuint flags, string me) => new(Refs.ToDomainRef(domain), (DomainMigrateFlags)(uint)flags) { Function = me };

    static int Counted(CTypedParameter* parameters, uint count, string me)
    {
        if (count > 0)
            NotNull(parameters, "params", me, From);
        return count <= int.MaxValue ? (int)count : throw Wrong("nparams", me, From, "must be zero or greater");
    }

    static Handle* Moved(ConnectionState from, ConnectionState to, Handle* target, MigrationRequest request) =>
        Refs.New(target, Sync.Of(ClientMigration.MoveAsync(from.Driver, to.Driver, request with { TargetUri = request.TargetUri ?? to.Uri }, default)));

    static int Asked(ConnectionState from, MigrationRequest request)
    {
        Sync.Wait(ClientMigration.MoveToUriAsync(from.Driver, request, default));
        return 0;
    }
}
