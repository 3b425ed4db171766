using System.Globalization;
using Vireo.Core.Errors;
using Vireo.Model.NwFilter;

namespace Vireo.Drivers.NwFilter.Rules;

/// <summary>Rules for frames on a bridge, in the words of ebtables.</summary>
static class FrameRules
{
    internal const string SpanningTreeGroup = "01:80:c2:00:00:00";

    /// <summary>The rule's matches and target.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="reverse">It is seen from the other end: sources are destinations.</param>
    /// <exception cref="VireoException">VIR_ERR_INTERNAL_ERROR: what cannot be seen from both ends.</exception>
    internal static IReadOnlyList<string> Words(RuleMatch rule, bool reverse)
    {
        var words = new List<string>();
        switch (rule.Protocol)
        {
            case "mac":
                Addresses(words, rule, reverse);
                if (rule["protocolid"] is { } id && MacProtocol.TryParse(id, out var protocol))
                    words.AddRange(["-p", .. rule.Not("protocolid"), Hex(protocol.Value)]);
                break;
            case "vlan":
                Addresses(words, rule, reverse);
                words.AddRange(["-p", "0x8100"]);
                Add(words, rule, "--vlan-id", "vlanid", rule.Number("vlanid"));
                if (rule["encap-protocol"] is { } inner && VlanProtocol.TryParse(inner, out var carried))
                    Add(words, rule, "--vlan-encap", "encap-protocol", carried.Value.ToString(CultureInfo.InvariantCulture));
                break;
            case "stp":
                SpanningTree(words, rule, reverse);
                break;
            case "arp" or "rarp":
                Resolution(words, rule, reverse);
                break;
            case "ip":
                Addresses(words, rule, reverse);
                words.AddRange(["-p", "ipv4"]);
                Packets(words, rule, reverse, "--ip-");
                if (rule["dscp"] is { } dscp && FilterNumber<FilterLimits.Dscp>.TryParse(dscp, out var tos))
                    Add(words, rule, "--ip-tos", "dscp", Hex(tos.Value));
                break;
            case "ipv6":
                Addresses(words, rule, reverse);
                words.AddRange(["-p", "ipv6"]);
                Packets(words, rule, reverse, "--ip6-");
                if (rule.Has("type") || rule.Has("typeend") || rule.Has("code") || rule.Has("codeend"))
                    words.AddRange(["--ip6-icmp-type", .. rule.Not(rule.Has("type") ? "type" : rule.Has("code") ? "code" : rule.Has("typeend") ? "typeend" : "codeend"),
                        $"{Wide("type", "typeend")}/{Wide("code", "codeend")}"]);
                break;
        }
        words.AddRange(["-j", rule.Rule.Action is RuleAction.Reject ? "DROP" : rule.Rule.Action.ToXml().ToUpperInvariant()]);
        return words;

        // What is not limited at one end reaches as far as an octet does.
        string Wide(string from, string to) => $"{rule.Number(from) ?? "0"}:{rule.Number(to) ?? rule.Number(from) ?? "255"}";
    }

    static string Hex(uint number) => $"0x{number:x}";

    static void Add(List<string> words, RuleMatch rule, string option, string attribute, string? value)
    {
        if (value is not null)
            words.AddRange([option, .. rule.Not(attribute), value]);
    }

    static void Addresses(List<string> words, RuleMatch rule, bool reverse)
    {
        Add(words, rule, reverse ? "-d" : "-s", "srcmacaddr", rule.Masked("srcmacaddr", "srcmacmask"));
        Add(words, rule, reverse ? "-s" : "-d", "dstmacaddr", rule.Masked("dstmacaddr", "dstmacmask"));
    }

    static void SpanningTree(List<string> words, RuleMatch rule, bool reverse)
    {
        // Its frames go to a group: they have no other end.
        if (reverse && rule.Has("srcmacaddr"))
            throw VireoException.Internal(ErrorDomain.Nwfilter, "STP filtering in inout direction with source MAC address set is not supported");
        Addresses(words, rule, reverse);
        words.AddRange(["-d", SpanningTreeGroup]);
        Add(words, rule, "--stp-type", "type", rule.Number("type"));
        Add(words, rule, "--stp-flags", "flags", rule.Number("flags"));
        Add(words, rule, "--stp-root-pri", "root-priority", rule.Range("root-priority", "root-priority-hi"));
        Add(words, rule, "--stp-root-addr", "root-address", rule.Masked("root-address", "root-address-mask"));
        Add(words, rule, "--stp-root-cost", "root-cost", rule.Range("root-cost", "root-cost-hi"));
        Add(words, rule, "--stp-sender-prio", "sender-priority", rule.Range("sender-priority", "sender-priority-hi"));
        Add(words, rule, "--stp-sender-addr", "sender-address", rule.Masked("sender-address", "sender-address-mask"));
        foreach (var (option, attribute) in (ReadOnlySpan<(string, string)>)[("--stp-port", "port"), ("--stp-msg-age", "age"), ("--stp-max-age", "max-age"),
            ("--stp-hello-time", "hello-time"), ("--stp-forward-delay", "forward-delay")])
            Add(words, rule, option, attribute, rule.Range(attribute, attribute + "-hi"));
    }

    static void Resolution(List<string> words, RuleMatch rule, bool reverse)
    {
        (string source, string target) = reverse ? ("dst", "src") : ("src", "dst");
        Addresses(words, rule, reverse);
        words.AddRange(["-p", rule.Protocol is "arp" ? "0x806" : "0x8035"]);
        Add(words, rule, "--arp-htype", "hwtype", rule.Number("hwtype"));
        if (rule["opcode"] is { } name && ArpOpcode.TryParse(name, out var opcode))
            Add(words, rule, "--arp-opcode", "opcode", opcode.Value.ToString(CultureInfo.InvariantCulture));
        if (rule["protocoltype"] is { } type && FilterNumber<FilterLimits.Word>.TryParse(type, out var number))
            Add(words, rule, "--arp-ptype", "protocoltype", Hex(number.Value));
        Add(words, rule, $"--arp-ip-{source}", "arpsrcipaddr", Whole("arpsrcipaddr", "arpsrcipmask"));
        Add(words, rule, $"--arp-ip-{target}", "arpdstipaddr", Whole("arpdstipaddr", "arpdstipmask"));
        Add(words, rule, $"--arp-mac-{source}", "arpsrcmacaddr", rule["arpsrcmacaddr"]);
        Add(words, rule, $"--arp-mac-{target}", "arpdstmacaddr", rule["arpdstmacaddr"]);
        if (rule["gratuitous"] is "true")
            words.AddRange([.. rule.Not("gratuitous"), "--arp-gratuitous"]);

        string? Whole(string address, string mask) => rule.Masked(address, mask) is { } value ? value.Contains('/', StringComparison.Ordinal) ? value : value + "/32" : null;
    }

    static void Packets(List<string> words, RuleMatch rule, bool reverse, string prefix)
    {
        (string source, string target) = reverse ? ("destination", "source") : ("source", "destination");
        Add(words, rule, prefix + source, "srcipaddr", rule.Masked("srcipaddr", "srcipmask"));
        Add(words, rule, prefix + target, "dstipaddr", rule.Masked("dstipaddr", "dstipmask"));
        if (rule["protocol"] is { } name && IpProtocol.TryParse(name, out var protocol))
            Add(words, rule, prefix + "protocol", "protocol", protocol.Value.ToString(CultureInfo.InvariantCulture));
        Add(words, rule, $"{prefix}{source}-port", "srcportstart", rule.Range("srcportstart", "srcportend"));
        Add(words, rule, $"{prefix}{target}-port", "dstportstart", rule.Range("dstportstart", "dstportend"));
    }
}
