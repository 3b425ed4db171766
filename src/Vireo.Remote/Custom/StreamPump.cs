using System.Threading.Channels;
using Vireo.Core.Errors;
using Vireo.Driver;
using Vireo.Rpc.Client;

namespace Vireo.Remote.Custom;

/// <summary>A stream that can be had without the pump, by who reads it on his own thread.</summary>
public interface IDirectStream
{
    /// <summary>The client's end. Who takes it never says <see cref="IStreamHandler.Ready"/>.</summary>
    IClientStream Client { get; }

    /// <summary>Holes may come in it.</summary>
    bool Sparse { get; }
}

/// <summary>
/// A stream of a daemon, seen as a driver's: what the daemon sends is pushed into a sink, what comes from the client is sent on in
/// order. For the asynchronous transport; the blocking one reads its <see cref="IClientStream"/> itself.
/// </summary>
#pragma warning disable CA1001 // Its end is the stream's: neither the semaphore nor the token source holds anything of the system's.
sealed class StreamPump(IClientStream stream, IStreamSink sink, bool sparse) : IStreamHandler, IDirectStream
#pragma warning restore CA1001
{
    const int PacketSize = 65_536;
    const int MostWaiting = 1_048_576;

    public IClientStream Client => stream;

    public bool Sparse => sparse;

    readonly Channel<(byte[] Data, long Hole)> outgoing = Channel.CreateUnbounded<(byte[], long)>(new() { SingleReader = true });
    readonly SemaphoreSlim mayPush = new(0);
    readonly CancellationTokenSource stopped = new();
    readonly TaskCompletionSource answered = new(TaskCreationOptions.RunContinuationsAsynchronously);
    int started;
    int waiting;
    volatile bool paused;
    volatile bool finish;

    internal static async ValueTask<IStreamHandler> StartAsync(ValueTask<OpenedStream<bool>> opening, IStreamSink sink, bool sparse) =>
        new StreamPump((await opening.ConfigureAwait(false)).Stream, sink, sparse);

    internal static async ValueTask<WithStream<T>> StartWithResultAsync<T>(ValueTask<OpenedStream<T>> opening, IStreamSink sink, bool sparse)
    {
        OpenedStream<T> opened = await opening.ConfigureAwait(false);
        return new(opened.Result, new StreamPump(opened.Stream, sink, sparse));
    }

    public void Ready()
    {
        if (Interlocked.Exchange(ref started, 1) is 0)
            Start();
        else
            mayPush.Release();
    }

    void Start()
    {
        _ = Task.Run(ReceiveAsync);
        _ = Task.Run(SendAsync);
    }

    public bool Received(ReadOnlySpan<byte> data)
    {
        outgoing.Writer.TryWrite((data.ToArray(), 0));
        if (Interlocked.Add(ref waiting, data.Length) < MostWaiting)
            return true;
        paused = true;
        return false;
    }

    public bool ReceivedHole(long length)
    {
        outgoing.Writer.TryWrite(([], length));
        return true;
    }

    public void Finished()
    {
        finish = true;
        outgoing.Writer.TryComplete();
        if (Interlocked.Exchange(ref started, 1) is 0)
            Start();
    }

    /// <summary>What was sent may still be refused: the daemon's word is the client's answer.</summary>
    public ValueTask FinishedAsync()
    {
        Finished();
        return new(answered.Task);
    }

    public void Aborted()
    {
        outgoing.Writer.TryComplete();
        stopped.Cancel();
    }

    async Task ReceiveAsync()
    {
        byte[] packet = new byte[PacketSize];
        try
        {
            while (await NextAsync(packet).ConfigureAwait(false) is { Bytes: > 0 } or { Hole: > 0 })
            {
                if (!Push(packet))
                    await mayPush.WaitAsync(stopped.Token).ConfigureAwait(false);
            }
            sink.End();
        }
        catch (OperationCanceledException)
        {
            // Aborted by our side, which knows.
        }
        catch (Exception failure)
        {
            sink.Fail(RpcErrors.From(failure));
            outgoing.Writer.TryComplete();
        }
    }

    StreamPiece next;

    async ValueTask<StreamPiece> NextAsync(byte[] packet) => next = sparse
        ? await stream.ReceivePieceAsync(packet, stopped.Token).ConfigureAwait(false)
        : new(await stream.ReceiveAsync(packet, stopped.Token).ConfigureAwait(false), 0);

    bool Push(byte[] packet) => next.Hole > 0 ? sink.SendHole(next.Hole) : sink.Send(packet.AsSpan(0, next.Bytes));

    async Task SendAsync()
    {
        try
        {
            await foreach ((byte[] data, long hole) in outgoing.Reader.ReadAllAsync(stopped.Token).ConfigureAwait(false))
            {
                if (hole > 0)
                    await stream.SendHoleAsync(hole, stopped.Token).ConfigureAwait(false);
                else
                    await stream.SendAsync(data, stopped.Token).ConfigureAwait(false);
                if (Interlocked.Add(ref waiting, -data.Length) < MostWaiting / 2 && paused)
                {
                    paused = false;
                    sink.Resume();
                }
            }
            if (finish)
                await stream.FinishAsync(CancellationToken.None).ConfigureAwait(false);
            answered.TrySetResult();
        }
        catch (OperationCanceledException)
        {
            await stream.AbortAsync().ConfigureAwait(false);
        }
        catch (VireoException failure)
        {
            // Who has finished is answered with it; who has not hears of it now.
            answered.TrySetException(failure);
            _ = answered.Task.Exception;
            sink.Fail(failure.Error);
        }
        finally
        {
            answered.TrySetResult();
            await stream.DisposeAsync().ConfigureAwait(false);
        }
    }
}
