using Vireo.Core.Errors;
using Vireo.Native.Connections;
using Vireo.Remote.Custom;
using Vireo.Rpc.Client;

namespace Vireo.Native.Streams;

/// <summary>A stream of a daemon.</summary>
sealed class RemoteStreamEnd(IDirectStream direct) : StreamEnd
{
    readonly IPolledStream stream = (IPolledStream)direct.Client;
    bool over;

    internal override int Receive(Span<byte> to, bool stopAtHole, bool wait)
    {
        ThrowIfOver();
        if (!wait && !stream.MayReceive)
            return StreamAnswer.WouldBlock;
        StreamPiece piece = stream.Receive(to, stopAtHole);
        return piece.Hole > 0 ? StreamAnswer.Hole : piece.Bytes;
    }

    internal override long ReceiveHole()
    {
        ThrowIfOver();
        return stream.TakeHole();
    }

    internal override int Send(ReadOnlySpan<byte> data, bool wait)
    {
        ThrowIfOver();
        if (!wait && !stream.MaySend)
            return StreamAnswer.WouldBlock;
        stream.Send(data, wait);
        return data.Length;
    }

    internal override void SendHole(long length)
    {
        ThrowIfOver();
        Sync.Wait(direct.Client.SendHoleAsync(length, default));
    }

    internal override void Finish()
    {
        ThrowIfOver();
        over = true;
        Sync.Wait(direct.Client.FinishAsync(default));
    }

    internal override void Abort()
    {
        ThrowIfOver();
        over = true;
        Sync.Wait(direct.Client.AbortAsync());
    }

    void ThrowIfOver()
    {
        if (over)
            throw VireoException.Internal(ErrorDomain.Streams, "stream is not open");
    }

    internal override int Ready => over ? 0 : (stream.MayReceive ? StreamState.Readable : 0) | (stream.MaySend ? StreamState.Writable : 0);

    internal override bool KnowsHoles => direct.Sparse;

    public override void Dispose()
    {
        if (!over)
            Sync.Wait(direct.Client.DisposeAsync());
        over = true;
    }
}
