using Vireo.Core.Errors;
using Vireo.Driver.Login;
using Vireo.Rpc.Client;
using Vireo.Rpc.Security;
using Vireo.Rpc.Xdr;

namespace Vireo.Remote.Login;

/// <summary>A login by SASL: which mechanism, who is asked for what, and the steps.</summary>
sealed class SaslLogin(RemoteClient client, RemoteLogin login)
{
    const int Start = 68, Step = 69, MostData = 65_536;

    // SASL_CB_USER and those that follow it, by the kind of credential.
    static readonly Dictionary<CredentialKind, uint> questions = new()
    {
        [CredentialKind.Username] = 0x4001, [CredentialKind.AuthName] = 0x4002, [CredentialKind.Language] = 0x4003, [CredentialKind.Passphrase] = 0x4004,
        [CredentialKind.EchoPrompt] = 0x4005, [CredentialKind.NoEchoPrompt] = 0x4006, [CredentialKind.Cnonce] = 0x4007, [CredentialKind.Realm] = 0x4008,
    };

    // Acting as somebody else than who logs in is for those who say so when they are asked.
    static readonly CredentialKind[] ofFile = [CredentialKind.AuthName, CredentialKind.Passphrase, CredentialKind.Realm];

    /// <summary>Logs in; what was negotiated for later bytes is the caller's, null if nothing was.</summary>
    /// <param name="insisted">The only mechanism that will do.</param>
    /// <param name="cancel">Gives up.</param>
    public async ValueTask<ISecurityLayer?> RunAsync(string? insisted, CancellationToken cancel)
    {
        string offered = await client.Session.BeginSaslAsync(cancel).ConfigureAwait(false);
        if (insisted is not null && !offered.Split(',').Contains(insisted, StringComparer.OrdinalIgnoreCase))
            throw Failed($"SASL mechanism {insisted} not supported by server");
        CredentialFile? file = CredentialFile.Find(login.Address.CredentialFile, login.Places);
        CredentialKind[] inFile = file is null ? [] : [.. ofFile.Where(k => file.Find("libvirt", login.Address.Host, k) is not null)];
        var session = new SaslClient(
            login.Address.Host, null, null, login.Address.IsSecure, externalStrength: login.Address.Transport is RemoteTransport.Tls ? 256 : 0,
            (login.Credentials?.Kinds ?? []).Concat(inFile).Distinct().Where(questions.ContainsKey).Select(k => questions[k]));
        try
        {
            await ExchangeAsync(session, insisted ?? offered, file, cancel).ConfigureAwait(false);
            int strength = session.Strength;
            if (!login.Address.IsSecure && strength < SaslClient.LeastStrength)
                throw Failed($"negotiation SSF {strength} was not strong enough");
            if (strength > 0)
                return session;
            session.Dispose();
            return null;
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    async ValueTask ExchangeAsync(SaslClient session, string mechanisms, CredentialFile? file, CancellationToken cancel)
    {
        string mechanism;
        SaslStep mine;
        while ((mine = session.Start(mechanisms, out mechanism)).Questions.Count > 0)
            await AnswerAsync(session, mine.Questions, file, cancel).ConfigureAwait(false);
        Reply theirs = await StartAsync(mechanism, mine.Data, cancel).ConfigureAwait(false);
        // A mechanism of one step has nothing to say any more; all others hear the server's last word, which proves who it is.
        while (!(theirs.Complete && mine.Done && theirs.Data is null))
        {
            SaslStep next;
            while ((next = session.Step(theirs.Data)).Questions.Count > 0)
                await AnswerAsync(session, next.Questions, file, cancel).ConfigureAwait(false);
            mine = next;
            if (theirs.Complete && mine.Done)
                return;
            theirs = await StepAsync(mine.Data, cancel).ConfigureAwait(false);
            if (theirs.Complete && mine.Done)
                return;
        }
    }

    async ValueTask AnswerAsync(SaslClient session, IReadOnlyList<SaslQuestion> asked, CredentialFile? file, CancellationToken cancel)
    {
        var left = new List<(SaslQuestion Question, Credential Credential)>();
        foreach (SaslQuestion question in asked)
        {
            CredentialKind kind = questions.First(pair => pair.Value == question.Id).Key;
            question.Answer = file?.Find("libvirt", login.Address.Host, kind);
            if (question.Answer is null)
                left.Add((question, new Credential(kind, question.Prompt ?? kind.ToString(), question.Challenge, question.Default)));
        }
        if (left.Count > 0)
        {
            if (login.Credentials is not { } source)
                throw Failed("No authentication callback available");
            if (!await source.AnswerAsync([.. left.Select(static l => l.Credential)], cancel).ConfigureAwait(false))
                throw Failed("Failed to collect auth credentials");
            foreach ((SaslQuestion question, Credential credential) in left)
                question.Answer = credential.Answer;
        }
        session.TakeAnswers();
    }

    static VireoException Failed(string what) => new(ErrorCode.AuthFailed, ErrorDomain.Remote, what);

    readonly record struct Reply(bool Complete, byte[]? Data);

    ValueTask<Reply> StartAsync(string mechanism, byte[]? data, CancellationToken cancel)
    {
        XdrWriter call = client.BeginCall(Start);
        call.WriteString(mechanism, Codec.Text);
        WriteData(ref call, data);
        return client.CallAsync(ref call, ReadReply, cancel);
    }

    ValueTask<Reply> StepAsync(byte[]? data, CancellationToken cancel)
    {
        XdrWriter call = client.BeginCall(Step);
        WriteData(ref call, data);
        return client.CallAsync(ref call, ReadReply, cancel);
    }

    // int nil; char data<>: each char is a word of its own.
    static void WriteData(ref XdrWriter call, byte[]? data)
    {
        call.WriteInt(data is null ? 1 : 0);
        call.WriteCount(data?.Length ?? 0, MostData);
        foreach (byte b in data ?? [])
            call.WriteInt((sbyte)b);
    }

    static Reply ReadReply(ref XdrReader reply)
    {
        bool complete = reply.ReadInt() != 0, none = reply.ReadInt() != 0;
        byte[] data = new byte[reply.ReadCount(MostData, itemSize: 4)];
        for (int i = 0; i < data.Length; i++)
            data[i] = (byte)reply.ReadInt();
        return new(complete, none ? null : data);
    }
}
