using System.Buffers;
using System.Net.Sockets;
using Microsoft.Win32.SafeHandles;
using Vireo.Core.Errors;
using Vireo.Rpc.Messages;
using Vireo.Rpc.Posix;
using Vireo.Rpc.Xdr;
using static Vireo.Rpc.Posix.Libc;

namespace Vireo.Rpc.Client;

/// <content>
/// Descriptors, both ways. A stream cannot read them, so that the first call with some makes the channel read its socket itself from
/// then on.
/// </content>
public sealed partial class AsyncRpcChannel
{
    readonly Socket? socket;
    readonly Queue<int> arrived = new();
    readonly TaskCompletionSource readsSocket = new(TaskCreationOptions.RunContinuationsAsynchronously);
    List<(int At, int[] Files)> passing = [], leavingFiles = [];
    volatile bool looksForFiles;

    AsyncRpcChannel(Socket socket, TimeProvider? clock) : this(new NetworkStream(socket, ownsSocket: true), clock, socket)
    {
    }

    /// <inheritdoc/>
    public ValueTask<RepliedFiles<T>> CallWithFilesAsync<T>(
        ref XdrWriter call, IReadOnlyList<SafeFileHandle> files, ReplyDecoder<T> decoder, CancellationToken cancel)
    {
        if (socket is null || layer is not null || !Descriptors.GoThrough((int)socket.Handle))
        {
            call.Dispose();
            throw new VireoException(ErrorCode.NoSupport, ErrorDomain.Rpc, "passing descriptors over this transport");
        }
        int[] copies = FileMessages.Announce(ref call, files);
        Frame.End(ref call);
        byte[] message = call.Written.ToArray();
        call.Dispose();
        return SendAsync(message, copies, decoder, cancel);
    }

    async ValueTask<RepliedFiles<T>> SendAsync<T>(byte[] message, int[] copies, ReplyDecoder<T> decoder, CancellationToken cancel)
    {
        var waiting = new Pending<T>(decoder) { WantsFiles = true };
        try
        {
            looksForFiles = true;
            input.CancelPendingRead();
            await readsSocket.Task.WaitAsync(cancel).ConfigureAwait(false);
            Expect(message, waiting, cancel);
            Send(message, copies);
            copies = [];
            T result = await waiting.Task.ConfigureAwait(false);
            return new(result, FileMessages.Own(Interlocked.Exchange(ref waiting.Files, null)));
        }
        catch
        {
            FileMessages.Close(Interlocked.Exchange(ref waiting.Files, null));
            throw;
        }
        finally
        {
            FileMessages.Close(copies);
        }
    }

    void Send(ReadOnlySpan<byte> message, int[] files)
    {
        lock (sendGate)
        {
            waiting.Write(message);
            if (files.Length > 0)
                passing.Add((waiting.WrittenCount, files));
            if (pumping)
                return;
            pumping = true;
        }
        _ = PumpAsync();
    }

    /// <summary>Writes what leaves, and each message's descriptors right behind it.</summary>
    async ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, List<(int At, int[] Files)> files)
    {
        int written = 0;
        while (files.Count > 0)
        {
            (int at, int[] some) = files[0];
            files.RemoveAt(0);
            try
            {
                await transport.WriteAsync(bytes[written..at]).ConfigureAwait(false);
                written = at;
                foreach (int fd in some)
                    await PassAsync(fd).ConfigureAwait(false);
            }
            finally
            {
                FileMessages.Close(some);
            }
        }
        if (written < bytes.Length)
            await transport.WriteAsync(bytes[written..]).ConfigureAwait(false);
    }

    async ValueTask PassAsync(int fd)
    {
        int sent;
        while ((sent = Descriptors.Send((int)socket!.Handle, fd)) is 0)
            await Task.Run(() => socket.Poll(-1, SelectMode.SelectWrite)).ConfigureAwait(false);
        if (sent < 0)
            throw new IOException($"Cannot send file descriptor: {-sent}");
    }

    /// <summary>Reads the socket itself, from after what was read already.</summary>
    async Task<VirError> ReadSocketAsync(byte[] before)
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(Math.Max(16 * 1024, before.Length * 2));
        before.CopyTo(buffer, 0);
        int length = before.Length;
        readsSocket.TrySetResult();
        try
        {
            while (true)
            {
                var unread = new ReadOnlySequence<byte>(buffer, 0, length);
                while (TryTake(ref unread, out VirError? broken))
                {
                    if (broken is not null)
                        return broken;
                }
                int left = (int)unread.Length;
                buffer.AsSpan(length - left, left).CopyTo(buffer);
                length = left;
                if (length == buffer.Length)
                {
                    byte[] larger = ArrayPool<byte>.Shared.Rent(length * 2);
                    buffer.AsSpan(0, length).CopyTo(larger);
                    ArrayPool<byte>.Shared.Return(buffer);
                    buffer = larger;
                }
                await MovingAsync().ConfigureAwait(false);
                await socket!.ReceiveAsync(Memory<byte>.Empty, SocketFlags.None).ConfigureAwait(false);   // readable
                int count = Descriptors.Receive((int)socket.Handle, buffer.AsSpan(length), arrived);
                if (count is 0)
                    return unsent ?? ChannelErrors.EndOfFile();
                if (count is < 0 and not -EAGAIN)
                    return ChannelErrors.Failed(-count, "Cannot recv data");
                length += Math.Max(count, 0);
                heard = clock.GetTimestamp();
                unanswered = 0;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
            FileMessages.Close(FileMessages.Take(arrived, int.MaxValue));
        }
    }

    /// <summary>The descriptors that follow a reply; null: they did not come.</summary>
    int[]? FilesOf(ReadOnlySpan<byte> frame)
    {
        int count = FileMessages.Announced(frame);
        int[] files = count < 0 ? [] : FileMessages.Take(arrived, count);
        if (files.Length == count)
            return files;
        FileMessages.Close(files);
        return null;
    }
}
