using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Vireo.EndToEnd.CrashSafety;
using Vireo.EndToEnd.Harness;
using Xunit;

namespace Vireo.EndToEnd.Daemon;

/// <summary>What a daemon tells of its work when it is asked to, with Debian's virsh as the client and real guests.</summary>
public sealed class ObservabilityTests : IDisposable
{
    static CancellationToken Test => TestContext.Current.CancellationToken;

    readonly string folder = Directory.CreateTempSubdirectory("observed").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    static int FreePort()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        return ((IPEndPoint)taken.LocalEndpoint).Port;
    }

    async Task<string> GuestAsync(string name)
    {
        Needs.Program("qemu-system-x86_64");
        string file = Path.Join(folder, name + ".xml");
        await File.WriteAllTextAsync(file, Guests.Tiny(name), Test);
        return file;
    }

    static async Task RunAsync(VireoDaemon daemon, params string[] command)
    {
        CommandResult result = await daemon.VirshAsync(command);
        Assert.True(result.ExitCode is 0, $"{string.Join(' ', command)}: {result}\n{daemon.Log}");
    }

    [Fact]
    public async Task A_call_its_job_and_its_monitor_command_are_one_trace_and_all_are_counted()
    {
        string guest = await GuestAsync("traced");
        using var collector = new OtlpCollector();
        int port = FreePort();
        await using VireoDaemon daemon = await VireoDaemon.StartAsync(new Dictionary<string, string?>
        {
            ["OTEL_EXPORTER_OTLP_ENDPOINT"] = collector.Endpoint,
            ["VIREO_PROMETHEUS_PORT"] = port.ToString(),
        });
        await RunAsync(daemon, $"create {guest}; suspend traced; destroy traced");
        Assert.Equal(1, (await daemon.VirshAsync("domid", "nobody")).ExitCode);
        using var http = new HttpClient();
        string page = await http.GetStringAsync(new Uri($"http://127.0.0.1:{port}/metrics"), Test);
        Assert.Equal(0, await daemon.StopAsync());

        IReadOnlyList<OtlpSpan> spans = collector.Spans;
        const int Server = 2, Client = 3;
        OtlpSpan call = spans.Single(span => span.Name is "virDomainSuspend");
        Assert.Equal((Server, "libvirt", Environment.UserName), (call.Kind, call.Attributes["rpc.system"], call.Attributes["enduser.id"]));
        OtlpSpan job = spans.Single(span => span.Parent == call.Id);
        Assert.Equal(("job suspend", "traced", call.Trace), (job.Name, job.Attributes["vireo.machine"], job.Trace));
        Assert.Contains(spans, span => span.Parent == job.Id && span is { Name: "qmp stop", Kind: Client } && span.Trace == call.Trace);

        static bool Has(IReadOnlyDictionary<string, string> attributes, string procedure, string outcome) =>
            attributes["procedure"] == procedure && attributes["outcome"] == outcome;
        Assert.Equal(1, collector.Histogram("vireo.call.duration").Single(one => Has(one.Attributes, "virDomainSuspend", "ok")).Count);
        Assert.Contains(collector.Histogram("vireo.call.duration"), one => Has(one.Attributes, "virDomainLookupByName", "42"));
        Assert.Contains(collector.Histogram("vireo.qmp.duration"), one => one.Attributes.Values.Contains("stop"));
        Assert.Contains(collector.Histogram("vireo.job.wait"), one => one.Attributes.Values.Contains("suspend"));

        Assert.Contains("vireo_call_duration_seconds_count{procedure=\"virDomainSuspend\",outcome=\"ok\"} 1\n", page, StringComparison.Ordinal);
        Assert.Contains("vireo_call_duration_seconds_count{procedure=\"virDomainLookupByName\",outcome=\"42\"}", page, StringComparison.Ordinal);
        Assert.Contains("\nvireo_clients ", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_log_says_who_did_what_and_how_it_went_and_what_was_slow()
    {
        string guest = await GuestAsync("logged");
        // No guest is started within a millisecond.
        await using VireoDaemon daemon = await VireoDaemon.StartAsync(new Dictionary<string, string?>
        {
            ["VIREO_LOG_CALLS"] = "1", ["VIREO_SLOW_CALL_MS"] = "1", ["LIBVIRT_DEBUG"] = "2",
        });
        using Process client = Command.Start(Needs.Program("virsh"), ["-c", daemon.QemuUri, $"create {guest}; destroy logged; domid nobody"]);
        await client.WaitForExitAsync(Test);
        await using VireoDaemon quiet = await VireoDaemon.StartAsync();
        Assert.Equal(0, (await quiet.VirshAsync("list")).ExitCode);
        await daemon.StopAsync();
        await quiet.StopAsync();

        string who = $"by {Environment.UserName} (uid {(VireoDaemon.Mode is "system" ? "0" : Environment.GetEnvironmentVariable("UID") ?? "")}";
        string[] lines = daemon.Log.Split('\n');
        string started = Assert.Single(lines, line => line.Contains("virDomainCreateXML", StringComparison.Ordinal));
        Assert.Contains("slow call: virDomainCreateXML by ", started, StringComparison.Ordinal);
        Assert.Contains(": warning :", started, StringComparison.Ordinal);
        Assert.Contains(who, started, StringComparison.Ordinal);
        Assert.Contains($"pid {client.Id}): ok after ", started, StringComparison.Ordinal);
        Assert.Contains(lines, line => line.Contains("virDomainLookupByName by ", StringComparison.Ordinal)
            && line.Contains($"pid {client.Id}): Domain not found: no domain with matching name 'nobody' after ", StringComparison.Ordinal));
        Assert.DoesNotContain("virConnectOpen", quiet.Log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_journal_has_operation_and_caller_as_fields()
    {
        Needs.Root();
        using var journal = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        journal.Bind(new UnixDomainSocketEndPoint(Path.Join(folder, "socket")));
        journal.ReceiveTimeout = 60_000;
        // In a namespace of its own the daemon finds this socket where systemd's would be.
        await using VireoDaemon daemon = await VireoDaemon.StartBehindAsync("-m", "bash", "-c",
            $"mount -t tmpfs run /run && mkdir -p /run/systemd/journal && mount --bind {folder} /run/systemd/journal && "
            + "export VIREO_LOG_CALLS=1 LIBVIRT_LOG_OUTPUTS=2:journald LIBVIRT_DEBUG=2 && exec \"$@\"", "--");
        using Process client = Command.Start(Needs.Program("virsh"), ["-c", daemon.TestUri, "domid test"]);
        await client.WaitForExitAsync(Test);
        Assert.Equal(0, client.ExitCode);

        byte[] buffer = new byte[65_536];
        string[] fields;
        do
            fields = System.Text.Encoding.UTF8.GetString(buffer.AsSpan(0, journal.Receive(buffer))).Split('\n');
        while (!fields.Contains("VIREO_OPERATION=virDomainLookupByName"));
        Assert.Contains($"VIREO_CALLER=root (uid 0, pid {client.Id})", fields);
        Assert.Contains("VIREO_OUTCOME=ok", fields);
        Assert.Contains("PRIORITY=6", fields);
        Assert.Contains("SYSLOG_IDENTIFIER=vireod", fields);
    }

    [Fact]
    public async Task Jobs_shows_who_holds_a_guest_that_does_not_answer_and_who_waits()
    {
        string virsh = Needs.Program("virsh");
        await using CrashRoot root = await CrashRoot.StartAsync();
        await StuckGuestTests.DefineAndStartAsync(root, "stuck");
        int guest = root.Processes().Single();
        await StuckGuestTests.SignalAsync(guest, StuckGuestTests.Stop);
        Assert.Equal(0, (await JobsAsync(root)).ExitCode);
        using Process holder = Command.Start(virsh, ["-c", root.Daemon.QemuUri, "suspend", "stuck"]);
        await StuckGuestTests.HeldAsync(root, "stuck");
        using Process waiter = Command.Start(virsh, ["-c", root.Daemon.QemuUri, "resume", "stuck"]);
        CommandResult jobs;
        do
            jobs = await JobsAsync(root);
        while (!jobs.Output.Contains("waits", StringComparison.Ordinal) && !waiter.HasExited);

        string[] rows = [.. jobs.Output.Split('\n').Where(line => line.Contains("stuck", StringComparison.Ordinal))];
        Assert.Equal(2, rows.Length);
        Assert.Matches($@"^ stuck +suspend +runs +\d+\.\d s +remoteDispatchDomainSuspend +the client of user \d+, process {holder.Id}$", rows[0].TrimEnd());
        Assert.Matches($@"^ stuck +modify +waits +\d+\.\d s +remoteDispatchDomainResume +the client of user \d+, process {waiter.Id}$", rows[1].TrimEnd());

        await StuckGuestTests.SignalAsync(guest, StuckGuestTests.Continue);
        foreach (Process one in (Process[])[holder, waiter])
        {
            await one.WaitForExitAsync(Test);
            Assert.Equal(0, one.ExitCode);
        }
        Assert.DoesNotContain("stuck", (await JobsAsync(root)).Output, StringComparison.Ordinal);
    }

    static Task<CommandResult> JobsAsync(CrashRoot root)
    {
        (string program, string[] first) = VireoDaemon.Find("Vireo.Shell", "vireo");
        return Command.RunAsync(program, [.. first, "jobs", "-c", root.Daemon.QemuUri]);
    }
}
