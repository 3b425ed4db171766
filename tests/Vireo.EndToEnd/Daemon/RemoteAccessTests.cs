using Vireo.EndToEnd.Harness;
using Xunit;

namespace Vireo.EndToEnd.Daemon;

/// <summary>Debian's virsh comes from afar: by TCP and TLS, over the loopback interface.</summary>
public sealed class RemoteAccessTests : IAsyncLifetime
{
    readonly RemoteDaemon daemon = new();

    public ValueTask InitializeAsync() => default;

    public ValueTask DisposeAsync() => daemon.DisposeAsync();

    static Task<CommandResult> VirshAsync(string uri, params string[] command) =>
        Command.RunAsync(Needs.Program("virsh"), ["-c", uri, .. command]);

    [Fact, Trait("libvirtd.conf", "listen_tcp"), Trait("libvirtd.conf", "listen_tls"), Trait("libvirtd.conf", "tcp_port"),
        Trait("libvirtd.conf", "listen_addr"), Trait("libvirtd.conf", "auth_tcp")]
    public async Task By_TCP_without_a_login()
    {
        RunningProgram program = await daemon.StartAsync("listen_tls = 0\nlisten_tcp = 1\ntcp_port = \"0\"\nauth_tcp = \"none\"");
        CommandResult listed = await VirshAsync($"test+tcp://127.0.0.1:{RemoteDaemon.Port(program, "tcp")}/default", "list", "--name");
        Assert.Equal((0, "test\n\n"), (listed.ExitCode, listed.Output));
        Assert.Single(RemoteDaemon.Listening(program));
    }

    [Fact, Trait("libvirtd.conf", "tls_port"), Trait("libvirtd.conf", "auth_tls")]
    public async Task By_TLS_with_a_certificate_and_not_without()
    {
        RunningProgram program = await daemon.StartAsync($"{daemon.Files}\ntls_port = \"0\"");
        string uri = $"test+tls://localhost:{RemoteDaemon.Port(program, "tls")}/default?pkipath=";
        CommandResult document = await VirshAsync(uri + daemon.Pki.ClientFolder("client"), "dumpxml", "test");
        Assert.StartsWith("<domain type='test'", document.Output, StringComparison.Ordinal);
        CommandResult refused = await VirshAsync(uri + daemon.Pki.ClientFolder(null), "uri");
        Assert.Equal(1, refused.ExitCode);
        Assert.Contains("Unable to read TLS confirmation: Input/output error", refused.Error);      // libvirtd's clients hear the same
        Assert.Contains("Unable to verify TLS peer: No certificate was found.", program.Said);
    }

    [Fact]
    public async Task Events_and_a_keepalive_pass_TLS_as_well()
    {
        RunningProgram program = await daemon.StartAsync($"{daemon.Files}\ntls_port = \"0\"\nkeepalive_interval = 1");
        string uri = $"test+tls://localhost:{RemoteDaemon.Port(program, "tls")}/default?pkipath={daemon.Pki.ClientFolder("client")}";
        // The shell's own script: an event that is waited for while another connection causes it.
        CommandResult seen = await Command.RunAsync(Needs.Program("virsh"), ["-k", "1", "-K", "2", "-c", uri, "event", "--event", "lifecycle", "--timeout", "3", "--loop"]);
        Assert.Contains("event loop timed out", seen.Output);
        Assert.Equal(0, (await VirshAsync(uri, "list")).ExitCode);
    }

    [Fact]
    public async Task A_daemon_without_certificates_does_not_start_and_says_which()
    {
        string config = Path.Join(daemon.Program.Root, "remote.conf");
        await File.WriteAllTextAsync(config, "auth_unix_rw = \"none\"\n");
        CommandResult ended = await DaemonProgram.RunAsync([.. daemon.Program.Options, "-l", "-f", config],
            new Dictionary<string, string?> { ["HOME"] = daemon.Program.Root });
        Assert.Equal(6, ended.ExitCode);
        Assert.Contains("Cannot read CA certificate '", ended.Error);
        Assert.False(File.Exists(daemon.Program.Socket()));
    }

    [Theory]
    [InlineData("tcp_port = \"nope\"", "Unable to resolve address '127.0.0.1' service 'nope': ")]
    [InlineData("listen_addr = \"192.0.2.1\"", "Unable to bind to port: Cannot assign requested address")]
    public async Task What_cannot_be_listened_at_ends_the_start(string setting, string message)
    {
        string config = Path.Join(daemon.Program.Root, "remote.conf");
        await File.WriteAllTextAsync(config, $"auth_unix_rw = \"none\"\nlisten_addr = \"127.0.0.1\"\nlisten_tls = 0\nlisten_tcp = 1\nauth_tcp=\"none\"\n{setting}\n");
        CommandResult ended = await DaemonProgram.RunAsync([.. daemon.Program.Options, "-l", "-f", config]);
        Assert.Equal(6, ended.ExitCode);
        Assert.Contains(message, ended.Error);
    }

    [Fact]
    public async Task Sockets_that_the_service_manager_passed_are_served_without_listen()
    {
        string config = Path.Join(daemon.Program.Root, "remote.conf"), unix = Path.Join(daemon.Program.Root, "rw");
        await File.WriteAllTextAsync(config, $"auth_unix_rw = \"none\"\nauth_tcp = \"none\"\n{daemon.Files}\n");
        RunningProgram program = daemon.Program.StartActivated(
            "libvirtd-tls.socket:libvirtd.socket:libvirtd-tcp.socket", ["0", unix, "0"], [.. daemon.Program.Options, "-v", "-f", config]);
        await RemoteDaemon.IsReadyAsync(program);
        CommandResult tls = await VirshAsync($"test+tls://localhost:{RemoteDaemon.Port(program, "tls")}/default?pkipath={daemon.Pki.ClientFolder("client")}", "list", "--name");
        CommandResult tcp = await VirshAsync($"test+tcp://127.0.0.1:{RemoteDaemon.Port(program, "tcp")}/default", "list", "--name");
        Assert.Equal(("test\n\n", "test\n\n"), (tls.Output, tcp.Output));
    }

    [Fact]
    public async Task Without_listen_nobody_listens()
    {
        string config = Path.Join(daemon.Program.Root, "remote.conf");
        await File.WriteAllTextAsync(config, "auth_unix_rw = \"none\"\nlisten_tcp = 1\ntcp_port = \"0\"\n");
        RunningProgram program = await daemon.Program.StartReadyAsync([.. daemon.Program.Options, "-v", "-f", config]);
        Assert.Equal(0, await program.EndByAsync("TERM"));
        Assert.DoesNotContain("listening for", program.Said);
    }
}
