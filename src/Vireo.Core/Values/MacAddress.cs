using System.Globalization;
using System.Security.Cryptography;
using Vireo.Core.Xml;

namespace Vireo.Core;

/// <summary>A 48-bit Ethernet address.</summary>
public readonly record struct MacAddress(ulong Value) : IXmlValue<MacAddress>
{
    /// <inheritdoc/>
    public static Xml.Schema.ValueShape? Shape { get; } = new Xml.Schema.PatternText("an address as 52:54:00:12:34:56", "[a-fA-F0-9]{2}(:[a-fA-F0-9]{2}){5}");

    /// <inheritdoc/>
    public static string? Fault => "xml|unable to parse mac address '{0}'";

    /// <summary>A group address, which no card may have.</summary>
    public bool IsMulticast => (Value >> 40 & 1) != 0;

    /// <summary>A random address behind the three bytes <paramref name="prefix"/>.</summary>
    public static MacAddress NewRandom(uint prefix) => new((ulong)prefix << 24 | (uint)RandomNumberGenerator.GetInt32(1 << 24));

    /// <summary>Six groups of one or two hexadecimal digits, with colons.</summary>
    public static bool TryParse(string text, out MacAddress value)
    {
        value = default;
        ulong all = 0;
        int groups = 0;
        foreach (Range part in text.AsSpan().Split(':'))
        {
            ReadOnlySpan<char> digits = text.AsSpan()[part];
            if (digits.Length is 0 or > 2 || !byte.TryParse(digits, NumberStyles.AllowHexSpecifier, null, out byte octet) || ++groups > 6)
                return false;
            all = all << 8 | octet;
        }
        value = new MacAddress(all);
        return groups == 6;
    }

    /// <inheritdoc/>
    public string ToXml() => string.Create(17, Value, static (span, value) =>
    {
        for (int i = 0; i < 6; i++)
        {
            if (i > 0)
                span[i * 3 - 1] = ':';
            byte octet = (byte)(value >> (40 - i * 8));
            span[i * 3] = "0123456789abcdef"[octet >> 4];
            span[i * 3 + 1] = "0123456789abcdef"[octet & 15];
        }
    });

    /// <inheritdoc/>
    public override string ToString() => ToXml();
}
