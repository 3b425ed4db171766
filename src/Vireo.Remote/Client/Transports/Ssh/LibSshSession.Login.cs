using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;
using System.Text;
using Vireo.Core.Errors;
using Vireo.Driver.Login;
using static Vireo.Remote.Transports.Ssh.LibSsh;

namespace Vireo.Remote.Transports.Ssh;

/// <content>Logging in.</content>
sealed unsafe partial class LibSshSession
{
    int offered;
    ExceptionDispatchInfo? unanswered;

    private protected override string NoKeyFile => "Key file path must be provided for private key authentication";

    private protected override VireoException WhyDenied(bool wasTried) => Questions.Error($"failed to authenticate: {LastError}");

    private protected override bool AskForWays()
    {
        switch (ssh_userauth_none(session, null))
        {
            case AuthSuccess:
                return true;
            case AuthError:
                throw Questions.Error($"failed to authenticate: {LastError}");
        }
        offered = ssh_userauth_list(session, null);
        return false;
    }

    VireoException LoginFailure() => Questions.Refused($"authentication failed: {LastError}");

    private protected override SshAttempt TryAgent()
    {
        if ((offered & PublicKey) == 0)
            return SshAttempt.NotOffered;
        return ssh_userauth_agent(session, null) switch
        {
            AuthSuccess => SshAttempt.Done,
            AuthError => throw Questions.Error($"failed to authenticate using agent: {LastError}"),
            _ => SshAttempt.Denied,
        };
    }

    private protected override SshAttempt TryKey(string path)
    {
        if ((offered & PublicKey) == 0)
            return SshAttempt.NotOffered;
        nint shown = 0, secret = 0;
        try
        {
            // The file beside it tells, without a passphrase, whether the server would take the key at all.
            if (ssh_pki_import_pubkey_file(path + ".pub", out shown) is Ok)
            {
                if (ssh_userauth_try_publickey(session, null, shown) is not AuthSuccess and var answer)
                    return answer is AuthError ? throw LoginFailure() : SshAttempt.Denied;
                secret = Secret(path);
            }
            else
            {
                shown = 0;
                secret = Secret(path);
                if (ssh_pki_export_privkey_to_pubkey(secret, out shown) is not Ok)
                    throw Questions.Error($"cannot export the public key from the private key '{path}'");
                if (ssh_userauth_try_publickey(session, null, shown) is not AuthSuccess and var answer)
                    return answer is AuthError ? throw LoginFailure() : SshAttempt.Denied;
            }
            return ssh_userauth_publickey(session, null, secret) switch
            {
                AuthSuccess => SshAttempt.Done,
                AuthError => throw LoginFailure(),
                _ => SshAttempt.Denied,
            };
        }
        finally
        {
            if (shown is not 0)
                ssh_key_free(shown);
            if (secret is not 0)
                ssh_key_free(secret);
        }
    }

    nint Secret(string path)
    {
        GCHandle self = GCHandle.Alloc(this);
        try
        {
            int result = ssh_pki_import_privkey_file(path, null, &OnPhrase, GCHandle.ToIntPtr(self), out nint key);
            unanswered?.Throw();
            return result switch
            {
                Ok => key,
                LibSsh.EndOfFile => throw Questions.Refused($"error while reading private key '{path}'"),
                _ => throw Questions.Refused($"error while opening private key '{path}', wrong passphrase?"),
            };
        }
        finally
        {
            self.Free();
        }
    }

    /// <summary>libssh wants a passphrase (ssh_auth_callback).</summary>
    [UnmanagedCallersOnly]
    static int OnPhrase(byte* prompt, byte* buffer, nuint size, int echo, int verify, nint data)
    {
        var self = (LibSshSession)GCHandle.FromIntPtr(data).Target!;
        try
        {
            string phrase = self.Questions.Ask(Bare(prompt), "Can't retrieve private key passphrase", "no suitable callback for input of key passphrase",
                "failed to retrieve private key passphrase: callback has failed", CredentialKind.Passphrase, CredentialKind.NoEchoPrompt);
            var room = new Span<byte>(buffer, (int)size);
            if (!Encoding.UTF8.TryGetBytes(phrase, room[..^1], out int length))
                return -1;
            room[length] = 0;
            return 0;
        }
        catch (Exception e)
        {
            self.unanswered = ExceptionDispatchInfo.Capture(e);     // told when the library has returned
            return -1;
        }
    }

    private protected override SshAttempt TryPassword()
    {
        if ((offered & Password) == 0)
            return SshAttempt.NotOffered;
        while (true)
        {
            RequireConnection();
            switch (ssh_userauth_password(session, null, Questions.Password(User)))
            {
                case AuthSuccess:
                    return SshAttempt.Done;
                case AuthPartial:
                    return SshAttempt.Denied;
                case AuthDenied:
                    continue;   // until the server has had enough
                default:
                    throw LoginFailure();
            }
        }
    }

    /// <summary>libssh would wait without end for a server that has hung up.</summary>
    void RequireConnection()
    {
        if (ssh_is_connected(session) is 0)
            throw LoginFailure();
    }

    private protected override SshAttempt TryInteractive()
    {
        if ((offered & Interactive) == 0)
            return SshAttempt.NotOffered;
        while (true)
        {
            RequireConnection();
            int answer;
            bool wasAsked = false;
            while ((answer = ssh_userauth_kbdint(session, null, null)) is AuthInfo)
            {
                AnswerPrompts();
                wasAsked = true;
            }
            switch (answer)
            {
                case AuthSuccess:
                    return SshAttempt.Done;
                case AuthDenied when wasAsked:
                    continue;   // until the server has had enough
                case AuthDenied or AuthPartial:
                    return SshAttempt.Denied;
                default:
                    throw LoginFailure();
            }
        }
    }

    void AnswerPrompts()
    {
        string about = About(ssh_userauth_kbdint_getname(session)) + About(ssh_userauth_kbdint_getinstruction(session));
        int count = ssh_userauth_kbdint_getnprompts(session);
        for (uint i = 0; i < count; i++)
        {
            byte* prompt = ssh_userauth_kbdint_getprompt(session, i, out byte echo);
            ReadOnlySpan<CredentialKind> kinds = echo is not 0 ? [CredentialKind.EchoPrompt] : [CredentialKind.Passphrase, CredentialKind.NoEchoPrompt];
            string answer = Questions.Ask(about + Bare(prompt), "Can't get input from keyboard interactive authentication", "no suitable callback for input of keyboard response",
                "failed to retrieve keyboard interactive result: callback has failed", kinds);
            if (ssh_userauth_kbdint_setanswer(session, i, answer) < 0)
                throw LoginFailure();
        }
    }

    static string About(byte* text) => text is null || *text is 0 ? "" : Marshal.PtrToStringUTF8((nint)text) + "\n";

    /// <summary>Without the colon behind it.</summary>
    static string Bare(byte* prompt) => (Marshal.PtrToStringUTF8((nint)prompt) ?? "").TrimEnd(' ').TrimEnd(':');
}
