using System.Globalization;
using System.Security;
using System.Text;
using Vireo.Core;
using Vireo.Core.Errors;
using Vireo.Model.Network;

namespace Vireo.Drivers.Network.NameService;

/// <summary>The files that dnsmasq reads for a network.</summary>
/// <param name="Configuration">Its configuration.</param>
/// <param name="Hosts">Addresses that are always given to the same guest; empty: to nobody.</param>
/// <param name="Names">Names of addresses, as in <c>/etc/hosts</c>; empty: none.</param>
public sealed record DnsmasqFiles(string Configuration, string Hosts, string Names)
{
    /// <summary>The files' places.</summary>
    /// <param name="folder">Where they are.</param>
    /// <param name="network">The network's name.</param>
    public static DnsmasqPlaces Places(string folder, string network)
    {
        string safe = SecurityElement.Escape(network);
        return new DnsmasqPlaces($"{folder}/{network}.conf", $"{folder}/{safe}.hostsfile", $"{folder}/{safe}.addnhosts");
    }

    /// <summary>Whether a network needs dnsmasq at all: it has an address, and there is something to serve.</summary>
    public static bool Needed(NetworkDef network) => !network.Ips.IsEmpty
        && (network.Dns?.Enable != false || network.Ips.Any(static ip => ip.TftpRoot is not null || IsServed(ip)));

    /// <summary>Writes them.</summary>
    /// <param name="network">A network in normal form.</param>
    /// <param name="bridge">Its bridge.</param>
    /// <param name="folder">Where the files will be.</param>
    /// <param name="pidFile">Where dnsmasq notes its pid; null: nowhere.</param>
    /// <exception cref="VireoException"><see cref="ErrorCode.ConfigUnsupported"/>: dnsmasq cannot do what the network asks for.</exception>
    public static DnsmasqFiles Of(NetworkDef network, string bridge, string folder, string? pidFile = null) => new(
        new DnsmasqConfiguration(network, bridge, Places(folder, network.Name), pidFile).ToString(), HostsOf(network), NamesOf(network));

    internal static bool IsServed(NetworkIp ip) => ip.Dhcp is { } dhcp && !(dhcp.Ranges.IsEmpty && dhcp.Hosts.IsEmpty);

    /// <summary><c>MAC,ADDRESS,NAME,LEASE</c> or <c>NAME,ADDRESS,LEASE</c>; for IPv6 <c>id:DUID,NAME,[ADDRESS],LEASE</c>.</summary>
    static string HostsOf(NetworkDef network)
    {
        var text = new StringBuilder();
        foreach (NetworkIp ip in network.Ips)
            foreach (DhcpHost host in ip.Dhcp?.Hosts ?? default)
            {
                string lease = Lease(host.Lease) is { } time ? $",{time}" : "";
                if (ip.Address.IsIpv6)
                    text.Append(host.Id is null ? "" : $"id:{host.Id},").Append(host.Name is null ? "" : $"{host.Name},").Append(CultureInfo.InvariantCulture, $"[{host.Ip}]{lease}\n");
                else if (host.Mac is not null)
                    text.Append(host.Mac).Append(host.Ip is null ? "" : $",{host.Ip}").Append(host.Name is null ? "" : $",{host.Name}").Append(CultureInfo.InvariantCulture, $"{lease}\n");
                else if (host.Name is not null)
                    text.Append(CultureInfo.InvariantCulture, $"{host.Name},{host.Ip}{lease}\n");
            }
        return text.ToString();
    }

    static string NamesOf(NetworkDef network)
    {
        var text = new StringBuilder();
        foreach (DnsHost host in network.Dns?.Hosts ?? default)
        {
            text.Append(CultureInfo.InvariantCulture, $"{host.Ip}\t");
            foreach (string name in host.Names)
                text.Append(name).Append('\t');
            text.Append('\n');
        }
        return text.ToString();
    }

    /// <summary>A time as dnsmasq writes it, or null.</summary>
    internal static string? Lease(DhcpLease? lease) => lease?.Expiry switch
    {
        null => null,
        0 => "infinite",
        { } time => $"{time}{lease.Unit switch { LeaseUnit.Seconds => 's', LeaseUnit.Hours => 'h', _ => 'm' }}",
    };
}

/// <summary>Where a network's files for dnsmasq are.</summary>
/// <param name="Configuration">The configuration.</param>
/// <param name="Hosts">Addresses of certain guests.</param>
/// <param name="Names">Names of addresses.</param>
public sealed record DnsmasqPlaces(string Configuration, string Hosts, string Names);
