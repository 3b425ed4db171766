using System.IO.Pipelines;
using Vireo.Core.Errors;
using Vireo.Driver;

namespace Vireo;

/// <summary>A driver's stream as a .NET one: what is pushed waits in a pipe until it is read.</summary>
sealed class GuestStream : Stream, IStreamSink
{
    const int MostWaiting = 1_048_576;

    readonly Pipe incoming = new(new PipeOptions(pauseWriterThreshold: 0, useSynchronizationContext: false));
    readonly Lock gate = new();
    IStreamHandler? guest;
    TaskCompletionSource mayWrite = Done();
    long waiting;
    bool paused;
    bool closed;

    static TaskCompletionSource Done()
    {
        var done = new TaskCompletionSource();
        done.SetResult();
        return done;
    }

    internal void Start(IStreamHandler handler)
    {
        guest = handler;
        handler.Ready();
    }

    bool IStreamSink.Send(ReadOnlySpan<byte> data)
    {
        data.CopyTo(incoming.Writer.GetSpan(data.Length));
        incoming.Writer.Advance(data.Length);
        // Without a pause threshold a flush never waits.
        _ = incoming.Writer.FlushAsync().AsTask();
        lock (gate)
        {
            waiting += data.Length;
            return !(paused = waiting >= MostWaiting);
        }
    }

    void IStreamSink.Resume()
    {
        lock (gate)
            mayWrite.TrySetResult();
    }

    void IStreamSink.End() => incoming.Writer.Complete();

    void IStreamSink.Fail(VirError error) => incoming.Writer.Complete(new VireoException(error));

    public override bool CanRead => true;
    public override bool CanWrite => true;
    public override bool CanSeek => false;
    public override long Length => throw new NotSupportedException();
    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        ReadResult result = await incoming.Reader.ReadAsync(cancellationToken).ConfigureAwait(false);
        int count = (int)Math.Min(buffer.Length, result.Buffer.Length);
        int copied = 0;
        foreach (ReadOnlyMemory<byte> part in result.Buffer.Slice(0, count))
        {
            part.Span.CopyTo(buffer.Span[copied..]);
            copied += part.Length;
        }
        incoming.Reader.AdvanceTo(result.Buffer.GetPosition(count));
        bool resume;
        lock (gate)
        {
            waiting -= count;
            resume = paused && waiting < MostWaiting / 2;
            if (resume)
                paused = false;
        }
        if (resume)
            guest!.Ready();
        return count;
    }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        ObjectDisposedException.ThrowIf(closed, this);
        Task free;
        lock (gate)
            free = mayWrite.Task;
        await free.WaitAsync(cancellationToken).ConfigureAwait(false);
        var next = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (gate)
            mayWrite = next;
        if (guest!.Received(buffer.Span))
            next.TrySetResult();
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) =>
        ReadAsync(buffer.AsMemory(offset, count)).AsTask().GetAwaiter().GetResult();

    public override void Write(byte[] buffer, int offset, int count) =>
        WriteAsync(buffer.AsMemory(offset, count)).AsTask().GetAwaiter().GetResult();

    public override void Flush() { }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing && !closed)
        {
            closed = true;
            guest?.Aborted();
        }
        base.Dispose(disposing);
    }
}
