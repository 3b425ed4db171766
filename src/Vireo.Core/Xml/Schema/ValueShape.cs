using System.Globalization;
using System.Text.RegularExpressions;

namespace Vireo.Core.Xml.Schema;

/// <summary>What an attribute or a text may hold.</summary>
public abstract class ValueShape
{
    /// <summary>Whether <paramref name="text"/> is such a value.</summary>
    public abstract bool Accepts(string text);

    /// <summary>What is wanted, for people: <c>a whole number from 0 to 255</c>.</summary>
    public abstract string Expected { get; }

    /// <summary>The words it may be, if it is one of a few words; else empty.</summary>
    public virtual IReadOnlyList<string> Words => [];
}

/// <summary>Any text.</summary>
public sealed class AnyText : ValueShape
{
    /// <inheritdoc/>
    public override bool Accepts(string text) => true;

    /// <inheritdoc/>
    public override string Expected => "text";
}

/// <summary>One of a few words.</summary>
/// <param name="words">The words.</param>
public sealed class OneOfWords(params string[] words) : ValueShape
{
    /// <inheritdoc/>
    public override bool Accepts(string text) => Array.IndexOf(words, text) >= 0 || Array.IndexOf(words, text.Trim(ValueShapes.Blanks)) >= 0;

    /// <inheritdoc/>
    public override string Expected => words.Length == 1 ? $"'{words[0]}'" : $"one of {string.Join(", ", words)}";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Words => words;
}

/// <summary>A whole decimal number. One that cannot be negative is digits and nothing else, as libvirt's grammars have it; around others there may be blanks.</summary>
/// <param name="min">The smallest.</param>
/// <param name="max">The largest.</param>
public sealed class WholeNumber(Int128 min, Int128 max) : ValueShape
{
    /// <summary>The smallest.</summary>
    public Int128 Min => min;

    /// <summary>The largest.</summary>
    public Int128 Max => max;

    /// <inheritdoc/>
    public override bool Accepts(string text) =>
        (min >= 0 ? Int128.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out Int128 number)
            : Int128.TryParse(text.AsSpan().Trim(ValueShapes.Blanks), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out number))
        && number >= min && number <= max;

    /// <inheritdoc/>
    public override string Expected => max >= ulong.MaxValue / 4 ? min < 0 ? "a whole number" : min == 0 ? "a whole number, not negative" : $"a whole number from {min}" : $"a whole number from {min} to {max}";
}

/// <summary>A text of a pattern, in the part of the language of patterns that .NET and XML Schema share.</summary>
/// <param name="expected">What is wanted, for people.</param>
/// <param name="pattern">The pattern; it has to match the whole text.</param>
public sealed class PatternText(string expected, string pattern) : ValueShape
{
    Regex? regex;

    /// <summary>The pattern.</summary>
    public string Pattern => pattern;

    /// <inheritdoc/>
    public override bool Accepts(string text) => (regex ??= new Regex($@"\A(?:{pattern})\z")).IsMatch(text); // any option would bring all engines into native programs

    /// <inheritdoc/>
    public override string Expected => expected;
}

/// <summary>A value that a type of the definitions knows how to read.</summary>
/// <param name="accepts">Whether a text is such a value.</param>
/// <param name="expected">What is wanted, for people.</param>
/// <param name="pattern">A pattern that every such text has, for schemas; null: none.</param>
public sealed class TypedText(Func<string, bool> accepts, string expected, string? pattern) : ValueShape
{
    /// <summary>The pattern for schemas; null: none.</summary>
    public string? Pattern => pattern;

    /// <inheritdoc/>
    public override bool Accepts(string text) => accepts(text);

    /// <inheritdoc/>
    public override string Expected => expected;
}

/// <summary>A value of one of several kinds.</summary>
/// <param name="kinds">The kinds.</param>
public sealed class EitherValue(params ValueShape[] kinds) : ValueShape
{
    /// <summary>The kinds.</summary>
    public IReadOnlyList<ValueShape> Kinds => kinds;

    /// <inheritdoc/>
    public override bool Accepts(string text) => Array.Exists(kinds, kind => kind.Accepts(text));

    /// <inheritdoc/>
    public override string Expected => string.Join(" or ", kinds.Select(kind => kind.Expected));

    /// <inheritdoc/>
    public override IReadOnlyList<string> Words => [.. kinds.SelectMany(kind => kind.Words)];
}
