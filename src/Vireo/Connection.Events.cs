using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Vireo.Driver;

namespace Vireo;

public sealed partial class Connection
{
    /// <summary>
    /// Events of domains as they come, from the first <c>MoveNextAsync</c> until the enumeration ends. Nothing is lost
    /// between two steps; a reader that is slow makes the queue grow.
    /// </summary>
    /// <param name="kinds">Which; none given: starting, stopping and the other lifecycle events.</param>
    /// <param name="of">Only of this domain.</param>
    /// <param name="cancel">Ends the enumeration.</param>
    public IAsyncEnumerable<DomainEvent> WatchDomainsAsync(
        IEnumerable<DomainEventId>? kinds = null, Domain? of = null, CancellationToken cancel = default)
    {
        var events = Require<IDomainEvents>();
        return WatchAsync<DomainEvent, DomainEventId>(
            [.. kinds ?? [DomainEventId.Lifecycle]], (kind, sink, stop) => events.SubscribeAsync(kind, of?.Ref, sink, stop), cancel);
    }

    /// <summary>Events of networks; see <see cref="WatchDomainsAsync"/>.</summary>
    public IAsyncEnumerable<NetworkEvent> WatchNetworksAsync(Network? of = null, CancellationToken cancel = default)
    {
        var events = Require<INetworkEvents>();
        return WatchAsync<NetworkEvent, NetworkEventId>(
            [NetworkEventId.Lifecycle], (kind, sink, stop) => events.SubscribeAsync(kind, of?.Ref, sink, stop), cancel);
    }

    /// <summary>Events of storage pools; see <see cref="WatchDomainsAsync"/>.</summary>
    public IAsyncEnumerable<StoragePoolEvent> WatchStoragePoolsAsync(StoragePool? of = null, CancellationToken cancel = default)
    {
        var events = Require<IStoragePoolEvents>();
        return WatchAsync<StoragePoolEvent, StoragePoolEventId>(
            [StoragePoolEventId.Lifecycle, StoragePoolEventId.Refresh],
            (kind, sink, stop) => events.SubscribeAsync(kind, of?.Ref, sink, stop), cancel);
    }

    static async IAsyncEnumerable<TEvent> WatchAsync<TEvent, TKind>(
        TKind[] kinds, Func<TKind, Action<TEvent>, CancellationToken, ValueTask<IAsyncDisposable>> subscribe,
        [EnumeratorCancellation] CancellationToken cancel)
    {
        var queue = Channel.CreateUnbounded<TEvent>(new() { SingleReader = true });
        var subscriptions = new List<IAsyncDisposable>();
        try
        {
            foreach (TKind kind in kinds)
                subscriptions.Add(await subscribe(kind, e => queue.Writer.TryWrite(e), cancel).ConfigureAwait(false));
            await foreach (TEvent raised in queue.Reader.ReadAllAsync(cancel).ConfigureAwait(false))
                yield return raised;
        }
        finally
        {
            foreach (IAsyncDisposable subscription in subscriptions)
                await subscription.DisposeAsync().ConfigureAwait(false);
        }
    }
}
