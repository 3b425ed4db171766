using System.Text.RegularExpressions;
using Vireo.EndToEnd.Harness;
using Xunit;

namespace Vireo.EndToEnd.Network;

/// <summary>What passes and what does not, seen by packets of clients in namespaces of their own and of a guest that boots.</summary>
public sealed partial class RealPacketTests
{
    const string Nat = """
        <network><name>lab</name><forward mode='nat'/><bridge name='virbr7' stp='off'/><domain name='lab' localOnly='yes'/>
          <dns><host ip='10.13.1.200'><hostname>printer</hostname></host></dns>
          <ip address='10.13.1.1' prefix='24'><dhcp><range start='10.13.1.10' end='10.13.1.20'/><host mac='52:54:00:00:00:07' ip='10.13.1.77' name='seven'/></dhcp></ip></network>
        """;

    const string Isolated = """
        <network><name>alone</name><bridge name='virbr8' stp='off'/>
          <ip address='10.14.1.1' prefix='24'><dhcp><range start='10.14.1.10' end='10.14.1.20'/></dhcp></ip></network>
        """;

    const string Limited = """
        <network><name>slow</name><bridge name='virbr9' stp='off'/><bandwidth><inbound average='8' peak='8' burst='4'/></bandwidth>
          <ip address='10.15.1.1' prefix='24'/></network>
        """;

    [Fact]
    public async Task Nat_leads_out_and_hides_whose_packets_they_are_and_an_isolated_network_leads_nowhere()
    {
        Needs.Program("busybox");
        await using NetworkDaemon daemon = await NetworkDaemon.StartAsync();
        await daemon.CreateAsync(Nat);
        await daemon.CreateAsync(Isolated);
        await using NetworkPlace world = await NetworkPlace.MakeAsync(daemon, "uplink", "52:54:00:00:99:01", null);
        await daemon.RunAsync("ip", "address", "add", "203.0.113.1/24", "dev", "uplink");
        await daemon.RunAsync("ip", "route", "add", "default", "via", "203.0.113.9");
        await world.RunAsync("ip", "address", "add", "203.0.113.9/24", "dev", "card");
        await using NetworkPlace seven = await NetworkPlace.MakeAsync(daemon, "port7", "52:54:00:00:00:07", "virbr7");
        await using NetworkPlace eight = await NetworkPlace.MakeAsync(daemon, "port8", "52:54:00:00:00:08", "virbr7");
        await using NetworkPlace alone = await NetworkPlace.MakeAsync(daemon, "port9", "52:54:00:00:00:09", "virbr8");
        await using NetworkPlace other = await NetworkPlace.MakeAsync(daemon, "port10", "52:54:00:00:00:10", "virbr8");
        Assert.Contains("10.13.1.77", await seven.LeaseAsync(daemon.Daemon.Root), StringComparison.Ordinal);
        foreach (NetworkPlace place in (NetworkPlace[])[eight, alone, other])
            Assert.Contains("obtained", await place.LeaseAsync(daemon.Daemon.Root), StringComparison.Ordinal);

        Assert.True(await seven.ReachesAsync("10.13.1.1"), "the host");
        Assert.True(await eight.ReachesAsync("10.13.1.77"), "another guest");
        // The world has no route to guests: only the host's own address can be answered.
        Assert.True(await seven.ReachesAsync("203.0.113.9"), "the world, by the host's address");
        Assert.True(await alone.ReachesAsync("10.14.1.1"), "the host of an isolated network");
        string beside = (await other.RunAsync("ip", "-4", "-o", "address", "show", "dev", "card")).Split(' ', StringSplitOptions.RemoveEmptyEntries)[3].Split('/')[0];
        Assert.True(await alone.ReachesAsync(beside), "another guest of an isolated network");
        await world.RunAsync("ip", "route", "add", "10.0.0.0/8", "via", "203.0.113.1");
        await alone.RunAsync("ip", "route", "add", "default", "via", "10.14.1.1");
        Assert.False(await alone.ReachesAsync("203.0.113.9"), "the world, from an isolated network");
        Assert.False(await alone.ReachesAsync("10.13.1.77"), "a guest of another network");
        Assert.False(await world.ReachesAsync("10.13.1.77"), "a guest behind NAT, from the world");
        Assert.False(await world.ReachesAsync(beside), "a guest of an isolated network, from the world");

        // The doctor follows the same way.
        Assert.True(await DoctorAsync(daemon, "lab", 0) is var whole && whole.Contains("packets leave with the host's address", StringComparison.Ordinal), whole);
        await daemon.RunAsync("iptables", "-P", "FORWARD", "DROP");
        await daemon.RunAsync("iptables", "-N", "DOCKER-USER");
        await daemon.RunAsync("iptables", "-I", "FORWARD", "-o", "uplink", "-j", "DROP");
        Assert.False(await seven.ReachesAsync("203.0.113.9"), "the world, through another's rule");
        Assert.Contains("'-A FORWARD -o uplink -j DROP'", await DoctorAsync(daemon, "lab", 3), StringComparison.Ordinal);
    }

    static async Task<string> DoctorAsync(NetworkDaemon daemon, string network, int exit)
    {
        (string program, string[] first) = VireoDaemon.Find("Vireo.Shell", "vireo");
        CommandResult said = await daemon.Daemon.InNetworkAsync([program, .. first, "net", "doctor", network, "--to", "203.0.113.9", "-c", daemon.Daemon.QemuUri]);
        Assert.True(said.ExitCode == exit, said.ToString());
        return said.Output;
    }

    [Fact]
    public async Task What_goes_to_guests_of_a_limited_network_waits_in_its_queue()
    {
        Needs.Program("tc");
        await using NetworkDaemon daemon = await NetworkDaemon.StartAsync();
        await daemon.CreateAsync(Limited);
        await using NetworkPlace guest = await NetworkPlace.MakeAsync(daemon, "port9", "52:54:00:00:00:09", "virbr9");
        await guest.RunAsync("ip", "address", "add", "10.15.1.9/24", "dev", "card");
        Assert.True(await guest.ReachesAsync("10.15.1.1"), "the host");
        // 300 kB at once, where 8 kB a second are allowed: whatever the machine does meanwhile, some have to wait.
        await daemon.RunAsync("bash", "-c", "data=$(printf '%01000d' 0); for i in {1..300}; do printf %s $data >/dev/udp/10.15.1.9/9; done; true");
        string[] queues = await QueuesAsync(daemon);
        int limited = Array.FindIndex(queues, static line => line.StartsWith("class htb 1:2 ", StringComparison.Ordinal));
        Assert.True(limited >= 0 && Overlimits().Match(queues[limited + 1]) is { Success: true } waited && long.Parse(waited.Groups[1].Value) > 0, string.Join('\n', queues));
        await daemon.VirshAsync("net-destroy", "slow");
        Assert.False(await daemon.WorksAsync("tc", "class", "show", "dev", "virbr9"));
    }

    static async Task<string[]> QueuesAsync(NetworkDaemon daemon) => (await daemon.RunAsync("tc", "-s", "class", "show", "dev", "virbr9")).Split('\n');

    [GeneratedRegex(@"overlimits (\d+)")]
    private static partial Regex Overlimits();

    [Fact]
    public async Task A_guest_gets_its_address_resolves_a_name_and_reaches_the_host_and_another_guest()
    {
        Needs.Program("qemu-system-x86_64");
        Needs.Program("busybox");
        string guest = Path.Join(Environment.GetEnvironmentVariable("VIREO_BIN") ?? Path.Join(FirstGuestTests.Repository(), "artifacts/bin"), "../guest");
        Assert.SkipUnless(File.Exists(Path.Join(guest, "initrd.img")), "eng/make-guest has not made its guest");
        await using NetworkDaemon daemon = await NetworkDaemon.StartAsync();
        await daemon.CreateAsync(Nat);
        await using NetworkPlace eight = await NetworkPlace.MakeAsync(daemon, "port8", "52:54:00:00:00:08", "virbr7");
        await eight.LeaseAsync(daemon.Daemon.Root);
        string own = (await eight.RunAsync("ip", "-4", "-o", "address", "show", "dev", "card")).Split(' ', StringSplitOptions.RemoveEmptyEntries)[3].Split('/')[0];
        foreach (string file in (string[])["vmlinuz", "initrd.img"])
            File.Copy(Path.Join(guest, file), Path.Join(daemon.Daemon.Root, file));
        string root = daemon.Daemon.Root, document = Path.Join(root, "g.xml"), console = Path.Join(root, "console");
        await File.WriteAllTextAsync(document, $"""
            <domain type='qemu'><name>g</name><memory unit='MiB'>192</memory><vcpu>1</vcpu>
              <os><type arch='x86_64' machine='pc'>hvm</type><kernel>{root}/vmlinuz</kernel><initrd>{root}/initrd.img</initrd><cmdline>console=ttyS0 panic=-1</cmdline></os>
              <features><acpi/></features>
              <devices><interface type='network'><source network='lab'/><mac address='52:54:00:00:00:07'/><model type='virtio'/></interface>
                <serial type='tcp'><source mode='bind' host='127.0.0.1' service='7777'/><protocol type='raw'/></serial></devices></domain>
            """, TestContext.Current.CancellationToken);
        await daemon.VirshAsync("create", document);
        string commands = "nslookup printer.lab 10.13.1.1 | grep -q 10.13.1.200 && echo NAME-FO\\UND; ping -c 1 10.13.1.1 >/dev/null && echo HOST-FO\\UND; "
            + $"ping -c 1 {own} >/dev/null && echo GUEST-FO\\UND; echo ALL-D\\ONE";
        // Its console is typed at when the guest is up, again if nobody listened yet; what it says until it has answered comes back.
        CommandResult said = await daemon.Daemon.InNetworkAsync("bash", "-c", $$"""
            exec 3<>/dev/tcp/127.0.0.1/7777
            up=
            while [ $SECONDS -lt 400 ]; do
                line=
                IFS= read -r -t 20 line <&3 || [ -z "$up" ] || printf '%s\n' '{{commands}}' >&3
                printf '%s\n' "$line"
                case $line in
                    *VIREO-GUEST-UP*) up=1; printf '%s\n' '{{commands}}' >&3 ;;
                    ALL-DONE*) exit 0 ;;
                esac
            done
            exit 1
            """);
        string all = said.ToString();
        Assert.True(said.ExitCode == 0, all);
        foreach (string expected in (string[])["address=10.13.1.77/24", "NAME-FOUND", "HOST-FOUND", "GUEST-FOUND"])
            Assert.Contains(expected, said.Output, StringComparison.Ordinal);
        Assert.True(await eight.ReachesAsync("10.13.1.77"), "the guest, from another");
        string lent = await daemon.VirshAsync("net-dhcp-leases", "lab", "52:54:00:00:00:07"), told = await daemon.VirshAsync("domifaddr", "g");
        foreach (string one in (string[])[lent, told])
            Assert.Contains("10.13.1.77/24", one, StringComparison.Ordinal);
        await daemon.VirshAsync("destroy", "g");
        await daemon.VirshAsync("net-destroy", "lab");
        await daemon.UntilUnservedAsync();
        string links = await daemon.RunAsync("ip", "link");
        Assert.DoesNotContain("vnet", links, StringComparison.Ordinal);
        Assert.DoesNotContain("virbr", links, StringComparison.Ordinal);
        Assert.DoesNotContain("virbr7", await daemon.RunAsync("iptables-save"), StringComparison.Ordinal);
        Assert.DoesNotContain("10.13.1", await daemon.RunAsync("ip", "route"), StringComparison.Ordinal);
    }
}
