using System.Buffers;
using Vireo.Core.Errors;
using Vireo.Rpc.Client.Wires;
using Vireo.Rpc.Messages;
using Vireo.Rpc.Posix;
using Vireo.Rpc.Xdr;

namespace Vireo.Rpc.Client;

/// <summary>
/// A channel whose calls complete before they return; it uses no thread but its callers'. Callers of several threads share
/// the socket: one of them holds the buck, which means that it writes and reads for everybody until its own answer
/// is there, then hands the buck on.
/// </summary>
/// <remarks>
/// Events are kept until <see cref="DispatchEvents"/>, so that a call never runs a callback. Pings are sent only
/// while somebody waits.
/// </remarks>
public sealed partial class BlockingRpcChannel : IRpcChannel
{
    readonly object gate = new();
    readonly Dictionary<uint, Waiter> waiters = [];
    readonly Dictionary<uint, BlockingClientStream> streams = [];
    readonly Queue<Packet> outgoing = new();
    readonly Queue<Packet> events = new();
    readonly TimeProvider clock;
    readonly int wake;
    Wire wire;
    uint lastSerial = uint.MaxValue;   // the first call is number 0, as libvirt counts
    bool buckTaken;
    bool released;
    VirError? ended;
    TaskCompletionSource<VirError?>? closed;

    /// <summary>Talks over a connected socket, which becomes the channel's.</summary>
    public BlockingRpcChannel(int fd, TimeProvider? clock = null) : this(new PlainWire(fd), clock)
    {
    }

    /// <summary>Talks over a wire, which becomes the channel's.</summary>
    public BlockingRpcChannel(Wire wire, TimeProvider? clock = null)
    {
        this.wire = wire;
        this.clock = clock ?? TimeProvider.System;
        wake = Libc.eventfd(0, Libc.EFD_CLOEXEC | Libc.EFD_NONBLOCK);
        if (wake < 0)
        {
            int errno = Libc.LastError;
            wire.Dispose();
            throw VireoException.System(ErrorDomain.Rpc, errno, "Unable to create an event descriptor");
        }
        heard = this.clock.GetTimestamp();
    }

    /// <summary>Connects to a unix socket.</summary>
    public static BlockingRpcChannel Connect(string path) => new(UnixSocket.Connect(path));

    /// <summary>For an event loop: readable when <see cref="ProcessInput"/> has something to do.</summary>
    public int Descriptor => wire.Descriptor;

    /// <inheritdoc/>
    public void Protect(ISecurityLayer layer)
    {
        lock (gate)
        {
            if (inputLength > 0)
                End(ChannelErrors.Garbage("bytes in clear after the login that wrapped the connection"));
            wire = new ProtectedWire(wire, layer);
        }
    }

    /// <inheritdoc/>
    public EventReceiver? Events { get; set; }

    /// <summary>Told when an event or a piece of a stream came in, on the thread that read it and without a lock held: wake your loop.</summary>
    public Action? EventsWaiting { get; set; }

    /// <summary>What ended the connection; null: it stands.</summary>
    public VirError? Ended
    {
        get
        {
            lock (gate)
                return ended;
        }
    }

    /// <inheritdoc/>
    public Task<VirError?> Closed
    {
        get
        {
            lock (gate)
            {
                closed ??= new TaskCompletionSource<VirError?>();
                if (ended is not null)
                    closed.TrySetResult(released ? null : ended);
                return closed.Task;
            }
        }
    }

    /// <summary>Who waits for a reply.</summary>
    sealed class Waiter
    {
        internal bool Done;
        internal MessageHeader Header;
        internal Packet Reply;
        internal BlockingClientStream? Stream;
        internal int[]? Files;
    }

    /// <summary>Bytes in a pooled buffer.</summary>
    readonly struct Packet(MessageHeader header, byte[] buffer, int length, int[]? files = null)
    {
        /// <summary>Descriptors that follow, copies of the packet's own.</summary>
        internal readonly int[]? Files = files;
        internal readonly MessageHeader Header = header;
        internal readonly byte[] Buffer = buffer;
        internal readonly int Length = length;
        internal ReadOnlySpan<byte> Bytes => Buffer.AsSpan(0, Length);

        internal static Packet Copy(in MessageHeader header, ReadOnlySpan<byte> bytes, int[]? files = null)
        {
            byte[] buffer = ArrayPool<byte>.Shared.Rent(Math.Max(1, bytes.Length));
            bytes.CopyTo(buffer);
            return new Packet(header, buffer, bytes.Length, files);
        }

        internal void Release()
        {
            FileMessages.Close(Files);
            if (Buffer is not null)
                ArrayPool<byte>.Shared.Return(Buffer);
        }
    }

    /// <inheritdoc/>
    public XdrWriter BeginCall(uint program, uint version, int procedure) => Frame.Begin(new MessageHeader(
        program, version, procedure, MessageType.Call, Interlocked.Increment(ref lastSerial), MessageStatus.Ok));

    /// <inheritdoc/>
    public ValueTask<T> CallAsync<T>(ref XdrWriter call, ReplyDecoder<T> decoder, CancellationToken cancel)
    {
        Waiter answer = Exchange(ref call, null, cancel);
        FileMessages.Close(answer.Files);
        return new ValueTask<T>(Decode(answer, decoder));
    }

    static T Decode<T>(Waiter answer, ReplyDecoder<T> decoder)
    {
        try
        {
            var reader = new XdrReader(answer.Reply.Bytes);
            return decoder(ref reader);
        }
        catch (XdrException e)
        {
            throw new VireoException(ErrorCode.Rpc, ErrorDomain.Rpc, "Unable to decode message payload", e);
        }
        finally
        {
            answer.Reply.Release();
        }
    }

    /// <inheritdoc/>
    public ValueTask<OpenedStream<T>> OpenStreamAsync<T>(ref XdrWriter call, ReplyDecoder<T> decoder, CancellationToken cancel)
    {
        var stream = new BlockingClientStream(this, MessageHeader.Read(call.Written[MessageHeader.LengthSize..]));
        return new ValueTask<OpenedStream<T>>(new OpenedStream<T>(Decode(Exchange(ref call, stream, cancel), decoder), stream));
    }

    Waiter Exchange(
        ref XdrWriter call, BlockingClientStream? stream, CancellationToken cancel, int[]? files = null)
    {
        Frame.End(ref call);
        var header = MessageHeader.Read(call.Written[MessageHeader.LengthSize..]);
        var waiter = new Waiter { Header = header, Stream = stream };
        try
        {
            cancel.ThrowIfCancellationRequested();
            lock (gate)
            {
                if (ended is not null)
                    throw new VireoException(ChannelErrors.Closed());   // why it ended was told to those who waited then
                waiters.Add(header.Serial, waiter);
                Enqueue(in header, call.Written, files);
                files = null;
            }
        }
        finally
        {
            call.Dispose();
            FileMessages.Close(files);
        }
        using (Waking(cancel))
        {
            try
            {
                WaitFor(static w => ((Waiter)w).Done, waiter, cancel);
            }
            catch
            {
                lock (gate)
                    waiters.Remove(header.Serial);
                FileMessages.Close(waiter.Files);
                throw;
            }
        }
        if (waiter.Header.Status is not MessageStatus.Error)
            return waiter;
        var reader = new XdrReader(waiter.Reply.Bytes);
        VirError error = ErrorPayload.ForCaller(ErrorPayload.Read(ref reader));
        waiter.Reply.Release();
        FileMessages.Close(waiter.Files);
        throw new VireoException(error);
    }

    CancellationTokenRegistration Waking(CancellationToken cancel) =>
        cancel.UnsafeRegister(static channel => ((BlockingRpcChannel)channel!).WakeAll(), this);

    void WakeAll()
    {
        lock (gate)
        {
            WakeHolder();
            WakeOthers();
        }
    }

    /// <summary>Under the gate: what cannot be sent at once is left for whoever holds the buck.</summary>
    internal void Enqueue(in MessageHeader header, ReadOnlySpan<byte> message, int[]? files = null)
    {
        bool hasFiles = files is { Length: > 0 };
        int sent = 0;
        if (outgoing.Count == 0 && !released && !hasFiles)
            sent = Math.Max(0, wire.Send(message));
        if (sent == message.Length)
        {
            if (wire.HasOutput || wire.HasInput)
                WakeHolder();
            return;
        }
        outgoing.Enqueue(Packet.Copy(in header, message[sent..], hasFiles ? files : null));
        WakeHolder();
    }

    /// <summary>Waits, working for everybody meanwhile, until <paramref name="done"/> (asked under the gate) says so.</summary>
    internal void WaitFor(Func<object, bool> done, object subject, CancellationToken cancel)
    {
        lock (gate)
        {
            while (!done(subject))
            {
                ThrowIfEnded();
                cancel.ThrowIfCancellationRequested();
                if (buckTaken)
                    Await();
                else
                    TakeTurn(-1);
            }
        }
    }

    /// <summary>Without the gate: some wires read while they write, and what they read the socket does not announce any more.</summary>
    internal void TellOfInput()
    {
        bool unread;
        lock (gate)
            unread = !buckTaken && !released && wire.HasInput;
        if (unread)
            EventsWaiting?.Invoke();
    }

    /// <summary>Under the gate, which is left while waiting: one round of poll, with the buck.</summary>
    void TakeTurn(int timeout)
    {
        buckTaken = true;
        bool wantsWrite = outgoing.Count > 0 || wire.HasOutput;
        Monitor.Exit(gate);
        try
        {
            PollOnce(wantsWrite, timeout);
            if (news)
            {
                news = false;
                EventsWaiting?.Invoke();
            }
        }
        finally
        {
            Monitor.Enter(gate);
            buckTaken = false;
            WakeOthers();
        }
    }

    internal object Gate => gate;

    int waiting;

    void Await()
    {
        waiting++;
        Monitor.Wait(gate);
        waiting--;
    }

    /// <summary>Under the gate. The runtime keeps a record for every object that is pulsed, so nobody is told who is not there.</summary>
    void WakeOthers()
    {
        if (waiting > 0)
            Monitor.PulseAll(gate);
    }

    /// <summary>Of whoever holds the buck: something came in that nobody waits for.</summary>
    bool news;

    /// <summary>Under the gate: nothing waits to be sent.</summary>
    internal bool HasRoom => outgoing.Count == 0;

    /// <summary>Under the gate.</summary>
    internal bool HasEnded => ended is not null;

    internal void ThrowIfEnded()
    {
        if (ended is { } why)
            throw new VireoException(why);
    }

    /// <summary>Reads what is there, for at most <paramref name="timeout"/> milliseconds (0: no waiting), and runs the events.</summary>
    public void ProcessInput(int timeout = 0)
    {
        lock (gate)
        {
            while (ended is null && !buckTaken)
            {
                TakeTurn(timeout);
                if (!wire.HasInput)
                    break;
            }
        }
        DispatchEvents();
    }

    /// <summary>Gives the events that came in to <see cref="Events"/>, on this thread; they may make calls.</summary>
    public void DispatchEvents()
    {
        while (true)
        {
            Packet packet;
            lock (gate)
            {
                if (!events.TryDequeue(out packet))
                    return;
            }
            try
            {
                var reader = new XdrReader(packet.Bytes);
                Events?.Invoke(packet.Header.Program, packet.Header.Procedure, ref reader);
            }
            finally
            {
                packet.Release();
            }
        }
    }

    /// <summary>Under the gate: the connection is over, for everybody.</summary>
    void End(VirError why)
    {
        if (ended is not null)
            return;
        ended = why;
        closed?.TrySetResult(released ? null : why);
        WakeOthers();
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        lock (gate)
        {
            if (released)
                return ValueTask.CompletedTask;
            released = true;
            End(ChannelErrors.Closed());
            WakeHolder();
            while (buckTaken)
                Await();
            wire.Dispose();
            _ = Libc.close(wake);
            DropRest();
            while (outgoing.TryDequeue(out Packet unsent))
                unsent.Release();
            FileMessages.Close(FileMessages.Take(arrived, int.MaxValue));
        }
        return ValueTask.CompletedTask;
    }
}
