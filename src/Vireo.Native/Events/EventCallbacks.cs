using System.Runtime.InteropServices;
using Vireo.Core.Errors;
using Vireo.Native.Connections;
using Vireo.Native.Handles;

namespace Vireo.Native.Events;

/// <summary>A callback that a program registered.</summary>
sealed unsafe class EventCallback(EventFamily family, int kind, nint function, void* opaque, delegate* unmanaged<void*, void> free, bool older)
{
    internal int Id { get; set; }
    internal EventFamily Family => family;
    internal int Kind => kind;
    internal nint Function => function;
    internal void* Opaque => opaque;

    /// <summary>Registered by virConnectDomainEventRegister, and known by its function alone.</summary>
    internal bool Older => older;

    /// <summary>Deregistered: nothing is told any more, and it goes when nobody is telling.</summary>
    internal bool Dead { get; set; }

    /// <summary>The driver's subscription.</summary>
    internal IAsyncDisposable? Subscription { get; set; }

    /// <summary>The program's data is the program's again.</summary>
    internal void Free()
    {
        if (free is not null)
            free(opaque);
    }
}

/// <summary>
/// The event callbacks of a connection. Drivers raise events on whatever thread; they wait here until the event loop calls a timer, so that callbacks run on the loop's thread
/// and never within a call. A callback holds a reference of the connection, as in libvirt. No lock is held while a program's code runs.
/// </summary>
sealed unsafe class EventCallbacks(ConnectionState connection)
{
    readonly Lock gate = new();
    readonly List<EventCallback> all = [];
    Queue<(EventCallback To, object Raised)> waiting = new();
    int next, timer = -1;
    bool telling;

    /// <summary>Registers a callback; <paramref name="subscribe"/> asks the driver, with where its events go.</summary>
    /// <exception cref="VireoException">There is no event loop, or the driver refuses.</exception>
    internal int Add(EventCallback callback, Func<Action<object>, IAsyncDisposable> subscribe)
    {
        lock (gate)
        {
            if (callback.Older && all.Exists(c => c is { Older: true, Dead: false } && c.Function == callback.Function))
                throw VireoException.InvalidArgument(ErrorDomain.None, "event callback already tracked");
        }
        EnsureTimer();
        lock (gate)
        {
            callback.Id = next++;
            all.Add(callback);
        }
        try
        {
            callback.Subscription = subscribe(raised => Take(callback, raised));
        }
        catch
        {
            lock (gate)
                all.Remove(callback);
            DropTimerIfIdle();
            throw;
        }
        HandleTable.Hold(connection.Handle);
        return callback.Id;
    }

    /// <summary>Takes a callback back.</summary>
    /// <exception cref="VireoException">There is none with this id.</exception>
    internal void Remove(int id) => Remove(c => c.Id == id,
        connection.Driver is Remote.RemoteClient ? $"event callback id {id} not registered" : $"could not find event callback {id} for deletion");

    /// <summary>Takes back what virConnectDomainEventRegister registered.</summary>
    internal void Remove(nint function) => Remove(c => c.Older && c.Function == function, $"could not find event callback 0x{function:x} for deletion");

    void Remove(Predicate<EventCallback> which, string otherwise)
    {
        EventCallback? found;
        bool now;
        lock (gate)
        {
            found = all.Find(c => !c.Dead && which(c)) ?? throw VireoException.InvalidArgument(ErrorDomain.None, otherwise);
            found.Dead = true;
            now = !telling;
            if (now)
                all.Remove(found);
        }
        try
        {
            if (found.Subscription is { } subscription)
                Sync.Wait(subscription.DisposeAsync());
        }
        finally
        {
            if (now)
            {
                DropTimerIfIdle();
                found.Free();
                HandleTable.Release(connection.Handle);
            }
        }
    }

    void Take(EventCallback to, object raised)
    {
        int wake = -1;
        lock (gate)
        {
            if (to.Dead)
                return;
            waiting.Enqueue((to, raised));
            if (waiting.Count is 1)
                wake = timer;
        }
        if (wake >= 0)
            EventLoop.EventLoop.UpdateTimeout(wake, 0);
    }

    /// <summary>On the loop's thread: tells what waits.</summary>
    void Tell()
    {
        Queue<(EventCallback To, object Raised)> batch;
        lock (gate)
        {
            if (telling || all.Count is 0)
                return;
            (batch, waiting) = (waiting, new());
            telling = true;
            HandleTable.Hold(connection.Handle);   // callbacks hold it, but one may close the connection, and take back the last
        }
        EventLoop.EventLoop.UpdateTimeout(timer, -1);
        while (batch.TryDequeue(out (EventCallback To, object Raised) one))
        {
            try
            {
                if (!one.To.Dead)
                    EventTeller.Tell(connection.Handle, one.To, one.Raised);
            }
            catch (InsufficientMemoryException)
            {
                // The event is lost, the program lives.
            }
        }
        EventCallback[] gone;
        bool more;
        lock (gate)
        {
            telling = false;
            gone = [.. all.Where(static c => c.Dead)];
            all.RemoveAll(static c => c.Dead);
            more = waiting.Count > 0;
        }
        if (more)
            EventLoop.EventLoop.UpdateTimeout(timer, 0);
        DropTimerIfIdle();
        foreach (EventCallback callback in gone)
        {
            callback.Free();
            HandleTable.Release(connection.Handle);
        }
        HandleTable.Release(connection.Handle);
    }

    void EnsureTimer()
    {
        lock (gate)
        {
            if (timer >= 0)
                return;
        }
        nint self = GCHandle.ToIntPtr(GCHandle.Alloc(this));
        int made = EventLoop.EventLoop.AddTimeout(-1, &OnTimer, (void*)self, &OnFree);
        if (made < 0)
        {
            GCHandle.FromIntPtr(self).Free();
            throw VireoException.Internal(ErrorDomain.None, "could not initialize domain event timer");
        }
        lock (gate)
            timer = made;
    }

    void DropTimerIfIdle()
    {
        int idle;
        lock (gate)
        {
            if (all.Count > 0 || timer < 0)
                return;
            (idle, timer) = (timer, -1);
            waiting.Clear();
        }
        EventLoop.EventLoop.RemoveTimeout(idle);
    }

    [UnmanagedCallersOnly]
    static void OnTimer(int timer, void* self)
    {
        try
        {
            (GCHandle.FromIntPtr((nint)self).Target as EventCallbacks)?.Tell();
        }
        catch (Exception)
        {
            // No memory for a handle: the event is lost, the program lives.
        }
    }

    [UnmanagedCallersOnly]
    static void OnFree(void* self) => GCHandle.FromIntPtr((nint)self).Free();
}
