using Vireo.Native.Interop;

namespace Vireo.Native.EventLoop;

// A round of the loop. The lock is held to look at the sources, never while waiting or calling.
static unsafe partial class DefaultLoop
{
    /// <summary>How long a round waits in milliseconds, where another thread has no means to wake it, and where nothing can be waited for.</summary>
    const int Unwakeable = 100, Unpollable = 10;

    static int owner, depth, process, waker = -1;

    /// <summary>Does one round. A thread that comes while another one is at it waits until that one is through; a callback may do a round within its own.</summary>
    internal static void RunOnce()
    {
        Enter();
        try
        {
            Round();
        }
        finally
        {
            Leave();
        }
    }

    static void Round()
    {
        List<Armed> polled = [];
        PollFd[] descriptors;
        int timeout;
        lock (gate)
        {
            if (waker < 0)
                waker = PollCalls.NewWaker();
            polled.AddRange(armed.Where(state => state.Source.Fd >= 0 && !state.Running));
            descriptors = new PollFd[polled.Count + 1];
            for (int i = 0; i < polled.Count; i++)
                descriptors[i] = new PollFd { Fd = polled[i].Source.Fd, Events = polled[i].PollEvents };
            descriptors[^1] = new PollFd { Fd = waker, Events = PollFd.In };
            timeout = waker < 0 ? Sooner(Timeout(), Unwakeable) : Timeout();
        }
        fixed (PollFd* at = descriptors)
        {
            if (PollCalls.poll(at, (nuint)descriptors.Length, timeout) < 0)
            {
                // More descriptors than the process may have, say: timers go on, and the program's loop does not spin.
                if (PollCalls.Failed)
                    _ = PollCalls.poll(null, 0, Sooner(timeout, Unpollable));
                foreach (ref PollFd descriptor in descriptors.AsSpan())
                    descriptor.Returned = 0;
            }
        }

        List<(Armed State, int Events)> ready;
        LoopSource[] freed = [];
        long now;
        lock (gate)
        {
            if (descriptors[^1].Returned != 0)
            {
                ulong count;
                _ = Libc.read(waker, &count, sizeof(ulong));
            }
            now = Now();
            ready = Ready(polled, descriptors, now);
            if (ready.Count is 0)
            {
                freed = [.. removed];
                removed.Clear();
            }
        }
        foreach ((Armed state, int events) in ready)
            Call(state, events, now);
        foreach (LoopSource source in freed)
        {
            if (source.Free is not null)
                source.Free(source.Opaque);
        }
    }

    static int Sooner(int timeout, int most) => timeout < 0 ? most : Math.Min(timeout, most);

    /// <summary>How many milliseconds may pass until something is due; -1: any.</summary>
    static int Timeout()
    {
        if (removed.Count > 0)
            return 0;
        long first = long.MaxValue;
        foreach (Armed state in armed)
        {
            if (state.Source.Fd < 0 && !state.Running)
                first = Math.Min(first, state.Due);
        }
        return first is long.MaxValue ? -1 : (int)Math.Clamp((first - Now() + 999) / 1000, 0, int.MaxValue);
    }

    static List<(Armed State, int Events)> Ready(List<Armed> polled, PollFd[] descriptors, long now)
    {
        var returned = new Dictionary<Armed, short>(polled.Count);
        for (int i = 0; i < polled.Count; i++)
        {
            if ((descriptors[i].Returned & polled[i].PollEvents) is not 0 and var events)
                returned.Add(polled[i], (short)events);
        }
        List<(Armed, int)> ready = [];
        foreach (Armed state in armed)
        {
            if (state.Running)
                continue;
            if (state.Source.Fd < 0 && state.Due <= now)
                ready.Add((state, 0));
            else if (returned.TryGetValue(state, out short events))
                ready.Add((state, Events(events)));
        }
        return ready;
    }

    static int Events(short polled) => ((polled & PollFd.In) != 0 ? 1 : 0) | ((polled & PollFd.Out) != 0 ? 2 : 0) | ((polled & PollFd.Error) != 0 ? 4 : 0) | ((polled & PollFd.HangUp) != 0 ? 8 : 0);

    static void Call(Armed state, int events, long now)
    {
        lock (gate)
        {
            if (state.Gone || state.Running)
                return;
            state.Running = true;
        }
        state.Source.Call(events);
        lock (gate)
        {
            state.Running = false;
            state.Due = now + state.Interval;
        }
    }

    static void Enter()
    {
        int self = Environment.CurrentManagedThreadId;
        lock (gate)
        {
            if (process != PollCalls.getpid())
                BeginInProcess();
            while (owner != 0 && owner != self)
                Monitor.Wait(gate);
            owner = self;
            depth++;
        }
    }

    static void Leave()
    {
        lock (gate)
        {
            if (--depth is 0)
            {
                owner = 0;
                Monitor.Pulse(gate);
            }
        }
    }

    /// <summary>The first round of a process: a child has the parent's sources, but neither its threads nor its waker, which would wake the parent.</summary>
    static void BeginInProcess()
    {
        (owner, depth) = (0, 0);
        process = PollCalls.getpid();
        if (waker >= 0)
            _ = Libc.close(waker);
        waker = PollCalls.NewWaker();
    }

    /// <summary>Lets another thread that is at a round look again.</summary>
    static void WakeOther()
    {
        if (owner is 0 || owner == Environment.CurrentManagedThreadId || waker < 0)
            return;
        ulong one = 1;
        _ = Libc.write(waker, &one, sizeof(ulong));
    }
}
