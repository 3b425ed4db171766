using System.Buffers;
using Vireo.Core.Errors;
using Vireo.Rpc.Messages;
using Vireo.Rpc.Xdr;
using static Vireo.Rpc.Posix.Libc;

namespace Vireo.Rpc.Client;

/// <content>The holder of the buck at work: poll, write, read, sort what came.</content>
public sealed unsafe partial class BlockingRpcChannel
{
    byte[] input = [];
    int inputLength;
    int bytesToSkip;
    long heard;
    int unanswered;
    TimeSpan pingInterval;
    int pingCount;

    /// <summary>Pings the server after so much silence. Only if it reported feature 10.</summary>
    public void StartKeepalive(TimeSpan interval, int count)
    {
        lock (gate)
        {
            (pingInterval, pingCount, unanswered) = (interval, count, 0);
            heard = clock.GetTimestamp();
            WakeHolder();
        }
    }

    void WakeHolder()
    {
        if (!buckTaken)
            return;
        ulong one = 1;
        _ = write(wake, &one, sizeof(ulong));
    }

    /// <summary>Without the gate, with the buck.</summary>
    void PollOnce(bool wantsWrite, int timeout)
    {
        Pollfd* fds = stackalloc Pollfd[2];
        fds[0] = new Pollfd { Fd = wire.Descriptor, Events = (short)(POLLIN | (wantsWrite ? POLLOUT : 0)) };
        fds[1] = new Pollfd { Fd = wake, Events = POLLIN };
        int due = UntilPing();
        bool ready = wire.HasInput;
        if (ready)
            timeout = 0;
        if (poll(fds, 2, timeout < 0 ? due : due < 0 ? timeout : Math.Min(timeout, due)) < 0)
        {
            // Not even poll works where the process may have no descriptors at all.
            if (LastError is not (EINTR or EAGAIN) and var errno)
                EndOfWait(errno);
            return;
        }
        if (fds[1].Revents != 0)
        {
            ulong ignored;
            _ = read(wake, &ignored, sizeof(ulong));
        }
        if ((fds[0].Revents & POLLOUT) != 0)
            Flush();
        if (ready || (fds[0].Revents & (POLLIN | POLLERR | POLLHUP)) != 0)
            ReadAndSort();
        Ping();
    }

    void EndOfWait(int errno)
    {
        lock (gate)
            End(ChannelErrors.Failed(errno, "poll on socket failed"));
    }

    int UntilPing()
    {
        lock (gate)
        {
            return pingInterval <= TimeSpan.Zero
                ? -1
                : (int)Math.Clamp((pingInterval - clock.GetElapsedTime(heard)).TotalMilliseconds + 1, 0, int.MaxValue);
        }
    }

    void Ping()
    {
        lock (gate)
        {
            if (pingInterval <= TimeSpan.Zero || clock.GetElapsedTime(heard) < pingInterval)
                return;
            heard = clock.GetTimestamp();
            if (unanswered++ >= pingCount)
                End(ChannelErrors.KeepaliveTimeout());
            else
                SendKeepalive(Frame.Ping);
        }
    }

    void SendKeepalive(int procedure)
    {
        Span<byte> frame = stackalloc byte[Frame.Prefix];
        Frame.WriteKeepalive(frame, procedure);
        Enqueue(default, frame);
    }

    void Flush()
    {
        lock (gate)
        {
            if (wire.Flush() is < 0 and var errno)
            {
                End(Failure(-errno, "Cannot write data"));
                return;
            }
            while (outgoing.Count > 0)
            {
                Packet first = outgoing.Peek();
                int sent = wire.Send(first.Bytes[flushed..]);
                if (sent < 0)
                {
                    End(Failure(-sent, "Cannot write data"));
                    return;
                }
                flushed += sent;
                if (flushed < first.Length || (first.Files is { } files && !FlushFiles(files)))
                    return;
                flushed = 0;
                outgoing.Dequeue().Release();
            }
        }
    }

    int flushed;

    VirError Failure(int errno, string what) => wire.Error ?? (wire.Fault is { } fault ? ChannelErrors.Garbage($"{what}: {fault}") : ChannelErrors.Failed(errno, what));

    void ReadAndSort()
    {
        if (inputLength == input.Length)
            GrowInput();
        // Descriptors come with answers only to calls that may have some: most reads need not look for them.
        int count = looksForFiles ? wire.Receive(input.AsSpan(inputLength), arrived) : wire.Receive(input.AsSpan(inputLength));
        if (count == -EAGAIN)
            return;
        lock (gate)
        {
            if (count <= 0)
            {
                End(count == 0 ? ChannelErrors.EndOfFile() : Failure(-count, "Cannot recv data"));
                return;
            }
            inputLength += count;
            heard = clock.GetTimestamp();
            unanswered = 0;
            Sort();
        }
    }

    void GrowInput()
    {
        byte[] larger = ArrayPool<byte>.Shared.Rent(Math.Max(16 * 1024, input.Length * 2));
        input.AsSpan(0, inputLength).CopyTo(larger);
        if (input.Length > 0)
            ArrayPool<byte>.Shared.Return(input);
        input = larger;
    }

    void DropRest()
    {
        if (input.Length > 0)
            ArrayPool<byte>.Shared.Return(input);
        input = [];
        inputLength = 0;
    }

    /// <summary>Under the gate: hands every whole message to whom it belongs.</summary>
    void Sort()
    {
        int used = 0;
        while (ended is null)
        {
            int skip = Math.Min(bytesToSkip, inputLength - used);
            bytesToSkip -= skip;
            used += skip;
            ReadOnlySpan<byte> unread = input.AsSpan(used, inputLength - used);
            var look = Frame.At(unread, out int length);
            if (look is Frame.Look.Incomplete)
                break;
            if (look is Frame.Look.Broken)
            {
                End(ChannelErrors.Garbage("packet of impossible length received from server"));
                return;
            }
            var header = MessageHeader.Read(unread[MessageHeader.LengthSize..]);
            if (header.Type is MessageType.ReplyWithFds && looksForFiles)
            {
                int taken = TakeWithFiles(in header, unread, length);
                if (taken is 0)
                    break;
                used += taken;
                continue;
            }
            Take(unread[..length]);
            used += length;
        }
        inputLength -= used;
        if (inputLength == 0)
            DropRest();
        else if (used > 0)
            input.AsSpan(used, inputLength).CopyTo(input);
    }

    void Take(ReadOnlySpan<byte> frame)
    {
        var header = MessageHeader.Read(frame[MessageHeader.LengthSize..]);
        ReadOnlySpan<byte> payload = frame[Frame.Prefix..];
        if (header.Program == Frame.KeepaliveProgram)
        {
            if (header.Procedure == Frame.Ping)
                SendKeepalive(Frame.Pong);
            return;
        }
        switch (header.Type)
        {
            case MessageType.ReplyWithFds when payload.Length >= 4:
                bytesToSkip = System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(payload);
                Answer(in header, payload[4..]);
                break;
            case MessageType.Reply:
                Answer(in header, payload);
                break;
            case MessageType.Message:
                events.Enqueue(Packet.Copy(in header, payload));
                news = true;
                break;
            case MessageType.Stream or MessageType.StreamHole:
                // libvirtd may begin before it has answered the call that opens the stream.
                if ((streams.GetValueOrDefault(header.Serial) ?? waiters.GetValueOrDefault(header.Serial)?.Stream) is { } known)
                {
                    known.Take(in header, payload);
                    news = true;
                }
                break;
            default:
                End(ChannelErrors.Garbage($"got unexpected RPC message type {(int)header.Type}"));
                break;
        }
    }

    void Answer(in MessageHeader header, ReadOnlySpan<byte> payload, int[]? files = null)
    {
        if (!waiters.Remove(header.Serial, out Waiter? waiter))
        {
            FileMessages.Close(files);
            if (header.Status is MessageStatus.Error && streams.TryGetValue(header.Serial, out BlockingClientStream? refused))
                refused.Take(in header, payload);   // a refused hole is told this way
            return;   // its caller gave up
        }
        waiter.Header = header;
        waiter.Files = files;
        waiter.Reply = Packet.Copy(in header, payload);
        if (waiter.Stream is { IsOver: false } stream && header.Status is not MessageStatus.Error)
            streams[header.Serial] = stream;
        waiter.Done = true;
    }

    internal void Forget(uint serial) => streams.Remove(serial);
}
