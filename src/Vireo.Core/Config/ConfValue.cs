namespace Vireo.Core.Config;

/// <summary>A value of a .conf file: an integer, a string or a list of strings; and where it stands.</summary>
public sealed record ConfValue(int Line, int Column)
{
    /// <summary>The number, if it is one.</summary>
    public long? Number { get; init; }

    /// <summary>The text, if it is one.</summary>
    public string? Text { get; init; }

    /// <summary>The strings, if it is a list.</summary>
    public IReadOnlyList<string>? List { get; init; }
}
