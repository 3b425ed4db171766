using System.Buffers;
using Vireo.Core.Errors;
using Vireo.Model.NwFilter;

namespace Vireo.Model.Rules;

/// <summary>What must hold of every network filter.</summary>
public sealed class FilterRules : IRules<FilterDef, FilterDef>
{
    const int LongestChain = 12;
    static readonly SearchValues<char> ChainChars = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-:.");

    /// <summary>Runs every rule.</summary>
    public static Findings Check(FilterDef filter)
    {
        var found = new Findings(ErrorDomain.Nwfilter);
        Check(filter, filter, found);
        return found;
    }

    /// <inheritdoc/>
    public static void Check(FilterDef element, FilterDef document, Findings found)
    {
        if (element.Chain is { } chain && chain != "root")
            CheckChain(chain, element, found);
        if (element is { Chain: not (null or "root"), Priority: < -1000 or > 1000 })
            found.Add(element, ErrorCode.InvalidArg, $"Priority '{element.Priority}' is outside valid range of [-1000,1000]");
        foreach (FilterEntry entry in element.Entries)
            if (entry is FilterRule rule)
                FilterRuleRules.Check(rule, document, found);
    }

    static void CheckChain(string chain, FilterDef filter, Findings found)
    {
        if (!FilterDefaults.Chains.Skip(1).Any(known => chain.StartsWith(known.Prefix, StringComparison.Ordinal)))
            found.Add(filter, ErrorCode.InvalidArg,
                $"Invalid chain name '{chain}'. Please use a chain name called 'root' or any of the following prefixes: {string.Join(", ", FilterDefaults.Chains.Skip(1).Select(known => known.Prefix))}");
        else if (chain.Length > LongestChain)
            found.Add(filter, ErrorCode.InvalidArg, $"Name of chain is longer than {LongestChain} characters");
        else if (chain.AsSpan().ContainsAnyExcept(ChainChars))
            found.Add(filter, ErrorCode.InvalidArg, "Chain name contains invalid characters");
    }
}

/// <summary>Rules of network filters.</summary>
public sealed class FilterRuleRules : IRules<FilterRule, FilterDef>
{
    /// <inheritdoc/>
    public static void Check(FilterRule element, FilterDef document, Findings found)
    {
        bool ports = false, carries = false;
        foreach (ProtocolMatch match in element.Matches)
        {
            if (match is not IPortMatch with)
                return;
            ports |= with.HasPorts;
            if (with.Protocol is { } protocol)
                carries = protocol.Value is { HasPorts: true };
        }
        if (ports && !carries)
            found.Add(element, ErrorCode.InternalError,
                $"{(element.Matches[0] is IpMatch ? "IP" : "IPv6")} rule with port specification requires protocol specification with protocol to be either one of tcp(6), udp(17), dccp(33), or sctp(132)");
    }
}
