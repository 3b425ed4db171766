using System.Buffers.Binary;
using System.Net;

namespace Vireo.Drivers.NwFilter.Learning;

/// <summary>What a packet on a guest's card tells of the guest's address.</summary>
/// <param name="Kind">What it tells.</param>
/// <param name="Address">The address.</param>
/// <param name="Server">Who lent it, for what a DHCP server says.</param>
/// <param name="Seconds">For how long; <see cref="uint.MaxValue"/>: for ever.</param>
readonly record struct SeenPacket(SeenKind Kind, IPAddress Address, IPAddress Server, uint Seconds)
{
    const int EthernetHeader = 14, Ipv4 = 0x0800, Arp = 0x0806, Udp = 17, UdpHeader = 8, DhcpFixed = 240, ServerPort = 67, ClientPort = 68;
    const uint Magic = 0x63825363;

    /// <summary>Reads a frame; null: it tells nothing.</summary>
    /// <param name="frame">The frame, from its Ethernet header on.</param>
    /// <param name="mac">The guest's hardware address, six bytes.</param>
    /// <param name="fromGuest">The guest sent it.</param>
    internal static SeenPacket? Read(ReadOnlySpan<byte> frame, ReadOnlySpan<byte> mac, bool fromGuest)
    {
        if (frame.Length < EthernetHeader || fromGuest && !frame[6..12].SequenceEqual(mac))
            return null;
        ReadOnlySpan<byte> rest = frame[EthernetHeader..];
        return BinaryPrimitives.ReadUInt16BigEndian(frame[12..]) switch
        {
            Arp => fromGuest ? ReadArp(rest, mac) : null,
            Ipv4 => ReadIpv4(rest, mac, fromGuest),
            _ => null,
        };
    }

    // Hardware kind 1, protocol IPv4, lengths 6 and 4, what for; then the sender's addresses.
    static SeenPacket? ReadArp(ReadOnlySpan<byte> arp, ReadOnlySpan<byte> mac) =>
        arp.Length >= 28 && arp[..6].SequenceEqual((ReadOnlySpan<byte>)[0, 1, 8, 0, 6, 4]) && arp[8..14].SequenceEqual(mac) ? Used(arp[14..18]) : null;

    static SeenPacket? Used(ReadOnlySpan<byte> address) => IsOfOne(address) ? new SeenPacket(SeenKind.Used, new IPAddress(address), IPAddress.Any, 0) : null;

    // Neither nobody's, nor a group's, nor everybody's.
    static bool IsOfOne(ReadOnlySpan<byte> address) => address[0] is > 0 and < 224 and not 127;

    static SeenPacket? ReadIpv4(ReadOnlySpan<byte> packet, ReadOnlySpan<byte> mac, bool fromGuest)
    {
        if (packet.Length < 20 || packet[0] >> 4 != 4)
            return null;
        int header = (packet[0] & 15) * 4;
        bool isFragment = (BinaryPrimitives.ReadUInt16BigEndian(packet[6..]) & 0x1fff) != 0;
        if (header >= 20 && packet.Length >= header + UdpHeader && packet[9] == Udp && !isFragment)
        {
            ReadOnlySpan<byte> udp = packet[header..];
            (int from, int to) = (BinaryPrimitives.ReadUInt16BigEndian(udp), BinaryPrimitives.ReadUInt16BigEndian(udp[2..]));
            if ((from, to) == (fromGuest ? (ClientPort, ServerPort) : (ServerPort, ClientPort)) && ReadDhcp(udp[UdpHeader..], mac, packet[12..16], fromGuest) is { } told)
                return told;
        }
        return fromGuest ? Used(packet[12..16]) : null;
    }

    static SeenPacket? ReadDhcp(ReadOnlySpan<byte> dhcp, ReadOnlySpan<byte> mac, ReadOnlySpan<byte> sender, bool fromGuest)
    {
        if (dhcp.Length < DhcpFixed || dhcp[0] != (fromGuest ? 1 : 2) || !dhcp[28..34].SequenceEqual(mac) || BinaryPrimitives.ReadUInt32BigEndian(dhcp[236..]) != Magic)
            return null;
        byte kind = 0;
        uint seconds = uint.MaxValue;
        ReadOnlySpan<byte> options = dhcp[DhcpFixed..], requested = default;
        while (options.Length >= 2 && options[0] != 255)
        {
            if (options[0] == 0)
            {
                options = options[1..];
                continue;
            }
            int length = options[1];
            if (options.Length < 2 + length)
                return null;
            ReadOnlySpan<byte> value = options.Slice(2, length);
            switch (options[0])
            {
                case 50 when length == 4:
                    requested = value;
                    break;
                case 51 when length == 4:
                    seconds = BinaryPrimitives.ReadUInt32BigEndian(value);
                    break;
                case 53 when length == 1:
                    kind = value[0];
                    break;
            }
            options = options[(2 + length)..];
        }
        return (fromGuest, kind) switch
        {
            (false, 5) when IsOfOne(dhcp[16..20]) => new SeenPacket(SeenKind.Lent, new IPAddress(dhcp[16..20]), new IPAddress(sender), seconds),
            (true, 7) => new SeenPacket(SeenKind.Returned, new IPAddress(dhcp[12..16]), IPAddress.Any, 0),
            (true, 4) when requested.Length == 4 => new SeenPacket(SeenKind.Returned, new IPAddress(requested), IPAddress.Any, 0),
            _ => null,
        };
    }
}

/// <summary>What a packet tells.</summary>
enum SeenKind
{
    /// <summary>The guest uses an address.</summary>
    Used,

    /// <summary>A DHCP server lent it one.</summary>
    Lent,

    /// <summary>The guest gave it back, or does not want it.</summary>
    Returned,
}
