using System.Collections.Concurrent;
using Vireo.Core.Errors;
using Vireo.Driver;

namespace Vireo.EndToEnd.Clients;

/// <summary>A volume in memory, which knows where nothing was written.</summary>
sealed class KeptVolume(string name)
{
    internal const int Block = 65_536, Capacity = 16 * 1024 * 1024;
    readonly byte[] content = new byte[Capacity];
    readonly bool[] written = new bool[Capacity / Block];

    internal string Name => name;

    internal long Length { get; private set; } = 4 * 1024 * 1024;

    internal ReadOnlySpan<byte> Content => content;

    internal void Write(long at, ReadOnlySpan<byte> data)
    {
        data.CopyTo(content.AsSpan((int)at));
        Mark(at, data.Length, true);
    }

    internal void Clear(long at, long length)
    {
        content.AsSpan((int)at, (int)length).Clear();
        Length = Math.Max(Length, at + length);
        // Blocks in part only hold what they held.
        Mark((at + Block - 1) / Block * Block, (at + length) / Block * Block - (at + Block - 1) / Block * Block, false);
    }

    void Mark(long at, long length, bool has)
    {
        for (long block = at / Block; length > 0 && block <= (at + length - 1) / Block; block++)
            written[block] = has;
        Length = Math.Max(Length, at + length);
    }

    /// <summary>How far it goes on from here as it is here.</summary>
    internal (bool HasData, long Count) At(long at, long end)
    {
        bool has = written[at / Block];
        long next = at / Block + 1;
        while (next * Block < end && written[next] == has)
            next++;
        return (has, Math.Min(next * Block, end) - at);
    }
}

/// <summary>Sends a volume; "broken" breaks after 1 MiB.</summary>
sealed class VolumeReader(KeptVolume volume, long at, long length, IStreamSink client, BlockingCollection<string> notes) : IStreamHandler
{
    const int Piece = 100_000, Sound = 1024 * 1024;
    readonly long end = length > 0 ? at + length : volume.Length;
    bool over;

    public void Ready()
    {
        while (!over)
        {
            if (volume.Name is "broken" && at >= Sound)
            {
                over = true;
                client.Fail(VirError.Of(ErrorCode.OperationFailed, ErrorDomain.Storage, "a bad sector"));
                return;
            }
            if (at == end)
            {
                over = true;
                client.End();
                return;
            }
            (bool hasData, long count) = volume.At(at, end);
            if (hasData)
                count = Math.Min(count, Piece);
            bool more = hasData ? client.Send(volume.Content.Slice((int)at, (int)count)) : client.SendHole(count);
            at += count;
            if (!more)
                return;
        }
    }

    public bool Received(ReadOnlySpan<byte> data) => true;

    public void Finished() => notes.Add($"{volume.Name} was read");

    public void Aborted()
    {
        over = true;
        notes.Add($"{volume.Name} was not read");
    }
}

/// <summary>Takes a volume, and takes its time now and then; "full" has room for 1 MiB.</summary>
sealed class VolumeWriter(KeptVolume volume, long at, IStreamSink client, BlockingCollection<string> notes) : IStreamHandler
{
    const int Room = 1024 * 1024;
    int pieces;

    public void Ready()
    {
    }

    public bool Received(ReadOnlySpan<byte> data)
    {
        Check(data.Length);
        volume.Write(at, data);
        at += data.Length;
        if (++pieces % 7 != 0)
            return true;
        ThreadPool.QueueUserWorkItem(static client => client.Resume(), client, preferLocal: false);
        return false;
    }

    public bool ReceivedHole(long length)
    {
        Check(length);
        volume.Clear(at, length);
        at += length;
        return true;
    }

    void Check(long more)
    {
        if (at + more > (volume.Name is "full" ? Room : KeptVolume.Capacity))
            throw new VireoException(ErrorCode.OperationFailed, ErrorDomain.Storage, "no room left");
    }

    public void Finished() => notes.Add($"{volume.Name} was written");

    public void Aborted() => notes.Add($"{volume.Name} was not written");
}
