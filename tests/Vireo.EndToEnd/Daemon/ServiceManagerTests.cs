using System.Net.Sockets;
using System.Text;
using Vireo.Core.Errors;
using Vireo.Driver;
using Vireo.EndToEnd.Harness;
using Xunit;

namespace Vireo.EndToEnd.Daemon;

/// <summary>Sockets that a service manager passes, and what it is told.</summary>
public sealed class ServiceManagerTests : IAsyncLifetime
{
    readonly DaemonProgram daemon = new();

    static CancellationToken Test => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => default;

    public ValueTask DisposeAsync() => daemon.DisposeAsync();

    [Theory]
    [InlineData("libvirtd.socket", false)]
    [InlineData("libvirtd-ro.socket", true)]
    public async Task A_socket_is_what_its_unit_is_called_wherever_it_is_bound(string name, bool readOnly)
    {
        string bound = Path.Join(daemon.Root, "anywhere");
        RunningProgram program = daemon.StartActivated(name, [bound], daemon.Options);
        await IsReadOnlyAsync(program, bound, readOnly);
        Assert.False(Directory.Exists(daemon.RunDir) && Directory.EnumerateFiles(daemon.RunDir, "libvirt-sock*").Any());
        Assert.Equal(0, await program.EndByAsync("TERM"));
        Assert.True(File.Exists(bound));        // it is the service manager's
    }

    [Theory]
    [InlineData(null)]
    [InlineData("libvirtd.socket")]             // one name for two: they cannot be told by it
    public async Task Sockets_without_names_are_known_by_what_they_are_bound_to(string? names)
    {
        string readWrite = daemon.Socket(), readOnly = daemon.Socket("libvirt-sock-ro");
        RunningProgram program = daemon.StartActivated(names, [readOnly, readWrite], daemon.Options);
        await IsReadOnlyAsync(program, readOnly, true);
        await IsReadOnlyAsync(program, readWrite, false);
        Assert.Equal(0, await program.EndByAsync("TERM"));
    }

    [Fact]
    public async Task An_admin_socket_is_for_administrators()
    {
        string served = Path.Join(daemon.Root, "rw"), admin = Path.Join(daemon.Root, "admin");
        RunningProgram program = daemon.StartActivated("libvirtd-admin.socket:libvirtd.socket", [admin, served], daemon.Options);
        await IsReadOnlyAsync(program, served, false);
        CommandResult listed = await Command.RunAsync(
            Needs.Program("virt-admin"), ["-c", $"libvirtd:///{VireoDaemon.Mode}?socket={admin}", "server-list"]);
        Assert.Contains("libvirtd", listed.Output);
        Assert.Equal(0, await program.EndByAsync("TERM"));
    }

    [Theory]
    [InlineData("something.socket", "UNIX", "descriptor 3 ('something.socket')")]
    [InlineData(null, "UNIX", "descriptor 3 ('somewhere')")]
    [InlineData("libvirtd.socket", "none", "descriptor 3 ('libvirtd.socket'): it is no listening socket")]
    public async Task What_nobody_can_serve_ends_the_start_as_with_libvirtd(string? name, string socket, string message)
    {
        RunningProgram program = daemon.StartActivated(name, [socket == "UNIX" ? Path.Join(daemon.Root, "somewhere") : socket], daemon.Options);
        Assert.Equal(6, await program.EndAsync());
        Assert.Contains("Some activation file descriptors are unclaimed: " + message, program.Said);
    }

    [Fact]
    public async Task Listening_for_TCP_is_the_service_managers_business_then()
    {
        RunningProgram program = daemon.StartActivated("libvirtd.socket", [Path.Join(daemon.Root, "rw")], [.. daemon.Options, "-l"]);
        Assert.Equal(6, await program.EndAsync());
        Assert.Contains("--listen parameter not permitted with systemd activation sockets", program.Said);
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task The_service_manager_is_told_of_start_reload_and_stop(bool isAbstract)
    {
        string path = Path.Join(daemon.Root, "notify");
        using var manager = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified) { ReceiveTimeout = 60_000 };
        manager.Bind(new UnixDomainSocketEndPoint(isAbstract ? "\0" + path : path));
        var environment = new Dictionary<string, string?> { ["NOTIFY_SOCKET"] = (isAbstract ? "@" : "") + path };
        RunningProgram program = daemon.Start(daemon.Options, environment);

        Assert.Equal($"READY=1\nMAINPID={program.Pid}", Receive(manager));
        Assert.True(DaemonProgram.Answers(daemon.Socket()));    // not before it is true
        await DaemonProgram.SignalAsync(program.Pid, "HUP");
        Assert.Matches("^RELOADING=1\nMONOTONIC_USEC=[0-9]+$", Receive(manager));
        Assert.Equal("READY=1", Receive(manager));
        await DaemonProgram.SignalAsync(program.Pid, "TERM");
        Assert.Equal("STOPPING=1", Receive(manager));
        Assert.Equal(0, await program.EndAsync());
    }

    static string Receive(Socket manager)
    {
        byte[] bytes = new byte[4096];
        return Encoding.UTF8.GetString(bytes, 0, manager.Receive(bytes));
    }

    async Task IsReadOnlyAsync(RunningProgram program, string socket, bool expected)
    {
        await daemon.AnswersAsync(program, socket);
        await using Connection client = await Connection.OpenAsync($"test+unix:///default?socket={socket}", cancel: Test);
        Domain domain = await client.GetDomainAsync("test", Test);
        Exception? refused = await Record.ExceptionAsync(() => domain.SuspendAsync(Test));
        if (expected)
            Assert.Equal("operation forbidden: read only access prevents virDomainSuspend", Assert.IsType<VireoException>(refused).Message);
        else
            Assert.Null(refused);
    }
}
