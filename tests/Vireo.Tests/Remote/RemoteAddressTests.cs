using Vireo.Core.Errors;
using Vireo.Driver;
using Vireo.Remote;
using Xunit;

namespace Vireo.Tests.Remote;

public class RemoteAddressTests
{
    static RemotePlaces Places(bool root, params string[] sockets) => new("/run/libvirt", "/run/user/7/libvirt", root, sockets.Contains);

    [Theory]
    [InlineData("qemu:///system", true, false, "/run/libvirt/libvirt-sock", "qemu:///system")]
    [InlineData("qemu:///system", false, true, "/run/libvirt/libvirt-sock-ro", "qemu:///system")]
    [InlineData("qemu:///session", false, true, "/run/user/7/libvirt/libvirt-sock", "qemu:///session")]
    [InlineData("qemu:///session", true, false, "/run/libvirt/libvirt-sock", "qemu:///session")]
    [InlineData("test+unix:///default", false, false, "/run/user/7/libvirt/libvirt-sock", "test:///default")]
    [InlineData("qemu+unix:///system?socket=/tmp/s&x=1", false, false, "/tmp/s", "qemu:///system?x=1")]
    [InlineData("lxc:///system?mode=direct", true, false, "/run/libvirt/virtlxcd-sock", "lxc:///system")]
    [InlineData("qemu:///system?name=xen:///system", true, false, "/run/libvirt/libvirt-sock", "xen:///system")]
    public void Socket_and_name_of_a_uri(string uri, bool root, bool readOnly, string socket, string name) =>
        Assert.Equal(new RemoteAddress(socket, name), RemoteAddress.Of(ConnectionUri.Parse(uri), readOnly, Places(root)));

    [Fact]
    public void A_drivers_own_daemon_is_taken_where_it_listens_unless_the_old_one_is_asked_for()
    {
        RemotePlaces places = Places(true, "/run/libvirt/virtqemud-sock");
        Assert.Equal("/run/libvirt/virtqemud-sock", RemoteAddress.Of(ConnectionUri.Parse("qemu:///system"), false, places).Socket);
        Assert.Equal("/run/libvirt/libvirt-sock", RemoteAddress.Of(ConnectionUri.Parse("qemu:///system?mode=legacy"), false, places).Socket);
    }

    [Theory]
    [InlineData("qemu+carrier://host/system", ErrorCode.InvalidArg)]
    [InlineData("qemu+unix://host/system", ErrorCode.InvalidArg)]
    [InlineData("qemu://host/system", ErrorCode.ConfigUnsupported)]
    [InlineData("qemu+ssh://host/system", ErrorCode.ConfigUnsupported)]
    [InlineData("qemu:///system?mode=sideways", ErrorCode.InvalidArg)]
    public void What_cannot_be_reached_is_said(string uri, ErrorCode code) =>
        Assert.Equal(code, Assert.Throws<VireoException>(() => RemoteAddress.Of(ConnectionUri.Parse(uri), false, Places(true))).Code);
}
