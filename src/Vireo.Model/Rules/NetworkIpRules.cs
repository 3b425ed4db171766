using System.Buffers;
using Vireo.Core;
using Vireo.Core.Errors;
using Vireo.Model.Network;

namespace Vireo.Model.Rules;

/// <summary>Addresses of a network and what its DHCP server gives.</summary>
public sealed class NetworkIpRules : IRules<NetworkIp, NetworkDef>
{
    const int LargestRange = 65535;
    static readonly SearchValues<char> DuidChars = SearchValues.Create("0123456789abcdefABCDEF:");

    /// <inheritdoc/>
    public static void Check(NetworkIp element, NetworkDef document, Findings found)
    {
        string name = document.Name;
        IpAddress address = element.Address;
        if (element.Family == AddressFamily.Ipv6 && !address.IsIpv6)
            found.Unsupported(element, $"Family 'ipv6' specified for non-IPv6 address '{address}' in network '{name}'");
        else if (element.Family == AddressFamily.Ipv4 && address.IsIpv6)
            found.Unsupported(element, $"ipv4 family specified for non-IPv4 address '{address}' in network '{name}'");
        else if (element.Family is null && address.IsIpv6)
            found.Unsupported(element, $"no family specified for non-IPv4 address '{address}' in network '{name}'");
        if (element.Netmask is { } mask)
        {
            if (element.Prefix is not null)
                found.Unsupported(element, $"Network '{name}' IP address cannot have both a prefix and a netmask");
            if (address.IsIpv6)
                found.Unsupported(element, $"netmask not allowed for IPv6 address '{address}' in network '{name}'");
            else if (mask.IsIpv6)
                found.Unsupported(element, $"Invalid netmask '{mask}' for address '{address}' in network '{name}' (both must be IPv4)");
        }
        if (element.Prefix > address.Bits)
            found.Unsupported(element, $"Invalid {(address.IsIpv6 ? "IPv6" : "IPv4")} prefix '{element.Prefix}' in network '{name}'");
        if (element.TftpRoot is not null && address.IsIpv6)
            found.Unsupported(element, $"Unsupported <tftp> element in an IPv6 element in network '{name}'");
        if (element.Dhcp is not { } dhcp)
            return;
        foreach (DhcpRange range in dhcp.Ranges)
            Check(range, element, found);
        foreach (DhcpHost host in dhcp.Hosts)
            Check(host, element, name, partial: false, found);
        if (!address.IsIpv6 && dhcp is { BootFile: not null, BootServer: { } server } && !IpAddress.TryParse(server, out _))
            found.Add(dhcp, ErrorCode.SystemError, $"Cannot parse socket address '{server}': Name or service not known", ErrorDomain.None);
    }

    /// <summary>A range of addresses of the network <paramref name="ip"/>.</summary>
    internal static void Check(DhcpRange range, NetworkIp ip, Findings found)
    {
        CheckRange(range, range.Start, range.End, ip, found);
        Check(range.Lease, found);
    }

    /// <summary>A guest's address. A partial one, which an update compares with others, need not be whole.</summary>
    internal static void Check(DhcpHost host, NetworkIp ip, string name, bool partial, Findings found)
    {
        bool isIpv6 = ip.Address.IsIpv6;
        if (host.Mac is { } mac)
        {
            if (isIpv6)
                found.Wrong(host, $"Invalid to specify MAC address '{mac}' in network '{name}' IPv6 static host definition");
            else if (!MacAddress.TryParse(mac, out MacAddress address))
                found.Wrong(host, $"Cannot parse MAC address '{mac}' in network '{name}'");
            else if (address.IsMulticast)
                found.Wrong(host, $"expected unicast mac address, found multicast '{mac}' in network '{name}'");
        }
        if (host.Id is { } id && id.AsSpan().IndexOfAnyExcept(DuidChars) is >= 0 and int bad)
            found.Wrong(host, $"Invalid character '{id[bad]}' in id '{id}' of network '{name}'");
        if (host.Name is { } hostName && (hostName.Length == 0 || !char.IsAsciiLetterOrDigit(hostName[0])))
            found.Wrong(host, $"Cannot use host name '{host.Name}' in network '{name}'");
        if (partial)
        {
            if (host is { Mac: null, Name: null, Ip: null } && (!isIpv6 || host.Id is null))
                found.Wrong(host, $"At least one of name, mac, or ip attribute must be specified for static host definition in network '{name}' ");
        }
        else if (isIpv6 ? host is { Id: null, Name: null } : host is { Mac: null, Name: null })
            found.Wrong(host, $"Static host definition in {(isIpv6 ? "IPv6" : "IPv4")} network '{name}' must have {(isIpv6 ? "id" : "mac")} or name attribute");
        else if (host.Ip is null)
            found.Wrong(host, $"Missing IP address in static host definition for network '{name}'");
        Check(host.Lease, found);
    }

    static void Check(DhcpLease? lease, Findings found)
    {
        if (lease is { Expiry: > 0 } && lease.Expiry < lease.Unit switch { LeaseUnit.Seconds => 120, LeaseUnit.Hours => 0, _ => 2ul })
            found.Unsupported(lease, "The minimum lease time should be greater than 2 minutes");
    }

    /// <summary>A range of at most 65535 addresses, inside <paramref name="network"/> if one is given.</summary>
    internal static void CheckRange(object element, IpAddress start, IpAddress end, NetworkIp? network, Findings found)
    {
        string range = $"{start} - {end}";
        string? wrong = null;
        if (start.IsIpv6 != end.IsIpv6)
            wrong = $"mismatch of address family in range {range}";
        else if (network is not null && network.Address.IsIpv6 != start.IsIpv6)
            wrong = $"mismatch of address family in range {range} for network {network.Address}";
        else if (start > end)
            wrong = $"range {range} is reversed ";
        else if (network is { PrefixLength: null })
            wrong = $"bad prefix -1 for network {network.Address} when  checking range {range}";
        else if (network?.PrefixLength is { } prefix && prefix <= start.Bits)
        {
            string at = $"{network.Address}/{prefix}";
            IpAddress first = network.Address.Network(prefix), last = network.Address.Broadcast(prefix);
            if (start < first || end > last)
                wrong = $"range {range} is not entirely within network {at}";
            else if (!start.IsIpv6 && start == first)
                wrong = $"start of range {range} in network {at} is the network address";
            else if (!start.IsIpv6 && end == last)
                wrong = $"end of range {range} in network {at} is the broadcast address";
        }
        if (wrong is null && end.Number - start.Number >= LargestRange)
            wrong = $"range {range} is too large (> {LargestRange})";
        if (wrong is not null)
            found.Add(element, ErrorCode.InternalError, wrong, ErrorDomain.None);
    }
}

/// <summary>Ways into other networks.</summary>
public sealed class NetworkRouteRules : IRules<NetworkRoute, NetworkDef>
{
    /// <inheritdoc/>
    public static void Check(NetworkRoute element, NetworkDef document, Findings found)
    {
        (IpAddress address, IpAddress gateway, string name) = (element.Address, element.Gateway, document.Name);
        int before = found.All.Count;
        if (element.Family == AddressFamily.Ipv6)
        {
            if (!address.IsIpv6)
                Wrong($"ipv6 family specified for non-IPv6 address '{address}' in route definition");
            else if (!gateway.IsIpv6)
                Wrong($"ipv6 specified for non-IPv6 gateway address '{gateway}' in route definition");
        }
        else
        {
            string family = element.Family is null ? "No family" : "IPv4 family";
            if (address.IsIpv6)
                Wrong($"{family} specified for non-IPv4 address '{address}' in route definition");
            else if (gateway.IsIpv6)
                Wrong($"{family} specified for non-IPv4 gateway '{address}' in route definition");
        }
        if (element.Netmask is { } mask)
        {
            if (address.IsIpv6)
                Wrong($"Specifying netmask invalid for IPv6 address '{address}' in route definition");
            else if (mask.IsIpv6)
                Wrong($"Invalid netmask '{mask}' for address '{address}' (both must be IPv4)");
            else if (element.Prefix is not null)
                Wrong("Route definition cannot have both a prefix and a netmask");
        }
        if (element.Prefix > address.Bits)
            Wrong($"Invalid prefix {element.Prefix} specified in route definition, must be 0 - {address.Bits}");
        if (found.All.Count > before)
            return;
        UInt128 host = ~(element.Netmask?.Number ?? IpAddress.Mask((int?)element.Prefix ?? (address.Number == 0 ? 0 : address.Bits), address.IsIpv6).Number);
        if ((address.Number & host) != 0 || element is { Netmask: null, Prefix: null } && address.Number != 0)
            Wrong($"Address '{address}' in route definition is not a network address");
        else if (!document.Ips.Any(ip => Reaches(ip, gateway)))
            found.Unsupported(element, $"unreachable static route gateway '{gateway}' specified for network '{name}'");

        void Wrong(string text) => found.Wrong(element, $"{name}: {text}");
    }

    static bool Reaches(NetworkIp ip, IpAddress gateway) =>
        ip.Address.IsIpv6 == gateway.IsIpv6 && ip.PrefixLength is { } prefix && prefix <= gateway.Bits && ip.Address.Network(prefix) == gateway.Network(prefix);
}
