using System.Diagnostics;
using System.Net.Sockets;
using Vireo.EndToEnd.Harness;
using Xunit;

namespace Vireo.EndToEnd.Daemon;

/// <summary>What the machine runs out of: those who are there are served, and everybody is again when it is over.</summary>
public sealed class FaultTests : IAsyncLifetime
{
    readonly DaemonProgram daemon = new();
    readonly List<Socket> sockets = [];

    public ValueTask InitializeAsync() => default;

    public ValueTask DisposeAsync()
    {
        foreach (Socket socket in sockets)
            socket.Dispose();
        return daemon.DisposeAsync();
    }

    async Task<string> ConfigAsync(string settings)
    {
        string path = Path.Join(daemon.Root, "fault.conf");
        await File.WriteAllTextAsync(path, $"auth_unix_rw = \"none\"\n{settings}\n");
        return path;
    }

    Task<CommandResult> ListAsync() => Command.RunAsync(Needs.Program("virsh"), ["-c", daemon.Uri("test"), "list", "--name"]);

    /// <summary>A virsh that stays; it is served.</summary>
    async Task<Process> StayAsync()
    {
        Process user = Command.Start(Needs.Program("virsh"), ["-c", daemon.Uri("test")]);
        await AskAsync(user);
        return user;
    }

    static async Task AskAsync(Process user)
    {
        await user.StandardInput.WriteLineAsync("list --name");
        await user.StandardInput.FlushAsync(TestContext.Current.CancellationToken);
        string? line;
        do
        {
            line = await user.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken);
        }
        while (line is not (null or "test"));
        Assert.Equal("test", line);
    }

    Socket Connect()
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        sockets.Add(socket);
        socket.Connect(new UnixDomainSocketEndPoint(daemon.Socket()));
        return socket;
    }

    [Fact]
    public async Task Without_descriptors_nobody_is_let_in_and_afterwards_everybody_is()
    {
        string config = await ConfigAsync("max_anonymous_clients = 0");
        RunningProgram program = await daemon.StartReadyAsync([.. daemon.Options, "-f", config]);
        using Process user = await StayAsync();
        int used = Directory.GetFileSystemEntries($"/proc/{program.Pid}/fd").Length;
        await Command.RunAsync(Needs.Program("prlimit"), ["--pid", program.Pid.ToString(), $"--nofile={used + 20}"]);
        for (int i = 0; i < 60; i++)
            Connect();
        await DaemonProgram.UntilAsync(
            () => Task.FromResult(program.Said.Contains("cannot accept a client", StringComparison.Ordinal)), () => program.Said);
        await AskAsync(user);
        foreach (Socket socket in sockets)
            socket.Dispose();
        // As soon as those who hung up have been seen off: until then descriptors are short.
        CommandResult last = new(0, "", "");
        await DaemonProgram.UntilAsync(async () => (last = await ListAsync()).Output == "test\n\n", () => last.ToString());
        user.StandardInput.Close();
        await user.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task A_log_that_takes_nothing_more_stops_nobody()
    {
        string config = await ConfigAsync("log_level = 1\nlog_outputs = \"1:file:/dev/full 1:stderr\"");
        RunningProgram program = await daemon.StartReadyAsync([.. daemon.Options, "-f", config]);
        Assert.Equal("test\n\n", (await ListAsync()).Output);
        Assert.Contains("serving", program.Said);           // the other output goes on
        Assert.Equal(0, await program.EndByAsync("TERM"));
    }

    [Fact, Trait("libvirtd.conf", "keepalive_interval"), Trait("libvirtd.conf", "keepalive_count")]
    public async Task A_client_that_is_not_there_any_more_is_given_up()
    {
        string config = await ConfigAsync("keepalive_interval = 1\nkeepalive_count = 1\nlog_filters = \"1:rpc\"\nlog_outputs = \"1:stderr\"");
        RunningProgram program = await daemon.StartReadyAsync([.. daemon.Options, "-f", config]);
        using Process user = await StayAsync();
        await DaemonProgram.SignalAsync(user.Id, "STOP");
        await DaemonProgram.UntilAsync(
            () => Task.FromResult(program.Said.Contains("closed due to keepalive timeout", StringComparison.Ordinal)), () => program.Said);
        user.Kill();
        await user.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal("test\n\n", (await ListAsync()).Output);
    }
}
