using System.Buffers;
using System.Runtime.CompilerServices;
using Vireo.Core.Errors;
using Vireo.Rpc.Messages;
using Vireo.Rpc.Posix;
using Vireo.Rpc.Xdr;
using static Vireo.Rpc.Posix.Libc;

namespace Vireo.Rpc.Server;

/// <summary>
/// A client. It is read by one epoll thread only (its own); anybody may send. Between messages it holds no buffer.
/// </summary>
sealed unsafe partial class Connection : RpcPeer
{
    readonly RpcServer server;
    readonly PollThread thread;
    readonly IRpcProgram[] programs;
    readonly int fd;
    readonly Lock gate = new();

    // Of the epoll thread.
    byte[]? rest;
    int restLength;
    int[]? received;
    int receivedCount;

    // Bits of `stops`: why the socket is not read. Written by the epoll thread, under the gate.
    const int TooManyCalls = 1, StreamIsFull = 2, Leaving = 4, Shaking = 8;
    int stops;
    int blockedStreams;

    int unfinished;
    volatile bool paused;
    bool loggedIn;

    internal Connection(RpcServer server, PollThread thread, int fd, RpcService service, PeerIdentity identity, long id)
    {
        (this.server, this.thread, this.fd, Service, Identity, Id) = (server, thread, fd, service, identity, id);
        Since = DateTimeOffset.UtcNow;
        began = heard = thread.Now;
        shaking = service.Tls is not null;
        programs = server.Compose(this);
    }

    internal int Fd => fd;
    internal bool IsOpen => !closed;
    internal ulong Key { get; set; }
    internal RpcServer Server => server;
    internal PollThread Thread => thread;

    public override RpcService Service { get; }
    public override PeerIdentity Identity { get; }
    public override long Id { get; }
    public override DateTimeOffset Since { get; }

    public override bool LoggedIn
    {
        get => Volatile.Read(ref loggedIn);
        set
        {
            if (Interlocked.Exchange(ref loggedIn, value) != value)
                server.LoginChanged(value);
        }
    }

    /// <summary>Reads once, and runs every whole message that is there. False: nothing was, or it is not the time to read.</summary>
    internal bool OnReadable()
    {
        if (stops != 0 || closed)
            return false;
        if (IsLayered)
            return OnLayerReadable();
        byte[] buffer = rest ?? thread.Buffer;
        int offset = rest is null ? 0 : restLength;
        int count = Receive(buffer.AsSpan(offset));
        if (count < 0)
            return false;
        if (count == 0)
        {
            Close("end of file");
            return true;
        }
        heard = thread.Now;
        unanswered = 0;
        // A layer that began while this was on its way: what came in clear is not the peer's word any more.
        if (IsLayered)
            Close("bytes in clear after the login wrapped the connection");
        else
            Parse(buffer, offset + count);
        return true;
    }

    /// <summary>Both directions are over, nobody is there to answer to.</summary>
    internal void OnHangup()
    {
        if (!closed)
            Close("hangup");
    }

    /// <summary>Bytes read; 0 at the end or after an error; -1: nothing there.</summary>
    [SkipLocalsInit] // room for descriptors, a kilobyte that most calls do not use
    int Receive(Span<byte> target)
    {
        fixed (byte* data = target)
        {
            if (Service.Transport is not RpcTransport.Unix)     // no descriptors come from afar
            {
                nint got = recv(fd, data, target.Length, MSG_DONTWAIT);
                return got >= 0 ? (int)got : LastError is EAGAIN or EINTR ? -1 : 0;
            }
            Cmsg control;
            var iov = new Iovec { Base = data, Length = target.Length };
            var message = new Msghdr { Iov = &iov, IovLength = 1, Control = &control, ControlLength = sizeof(Cmsg) };
            nint count = recvmsg(fd, &message, MSG_DONTWAIT | MSG_CMSG_CLOEXEC);
            if (count < 0)
                return LastError is EAGAIN or EINTR ? -1 : 0;
            if (message.ControlLength > 0 && !Keep(in message, &control))
                return 0;
            return (int)count;
        }
    }

    bool Keep(in Msghdr message, Cmsg* control)
    {
        if (message.ControlLength < Cmsg.HeaderSize || control->Level != SOL_SOCKET || control->Type != SCM_RIGHTS)
            return true;
        received ??= new int[Frame.MaxDescriptors];
        int count = (int)(control->Length - Cmsg.HeaderSize) / sizeof(int);
        bool tooMany = (message.Flags & MSG_CTRUNC) != 0;
        for (int i = 0; i < count; i++)
        {
            if (receivedCount < received.Length)
                received[receivedCount++] = control->Fds[i];
            else
            {
                _ = close(control->Fds[i]);
                tooMany = true;
            }
        }
        return !tooMany;
    }

    /// <summary>Runs what is whole; keeps what is not.</summary>
    void Parse(byte[] buffer, int end)
    {
        int used = 0;
        bool waitsForDescriptors = false;
        while (stops == 0)
        {
            ReadOnlySpan<byte> unread = buffer.AsSpan(used, end - used);
            var look = Frame.At(unread, out int length);
            if (length > Service.MaxMessageBeforeLogin && !LoggedIn)
            {
                Close("a message of that length before the login");
                return;
            }
            if (look is Frame.Look.Incomplete)
                break;
            if (look is Frame.Look.Broken)
            {
                Close("a message of impossible length");
                return;
            }
            var header = MessageHeader.Read(unread[MessageHeader.LengthSize..]);
            int descriptors = 0;
            if (header.Type is MessageType.CallWithFds && !TryCountDescriptors(unread[..length], out descriptors))
            {
                Close("a message with an impossible number of descriptors");
                return;
            }
            if (descriptors > 0 && unread.Length - length < descriptors)
            {
                waitsForDescriptors = true;
                break;
            }
            if (descriptors != receivedCount)
            {
                Close("a message whose descriptors are missing, or descriptors nobody announced");
                return;
            }
            used += length + descriptors;
            Take(in header, unread[..length]);
            if (closed)
                return;
        }
        if (receivedCount > 0 && stops == 0 && !waitsForDescriptors)
            Close("descriptors nobody announced");
        else
            Keep(buffer, used, end);
    }

    static bool TryCountDescriptors(ReadOnlySpan<byte> frame, out int count)
    {
        uint word = frame.Length >= Frame.Prefix + 4
            ? System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(frame[Frame.Prefix..])
            : uint.MaxValue;
        count = (int)word;
        return word <= Frame.MaxDescriptors;
    }

    /// <summary>
    /// Keeps the bytes from <paramref name="used"/> on in a buffer of this connection's own. It grows by doubling as
    /// bytes arrive: a length word alone makes nobody allocate.
    /// </summary>
    void Keep(byte[] buffer, int used, int end)
    {
        int left = end - used;
        if (left == 0)
        {
            DropRest();
            return;
        }
        if (ReferenceEquals(buffer, rest) && left < rest.Length)
        {
            if (used > 0)
                buffer.AsSpan(used, left).CopyTo(rest);
        }
        else
        {
            int size = Math.Max(1024, left * 2);
            byte[] larger = ArrayPool<byte>.Shared.Rent(size);
            buffer.AsSpan(used, left).CopyTo(larger);
            DropRest();
            rest = larger;
        }
        restLength = left;
    }

    void DropRest()
    {
        if (rest is { } mine)
            ArrayPool<byte>.Shared.Return(mine);
        rest = null;
        restLength = 0;
    }

    void Take(in MessageHeader header, ReadOnlySpan<byte> frame)
    {
        if (header.Program == Frame.KeepaliveProgram && header.Version == Frame.KeepaliveVersion)
        {
            if (header is { Type: MessageType.Message, Procedure: Frame.Ping })
                SendKeepalive(Frame.Pong);
            return;
        }
        switch (header.Type)
        {
            case MessageType.Call or MessageType.CallWithFds:
                Call(in header, frame);
                break;
            case MessageType.Stream:
                OnStreamPacket(in header, frame[Frame.Prefix..]);
                break;
            case MessageType.StreamHole:
                OnStreamHole(in header, frame[Frame.Prefix..]);
                break;
            case MessageType.Reply or MessageType.ReplyWithFds:
                break;
            default:
                Refuse(in header, ErrorCode.Rpc, $"Unexpected message type {(uint)header.Type}");
                break;
        }
    }

    void Refuse(in MessageHeader header, ErrorCode code, string text)
    {
        ServerCall call = server.Rent(this, in header);
        call.Fail(VirError.Of(code, ErrorDomain.Rpc, text));
    }

    void Call(in MessageHeader header, ReadOnlySpan<byte> frame)
    {
        if (Find(header.Program, header.Version) is not { } program)
        {
            DropDescriptors();
            Refuse(in header, ErrorCode.Rpc, $"Cannot find program {header.Program} version {header.Version}");
            return;
        }
        if (header.Status is not MessageStatus.Ok)
        {
            DropDescriptors();
            Refuse(in header, ErrorCode.Rpc, $"Unexpected message status {(uint)header.Status}");
            return;
        }
        if (program.Find(header.Procedure) is not { } traits)
        {
            DropDescriptors();
            Refuse(in header, ErrorCode.Rpc, $"unknown procedure: {header.Procedure}");
            return;
        }
        if (traits.NeedsLogin && !LoggedIn)
        {
            DropDescriptors();
            Refuse(in header, ErrorCode.Rpc, "authentication required");
            return;
        }
        ServerCall call = server.Rent(this, in header);
        ReadOnlySpan<byte> arguments = frame[Frame.Prefix..];
        if (header.Type is MessageType.CallWithFds)
        {
            arguments = arguments[4..];
            if (traits.Descriptors)
                call.Take(received.AsSpan(0, receivedCount));
            else
                DropDescriptors();
            receivedCount = 0;
        }
        if (traits.Inline)
            call.Run(program, arguments, thread.Strings);
        else
        {
            call.Keep(program, arguments);
            server.Workers.Add(call);
        }
        if (Volatile.Read(ref unfinished) >= Window)
            Pause();
    }

    /// <summary>
    /// Calls that may be under way. Before the login it is one: nothing that follows a step of the login is looked at before
    /// that step is done.
    /// </summary>
    int Window => LoggedIn ? server.Options.MaxClientRequests : 1;

    void Pause()
    {
        paused = true;
        Interlocked.MemoryBarrier();
        if (Volatile.Read(ref unfinished) < Window)
            paused = false;
        else
            SetStops(stops | TooManyCalls);
    }

    internal void CallStarted() => Interlocked.Increment(ref unfinished);

    internal void CallFinished()
    {
        int now = Interlocked.Decrement(ref unfinished);
        if (paused && now < Window)
            thread.Post(new Mail(MailKind.Continue, this));
        if (closeWhenDrained)
            LeaveIfDrained();
    }

    /// <summary>A reason not to read may be gone: look again, beginning with what was read before.</summary>
    internal void Continue()
    {
        if (closed)
            return;
        int now = stops & (Leaving | Shaking);
        if (Volatile.Read(ref unfinished) >= Window)
            now |= stops & TooManyCalls;
        else
            paused = false;
        if (blockedStreams > 0)
            now |= StreamIsFull;
        SetStops(now);
        if (now == 0 && rest is { } kept)
        {
            heard = thread.Now;
            if (IsLayered && !layerSeen)
                Close("bytes in clear after the login wrapped the connection");
            else
                Parse(kept, restLength);
        }
    }

    IRpcProgram? Find(uint program, uint version)
    {
        foreach (IRpcProgram candidate in programs)
            if (candidate.Program == program && candidate.Version == version)
                return candidate;
        return null;
    }

    void DropDescriptors()
    {
        for (int i = 0; i < receivedCount; i++)
            _ = close(received![i]);
        receivedCount = 0;
    }

    /// <summary>On the epoll thread: the connection is over.</summary>
    internal void Close(string why)
    {
        List<ServerStream>? orphans;
        lock (gate)
        {
            if (closed)
                return;
            closed = true;
            while (queue is { Count: > 0 })
                queue.Dequeue().Release();
            orphans = streams is { Count: > 0 } ? [.. streams.Values] : null;
            streams = null;
        }
        server.Log.ClientClosed(Id, why);
        thread.Remove(this);
        _ = close(fd);
        DropRest();
        DropDescriptors();
        EndLayer();
        foreach (ServerStream orphan in orphans ?? [])
            orphan.Orphaned();
        server.Forget(this, LoggedIn);
        server.Workers.Add(new ClosedWork(programs, server.Log), isUrgent: true);
    }
}
