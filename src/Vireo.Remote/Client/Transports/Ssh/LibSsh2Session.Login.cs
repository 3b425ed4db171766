using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;
using System.Text;
using Vireo.Core.Errors;
using Vireo.Driver.Login;
using static Vireo.Remote.Transports.Ssh.LibSsh2;

namespace Vireo.Remote.Transports.Ssh;

/// <content>Logging in.</content>
sealed unsafe partial class LibSsh2Session
{
    string[] offered = [];
    ExceptionDispatchInfo? unanswered;
    VireoException? denied;
    bool wasAsked;

    /// <summary>The user's name, with the zero at its end that some functions want.</summary>
    readonly byte[] user = Encoding.UTF8.GetBytes((to.User ?? Environment.UserName) + "\0");

    uint UserLength => (uint)user.Length - 1;

    private protected override string NoKeyFile => "Username and key file path must be provided for private key authentication";

    private protected override VireoException? WhyDenied(bool wasTried) => denied;

    private protected override bool AskForWays()
    {
        byte* list;
        fixed (byte* name = user)
        {
            do
                list = libssh2_userauth_list(session, name, UserLength);
            while (list is null && libssh2_userauth_authenticated(session) is 0 && WaitsAfterLast());
        }
        if (list is null)
            return libssh2_userauth_authenticated(session) != 0 ? true : throw Questions.Refused($"couldn't retrieve authentication methods list: {LastError}");
        offered = Marshal.PtrToStringUTF8((nint)list)!.Split(',');
        return false;
    }

    bool Offers(string way) => Array.IndexOf(offered, way) >= 0;

    static bool IsDenied(int result) => result is AuthenticationFailed or PublicKeyUnverified;

    SshAttempt Denied(VireoException why)
    {
        denied = why;
        return SshAttempt.Denied;
    }

    private protected override SshAttempt TryAgent()
    {
        if (!Offers("publickey"))
            return SshAttempt.NotOffered;
        nint agent = libssh2_agent_init(session);
        if (agent is 0)
            throw Questions.Error("Failed to initialize libssh2 agent handle");
        try
        {
            if (libssh2_agent_connect(agent) < 0)
                return Denied(Questions.Error("Failed to connect to ssh agent"));
            return TryIdentities(agent);
        }
        finally
        {
            _ = libssh2_agent_disconnect(agent);
            libssh2_agent_free(agent);
        }
    }

    SshAttempt TryIdentities(nint agent)
    {
        int listed;
        do
            listed = libssh2_agent_list_identities(agent);
        while (WaitsAfter(listed));
        if (listed < 0)
            return Denied(Questions.Error("Failed to list ssh agent identities"));
        bool any = false;
        for (nint identity = 0; libssh2_agent_get_identity(agent, out identity, identity) is 0; any = true)
        {
            int result;
            fixed (byte* name = user)
            {
                do
                    result = libssh2_agent_userauth(agent, name, identity);
                while (WaitsAfter(result));
            }
            if (result is 0)
                return SshAttempt.Done;
            if (!IsDenied(result))
                throw Questions.Refused($"failed to authenticate using SSH agent: {LastError}");
        }
        return Denied(Questions.Refused(any
            ? "All identities provided by the SSH Agent were rejected" : "SSH Agent did not provide any authentication identity"));
    }

    private protected override SshAttempt TryKey(string path)
    {
        if (!Offers("publickey"))
            return SshAttempt.NotOffered;
        int result = Try(null);
        if (result is not 0 && !IsDenied(result))
        {
            // It is not known what is wrong with the file: likely it has a passphrase.
            result = Try(Questions.Ask($"Passphrase for key '{path}'", "Can't retrieve private key passphrase", "no suitable method to retrieve key passphrase",
                "failed to retrieve private key passphrase: callback has failed", CredentialKind.Passphrase, CredentialKind.NoEchoPrompt));
        }
        if (result is 0)
            return SshAttempt.Done;
        VireoException why = Questions.Refused($"authentication with private key '{path}' has failed: {LastError}");
        return IsDenied(result) ? Denied(why) : throw why;

        int Try(string? phrase)
        {
            int result;
            fixed (byte* name = user)
            {
                do
                    result = libssh2_userauth_publickey_fromfile_ex(session, name, UserLength, null, path, phrase);
                while (WaitsAfter(result));
            }
            return result;
        }
    }

    private protected override SshAttempt TryPassword()
    {
        if (!Offers("password"))
            return SshAttempt.NotOffered;
        while (true)
        {
            byte[] password = Encoding.UTF8.GetBytes(Questions.Password(User));
            int result;
            fixed (byte* name = user, text = password)
            {
                do
                    result = libssh2_userauth_password_ex(session, name, UserLength, text, (uint)password.Length, 0);
                while (WaitsAfter(result));
            }
            if (result is 0)
                return SshAttempt.Done;
            if (result is not AuthenticationFailed)
                throw Questions.Refused($"authentication failed: {LastError}");
        }
    }

    private protected override SshAttempt TryInteractive()
    {
        if (!Offers("keyboard-interactive"))
            return SshAttempt.NotOffered;
        if (Questions.HasNobody)
            throw Questions.Error("Can't perform keyboard-interactive authentication: Authentication callback not provided ");
        GCHandle self = GCHandle.Alloc(this);
        nint* data = libssh2_session_abstract(session);
        *data = GCHandle.ToIntPtr(self);
        try
        {
            while (true)
            {
                int result;
                wasAsked = false;
                fixed (byte* name = user)
                {
                    do
                        result = libssh2_userauth_keyboard_interactive_ex(session, name, UserLength, &OnPrompts);
                    while (WaitsAfter(result));
                }
                unanswered?.Throw();
                if (result is 0)
                    return SshAttempt.Done;
                if (result is not AuthenticationFailed)
                    throw Questions.Refused($"authentication failed: {LastError}");
                if (!wasAsked)
                    return Denied(Questions.Refused($"authentication failed: {LastError}"));
            }
        }
        finally
        {
            *data = 0;
            self.Free();
        }
    }

    /// <summary>The server has questions.</summary>
    [UnmanagedCallersOnly]
    static void OnPrompts(byte* name, int nameLength, byte* instruction, int instructionLength, int count, Prompt* prompts, Response* responses, nint* data)
    {
        var self = (LibSsh2Session)GCHandle.FromIntPtr(*data).Target!;
        try
        {
            if (self.unanswered is not null)
                return;
            string about = About(name, nameLength) + About(instruction, instructionLength);
            self.wasAsked |= count > 0;
            for (int i = 0; i < count; i++)
            {
                string prompt = Encoding.UTF8.GetString(prompts[i].Text, (int)prompts[i].Length).TrimEnd(' ').TrimEnd(':');
                byte[] answer = Encoding.UTF8.GetBytes(self.Questions.Ask(
                    about + prompt, "Can't get input from keyboard interactive authentication", "no suitable method to retrieve authentication credentials",
                    "failed to retrieve credentials", prompts[i].Echo is not 0 ? CredentialKind.EchoPrompt : CredentialKind.NoEchoPrompt));
                byte* copy = (byte*)NativeMemory.Alloc((nuint)answer.Length + 1);     // of malloc's, as the library frees it
                answer.CopyTo(new Span<byte>(copy, answer.Length));
                copy[answer.Length] = 0;
                responses[i] = new() { Text = copy, Length = (uint)answer.Length };
            }
        }
        catch (Exception e)
        {
            self.unanswered = ExceptionDispatchInfo.Capture(e);     // told when the library has returned
        }
    }

    static string About(byte* text, int length) => length > 0 ? Encoding.UTF8.GetString(text, length) + "\n" : "";
}
