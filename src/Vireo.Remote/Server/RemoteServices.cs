using Vireo.Driver;
using Vireo.Driver.Login;
using Vireo.Rpc.Server;

namespace Vireo.Remote;

/// <summary>How a peer logs in (remote_auth_type).</summary>
public enum LoginMethod
{
    /// <summary>Asking for the methods is all it takes.</summary>
    None = 0,
    /// <summary>By SASL.</summary>
    Sasl = 1,
    /// <summary>By polkit.</summary>
    Polkit = 2,
}

/// <summary>What every session of a daemon shares.</summary>
public sealed record RemoteServices(DriverSet Drivers)
{
    /// <summary>Who may do what; null: everybody everything.</summary>
    public IAccessPolicy? Access { get; init; }

    /// <summary>Adds what a policy may want to know of a caller beyond the credentials of its socket: names, groups; null: nothing is added.</summary>
    public Func<Caller, Caller>? Identify { get; init; }

    /// <summary>What proves to hypervisors, for every client, who calls; null: nothing does.</summary>
    public ILogins? Logins { get; init; }

    /// <summary>The user that this process runs as: it and root may say for whom they call. Null: only root may.</summary>
    public uint? OwnUser { get; init; }

    /// <summary>Looks at every call; null: nobody does, and it costs nothing.</summary>
    public ICallWatcher? Watcher { get; init; }

    /// <summary>How a peer of a socket logs in.</summary>
    public Func<RpcPeer, LoginMethod> Login { get; init; } = static _ => LoginMethod.None;

    /// <summary>What a login by SASL must bring.</summary>
    public SaslRules Sasl { get; init; } = new();

    /// <summary>Told why a login failed, which the client does not learn.</summary>
    public Action<RpcPeer, string>? LoginFailed { get; init; }

    /// <summary>Asks polkit; null: polkit is not to be had, so that such a login fails.</summary>
    public Func<RpcPeer, CancellationToken, ValueTask<bool>>? Polkit { get; init; }
}

/// <summary>Looks at calls.</summary>
public interface ICallWatcher
{
    /// <summary>
    /// A call is about to be dispatched; <see cref="RpcCall.Watch"/> is there to hear of its end. What this gives, if anything, is disposed of on the same
    /// thread when the dispatch is over, which the call may outlive.
    /// </summary>
    IDisposable? Begin(RpcCall call, string procedure, Caller caller);
}

/// <summary>What a login by SASL must bring.</summary>
public sealed record SaslRules
{
    /// <summary>Patterns of names that are let in; null: all that prove who they are.</summary>
    public IReadOnlyList<string>? AllowedNames { get; init; }

    /// <summary>Bits of encryption that a mechanism must bring over plain TCP.</summary>
    public int MinTcpStrength { get; init; } = 112;
}
