using Vireo.EndToEnd.Daemon;
using Vireo.EndToEnd.Harness;
using Xunit;

namespace Vireo.EndToEnd.Managers;

/// <summary>SIGUSR1 makes a manager its program anew: the same process, the same clients, pipes and leases.</summary>
public sealed class RestartTests
{
    /// <summary>Restarts it, and waits until the new program has read what the one before left.</summary>
    static async Task RestartAsync(ManagerRig rig, RunningProgram manager, string role, string socket, Action? meanwhile = null)
    {
        byte[] before = await ProgramAsync(manager);
        await Command.RunAsync("/bin/kill", ["-USR1", manager.Pid.ToString()]);
        meanwhile?.Invoke();
        await DaemonProgram.UntilAsync(async () => !Enumerable.SequenceEqual(before, await ProgramAsync(manager))
            && !File.Exists(Path.Join(rig.Root, $"run/{role}-restart-exec.json")) && DaemonProgram.Answers(socket), () => $"{role} did not come back: {manager.Said}");
    }

    // Where the kernel put things, which is elsewhere after every exec.
    static Task<byte[]> ProgramAsync(RunningProgram manager) => File.ReadAllBytesAsync($"/proc/{manager.Pid}/auxv");

    [Fact]
    public async Task A_log_manager_keeps_its_logs_and_clients()
    {
        Needs.Root();
        await using var rig = new ManagerRig();
        RunningProgram manager = await rig.StartLogsAsync();
        await using var calls = new ManagerCalls(rig.LogSocket);
        string log = Path.Join(rig.Root, "g.log");
        var opened = await calls.OpenAsync(log);
        for (int turn = 0; turn < 3; turn++)
        {
            ManagerCalls.Write(opened.Files[0], $"before {turn}\n");
            string between = $"between {turn}\n";
            await RestartAsync(rig, manager, "virtlogd", rig.LogSocket, () => ManagerCalls.Write(opened.Files[0], between));
            Assert.NotEqual(0ul, (await calls.Logs.GetPositionAsync(log, 0, default)).Offset);
        }
        Assert.Equal("before 0\nbetween 0\nbefore 1\nbetween 1\nbefore 2\nbetween 2\n", await File.ReadAllTextAsync(log, TestContext.Current.CancellationToken));
        Assert.False(manager.HasExited);
        opened.Files[0].Dispose();
    }

    [Fact]
    public async Task A_lock_manager_keeps_its_leases_and_who_may_take_more()
    {
        Needs.Root();
        await using var rig = new ManagerRig();
        RunningProgram manager = await rig.StartLocksAsync();
        string disk = rig.Image("disk");
        await using var holder = new ManagerCalls(rig.LockSocket);
        await holder.RegisterAsync(1_000_001);
        await holder.AcquireAsync(disk);
        await holder.Locks.RestrictAsync(0, default);
        await RestartAsync(rig, manager, "virtlockd", rig.LockSocket);
        await using var other = new ManagerCalls(rig.LockSocket);
        await other.RegisterAsync(1_000_002);
        Assert.False(await other.IsFreeAsync(disk));
        Assert.Contains("restricted", await ManagerCalls.SaysAsync(() => holder.AcquireAsync(disk)));
        Assert.False(manager.HasExited);
    }
}
