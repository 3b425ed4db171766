using Vireo.Core.Errors;
using Vireo.Model.NwFilter;

namespace Vireo.Drivers.NwFilter.Rules;

/// <summary>A rule as it is put on a card: without variables, and with the chain that its filter stands in.</summary>
/// <param name="Chain">The filter's chain: "root" or a protocol's.</param>
/// <param name="ChainPriority">Chains of lower priority are entered first.</param>
/// <param name="Rule">The rule.</param>
public sealed record PlannedRule(string Chain, int ChainPriority, FilterRule Rule)
{
    /// <summary>The chain that every frame goes through.</summary>
    public bool IsInRoot => Chain == "root";

    /// <summary>Lower is looked at first.</summary>
    public int Priority => (Rule.Priority ?? RulePriority.Default).Value;
}

/// <summary>Filters with those that they refer to, as rules in the order in which the kernel shall look at them.</summary>
public static class FilterPlan
{
    const int Deepest = 50;

    /// <summary>The rules of a filter.</summary>
    /// <param name="filter">The filter, in normal form.</param>
    /// <param name="variables">What its variables stand for.</param>
    /// <param name="find">Finds a filter that is referred to; null: there is none.</param>
    /// <exception cref="VireoException">VIR_ERR_INTERNAL_ERROR: a variable without value, values that do not fit, a filter that is not there or refers to itself.</exception>
    public static IReadOnlyList<PlannedRule> Of(FilterDef filter, FilterVariables variables, Func<string, FilterDef?> find)
    {
        IReadOnlyList<PlannedRule> rules = Of(filter, variables, find, out IReadOnlyList<string> missing);
        return missing.Count == 0 ? rules : throw Unresolved(missing);
    }

    /// <summary>That variables have no value.</summary>
    public static VireoException Unresolved(IEnumerable<string> missing) =>
        VireoException.Internal(ErrorDomain.Nwfilter, $"Cannot instantiate filter due to unresolvable variables or unavailable list elements: {string.Join(", ", missing)}");

    /// <summary>The rules of a filter that can be said.</summary>
    /// <param name="filter">The filter, in normal form.</param>
    /// <param name="variables">What its variables stand for.</param>
    /// <param name="find">Finds a filter that is referred to; null: there is none.</param>
    /// <param name="missing">Variables without a value, each once; rules with them are left out.</param>
    /// <exception cref="VireoException">VIR_ERR_INTERNAL_ERROR: values that do not fit, a filter that is not there or refers to itself.</exception>
    public static IReadOnlyList<PlannedRule> Of(FilterDef filter, FilterVariables variables, Func<string, FilterDef?> find, out IReadOnlyList<string> missing)
    {
        var all = new List<PlannedRule>();
        var without = new List<string>();
        Add(filter, variables, 0);
        missing = [.. without.Distinct()];
        // Chains hang in the root, so what the root does is said first.
        return [.. all.OrderBy(static r => !r.IsInRoot).ThenBy(static r => r.Priority)];

        void Add(FilterDef one, FilterVariables known, int depth)
        {
            if (depth > Deepest)
                throw VireoException.Internal(ErrorDomain.Nwfilter, $"filter '{one.Name}' refers to itself");
            foreach (FilterEntry entry in one.Entries)
            {
                if (entry is FilterInclude { Filter: { } reference })
                {
                    FilterDef other = find(reference.Filter) ?? throw VireoException.Internal(ErrorDomain.Nwfilter, $"referenced filter '{reference.Filter}' is missing");
                    Add(other, known.Under(reference), depth + 1);
                }
                else if (entry is FilterRule rule)
                {
                    string[] unresolved = [.. known.Unresolved(rule)];
                    without.AddRange(unresolved);
                    if (unresolved.Length == 0)
                        all.AddRange(known.Instances(rule).Select(instance => new PlannedRule(one.Chain ?? "root", one.Priority ?? 0, instance)));
                }
            }
        }
    }
}
