namespace Vireo.Driver;

/// <summary>The filters that the event capabilities ask for, on top of <see cref="EventHub{T}"/>.</summary>
public static class EventHubs
{
    /// <summary>As <see cref="IDomainEvents.SubscribeAsync"/>: a domain is known by its uuid.</summary>
    public static EventSubscription Subscribe(
        this EventHub<DomainEvent> hub, DomainEventId kind, DomainRef? only, Action<DomainEvent> sink) =>
        hub.Subscribe(e => e.Kind == kind && (only is not { } one || e.Domain.Uuid == one.Uuid), sink);

    /// <summary>As <see cref="INetworkEvents.SubscribeAsync"/>.</summary>
    public static EventSubscription Subscribe(
        this EventHub<NetworkEvent> hub, NetworkEventId kind, NetworkRef? only, Action<NetworkEvent> sink) =>
        hub.Subscribe(e => e.Kind == kind && (only is not { } one || e.Network.Uuid == one.Uuid), sink);

    /// <summary>As <see cref="IStoragePoolEvents.SubscribeAsync"/>.</summary>
    public static EventSubscription Subscribe(
        this EventHub<StoragePoolEvent> hub, StoragePoolEventId kind, StoragePoolRef? only, Action<StoragePoolEvent> sink) =>
        hub.Subscribe(e => e.Kind == kind && (only is not { } one || e.Pool.Uuid == one.Uuid), sink);

    /// <summary>As <see cref="INodeDeviceEvents.SubscribeAsync"/>.</summary>
    public static EventSubscription Subscribe(
        this EventHub<NodeDeviceEvent> hub, NodeDeviceEventId kind, NodeDeviceRef? only, Action<NodeDeviceEvent> sink) =>
        hub.Subscribe(e => e.Kind == kind && (only is not { } one || e.Device.Name == one.Name), sink);

    /// <summary>As <see cref="ISecretEvents.SubscribeAsync"/>.</summary>
    public static EventSubscription Subscribe(
        this EventHub<SecretEvent> hub, SecretEventId kind, SecretRef? only, Action<SecretEvent> sink) =>
        hub.Subscribe(e => e.Kind == kind && (only is not { } one || e.Secret.Uuid == one.Uuid), sink);
}
