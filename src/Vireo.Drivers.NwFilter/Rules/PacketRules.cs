using Vireo.Model.NwFilter;

namespace Vireo.Drivers.NwFilter.Rules;

/// <summary>
/// Rules for IP packets, in the words of iptables. What a rule lets pass one way comes back as part of a connection; so each rule stands in up to three
/// chains: what the guest sends on (FJ), what it gets (FP), and what it sends to this host (HJ).
/// </summary>
static class PacketRules
{
    /// <summary>A guest's packets that are sent on, those to it, and those to this host.</summary>
    internal const string Outward = "FJ", Inward = "FP", ToHost = "HJ";

    static readonly string[] chains = [Outward, Inward, ToHost];

    /// <summary>What stands in which chain.</summary>
    internal static IEnumerable<(string Chain, IReadOnlyList<string> Words)> Of(RuleMatch rule)
    {
        RuleDirection direction = rule.Rule.Direction;
        bool comesIn = direction is not RuleDirection.Out, both = direction is RuleDirection.InOut;
        bool looksAtState = rule.Rule.StateMatch is null;
        if (looksAtState && rule.Has("state"))
        {
            string[] state = rule["state"] is "NONE" ? [] : ["-m", "conntrack", "--ctstate", rule["state"]!];
            foreach (string chain in chains)
                if ((both || chain is Inward == comesIn) && Words(rule, chain, reverse: chain is Inward ? !comesIn : comesIn, state, withDirection: false) is { } words)
                    yield return (chain, words);
            yield break;
        }
        bool follows = rule.Rule.Action is RuleAction.Accept && !both && looksAtState;
        foreach (string chain in chains)
        {
            bool reverse = chain is Inward ? !comesIn : comesIn;
            string[] state = !follows ? [] : ["-m", "conntrack", "--ctstate", reverse ? "ESTABLISHED" : "NEW,ESTABLISHED"];
            if (Words(rule, chain, reverse, state, withDirection: follows && !rule.Has("type")) is { } words)
                yield return (chain, words);
        }
    }

    // Null: nothing would be left of the rule.
    static List<string>? Words(RuleMatch rule, string chain, bool reverse, string[] state, bool withDirection)
    {
        // A type of ICMP has no answer of the same type.
        if (rule.Has("type") && (reverse || rule.Rule.Direction is RuleDirection.InOut))
            return null;
        string protocol = rule.Protocol.Replace("-ipv6", "", StringComparison.Ordinal);
        var words = new List<string> { "-p", protocol };
        if (rule["srcmacaddr"] is { } mac && !reverse)
            words.AddRange(["-m", "mac", .. rule.Not("srcmacaddr"), "--mac-source", mac]);
        AddEnd(words, rule, "src", reverse ? "destination" : "source");
        AddEnd(words, rule, "dst", reverse ? "source" : "destination");
        if (rule.Number("dscp") is { } dscp)
            words.AddRange(["-m", "dscp", .. rule.Not("dscp"), "--dscp", dscp]);
        if (rule["flags"] is { } flags)
            words.AddRange([.. rule.Not("flags"), "--tcp-flags", .. flags.Split('/')]);
        if (rule.Range("srcportstart", "srcportend") is { } sources)
            words.AddRange([.. rule.Not("srcportstart"), reverse ? "--dport" : "--sport", sources]);
        if (rule.Range("dstportstart", "dstportend") is { } targets)
            words.AddRange([.. rule.Not("dstportstart"), reverse ? "--sport" : "--dport", targets]);
        if (rule.Number("type") is { } type)
            words.AddRange([.. rule.Not("type"), protocol is "icmpv6" ? "--icmpv6-type" : "--icmp-type", rule.Number("code") is { } code ? $"{type}/{code}" : type]);
        if (reverse && (rule.Has("connlimit-above") || rule.Has("srcmacaddr") && words.Count == 2))
            return null;
        if (rule.Number("connlimit-above") is { } limit)
            words.AddRange(["-m", "connlimit", .. rule.Not("connlimit-above"), "--connlimit-above", limit]);
        else
        {
            words.AddRange(state);
            if (withDirection)
                words.AddRange(["-m", "conntrack", "--ctdir", reverse ? "Reply" : "Original"]);
        }
        if (rule["ipset"] is { } set && rule["ipsetflags"] is { } ends)
            words.AddRange(["-m", "set", .. rule.Not("ipset"), "--match-set", set, reverse ? string.Join(',', ends.Split(',').Select(static e => e is "src" ? "dst" : "src")) : ends]);
        if (rule["comment"] is { } comment)
            words.AddRange(["-m", "comment", "--comment", comment.Length > MostOfComment ? comment[..MostOfComment] : comment]);
        words.AddRange(["-j", rule.Rule.Action switch
        {
            RuleAction.Accept => chain is Inward ? "ACCEPT" : "RETURN",
            var action => action.ToXml().ToUpperInvariant(),
        }]);
        return words;
    }

    // The kernel keeps no more of it.
    const int MostOfComment = 256;

    static void AddEnd(List<string> words, RuleMatch rule, string end, string option)
    {
        if (rule.Masked($"{end}ipaddr", $"{end}ipmask") is { } address)
            words.AddRange([.. rule.Not($"{end}ipaddr"), $"--{option}", address]);
        else if (rule[$"{end}ipfrom"] is { } from)
            words.AddRange(["-m", "iprange", .. rule.Not($"{end}ipfrom"), option is "source" ? "--src-range" : "--dst-range", rule[$"{end}ipto"] is { } to ? $"{from}-{to}" : from]);
    }
}
