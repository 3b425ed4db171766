using Vireo.Driver;

namespace Vireo.Rights;

/// <summary>One rule of a file.</summary>
public sealed record Rule
{
    /// <summary>What the file calls it; null: nothing.</summary>
    public string? Name { get; init; }

    /// <summary>The line it begins at.</summary>
    public required int Line { get; init; }

    /// <summary>It takes rights away instead of giving them.</summary>
    public required bool Refuses { get; init; }

    /// <summary>Whom it is about; one of them must match.</summary>
    public required WhoMatch[] Who { get; init; }

    /// <summary>Which rights it is about.</summary>
    public required RightSet Rights { get; init; }

    /// <summary>The words that the file says them by.</summary>
    public required string[] Words { get; init; }

    /// <summary>Which objects it is about; null: all, and the connection.</summary>
    public ObjectMatch[]? On { get; init; }

    /// <summary>For people: its name and its line.</summary>
    public string Title => Name is null ? $"the rule at line {Line}" : $"rule '{Name}' (line {Line})";

    /// <summary>Whether it is about a caller.</summary>
    public bool Concerns(Caller caller) => Array.Exists(Who, one => one.Matches(caller));

    /// <summary>Whether it is about the right and the object of a question, whoever asks.</summary>
    public Fit Matches(in AccessQuestion question)
    {
        if (!Rights.Has(question.Right))
            return Fit.No;
        if (On is null)
            return Fit.Yes;
        Fit best = Fit.No;
        foreach (ObjectMatch one in On)
            if (one.Matches(question) is var fit && fit > best)
                best = fit;
        return best;
    }
}
