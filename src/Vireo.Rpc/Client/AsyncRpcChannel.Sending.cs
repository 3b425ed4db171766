using System.Buffers;
using System.Net.Sockets;
using Vireo.Rpc.Messages;

namespace Vireo.Rpc.Client;

/// <content>
/// Sending: the first sender writes, later ones append to what it writes next, so that no message waits for a thread.
/// </content>
public sealed partial class AsyncRpcChannel
{
    /// <summary>So much may wait before a stream's sender has to.</summary>
    const int HighWater = 1024 * 1024;

    readonly Lock sendGate = new();
    readonly ArrayBufferWriter<byte> wrapped = new();
    ArrayBufferWriter<byte> waiting = new(4096), leaving = new(4096);
    bool pumping;
    TaskCompletionSource? drained;

    long heard;
    int unanswered, pingCount;
    TimeSpan pingInterval;
    ITimer? keepalive;

    internal void Send(ReadOnlySpan<byte> message)
    {
        lock (sendGate)
        {
            waiting.Write(message);
            if (pumping)
                return;
            pumping = true;
        }
        _ = PumpAsync();
    }

    /// <summary>Completes when there is room for a stream's next packet.</summary>
    internal Task RoomAsync()
    {
        lock (sendGate)
        {
            if (waiting.WrittenCount < HighWater)
                return Task.CompletedTask;
            return (drained ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
        }
    }

    async Task PumpAsync()
    {
        try
        {
            while (true)
            {
                lock (sendGate)
                {
                    if (waiting.WrittenCount == 0)
                    {
                        pumping = false;
                        return;
                    }
                    (waiting, leaving) = (leaving, waiting);
                    (passing, leavingFiles) = (leavingFiles, passing);
                    drained?.TrySetResult();
                    drained = null;
                }
                if (layer is { } wrapping)
                {
                    wrapping.Wrap(leaving.WrittenSpan, wrapped);
                    await transport.WriteAsync(wrapped.WrittenMemory).ConfigureAwait(false);
                    wrapped.ResetWrittenCount();
                }
                else if (leavingFiles.Count > 0)
                {
                    await WriteAsync(leaving.WrittenMemory, leavingFiles).ConfigureAwait(false);
                }
                else
                {
                    await transport.WriteAsync(leaving.WrittenMemory).ConfigureAwait(false);
                }
                leaving.ResetWrittenCount();
                if (leaving.Capacity > HighWater)
                    leaving = new ArrayBufferWriter<byte>(4096);
            }
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or Core.Errors.VireoException)
        {
            lock (sendGate)
            {
                drained?.TrySetResult();
                drained = null;
            }
            if (e is ObjectDisposedException)
                End(ChannelErrors.Closed());
            else if (e is Core.Errors.VireoException broken)
                End(broken.Error);
            else
                EndReading(e);
        }
    }

    volatile Core.Errors.VirError? unsent;

    /// <summary>
    /// The connection takes no more; the reader comes to its end after what the server still had to say, be it that the server means to go
    /// on for ever. A dead pump stays "pumping".
    /// </summary>
    void EndReading(Exception failure)
    {
        unsent = ChannelErrors.Of(failure, "Cannot write data");
        try
        {
            socket?.Shutdown(SocketShutdown.Receive);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // it has ended by itself
        }
    }

    void SendKeepalive(int procedure)
    {
        Span<byte> frame = stackalloc byte[Frame.Prefix];
        Frame.WriteKeepalive(frame, procedure);
        Send(frame);
    }

    /// <summary>Pings the server after so much silence. Only if it reported feature 10.</summary>
    public void StartKeepalive(TimeSpan interval, int count)
    {
        keepalive?.Dispose();
        (pingInterval, pingCount, unanswered) = (interval, count, 0);
        heard = clock.GetTimestamp();
        keepalive = interval <= TimeSpan.Zero ? null : clock.CreateTimer(_ => Ping(), null, interval, interval);
    }

    void Ping()
    {
        if (Volatile.Read(ref stalled) > 0)
            (heard, unanswered) = (clock.GetTimestamp(), 0);    // we do not read: its silence is our doing
        if (clock.GetElapsedTime(heard) < pingInterval)
            return;
        if (unanswered++ >= pingCount)
            End(ChannelErrors.KeepaliveTimeout());
        else
            SendKeepalive(Frame.Ping);
    }
}
