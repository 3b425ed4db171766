using System.Text.Json;
using System.Text.Json.Nodes;

namespace Vireo.Conformance.Runner;

/// <summary>Entry point of the test program: <c>conformance ...</c> runs a corpus, anything else the tests.</summary>
static class Program
{
    const string Usage = """
        usage: conformance [DIR] [--suite NAME]... [--failures] [--json FILE] [--ratchet] [--update-ratchet DIR]
          DIR           a folder in the corpus's format (default: $VIREO_CORPUS)
          --suite NAME  only this suite; may be given several times
          --failures    a line for each case that fails
          --json FILE   the result as JSON
          --ratchet     fail if a suite is below its floor, or a failure is not explained
          --update-ratchet DIR  write the suites' ratchet files there: floors raised, lines of cases that pass taken out, new failures as open
        """;

    public static async Task<int> Main(string[] args)
    {
        if (args is not ["conformance", .. var rest])
            return await Xunit.Runner.InProc.SystemConsole.ConsoleRunner.Run(args).ConfigureAwait(false);
        string? corpus = Environment.GetEnvironmentVariable("VIREO_CORPUS"), json = null;
        string? update = null;
        bool failures = false, ratchet = false;
        var only = new List<string>();
        for (int i = 0; i < rest.Length; i++)
        {
            switch (rest[i])
            {
                case "--suite" when i + 1 < rest.Length: only.Add(rest[++i]); break;
                case "--json" when i + 1 < rest.Length: json = rest[++i]; break;
                case "--update-ratchet" when i + 1 < rest.Length: update = rest[++i]; break;
                case "--failures": failures = true; break;
                case "--ratchet": ratchet = true; break;
                case var folder when !folder.StartsWith('-') && Directory.Exists(folder): corpus = folder; break;
                default: return Complain($"unknown argument '{rest[i]}', or no such folder\n{Usage}");
            }
        }
        if (string.IsNullOrEmpty(corpus) || !Directory.Exists(corpus))
            return Complain($"no corpus: give a folder, or set VIREO_CORPUS\n{Usage}");
        string[] suites = [.. CorpusRun.Suites(corpus)];
        if (only.Except(suites).FirstOrDefault() is { } missing)
            return Complain($"the corpus has no suite '{missing}'; it has: {string.Join(", ", suites)}");
        return Run(corpus, only.Count > 0 ? [.. suites.Where(only.Contains)] : suites, failures, json, ratchet, update);
    }

    static int Run(string corpus, string[] suites, bool showFailures, string? json, bool ratchet, string? update)
    {
        var results = new List<SuiteResult>();
        var broken = new List<string>();
        foreach (string name in suites)
        {
            SuiteResult result = CorpusRun.Run(corpus, name);
            results.Add(result);
            Console.WriteLine($"{name} {result.Passed}/{result.Total}{Remark(result)}");
            foreach (var (one, why) in showFailures ? result.Failures : [])
                Console.WriteLine($"    {one}: {why}");
            if (ratchet && result.IsImplemented)
                broken.AddRange(Ratchet.Read(name).Broken(result));
            if (update is not null && result.IsImplemented)
                File.WriteAllText(Path.Combine(update, name), Ratchet.Read(name).After(result));
        }
        Console.WriteLine($"all {results.Sum(static r => r.Passed)}/{results.Sum(static r => r.Total)}");
        broken.ForEach(Console.Error.WriteLine);
        if (json is not null)
            File.WriteAllText(json, ToJson(results).ToJsonString(new JsonSerializerOptions { WriteIndented = true }) + "\n");
        return broken.Count == 0 ? 0 : 1;
    }

    static string Remark(SuiteResult result) => result switch
    {
        { IsImplemented: false, Total: > 0 } => "  (not implemented yet)",
        { Apart: > 0 } => $"  ({result.Apart} of them ask Vireo nothing)",
        _ => "",
    };

    static JsonObject ToJson(List<SuiteResult> results)
    {
        var suites = new JsonObject();
        foreach (SuiteResult r in results)
        {
            var failures = new JsonObject();
            foreach (var (name, why) in r.Failures)
                failures[name] = why;
            suites[r.Suite] = new JsonObject { ["passed"] = r.Passed, ["total"] = r.Total, ["implemented"] = r.IsImplemented, ["apart"] = r.Apart, ["failures"] = failures };
        }
        return new JsonObject { ["passed"] = results.Sum(static r => r.Passed), ["total"] = results.Sum(static r => r.Total), ["suites"] = suites };
    }

    static int Complain(string text)
    {
        Console.Error.WriteLine(text);
        return 2;
    }
}
