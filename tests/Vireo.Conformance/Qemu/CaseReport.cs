namespace Vireo.Conformance.Qemu;

/// <summary>Counts cases against a list of exceptions; one that passes although it is on the list is told too.</summary>
sealed class CaseReport(string exceptionsFile, string name)
{
    readonly Dictionary<string, string> exceptions = Read(exceptionsFile);
    readonly SortedDictionary<string, string> failures = new(StringComparer.Ordinal);
    readonly List<string> stale = [];
    int passed, excused;

    public void Add(string one, string? difference)
    {
        bool excepted = exceptions.ContainsKey(one);
        if (difference is null)
        {
            passed++;
            if (excepted)
                stale.Add(one);
        }
        else if (excepted)
            excused++;
        else
            failures[one] = difference;
    }

    public void Finish(ITestOutputHelper output)
    {
        int all = passed + excused + failures.Count;
        output.WriteLine($"{name}: {passed} of {all} cases, {excused} exceptions; no longer exceptions: {string.Join(", ", stale)}");
        if (Environment.GetEnvironmentVariable("VIREO_CONFORMANCE_OUT") is { Length: > 0 } report)
            File.WriteAllLines($"{report}.{name}", failures.Select(f => $"{f.Key}: {f.Value}").Prepend($"{passed} of {all}"));
        Assert.Empty(failures);
    }

    static Dictionary<string, string> Read(string file)
    {
        var all = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (string line in File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Qemu", file)))
        {
            int colon = line.IndexOf(": ", StringComparison.Ordinal);
            if (colon > 0 && line[0] != '#')
                all.Add(line[..colon], line[(colon + 2)..]);
        }
        return all;
    }
}
