using System.Buffers;
using System.Buffers.Binary;
using System.IO.Pipelines;
using System.Net.Sockets;
using Vireo.Core.Errors;
using Vireo.Rpc.Messages;
using Vireo.Rpc.Posix;
using Vireo.Rpc.Xdr;

namespace Vireo.Rpc.Client;

/// <summary>
/// The channel for .NET programs: one loop reads and sorts, calls are awaited, events are given out by the reading loop
/// (their receivers must not block).
/// </summary>
public sealed partial class AsyncRpcChannel : IRpcChannel
{
    readonly Lock gate = new();
    readonly Dictionary<uint, Pending> pending = [];
    readonly Dictionary<uint, AsyncClientStream> streams = [];
    readonly TaskCompletionSource<VirError?> closed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    readonly Stream transport;
    readonly PipeReader input;
    readonly TimeProvider clock;
    readonly Task reading;
    uint lastSerial = uint.MaxValue;   // the first call is number 0, as libvirt counts
    VirError? ended;
    bool disposed;

    /// <summary>Talks over <paramref name="transport"/>, which becomes the channel's.</summary>
    public AsyncRpcChannel(Stream transport, TimeProvider? clock = null) : this(transport, clock, null)
    {
    }

    AsyncRpcChannel(Stream transport, TimeProvider? clock, Socket? socket)
    {
        this.transport = transport;
        this.socket = socket;
        this.clock = clock ?? TimeProvider.System;
        heard = this.clock.GetTimestamp();
        input = PipeReader.Create(transport, new StreamPipeReaderOptions(leaveOpen: true));
        reading = ReadAsync();
    }

    /// <summary>Connects to a unix socket.</summary>
    public static AsyncRpcChannel Connect(string path) => Over(UnixSocket.Connect(path));

    /// <summary>Talks over a connected socket, which becomes the channel's.</summary>
    public static AsyncRpcChannel Over(int fd, TimeProvider? clock = null) =>
        new(new Socket(new SafeSocketHandle(fd, ownsHandle: true)), clock);

    /// <inheritdoc/>
    public EventReceiver? Events { get; set; }

    /// <inheritdoc/>
    public Task<VirError?> Closed => closed.Task;

    /// <summary>A call under way.</summary>
    abstract class Pending
    {
        internal abstract void Complete(ref XdrReader reply);
        internal bool WantsFiles;
        internal int[]? Files;
        internal AsyncClientStream? Stream;
        internal abstract void Fail(Exception error);
        internal abstract void Cancel(CancellationToken cancel);
        internal virtual void Arrived() { }
    }

    sealed class Pending<T>(ReplyDecoder<T> decoder) : Pending
    {
        readonly TaskCompletionSource<T> done = new(TaskCreationOptions.RunContinuationsAsynchronously);
        internal CancellationTokenRegistration Registration;
        internal Task<T> Task => done.Task;

        internal override void Complete(ref XdrReader reply)
        {
            try
            {
                done.TrySetResult(decoder(ref reply));
            }
            catch (XdrException e)
            {
                Fail(new VireoException(ErrorCode.Rpc, ErrorDomain.Rpc, "Unable to decode message payload", e));
            }
            catch (Exception e)
            {
                Fail(e);
            }
        }

        internal override void Fail(Exception error) => done.TrySetException(error);
        internal override void Cancel(CancellationToken cancel) => done.TrySetCanceled(cancel);
        internal override void Arrived() => Registration.Unregister();
    }

    /// <inheritdoc/>
    public XdrWriter BeginCall(uint program, uint version, int procedure) => Frame.Begin(new MessageHeader(
        program, version, procedure, MessageType.Call, Interlocked.Increment(ref lastSerial), MessageStatus.Ok));

    /// <inheritdoc/>
    public ValueTask<T> CallAsync<T>(ref XdrWriter call, ReplyDecoder<T> decoder, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        var waiting = new Pending<T>(decoder);
        Start(ref call, waiting, cancel);
        return new ValueTask<T>(waiting.Task);
    }

    /// <inheritdoc/>
    public ValueTask<OpenedStream<T>> OpenStreamAsync<T>(ref XdrWriter call, ReplyDecoder<T> decoder, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        var header = MessageHeader.Read(call.Written[MessageHeader.LengthSize..]);
        var stream = new AsyncClientStream(this, header);
        var waiting = new Pending<OpenedStream<T>>((ref XdrReader reply) =>
        {
            T result = decoder(ref reply);
            lock (gate)
            {
                stream.IsOpen = true;
                if (!stream.IsOver)
                    streams[header.Serial] = stream;
            }
            return new(result, stream);
        }) { Stream = stream };
        Start(ref call, waiting, cancel);
        return new ValueTask<OpenedStream<T>>(waiting.Task);
    }

    void Start<T>(ref XdrWriter call, Pending<T> waiting, CancellationToken cancel)
    {
        Frame.End(ref call);
        try
        {
            Expect(call.Written, waiting, cancel);
            Send(call.Written);
        }
        finally
        {
            call.Dispose();
        }
    }

    /// <summary>From now on the reply to this call is waited for.</summary>
    void Expect<T>(ReadOnlySpan<byte> call, Pending<T> waiting, CancellationToken cancel)
    {
        uint serial = BinaryPrimitives.ReadUInt32BigEndian(call[20..]);
        lock (gate)
        {
            if (ended is { } why)
                throw new VireoException(why);
            pending[serial] = waiting;
        }
        if (!cancel.CanBeCanceled)
            return;
        waiting.Registration = cancel.UnsafeRegister((_, token) =>
        {
            lock (gate)
                pending.Remove(serial);
            waiting.Cancel(token);
        }, null);
    }

    async Task ReadAsync()
    {
        VirError why;
        try
        {
            why = await ReadUntilEndAsync().ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or SocketException)
        {
            why = disposed ? ChannelErrors.Closed() : ChannelErrors.Of(e, "Cannot recv data");
        }
        catch (Exception e)
        {
            why = ChannelErrors.Garbage($"{e.GetType().Name}: {e.Message}");
        }
        End(why);
    }

    async Task<VirError> ReadUntilEndAsync()
    {
        while (true)
        {
            await MovingAsync().ConfigureAwait(false);
            ReadResult result = await input.ReadAsync().ConfigureAwait(false);
            ReadOnlySequence<byte> unread = result.Buffer;
            if (result.IsCanceled && looksForFiles)
            {
                byte[] before = unread.ToArray();
                input.AdvanceTo(unread.End);
                return await ReadSocketAsync(before).ConfigureAwait(false);
            }
            heard = clock.GetTimestamp();
            unanswered = 0;
            if (layer is { } wrapped)
            {
                foreach (ReadOnlyMemory<byte> piece in unread)
                    wrapped.Unwrap(piece.Span, plain);
                input.AdvanceTo(unread.End);
                if (TakePlain() is { } wrong)
                    return wrong;
                if (result.IsCompleted)
                    return unsent ?? ChannelErrors.EndOfFile();
                continue;
            }
            while (TryTake(ref unread, out VirError? broken))
            {
                if (broken is not null)
                    return broken;
            }
            input.AdvanceTo(unread.Start, unread.End);
            if (result.IsCompleted)
                return unsent ?? ChannelErrors.EndOfFile();
        }
    }

    volatile ISecurityLayer? layer;
    readonly ArrayBufferWriter<byte> plain = new();

    /// <inheritdoc/>
    public void Protect(ISecurityLayer layer) => this.layer = layer;

    /// <summary>What was unwrapped: whole messages are taken, the rest waits for more.</summary>
    VirError? TakePlain()
    {
        var unread = new ReadOnlySequence<byte>(plain.WrittenMemory);
        while (TryTake(ref unread, out VirError? broken))
        {
            if (broken is not null)
                return broken;
        }
        if (unread.Length == plain.WrittenCount)
            return null;
        byte[] rest = unread.ToArray();
        plain.ResetWrittenCount();
        plain.Write(rest);
        return null;
    }

    int bytesToSkip;

    bool TryTake(ref ReadOnlySequence<byte> unread, out VirError? broken)
    {
        broken = null;
        long skip = Math.Min(bytesToSkip, unread.Length);
        bytesToSkip -= (int)skip;
        unread = unread.Slice(skip);
        if (unread.Length < MessageHeader.LengthSize)
            return false;
        Span<byte> word = stackalloc byte[4];
        unread.Slice(0, 4).CopyTo(word);
        if (Frame.At(word, out int length) is Frame.Look.Broken)
        {
            broken = ChannelErrors.Garbage("packet of impossible length received from server");
            return true;
        }
        if (unread.Length < length)
            return false;
        ReadOnlySequence<byte> frame = unread.Slice(0, length);
        if (looksForFiles && readsSocket.Task.IsCompleted && FilesAwaited(frame.FirstSpan, unread.Length - length))
            return false;
        unread = unread.Slice(length);
        if (frame.IsSingleSegment)
        {
            broken = Take(frame.FirstSpan);
            return true;
        }
        byte[] whole = ArrayPool<byte>.Shared.Rent(length);
        frame.CopyTo(whole);
        broken = Take(whole.AsSpan(0, length));
        ArrayPool<byte>.Shared.Return(whole);
        return true;
    }

    VirError? Take(ReadOnlySpan<byte> frame)
    {
        var header = MessageHeader.Read(frame[MessageHeader.LengthSize..]);
        ReadOnlySpan<byte> payload = frame[Frame.Prefix..];
        if (header.Program == Frame.KeepaliveProgram)
        {
            if (header.Procedure == Frame.Ping)
                SendKeepalive(Frame.Pong);
            return null;
        }
        switch (header.Type)
        {
            case MessageType.ReplyWithFds when payload.Length >= 4:
                if (FileMessages.Announced(frame) is not (>= 0 and int count))
                    return ChannelErrors.Garbage("a reply with an impossible number of file descriptors received from server");
                bytesToSkip = count;
                if (!readsSocket.Task.IsCompleted)
                    Answer(in header, payload[4..]);
                else if (FilesOf(frame) is { } files)
                    Answer(in header, payload[4..], files);
                else
                    return ChannelErrors.Garbage("file descriptors that the server announced did not come");
                return null;
            case MessageType.Reply:
                Answer(in header, payload);
                return null;
            case MessageType.Message:
                var reader = new XdrReader(payload);
                Events?.Invoke(header.Program, header.Procedure, ref reader);
                return null;
            case MessageType.Stream or MessageType.StreamHole:
                AsyncClientStream? stream;
                lock (gate)     // libvirtd may begin before it has answered the call that opens the stream
                    stream = streams.GetValueOrDefault(header.Serial) ?? pending.GetValueOrDefault(header.Serial)?.Stream;
                stream?.Take(in header, payload);
                return null;
            default:
                return ChannelErrors.Garbage($"got unexpected RPC message type {(int)header.Type}");
        }
    }

    /// <summary>A reply whose descriptors are not all here yet.</summary>
    static bool FilesAwaited(ReadOnlySpan<byte> frame, long behind) =>
        MessageHeader.Read(frame[MessageHeader.LengthSize..]).Type is MessageType.ReplyWithFds && FileMessages.Announced(frame) > behind;

    void Answer(in MessageHeader header, ReadOnlySpan<byte> payload, int[]? files = null)
    {
        Pending? waiting;
        AsyncClientStream? stream;
        lock (gate)
        {
            pending.Remove(header.Serial, out waiting);
            stream = streams.GetValueOrDefault(header.Serial);
        }
        if (waiting is null)
        {
            FileMessages.Close(files);
            if (header.Status is MessageStatus.Error)
                stream?.Take(in header, payload);   // a refused hole is told this way
            return;   // its caller gave up
        }
        if (waiting.WantsFiles)
            waiting.Files = files;
        else
            FileMessages.Close(files);
        waiting.Arrived();
        var reader = new XdrReader(payload);
        if (header.Status is MessageStatus.Error)
            waiting.Fail(ErrorOf(ref reader));
        else
            waiting.Complete(ref reader);
    }

    internal static VireoException ErrorOf(ref XdrReader reader)
    {
        try
        {
            return new VireoException(ErrorPayload.ForCaller(ErrorPayload.Read(ref reader)));
        }
        catch (XdrException e)
        {
            return new VireoException(ErrorCode.Rpc, ErrorDomain.Rpc, "Unable to decode message payload", e);
        }
    }

    /// <summary>
    /// Bytes of a stream that wait for who reads it, beyond which nothing more is read from the server, replies and events included; null: there is no
    /// bound. For who hands streams on and reads all of them.
    /// </summary>
    public int? MostUnread { get; set; }

    int stalled;
    TaskCompletionSource? moving;

    internal void Stall()
    {
        lock (gate)
            stalled++;
    }

    internal void GoOn()
    {
        lock (gate)
        {
            if (--stalled > 0)
                return;
            moving?.TrySetResult();
            moving = null;
        }
    }

    /// <summary>Completes when no stream is too full to go on.</summary>
    Task MovingAsync()
    {
        lock (gate)
            return stalled is 0 ? Task.CompletedTask : (moving ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
    }

    internal void Forget(uint serial)
    {
        lock (gate)
            streams.Remove(serial);
    }

    void End(VirError why)
    {
        Pending[] orphans;
        AsyncClientStream[] open;
        lock (gate)
        {
            if (ended is not null)
                return;
            ended = why;
            orphans = [.. pending.Values];
            open = [.. streams.Values];
            pending.Clear();
            streams.Clear();
        }
        foreach (Pending orphan in orphans)
            orphan.Fail(new VireoException(why));
        foreach (AsyncClientStream stream in open)
            stream.Lost(why);
        keepalive?.Dispose();
        closed.TrySetResult(disposed ? null : why);
        transport.Dispose();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        disposed = true;
        End(ChannelErrors.Closed());
        await reading.ConfigureAwait(false);
        await input.CompleteAsync().ConfigureAwait(false);
        layer?.Dispose();
    }
}
