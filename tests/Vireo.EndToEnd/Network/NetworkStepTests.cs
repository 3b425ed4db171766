using Vireo.Drivers.Network;
using Vireo.EndToEnd.Harness;
using Xunit;

namespace Vireo.EndToEnd.Network;

/// <summary>kill -9 of the daemon at every step of a start and of a stop: the next one has a network that is active, or one that has left nothing.</summary>
public sealed class NetworkStepTests
{
    public static TheoryData<string> Moments => [.. NetworkDriver.Flows.SelectMany(static flow => flow.Steps.SelectMany(step => new[] { $"{flow.Name}:{step}:before", $"{flow.Name}:{step}:after" }))];

    [Theory, MemberData(nameof(Moments))]
    public async Task Nothing_is_left_half_done(string moment)
    {
        await using NetworkDaemon daemon = await NetworkDaemon.StartAsync();
        await daemon.DefineAsync(NetworkRows.Nat);
        string before = await daemon.VirshAsync("net-dumpxml", "n", "--inactive");
        bool stops = moment.StartsWith("net-stop", StringComparison.Ordinal);
        // It is killed by its own hand, in the same network as before.
        string space = Path.Join("/proc", daemon.Daemon.Pid.ToString(), "ns/net");
        using var keeps = File.OpenHandle(space);
        await daemon.Daemon.KillAsync();
        await daemon.StartAgainAsync(keeps, moment);
        if (stops)
            await daemon.VirshAsync("net-start", "n");
        CommandResult cut = await daemon.Daemon.VirshAsync(stops ? "net-destroy" : "net-start", "n");
        Assert.True(cut.ExitCode != 0 && await daemon.Daemon.EndedAsync(TimeSpan.FromSeconds(60)), $"{moment} was not reached: {cut}");
        await daemon.StartAgainAsync(keeps, null);

        Assert.Equal(before, await daemon.VirshAsync("net-dumpxml", "n", "--inactive"));
        bool active = (await daemon.VirshAsync("net-info", "n")).Contains("Active:         yes", StringComparison.Ordinal);
        Assert.Equal(active, await daemon.WorksAsync("ip", "link", "show", "virbr9"));
        if (active)
        {
            await NetworkDaemon.UntilAsync(() => Task.FromResult(daemon.Servers().Count > 0), "dnsmasq of an active network runs");
            await daemon.VirshAsync("net-destroy", "n");
        }
        await NetworkDaemon.UntilAsync(() => Task.FromResult(daemon.Servers().Count == 0), "dnsmasq is gone with its network");
        Assert.DoesNotContain("virbr9", await daemon.RunAsync("iptables-save"), StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Join(daemon.State, "n.xml")));
        await daemon.VirshAsync("net-start", "n");
    }
}
