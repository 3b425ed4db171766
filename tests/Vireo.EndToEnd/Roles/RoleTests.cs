using Vireo.EndToEnd.Daemon;
using Vireo.EndToEnd.Harness;
using Xunit;

namespace Vireo.EndToEnd.Roles;

/// <summary>Debian's clients find each role where libvirt's daemon of that name would be.</summary>
public sealed class RoleTests : IAsyncDisposable
{
    readonly DaemonProgram daemon = new();

    public ValueTask DisposeAsync() => daemon.DisposeAsync();

    [Theory]
    [InlineData("virtqemud", "qemu:///system", true)]
    [InlineData("virtxend", "xen:///system", false)]
    [InlineData("virtlxcd", "lxc:///system", false)]
    [InlineData("virtvboxd", "vbox:///system", false)]
    [InlineData("virtbhyved", "bhyve:///system", false)]
    [InlineData("virtchd", "ch:///system", false)]
    [InlineData("virtvzd", "vz:///system", false)]
    [InlineData("virtnetworkd", "network:///system", true)]
    [InlineData("virtstoraged", "storage:///system", true)]
    [InlineData("virtnodedevd", "nodedev:///system", true)]
    [InlineData("virtinterfaced", "interface:///system", true)]
    [InlineData("virtsecretd", "secret:///system", true)]
    [InlineData("virtnwfilterd", "nwfilter:///system", true)]
    public async Task A_client_finds_a_role_without_being_told_where(string role, string uri, bool hasDriver)
    {
        Needs.Root();
        RunningProgram program = daemon.Start(["--role", role, .. daemon.Options]);
        await daemon.AnswersAsync(program, daemon.Socket(role + "-sock"));
        Assert.False(File.Exists(daemon.Socket()));
        foreach (string mode in (string[])["direct", "auto"])
        {
            CommandResult said = await PrivateRun.RunAsync(daemon.RunDir, "virsh", "-c", $"{uri}?mode={mode}", "uri");
            if (hasDriver)
                Assert.Equal((0, $"{uri}?mode={mode}"), (said.ExitCode, said.Output.Trim()));
            else
                Assert.Contains($"no connection driver available for {uri}\n", said.Error, StringComparison.Ordinal);
        }
        CommandResult looking = await PrivateRun.RunAsync(daemon.RunDir, "virsh", "-r", "-c", $"test+unix:///default?socket=/run/libvirt/{role}-sock-ro", "list", "--name");
        Assert.Equal((0, "test"), (looking.ExitCode, looking.Output.Trim()));
        CommandResult servers = await PrivateRun.RunAsync(daemon.RunDir, "virt-admin", "-c", $"{role}:///system", "server-list");
        Assert.Equal((0, $" Id   Name\n---------------{new string('-', Math.Max(0, role.Length - 7))}\n 0    admin\n 1    {role}\n\n"), (servers.ExitCode, servers.Output));
    }

    [Fact]
    public async Task Each_role_reads_its_own_configuration_and_writes_its_own_pid_file()
    {
        Directory.CreateDirectory(daemon.Paths.EtcDir);
        await File.WriteAllTextAsync(Path.Join(daemon.Paths.EtcDir, "libvirtd.conf"), "nonsense", TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(Path.Join(daemon.Paths.EtcDir, "virtqemud.conf"), "log_level = 2\n", TestContext.Current.CancellationToken);
        RunningProgram program = daemon.Start(["--role", "virtqemud", "--root", daemon.Root]);
        await daemon.AnswersAsync(program, daemon.Socket("virtqemud-sock"));
        await DaemonProgram.UntilAsync(() => Task.FromResult(program.Said.Contains("serving", StringComparison.Ordinal)), () => program.Said);
        string folder = VireoDaemon.Mode is "system" ? Path.GetDirectoryName(daemon.RunDir)! : daemon.RunDir;
        Assert.True(File.Exists(Path.Join(folder, "virtqemud.pid")));
        Assert.Equal(0, await program.EndByAsync("TERM"));
        await File.WriteAllTextAsync(Path.Join(daemon.Paths.EtcDir, "virtqemud.conf"), "\ntcp_port = \"1\"\n", TestContext.Current.CancellationToken);
        program = daemon.Start(["--role", "virtqemud", "--root", daemon.Root]);
        Assert.Equal(1, await program.EndAsync());
        Assert.Contains("virtqemud.conf:2:", program.Said, StringComparison.Ordinal);
        Assert.Contains("tcp_port: virtqemud does not listen for TCP or TLS", program.Said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_program_called_by_the_name_of_a_role_is_that()
    {
        (string program, string[] before) = VireoDaemon.Find("vireod", "vireod");
        string called = Path.Join(daemon.Root, "virtnetworkd");
        CommandResult version = await Command.RunAsync("bash", ["-c", "exec -a \"$0\" \"$@\"", called, Needs.Program(program), .. before, "--version"]);
        Assert.Equal((0, "virtnetworkd (libvirt) 9.0.0\n"), (version.ExitCode, version.Output));
        CommandResult help = await Command.RunAsync("bash", ["-c", "exec -a \"$0\" \"$@\"", called, Needs.Program(program), .. before, "--help", "--root", daemon.Root]);
        Assert.Contains(daemon.Socket("virtnetworkd-sock") + "\n", help.Output, StringComparison.Ordinal);
        Assert.Contains("virtnetworkd.conf\n", help.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("--listen", help.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_service_manager_passes_a_roles_sockets_by_their_names()
    {
        string served = Path.Join(daemon.Root, "rw"), admin = Path.Join(daemon.Root, "admin");
        RunningProgram program = daemon.StartActivated("virtstoraged-admin.socket:virtstoraged.socket", [admin, served], ["--role", "virtstoraged", .. daemon.Options]);
        await daemon.AnswersAsync(program, served);
        CommandResult listed = await Command.RunAsync(Needs.Program("virt-admin"), ["-c", $"virtstoraged:///{VireoDaemon.Mode}?socket={admin}", "server-list"]);
        Assert.Contains("virtstoraged", listed.Output, StringComparison.Ordinal);
        CommandResult domains = await Command.RunAsync(Needs.Program("virsh"), ["-c", $"test+unix:///default?socket={served}", "list", "--name"]);
        Assert.Equal("test", domains.Output.Trim());
        Assert.Equal(0, await program.EndByAsync("TERM"));
        program = daemon.StartActivated("libvirtd.socket", [Path.Join(daemon.Root, "other")], ["--role", "virtstoraged", .. daemon.Options]);
        Assert.NotEqual(0, await program.EndAsync());
        Assert.Contains("'libvirtd.socket'): nobody knows that name", program.Said, StringComparison.Ordinal);
    }
}
