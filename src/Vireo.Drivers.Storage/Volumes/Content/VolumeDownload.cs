using Microsoft.Win32.SafeHandles;
using Vireo.Core.Errors;
using Vireo.Driver;
using Vireo.Host.Files;

namespace Vireo.Drivers.Storage.Volumes.Content;

/// <summary>Sends a volume's bytes, on a thread of the pool: a disk that does not answer makes this client wait, and no other.</summary>
/// <param name="file">The volume.</param>
/// <param name="path">Its path, for messages.</param>
/// <param name="offset">Where it begins.</param>
/// <param name="length">How many bytes; 0: up to the end.</param>
/// <param name="sparse">Holes are told instead of sent.</param>
/// <param name="client">Who gets them.</param>
/// <param name="use">Lets go of the volume.</param>
sealed class VolumeDownload(SafeFileHandle file, string path, ulong offset, ulong length, bool sparse, IStreamSink client, IDisposable use) : IStreamHandler
{
    // Whole packets of the protocol, and few of them: what is read and not sent yet waits in memory.
    const int Piece = 4 * 262_120;

    readonly long end = length == 0 || length > long.MaxValue - offset ? long.MaxValue : (long)(offset + length);
    long at = (long)offset;
    byte[]? buffer;
    int permits;
    volatile bool over;

    public void Ready()
    {
        if (Interlocked.Increment(ref permits) == 1)
            ThreadPool.UnsafeQueueUserWorkItem(static download => download.Run(), this, preferLocal: false);
    }

    void Run()
    {
        do
            Pump();
        while (Interlocked.Decrement(ref permits) > 0);
    }

    void Pump()
    {
        try
        {
            while (!over && SendNext()) { }
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            Break(VireoException.System(ErrorDomain.Streams, (fault.InnerException ?? fault).HResult, $"Unable to read {path}"));
        }
        catch (VireoException fault)
        {
            Break(fault);
        }
        if (over)
            Close();
    }

    /// <summary>Sends one piece or hole; false: no more before the client is ready again.</summary>
    bool SendNext()
    {
        if (sparse && FindHoleEnd() is { } data)
        {
            long hole = data - at;
            at = data;
            return client.SendHole(hole);
        }
        buffer ??= GC.AllocateUninitializedArray<byte>(Piece);
        long room = Math.Min(Piece, end - at);
        if (sparse && room > 0 && HostFile.FindHole(file, at) is { } next)
            room = Math.Min(room, next - at);
        int count = room <= 0 ? 0 : RandomAccess.Read(file, buffer.AsSpan(0, (int)room), at);
        if (count > 0)
        {
            at += count;
            return client.Send(buffer.AsSpan(0, count));
        }
        over = true;
        client.End();
        return false;
    }

    /// <summary>Where the hole that begins here ends; null: there is none.</summary>
    long? FindHoleEnd()
    {
        long last = Math.Min(end, RandomAccess.GetLength(file));
        if (at >= last)
            return null;
        long data = Math.Min(HostFile.FindData(file, at) ?? last, last);
        return data > at ? data : null;
    }

    void Break(VireoException fault)
    {
        over = true;
        client.Fail(fault.Error);
    }

    public bool Received(ReadOnlySpan<byte> data) => true;

    public void Finished() => Stop();

    public void Aborted() => Stop();

    void Stop()
    {
        over = true;
        // Whoever pumps closes; if nobody does, we are the one.
        if (Interlocked.Increment(ref permits) == 1)
            Close();
    }

    void Close()
    {
        use.Dispose();
        file.Dispose();
        buffer = null;
    }
}
