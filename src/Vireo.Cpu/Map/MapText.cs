using System.Globalization;
using Vireo.Core.Errors;

namespace Vireo.Cpu.Map;

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

    /// <summary>The words of every line that has any, with its number.</summary>
    public static IEnumerable<(int Number, string[] Words)> Lines(string text)
    {
        int number = 0;
        foreach (string line in text.Split('\n'))
        {
            number++;
            if (!line.StartsWith('#') && line.Split(' ', StringSplitOptions.RemoveEmptyEntries) is { Length: > 0 } words)
                yield return (number, words);
        }
    }

    /// <summary>Cuts <c>since RELEASE</c> off the end of a line; without it the line holds for all releases.</summary>
    public static string[] WithoutSince(string[] words, out MapRelease since)
    {
        since = default;
        return words is [.. var rest, "since", var release] && MapRelease.TryParse(release, out since) ? rest : words;
    }

    public static uint Hex(ReadOnlySpan<char> text) => uint.Parse(text, NumberStyles.HexNumber, CultureInfo.InvariantCulture);

    public static bool TryHex(ReadOnlySpan<char> text, out uint value) =>
        uint.TryParse(text, NumberStyles.HexNumber, CultureInfo.InvariantCulture, out value);

    public static bool TryNumber(ReadOnlySpan<char> text, out uint value) =>
        uint.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value);
}
