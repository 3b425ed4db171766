using Vireo.Core;

namespace Vireo.Model.NwFilter;

/// <summary>What libvirt implies where a filter's document says nothing. The uuid is the driver's.</summary>
public static class FilterDefaults
{
    /// <summary>Protocols that chains are named after, with the priority of such chains.</summary>
    internal static readonly (string Prefix, int Priority)[] Chains =
    [
        ("root", 0), ("mac", -800), ("vlan", -750), ("stp", 0), ("arp", -500), ("rarp", -400), ("ipv4", -700), ("ipv6", -600),
    ];

    /// <summary>The filter in normal form: as libvirt writes it back.</summary>
    public static FilterDef Fill(FilterDef filter)
    {
        string chain = filter.Chain ?? "root";
        int priority = chain == "root" ? 0 : filter.Priority ?? Chains.First(known => chain.StartsWith(known.Prefix, StringComparison.Ordinal)).Priority;
        return filter with
        {
            Chain = chain,
            Priority = priority == 0 ? null : priority,
            Entries = filter.Entries.Map(entry => entry is FilterRule rule ? rule with { Priority = rule.Priority ?? RulePriority.Default } : entry),
        };
    }
}
