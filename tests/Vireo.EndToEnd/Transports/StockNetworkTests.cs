using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using Vireo.Driver;
using Vireo.EndToEnd.Compare;
using Vireo.EndToEnd.Harness;
using Vireo.Remote;
using Vireo.Testing.Pki;
using Xunit;

namespace Vireo.EndToEnd.Transports;

/// <summary>By TCP and TLS to stock libvirtd, which has a network of its own: the shell goes there as a program, the blocking client as a thread.</summary>
public sealed partial class StockNetworkTests : IAsyncLifetime
{
    const string Settings = """
        mkdir -p /etc/sasl2 && mount -t tmpfs sasl /etc/sasl2
        printf '%s\n' 'mech_list: digest-md5' 'sasldb_path: /etc/sasl2/users' 'pwcheck_method: auxprop' 'auxprop_plugin: sasldb' >/etc/sasl2/libvirt.conf
        printf secret | saslpasswd2 -p -c -f /etc/sasl2/users -a libvirt fred
        printf '%s\n' 'listen_tcp = 1' 'listen_tls = 1' 'listen_addr = "127.0.0.1"' 'auth_tcp = "sasl"' 'auth_tls = "none"' \
            "ca_file = \"PKI/cacert.pem\"" "cert_file = \"PKI/servercert.pem\"" "key_file = \"PKI/serverkey.pem\"" >>/etc/libvirt/libvirtd.conf
        """;

    readonly string folder = Directory.CreateTempSubdirectory("vsn").FullName;
    TestPki? pki;
    StockDaemon? daemon;

    public async ValueTask InitializeAsync()
    {
        Assert.SkipWhen(StockDaemon.WhyNot() is not null, StockDaemon.WhyNot() ?? "");
        Needs.Program("saslpasswd2");
        pki = new TestPki(folder);
        pki.Issue("server", "CN=localhost", TestPki.ServerAuth).Dispose();
        pki.Issue("client", "CN=client1", TestPki.ClientAuth).Dispose();
        await File.WriteAllTextAsync(Path.Join(folder, "auth.conf"), "[credentials-test]\nauthname=fred\npassword=secret\nrealm=\n[auth-libvirt-default]\ncredentials=test\n");
        daemon = await StockDaemon.StartAsync(Settings.Replace("PKI", folder, StringComparison.Ordinal), "--listen");
        // The sockets of this machine come first, and with them the daemon counts as started.
        while (!Listens("407D") || !Listens("4082"))
            await Task.Delay(20, TestContext.Current.CancellationToken);

        bool Listens(string port) => File.ReadLines($"/proc/{daemon.Pid}/net/tcp").Any(line => line.Contains($"0100007F:{port} 00000000:0000 0A", StringComparison.Ordinal));
    }

    public async ValueTask DisposeAsync()
    {
        if (daemon is not null)
            await daemon.DisposeAsync();
        pki?.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    string Fill(string uri) => uri.Replace("AUTH", Path.Join(folder, "auth.conf"), StringComparison.Ordinal).Replace("PKI", pki!.ClientFolder("client"), StringComparison.Ordinal);

    [Theory]
    [InlineData("test+tcp://127.0.0.1/default?authfile=AUTH")]
    [InlineData("test+tls://localhost/default?pkipath=PKI")]
    [InlineData("test://localhost:16514/default?pkipath=PKI")]
    public async Task Our_shell_is_served(string uri)
    {
        (string program, string[] first) = VireoDaemon.Find("Vireo.Shell", "vireo");
        CommandResult result = await Command.RunAsync(
            Needs.Program("nsenter"), ["-t", daemon!.Pid.ToString(), "-n", "--", program, .. first, "-c", Fill(uri), "list", "--name"]);
        Assert.Equal(new CommandResult(0, "test\n\n", ""), result);
    }

    [Theory]
    [InlineData("test+tcp://127.0.0.1/default?authfile=AUTH")]
    [InlineData("test+tls://localhost/default?pkipath=PKI")]
    public void The_blocking_client_is_served_on_its_own_thread(string uri)
    {
        string filled = Fill(uri);
        string[] found = [];
        Exception? fault = null;
        var thread = new Thread(() =>
        {
            try
            {
                using SafeFileHandle network = File.OpenHandle($"/proc/{daemon!.Pid}/ns/net");
                Assert.Equal(0, setns(network, 0));
                found = Names(filled);
            }
            catch (Exception e)
            {
                fault = e;
            }
        });
        thread.Start();
        thread.Join();
        Assert.Null(fault);
        Assert.Equal(["test"], found);
    }

    static string[] Names(string uri)
    {
        var driver = new RemoteDriver(new RemoteOptions { Blocking = true, Settings = new() });
        ValueTask<IDriverConnection?> opening = driver.OpenAsync(ConnectionUri.Parse(uri), Caller.Self, default);
        Assert.True(opening.IsCompleted);
        IDriverConnection connection = opening.Result!;
        ValueTask<DomainRef[]> listing = connection.Capabilities.Find<IDomainListing>()!.ListAllAsync(default, default);
        Assert.True(listing.IsCompleted);
        ValueTask closing = connection.DisposeAsync();
        Assert.True(closing.IsCompleted);
        return [.. listing.Result.Select(static d => d.Name)];
    }

    [LibraryImport("libc", SetLastError = true)]
    private static partial int setns(SafeHandle descriptor, int kind);
}
