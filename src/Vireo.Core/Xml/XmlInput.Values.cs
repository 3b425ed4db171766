using System.Globalization;
using System.Numerics;
using Vireo.Core.Errors;

namespace Vireo.Core.Xml;

/// <summary>Conversions. Each takes the text (null stays null) and, for messages, the name of its attribute (null: the element's text).</summary>
public sealed partial class XmlInput
{
    /// <summary>An empty text is no text.</summary>
    public static string? NonEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;

    /// <summary>A word of an enum, whose own reader says whether it <paramref name="isKnown"/>: one that is not is passed over or refused.</summary>
    public bool Word(bool isKnown, string text, string? name, string? bad) => isKnown || (bad == XmlFault.Ignore ? false : throw Bad(name, text, bad));

    /// <summary>A value that knows its spelling.</summary>
    public T? Value<T>(string? text, string? name, string? bad = null) where T : class, IXmlValue<T> =>
        text is null ? null : T.TryParse(text, out T? value) ? value : throw Bad(name, text, bad ?? T.Fault);

    /// <summary>A value that knows its spelling.</summary>
    public T? StructValue<T>(string? text, string? name, string? bad = null) where T : struct, IXmlValue<T> =>
        text is null ? null : T.TryParse(text, out T value) ? value : bad == XmlFault.Ignore ? null : throw Bad(name, text, bad ?? T.Fault);

    /// <summary>A uuid.</summary>
    public Uuid? Uuid(string? text, string? name, string? bad = null) =>
        text is null ? null : Core.Uuid.TryParse(text, out Uuid value) ? value : throw Bad(name, text, bad ?? "internal|malformed uuid element");

    /// <summary>yes or no.</summary>
    public bool? YesNo(string? text, string? name, string? bad = null) =>
        text switch { null => null, "yes" => true, "no" => false, _ => bad == XmlFault.Ignore ? null : throw Bad(name, text, bad) };

    /// <summary>on or off.</summary>
    public bool? OnOff(string? text, string? name, string? bad = null) =>
        text switch { null => null, "on" => true, "off" => false, _ => bad == XmlFault.Ignore ? null : throw Bad(name, text, bad) };

    /// <summary>A whole number, perhaps in hexadecimal with 0x in front.</summary>
    public T? Number<T>(string? text, string? name, string? bad = null) where T : struct, IBinaryInteger<T>, IMinMaxValue<T>
    {
        if (text is null)
            return null;
        if (TryNumber(text, out T value))
            return value;
        if (bad == XmlFault.Ignore)
            return null;
        throw Bad(name, text, bad, T.MinValue == T.Zero ? " Expected non-negative integer value" : " Expected integer value");
    }

    /// <summary>A whole number in decimal digits.</summary>
    public T? Decimal<T>(string? text, string? name, string? bad = null) where T : struct, IBinaryInteger<T>, IMinMaxValue<T> =>
        text is not null && text.AsSpan().TrimStart().StartsWith("0x", StringComparison.OrdinalIgnoreCase)
            ? throw Bad(name, text, bad, T.MinValue == T.Zero ? " Expected non-negative integer value" : " Expected integer value")
            : Number<T>(text, name, bad);

    /// <summary>Zero is no number.</summary>
    public static T? NotZero<T>(T? number) where T : struct, IBinaryInteger<T> => number == T.Zero ? null : number;

    /// <summary>A whole number that is not zero.</summary>
    public T? NonZero<T>(string? text, string? name, string? bad = null) where T : struct, IBinaryInteger<T>, IMinMaxValue<T>
    {
        T? number = Number<T>(text, name, bad);
        return number == T.Zero ? throw Bad(name, text, $"zero|Invalid value for attribute '{name}' in element '{Here}': Zero is not permitted") : number;
    }

    static bool TryNumber<T>(string text, out T value) where T : struct, IBinaryInteger<T>
    {
        ReadOnlySpan<char> digits = text.AsSpan().TrimStart(" \t\n\r\v\f");
        bool hex = digits.StartsWith("0x", StringComparison.OrdinalIgnoreCase);
        return hex
            ? T.TryParse(digits[2..], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out value)
            : T.TryParse(digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value);
    }

    /// <summary>An amount of memory; KiB unless <paramref name="unit"/> says otherwise, rounded up.</summary>
    public MemorySize? Memory(string? text, string? unit, string? name, string? bad = null) =>
        Scaled(text, unit, 1024, name, bad) is { } bytes ? new MemorySize((ulong)((bytes + 1023) / 1024)) : null;

    /// <summary>An amount of bytes; bytes unless <paramref name="unit"/> says otherwise.</summary>
    public ByteSize? Bytes(string? text, string? unit, string? name, string? bad = null) =>
        Scaled(text, unit, 1, name, bad) is { } bytes ? new ByteSize((ulong)bytes) : null;

    UInt128? Scaled(string? text, string? unit, ulong usual, string? name, string? bad)
    {
        if (text is null)
            return null;
        if (!TryNumber(text, out ulong number))
            throw bad is not null ? Bad(name, text, bad)
                : Fail(ErrorCode.XmlError, ErrorDomain.Xml, $"Invalid value '{text}' for element or attribute './{(name is null ? $"{Here}[1]" : $"@{name}")}'");
        if (MemorySize.UnitBytes(unit, usual) is not { } scale)
            throw Fail(ErrorCode.InvalidArg, ErrorDomain.None, $"unknown suffix '{unit}'");
        UInt128 bytes = (UInt128)number * scale;
        return bytes <= ulong.MaxValue ? bytes : throw Fail(ErrorCode.Overflow, ErrorDomain.None, $"value too large: {number}{unit}");
    }
}
