using Vireo.Core;
using Vireo.Model.Rules;

namespace Vireo.Model.Network;

public static partial class NetworkUpdate
{
    static NetworkDef DhcpHost(NetworkDef network, NetworkUpdateCommand command, int parentIndex, DhcpHost host)
    {
        (NetworkIp ip, int index) = Parent(network, parentIndex, "dhcp host");
        host = NetworkDefaults.Fill(host);
        Check(found => NetworkIpRules.Check(host, ip, network.Name, command == NetworkUpdateCommand.Delete, found));
        ValueList<DhcpHost> hosts = ip.Dhcp?.Hosts ?? default;
        if (command == NetworkUpdateCommand.Modify)
        {
            int at = IndexOf(hosts, one => Shares(one, host));
            if (at < 0)
                throw Invalid($"couldn't locate an existing dhcp host entry with \"mac='{host.Mac ?? "unknown"}'\" \"name='{host.Name ?? "(null)"}'\" \"ip='{host.Ip?.ToString() ?? "unknown"}'\" in network '{network.Name}'");
            hosts = hosts.SetItem(at, host);
        }
        else if (IsAdd(command))
        {
            CheckOneDhcp(network, index);
            if (IndexOf(hosts, one => Shares(one, host)) >= 0)
                throw Invalid($"there is an existing dhcp host entry in network '{network.Name}' that matches \"<host mac='{host.Mac ?? "unknown"}' name='{host.Name ?? "(null)"}' ip='{host.Ip?.ToString() ?? "unknown"}'/>\"");
            hosts = Add(hosts, host, command);
        }
        else if (command == NetworkUpdateCommand.Delete)
        {
            int at = IndexOf(hosts, one => Fits(one, host));
            if (at < 0)
                throw Invalid($"couldn't locate a matching dhcp host entry in network '{network.Name}'");
            hosts = hosts.RemoveAt(at);
        }
        else
            throw Unknown(command);
        return With(network, index, (ip.Dhcp ?? new NetworkDhcp()) with { Hosts = hosts });
    }

    static NetworkDef DhcpRange(NetworkDef network, NetworkUpdateCommand command, int parentIndex, string xml)
    {
        DhcpRange range = Open(network, "range", xml, x => command == NetworkUpdateCommand.Modify
            ? throw NotSupported("dhcp ranges cannot be modified, only added or deleted") : Network.DhcpRange.ReadXml(x));
        (NetworkIp ip, int index) = Parent(network, parentIndex, "dhcp range");
        range = NetworkDefaults.Fill(range);
        Check(found => NetworkIpRules.Check(range, ip, found));
        ValueList<DhcpRange> ranges = ip.Dhcp?.Ranges ?? default;
        int at = IndexOf(ranges, one => one.Start == range.Start && one.End == range.End);
        if (IsAdd(command))
        {
            CheckOneDhcp(network, index);
            if (at >= 0)
                throw Invalid($"there is an existing dhcp range entry in network '{network.Name}' that matches \"<range start='{range.Start}' end='{range.End}'/>\"");
            ranges = Add(ranges, range, command);
        }
        else if (command != NetworkUpdateCommand.Delete)
            throw Unknown(command);
        else if (at < 0)
            throw Invalid($"couldn't locate a matching dhcp range entry in network '{network.Name}'");
        else
            ranges = ranges.RemoveAt(at);
        return With(network, index, (ip.Dhcp ?? new NetworkDhcp()) with { Ranges = ranges });
    }

    /// <summary>The address whose DHCP is meant.</summary>
    static (NetworkIp Ip, int Index) Parent(NetworkDef network, int index, string section)
    {
        if (index < 0)
        {
            index = IndexOf(network.Ips, HasDhcp);
            if (index < 0)
                index = IndexOf(network.Ips, ip => !ip.Address.IsIpv6);
            if (index < 0)
                index = IndexOf(network.Ips, ip => ip.Address.IsIpv6);
            if (index < 0)
                throw Invalid($"couldn't update {section} entry - no <ip> element found in network '{network.Name}'");
        }
        if (index >= network.Ips.Count)
            throw Invalid($"couldn't update {section} entry - no <ip> element found at index {index} in network '{network.Name}'");
        return (network.Ips[index], index);
    }

    static bool HasDhcp(NetworkIp ip) => ip.Dhcp is { } dhcp && !(dhcp.Ranges.IsEmpty && dhcp.Hosts.IsEmpty);

    static void CheckOneDhcp(NetworkDef network, int index)
    {
        for (int i = 0; i < network.Ips.Count; i++)
            if (i != index && network.Ips[i].Address.IsIpv6 == network.Ips[index].Address.IsIpv6 && HasDhcp(network.Ips[i]))
                throw Invalid($"dhcp is supported only for a single {(network.Ips[i].Address.IsIpv6 ? "IPv6" : "IPv4")} address on each network");
    }

    static NetworkDef With(NetworkDef network, int index, NetworkDhcp dhcp) => network with
    {
        Ips = network.Ips.SetItem(index, network.Ips[index] with { Dhcp = dhcp.Ranges.IsEmpty && dhcp.Hosts.IsEmpty ? null : dhcp }),
    };

    /// <summary>Whether two guests would get in each other's way.</summary>
    static bool Shares(DhcpHost one, DhcpHost other) =>
        SameMac(one.Mac, other.Mac) || one.Name is not null && one.Name == other.Name || one.Ip is not null && one.Ip == other.Ip;

    /// <summary>Whether whatever <paramref name="wanted"/> says is true of a guest.</summary>
    static bool Fits(DhcpHost one, DhcpHost wanted) =>
        (wanted.Mac is null || SameMac(one.Mac, wanted.Mac)) && (wanted.Name is null || one.Name == wanted.Name) && (wanted.Ip is null || one.Ip == wanted.Ip)
        && (wanted.Id is null || one.Id == wanted.Id);

    static bool SameMac(string? one, string? other) =>
        one is not null && other is not null && MacAddress.TryParse(one, out MacAddress a) && MacAddress.TryParse(other, out MacAddress b) && a == b;
}
