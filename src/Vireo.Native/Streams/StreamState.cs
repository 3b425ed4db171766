using System.Runtime.InteropServices;
using Vireo.Core.Errors;
using Vireo.Native.Connections;
using Vireo.Native.Events;
using Vireo.Native.Handles;

namespace Vireo.Native.Streams;

/// <summary>The managed half of a virStreamPtr.</summary>
sealed unsafe class StreamState(ConnectionState connection, bool waits) : IDisposable
{
    internal const int Readable = 1, Writable = 2;

    readonly Lock gate = new();
    StreamCallback? callback;

    /// <summary>Calls wait until they can do something (the stream was not made with VIR_STREAM_NONBLOCK).</summary>
    internal bool Waits => waits;

    /// <summary>The driver's end; null: no call has opened the stream.</summary>
    internal StreamEnd? End { get; private set; }

    /// <summary>The handle whose half this is.</summary>
    internal Handle* Handle { get; init; }

    internal void Open(StreamEnd end)
    {
        End?.Dispose();
        End = end;
    }

    /// <summary>The driver's end.</summary>
    /// <exception cref="VireoException">No call has opened the stream.</exception>
    internal StreamEnd Require(string function) => End ?? throw VireoException.NoSupport(function, ErrorDomain.Streams);

    internal void Watch(int events, delegate* unmanaged<Handle*, int, void*, void> call, void* opaque, delegate* unmanaged<void*, void> free)
    {
        lock (gate)
        {
            if (callback is not null)
                throw VireoException.Internal(ErrorDomain.Streams, "multiple stream callbacks not supported");
            callback = new StreamCallback(this, call, opaque, free);
        }
        try
        {
            callback.Start(events);
        }
        catch
        {
            lock (gate)
                callback = null;
            throw;
        }
        connection.Watched(this);
    }

    internal void Watch(int events)
    {
        StreamCallback current;
        lock (gate)
            current = callback ?? throw VireoException.Internal(ErrorDomain.Streams, "no stream callback registered");
        current.Update(events);
    }

    internal void Unwatch()
    {
        StreamCallback current;
        lock (gate)
        {
            current = callback ?? throw VireoException.Internal(ErrorDomain.Streams, "no stream callback registered");
            callback = null;
        }
        connection.Unwatched(this);
        current.Stop();
    }

    /// <summary>Something came in: the program may want to know.</summary>
    internal void Look()
    {
        StreamCallback? current;
        lock (gate)
            current = callback;
        current?.Look();
    }

    public void Dispose()
    {
        StreamCallback? current;
        lock (gate)
            (current, callback) = (callback, null);
        if (current is not null)
        {
            connection.Unwatched(this);
            current.Stop();
        }
        End?.Dispose();
    }
}

/// <summary>A program's callback for a stream: it is called from the event loop, by a timer that runs while something can be done.</summary>
sealed unsafe class StreamCallback(StreamState stream, delegate* unmanaged<Handle*, int, void*, void> call, void* opaque, delegate* unmanaged<void*, void> free)
{
    readonly Lock gate = new();
    int timer = -1;
    volatile int wanted;
    volatile bool stopped;

    internal void Start(int events)
    {
        wanted = events;
        nint self = GCHandle.ToIntPtr(GCHandle.Alloc(this));
        int made = EventLoop.EventLoop.AddTimeout(Ready is 0 ? -1 : 0, &OnTimer, (void*)self, &OnFree);
        if (made < 0)
        {
            GCHandle.FromIntPtr(self).Free();
            throw VireoException.Internal(ErrorDomain.Streams, "could not initialize stream timer");
        }
        timer = made;
        Look();
    }

    int Ready => (stream.End?.Ready ?? 0) & wanted;

    internal void Update(int events)
    {
        wanted = events;
        Look();
    }

    /// <summary>The timer runs exactly while there is something to tell.</summary>
    internal void Look()
    {
        if (!stopped && timer >= 0)
            EventLoop.EventLoop.UpdateTimeout(timer, Ready is 0 ? -1 : 0);
    }

    internal void Stop()
    {
        lock (gate)
            stopped = true;
        if (timer >= 0)
            EventLoop.EventLoop.RemoveTimeout(timer);
    }

    void Tell()
    {
        Handle* handle = stream.Handle;
        lock (gate)
        {
            // The handle's memory goes after the callback has stopped. It may free the stream, which is held meanwhile.
            if (stopped || !HandleTable.TryHold(handle))
                return;
        }
        int ready = Ready;
        if (ready is 0)
        {
            Look();
            HandleTable.Release(handle);
            return;
        }
        call(handle, ready, opaque);
        Look();
        HandleTable.Release(handle);
    }

    [UnmanagedCallersOnly]
    static void OnTimer(int timer, void* self)
    {
        try
        {
            (GCHandle.FromIntPtr((nint)self).Target as StreamCallback)?.Tell();
        }
        catch (Exception)
        {
            // What is wrong with the stream its next call says.
        }
    }

    [UnmanagedCallersOnly]
    static void OnFree(void* self)
    {
        GCHandle handle = GCHandle.FromIntPtr((nint)self);
        (handle.Target as StreamCallback)?.Free();
        handle.Free();
    }

    void Free()
    {
        if (free is not null)
            free(opaque);
    }
}
