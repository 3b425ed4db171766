using Renci.SshNet;
using Renci.SshNet.Common;
using Vireo.Core.Errors;
using Vireo.Driver.Login;
using Vireo.Remote;
using Vireo.Remote.Login;

namespace Vireo.Ssh;

/// <summary>The ways to log in to an SSH server, in the order that the URI asks for.</summary>
sealed class SshLogins(RemoteAddress to, string user, RemotePlaces places, ICredentialSource? login)
{
    static readonly string[] usual = ["privkey", "password", "keyboard-interactive"];
    static readonly string[] usualKeys = ["id_ed25519", "id_ecdsa", "id_rsa"];

    public IEnumerable<AuthenticationMethod> Methods()
    {
        CredentialFile? file = CredentialFile.Find(to.CredentialFile, places);
        var methods = new List<AuthenticationMethod>();
        foreach (string name in to.SshLogins.Count > 0 ? to.SshLogins : usual)
        {
            AuthenticationMethod? method = name.ToLowerInvariant() switch
            {
                "privkey" => Keys(),
                "password" => Answer(file, CredentialKind.Passphrase, $"Password for {user}@{to.Host}") is { } password ? new PasswordAuthenticationMethod(user, password) : null,
                "keyboard-interactive" => Interactive(file),
                "agent" => throw new VireoException(ErrorCode.ConfigUnsupported, ErrorDomain.Libssh, "sshauth=agent: an agent's keys can be had with the transport 'ssh' only"),
                _ => throw VireoException.InvalidArgument(ErrorDomain.Libssh, $"Invalid authentication method: '{name}'"),
            };
            if (method is not null)
                methods.Add(method);
        }
        return methods.Count > 0 ? methods : throw new VireoException(
            ErrorCode.AuthFailed, ErrorDomain.Libssh, "No authentication methods and credentials provided");
    }

    PrivateKeyAuthenticationMethod? Keys()
    {
        IEnumerable<string> files = to.KeyFile is { } named ? [named] : usualKeys.Select(name => Path.Join(places.Home, ".ssh", name)).Where(places.Exists);
        PrivateKeyFile[] keys = [.. files.Select(Key)];
        return keys.Length > 0 ? new PrivateKeyAuthenticationMethod(user, keys) : null;
    }

    PrivateKeyFile Key(string path)
    {
        try
        {
            return new PrivateKeyFile(path);
        }
        catch (SshPassPhraseNullOrEmptyException)
        {
            string phrase = Answer(null, CredentialKind.Passphrase, $"Passphrase for key '{path}'")
                ?? throw new VireoException(ErrorCode.AuthFailed, ErrorDomain.Libssh, $"no passphrase for key '{path}'");
            return new PrivateKeyFile(path, phrase);
        }
        catch (Exception e) when (e is SshException or IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw new VireoException(ErrorCode.AuthFailed, ErrorDomain.Libssh, $"cannot read private key '{path}': {e.Message}", e);
        }
    }

    string? Answer(CredentialFile? file, CredentialKind kind, string prompt)
    {
        if (file?.Find("ssh", to.Host, kind) is { } known)
            return known;
        if (login is null || !login.Kinds.Contains(kind))
            return null;
        var asked = new Credential(kind, prompt, to.Host);
        return login.AnswerAsync([asked], CancellationToken.None).AsTask().GetAwaiter().GetResult() ? asked.Answer : null;
    }

    KeyboardInteractiveAuthenticationMethod? Interactive(CredentialFile? file)
    {
        string? known = file?.Find("ssh", to.Host, CredentialKind.Passphrase);
        if (known is null && login is null)
            return null;
        var method = new KeyboardInteractiveAuthenticationMethod(user);
        method.AuthenticationPrompt += (_, asked) =>
        {
            foreach (AuthenticationPrompt prompt in asked.Prompts)
                prompt.Response = (!prompt.IsEchoed ? known : null) ?? Answer(null, prompt.IsEchoed ? CredentialKind.EchoPrompt : CredentialKind.NoEchoPrompt, prompt.Request) ?? "";
        };
        return method;
    }
}
