using System.Buffers;
using Microsoft.Win32.SafeHandles;
using Vireo.Core.Errors;
using Vireo.Driver;
using Vireo.Host.Files;

namespace Vireo.Drivers.Storage.Volumes.Content;

/// <summary>
/// Writes what a client sends into a volume, on a thread of the pool: a disk that does not answer makes this client wait, and no other. The client that
/// finishes is answered when everything is written.
/// </summary>
/// <param name="file">The volume.</param>
/// <param name="path">Its path, for messages.</param>
/// <param name="offset">Where it begins.</param>
/// <param name="length">The most bytes; 0: as many as come.</param>
/// <param name="client">Who sends them.</param>
/// <param name="ended">Lets go of the volume.</param>
sealed class VolumeUpload(SafeFileHandle file, string path, ulong offset, ulong length, IStreamSink client, Action ended) : IStreamHandler
{
    const int MostWaiting = 8 << 20, ResumeBelow = MostWaiting / 2;
    const int NoSpace = 28;
    const int ZeroPiece = 1 << 20;

    readonly record struct Piece(byte[]? Data, int Count, long Hole);

    readonly Lock gate = new();
    readonly Queue<Piece> waiting = [];
    readonly TaskCompletionSource written = new(TaskCreationOptions.RunContinuationsAsynchronously);
    readonly long end = length == 0 || length > long.MaxValue - offset ? long.MaxValue : (long)(offset + length);
    long at = (long)offset;
    int bytes;
    bool running, blocked, finishing, over;
    VireoException? failure;

    public void Ready() { }

    public bool Received(ReadOnlySpan<byte> data)
    {
        byte[] copy = ArrayPool<byte>.Shared.Rent(data.Length);
        data.CopyTo(copy);
        return Add(new Piece(copy, data.Length, 0));
    }

    public bool ReceivedHole(long length) => length < 0
        ? throw VireoException.InvalidArgument(ErrorDomain.Streams, $"a hole of {length} bytes") : Add(new Piece(null, 0, length));

    bool Add(Piece piece)
    {
        lock (gate)
        {
            if (over)
            {
                Recycle(piece);
                return true;
            }
            waiting.Enqueue(piece);
            bytes += piece.Count;
            blocked = bytes >= MostWaiting;
            Wake();
            return !blocked;
        }
    }

    void Wake()
    {
        if (running)
            return;
        running = true;
        ThreadPool.UnsafeQueueUserWorkItem(static upload => upload.Run(), this, preferLocal: false);
    }

    void Run()
    {
        while (Take() is { } piece)
        {
            VireoException? fault = null;
            try
            {
                Write(piece);
            }
            catch (VireoException refused)
            {
                fault = refused;
            }
            Recycle(piece);
            if (Done(piece.Count, fault))
                client.Resume();
        }
    }

    Piece? Take()
    {
        bool wasBlocked;
        lock (gate)
        {
            if (!over && waiting.TryDequeue(out Piece piece))
                return piece;
            running = false;
            if (!over && !finishing)
                return null;
            over = true;
            while (waiting.TryDequeue(out Piece left))
                Recycle(left);
            wasBlocked = blocked;
            blocked = false;
        }
        // Whatever became of this stream, its client has others.
        if (wasBlocked)
            client.Resume();
        Close();
        return null;
    }

    /// <summary>A piece is written, or not; true: the client may send again.</summary>
    bool Done(int count, VireoException? fault)
    {
        lock (gate)
        {
            bytes -= count;
            if (fault is not null && !over)
            {
                failure = fault;
                over = true;
                if (!finishing)
                    client.Fail(fault.Error);
            }
            bool resume = blocked && bytes < ResumeBelow;
            blocked &= !resume;
            return resume;
        }
    }

    void Write(Piece piece)
    {
        if (piece.Data is null)
        {
            Skip(piece.Hole);
            return;
        }
        int count = (int)Math.Min(piece.Count, end - at);
        Put(piece.Data.AsSpan(0, count));
        if (count < piece.Count)
            throw VireoException.System(ErrorDomain.Streams, NoSpace, "cannot write to stream");
    }

    void Put(ReadOnlySpan<byte> data)
    {
        try
        {
            RandomAccess.Write(file, data, at);
            at += data.Length;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw VireoException.System(ErrorDomain.Streams, (fault.InnerException ?? fault).HResult, $"Unable to write {path}");
        }
    }

    /// <summary>A file ends where a hole does, until more comes; a device is written over.</summary>
    void Skip(long count)
    {
        if (count > end - at)
            throw VireoException.System(ErrorDomain.Streams, NoSpace, "cannot write to stream");
        if (FileStatus.Of(file).Kind is FileKind.Regular)
        {
            if (HostFile.Resize(file, (ulong)at) is not 0 and var cut)
                throw VireoException.System(ErrorDomain.Streams, cut, $"unable to truncate {path}");
            at += count;
            if (HostFile.Resize(file, (ulong)at) is not 0 and var errno)
                throw VireoException.System(ErrorDomain.Streams, errno, $"unable to truncate {path}");
            return;
        }
        byte[] zeros = new byte[Math.Min(count, ZeroPiece)];
        for (long left = count; left > 0; left -= Math.Min(left, zeros.Length))
            Put(zeros.AsSpan(0, (int)Math.Min(left, zeros.Length)));
    }

    static void Recycle(Piece piece)
    {
        if (piece.Data is not null)
            ArrayPool<byte>.Shared.Return(piece.Data);
    }

    public void Finished() => Stop(discard: false);

    public async ValueTask FinishedAsync()
    {
        Stop(discard: false);
        await written.Task.ConfigureAwait(false);
        if (failure is not null)
            throw failure;
    }

    // Who gives up may delete the volume at once.
    public void Aborted()
    {
        Release();
        Stop(discard: true);
    }

    int released;

    void Release()
    {
        if (Interlocked.Exchange(ref released, 1) is 0)
            ended();
    }

    void Stop(bool discard)
    {
        lock (gate)
        {
            finishing = true;
            over |= discard;
            Wake();
        }
    }

    int closed;

    void Close()
    {
        if (Interlocked.Exchange(ref closed, 1) is not 0)
            return;
        file.Dispose();
        Release();
        written.TrySetResult();
    }
}
