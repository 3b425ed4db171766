namespace Vireo.Drivers.Network.Firewall;

/// <summary>Which packets a rule sees.</summary>
public enum FirewallLayer { Ipv4, Ipv6, Ethernet }

/// <summary>A rule of the kernel's packet filter, in the words of iptables.</summary>
/// <param name="Layer">Whose packets.</param>
/// <param name="Table"><c>filter</c>, <c>nat</c> or <c>mangle</c>.</param>
/// <param name="Chain">The chain it stands in.</param>
/// <param name="Words">What it matches, and what becomes of it.</param>
public sealed record FirewallRule(FirewallLayer Layer, string Table, string Chain, IReadOnlyList<string> Words)
{
    /// <summary>The program and its arguments that put the rule first in its chain.</summary>
    public IReadOnlyList<string> Insert() => Command("--insert");

    /// <summary>The program and its arguments that take the rule away.</summary>
    public IReadOnlyList<string> Delete() => Command("--delete");

    IReadOnlyList<string> Command(string verb) => [.. IptablesCommands.Start(Layer, Table), verb, Chain, .. Words];
}

/// <summary>How iptables is called.</summary>
static class IptablesCommands
{
    /// <summary>Program, waiting for the lock of others, and table.</summary>
    internal static string[] Start(FirewallLayer layer, string table) => layer switch
    {
        FirewallLayer.Ethernet => ["ebtables", "--concurrent", "-t", table],
        _ => [layer == FirewallLayer.Ipv6 ? "ip6tables" : "iptables", "-w", "--table", table],
    };
}
