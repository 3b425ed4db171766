using System.Globalization;
using System.Security;
using System.Text;
using Vireo.Core;
using Vireo.Core.Errors;
using Vireo.Model.Network;

namespace Vireo.Drivers.Network.NameService;

/// <summary>Writes the configuration of a network's dnsmasq, which gives names and addresses to guests and to nobody else.</summary>
sealed class DnsmasqConfiguration
{
    readonly StringBuilder text = new();
    readonly NetworkDef network;
    readonly bool givesNames, isIsolated;

    internal DnsmasqConfiguration(NetworkDef network, string bridge, DnsmasqPlaces places, string? pidFile)
    {
        this.network = network;
        givesNames = network.Dns?.Enable != false;
        isIsolated = network.Forward is null;
        Head();
        Line("strict-order");
        if (!givesNames)
            Line("port=0");
        Forwarders();
        Domain();
        if (pidFile is not null)
            Line($"pid-file={SecurityElement.Escape(pidFile)}");
        Line("except-interface=lo");
        Line("bind-dynamic");
        Line($"interface={bridge}");
        if (isIsolated)
            Isolate();
        Records();
        if (network.Ips.FirstOrDefault(static ip => !ip.Address.IsIpv6 && ip.TftpRoot is not null) is { } loader)
        {
            Line("enable-tftp");
            Line($"tftp-root={loader.TftpRoot}");
        }
        Addresses(places);
        if (givesNames)
            Line($"addn-hosts={places.Names}");
        if (network.Mtu is > 0)
            Line($"dhcp-option=option:mtu,{network.Mtu}");
        Announcements();
        foreach (string option in network.DnsmasqOptions)
            Line(option);
    }

    public override string ToString() => text.ToString();

    void Line(FormattableString line) => text.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');

    void Line(string line) => text.Append(line).Append('\n');

    /// <summary>libvirt's notice in the file, part of its format: tools look for it.</summary>
    void Head()
    {
        Line("##WARNING:  THIS IS AN AUTO-GENERATED FILE. CHANGES TO IT ARE LIKELY TO BE");
        Line("##OVERWRITTEN AND LOST.  Changes to this configuration should be made using:");
        Line($"##    virsh net-edit {network.Name}");
        Line("## or other application using the libvirt API.");
        Line("##");
        Line("## dnsmasq conf file created by libvirt");
    }

    void Forwarders()
    {
        if (!givesNames || network.Dns is not { } dns)
            return;
        foreach (DnsForwarder forwarder in dns.Forwarders)
            Line(forwarder.Domain is null ? $"server={forwarder.Address}" : $"server=/{forwarder.Domain}/{forwarder.Address?.ToXml() ?? "#"}");
        if (dns.Forwarders.Any(static forwarder => forwarder.Domain is null))
            Line("no-resolv");
    }

    void Domain()
    {
        if (network.Domain?.Name is { } domain)
        {
            if (network.Domain.LocalOnly == true)
                Line($"local=/{domain}/");
            Line($"domain={domain}");
            Line("expand-hosts");
        }
        if (!givesNames)
            return;
        foreach (NetworkIp ip in network.Ips)
            if (ip.LocalPtr == true)
                Line($"local=/{ReverseDomain(ip)}/");
        if (network.Dns?.ForwardPlainNames == false)
        {
            Line("domain-needed");
            Line("local=//");
        }
    }

    /// <summary>No way out: no router, no names of others, and no announcement that this host were a router.</summary>
    void Isolate()
    {
        Line("dhcp-option=3");
        Line("no-resolv");
        Line("ra-param=*,0,0");
    }

    void Records()
    {
        if (!givesNames || network.Dns is not { } dns)
            return;
        foreach (DnsTxt record in dns.Txts)
            Line($"txt-record={record.Name},{record.Value}");
        foreach (DnsSrv record in dns.Srvs)
        {
            string name = $"_{record.Service}._{record.Protocol}" + (record.Domain is null ? "" : $".{record.Domain}");
            Line(record.Target is null or "." ? $"srv-host={name}" : $"srv-host={name},{record.Target}{Numbers(record)}");
        }
    }

    /// <summary>Each number needs those before it; a port that is not said is 1.</summary>
    static string Numbers(DnsSrv record)
    {
        var numbers = new StringBuilder();
        bool isRanked = record.Priority > 0 || record.Weight > 0;
        if (record.Port > 0 || isRanked)
            numbers.Append(CultureInfo.InvariantCulture, $",{(record.Port > 0 ? record.Port : 1)}");
        if (isRanked)
            numbers.Append(CultureInfo.InvariantCulture, $",{record.Priority ?? 0}");
        if (record.Weight > 0)
            numbers.Append(CultureInfo.InvariantCulture, $",{record.Weight}");
        return numbers.ToString();
    }

    void Addresses(DnsmasqPlaces places)
    {
        NetworkIp? four = Served(false, "IPv4"), six = Served(true, "IPv6");
        uint leases = 0;
        if (four is not null)
        {
            leases += Ranges(four);
            Line("dhcp-no-override");
            Line("dhcp-authoritative");
            if (four.Dhcp!.BootFile is { } boot)
                Line(four.Dhcp.BootServer is { } server ? $"dhcp-boot={boot},,{server}" : $"dhcp-boot={boot}");
        }
        if (six is not null)
            leases += Ranges(six);
        if (leases > 0)
            Line($"dhcp-lease-max={leases}");
        if (four is not null || six is not null)
            Line($"dhcp-hostsfile={places.Hosts}");
    }

    NetworkIp? Served(bool isIpv6, string family)
    {
        NetworkIp[] served = [.. network.Ips.Where(ip => ip.Address.IsIpv6 == isIpv6 && DnsmasqFiles.IsServed(ip))];
        return served.Length <= 1 ? served.FirstOrDefault()
            : throw Unsupported($"Multiple {family} dhcp sections found -- dhcp is supported only for a single {family} address on each network");
    }

    /// <summary>Writes the ranges and returns how many addresses they have; the rules of networks bound each.</summary>
    uint Ranges(NetworkIp ip)
    {
        int prefix = ip.PrefixLength ?? throw VireoException.Internal(ErrorDomain.Network, $"bridge '{network.Bridge?.Name}' has an invalid prefix");
        string size = ip.Address.IsIpv6 ? $"{prefix}" : IpAddress.Mask(prefix, false).ToXml();
        uint leases = 0;
        foreach (DhcpRange range in ip.Dhcp!.Ranges)
        {
            string lease = DnsmasqFiles.Lease(range.Lease) is { } time ? $",{time}" : "";
            Line($"dhcp-range={range.Start},{range.End},{size}{lease}");
            leases += (uint)(range.End.Number - range.Start.Number + 1);
        }
        // Without a range the server answers only those whose address is known.
        if (ip.Dhcp.Ranges.IsEmpty)
            Line(ip.Address.IsIpv6 ? $"dhcp-range={ip.Address},static,{prefix}" : $"dhcp-range={ip.Address},static");
        return leases;
    }

    void Announcements()
    {
        if (network.Ips.Any(static ip => ip.Address.IsIpv6 && DnsmasqFiles.IsServed(ip)))
            Line("enable-ra");
        else
            foreach (NetworkIp ip in network.Ips)
                if (ip.Address.IsIpv6)
                    Line($"dhcp-range={ip.Address},ra-only");
    }

    /// <summary>The domain of an address's reverse look-ups; its prefix must end where a label does.</summary>
    static string ReverseDomain(NetworkIp ip)
    {
        int label = ip.Address.IsIpv6 ? 4 : 8, prefix = ip.PrefixLength ?? 0;
        if (prefix % label != 0 || prefix == 0)
            throw Unsupported($"PTR domain for {(ip.Address.IsIpv6 ? "IPv6" : "IPv4")} network with prefix {prefix} cannot be automatically created");
        var domain = new StringBuilder();
        for (int bits = prefix; bits > 0; bits -= label)
        {
            var part = (uint)(ip.Address.Number >> (ip.Address.Bits - bits)) & (uint)((1 << label) - 1);
            domain.Append(part.ToString(ip.Address.IsIpv6 ? "x" : "d", CultureInfo.InvariantCulture)).Append('.');
        }
        return domain.Append(ip.Address.IsIpv6 ? "ip6.arpa" : "in-addr.arpa").ToString();
    }

    static VireoException Unsupported(string detail) => new(ErrorCode.ConfigUnsupported, ErrorDomain.Network, detail);
}
