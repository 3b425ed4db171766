using Vireo.Core.Errors;
using Vireo.Drivers.NwFilter.Rules;

namespace Vireo.Drivers.NwFilter.Tables;

/// <summary>The three tables that guests' rules are in, as one thing that is changed by commands and given to the kernel when all are said.</summary>
sealed class HostTables : IPacketFilter
{
    /// <summary>A table: its program, its name, what stands behind the name of a new chain, and its chains.</summary>
    internal sealed record One(string Program, string Table, string Policy, PacketTable Chains);

    static readonly One[] none = [new("ebtables", "nat", "ACCEPT", PacketTable.Empty), new("iptables", "filter", "- [0:0]", PacketTable.Empty), new("ip6tables", "filter", "- [0:0]", PacketTable.Empty)];

    readonly One[] all;

    HostTables(IEnumerable<One> tables) => all = [.. tables];

    internal static HostTables Empty => new(none);

    internal IReadOnlyList<One> All => all;

    internal HostTables Copy() => new(all);

    /// <summary>Takes over what a program saved.</summary>
    internal void Read(string program, string saved) => Set(program, one => one with { Chains = TableText.Read(saved, one.Table) });

    void Set(string program, Func<One, One> change)
    {
        int at = Array.FindIndex(all, one => one.Program == program);
        all[at] = change(all[at]);
    }

    /// <inheritdoc/>
    public string Run(IReadOnlyList<string> command, bool mayFail)
    {
        ArgumentNullException.ThrowIfNull(command);
        string[] words = [.. command.Skip(1).SkipWhile(static word => word is "--concurrent" or "-w" or "-t" or "nat")];
        PacketTable chains = all.First(one => one.Program == command[0]).Chains;
        if (words is ["-L", var chain])
            return string.Join('\n', chains.Chains.GetValueOrDefault(chain, []).Select(static rule => string.Join(' ', rule.Words)));
        if (chains.After(words) is { } after)
            Set(command[0], one => one with { Chains = after });
        else if (!mayFail)
            throw VireoException.Internal(ErrorDomain.Nwfilter, $"the packet filter cannot do: {string.Join(' ', command)}");
        return "";
    }
}
