using System.Globalization;
using Vireo.Core;
using Vireo.Core.Errors;
using Vireo.Model.Network;

namespace Vireo.Drivers.Network.Start;

/// <summary>A network must not have addresses for which the host already has a route: its guests would be cut off, or the host's own network.</summary>
static class SubnetConflicts
{
    const string RouteTable = "/proc/net/route";

    /// <summary>Refuses a network whose IPv4 network is the host's too, or to whose routes the host has its own. As with libvirt, a part of one is allowed.</summary>
    /// <exception cref="VireoException"><see cref="ErrorCode.InternalError"/>.</exception>
    public static void Check(NetworkDef network) => Check(network, Table());

    /// <summary>Whether any part of a network leads elsewhere.</summary>
    public static bool Overlap(NetworkDef network)
    {
        foreach ((uint target, uint mask, _) in Routes(Table()))
            foreach (NetworkIp ip in network.Ips)
                if (!ip.Address.IsIpv6 && ip.PrefixLength is { } prefix && ((uint)IpAddress.Mask(prefix, false).Number & mask) is var wider
                    && ((uint)ip.Address.Number & wider) == (target & wider))
                    return true;
        return false;
    }

    static string Table() => File.Exists(RouteTable) ? File.ReadAllText(RouteTable) : "";

    /// <summary>The same, by the text of the kernel's table of routes.</summary>
    public static void Check(NetworkDef network, string table)
    {
        foreach ((uint target, uint mask, string device) in Routes(table))
        {
            foreach (NetworkIp ip in network.Ips)
                if (!ip.Address.IsIpv6 && ip.PrefixLength is { } prefix && (uint)IpAddress.Mask(prefix, false).Number == mask && ((uint)ip.Address.Number & mask) == target)
                    throw NetworkErrors.Internal($"Network is already in use by interface {device}");
            foreach (NetworkRoute route in network.Routes)
                if (!route.Address.IsIpv6 && (uint)IpAddress.Mask(Prefix(route), false).Number == mask && (uint)route.Address.Number == target)
                    throw NetworkErrors.Internal($"Route address '{route.Address}' conflicts with IP address of interface {device}");
        }
    }

    // A route to everywhere conflicts with nothing.
    static IEnumerable<(uint Target, uint Mask, string Device)> Routes(string table)
    {
        foreach (string line in table.Split('\n').Skip(1))
        {
            string[] words = line.Split('\t', StringSplitOptions.TrimEntries);
            if (words.Length < 8 || !Number(words[1], out uint target) || !Number(words[7], out uint mask) || target == 0)
                continue;
            yield return (target, mask, words[0]);
        }
    }

    /// <summary>The length of a route's prefix.</summary>
    internal static int Prefix(NetworkRoute route) =>
        (int?)route.Prefix ?? route.Netmask?.PrefixLength ?? (route.Address.Number == 0 ? 0 : route.Address.Bits);

    // The kernel writes addresses as numbers of its own byte order.
    static bool Number(string text, out uint value)
    {
        bool fits = uint.TryParse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out value);
        value = System.Buffers.Binary.BinaryPrimitives.ReverseEndianness(value);
        return fits;
    }
}
