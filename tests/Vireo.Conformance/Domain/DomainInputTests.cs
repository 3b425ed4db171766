using System.Text.Json;
using Vireo.Core.Errors;
using Vireo.Model.Domain;

namespace Vireo.Conformance.Domain;

/// <summary>Documents as users write them are read, and what is written again means the same.</summary>
public class DomainInputTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData("domain-xml2xml")]
    [InlineData("qemu-xml2xml")]
    [InlineData("qemu-xml2argv")]
    public void Written_documents_are_read_and_mean_the_same_when_written_again(string suite)
    {
        string folder = Corpus.Folder(suite);
        Dictionary<string, string> exceptions = Corpus.Exceptions($"{suite}-input.exceptions");
        var failures = new SortedDictionary<string, string>(StringComparer.Ordinal);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        int passed = 0, excepted = 0;
        foreach (JsonElement one in Corpus.Cases(suite))
        {
            if (one.GetProperty("expect").GetString() != "ok" || !one.TryGetProperty("input", out JsonElement file) || !seen.Add(file.GetString()!))
                continue;
            string name = Path.GetFileNameWithoutExtension(file.GetString()!);
            string? problem = Problem(File.ReadAllText(Path.Combine(folder, file.GetString()!)));
            if (problem is null)
                passed++;
            else if (exceptions.ContainsKey(name))
                excepted++;
            else
                failures[name] = problem;
        }
        output.WriteLine($"{suite}: {passed} of {seen.Count} documents, {excepted} exceptions");
        if (Environment.GetEnvironmentVariable("VIREO_CONFORMANCE_OUT") is { Length: > 0 } report)
            File.WriteAllLines($"{report}.{suite}.input", failures.Select(f => $"{f.Key}: {f.Value}").Prepend($"{passed} of {seen.Count}"));
        Assert.Empty(failures);
    }

    static string? Problem(string document)
    {
        try
        {
            DomainDef def = DomainDef.Parse(document, DomainParse.None);
            string written = def.ToXml(DomainFormat.Secure);
            DomainDef again = DomainDef.Parse(written, DomainParse.None);
            return Corpus.FirstDifference(written, again.ToXml(DomainFormat.Secure)) ?? (def == again ? null : "not equal after reading again");
        }
        catch (VireoException refused)
        {
            return refused.Message;
        }
    }
}
