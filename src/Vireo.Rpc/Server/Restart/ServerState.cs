using System.Text.Json.Nodes;
using Vireo.Core.Errors;

namespace Vireo.Rpc.Server.Restart;

/// <summary>A server of a daemon: its limits, its listening sockets and its clients.</summary>
/// <param name="MinWorkers">Workers that are always there.</param>
/// <param name="MaxWorkers">Workers at most.</param>
/// <param name="PriorityWorkers">Workers for calls that never block.</param>
/// <param name="MaxClients">Clients at most.</param>
/// <param name="MaxAnonymousClients">Clients at most that have not logged in.</param>
/// <param name="KeepaliveInterval">Seconds of silence before a ping.</param>
/// <param name="KeepaliveCount">Pings without an answer.</param>
/// <param name="NextClientId">The number of the next client.</param>
/// <param name="Services">Where it listens.</param>
/// <param name="Clients">Who is connected.</param>
public sealed record ServerState(
    int MinWorkers, int MaxWorkers, int PriorityWorkers, int MaxClients, int MaxAnonymousClients, int KeepaliveInterval, int KeepaliveCount, long NextClientId,
    IReadOnlyList<ServiceState> Services, IReadOnlyList<ClientState> Clients)
{
    internal static ServerState Read(StateObject from)
    {
        int maxClients = from.Int("max_clients");
        // Daemons without the limit let as many wait as there may be.
        int maxAnonymous = from.OptionalInt("max_anonymous_clients") ?? maxClients;
        if (maxClients < maxAnonymous)
            throw VireoException.Internal(ErrorDomain.Rpc,
                "The overall maximum number of clients must not be less than the number of clients waiting for authentication");
        long next = from.OptionalLong("next_client_id") ?? 1;
        ServiceState[] services = [.. from.List("services").Select(ServiceState.Read)];
        var clients = new List<ClientState>();
        foreach (StateObject client in from.List("clients"))
            clients.Add(ClientState.Read(client, () => next++));
        return new(from.Int("min_workers"), from.Int("max_workers"), from.Int("priority_workers"), maxClients, maxAnonymous,
            from.Int("keepaliveInterval"), from.Int("keepaliveCount"), next, services, clients);
    }

    internal JsonObject ToJson() => new()
    {
        ["min_workers"] = MinWorkers,
        ["max_workers"] = MaxWorkers,
        ["priority_workers"] = PriorityWorkers,
        ["max_clients"] = MaxClients,
        ["max_anonymous_clients"] = MaxAnonymousClients,
        ["keepaliveInterval"] = KeepaliveInterval,
        ["keepaliveCount"] = KeepaliveCount,
        ["next_client_id"] = NextClientId,
        ["services"] = new JsonArray([.. Services.Select(static s => s.ToJson())]),
        ["clients"] = new JsonArray([.. Clients.Select(static c => c.ToJson())]),
    };
}

/// <summary>One place to connect to.</summary>
/// <param name="Auth">How clients log in (virNetServerServiceAuthMethods).</param>
/// <param name="ReadOnly">Whether clients may only look.</param>
/// <param name="MaxRequestsPerClient">Calls of one client at a time.</param>
/// <param name="Sockets">Its listening sockets.</param>
public sealed record ServiceState(int Auth, bool ReadOnly, int MaxRequestsPerClient, IReadOnlyList<SocketState> Sockets)
{
    internal static ServiceState Read(StateObject from) => new(
        from.Int("auth"), from.Bool("readonly"), from.Int("nrequests_client_max"), [.. from.List("socks").Select(SocketState.Read)]);

    internal JsonObject ToJson() => new()
    {
        ["auth"] = Auth,
        ["readonly"] = ReadOnly,
        ["nrequests_client_max"] = MaxRequestsPerClient,
        ["socks"] = new JsonArray([.. Sockets.Select(static s => s.ToJson())]),
    };
}

/// <summary>One client.</summary>
/// <param name="Id">Its number in the server.</param>
/// <param name="Auth">How it logs in; 0: it need not.</param>
/// <param name="AuthPending">Whether it has yet to.</param>
/// <param name="ReadOnly">Whether it may only look.</param>
/// <param name="MaxRequests">Its calls at a time.</param>
/// <param name="Connected">When it came, in seconds since 1970; null: not known.</param>
/// <param name="Socket">Its connection.</param>
/// <param name="Private">What the daemon's program keeps of it.</param>
public sealed record ClientState(long Id, int Auth, bool AuthPending, bool ReadOnly, int MaxRequests, long? Connected, SocketState Socket, JsonNode? Private)
{
    internal static ClientState Read(StateObject from, Func<long> nextId)
    {
        int auth = from.Int("auth");
        bool pending = from.OptionalBool("auth_pending") ?? auth != 0;
        if (pending && auth == 0)
            throw VireoException.Internal(ErrorDomain.Rpc, "Invalid auth_pending and auth combination in JSON state document");
        return new(from.OptionalLong("id") ?? nextId(), auth, pending, from.Bool("readonly"), from.Int("nrequests_max"),
            from.OptionalLong("conn_time") is > 0 and var time ? time : null, SocketState.Read(from.Inner("sock")), from.Find("privateData"));
    }

    internal JsonObject ToJson()
    {
        var made = new JsonObject
        {
            ["id"] = Id,
            ["auth"] = Auth,
            ["auth_pending"] = AuthPending,
            ["readonly"] = ReadOnly,
            ["nrequests_max"] = MaxRequests,
        };
        if (Connected is { } time)
            made["conn_time"] = time;
        made["sock"] = Socket.ToJson();
        if (Private is not null)
            made["privateData"] = Private.DeepClone();
        return made;
    }
}

/// <summary>A descriptor that stays open.</summary>
/// <param name="Descriptor">Its number.</param>
/// <param name="ErrorDescriptor">Where a helper program complains; -1: nowhere.</param>
/// <param name="HelperProcess">The helper program behind it; -1 or 0: none.</param>
/// <param name="IsClient">Whether it is a connection, not a listening socket.</param>
/// <param name="RemovesPath">Whether the socket's path is removed when it is closed.</param>
public sealed record SocketState(int Descriptor, int ErrorDescriptor, int HelperProcess, bool IsClient, bool RemovesPath)
{
    internal static SocketState Read(StateObject from)
    {
        bool client = from.Bool("isClient");
        return new(from.Int("fd"), from.Int("errfd"), from.Int("pid"), client, from.OptionalBool("unlinkUNIX") ?? !client);
    }

    internal JsonObject ToJson() => new()
    {
        ["fd"] = Descriptor,
        ["errfd"] = ErrorDescriptor,
        ["pid"] = HelperProcess,
        ["isClient"] = IsClient,
        ["unlinkUNIX"] = RemovesPath,
    };
}
