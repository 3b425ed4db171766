using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using Vireo.EndToEnd.Harness;
using Vireo.EndToEnd.Network;
using Xunit;

namespace Vireo.EndToEnd.NwFilter;

/// <summary>
/// A daemon with a network of its own, in which two cards are plugged into a bridge: <c>guest</c>, whose packets are filtered, and <c>other</c>. What is sent at the
/// one is seen at the other.
/// </summary>
public sealed partial class FilteredCards : IAsyncDisposable
{
    public const string Mac = "52:54:00:00:00:01";

    FilteredCards(NetworkDaemon daemon) => Network = daemon;

    public NetworkDaemon Network { get; }

    /// <summary>What is behind the filtered card.</summary>
    public FrameSocket Guest { get; private set; } = null!;

    /// <summary>The rest of the world.</summary>
    public FrameSocket Other { get; private set; } = null!;

    public static async Task<FilteredCards> StartAsync()
    {
        foreach (string program in (string[])["ebtables-restore", "ebtables-save"])
            Needs.Program(program);
        var cards = new FilteredCards(await NetworkDaemon.StartAsync());
        NetworkDaemon daemon = cards.Network;
        await daemon.RunAsync("ip", "link", "add", "br7", "type", "bridge", "forward_delay", "0", "mcast_snooping", "0");
        foreach (string card in (string[])["guest", "other"])
        {
            await daemon.RunAsync("ip", "link", "add", card, "type", "veth", "peer", "name", card + "p");
            await daemon.RunAsync("ip", "link", "set", card, "master", "br7");
            foreach (string one in (string[])[card, card + "p"])
                await daemon.RunAsync("ip", "link", "set", one, "up");
        }
        await daemon.RunAsync("ip", "link", "set", "br7", "up");
        await NetworkDaemon.UntilAsync(async () => (await daemon.RunAsync("bridge", "link")).Split("state forwarding").Length == 3, "the bridge forwards");
        (cards.Guest, cards.Other) = (FrameSocket.In(daemon.Daemon.Pid, "guestp"), FrameSocket.In(daemon.Daemon.Pid, "otherp"));
        return cards;
    }

    /// <summary>Puts a filter on the guest's card.</summary>
    public async Task BindAsync(string filter, string parameters = "")
    {
        string file = Path.Join(Network.Daemon.Root, "binding.xml");
        await File.WriteAllTextAsync(file, $"""
            <filterbinding><owner><name>g</name><uuid>11111111-2222-3333-4444-5555555555aa</uuid></owner><portdev name='guest'/><mac address='{Mac}'/>
              <filterref filter='{filter}'>{parameters}</filterref></filterbinding>
            """);
        await Network.VirshAsync("nwfilter-binding-create", file);
    }

    /// <summary>Defines a filter, or changes the one of that name.</summary>
    public async Task DefineAsync(string rules)
    {
        string file = Path.Join(Network.Daemon.Root, "filter.xml");
        await File.WriteAllTextAsync(file, $"<filter name='t'><uuid>11111111-2222-3333-4444-555555555501</uuid>{rules}</filter>");
        await Network.VirshAsync("nwfilter-define", file);
    }

    /// <summary>Waits until the rules of frames say something, or do not.</summary>
    public Task UntilRulesSayAsync(string what, bool says = true) =>
        NetworkDaemon.UntilAsync(async () => (await Network.RunAsync("ebtables-save")).Contains(what, StringComparison.Ordinal) == says, $"rules {(says ? "" : "no longer ")}say {what}");

    public async ValueTask DisposeAsync()
    {
        Guest?.Dispose();
        Other?.Dispose();
        await Network.DisposeAsync();
    }
}

/// <summary>Sends and sees frames of a card in another network.</summary>
public sealed partial class FrameSocket : IDisposable
{
    const int NewNetwork = 0x40000000, AddressLength = 20;
    readonly Socket socket;
    readonly byte[] buffer = new byte[4096];

    FrameSocket(Socket socket) => this.socket = socket;

    /// <summary>A socket stays in the network in which it was made, by a thread that went there.</summary>
    public static FrameSocket In(int pid, string card)
    {
        Socket? made = null;
        Exception? fault = null;
        var thread = new Thread(() =>
        {
            try
            {
                using SafeFileHandle space = File.OpenHandle($"/proc/{pid}/ns/net");
                if (setns((int)space.DangerousGetHandle(), NewNetwork) != 0)
                    throw new InvalidOperationException("setns failed");
                made = new Socket(AddressFamily.Packet, SocketType.Raw, 0);
                made.Bind(new CardEndPoint((int)if_nametoindex(card)));
            }
            catch (Exception e)
            {
                fault = e;
            }
        });
        thread.Start();
        thread.Join();
        return fault is null ? new FrameSocket(made!) : throw new InvalidOperationException($"no socket on {card}", fault);
    }

    public void Send(byte[] frame) => socket.Send(frame);

    /// <summary>Frames that came until one of these came last; of those that the test sends alone, which end with a number.</summary>
    public async Task<List<byte>> UntilAsync(byte last)
    {
        var seen = new List<byte>();
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (seen is [] || seen[^1] != last)
        {
            int length = await socket.ReceiveAsync(buffer, SocketFlags.None, limit.Token);
            if (length > Frames.Mark.Length && buffer.AsSpan(length - 1 - Frames.Mark.Length, Frames.Mark.Length).SequenceEqual(Frames.Mark))
                seen.Add(buffer[length - 1]);
        }
        return seen;
    }

    public void Dispose() => socket.Dispose();

    [LibraryImport("libc")]
    private static partial int setns(int space, int kind);

    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8)]
    private static partial uint if_nametoindex(string name);

    sealed class CardEndPoint(int index) : EndPoint
    {
        public override AddressFamily AddressFamily => AddressFamily.Packet;

        public override SocketAddress Serialize()
        {
            var address = new SocketAddress(AddressFamily.Packet, AddressLength);
            BinaryPrimitives.WriteUInt16BigEndian(address.Buffer.Span[2..], 3);
            MemoryMarshal.Write(address.Buffer.Span[4..], index);
            return address;
        }
    }
}

/// <summary>Frames, each with a number at its end by which it is known again.</summary>
public static class Frames
{
    public static ReadOnlySpan<byte> Mark => "vireo-test"u8;

    static readonly byte[] all = [255, 255, 255, 255, 255, 255];

    public static readonly byte[] GuestMac = [0x52, 0x54, 0, 0, 0, 1], OtherMac = [0x52, 0x54, 0, 0, 0, 2];

    public static byte[] Of(byte number, byte[] from, ushort kind, params byte[] content) => [.. all, .. from, (byte)(kind >> 8), (byte)kind, .. content, .. Mark, number];

    public static byte[] Ip(byte number, byte[] from, byte host) => Of(number, from, 0x0800, Header(253, host, [10, 0, 0, 99], 0));

    public static byte[] Arp(byte number, byte[] from, byte[] says, byte host) => Of(number, from, 0x0806, [0, 1, 8, 0, 6, 4, 0, 1, .. says, 10, 0, 0, host, 0, 0, 0, 0, 0, 0, 10, 0, 0, 99]);

    public static byte[] Ipv6(byte number, byte[] from) => Of(number, from, 0x86dd, [0x60, 0, 0, 0, 0, (byte)(Mark.Length + 1), 59, 64, .. new byte[32]]);

    /// <summary>A DHCP server's answer that lends 10.0.0.HOST to the guest.</summary>
    public static byte[] Lent(byte number, byte host) => Dhcp(number, OtherMac, 67, 68, 2, 0, host, 53, 1, 5, 51, 4, 0, 1, 0, 0, 255);

    /// <summary>The guest gives 10.0.0.HOST back.</summary>
    public static byte[] Returned(byte number, byte host) => Dhcp(number, GuestMac, 68, 67, 1, host, 0, 53, 1, 7, 255);

    static byte[] Dhcp(byte number, byte[] from, byte source, byte target, byte op, byte current, byte given, params byte[] options)
    {
        byte[] message = new byte[240];
        (message[0], message[1], message[2]) = (op, 1, 6);
        ((byte[])[10, 0, 0, current]).CopyTo(message, 12);
        ((byte[])[10, 0, 0, given]).CopyTo(message, 16);
        GuestMac.CopyTo(message, 28);
        ((byte[])[0x63, 0x82, 0x53, 0x63]).CopyTo(message, 236);
        byte[] udp = [0, source, 0, target, 0, 0, 0, 0, .. message, .. options];
        return Of(number, from, 0x0800, [.. Header(17, current, [255, 255, 255, 255], udp.Length), .. udp]);
    }

    // Bridges look at the length and the sum of what goes through iptables.
    static byte[] Header(byte protocol, byte host, byte[] target, int content)
    {
        int length = 20 + content + Mark.Length + 1, sum = 0;
        byte[] header = [0x45, 0, (byte)(length >> 8), (byte)length, 0, 0, 0, 0, 64, protocol, 0, 0, 10, 0, 0, host, .. target];
        for (int i = 0; i < header.Length; i += 2)
            sum += header[i] << 8 | header[i + 1];
        sum = (sum & 0xffff) + (sum >> 16);
        (header[10], header[11]) = ((byte)(~sum >> 8), (byte)~sum);
        return header;
    }
}
