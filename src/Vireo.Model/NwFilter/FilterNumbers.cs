using System.Globalization;
using Vireo.Core;
using Vireo.Core.Xml;
using Vireo.Core.Xml.Schema;

namespace Vireo.Model.NwFilter;

/// <summary>The largest number that an attribute takes.</summary>
public interface IFilterLimit
{
    /// <summary>The number.</summary>
    static abstract uint Largest { get; }

    /// <summary>Whether it may be written in hexadecimal.</summary>
    static virtual bool Hex => true;
}

/// <summary>Limits of numbers in filters.</summary>
public static class FilterLimits
{
    /// <summary>255.</summary>
    public readonly struct Octet : IFilterLimit { /** <inheritdoc/> */ public static uint Largest => 255; }

    /// <summary>65535.</summary>
    public readonly struct Word : IFilterLimit { /** <inheritdoc/> */ public static uint Largest => 65535; }

    /// <summary>Any 32-bit number.</summary>
    public readonly struct Long : IFilterLimit { /** <inheritdoc/> */ public static uint Largest => uint.MaxValue; }

    /// <summary>The six bits of DSCP.</summary>
    public readonly struct Dscp : IFilterLimit { /** <inheritdoc/> */ public static uint Largest => 63; }

    /// <summary>A VLAN's number.</summary>
    public readonly struct VlanId : IFilterLimit { /** <inheritdoc/> */ public static uint Largest => 4095; }

    /// <summary>How many, in decimal only.</summary>
    public readonly struct Count : IFilterLimit
    {
        /// <inheritdoc/>
        public static uint Largest => 65535;

        /// <inheritdoc/>
        public static bool Hex => false;
    }

    /// <summary>Reads a number as C does: white space and a sign in front, hexadecimal after 0x.</summary>
    internal static bool TryParse(string text, out uint number, out bool hex)
    {
        ReadOnlySpan<char> digits = text;
        hex = digits.StartsWith("0x", StringComparison.OrdinalIgnoreCase);
        if (hex)
            return uint.TryParse(digits[2..], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out number);
        bool fits = long.TryParse(digits, NumberStyles.AllowLeadingSign | NumberStyles.AllowLeadingWhite, CultureInfo.InvariantCulture, out long value)
            && value is >= -(long)uint.MaxValue and <= uint.MaxValue;
        number = unchecked((uint)value);
        return fits;
    }
}

/// <summary>A number that keeps whether it was written in hexadecimal.</summary>
public readonly record struct FilterNumber<TLimit>(uint Value, bool IsHex) : IXmlValue<FilterNumber<TLimit>> where TLimit : struct, IFilterLimit
{
    /// <inheritdoc/>
    public static ValueShape? Shape => TLimit.Hex ? new EitherValue(new WholeNumber(0, TLimit.Largest), new TypedText(IsHexadecimal, "in hexadecimal as 0x1f", "0x[0-9a-fA-F]+"))
        : new WholeNumber(0, TLimit.Largest);

    static bool IsHexadecimal(string text) => text.StartsWith("0x", StringComparison.Ordinal) && TryParse(text, out _);

    /// <inheritdoc/>
    public static bool TryParse(string text, out FilterNumber<TLimit> value)
    {
        bool fits = FilterLimits.TryParse(text, out uint number, out bool hex);
        value = new FilterNumber<TLimit>(number, hex);
        return fits && number <= TLimit.Largest && (!hex || TLimit.Hex);
    }

    /// <inheritdoc/>
    public string ToXml() => IsHex ? $"0x{Value:x}" : Value.ToString(CultureInfo.InvariantCulture);
}

/// <summary>Names of some numbers, whatever their case.</summary>
public interface IFilterNames
{
    /// <summary>The names.</summary>
    static abstract IReadOnlyList<(string Name, uint Value)> Names { get; }

    /// <summary>The smallest number that may be written as a number.</summary>
    static virtual uint Smallest => 0;

    /// <summary>The largest number.</summary>
    static abstract uint Largest { get; }

    /// <summary>Whether a number without a name keeps its hexadecimal form.</summary>
    static virtual bool KeepsHex => true;

    /// <summary>The names, or a number.</summary>
    internal static ValueShape Form<T>() where T : IFilterNames => new EitherValue(new OneOfWords([.. T.Names.Select(one => one.Name)]), new WholeNumber(T.Smallest, T.Largest),
        new TypedText(text => text.StartsWith("0x", StringComparison.Ordinal) && TryParse<T>(text, out _, out _), "in hexadecimal as 0x1f", "0x[0-9a-fA-F]+"));

    /// <summary>Reads a name or number.</summary>
    internal static bool TryParse<T>(string text, out uint number, out bool hex) where T : IFilterNames
    {
        foreach ((string name, uint value) in T.Names)
            if (name.Equals(text, StringComparison.OrdinalIgnoreCase))
            {
                (number, hex) = (value, false);
                return true;
            }
        return FilterLimits.TryParse(text, out number, out hex) && number >= T.Smallest && number <= T.Largest;
    }

    /// <summary>The name, or else the number.</summary>
    internal static string ToXml<T>(uint number, bool hex) where T : IFilterNames
    {
        foreach ((string name, uint value) in T.Names)
            if (value == number)
                return name;
        return hex && T.KeepsHex ? $"0x{number:x}" : number.ToString(CultureInfo.InvariantCulture);
    }
}

/// <summary>An IP protocol.</summary>
public readonly record struct IpProtocol(uint Value, bool IsHex) : IXmlValue<IpProtocol>, IFilterNames
{
    static ValueShape? IXmlValue<IpProtocol>.Shape => IFilterNames.Form<IpProtocol>();

    /// <inheritdoc/>
    public static IReadOnlyList<(string Name, uint Value)> Names { get; } =
        [("icmp", 1), ("igmp", 2), ("tcp", 6), ("udp", 17), ("esp", 50), ("ah", 51), ("icmpv6", 58), ("sctp", 132), ("udplite", 136)];

    /// <inheritdoc/>
    public static uint Largest => 255;

    /// <summary>TCP, UDP, DCCP and SCTP have ports that a filter may look at.</summary>
    public bool HasPorts => Value is 6 or 17 or 33 or 132;

    /// <inheritdoc/>
    public static bool TryParse(string text, out IpProtocol value)
    {
        bool fits = IFilterNames.TryParse<IpProtocol>(text, out uint number, out bool hex);
        value = new IpProtocol(number, hex);
        return fits;
    }

    /// <inheritdoc/>
    public string ToXml() => IFilterNames.ToXml<IpProtocol>(Value, IsHex);
}

/// <summary>The protocol that an Ethernet frame carries.</summary>
public readonly record struct MacProtocol(uint Value, bool IsHex) : IXmlValue<MacProtocol>, IFilterNames
{
    static ValueShape? IXmlValue<MacProtocol>.Shape => IFilterNames.Form<MacProtocol>();

    /// <inheritdoc/>
    public static IReadOnlyList<(string Name, uint Value)> Names { get; } = [("arp", 0x806), ("rarp", 0x8035), ("ipv4", 0x800), ("ipv6", 0x86dd), ("vlan", 0x8100)];

    /// <inheritdoc/>
    public static uint Smallest => 0x600;

    /// <inheritdoc/>
    public static uint Largest => 65535;

    /// <inheritdoc/>
    public static bool TryParse(string text, out MacProtocol value)
    {
        bool fits = IFilterNames.TryParse<MacProtocol>(text, out uint number, out bool hex);
        value = new MacProtocol(number, hex);
        return fits;
    }

    /// <inheritdoc/>
    public string ToXml() => IFilterNames.ToXml<MacProtocol>(Value, IsHex);
}

/// <summary>The protocol inside a VLAN's frame, which may also be the frame's length.</summary>
public readonly record struct VlanProtocol(uint Value, bool IsHex) : IXmlValue<VlanProtocol>, IFilterNames
{
    static ValueShape? IXmlValue<VlanProtocol>.Shape => IFilterNames.Form<VlanProtocol>();

    /// <inheritdoc/>
    public static IReadOnlyList<(string Name, uint Value)> Names => MacProtocol.Names;

    /// <inheritdoc/>
    public static uint Smallest => 0x3c;

    /// <inheritdoc/>
    public static uint Largest => 65535;

    /// <inheritdoc/>
    public static bool TryParse(string text, out VlanProtocol value)
    {
        bool fits = IFilterNames.TryParse<VlanProtocol>(text, out uint number, out bool hex);
        value = new VlanProtocol(number, hex);
        return fits;
    }

    /// <inheritdoc/>
    public string ToXml() => IFilterNames.ToXml<VlanProtocol>(Value, IsHex);
}

/// <summary>What an ARP packet asks or answers.</summary>
public readonly record struct ArpOpcode(uint Value) : IXmlValue<ArpOpcode>, IFilterNames
{
    /// <inheritdoc/>
    public static IReadOnlyList<(string Name, uint Value)> Names { get; } =
    [
        ("Request", 1), ("Reply", 2), ("Request_Reverse", 3), ("Reply_Reverse", 4), ("DRARP_Request", 5), ("DRARP_Reply", 6), ("DRARP_Error", 7),
        ("InARP_Request", 8), ("ARP_NAK", 9),
    ];

    /// <inheritdoc/>
    public static uint Largest => 65535;

    /// <inheritdoc/>
    public static bool KeepsHex => false;

    /// <inheritdoc/>
    public static bool TryParse(string text, out ArpOpcode value)
    {
        bool fits = IFilterNames.TryParse<ArpOpcode>(text, out uint number, out _);
        value = new ArpOpcode(number);
        return fits;
    }

    /// <inheritdoc/>
    public string ToXml() => IFilterNames.ToXml<ArpOpcode>(Value, false);
}
