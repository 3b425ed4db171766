using Vireo.EndToEnd.Compare;
using Vireo.EndToEnd.Harness;
using Vireo.EndToEnd.Transports;
using Vireo.Testing.Pki;
using Xunit;

namespace Vireo.EndToEnd.CLibrary;

/// <summary>Every way to stock libvirtd, with logins and certificates that are good and that are not: what a program finds is the same on Debian's library and on ours.</summary>
public sealed class TransportLibraryTests : IAsyncLifetime
{
    const string Settings = """
        mkdir -p /etc/sasl2 && mount -t tmpfs sasl /etc/sasl2
        printf '%s\n' 'mech_list: digest-md5 scram-sha-256' 'sasldb_path: /etc/sasl2/users' 'pwcheck_method: auxprop' 'auxprop_plugin: sasldb' >/etc/sasl2/libvirt.conf
        printf secret | saslpasswd2 -p -c -f /etc/sasl2/users -a libvirt fred
        printf '%s\n' 'listen_tcp = 1' 'listen_tls = 1' 'listen_addr = "127.0.0.1"' 'auth_tcp = "sasl"' 'auth_tls = "none"' 'tls_allowed_dn_list = ["CN=client1"]' \
            "ca_file = \"PKI/cacert.pem\"" "cert_file = \"PKI/servercert.pem\"" "key_file = \"PKI/serverkey.pem\"" >>/etc/libvirt/libvirtd.conf
        """;

    readonly string folder = Directory.CreateTempSubdirectory("vtl").FullName;
    TestPki? pki;
    StockDaemon? daemon;
    SshServer? ssh;

    public async ValueTask InitializeAsync()
    {
        Assert.SkipWhen(StockDaemon.WhyNot() is not null, StockDaemon.WhyNot() ?? "");
        Needs.Program("saslpasswd2");
        pki = new TestPki(folder);
        pki.Issue("server", "CN=localhost", TestPki.ServerAuth).Dispose();
        pki.Issue("client", "CN=client1", TestPki.ClientAuth).Dispose();
        pki.Issue("other", "CN=other", TestPki.ClientAuth).Dispose();
        await File.WriteAllTextAsync(Path.Join(folder, "auth.conf"), "[credentials-test]\nauthname=fred\npassword=secret\nrealm=\n[auth-libvirt-default]\ncredentials=test\n");
        daemon = await StockDaemon.StartAsync(Settings.Replace("PKI", folder, StringComparison.Ordinal), "--listen");
    }

    public async ValueTask DisposeAsync()
    {
        if (ssh is not null)
            await ssh.DisposeAsync();
        if (daemon is not null)
            await daemon.DisposeAsync();
        pki?.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task By_tcp_and_tls_with_logins_and_certificates()
    {
        string good = pki!.ClientFolder("client"), other = pki.ClientFolder("other"), file = Path.Join(folder, "auth.conf");
        await SameAsync("fred", "secret", inNetwork: true,
            "test+tcp://127.0.0.1/default", "test+tcp://127.0.0.1/default?auth=sasl.DIGEST-MD5", "test+tcp://127.0.0.1/default?auth=sasl.SCRAM-SHA-256",
            "!test+tcp://127.0.0.1/default?auth=sasl.PLAIN", "!test+tcp://127.0.0.1/default?auth=polkit", $"test+tcp://127.0.0.1/default?authfile={file}",
            "!test+tcp://127.0.0.1:1/default", $"test+tls://localhost/default?pkipath={good}", $"test://localhost:16514/default?pkipath={good}",
            $"test+tls://localhost/default?pkipath={other}", $"test+tls://127.0.0.1/default?pkipath={good}", "test+tls://localhost/default?pkipath=/nowhere");
    }

    [Fact]
    public Task By_tcp_with_a_wrong_password() => SameAsync("fred", "wrong", inNetwork: true,
        "!test+tcp://127.0.0.1/default", "!test+tcp://127.0.0.1/default?auth=sasl.DIGEST-MD5", "!test+tcp://127.0.0.1/default?auth=sasl.SCRAM-SHA-256");

    [Fact]
    public async Task By_sockets_by_a_program_and_by_ssh()
    {
        ssh = await SshServer.StartAsync();
        string netcat = Needs.Program("nc"), join = Path.Join(folder, "join");
        await File.WriteAllTextAsync(join, $"#!/bin/sh\nexec {netcat} -U {daemon!.Socket}\n", TestContext.Current.CancellationToken);
        File.SetUnixFileMode(join, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        string way = $"test+ssh://127.0.0.1:{ssh.Port}/default?keyfile={ssh.Key}&no_verify=1&no_tty=1";
        await SameAsync("fred", "secret", inNetwork: false,
            $"test+unix:///default?socket={daemon.Socket}", $"!test+unix:///default?socket={folder}/nobody", $"test+ext:///default?command={join}", "!test+ext:///default?command=/nowhere",
            "test+ext:///default", $"{way}&socket={daemon.Socket}&proxy=netcat&netcat={netcat}", $"!{way}&socket={folder}/nobody&proxy=netcat&netcat={netcat}", $"!test+ssh://127.0.0.1:1/default?no_tty=1&no_verify=1");
    }

    Task SameAsync(string name, string password, bool inNetwork, params string[] uris) =>
        TransportProgram.SameAsync(inNetwork ? [Needs.Program("nsenter"), "-t", daemon!.Pid.ToString(), "-n", "--"] : [], name, password, uris);
}
