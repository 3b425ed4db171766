using Vireo.Core;
using Vireo.Core.Errors;
using Vireo.Driver;
using Vireo.Drivers.Network.Leases;
using Vireo.Model.Network;

namespace Vireo.Drivers.Network.Capabilities;

/// <summary>What networks lent to whom, by the files that dnsmasq's program keeps.</summary>
sealed class NetworkLeases(NetworkKeeper keeper) : INetworkLeases
{
    public ValueTask<Driver.DhcpLease[]> GetDhcpLeasesAsync(NetworkRef network, string? mac, uint flags, CancellationToken cancel)
    {
        flags.None("networkGetDHCPLeases");
        MacAddress wanted = default;
        if (mac is not null && !MacAddress.TryParse(mac, out wanted))
            throw new VireoException(ErrorCode.InvalidMac, ErrorDomain.Network, mac);
        NetworkDef shown = keeper.Networks.Get(network).State.Shown;
        if (shown.Bridge?.Name is not { } bridge || !File.Exists(keeper.Paths.LeaseFile(bridge)))
            return new(Array.Empty<Driver.DhcpLease>());
        long now = keeper.Options.Time.GetUtcNow().ToUnixTimeSeconds();
        return new([.. LeaseFile.Parse(File.ReadAllText(keeper.Paths.LeaseFile(bridge)))
            .Where(lease => lease.Expires <= 0 || lease.Expires >= now)
            .Where(lease => mac is null || lease.Mac is { } own && MacAddress.TryParse(own, out MacAddress known) && known == wanted)
            .Select(lease => Tell(lease, shown, bridge))]);
    }

    static Driver.DhcpLease Tell(LentAddress lease, NetworkDef network, string bridge)
    {
        bool isIpv6 = lease.Address.Contains(':', StringComparison.Ordinal);
        int prefix = network.Ips.FirstOrDefault(ip => ip.Address.IsIpv6 == isIpv6 && IsIn(ip, lease.Address))?.PrefixLength
            ?? network.Ips.FirstOrDefault(ip => ip.Address.IsIpv6 == isIpv6)?.PrefixLength ?? 0;
        return new Driver.DhcpLease(bridge, lease.Expires, isIpv6 ? IPAddressType.Ipv6 : IPAddressType.Ipv4, lease.Mac, lease.Iaid, lease.Address, (uint)prefix,
            lease.HostName, lease.ClientId);
    }

    static bool IsIn(NetworkIp ip, string address) =>
        IpAddress.TryParse(address, out IpAddress lent) && ip.PrefixLength is { } prefix && lent.Network(prefix) == ip.Address.Network(prefix);
}
