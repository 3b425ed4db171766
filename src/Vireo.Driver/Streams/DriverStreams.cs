using Vireo.Core.Errors;

namespace Vireo.Driver;

/// <summary>The client's end of a stream, as a driver sees it. Any thread.</summary>
public interface IStreamSink
{
    /// <summary>Sends data to the client. False: it was taken, but send no more before <see cref="IStreamHandler.Ready"/>.</summary>
    bool Send(ReadOnlySpan<byte> data);

    /// <summary>
    /// Sends a hole of <paramref name="length"/> bytes: a hole message if the call's flags asked for holes, else zeros. The answer is
    /// that of <see cref="Send"/>.
    /// </summary>
    bool SendHole(long length)
    {
        bool more = true;
        for (; length > 0; length -= Math.Min(length, zeros.Length))
            more = Send(zeros.AsSpan(0, (int)Math.Min(length, zeros.Length)));
        return more;
    }

    private static readonly byte[] zeros = new byte[65_536];

    /// <summary>Goes on receiving after <see cref="IStreamHandler.Received"/> said no.</summary>
    void Resume();

    /// <summary>There is no more.</summary>
    void End();

    /// <summary>The stream broke.</summary>
    void Fail(VirError error);
}

/// <summary>The driver's end of a stream. Called one at a time, in order; must not block.</summary>
public interface IStreamHandler
{
    /// <summary>Data may flow (again).</summary>
    void Ready();

    /// <summary>Data from the client, taken over in any case; false: no more of it before <see cref="IStreamSink.Resume"/>.</summary>
    bool Received(ReadOnlySpan<byte> data);

    /// <summary>
    /// A hole from the client, only after a call whose flags asked for holes: as <see cref="Received"/> of as many zeros, which
    /// it need not write. A handler that does not know holes refuses it.
    /// </summary>
    bool ReceivedHole(long length) => throw VireoException.NoSupport("virStreamSendHole", ErrorDomain.Streams);

    /// <summary>The client finished: throw to answer with an error.</summary>
    void Finished();

    /// <summary>As <see cref="Finished"/>, for who asks somebody else: the client is answered when this completes, with an error if it throws.</summary>
    ValueTask FinishedAsync()
    {
        Finished();
        return default;
    }

    /// <summary>The client gave up, or is gone.</summary>
    void Aborted();
}
