using System.Globalization;
using Vireo.Core.Errors;
using Vireo.Core.Xml;
using Vireo.Model.NwFilter;
using Vireo.Model.Shared;

namespace Vireo.Drivers.NwFilter.Rules;

/// <summary>What the variables of a filter stand for on one card. A variable has one value or several.</summary>
/// <param name="values">The values by the variable's name.</param>
public sealed class FilterVariables(IReadOnlyDictionary<string, IReadOnlyList<string>> values)
{
    /// <summary>No variables.</summary>
    public static FilterVariables None { get; } = new(new Dictionary<string, IReadOnlyList<string>>());

    /// <summary>These, and where they say nothing what a reference to a filter gives it.</summary>
    public FilterVariables Under(FilterRef reference)
    {
        var all = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        foreach (var group in reference.Parameters.GroupBy(static p => p.Name, StringComparer.Ordinal))
            all[group.Key] = [.. group.Select(static p => p.Value)];
        foreach (var (name, value) in values)
            all[name] = value;
        return new FilterVariables(all);
    }

    /// <summary>Which of a rule's variables have no value.</summary>
    public IEnumerable<string> Unresolved(FilterRule rule) => Of(rule).Where(v => !values.TryGetValue(v.Name, out var known) || !v.IsIterator && v.Index >= known.Count)
        .Select(static v => v.Index is null || v is { IsIterator: true, Index: 0 } ? v.Name : v.IsIterator ? $"{v.Name}[@{v.Index}]" : $"{v.Name}[{v.Index}]").Distinct();

    /// <summary>
    /// A rule for each combination of its variables' values, each combination once. Variables with the same iterator go in step; of several iterators the
    /// one that is met first goes fastest.
    /// </summary>
    /// <exception cref="VireoException">VIR_ERR_INTERNAL_ERROR: variables in step have not equally many values; a value does not fit its attribute.</exception>
    public IEnumerable<FilterRule> Instances(FilterRule rule)
    {
        FilterVariable[] used = [.. Of(rule).Distinct()];
        if (used.Length == 0)
            return [rule];
        var iterators = new List<List<Dictionary<FilterVariable, string>>>();
        foreach (var together in used.GroupBy(static v => v is { IsIterator: false, Index: not null } ? (uint?)null : v.Index ?? 0))
            iterators.Add(together.Key is null
                ? [together.ToDictionary(static v => v, v => values[v.Name][(int)v.Index!.Value])]
                : InStep([.. together]));
        IEnumerable<Dictionary<FilterVariable, string>> all = [[]];
        // The last list is the outermost loop.
        foreach (var one in Enumerable.Reverse(iterators))
            all = all.SelectMany(outer => one.Select(inner => outer.Concat(inner).ToDictionary())).ToList();
        return all.Select(chosen => With(rule, chosen));
    }

    List<Dictionary<FilterVariable, string>> InStep(FilterVariable[] together)
    {
        int count = values[together[0].Name].Count;
        if (together.Any(v => values[v.Name].Count != count))
            throw VireoException.Internal(ErrorDomain.Nwfilter, "Cardinality of list items must be the same for processing them in parallel");
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var steps = new List<Dictionary<FilterVariable, string>>();
        for (int i = 0; i < count; i++)
        {
            var step = together.ToDictionary(static v => v, v => values[v.Name][i]);
            if (seen.Add(string.Join('\0', step.Values)))
                steps.Add(step);
        }
        return steps;
    }

    static IEnumerable<FilterVariable> Of(FilterRule rule)
    {
        foreach (var (_, value) in rule.Matches.IsEmpty ? [] : RuleMatch.Attributes(RuleMatch.Merged(rule)))
            if (value.StartsWith('$') && FilterVariable.TryParse(value, out var variable))
                yield return variable;
    }

    // The rule is written with its values and read again, so that each value is checked as if it had been written there.
    static FilterRule With(FilterRule rule, Dictionary<FilterVariable, string> chosen)
    {
        var o = new XmlOutput(new XmlOutputOptions());
        o.Open("filter");
        o.Attribute("name", "x");
        o.Open("rule");
        o.Attribute("action", rule.Action.ToXml());
        o.Attribute("direction", rule.Direction.ToXml());
        foreach (ProtocolMatch match in rule.Matches)
        {
            string name = ((IOverlay)match).XmlName;
            o.Open(name);
            foreach (var (attribute, value) in RuleMatch.Attributes((IOverlay)match))
                o.Attribute(attribute, value.StartsWith('$') && FilterVariable.TryParse(value, out var variable) ? chosen[variable] : value);
            o.Close(name);
        }
        o.Close("rule");
        o.Close("filter");
        return rule with { Matches = ((FilterRule)FilterDef.Parse(o.ToString()).Entries[0]).Matches };
    }
}
