using Vireo.Core.Errors;
using Vireo.Driver;

namespace Vireo.Remote;

/// <summary>
/// Which sinks a callback id means. Who wants to hear the same shares one registration at the daemon, which would refuse a second. An event can be faster than the reply that
/// tells its id: it waits here.
/// </summary>
sealed class EventRegistry(RemoteClient client)
{
    readonly Lock gate = new();
    readonly Dictionary<int, Shared> byId = [];
    readonly Dictionary<object, Shared> byKey = [];
    readonly List<Early> early = [];
    int registering;

    /// <summary>An event that came before its callback's id.</summary>
    readonly record struct Early(int Callback, object Raised);

    /// <summary>One registration at the daemon.</summary>
    sealed class Shared(int id, object key, Func<ISessionCalls, int, ValueTask> forget)
    {
        internal int Id => id;
        internal object Key => key;
        internal Func<ISessionCalls, int, ValueTask> Forget => forget;
        internal Registration[] Sinks { get; set; } = [];
    }

    /// <summary>Registers: <paramref name="ask"/> gives the id, <paramref name="forget"/> takes it back.</summary>
    /// <param name="key">What is wanted: the same for who wants the same.</param>
    /// <param name="ask">Asks the daemon.</param>
    /// <param name="forget">Takes it back.</param>
    /// <param name="sink">Where events go.</param>
    /// <typeparam name="TEvent">The family of this registry.</typeparam>
    internal ValueTask<IAsyncDisposable> AddAsync<TEvent>(
        object key, Func<ISessionCalls, ValueTask<int>> ask, Func<ISessionCalls, int, ValueTask> forget, Action<TEvent> sink) where TEvent : class =>
        AddAsync(key, ask, forget, raised => sink((TEvent)raised));

    async ValueTask<IAsyncDisposable> AddAsync(
        object key, Func<ISessionCalls, ValueTask<int>> ask, Func<ISessionCalls, int, ValueTask> forget, Action<object> sink)
    {
        if (Share(key, sink) is { } shared)
            return shared;
        lock (gate)
            registering++;
        int id;
        try
        {
            id = await ask(client.Session).ConfigureAwait(false);
        }
        catch (VireoException) when (Share(key, sink) is not null and var late)
        {
            // Somebody else registered the same at that moment.
            Registered();
            return late;
        }
        catch
        {
            Registered();
            throw;
        }
        var registration = new Registration(this, sink);
        object[] waiting;
        lock (gate)
        {
            registering--;
            waiting = [.. early.Where(e => e.Callback == id).Select(e => e.Raised)];
            early.RemoveAll(e => e.Callback == id || registering is 0);
            var made = new Shared(id, key, forget) { Sinks = [registration] };
            registration.Of = made;
            byId[id] = made;
            byKey.TryAdd(key, made);
        }
        foreach (object raised in waiting)
            sink(raised);
        return registration;
    }

    Registration? Share(object key, Action<object> sink)
    {
        lock (gate)
        {
            if (!byKey.TryGetValue(key, out Shared? known))
                return null;
            var registration = new Registration(this, sink) { Of = known };
            known.Sinks = [.. known.Sinks, registration];
            return registration;
        }
    }

    void Registered()
    {
        lock (gate)
        {
            if (--registering is 0)
                early.Clear();
        }
    }

    internal void Deliver(int callback, object raised)
    {
        Registration[] sinks;
        lock (gate)
        {
            if (!byId.TryGetValue(callback, out Shared? known))
            {
                if (registering > 0)
                    early.Add(new(callback, raised));
                return;
            }
            sinks = known.Sinks;
        }
        foreach (Registration one in sinks)
            one.Sink(raised);
    }

    sealed class Registration(EventRegistry registry, Action<object> sink) : IAsyncDisposable
    {
        internal Action<object> Sink => sink;
        internal Shared? Of { get; set; }

        public ValueTask DisposeAsync()
        {
            Shared of;
            lock (registry.gate)
            {
                if (Of is not { } known)
                    return default;
                of = known;
                Of = null;
                of.Sinks = [.. of.Sinks.Where(one => one != this)];
                if (of.Sinks.Length > 0)
                    return default;
                registry.byId.Remove(of.Id);
                if (registry.byKey.GetValueOrDefault(of.Key) == of)
                    registry.byKey.Remove(of.Key);
            }
            return registry.Ended ? default : of.Forget(registry.Session, of.Id);
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
