using Vireo.Core.Errors;
using Vireo.Driver.Login;

namespace Vireo.Remote.Login;

/// <summary>Names and passwords from auth.conf, else from who can be asked.</summary>
/// <param name="places">Where files of credentials are.</param>
/// <param name="file">The file that a URI names; null: none.</param>
/// <param name="person">Who can be asked; null: nobody, as in a daemon.</param>
public sealed class CredentialLogins(RemotePlaces places, string? file, ICredentialSource? person) : ILogins
{
    /// <inheritdoc/>
    public ValueTask<string> GetUserAsync(string service, string host, CancellationToken cancel) =>
        Find(service, host, CredentialKind.Username) is { } known
            ? new(known)
            : AskAsync("Username", $"Enter username for {host}", host, cancel, CredentialKind.AuthName);

    /// <inheritdoc/>
    public ValueTask<string> GetPasswordAsync(string service, string host, string user, CancellationToken cancel) =>
        Find(service, host, CredentialKind.Passphrase) is { } known
            ? new(known)
            : AskAsync("Password", $"Enter {user}'s password for {host}", host, cancel, CredentialKind.Passphrase, CredentialKind.NoEchoPrompt);

    string? Find(string service, string host, CredentialKind kind) => CredentialFile.Find(file, places)?.Find(service, host, kind);

    async ValueTask<string> AskAsync(string what, string prompt, string host, CancellationToken cancel, params CredentialKind[] kinds)
    {
        if (person is null)
            throw ILogins.Missing();
        if (!Array.Exists(kinds, person.Kinds.Contains))
            throw new VireoException(ErrorCode.AuthFailed, ErrorDomain.Auth, $"Missing {(what is "Password" ? "VIR_CRED_PASSPHRASE or VIR_CRED_NOECHOPROMPT" : "VIR_CRED_AUTHNAME")} credential type");
        var asked = new Credential(Array.Find(kinds, person.Kinds.Contains), prompt, host);
        return await person.AnswerAsync([asked], cancel).ConfigureAwait(false) && asked.Answer is { } answer
            ? answer
            : throw new VireoException(ErrorCode.AuthFailed, ErrorDomain.Auth, $"{what} request failed");
    }
}
