using Vireo.EndToEnd.Harness;
using Xunit;

namespace Vireo.EndToEnd.Network;

/// <summary>What goes wrong around networks, and real clients on them.</summary>
public sealed class NetworkFaultTests
{
    const string Lab = """
        <network><name>lab</name><forward mode='nat'/><bridge name='virbr7'/><domain name='lab' localOnly='yes'/>
          <dns><host ip='10.13.1.200'><hostname>printer</hostname></host></dns>
          <ip address='10.13.1.1' prefix='24'><dhcp><range start='10.13.1.10' end='10.13.1.20'/><host mac='52:54:00:00:00:07' ip='10.13.1.77' name='seven'/></dhcp></ip></network>
        """;

    [Fact]
    public async Task A_client_gets_its_address_resolves_names_and_keeps_both_when_dnsmasq_is_killed()
    {
        string box = Needs.Program("busybox");
        await using NetworkDaemon daemon = await NetworkDaemon.StartAsync();
        await daemon.CreateAsync(Lab);
        await daemon.RunAsync("ip", "link", "add", "port0", "type", "veth", "peer", "name", "card0", "address", "52:54:00:00:00:07");
        await daemon.RunAsync("ip", "link", "set", "port0", "master", "virbr7", "up");
        await daemon.RunAsync("ip", "link", "set", "card0", "up");
        await ForwardsAsync(daemon, "port0");
        Assert.Contains("10.13.1.77", await LeaseAsync(), StringComparison.Ordinal);
        // dnsmasq answers the client first and then runs what notes it.
        await NetworkDaemon.UntilAsync(async () => await daemon.VirshAsync("net-dhcp-leases", "lab") is var leases
            && leases.Contains("10.13.1.77/24", StringComparison.Ordinal) && leases.Contains("seven", StringComparison.Ordinal), "what was lent is told");
        Assert.Contains("10.13.1.200", await daemon.RunAsync(box, "nslookup", "printer.lab", "10.13.1.1"), StringComparison.Ordinal);
        Assert.Contains("10.13.1.77", await daemon.RunAsync(box, "nslookup", "seven.lab", "10.13.1.1"), StringComparison.Ordinal);

        IReadOnlyList<int> first = daemon.Servers();
        foreach (int pid in first)
            await Command.RunAsync("kill", ["-9", pid.ToString()]);
        await NetworkDaemon.UntilAsync(() => Task.FromResult(daemon.Servers() is { Count: > 0 } now && !now.Intersect(first).Any()), "dnsmasq is started again");
        await NetworkDaemon.UntilAsync(async () => await daemon.WorksAsync(box, "nslookup", "seven.lab", "10.13.1.1"), "and knows who has which name");
        Assert.Contains("10.13.1.77", await daemon.VirshAsync("net-dhcp-leases", "lab"), StringComparison.Ordinal);
        Assert.Contains("10.13.1.77", await LeaseAsync(), StringComparison.Ordinal);
        await daemon.VirshAsync("net-destroy", "lab");
        await daemon.UntilUnservedAsync();

        // The card is in the same network here: only the client's words count, no address is set.
        Task<string> LeaseAsync() => daemon.RunAsync("sh", "-c", $"{box} udhcpc -i card0 -f -q -n -t 10 -T 1 -s /bin/true -x hostname:seven 2>&1");
    }

    [Fact]
    public async Task An_active_network_outlives_the_daemon_and_is_mended_where_somebody_flushed_its_rules()
    {
        await using NetworkDaemon daemon = await NetworkDaemon.StartAsync();
        await daemon.DefineAsync(Lab);
        await daemon.VirshAsync("net-autostart", "lab");
        await daemon.VirshAsync("net-start", "lab");
        string rules = await RulesAsync(daemon), live = await daemon.VirshAsync("net-dumpxml", "lab");
        IReadOnlyList<int> servers = daemon.Servers();
        using var space = File.OpenHandle($"/proc/{daemon.Daemon.Pid}/ns/net");
        await daemon.Daemon.KillAsync();
        await Command.RunAsync(Needs.Program("nsenter"), [$"--net=/proc/{Environment.ProcessId}/fd/{space.DangerousGetHandle()}", "--", "iptables", "-F", "LIBVIRT_INP"]);
        await daemon.StartAgainAsync(space, null);
        Assert.Equal(live, await daemon.VirshAsync("net-dumpxml", "lab"));
        Assert.Equal(servers, daemon.Servers());
        await NetworkDaemon.UntilAsync(async () => await RulesAsync(daemon) == rules, "rules are put in again");

        await daemon.Daemon.KillAsync();
        await Command.RunAsync(Needs.Program("nsenter"), [$"--net=/proc/{Environment.ProcessId}/fd/{space.DangerousGetHandle()}", "--", "ip", "link", "del", "virbr7"]);
        await daemon.StartAgainAsync(space, null);
        Assert.Contains("Active:         no", await daemon.VirshAsync("net-info", "lab"), StringComparison.Ordinal);
        await daemon.UntilUnservedAsync();
        await daemon.VirshAsync("net-start", "lab");

    }

    [Fact]
    public async Task What_others_take_from_an_active_network_is_put_back()
    {
        Needs.Program("qemu-system-x86_64");
        string box = Needs.Program("busybox");
        await using NetworkDaemon daemon = await NetworkDaemon.StartAsync();
        await daemon.CreateAsync(Lab);
        string file = Path.Join(daemon.Daemon.Root, "g.xml");
        await File.WriteAllTextAsync(file, """
            <domain type='qemu'><name>g</name><memory unit='MiB'>32</memory><vcpu>1</vcpu><os><type arch='x86_64' machine='pc'>hvm</type></os>
              <devices><interface type='network'><source network='lab'/><target dev='card7'/><port isolated='yes'/><model type='virtio'/></interface></devices></domain>
            """, TestContext.Current.CancellationToken);
        await daemon.VirshAsync("create", file, "--paused");
        string rules = await RulesAsync(daemon);
        int[] first = [.. daemon.Servers()];
        await daemon.RunAsync("ip", "link", "del", "virbr7");
        await NetworkDaemon.UntilAsync(async () => (await daemon.Daemon.InNetworkAsync("bridge", "-d", "link", "show", "dev", "card7")).Output is var port
            && port.Contains("master virbr7", StringComparison.Ordinal) && port.Contains("isolated on", StringComparison.Ordinal), "the card is on the bridge again");
        await NetworkDaemon.UntilAsync(() => Task.FromResult(daemon.Servers() is { Count: > 0 } now && !now.Intersect(first).Any()), "dnsmasq serves the new bridge");
        await NetworkDaemon.UntilAsync(() => daemon.WorksAsync(box, "nslookup", "printer.lab", "10.13.1.1"), "and answers");
        Assert.Contains("10.13.1.1/24", await daemon.RunAsync("ip", "address", "show", "dev", "virbr7"), StringComparison.Ordinal);

        foreach (string[] harm in (string[][])[["-F", "LIBVIRT_INP"], ["-F", "FORWARD"], ["-t", "nat", "-F"], ["-D", "LIBVIRT_FWO", "-i", "virbr7", "-j", "REJECT"]])
        {
            await daemon.RunAsync(["iptables", .. harm]);
            await NetworkDaemon.UntilAsync(async () => await RulesAsync(daemon) == rules, $"rules are there again after {string.Join(' ', harm)}");
        }
        await daemon.VirshAsync("net-destroy", "lab");
        Assert.False(await daemon.WorksAsync("ip", "link", "show", "virbr7"));
        Assert.DoesNotContain("virbr7", await daemon.RunAsync("iptables-save"), StringComparison.Ordinal);
    }

    static async Task<string> RulesAsync(NetworkDaemon daemon) => string.Join('\n', (await daemon.RunAsync("iptables-save")).Split('\n')
        .Where(static line => line.StartsWith("-A", StringComparison.Ordinal)).Order(StringComparer.Ordinal));

    [Fact]
    public async Task A_second_daemon_with_the_same_networks_is_refused()
    {
        await using NetworkDaemon one = await NetworkDaemon.StartAsync();
        await one.CreateAsync(Lab);
        string bridge = await one.VirshAsync("net-dumpxml", "lab");
        CommandResult second = await one.Daemon.InNetworkAsync([.. SecondOn(one.Daemon.Root)]);
        Assert.NotEqual(0, second.ExitCode);
        Assert.Equal(bridge, await one.VirshAsync("net-dumpxml", "lab"));
    }

    [Fact]
    public async Task Two_daemons_on_one_host_name_what_clashes_and_leave_each_others_networks_alone()
    {
        await using NetworkDaemon one = await NetworkDaemon.StartAsync();
        await one.CreateAsync(Lab);
        await one.VirshAsync("net-start", "default");
        await using NetworkDaemon two = await NetworkDaemon.StartBesideAsync(one);
        string rules = await RulesAsync(one), file = Path.Join(two.Daemon.Root, "clash.xml");
        foreach ((string bridge, int subnet, string expected) in ((string, int, string)[])
            [("virbr7", 14, "error creating bridge interface virbr7: File exists"), ("virbr17", 13, "Network is already in use by interface virbr7")])
        {
            await File.WriteAllTextAsync(file, $"<network><name>clash</name><bridge name='{bridge}'/><ip address='10.{subnet}.1.1' prefix='24'/></network>", TestContext.Current.CancellationToken);
            CommandResult refused = await two.Daemon.VirshAsync("net-create", file);
            Assert.Contains(expected, refused.Error, StringComparison.Ordinal);
        }
        Assert.Equal(rules, await RulesAsync(one));
        Assert.True(await one.WorksAsync("ip", "link", "show", "virbr7"), "the bridge of the first is left alone");
        // The network that every daemon has is beside the other's.
        await two.VirshAsync("net-start", "default");
        Assert.Equal(2, (await one.RunAsync("ip", "-o", "-4", "address")).Split('\n').Count(static line => line.Contains("192.168.", StringComparison.Ordinal)));
        await two.VirshAsync("net-destroy", "default");
        Assert.Equal(rules, await RulesAsync(one));
        Assert.NotEmpty(one.Servers());
    }

    static string[] SecondOn(string root)
    {
        (string program, string[] first) = VireoDaemon.Find("vireod", "vireod");
        return [program, .. first, "--role", "virtnetworkd", "--root", root];
    }

    /// <summary>A bridge that speaks STP lets a new port wait.</summary>
    static Task ForwardsAsync(NetworkDaemon daemon, string port) => NetworkDaemon.UntilAsync(
        async () => (await daemon.RunAsync("bridge", "link", "show", "dev", port)).Contains("forwarding", StringComparison.Ordinal), $"{port} forwards");
}
