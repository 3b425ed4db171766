using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Vireo.Drivers.NwFilter.Learning;

/// <summary>Sees the packets of a network card, in both directions (AF_PACKET). A bound socket sees nothing of other cards.</summary>
sealed class CardSocket : IDisposable
{
    const int AllProtocols = 3, AddressLength = 20, SocketLevel = 1, AttachFilter = 26, KindOfPacket = 10, Outgoing = 4;

    // Classic BPF, {code, if true, if false, constant}: IPv4, UDP, no later fragment, source port 67 or 68.
    static readonly (ushort Code, byte True, byte False, uint Constant)[] dhcpOnly =
    [
        (0x28, 0, 0, 12), (0x15, 0, 8, 0x800), (0x30, 0, 0, 23), (0x15, 0, 6, 17), (0x28, 0, 0, 20), (0x45, 4, 0, 0x1fff),
        (0xb1, 0, 0, 14), (0x48, 0, 0, 14), (0x15, 2, 0, 67), (0x15, 1, 0, 68), (0x06, 0, 0, 0), (0x06, 0, 0, 2048),
    ];

    readonly Socket socket;
    readonly SocketAddress from = new(AddressFamily.Packet, SocketAddress.GetMaximumAddressSize(AddressFamily.Packet));

    /// <summary>Looks at a card.</summary>
    /// <param name="index">The card's number.</param>
    /// <param name="onlyDhcp">The kernel keeps all else back.</param>
    /// <exception cref="SocketException">The kernel refuses.</exception>
    internal CardSocket(int index, bool onlyDhcp)
    {
        // Protocol 0 hears nothing yet: packets of other cards would come in before it is bound.
        socket = new Socket(AddressFamily.Packet, SocketType.Raw, 0);
        try
        {
            if (onlyDhcp)
                Attach();
            socket.Bind(new CardEndPoint(index));
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Waits for a packet.</summary>
    /// <returns>Its length as far as it fits, and whether it came from whoever is behind the card, not from this host.</returns>
    internal async ValueTask<(int Length, bool FromGuest)> ReceiveAsync(Memory<byte> buffer, CancellationToken cancel)
    {
        from.Size = SocketAddress.GetMaximumAddressSize(AddressFamily.Packet);       // as long as the last one was, after it
        int length = await socket.ReceiveFromAsync(buffer, SocketFlags.None, from, cancel).ConfigureAwait(false);
        return (length, from.Buffer.Span[KindOfPacket] != Outgoing);
    }

    unsafe void Attach()
    {
        Span<byte> program = stackalloc byte[dhcpOnly.Length * 8];
        for (int i = 0; i < dhcpOnly.Length; i++)
        {
            var (code, yes, no, constant) = dhcpOnly[i];
            Span<byte> one = program.Slice(i * 8, 8);
            MemoryMarshal.Write(one, code);
            (one[2], one[3]) = (yes, no);
            MemoryMarshal.Write(one[4..], constant);
        }
        fixed (byte* at = program)
        {
            Span<byte> header = stackalloc byte[2 * sizeof(nint)];
            header.Clear();
            MemoryMarshal.Write(header, (ushort)dhcpOnly.Length);
            MemoryMarshal.Write(header[sizeof(nint)..], (nint)at);
            socket.SetRawSocketOption(SocketLevel, AttachFilter, header);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => socket.Dispose();

    // struct sockaddr_ll: family, protocol in network order, index, hardware kind, kind of packet, length of address, address.
    sealed class CardEndPoint(int index) : EndPoint
    {
        public override AddressFamily AddressFamily => AddressFamily.Packet;

        public override SocketAddress Serialize()
        {
            var address = new SocketAddress(AddressFamily.Packet, AddressLength);
            BinaryPrimitives.WriteUInt16BigEndian(address.Buffer.Span[2..], AllProtocols);
            MemoryMarshal.Write(address.Buffer.Span[4..], index);
            return address;
        }

        public override EndPoint Create(SocketAddress socketAddress) => this;
    }
}
