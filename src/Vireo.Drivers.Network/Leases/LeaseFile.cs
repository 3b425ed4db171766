using System.Globalization;
using System.Text.Json.Nodes;
using Vireo.Core.Errors;
using Vireo.Core.Json;

namespace Vireo.Drivers.Network.Leases;

/// <summary>An address that was lent.</summary>
/// <param name="Address">The address.</param>
/// <param name="Mac">The card's hardware address.</param>
/// <param name="HostName">What the guest calls itself.</param>
/// <param name="ClientId">What it identifies itself by; of IPv6 its DUID.</param>
/// <param name="Iaid">Of IPv6: which of its cards.</param>
/// <param name="ServerDuid">Of IPv6: the server's DUID.</param>
/// <param name="Expires">Seconds since 1970; 0: never.</param>
public sealed record LentAddress(
    string Address, string? Mac, string? HostName, string? ClientId, string? Iaid, string? ServerDuid, long Expires)
{
    /// <summary>An IPv6 one.</summary>
    public bool IsIpv6 => Iaid is not null;
}

/// <summary>libvirt's file of what a network lent, <c>BRIDGE.status</c>: a list in JSON.</summary>
public static class LeaseFile
{
    /// <summary>Reads it.</summary>
    /// <exception cref="VireoException"><see cref="ErrorCode.InternalError"/>: it is no such list.</exception>
    public static IReadOnlyList<LentAddress> Parse(string json)
    {
        if (json.Trim().Length == 0)
            return [];
        if (JsonText.Parse(json) is not JsonArray list)
            throw NetworkErrors.Internal("couldn't fetch array of leases");
        var all = new List<LentAddress>();
        foreach (JsonNode? item in list)
            if (item is JsonObject lease && Text(lease, "ip-address") is { } address)
                all.Add(new LentAddress(address, Text(lease, "mac-address"), Text(lease, "hostname"), Text(lease, "client-id"), Text(lease, "iaid"),
                    Text(lease, "server-duid"), Number(lease, "expiry-time")));
        return all;
    }

    /// <summary>Writes it.</summary>
    public static string Write(IEnumerable<LentAddress> leases)
    {
        ArgumentNullException.ThrowIfNull(leases);
        var list = new JsonArray();
        foreach (LentAddress lease in leases)
        {
            var item = new JsonObject();
            Add(item, "iaid", lease.Iaid);
            Add(item, "ip-address", lease.Address);
            Add(item, "mac-address", lease.Mac);
            Add(item, "hostname", lease.HostName);
            Add(item, "client-id", lease.ClientId);
            Add(item, "server-duid", lease.ServerDuid);
            item["expiry-time"] = lease.Expires;
            list.Add((JsonNode)item);
        }
        return JsonText.Pretty(list);
    }

    static void Add(JsonObject item, string name, string? value)
    {
        if (value is not null)
            item[name] = value;
    }

    static string? Text(JsonObject lease, string name) => lease[name] is JsonValue value && value.TryGetValue(out string? text) ? text : null;

    static long Number(JsonObject lease, string name) => lease[name] switch
    {
        JsonValue value when value.TryGetValue(out long number) => number,
        JsonValue value when value.TryGetValue(out string? text) && long.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out long number) => number,
        _ => 0,
    };
}
