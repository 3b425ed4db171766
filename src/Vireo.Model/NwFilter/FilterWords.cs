using System.Buffers;
using System.Globalization;
using Vireo.Core;
using Vireo.Core.Xml;
using Vireo.Core.Xml.Schema;

namespace Vireo.Model.NwFilter;

/// <summary>A mask of an Ethernet address: ones, then zeros.</summary>
public readonly record struct MacMask(MacAddress Value) : IXmlValue<MacMask>
{
    /// <inheritdoc/>
    public static bool TryParse(string text, out MacMask value)
    {
        bool fits = MacAddress.TryParse(text, out MacAddress mask);
        value = new MacMask(mask);
        ulong zeros = ~mask.Value & 0xffff_ffff_ffff;
        return fits && (zeros & (zeros + 1)) == 0;
    }

    /// <inheritdoc/>
    public string ToXml() => Value.ToXml();
}

/// <summary>A netmask, as a number of bits or as an address; written as a number.</summary>
public readonly record struct Ipv4Mask(int Bits) : IXmlValue<Ipv4Mask>
{
    /// <inheritdoc/>
    public static bool TryParse(string text, out Ipv4Mask value)
    {
        int? bits = Read(text, isIpv6: false);
        value = new Ipv4Mask(bits ?? 0);
        return bits is not null;
    }

    /// <summary>The bits that <paramref name="text"/> stands for; null if it is no mask.</summary>
    internal static int? Read(string text, bool isIpv6)
    {
        if (uint.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowLeadingWhite, CultureInfo.InvariantCulture, out uint number))
            return number <= (isIpv6 ? 128 : 32) ? (int)number : null;
        return IpAddress.TryParse(text, out IpAddress mask) && mask.IsIpv6 == isIpv6 ? mask.PrefixLength : null;
    }

    /// <inheritdoc/>
    public string ToXml() => Bits.ToString(CultureInfo.InvariantCulture);
}

/// <summary>A netmask, as a number of bits or as an address; written as a number.</summary>
public readonly record struct Ipv6Mask(int Bits) : IXmlValue<Ipv6Mask>
{
    /// <inheritdoc/>
    public static bool TryParse(string text, out Ipv6Mask value)
    {
        int? bits = Ipv4Mask.Read(text, isIpv6: true);
        value = new Ipv6Mask(bits ?? 0);
        return bits is not null;
    }

    /// <inheritdoc/>
    public string ToXml() => Bits.ToString(CultureInfo.InvariantCulture);
}

/// <summary>An address that must be of IPv6.</summary>
public readonly record struct Ipv6Address(IpAddress Value) : IXmlValue<Ipv6Address>
{
    /// <inheritdoc/>
    public static bool TryParse(string text, out Ipv6Address value)
    {
        bool fits = IpAddress.TryParse(text, out IpAddress address) && address.IsIpv6;
        value = new Ipv6Address(address);
        return fits;
    }

    /// <inheritdoc/>
    public string ToXml() => Value.ToXml();
}

/// <summary><c>true</c>, <c>yes</c> or <c>1</c>; whatever else means false.</summary>
public readonly record struct FilterBool(bool Value) : IXmlValue<FilterBool>
{
    /// <inheritdoc/>
    public static ValueShape? Shape { get; } = new OneOfWords("yes", "no", "true", "false", "1", "0");

    /// <inheritdoc/>
    public static bool TryParse(string text, out FilterBool value)
    {
        value = new FilterBool(text is "true" or "yes" or "1");
        return true;
    }

    /// <inheritdoc/>
    public string ToXml() => Value ? "true" : "false";
}

/// <summary>States of a connection.</summary>
[Flags]
public enum ConnectionStates { Any = 0, New = 1, Established = 2, Related = 4, Invalid = 8, None = 16 }

/// <summary>A list of states, such as <c>NEW,ESTABLISHED</c>; NONE stands alone.</summary>
public readonly record struct ConnectionState(ConnectionStates Value) : IXmlValue<ConnectionState>
{
    static readonly (string Name, int Bit)[] Names =
        [("NEW", (int)ConnectionStates.New), ("ESTABLISHED", (int)ConnectionStates.Established), ("RELATED", (int)ConnectionStates.Related), ("INVALID", (int)ConnectionStates.Invalid), ("NONE", (int)ConnectionStates.None)];

    /// <inheritdoc/>
    public static bool TryParse(string text, out ConnectionState value)
    {
        int? bits = FlagWords.Read(text, Names);
        value = new ConnectionState((ConnectionStates)(bits ?? 0));
        return bits is not null;
    }

    /// <inheritdoc/>
    public string ToXml() => Value.HasFlag(ConnectionStates.None) ? "NONE" : FlagWords.Write((int)Value, Names);
}

/// <summary>Flags of TCP: those to look at, and those of them that must be set.</summary>
public readonly record struct TcpFlags(int Mask, int Set) : IXmlValue<TcpFlags>
{
    const int All = 0x3f;
    static readonly (string Name, int Bit)[] Names = [("FIN", 1), ("SYN", 2), ("RST", 4), ("PSH", 8), ("ACK", 16), ("URG", 32), ("ALL", All), ("NONE", 0)];

    /// <inheritdoc/>
    public static bool TryParse(string text, out TcpFlags value)
    {
        int slash = text.IndexOf('/', StringComparison.Ordinal);
        int? mask = slash < 0 ? null : FlagWords.Read(text[..slash], Names), set = slash < 0 ? null : FlagWords.Read(text[(slash + 1)..], Names);
        value = new TcpFlags(mask ?? 0, set ?? 0);
        return mask is not null && set is not null;
    }

    /// <inheritdoc/>
    public string ToXml() => $"{Words(Mask)}/{Words(Set)}";

    static string Words(int flags) => flags switch { 0 => "NONE", All => "ALL", _ => FlagWords.Write(flags, Names.AsSpan(0, 6)) };
}

/// <summary>Words for bits, in any case and separated by commas or blanks.</summary>
static class FlagWords
{
    /// <summary>The bits; null if a word is unknown.</summary>
    public static int? Read(string text, (string Name, int Bit)[] names)
    {
        int bits = 0;
        foreach (Range range in text.AsSpan().SplitAny(", "))
        {
            ReadOnlySpan<char> word = text.AsSpan()[range];
            if (word.IsEmpty)
                continue;
            int at = 0;
            while (at < names.Length && !word.Equals(names[at].Name, StringComparison.OrdinalIgnoreCase))
                at++;
            if (at == names.Length)
                return null;
            bits |= names[at].Bit;
        }
        return bits;
    }

    /// <summary>The words of the bits, in the order of <paramref name="names"/>.</summary>
    public static string Write(int bits, ReadOnlySpan<(string Name, int Bit)> names)
    {
        var words = new List<string>();
        foreach ((string name, int bit) in names)
            if (bit != 0 && (bits & bit) == bit)
                words.Add(name);
        return string.Join(',', words);
    }
}

/// <summary>The name of a set of addresses: up to 31 letters, digits, blanks and some signs.</summary>
public readonly record struct IpSetName(string Value) : IXmlValue<IpSetName>
{
    /// <inheritdoc/>
    public static ValueShape? Shape { get; } = new PatternText("1 to 31 letters, digits, blanks and _ . : - +", @"[a-zA-Z0-9_\.:\-\+ ]{1,31}");

    static readonly SearchValues<char> Chars = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.:-+ ");

    /// <inheritdoc/>
    public static bool TryParse(string text, out IpSetName value)
    {
        value = new IpSetName(text);
        return text.Length < 32 && !text.AsSpan().ContainsAnyExcept(Chars);
    }

    /// <inheritdoc/>
    public string ToXml() => Value;
}

/// <summary>Which end of a packet each part of a set's members is compared with: one to six of <c>src</c> and <c>dst</c>.</summary>
public readonly record struct IpSetFlags(string Value) : IXmlValue<IpSetFlags>
{
    /// <inheritdoc/>
    public static bool TryParse(string text, out IpSetFlags value)
    {
        value = new IpSetFlags(text.ToLowerInvariant());
        string[] ends = value.Value.Split(',');
        return ends.Length <= 6 && Array.TrueForAll(ends, end => end is "src" or "dst");
    }

    /// <inheritdoc/>
    public string ToXml() => Value;
}

/// <summary>Any text.</summary>
public readonly record struct FilterText(string Value) : IXmlValue<FilterText>
{
    /// <inheritdoc/>
    public static bool TryParse(string text, out FilterText value)
    {
        value = new FilterText(text);
        return true;
    }

    /// <inheritdoc/>
    public string ToXml() => Value;
}
