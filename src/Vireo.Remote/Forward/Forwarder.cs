using Vireo.Core.Errors;
using Vireo.Driver;
using Vireo.Remote.Login;
using Vireo.Remote.Transports;
using Vireo.Rpc.Client;

namespace Vireo.Remote.Forward;

/// <summary>How a daemon reaches the others of its host, each of which has one driver, and says to them for whom it calls.</summary>
/// <param name="places">Where their sockets are.</param>
/// <param name="self">The daemon that this is: nothing is handed on to it.</param>
public sealed class Forwarder(RemotePlaces places, string self)
{
    /// <summary>A client that does not read its stream makes the daemon behind wait, not this one keep it all.</summary>
    const int MostUnread = 1_048_576;

    /// <summary>How long a daemon behind may be silent before it is pinged; zero: it never is.</summary>
    public TimeSpan KeepaliveInterval { get; init; }

    /// <summary>Pings without an answer after which it is given up.</summary>
    public int KeepaliveCount { get; init; }

    /// <summary>How long the opening of a connection may take, before which nobody pings: a daemon that takes connections and says nothing keeps no client waiting for ever.</summary>
    public TimeSpan OpeningLimit { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Counts it.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    internal string Mode => places.IsRoot ? "system" : "session";

    /// <summary>The daemon that has a driver; null: none has, or this one would have.</summary>
    internal string? DaemonOf(string driver) => RemoteAddress.DaemonOf(driver) is { } daemon && daemon != self ? daemon : null;

    /// <summary>The driver that a client gets who names none: the first whose daemon is there; null: none is.</summary>
    internal string? Probe() => Array.Find(RemoteAddress.Probed(session: !places.IsRoot), driver => DaemonOf(driver) is { } daemon && places.Exists(places.Find("direct", daemon, !places.IsRoot, readOnly: false)));

    /// <summary>Opens a connection to the daemon of networks, for a driver of this process.</summary>
    /// <exception cref="VireoException">It cannot be reached.</exception>
    public async ValueTask<IDriverConnection> OpenNetworksAsync(CancellationToken cancel) =>
        await OpenAsync("virtnetworkd", $"network:///{Mode}", Caller.Self, cancel).ConfigureAwait(false);

    /// <summary>Opens a connection to the daemon of network filters, for a driver of this process.</summary>
    /// <exception cref="VireoException">It cannot be reached.</exception>
    public async ValueTask<IDriverConnection> OpenFiltersAsync(CancellationToken cancel) =>
        await OpenAsync("virtnwfilterd", $"nwfilter:///{Mode}", Caller.Self, cancel).ConfigureAwait(false);

    /// <summary>Opens a connection to a daemon, as somebody.</summary>
    /// <exception cref="VireoException">It cannot be reached, or does not open the URI for this caller.</exception>
    internal async ValueTask<RemoteClient> OpenAsync(string daemon, string uri, Caller caller, CancellationToken cancel)
    {
        var to = new RemoteAddress
        {
            Socket = places.Find("direct", daemon, session: !places.IsRoot, caller.ReadOnly),
            Name = uri,
            ReadOnly = caller.ReadOnly,
            SessionDaemon = places.IsRoot ? null : daemon,
        };
        // Off this thread, which may serve others: a full queue of the other daemon, or its start, is waited for.
        int socket = await Task.Run(() => SessionDaemon.Connect(to, places), cancel).ConfigureAwait(false);
        using var limit = new CancellationTokenSource(OpeningLimit, Clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, limit.Token);
        try
        {
            return await OpenAsync(socket, to, caller, either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            throw new VireoException(ErrorCode.OperationTimeout, ErrorDomain.Rpc, $"{daemon} at '{to.Socket}' says nothing while a connection to it is opened");
        }
    }

    async ValueTask<RemoteClient> OpenAsync(int socket, RemoteAddress to, Caller caller, CancellationToken cancel)
    {
        AsyncRpcChannel channel = AsyncRpcChannel.Over(socket);
        channel.MostUnread = MostUnread;
        RemoteClient client = await RemoteClient.OpenAsync(
            channel, to.Name, caller.ReadOnly, new RemoteLogin(to, places, null), cancel).ConfigureAwait(false);
        client.TakesFiles = true;
        client.StartKeepalive(KeepaliveInterval, KeepaliveCount);
        try
        {
            await client.TellIdentityAsync(caller, cancel).ConfigureAwait(false);
            return client;
        }
        catch
        {
            await client.LeaveAsync().ConfigureAwait(false);
            throw;
        }
    }
}
