using System.Globalization;
using Vireo.Core.Xml;
using Vireo.Model.NwFilter;

namespace Vireo.Drivers.NwFilter.Rules;

/// <summary>What packets of a rule must look like, by the names of the document's attributes. Variables have been replaced before.</summary>
sealed class RuleMatch
{
    readonly Dictionary<string, string> values = new(StringComparer.Ordinal);
    readonly HashSet<string> negated = new(StringComparer.Ordinal);

    internal RuleMatch(FilterRule rule)
    {
        Rule = rule;
        if (rule.Matches.IsEmpty)
            return;
        IOverlay whole = Merged(rule);
        Protocol = whole.XmlName;
        foreach (var (name, value) in Attributes(whole))
            values[name] = value;
        foreach (ProtocolMatch match in rule.Matches)
            foreach (var (name, _) in Attributes((IOverlay)match))
            {
                if (match.Match == "no")
                    negated.Add(name);
                else
                    negated.Remove(name);
            }
    }

    /// <summary>The rule.</summary>
    internal FilterRule Rule { get; }

    /// <summary>The element's name; empty: every packet matches.</summary>
    internal string Protocol { get; } = "";

    /// <summary>The kernel's filter for packets sees it, not the one for bridged frames.</summary>
    internal bool IsOfPackets => Protocol is "tcp" or "udp" or "sctp" or "icmp" or "igmp" or "all" or "esp" or "ah" or "udplite" || IsOfIpv6Packets;

    /// <summary>It is about IPv6.</summary>
    internal bool IsOfIpv6Packets => Protocol is "icmpv6" || Protocol.EndsWith("-ipv6", StringComparison.Ordinal);

    internal bool Has(string attribute) => values.ContainsKey(attribute);

    internal string? this[string attribute] => values.GetValueOrDefault(attribute);

    /// <summary>"!" for what must not be so.</summary>
    internal string[] Not(string attribute) => negated.Contains(attribute) ? ["!"] : [];

    /// <summary>A number, in decimal.</summary>
    internal string? Number(string attribute) =>
        this[attribute] is not { } text ? null : FilterNumber<FilterLimits.Long>.TryParse(text, out var number) ? number.Value.ToString(CultureInfo.InvariantCulture) : text;

    /// <summary>One number or, with the second attribute, those from it to another: "1:2".</summary>
    internal string? Range(string from, string to) => Number(from) is not { } first ? null : Number(to) is { } last ? $"{first}:{last}" : first;

    /// <summary>An address with its mask, if there is one.</summary>
    internal string? Masked(string address, string mask) => this[address] is not { } value ? null : this[mask] is { } bits ? $"{value}/{bits}" : value;

    /// <summary>All elements of the rule as one: each attribute as it was written last.</summary>
    internal static IOverlay Merged(FilterRule rule)
    {
        var whole = (IOverlay)rule.Matches[0];
        foreach (ProtocolMatch match in rule.Matches.Skip(1))
            whole = ((IOverlay)match).Over(whole);
        return whole;
    }

    internal static IReadOnlyList<(string Name, string Value)> Attributes(IOverlay match) => new XmlOutput(new XmlOutputOptions()).AttributesOf(match.WriteAttributes);
}
