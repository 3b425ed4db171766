using System.Globalization;
using Vireo.Core.Errors;

namespace Vireo.Cpu;

/// <summary>The maps' text: words on lines, <c>#</c> starts a comment.</summary>
static class MapText
{
    public static string Load(string name)
    {
        using Stream stream = typeof(MapText).Assembly.GetManifestResourceStream(name)
            ?? throw VireoException.Internal(ErrorDomain.Cpu, $"the CPU map {name} is missing");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    /// <summary>The words of every line that has any.</summary>
    public static IEnumerable<string[]> Lines(string text)
    {
        foreach (string line in text.Split('\n'))
            if (!line.StartsWith('#') && line.Split(' ', StringSplitOptions.RemoveEmptyEntries) is { Length: > 0 } words)
                yield return words;
    }

    public static uint Hex(ReadOnlySpan<char> text) => uint.Parse(text, NumberStyles.HexNumber, CultureInfo.InvariantCulture);

    public static uint Number(ReadOnlySpan<char> text) => uint.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture);
}
