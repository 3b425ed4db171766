using Vireo.EndToEnd.Harness;
using Xunit;

namespace Vireo.EndToEnd.Daemon;

/// <summary>-d, the pid file, and who comes second.</summary>
public sealed class BackgroundTests : IAsyncLifetime
{
    readonly DaemonProgram daemon = new();

    public ValueTask InitializeAsync() => default;

    public ValueTask DisposeAsync() => daemon.DisposeAsync();

    [Fact]
    public async Task In_the_background_it_serves_when_the_command_returns_and_has_left_the_terminal()
    {
        CommandResult result = await DaemonProgram.RunAsync(["-d", .. daemon.Options]);
        Assert.Equal(new CommandResult(0, "", ""), result);
        Assert.True(DaemonProgram.Answers(daemon.Socket()));
        int pid = daemon.ReadPid();
        // "pid (name) state ppid pgrp session tty": fields behind the name
        string[] stat = (await File.ReadAllTextAsync($"/proc/{pid}/stat", TestContext.Current.CancellationToken)).Split(") ")[1].Split(' ');
        Assert.Equal(("0", pid.ToString()), (stat[4], stat[3]));
        Assert.NotEqual(Environment.ProcessId.ToString(), stat[1]);
        Assert.Equal("/", new DirectoryInfo($"/proc/{pid}/cwd").LinkTarget);
        foreach (int fd in new[] { 0, 1, 2 })
            Assert.Equal("/dev/null", new FileInfo($"/proc/{pid}/fd/{fd}").LinkTarget);

        await DaemonProgram.SignalAsync(pid, "TERM");
        await DaemonProgram.UntilAsync(() => Task.FromResult(DaemonProgram.HasEnded(pid)), () => "it does not end");
        Assert.False(File.Exists(daemon.PidFile));
        Assert.Empty(Directory.EnumerateFiles(daemon.RunDir, "libvirt-sock*"));
    }

    [Fact]
    public async Task In_the_background_what_keeps_it_from_starting_is_said_and_the_exit_code_tells()
    {
        RunningProgram first = await daemon.StartReadyAsync(daemon.Options);
        CommandResult second = await DaemonProgram.RunAsync(["-d", .. daemon.Options]);
        Assert.Equal(1, second.ExitCode);
        Assert.StartsWith($"vireod: error: Failed to acquire pid file '{daemon.PidFile}': Resource temporarily unavailable", second.Error);
        Assert.Contains($"pid {first.Pid}", second.Error);
        CommandResult nowhere = await DaemonProgram.RunAsync(["-d", "--root", daemon.Root, "-p", "/proc/nowhere/x.pid"]);
        Assert.Equal(1, nowhere.ExitCode);
        Assert.StartsWith("vireod: error: Failed to open pid file '/proc/nowhere/x.pid'", nowhere.Error);
        CommandResult broken = await DaemonProgram.RunAsync(["-d", "-f", "/nowhere/x.conf", .. daemon.Options]);
        Assert.Equal(1, broken.ExitCode);
        Assert.Contains("/nowhere/x.conf", broken.Error);
        Assert.Equal(0, await first.EndByAsync("TERM"));
    }

    [Fact]
    public async Task A_second_one_on_the_same_pid_file_is_refused_and_the_first_goes_on()
    {
        RunningProgram first = await daemon.StartReadyAsync(daemon.Options);
        CommandResult second = await DaemonProgram.RunAsync(daemon.Options);
        Assert.Equal(1, second.ExitCode);
        Assert.Contains($"Failed to acquire pid file '{daemon.PidFile}'", second.Error);
        Assert.Equal(first.Pid, daemon.ReadPid());
        Assert.True(DaemonProgram.Answers(daemon.Socket()));
        Assert.Equal(0, await first.EndByAsync("TERM"));
    }

    [Fact]
    public async Task A_second_one_with_another_pid_file_cannot_have_the_same_places()
    {
        RunningProgram first = await daemon.StartReadyAsync(daemon.Options);
        CommandResult second = await DaemonProgram.RunAsync(["--root", daemon.Root, "-p", Path.Join(daemon.Root, "other.pid")]);
        Assert.NotEqual(0, second.ExitCode);
        Assert.False(File.Exists(Path.Join(daemon.Root, "other.pid")));
        Assert.True(DaemonProgram.Answers(daemon.Socket()));
        Assert.Equal(0, await first.EndByAsync("TERM"));
    }

    [Fact]
    public async Task A_socket_that_somebody_else_serves_is_not_taken_from_him()
    {
        Directory.CreateDirectory(daemon.RunDir);
        using var other = new System.Net.Sockets.Socket(
            System.Net.Sockets.AddressFamily.Unix, System.Net.Sockets.SocketType.Stream, System.Net.Sockets.ProtocolType.Unspecified);
        other.Bind(new System.Net.Sockets.UnixDomainSocketEndPoint(daemon.Socket()));
        other.Listen();
        CommandResult result = await DaemonProgram.RunAsync(daemon.Options);
        Assert.Equal(6, result.ExitCode);
        Assert.Contains($"Failed to bind socket to '{daemon.Socket()}': Address already in use", result.Error);
        Assert.True(DaemonProgram.Answers(daemon.Socket()));
        Assert.False(File.Exists(daemon.PidFile));
    }

    [Fact]
    public async Task What_a_dead_daemon_left_is_in_nobodys_way()
    {
        RunningProgram first = await daemon.StartReadyAsync(daemon.Options);
        await first.EndByAsync("KILL");
        Assert.True(File.Exists(daemon.PidFile) && File.Exists(daemon.Socket()));
        await File.WriteAllTextAsync(daemon.PidFile, "no number, and longer than one\n", TestContext.Current.CancellationToken);

        RunningProgram second = await daemon.StartReadyAsync(daemon.Options);

        Assert.Equal($"{second.Pid}\n", await File.ReadAllTextAsync(daemon.PidFile, TestContext.Current.CancellationToken));
        Assert.Equal(0, await second.EndByAsync("TERM"));
    }

    [Theory, InlineData("TERM"), InlineData("INT"), InlineData("QUIT")]
    public async Task A_signal_ends_it_cleanly_and_its_clients_are_told_by_the_end_of_the_connection(string signal)
    {
        RunningProgram program = await daemon.StartReadyAsync(daemon.Options);
        await using Connection client = await Connection.OpenAsync(daemon.Uri("test"), cancel: TestContext.Current.CancellationToken);
        Assert.Equal(0, await program.EndByAsync(signal));
        Assert.False(File.Exists(daemon.PidFile));
        Assert.Empty(Directory.EnumerateFiles(daemon.RunDir, "libvirt-sock*"));
        await Assert.ThrowsAsync<Core.Errors.VireoException>(() => client.GetHostnameAsync(TestContext.Current.CancellationToken));
    }
}
