using System.Globalization;
using Vireo.Core;
using Vireo.Core.Xml;
using Vireo.Core.Xml.Schema;
using Vireo.Model.Documents;
using Vireo.Model.Shared;

namespace Vireo.Model.NwFilter;

/// <summary>A value, or the variable that stands for it until the filter is put on a card.</summary>
public readonly record struct FilterValue<T> : IXmlValue<FilterValue<T>> where T : struct, IXmlValue<T>
{
    /// <inheritdoc/>
    public static string? Fault => "internal|{1} has illegal value {0}";

    /// <inheritdoc/>
    public static ValueShape? Shape => default(T) switch
    {
        FilterBool or TcpFlags or ConnectionState or IpSetFlags => ValueShapes.Of<T>(),
        MacAddress => new EitherValue(FilterVariable.Form, FilterForms.Mac),
        Ipv4Address => new EitherValue(FilterVariable.Form, FilterForms.Ipv4),
        Ipv4Mask => new EitherValue(FilterVariable.Form, new WholeNumber(0, 32), FilterForms.Ipv4),
        Ipv6Address => new EitherValue(FilterVariable.Form, Forms.IPv6),
        Ipv6Mask => new EitherValue(FilterVariable.Form, new WholeNumber(0, 128), Forms.IPv6),
        _ => new EitherValue(FilterVariable.Form, ValueShapes.Of<T>()),
    };

    /// <summary>The variable; null: a value is written.</summary>
    public FilterVariable? Variable { get; private init; }

    /// <summary>The value; null: a variable is written.</summary>
    public T? Value { get; private init; }

    /// <inheritdoc/>
    public static bool TryParse(string text, out FilterValue<T> value)
    {
        if (text.StartsWith('$'))
        {
            bool named = FilterVariable.TryParse(text, out FilterVariable variable);
            value = new FilterValue<T> { Variable = variable };
            return named;
        }
        bool fits = T.TryParse(text, out T parsed);
        value = new FilterValue<T> { Value = parsed };
        return fits;
    }

    /// <inheritdoc/>
    public string ToXml() => Variable is { } variable ? variable.ToXml() : Value!.Value.ToXml();
}

/// <summary>
/// <c>$NAME</c> for each of a variable's values in turn, <c>$NAME[2]</c> for one of them, <c>$NAME[@2]</c> for each in turn, in step with all others of
/// the same number.
/// </summary>
/// <param name="Name">Letters, digits and <c>_</c>.</param>
/// <param name="Index">The number in brackets, if there is one.</param>
/// <param name="IsIterator">Whether an <c>@</c> stands before it.</param>
public readonly record struct FilterVariable(string Name, uint? Index, bool IsIterator) : IXmlValue<FilterVariable>
{
    internal static ValueShape Form { get; } = new PatternText("a variable as $NAME", @"\$[ ]*[a-zA-Z0-9_]+(\[[ ]*@?[0-9]+[ ]*\])?[ ]*");

    /// <inheritdoc/>
    public static bool TryParse(string text, out FilterVariable value)
    {
        value = default;
        text = text.TrimEnd(' ');
        int end = 1;
        while (end < text.Length && (char.IsAsciiLetterOrDigit(text[end]) || text[end] == '_'))
            end++;
        if (!text.StartsWith('$') || end < text.Length && (text[end] != '[' || !text.EndsWith(']')))
            return false;
        if (end >= text.Length)
        {
            value = new FilterVariable(text[1..], null, false);
            return true;
        }
        ReadOnlySpan<char> index = text.AsSpan(end + 1, text.Length - end - 2).Trim(' ');
        bool iterator = index.StartsWith('@');
        if (iterator)
            index = index[1..];
        // As in C, a negative number is one counted back from the end of the range.
        if (!long.TryParse(index, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number) || number is < int.MinValue or > uint.MaxValue)
            return false;
        value = new FilterVariable(text[1..end], unchecked((uint)number), iterator);
        return true;
    }

    /// <inheritdoc/>
    public string ToXml() => Index is { } index && !(IsIterator && index == 0) ? $"${Name}[{(IsIterator ? "@" : "")}{index}]" : $"${Name}";
}
