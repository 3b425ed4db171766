using System.Text.Json;

namespace Vireo.Conformance.Runner;

/// <summary>How a suite came out.</summary>
/// <param name="Suite">The suite's folder.</param>
/// <param name="Total">How many cases it has.</param>
/// <param name="IsImplemented">Whether Vireo has an adapter for it.</param>
/// <param name="Failures">Why each failing case fails, by its name. Empty if there is no adapter.</param>
/// <param name="Apart">How many of those that pass asked Vireo nothing.</param>
sealed record SuiteResult(string Suite, int Total, bool IsImplemented, SortedDictionary<string, string> Failures, int Apart = 0)
{
    public int Passed => IsImplemented ? Total - Failures.Count : 0;
}

/// <summary>Puts suites of a folder in the corpus's format to Vireo.</summary>
static class CorpusRun
{
    /// <summary>The suites of a corpus, in the order of their names.</summary>
    public static IEnumerable<string> Suites(string corpus) =>
        Directory.EnumerateDirectories(corpus).Where(static d => File.Exists(Path.Combine(d, "cases.json"))).Select(static d => Path.GetFileName(d)).Order(StringComparer.Ordinal);

    public static SuiteResult Run(string corpus, string name)
    {
        string folder = Path.Combine(corpus, name);
        using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, "cases.json")));
        var failures = new SortedDictionary<string, string>(StringComparer.Ordinal);
        int apart = 0, total = document.RootElement.GetArrayLength();
        if (AllSuites.Find(name) is not { } suite)
            return new SuiteResult(name, total, IsImplemented: false, failures);
        foreach (JsonElement manifest in document.RootElement.EnumerateArray())
        {
            if (Judge.Try(suite, corpus, folder, manifest, out bool isApart) is { } why)
                failures.Add(manifest.GetProperty("name").GetString()!, why);
            else if (isApart)
                apart++;
        }
        return new SuiteResult(name, total, IsImplemented: true, failures, apart);
    }
}
