using Vireo.Driver;

namespace Vireo.Rights;

/// <summary>A decision in words: which rule it was, or which rules came near.</summary>
public static class Explanation
{
    /// <summary>Lines that say whether a caller may, and why.</summary>
    public static IEnumerable<string> Of(RightsFile file, AccessQuestion question)
    {
        CallerRights rights = file.For(question.Caller);
        Verdict verdict = rights.Decide(question);
        string what = $"{question.Right.Name} on {question.Subject}";
        if (verdict.Allowed)
        {
            yield return $"allowed: {what}";
            yield return verdict.Implied
                ? "  whoever holds any right may connect, read about the host and ask for lists"
                : $"  by {verdict.By!.Title}: may {Words(verdict.By)}{On(verdict.By)}";
            yield break;
        }
        yield return $"refused: {what}";
        if (verdict.By is { } refusing)
        {
            yield return $"  by {refusing.Title}: refuse {Words(refusing)}{On(refusing)}";
            if (refusing.Matches(question) is Fit.Unknown)
                yield return "  it is not known whether the object is one of these, so it is taken for one";
            yield break;
        }
        if (rights.Allowing.Count is 0)
        {
            yield return "  no rule that allows anything is about this caller";
            yield break;
        }
        yield return "  no rule allows it";
        foreach (Rule rule in rights.Allowing)
        {
            if (!rule.Rights.Has(question.Right))
                yield return $"  {rule.Title} is about this caller, not about {question.Right.Name}: may {Words(rule)}";
            else if (rule.Matches(question) is Fit.Unknown)
                yield return $"  {rule.Title} may be about this object, but not enough is known of it:{On(rule)}";
            else
                yield return $"  {rule.Title} is about this caller and this right, not about this object:{On(rule)}";
        }
    }

    static string Words(Rule rule) => string.Join(", ", rule.Words);

    static string On(Rule rule) => rule.On is null ? "" : $" on {string.Join(" or ", rule.On.Select(Describe))}";

    /// <summary>Objects in words: "kind domain, name web-*".</summary>
    public static string Describe(ObjectMatch on)
    {
        var parts = new List<string>();
        Add("kind", on.Kinds.Select(AccessRight.NameOf));
        Add("name", on.Names.Select(p => p.Text));
        Add("uuid", on.Uuids.Select(u => u.ToString()));
        Add("pool", on.Pools.Select(p => p.Text));
        Add("network", on.Networks.Select(p => p.Text));
        Add("owner", on.Owners.Select(p => p.Text));
        Add("tag", on.Tags.Select(p => p.Text));
        return string.Join(", ", parts);

        void Add(string name, IEnumerable<string> values)
        {
            string[] all = [.. values];
            if (all.Length > 0)
                parts.Add($"{name} {string.Join('|', all)}");
        }
    }

    /// <summary>Callers in words: "user alice, group web"; "everybody".</summary>
    public static string Describe(WhoMatch who)
    {
        var parts = new List<string>();
        Add("user", who.Users);
        Add("group", who.Groups);
        Add("tls", who.Tls.Select(p => p.Text));
        Add("sasl", who.Sasl.Select(p => p.Text));
        Add("label", who.Labels.Select(p => p.Text));
        return parts.Count is 0 ? "everybody" : string.Join(", ", parts);

        void Add(string name, IEnumerable<string> values)
        {
            string[] all = [.. values];
            if (all.Length > 0)
                parts.Add($"{name} {string.Join('|', all)}");
        }
    }
}
