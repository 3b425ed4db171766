using Vireo.Driver;

namespace Vireo.Remote;

/// <summary>Which sink a callback id means. An event can be faster than the reply that tells its id: it waits here.</summary>
sealed class EventRegistry<TEvent>(RemoteClient client) where TEvent : class
{
    readonly Lock gate = new();
    readonly Dictionary<int, Action<TEvent>> sinks = [];
    readonly List<(int Callback, TEvent Raised)> early = [];
    int registering;

    /// <summary>Registers: <paramref name="ask"/> gives the id, <paramref name="forget"/> takes it back.</summary>
    internal async ValueTask<IAsyncDisposable> AddAsync(
        Func<ISessionCalls, ValueTask<int>> ask, Func<ISessionCalls, int, ValueTask> forget, Action<TEvent> sink)
    {
        lock (gate)
            registering++;
        int id = 0;
        bool known = false;
        try
        {
            id = await ask(client.Session).ConfigureAwait(false);
            known = true;
        }
        finally
        {
            TEvent[] waiting;
            lock (gate)
            {
                registering--;
                waiting = known ? [.. early.Where(e => e.Callback == id).Select(e => e.Raised)] : [];
                early.RemoveAll(e => (known && e.Callback == id) || registering is 0);
                if (known)
                    sinks[id] = sink;
            }
            foreach (TEvent raised in waiting)
                sink(raised);
        }
        return new Registration(this, id, forget);
    }

    internal void Deliver(int callback, TEvent raised)
    {
        Action<TEvent>? sink;
        lock (gate)
        {
            if (!sinks.TryGetValue(callback, out sink))
            {
                if (registering > 0)
                    early.Add((callback, raised));
                return;
            }
        }
        sink(raised);
    }

    sealed class Registration(EventRegistry<TEvent> registry, int id, Func<ISessionCalls, int, ValueTask> forget) : IAsyncDisposable
    {
        public ValueTask DisposeAsync()
        {
            lock (registry.gate)
            {
                if (!registry.sinks.Remove(id))
                    return default;
            }
            return registry.Ended ? default : forget(registry.Session, id);
        }
    }

    bool Ended => client.Closed.IsCompleted;

    ISessionCalls Session => client.Session;
}

/// <summary>Who wants to hear that the daemon lost its hypervisor.</summary>
sealed class CloseRegistry
{
    readonly EventHub<object> hub = new();

    /// <summary>Whether the daemon tells.</summary>
    internal bool Supported { get; set; }

    internal EventSubscription Add(Action<ConnectCloseReason> sink) => hub.Subscribe(static _ => true, reason => sink((ConnectCloseReason)reason));

    internal void Raise(ConnectCloseReason reason) => hub.Raise(reason);
}
