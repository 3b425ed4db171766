using Vireo.EndToEnd.Compare;
using Vireo.EndToEnd.Harness;
using Vireo.EndToEnd.Network;
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

    // As passt: listens, says who it is, and goes to the background; ends when the guest hangs up.
    const string Program = """
        import os, socket, sys
        words = sys.argv
        listener = socket.socket(socket.AF_UNIX)
        listener.bind(words[words.index('--socket') + 1])
        listener.listen(1)
        if os.fork(): os._exit(0)
        os.setsid()
        with open(words[words.index('--pid') + 1], 'w') as file: file.write('%d\n' % os.getpid())
        for number in (0, 1, 2): os.close(number)
        guest, _ = listener.accept()
        while guest.recv(65536): pass
        """;

    [Fact]
    public async Task A_card_on_passt_comes_to_a_running_guest_and_goes_and_its_program_with_it()
    {
        Needs.Root();
        Needs.Program("python3");
        Needs.Program("qemu-system-x86_64");
        using var passt = new RecordedProgram("passt", Program);
        await using VireoDaemon daemon = await VireoDaemon.StartBehindAsync("-n", "env", "PATH=" + passt.SearchPath);
        using Documents documents = new Documents().With("XML",
            "<domain type='qemu'><name>g</name><memory unit='MiB'>32</memory><vcpu>1</vcpu><os><type arch='x86_64' machine='pc'>hvm</type></os><devices/></domain>").With("CARD",
            "<interface type='user'><mac address='52:54:00:11:22:33'/><portForward proto='tcp'><range start='2022' to='22'/></portForward><model type='usb-net'/><backend type='passt'/></interface>");
        string folder = Path.Join(daemon.Root, "run/libvirt/qemu/passt");
        await SaysAsync("create ${XML} --paused");
        passt.FailAt("--one-off");
        CommandResult refused = await daemon.VirshAsync("attach-device", "g", documents.Fill("${CARD}"));
        Assert.Contains("Could not start 'passt': passt: told to fail", refused.Error, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(folder));
        passt.FailAt(null);
        passt.Taken();

        await SaysAsync("attach-device g ${CARD}");
        string words = Assert.Single(passt.Taken());
        Assert.Matches("^--one-off --socket .*-g-net0-passt.socket --mac-addr 52:54:00:11:22:33 --tcp-ports 2022:22 --pid .*-g-net0-passt.pid$", words);
        Assert.Contains("Starting external device: passt", await File.ReadAllTextAsync(Path.Join(daemon.Root, "var/log/libvirt/qemu/g.log"), TestContext.Current.CancellationToken), StringComparison.Ordinal);
        int first = PidIn(folder);
        await SaysAsync("detach-interface g user --mac 52:54:00:11:22:33");
        Assert.False(Runs(first));
        Assert.Empty(Directory.GetFileSystemEntries(folder));

        await SaysAsync("attach-device g ${CARD}");
        int second = PidIn(folder);
        await daemon.KillAsync();
        await daemon.StartAgainAsync();
        await SaysAsync("domiflist g");
        Assert.True(Runs(second));
        await SaysAsync("destroy g");
        Assert.False(Runs(second));
        Assert.Empty(Directory.GetFileSystemEntries(folder));

        async Task SaysAsync(string line)
        {
            CommandResult result = await daemon.VirshAsync(documents.Fill(line).Split(' '));
            Assert.True(result.ExitCode == 0, $"{line}: {result}\n{daemon.Log}");
        }

        bool Runs(int pid) => NetworkDaemon.CommandLine(pid).Contains(folder, StringComparison.Ordinal);
    }

    static int PidIn(string folder) => int.Parse(File.ReadAllText(Assert.Single(Directory.GetFiles(folder, "*.pid"))));
}
