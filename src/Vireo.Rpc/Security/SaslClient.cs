using System.Buffers;
using System.Runtime.InteropServices;
using System.Text;
using Vireo.Core.Errors;
using Vireo.Rpc.Client;
using Vireo.Rpc.Posix;
using static Vireo.Rpc.Security.Sasl;

namespace Vireo.Rpc.Security;

/// <summary>Something that the mechanism wants to know from the user.</summary>
/// <param name="Id">What (SASL_CB_*).</param>
/// <param name="Prompt">How to ask for it.</param>
/// <param name="Challenge">What it is an answer to.</param>
/// <param name="Default">What to take if there is no answer.</param>
public sealed record SaslQuestion(uint Id, string? Prompt, string? Challenge, string? Default)
{
    /// <summary>The answer.</summary>
    public string? Answer { get; set; }
}

/// <summary>Where a login is after a step: questions to answer before the step is taken again, or data for the server.</summary>
/// <param name="Done">The client's part is over.</param>
/// <param name="Data">What to send; null differs from nothing.</param>
/// <param name="Questions">What to ask first; empty: nothing.</param>
public readonly record struct SaslStep(bool Done, byte[]? Data, IReadOnlyList<SaslQuestion> Questions);

/// <summary>
/// The client's side of a SASL login, by the system's library, and what it negotiated for the bytes that follow.
/// For one thread at a time while the login lasts.
/// </summary>
public sealed unsafe class SaslClient : ISecurityLayer, IDisposable
{
    /// <summary>The security that a connection needs which has none of its own: that of DES, as libvirt has it.</summary>
    public const int LeastStrength = 56;

    const uint MostStrength = 100_000, BufferSize = 65_536;

    /// <summary>The library passes over mechanisms that it has no descriptor to open, and never looks for them again.</summary>
    const int LeastSpare = 8;

    static readonly Lazy<int> initialised = new(static () => sasl_client_init(null));

    readonly Lock gate = new();
    readonly List<nint> answers = [];
    readonly Callback* callbacks;
    Interaction* asked;
    SaslQuestion[] questions = [];
    string chosen = "";
    nint session;

    /// <summary>Begins a login to a service called "libvirt".</summary>
    /// <param name="host">The host's name, for mechanisms that know the server by it.</param>
    /// <param name="local">Our address as "address;port", where there is one.</param>
    /// <param name="remote">The server's address.</param>
    /// <param name="isSecure">Nobody can listen to the transport: passwords may be sent, and nothing is wrapped.</param>
    /// <param name="externalStrength">Bits of the transport's key.</param>
    /// <param name="askable">What the user can be asked (SASL_CB_*).</param>
    /// <exception cref="VireoException">The library is missing or refuses.</exception>
    public SaslClient(string host, string? local, string? remote, bool isSecure, int externalStrength, IEnumerable<uint> askable)
    {
        uint[] kinds = [.. askable];
        callbacks = (Callback*)NativeMemory.AllocZeroed((nuint)kinds.Length + 1, (nuint)sizeof(Callback));
        for (int i = 0; i < kinds.Length; i++)
            callbacks[i].Id = kinds[i];
        try
        {
            if (!initialised.IsValueCreated)
                Descriptors.NeedSpare(LeastSpare);
            Check(initialised.Value, "failed to initialize SASL library");
            fixed (nint* made = &session)
                Check(sasl_client_new("libvirt", host, local, remote, callbacks, SASL_SUCCESS_DATA, made), "Failed to create SASL client context");
            uint strength = (uint)externalStrength;
            if (strength > 0)
                Check(sasl_setprop(session, SASL_SSF_EXTERNAL, &strength), "cannot set external SSF");
            var rules = new SecurityProperties
            {
                MinSsf = isSecure ? 0u : LeastStrength, MaxSsf = isSecure ? 0 : MostStrength, MaxBuffer = BufferSize,
                Flags = isSecure ? 0 : SASL_SEC_NOANONYMOUS | SASL_SEC_NOPLAINTEXT,
            };
            Check(sasl_setprop(session, SASL_SEC_PROPS, &rules), "cannot set security props");
        }
        catch (DllNotFoundException missing)
        {
            Release();
            throw new VireoException(ErrorCode.AuthFailed, ErrorDomain.Rpc, "the SASL library libsasl2.so.2 is not installed", missing);
        }
        catch
        {
            Release();
            throw;
        }
    }

    void Check(int result, string what)
    {
        if (result != SASL_OK)
            throw Failed(result, what);
    }

    VireoException Failed(int error, string what) => new(ErrorCode.AuthFailed, ErrorDomain.Rpc,
        $"{what}: {error} ({Reason(session, error)})");

    /// <summary>The first step, with the mechanism that suits best.</summary>
    /// <param name="mechanisms">Those that the server offers, separated by commas, or the one that is insisted on.</param>
    /// <param name="mechanism">The one that was chosen, once there are no questions.</param>
    public SaslStep Start(string mechanisms, out string mechanism)
    {
        Interaction* ask = asked;
        byte* data;
        uint length;
        nint now = 0;
        int result = sasl_client_start(session, mechanisms, &ask, &data, &length, &now);
        // The library names the mechanism when it chooses it, not when it goes on after questions.
        chosen = Marshal.PtrToStringUTF8(now) ?? chosen;
        mechanism = chosen;
        return Outcome(result, ask, data, length, "Failed to start SASL negotiation");
    }

    /// <summary>A later step.</summary>
    /// <param name="input">What the server sent; null: no data, which differs from empty data.</param>
    public SaslStep Step(byte[]? input)
    {
        Interaction* ask = asked;
        byte* data;
        uint length;
        fixed (byte* bytes = input)
        fixed (byte* nothing = "\0"u8)
        {
            int result = sasl_client_step(session, input is null ? null : input.Length == 0 ? nothing : bytes, (uint)(input?.Length ?? 0), &ask, &data, &length);
            return Outcome(result, ask, data, length, "Failed to step SASL negotiation");
        }
    }

    SaslStep Outcome(int result, Interaction* ask, byte* data, uint length, string what)
    {
        asked = ask;
        switch (result)
        {
            case SASL_INTERACT:
                var list = new List<SaslQuestion>();
                for (Interaction* one = ask; one->Id != 0; one++)
                    list.Add(new((uint)one->Id, Marshal.PtrToStringUTF8(one->Prompt), Marshal.PtrToStringUTF8(one->Challenge), Marshal.PtrToStringUTF8(one->Default)));
                questions = [.. list];
                return new(false, null, questions);
            case SASL_OK or SASL_CONTINUE:
                return new(result == SASL_OK, data is null ? null : new ReadOnlySpan<byte>(data, (int)length).ToArray(), []);
            default:
                throw Failed(result, what);
        }
    }

    /// <summary>Gives the answers that the questions have by now to the mechanism: then take the step again.</summary>
    public void TakeAnswers()
    {
        for (int i = 0; i < questions.Length; i++)
        {
            string answer = questions[i].Answer ?? questions[i].Default ?? "";
            byte[] bytes = Encoding.UTF8.GetBytes(answer);
            byte* copy = (byte*)NativeMemory.AllocZeroed((nuint)bytes.Length + 1);
            bytes.CopyTo(new Span<byte>(copy, bytes.Length));
            answers.Add((nint)copy);
            asked[i].Result = (nint)copy;
            asked[i].Length = (uint)bytes.Length;
        }
    }

    /// <summary>Bits of the security that was negotiated; 0: bytes are not wrapped.</summary>
    public int Strength => *(int*)Property(SASL_SSF);

    int MostPlain => Math.Clamp(*(int*)Property(SASL_MAXOUTBUF), 1, (int)BufferSize);

    void* Property(int which)
    {
        void* value;
        Check(sasl_getprop(session, which, &value), "cannot query SASL property");
        return value;
    }

    /// <inheritdoc/>
    public void Wrap(ReadOnlySpan<byte> plain, IBufferWriter<byte> wire)
    {
        lock (gate)
        {
            ObjectDisposedException.ThrowIf(session == 0, this);
            for (int most = MostPlain; !plain.IsEmpty;)
            {
                ReadOnlySpan<byte> piece = plain[..Math.Min(most, plain.Length)];
                plain = plain[piece.Length..];
                byte* output;
                uint length;
                fixed (byte* input = piece)
                {
                    int result = sasl_encode(session, input, (uint)piece.Length, &output, &length);
                    if (result != SASL_OK)
                        throw Failed(result, "failed to encode SASL data");
                }
                wire.Write(new ReadOnlySpan<byte>(output, (int)length));
            }
        }
    }

    /// <inheritdoc/>
    public void Unwrap(ReadOnlySpan<byte> wire, IBufferWriter<byte> plain)
    {
        lock (gate)
        {
            ObjectDisposedException.ThrowIf(session == 0, this);
            byte* output;
            uint length;
            fixed (byte* input = wire)
            {
                int result = sasl_decode(session, input, (uint)wire.Length, &output, &length);
                if (result != SASL_OK)
                    throw Failed(result, "failed to decode SASL data");
            }
            if (length > 0)
                plain.Write(new ReadOnlySpan<byte>(output, (int)length));
        }
    }

    void Release()
    {
        foreach (nint answer in answers)
        {
            NativeMemory.Clear((void*)answer, (nuint)MemoryMarshal.CreateReadOnlySpanFromNullTerminated((byte*)answer).Length);
            NativeMemory.Free((void*)answer);
        }
        answers.Clear();
        if (session != 0)
        {
            nint gone = session;
            session = 0;
            sasl_dispose(&gone);
        }
        NativeMemory.Free(callbacks);
    }

    /// <summary>Ends the session: nothing can be wrapped any more.</summary>
    public void Dispose()
    {
        lock (gate)
        {
            if (session == 0)
                return;
            Release();
        }
        GC.SuppressFinalize(this);
    }

    /// <summary>Frees what a connection that nobody closed leaves behind.</summary>
    ~SaslClient()
    {
        if (session != 0)
            Release();
    }
}
