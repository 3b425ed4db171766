using System.Globalization;
using System.Text;
using Vireo.Core;
using Vireo.Core.Errors;
using Vireo.Drivers.Network.Definition;
using Vireo.Host.Network;
using Vireo.Model.Network;

namespace Vireo.Drivers.Network.Start;

/// <summary>A network's own bridge in the kernel.</summary>
static class BridgeDevice
{
    const int OutOfRange = 34, InvalidArgument = 22, Exists = 17, NoDevice = 19;
    const int LongestName = 15;
    const uint LeastMtu = 68, LargestMtu = 65535;

    /// <summary>Makes it; it does not run yet.</summary>
    /// <exception cref="VireoException">The kernel refuses.</exception>
    public static void Make(NetworkDef network)
    {
        string name = NameOf(network);
        string making = $"error creating bridge interface {name}";
        NetworkErrors.Check(Encoding.UTF8.GetByteCount(name) > LongestName ? OutOfRange : 0, making);
        if (network.Mtu is < LeastMtu or > LargestMtu)
            throw VireoException.System(ErrorDomain.None, InvalidArgument, $"Cannot set interface MTU on '{name}'");
        NetworkBridge bridge = network.Bridge!;
        NetworkErrors.Check(NetworkLinks.MakeBridge(name, new BridgeWish(
            network.Mac, network.Mtu, bridge.Stp ?? true, bridge.Delay ?? 0, bridge.MacTableManager is MacTableManager.Libvirt)), making);
    }

    /// <summary>Lets the kernel speak IPv6 there or not, and never lets it take its own addresses from what guests announce.</summary>
    public static void Settle(NetworkDef network)
    {
        string folder = $"/proc/sys/net/ipv6/conf/{NameOf(network)}";
        if (!Directory.Exists(folder))
        {
            if (network.Ips.Any(static ip => ip.Address.IsIpv6))
                throw NetworkErrors.Internal($"IPv6 is not supported by the host, which network '{network.Name}' needs");
            return;
        }
        bool speaks = network.Ips.Any(static ip => ip.Address.IsIpv6);
        File.WriteAllText($"{folder}/disable_ipv6", speaks ? "0" : "1");
        File.WriteAllText($"{folder}/accept_ra", "0");
        File.WriteAllText($"{folder}/autoconf", "0");
    }

    /// <summary>Gives it its addresses, starts it, and adds the routes behind it.</summary>
    public static void Address(NetworkDef network)
    {
        string name = NameOf(network);
        int index = NetworkLinks.IndexOf(name);
        NetworkErrors.Check(index == 0 ? NoDevice : 0, $"Unable to get index for interface {name}");
        foreach (NetworkIp ip in network.Ips)
        {
            int prefix = ip.PrefixLength ?? throw NetworkErrors.Internal($"bridge '{name}' has an invalid netmask or IP address");
            IpAddress? all = ip.Address.IsIpv6 ? null : ip.Address.Broadcast(prefix);
            if (NetworkLinks.AddAddress(index, ip.Address.ToIPAddress(), prefix, all?.ToIPAddress()) != 0)
                throw new VireoException(ErrorCode.SystemError, ErrorDomain.None, $"Failed to add IP address {ip.Address}/{prefix}{(all is { } to ? $" bcast {to}" : "")} to {name}");
        }
        NetworkErrors.Check(NetworkLinks.SetUp(index, true), $"Cannot set interface flags on '{name}'");
        foreach (NetworkRoute route in network.Routes)
        {
            int prefix = SubnetConflicts.Prefix(route);
            int errno = NetworkLinks.AddRoute(index, route.Address.ToIPAddress(), prefix, route.Gateway.ToIPAddress(), route.Metric ?? 1);
            if (errno is not (0 or Exists))
                throw VireoException.System(ErrorDomain.None, errno, $"Failed to add route {route.Address}/{prefix} via {route.Gateway} to {name}");
        }
    }

    /// <summary>Lets the host pass packets on.</summary>
    public static void Forward(NetworkDef network)
    {
        Switch("/proc/sys/net/ipv4/ip_forward", "IPv4", Kinds.Forwards(network, isIpv6: false));
        Switch("/proc/sys/net/ipv6/conf/all/forwarding", "IPv6", Kinds.Forwards(network, isIpv6: true));
    }

    static void Switch(string file, string family, bool wanted)
    {
        if (!wanted || !File.Exists(file) || File.ReadAllText(file).Trim() == "1")
            return;
        try
        {
            File.WriteAllText(file, "1\n");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw NetworkErrors.Internal(string.Create(CultureInfo.InvariantCulture, $"failed to enable IP forwarding ({family}): {e.Message}"));
        }
    }

    /// <summary>Removes it; one that is gone is fine.</summary>
    public static void Remove(NetworkDef network)
    {
        string name = NameOf(network);
        int errno = NetworkLinks.Remove(name);
        NetworkErrors.Check(errno == NoDevice ? 0 : errno, $"error destroying network device {name}");
    }

    /// <summary>The name of a network's bridge.</summary>
    public static string NameOf(NetworkDef network) =>
        network.Bridge?.Name ?? throw NetworkErrors.Internal($"network '{network.Name}' does not have a bridge name.");
}
