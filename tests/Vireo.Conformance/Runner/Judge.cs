using System.Text.Json;
using Vireo.Core.Errors;

namespace Vireo.Conformance.Runner;

/// <summary>Runs a case through its suite's adapter and only then looks at what was expected.</summary>
static class Judge
{
    /// <summary>Why the case fails, or null; apart is one that asked Vireo nothing.</summary>
    public static string? Try(Suite suite, string corpus, string folder, JsonElement manifest, out bool isApart)
    {
        isApart = false;
        var input = new CaseInput(corpus, folder, manifest, suite.Hides);
        Outputs made;
        try
        {
            made = suite.Run(input);
            isApart = made.IsApart;
        }
        catch (VireoException refused)
        {
            return Refused(manifest, refused);
        }
        catch (CaseFault fault)
        {
            return fault.Message;
        }
        catch (Exception crash) when (crash is not (OutOfMemoryException or StackOverflowException))
        {
            return $"crashed: {crash.GetType().Name}: {crash.Message}";
        }
        if (manifest.GetProperty("expect").GetString() is not "ok")
            return $"accepted; want {manifest.GetProperty("expect")}{(manifest.TryGetProperty("error", out JsonElement text) ? $": {text}" : "")}";
        string[] wanted = [.. suite.Expected(manifest)];
        foreach (string member in wanted.Union(made.Keys))
        {
            if (!made.TryGetValue(member, out Output? output))
                return $"no output for '{member}'";
            if (suite.Difference(input, member, output, Counterpart(folder, manifest, member)) is { } difference)
                return wanted.Length > 1 ? $"{member}: {difference}" : difference;
        }
        return null;
    }

    static string? Refused(JsonElement manifest, VireoException refused)
    {
        if (manifest.GetProperty("expect").GetString() is "ok")
            return refused.Message;
        if (refused.Code is ErrorCode.NoSupport)
            return $"not supported: {refused.Message}";
        return manifest.TryGetProperty("error", out JsonElement text) && text.GetString() != refused.Message ? $"want {text} got {refused.Message}" : null;
    }

    static string? Counterpart(string folder, JsonElement manifest, string member)
    {
        if (!manifest.TryGetProperty(member, out JsonElement value))
            return null;
        if (!member.StartsWith("expected", StringComparison.Ordinal))
            return value.GetRawText();
        string path = value.GetString()!, text = File.ReadAllText(Path.Combine(folder, path));
        return Path.GetExtension(path) is ".args" or ".argv" or ".ldargs" ? text : text.Replace("\\\n", "", StringComparison.Ordinal);
    }
}
