using Vireo.Core.Errors;
using Vireo.Driver;
using Vireo.Native.Connections;
using Vireo.Native.Events;
using Vireo.Native.Handles;
using Vireo.Native.Interop;
using static Vireo.Native.Exports.Arguments;

namespace Vireo.Native.Exports;

/// <summary>Registering for events.</summary>
static unsafe class EventBodies
{
    [CBody("virConnectDomainEventRegisterAny")]
    internal static int AddDomain(Handle* handle, Handle* only, int id, nint call, void* opaque, nint free)
    {
        const string me = "virConnectDomainEventRegisterAny";
        ConnectionState connection = Check(handle, only, HandleKind.Domain, "domain", id, (int)DomainEventId.MemoryDeviceSizeChange, call, me, ErrorDomain.Domain);
        return AddDomain(connection, only, (DomainEventId)id, Make(EventFamily.Domain, id, call, opaque, free), me);
    }

    static int AddDomain(ConnectionState connection, Handle* only, DomainEventId id, EventCallback callback, string function)
    {
        IDomainEvents events = connection.Require<IDomainEvents>(function, ErrorDomain.Domain);
        DomainRef? of = only is null ? null : Refs.ToDomainRef(only);
        return connection.Events.Add(callback, sink => Sync.Of(events.SubscribeAsync(id, of, sink, default)));
    }

    [CBody("virConnectDomainEventDeregisterAny")]
    internal static int RemoveDomain(Handle* handle, int id) => Remove<IDomainEvents>(handle, id, "virConnectDomainEventDeregisterAny", ErrorDomain.Domain);

    [CBody("virConnectDomainEventRegister")]
    internal static int AddOlder(Handle* handle, nint call, void* opaque, nint free)
    {
        const string me = "virConnectDomainEventRegister";
        ConnectionState connection = HandleTable.Connection(handle, HandleKind.Connect, me, ErrorDomain.Domain);
        NotNull((void*)call, "cb", me, ErrorDomain.Domain);
        _ = AddDomain(connection, null, DomainEventId.Lifecycle,
            new(EventFamily.Domain, 0, call, opaque, (delegate* unmanaged<void*, void>)free, older: true), me);
        return 0;
    }

    [CBody("virConnectDomainEventDeregister")]
    internal static int RemoveOlder(Handle* handle, nint call)
    {
        const string me = "virConnectDomainEventDeregister";
        ConnectionState connection = HandleTable.Connection(handle, HandleKind.Connect, me, ErrorDomain.Domain);
        NotNull((void*)call, "cb", me, ErrorDomain.Domain);
        _ = connection.Require<IDomainEvents>(me, ErrorDomain.Domain);
        connection.Events.Remove(call);
        return 0;
    }

    [CBody("virConnectNetworkEventRegisterAny")]
    internal static int AddNetwork(Handle* handle, Handle* only, int id, nint call, void* opaque, nint free)
    {
        const string me = "virConnectNetworkEventRegisterAny";
        ConnectionState connection = Check(handle, only, HandleKind.Network, "network", id, (int)NetworkEventId.Lifecycle, call, me, ErrorDomain.Network);
        INetworkEvents events = connection.Require<INetworkEvents>(me, ErrorDomain.Network);
        NetworkRef? of = only is null ? null : Refs.ToNetworkRef(only);
        return connection.Events.Add(Make(EventFamily.Network, id, call, opaque, free), sink => Sync.Of(events.SubscribeAsync((NetworkEventId)id, of, sink, default)));
    }

    [CBody("virConnectNetworkEventDeregisterAny")]
    internal static int RemoveNetwork(Handle* handle, int id) => Remove<INetworkEvents>(handle, id, "virConnectNetworkEventDeregisterAny", ErrorDomain.Network);

    [CBody("virConnectStoragePoolEventRegisterAny")]
    internal static int AddPool(Handle* handle, Handle* only, int id, nint call, void* opaque, nint free)
    {
        const string me = "virConnectStoragePoolEventRegisterAny";
        ConnectionState connection = Check(handle, only, HandleKind.StoragePool, "storage pool", id, (int)StoragePoolEventId.Refresh, call, me, ErrorDomain.Storage);
        IStoragePoolEvents events = connection.Require<IStoragePoolEvents>(me, ErrorDomain.Storage);
        StoragePoolRef? of = only is null ? null : Refs.ToStoragePoolRef(only);
        return connection.Events.Add(Make(EventFamily.StoragePool, id, call, opaque, free), sink => Sync.Of(events.SubscribeAsync((StoragePoolEventId)id, of, sink, default)));
    }

    [CBody("virConnectStoragePoolEventDeregisterAny")]
    internal static int RemovePool(Handle* handle, int id) => Remove<IStoragePoolEvents>(handle, id, "virConnectStoragePoolEventDeregisterAny", ErrorDomain.Storage);

    [CBody("virConnectNodeDeviceEventRegisterAny")]
    internal static int AddDevice(Handle* handle, Handle* only, int id, nint call, void* opaque, nint free)
    {
        const string me = "virConnectNodeDeviceEventRegisterAny";
        ConnectionState connection = Check(handle, only, HandleKind.NodeDevice, "node device", id, (int)NodeDeviceEventId.Update, call, me, ErrorDomain.Nodedev);
        INodeDeviceEvents events = connection.Require<INodeDeviceEvents>(me, ErrorDomain.Nodedev);
        NodeDeviceRef? of = only is null ? null : Refs.ToNodeDeviceRef(only);
        return connection.Events.Add(Make(EventFamily.NodeDevice, id, call, opaque, free), sink => Sync.Of(events.SubscribeAsync((NodeDeviceEventId)id, of, sink, default)));
    }

    [CBody("virConnectNodeDeviceEventDeregisterAny")]
    internal static int RemoveDevice(Handle* handle, int id) => Remove<INodeDeviceEvents>(handle, id, "virConnectNodeDeviceEventDeregisterAny", ErrorDomain.Nodedev);

    [CBody("virConnectSecretEventRegisterAny")]
    internal static int AddSecret(Handle* handle, Handle* only, int id, nint call, void* opaque, nint free)
    {
        const string me = "virConnectSecretEventRegisterAny";
        ConnectionState connection = Check(handle, only, HandleKind.Secret, "secret", id, (int)SecretEventId.ValueChanged, call, me, ErrorDomain.Secret);
        ISecretEvents events = connection.Require<ISecretEvents>(me, ErrorDomain.Secret);
        SecretRef? of = only is null ? null : Refs.ToSecretRef(only);
        return connection.Events.Add(Make(EventFamily.Secret, id, call, opaque, free), sink => Sync.Of(events.SubscribeAsync((SecretEventId)id, of, sink, default)));
    }

    [CBody("virConnectSecretEventDeregisterAny")]
    internal static int RemoveSecret(Handle* handle, int id) => Remove<ISecretEvents>(handle, id, "virConnectSecretEventDeregisterAny", ErrorDomain.Secret);

    [CBody("virConnectDomainQemuMonitorEventRegister")]
    internal static int AddMonitor(Handle* handle, Handle* only, byte* name, nint call, void* opaque, nint free, uint flags)
    {
        const string me = "virConnectDomainQemuMonitorEventRegister";
        ConnectionState connection = Check(handle, only, HandleKind.Domain, "domain", 0, 0, call, me, ErrorDomain.None);
        connection.RequireWrite(me, ErrorDomain.None);
        IQemuMonitorEvents events = connection.Require<IQemuMonitorEvents>(me, ErrorDomain.None);
        DomainRef? of = only is null ? null : Refs.ToDomainRef(only);
        string? named = CMemory.Read(name);
        return connection.Events.Add(Make(EventFamily.QemuMonitor, 0, call, opaque, free), sink => Sync.Of(events.SubscribeAsync(of, named, (QemuMonitorEventFlags)flags, sink, default)));
    }

    [CBody("virConnectDomainQemuMonitorEventDeregister")]
    internal static int RemoveMonitor(Handle* handle, int id)
    {
        const string me = "virConnectDomainQemuMonitorEventDeregister";
        HandleTable.Connection(handle, HandleKind.Connect, me, ErrorDomain.None).RequireWrite(me, ErrorDomain.None);
        return Remove<IQemuMonitorEvents>(handle, id, me, ErrorDomain.None);
    }

    static EventCallback Make(EventFamily family, int id, nint call, void* opaque, nint free) =>
        new(family, id, call, opaque, (delegate* unmanaged<void*, void>)free, older: false);

    static int Remove<T>(Handle* handle, int id, string function, ErrorDomain from) where T : class
    {
        ConnectionState connection = HandleTable.Connection(handle, HandleKind.Connect, function, from);
        NotNegative(id, "callbackID", function, from);
        _ = connection.Require<T>(function, from);
        connection.Events.Remove(id);
        return 0;
    }

    static ConnectionState Check(Handle* handle, Handle* only, HandleKind kind, string what, int id, int last, nint call, string function, ErrorDomain from)
    {
        ConnectionState connection = HandleTable.Connection(handle, HandleKind.Connect, function, from);
        if (only is not null)
        {
            HandleTable.Check(only, kind, function, from);
            if (only->Connection != handle)
                throw new VireoException(new VirError(ErrorCode.InvalidArg, from, $"{what} '{CMemory.Read(only->Name)}' must match connection", Str1: function, Str2: what, Int1: 0, Int2: 0));
        }
        NotNull((void*)call, "cb", function, from);
        NotNegative(id, "eventID", function, from);
        if (id > last)
            throw Wrong("eventID", function, from, $"must be less than {last + 1}");
        return connection;
    }
}
