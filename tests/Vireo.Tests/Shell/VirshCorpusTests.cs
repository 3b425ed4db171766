using System.Text.Json;
using System.Text.RegularExpressions;
using Xunit;

namespace Vireo.Tests.Shell;

/// <summary>Command lines of virsh with what it printed.</summary>
public partial class VirshCorpusTests
{
    static string? Folder => Environment.GetEnvironmentVariable("VIREO_CORPUS") is { Length: > 0 } corpus ? Path.Join(corpus, "virsh") : null;

    public static TheoryData<string> Cases()
    {
        var names = new TheoryData<string>();
        if (Folder is null)
        {
            names.Add("(no corpus)");
            return names;
        }
        using JsonDocument document = Read();
        foreach (JsonElement one in document.RootElement.EnumerateArray())
            names.Add(one.GetProperty("name").GetString()!);
        return names;
    }

    static JsonDocument Read() => JsonDocument.Parse(File.ReadAllText(Path.Join(Folder, "cases.json")));

    /// <summary>What keeps a case out, beside commands that are still to come.</summary>
    static readonly (Func<JsonElement, bool> Is, string Reason)[] Exceptions =
    [
        (one => one.TryGetProperty("files", out JsonElement files) && files.EnumerateObject().Any(file => file.Value.ValueKind is not JsonValueKind.String),
            "files other than plain ones are the real program's business"),
        (one => one.TryGetProperty("env", out JsonElement env) && env.EnumerateObject().Any(variable => variable.Name.Contains(' ')),
            "configuration files are the real program's business"),
    ];

    [Theory, MemberData(nameof(Cases))]
    public async Task Prints_what_virsh_prints(string name)
    {
        if (Folder is null)
            Assert.Skip("VIREO_CORPUS is not set");
        using JsonDocument document = Read();
        JsonElement one = document.RootElement.EnumerateArray().First(known => known.GetProperty("name").GetString() == name);
        foreach (var (applies, reason) in Exceptions)
            Assert.SkipWhen(applies(one), reason);

        var environment = one.TryGetProperty("env", out JsonElement variables)
            ? variables.EnumerateObject().ToDictionary(variable => variable.Name, variable => variable.Value.GetString()) : [];
        string folder = Directory.CreateTempSubdirectory("virsh").FullName;
        try
        {
            bool combined = one.TryGetProperty("combined_output", out JsonElement both);
            string[] arguments = [.. one.GetProperty("argv").EnumerateArray().Select(word => word.GetString()!.Replace("@SUITE@", Folder, StringComparison.Ordinal))];
            if (one.TryGetProperty("files", out JsonElement files))
            {
                foreach (JsonProperty file in files.EnumerateObject())
                {
                    string path = Path.Join(folder, file.Name);
                    File.WriteAllText(path, file.Value.GetString());
                    arguments = [.. arguments.Select(word => word.Replace($"define {file.Name}", $"define {path}", StringComparison.Ordinal))];
                }
            }
            ShellRun run = await ShellRun.OfAsync(arguments, Text(one, "stdin") ?? "", environment.GetValueOrDefault, combined);
            Assert.SkipWhen((run.Output + run.Error).Contains("is not there yet", StringComparison.Ordinal), "the command is still to come");
            Compare(one, run with { Output = run.Output.Replace(folder + "/", "", StringComparison.Ordinal) }, combined ? both.GetString() : null);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    static void Compare(JsonElement one, ShellRun run, string? combined)
    {
        string output = Text(one, "drop_stdout_line") is { } dropped
            ? string.Concat(Lines(run.Output).Where(line => !line.StartsWith(dropped, StringComparison.Ordinal))) : run.Output;
        if (Text(one, "normalise") is "/^Persistent/n; /:/d")
            output = string.Concat(Lines(output).Where(line => line.StartsWith("Persistent", StringComparison.Ordinal) || !line.Contains(':')));
        if (combined is not null)
            Assert.Equal(combined, output);
        if (Text(one, "stdout") is { } expected)
            Assert.Equal(expected, output);
        if (Text(one, "stdout_contains") is { } part)
            Assert.Contains(part, output, StringComparison.Ordinal);
        if (Text(one, "stderr") is { } errors)
            Assert.Equal(errors, run.Error);
        if (one.TryGetProperty("exit_code", out JsonElement exit) && exit.ValueKind is JsonValueKind.Number)
            Assert.Equal(exit.GetInt32(), run.ExitCode);
    }

    static string? Text(JsonElement one, string name) =>
        one.TryGetProperty(name, out JsonElement value) && value.ValueKind is JsonValueKind.String ? value.GetString() : null;

    static IEnumerable<string> Lines(string text) => Line().Matches(text).Select(line => line.Value);

    [GeneratedRegex("[^\n]*\n|[^\n]+$")]
    private static partial Regex Line();
}
