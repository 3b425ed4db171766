using Vireo.Core.Errors;

namespace Vireo.Driver;

/// <summary>Events of domains. Subscribing never blocks; an <see cref="EventHub{T}"/> does the work.</summary>
[Capability(ErrorDomain.Domain)]
public interface IDomainEvents
{
    /// <summary>Calls <paramref name="sink"/> for each event of one kind, of one domain or of all, until disposed.</summary>
    ValueTask<IAsyncDisposable> SubscribeAsync(
        DomainEventId kind, DomainRef? only, Action<DomainEvent> sink, CancellationToken cancel);
}

/// <summary>Events of networks.</summary>
[Capability(ErrorDomain.Network)]
public interface INetworkEvents
{
    /// <summary>Calls <paramref name="sink"/> for each event of one kind, of one network or of all, until disposed.</summary>
    ValueTask<IAsyncDisposable> SubscribeAsync(
        NetworkEventId kind, NetworkRef? only, Action<NetworkEvent> sink, CancellationToken cancel);
}

/// <summary>Events of storage pools.</summary>
[Capability(ErrorDomain.Storage)]
public interface IStoragePoolEvents
{
    /// <summary>Calls <paramref name="sink"/> for each event of one kind, of one pool or of all, until disposed.</summary>
    ValueTask<IAsyncDisposable> SubscribeAsync(
        StoragePoolEventId kind, StoragePoolRef? only, Action<StoragePoolEvent> sink, CancellationToken cancel);
}

/// <summary>Events of node devices.</summary>
[Capability(ErrorDomain.Nodedev)]
public interface INodeDeviceEvents
{
    /// <summary>Calls <paramref name="sink"/> for each event of one kind, of one device or of all, until disposed.</summary>
    ValueTask<IAsyncDisposable> SubscribeAsync(
        NodeDeviceEventId kind, NodeDeviceRef? only, Action<NodeDeviceEvent> sink, CancellationToken cancel);
}

/// <summary>Events of secrets.</summary>
[Capability(ErrorDomain.Secret)]
public interface ISecretEvents
{
    /// <summary>Calls <paramref name="sink"/> for each event of one kind, of one secret or of all, until disposed.</summary>
    ValueTask<IAsyncDisposable> SubscribeAsync(
        SecretEventId kind, SecretRef? only, Action<SecretEvent> sink, CancellationToken cancel);
}

/// <summary>A driver that can lose its hypervisor tells so.</summary>
[Capability(ErrorDomain.None)]
public interface ICloseNotification
{
    /// <summary>Calls <paramref name="sink"/> once when the hypervisor is lost.</summary>
    ValueTask<IAsyncDisposable> SubscribeAsync(Action<ConnectCloseReason> sink, CancellationToken cancel);
}
