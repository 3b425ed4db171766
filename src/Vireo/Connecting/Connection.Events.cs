using System.Runtime.CompilerServices;
using Vireo.Driver;
using Vireo.Remote;

namespace Vireo;

public sealed partial class Connection
{
    /// <summary>So many events wait for a reader; more are dropped, and the reader finds a gap.</summary>
    public const int MostWaitingEvents = 4096;

    /// <summary>
    /// Events of domains as they come, from the first <c>MoveNextAsync</c> until the enumeration ends. Nothing is lost between two steps, unless the reader is
    /// so slow that <see cref="MostWaitingEvents"/> wait: then a gap stands for what was dropped. The enumeration ends with the connection: quietly if it is
    /// closed, with the error if it breaks.
    /// </summary>
    /// <param name="kinds">Which; none given: starting, stopping and the other lifecycle events.</param>
    /// <param name="of">Only of this domain.</param>
    /// <param name="cancel">Ends the enumeration.</param>
    public IAsyncEnumerable<Observed<DomainEvent>> WatchDomainsAsync(
        IEnumerable<DomainEventId>? kinds = null, Domain? of = null, CancellationToken cancel = default)
    {
        var events = Require<IDomainEvents>();
        return WatchAsync<DomainEvent, DomainEventId>(
            [.. kinds ?? [DomainEventId.Lifecycle]], (kind, sink, stop) => events.SubscribeAsync(kind, of?.Ref, sink, stop), cancel);
    }

    /// <summary>Events of networks; see <see cref="WatchDomainsAsync"/>.</summary>
    public IAsyncEnumerable<Observed<NetworkEvent>> WatchNetworksAsync(Network? of = null, CancellationToken cancel = default)
    {
        var events = Require<INetworkEvents>();
        return WatchAsync<NetworkEvent, NetworkEventId>(
            [NetworkEventId.Lifecycle], (kind, sink, stop) => events.SubscribeAsync(kind, of?.Ref, sink, stop), cancel);
    }

    /// <summary>Events of storage pools; see <see cref="WatchDomainsAsync"/>.</summary>
    public IAsyncEnumerable<Observed<StoragePoolEvent>> WatchStoragePoolsAsync(StoragePool? of = null, CancellationToken cancel = default)
    {
        var events = Require<IStoragePoolEvents>();
        return WatchAsync<StoragePoolEvent, StoragePoolEventId>(
            [StoragePoolEventId.Lifecycle, StoragePoolEventId.Refresh],
            (kind, sink, stop) => events.SubscribeAsync(kind, of?.Ref, sink, stop), cancel);
    }

    /// <summary>Events of the host's devices; see <see cref="WatchDomainsAsync"/>.</summary>
    public IAsyncEnumerable<Observed<NodeDeviceEvent>> WatchNodeDevicesAsync(NodeDevice? of = null, CancellationToken cancel = default)
    {
        var events = Require<INodeDeviceEvents>();
        return WatchAsync<NodeDeviceEvent, NodeDeviceEventId>(
            [NodeDeviceEventId.Lifecycle, NodeDeviceEventId.Update],
            (kind, sink, stop) => events.SubscribeAsync(kind, of?.Ref, sink, stop), cancel);
    }

    /// <summary>Events of secrets; see <see cref="WatchDomainsAsync"/>.</summary>
    public IAsyncEnumerable<Observed<SecretEvent>> WatchSecretsAsync(Secret? of = null, CancellationToken cancel = default)
    {
        var events = Require<ISecretEvents>();
        return WatchAsync<SecretEvent, SecretEventId>(
            [SecretEventId.Lifecycle, SecretEventId.ValueChanged],
            (kind, sink, stop) => events.SubscribeAsync(kind, of?.Ref, sink, stop), cancel);
    }

    async IAsyncEnumerable<Observed<TEvent>> WatchAsync<TEvent, TKind>(
        TKind[] kinds, Func<TKind, Action<TEvent>, CancellationToken, ValueTask<IAsyncDisposable>> subscribe,
        [EnumeratorCancellation] CancellationToken cancel) where TEvent : class
    {
        var queue = new EventQueue<TEvent>(MostWaitingEvents);
        var subscriptions = new List<IAsyncDisposable>();
        if (driver is RemoteClient client)
            _ = client.Closed.ContinueWith(ended => queue.End(closing ? null : ended.Result), cancel, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        try
        {
            foreach (TKind kind in kinds)
                subscriptions.Add(await subscribe(kind, queue.Put, cancel).ConfigureAwait(false));
            while (await queue.TakeAsync(cancel).ConfigureAwait(false) is { } next)
                yield return next;
        }
        finally
        {
            foreach (IAsyncDisposable subscription in subscriptions)
                await subscription.DisposeAsync().ConfigureAwait(false);
        }
    }
}
