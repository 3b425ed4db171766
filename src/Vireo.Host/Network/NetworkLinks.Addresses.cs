using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace Vireo.Host.Network;

/// <content>Addresses of devices, and routes.</content>
public static unsafe partial class NetworkLinks
{
    const ushort AddressLocal = 2, AddressBroadcast = 4, RouteTo = 1, RouteDevice = 4, RouteGateway = 5, RouteMetric = 6;
    const byte Ipv4 = 2, Ipv6 = 10, MainTable = 254, AtBoot = 3, Unicast = 1;

    /// <summary>Gives a device an address of its own.</summary>
    /// <param name="index">The device.</param>
    /// <param name="address">IPv4 or IPv6.</param>
    /// <param name="prefix">The length of the network's prefix, in bits.</param>
    /// <param name="broadcast">The address of all, for IPv4; null: none.</param>
    public static int AddAddress(int index, IPAddress address, int prefix, IPAddress? broadcast)
    {
        ArgumentNullException.ThrowIfNull(address);
        Span<byte> body = stackalloc byte[8];
        body.Clear();
        body[0] = FamilyOf(address);
        body[1] = (byte)prefix;
        BinaryPrimitives.WriteInt32LittleEndian(body[4..], index);
        var request = new LinkRequest(
            stackalloc byte[128], LinkRequest.NewAddress, LinkRequest.Acknowledge | LinkRequest.Create | LinkRequest.Exclusive, body);
        request.Add(AddressLocal, address.GetAddressBytes());
        if (broadcast is not null)
            request.Add(AddressBroadcast, broadcast.GetAddressBytes());
        return Do(request.Bytes);
    }

    /// <summary>Adds a route into another network.</summary>
    /// <param name="index">The device by which packets go.</param>
    /// <param name="network">The other network's address.</param>
    /// <param name="prefix">The length of its prefix, in bits.</param>
    /// <param name="gateway">Who passes packets on.</param>
    /// <param name="metric">Of several routes the one with the least is taken.</param>
    public static int AddRoute(int index, IPAddress network, int prefix, IPAddress gateway, uint metric)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(gateway);
        Span<byte> body = stackalloc byte[12];
        body.Clear();
        body[0] = FamilyOf(network);
        body[1] = (byte)prefix;
        body[4] = MainTable;
        body[5] = AtBoot;
        body[7] = Unicast;
        var request = new LinkRequest(
            stackalloc byte[128], LinkRequest.NewRoute, LinkRequest.Acknowledge | LinkRequest.Create | LinkRequest.Exclusive, body);
        request.Add(RouteTo, network.GetAddressBytes());
        request.Add(RouteGateway, gateway.GetAddressBytes());
        request.Add(RouteDevice, (uint)index);
        request.Add(RouteMetric, metric);
        return Do(request.Bytes);
    }

    static byte FamilyOf(IPAddress address) => address.AddressFamily == AddressFamily.InterNetworkV6 ? Ipv6 : Ipv4;
}
