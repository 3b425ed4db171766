using System.Text.Json;
using System.Text.Json.Nodes;

namespace Vireo.Conformance.Runner;

/// <summary>An adapter works from the case, not from what is expected: other names change nothing, other expectations fail.</summary>
public sealed class TamperingTests : IDisposable
{
    readonly string corpus = Directory.CreateTempSubdirectory("vireo-corpus-").FullName;

    public static TheoryData<string> Suites() => [.. AllSuites.All.Select(static s => s.Name)];

    public void Dispose() => Directory.Delete(corpus, recursive: true);

    [Theory, MemberData(nameof(Suites))]
    public void Names_mean_nothing_and_expectations_everything(string suite)
    {
        string original = Path.GetDirectoryName(Corpus.Folder(suite))!;
        SuiteResult before = CorpusRun.Run(original, suite);

        JsonArray cases = Borrow(original, suite);
        for (int i = 0; i < cases.Count; i++)
            cases[i]!["name"] = $"case-{cases.Count - i}";
        SuiteResult renamed = RunChanged(suite, cases);
        Assert.Equal(before.Passed, renamed.Passed);

        foreach (JsonNode? one in cases)
            Tamper(one!.AsObject(), suite);
        SuiteResult altered = RunChanged(suite, cases);
        // Where nothing but a verdict comes of a case, the opposite of a wrong one is right.
        if (AllSuites.Find(suite)!.HasOutputs)
            Assert.Equal(0, altered.Passed);
        Assert.DoesNotContain(cases.Select(static c => c!["name"]!.GetValue<string>()), n => !renamed.Failures.ContainsKey(n) && !altered.Failures.ContainsKey(n));
    }

    // The suite's folder is a folder of links, except for its manifest; what it shares with others is a link too.
    JsonArray Borrow(string original, string suite)
    {
        foreach (string entry in Directory.EnumerateFileSystemEntries(original).Where(e => Path.GetFileName(e) != suite))
            Directory.CreateSymbolicLink(Path.Combine(corpus, Path.GetFileName(entry)), entry);
        Directory.CreateDirectory(Path.Combine(corpus, suite));
        foreach (string entry in Directory.EnumerateFileSystemEntries(Path.Combine(original, suite)).Where(static e => Path.GetFileName(e) != "cases.json"))
            Directory.CreateSymbolicLink(Path.Combine(corpus, suite, Path.GetFileName(entry)), entry);
        return JsonNode.Parse(File.ReadAllText(Path.Combine(original, suite, "cases.json")))!.AsArray();
    }

    SuiteResult RunChanged(string suite, JsonArray cases)
    {
        File.WriteAllText(Path.Combine(corpus, suite, "cases.json"), cases.ToJsonString());
        return CorpusRun.Run(corpus, suite);
    }

    // Whatever the case expects, it expects something else now.
    void Tamper(JsonObject one, string suite)
    {
        if (one["expect"]!.GetValue<string>() != "ok")
        {
            one["expect"] = "ok";
            return;
        }
        if (!AllSuites.Find(suite)!.HasOutputs)
        {
            one["expect"] = "failure";
            return;
        }
        one["result"] = "something else";
        using JsonDocument manifest = JsonDocument.Parse(one.ToJsonString());
        foreach (string member in AllSuites.Find(suite)!.Expected(manifest.RootElement).Where(static member => member is not "result").ToArray())
        {
            if (!member.StartsWith("expected", StringComparison.Ordinal))
            {
                one[member] = one[member]!.GetValueKind() is JsonValueKind.Number ? 77 : "something else";
                continue;
            }
            string file = Path.Combine("altered", $"{Guid.NewGuid():N}{Path.GetExtension(one[member]!.GetValue<string>())}");
            Directory.CreateDirectory(Path.Combine(corpus, suite, "altered"));
            File.WriteAllText(Path.Combine(corpus, suite, file), "<altered/>\n");
            one[member] = file;
        }
    }
}
