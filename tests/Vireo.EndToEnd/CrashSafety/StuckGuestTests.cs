using System.Diagnostics;
using Vireo.Core.Errors;
using Vireo.Driver;
using Vireo.EndToEnd.Harness;
using Xunit;

namespace Vireo.EndToEnd.CrashSafety;

/// <summary>Debian's virsh on a daemon that is killed, and on guests whose QEMU does not answer.</summary>
public sealed class StuckGuestTests
{
    internal const int Stop = 19, Continue = 18;

    static CancellationToken Test => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_guest_survives_the_kill_of_its_daemon_and_is_managed_by_the_next()
    {
        Needs.Program("virsh");
        await using CrashRoot root = await CrashRoot.StartAsync();
        await DefineAndStartAsync(root, "kept");
        int guest = root.Processes().Single();
        string live = (await root.Daemon.VirshAsync("dumpxml", "kept")).Output;
        await root.Daemon.KillAsync();
        Assert.Equal([guest], root.Processes());

        await root.StartAgainAsync();

        Assert.Equal([new Seen("kept", true, true, 1)], await root.SettleAsync("the restart"));
        Assert.Equal([guest], root.Processes());
        Assert.Equal(live, (await root.Daemon.VirshAsync("dumpxml", "kept")).Output);
        foreach ((string command, string state) in new[] { ("suspend", "paused"), ("resume", "running"), ("reset", "running") })
        {
            CommandResult result = await root.Daemon.VirshAsync(command, "kept");
            Assert.True(result.ExitCode == 0, $"{command}: {result}\n{root.Daemon.Log}");
            Assert.Equal(state, (await root.Daemon.VirshAsync("domstate", "kept")).Output.Trim());
        }
        Assert.Equal(0, (await root.Daemon.VirshAsync("destroy", "kept")).ExitCode);
        Assert.Equal([new Seen("kept", false, true, -1)], await root.SettleAsync("destroy"));
        Assert.Equal(0, (await root.Daemon.VirshAsync("start", "kept")).ExitCode);
        Assert.Equal(2, Assert.Single(await root.SettleAsync("start")).Id);
    }

    [Fact]
    public async Task A_guest_that_dies_without_a_daemon_is_off_for_the_next()
    {
        await using CrashRoot root = await CrashRoot.StartAsync();
        await DefineAndStartAsync(root, "lost");
        await root.Daemon.KillAsync();
        await SignalAsync(root.Processes().Single(), 9);
        await root.StartAgainAsync();
        Assert.Equal([new Seen("lost", false, true, -1)], await root.SettleAsync("the restart"));
        Assert.Equal("shut off (crashed)\n\n", (await root.Daemon.VirshAsync("domstate", "lost", "--reason")).Output);
    }

    [Fact]
    public async Task Nobody_waits_for_a_stuck_guest_but_who_changes_it()
    {
        string virsh = Needs.Program("virsh");
        await using CrashRoot root = await CrashRoot.StartAsync();
        await DefineAndStartAsync(root, "other");
        int other = root.Processes().Single();
        await DefineAndStartAsync(root, "stuck");
        int stuck = root.Processes().Single(p => p != other);
        await SignalAsync(stuck, Stop);

        using Process holder = Command.Start(virsh, ["-c", root.Daemon.QemuUri, "suspend", "stuck"]);
        await HeldAsync(root, "stuck");
        Task<CommandResult> second = root.Daemon.VirshAsync("reset", "stuck");
        foreach (string name in new[] { "stuck", "other" })
        {
            Domain domain = await root.Client.GetDomainAsync(name, Test);
            for (int i = 0; i < 100; i++)
            {
                Assert.Equal(DomainState.Running, (await domain.GetInfoAsync(Test)).State);
                Assert.Contains($"<name>{name}</name>", await domain.GetXmlAsync(cancel: Test));
            }
        }
        // Stock virsh, too, reads a hundred times of both while the changes wait: of their order, not of their time, this is a test.
        string[] reads = ["domstate stuck", "dominfo stuck", "dumpxml stuck", "vcpucount stuck", "domblklist stuck", "domstate other", "dominfo other", "list --all", "domid stuck", "dumpxml other"];
        CommandResult read = await root.Daemon.VirshAsync(string.Join("; ", Enumerable.Repeat(string.Join("; ", reads), 10)));
        Assert.True(read.ExitCode == 0, read.ToString());
        Assert.Equal(20, read.Output.Split('\n').Count(line => line == "running"));
        Assert.Equal(20, read.Output.Split('\n').Count(line => line.StartsWith("State:", StringComparison.Ordinal)));
        Assert.False(second.IsCompleted);
        foreach (string command in new[] { "suspend", "resume" })
            Assert.Equal(0, (await root.Daemon.VirshAsync(command, "other")).ExitCode);
        Assert.False(holder.HasExited);

        CommandResult refused = await second;
        Assert.Equal(1, refused.ExitCode);
        Assert.Contains("Timed out during operation: cannot acquire state change lock (held by monitor=remoteDispatchDomainSuspend)", refused.Error);
        Assert.Contains("suspend job since ", refused.Error);
        Assert.Contains($"process {holder.Id}", refused.Error);

        // A destroy does not wait for who waits for QEMU.
        CommandResult destroyed = await root.Daemon.VirshAsync("destroy", "stuck");
        Assert.True(destroyed.ExitCode == 0, $"{destroyed}\n{root.Daemon.Log}");
        await holder.WaitForExitAsync(Test);
        Assert.Equal(1, holder.ExitCode);
        Assert.Contains("domain is being destroyed", await holder.StandardError.ReadToEndAsync(Test));
        Assert.Equal([new("other", true, true, 1), new Seen("stuck", false, true, -1)], await root.SettleAsync("destroy"));
        Assert.Equal([other], root.Processes());
    }

    [Fact]
    public async Task A_guest_that_is_stuck_when_the_next_daemon_comes_is_neither_killed_nor_in_the_way()
    {
        Needs.Program("virsh");
        await using CrashRoot root = await CrashRoot.StartAsync();
        await DefineAndStartAsync(root, "other");
        int other = root.Processes().Single();
        await DefineAndStartAsync(root, "stuck");
        int stuck = root.Processes().Single(p => p != other);
        await root.Daemon.KillAsync();
        await SignalAsync(stuck, Stop);

        await root.StartAgainAsync();

        Assert.Equal("running", (await root.Daemon.VirshAsync("domstate", "stuck")).Output.Trim());
        Assert.Equal(0, (await root.Daemon.VirshAsync("suspend", "other")).ExitCode);
        Task<CommandResult> change = root.Daemon.VirshAsync("suspend", "stuck");
        await SignalAsync(stuck, Continue);
        CommandResult result = await change;
        Assert.True(result.ExitCode == 0, $"{result}\n{root.Daemon.Log}");

        // A daemon that is told to stop does not wait for it either; and one that finds it stuck can still destroy it.
        await SignalAsync(stuck, Stop);
        await root.KillAsync();
        Assert.Equal(0, await root.Daemon.StopAsync());
        Assert.Contains(stuck, root.Processes());
        await root.StartAgainAsync();
        CommandResult destroyed = await root.Daemon.VirshAsync("destroy", "stuck");
        Assert.True(destroyed.ExitCode == 0, $"{destroyed}\n{root.Daemon.Log}");
        Assert.Equal([new("other", true, true, 1), new Seen("stuck", false, true, -1)], await root.SettleAsync("destroy"));
    }

    internal static async Task DefineAndStartAsync(CrashRoot root, string name)
    {
        Domain domain = await root.Client.DefineDomainAsync(root.Guest(name), cancel: Test);
        await domain.StartAsync(cancel: Test);
    }

    /// <summary>Waits until a change has begun.</summary>
    internal static async Task HeldAsync(CrashRoot root, string name)
    {
        Domain domain = await root.Client.GetDomainAsync(name, Test);
        var control = root.Client.Require<IDomainInfo>();
        while ((await control.GetControlInfoAsync(domain.Ref, 0, Test)).State == DomainControlState.Ok)
            await Task.Delay(10, Test);
    }

    internal static async Task SignalAsync(int pid, int signal)
    {
        using Process kill = Command.Start("kill", [$"-{signal}", pid.ToString()]);
        await kill.WaitForExitAsync(Test);
        Assert.Equal(0, kill.ExitCode);
    }
}
