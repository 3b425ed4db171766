using Vireo.EndToEnd.Harness;
using Xunit;

namespace Vireo.EndToEnd.Network;

/// <summary>What passes and what does not, seen by packets of clients in namespaces of their own.</summary>
public sealed class RealPacketTests
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
}
