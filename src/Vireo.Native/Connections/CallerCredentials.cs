using Vireo.Driver.Login;
using Vireo.Native.Interop;

namespace Vireo.Native.Connections;

/// <summary>The program's own callback that asks its user (virConnectAuth). It is good while the connection is being opened.</summary>
sealed unsafe class CallerCredentials : ICredentialSource
{
    readonly CConnectAuth* auth;

    CallerCredentials(CConnectAuth* auth)
    {
        this.auth = auth;
        Kinds = [.. new ReadOnlySpan<int>(auth->Types, auth->Types is null ? 0 : (int)auth->TypeCount).ToArray().Select(static t => (CredentialKind)t)];
    }

    internal static CallerCredentials? Of(CConnectAuth* auth) => auth is null || auth->Callback is null ? null : new(auth);

    public IReadOnlyCollection<CredentialKind> Kinds { get; }

    public ValueTask<bool> AnswerAsync(IReadOnlyList<Credential> asked, CancellationToken cancel)
    {
        CConnectCredential* questions = CMemory.New<CConnectCredential>((nuint)asked.Count);
        try
        {
            for (int i = 0; i < asked.Count; i++)
            {
                questions[i] = new()
                {
                    Type = (int)asked[i].Kind, Prompt = CMemory.Text(asked[i].Prompt), Challenge = CMemory.Text(asked[i].Challenge), DefaultResult = CMemory.Text(asked[i].Default),
                };
            }
            if (auth->Callback(questions, (uint)asked.Count, auth->CallbackData) < 0)
                return new(false);
            for (int i = 0; i < asked.Count; i++)
                asked[i].Answer = CMemory.Read(questions[i].Result) ?? asked[i].Default;
            return new(true);
        }
        finally
        {
            for (int i = 0; i < asked.Count; i++)
            {
                Erase(questions[i].Result);
                CMemory.Free(questions[i].Prompt);
                CMemory.Free(questions[i].Challenge);
                CMemory.Free(questions[i].DefaultResult);
            }
            CMemory.Free(questions);
        }
    }

    /// <summary>Answers are secrets: nothing is left of them in memory that somebody else gets.</summary>
    static void Erase(byte* answer)
    {
        if (answer is null)
            return;
        new Span<byte>(answer, (int)Libc.strlen(answer)).Clear();
        CMemory.Free(answer);
    }
}
