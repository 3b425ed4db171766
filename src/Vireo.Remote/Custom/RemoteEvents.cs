using Vireo.Driver;

namespace Vireo.Remote.Custom;

/// <summary>Registrations for events over the wire: with callback ids where the daemon knows them, the older way where not.</summary>
sealed class RemoteEvents(RemoteClient client)
    : IDomainEvents, INetworkEvents, IStoragePoolEvents, INodeDeviceEvents, ISecretEvents, IQemuMonitorEvents, ICloseNotification
{
    public ValueTask<IAsyncDisposable> SubscribeAsync(
        DomainEventId kind, DomainRef? only, Action<DomainEvent> sink, CancellationToken cancel)
    {
        if (client.KnowsCallbackIds)
        {
            return client.DomainEvents.AddAsync(
                (kind, only?.Uuid),
                calls => calls.RegisterDomainAsync(kind, only, cancel),
                static (calls, id) => calls.DeregisterDomainAsync(id, CancellationToken.None),
                sink);
        }
        Action<DomainEvent> filtered = only is { } one ? e => { if (e.Domain.Uuid == one.Uuid) sink(e); } : sink;
        return client.DomainEvents.AddAsync(
            kind,
            async calls =>
            {
                await calls.RegisterOlderAsync(kind, cancel).ConfigureAwait(false);
                return OlderCallback(kind);
            },
            (calls, _) => calls.DeregisterOlderAsync(kind, CancellationToken.None),
            filtered);
    }

    /// <summary>Messages without a callback id are delivered under an id of their own, which no daemon gives.</summary>
    static int OlderCallback(DomainEventId kind) => -1 - (int)kind;

    public ValueTask<IAsyncDisposable> SubscribeAsync(
        NetworkEventId kind, NetworkRef? only, Action<NetworkEvent> sink, CancellationToken cancel) =>
        client.NetworkEvents.AddAsync(
            (kind, only?.Uuid),
            calls => calls.RegisterNetworkAsync(kind, only, cancel),
            static (calls, id) => calls.DeregisterNetworkAsync(id, CancellationToken.None),
            sink);

    public ValueTask<IAsyncDisposable> SubscribeAsync(
        StoragePoolEventId kind, StoragePoolRef? only, Action<StoragePoolEvent> sink, CancellationToken cancel) =>
        client.StoragePoolEvents.AddAsync(
            (kind, only?.Uuid),
            calls => calls.RegisterStoragePoolAsync(kind, only, cancel),
            static (calls, id) => calls.DeregisterStoragePoolAsync(id, CancellationToken.None),
            sink);

    public ValueTask<IAsyncDisposable> SubscribeAsync(
        NodeDeviceEventId kind, NodeDeviceRef? only, Action<NodeDeviceEvent> sink, CancellationToken cancel) =>
        client.NodeDeviceEvents.AddAsync(
            (kind, only?.Name),
            calls => calls.RegisterNodeDeviceAsync(kind, only, cancel),
            static (calls, id) => calls.DeregisterNodeDeviceAsync(id, CancellationToken.None),
            sink);

    public ValueTask<IAsyncDisposable> SubscribeAsync(
        SecretEventId kind, SecretRef? only, Action<SecretEvent> sink, CancellationToken cancel) =>
        client.SecretEvents.AddAsync(
            (kind, only?.Uuid),
            calls => calls.RegisterSecretAsync(kind, only, cancel),
            static (calls, id) => calls.DeregisterSecretAsync(id, CancellationToken.None),
            sink);

    public ValueTask<IAsyncDisposable> SubscribeAsync(
        DomainRef? only, string? name, QemuMonitorEventFlags flags, Action<QemuMonitorEvent> sink, CancellationToken cancel) =>
        client.MonitorEvents.AddAsync(
            (only?.Uuid, name, flags),
            _ => client.QemuSession.RegisterMonitorAsync(only, name, flags, cancel),
            (_, id) => client.QemuSession.DeregisterMonitorAsync(id, CancellationToken.None),
            sink);

    public async ValueTask<IAsyncDisposable> SubscribeAsync(Action<ConnectCloseReason> sink, CancellationToken cancel)
    {
        EventSubscription subscription = client.CloseEvents.Add(sink);
        if (client.CloseEvents.Supported)
            await client.Session.RegisterCloseAsync(cancel).ConfigureAwait(false);
        return subscription;
    }
}
