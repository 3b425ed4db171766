using Vireo.EndToEnd.Harness;
using Xunit;

namespace Vireo.EndToEnd.Qemu;

/// <summary>Taps and macvtaps, in a network of the daemon's own, with Debian's virsh.</summary>
public sealed class TapTests
{
    const string Guest = """
        <domain type='qemu'>
          <name>g</name>
          <memory unit='MiB'>32</memory>
          <vcpu>1</vcpu>
          <os><type arch='x86_64' machine='pc'>hvm</type></os>
          <devices>
            <interface type='bridge'><source bridge='br0'/><mac address='52:54:00:11:22:33'/><model type='virtio'/></interface>
            <interface type='direct'><source dev='v0' mode='bridge'/><mac address='52:54:00:11:22:34'/><model type='virtio'/></interface>
          </devices>
        </domain>
        """;

    [Fact]
    public async Task Names_go_up_devices_are_as_the_bridge_says_and_all_goes_with_the_guest()
    {
        Needs.Program("qemu-system-x86_64");
        Needs.Program("virsh");
        string ip = Needs.Program("ip");
        await using VireoDaemon daemon = await VireoDaemon.StartWithNetworkAsync();
        string document = Path.Join(daemon.Root, "g.xml");
        await File.WriteAllTextAsync(document, Guest, TestContext.Current.CancellationToken);
        foreach (string line in new[]
        {
            "link add br0 type bridge", "link add v0 type veth peer name v1", "link set v0 up", "link set br0 up",
            "link add name port0 type veth peer name port1", "link set port0 mtu 1300 master br0",
        })
        {
            CommandResult made = await daemon.InNetworkAsync([ip, .. line.Split(' ')]);
            Assert.SkipWhen(made.ExitCode != 0, $"this kernel cannot: {line}: {made.Error}");
        }
        CommandResult trial = await daemon.InNetworkAsync(ip, "link", "add", "link", "v0", "name", "try0", "type", "macvtap");
        Assert.SkipWhen(trial.ExitCode != 0, "this kernel has no macvtap");
        await daemon.InNetworkAsync(ip, "link", "del", "try0");

        for (int round = 0; round < 2; round++)
        {
            CommandResult created = await daemon.VirshAsync("create", document, "--paused");
            Assert.True(created.ExitCode == 0, created.ToString());
            string listed = (await daemon.VirshAsync("domiflist", "g")).Output;
            Assert.Contains($" vnet{round}       bridge   br0", listed, StringComparison.Ordinal);
            Assert.Contains($" macvtap{round}    direct   v0", listed, StringComparison.Ordinal);
            string tap = (await daemon.InNetworkAsync(ip, "-o", "link", "show", $"vnet{round}")).Output;
            Assert.Contains("mtu 1300", tap, StringComparison.Ordinal);
            Assert.Contains("master br0", tap, StringComparison.Ordinal);
            Assert.Contains("fe:54:00:11:22:33", tap, StringComparison.Ordinal);
            // A guest that does not run takes no packets.
            Assert.DoesNotContain(",UP", (await daemon.InNetworkAsync(ip, "-o", "link", "show", $"macvtap{round}")).Output, StringComparison.Ordinal);
            await daemon.VirshAsync("resume", "g");
            Assert.Contains(",UP", (await daemon.InNetworkAsync(ip, "-o", "link", "show", $"macvtap{round}")).Output, StringComparison.Ordinal);
            Assert.DoesNotContain("vnet", (await daemon.VirshAsync("dumpxml", "g", "--inactive")).Output, StringComparison.Ordinal);
            Assert.Equal(0, (await daemon.VirshAsync("destroy", "g")).ExitCode);
            Assert.NotEqual(0, (await daemon.InNetworkAsync(ip, "link", "show", $"macvtap{round}")).ExitCode);
            Assert.NotEqual(0, (await daemon.InNetworkAsync(ip, "link", "show", $"vnet{round}")).ExitCode);
        }
    }

    // What stock libvirtd has in its chain with the same guest.
    [Fact, Trait("qemu.conf", "mac_filter")]
    public async Task A_cards_own_address_passes_by_a_chain_of_ebtables_where_the_configuration_says_so()
    {
        Needs.Program("qemu-system-x86_64");
        Needs.Program("virsh");
        string ip = Needs.Program("ip"), ebtables = Needs.Program("ebtables");
        await using VireoDaemon daemon = await VireoDaemon.StartWithNetworkAsync();
        await daemon.StopAsync();
        await File.WriteAllTextAsync(Path.Join(daemon.Root, "etc/libvirt/qemu.conf"), "mac_filter = 1\n", TestContext.Current.CancellationToken);
        await daemon.StartAgainAsync();
        CommandResult made = await daemon.InNetworkAsync(ip, "link", "add", "br0", "type", "bridge");
        Assert.SkipWhen(made.ExitCode != 0, $"this kernel has no bridges: {made.Error}");
        made = await daemon.InNetworkAsync(ebtables, "-L", "FORWARD");
        Assert.SkipWhen(made.ExitCode != 0, $"this kernel has no ebtables: {made.Error}");
        string document = Path.Join(daemon.Root, "g.xml"), xml = string.Join('\n', Guest.Split('\n').Where(static line => !line.Contains("'direct'", StringComparison.Ordinal)));
        await File.WriteAllTextAsync(document, xml, TestContext.Current.CancellationToken);
        CommandResult created = await daemon.VirshAsync("create", document, "--paused");
        Assert.True(created.ExitCode == 0, created.ToString());
        async Task<string> ChainAsync() => (await daemon.InNetworkAsync(ebtables, "-L", "libvirt_qemu_FORWARD")).Output;
        Assert.Contains("entries: 1, policy: RETURN\n-s 52:54:00:11:22:33 -i vnet0 -j ACCEPT", await ChainAsync(), StringComparison.Ordinal);
        Assert.Contains("-j libvirt_qemu_FORWARD", (await daemon.InNetworkAsync(ebtables, "-L", "FORWARD")).Output, StringComparison.Ordinal);
        Assert.Equal(0, (await daemon.VirshAsync("destroy", "g")).ExitCode);
        Assert.Contains("entries: 0, policy: RETURN", await ChainAsync(), StringComparison.Ordinal);
    }
}
