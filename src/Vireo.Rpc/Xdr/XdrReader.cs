using System.Buffers.Binary;
using System.Text;
using Vireo.Core;

namespace Vireo.Rpc.Xdr;

/// <summary>
/// Reads XDR (RFC 4506) from a span. A length from the wire meets its limit, and the bytes that are really there,
/// before anything is allocated.
/// </summary>
public ref struct XdrReader(ReadOnlySpan<byte> source, StringPool? pool = null)
{
    ReadOnlySpan<byte> rest = source;

    /// <summary>Bytes not read yet. What is left after the arguments is ignored, as libvirt does.</summary>
    public readonly ReadOnlySpan<byte> Rest => rest;

    /// <summary>int: 4 bytes.</summary>
    public int ReadInt() => BinaryPrimitives.ReadInt32BigEndian(Take(4));

    /// <summary>unsigned int: 4 bytes.</summary>
    public uint ReadUInt() => BinaryPrimitives.ReadUInt32BigEndian(Take(4));

    /// <summary>hyper: 8 bytes.</summary>
    public long ReadHyper() => BinaryPrimitives.ReadInt64BigEndian(Take(8));

    /// <summary>unsigned hyper: 8 bytes.</summary>
    public ulong ReadUHyper() => BinaryPrimitives.ReadUInt64BigEndian(Take(8));

    /// <summary>double: 8 bytes, IEEE 754.</summary>
    public double ReadDouble() => BinaryPrimitives.ReadDoubleBigEndian(Take(8));

    /// <summary>
    /// The word before an optional value: 0 for none. Anything else announces one, as it does to libvirt: RFC 4506 has 1 only, digitalocean's
    /// go-libvirt sends 0x01000000.
    /// </summary>
    public bool ReadPresent() => ReadUInt() != 0;

    /// <summary>
    /// The length word of an array. <paramref name="itemSize"/> is the least an item can take on the wire, so that
    /// a length the message cannot hold is refused here.
    /// </summary>
    public int ReadCount(int limit, int itemSize)
    {
        uint count = ReadUInt();
        if (count > (uint)limit)
            throw new XdrException($"an array of {count} items where at most {limit} are allowed");
        if ((ulong)count * (uint)itemSize > (ulong)rest.Length)
            throw new XdrException($"an array of {count} items in a message that has {rest.Length} bytes left");
        return (int)count;
    }

    /// <summary>Text of at most <paramref name="limit"/> bytes.</summary>
    public string ReadString(int limit)
    {
        ReadOnlySpan<byte> text = ReadOpaque(limit);
        // A program in C would see another text than the one whose length was sent.
        if (text.Contains((byte)0))
            throw new XdrException("a text with a zero byte");
        return pool is null ? Encoding.UTF8.GetString(text) : pool.Get(text);
    }

    /// <summary>Text that may be absent.</summary>
    public string? ReadOptionalString(int limit) => ReadPresent() ? ReadString(limit) : null;

    /// <summary>Variable-length bytes; valid as long as the message is.</summary>
    public ReadOnlySpan<byte> ReadOpaque(int limit)
    {
        int length = ReadCount(limit, 1);
        return ReadFixedOpaque(length);
    }

    /// <summary>Fixed-length bytes and their padding.</summary>
    public ReadOnlySpan<byte> ReadFixedOpaque(int length)
    {
        ReadOnlySpan<byte> value = Take(length);
        Take(-length & 3);
        return value;
    }

    /// <summary>16 bytes without a length.</summary>
    public Uuid ReadUuid() => new(Take(Uuid.Size));

    ReadOnlySpan<byte> Take(int count)
    {
        if (count > rest.Length)
            throw new XdrException($"{count} bytes expected where {rest.Length} are left");
        ReadOnlySpan<byte> taken = rest[..count];
        rest = rest[count..];
        return taken;
    }
}
