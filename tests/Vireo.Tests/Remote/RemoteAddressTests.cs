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
    public void Socket_and_name_of_a_uri(string uri, bool root, bool readOnly, string socket, string name)
    {
        RemoteAddress to = RemoteAddress.Of(ConnectionUri.Parse(uri), readOnly, Places(root));
        Assert.Equal((RemoteTransport.Unix, socket, name), (to.Transport, to.Socket, to.Name));
    }

    [Fact]
    public void A_drivers_own_daemon_is_taken_where_it_listens_unless_the_old_one_is_asked_for()
    {
        RemotePlaces places = Places(true, "/run/libvirt/virtqemud-sock");
        Assert.Equal("/run/libvirt/virtqemud-sock", RemoteAddress.Of(ConnectionUri.Parse("qemu:///system"), false, places).Socket);
        Assert.Equal("/run/libvirt/libvirt-sock", RemoteAddress.Of(ConnectionUri.Parse("qemu:///system?mode=legacy"), false, places).Socket);
    }

    // The codes and texts are those of stock libvirt 9.0.0.
    [Theory]
    [InlineData("qemu+carrier://host/system", ErrorCode.InvalidArg, "transport in URL not recognised")]
    [InlineData("qemu+unix://host/system", ErrorCode.InvalidArg, "using unix socket and remote server 'host' is not supported.")]
    [InlineData("qemu+ext://host/system", ErrorCode.InvalidArg, "for 'ext' transport, command is required")]
    [InlineData("qemu:///system?mode=sideways", ErrorCode.InvalidArg, "Unknown remote mode 'sideways'")]
    [InlineData("qemu+ssh://h/system?mode=direct", ErrorCode.OperationUnsupported, "Cannot use direct socket mode for ssh transport")]
    [InlineData("qemu+ssh://h/system?proxy=foo", ErrorCode.InvalidArg, "proxy type 'foo'")]
    [InlineData("qemu+ssh://h/system?netcat=nc&proxy=native", ErrorCode.InvalidArg, "netcat path not valid with native proxy mode")]
    [InlineData("qemu+tls://h/system?no_verify=maybe", ErrorCode.InvalidArg, "failed to parse value of URI component no_verify")]
    [InlineData("qemu+tls://h/system?auth=magic", ErrorCode.InvalidArg, "unknown authentication type magic")]
    [InlineData("qemu+libssh2://h/system?known_hosts_verify=never", ErrorCode.InvalidArg, "Invalid host key verification method: 'never'")]
    public void What_cannot_be_reached_is_said(string uri, ErrorCode code, string text)
    {
        var refused = Assert.Throws<VireoException>(() => RemoteAddress.Of(ConnectionUri.Parse(uri), false, Places(true)));
        Assert.Equal(code, refused.Code);
        Assert.Contains(text, refused.Message);
    }

    [Theory]
    [InlineData("qemu+ssh://h/system", SshProxy.Auto)]
    [InlineData("qemu+ssh://h/session", SshProxy.Native)]
    [InlineData("qemu+ssh://h/session?socket=/s", SshProxy.Netcat)]
    [InlineData("qemu+ssh://h/system?netcat=/opt/nc", SshProxy.Netcat)]
    [InlineData("qemu+ssh://h/system?socket=/s&proxy=native", SshProxy.Native)]
    public void What_connects_on_the_server(string uri, SshProxy proxy) =>
        Assert.Equal(proxy, RemoteAddress.Of(ConnectionUri.Parse(uri), false, Places(false)).Proxy);

    [Fact]
    public void The_settings_stand_in_for_parameters()
    {
        var settings = new ClientSettings { Mode = "legacy", Proxy = "netcat", TlsPriority = "SECURE256" };
        RemotePlaces places = Places(true, "/run/libvirt/virtqemud-sock");
        Assert.Equal("/run/libvirt/libvirt-sock", RemoteAddress.Of(ConnectionUri.Parse("qemu:///system"), false, places, settings).Socket);
        Assert.Equal(SshProxy.Netcat, RemoteAddress.Of(ConnectionUri.Parse("qemu+ssh://h/system"), false, places, settings).Proxy);
        Assert.Equal(("SECURE256", true), (RemoteAddress.Of(ConnectionUri.Parse("qemu://h/system"), false, places, settings) is var to ? to.TlsPriority : null, to.IsSecure));
    }

    [Fact]
    public void Without_a_uri_the_daemon_that_listens_is_taken()
    {
        Assert.Equal(("/run/libvirt/virtlxcd-sock", "lxc:///system"), Of(Places(true, "/run/libvirt/virtlxcd-sock")));
        Assert.Equal(("/run/libvirt/libvirt-sock", ""), Of(Places(true, "/run/libvirt/virtlxcd-sock", "/run/libvirt/libvirt-sock")));
        Assert.Equal(("/run/user/7/libvirt/libvirt-sock", ""), Of(Places(false)));

        static (string, string) Of(RemotePlaces places) => RemoteAddress.Of(null, false, places) is var to ? (to.Socket, to.Name) : default;
    }
}
