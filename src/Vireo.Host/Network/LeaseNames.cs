using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using Vireo.Core.Errors;
using Vireo.Core.Json;

namespace Vireo.Host.Network;

/// <summary>
/// Addresses of guests by name, from the files that libvirt's networks keep in one folder: leases (<c>BRIDGE.status</c>) and hardware addresses of
/// domains (<c>BRIDGE.macs</c>). What libvirt's plugins of the name service answer.
/// </summary>
/// <param name="leases">The text of each lease file.</param>
/// <param name="macs">The text of each file of hardware addresses.</param>
/// <param name="now">Leases that ended before are left out.</param>
public sealed class LeaseNames(IEnumerable<string> leases, IEnumerable<string> macs, DateTimeOffset now)
{
    readonly record struct Lease(IPAddress Address, string? Mac, string? HostName, long Expires);

    /// <summary>The files of a folder; one that cannot be read as what it should be is passed over.</summary>
    public static LeaseNames OfFolder(string folder, DateTimeOffset now) => new(Texts(folder, "*.status"), Texts(folder, "*.macs"), now);

    static IEnumerable<string> Texts(string folder, string pattern) =>
        Directory.Exists(folder) ? Directory.EnumerateFiles(folder, pattern).Order(StringComparer.Ordinal).Select(File.ReadAllText) : [];

    /// <summary>Addresses of the guest that called itself so when it asked for an address; the latest lease first.</summary>
    /// <param name="host">The name, in any case.</param>
    /// <param name="family">Unspecified: that of the latest lease.</param>
    public IReadOnlyList<IPAddress> OfHost(string host, AddressFamily family) =>
        Sorted(family, lease => string.Equals(lease.HostName, host, StringComparison.OrdinalIgnoreCase));

    /// <summary>Addresses of the domain of that name.</summary>
    public IReadOnlyList<IPAddress> OfDomain(string domain, AddressFamily family)
    {
        HashSet<string> mine = new(macs.SelectMany(text => Readable(text)?[domain] ?? []), StringComparer.OrdinalIgnoreCase);
        return Sorted(family, lease => lease.Mac is { } mac && mine.Contains(mac));
    }

    static MacMap? Readable(string text)
    {
        try
        {
            return MacMap.Parse(text);
        }
        catch (VireoException)
        {
            return null;
        }
    }

    IPAddress[] Sorted(AddressFamily family, Func<Lease, bool> wanted)
    {
        Lease[] found = [.. leases.SelectMany(Leases)
            .Where(l => wanted(l) && (family is AddressFamily.Unspecified || l.Address.AddressFamily == family))
            .Where(l => l.Expires <= 0 || l.Expires >= now.ToUnixTimeSeconds())
            .OrderByDescending(static l => l.Expires)];
        // An answer of the name service is of one family.
        return [.. found.Where(l => l.Address.AddressFamily == found[0].Address.AddressFamily).Select(static l => l.Address)];
    }

    static IEnumerable<Lease> Leases(string text)
    {
        JsonArray? list;
        try
        {
            list = text.Trim().Length == 0 ? null : JsonText.Parse(text) as JsonArray;
        }
        catch (VireoException)
        {
            list = null;
        }
        foreach (JsonNode? item in list ?? [])
        {
            if (item is JsonObject lease && Text(lease, "ip-address") is { } address && IPAddress.TryParse(address, out IPAddress? ip))
            {
                long expires = lease["expiry-time"] is JsonValue time && time.TryGetValue(out long seconds) ? seconds : 0;
                yield return new(ip, Text(lease, "mac-address"), Text(lease, "hostname"), expires);
            }
        }
    }

    static string? Text(JsonObject lease, string name) => lease[name] is JsonValue value && value.TryGetValue(out string? text) ? text : null;
}
