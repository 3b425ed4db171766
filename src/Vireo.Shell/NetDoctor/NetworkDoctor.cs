using Vireo.Core;
using Vireo.Model.Network;
using Vireo.Shell.NetDoctor.Filter;

namespace Vireo.Shell.NetDoctor;

/// <summary>Follows the way of a network's packets, from a guest to the host and out, and back.</summary>
/// <param name="host">The host.</param>
/// <param name="links">Its devices.</param>
/// <param name="filter">Its rules.</param>
/// <param name="target">An address outside, to which the way is followed.</param>
sealed class NetworkDoctor(HostTools host, LinkTable links, HostFilter filter, IpAddress target)
{
    const int DhcpServer = 67, Names = 53, Web = 443;

    /// <summary>Everything on the way.</summary>
    /// <param name="network">The network.</param>
    /// <param name="isActive">Whether it is.</param>
    /// <param name="guest">A guest's address; null: any.</param>
    public async Task<IReadOnlyList<Finding>> LookAsync(NetworkDef network, bool isActive, IpAddress? guest)
    {
        if (!isActive)
            return [Finding.Bad("network", $"network '{network.Name}' is not active", $"vireo net-start {network.Name}")];
        var found = new List<Finding>();
        ForwardMode? mode = network.Forward is { } forward ? forward.Mode ?? ForwardMode.Nat : null;
        if (mode is ForwardMode.Hostdev)
            return [Finding.Fine("network", "guests have cards of their own: nothing of the host is on their way")];
        if (mode is (ForwardMode.Bridge or ForwardMode.Private or ForwardMode.Vepa or ForwardMode.Passthrough) && network.Bridge?.Name is null)
        {
            foreach (ForwardInterface device in network.Forward!.Interfaces.ToList())
                found.Add(Device(device.Device, "macvtaps of guests are on it"));
            return found;
        }
        string bridge = network.Bridge!.Name!;
        if (!Bridge(found, bridge))
            return found;
        if (mode is ForwardMode.Bridge)
        {
            Bridged(found, bridge, guest);
            return found;
        }
        foreach (NetworkIp ip in network.Ips.ToList())
            Address(found, bridge, ip);
        foreach (NetworkIp ip in network.Ips.ToList())
            await ServicesAsync(found, network, bridge, ip);
        foreach (NetworkIp ip in network.Ips.ToList())
            if (ip.Address.IsIpv6 == target.IsIpv6 && ip.PrefixLength is { } prefix)
                await OutsideAsync(found, network, mode, bridge, guest is { } known && known.IsIpv6 == target.IsIpv6 ? known : Some(ip.Address), prefix);
        foreach (string unseen in filter.Unseen)
            found.Add(Finding.Doubt("firewall", unseen, "install it, and run this as root"));
        return found;
    }

    // Any guest's address: one beside the host's own.
    static IpAddress Some(IpAddress own)
    {
        byte[] bytes = own.ToIPAddress().GetAddressBytes();
        bytes[^1] ^= 3;
        return IpAddress.Of(new System.Net.IPAddress(bytes));
    }

    bool Bridge(List<Finding> found, string bridge)
    {
        if (links.Find(bridge) is not { } link)
        {
            found.Add(Finding.Bad("bridge", $"there is no device {bridge}", "vireod makes a lost bridge again; if it does not run: systemctl restart vireod"));
            return false;
        }
        IReadOnlyList<string> ports = links.PortsOf(bridge);
        found.Add(!link.IsUp ? Finding.Bad("bridge", $"{bridge} is down", $"ip link set {bridge} up")
            : Finding.Fine("bridge", $"{bridge} is up, with {(ports.Count == 0 ? "no cards on it" : string.Join(", ", ports))}"));
        return link.IsUp;
    }

    Finding Device(string name, string use) => links.Find(name) is not { } link ? Finding.Bad("device", $"there is no device {name}", "the network names another device, or a driver is not loaded")
        : !link.IsUp ? Finding.Bad("device", $"{name} is down", $"ip link set {name} up")
        : link.HasCarrier ? Finding.Fine("device", $"{name} is up: {use}") : Finding.Bad("device", $"{name} has no carrier", "its cable, or the switch at its other end");

    void Bridged(List<Finding> found, string bridge, IpAddress? guest)
    {
        IReadOnlyList<HostLink> ways = [.. links.All.Where(link => link.Master == bridge && !link.Name.StartsWith("vnet", StringComparison.Ordinal))];
        if (ways.Count == 0)
            found.Add(Finding.Doubt("bridge", $"only guests are on {bridge}: it leads nowhere", $"ip link set DEVICE master {bridge}, or the same in the host's network settings"));
        else if (!ways.Any(static link => link is { IsUp: true, HasCarrier: true }))
            found.Add(Finding.Bad("bridge", $"{string.Join(", ", ways.Select(static link => link.Name))} is down or has no carrier", "its cable, or ip link set ... up"));
        // A bridge hands its packets to the packet filter only where it is told to, as Docker and Kubernetes do.
        string file = $"/proc/sys/net/bridge/bridge-nf-call-{(target.IsIpv6 ? "ip6tables" : "iptables")}";
        if (host.Read(file)?.Trim() is "1")
            Passes(found, new Packet("forward", guest ?? target, target, bridge, bridge, "tcp", Web, false), bridge, $"packets across {bridge} (it hands them to the packet filter: {file})");
    }

    void Address(List<Finding> found, string bridge, NetworkIp ip)
    {
        int prefix = ip.PrefixLength ?? ip.Address.Bits;
        if (!links.Find(bridge)!.Addresses.Any(one => one.Address == ip.Address))
            found.Add(Finding.Bad("address", $"{bridge} has lost its address {ip.Address}/{prefix}", $"ip address add {ip.Address}/{prefix} dev {bridge}"));
        HostLink? other = links.All.FirstOrDefault(link => link.Name != bridge && link.Addresses.Any(one => one.Prefix > 0 && !IsLinkLocal(one.Address)
            && AddressRange.Of(one.Address, one.Prefix).Overlaps(AddressRange.Of(ip.Address, prefix))));
        found.Add(other is null ? Finding.Fine("address", $"{bridge} has {ip.Address}/{prefix}, which no other device shares")
            : Finding.Bad("address", $"{other.Name} has addresses of {ip.Address}/{prefix} too: answers to guests go there", "give the network other addresses: vireo net-edit"));
    }

    static bool IsLinkLocal(IpAddress address) => address.IsIpv6 && (ushort)(address.Number >> 112) is >= 0xfe80 and < 0xfec0;

    async Task ServicesAsync(List<Finding> found, NetworkDef network, string bridge, NetworkIp ip)
    {
        IpAddress all = ip.Address.IsIpv6 ? ip.Address : Parse("255.255.255.255"), nobody = ip.Address.IsIpv6 ? ip.Address : Parse("0.0.0.0");
        if (ip.Dhcp is { } dhcp && !(dhcp.Ranges.IsEmpty && dhcp.Hosts.IsEmpty))
        {
            int port = ip.Address.IsIpv6 ? 547 : DhcpServer;
            found.Add(Listens(port, ip.Address.IsIpv6) ? Finding.Fine("leases", $"a server of addresses listens at port {port}")
                : Finding.Bad("leases", "nobody serves addresses: dnsmasq does not run", $"vireod starts it again; its log says what keeps it. By hand: vireo net-destroy {network.Name}; vireo net-start {network.Name}"));
            Passes(found, new Packet("input", nobody, all, bridge, null, "udp", port, false), bridge, "a guest's question for an address");
        }
        if (network.Dns?.Enable is not false)
        {
            found.Add(await host.AnswersAsync(ip.Address.ToIPAddress()) ? Finding.Fine("names", $"the name server at {ip.Address} answers")
                : Finding.Bad("names", $"nobody answers at {ip.Address} port {Names}", "dnsmasq does not run, or a rule drops its answers; see the daemon's log"));
            if (host.Read("/etc/resolv.conf") is not { } conf || !conf.Split('\n').Any(static line => line.StartsWith("nameserver", StringComparison.Ordinal)))
                found.Add(Finding.Doubt("names", "the host's own /etc/resolv.conf names no name server: guests resolve no names of others", "a nameserver there, or <forwarder> in the network"));
            Passes(found, new Packet("input", ip.Address, ip.Address, bridge, null, "udp", Names, false), bridge, "a guest's question for a name");
        }
    }

    static IpAddress Parse(string text) => IpAddress.TryParse(text, out IpAddress address) ? address : default;

    bool Listens(int port, bool isIpv6) => host.Read(isIpv6 ? "/proc/self/net/udp6" : "/proc/self/net/udp")?.Contains($":{port:X4} ", StringComparison.Ordinal) is true;

    async Task OutsideAsync(List<Finding> found, NetworkDef network, ForwardMode? mode, string bridge, IpAddress guest, int prefix)
    {
        if (mode is null)
        {
            found.Add(Finding.Fine("outside", "the network is isolated: its guests reach each other and the host"));
            return;
        }
        string file = target.IsIpv6 ? "/proc/sys/net/ipv6/conf/all/forwarding" : "/proc/sys/net/ipv4/ip_forward";
        found.Add(host.Read(file)?.Trim() is "0" ? Finding.Bad("forwarding", $"the host passes no packets on: {file} is 0", $"echo 1 >{file}, and whoever set it to 0: grep -r forward /etc/sysctl*")
            : Finding.Fine("forwarding", $"the host passes packets on ({file})"));
        if ((await host.IpAsync("route", "get", target.ToString())) is not [var route, ..] || LinkTable.Text(route["dev"]) is not { } way)
        {
            found.Add(Finding.Bad("route", $"the host itself has no route to {target}", "ip route; the host's own network is not up, or has no gateway"));
            return;
        }
        found.Add(way == bridge ? Finding.Bad("route", $"the host's route to {target} leads back to {bridge}", "ip route shows which one is too wide")
            : network.Forward?.Device is { } only && only != way ? Finding.Bad("route", $"the network goes out by {only} only, but the host's route to {target} leaves by {way}", "another <forward dev>, or another route")
            : Finding.Fine("route", $"{target} is reached by {way}"));
        Passes(found, new Packet("forward", guest, target, bridge, way, "tcp", Web, false), bridge, $"what a guest ({guest}) sends to {target}");
        Passes(found, new Packet("forward", target, guest, way, bridge, "tcp", Web, true), bridge, $"what {target} answers");
        PacketFate left = new PacketWalk(filter.Chains).Walk(new Packet("postrouting", guest, target, null, way, "tcp", Web, false));
        bool translates = mode is ForwardMode.Nat && (!target.IsIpv6 || network.Forward?.Nat?.Ipv6 is true);
        if (translates && !left.IsTranslated && filter.Unseen.Count == 0)
            found.Add(Finding.Bad("nat", $"no rule gives packets of {guest}/{prefix} the host's address: nobody can answer them", "systemctl reload vireod puts the network's rules in again"));
        else if (translates && left.IsTranslated)
            found.Add(Finding.Fine("nat", "packets leave with the host's address"));
        else if (!translates)
            found.Add(Finding.Fine("nat", $"packets keep their addresses: routers outside must know that {guest}/{prefix} is behind this host"));
    }

    /// <summary>Follows one packet through the rules.</summary>
    void Passes(List<Finding> found, Packet packet, string bridge, string what)
    {
        PacketFate fate = new PacketWalk(filter.Chains).Walk(packet);
        if (fate.Dropped is { } place)
        {
            string owner = filter.OwnerOf(place);
            found.Add(Finding.Bad("firewall", $"{what} is dropped by {place}, of {owner}", HostFilter.RemedyFor(owner, place, bridge)));
        }
        else if (fate.May is [var first, ..])
            found.Add(Finding.Doubt("firewall", $"{what} may be dropped by {first}, of {filter.OwnerOf(first)}: that depends on what cannot be told from outside", "count its packets while the guest sends: iptables -vL, or nft monitor trace"));
        else
            found.Add(Finding.Fine("firewall", $"{what} passes"));
    }
}
