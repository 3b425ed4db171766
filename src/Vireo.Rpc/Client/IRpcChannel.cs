using Microsoft.Win32.SafeHandles;
using Vireo.Rpc.Xdr;

namespace Vireo.Rpc.Client;

/// <summary>Decodes a reply's payload.</summary>
public delegate T ReplyDecoder<out T>(ref XdrReader reply);

/// <summary>An event's payload, or any message the client did not ask for.</summary>
public delegate void EventReceiver(uint program, int procedure, ref XdrReader payload);

/// <summary>
/// The client's end of a connection, behind generated stubs. Two implementations: an asynchronous one (pipelines) for .NET
/// programs, and a blocking one (poll) that always completes before it returns and never touches the thread pool.
/// </summary>
public interface IRpcChannel : IAsyncDisposable
{
    /// <summary>A writer with the frame and header of a call already written; append the arguments.</summary>
    XdrWriter BeginCall(uint program, uint version, int procedure);

    /// <summary>
    /// Sends the call, disposes of the writer, gives the decoded reply. Throws <see cref="Core.Errors.VireoException"/> with the
    /// error that the server sent, or with what ended the connection (<see cref="ChannelErrors"/>).
    /// </summary>
    ValueTask<T> CallAsync<T>(ref XdrWriter call, ReplyDecoder<T> decoder, CancellationToken cancel);

    /// <summary>As <see cref="CallAsync{T}"/> for a call that opens a stream; the stream is tied to the call's serial.</summary>
    ValueTask<OpenedStream<T>> OpenStreamAsync<T>(ref XdrWriter call, ReplyDecoder<T> decoder, CancellationToken cancel);

    /// <summary>
    /// As <see cref="CallAsync{T}"/> with descriptors both ways, at most 32. Those sent stay the caller's, those received become his.
    /// </summary>
    ValueTask<RepliedFiles<T>> CallWithFilesAsync<T>(
        ref XdrWriter call, IReadOnlyList<SafeFileHandle> files, ReplyDecoder<T> decoder, CancellationToken cancel);

    /// <summary>
    /// Pings the server from now on; only for servers that say they know keepalive. An interval of zero stops it.
    /// </summary>
    void StartKeepalive(TimeSpan interval, int count);

    /// <summary>
    /// From now on every byte passes this layer, both ways. Called between the reply that ends the login and the next call; the layer becomes the channel's.
    /// </summary>
    void Protect(ISecurityLayer layer);

    /// <summary>Where events go. Set before the first call that can cause one.</summary>
    EventReceiver? Events { get; set; }

    /// <summary>Completes when the connection ends, with the reason, or null after a clean close.</summary>
    Task<Core.Errors.VirError?> Closed { get; }
}

/// <summary>A stream, and what the reply to the call that opened it said.</summary>
/// <typeparam name="T">The reply's type.</typeparam>
/// <param name="Result">The decoded reply.</param>
/// <param name="Stream">The client's end.</param>
public readonly record struct OpenedStream<T>(T Result, IClientStream Stream);

/// <summary>A reply and the descriptors that came with it.</summary>
/// <typeparam name="T">The reply's type.</typeparam>
/// <param name="Result">The decoded reply.</param>
/// <param name="Files">The descriptors.</param>
public readonly record struct RepliedFiles<T>(T Result, SafeFileHandle[] Files);

/// <summary>What came by a stream.</summary>
/// <param name="Bytes">So many bytes of data.</param>
/// <param name="Hole">A hole of so many bytes.</param>
public readonly record struct StreamPiece(int Bytes, long Hole);

/// <summary>The client's end of a stream.</summary>
public interface IClientStream : IAsyncDisposable
{
    /// <summary>Sends data.</summary>
    ValueTask SendAsync(ReadOnlyMemory<byte> data, CancellationToken cancel);

    /// <summary>Sends a hole of so many bytes; only in a stream whose call asked for holes.</summary>
    ValueTask SendHoleAsync(long length, CancellationToken cancel);

    /// <summary>Receives; 0 is the end. Holes come as zeros.</summary>
    ValueTask<int> ReceiveAsync(Memory<byte> target, CancellationToken cancel);

    /// <summary>Receives bytes, or a hole; neither is the end.</summary>
    ValueTask<StreamPiece> ReceivePieceAsync(Memory<byte> target, CancellationToken cancel);

    /// <summary>Ends our side and waits for the server's word.</summary>
    ValueTask FinishAsync(CancellationToken cancel);

    /// <summary>Gives up.</summary>
    ValueTask AbortAsync();
}

/// <summary>A stream of the blocking channel, for event loops and callers that bring their own memory.</summary>
public interface IPolledStream : IClientStream
{
    /// <summary>Something, or the end, can be received without waiting.</summary>
    bool MayReceive { get; }

    /// <summary>Data can be sent without waiting.</summary>
    bool MaySend { get; }

    /// <summary>Sends all of it. Without waiting, what the socket does not take at once is kept.</summary>
    void Send(ReadOnlySpan<byte> data, bool wait);

    /// <summary>Waits for bytes; no bytes and no hole is the end. A hole comes as zeros, or is said and left where it is.</summary>
    StreamPiece Receive(Span<byte> target, bool stopAtHole);

    /// <summary>Takes what is left of the hole that comes next; 0: what comes next is none.</summary>
    long TakeHole();
}
