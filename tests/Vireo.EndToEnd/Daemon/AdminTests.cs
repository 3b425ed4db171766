using System.Diagnostics;
using System.Text.RegularExpressions;
using Vireo.EndToEnd.Harness;
using Xunit;

namespace Vireo.EndToEnd.Daemon;

/// <summary>Debian's virt-admin looks at the daemon and changes it; what it prints is what it prints of libvirtd.</summary>
public sealed partial class AdminTests : IAsyncLifetime
{
    readonly RemoteDaemon daemon = new();
    readonly List<Process> clients = [];

    public ValueTask InitializeAsync() => default;

    public async ValueTask DisposeAsync()
    {
        foreach (Process client in clients)
        {
            if (!client.HasExited)
                client.Kill();
            await client.WaitForExitAsync();
            client.Dispose();
        }
        await daemon.DisposeAsync();
    }

    Task<RunningProgram> StartAsync(string settings = "listen_tls = 0") => daemon.StartAsync(settings);

    Task<CommandResult> AdminAsync(params string[] command) => Command.RunAsync(Needs.Program("virt-admin"),
        ["-c", $"libvirtd:///{VireoDaemon.Mode}?socket={daemon.Program.Socket("libvirt-admin-sock")}", .. command]);

    async Task<string> SaysAsync(params string[] command)
    {
        CommandResult result = await AdminAsync(command);
        Assert.True(result.ExitCode == 0, result.ToString());
        return result.Output.TrimEnd('\n') + "\n";
    }

    async Task FailsAsync(string message, params string[] command)
    {
        CommandResult result = await AdminAsync(command);
        Assert.Equal(1, result.ExitCode);
        Assert.Contains("error: " + message + "\n", result.Error);
    }

    /// <summary>A virsh that stays, once it is there.</summary>
    async Task<Process> StayAsync(string uri, params string[] options)
    {
        Process client = Command.Start(Needs.Program("virsh"), [.. options, "-c", uri]);
        clients.Add(client);
        await client.StandardInput.WriteLineAsync("uri");
        await client.StandardInput.FlushAsync(TestContext.Current.CancellationToken);
        for (string? line = ""; line is not null && !line.Contains(':') | line.Contains("Welcome");)
            line = await client.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken);
        return client;
    }

    [Fact]
    public async Task Servers_and_versions_are_listed()
    {
        await StartAsync();
        Assert.Equal(" Id   Name\n----------------\n 0    admin\n 1    libvirtd\n", await SaysAsync("server-list"));
        Assert.Contains("Running against daemon: 9.0.0", await SaysAsync("version"));
        await FailsAsync("Server not found: No server named 'foo'", "server-threadpool-info", "foo");
    }

    [Fact, Trait("libvirtd.conf", "min_workers"), Trait("libvirtd.conf", "max_workers"), Trait("libvirtd.conf", "prio_workers"),
        Trait("libvirtd.conf", "admin_min_workers"), Trait("libvirtd.conf", "admin_max_workers")]
    public async Task Workers_are_as_configured_and_can_be_changed()
    {
        await StartAsync("listen_tls = 0\nmin_workers = 2\nmax_workers = 9\nprio_workers = 3\nadmin_min_workers = 1\nadmin_max_workers = 4");
        Assert.Equal("""
            minWorkers     : 2
            maxWorkers     : 9
            nWorkers       : 2
            freeWorkers    : 2
            prioWorkers    : 3
            jobQueueDepth  : 0

            """, await SaysAsync("server-threadpool-info", "libvirtd"));
        Assert.StartsWith("minWorkers     : 1\nmaxWorkers     : 4\n", await SaysAsync("server-threadpool-info", "admin"), StringComparison.Ordinal);
        await SaysAsync("server-threadpool-set", "libvirtd", "--priority-workers", "7", "--max-workers", "40");
        string changed = await SaysAsync("server-threadpool-info", "libvirtd");
        Assert.Contains("maxWorkers     : 40\n", changed);
        Assert.Contains("prioWorkers    : 7\n", changed);
        await FailsAsync("invalid argument: minWorkers cannot be larger than maxWorkers", "server-threadpool-set", "libvirtd", "--min-workers", "50");
    }

    [Fact, Trait("libvirtd.conf", "max_clients"), Trait("libvirtd.conf", "max_anonymous_clients"), Trait("libvirtd.conf", "admin_max_clients")]
    public async Task Limits_of_clients_are_as_configured_and_can_be_changed()
    {
        await StartAsync("listen_tls = 0\nmax_clients = 50\nmax_anonymous_clients = 10\nadmin_max_clients = 3");
        Assert.Equal("nclients_max        : 50\nnclients            : 0\nnclients_unauth_max : 10\nnclients_unauth     : 0\n",
            await SaysAsync("server-clients-info", "libvirtd"));
        Assert.Equal("nclients_max        : 3\nnclients            : 1\nnclients_unauth_max : 0\nnclients_unauth     : 0\n",
            await SaysAsync("server-clients-info", "admin"));
        await SaysAsync("server-clients-set", "libvirtd", "--max-clients", "7", "--max-unauth-clients", "6");
        Assert.StartsWith("nclients_max        : 7\n", await SaysAsync("server-clients-info", "libvirtd"), StringComparison.Ordinal);
        await FailsAsync("invalid argument: The overall maximum number of clients waiting for authentication must not be less than the overall maximum number of clients",
            "server-clients-set", "libvirtd", "--max-clients", "5");
    }

    [GeneratedRegex(@"^ (\d+) +(\w+) +\d{4}-\d\d-\d\d \d\d:\d\d:\d\d[+-]\d{4}$", RegexOptions.Multiline)]
    private static partial Regex ClientLine { get; }

    async Task<(string Id, string Transport)[]> ClientsAsync() =>
        [.. ClientLine.Matches(await SaysAsync("client-list", "libvirtd")).Select(m => (m.Groups[1].Value, m.Groups[2].Value))];

    [Fact]
    public async Task Clients_are_listed_described_and_disconnected()
    {
        RunningProgram program = await StartAsync($"{daemon.Files}\nlisten_tcp = 1\nauth_tcp = \"none\"");
        using Process unix = await StayAsync(daemon.Program.Uri("test"));
        using Process tls = await StayAsync($"test+tls://localhost:{RemoteDaemon.Port(program, "tls")}/default?pkipath={daemon.Pki.ClientFolder("client")}");
        using Process tcp = await StayAsync($"test+tcp://127.0.0.1:{RemoteDaemon.Port(program, "tcp")}/default");
        clients.Clear();
        (string Id, string Transport)[] listed = await ClientsAsync();
        Assert.Equal(["unix", "tls", "tcp"], listed.Select(one => one.Transport));
        string local = await SaysAsync("client-info", "libvirtd", listed[0].Id);
        Assert.Matches($"^id             : {listed[0].Id}\nconnection_time: .*\ntransport      : unix\nreadonly       : no\nunix_user_id   : [0-9]+\n"
            + $"unix_user_name : {Environment.UserName}\nunix_group_id  : [0-9]+\nunix_group_name: .+\nunix_process_id: {unix.Id}\n$", local);
        Assert.Matches("transport      : tls\nreadonly       : no\nsock_addr      : (127.0.0.1|\\[::1\\]):[0-9]+\ntls_x509_dname : O=Red Hat,CN=client1\n$",
            await SaysAsync("client-info", "libvirtd", listed[1].Id));
        Assert.Matches("transport      : tcp\nreadonly       : no\nsock_addr      : 127.0.0.1:[0-9]+\n$", await SaysAsync("client-info", "libvirtd", listed[2].Id));

        Assert.Contains($"Client '{listed[0].Id}' disconnected", await SaysAsync("client-disconnect", "libvirtd", listed[0].Id));
        await DaemonProgram.UntilAsync(async () => (await ClientsAsync()).Length == 2, () => "the client is still there");
        await FailsAsync($"Client not found: No client with matching ID '{listed[0].Id}'", "client-info", "libvirtd", listed[0].Id);
        foreach (Process client in new[] { unix, tls, tcp })
        {
            client.Kill();
            await client.WaitForExitAsync(TestContext.Current.CancellationToken);
        }
    }

    [Fact, Trait("libvirtd.conf", "log_outputs"), Trait("libvirtd.conf", "log_filters"), Trait("libvirtd.conf", "log_level")]
    public async Task The_log_is_as_configured_and_can_be_changed()
    {
        string file = Path.Join(daemon.Program.Root, "the.log"), config = Path.Join(daemon.Program.Root, "log.conf");
        await File.WriteAllTextAsync(config, $"auth_unix_rw = \"none\"\nlog_level = 2\nlog_filters = \"1:rpc 3:qemu\"\nlog_outputs = \"1:file:{file} 4:stderr\"\n");
        await daemon.Program.StartReadyAsync([.. daemon.Program.Options, "-f", config]);
        Assert.Equal($" Logging outputs: 1:file:{file} 4:stderr\n", await SaysAsync("daemon-log-outputs"));
        Assert.Equal(" Logging filters: 1:*rpc* 3:*qemu* \n", await SaysAsync("daemon-log-filters"));
        await Command.RunAsync(Needs.Program("virsh"), ["-c", daemon.Program.Uri("test"), "list"]);
        string text = await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken);
        Assert.Contains(": info : Daemon:10 :", text);          // the level
        Assert.Contains(": debug : Rpc.Server:100 :", text);    // the filter
        await SaysAsync("daemon-log-filters", "--filters", "1:+foo 2:bar");
        Assert.Equal(" Logging filters: 1:*foo* 2:*bar* \n", await SaysAsync("daemon-log-filters"));
        await SaysAsync("daemon-log-filters", "--filters", "");
        Assert.Equal(" Logging filters: \n", await SaysAsync("daemon-log-filters"));
        string other = Path.Join(daemon.Program.Root, "other.log");
        await SaysAsync("daemon-log-outputs", "--outputs", $"2:file:{other} 1:syslog:x");
        Assert.Equal($" Logging outputs: 2:file:{other} 1:syslog:x\n", await SaysAsync("daemon-log-outputs"));
        await SaysAsync("daemon-log-outputs", "--outputs", "");
        Assert.Equal(" Logging outputs: 2:stderr\n", await SaysAsync("daemon-log-outputs"));
    }

    [Theory]
    [InlineData("outputs", "foo", "Malformed format for log output 'foo'")]
    [InlineData("outputs", "1:syslog", "Log output '1:syslog' does not meet the format requirements for destination type 'syslog'")]
    [InlineData("outputs", "5:stderr", "Invalid log priority '5' for log output '5:stderr'")]
    [InlineData("outputs", "1:stderr:foo", "Log output '1:stderr:foo' does not meet the format requirements for destination type 'stderr'")]
    [InlineData("filters", "9:x", "Invalid priority '9' for filter '9:x'")]
    [InlineData("filters", "1:", "Invalid match string ''")]
    [InlineData("filters", "x", "Malformed format for filter 'x'")]
    public async Task What_makes_no_sense_for_a_log_is_refused_in_libvirts_words(string what, string value, string message)
    {
        await StartAsync();
        await FailsAsync($"invalid argument: {message}", $"daemon-log-{what}", $"--{what}", value);
    }

    [Fact]
    public async Task Certificates_are_read_again()
    {
        await StartAsync(daemon.Files);
        await SaysAsync("server-update-tls", "libvirtd");
        File.Delete(daemon.Pki.Ca);
        await FailsAsync($"Cannot read CA certificate '{daemon.Pki.Ca}': No such file or directory", "server-update-tls", "libvirtd");
        await FailsAsync("internal error: no tls service found, unable to update tls files", "server-update-tls", "admin");
    }

    [Fact]
    public async Task A_timeout_ends_the_daemon_when_nobody_needs_it()
    {
        RunningProgram program = await StartAsync();
        await SaysAsync("daemon-timeout", "--timeout", "1");
        Assert.Equal(0, await program.EndAsync());
    }

    [Fact, Trait("libvirtd.conf", "unix_sock_admin_perms")]
    public async Task Only_the_daemons_own_user_is_served_whatever_the_permissions_are()
    {
        Needs.Root();
        File.SetUnixFileMode(daemon.Program.Root, (UnixFileMode)0x1ed);
        await StartAsync("listen_tls = 0\nunix_sock_admin_perms = \"0707\"");
        string socket = daemon.Program.Socket("libvirt-admin-sock");
        Assert.Equal((UnixFileMode)0x1c7, File.GetUnixFileMode(socket));
        CommandResult refused = await Command.RunAsync(Needs.Program("setpriv"), ["--reuid", "65534", "--regid", "65534", "--clear-groups",
            Needs.Program("virt-admin"), "-c", $"libvirtd:///system?socket={socket}", "server-list"]);
        Assert.Equal(1, refused.ExitCode);
        Assert.Contains("Failed to connect to the admin server", refused.Error);
        Assert.Contains("admin", await SaysAsync("server-list"));
    }
}
