using Vireo.Core;
using Vireo.Model.Network;
using static Vireo.Drivers.Network.Firewall.FirewallLayer;

namespace Vireo.Drivers.Network.Firewall;

/// <summary>
/// What the host's packet filter lets pass for a network, and whose addresses it replaces. Rules are inserted at the head of their chains, so the last of
/// this list is looked at first.
/// </summary>
public static class NetworkFirewall
{
    /// <summary>Ports that NAT may use, where the network's owner names none: those that need no privilege.</summary>
    const string UsualPorts = "1024-65535";

    /// <summary>The rules in the order they are inserted; they are taken away in the reverse.</summary>
    /// <param name="network">A network in normal form.</param>
    /// <param name="bridge">Its bridge.</param>
    public static IReadOnlyList<FirewallRule> Rules(NetworkDef network, string bridge)
    {
        ForwardMode? mode = network.Forward is { } forward ? forward.Mode ?? ForwardMode.Nat : null;
        if (mode is not (null or ForwardMode.Nat or ForwardMode.Route))
            return [];
        var rules = new List<FirewallRule>();
        Services(rules, network, bridge);
        Fence(rules, Ipv4, bridge);
        if (network.Ipv6 == true || network.Ips.Any(static ip => ip.Address.IsIpv6))
            Fence(rules, Ipv6, bridge);
        if (network.Ips.Any(static ip => ip.Address.IsIpv6))
            Ipv6Services(rules, bridge);
        if (mode is not null)
            foreach (NetworkIp ip in network.Ips)
                if (ip.PrefixLength is { } prefix)
                    Forward(rules, network.Forward!, $"{ip.Address.Network(prefix)}/{prefix}", ip.Address.IsIpv6, bridge);
        // Answers of DHCP through a bridge have no checksum yet, which old clients mind.
        if (network.Ips.Any(static ip => !ip.Address.IsIpv6 && ip.Dhcp is { } dhcp && !(dhcp.Ranges.IsEmpty && dhcp.Hosts.IsEmpty)))
            rules.Add(new FirewallRule(Ipv4, "mangle", FirewallChains.Postrouting,
                ["--out-interface", bridge, "--protocol", "udp", "--destination-port", "68", "--jump", "CHECKSUM", "--checksum-fill"]));
        return rules;
    }

    /// <summary>What the host itself offers to guests.</summary>
    static void Services(List<FirewallRule> rules, NetworkDef network, string bridge)
    {
        Accept(rules, Ipv4, FirewallChains.Input, bridge, 67, "tcp", "udp");
        Accept(rules, Ipv4, FirewallChains.Output, bridge, 68, "tcp", "udp");
        Names(rules, Ipv4, bridge);
        if (network.Ips.Any(static ip => !ip.Address.IsIpv6 && ip.TftpRoot is not null))
        {
            Accept(rules, Ipv4, FirewallChains.Input, bridge, 69, "udp");
            Accept(rules, Ipv4, FirewallChains.Output, bridge, 69, "udp");
        }
    }

    static void Ipv6Services(List<FirewallRule> rules, string bridge)
    {
        Names(rules, Ipv6, bridge);
        Accept(rules, Ipv6, FirewallChains.Input, bridge, 547, "udp");
        Accept(rules, Ipv6, FirewallChains.Output, bridge, 546, "udp");
    }

    static void Names(List<FirewallRule> rules, FirewallLayer layer, string bridge)
    {
        Accept(rules, layer, FirewallChains.Input, bridge, 53, "tcp", "udp");
        Accept(rules, layer, FirewallChains.Output, bridge, 53, "tcp", "udp");
    }

    static void Accept(List<FirewallRule> rules, FirewallLayer layer, string chain, string bridge, int port, params ReadOnlySpan<string> protocols)
    {
        foreach (string protocol in protocols)
            rules.Add(new FirewallRule(layer, "filter", chain,
            [
                chain == FirewallChains.Input ? "--in-interface" : "--out-interface", bridge, "--protocol", protocol, "--destination-port", $"{port}", "--jump", "ACCEPT",
            ]));
    }

    /// <summary>Nothing goes in or out but what later rules let pass; guests reach each other.</summary>
    static void Fence(List<FirewallRule> rules, FirewallLayer layer, string bridge)
    {
        rules.Add(new FirewallRule(layer, "filter", FirewallChains.Outward, ["--in-interface", bridge, "--jump", "REJECT"]));
        rules.Add(new FirewallRule(layer, "filter", FirewallChains.Inward, ["--out-interface", bridge, "--jump", "REJECT"]));
        rules.Add(new FirewallRule(layer, "filter", FirewallChains.Across, ["--in-interface", bridge, "--out-interface", bridge, "--jump", "ACCEPT"]));
    }

    static void Forward(List<FirewallRule> rules, NetworkForward forward, string subnet, bool isIpv6, string bridge)
    {
        FirewallLayer layer = isIpv6 ? Ipv6 : Ipv4;
        bool translates = (forward.Mode ?? ForwardMode.Nat) == ForwardMode.Nat && (!isIpv6 || forward.Nat?.Ipv6 == true);
        string[] outBy = forward.Device is { } device ? ["--out-interface", device] : [], inBy = forward.Device is null ? [] : ["--in-interface", forward.Device];
        rules.Add(new FirewallRule(layer, "filter", FirewallChains.Outward, ["--source", subnet, "--in-interface", bridge, .. outBy, "--jump", "ACCEPT"]));
        string[] answers = translates ? ["--match", "conntrack", "--ctstate", "ESTABLISHED,RELATED"] : [];
        rules.Add(new FirewallRule(layer, "filter", FirewallChains.Inward, ["--destination", subnet, .. inBy, "--out-interface", bridge, .. answers, "--jump", "ACCEPT"]));
        if (!translates)
            return;
        foreach (string? protocol in (string?[])[null, "udp", "tcp"])
            rules.Add(Translate(forward, layer, subnet, protocol, outBy));
        // What goes to all or to a group stays as it is: nobody could answer it otherwise.
        foreach (string group in isIpv6 ? (string[])["ff02::/16"] : ["255.255.255.255/32", "224.0.0.0/24"])
            rules.Add(new FirewallRule(layer, "nat", FirewallChains.Postrouting, [.. outBy, "--source", subnet, "--destination", group, "--jump", "RETURN"]));
    }

    static FirewallRule Translate(NetworkForward forward, FirewallLayer layer, string subnet, string? protocol, string[] outBy)
    {
        string ports = forward.Nat?.Port is { } wanted ? $"{wanted.Start}-{wanted.End}" : UsualPorts;
        string[] target = forward.Nat?.Address is { } addresses && layer == Ipv4
            ? ["SNAT", "--to-source", $"{addresses.Start}-{addresses.End}{(protocol is null ? "" : $":{ports}")}"]
            : ["MASQUERADE", .. protocol is null ? [] : new[] { "--to-ports", ports }];
        return new FirewallRule(layer, "nat", FirewallChains.Postrouting,
        [
            "--source", subnet, .. protocol is null ? [] : new[] { "-p", protocol }, "!", "--destination", subnet, .. outBy, "--jump", .. target,
        ]);
    }
}
