using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;

namespace Vireo.Core;

/// <summary>16 bytes in the order they are written, which is also their order on the wire.</summary>
public readonly struct Uuid : IEquatable<Uuid>
{
    /// <summary>Bytes in a uuid.</summary>
    public const int Size = 16;

    readonly Bytes bytes;

    [InlineArray(Size)]
    struct Bytes
    {
        byte first;
    }

    /// <summary>Takes exactly 16 bytes.</summary>
    public Uuid(ReadOnlySpan<byte> value)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(value.Length, Size);
        value.CopyTo(bytes);
    }

    /// <summary>All zero: "no uuid".</summary>
    public bool IsZero => !((ReadOnlySpan<byte>)bytes).ContainsAnyExcept((byte)0);

    /// <summary>A random (version 4) uuid.</summary>
    public static Uuid NewRandom()
    {
        Span<byte> raw = stackalloc byte[Size];
        RandomNumberGenerator.Fill(raw);
        raw[6] = (byte)(raw[6] & 0x0f | 0x40);
        raw[8] = (byte)(raw[8] & 0x3f | 0x80);
        return new Uuid(raw);
    }

    /// <summary>
    /// Reads what libvirt reads: 32 hexadecimal digits with hyphens anywhere between bytes and blanks at both ends.
    /// </summary>
    public static bool TryParse(ReadOnlySpan<char> text, out Uuid value)
    {
        value = default;
        Span<byte> raw = stackalloc byte[Size];
        ReadOnlySpan<char> rest = text.Trim(" \t\n\r\f\v");
        int at = 0;
        for (int i = 0; i < Size; i++)
        {
            while (at < rest.Length && rest[at] == '-')
                at++;
            if (at + 1 >= rest.Length || !char.IsAsciiHexDigit(rest[at]) || !char.IsAsciiHexDigit(rest[at + 1]))
                return false;
            raw[i] = (byte)(HexValue(rest[at]) << 4 | HexValue(rest[at + 1]));
            at += 2;
        }
        if (at != rest.Length)
            return false;
        value = new Uuid(raw);
        return true;
    }

    static int HexValue(char c) => char.IsAsciiDigit(c) ? c - '0' : (c | 0x20) - 'a' + 10;

    /// <summary>Writes the 16 bytes.</summary>
    public void CopyTo(Span<byte> target) => ((ReadOnlySpan<byte>)bytes).CopyTo(target);

    /// <summary>8-4-4-4-12 lower-case digits.</summary>
    public override string ToString() => string.Create(36, this, static (span, uuid) =>
    {
        ReadOnlySpan<byte> raw = uuid.bytes;
        int at = 0;
        for (int i = 0; i < Size; i++)
        {
            if (i is 4 or 6 or 8 or 10)
                span[at++] = '-';
            span[at++] = "0123456789abcdef"[raw[i] >> 4];
            span[at++] = "0123456789abcdef"[raw[i] & 15];
        }
    });

    /// <inheritdoc/>
    public bool Equals(Uuid other) => ((ReadOnlySpan<byte>)bytes).SequenceEqual(other.bytes);

    /// <inheritdoc/>
    public override bool Equals([NotNullWhen(true)] object? obj) => obj is Uuid other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = default(HashCode);
        hash.AddBytes(bytes);
        return hash.ToHashCode();
    }

    /// <summary>Same 16 bytes.</summary>
    public static bool operator ==(Uuid left, Uuid right) => left.Equals(right);

    /// <summary>Different bytes.</summary>
    public static bool operator !=(Uuid left, Uuid right) => !left.Equals(right);
}
