using Vireo.Driver;
using Vireo.Remote.Custom;

namespace Vireo.Native.Streams;

/// <summary>What a call on a stream answers beside a count of bytes.</summary>
static class StreamAnswer
{
    /// <summary>Nothing can be done now: the stream does not wait.</summary>
    internal const int WouldBlock = -2;

    /// <summary>There is a hole, and the caller wants to know.</summary>
    internal const int Hole = -3;
}

/// <summary>The driver's end of an open stream.</summary>
abstract class StreamEnd : IDisposable
{
    /// <summary>Receives; 0 is the end, negative a <see cref="StreamAnswer"/>.</summary>
    internal abstract int Receive(Span<byte> to, bool stopAtHole, bool wait);

    /// <summary>The length of the hole that comes next; 0: what comes next is none.</summary>
    internal abstract long ReceiveHole();

    /// <summary>Sends; says how much of it, or <see cref="StreamAnswer.WouldBlock"/>.</summary>
    internal abstract int Send(ReadOnlySpan<byte> data, bool wait);

    internal abstract void SendHole(long length);

    /// <summary>Ends the stream, and hears whether all went well.</summary>
    internal abstract void Finish();

    /// <summary>Gives the stream up.</summary>
    internal abstract void Abort();

    /// <summary>What can be done without waiting, as bits of virStreamEventType.</summary>
    internal abstract int Ready { get; }

    /// <summary>Holes can be told from data.</summary>
    internal abstract bool KnowsHoles { get; }

    public abstract void Dispose();

    /// <summary>The end that a call opened.</summary>
    /// <param name="handler">What the driver gave.</param>
    /// <param name="sink">What it was given.</param>
    internal static StreamEnd Of(IStreamHandler handler, LocalStreamEnd sink)
    {
        if (handler is IDirectStream direct)
            return new RemoteStreamEnd(direct);
        sink.Attach(handler);
        return sink;
    }
}
