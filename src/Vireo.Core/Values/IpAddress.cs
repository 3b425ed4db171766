using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using System.Text;
using Vireo.Core.Xml;

namespace Vireo.Core;

/// <summary>
/// A numeric IP address as getaddrinfo reads it: IPv4 also in the short, octal and hexadecimal forms of inet_aton, IPv6 without a scope. Two spellings of
/// one address are equal; it is written in the system's normal form.
/// </summary>
public readonly record struct IpAddress : IXmlValue<IpAddress>, IComparable<IpAddress>
{
    readonly UInt128 number;

    IpAddress(UInt128 number, bool isIpv6) => (this.number, IsIpv6) = (number, isIpv6);

    /// <inheritdoc/>
    public static string? Fault => "xml|Invalid address '{0}'";

    /// <summary>Whether it is an IPv6 address.</summary>
    public bool IsIpv6 { get; }

    /// <summary>Bits of an address of this family: 32 or 128.</summary>
    public int Bits => IsIpv6 ? 128 : 32;

    /// <summary>The address as a number.</summary>
    public UInt128 Number => number;

    /// <summary>Reads an address; names are not looked up.</summary>
    public static bool TryParse(string text, out IpAddress value)
    {
        value = default;
        foreach (char c in text)
            if (!char.IsAsciiHexDigit(c) && c is not ('.' or ':' or 'x' or 'X'))
                return false;
        if (!IPAddress.TryParse(text, out IPAddress? address))
            return false;
        value = Of(address);
        return true;
    }

    /// <summary>The same address from the base library.</summary>
    public static IpAddress Of(IPAddress address)
    {
        Span<byte> bytes = stackalloc byte[16];
        address.TryWriteBytes(bytes, out int length);
        return length == 16
            ? new IpAddress(BinaryPrimitives.ReadUInt128BigEndian(bytes), true)
            : new IpAddress(BinaryPrimitives.ReadUInt32BigEndian(bytes), false);
    }

    /// <summary>The same address for the base library.</summary>
    public IPAddress ToIPAddress()
    {
        Span<byte> bytes = stackalloc byte[16];
        if (IsIpv6)
            BinaryPrimitives.WriteUInt128BigEndian(bytes, number);
        else
            BinaryPrimitives.WriteUInt32BigEndian(bytes, (uint)number);
        return new IPAddress(bytes[..(Bits / 8)]);
    }

    /// <summary>The netmask of <paramref name="prefix"/> bits, 0 to <see cref="Bits"/>.</summary>
    public static IpAddress Mask(int prefix, bool isIpv6)
    {
        int host = (isIpv6 ? 128 : 32) - prefix;
        UInt128 all = isIpv6 ? UInt128.MaxValue : uint.MaxValue;
        return new IpAddress(host >= 128 ? 0 : all >> host << host, isIpv6);
    }

    /// <summary>Leading ones of a netmask; null if others follow a zero.</summary>
    public int? PrefixLength
    {
        get
        {
            UInt128 all = IsIpv6 ? UInt128.MaxValue : uint.MaxValue, host = ~number & all;
            return (host & (host + 1)) == 0 ? Bits - (int)UInt128.PopCount(host) : null;
        }
    }

    /// <summary>The network that it is in: the host's bits are zero.</summary>
    public IpAddress Network(int prefix) => new(number & Mask(prefix, IsIpv6).number, IsIpv6);

    /// <summary>The last address of the network that it is in.</summary>
    public IpAddress Broadcast(int prefix) => new(number | ~Mask(prefix, IsIpv6).number & (IsIpv6 ? UInt128.MaxValue : uint.MaxValue), IsIpv6);

    /// <inheritdoc/>
    public int CompareTo(IpAddress other) => (IsIpv6, number).CompareTo((other.IsIpv6, other.number));

    /// <inheritdoc/>
    public string ToXml()
    {
        // The base library writes two more kinds of IPv6 addresses (ISATAP, IPv4-translated) with dots than the C library does.
        uint middle = (uint)(number >> 32);
        return IsIpv6 && ((middle & 0x0000ffff) == 0x5efe || number >> 32 == 0xffff_0000) ? Hex() : ToIPAddress().ToString();
    }

    string Hex()
    {
        Span<ushort> words = stackalloc ushort[8];
        for (int i = 0; i < 8; i++)
            words[i] = (ushort)(number >> (112 - 16 * i));
        int start = 8, length = 1;
        for (int i = 0; i < 8; i++)
        {
            int run = words[i..].IndexOfAnyExcept((ushort)0);
            run = run < 0 ? 8 - i : run;
            if (run > length)
                (start, length) = (i, run);
            i += run;
        }
        var text = new StringBuilder();
        for (int i = 0; i < 8; i++)
        {
            if (i == start)
            {
                text.Append("::");
                i += length - 1;
                continue;
            }
            if (text.Length > 0 && text[^1] != ':')
                text.Append(':');
            text.Append(words[i].ToString("x", CultureInfo.InvariantCulture));
        }
        return text.ToString();
    }

    /// <inheritdoc/>
    public override string ToString() => ToXml();

    /// <summary>Whether one stands before the other.</summary>
    public static bool operator <(IpAddress left, IpAddress right) => left.CompareTo(right) < 0;

    /// <summary>Whether one stands behind the other.</summary>
    public static bool operator >(IpAddress left, IpAddress right) => left.CompareTo(right) > 0;

    /// <summary>Whether one does not stand behind the other.</summary>
    public static bool operator <=(IpAddress left, IpAddress right) => left.CompareTo(right) <= 0;

    /// <summary>Whether one does not stand before the other.</summary>
    public static bool operator >=(IpAddress left, IpAddress right) => left.CompareTo(right) >= 0;
}
