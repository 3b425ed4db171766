using System.Text.Json;
using System.Text.Json.Nodes;
using Vireo.Conformance.Runner;

namespace Vireo.Conformance.Virsh;

/// <summary>Debian's virsh, unchanged, with command lines of libvirt's tests, each on a vireod of its own.</summary>
sealed class VirshSuite : Suite
{
    static readonly string[] answers = ["stdout", "stderr", "combined_output", "sorted_stdout", "stdout_contains", "exit_code"];

    public override string Name => "virsh";

    public override bool Hides(string member) => member is "exit_code" || base.Hides(member);

    public override IEnumerable<string> Expected(JsonElement manifest) =>
        answers.Where(member => manifest.TryGetProperty(member, out JsonElement value) && value.ValueKind is not JsonValueKind.Null);

    public override Outputs Run(CaseInput input)
    {
        bool together = input.Asks("combined_output");
        VirshSaid said = VirshRun.Once(input, together);
        string output = Edit(input, said.Output);
        var made = new Outputs { IsApart = said.NeedsNobody };
        made.Add("exit_code", Output.Value(JsonValue.Create(said.ExitCode)));
        if (together)
        {
            made.Add("combined_output", Output.Text(output));
            return made;
        }
        made.Add("stdout", Output.Text(output));
        made.Add("stderr", Output.Text(said.Error));
        made.Add("sorted_stdout", Output.Text(Sorted(output)));
        made.Add("stdout_contains", Output.Text(output));
        return made;
    }

    public override string? Difference(CaseInput input, string member, Output made, string? expected)
    {
        if (expected is null)
            return null;                    // not asked for by this case
        if (made is not Output.OfText { Made: var text })
            return made.DifferenceFrom(expected);
        string wanted = JsonNode.Parse(expected)!.GetValue<string>();
        return member is not "stdout_contains" ? Corpus.FirstDifference(wanted, text)
            : text.Contains(wanted, StringComparison.Ordinal) ? null : $"'{wanted}' is not in {text}";
    }

    /// <summary>What a case does to its output before it is compared.</summary>
    static string Edit(CaseInput input, string text)
    {
        if (input.Word("drop_stdout_line") is { } start)
            text = string.Concat(text.Split('\n').Where(line => !line.StartsWith(start, StringComparison.Ordinal)).Select(static (line, i) => i is 0 ? line : $"\n{line}"));
        return input.Word("normalise") is { } script ? VirshRun.Sed(script, text) : text;
    }

    static string Sorted(string text)
    {
        string[] lines = text.Split('\n', StringSplitOptions.None);
        // A text ends with its last newline: what comes after it is no line.
        string[] whole = lines[^1].Length is 0 ? lines[..^1] : lines;
        Array.Sort(whole, StringComparer.Ordinal);
        return string.Concat(whole.Select(static line => $"{line}\n"));
    }
}
