using Vireo.Core.Errors;

namespace Vireo.Driver;

/// <summary>The client's end of a stream, as a driver sees it. Any thread.</summary>
public interface IStreamSink
{
    /// <summary>Sends data to the client. False: it was taken, but send no more before <see cref="IStreamHandler.Ready"/>.</summary>
    bool Send(ReadOnlySpan<byte> data);

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

    /// <summary>The client finished: throw to answer with an error.</summary>
    void Finished();

    /// <summary>The client gave up, or is gone.</summary>
    void Aborted();
}
