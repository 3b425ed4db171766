using System.Numerics;

namespace Vireo.Core.Xml.Schema;

/// <summary>The kinds of values that the members of definitions have by their types.</summary>
public static class ValueShapes
{
    internal static readonly char[] Blanks = [' ', '\t', '\n', '\r'];

    /// <summary>Any text.</summary>
    public static ValueShape Text { get; } = new AnyText();

    /// <summary>yes or no.</summary>
    public static ValueShape YesNo { get; } = new OneOfWords("yes", "no");

    /// <summary>on or off.</summary>
    public static ValueShape OnOff { get; } = new OneOfWords("on", "off");

    /// <summary>A uuid, with or without dashes.</summary>
    public static ValueShape Uuid { get; } = new PatternText("a uuid", "[a-fA-F0-9]{32}|([a-fA-F0-9]{8}-)([a-fA-F0-9]{4}-){3}[a-fA-F0-9]{12}");

    /// <summary>The unit of an amount.</summary>
    public static ValueShape Unit { get; } = new PatternText("a unit such as KiB, MiB or GB", "[bB]([yY][tT][eE][sS]?)?|[kKmMgGtTpPeE]([iI]?[bB])?");

    /// <summary>An amount; its unit stands beside it.</summary>
    public static ValueShape Amount { get; } = new WholeNumber(0, ulong.MaxValue);

    /// <summary>A whole number.</summary>
    public static ValueShape Number<T>() where T : struct, IBinaryInteger<T>, IMinMaxValue<T> => Numbers<T>.All;

    /// <summary>A whole number that is not zero.</summary>
    public static ValueShape NonZero<T>() where T : struct, IBinaryInteger<T>, IMinMaxValue<T> => Numbers<T>.Positive;

    /// <summary>A number in hexadecimal, or in decimal.</summary>
    public static ValueShape Hex<T>() where T : struct, IBinaryInteger<T>, IMinMaxValue<T> => Numbers<T>.Hex;

    /// <summary>A value of a type that reads itself.</summary>
    public static ValueShape Of<T>() where T : IXmlValue<T> => Types<T>.Shape;

    static class Numbers<T> where T : struct, IBinaryInteger<T>, IMinMaxValue<T>
    {
        public static readonly ValueShape All = new WholeNumber(Int128.CreateChecked(T.MinValue), Int128.CreateChecked(T.MaxValue));
        public static readonly ValueShape Positive = new WholeNumber(1, Int128.CreateChecked(T.MaxValue));
        public static readonly ValueShape Hex = new PatternText("a number, as 0x1f or 31", $"(0x)?[0-9a-fA-F]{{1,{System.Runtime.CompilerServices.Unsafe.SizeOf<T>() * 2}}}|[0-9]{{1,{(System.Runtime.CompilerServices.Unsafe.SizeOf<T>() * 5 + 1) / 2}}}");
    }

    static class Types<T> where T : IXmlValue<T>
    {
        public static readonly ValueShape Shape = T.Shape ?? new TypedText(static text => T.TryParse(text, out _), T.Expected, null);
    }
}
