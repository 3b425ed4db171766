namespace Vireo.Core.Config;

/// <summary>A value of a .conf file: an integer, a string or a list of values; and where it stands.</summary>
public sealed record ConfValue(int Line, int Column)
{
    /// <summary>The number, if it is one and no larger than a signed one can be.</summary>
    public long? Number { get; init; }

    /// <summary>The number, if it is one that is written without a minus sign.</summary>
    public ulong? Unsigned { get; init; }

    /// <summary>The text, if it is one.</summary>
    public string? Text { get; init; }

    /// <summary>The values, if it is a list.</summary>
    public IReadOnlyList<ConfValue>? Items { get; init; }

    /// <summary>The strings, if it is a list of nothing else.</summary>
    public IReadOnlyList<string>? List => Items is { } items && items.All(static i => i.Text is not null) ? [.. items.Select(static i => i.Text!)] : null;

    /// <summary>As it is written into a file.</summary>
    public override string ToString() =>
        Items is { } items ? $"[ {string.Join(", ", items)} ]"
        : Text is null ? Unsigned?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? Number?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? ""
        : !Text.AsSpan().ContainsAny('"', '\n') ? $"\"{Text}\""
        : !Text.AsSpan().ContainsAny('\'', '\n') ? $"'{Text}'"
        : $"\"\"\"{Text}\"\"\"";
}
