using System.Collections.Immutable;

namespace Vireo.Drivers.NwFilter.Tables;

/// <summary>A rule in a chain, in the words of its program.</summary>
/// <param name="Words">What matches, and what becomes of it.</param>
sealed record TableRule(ImmutableArray<string> Words)
{
    /// <summary>The same for rules that differ only in the order of their words: programs list options in an order of their own.</summary>
    internal string Key { get; } = string.Join('\n', Words.Order(StringComparer.Ordinal));

    /// <summary>The chain that it leads to, if it leads to one.</summary>
    internal string? Target => Words is [.., "-j" or "-g", var target] ? target : null;

    /// <summary>The rule with another chain to lead to.</summary>
    internal TableRule Leading(string to) => new(Words.SetItem(Words.Length - 1, to));
}

/// <summary>The chains of one table of the host's packet filter, each with its rules in order.</summary>
/// <param name="Chains">By name.</param>
sealed record PacketTable(ImmutableSortedDictionary<string, ImmutableList<TableRule>> Chains)
{
    // All guests' rules hang in these; whoever else is on this host may use them too.
    static readonly string[] shared = ["libvirt-in", "libvirt-out", "libvirt-in-post", "libvirt-host-in"];

    static readonly string[] kernels = ["PREROUTING", "POSTROUTING", "INPUT", "FORWARD", "OUTPUT"];

    internal static PacketTable Empty { get; } = new(ImmutableSortedDictionary.CreateRange(
        StringComparer.Ordinal, kernels.Select(static name => KeyValuePair.Create(name, ImmutableList<TableRule>.Empty))));

    /// <summary>A chain that is not one card's alone: rules of it come and go one by one.</summary>
    internal static bool IsShared(string chain) => kernels.Contains(chain) || shared.Contains(chain);

    internal bool IsUsed(string chain) => Chains.Values.Any(rules => rules.Any(rule => rule.Target == chain));

    /// <summary>Changes the table as a command of the packet filter's programs would.</summary>
    /// <param name="command">A verb and what follows it: <c>-A CHAIN WORDS</c>.</param>
    /// <returns>The table after it; null: the program would refuse.</returns>
    internal PacketTable? After(IReadOnlyList<string> command)
    {
        string chain = command[1];
        ImmutableList<TableRule>? rules = Chains.GetValueOrDefault(chain);
        switch (command[0])
        {
            case "-N":
                return rules is null ? With(chain, []) : null;
            case "-F":
                return rules is null ? null : With(chain, []);
            case "-X":
                return rules is { IsEmpty: true } && !kernels.Contains(chain) && !IsUsed(chain) ? new PacketTable(Chains.Remove(chain)) : null;
            case "-E":
                return rules is null || Chains.ContainsKey(command[2]) ? null : Renamed(chain, command[2], rules);
            case "-A":
                return rules is null ? null : With(chain, rules.Add(new TableRule([.. command.Skip(2)])));
            case "-I":
                int place = int.Parse(command[2], System.Globalization.CultureInfo.InvariantCulture) - 1;
                return rules is null || place > rules.Count ? null : With(chain, rules.Insert(place, new TableRule([.. command.Skip(3)])));
            case "-D":
                string key = new TableRule([.. command.Skip(2)]).Key;
                int at = rules?.FindIndex(rule => rule.Key == key) ?? -1;
                return at < 0 ? null : With(chain, rules!.RemoveAt(at));
            default:
                throw new ArgumentException($"not known: {command[0]}");
        }
    }

    PacketTable With(string chain, ImmutableList<TableRule> rules) => new(Chains.SetItem(chain, rules));

    // Rules lead to the chain, not to its name.
    PacketTable Renamed(string from, string to, ImmutableList<TableRule> rules)
    {
        var all = Chains.Remove(from).SetItem(to, rules);
        foreach (var (name, others) in all)
            if (others.Exists(rule => rule.Target == from))
                all = all.SetItem(name, others.ConvertAll(rule => rule.Target == from ? rule.Leading(to) : rule));
        return new PacketTable(all);
    }
}
