using System.Diagnostics;
using Vireo.Native.Interop;

namespace Vireo.Native.EventLoop;

/// <summary>
/// The library's own event loop: whoever calls <c>virEventRunDefaultImpl</c> does one round of it. As in libvirt, which uses GLib's, a round waits for the first that is
/// ready, calls everything that is ready by then in the order in which it was armed, and frees what was removed only in a round in which nothing is ready.
/// </summary>
static unsafe partial class DefaultLoop
{
    static readonly object gate = new();
    static readonly List<Armed> armed = [];
    static readonly Dictionary<int, LoopSource> watches = [], timers = [];
    static readonly Queue<LoopSource> removed = new();
    static int nextWatch = 1, nextTimer = 1;

    internal static int AddHandle(
        int fd, int events, delegate* unmanaged<int, int, int, void*, void> callback, void* opaque, delegate* unmanaged<void*, void> free)
    {
        lock (gate)
        {
            var source = new LoopSource { Number = nextWatch++, Fd = fd, HandleCallback = callback, Opaque = opaque, Free = free, Events = events };
            watches.Add(source.Number, source);
            ArmHandle(source);
            return source.Number;
        }
    }

    internal static void UpdateHandle(int watch, int events)
    {
        lock (gate)
        {
            if (!watches.TryGetValue(watch, out LoopSource? source) || source.Events == events)
                return;
            source.Events = events;
            ArmHandle(source);
        }
    }

    internal static int RemoveHandle(int watch) => Remove(watches, watch);

    internal static int AddTimeout(int interval, delegate* unmanaged<int, void*, void> callback, void* opaque, delegate* unmanaged<void*, void> free)
    {
        lock (gate)
        {
            var source = new LoopSource { Number = nextTimer++, TimeoutCallback = callback, Opaque = opaque, Free = free };
            timers.Add(source.Number, source);
            ArmTimeout(source, interval);
            return source.Number;
        }
    }

    internal static void UpdateTimeout(int timer, int interval)
    {
        lock (gate)
        {
            if (timers.TryGetValue(timer, out LoopSource? source))
                ArmTimeout(source, interval);
        }
    }

    internal static int RemoveTimeout(int timer) => Remove(timers, timer);

    static int Remove(Dictionary<int, LoopSource> table, int number)
    {
        lock (gate)
        {
            if (!table.Remove(number, out LoopSource? source))
                return -1;
            Disarm(source);
            removed.Enqueue(source);
            WakeOther();
            return 0;
        }
    }

    static void ArmHandle(LoopSource source)
    {
        // What went wrong is told whether it is asked for or not, as poll(2) does.
        short asked = (short)(((source.Events & 1) != 0 ? PollFd.In : 0) | ((source.Events & 2) != 0 ? PollFd.Out : 0) | PollFd.Error | PollFd.HangUp);
        Arm(source, source.Events is 0 ? null : new Armed(source) { PollEvents = asked });
    }

    static void ArmTimeout(LoopSource source, int interval) =>
        Arm(source, interval < 0 ? null : new Armed(source) { Interval = interval * 1000L, Due = Now() + (interval * 1000L) });

    static void Arm(LoopSource source, Armed? state)
    {
        Disarm(source);
        source.Armed = state;
        if (state is not null)
            armed.Add(state);
        WakeOther();
    }

    static void Disarm(LoopSource source)
    {
        if (source.Armed is not { } state)
            return;
        state.Gone = true;
        armed.Remove(state);
        source.Armed = null;
    }

    static long Now() => (long)(Stopwatch.GetTimestamp() * (1_000_000.0 / Stopwatch.Frequency));
}
