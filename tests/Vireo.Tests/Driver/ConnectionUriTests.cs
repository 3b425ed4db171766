using Vireo.Driver;
using Xunit;

namespace Vireo.Tests.Driver;

public class ConnectionUriTests
{
    [Theory]
    [InlineData("qemu:///system", "qemu", null, null, null, null, "/system")]
    [InlineData("QEMU+UNIX:///session?socket=/tmp/s", "qemu", "unix", null, null, null, "/session")]
    [InlineData("xen", "xen", null, null, null, null, "/system")]
    [InlineData("lxc:///", "lxc", null, null, null, null, "/")]
    [InlineData("test:///default", "test", null, null, null, null, "/default")]
    [InlineData("qemu+ssh://root@[::1]:2222/system", "qemu", "ssh", "root", "::1", 2222, "/system")]
    [InlineData("qemu://host.example/system?no_verify=1", "qemu", null, null, "host.example", null, "/system")]
    public void Parts_of_a_uri(string text, string driver, string? transport, string? user, string? host, int? port, string path)
    {
        ConnectionUri uri = ConnectionUri.Parse(text);
        Assert.Equal((driver, transport, user, host, port, path), (uri.Driver, uri.Transport, uri.User, uri.Host, uri.Port, uri.Path));
    }

    [Theory]
    [InlineData("")]
    [InlineData("system")]
    [InlineData(":///system")]
    [InlineData("qemu://host:port/system")]
    public void What_is_no_uri(string text) => Assert.False(ConnectionUri.TryParse(text, out _));

    [Fact]
    public void Parameters_are_found_without_case_and_separated_by_ampersand_or_semicolon()
    {
        ConnectionUri uri = ConnectionUri.Parse("qemu+unix:///system?Socket=%2Ftmp%2Fa%20b;mode=legacy&x=1");
        Assert.Equal(("/tmp/a b", "legacy", "1"), (uri["socket"], uri["MODE"], uri["x"]));
        Assert.Equal("qemu:///system?x=1", uri.ForServer(p => p.ToLowerInvariant() is "socket" or "mode").ToString());
    }
}
