using System.Text.Json.Nodes;
using Vireo.Core;

namespace Vireo.Shell.NetDoctor;

/// <summary>A network device of the host.</summary>
/// <param name="Name">Its name.</param>
/// <param name="IsUp">Its owner has started it.</param>
/// <param name="HasCarrier">Something is at its other end.</param>
/// <param name="Master">The bridge that it is a port of; null: none.</param>
/// <param name="Addresses">Its addresses, with their prefixes.</param>
sealed record HostLink(string Name, bool IsUp, bool HasCarrier, string? Master, IReadOnlyList<(IpAddress Address, int Prefix)> Addresses);

/// <summary>The network devices of the host, as <c>ip address</c> tells them.</summary>
sealed class LinkTable(IReadOnlyList<HostLink> all)
{
    /// <summary>Asks for them.</summary>
    public static async Task<LinkTable> ReadAsync(HostTools host) => new([.. (await host.IpAsync("address", "show")).Select(Read).OfType<HostLink>()]);

    /// <summary>All of them.</summary>
    public IReadOnlyList<HostLink> All => all;

    /// <summary>The one of a name; null: there is none.</summary>
    public HostLink? Find(string name) => all.FirstOrDefault(link => link.Name == name);

    /// <summary>Names of a bridge's ports.</summary>
    public IReadOnlyList<string> PortsOf(string bridge) => [.. all.Where(link => link.Master == bridge).Select(static link => link.Name)];

    static HostLink? Read(JsonObject link)
    {
        if (Text(link["ifname"]) is not { } name)
            return null;
        string[] flags = link["flags"] is JsonArray list ? [.. list.Select(Text).OfType<string>()] : [];
        var addresses = new List<(IpAddress, int)>();
        foreach (JsonObject one in link["addr_info"]?.AsArray().OfType<JsonObject>() ?? [])
            if (Text(one["local"]) is { } text && IpAddress.TryParse(text, out IpAddress address) && one["prefixlen"] is JsonValue prefix && prefix.TryGetValue(out long bits))
                addresses.Add((address, (int)bits));
        return new HostLink(name, flags.Contains("UP"), flags.Contains("LOWER_UP"), Text(link["master"]), addresses);
    }

    internal static string? Text(JsonNode? value) => value is JsonValue plain && plain.TryGetValue(out string? text) ? text : null;
}
