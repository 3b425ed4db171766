namespace Vireo.Rpc.Server;

/// <summary>Limits and sizes of a server; the defaults are libvirtd's.</summary>
public sealed record RpcServerOptions
{
    /// <summary>Epoll threads. Each owns the connections given to it. Clients are on the same machine: they need the other processors.</summary>
    public int Threads { get; init; } = Math.Clamp(Environment.ProcessorCount / 2, 1, 4);

    /// <summary>
    /// How long an epoll thread looks for the next call before it sleeps, while calls follow each other that closely;
    /// zero: it sleeps at once. A server without calls always sleeps.
    /// </summary>
    public TimeSpan BusyPoll { get; init; } = TimeSpan.FromMicroseconds(50);

    /// <summary>Workers that stay once they were needed.</summary>
    public int MinWorkers { get; init; } = 5;

    /// <summary>Workers at most.</summary>
    public int MaxWorkers { get; init; } = 20;

    /// <summary>Workers beside those, for work that must not wait behind calls that hang.</summary>
    public int PrioWorkers { get; init; } = 5;

    /// <summary>Clients at most; more wait in the listen queue.</summary>
    public int MaxClients { get; init; } = 5000;

    /// <summary>Clients that have not logged in, at most; 0 is no limit.</summary>
    public int MaxAnonymousClients { get; init; } = 20;

    /// <summary>Calls of one client under way, at most: then its socket is not read.</summary>
    public int MaxClientRequests { get; init; } = 5;

    /// <summary>How long the handshake of TLS may take.</summary>
    public TimeSpan HandshakePatience { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a client may take to log in; time in which we ask others about it is not counted.</summary>
    public TimeSpan LoginPatience { get; init; } = TimeSpan.FromSeconds(120);

    /// <summary>The same while others wait in the listen queue.</summary>
    public TimeSpan LoginPatienceWhenFull { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>After so much silence a client is pinged; zero or less: never.</summary>
    public TimeSpan KeepaliveInterval { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Pings without an answer before the connection is closed.</summary>
    public int KeepaliveCount { get; init; } = 5;

    /// <summary>
    /// Bytes of events that wait for one client, beyond what its socket holds. A client that does not read that much is
    /// disconnected.
    /// </summary>
    public int MaxQueuedEventBytes { get; init; } = 4 * 1024 * 1024;
}
