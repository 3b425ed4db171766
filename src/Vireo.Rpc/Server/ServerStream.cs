using Vireo.Core.Errors;
using Vireo.Rpc.Messages;
using Vireo.Rpc.Xdr;

namespace Vireo.Rpc.Server;

/// <summary>
/// The server's end of a stream. The handler is called by the connection's epoll thread only, so its calls never overlap.
/// Until the reply to the call is out, what is sent waits here.
/// </summary>
sealed class ServerStream(Connection connection, in MessageHeader header, IRpcStreamHandler handler) : IRpcStream
{
    enum Phase { BeforeReply, Open, Over }

    readonly Lock gate = new();
    readonly MessageHeader header = header;
    Phase phase;
    List<(byte[] Data, long Hole)>? early;
    bool endedEarly;
    VirError? failedEarly;
    int blocked;

    internal MessageHeader Header => header;

    internal bool Is(in MessageHeader packet) => packet.Program == header.Program && packet.Procedure == header.Procedure;

    public bool Send(ReadOnlySpan<byte> data)
    {
        lock (gate)
        {
            if (phase is Phase.BeforeReply)
            {
                (early ??= []).Add((data.ToArray(), 0));
                return false;
            }
            return phase is Phase.Over || SendPieces(data);
        }
    }

    public bool SendHole(long length)
    {
        lock (gate)
        {
            if (phase is Phase.BeforeReply)
            {
                (early ??= []).Add(([], length));
                return false;
            }
            return phase is Phase.Over || SendHolePacket(length);
        }
    }

    bool SendHolePacket(long length)
    {
        XdrWriter writer = HolePayload.Make(in header, length);
        bool gone = connection.Send(writer.Written, stream: this);
        writer.Dispose();
        return gone;
    }

    bool SendPieces(ReadOnlySpan<byte> data)
    {
        bool gone = true;
        while (!data.IsEmpty)
        {
            ReadOnlySpan<byte> piece = data[..Math.Min(data.Length, Frame.MaxStreamPiece)];
            data = data[piece.Length..];
            gone = SendPacket(piece, tellWhenGone: data.IsEmpty);
        }
        return gone;
    }

    bool SendPacket(ReadOnlySpan<byte> data, bool tellWhenGone)
    {
        var writer = Frame.Begin(
            header with { Type = MessageType.Stream, Status = MessageStatus.Continue }, Frame.Prefix + data.Length);
        data.CopyTo(writer.Reserve(data.Length));
        Frame.End(ref writer);
        bool gone = connection.Send(writer.Written, stream: tellWhenGone ? this : null);
        writer.Dispose();
        return gone;
    }

    public void End()
    {
        lock (gate)
        {
            if (phase is Phase.BeforeReply)
                endedEarly = true;
            else if (phase is Phase.Open)
                SendPacket([], tellWhenGone: false);
        }
    }

    public void Fail(VirError error) => Fail(error, MessageType.Stream);

    /// <summary>A refused hole is answered by a message of type reply, as libvirtd does.</summary>
    internal void Fail(VirError error, MessageType type)
    {
        lock (gate)
        {
            if (phase is Phase.BeforeReply)
            {
                failedEarly = error;
                return;
            }
            if (phase is Phase.Over)
                return;
            phase = Phase.Over;
        }
        connection.RemoveStream(this);
        connection.SendStreamEnd(this, error, type);
    }

    public void Resume() => connection.Thread.Post(new Mail(MailKind.Unblock, connection, this));

    /// <summary>The reply is out.</summary>
    internal void Start()
    {
        VirError? failed;
        lock (gate)
        {
            if (phase is not Phase.BeforeReply)
                return;
            phase = Phase.Open;
            foreach ((byte[] data, long hole) in early ?? [])
                _ = hole > 0 ? SendHolePacket(hole) : SendPieces(data);
            early = null;
            if (endedEarly)
                SendPacket([], tellWhenGone: false);
            failed = failedEarly;
        }
        if (failed is not null)
            Fail(failed);
        else
            connection.Thread.Post(new Mail(MailKind.Ready, connection, this));
    }

    /// <summary>The call failed after all: nobody will hear of this stream.</summary>
    internal void Discard()
    {
        lock (gate)
            phase = Phase.Over;
        connection.RemoveStream(this);
    }

    internal void Ready()
    {
        if (!IsOver)
            Guarded(static stream => stream.Ready());
    }

    internal bool Received(ReadOnlySpan<byte> data)
    {
        if (IsOver)
            return true;
        try
        {
            if (handler.Received(data))
                return true;
            Volatile.Write(ref blocked, 1);
            return false;
        }
        catch (Exception e)
        {
            Fail(ServerCall.Describe(e));
            return true;
        }
    }

    internal bool Sparse => handler.Sparse;

    internal bool ReceivedHole(long length)
    {
        if (IsOver)
            return true;
        try
        {
            if (handler.ReceivedHole(length))
                return true;
            Volatile.Write(ref blocked, 1);
            return false;
        }
        catch (Exception e)
        {
            Fail(ServerCall.Describe(e), MessageType.Reply);
            return true;
        }
    }

    internal bool TakeBlock() => Interlocked.Exchange(ref blocked, 0) == 1;

    /// <summary>The client finished: completes when he may be answered.</summary>
    internal ValueTask FinishedAsync() => Over() ? handler.FinishedAsync() : default;

    internal void Aborted()
    {
        if (Over())
            Guarded(static stream => stream.Aborted());
    }

    /// <summary>The client is gone.</summary>
    internal void Orphaned() => Aborted();

    // A client that has its reply sends at once: that may be read before who sent the reply has come to Start.
    bool IsOver
    {
        get
        {
            lock (gate)
                return phase is Phase.Over;
        }
    }

    bool Over()
    {
        lock (gate)
        {
            bool was = phase is not Phase.Over;
            phase = Phase.Over;
            return was;
        }
    }

    void Guarded(Action<IRpcStreamHandler> step)
    {
        try
        {
            step(handler);
        }
        catch (Exception e)
        {
            Fail(ServerCall.Describe(e));
        }
    }
}
