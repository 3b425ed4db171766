using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Diagnostics;
using System.Runtime.InteropServices;
using Vireo.Core.Errors;
using Vireo.Rpc.Xdr;
using static Vireo.Rpc.Posix.Libc;

namespace Vireo.Rpc.Server;

/// <summary>What other threads ask of an epoll thread.</summary>
enum MailKind { Continue, Unblock, Ready, Times, AllTimes, Accept, Shaken }

/// <summary>A request to an epoll thread.</summary>
readonly record struct Mail(
    MailKind Kind, Connection? Connection = null, ServerStream? Stream = null, bool Over = false, string? Refusal = null);

/// <summary>
/// A thread that waits for its connections, reads them and runs what cannot block. One buffer serves all of them.
/// Its only clock is the timeout of epoll_wait: keepalive is looked at when the earliest connection is due.
/// </summary>
sealed unsafe class PollThread : IDisposable
{
    const int BufferSize = 64 * 1024, Batch = 64;
    const ulong WakeKey = 0;
    const long RetryAccept = 1000;

    readonly RpcServer server;
    readonly TimeProvider clock;
    readonly int epoll, wake;
    readonly Thread thread;
    readonly ConcurrentQueue<Mail> mail = new();
    readonly Lock slotsGate = new();
    readonly List<int> free = [];
    volatile object?[] slots = new object?[16];
    int used = 1;
    uint generation;
    int awake;
    volatile bool stopping, leaving;
    BusyPoll poll;
    byte[]? plain;
    Connection? lastCaller;
    bool askOthers;
    long nextTimes = long.MaxValue, nextAccept = long.MaxValue;

    internal PollThread(RpcServer server, TimeProvider clock, int index)
    {
        (this.server, this.clock) = (server, clock);
        epoll = Checked(epoll_create1(EPOLL_CLOEXEC));
        wake = Checked(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK));
        Watch(EPOLL_CTL_ADD, wake, EPOLLIN, WakeKey);
        Now = Clock();
        poll = new BusyPoll((long)(server.Options.BusyPoll.TotalSeconds * Stopwatch.Frequency));
        thread = new Thread(Run, 1024 * 1024) { Name = $"rpc-{index}", IsBackground = true };
    }

    internal byte[] Buffer { get; } = GC.AllocateUninitializedArray<byte>(BufferSize, pinned: true);
    internal StringPool Strings { get; } = new();

    /// <summary>For what a security layer gives; there is none before the first such layer.</summary>
    internal byte[] Plain => plain ??= GC.AllocateUninitializedArray<byte>(BufferSize);

    /// <summary>Milliseconds, as of the last wake-up.</summary>
    internal long Now { get; private set; }

    /// <summary>Connections it owns.</summary>
    internal int Count;

    internal void Start() => thread.Start();

    static int Checked(int fd) => fd >= 0 ? fd : throw VireoException.System(ErrorDomain.Rpc, LastError, "Unable to create an event loop");

    long Clock() => (long)clock.GetElapsedTime(0).TotalMilliseconds;

    // struct epoll_event is packed on x86-64 and aligned elsewhere.
    static readonly int EventSize = RuntimeInformation.ProcessArchitecture is Architecture.X64 ? 12 : 16;
    static readonly int KeyOffset = EventSize - 8;

    internal void Watch(int operation, int fd, uint events, ulong key)
    {
        byte* change = stackalloc byte[16];
        *(uint*)change = events;
        *(ulong*)(change + KeyOffset) = key;
        _ = epoll_ctl(epoll, operation, fd, change);
    }

    /// <summary>Gives a connection or a listener to this thread; any thread.</summary>
    internal ulong Add(object what)
    {
        lock (slotsGate)
        {
            int slot;
            if (free.Count > 0)
            {
                slot = free[^1];
                free.RemoveAt(free.Count - 1);
            }
            else
            {
                slot = used++;
                if (slot == slots.Length)
                {
                    object?[] larger = new object?[slots.Length * 2];
                    slots.CopyTo(larger, 0);
                    slots = larger;
                }
            }
            slots[slot] = what;
            return ((ulong)++generation << 32) | (uint)slot;
        }
    }

    internal void Attach(Connection connection)
    {
        Interlocked.Increment(ref Count);
        connection.Key = Add(connection);
        Watch(EPOLL_CTL_ADD, connection.Fd, Connection.FirstInterest, connection.Key);
        if (Thread.CurrentThread == thread)
            Note(connection);
        else
            Post(new Mail(MailKind.Times, connection));
    }

    internal void Remove(Connection connection)
    {
        Interlocked.Decrement(ref Count);
        if (lastCaller == connection)
            lastCaller = null;
        Watch(EPOLL_CTL_DEL, connection.Fd, 0, 0);
        Release(connection.Key);
    }

    internal void Release(ulong key)
    {
        lock (slotsGate)
        {
            slots[(uint)key] = null;
            free.Add((int)(uint)key);
        }
    }

    internal void Post(in Mail request)
    {
        mail.Enqueue(request);
        Wake();
    }

    /// <summary>Makes the thread look at its mail and its clock.</summary>
    internal void Wake()
    {
        if (Interlocked.Exchange(ref awake, 1) != 0)
            return;
        ulong one = 1;
        _ = write(wake, &one, sizeof(ulong));
    }

    void Run()
    {
        byte* events = stackalloc byte[16 * Batch];
        while (!stopping)
        {
            int count = Wait(events, out long waited, out bool slept);
            Now = Clock();
            if (count > 0)
                lastCaller = null;
            for (int i = 0; i < count; i++)
            {
                byte* one = events + i * EventSize;
                Handle(*(uint*)one, *(ulong*)(one + KeyOffset));
            }
            if (count > 1)
                lastCaller = null;
            poll.Came(waited, slept);
            if (Now >= nextTimes)
                CheckTimes();
            if (Now >= nextAccept)
            {
                nextAccept = long.MaxValue;
                server.UpdateAccepting();
            }
        }
        if (leaving)
            return;
        foreach (object? left in slots)
            (left as Connection)?.Close("the server stops");
        _ = close(epoll);
        _ = close(wake);
    }

    /// <summary>
    /// Waits for events. While calls follow each other closely it looks again before it sleeps, and gives the processor to
    /// whoever else wants it between the looks: a client that shares it goes on at once. 0: nothing is left to handle.
    /// </summary>
    int Wait(byte* events, out long waited, out bool slept)
    {
        long start = Stopwatch.GetTimestamp(), now = start, budget = poll.Budget;
        int count = 0;
        bool served = false;
        if (budget > 0 && server.MayStayAwake())
        {
            for (; now - start < budget; now = Stopwatch.GetTimestamp())
            {
                _ = sched_yield();
                // The one that called last is asked directly, which is quicker; the others are never more than one look behind.
                if (lastCaller is { } likely && !askOthers)
                    served = likely.OnReadable() || likely.OnReadable();
                askOthers = served;
                if (!served)
                    count = epoll_wait(epoll, events, Batch, 0);
                if (served || count != 0)
                    break;
            }
            server.StayedAwake();
        }
        if (count == 0 && !served)
        {
            count = epoll_wait(epoll, events, Batch, Timeout());
            now = Stopwatch.GetTimestamp();
        }
        waited = now - start;
        slept = budget == 0;
        return count;
    }

    int Timeout()
    {
        long next = Math.Min(nextTimes, nextAccept);
        return next == long.MaxValue ? -1 : (int)Math.Clamp(next - Clock(), 0, 60_000);
    }

    void Handle(uint events, ulong key)
    {
        if (key == WakeKey)
        {
            ReadMail();
            return;
        }
        switch (slots[(uint)key])
        {
            // The key's other half tells a slot's new owner from the old one that an event in this batch still names.
            case Connection connection when connection.Key == key:
                if ((events & EPOLLOUT) != 0)
                    connection.OnWritable();
                if ((events & (EPOLLIN | EPOLLRDHUP)) != 0 && connection.OnReadable() && connection.IsOpen)
                    lastCaller = connection;
                if ((events & (EPOLLHUP | EPOLLERR)) != 0)
                    connection.OnHangup();
                break;
            case Listener listener when listener.Key == key:
                if (!listener.Accept(server))
                    nextAccept = Now + RetryAccept;
                break;
        }
    }

    /// <summary>For who waits in the place of a thread that has left: until somebody writes to it. False: nobody did in time.</summary>
    internal bool WaitForMail(TimeSpan most)
    {
        var letter = new Pollfd { Fd = wake, Events = POLLIN };
        int count = Posix.Libc.poll(&letter, 1, (int)Math.Max(0, most.TotalMilliseconds));
        if (count > 0)
            Opened();
        return count > 0 || (count < 0 && LastError is EINTR);
    }

    void Opened()
    {
        ulong ignored;
        _ = read(wake, &ignored, sizeof(ulong));
        Interlocked.Exchange(ref awake, 0);
    }

    void ReadMail()
    {
        Opened();
        while (mail.TryDequeue(out Mail request))
        {
            switch (request.Kind)
            {
                case MailKind.Continue:
                    request.Connection!.Continue();
                    break;
                case MailKind.Unblock:
                    request.Connection!.Unblock(request.Stream!);
                    break;
                case MailKind.Ready:
                    request.Stream!.Ready();
                    break;
                case MailKind.Times:
                    Note(request.Connection!);
                    break;
                case MailKind.AllTimes:
                    CheckTimes();
                    break;
                case MailKind.Shaken:
                    request.Connection!.OnShaken(request.Over, request.Refusal);
                    break;
                case MailKind.Accept:
                    server.UpdateAccepting();
                    break;
            }
        }
    }

    void Note(Connection connection) => nextTimes = Math.Min(nextTimes, connection.CheckTimes(Now));

    void CheckTimes()
    {
        long next = long.MaxValue;
        foreach (object? slot in slots)
            if (slot is Connection connection)
                next = Math.Min(next, connection.CheckTimes(Now));
        nextTimes = next;
    }

    /// <summary>Its connections, as of some moment; any thread.</summary>
    internal void AddClients(List<Connection> to)
    {
        lock (slotsGate)
            foreach (object? slot in slots)
                if (slot is Connection { IsOpen: true } connection)
                    to.Add(connection);
    }

    internal void Stop()
    {
        stopping = true;
        Wake();
    }

    /// <summary>Stops, and leaves its connections as they are.</summary>
    internal void Leave()
    {
        leaving = true;
        Dispose();
    }

    public void Dispose()
    {
        Stop();
        if (thread.IsAlive && thread != Thread.CurrentThread)
            thread.Join();
    }
}
