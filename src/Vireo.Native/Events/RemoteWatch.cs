using System.Runtime.InteropServices;
using Vireo.Core.Errors;
using Vireo.Driver;
using Vireo.Native.Connections;
using Vireo.Native.Handles;
using Vireo.Remote;
using Vireo.Rpc.Client;

namespace Vireo.Native.Events;

/// <summary>
/// A daemon's connection in the program's event loop: what comes in while nobody calls is read, and events that came in during calls are told. The loop that is there when
/// the connection is opened is used, as in libvirt.
/// </summary>
sealed unsafe class RemoteWatch : IDisposable
{
    const int Readable = 1;   // VIR_EVENT_HANDLE_READABLE

    readonly ConnectionState connection;
    readonly BlockingRpcChannel channel;
    readonly Lock gate = new();
    readonly Link link;
    int watch = -1, timer = -1, pings = -1;
    volatile bool over;

    /// <summary>
    /// What the loop holds. A loop lets go of what is removed when it runs the next time, which may be never: until then it shall not hold a connection that is closed.
    /// </summary>
    sealed class Link(RemoteWatch watch)
    {
        internal volatile RemoteWatch? To = watch;
    }

    RemoteWatch(ConnectionState connection, BlockingRpcChannel channel)
    {
        (this.connection, this.channel) = (connection, channel);
        link = new Link(this);
    }

    /// <summary>Null: there is no event loop, or nothing to watch.</summary>
    internal static RemoteWatch? Start(ConnectionState connection)
    {
        if (connection.Driver is not ProgramClient { Blocking: { } channel })
            return null;
        var made = new RemoteWatch(connection, channel);
        nint self = GCHandle.ToIntPtr(GCHandle.Alloc(made.link));
        made.timer = EventLoop.EventLoop.AddTimeout(-1, &OnTimer, (void*)self, &OnFree);
        if (made.timer < 0)
        {
            GCHandle.FromIntPtr(self).Free();
            return null;
        }
        self = GCHandle.ToIntPtr(GCHandle.Alloc(made.link));
        made.watch = EventLoop.EventLoop.AddHandle(channel.Descriptor, Readable, &OnReadable, (void*)self, &OnFree);
        if (made.watch < 0)
        {
            GCHandle.FromIntPtr(self).Free();
            EventLoop.EventLoop.RemoveTimeout(made.timer);
            return null;
        }
        channel.EventsWaiting = made.Wake;
        return made;
    }

    /// <summary>Pings every so many seconds: the channel does it when it works, and the loop makes it work.</summary>
    internal void Keepalive(int seconds)
    {
        lock (gate)
        {
            if (pings >= 0)
                EventLoop.EventLoop.UpdateTimeout(pings, seconds > 0 ? seconds * 1000 : -1);
            else if (seconds > 0)
            {
                nint self = GCHandle.ToIntPtr(GCHandle.Alloc(link));
                pings = EventLoop.EventLoop.AddTimeout(seconds * 1000, &OnTimer, (void*)self, &OnFree);
                if (pings < 0)
                    GCHandle.FromIntPtr(self).Free();
            }
        }
    }

    void Wake()
    {
        if (!over)
            EventLoop.EventLoop.UpdateTimeout(timer, 0);
    }

    /// <summary>On the loop's thread.</summary>
    void Work(bool isWake)
    {
        Handle* handle = connection.Handle;
        lock (gate)
        {
            // The handle's memory goes after the watch has stopped. Callbacks may close the connection: it is held meanwhile.
            if (over || !HandleTable.TryHold(handle))
                return;
        }
        if (isWake)
            EventLoop.EventLoop.UpdateTimeout(timer, -1);
        channel.ProcessInput();
        connection.LookAtStreams();
        if (channel.Ended is { } why && !over)
        {
            Stop();
            connection.LookAtStreams();
            connection.Close.Tell(ReasonOf(why));
        }
        HandleTable.Release(handle);
    }

    static ConnectCloseReason ReasonOf(VirError why) => why == ChannelErrors.EndOfFile() ? ConnectCloseReason.Eof
        : why == ChannelErrors.KeepaliveTimeout() ? ConnectCloseReason.Keepalive : ConnectCloseReason.Error;

    void Stop()
    {
        lock (gate)
        {
            if (over)
                return;
            over = true;
            link.To = null;
        }
        channel.EventsWaiting = null;
        EventLoop.EventLoop.RemoveHandle(watch);
        EventLoop.EventLoop.RemoveTimeout(timer);
        if (pings >= 0)
            EventLoop.EventLoop.RemoveTimeout(pings);
    }

    public void Dispose() => Stop();

    [UnmanagedCallersOnly]
    static void OnReadable(int watch, int fd, int events, void* self) => Run(self, isWake: false);

    [UnmanagedCallersOnly]
    static void OnTimer(int timer, void* self) => Run(self, isWake: true);

    static void Run(void* self, bool isWake)
    {
        try
        {
            (GCHandle.FromIntPtr((nint)self).Target as Link)?.To?.Work(isWake);
        }
        catch (Exception)
        {
            // What is wrong with the connection its next call says.
        }
    }

    [UnmanagedCallersOnly]
    static void OnFree(void* self) => GCHandle.FromIntPtr((nint)self).Free();
}
