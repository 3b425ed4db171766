using System.Text.Json.Nodes;
using Vireo.Core.Errors;
using Vireo.Core.Json;

namespace Vireo.Host.Network;

/// <summary>
/// Which hardware addresses each domain has in a network: libvirt's file <c>BRIDGE.macs</c>, by which the name service finds a guest by its domain's name.
/// </summary>
public sealed class MacMap
{
    readonly SortedDictionary<string, List<string>> all = new(StringComparer.Ordinal);

    /// <summary>Reads the file's text.</summary>
    /// <exception cref="VireoException">It is not such a file.</exception>
    public static MacMap Parse(string json)
    {
        var map = new MacMap();
        if (json.Trim().Length == 0)
            return map;
        foreach (JsonNode? item in JsonText.Parse(json) as JsonArray ?? throw Malformed("a list of domains is expected"))
        {
            if (item is not JsonObject entry || entry["domain"] is not JsonValue name || !name.TryGetValue(out string? domain))
                throw Malformed("Missing domain");
            if (entry["macs"] is not JsonArray macs)
                throw Malformed("Missing macs");
            foreach (JsonNode? mac in macs)
                map.Add(domain, mac is JsonValue value && value.TryGetValue(out string? text) ? text : throw Malformed("an address is no text"));
        }
        return map;
    }

    static VireoException Malformed(string what) => VireoException.Internal(ErrorDomain.Network, $"Malformed MAC map: {what}");

    /// <summary>A domain's addresses in the order in which they came.</summary>
    public IReadOnlyList<string> this[string domain] => all.GetValueOrDefault(domain) ?? [];

    /// <summary>Gives a domain one more address; one that it has is not given again.</summary>
    public void Add(string domain, string mac)
    {
        if (!all.TryGetValue(domain, out List<string>? macs))
            all[domain] = macs = [];
        if (!macs.Contains(mac, StringComparer.OrdinalIgnoreCase))
            macs.Add(mac);
    }

    /// <summary>Takes an address from a domain; a domain without any is forgotten.</summary>
    public void Remove(string domain, string mac)
    {
        if (!all.TryGetValue(domain, out List<string>? macs))
            return;
        macs.RemoveAll(m => string.Equals(m, mac, StringComparison.OrdinalIgnoreCase));
        if (macs.Count == 0)
            all.Remove(domain);
    }

    /// <summary>The file's text.</summary>
    public string ToJson() => JsonText.Pretty(new JsonArray(
        [.. all.Select(static d => new JsonObject { ["domain"] = d.Key, ["macs"] = new JsonArray([.. d.Value.Select(static m => JsonValue.Create(m))]) })]));
}
