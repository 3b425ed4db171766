using Vireo.Core;
using Xunit;

namespace Vireo.Tests;

public class UuidTests
{
    [Theory]
    [InlineData("c7a5fdbd-edaf-9455-926a-d65c16db1809")]
    [InlineData(" C7A5FDBDEDAF9455926AD65C16DB1809 ")]
    [InlineData("c7-a5fdbdedaf-9455-926ad65c16-db1809")]
    public void Reads_every_spelling_that_libvirt_reads(string text)
    {
        Assert.True(Uuid.TryParse(text, out Uuid uuid));
        Assert.Equal("c7a5fdbd-edaf-9455-926a-d65c16db1809", uuid.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("c7a5fdbd-edaf-9455-926a-d65c16db180")]
    [InlineData("c7a5fdbd-edaf-9455-926a-d65c16db18091")]
    [InlineData("g7a5fdbd-edaf-9455-926a-d65c16db1809")]
    public void Refuses_what_is_no_uuid(string text) => Assert.False(Uuid.TryParse(text, out _));
}
