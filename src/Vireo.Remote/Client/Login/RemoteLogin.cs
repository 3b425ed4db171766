using Vireo.Driver.Login;

namespace Vireo.Remote.Login;

/// <summary>What a login may need.</summary>
/// <param name="Address">Where it logs in to.</param>
/// <param name="Places">Where this user's files are.</param>
/// <param name="Credentials">Who can be asked; null: nobody.</param>
public sealed record RemoteLogin(RemoteAddress Address, RemotePlaces Places, ICredentialSource? Credentials)
{
    /// <summary>A login that needs nothing: to a daemon that trusts the socket.</summary>
    public static RemoteLogin None { get; } = new(new RemoteAddress(), new RemotePlaces("", "", IsRoot: true, static _ => false), null);
}
