using Vireo.Core.Errors;
using Vireo.Driver;
using Vireo.Rpc.Client;

namespace Vireo.Remote.Forward;

/// <summary>A connection whose client may be told to be somebody else than who opened it.</summary>
public interface IFollowsIdentity
{
    /// <summary>From now on calls are this caller's.</summary>
    ValueTask TellIdentityAsync(Caller caller, CancellationToken cancel);
}

/// <summary>
/// A hypervisor's connection, in this process or another daemon's, and behind it those to the daemons of networks, storage and so on, which are opened
/// when they are first needed.
/// </summary>
sealed class ForwardedConnection : IDriverConnection, IFollowsIdentity, ICloseNotification
{
    readonly IDriverConnection primary;
    readonly SecondaryChannel? secondaries;
    readonly EventHub<object> closings = new();
    IAsyncDisposable? told;

    internal ForwardedConnection(IDriverConnection primary, Forwarder? forwarder, Caller caller)
    {
        this.primary = primary;
        CapabilitySet offered = primary.Capabilities;
        if (forwarder is not null)
        {
            secondaries = new SecondaryChannel(forwarder, caller, Lost);
            CapabilitySet others = RemoteClient.Over(secondaries).Capabilities.Only(static type => Families.DriverOf(type) is not null);
            offered = primary is RemoteClient ? others.Over(offered) : offered.Over(others);
        }
        Capabilities = offered.And<ICloseNotification>(this);
        if (primary is RemoteClient remote)
            _ = WatchAsync(remote);
    }

    /// <inheritdoc/>
    public string Uri => primary.Uri;

    /// <inheritdoc/>
    public CapabilitySet Capabilities { get; }

    async Task WatchAsync(RemoteClient remote)
    {
        if (await remote.Closed.ConfigureAwait(false) is { } why)
            Lost(why);
    }

    void Lost(VirError why) => Lost(why == ChannelErrors.KeepaliveTimeout() ? ConnectCloseReason.Keepalive : ConnectCloseReason.Eof);

    void Lost(ConnectCloseReason reason) => closings.Raise(reason);

    /// <summary>The client hears of the end of a daemon behind this one, and of what that daemon itself tells.</summary>
    public async ValueTask<IAsyncDisposable> SubscribeAsync(Action<ConnectCloseReason> sink, CancellationToken cancel)
    {
        EventSubscription subscription = closings.Subscribe(static _ => true, reason => sink((ConnectCloseReason)reason));
        if (told is not null || primary.Capabilities.Find<ICloseNotification>() is not { } below)
            return subscription;
        try
        {
            told = await below.SubscribeAsync(Lost, cancel).ConfigureAwait(false);
        }
        catch (VireoException e) when (e.Code is ErrorCode.NoSupport)
        {
            // That daemon has nothing to lose.
        }
        return subscription;
    }

    /// <inheritdoc/>
    public async ValueTask TellIdentityAsync(Caller caller, CancellationToken cancel)
    {
        if (primary is IFollowsIdentity follows)
            await follows.TellIdentityAsync(caller, cancel).ConfigureAwait(false);
        if (secondaries is not null)
            await secondaries.TellIdentityAsync(caller, cancel).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (secondaries is not null)
            await secondaries.DisposeAsync().ConfigureAwait(false);
        if (primary is RemoteClient remote)
            await remote.LeaveAsync().ConfigureAwait(false);
        else
            await primary.DisposeAsync().ConfigureAwait(false);
    }
}
