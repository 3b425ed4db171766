using Vireo.Model.NwFilter;

namespace Vireo.Drivers.NwFilter.Rules;

/// <summary>
/// The rules of one network card in the host's packet filter. New rules are made in chains of their own beside those in force, and linked when all are there;
/// then the old ones are taken away and the new get their names. What fails before that leaves the old rules as they were.
/// </summary>
/// <param name="card">The card's name on the host.</param>
/// <param name="host">The host's packet filter.</param>
public sealed class CardFilter(string card, IPacketFilter host)
{
    static readonly string[] frames = ["ebtables", "--concurrent", "-t", "nat"];
    static readonly string[] programs = ["iptables", "ip6tables"];

    /// <summary>Chains of rules that are being made, and of those in force.</summary>
    readonly record struct Names(char FromGuest, char ToGuest);

    static readonly Names made = new('J', 'P'), inForce = new('I', 'O');

    /// <summary>Makes rules and links them. They see packets before those in force, which are still there.</summary>
    /// <param name="rules">The rules, as <see cref="FilterPlan"/> orders them.</param>
    /// <exception cref="Core.Errors.VireoException">A program failed; what was in force still is.</exception>
    public void Apply(IReadOnlyList<PlannedRule> rules)
    {
        try
        {
            RuleMatch[] matches = [.. rules.Select(static r => new RuleMatch(r.Rule))];
            Frames("-D", "PREROUTING", "-i", card, "-j", Root(made.FromGuest));
            Frames("-D", "POSTROUTING", "-o", card, "-j", Root(made.ToGuest));
            RemoveFrameChains(made);
            MakeFrames([.. rules.Zip(matches).Where(static r => !r.Second.IsOfPackets)], out bool fromGuest, out bool toGuest);
            foreach (string program in programs)
                MakePackets(program, [.. matches.Where(m => m.IsOfPackets && m.IsOfIpv6Packets == program is "ip6tables")]);
            if (fromGuest)
                Frames(mayFail: false, "-A", "PREROUTING", "-i", card, "-j", Root(made.FromGuest));
            if (toGuest)
                Frames(mayFail: false, "-A", "POSTROUTING", "-o", card, "-j", Root(made.ToGuest));
        }
        catch
        {
            Remove(made);
            throw;
        }
    }

    /// <summary>Makes rules for frames alone, as they are: what passes while nobody knows the guest's address yet.</summary>
    /// <param name="fromGuest">Rules for what the guest sends, in the words of ebtables; empty: all passes.</param>
    /// <param name="toGuest">Rules for what it gets; empty: all passes.</param>
    public void ApplyFrames(IReadOnlyList<IReadOnlyList<string>> fromGuest, IReadOnlyList<IReadOnlyList<string>> toGuest)
    {
        Remove(made);
        Make(made.FromGuest, "PREROUTING", "-i", fromGuest);
        Make(made.ToGuest, "POSTROUTING", "-o", toGuest);

        void Make(char name, string parent, string end, IReadOnlyList<IReadOnlyList<string>> rules)
        {
            if (rules.Count == 0)
                return;
            Frames(mayFail: false, "-N", Root(name));
            foreach (IReadOnlyList<string> words in rules)
                Frames(mayFail: false, ["-A", Root(name), .. words]);
            Frames(mayFail: false, "-A", parent, end, card, "-j", Root(name));
        }
    }

    /// <summary>Takes the rules away that were in force before, and puts those made in their place.</summary>
    public void Commit()
    {
        foreach (string program in programs)
        {
            RemovePackets(program, inForce);
            foreach (var (kind, from, to) in (ReadOnlySpan<(char, char, char)>)[('F', made.ToGuest, inForce.ToGuest), ('F', made.FromGuest, inForce.FromGuest), ('H', made.FromGuest, inForce.FromGuest)])
                Packets(program, mayFail: true, "-E", $"{kind}{from}-{card}", $"{kind}{to}-{card}");
        }
        Frames("-D", "PREROUTING", "-i", card, "-j", Root(inForce.FromGuest));
        Frames("-D", "POSTROUTING", "-o", card, "-j", Root(inForce.ToGuest));
        RemoveFrameChains(inForce);
        string[] below = [.. Below(made)];
        foreach (var (from, to) in (ReadOnlySpan<(char, char)>)[(made.FromGuest, inForce.FromGuest), (made.ToGuest, inForce.ToGuest)])
            Frames("-E", Root(from), Root(to));
        foreach (string chain in below)
        {
            string named = $"{(chain[0] == made.FromGuest ? inForce.FromGuest : inForce.ToGuest)}{chain[1..]}";
            Frames("-F", named);
            Frames("-X", named);
            Frames("-E", chain, named);
        }
    }

    /// <summary>Takes everything away that was ever made for the card.</summary>
    public void Remove()
    {
        foreach (string program in programs)
            AcceptRest(program, "-D");
        Remove(made);
        Remove(inForce);
    }

    void Remove(Names names)
    {
        foreach (string program in programs)
            RemovePackets(program, names);
        Frames("-D", "PREROUTING", "-i", card, "-j", Root(names.FromGuest));
        Frames("-D", "POSTROUTING", "-o", card, "-j", Root(names.ToGuest));
        RemoveFrameChains(names);
    }

    string Root(char name) => $"libvirt-{name}-{card}";

    void Frames(params ReadOnlySpan<string> words) => Frames(mayFail: true, words);

    string Frames(bool mayFail, params ReadOnlySpan<string> words) => host.Run([.. frames, .. words], mayFail);

    string Packets(string program, bool mayFail, params ReadOnlySpan<string> words) => host.Run([program, "-w", .. words], mayFail);

    // The chains that the two of a card jump to.
    IEnumerable<string> Below(Names names)
    {
        string listed = Frames(mayFail: true, "-L", Root(names.FromGuest)) + "\n" + Frames(mayFail: true, "-L", Root(names.ToGuest));
        foreach (string line in listed.Split('\n'))
            if (line.IndexOf("-j ", StringComparison.Ordinal) is >= 0 and var at && line[(at + 3)..].TrimEnd() is { Length: > 1 } target
                && (target[0] == names.FromGuest || target[0] == names.ToGuest) && target.AsSpan(1).StartsWith($"-{card}-"))
                yield return target;
    }

    void RemoveFrameChains(Names names)
    {
        string[] below = [.. Below(names)];
        foreach (string chain in (string[])[Root(names.FromGuest), Root(names.ToGuest), .. below])
        {
            Frames("-F", chain);
            Frames("-X", chain);
        }
    }

    void MakeFrames(IReadOnlyList<(PlannedRule Rule, RuleMatch Match)> rules, out bool fromGuest, out bool toGuest)
    {
        bool Goes(PlannedRule rule, char name) => rule.Rule.Direction != (name == made.FromGuest ? RuleDirection.In : RuleDirection.Out);
        bool[] used = new bool[2];
        char[] names = [made.FromGuest, made.ToGuest];
        for (int i = 0; i < names.Length; i++)
            if (used[i] = rules.Any(r => Goes(r.Rule, names[i])))
                Frames(mayFail: false, "-N", Root(names[i]));
        (fromGuest, toGuest) = (used[0], used[1]);
        var chains = new Queue<(char Name, string Chain, int Priority)>(names
            .SelectMany(name => rules.Where(r => !r.Rule.IsInRoot && Goes(r.Rule, name)).Select(r => (name, r.Rule.Chain, r.Rule.ChainPriority)).Distinct())
            .OrderBy(static c => c.ChainPriority));
        foreach (var (rule, match) in rules)
        {
            while (chains.TryPeek(out var next) && (!rule.IsInRoot || next.Priority <= rule.Priority))
                MakeChain(chains.Dequeue());
            foreach (char name in names)
                if (Goes(rule, name))
                    Frames(mayFail: false, ["-A", rule.IsInRoot ? Root(name) : $"{name}-{card}-{rule.Chain}",
                        .. FrameRules.Words(match, reverse: name == made.FromGuest && rule.Rule.Direction is RuleDirection.InOut)]);
        }
    }

    void MakeChain((char Name, string Chain, int Priority) chain)
    {
        string name = $"{chain.Name}-{card}-{chain.Chain}";
        Frames("-F", name);
        Frames("-X", name);
        Frames(mayFail: false, "-N", name);
        string[] match = chain.Chain.Split('-')[0] switch
        {
            "arp" => ["-p", "0x0806"],
            "rarp" => ["-p", "0x8035"],
            "ipv4" => ["-p", "0x0800"],
            "ipv6" => ["-p", "0x86dd"],
            "vlan" => ["-p", "0x8100"],
            "stp" => ["-d", FrameRules.SpanningTreeGroup],
            _ => [],
        };
        Frames(mayFail: false, ["-A", Root(chain.Name), .. match, "-j", name]);
    }

    void MakePackets(string program, IReadOnlyList<RuleMatch> rules)
    {
        if (rules.Count == 0)
            return;
        RemovePackets(program, made);
        foreach (string chain in (string[])["libvirt-in", "libvirt-out", "libvirt-in-post", "libvirt-host-in"])
            Packets(program, mayFail: true, "-N", chain);
        (string Parent, string Chain, string Place)[] links =
            [("FORWARD", "libvirt-in", "1"), ("FORWARD", "libvirt-out", "2"), ("FORWARD", "libvirt-in-post", "3"), ("INPUT", "libvirt-host-in", "1")];
        foreach (var (parent, chain, _) in links)
            Packets(program, mayFail: true, "-D", parent, "-j", chain);
        foreach (var (parent, chain, place) in links)
            Packets(program, mayFail: false, "-I", parent, place, "-j", chain);
        foreach (string chain in (string[])[PacketRules.Inward, PacketRules.Outward, PacketRules.ToHost])
            Packets(program, mayFail: false, "-N", $"{chain}-{card}");
        Packets(program, mayFail: false, "-A", "libvirt-out", "-m", "physdev", "--physdev-is-bridged", "--physdev-out", card, "-g", $"{PacketRules.Inward}-{card}");
        Packets(program, mayFail: false, "-A", "libvirt-in", "-m", "physdev", "--physdev-in", card, "-g", $"{PacketRules.Outward}-{card}");
        Packets(program, mayFail: false, "-A", "libvirt-host-in", "-m", "physdev", "--physdev-in", card, "-g", $"{PacketRules.ToHost}-{card}");
        AcceptRest(program, "-D");
        AcceptRest(program, "-A");
        foreach (RuleMatch rule in rules)
            foreach (var (chain, words) in PacketRules.Of(rule))
                Packets(program, mayFail: false, ["-A", $"{chain}-{card}", .. words]);
    }

    // What none of the card's rules has dropped passes, whatever the host does with packets that nobody speaks for.
    void AcceptRest(string program, string verb) =>
        Packets(program, mayFail: verb is "-D", verb, "libvirt-in-post", "-m", "physdev", "--physdev-in", card, "-j", "ACCEPT");

    void RemovePackets(string program, Names names)
    {
        string toGuest = $"F{names.ToGuest}-{card}", fromGuest = $"F{names.FromGuest}-{card}", toHost = $"H{names.FromGuest}-{card}";
        Packets(program, mayFail: true, "-D", "libvirt-out", "-m", "physdev", "--physdev-is-bridged", "--physdev-out", card, "-g", toGuest);
        Packets(program, mayFail: true, "-D", "libvirt-out", "-m", "physdev", "--physdev-out", card, "-g", toGuest);
        Packets(program, mayFail: true, "-D", "libvirt-in", "-m", "physdev", "--physdev-in", card, "-g", fromGuest);
        Packets(program, mayFail: true, "-D", "libvirt-host-in", "-m", "physdev", "--physdev-in", card, "-g", toHost);
        foreach (string chain in (string[])[toGuest, fromGuest, toHost])
        {
            Packets(program, mayFail: true, "-F", chain);
            Packets(program, mayFail: true, "-X", chain);
        }
    }
}
