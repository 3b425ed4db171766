using Vireo.Core.Errors;
using Vireo.Driver;
using Vireo.Native.Connections;
using Vireo.Native.Handles;
using Vireo.Native.Interop;
using Vireo.Remote;
using static Vireo.Native.Exports.Arguments;

namespace Vireo.Native.Exports.Host;

/// <summary>Opening and closing.</summary>
static unsafe class ConnectionBodies
{
    const ErrorDomain From = ErrorDomain.Domain;

    [CBody("virConnectOpen")]
    internal static Handle* Open(byte* name) => Open(name, null, 0);

    [CBody("virConnectOpenReadOnly")]
    internal static Handle* OpenReadOnly(byte* name) => Open(name, null, ConnectFlags.Ro);

    [CBody("virConnectOpenAuth")]
    internal static Handle* OpenAuth(byte* name, CConnectAuth* auth, uint flags) => Open(name, auth, (ConnectFlags)flags);

    static Handle* Open(byte* name, CConnectAuth* auth, ConnectFlags flags) => Opening.Open(CMemory.Read(name), flags, CallerCredentials.Of(auth));

    [CBody("virConnectClose")]
    internal static int Close(Handle* handle)
    {
        HandleTable.Check(handle, HandleKind.Connect, "virConnectClose", ErrorDomain.None);
        return HandleTable.Release(handle) > 0 ? 1 : 0;
    }

    [CBody("virConnectGetType")]
    internal static byte* GetHypervisor(Handle* handle)
    {
        const string me = "virConnectGetType";
        ConnectionState connection = HandleTable.Connection(handle, HandleKind.Connect, me, From);
        if (handle->Name is null)
        {
            byte* asked = CMemory.Text(Sync.Of(connection.Require<IConnectionInfo>(me, From).GetTypeAsync(default)));
            if (Interlocked.CompareExchange(ref *(nint*)&handle->Name, (nint)asked, 0) != 0)
                CMemory.Free(asked);
        }
        return handle->Name;
    }

    [CBody("virConnectGetURI")]
    internal static byte* GetUri(Handle* handle) => CMemory.Text(HandleTable.Connection(handle, HandleKind.Connect, "virConnectGetURI", From).Uri);

    [CBody("virConnectIsAlive")]
    internal static int IsAlive(Handle* handle)
    {
        ConnectionState connection = HandleTable.Connection(handle, HandleKind.Connect, "virConnectIsAlive", From);
        return connection.Driver is RemoteClient { Closed.IsCompleted: true } ? 0 : 1;
    }

    [CBody("virConnectIsEncrypted")]
    internal static int IsEncrypted(Handle* handle)
    {
        ConnectionState connection = HandleTable.Connection(handle, HandleKind.Connect, "virConnectIsEncrypted", From);
        return connection.Driver is RemoteClient { IsEncrypted: true } ? 1 : 0;
    }

    /// <summary>The whole way is: to the daemon, and from there to its hypervisor.</summary>
    [CBody("virConnectIsSecure")]
    internal static int IsSecure(Handle* handle)
    {
        const string me = "virConnectIsSecure";
        ConnectionState connection = HandleTable.Connection(handle, HandleKind.Connect, me, From);
        bool beyond = Sync.Of(connection.Require<IConnectionInfo>(me, From).IsSecureAsync(default));
        return beyond && connection.Driver is not RemoteClient { IsPrivate: false, IsEncrypted: false } ? 1 : 0;
    }

    [CBody("virConnectSetKeepAlive")]
    internal static int SetKeepalive(Handle* handle, int interval, uint count)
    {
        const string me = "virConnectSetKeepAlive";
        ConnectionState connection = HandleTable.Connection(handle, HandleKind.Connect, me, From);
        if (connection.Driver is not RemoteClient client)
            throw VireoException.NoSupport(me, From);
        if (connection.Watch is not { } watch)
            throw VireoException.Internal(ErrorDomain.Remote, "the caller doesn't support keepalive protocol; perhaps it's missing event loop implementation");
        if (!client.StartKeepalive(TimeSpan.FromSeconds(Math.Max(interval, 0)), (int)Math.Min(count, int.MaxValue)))
            return 1;
        watch.Keepalive(interval);
        return 0;
    }

    [CBody("virConnectRegisterCloseCallback")]
    internal static int RegisterClose(Handle* handle, nint call, void* opaque, nint free)
    {
        const string me = "virConnectRegisterCloseCallback";
        ConnectionState connection = HandleTable.Connection(handle, HandleKind.Connect, me, From);
        NotNull((void*)call, "cb", me, From);
        if (connection.Driver is not RemoteClient)
            return 0;   // a connection within the process is never lost
        if (!connection.Close.Set((delegate* unmanaged<Handle*, int, void*, void>)call, opaque, (delegate* unmanaged<void*, void>)free))
            throw VireoException.Internal(ErrorDomain.Remote, "A close callback is already registered");
        if (connection.Driver.Capabilities.Find<ICloseNotification>() is { } notes)
            connection.Close.Keep(Sync.Of(notes.SubscribeAsync(connection.Close.Tell, default)));
        return 0;
    }

    [CBody("virConnectUnregisterCloseCallback")]
    internal static int UnregisterClose(Handle* handle, nint call)
    {
        const string me = "virConnectUnregisterCloseCallback";
        ConnectionState connection = HandleTable.Connection(handle, HandleKind.Connect, me, From);
        NotNull((void*)call, "cb", me, From);
        if (connection.Driver is RemoteClient && !connection.Close.Unset((delegate* unmanaged<Handle*, int, void*, void>)call))
            throw VireoException.OperationInvalid(ErrorDomain.Remote, "A different callback was requested");
        return 0;
    }
}
