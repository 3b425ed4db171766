using System.Text.Json;
using Vireo.Core.Errors;
using Vireo.Model.Domain;

namespace Vireo.Conformance.Domain;

/// <summary>What was written as a finished document comes out byte by byte when it is read and written again.</summary>
public class DomainRoundTripTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData("domain-xml2xml", "expected", "active")]
    [InlineData("qemu-xml2xml", "expected_inactive", "inactive")]
    [InlineData("qemu-xml2xml", "expected_active", "active")]
    public void Expected_documents_come_out_as_they_went_in(string suite, string key, string mode)
    {
        string folder = Corpus.Folder(suite);
        Dictionary<string, string> exceptions = Corpus.Exceptions($"{suite}.exceptions");
        var failures = new SortedDictionary<string, string>(StringComparer.Ordinal);
        var used = new HashSet<string>(StringComparer.Ordinal);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        int passed = 0;
        foreach (JsonElement one in Corpus.Cases(suite))
        {
            if (one.GetProperty("expect").GetString() != "ok" || !one.TryGetProperty(key, out JsonElement file) || !seen.Add(file.GetString()!))
                continue;
            string name = Path.GetFileNameWithoutExtension(file.GetString()!);
            string? difference = Difference(File.ReadAllText(Path.Combine(folder, file.GetString()!)), mode == "inactive");
            if (difference is null)
                passed++;
            else if (exceptions.ContainsKey(name))
                used.Add(name);
            else
                failures[name] = difference;
        }
        output.WriteLine($"{suite} ({mode}): {passed} of {seen.Count} documents, {used.Count} exceptions");
        if (Environment.GetEnvironmentVariable("VIREO_CONFORMANCE_OUT") is { Length: > 0 } report)
            File.WriteAllLines($"{report}.{suite}.{mode}", failures.Select(f => $"{f.Key}: {f.Value}").Prepend($"{passed} of {seen.Count}"));
        Assert.Empty(failures);
    }

    static string? Difference(string document, bool inactive)
    {
        try
        {
            DomainDef def = DomainDef.Parse(document, inactive ? DomainParse.Inactive : DomainParse.None);
            return Corpus.FirstDifference(document, def.ToXml(DomainFormat.Secure | (inactive ? DomainFormat.Inactive : DomainFormat.None)));
        }
        catch (VireoException refused)
        {
            return refused.Message;
        }
    }
}
