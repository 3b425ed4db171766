using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Vireo.Host.Network;

/// <summary>What a network card does of the kernel's work.</summary>
[Flags]
public enum CardFeatures
{
#pragma warning disable CS1591
    None = 0, Rx = 1, Tx = 2, Sg = 4, Tso = 8, Gso = 0x10, Gro = 0x20, Lro = 0x40, RxVlan = 0x80, TxVlan = 0x100, NTuple = 0x200, RxHash = 0x400, TxUdpTunnel = 0x800,
#pragma warning restore CS1591
}

/// <summary>Asks network cards what they do, by the kernel's ethtool calls.</summary>
public static unsafe class CardFeaturesReader
{
    const ulong SiocEthtool = 0x8946;
    const int Inet = 2, Datagram = 2, CloseOnExec = 0x80000, NameLength = 16, GetFlags = 0x25, GetFeatures = 0x3a, UdpTunnelBit = 25;

    // Each asks for one thing; the answer is 1 or 0.
    static readonly (uint Question, CardFeatures Feature)[] questions =
    [
        (0x14, CardFeatures.Rx), (0x16, CardFeatures.Tx), (0x18, CardFeatures.Sg), (0x1e, CardFeatures.Tso), (0x23, CardFeatures.Gso), (0x2b, CardFeatures.Gro),
    ];

    static readonly (int Bit, CardFeatures Feature)[] flags =
        [(15, CardFeatures.Lro), (8, CardFeatures.RxVlan), (7, CardFeatures.TxVlan), (27, CardFeatures.NTuple), (28, CardFeatures.RxHash)];

    /// <summary>What a card does; nothing if there is none of the name.</summary>
    public static CardFeatures Read(string card)
    {
        if (Encoding.UTF8.GetByteCount(card) >= NameLength)
            return CardFeatures.None;
        using SafeFileHandle socket = LibC.Handle(LibC.socket(Inet, Datagram | CloseOnExec, 0), "cannot create a socket");
        CardFeatures found = CardFeatures.None;
        Span<uint> answer = stackalloc uint[2 + 4 * 4];
        foreach (var (question, feature) in questions)
            if (Ask(socket, card, question, answer) && answer[1] != 0)
                found |= feature;
        if (Ask(socket, card, GetFlags, answer))
            foreach (var (bit, feature) in flags)
                if ((answer[1] >> bit & 1) != 0)
                    found |= feature;
        // struct ethtool_gfeatures: command, size in blocks, and for each block of 32: available, requested, active, never changed
        answer.Clear();
        answer[1] = 2;
        if (Ask(socket, card, GetFeatures, answer, keep: true) && answer[1] >= 1 && (answer[4] >> UdpTunnelBit & 1) != 0)
            found |= CardFeatures.TxUdpTunnel;
        return found;
    }

    // struct ifreq: 16 bytes of name, and here a pointer to the question, where the answer goes too.
    static bool Ask(SafeFileHandle socket, string card, uint question, Span<uint> answer, bool keep = false)
    {
        if (!keep)
            answer.Clear();
        answer[0] = question;
        Span<byte> request = stackalloc byte[40];
        request.Clear();
        Encoding.UTF8.GetBytes(card, request);
        fixed (uint* data = answer)
        fixed (byte* at = request)
        {
            MemoryMarshal.Write(request[NameLength..], (nint)data);
            return LibC.ioctl(socket, SiocEthtool, (nint)at) == 0;
        }
    }
}
