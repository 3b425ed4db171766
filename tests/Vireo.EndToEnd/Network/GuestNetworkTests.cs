using Vireo.EndToEnd.Harness;
using Xunit;

namespace Vireo.EndToEnd.Network;

/// <summary>Guests on virtual networks.</summary>
public sealed class GuestNetworkTests
{
    static string Guest(string network, string more = "") => $"""
        <domain type='qemu'><name>g</name><memory unit='MiB'>32</memory><vcpu>1</vcpu><os><type arch='x86_64' machine='pc'>hvm</type></os>
          <devices><interface type='network'><source network='{network}'/><mac address='52:54:00:11:22:33'/><model type='virtio'/>{more}</interface></devices></domain>
        """;

    [Fact]
    public async Task The_network_default_is_there_and_is_started_when_a_guest_needs_it()
    {
        Needs.Program("qemu-system-x86_64");
        await using NetworkDaemon daemon = await NetworkDaemon.StartAsync();
        Assert.Contains("inactive", await daemon.VirshAsync("net-list", "--all"), StringComparison.Ordinal);
        await CreateAsync(daemon, Guest("default", "<port isolated='yes'/>"));
        string live = await daemon.VirshAsync("dumpxml", "g"), bridge = Between(live, "bridge='", "'");
        Assert.Contains("<source network='default' portid='", live, StringComparison.Ordinal);
        string links = await daemon.RunAsync("bridge", "-d", "link");
        Assert.Contains($"master {bridge}", links, StringComparison.Ordinal);
        Assert.Contains("isolated on", links, StringComparison.Ordinal);
        Assert.Contains("connections='1'", await daemon.VirshAsync("net-dumpxml", "default"), StringComparison.Ordinal);
        Assert.Contains("\"g\"", await File.ReadAllTextAsync(Path.Join(daemon.Dnsmasq, bridge + ".macs"), TestContext.Current.CancellationToken), StringComparison.Ordinal);

        string subnet = Between(await daemon.VirshAsync("net-dumpxml", "default"), "<ip address='", "1'");
        await File.WriteAllTextAsync(Path.Join(daemon.Dnsmasq, bridge + ".status"),
            $$"""[{"ip-address": "{{subnet}}77", "mac-address": "52:54:00:11:22:33", "expiry-time": 4000000000}]""", TestContext.Current.CancellationToken);
        foreach (string said in (string[])[await daemon.VirshAsync("domifaddr", "g", "--source", "lease"), await daemon.VirshAsync("net-dhcp-leases", "default")])
            Assert.Contains($"{subnet}77/24", said, StringComparison.Ordinal);
        Assert.DoesNotContain("52:54", await daemon.VirshAsync("domifaddr", "g", "--source", "arp"), StringComparison.Ordinal);

        // A daemon that comes after takes both over, as they are.
        using var space = File.OpenHandle($"/proc/{daemon.Daemon.Pid}/ns/net");
        await daemon.Daemon.KillAsync();
        await daemon.StartAgainAsync(space, null);
        Assert.Equal(live, await daemon.VirshAsync("dumpxml", "g"));
        Assert.Contains("portid", live, StringComparison.Ordinal);
        await daemon.VirshAsync("destroy", "g");
        Assert.DoesNotContain("connections", await daemon.VirshAsync("net-dumpxml", "default"), StringComparison.Ordinal);
        Assert.DoesNotContain("\"g\"", await File.ReadAllTextAsync(Path.Join(daemon.Dnsmasq, bridge + ".macs"), TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_network_of_the_hosts_bridge_is_a_bridge_and_one_that_does_not_run_is_none()
    {
        Needs.Program("qemu-system-x86_64");
        await using NetworkDaemon daemon = await NetworkDaemon.StartAsync();
        await daemon.RunAsync("ip", "link", "add", "br7", "type", "bridge");
        await daemon.DefineAsync("<network><name>host</name><forward mode='bridge'/><bridge name='br7'/></network>");
        string file = Path.Join(daemon.Daemon.Root, "g.xml");
        await File.WriteAllTextAsync(file, Guest("host"), TestContext.Current.CancellationToken);
        CommandResult refused = await daemon.Daemon.VirshAsync("create", file);
        Assert.Contains("network 'host' is not active", refused.Error, StringComparison.Ordinal);
        await daemon.VirshAsync("net-start", "host");
        await CreateAsync(daemon, Guest("host"));
        string live = await daemon.VirshAsync("dumpxml", "g");
        Assert.Contains("<interface type='bridge'>", live, StringComparison.Ordinal);
        Assert.Contains("<source network='host' portid='", live, StringComparison.Ordinal);
        Assert.Contains("bridge='br7'", live, StringComparison.Ordinal);
        Assert.Contains("<source network='host'/>", await daemon.VirshAsync("dumpxml", "g", "--inactive"), StringComparison.Ordinal);
        await daemon.VirshAsync("destroy", "g");
        Assert.DoesNotContain("connections", await daemon.VirshAsync("net-dumpxml", "host"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_card_comes_to_a_running_guest_and_goes_and_its_port_with_it()
    {
        Needs.Program("qemu-system-x86_64");
        await using NetworkDaemon daemon = await NetworkDaemon.StartAsync();
        await daemon.RunAsync("ip", "link", "add", "br7", "type", "bridge");
        await daemon.DefineAsync("<network><name>host</name><forward mode='bridge'/><bridge name='br7'/></network>");
        await daemon.VirshAsync("net-start", "host");
        await CreateAsync(daemon, Guest("default"));
        await AttachAsync("default", "52:54:00:00:00:02");
        await AttachAsync("host", "52:54:00:00:00:03");
        string file = Path.Join(daemon.Daemon.Root, "card.xml");
        await File.WriteAllTextAsync(file, Card("default", "52:54:00:00:00:04", "no-such-card"), TestContext.Current.CancellationToken);
        CommandResult refused = await daemon.Daemon.VirshAsync("attach-device", "g", file, "--live");
        Assert.NotEqual(0, refused.ExitCode);
        string live = await daemon.VirshAsync("dumpxml", "g");
        Assert.Equal(3, live.Split("portid='").Length - 1);
        Assert.Contains("<interface type='bridge'>", live, StringComparison.Ordinal);
        Assert.Contains("connections='2'", await daemon.VirshAsync("net-dumpxml", "default"), StringComparison.Ordinal);
        Assert.Contains("connections='1'", await daemon.VirshAsync("net-dumpxml", "host"), StringComparison.Ordinal);
        string links = await daemon.RunAsync("bridge", "link");
        Assert.Contains("master br7", links, StringComparison.Ordinal);
        Assert.Equal(2, links.Split("master virbr").Length - 1);

        // A document names the network, as when the card came; what it is plugged into is found out.
        await File.WriteAllTextAsync(file, Card("host", "52:54:00:00:00:03").Replace("<model", "<link state='down'/><model", StringComparison.Ordinal), TestContext.Current.CancellationToken);
        await daemon.VirshAsync("update-device", "g", file, "--live");
        Assert.Contains("down", await daemon.VirshAsync("domif-getlink", "g", "52:54:00:00:00:03"), StringComparison.Ordinal);

        using var space = File.OpenHandle($"/proc/{daemon.Daemon.Pid}/ns/net");
        await daemon.Daemon.KillAsync();
        await daemon.StartAgainAsync(space, null);
        await daemon.VirshAsync("detach-interface", "g", "network", "--mac", "52:54:00:00:00:02", "--live");
        Assert.Contains("connections='1'", await daemon.VirshAsync("net-dumpxml", "default"), StringComparison.Ordinal);
        await daemon.VirshAsync("destroy", "g");
        foreach (string network in (string[])["default", "host"])
            Assert.DoesNotContain("connections", await daemon.VirshAsync("net-dumpxml", network), StringComparison.Ordinal);

        Task<string> AttachAsync(string network, string mac) => daemon.VirshAsync("attach-interface", "g", "network", network, "--mac", mac, "--model", "usb-net", "--live");
        static string Card(string network, string mac, string model = "usb-net") =>
            $"<interface type='network'><source network='{network}'/><mac address='{mac}'/><model type='{model}'/></interface>";
    }

    static async Task CreateAsync(NetworkDaemon daemon, string document)
    {
        string file = Path.Join(daemon.Daemon.Root, "g.xml");
        await File.WriteAllTextAsync(file, document);
        await daemon.VirshAsync("create", file, "--paused");
    }

    static string Between(string text, string first, string then)
    {
        int at = text.IndexOf(first, StringComparison.Ordinal) + first.Length;
        return text[at..text.IndexOf(then, at, StringComparison.Ordinal)];
    }
}
