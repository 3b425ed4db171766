namespace Vireo.Driver;

/// <summary>
/// Fans events out to whoever subscribed. Sinks are called on the raising thread, in order, and must not block; one that
/// throws harms nobody else. For a driver to hold, one for each family.
/// </summary>
/// <typeparam name="TEvent">The family.</typeparam>
public sealed class EventHub<TEvent>(Action<Exception>? sinkFailed = null) where TEvent : class
{
    readonly Lock gate = new();
    Subscription[] subscriptions = [];

    sealed class Subscription(EventHub<TEvent> hub, Func<TEvent, bool> wanted, Action<TEvent> sink) : EventSubscription
    {
        volatile bool gone;

        internal void Offer(TEvent raised)
        {
            if (!gone && wanted(raised))
                sink(raised);
        }

        public override void Dispose()
        {
            gone = true;
            lock (hub.gate)
                hub.subscriptions = Array.FindAll(hub.subscriptions, s => s != this);
        }
    }

    /// <summary>Whether anybody listens: spares making events that nobody hears.</summary>
    public bool HasListeners => subscriptions.Length > 0;

    /// <summary>Calls <paramref name="sink"/> for each event that is <paramref name="wanted"/>, until disposed.</summary>
    public EventSubscription Subscribe(Func<TEvent, bool> wanted, Action<TEvent> sink)
    {
        var subscription = new Subscription(this, wanted, sink);
        lock (gate)
            subscriptions = [.. subscriptions, subscription];
        return subscription;
    }

    /// <summary>Tells everybody.</summary>
    public void Raise(TEvent raised)
    {
        foreach (Subscription subscription in Volatile.Read(ref subscriptions))
        {
            try
            {
                subscription.Offer(raised);
            }
            catch (Exception failure)
            {
                sinkFailed?.Invoke(failure);
            }
        }
    }
}

/// <summary>A registration for events; ends when disposed of.</summary>
public abstract class EventSubscription : IDisposable, IAsyncDisposable
{
    /// <inheritdoc/>
    public abstract void Dispose();

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        Dispose();
        GC.SuppressFinalize(this);
        return default;
    }
}
