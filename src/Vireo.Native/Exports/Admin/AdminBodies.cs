using Vireo.Core.Errors;
using Vireo.Driver;
using Vireo.Native.Connections;
using Vireo.Native.Handles;
using Vireo.Native.Interop;
using Vireo.Remote;
using Vireo.Rpc.Client;
using static Vireo.Native.Exports.Arguments;

namespace Vireo.Native.Exports.Admin;

/// <summary>Connections to the admin sockets of daemons.</summary>
static unsafe class AdminBodies
{
    const ErrorDomain From = ErrorDomain.Admin;

    [CBody("virAdmInitialize")]
    internal static int Initialize() => LibraryBodies.Initialize();

    [CBody("virAdmGetVersion")]
    internal static int GetVersion(ulong* version)
    {
        nuint ours = 0;
        _ = LibraryBodies.GetVersion(version is null ? null : &ours, null, null);
        *version = ours;
        return 0;
    }

    [CBody("virAdmConnectOpen")]
    internal static Handle* Open(byte* name, uint flags) => Opening.OpenAdmin(CMemory.Read(name), flags);

    [CBody("virAdmConnectClose")]
    internal static int Close(Handle* handle)
    {
        if (handle is null)
            return 0;
        ConnectionState connection = HandleTable.Connection(handle, HandleKind.AdminConnect, "virAdmConnectClose", From);
        bool lost = IsLost(connection);
        if (HandleTable.Release(handle) > 0)
            return 1;
        if (lost)
            Guard.Report(ChannelErrors.Closed(), null);   // the goodbye could not be said; closing succeeds all the same
        return 0;
    }

    [CBody("virAdmConnectIsAlive")]
    internal static int IsAlive(Handle* handle) =>
        handle is null || IsLost(HandleTable.Connection(handle, HandleKind.AdminConnect, "virAdmConnectIsAlive", From)) ? 0 : 1;

    [CBody("virAdmConnectGetURI")]
    internal static byte* GetUri(Handle* handle) =>
        CMemory.Text(HandleTable.Connection(handle, HandleKind.AdminConnect, "virAdmConnectGetURI", From).Uri);

    [CBody("virAdmConnectRegisterCloseCallback")]
    internal static int RegisterClose(Handle* handle, nint call, void* opaque, nint free)
    {
        const string me = "virAdmConnectRegisterCloseCallback";
        ConnectionState connection = HandleTable.Connection(handle, HandleKind.AdminConnect, me, From);
        NotNull((void*)call, "cb", me, From);
        return connection.Close.Set((delegate* unmanaged<Handle*, int, void*, void>)call, opaque, (delegate* unmanaged<void*, void>)free)
            ? 0 : throw VireoException.OperationInvalid(From, "A close callback is already registered");
    }

    [CBody("virAdmConnectUnregisterCloseCallback")]
    internal static int UnregisterClose(Handle* handle, nint call)
    {
        const string me = "virAdmConnectUnregisterCloseCallback";
        ConnectionState connection = HandleTable.Connection(handle, HandleKind.AdminConnect, me, From);
        NotNull((void*)call, "cb", me, From);
        return connection.Close.Unset((delegate* unmanaged<Handle*, int, void*, void>)call)
            ? 0 : throw VireoException.OperationInvalid(ErrorDomain.None, "A different callback was requested");
    }

    [CBody("virAdmConnectGetLoggingOutputs")]
    internal static int GetOutputs(Handle* handle, byte** outputs, uint flags)
    {
        const string me = "virAdmConnectGetLoggingOutputs";
        ConnectionState connection = HandleTable.Connection(handle, HandleKind.AdminConnect, me, From);
        LoggingOutputs found = Sync.Of(connection.Require<IAdminLogging>(me, From).GetOutputsAsync(flags, default));
        if (outputs is not null)
            *outputs = CMemory.Text(found.Outputs);
        return (int)found.Count;
    }

    [CBody("virAdmConnectGetLoggingFilters")]
    internal static int GetFilters(Handle* handle, byte** filters, uint flags)
    {
        const string me = "virAdmConnectGetLoggingFilters";
        ConnectionState connection = HandleTable.Connection(handle, HandleKind.AdminConnect, me, From);
        LoggingFilters found = Sync.Of(connection.Require<IAdminLogging>(me, From).GetFiltersAsync(flags, default));
        if (filters is not null)
            *filters = CMemory.Text(found.Filters);
        return (int)found.Count;
    }

    static bool IsLost(ConnectionState connection) => connection.Driver is ProgramClient { Closed.IsCompleted: true };
}
