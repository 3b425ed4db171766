using System.Buffers.Binary;
using Vireo.Core;

namespace Vireo.Host.Network;

/// <summary>How a bridge is made.</summary>
/// <param name="Address">Its hardware address, which stays whatever is plugged in; null: the kernel's choice.</param>
/// <param name="Mtu">The largest packet in bytes; null: the kernel's default.</param>
/// <param name="SpanningTree">It speaks STP with other bridges.</param>
/// <param name="DelaySeconds">Seconds before a new port forwards packets; with STP the kernel takes no less than two.</param>
/// <param name="VlanFiltering">Its table of addresses is kept by somebody else than the kernel, for each VLAN.</param>
public sealed record BridgeWish(MacAddress? Address, uint? Mtu, bool SpanningTree, ulong DelaySeconds, bool VlanFiltering = false);

/// <content>Bridges and their ports.</content>
public static unsafe partial class NetworkLinks
{
    const ushort BridgeDelay = 1, BridgeSpanning = 5, BridgeVlanFiltering = 7, PortSettings = 12;
    const ushort PortLearning = 8, PortFlood = 9, PortIsolated = 33, NeighbourAddress = 2;
    const byte BridgeFamily = 7, MasterTable = 4;
    const ushort Static = 0x40;
    const int TicksPerSecond = 100;

    /// <summary>Makes a bridge; it is not started.</summary>
    public static int MakeBridge(string name, BridgeWish wish)
    {
        ArgumentNullException.ThrowIfNull(wish);
        var request = new LinkRequest(
            stackalloc byte[512], LinkRequest.NewLink, LinkRequest.Acknowledge | LinkRequest.Create | LinkRequest.Exclusive);
        request.Add(LinkRequest.Name, name);
        if (wish.Address is { } address)
            request.Add(LinkRequest.Address, Bytes(address));
        if (wish.Mtu is { } mtu)
            request.Add(LinkRequest.Mtu, mtu);
        int info = request.Begin(LinkRequest.Info);
        request.Add(LinkRequest.InfoKind, "bridge"u8);
        int data = request.Begin(LinkRequest.InfoData);
        request.Add(BridgeDelay, (uint)Math.Min(wish.DelaySeconds, uint.MaxValue / TicksPerSecond) * TicksPerSecond);
        request.Add(BridgeSpanning, wish.SpanningTree ? 1u : 0);
        if (wish.VlanFiltering)
            request.Add(BridgeVlanFiltering, [1]);
        request.End(data);
        request.End(info);
        return Do(request.Bytes);
    }

    /// <summary>Sets how a port of a bridge behaves.</summary>
    /// <param name="index">The port.</param>
    /// <param name="isolated">It reaches no other isolated port; null: as it is.</param>
    /// <param name="learns">The kernel learns addresses behind it, and floods unknown ones to it; null: as it is.</param>
    public static int SetBridgePort(int index, bool? isolated = null, bool? learns = null)
    {
        Span<byte> body = stackalloc byte[16];
        body.Clear();
        body[0] = BridgeFamily;
        BinaryPrimitives.WriteInt32LittleEndian(body[4..], index);
        var request = new LinkRequest(stackalloc byte[128], LinkRequest.SetLink, LinkRequest.Acknowledge, body);
        int settings = request.Begin(PortSettings | LinkRequest.Nested);
        if (isolated is { } apart)
            request.Add(PortIsolated, [apart ? (byte)1 : (byte)0]);
        if (learns is { } learning)
        {
            request.Add(PortLearning, [learning ? (byte)1 : (byte)0]);
            request.Add(PortFlood, [learning ? (byte)1 : (byte)0]);
        }
        request.End(settings);
        return Do(request.Bytes);
    }

    /// <summary>Tells a bridge, or no longer tells it, that an address is behind a port.</summary>
    public static int SetForwarding(int port, MacAddress address, bool there)
    {
        Span<byte> body = stackalloc byte[12];
        body.Clear();
        body[0] = BridgeFamily;
        BinaryPrimitives.WriteInt32LittleEndian(body[4..], port);
        BinaryPrimitives.WriteUInt16LittleEndian(body[8..], Static);
        body[10] = MasterTable;
        var request = new LinkRequest(stackalloc byte[64], there ? LinkRequest.NewNeighbour : LinkRequest.DeleteNeighbour,
            there ? (ushort)(LinkRequest.Acknowledge | LinkRequest.Create | LinkRequest.Exclusive) : LinkRequest.Acknowledge, body);
        request.Add(NeighbourAddress, Bytes(address));
        return Do(request.Bytes);
    }

    static byte[] Bytes(MacAddress address)
    {
        Span<byte> all = stackalloc byte[8];
        BinaryPrimitives.WriteUInt64BigEndian(all, address.Value);
        return all[2..].ToArray();
    }
}
