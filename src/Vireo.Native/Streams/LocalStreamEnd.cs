using Vireo.Core.Errors;
using Vireo.Driver;

namespace Vireo.Native.Streams;

/// <summary>A stream of a driver in this process. Such drivers give what they have at once, or as soon as there is room again.</summary>
sealed class LocalStreamEnd : StreamEnd, IStreamSink
{
    const int MostWaiting = 1_048_576, EBADF = 9;

    readonly Queue<byte[]> arrived = new();
    IStreamHandler? handler;
    int taken, length;
    bool ended, over;
    VirError? failed;

    internal void Attach(IStreamHandler driver)
    {
        handler = driver;
        driver.Ready();
    }

    public bool Send(ReadOnlySpan<byte> data)
    {
        arrived.Enqueue(data.ToArray());
        length += data.Length;
        return length < MostWaiting;
    }

    public void Resume()
    {
    }

    public void End() => ended = true;

    public void Fail(VirError error) => (failed, ended) = (error, true);

    internal override int Receive(Span<byte> to, bool stopAtHole, bool wait)
    {
        ThrowIfOver();
        if (arrived.Count is 0 && !ended)
            handler?.Ready();
        if (!arrived.TryPeek(out byte[]? first))
        {
            if (failed is { } error)
                throw new VireoException(error);
            return ended ? 0 : StreamAnswer.WouldBlock;
        }
        int count = Math.Min(to.Length, first.Length - taken);
        first.AsSpan(taken, count).CopyTo(to);
        taken += count;
        length -= count;
        if (taken == first.Length)
        {
            arrived.Dequeue();
            taken = 0;
        }
        return count;
    }

    internal override long ReceiveHole() => throw VireoException.NoSupport("virStreamRecvHole", ErrorDomain.Streams);

    /// <summary>What drivers in this process have to give is only there to be read.</summary>
    internal override int Send(ReadOnlySpan<byte> data, bool wait)
    {
        ThrowIfOver();
        throw VireoException.System(ErrorDomain.Streams, EBADF, "cannot write to stream");
    }

    internal override void SendHole(long length) => throw VireoException.System(ErrorDomain.Streams, EBADF, "stream is not open");

    internal override void Finish()
    {
        if (over)
            return;
        over = true;
        handler?.Finished();
    }

    internal override void Abort()
    {
        if (over)
            return;
        over = true;
        handler?.Aborted();
    }

    void ThrowIfOver()
    {
        if (over)
            throw VireoException.Internal(ErrorDomain.Streams, "stream is not open");
    }

    internal override int Ready => over ? 0 : StreamState.Readable;

    internal override bool KnowsHoles => false;

    public override void Dispose() => Abort();
}
