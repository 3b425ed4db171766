using System.Diagnostics;
using Vireo.Rpc.Messages;
using Vireo.Rpc.Security;
using Vireo.Rpc.Xdr;
using static Vireo.Rpc.Posix.Libc;

namespace Vireo.Rpc.Server;

/// <content>
/// Sending: whoever has a message writes it to the socket at once if nothing waits there; else it is queued, and the
/// epoll thread goes on when there is room.
/// </content>
sealed unsafe partial class Connection
{
    // Under the gate.
    Queue<Outgoing>? queue;
    long queuedEvents;
    uint interest = EPOLLIN | EPOLLRDHUP;
    volatile bool closed;
    volatile bool closeWhenDrained;

    // Keepalive, of the epoll thread.
    readonly long began;
    long heard;
    int unanswered;
    volatile bool keepalive;

    /// <summary>Calls are under way. Asked when nobody reads any more.</summary>
    internal bool IsBusy => Volatile.Read(ref unfinished) > 0;

    /// <summary>
    /// Waits until no call is under way. When its thread has left: who ends a call tells that thread, as if the client had too many of them, and the
    /// mail is read here.
    /// </summary>
    internal void WaitForCalls(TimeSpan patience, long began)
    {
        paused = true;
        Interlocked.MemoryBarrier();
        while (IsBusy && thread.WaitForMail(patience - Stopwatch.GetElapsedTime(began)))
        {
        }
    }

    /// <summary>It stands between two messages, in both directions. Asked when nobody reads any more.</summary>
    internal bool IsQuiet
    {
        get
        {
            lock (gate)
                return !closed && !closeWhenDrained && !IsBusy && rest is null && receivedCount == 0 && layer is null && queue is not { Count: > 0 };
        }
    }

    internal static uint FirstInterest => EPOLLIN | EPOLLRDHUP;

    /// <summary>True: the message is with the kernel. False: it waits.</summary>
    internal bool Send(
        ReadOnlySpan<byte> message, ReadOnlySpan<int> descriptors = default, ServerStream? stream = null, bool isEvent = false,
        SecurityLayer? after = null)
    {
        lock (gate)
        {
            if (closed)
            {
                after?.End();
                return true;
            }
            if (layer is null)
            {
                // Before the peer can answer: what it sends next is wrapped.
                layer = after;
                return SendBytes(message, descriptors, stream, isEvent);
            }
            try
            {
                return SendBytes(layer.Wrap(message), descriptors, stream, isEvent);
            }
            catch (Exception e) when (SecurityFailed(e))
            {
                Hangup();
                return true;
            }
            finally
            {
                layer.Wrapped();
            }
        }
    }

    /// <summary>Under the gate: bytes as they go to the socket.</summary>
    bool SendBytes(ReadOnlySpan<byte> message, ReadOnlySpan<int> descriptors, ServerStream? stream, bool isEvent)
    {
        int sent = 0;
        if (queue is not { Count: > 0 })
        {
            sent = TrySend(message);
            if (sent < 0)
            {
                Hangup();
                return true;
            }
            if (sent == message.Length && descriptors.IsEmpty)
            {
                if (closeWhenDrained)
                    LeaveIfDrained();
                return true;
            }
        }
        if (isEvent && (queuedEvents += message.Length - sent) > server.Options.MaxQueuedEventBytes)
        {
            server.Log.EventsUnread(Id);
            Hangup();
            return true;
        }
        queue ??= new Queue<Outgoing>();
        queue.Enqueue(Outgoing.Copy(message[sent..], Duplicate(descriptors), stream, isEvent));
        if (queue.Count == 1 && !descriptors.IsEmpty && sent == message.Length)
            Flush(null);
        UpdateInterest();
        return false;
    }

    static int[]? Duplicate(ReadOnlySpan<int> descriptors)
    {
        if (descriptors.IsEmpty)
            return null;
        int[] copies = new int[descriptors.Length];
        for (int i = 0; i < copies.Length; i++)
            copies[i] = fcntl(descriptors[i], F_DUPFD_CLOEXEC, 0);
        return copies;
    }

    /// <summary>Bytes taken by the socket; -1: it is dead.</summary>
    int TrySend(ReadOnlySpan<byte> bytes)
    {
        int sent = 0;
        fixed (byte* data = bytes)
        {
            while (sent < bytes.Length)
            {
                nint count = send(fd, data + sent, bytes.Length - sent, MSG_DONTWAIT | MSG_NOSIGNAL);
                if (count >= 0)
                    sent += (int)count;
                else if (LastError is EAGAIN)
                    break;
                else if (LastError is not EINTR)
                    return -1;
            }
        }
        return sent;
    }

    /// <summary>The kernel has room. Streams whose packet left may send the next.</summary>
    internal void OnWritable()
    {
        List<ServerStream>? ready = null;
        lock (gate)
        {
            if (closed || queue is null)
                return;
            ready = Flush(ready);
            UpdateInterest();
            if (closeWhenDrained)
                LeaveIfDrained();
        }
        foreach (ServerStream stream in ready ?? [])
            stream.Ready();
    }

    List<ServerStream>? Flush(List<ServerStream>? ready)
    {
        while (queue!.Count > 0)
        {
            Outgoing first = queue.Peek();
            int sent = TrySend(first.Buffer.AsSpan(first.Sent, first.Length - first.Sent));
            if (sent < 0)
            {
                Hangup();
                return ready;
            }
            first.Sent += sent;
            if (first.Sent < first.Length || !SendDescriptors(first))
                return ready;
            queue.Dequeue();
            first.Release();
            if (first.IsEvent)
                queuedEvents -= first.Length;
            if (first.Stream is { } stream)
                (ready ??= []).Add(stream);
        }
        return ready;
    }

    bool SendDescriptors(Outgoing message)
    {
        while (message.Descriptors is { } all && message.DescriptorsSent < all.Length)
        {
            byte zero = 0;
            Cmsg control;
            control.Length = Cmsg.HeaderSize + sizeof(int);
            control.Level = SOL_SOCKET;
            control.Type = SCM_RIGHTS;
            control.Fds[0] = all[message.DescriptorsSent];
            var iov = new Iovec { Base = &zero, Length = 1 };
            var header = new Msghdr { Iov = &iov, IovLength = 1, Control = &control, ControlLength = Cmsg.HeaderSize + 8 };
            if (sendmsg(fd, &header, MSG_DONTWAIT | MSG_NOSIGNAL) < 0)
            {
                if (LastError is EINTR)
                    continue;
                if (LastError is not EAGAIN)
                    Hangup();
                return false;
            }
            message.DescriptorsSent++;
        }
        return true;
    }

    /// <summary>Lets the epoll thread close it: only that thread does.</summary>
    void Hangup() => _ = shutdown(fd, SHUT_RDWR);

    public override void Disconnect()
    {
        lock (gate)
        {
            if (!closed)
                Hangup();
        }
    }

    void SetStops(int now)
    {
        lock (gate)
        {
            stops = now;
            if (!closed)
                UpdateInterest();
        }
    }

    void UpdateInterest()
    {
        uint wanted = (stops == 0 ? EPOLLIN | EPOLLRDHUP : 0) | (queue is { Count: > 0 } ? EPOLLOUT : 0);
        if (wanted == interest)
            return;
        interest = wanted;
        thread.Watch(EPOLL_CTL_MOD, fd, wanted, Key);
    }

    public override void CloseAfterReplies()
    {
        closeWhenDrained = true;
        LeaveIfDrained();
    }

    void LeaveIfDrained()
    {
        lock (gate)
        {
            if (!closed && Volatile.Read(ref unfinished) == 0 && queue is not { Count: > 0 })
                Hangup();
        }
    }

    public override XdrWriter BeginEvent(uint program, uint version, int procedure) =>
        Frame.Begin(new MessageHeader(program, version, procedure, MessageType.Message, 1, MessageStatus.Ok));

    public override void SendEvent(ref XdrWriter message)
    {
        Frame.End(ref message);
        Send(message.Written, isEvent: true);
        message.Dispose();
    }

    public override void StartKeepalive()
    {
        if (keepalive || server.Options.KeepaliveInterval <= TimeSpan.Zero)
            return;
        keepalive = true;
        thread.Post(new Mail(MailKind.Times, this));
    }

    void SendKeepalive(int procedure)
    {
        Span<byte> frame = stackalloc byte[Frame.Prefix];
        Frame.WriteKeepalive(frame, procedure);
        Send(frame);
    }

    /// <summary>On the epoll thread: does what is due, says when to look again (milliseconds; max: never).</summary>
    internal long CheckTimes(long now) => Math.Min(CheckLogin(now), CheckKeepalive(now));

    /// <summary>Who does not log in makes room for others; but nobody is thrown out while we are asking somebody about him.</summary>
    long CheckLogin(long now)
    {
        if (LoggedIn || closed)
            return long.MaxValue;
        TimeSpan patience = shaking ? server.Options.HandshakePatience
            : server.MayAccept ? server.Options.LoginPatience : server.Options.LoginPatienceWhenFull;
        long due = began + (long)patience.TotalMilliseconds;
        if (Volatile.Read(ref unfinished) > 0)
            due = Math.Max(due, now + 1000);
        if (now < due)
            return due;
        server.Log.LoginTooLate(Id);
        Close("it did not log in");
        return long.MaxValue;
    }

    long CheckKeepalive(long now)
    {
        if (!keepalive || closed)
            return long.MaxValue;
        long interval = (long)server.Options.KeepaliveInterval.TotalMilliseconds;
        if (stops != 0)
            heard = now;   // we do not read: its silence is our doing
        if (now - heard < interval)
            return heard + interval;
        if (unanswered >= server.Options.KeepaliveCount)
        {
            Close("connection closed due to keepalive timeout");
            return long.MaxValue;
        }
        unanswered++;
        heard = now;
        SendKeepalive(Frame.Ping);
        return now + interval;
    }
}
