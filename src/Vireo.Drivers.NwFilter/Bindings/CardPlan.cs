using Vireo.Drivers.NwFilter.Filters;
using Vireo.Drivers.NwFilter.Learning;
using Vireo.Drivers.NwFilter.Rules;
using Vireo.Model.NwFilter;

namespace Vireo.Drivers.NwFilter.Bindings;

/// <summary>What a card's filter comes to: rules, or waiting for the guest's address.</summary>
/// <param name="Apply">Puts it on the card.</param>
/// <param name="Learning">How its address is learned; null: it is not.</param>
sealed record CardPlan(Action<CardFilter> Apply, LearningMode? Learning)
{
    const string Address = "IP", Server = "DHCPSERVER", Mode = "CTRL_IP_LEARNING";

    /// <summary>The plan of a binding.</summary>
    /// <param name="filters">The filters.</param>
    /// <param name="binding">The binding, with the card's hardware address among its parameters.</param>
    /// <param name="learned">Addresses that were learned.</param>
    /// <exception cref="Core.Errors.VireoException">A filter is missing, or a variable has no value or one that does not fit.</exception>
    internal static CardPlan Of(FilterSet filters, FilterBindingDef binding, IReadOnlyList<string> learned)
    {
        FilterDef filter = filters.Find(binding.Filter.Filter) ?? throw NwFilterErrors.Missing(binding.Filter.Filter);
        Dictionary<string, IReadOnlyList<string>> values = binding.Filter.Parameters.GroupBy(static p => p.Name, StringComparer.Ordinal)
            .ToDictionary(static g => g.Key, static g => (IReadOnlyList<string>)[.. g.Select(static p => p.Value)], StringComparer.Ordinal);
        LearningMode mode = ModeOf(filter.Name, values.GetValueOrDefault(Mode)?[0]);
        bool learns = !values.ContainsKey(Address) && mode is not LearningMode.None;
        if (learns && learned.Count > 0)
            values[Address] = learned;
        IReadOnlyList<PlannedRule> rules = FilterPlan.Of(filter, new FilterVariables(values), filters.Find, out IReadOnlyList<string> missing);
        if (missing.Count == 0)
            return new CardPlan(card => card.Apply(rules), learns && learned.Count > 0 && mode is LearningMode.Dhcp ? mode : null);
        if (!learns || missing is not [Address])
            throw FilterPlan.Unresolved(missing);
        string mac = binding.Mac.ToString();
        IReadOnlyList<string> servers = values.GetValueOrDefault(Server) ?? [];
        return new CardPlan(mode is LearningMode.Dhcp
            ? card => card.ApplyFrames(LearningRules.Asking(mac), LearningRules.Answers(mac, servers))
            : card => card.ApplyFrames(LearningRules.FromAnyPacket(mac), []), mode);
    }

    /// <summary>Addresses of the DHCP servers that a binding trusts; empty: all.</summary>
    internal static IReadOnlyList<string> ServersOf(FilterBindingDef binding) => [.. binding.Filter.Parameters.Where(static p => p.Name == Server).Select(static p => p.Value)];

    static LearningMode ModeOf(string filter, string? value) => value?.ToLowerInvariant() switch
    {
        null or "any" => LearningMode.Any,
        "dhcp" => LearningMode.Dhcp,
        "none" => LearningMode.None,
        _ => throw NwFilterErrors.BadLearning(filter, value),
    };
}
