using System.Buffers.Binary;
using Vireo.Core;
using Vireo.Core.Errors;
using Vireo.Host.Network;
using Xunit;

namespace Vireo.Tests.Host.Network;

/// <summary>What is said to the kernel about virtual functions, and what it says.</summary>
public sealed class FunctionLinksTests
{
    [Fact]
    public void A_request_is_one_function_in_a_list()
    {
        var request = NetworkLinks.FunctionRequest(stackalloc byte[128], 3, 2, [1, 0, 0, 0, 7, 0, 0, 0, 0, 0, 0, 0]);
        Assert.Equal("38000000" + "1300" + "0500" + "01000000" + "00000000"        // length, set-link, request and acknowledge, sequence, port
            + "00000000" + "03000000" + "00000000" + "00000000"                     // family, device 3, flags
            + "1800" + "1680" + "1400" + "0180" + "1000" + "0200" + "010000000700000000000000", Convert.ToHexStringLower(request.Bytes));
    }

    [Fact]
    public void A_function_is_found_among_others_with_its_address_and_tag()
    {
        byte[] answer = Answer(Function(0, 0x020000000010, 0), Function(1, 0x020000000011, 41));
        Assert.Equal(new FunctionFacts(new MacAddress(0x020000000010), 0), NetworkLinks.ReadFunction(answer, 0));
        Assert.Equal(new FunctionFacts(new MacAddress(0x020000000011), 41), NetworkLinks.ReadFunction(answer, 1));
        Assert.Null(NetworkLinks.ReadFunction(answer, 2));
    }

    [Fact]
    public void What_a_card_counts_of_a_function_is_told_with_it()
    {
        (ushort Kind, long Count)[] counted = [(0, 3), (1, 4), (2, 300), (3, 400), (4, 9), (7, 1)];
        byte[] counts = [.. counted.SelectMany(static one => Attribute(one.Kind, BitConverter.GetBytes(one.Count)))];
        byte[] answer = Answer(Function(0, 0x020000000010, 0), Function(1, 0x020000000011, 0, Attribute(8 | 0x8000, counts)));
        Assert.Null(NetworkLinks.ReadFunction(answer, 0)!.Traffic);
        Assert.Equal(new FunctionTraffic(300, 3, 1, 400, 4, -1), NetworkLinks.ReadFunction(answer, 1)!.Traffic);
    }

    [Fact]
    public void What_is_cut_off_is_not_read_beyond_its_end()
    {
        byte[] answer = Answer(Function(0, 0x020000000010, 5));
        for (int length = 0; length < answer.Length; length++)
            Assert.Null(NetworkLinks.ReadFunction(answer.AsSpan(0, length), 0));
    }

    [Fact]
    public void Devices_of_the_host_are_asked()
    {
        var links = new HostFunctionLinks();
        Assert.Null(links.AddressOf("vireo-none"));
        Assert.False(links.IsUp("vireo-none"));
        Assert.Equal(default(MacAddress), links.AddressOf("lo"));
        Assert.Null(links.Find("lo", 0));
        Assert.Throws<VireoException>(() => links.Find("vireo-none", 0));
    }

    static byte[] Answer(params byte[][] functions) => [.. new byte[32], .. Attribute(3, "pf0\0"u8.ToArray()), .. Attribute(22 | 0x8000, [.. functions.SelectMany(static one => one)])];

    static byte[] Function(int number, ulong address, uint vlan, params byte[] more)
    {
        byte[] mac = new byte[36], tag = new byte[12], eight = new byte[8];
        BinaryPrimitives.WriteInt32LittleEndian(mac, number);
        BinaryPrimitives.WriteUInt64BigEndian(eight, address);
        eight.AsSpan(2).CopyTo(mac.AsSpan(4));
        BinaryPrimitives.WriteInt32LittleEndian(tag, number);
        BinaryPrimitives.WriteUInt32LittleEndian(tag.AsSpan(4), vlan);
        return Attribute(1 | 0x8000, [.. Attribute(1, mac), .. Attribute(2, tag), .. more]);
    }

    static byte[] Attribute(ushort kind, byte[] value)
    {
        var bytes = new byte[(4 + value.Length + 3) & ~3];
        BinaryPrimitives.WriteUInt16LittleEndian(bytes, (ushort)(4 + value.Length));
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(2), kind);
        value.CopyTo(bytes, 4);
        return bytes;
    }
}
