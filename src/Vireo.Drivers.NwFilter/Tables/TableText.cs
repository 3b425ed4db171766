using System.Collections.Immutable;
using System.Text;
using Vireo.Core.Errors;

namespace Vireo.Drivers.NwFilter.Tables;

/// <summary>What the programs <c>*-save</c> write and <c>*-restore</c> read.</summary>
static class TableText
{
    /// <summary>The text that makes one table of another, for a program that leaves alone what the text does not name; null: nothing is to be done.</summary>
    /// <param name="table">The table's name.</param>
    /// <param name="policy">What stands behind the name of a new chain.</param>
    /// <param name="before">As the kernel has it.</param>
    /// <param name="after">As it shall be.</param>
    internal static string? Change(string table, string policy, PacketTable before, PacketTable after)
    {
        var text = new StringBuilder();
        var changed = after.Chains.Where(chain => !PacketTable.IsShared(chain.Key) && !Same(before.Chains.GetValueOrDefault(chain.Key), chain.Value)).ToList();
        string[] gone = [.. before.Chains.Keys.Where(name => !after.Chains.ContainsKey(name))];
        foreach (var (name, _) in changed)
            text.Append(':').Append(name).Append(' ').Append(policy).Append('\n');
        foreach (string name in after.Chains.Keys.Where(name => PacketTable.IsShared(name) && !before.Chains.ContainsKey(name)))
            Line(text, "-N", name);
        foreach (var (name, rules) in before.Chains)
            if (PacketTable.IsShared(name))
                foreach (TableRule rule in Less(rules, after.Chains.GetValueOrDefault(name, [])))
                    Line(text, ["-D", name, .. rule.Words]);
        foreach (string name in gone)
            Line(text, "-F", name);
        foreach (var (name, rules) in changed)
            foreach (TableRule rule in rules)
                Line(text, ["-A", name, .. rule.Words]);
        foreach (var (name, rules) in after.Chains)
            if (PacketTable.IsShared(name))
                AddTo(text, name, before.Chains.GetValueOrDefault(name, []), rules);
        foreach (string name in gone)
            Line(text, "-X", name);
        return text.Length == 0 ? null : $"*{table}\n{text}COMMIT\n";
    }

    static bool Same(ImmutableList<TableRule>? one, ImmutableList<TableRule> other) => one is not null && one.Select(static r => r.Key).SequenceEqual(other.Select(static r => r.Key));

    /// <summary>Rules of the one list that are not in the other, as often as they are there too often.</summary>
    static List<TableRule> Less(ImmutableList<TableRule> rules, ImmutableList<TableRule> others)
    {
        var count = others.GroupBy(static r => r.Key).ToDictionary(static g => g.Key, static g => g.Count());
        return rules.Where(rule => !count.TryGetValue(rule.Key, out int left) || (count[rule.Key] = left - 1) < 0).ToList();
    }

    static void AddTo(StringBuilder text, string chain, ImmutableList<TableRule> before, ImmutableList<TableRule> after)
    {
        var added = Less(after, before);
        for (int i = 0; i < after.Count; i++)
            if (added.Remove(after[i]))
                Line(text, i < after.Count - 1 && after.Skip(i + 1).Any(rule => !added.Contains(rule))
                    ? ["-I", chain, $"{i + 1}", .. after[i].Words] : ["-A", chain, .. after[i].Words]);
    }

    static void Line(StringBuilder text, params IEnumerable<string> words) => text.AppendJoin(' ', words.Select(Quoted)).Append('\n');

    static string Quoted(string word)
    {
        if (word.Any(char.IsControl))
            throw VireoException.Internal(ErrorDomain.Nwfilter, "a rule of the packet filter cannot hold control characters");
        return word.Length > 0 && word.All(static c => char.IsAsciiLetterOrDigit(c) || "-_.,:/!=+@$[]".Contains(c, StringComparison.Ordinal)) ? word
            : $"\"{word.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";
    }

    /// <summary>A table of what was saved.</summary>
    internal static PacketTable Read(string saved, string table)
    {
        var chains = PacketTable.Empty.Chains.ToBuilder();
        bool wanted = false;
        foreach (string line in saved.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (line[0] == '*')
                wanted = line[1..] == table;
            else if (!wanted)
                continue;
            else if (line[0] == ':')
                chains.TryAdd(line[1..].Split(' ')[0], []);
            else if (Words(line) is ["-A", var chain, .. var words])
                chains[chain] = chains.GetValueOrDefault(chain, []).Add(new TableRule([.. words]));
        }
        return new PacketTable(chains.ToImmutable());
    }

    static List<string> Words(string line)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        bool quoted = false, open = false;
        for (int i = 0; i < line.Length; i++)
        {
            char c = line[i];
            if (c == '"')
                (quoted, open) = (!quoted, true);
            else if (quoted && c == '\\' && i + 1 < line.Length)
                word.Append(line[++i]);
            else if (c == ' ' && !quoted)
            {
                if (open || word.Length > 0)
                    words.Add(word.ToString());
                (open, _) = (false, word.Clear());
            }
            else
                word.Append(c);
        }
        if (open || word.Length > 0)
            words.Add(word.ToString());
        return words;
    }
}
