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
        VirshSaid said = VirshRun.Once(input, together: false);
        string output = Edit(input, said.Output);
        return new Outputs
        {
            IsApart = said.NeedsNobody,
            ["stdout"] = Output.Text(output),
            ["stderr"] = Output.Text(said.Error),
            ["combined_output"] = new Later(() => Edit(input, VirshRun.Once(input, together: true).Output)),
            ["sorted_stdout"] = Output.Text(Sorted(output)),
            ["stdout_contains"] = Output.Text(output),
            ["exit_code"] = Output.Value(JsonValue.Create(said.ExitCode)),
        };
    }

    public override string? Difference(CaseInput input, string member, Output made, string? expected)
    {
        if (expected is null)
            return null;                    // not asked for by this case
        if (made is Output.OfValue)
            return made.DifferenceFrom(expected);
        string text = made is Later later ? later.Make() : ((Output.OfText)made).Made, wanted = JsonNode.Parse(expected)!.GetValue<string>();
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

    /// <summary>An output that costs a run of its own, and is made only where somebody asks.</summary>
    sealed record Later(Func<string> Make) : Output
    {
        public override string? DifferenceFrom(string? expected) => Corpus.FirstDifference(expected ?? "", Make());
    }
}
