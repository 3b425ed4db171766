using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using Vireo.Core;
using Vireo.Rpc.Messages;

namespace Vireo.Rpc.Xdr;

/// <summary>
/// Writes XDR into a pooled buffer that grows by doubling up to <see cref="MessageHeader.MaxMessage"/>. Whoever made the
/// writer passes it on by reference and calls <see cref="Dispose"/> once.
/// </summary>
public ref struct XdrWriter : IDisposable
{
    byte[] buffer;
    int length;

    /// <summary>An empty writer. <paramref name="capacity"/> is a first guess in bytes.</summary>
    public XdrWriter(int capacity = 256) => buffer = ArrayPool<byte>.Shared.Rent(capacity);

    /// <summary>What was written so far.</summary>
    public readonly ReadOnlySpan<byte> Written => buffer.AsSpan(0, length);

    /// <summary>Room for <paramref name="count"/> bytes that the caller fills.</summary>
    public Span<byte> Reserve(int count)
    {
        if (count > buffer.Length - length)
            Grow(count);
        Span<byte> room = buffer.AsSpan(length, count);
        length += count;
        return room;
    }

    void Grow(int count)
    {
        long need = (long)length + count;
        if (need > MessageHeader.MaxMessage + MessageHeader.LengthSize)
            throw new XdrException("Unable to encode message payload");
        byte[] larger = ArrayPool<byte>.Shared.Rent((int)Math.Max(need, Math.Min(buffer.Length * 2L, MessageHeader.MaxMessage)));
        buffer.AsSpan(0, length).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(buffer);
        buffer = larger;
    }

    /// <summary>Changes a word that is already there.</summary>
    public readonly void PatchUInt(int offset, uint value) => BinaryPrimitives.WriteUInt32BigEndian(buffer.AsSpan(offset, 4), value);

    /// <summary>int.</summary>
    public void WriteInt(int value) => BinaryPrimitives.WriteInt32BigEndian(Reserve(4), value);

    /// <summary>unsigned int.</summary>
    public void WriteUInt(uint value) => BinaryPrimitives.WriteUInt32BigEndian(Reserve(4), value);

    /// <summary>hyper.</summary>
    public void WriteHyper(long value) => BinaryPrimitives.WriteInt64BigEndian(Reserve(8), value);

    /// <summary>unsigned hyper.</summary>
    public void WriteUHyper(ulong value) => BinaryPrimitives.WriteUInt64BigEndian(Reserve(8), value);

    /// <summary>double.</summary>
    public void WriteDouble(double value) => BinaryPrimitives.WriteDoubleBigEndian(Reserve(8), value);

    /// <summary>The word before an optional value.</summary>
    public void WritePresent(bool present) => WriteUInt(present ? 1u : 0u);

    /// <summary>The length word of an array; more than <paramref name="limit"/> items cannot be sent.</summary>
    public void WriteCount(int count, int limit)
    {
        if (count > limit)
            throw new XdrException($"Unable to encode message payload: {count} items where at most {limit} are allowed");
        WriteUInt((uint)count);
    }

    /// <summary>Text of at most <paramref name="limit"/> bytes.</summary>
    public void WriteString(string value, int limit)
    {
        int count = Encoding.UTF8.GetByteCount(value);
        WriteCount(count, limit);
        Encoding.UTF8.GetBytes(value, Reserve(count));
        Reserve(-count & 3).Clear();
    }

    /// <summary>Text that may be absent.</summary>
    public void WriteOptionalString(string? value, int limit)
    {
        WritePresent(value is not null);
        if (value is not null)
            WriteString(value, limit);
    }

    /// <summary>Variable-length bytes.</summary>
    public void WriteOpaque(ReadOnlySpan<byte> value, int limit)
    {
        WriteCount(value.Length, limit);
        WriteFixedOpaque(value);
    }

    /// <summary>Bytes without a length word, padded.</summary>
    public void WriteFixedOpaque(ReadOnlySpan<byte> value)
    {
        value.CopyTo(Reserve(value.Length));
        Reserve(-value.Length & 3).Clear();
    }

    /// <summary>16 bytes without a length.</summary>
    public void WriteUuid(Uuid value) => value.CopyTo(Reserve(Uuid.Size));

    /// <summary>Gives the buffer back.</summary>
    public void Dispose()
    {
        byte[] mine = buffer;
        buffer = [];
        length = 0;
        if (mine.Length > 0)
            ArrayPool<byte>.Shared.Return(mine);
    }
}
