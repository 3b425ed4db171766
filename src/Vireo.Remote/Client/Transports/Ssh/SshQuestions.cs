using Vireo.Core.Errors;
using Vireo.Driver.Login;
using Vireo.Remote.Login;

namespace Vireo.Remote.Transports.Ssh;

/// <summary>What a login to an ssh server asks its user, and the words when it gets no answer. Both libraries ask the same in the tone of their own errors.</summary>
sealed class SshQuestions(RemoteAddress to, RemotePlaces places, ICredentialSource? person)
{
    /// <summary>Nobody can be asked.</summary>
    public bool HasNobody => person is null;

    /// <summary>An error of the transport.</summary>
    public VireoException Error(string detail) => to.Transport is RemoteTransport.LibSsh
        ? new(ErrorCode.Libssh, ErrorDomain.Libssh, detail) : new(ErrorCode.Ssh, ErrorDomain.Ssh, detail);

    /// <summary>The server does not let us in, or is not who it should be.</summary>
    public VireoException Refused(string detail) => new(ErrorCode.AuthFailed, Domain, detail);

    /// <summary>There is no SSH connection.</summary>
    public VireoException NoConnection(string detail) => new(ErrorCode.NoConnect, Domain, detail);

    ErrorDomain Domain => to.Transport is RemoteTransport.LibSsh ? ErrorDomain.Libssh : ErrorDomain.Ssh;

    /// <summary>The user's password, from a file or from who can be asked.</summary>
    public string Password(string user) => person is null
        ? throw Error("Can't perform authentication: Authentication callback not provided")
        : Now(new CredentialLogins(places, to.CredentialFile, person).GetPasswordAsync("ssh", to.Host, user, CancellationToken.None));

    /// <summary>Whether the user trusts a host that is not known yet.</summary>
    public void Accept(string hash)
    {
        string answer = Ask(
            $"Accept SSH host key with hash '{hash}' for host '{to.Host}:{to.Port ?? SshSession.DefaultPort}' (y/n)?", "Can't verify the session host key", "no suitable callback for host key verification",
            "failed to retrieve decision to accept host key", CredentialKind.EchoPrompt);
        if (!answer.Equals("y", StringComparison.OrdinalIgnoreCase))
            throw Error($"SSH host key for '{to.Host}' ({hash}) was not accepted");
    }

    /// <summary>The identity of a host is not the one that is known.</summary>
    public VireoException Changed(string key, string path) => Refused(
        $"!!! SSH HOST KEY VERIFICATION FAILED !!!: Identity of host '{to.Host}:{to.Port ?? SshSession.DefaultPort}' differs from stored identity. Please verify the new host key '{key}' "
        + $"to avoid possible man in the middle attack. The key is stored in '{path}'.");

    /// <summary>Asks one thing.</summary>
    /// <param name="prompt">How.</param>
    /// <param name="undone">What cannot be done if nobody can be asked.</param>
    /// <param name="unsuited">What is said if who can be asked cannot be asked this.</param>
    /// <param name="failed">What is said if there was no answer.</param>
    /// <param name="kinds">As what it may be asked: the first that the user's side names is taken.</param>
    public string Ask(string prompt, string undone, string unsuited, string failed, params ReadOnlySpan<CredentialKind> kinds)
    {
        if (person is null)
            throw Error($"No user interaction callback provided: {undone}");
        foreach (CredentialKind kind in person.Kinds)
        {
            if (!kinds.Contains(kind))
                continue;
            var asked = new Credential(kind, prompt);
            return Now(person.AnswerAsync([asked], CancellationToken.None)) && asked.Answer is { } answer ? answer : throw Error(failed);
        }
        throw Error(unsuited);
    }

    /// <summary>Who logs in has nothing else to do; in the C library answers are always there at once.</summary>
    static T Now<T>(ValueTask<T> answer) => answer.IsCompleted ? answer.GetAwaiter().GetResult() : answer.AsTask().GetAwaiter().GetResult();
}
