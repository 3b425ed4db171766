using System.Buffers.Binary;
using Vireo.Host.Network;
using Xunit;

namespace Vireo.Tests.Host.Network;

/// <summary>What the kernel says when devices go.</summary>
public sealed class LinkEventsTests
{
    [Fact]
    public void Devices_that_go_are_told_by_name_and_ports_that_leave_a_bridge_are_not()
    {
        byte[] messages = [.. Message(17, 0, "virbr0"), .. Message(17, 7, "vnet0"), .. Message(16, 0, "eth0"), .. Message(17, 0, "tap1")];
        Assert.Equal(["virbr0", "tap1"], LinkEvents.Gone(messages));
    }

    [Fact]
    public void Messages_that_are_cut_off_are_not_read_beyond_their_end()
    {
        byte[] whole = Message(17, 0, "virbr0");
        for (int length = 0; length < whole.Length - 3; length++)
            Assert.Empty(LinkEvents.Gone(whole.AsSpan(0, length)));
    }

    static byte[] Message(ushort kind, byte family, string name)
    {
        byte[] text = [.. System.Text.Encoding.UTF8.GetBytes(name), 0];
        var bytes = new byte[(32 + 8 + 4 + text.Length + 3) & ~3];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, 32 + 8 + 4 + text.Length);
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(4), kind);
        bytes[16] = family;
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(32), 8);
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(34), 4);
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(40), (ushort)(4 + text.Length));
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(42), 3);
        text.CopyTo(bytes, 44);
        return bytes;
    }
}
