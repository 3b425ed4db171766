using System.Text;

namespace Vireo.Drivers.Network.Firewall;

/// <summary>Commands of iptables as one text for iptables-restore, which the kernel takes a table at a time, whole or not at all.</summary>
static class FirewallText
{
    /// <summary>The text.</summary>
    /// <param name="commands">Commands of one family, as a shell would run them: program, options, <c>--table TABLE</c>, and what to do.</param>
    public static string Of(IEnumerable<IReadOnlyList<string>> commands)
    {
        var tables = new Dictionary<string, StringBuilder>(StringComparer.Ordinal);
        foreach (IReadOnlyList<string> command in commands)
        {
            int at = IndexOf(command, "--table");
            string table = command[at + 1];
            if (!tables.TryGetValue(table, out StringBuilder? text))
                tables[table] = text = new StringBuilder().Append('*').Append(table).Append('\n');
            text.AppendJoin(' ', command.Skip(at + 2)).Append('\n');
        }
        var all = new StringBuilder();
        foreach (StringBuilder text in tables.Values)
            all.Append(text).Append("COMMIT\n");
        return all.ToString();
    }

    /// <summary>What iptables-save says, as <c>--list-rules</c> of each table would: chains that are not the kernel's are <c>-N NAME</c>.</summary>
    public static Dictionary<string, string> Tables(string saved)
    {
        var tables = new Dictionary<string, string>(StringComparer.Ordinal);
        string table = "";
        var rules = new StringBuilder();
        foreach (string line in saved.Split('\n', StringSplitOptions.TrimEntries))
        {
            if (line.StartsWith('*'))
                (table, _) = (line[1..], rules.Clear());
            else if (line is "COMMIT")
                tables[table] = rules.ToString();
            else if (line.StartsWith(':') && line.Split(' ') is [var chain, "-", ..])
                rules.Append("-N ").Append(chain.AsSpan(1)).Append('\n');
            else if (line.StartsWith("-A", StringComparison.Ordinal))
                rules.Append(line).Append('\n');
        }
        return tables;
    }

    static int IndexOf(IReadOnlyList<string> words, string word)
    {
        for (int i = 0; i < words.Count - 1; i++)
            if (words[i] == word)
                return i;
        throw new ArgumentException($"no {word} in {string.Join(' ', words)}");
    }
}
