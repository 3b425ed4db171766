using System.Globalization;
using System.Text;

namespace Vireo.Shell.NetDoctor.Filter;

/// <summary>Reads what <c>iptables-save</c> and <c>ip6tables-save</c> print.</summary>
static class SavedRules
{
    static readonly string[] continuing =
        ["LOG", "NFLOG", "MARK", "CONNMARK", "CHECKSUM", "CT", "NOTRACK", "TCPMSS", "CLASSIFY", "DSCP", "TOS", "TTL", "HL", "SET", "TRACE", "AUDIT", "SECMARK", "CONNSECMARK", "ULOG"];

    /// <summary>The chains of all tables.</summary>
    /// <param name="text">What was printed.</param>
    /// <param name="isIpv6">Of which family.</param>
    /// <param name="program">What people call the program that shows them.</param>
    public static List<FilterChain> Parse(string text, bool isIpv6, string program)
    {
        var all = new List<FilterChain>();
        string table = "";
        foreach (string line in text.Split('\n'))
        {
            if (line is ['*', .. var name])
                table = name.Trim();
            else if (line is [':', .. var head] && head.Split(' ') is [var chain, var policy, ..])
                all.Add(Chain(program, table, chain, policy, isIpv6));
            else if (line.StartsWith("-A ", StringComparison.Ordinal) && Words(line) is [_, var to, .. var rest]
                && all.Find(one => one.Name == to && one.Table == $"{program} {table}") is { } found)
                found.Rules.Add(Rule(line, rest));
        }
        return all;
    }

    static FilterChain Chain(string program, string table, string name, string policy, bool isIpv6) => new($"{program} {table}", name, isIpv6)
    {
        Hook = name is "PREROUTING" or "INPUT" or "FORWARD" or "OUTPUT" or "POSTROUTING" ? name.ToLowerInvariant() : null,
        Priority = table switch { "raw" => -300, "mangle" => -150, "nat" => name is "PREROUTING" or "OUTPUT" ? -100 : 100, "security" => 50, _ => 0 },
        IsForNew = table is "nat",
        Policy = policy is "DROP" ? Deed.Drop : Deed.Accept,
    };

    static FilterRule Rule(string line, string[] words)
    {
        var tests = new List<Func<Packet, Fits>>();
        Verdict then = default;
        bool not = false;
        for (int i = 0; i < words.Length; i++)
        {
            string word = words[i], value = i + 1 < words.Length ? words[i + 1] : "";
            switch (word)
            {
                case "!":
                    not = true;
                    continue;
                case "-j" or "-g":
                    then = Then(value, word is "-g");
                    i = words.Length;       // what follows is the target's own
                    break;
                case "-m" or "--comment":
                    i++;
                    continue;
                default:
                    (Func<Packet, Fits>? test, int taken) = Test(word, value);
                    if (test is not null)
                        tests.Add(not ? packet => Opposite(test(packet)) : test);
                    i += taken;
                    break;
            }
            not = false;
        }
        return new FilterRule(line, packet => (All(tests, packet), then));
    }

    // What is not known takes the words up to the next option.
    static (Func<Packet, Fits>? Test, int Taken) Test(string word, string value)
    {
        int taken = value.StartsWith('-') || value is "!" ? 0 : 1;
        return word switch
        {
            "-s" => (packet => In(value, packet.Source), 1),
            "-d" => (packet => In(value, packet.Target), 1),
            "--dst-range" => (packet => In(value, packet.Target), 1),
            "--src-range" => (packet => In(value, packet.Source), 1),
            "-i" => (packet => Is(Device(value, packet.In)), 1),
            "-o" => (packet => Is(Device(value, packet.Out)), 1),
            "-p" => (packet => Is(value is "all" || value == packet.Protocol), 1),
            "--dport" or "--dports" or "--destination-port" => (packet => Is(Ports(value, packet.Port)), 1),
            "--sport" or "--sports" => (static _ => Fits.Maybe, 1),
            "--ctstate" or "--state" => (packet => Is(value.Split(',').Contains(packet.IsAnswer ? "ESTABLISHED" : "NEW")), 1),
            "--dst-type" => (packet => value is "LOCAL" ? Is(packet.IsForHost) : Fits.Maybe, 1),
            "--mark" => (packet => Is(value.StartsWith("0x0", StringComparison.Ordinal) || value is "0"), 1),     // nobody has marked it
            _ when word.StartsWith('-') => (static _ => Fits.Maybe, taken),
            _ => (null, 0),
        };
    }

    static Verdict Then(string target, bool isGoto) => target switch
    {
        "ACCEPT" => new(Deed.Accept),
        "DROP" or "REJECT" => new(Deed.Drop),
        "RETURN" => new(Deed.Return),
        "MASQUERADE" or "SNAT" => new(Deed.Translate),
        "DNAT" or "REDIRECT" => new(Deed.Accept),
        "QUEUE" or "NFQUEUE" => new(Deed.Ask),
        _ when continuing.Contains(target) => default,
        _ => new(isGoto ? Deed.Goto : Deed.Jump, target),
    };

    internal static Fits All(List<Func<Packet, Fits>> tests, Packet packet)
    {
        Fits least = Fits.Yes;
        foreach (Func<Packet, Fits> test in tests)
            if (test(packet) is var one && one < least)
                least = one;
        return least;
    }

    internal static Fits Opposite(Fits fits) => fits switch { Fits.Yes => Fits.No, Fits.No => Fits.Yes, _ => Fits.Maybe };

    internal static Fits Is(bool holds) => holds ? Fits.Yes : Fits.No;

    static Fits In(string range, Vireo.Core.IpAddress address) => AddressRange.Parse(range) is { } some ? Is(some.Contains(address)) : Fits.Maybe;

    /// <summary>Whether a device has a name, which may end in a plus for all that begin so.</summary>
    internal static bool Device(string pattern, string? device) => device is not null
        && (pattern is [.. var start, '+' or '*'] ? device.StartsWith(start, StringComparison.Ordinal) : device == pattern);

    static bool Ports(string list, int port) => list.Split(',').Any(part => part.Split(':') switch
    {
        [var one] => Number(one, -1) == port,
        [var from, var to] => port >= Number(from, 0) && port <= Number(to, ushort.MaxValue),
        _ => false,
    });

    static int Number(string text, int otherwise) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : otherwise;

    // Words may be in double quotes, and hold quotes after a backslash.
    static string[] Words(string line)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        bool quoted = false, any = false;
        for (int i = 0; i < line.Length; i++)
        {
            if (line[i] is '"')
                (quoted, any) = (!quoted, true);
            else if (line[i] is '\\' && i + 1 < line.Length)
                word.Append(line[++i]);
            else if (line[i] is ' ' && !quoted)
            {
                if (any || word.Length > 0)
                    words.Add(word.ToString());
                word.Clear();
                any = false;
            }
            else
                word.Append(line[i]);
        }
        if (any || word.Length > 0)
            words.Add(word.ToString());
        return [.. words];
    }
}
