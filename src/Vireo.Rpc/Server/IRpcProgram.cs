using Vireo.Core.Errors;
using Vireo.Rpc.Messages;
using Vireo.Rpc.Xdr;

namespace Vireo.Rpc.Server;

/// <summary>What the server must know about a procedure before it runs it.</summary>
/// <param name="Inline">Cannot block: runs on the connection's epoll thread. Otherwise a worker runs it.</param>
/// <param name="NeedsLogin">Refused before authentication with "authentication required".</param>
/// <param name="Descriptors">A call of type 4 may carry descriptors.</param>
public readonly record struct ProcedureTraits(bool Inline, bool NeedsLogin, bool Descriptors = false);

/// <summary>
/// One program of the protocol, for one connection: it holds that connection's state (the opened driver, the
/// registered events). The server knows frames, not procedures; this interface is all it asks.
/// </summary>
public interface IRpcProgram
{
    /// <summary>The program number.</summary>
    uint Program { get; }

    /// <summary>The program's version.</summary>
    uint Version { get; }

    /// <summary>Null: "unknown procedure: N".</summary>
    ProcedureTraits? Find(int procedure);

    /// <summary>
    /// Runs a call. Sooner or later, on whatever thread, exactly one of <see cref="RpcCall"/>'s Reply or Fail is called;
    /// an exception that leaves this method counts as Fail. <paramref name="arguments"/> is valid until it returns.
    /// </summary>
    void Dispatch(RpcCall call, scoped ref XdrReader arguments);

    /// <summary>
    /// The connection is gone: drop callbacks, close the driver connection. Called once, by a worker; calls that were
    /// running may still be.
    /// </summary>
    void Closed();
}

/// <summary>
/// One call on its way. Pooled: not to be touched after Reply or Fail.
/// </summary>
public abstract class RpcCall
{
    /// <summary>The call's header.</summary>
    public MessageHeader Header { get; protected set; }

    /// <summary>Who called.</summary>
    public abstract RpcPeer Peer { get; }

    /// <summary>Who wants to hear when the call is over; null: nobody.</summary>
    public ICallWatch? Watch { get; set; }

    /// <summary>Takes over the descriptors that came with a call of type 4. What nobody takes is closed when the call is over.</summary>
    public abstract int[] TakeDescriptors();

    /// <summary>A writer whose frame and header are already written (status ok): append the results, then <see cref="Reply"/>.</summary>
    public abstract XdrWriter BeginReply();

    /// <summary>
    /// Sends the reply and disposes of the writer. <paramref name="descriptors"/> make it a message of type 5; the caller
    /// keeps them and may close them when this returns.
    /// </summary>
    public abstract void Reply(ref XdrWriter reply, scoped ReadOnlySpan<int> descriptors = default);

    /// <summary>Sends an error structure.</summary>
    public abstract void Fail(VirError error);

    /// <summary>The reply is the last message in clear: what follows it, both ways, passes the layer, which becomes the connection's.</summary>
    public abstract void WrapAfterReply(Security.SecurityLayer layer);

    /// <summary>
    /// Ties a stream to this call. Call it before <see cref="Reply"/>; packets flow once the reply is out.
    /// </summary>
    public abstract IRpcStream OpenStream(IRpcStreamHandler handler);
}

/// <summary>Hears when a call is over.</summary>
public interface ICallWatch
{
    /// <summary>It was answered. Any thread; must not block.</summary>
    /// <param name="error">What it failed with; null: it did not.</param>
    void Ended(VirError? error);
}

/// <summary>One client connection of a server.</summary>
public abstract class RpcPeer
{
    /// <summary>The socket that it came by.</summary>
    public abstract RpcService Service { get; }

    /// <summary>Came by the read-only socket.</summary>
    public bool ReadOnly => Service.ReadOnly;

    /// <summary>The server's number of this client; never used again.</summary>
    public abstract long Id { get; }

    /// <summary>When it came.</summary>
    public abstract DateTimeOffset Since { get; }

    /// <summary>What TLS found out about it; null before the handshake is done, and without TLS.</summary>
    public abstract TlsPeer? Tls { get; }

    /// <summary>The name that a login by SASL proved.</summary>
    public string? SaslName { get; set; }

    /// <summary>Where it comes from and as whom.</summary>
    public abstract PeerIdentity Identity { get; }

    /// <summary>Whether the login is done. Setting it lets procedures that need it through.</summary>
    public abstract bool LoggedIn { get; set; }

    /// <summary>The peer may be sent keepalive pings from now on.</summary>
    public abstract void StartKeepalive();

    /// <summary>A writer for an event: frame and header are already written (type message, serial 1, status ok).</summary>
    public abstract XdrWriter BeginEvent(uint program, uint version, int procedure);

    /// <summary>Queues the event in order behind what was queued before, and disposes of the writer. Callable from any thread, never blocks.</summary>
    public abstract void SendEvent(ref XdrWriter message);

    /// <summary>Ends the connection after what is queued has been sent.</summary>
    public abstract void CloseAfterReplies();

    /// <summary>Ends the connection now.</summary>
    public abstract void Disconnect();
}

/// <summary>A client that came by TLS.</summary>
/// <param name="Name">Its certificate's name, as GnuTLS writes it; null: it showed none.</param>
/// <param name="KeyBits">Bits of the cipher's key.</param>
public sealed record TlsPeer(string? Name, int KeyBits);

/// <summary>Unix credentials of a peer; null members where the transport has none.</summary>
/// <param name="Pid">Its process.</param>
/// <param name="Uid">Its user.</param>
/// <param name="Gid">Its group.</param>
/// <param name="Remote">Its address.</param>
/// <param name="Local">The address that it came to.</param>
/// <param name="SecurityLabel">What the kernel's security module (SELinux, AppArmor) calls it; null also where there is no such module.</param>
public sealed record PeerIdentity(
    int? Pid, uint? Uid, uint? Gid, SocketAddressText? Remote = null, SocketAddressText? Local = null, string? SecurityLabel = null);

/// <summary>An address and its port.</summary>
/// <param name="Address">The number, without brackets.</param>
/// <param name="Port">The port.</param>
public sealed record SocketAddressText(string Address, int Port)
{
    /// <summary>"1.2.3.4:5" or "[::1]:5".</summary>
    public override string ToString() => Address.Contains(':') ? $"[{Address}]:{Port}" : $"{Address}:{Port}";

    /// <summary>As SASL wants it: "1.2.3.4;5".</summary>
    public string ForSasl => $"{Address};{Port}";
}

/// <summary>The server's end of a stream: what the driver may do with it. Any thread.</summary>
public interface IRpcStream
{
    /// <summary>
    /// Sends data to the client (cut into packets of at most 262,120 bytes). False: the packet is queued, but do not send
    /// more before <see cref="IRpcStreamHandler.Ready"/>.
    /// </summary>
    bool Send(ReadOnlySpan<byte> data);

    /// <summary>Sends a hole of so many bytes; only if the call asked for holes. The answer is that of <see cref="Send"/>.</summary>
    bool SendHole(long length);

    /// <summary>End of data; the client then finishes the stream.</summary>
    void End();

    /// <summary>Fails the stream with an error message.</summary>
    void Fail(VirError error);

    /// <summary>Goes on reading after <see cref="IRpcStreamHandler.Received"/> said no.</summary>
    void Resume();
}

/// <summary>What happens to a stream on the client's side. Called one at a time, in order; must not block.</summary>
public interface IRpcStreamHandler
{
    /// <summary>
    /// The reply is out: data may flow. Also called when the client can take more after <see cref="IRpcStream.Send"/> said no.
    /// </summary>
    void Ready();

    /// <summary>
    /// Data from the client, taken over in any case; false stops reading from this client until
    /// <see cref="IRpcStream.Resume"/>.
    /// </summary>
    bool Received(ReadOnlySpan<byte> data);

    /// <summary>The call asked for holes. A hole in any other stream ends the connection.</summary>
    bool Sparse => false;

    /// <summary>A hole from the client, of so many bytes; the answer is that of <see cref="Received"/>.</summary>
    bool ReceivedHole(long length) => true;

    /// <summary>The client finished the stream: throw to answer with an error instead of ok.</summary>
    void Finished();

    /// <summary>As <see cref="Finished"/>, for who asks somebody else: the client is answered when this completes, with an error if it throws.</summary>
    ValueTask FinishedAsync()
    {
        Finished();
        return default;
    }

    /// <summary>The client aborted, or is gone.</summary>
    void Aborted();
}
