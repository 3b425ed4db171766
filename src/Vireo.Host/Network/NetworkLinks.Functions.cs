using System.Buffers.Binary;
using Vireo.Core;

namespace Vireo.Host.Network;

/// <summary>What a card tells of one of its virtual functions.</summary>
/// <param name="Address">The hardware address that it gives the function.</param>
/// <param name="Vlan">The tag that it puts on the function's packets; 0: none.</param>
/// <param name="Traffic">What it counts of the function's packets; null: nothing.</param>
public sealed record FunctionFacts(MacAddress Address, uint Vlan, FunctionTraffic? Traffic = null);

/// <summary>What a card counts of a function's packets, seen from the function; -1: it does not count them.</summary>
/// <param name="ReceivedBytes">Bytes that came.</param>
/// <param name="ReceivedPackets">Packets that came.</param>
/// <param name="ReceiveDrops">Packets that should have come.</param>
/// <param name="SentBytes">Bytes that went.</param>
/// <param name="SentPackets">Packets that went.</param>
/// <param name="SendDrops">Packets that should have gone.</param>
public sealed record FunctionTraffic(long ReceivedBytes, long ReceivedPackets, long ReceiveDrops, long SentBytes, long SentPackets, long SendDrops);

/// <content>Virtual functions of cards with SR-IOV.</content>
public static unsafe partial class NetworkLinks
{
    const ushort ExtensionMask = 29, Functions = 22, OneFunction = 1, FunctionAddress = 1, FunctionVlan = 2, FunctionCounts = 8, NestMask = 0x3fff;
    const uint TellFunctions = 1;
    const int FunctionReplySize = 1 << 18, PayloadOfAddress = 36, MacSize = 6;

    /// <summary>What a card tells of a virtual function; null: it has no such function, or tells nothing of it.</summary>
    /// <exception cref="Core.Errors.VireoException">The kernel refuses the question.</exception>
    public static FunctionFacts? FindFunction(string card, int function)
    {
        var request = new LinkRequest(stackalloc byte[256], LinkRequest.GetLink, 0);
        request.Add(LinkRequest.Name, card);
        request.Add(ExtensionMask, TellFunctions);
        byte[] reply = new byte[FunctionReplySize];
        int errno = Ask(request.Bytes, reply, out int length);
        if (errno != 0)
            throw HostErrors.Failed(errno, $"cannot look up network device '{card}'");
        return ReadFunction(reply.AsSpan(0, length), function);
    }

    /// <summary>Sets the hardware address that a card gives a function.</summary>
    public static int SetFunctionAddress(int card, int function, MacAddress address)
    {
        Span<byte> payload = stackalloc byte[PayloadOfAddress];
        payload.Clear();
        BinaryPrimitives.WriteInt32LittleEndian(payload, function);
        Bytes(address).CopyTo(payload[4..]);
        return Do(FunctionRequest(stackalloc byte[128], card, FunctionAddress, payload).Bytes);
    }

    /// <summary>Sets the tag that a card puts on a function's packets; 0: none.</summary>
    public static int SetFunctionVlan(int card, int function, uint vlan)
    {
        Span<byte> payload = stackalloc byte[12];
        payload.Clear();
        BinaryPrimitives.WriteInt32LittleEndian(payload, function);
        BinaryPrimitives.WriteUInt32LittleEndian(payload[4..], vlan);
        return Do(FunctionRequest(stackalloc byte[128], card, FunctionVlan, payload).Bytes);
    }

    /// <summary>A request that changes one function: list (22) of functions (1) with what is set, which begins with the function's number.</summary>
    internal static LinkRequest FunctionRequest(Span<byte> buffer, int card, ushort what, scoped ReadOnlySpan<byte> payload)
    {
        var request = new LinkRequest(buffer, LinkRequest.SetLink, LinkRequest.Acknowledge, card);
        int list = request.Begin(Functions | LinkRequest.Nested), one = request.Begin(OneFunction | LinkRequest.Nested);
        request.Add(what, payload);
        request.End(one);
        request.End(list);
        return request;
    }

    /// <summary>Finds a function in what the kernel tells of a card.</summary>
    internal static FunctionFacts? ReadFunction(ReadOnlySpan<byte> message, int function)
    {
        const int header = 32;
        foreach (var list in Attributes(message.Length < header ? default : message[header..]))
            if (list.Kind == Functions)
                foreach (var one in Attributes(list.Value))
                    if (one.Kind == OneFunction && ReadOne(one.Value, function) is { } found)
                        return found;
        return null;
    }

    static FunctionFacts? ReadOne(ReadOnlySpan<byte> attributes, int function)
    {
        ulong? address = null;
        uint? vlan = null;
        FunctionTraffic? traffic = null;
        foreach (var one in Attributes(attributes))
        {
            ReadOnlySpan<byte> value = one.Value;
            // Alone of all it does not begin with the function's number.
            if (one.Kind == FunctionCounts)
            {
                traffic = ReadTraffic(value);
                continue;
            }
            if (value.Length < 8 || BinaryPrimitives.ReadInt32LittleEndian(value) != function)
                continue;
            if (one.Kind == FunctionVlan)
                vlan = BinaryPrimitives.ReadUInt32LittleEndian(value[4..]);
            else if (one.Kind == FunctionAddress && value.Length >= 4 + MacSize)
                address = (ulong)BinaryPrimitives.ReadUInt16BigEndian(value[4..]) << 32 | BinaryPrimitives.ReadUInt32BigEndian(value[6..]);
        }
        return address is { } known ? new FunctionFacts(new MacAddress(known), vlan ?? 0, traffic) : null;
    }

    // Packets and bytes that came and went (0, 1; 2, 3), and those that were dropped (7, 8).
    static FunctionTraffic ReadTraffic(ReadOnlySpan<byte> attributes)
    {
        Span<long> counts = stackalloc long[9];
        counts.Fill(-1);
        foreach (var one in Attributes(attributes))
            if (one.Kind < counts.Length && one.Value.Length >= sizeof(long))
                counts[one.Kind] = BinaryPrimitives.ReadInt64LittleEndian(one.Value);
        return new FunctionTraffic(counts[2], counts[0], counts[7], counts[3], counts[1], counts[8]);
    }

    static AttributeList Attributes(ReadOnlySpan<byte> bytes) => new(bytes);

    /// <summary>The attributes one after the other, as far as they are whole.</summary>
    ref struct AttributeList(ReadOnlySpan<byte> rest)
    {
        ReadOnlySpan<byte> rest = rest;

        public Attribute Current { get; private set; }

        public readonly AttributeList GetEnumerator() => this;

        public bool MoveNext()
        {
            if (rest.Length < 4)
                return false;
            int length = BinaryPrimitives.ReadUInt16LittleEndian(rest);
            if (length < 4 || length > rest.Length)
                return false;
            Current = new Attribute { Kind = BinaryPrimitives.ReadUInt16LittleEndian(rest[2..]) & NestMask, Value = rest[4..length] };
            rest = rest[Math.Min(rest.Length, (length + 3) & ~3)..];
            return true;
        }

        public ref struct Attribute
        {
            public int Kind;
            public ReadOnlySpan<byte> Value;
        }
    }
}
