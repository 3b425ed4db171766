using System.Text.Json;

namespace Vireo.Conformance;

/// <summary>The corpus of documents, which stands outside the repository.</summary>
static class Corpus
{
    /// <summary>A suite's folder; skips the test if there is no corpus.</summary>
    public static string Folder(string suite)
    {
        string? root = Environment.GetEnvironmentVariable("VIREO_CORPUS");
        Assert.SkipWhen(string.IsNullOrEmpty(root), "VIREO_CORPUS does not name a corpus");
        return Path.Combine(root!, suite);
    }

    /// <summary>A suite's cases.</summary>
    public static List<JsonElement> Cases(string suite)
    {
        using JsonDocument document = JsonDocument.Parse(File.ReadAllText(Path.Combine(Folder(suite), "cases.json")));
        return [.. document.RootElement.Clone().EnumerateArray()];
    }

    /// <summary>The exceptions of a suite: a line is <c>name: reason</c>.</summary>
    public static Dictionary<string, string> Exceptions(string file)
    {
        var all = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (string line in File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Domain", file)))
        {
            int colon = line.IndexOf(": ", StringComparison.Ordinal);
            if (colon > 0 && line[0] != '#')
                all.Add(line[..colon], line[(colon + 2)..]);
        }
        return all;
    }

    /// <summary>The first line that differs, for the message of a failure.</summary>
    public static string? FirstDifference(string expected, string actual)
    {
        if (expected == actual)
            return null;
        string[] want = expected.Split('\n'), got = actual.Split('\n');
        for (int i = 0; ; i++)
        {
            string a = i < want.Length ? want[i] : "(end)", b = i < got.Length ? got[i] : "(end)";
            if (a != b)
                return $"line {i + 1}: want {a.Trim()} got {b.Trim()}";
        }
    }
}
