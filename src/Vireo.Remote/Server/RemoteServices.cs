using Vireo.Driver;
using Vireo.Remote.Access;
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

    /// <summary>How a peer of a socket logs in.</summary>
    public Func<RpcPeer, LoginMethod> Login { get; init; } = static _ => LoginMethod.None;

    /// <summary>Asks polkit; null: polkit is not to be had, so that such a login fails.</summary>
    public Func<RpcPeer, CancellationToken, ValueTask<bool>>? Polkit { get; init; }
}
