namespace Vireo.Drivers.Network.Firewall;

/// <summary>
/// libvirt's own chains. All rules of networks stand in them, so that they are found, renewed and taken away without touching anybody else's.
/// </summary>
public static class FirewallChains
{
    /// <summary>Packets to this host.</summary>
    public const string Input = "LIBVIRT_INP";

    /// <summary>Packets of this host.</summary>
    public const string Output = "LIBVIRT_OUT";

    /// <summary>Packets that leave a network.</summary>
    public const string Outward = "LIBVIRT_FWO";

    /// <summary>Packets that come into a network.</summary>
    public const string Inward = "LIBVIRT_FWI";

    /// <summary>Packets between guests of a network.</summary>
    public const string Across = "LIBVIRT_FWX";

    /// <summary>Packets about to go out, in the tables <c>nat</c> and <c>mangle</c>.</summary>
    public const string Postrouting = "LIBVIRT_PRT";

    static readonly (string Table, string Parent, string Chain)[] all =
    [
        ("filter", "INPUT", Input), ("filter", "OUTPUT", Output), ("filter", "FORWARD", Outward), ("filter", "FORWARD", Inward), ("filter", "FORWARD", Across),
        ("nat", "POSTROUTING", Postrouting), ("mangle", "POSTROUTING", Postrouting),
    ];

    /// <summary>The commands whose answers tell which chains are there.</summary>
    public static IEnumerable<IReadOnlyList<string>> Ask(FirewallLayer layer) =>
        all.Select(static one => one.Table).Distinct().Select(table => (IReadOnlyList<string>)[.. IptablesCommands.Start(layer, table), "--list-rules"]);

    /// <summary>The commands that make what is missing.</summary>
    /// <param name="layer">Whose packets.</param>
    /// <param name="rules">What <see cref="Ask"/> answered: the rules of a table, by its name.</param>
    public static IEnumerable<IReadOnlyList<string>> Make(FirewallLayer layer, IReadOnlyDictionary<string, string> rules)
    {
        foreach ((string table, string parent, string chain) in all)
        {
            string[] there = rules.GetValueOrDefault(table, "").Split('\n', StringSplitOptions.TrimEntries);
            if (!there.Contains($"-N {chain}"))
                yield return [.. IptablesCommands.Start(layer, table), "--new-chain", chain];
            if (!there.Contains($"-A {parent} -j {chain}"))
                yield return [.. IptablesCommands.Start(layer, table), "--insert", parent, "--jump", chain];
        }
    }
}
