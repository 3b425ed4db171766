using System.Globalization;
using Vireo.Core;
using System.Text.Json.Nodes;
using Vireo.Core.Json;

namespace Vireo.Shell.NetDoctor.Filter;

/// <summary>Reads what <c>nft -j list ruleset</c> prints. Expressions that are not known here may hold or not.</summary>
sealed class NftRules
{
    readonly Dictionary<string, JsonArray> sets = new(StringComparer.Ordinal);

    NftRules()
    {
    }

    /// <summary>The chains of all tables but those that iptables keeps there.</summary>
    /// <param name="json">What was printed.</param>
    /// <param name="isIptables">Whether a table, by its family and name, is one of iptables'.</param>
    public static List<FilterChain> Parse(string json, Func<string, string, bool> isIptables)
    {
        if (JsonText.Parse(json) is not JsonObject whole || whole["nftables"] is not JsonArray items)
            return [];
        var rules = new NftRules();
        var chains = new List<FilterChain>();
        foreach (JsonObject item in items.OfType<JsonObject>())
        {
            if ((item["set"] ?? item["map"]) is JsonObject set && set["elem"] is JsonArray elements)
                rules.sets[SetKey(set, Text(set, "name"))] = elements;
            if (item["chain"] is JsonObject chain && IsSeen(chain, isIptables))
                chains.Add(Chain(chain));
        }
        foreach (JsonObject item in items.OfType<JsonObject>())
            if (item["rule"] is JsonObject rule && IsSeen(rule, isIptables) && rule["expr"] is JsonArray expressions
                && chains.Find(one => one.Table == TableOf(rule) && one.Name == Text(rule, "chain")) is { } chain)
                chain.Rules.Add(rules.Rule(rule, expressions));
        return chains;
    }

    static bool IsSeen(JsonObject item, Func<string, string, bool> isIptables) =>
        Text(item, "family") is ("inet" or "ip" or "ip6") and var family && !isIptables(family, Text(item, "table"));

    static string TableOf(JsonObject item) => $"nftables {Text(item, "family")} {Text(item, "table")}";

    static string SetKey(JsonObject item, string name) => $"{Text(item, "family")} {Text(item, "table")} {name}";

    static FilterChain Chain(JsonObject chain) => new(TableOf(chain), Text(chain, "name"), Text(chain, "family") switch { "ip" => false, "ip6" => true, _ => null })
    {
        Hook = chain["hook"] is null ? null : Text(chain, "hook"),
        Priority = chain["prio"] is JsonValue prio && prio.TryGetValue(out long number) ? (int)number : 0,
        IsForNew = Text(chain, "type") is "nat",
        Policy = Text(chain, "policy") is "drop" ? Deed.Drop : Deed.Accept,
    };

    FilterRule Rule(JsonObject rule, JsonArray expressions)
    {
        var tests = new List<Func<Packet, Fits>>();
        Func<Packet, (Fits, Verdict)>? last = null;
        foreach (JsonObject expression in expressions.OfType<JsonObject>())
        {
            (string name, JsonNode? value) = expression.FirstOrDefault() is { Key: { } key } pair ? (key, pair.Value) : ("", null);
            if (Deeds(name, value) is { } then)
                last ??= _ => (Fits.Yes, then);
            else if (name is "vmap" && value is JsonObject map)
                last ??= packet => Mapped(rule, map, packet);
            else if (name is "match" && value is JsonObject match)
                tests.Add(packet => Match(rule, match, packet));
            else if (name is not ("counter" or "log" or "limit" or "comment" or "notrack" or "mangle"))
                tests.Add(static _ => Fits.Maybe);
        }
        string text = $"{Text(rule, "chain")} handle {(rule["handle"] is JsonValue handle ? handle.ToString() : "?")}";
        return new FilterRule(text, packet =>
        {
            Fits fits = SavedRules.All(tests, packet);
            if (fits is Fits.No || last is null)
                return (Fits.No, default);
            (Fits own, Verdict then) = last(packet);
            return (own < fits ? own : fits, then);
        });
    }

    static Verdict? Deeds(string name, JsonNode? value) => name switch
    {
        "accept" => new(Deed.Accept),
        "drop" or "reject" => new(Deed.Drop),
        "return" => new(Deed.Return),
        "continue" => new(Deed.Nothing),
        "masquerade" or "snat" => new(Deed.Translate),
        "dnat" or "redirect" => new(Deed.Accept),
        "queue" => new(Deed.Ask),
        "jump" => new(Deed.Jump, Text(value as JsonObject, "target")),
        "goto" => new(Deed.Goto, Text(value as JsonObject, "target")),
        _ => null,
    };

    (Fits, Verdict) Mapped(JsonObject rule, JsonObject map, Packet packet)
    {
        string[]? key = Values(map["key"], packet);
        foreach (JsonArray pair in Elements(rule, map["data"]).OfType<JsonArray>())
            if (pair is [var one, JsonObject verdict] && verdict.FirstOrDefault() is { Key: { } name } said && Deeds(name, said.Value) is { } then)
            {
                if (key is null)
                    return (Fits.Maybe, then);
                if (key.Any(value => Holds(rule, value, one) is Fits.Yes))
                    return (Fits.Yes, then);
            }
        return (Fits.No, default);
    }

    Fits Match(JsonObject rule, JsonObject match, Packet packet)
    {
        if (Values(match["left"], packet) is not { } left)
            return Fits.Maybe;
        if (left.Length == 0)
            return Fits.No;         // a packet without such a field
        Fits best = Fits.No;
        foreach (string value in left)
            if (Holds(rule, value, match["right"]) is var one && one > best)
                best = one;
        return Text(match, "op") is "!=" ? SavedRules.Opposite(best) : Text(match, "op") is "==" or "in" or "" ? best : Fits.Maybe;
    }

    IEnumerable<JsonNode?> Elements(JsonObject rule, JsonNode? set) => set switch
    {
        JsonObject inline when inline["set"] is JsonArray own => own,
        JsonValue named when named.TryGetValue(out string? name) && name is ['@', .. var bare] && sets.TryGetValue(SetKey(rule, bare), out JsonArray? kept) => kept,
        JsonArray list => list,
        _ => [],
    };

    Fits Holds(JsonObject rule, string value, JsonNode? right)
    {
        switch (right)
        {
            case JsonValue text when text.TryGetValue(out string? word) && word is ['@', ..]:
            case JsonArray:
            case JsonObject set when set["set"] is not null:
                Fits best = Fits.No;
                foreach (JsonNode? one in Elements(rule, right))
                    if (Holds(rule, value, one) is var fits && fits > best)
                        best = fits;
                return best;
            case JsonValue plain:
                return Same(value, plain.ToString());
            case JsonObject prefix when prefix["prefix"] is JsonObject network:
                return InRange($"{Text(network, "addr")}/{network["len"]}", value);
            case JsonObject range when range["range"] is JsonArray { Count: 2 } ends:
                return long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out long number)
                    && long.TryParse(ends[0]?.ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out long from)
                    && long.TryParse(ends[1]?.ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out long to)
                    ? SavedRules.Is(number >= from && number <= to) : InRange($"{ends[0]}-{ends[1]}", value);
            case JsonObject element when element["elem"] is JsonObject inner:
                return Holds(rule, value, inner["val"]);
            default:
                return Fits.Maybe;
        }
    }

    static Fits Same(string value, string wanted) => IpAddress.TryParse(wanted, out _)
        ? InRange(wanted, value) : SavedRules.Is(value == wanted || wanted is [.. var start, '*'] && value.StartsWith(start, StringComparison.Ordinal));

    static Fits InRange(string range, string value) =>
        AddressRange.Parse(range) is { } some && IpAddress.TryParse(value, out IpAddress address) ? SavedRules.Is(some.Contains(address)) : Fits.No;

    // What an expression is of this packet, in all its names; null: not known here.
    static string[]? Values(JsonNode? left, Packet packet)
    {
        if (left is not JsonObject expression || expression.FirstOrDefault() is not { Key: { } kind, Value: JsonObject inner })
            return null;
        return (kind, Text(inner, "key"), Text(inner, "protocol"), Text(inner, "field")) switch
        {
            ("meta", "iifname" or "iif", _, _) => packet.In is { } device ? [device] : [],
            ("meta", "oifname" or "oif", _, _) => packet.Out is { } device ? [device] : [],
            ("meta", "l4proto", _, _) => [packet.Protocol, packet.Protocol is "tcp" ? "6" : "17"],
            ("meta", "nfproto", _, _) => packet.IsIpv6 ? ["ipv6", "10"] : ["ipv4", "2"],
            ("meta", "protocol", _, _) => packet.IsIpv6 ? ["ip6"] : ["ip"],
            ("payload", _, ("ip" or "ip6") and var family, _) when family is "ip6" != packet.IsIpv6 => [],
            ("payload", _, "ip" or "ip6", "saddr") => [packet.Source.ToString()],
            ("payload", _, "ip" or "ip6", "daddr") => [packet.Target.ToString()],
            ("payload", _, "ip", "protocol") or ("payload", _, "ip6", "nexthdr") => [packet.Protocol],
            ("payload", _, ("tcp" or "udp") and var protocol, _) when protocol != packet.Protocol => [],
            ("payload", _, "tcp" or "udp" or "th", "dport") => [packet.Port.ToString(CultureInfo.InvariantCulture)],
            ("payload", _, "icmp" or "icmpv6" or "sctp" or "arp" or "ether", _) => [],
            ("ct", "state", _, _) => [packet.IsAnswer ? "established" : "new"],
            ("ct", "status", _, _) => [],
            ("fib", _, _, _) when Text(inner, "result") is "type" => [packet.IsForHost ? "local" : "unicast"],
            _ => null,
        };
    }

    static string Text(JsonObject? item, string name) => item?[name] is JsonValue value && value.TryGetValue(out string? text) ? text : "";
}
