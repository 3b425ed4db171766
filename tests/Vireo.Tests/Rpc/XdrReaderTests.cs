using Vireo.Rpc.Xdr;
using Xunit;

namespace Vireo.Tests.Rpc;

/// <summary>What readers of XDR take that its writers should not send.</summary>
public class XdrReaderTests
{
    [Theory]
    [InlineData(0u, null)]
    [InlineData(1u, "x")]
    [InlineData(0x01000000u, "x")]      // go-libvirt opens connections so
    [InlineData(uint.MaxValue, "x")]
    public void Any_word_but_zero_announces_an_optional_value(uint word, string? expected)
    {
        var writer = new XdrWriter(16);
        writer.WriteUInt(word);
        writer.WriteString("x", 10);
        var reader = new XdrReader(writer.Written);
        Assert.Equal(expected, reader.ReadOptionalString(10));
        writer.Dispose();
    }
}
