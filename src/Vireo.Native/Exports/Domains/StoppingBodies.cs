using Vireo.Core.Errors;
using Vireo.Driver;
using Vireo.Native.Connections;
using Vireo.Native.Handles;
using Vireo.Native.Interop;
using Vireo.Remote;
using static Vireo.Native.Exports.Arguments;

namespace Vireo.Native.Exports.Domains;

/// <summary>
/// Stopping and saving: the handle forgets the id that the domain ran under. Over a connection libvirt's client does so for three of the calls only; within the process all of
/// them do.
/// </summary>
static unsafe class StoppingBodies
{
    const ErrorDomain From = ErrorDomain.Domain;

    [CBody("virDomainDestroy")]
    internal static int Destroy(Handle* domain)
    {
        ConnectionState connection = Check(domain, "virDomainDestroy");
        Sync.Wait(connection.Require<IDomainPower>("virDomainDestroy", From).DestroyAsync(Refs.ToDomainRef(domain), default));
        domain->Id = -1;
        return 0;
    }

    [CBody("virDomainDestroyFlags")]
    internal static int DestroyWithFlags(Handle* domain, uint flags)
    {
        ConnectionState connection = Check(domain, "virDomainDestroyFlags");
        Sync.Wait(connection.Require<IDomainPower>("virDomainDestroyFlags", From).DestroyAsync(Refs.ToDomainRef(domain), (DomainDestroyFlags)flags, default));
        return StoppedHere(domain, connection);
    }

    [CBody("virDomainShutdown")]
    internal static int Shutdown(Handle* domain)
    {
        ConnectionState connection = Check(domain, "virDomainShutdown");
        Sync.Wait(connection.Require<IDomainPower>("virDomainShutdown", From).ShutdownAsync(Refs.ToDomainRef(domain), default));
        return StoppedHere(domain, connection);
    }

    [CBody("virDomainShutdownFlags")]
    internal static int ShutdownWithFlags(Handle* domain, uint flags)
    {
        ConnectionState connection = Check(domain, "virDomainShutdownFlags");
        Sync.Wait(connection.Require<IDomainPower>("virDomainShutdownFlags", From).ShutdownAsync(Refs.ToDomainRef(domain), (DomainShutdownFlags)flags, default));
        return StoppedHere(domain, connection);
    }

    [CBody("virDomainSave")]
    internal static int Save(Handle* domain, byte* to)
    {
        ConnectionState connection = Check(domain, "virDomainSave");
        NotNull(to, "to", "virDomainSave", From);
        Sync.Wait(connection.Require<IDomainSave>("virDomainSave", From).SaveAsync(Refs.ToDomainRef(domain), AbsolutePath(to), default));
        domain->Id = -1;
        return 0;
    }

    [CBody("virDomainSaveFlags")]
    internal static int SaveWithFlags(Handle* domain, byte* to, byte* xml, uint flags)
    {
        ConnectionState connection = Check(domain, "virDomainSaveFlags");
        NotNull(to, "to", "virDomainSaveFlags", From);
        Sync.Wait(connection.Require<IDomainSave>("virDomainSaveFlags", From).SaveAsync(
            Refs.ToDomainRef(domain), AbsolutePath(to), CMemory.Read(xml), (DomainSaveRestoreFlags)flags, default));
        return StoppedHere(domain, connection);
    }

    [CBody("virDomainManagedSave")]
    internal static int ManagedSave(Handle* domain, uint flags)
    {
        ConnectionState connection = Check(domain, "virDomainManagedSave");
        Sync.Wait(connection.Require<IDomainManagedSave>("virDomainManagedSave", From).ManagedSaveAsync(Refs.ToDomainRef(domain), (DomainSaveRestoreFlags)flags, default));
        domain->Id = -1;
        return 0;
    }

    static ConnectionState Check(Handle* domain, string function)
    {
        ConnectionState connection = HandleTable.Connection(domain, HandleKind.Domain, function, From);
        connection.RequireWrite(function, From);
        return connection;
    }

    static int StoppedHere(Handle* domain, ConnectionState connection)
    {
        if (connection.Driver is not RemoteClient)
            domain->Id = -1;
        return 0;
    }
}
