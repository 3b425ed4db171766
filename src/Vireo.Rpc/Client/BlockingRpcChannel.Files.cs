using Microsoft.Win32.SafeHandles;
using Vireo.Core.Errors;
using Vireo.Rpc.Messages;
using Vireo.Rpc.Xdr;

namespace Vireo.Rpc.Client;

/// <content>Descriptors, both ways.</content>
public sealed partial class BlockingRpcChannel
{
    readonly Queue<int> arrived = new();

    /// <summary>Set by the first call with descriptors: from then on every read looks for them, so that none gets lost or into wrong hands.</summary>
    volatile bool looksForFiles;

    /// <inheritdoc/>
    public ValueTask<RepliedFiles<T>> CallWithFilesAsync<T>(
        ref XdrWriter call, IReadOnlyList<SafeFileHandle> files, ReplyDecoder<T> decoder, CancellationToken cancel)
    {
        if (!wire.PassesFiles)
        {
            call.Dispose();
            throw new VireoException(ErrorCode.NoSupport, ErrorDomain.Rpc, "passing descriptors over this transport");
        }
        int[] copies = FileMessages.Announce(ref call, files);
        looksForFiles = true;
        Waiter answer = Exchange(ref call, null, cancel, copies);
        SafeFileHandle[] got = FileMessages.Own(answer.Files);
        try
        {
            return new ValueTask<RepliedFiles<T>>(new RepliedFiles<T>(Decode(answer, decoder), got));
        }
        catch
        {
            FileMessages.Drop(got);
            throw;
        }
    }

    /// <summary>Under the gate: sends what goes with the first message. False: no room, or the end.</summary>
    bool FlushFiles(int[] files)
    {
        while (flushedFiles < files.Length)
        {
            int sent = wire.SendFile(files[flushedFiles]);
            if (sent < 0)
                End(ChannelErrors.Failed(-sent, "Cannot send file descriptor"));
            if (sent <= 0)
                return false;
            flushedFiles++;
        }
        flushedFiles = 0;
        return true;
    }

    int flushedFiles;

    /// <summary>Under the gate: a reply with descriptors, if all of it is there. Otherwise 0: more must come first.</summary>
    int TakeWithFiles(in MessageHeader header, ReadOnlySpan<byte> unread, int length)
    {
        int count = FileMessages.Announced(unread[..length]);
        if (count < 0)
        {
            End(ChannelErrors.Garbage("a reply with an impossible number of file descriptors received from server"));
            return 0;
        }
        if (unread.Length < length + count)
            return 0;
        int[] files = FileMessages.Take(arrived, count);
        if (files.Length < count)
        {
            FileMessages.Close(files);
            End(ChannelErrors.Garbage("file descriptors that the server announced did not come"));
            return 0;
        }
        Answer(in header, unread[(Frame.Prefix + 4)..length], files);
        return length + count;
    }
}
