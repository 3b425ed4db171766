using Vireo.Driver.Login;
using Vireo.Remote;

namespace Vireo;

/// <summary>How a connection is opened.</summary>
public sealed record ConnectionOptions
{
    /// <summary>Asks for a connection that can look but not change.</summary>
    public bool ReadOnly { get; init; }

    /// <summary>Who is asked for names and passwords, where a daemon or an ssh server wants them; null: only files of credentials are.</summary>
    public ICredentialSource? Credentials { get; init; }

    /// <summary>So much silence of a daemon is followed by a question whether it is there; zero: it is never asked.</summary>
    public TimeSpan KeepaliveInterval { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>So many questions without an answer end the connection.</summary>
    public int KeepaliveCount { get; init; } = 6;

    /// <summary>Where sockets, settings and certificates are; null: where this process's environment says.</summary>
    public RemotePlaces? Places { get; init; }
}
