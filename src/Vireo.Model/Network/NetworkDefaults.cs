using Vireo.Core;
using Vireo.Model.Shared;

namespace Vireo.Model.Network;

/// <summary>What libvirt implies where a network's document says nothing, whatever driver runs it. The uuid and the bridge's name are the driver's.</summary>
public static class NetworkDefaults
{
    /// <summary>The network in normal form: as libvirt writes it back.</summary>
    public static NetworkDef Fill(NetworkDef network)
    {
        NetworkForward? forward = Forward(network.Forward);
        return network with
        {
            Ipv6 = network.Ipv6 is true ? true : null,
            Metadata = network.Metadata is { } metadata ? MetadataContent.Clean(metadata) : null,
            Forward = forward,
            Bridge = Bridge(network.Bridge, forward),
            Domain = network.Domain is { Name: null } ? null : network.Domain,
            Vlan = VlanDefaults.Fill(network.Vlan),
            Bandwidth = BandwidthDefaults.Fill(network.Bandwidth),
            VirtualPort = VirtualPortDefaults.Fill(network.VirtualPort),
            Ips = network.Ips.Map(Ip),
            PortGroups = network.PortGroups.Map(Fill),
        };
    }

    /// <summary>A port group in normal form.</summary>
    public static PortGroup Fill(PortGroup group) => group with
    {
        Default = group.Default is true ? true : null,
        Vlan = VlanDefaults.Fill(group.Vlan),
        Bandwidth = BandwidthDefaults.Fill(group.Bandwidth),
        VirtualPort = VirtualPortDefaults.Fill(group.VirtualPort),
    };

    /// <summary>A range of addresses in normal form.</summary>
    public static DhcpRange Fill(DhcpRange range) => range with { Lease = Lease(range.Lease) };

    /// <summary>A guest's address in normal form.</summary>
    public static DhcpHost Fill(DhcpHost host) => host with { Lease = Lease(host.Lease) };

    /// <summary>Whether libvirt makes the bridge of a network of this kind.</summary>
    internal static bool OwnsBridge(NetworkForward? forward) =>
        forward is null or { Mode: null or ForwardMode.Nat or ForwardMode.Route or ForwardMode.Open };

    static NetworkBridge? Bridge(NetworkBridge? bridge, NetworkForward? forward)
    {
        bridge ??= new NetworkBridge();
        return OwnsBridge(forward)
            ? bridge with { Stp = bridge.Stp ?? true, Delay = bridge.Delay ?? 0 }
            : bridge with { Stp = null, Delay = null };
    }

    // Of devices, addresses and physical functions only the first kind that is there counts.
    static NetworkForward? Forward(NetworkForward? forward)
    {
        if (forward is null)
            return null;
        ForwardMode mode = forward.Mode ?? ForwardMode.Nat;
        ValueList<ForwardInterface> interfaces = forward.Interfaces;
        if (interfaces.IsEmpty && forward.Device is { } device)
            interfaces = [new ForwardInterface { Device = device }];
        bool hasInterfaces = !interfaces.IsEmpty, hasAddresses = !hasInterfaces && !forward.Addresses.IsEmpty;
        return forward with
        {
            Mode = mode,
            Managed = mode == ForwardMode.Hostdev ? forward.Managed ?? false : null,
            Device = hasInterfaces ? interfaces[0].Device : null,
            Interfaces = interfaces,
            Addresses = hasAddresses ? forward.Addresses.Map(address => address with
            {
                Domain = address.Domain ?? 0, Bus = address.Bus ?? 0, Slot = address.Slot ?? 0, Function = address.Function ?? 0,
            }) : default,
            PhysicalFunctions = hasInterfaces || hasAddresses ? default : forward.PhysicalFunctions,
        };
    }

    static NetworkIp Ip(NetworkIp ip) => ip.Dhcp is null ? ip : ip with { Dhcp = Dhcp(ip.Dhcp, ip.Address.IsIpv6) };

    // Without an address to give there is nobody to boot.
    static NetworkDhcp? Dhcp(NetworkDhcp dhcp, bool isIpv6) => dhcp.Ranges.IsEmpty && dhcp.Hosts.IsEmpty ? null : dhcp with
    {
        Ranges = dhcp.Ranges.Map(Fill),
        Hosts = dhcp.Hosts.Map(Fill),
        BootFile = isIpv6 ? null : dhcp.BootFile,
        BootServer = !isIpv6 && dhcp.BootFile is not null && dhcp.BootServer is { } server && IpAddress.TryParse(server, out IpAddress address) ? address.ToXml() : null,
    };

    static DhcpLease? Lease(DhcpLease? lease) => lease is not { Expiry: { } expiry } ? null
        : lease with { Unit = expiry == 0 ? null : lease.Unit ?? LeaseUnit.Minutes };
}
