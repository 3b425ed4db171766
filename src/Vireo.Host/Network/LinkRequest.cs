using System.Runtime.InteropServices;
using System.Text;

namespace Vireo.Host.Network;

/// <summary>
/// A request of rtnetlink about a link: header (16 bytes: length, kind, flags, sequence, port), ifinfomsg (16 bytes: family, type, index,
/// flags, mask), attributes (length, kind, value, padded to 4).
/// </summary>
ref struct LinkRequest
{
    internal const ushort NewLink = 16, DeleteLink = 17, GetLink = 18;
    internal const ushort Request = 1, Acknowledge = 4, Create = 0x400, Exclusive = 0x200;
    internal const ushort SetLink = 19, NewAddress = 20, NewRoute = 24, NewNeighbour = 28, DeleteNeighbour = 29;
    internal const ushort Address = 1, Name = 3, Mtu = 4, Link = 5, Master = 10, Info = 18, InfoKind = 1, InfoData = 2, MacvlanMode = 1;
    const int HeaderSize = 16, InfoSize = 16;

    /// <summary>Added to the kind of an attribute that holds others, where the kernel insists on it.</summary>
    internal const ushort Nested = 0x8000;

    readonly Span<byte> buffer;

    internal LinkRequest(Span<byte> buffer, ushort kind, ushort flags, int index = 0, uint state = 0, uint mask = 0)
    {
        this.buffer = buffer;
        buffer.Clear();
        Length = HeaderSize + InfoSize;
        MemoryMarshal.Write(buffer[4..], kind);
        MemoryMarshal.Write(buffer[6..], (ushort)(flags | Request));
        MemoryMarshal.Write(buffer[8..], 1);
        MemoryMarshal.Write(buffer[20..], index);
        MemoryMarshal.Write(buffer[24..], state);
        MemoryMarshal.Write(buffer[28..], mask);
    }

    /// <summary>A request about something else than a link, whose own header is <paramref name="body"/>.</summary>
    internal LinkRequest(Span<byte> buffer, ushort kind, ushort flags, ReadOnlySpan<byte> body)
    {
        this.buffer = buffer;
        buffer.Clear();
        MemoryMarshal.Write(buffer[4..], kind);
        MemoryMarshal.Write(buffer[6..], (ushort)(flags | Request));
        MemoryMarshal.Write(buffer[8..], 1);
        body.CopyTo(buffer[HeaderSize..]);
        Length = HeaderSize + body.Length;
    }

    internal int Length { get; private set; }

    internal readonly ReadOnlySpan<byte> Bytes
    {
        get
        {
            MemoryMarshal.Write(buffer, Length);
            return buffer[..Length];
        }
    }

    internal void Add(ushort kind, scoped ReadOnlySpan<byte> value)
    {
        int start = Begin(kind);
        value.CopyTo(buffer[Length..]);
        Length += value.Length;
        End(start);
    }

    internal void Add(ushort kind, uint value)
    {
        Span<byte> bytes = stackalloc byte[4];
        MemoryMarshal.Write(bytes, value);
        Add(kind, bytes);
    }

    internal void Add(ushort kind, string value) => Add(kind, Encoding.UTF8.GetBytes(value + '\0'));

    internal int Begin(ushort kind)
    {
        int start = Length;
        MemoryMarshal.Write(buffer[(start + 2)..], kind);
        Length += 4;
        return start;
    }

    internal void End(int start)
    {
        MemoryMarshal.Write(buffer[start..], (ushort)(Length - start));
        Length = (Length + 3) & ~3;
    }
}
