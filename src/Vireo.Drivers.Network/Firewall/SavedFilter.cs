using Vireo.Model.Network;

namespace Vireo.Drivers.Network.Firewall;

/// <summary>The packet filter as it was at one moment.</summary>
/// <param name="tables">The rules of tables, by family; a family that cannot be asked is not there.</param>
public sealed class SavedFilter(IReadOnlyDictionary<FirewallLayer, IReadOnlyDictionary<string, string>> tables)
{
    /// <summary>
    /// Whether rules of a network are there, and the chains that they stand in. iptables tells rules in its own words, so they are counted: those in our chains that name the
    /// network's bridge or one of its subnets.
    /// </summary>
    public bool Has(NetworkDef network, IReadOnlyList<FirewallRule> rules)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(rules);
        string[] names =
        [
            network.Bridge?.Name ?? "",
            .. network.Ips.ToList().Where(static ip => ip.PrefixLength is not null).Select(static ip => $"{ip.Address.Network(ip.PrefixLength!.Value)}/{ip.PrefixLength}"),
        ];
        foreach (var (layer, saved) in tables)
        {
            if (rules.Any(rule => rule.Layer == layer) && FirewallChains.Make(layer, saved).Any())
                return false;
            foreach (var wanted in rules.Where(rule => rule.Layer == layer).GroupBy(static rule => (rule.Table, rule.Chain)))
                if (saved.GetValueOrDefault(wanted.Key.Table, "").Split('\n').Count(line => IsOf(line, wanted.Key.Chain, names)) < wanted.Count())
                    return false;
        }
        return true;
    }

    static bool IsOf(string line, string chain, string[] names) =>
        line.StartsWith($"-A {chain} ", StringComparison.Ordinal) && line.Split(' ') is var words && names.Any(words.Contains);
}
