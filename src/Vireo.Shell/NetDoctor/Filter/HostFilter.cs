using System.Text.RegularExpressions;

namespace Vireo.Shell.NetDoctor.Filter;

/// <summary>All rules of the host, whoever made them.</summary>
/// <param name="Chains">The chains.</param>
/// <param name="Unseen">What could not be looked at, in words.</param>
sealed partial record HostFilter(IReadOnlyList<FilterChain> Chains, IReadOnlyList<string> Unseen)
{
    /// <summary>Asks iptables of both kinds, and nft.</summary>
    public static async Task<HostFilter> ReadAsync(HostTools host)
    {
        var chains = new List<FilterChain>();
        var unseen = new List<string>();
        var own = new HashSet<string>(StringComparer.Ordinal);
        bool any = false;
        foreach (bool six in (bool[])[false, true])
        {
            string program = six ? "ip6tables" : "iptables";
            if (await host.RunAsync(program + "-save") is { } saved)
            {
                any = true;
                chains.AddRange(SavedRules.Parse(saved, six, program));
                foreach (Match table in TableLine().Matches(saved))
                    own.Add($"{(six ? "ip6" : "ip")} {table.Groups[1].Value}");
            }
            // Where today's iptables keeps its rules in nftables, those of the old kind are seen by its own program only.
            if (await host.RunAsync(program + "-legacy-save") is { } old && old.Contains("\n-A", StringComparison.Ordinal) && !SameTables(chains, old, six, program))
                chains.AddRange(SavedRules.Parse(old, six, program + "-legacy"));
        }
        if (await host.RunAsync("nft", "-j", "list", "ruleset") is { } listed)
            chains.AddRange(NftRules.Parse(listed, (family, table) => own.Contains($"{family} {table}")));
        else
            unseen.Add("nft is not installed or refuses: rules of nftables' own are not seen");
        if (!any)
            unseen.Add("iptables-save is not installed or refuses: its rules are not seen");
        return new HostFilter(chains, unseen);
    }

    // A host whose iptables is the old kind shows the same rules by both programs.
    static bool SameTables(List<FilterChain> chains, string old, bool isIpv6, string program) =>
        SavedRules.Parse(old, isIpv6, program).All(one => chains.Exists(other => other.Table == one.Table && other.Name == one.Name && other.IsIpv6 == isIpv6
            && other.Rules.Select(static rule => rule.Text).SequenceEqual(one.Rules.Select(static rule => rule.Text))));

    /// <summary>Whose rule it is that drops a packet.</summary>
    public string OwnerOf(FilterPlace place)
    {
        string name = place.Chain.Name, table = place.Chain.Table;
        if (Known(name) is { } known)
            return known;
        if (table.EndsWith(" firewalld", StringComparison.Ordinal))
            return "firewalld";
        // Docker sets the policy of a chain that is everybody's.
        if (place.Rule is null && name is "FORWARD" && Chains.Any(static one => one.Name.StartsWith("DOCKER", StringComparison.Ordinal)))
            return "Docker";
        return place.Rule is null && Chains.Any(static one => one.Name.StartsWith("ufw-", StringComparison.Ordinal)) ? "ufw" : "the host's administrator";
    }

    static string? Known(string chain) => chain switch
    {
        _ when chain.StartsWith("DOCKER", StringComparison.Ordinal) => "Docker",
        _ when chain.StartsWith("ufw", StringComparison.Ordinal) => "ufw",
        _ when chain.StartsWith("KUBE-", StringComparison.Ordinal) => "Kubernetes",
        _ when chain.StartsWith("CNI-", StringComparison.Ordinal) => "a network plug-in of containers",
        _ when chain.StartsWith("f2b-", StringComparison.Ordinal) => "fail2ban",
        _ when chain.StartsWith("LIBVIRT_", StringComparison.Ordinal) => "the network's own rules",
        _ => null,
    };

    /// <summary>What lets packets of a bridge pass there.</summary>
    public static string RemedyFor(string owner, FilterPlace place, string bridge) => owner switch
    {
        "Docker" => $"iptables -I DOCKER-USER -i {bridge} -j ACCEPT; iptables -I DOCKER-USER -o {bridge} -j ACCEPT",
        "ufw" => $"ufw route allow in on {bridge}; ufw route allow out on {bridge}; ufw allow in on {bridge}",
        "firewalld" => $"firewall-cmd --zone=libvirt --change-interface={bridge}, or a policy that lets that zone out",
        "the network's own rules" => "systemctl reload vireod puts them in again, whole",
        _ => $"a rule before it that accepts what comes in by {bridge} and what goes out by it{(place.Rule is null ? "" : "; or delete it")}",
    };

    [GeneratedRegex(@"^\*(\w+)$", RegexOptions.Multiline)]
    private static partial Regex TableLine();
}
