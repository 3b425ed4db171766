using System.Diagnostics;
using System.Text.RegularExpressions;
using Vireo.EndToEnd.Compare;
using Vireo.EndToEnd.Harness;
using Xunit;

namespace Vireo.EndToEnd.Daemon;

/// <summary>Every command of Debian's virt-admin, to vireod and to stock libvirtd: the same text, the same exit codes, one line after the other.</summary>
public sealed partial class AdminComparisonTests : IAsyncLifetime
{
    const string Settings = """
        log_level = 3
        log_outputs = "3:file:/dev/null"
        log_filters = "3:rpc 4:qemu"
        min_workers = 4
        max_workers = 12
        prio_workers = 3
        max_clients = 60
        max_anonymous_clients = 30
        admin_max_clients = 9
        """;

    /// <summary>What is typed; FIRST and SECOND are the clients' numbers.</summary>
    static readonly string[] lines =
    [
        // virt-admin itself
        "version", "version --daemon", "echo --shell a 'b c'", "echo --xml '<'", "pwd --nonsense", "nonsense", "cd /nowhere", "connect; version",
        "connect libvirtd:///nonsense", "connect test:///default", "help monitor", "help nonsense",
        // looking
        "server-list", "srv-list", "server-list --nonsense",
        "server-threadpool-info libvirtd", "server-threadpool-info admin", "srv-threadpool-info libvirtd", "server-threadpool-info nonsense", "server-threadpool-info",
        "server-clients-info libvirtd", "server-clients-info admin", "srv-clients-info libvirtd", "server-clients-info nonsense",
        "client-list libvirtd", "client-list admin", "client-list nonsense", "client-list",
        "client-info libvirtd FIRST", "client-info libvirtd SECOND", "client-info libvirtd 999", "client-info libvirtd x", "client-info nonsense FIRST",
        "client-info admin 999", "client-info libvirtd 99999999999999999999",
        "daemon-log-filters", "dmn-log-filters", "daemon-log-outputs", "dmn-log-outputs",
        // changing
        "server-threadpool-set libvirtd --min-workers 5 --max-workers 13 --priority-workers 4; server-threadpool-info libvirtd",
        "server-threadpool-set libvirtd --max-workers 30; server-threadpool-set libvirtd --min-workers 31",
        "server-threadpool-set libvirtd --min-workers 8 --max-workers 7", "server-threadpool-set libvirtd --max-workers 2",
        "server-threadpool-set libvirtd --min-workers -1", "server-threadpool-set libvirtd --max-workers 4294967296",
        "server-threadpool-set libvirtd", "server-threadpool-set nonsense --max-workers 9", "srv-threadpool-set libvirtd --priority-workers 3",
        "server-threadpool-set admin --max-workers 6; server-threadpool-info admin", "server-threadpool-info libvirtd",
        "server-clients-set libvirtd --max-clients 70 --max-unauth-clients 40; server-clients-info libvirtd",
        "server-clients-set libvirtd --max-clients 20", "server-clients-set libvirtd --max-unauth-clients 80", "server-clients-set libvirtd",
        "server-clients-set libvirtd --max-clients x", "server-clients-set nonsense --max-clients 9", "srv-clients-set libvirtd --max-clients 50; srv-clients-info libvirtd",
        "server-clients-set admin --max-clients 8; server-clients-info admin", "server-clients-set admin --max-unauth-clients 3",
        "server-update-tls libvirtd", "server-update-tls admin", "server-update-tls nonsense",
        "daemon-log-filters --filters '1:util.object 3:+rpc'; daemon-log-filters", "daemon-log-filters --filters '1:a 1:a'; daemon-log-filters",
        "daemon-log-filters --filters '5:a'", "daemon-log-filters --filters 'a'", "daemon-log-filters --filters '1:'", "daemon-log-filters --filters '1:a 9:b'; daemon-log-filters",
        "daemon-log-filters --filters '1:+'", "daemon-log-filters --filters '1:a*b'; daemon-log-filters", "daemon-log-filters --filters 'debug:a'", "daemon-log-filters --filters '0:a'",
        "daemon-log-filters --filters ':a'", "daemon-log-filters --filters '1a:a'", "daemon-log-filters --filters '1:a:b'; daemon-log-filters",
        "daemon-log-filters --filters ''; daemon-log-filters",
        "daemon-log-outputs --outputs '1:file:/dev/null 4:syslog:name'; daemon-log-outputs", "daemon-log-outputs --outputs '4:stderr'; daemon-log-outputs",
        "daemon-log-outputs --outputs '4:nowhere'", "daemon-log-outputs --outputs '5:stderr'",
        "daemon-log-outputs --outputs '1:file:/nowhere/at/all'; daemon-log-outputs", "daemon-log-outputs --outputs '1:file:/tmp'", "daemon-log-outputs --outputs '1:file'",
        "daemon-log-outputs --outputs '1:nowhere:x'", "daemon-log-outputs --outputs '1'", "daemon-log-outputs --outputs '1:'", "daemon-log-outputs --outputs 'debug:stderr'",
        "daemon-log-outputs --outputs '3:stderr 1:stderr 2:file:/dev/null 3:syslog:x 4:file:/dev/null'; daemon-log-outputs", "daemon-log-outputs --outputs '1:journald:x'", "daemon-log-outputs --outputs '3:file:/dev/null'; daemon-log-outputs",
        "client-disconnect libvirtd 999", "client-disconnect libvirtd x", "client-disconnect nonsense FIRST", "client-disconnect libvirtd FIRST",
        "daemon-timeout", "daemon-timeout --timeout x", "daemon-timeout --timeout 4294967296", "daemon-timeout --timeout 600", "dmn-timeout --timeout 0",
    ];

    readonly DaemonProgram daemon = new();
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

    [Fact]
    public async Task Every_command_says_what_it_says_of_libvirtd()
    {
        Assert.SkipWhen(StockDaemon.WhyNot() is not null, StockDaemon.WhyNot() ?? "");
        string config = Path.Join(daemon.Root, "admin.conf");
        await File.WriteAllTextAsync(config, $"auth_unix_rw = \"none\"\nauth_unix_ro = \"none\"\n{Settings}\n", TestContext.Current.CancellationToken);
        await daemon.StartReadyAsync([.. daemon.Options, "-f", config]);
        await using StockDaemon stock = await StockDaemon.StartAsync($"cat >>/etc/libvirt/libvirtd.conf <<EOF\n{Settings}\nEOF\n");
        string ours = await TypedAsync(Path.GetDirectoryName(daemon.Socket())!), theirs = await TypedAsync(Path.GetDirectoryName(stock.Socket)!);
        Assert.True(ours == theirs, $"stock:\n{theirs}\nours:\n{ours}");
    }

    /// <summary>All that is typed and said, with two clients beside.</summary>
    async Task<string> TypedAsync(string sockets)
    {
        Process first = await StayAsync($"test+unix:///default?socket={sockets}/libvirt-sock");
        Process second = await StayAsync($"test+unix:///default?socket={sockets}/libvirt-sock-ro", "-r");
        string uri = $"libvirtd:///system?socket={sockets}/libvirt-admin-sock", admin = Needs.Program("virt-admin");
        CommandResult listed = await Command.RunAsync(admin, ["-q", "-c", uri, "client-list", "libvirtd"]);
        string[] numbers = [.. listed.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(static line => line.Trim().Split(' ')[0])];
        Assert.Equal(2, numbers.Length);
        string said = await Transcript.OfAsync(async line =>
        {
            CommandResult result = await Command.RunAsync(
                admin, ["-c", uri, line.Replace("FIRST", numbers[0], StringComparison.Ordinal).Replace("SECOND", numbers[1], StringComparison.Ordinal)]);
            return new(result.ExitCode, Same(result.Output), Same(result.Error));
        }, lines);
        // libvirtd's servers are in a hash table's order, and it is in a process namespace of its own; see AdminTests for these.
        string Same(string text) => Free().Replace(Servers().Replace(Number().Replace(Times().Replace(text.Replace(sockets, "SOCKETS", StringComparison.Ordinal), "TIME"), ""), " N"), "");
        // The one that was thrown out notices, the other is served.
        await first.StandardInput.WriteLineAsync("list --name");
        first.StandardInput.Close();
        await first.WaitForExitAsync(TestContext.Current.CancellationToken);
        await second.StandardInput.WriteLineAsync("list --name");
        second.StandardInput.Close();
        return $"{said}\n{Same(await first.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken))}\n{await second.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken)}";
    }

    [GeneratedRegex(@"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d[+-]\d{4}")]
    private static partial Regex Times();

    [GeneratedRegex(@"^unix_process_id: .*\n", RegexOptions.Multiline)]
    private static partial Regex Number();

    /// <summary>Whether the worker of the call before is free again is a race, in stock too.</summary>
    [GeneratedRegex(@"^freeWorkers .*\n", RegexOptions.Multiline)]
    private static partial Regex Free();

    /// <summary>The lines of a list of servers.</summary>
    [GeneratedRegex(@"^ [01]    (admin|libvirtd)$", RegexOptions.Multiline)]
    private static partial Regex Servers();

    async Task<Process> StayAsync(string uri, params string[] options)
    {
        Process client = Command.Start(Needs.Program("virsh"), [.. options, "-q", "-c", uri]);
        clients.Add(client);
        await client.StandardInput.WriteLineAsync("uri");
        await client.StandardInput.FlushAsync(TestContext.Current.CancellationToken);
        for (string? line = ""; line is not null && !line.Contains("test", StringComparison.Ordinal);)
            line = await client.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken);
        return client;
    }
}
