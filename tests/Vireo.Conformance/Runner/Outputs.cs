using System.Text.Json.Nodes;

namespace Vireo.Conformance.Runner;

/// <summary>What came of a case, by the name of the counterpart in its manifest.</summary>
sealed class Outputs : Dictionary<string, Output>
{
    public Outputs() : base(StringComparer.Ordinal) { }

    /// <summary>The case came out without asking Vireo anything, and is counted apart.</summary>
    public bool IsApart { get; init; }

    public static Outputs Of(string text) => new() { ["expected"] = Output.Text(text) };

    public static Outputs Result(JsonNode? value) => new() { ["result"] = Output.Value(value) };
}

/// <summary>One output: a text that is compared byte for byte, or a JSON value.</summary>
abstract record Output
{
    public static Output Text(string text) => new OfText(text);

    public static Output Value(JsonNode? value) => new OfValue(value);

    public abstract string? DifferenceFrom(string? expected);

    public sealed record OfText(string Made) : Output
    {
        public override string? DifferenceFrom(string? expected) =>
            expected is null ? "an output that the case does not ask for" : Corpus.FirstDifference(expected, expected.EndsWith('\n') && !Made.EndsWith('\n') ? Made + "\n" : Made);
    }

    public sealed record OfValue(JsonNode? Made) : Output
    {
        public override string? DifferenceFrom(string? expected) =>
            expected is null ? "a result that the case does not ask for"
            : JsonNode.DeepEquals(Made, JsonNode.Parse(expected)) ? null : $"want {expected} got {Made?.ToJsonString() ?? "null"}";
    }
}
