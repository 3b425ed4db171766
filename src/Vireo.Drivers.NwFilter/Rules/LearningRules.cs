namespace Vireo.Drivers.NwFilter.Rules;

/// <summary>What passes while a guest's address is not known: as little as it is learned from.</summary>
static class LearningRules
{
    static readonly string[] drop = ["-j", "DROP"];

    /// <summary>The guest may speak, under its own hardware address, IPv4 and ARP.</summary>
    internal static IReadOnlyList<IReadOnlyList<string>> FromAnyPacket(string mac) =>
        [["-s", "!", mac, .. drop], ["-p", "0x800", "-j", "ACCEPT"], ["-p", "0x806", "-j", "ACCEPT"], drop];

    /// <summary>The guest may ask DHCP servers.</summary>
    internal static IReadOnlyList<IReadOnlyList<string>> Asking(string mac) =>
        [["-s", mac, "-p", "0x800", "--ip-protocol", "udp", "--ip-sport", "68", "--ip-dport", "67", "-j", "ACCEPT"], drop];

    /// <summary>DHCP servers may answer.</summary>
    /// <param name="mac">The guest's hardware address.</param>
    /// <param name="servers">Addresses of those that may; empty: any.</param>
    internal static IReadOnlyList<IReadOnlyList<string>> Answers(string mac, IReadOnlyList<string> servers) =>
    [
        .. (servers.Count == 0 ? [""] : servers).SelectMany(server => ((string[])[mac, "ff:ff:ff:ff:ff:ff"]).Select(target =>
            (IReadOnlyList<string>)["-d", target, "-p", "0x800", .. server.Length == 0 ? [] : new[] { "--ip-src", server },
                "--ip-protocol", "udp", "--ip-sport", "67", "--ip-dport", "68", "-j", "ACCEPT"])),
        drop,
    ];
}
