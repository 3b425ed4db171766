using System.Buffers;
using System.IO.Pipelines;
using Vireo.Core.Errors;
using Vireo.Rpc.Messages;
using Vireo.Rpc.Xdr;

namespace Vireo.Rpc.Client;

/// <summary>A stream of an asynchronous channel.</summary>
sealed class AsyncClientStream : IClientStream
{
    readonly AsyncRpcChannel channel;
    readonly MessageHeader header;
    readonly Pipe received = new(new PipeOptions(pauseWriterThreshold: 0, useSynchronizationContext: false));
    readonly Queue<(long At, long Length)> holes = [];
    long written, read, zeros;
    int stalls;
    readonly TaskCompletionSource over = new(TaskCreationOptions.RunContinuationsAsynchronously);

    internal AsyncClientStream(AsyncRpcChannel channel, MessageHeader header)
    {
        (this.channel, this.header) = (channel, header);
        // Nobody need wait for the end: an error is not an unobserved one.
        _ = over.Task.ContinueWith(static t => _ = t.Exception, TaskScheduler.Default);
    }

    internal void Take(in MessageHeader packet, ReadOnlySpan<byte> payload)
    {
        switch (packet.Status)
        {
            case MessageStatus.Continue when packet.Type is MessageType.StreamHole:
                TakeHole(payload);
                break;
            case MessageStatus.Continue when payload.Length > 0:
                Volatile.Write(ref written, written + payload.Length);
                received.Writer.Write(payload);
                _ = received.Writer.FlushAsync().AsTask();   // no threshold: complete at once
                StallIfFull();
                break;
            case MessageStatus.Continue:
                received.Writer.Complete();
                break;
            case MessageStatus.Error:
                var reader = new XdrReader(payload);
                Lost(AsyncRpcChannel.ErrorOf(ref reader).Error);
                break;
            default:
                channel.Forget(header.Serial);
                received.Writer.Complete();
                over.TrySetResult();
                break;
        }
    }

    // Of the reading loop and of the reader; whoever changes the flag tells the channel.
    void StallIfFull()
    {
        if (IsOpen && channel.MostUnread is { } most && written - Volatile.Read(ref read) > most && Interlocked.CompareExchange(ref stalls, 1, 0) is 0)
        {
            channel.Stall();
            if (written - Volatile.Read(ref read) <= most / 2)
                GoOn();         // the reader was here meanwhile
        }
    }

    void GoOn()
    {
        if (Interlocked.CompareExchange(ref stalls, 0, 1) is 1)
            channel.GoOn();
    }

    /// <summary>The call that opens it was answered: before, nothing may hold the answer up.</summary>
    internal bool IsOpen { get; set; }

    /// <summary>Neither side says more.</summary>
    internal bool IsOver => over.Task.IsCompleted;

    /// <summary>Nobody reads it any more: it must not hold the others up, now or later.</summary>
    void Release()
    {
        if (Interlocked.Exchange(ref stalls, 2) is 1)
            channel.GoOn();
    }

    void TakeHole(ReadOnlySpan<byte> payload)
    {
        if (!HolePayload.TryRead(payload, out long length))
        {
            Lost(ChannelErrors.Garbage("Unable to decode message payload"));
            return;
        }
        if (length is 0)
            return;
        lock (holes)
            holes.Enqueue((written, length));
        received.Reader.CancelPendingRead();   // who waits for bytes sees the hole
    }

    internal void Lost(VirError why)
    {
        channel.Forget(header.Serial);
        Release();
        received.Writer.Complete(new VireoException(why));
        over.TrySetException(new VireoException(why));
    }

    void Send(MessageStatus status, ReadOnlySpan<byte> payload)
    {
        var writer = Frame.Begin(header with { Type = MessageType.Stream, Status = status }, Frame.Prefix + payload.Length);
        payload.CopyTo(writer.Reserve(payload.Length));
        Frame.End(ref writer);
        channel.Send(writer.Written);
        writer.Dispose();
    }

    public async ValueTask SendAsync(ReadOnlyMemory<byte> data, CancellationToken cancel)
    {
        while (!data.IsEmpty)
        {
            cancel.ThrowIfCancellationRequested();
            if (over.Task.IsFaulted)
                await over.Task.ConfigureAwait(false);
            int piece = Math.Min(data.Length, Frame.MaxStreamPiece);
            Send(MessageStatus.Continue, data.Span[..piece]);
            data = data[piece..];
            await channel.RoomAsync().WaitAsync(cancel).ConfigureAwait(false);
        }
    }

    public async ValueTask SendHoleAsync(long length, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        if (over.Task.IsFaulted)
            await over.Task.ConfigureAwait(false);
        SendHole(length);
        await channel.RoomAsync().WaitAsync(cancel).ConfigureAwait(false);
    }

    void SendHole(long length)
    {
        XdrWriter hole = HolePayload.Make(header, length);
        channel.Send(hole.Written);
        hole.Dispose();
    }

    public async ValueTask<int> ReceiveAsync(Memory<byte> target, CancellationToken cancel)
    {
        if (zeros is 0)
        {
            StreamPiece piece = await ReceivePieceAsync(target, cancel).ConfigureAwait(false);
            if (piece.Hole is 0)
                return piece.Bytes;
            zeros = piece.Hole;
        }
        int count = (int)Math.Min(target.Length, zeros);
        target.Span[..count].Clear();
        zeros -= count;
        return count;
    }

    public async ValueTask<StreamPiece> ReceivePieceAsync(Memory<byte> target, CancellationToken cancel)
    {
        while (true)
        {
            if (TakeHoleHere() is > 0 and long hole)
                return new(0, hole);
            ReadResult result = await received.Reader.ReadAsync(cancel).ConfigureAwait(false);
            ReadOnlySequence<byte> some = result.Buffer.Slice(0, Math.Min(Math.Min(target.Length, BeforeHole()), result.Buffer.Length));
            int count = (int)some.Length;
            some.CopyTo(target.Span);
            received.Reader.AdvanceTo(some.End);
            Volatile.Write(ref read, read + count);
            if (IsOpen && channel.MostUnread is { } most && Volatile.Read(ref written) - read <= most / 2)
                GoOn();
            if (count > 0)
                return new(count, 0);
            if (result.IsCompleted && result.Buffer.IsEmpty && BeforeHole() > 0)
                return default;
        }
    }

    /// <summary>Takes the hole that comes next, if one does.</summary>
    long TakeHoleHere()
    {
        lock (holes)
            return holes.TryPeek(out (long At, long Length) next) && next.At == read ? holes.Dequeue().Length : 0;
    }

    /// <summary>Bytes before the next hole.</summary>
    long BeforeHole()
    {
        lock (holes)
            return holes.TryPeek(out (long At, long Length) next) ? next.At - read : long.MaxValue;
    }

    public async ValueTask FinishAsync(CancellationToken cancel)
    {
        Release();
        if (!over.Task.IsCompleted)
            Send(MessageStatus.Ok, []);
        await over.Task.WaitAsync(cancel).ConfigureAwait(false);
    }

    public async ValueTask AbortAsync()
    {
        Release();
        if (over.Task.IsCompleted)
            return;
        Send(MessageStatus.Error, []);
        await over.Task.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <summary>Aborts without waiting for the server's word.</summary>
    public ValueTask DisposeAsync()
    {
        Release();
        if (over.TrySetResult())
        {
            channel.Forget(header.Serial);
            Send(MessageStatus.Error, []);
        }
        return ValueTask.CompletedTask;
    }
}
