using Vireo.Driver;

namespace Vireo.Rights;

/// <summary>What is said about a question, and by which rule.</summary>
/// <param name="Allowed">Whether the caller may.</param>
/// <param name="By">The rule that decided; null: none did.</param>
/// <param name="Implied">Allowed because the caller holds some right: see <see cref="RightsFile"/>.</param>
public readonly record struct Verdict(bool Allowed, Rule? By, bool Implied = false);

/// <summary>
/// The rules of a file. A rule that refuses goes before every rule that allows, wherever they stand; what no rule allows is refused. Whoever
/// is given any right may connect, read about the host and ask for lists, which show what it may see.
/// </summary>
public sealed record RightsFile
{
    /// <summary>The rules, as they stand.</summary>
    public required IReadOnlyList<Rule> Rules { get; init; }

    /// <summary>The file's own roles.</summary>
    public required IReadOnlyDictionary<string, RightSet> Roles { get; init; }

    /// <summary>The rules for one caller; keep it, it is what makes a check cheap.</summary>
    public CallerRights For(Caller caller) => new(
        [.. Rules.Where(rule => rule.Refuses && rule.Concerns(caller))], [.. Rules.Where(rule => !rule.Refuses && rule.Concerns(caller))]);
}

/// <summary>The rules of a file that are about one caller.</summary>
/// <param name="refusing">Those that refuse.</param>
/// <param name="allowing">Those that allow.</param>
public sealed class CallerRights(Rule[] refusing, Rule[] allowing)
{
    static readonly RightSet implied = Implied();

    static RightSet Implied()
    {
        var set = new RightSet();
        foreach (AccessRight right in AccessRight.All)
            if (right.Object is AccessObject.Connect && right.Anonymous)
                set.Add(right);
        return set;
    }

    /// <summary>Rules that give this caller something.</summary>
    public IReadOnlyList<Rule> Allowing => allowing;

    /// <summary>Rules that take something from this caller.</summary>
    public IReadOnlyList<Rule> Refusing => refusing;

    /// <summary>Decides. Nothing is allocated.</summary>
    public Verdict Decide(in AccessQuestion question)
    {
        // What may be the object of a rule that refuses is taken for it, what only may be that of a rule that allows is not.
        foreach (Rule rule in refusing)
            if (rule.Matches(question) is not Fit.No)
                return new(false, rule);
        foreach (Rule rule in allowing)
            if (rule.Matches(question) is Fit.Yes)
                return new(true, rule);
        return allowing.Length > 0 && implied.Has(question.Right) ? new(true, allowing[0], Implied: true) : new(false, null);
    }
}
