using System.Runtime.InteropServices;
using Vireo.Core.Errors;
using Vireo.Rpc.Server;
using static Vireo.Rpc.Security.Sasl;

namespace Vireo.Rpc.Security;

/// <summary>A server's word in a SASL exchange.</summary>
/// <param name="Complete">The client has proved who it is.</param>
/// <param name="Data">What the client is told; null is something else than nothing.</param>
public readonly record struct SaslAnswer(bool Complete, byte[]? Data);

/// <summary>The login of one client by SASL. Its calls may block: databases and key servers are asked.</summary>
public sealed unsafe class SaslSession : IDisposable
{
    /// <summary>Data of one message, at most; the protocol's limit.</summary>
    public const int MaxData = 65_536;

    const int MaxBuffer = 65_536;
    static readonly Lock library = new();
    static bool isReady;

    readonly Lock gate = new();
    readonly bool wrapped;
    readonly int minStrength;
    nint connection;
    bool isUnderWay;    // libsasl2 does not look whether an exchange has begun before it goes on with it

    SaslSession(bool wrapped, int minStrength) => (this.wrapped, this.minStrength) = (wrapped, minStrength);

    /// <summary>Begins. Over plain TCP the exchange must bring encryption; a unix socket or TLS needs none.</summary>
    /// <param name="peer">Who logs in.</param>
    /// <param name="minStrength">Bits of encryption over plain TCP.</param>
    /// <exception cref="VireoException">libsasl2 is missing, or has nothing to offer.</exception>
    public static SaslSession Begin(RpcPeer peer, int minStrength)
    {
        bool wrapped = peer.Service.Transport is RpcTransport.Tcp;
        var session = new SaslSession(wrapped, minStrength);
        try
        {
            session.Open(peer);
            return session;
        }
        catch (DllNotFoundException e)
        {
            throw Failed("libsasl2.so.2 is not there", e);
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    static VireoException Failed(string why, Exception? inner = null) => new(ErrorCode.AuthFailed, ErrorDomain.Auth, why, inner);

    void Open(RpcPeer peer)
    {
        lock (library)
        {
            if (!isReady)
                Check(Prepare(), "Failed to initialize SASL library");
            isReady = true;
        }
        nint made;
        Check(sasl_server_new("libvirt", null, null, peer.Identity.Local?.ForSasl, peer.Identity.Remote?.ForSasl, 0, SASL_SUCCESS_DATA, &made),
            "cannot create SASL server context");
        connection = made;
        uint external = (uint)(peer.Tls?.KeyBits ?? 0);
        if (external > 0)
            Check(sasl_setprop(connection, SASL_SSF_EXTERNAL, &external), "cannot set external SSF");
        var properties = new SecurityProperties
        {
            MinSsf = wrapped ? (uint)minStrength : 0,
            MaxSsf = wrapped ? 100_000u : 0,
            MaxBuffer = MaxBuffer,
            Flags = wrapped ? SASL_SEC_NOANONYMOUS | SASL_SEC_NOPLAINTEXT : 0,
        };
        Check(sasl_setprop(connection, SASL_SEC_PROPS, &properties), "cannot set security props");
        byte* list;
        Check(sasl_listmech(connection, null, "", ",", "", &list, null, null), "cannot list SASL mechanisms");
        Mechanisms = Marshal.PtrToStringUTF8((nint)list) ?? "";
    }

    void Check(int result, string what)
    {
        if (result != SASL_OK)
            throw Failed($"{what} {result} ({Reason(connection, result)})");
    }

    /// <summary>What may be chosen from, separated by commas.</summary>
    public string Mechanisms { get; private set; } = "";

    /// <summary>The client's name, once it has proved it.</summary>
    public string? Name { get; private set; }

    /// <summary>What all further bytes must pass, once the login is complete; null: nothing.</summary>
    public SecurityLayer? Layer { get; private set; }

    /// <summary>The client chose a mechanism, and may have said something already.</summary>
    /// <exception cref="VireoException">It is not the one it says it is. The exchange is over.</exception>
    public SaslAnswer Start(string mechanism, byte[]? data)
    {
        lock (gate)
        {
            fixed (byte* bytes = Pointable(data))
            {
                byte* answer = null;
                uint length = 0;
                int result = IsOver || isUnderWay ? -1 : sasl_server_start(connection, mechanism, data is null ? null : bytes, (uint)(data?.Length ?? 0), &answer, &length);
                return Answer(result, answer, length);
            }
        }
    }

    /// <summary>The client went on.</summary>
    /// <exception cref="VireoException">It is not the one it says it is. The exchange is over.</exception>
    public SaslAnswer Step(byte[]? data)
    {
        lock (gate)
        {
            fixed (byte* bytes = Pointable(data))
            {
                byte* answer = null;
                uint length = 0;
                int result = IsOver || !isUnderWay ? -1 : sasl_server_step(connection, data is null ? null : bytes, (uint)(data?.Length ?? 0), &answer, &length);
                return Answer(result, answer, length);
            }
        }
    }

    // Nothing and no data differ for a mechanism, so that an empty array must have an address.
    static byte[] Pointable(byte[]? data) => data is { Length: > 0 } ? data : [0];

    bool IsOver => connection == 0;

    SaslAnswer Answer(int result, byte* answer, uint length)
    {
        if (IsOver)
            throw Failed("the exchange is over");
        isUnderWay = result is SASL_CONTINUE;
        if (result is not (SASL_OK or SASL_CONTINUE))
        {
            string why = Reason(connection, result);
            Close();
            throw Failed(why);
        }
        byte[]? said = answer is null ? null : new ReadOnlySpan<byte>(answer, (int)Math.Min(length, MaxData)).ToArray();
        if (result is SASL_CONTINUE)
            return new SaslAnswer(false, said);
        Complete();
        return new SaslAnswer(true, said);
    }

    void Complete()
    {
        void* value;
        Check(sasl_getprop(connection, SASL_USERNAME, &value), "cannot query SASL username");
        string name = Marshal.PtrToStringUTF8((nint)value) ?? throw Failed("no client username was found");
        if (wrapped)
        {
            Check(sasl_getprop(connection, SASL_SSF, &value), "cannot query SASL ssf");
            uint strength = *(uint*)value;
            if (strength < minStrength)
            {
                Close();
                throw Failed($"negotiation SSF {strength} was not strong enough");
            }
            Check(sasl_getprop(connection, SASL_MAXOUTBUF, &value), "cannot query SASL buffer size");
            int piece = (int)Math.Clamp(*(uint*)value, 16, MaxBuffer);
            Layer = new SaslLayer(connection, piece);
            connection = 0;
        }
        Name = name;
    }

    void Close()
    {
        nint last = connection;
        connection = 0;
        if (last != 0)
            sasl_dispose(&last);
    }

    /// <summary>The exchange is over, however it stands. A layer that a connection has is that connection's.</summary>
    public void Dispose()
    {
        lock (gate)
            Close();
    }
}
