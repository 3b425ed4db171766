using Vireo.Core.Errors;
using Vireo.Rpc.Messages;

namespace Vireo.Rpc.Server;

/// <content>Streams: packets find their stream by the serial of the call that opened it.</content>
sealed partial class Connection
{
    Dictionary<uint, ServerStream>? streams;

    internal void AddStream(ServerStream stream)
    {
        lock (gate)
        {
            if (!closed)
            {
                (streams ??= [])[stream.Header.Serial] = stream;
                return;
            }
        }
        stream.Orphaned();
    }

    internal void RemoveStream(ServerStream stream)
    {
        lock (gate)
        {
            if (streams is not null && streams.TryGetValue(stream.Header.Serial, out ServerStream? there) && there == stream)
                streams.Remove(stream.Header.Serial);
        }
    }

    ServerStream? FindStream(uint serial)
    {
        lock (gate)
            return streams?.GetValueOrDefault(serial);
    }

    void OnStreamPacket(in MessageHeader header, ReadOnlySpan<byte> payload)
    {
        if (FindStream(header.Serial) is not { } stream || !stream.Is(in header))
            return;   // what was still under way when the stream ended
        switch (header.Status)
        {
            case MessageStatus.Continue:
                if (!stream.Received(payload))
                {
                    blockedStreams++;
                    SetStops(stops | StreamIsFull);
                }
                break;
            case MessageStatus.Ok:
                RemoveStream(stream);
                Finish(stream);
                break;
            default:
                RemoveStream(stream);
                stream.Aborted();
                SendStreamEnd(stream, null);
                break;
        }
    }

    void Finish(ServerStream stream)
    {
        ValueTask finished;
        try
        {
            finished = stream.FinishedAsync();
        }
        catch (Exception e)
        {
            SendStreamEnd(stream, ServerCall.Describe(e));
            return;
        }
        if (finished.IsCompletedSuccessfully)
            SendStreamEnd(stream, null);
        else
            _ = FinishLaterAsync(stream, finished);
    }

    async Task FinishLaterAsync(ServerStream stream, ValueTask finished)
    {
        VirError? error = null;
        try
        {
            await finished.ConfigureAwait(false);
        }
        catch (Exception e)
        {
            error = ServerCall.Describe(e);
        }
        SendStreamEnd(stream, error);
    }

    void OnStreamHole(in MessageHeader header, ReadOnlySpan<byte> payload)
    {
        if (FindStream(header.Serial) is not { } stream || !stream.Is(in header))
            return;
        if (!stream.Sparse)
        {
            Close("a hole in a stream that has none");
            return;
        }
        if (!HolePayload.TryRead(payload, out long length))
        {
            stream.Fail(VirError.Of(ErrorCode.Rpc, ErrorDomain.Rpc, "Unable to decode message payload"), MessageType.Reply);
            return;
        }
        if (!stream.ReceivedHole(length))
        {
            blockedStreams++;
            SetStops(stops | StreamIsFull);
        }
    }

    /// <summary>The last packet of a stream: status ok, or an error.</summary>
    internal void SendStreamEnd(ServerStream stream, VirError? error, MessageType type = MessageType.Stream)
    {
        var writer = Frame.Begin(stream.Header with
        {
            Type = type,
            Status = error is null ? MessageStatus.Ok : MessageStatus.Error,
        });
        if (error is not null)
            ErrorPayload.Write(ref writer, error);
        Frame.End(ref writer);
        Send(writer.Written);
        writer.Dispose();
    }

    /// <summary>On the epoll thread: a stream that was full takes data again.</summary>
    internal void Unblock(ServerStream stream)
    {
        if (!stream.TakeBlock())
            return;
        blockedStreams--;
        Continue();
    }
}
