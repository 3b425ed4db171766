using Microsoft.Extensions.Logging;
using Vireo.Rpc.Messages;
using Vireo.Rpc.Posix;

namespace Vireo.Rpc.Server;

/// <summary>
/// The server: a few epoll threads that own the connections, and workers for what may block. It knows frames, not
/// procedures; the programs of a connection are made by the factory.
/// </summary>
public sealed partial class RpcServer : IDisposable
{
    readonly Func<RpcPeer, IReadOnlyList<IRpcProgram>> compose;
    readonly PollThread[] threads;
    readonly List<Listener> listeners = [];
    readonly Stack<ServerCall> calls = new();
    readonly Lock callsGate = new(), acceptGate = new();
    readonly int maxAwake = Environment.ProcessorCount / 2;
    int clients, anonymous, awake;
    long lastId;
    bool accepting = true;
    bool stopped;

    /// <summary>A server with its threads running and nothing to listen to yet.</summary>
    public RpcServer(
        RpcServerOptions options, Func<RpcPeer, IReadOnlyList<IRpcProgram>> compose, ILogger log, TimeProvider? clock = null)
    {
        (Options, this.compose, Log) = (options, compose, log);
        (maxClients, maxAnonymousClients) = (options.MaxClients, options.MaxAnonymousClients);
        Workers = new WorkerPool(options.MinWorkers, options.MaxWorkers, options.PrioWorkers);
        threads = new PollThread[Math.Max(1, options.Threads)];
        for (int i = 0; i < threads.Length; i++)
            threads[i] = new PollThread(this, clock ?? TimeProvider.System, i);
        foreach (PollThread thread in threads)
            thread.Start();
    }

    internal RpcServerOptions Options { get; }
    internal ILogger Log { get; }
    internal WorkerPool Workers { get; }

    /// <summary>Connections there are now.</summary>
    public int ClientCount => Volatile.Read(ref clients);

    /// <summary>Told after a connection came or went; on an epoll thread, so it must not block.</summary>
    public Action<int>? ClientsChanged { get; set; }

    /// <summary>Serves a listening socket, which becomes the server's.</summary>
    public void Listen(int fd, bool readOnly) => Listen(fd, readOnly ? RpcService.UnixReadOnly : RpcService.UnixReadWrite);

    /// <summary>Serves a listening socket, which becomes the server's.</summary>
    public void Listen(int fd, RpcService service)
    {
        var listener = new Listener(threads[0], fd, service);
        lock (acceptGate)
        {
            listeners.Add(listener);
            listener.Start();
            listener.Watch(accepting && MayAccept);
        }
    }

    /// <summary>Serves a connected socket, which becomes the server's.</summary>
    public void Attach(int fd, bool readOnly) => Attach(fd, readOnly ? RpcService.UnixReadOnly : RpcService.UnixReadWrite);

    /// <summary>Serves a connected socket, which becomes the server's.</summary>
    public void Attach(int fd, RpcService service)
    {
        if (service.Transport is not RpcTransport.Unix)
            TcpSocket.NoDelay(fd);
        PollThread thread = threads[0];
        foreach (PollThread other in threads)
            if (Volatile.Read(ref other.Count) < Volatile.Read(ref thread.Count))
                thread = other;
        int count = Interlocked.Increment(ref clients);
        Interlocked.Increment(ref anonymous);
        var connection = new Connection(this, thread, fd, service, Listener.Identify(fd, service), Interlocked.Increment(ref lastId));
        thread.Attach(connection);
        ClientsChanged?.Invoke(count);
    }

    internal IRpcProgram[] Compose(Connection connection) => compose(connection) is var made && made is IRpcProgram[] array ? array : [.. made];

    internal ServerCall Rent(Connection caller, in MessageHeader header)
    {
        ServerCall? call;
        lock (callsGate)
            calls.TryPop(out call);
        call ??= new ServerCall();
        call.Start(caller, in header);
        return call;
    }

    internal void Return(ServerCall call)
    {
        lock (callsGate)
        {
            if (calls.Count < 64)
                calls.Push(call);
        }
    }

    /// <summary>Lets an epoll thread look for a moment instead of sleeping. Half of the processors are always left to others.</summary>
    internal bool MayStayAwake()
    {
        if (Interlocked.Increment(ref awake) <= maxAwake)
            return true;
        Interlocked.Decrement(ref awake);
        return false;
    }

    internal void StayedAwake() => Interlocked.Decrement(ref awake);

    internal bool MayAccept =>
        Volatile.Read(ref clients) < MaxClients &&
        (MaxAnonymousClients == 0 || Volatile.Read(ref anonymous) < MaxAnonymousClients);

    internal void LoginChanged(bool loggedIn)
    {
        if (loggedIn)
            Interlocked.Decrement(ref anonymous);
        else
            Interlocked.Increment(ref anonymous);
        AskToAccept();
    }

    internal void Forget(Connection connection, bool loggedIn)
    {
        int count = Interlocked.Decrement(ref clients);
        if (!loggedIn)
            Interlocked.Decrement(ref anonymous);
        AskToAccept();
        ClientsChanged?.Invoke(count);
    }

    void AskToAccept()
    {
        if (!Volatile.Read(ref accepting))
            threads[0].Post(new Mail(MailKind.Accept));
    }

    internal void PauseAccepting() => SetAccepting(false);

    /// <summary>Listens, or stops listening, as the limits say.</summary>
    internal void UpdateAccepting()
    {
        SetAccepting(MayAccept);
        // Somebody may have left between the look and the switch.
        if (MayAccept)
            SetAccepting(true);
    }

    void SetAccepting(bool on)
    {
        bool full;
        lock (acceptGate)
        {
            full = accepting && !on;
            Volatile.Write(ref accepting, on);
            foreach (Listener listener in listeners)
                listener.Watch(on);
        }
        if (!full)
            return;
        foreach (PollThread thread in threads)
            thread.Post(new Mail(MailKind.AllTimes));   // those who take their time over the login have less of it now
    }

    /// <summary>Takes no new clients; those that are there stay.</summary>
    public void StopListening()
    {
        lock (acceptGate)
        {
            foreach (Listener listener in listeners)
                listener.Close();
            listeners.Clear();
        }
    }

    /// <summary>Makes the threads look at their clocks (tests with a clock of their own).</summary>
    internal void Wake()
    {
        foreach (PollThread thread in threads)
            thread.Wake();
    }

    /// <summary>Closes everything and ends the threads; a call that hangs in a worker is left behind.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref stopped, true))
            return;
        StopListening();
        foreach (PollThread thread in threads)
            thread.Dispose();
        Workers.Dispose();
    }
}
