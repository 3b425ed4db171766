using Vireo.Core.Errors;
using Vireo.Rpc.Messages;
using Vireo.Rpc.Xdr;

namespace Vireo.Rpc.Client;

/// <summary>A stream of a blocking channel. Its state is under the channel's gate.</summary>
sealed class BlockingClientStream(BlockingRpcChannel channel, MessageHeader header) : IPolledStream
{
    readonly Queue<(byte[] Bytes, long Hole)> data = new();
    long taken;
    bool ended, over;
    VirError? failed;

    /// <summary>Under the gate: neither side says more.</summary>
    internal bool IsOver => over;

    /// <summary>Under the gate: a packet of ours.</summary>
    internal void Take(in MessageHeader packet, ReadOnlySpan<byte> payload)
    {
        switch (packet.Status)
        {
            case MessageStatus.Continue when packet.Type is MessageType.StreamHole:
                if (!HolePayload.TryRead(payload, out long hole))
                    Break(ChannelErrors.Garbage("Unable to decode message payload"));
                else if (hole > 0)
                    data.Enqueue(([], hole));
                break;
            case MessageStatus.Continue when payload.Length > 0:
                data.Enqueue((payload.ToArray(), 0));
                break;
            case MessageStatus.Continue:
                ended = true;
                break;
            case MessageStatus.Error:
                var reader = new XdrReader(payload);
                try
                {
                    Break(ErrorPayload.ForCaller(ErrorPayload.Read(ref reader)));
                }
                catch (XdrException)
                {
                    Break(ChannelErrors.Garbage("Unable to decode message payload"));
                }
                break;
            default:
                Finish();
                break;
        }
    }

    /// <summary>Under the gate: the stream is over, and not well.</summary>
    void Break(VirError why)
    {
        failed = why;
        Finish();
    }

    void Finish()
    {
        ended = over = true;
        channel.Forget(header.Serial);
    }

    void Send(MessageStatus status, ReadOnlySpan<byte> payload)
    {
        var writer = Frame.Begin(header with { Type = MessageType.Stream, Status = status }, Frame.Prefix + payload.Length);
        payload.CopyTo(writer.Reserve(payload.Length));
        Frame.End(ref writer);
        Enqueue(ref writer);
    }

    void Enqueue(ref XdrWriter packet)
    {
        try
        {
            lock (channel.Gate)
            {
                channel.ThrowIfEnded();
                channel.Enqueue(in header, packet.Written);
            }
            channel.TellOfInput();
        }
        finally
        {
            packet.Dispose();
        }
    }

    public ValueTask SendAsync(ReadOnlyMemory<byte> data, CancellationToken cancel)
    {
        while (!data.IsEmpty)
        {
            ThrowIfFailed();
            int piece = Math.Min(data.Length, Frame.MaxStreamPiece);
            Send(MessageStatus.Continue, data.Span[..piece]);
            channel.WaitFor(static c => ((BlockingRpcChannel)c).HasRoom, channel, cancel);
            data = data[piece..];
        }
        return ValueTask.CompletedTask;
    }

    public ValueTask SendHoleAsync(long length, CancellationToken cancel)
    {
        ThrowIfFailed();
        XdrWriter hole = HolePayload.Make(header, length);
        Enqueue(ref hole);
        channel.WaitFor(static c => ((BlockingRpcChannel)c).HasRoom, channel, cancel);
        return ValueTask.CompletedTask;
    }

    public bool MayReceive
    {
        get
        {
            lock (channel.Gate)
                return HasNews || channel.HasEnded;
        }
    }

    public bool MaySend
    {
        get
        {
            lock (channel.Gate)
                return channel.HasRoom || over || channel.HasEnded;
        }
    }

    public void Send(ReadOnlySpan<byte> data, bool wait)
    {
        while (!data.IsEmpty)
        {
            ThrowIfFailed();
            int piece = Math.Min(data.Length, Frame.MaxStreamPiece);
            Send(MessageStatus.Continue, data[..piece]);
            if (wait)
                channel.WaitFor(static c => ((BlockingRpcChannel)c).HasRoom, channel, default);
            data = data[piece..];
        }
    }

    public StreamPiece Receive(Span<byte> target, bool stopAtHole)
    {
        channel.WaitFor(static s => ((BlockingClientStream)s).HasNews, this, default);
        lock (channel.Gate)
        {
            if (data.TryPeek(out (byte[] Bytes, long Hole) first))
            {
                if (first.Hole > 0 && stopAtHole)
                    return new(0, first.Hole - taken);
                long left = Math.Max(first.Bytes.Length, first.Hole) - taken;
                int count = (int)Math.Min(target.Length, left);
                if (first.Hole > 0)
                    target[..count].Clear();
                else
                    first.Bytes.AsSpan((int)taken, count).CopyTo(target);
                Took(count, left);
                return new(count, 0);
            }
        }
        ThrowIfFailed();
        return default;
    }

    public long TakeHole()
    {
        lock (channel.Gate)
        {
            if (!data.TryPeek(out (byte[] Bytes, long Hole) first) || first.Hole is 0)
                return 0;
            long left = first.Hole - taken;
            Took(left, left);
            return left;
        }
    }

    void Took(long count, long left)
    {
        taken += count;
        if (count == left)
        {
            data.Dequeue();
            taken = 0;
        }
    }

    public ValueTask<int> ReceiveAsync(Memory<byte> target, CancellationToken cancel)
    {
        StreamPiece piece = Receive(target, holes: false, cancel);
        return new ValueTask<int>(piece.Bytes);
    }

    public ValueTask<StreamPiece> ReceivePieceAsync(Memory<byte> target, CancellationToken cancel) =>
        new(Receive(target, holes: true, cancel));

    StreamPiece Receive(Memory<byte> target, bool holes, CancellationToken cancel)
    {
        channel.WaitFor(static s => ((BlockingClientStream)s).HasNews, this, cancel);
        lock (channel.Gate)
        {
            if (data.TryPeek(out (byte[] Bytes, long Hole) first))
            {
                long left = Math.Max(first.Bytes.Length, first.Hole) - taken;
                bool hole = first.Hole > 0;
                long count = hole && holes ? left : Math.Min(target.Length, left);
                if (hole && !holes)
                    target.Span[..(int)count].Clear();
                else if (!hole)
                    first.Bytes.AsSpan((int)taken, (int)count).CopyTo(target.Span);
                Took(count, left);
                return hole && holes ? new(0, count) : new((int)count, 0);
            }
        }
        ThrowIfFailed();
        return default;
    }

    bool HasNews => data.Count > 0 || ended;

    void ThrowIfFailed()
    {
        if (failed is { } why)
            throw new VireoException(why);
    }

    public ValueTask FinishAsync(CancellationToken cancel) => Leave(MessageStatus.Ok, cancel);

    public ValueTask AbortAsync() => Leave(MessageStatus.Error, CancellationToken.None);

    ValueTask Leave(MessageStatus status, CancellationToken cancel)
    {
        bool told;
        lock (channel.Gate)
            told = over;
        if (!told)
        {
            Send(status, []);
            channel.WaitFor(static s => ((BlockingClientStream)s).over, this, cancel);
        }
        if (status is MessageStatus.Ok)
            ThrowIfFailed();
        return ValueTask.CompletedTask;
    }

    /// <summary>Aborts without waiting for the server's word.</summary>
    public ValueTask DisposeAsync()
    {
        lock (channel.Gate)
        {
            if (over)
                return ValueTask.CompletedTask;
            over = true;
            channel.Forget(header.Serial);
        }
        try
        {
            Send(MessageStatus.Error, []);
        }
        catch (VireoException)
        {
            // The connection went first.
        }
        return ValueTask.CompletedTask;
    }
}
