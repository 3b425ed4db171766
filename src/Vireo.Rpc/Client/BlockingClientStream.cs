using Vireo.Core.Errors;
using Vireo.Rpc.Messages;
using Vireo.Rpc.Xdr;

namespace Vireo.Rpc.Client;

/// <summary>A stream of a blocking channel. Its state is under the channel's gate.</summary>
sealed class BlockingClientStream(BlockingRpcChannel channel, MessageHeader header) : IClientStream
{
    readonly Queue<byte[]> data = new();
    int taken;
    bool ended, over;
    VirError? failed;

    /// <summary>Under the gate: a packet of ours.</summary>
    internal void Take(in MessageHeader packet, ReadOnlySpan<byte> payload)
    {
        if (packet.Type is MessageType.StreamHole)
            return;
        switch (packet.Status)
        {
            case MessageStatus.Continue when payload.Length > 0:
                data.Enqueue(payload.ToArray());
                break;
            case MessageStatus.Continue:
                ended = true;
                break;
            case MessageStatus.Error:
                var reader = new XdrReader(payload);
                try
                {
                    failed = ErrorPayload.ForCaller(ErrorPayload.Read(ref reader));
                }
                catch (XdrException)
                {
                    failed = ChannelErrors.Garbage("Unable to decode message payload");
                }
                Finish();
                break;
            default:
                Finish();
                break;
        }
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
        lock (channel.Gate)
        {
            channel.ThrowIfEnded();
            channel.Enqueue(in header, writer.Written);
        }
        writer.Dispose();
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

    public ValueTask<int> ReceiveAsync(Memory<byte> target, CancellationToken cancel)
    {
        channel.WaitFor(static s => ((BlockingClientStream)s).HasNews, this, cancel);
        lock (channel.Gate)
        {
            if (data.TryPeek(out byte[]? first))
            {
                int count = Math.Min(target.Length, first.Length - taken);
                first.AsSpan(taken, count).CopyTo(target.Span);
                taken += count;
                if (taken == first.Length)
                {
                    data.Dequeue();
                    taken = 0;
                }
                return new ValueTask<int>(count);
            }
        }
        ThrowIfFailed();
        return new ValueTask<int>(0);
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
