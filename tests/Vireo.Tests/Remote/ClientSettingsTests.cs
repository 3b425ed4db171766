using Vireo.Core.Config;
using Vireo.Core.Errors;
using Vireo.Driver;
using Vireo.Driver.Login;
using Vireo.Remote;
using Vireo.Remote.Login;
using Vireo.Remote.Transports;
using Xunit;

namespace Vireo.Tests.Remote;

public class ClientSettingsTests
{
    static ClientSettings Of(string text) => ClientSettings.From(ConfFile.Parse(text, "libvirt.conf"));

    [Theory]
    [InlineData("near", null, "qemu:///system")]
    [InlineData("qemu:///session", "near", "qemu:///session")]
    [InlineData(null, "near", "qemu:///system")]
    [InlineData("", "xen:///", "xen:///")]
    [InlineData(null, null, "test:///default")]
    [InlineData("unknown", null, "unknown")]
    public void A_uri_is_asked_for_by_name_or_by_default(string? asked, string? environment, string meant)
    {
        ClientSettings settings = Of("uri_aliases = [ \"near=qemu:///system\", \"far=qemu+ssh://h/system?a=b\" ]\nuri_default = \"test:///default\"\n");
        Assert.Equal(meant, settings.Resolve(asked, name => name is "LIBVIRT_DEFAULT_URI" ? environment : null));
        Assert.Equal("qemu+ssh://h/system?a=b", settings.Resolve("far", static _ => null));
    }

    [Fact]
    public void An_alias_without_a_uri_is_an_error_once_a_name_is_asked_for_that_may_be_it()
    {
        ClientSettings settings = Of("uri_aliases = [ \"near\" ]");
        Assert.Equal(ErrorCode.ConfSyntax, Assert.Throws<VireoException>(() => settings.Meant("near")).Code);
        Assert.Equal("test:///default", settings.Meant("test:///default"));
    }

    [Theory]
    [InlineData("libvirtd:///system", "/run/libvirt/libvirt-admin-sock")]
    [InlineData("virtqemud:///session", "/user/virtqemud-admin-sock")]
    [InlineData("virtlogd:///system?socket=%2Fa", "/a")]
    public void An_admin_socket_is_named_by_its_daemon(string uri, string socket) =>
        Assert.Equal(socket, AdminAddress.Of(uri, new("/system", "/user", true, static _ => false)).Socket);

    [Theory]
    [InlineData("qemu:///system"), InlineData("libvirtd+ssh:///system"), InlineData("libvirtd:///nonsense"), InlineData("libvirtd:///system?mode=direct"), InlineData("nonsense"), InlineData("")]
    public void What_is_no_admin_socket_is_refused(string uri) => Assert.Equal(
        ErrorCode.ConfigUnsupported, Assert.Throws<VireoException>(() => AdminAddress.Of(uri, new("/system", "/user", true, static _ => false))).Code);

    [Fact]
    public void Credentials_are_found_by_host_then_by_default()
    {
        var file = CredentialFile.Parse("# who\n[credentials-mine]\nauthname=fred\npassword = s=ecret\n[credentials-all]\nusername=any\n[auth-libvirt-h]\ncredentials=mine\n"
            + "[auth-libvirt-default]\ncredentials=all\n[auth-esx-x]\ncredentials=nobody\n", "auth.conf");
        Assert.Equal("fred", file.Find("libvirt", "h", CredentialKind.AuthName));
        Assert.Equal("s=ecret", file.Find("libvirt", "h", CredentialKind.Passphrase));
        Assert.Equal("any", file.Find("libvirt", "elsewhere", CredentialKind.AuthName));
        Assert.Null(file.Find("ssh", "h", CredentialKind.Passphrase));
        Assert.Throws<VireoException>(() => file.Find("esx", "x", CredentialKind.Username));
        Assert.Contains("auth.conf:2", Assert.Throws<VireoException>(() => CredentialFile.Parse("\nnonsense", "auth.conf")).Message);
    }

    [Theory]
    [InlineData("qemu+ssh://u@h:2222/system?keyfile=/k&no_tty=1&no_verify=1&proxy=native", "-p 2222 -l u -i /k -T -e none -o BatchMode=yes -o StrictHostKeyChecking=no -- h")]
    [InlineData("qemu+ssh://h/system?proxy=native", "-T -e none -- h")]
    public void Ssh_is_told_what_the_uri_says(string uri, string arguments)
    {
        IReadOnlyList<string> all = SshCommand.Arguments(RemoteAddress.Of(ConnectionUri.Parse(uri), true, RemotePlaces.OfThisProcess(), new()));
        Assert.Equal(arguments, string.Join(' ', all.SkipLast(1)));
        Assert.Equal("sh -c 'exec virt-ssh-helper -r '\\''qemu:///system'\\'''", all[^1]);
    }
}
