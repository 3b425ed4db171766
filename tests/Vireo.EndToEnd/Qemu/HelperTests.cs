using Vireo.EndToEnd.Compare;
using Vireo.EndToEnd.Harness;
using Xunit;

namespace Vireo.EndToEnd.Qemu;

/// <summary>
/// Programs beside a guest that stock libvirt on Debian 12 cannot be compared in: it reads no <c>&lt;backend type='passt'/&gt;</c>.
/// </summary>
public sealed class HelperTests
{
    [Fact]
    public async Task A_card_is_connected_by_passt_as_long_as_its_guest_runs()
    {
        Needs.Root();
        Needs.Program("passt");
        Needs.Program("qemu-system-x86_64");
        await using VireoDaemon daemon = await VireoDaemon.StartWithNetworkAsync();
        // passt takes after a device with a route to everywhere.
        foreach (string order in (string[])["link set lo up", "link add up0 type veth peer name up1", "link set up1 up", "addr add 192.0.2.2/24 dev up0", "link set up0 up", "route add default via 192.0.2.1"])
        {
            CommandResult done = await daemon.InNetworkAsync(["ip", .. order.Split(' ')]);
            Assert.True(done.ExitCode == 0, done.ToString());
        }
        using var documents = new Documents();
        documents.With("XML", """
            <domain type='qemu'><name>with-passt</name><memory unit='MiB'>64</memory><vcpu>1</vcpu><os><type arch='x86_64' machine='q35'>hvm</type></os>
              <devices>
                <interface type='user'><mac address='52:54:00:11:22:33'/><source dev='up0'/><ip address='192.0.2.77' family='ipv4'/>
                  <portForward proto='tcp'><range start='2022' to='22'/></portForward><model type='virtio'/><backend type='passt'/></interface>
              </devices>
            </domain>
            """);
        string virsh = Needs.Program("virsh");
        Task<CommandResult> Say(string line) => Command.RunAsync(virsh, ["-q", "-c", daemon.QemuUri, .. documents.Fill(line).Split(' ')]);
        CommandResult created = await Say("create ${XML} --paused");
        Assert.True(created.ExitCode == 0, created.ToString());
        string folder = Path.Join(daemon.Root, "run/libvirt/qemu/passt"), pidFile = Assert.Single(Directory.GetFiles(folder, "*.pid"));
        string pid = (await File.ReadAllTextAsync(pidFile, TestContext.Current.CancellationToken)).Trim();
        string line = (await File.ReadAllTextAsync($"/proc/{pid}/cmdline", TestContext.Current.CancellationToken)).Replace('\0', ' ');
        Assert.Contains("--mac-addr 52:54:00:11:22:33 --interface up0 --address 192.0.2.77 --tcp-ports 2022:22", line, StringComparison.Ordinal);
        CommandResult destroyed = await Say("destroy with-passt");
        Assert.True(destroyed.ExitCode == 0, destroyed.ToString());
        Assert.False(Directory.Exists($"/proc/{pid}") && (await File.ReadAllTextAsync($"/proc/{pid}/cmdline", TestContext.Current.CancellationToken)).Contains(folder, StringComparison.Ordinal));
        Assert.Empty(Directory.GetFileSystemEntries(folder));
    }
}
