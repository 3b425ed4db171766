using System.Diagnostics;
using Vireo.EndToEnd.Harness;
using Xunit;

namespace Vireo.EndToEnd.Daemon;

/// <summary>
/// An ordinary user's session: daemon and virsh without any option that names a place, as a user runs them. Root runs them as a user
/// that owns nothing but a folder.
/// </summary>
public sealed class UserTests : IAsyncLifetime
{
    const string Nobody = "65534";
    readonly string home = Directory.CreateTempSubdirectory("vu").FullName;
    Process? daemon;

    static bool IsRoot => Environment.UserName == "root";

    public async ValueTask InitializeAsync()
    {
        Directory.CreateDirectory(Path.Join(home, "run"));
        if (IsRoot)
            await Command.RunAsync("chown", ["-R", $"{Nobody}:{Nobody}", home]);
    }

    public async ValueTask DisposeAsync()
    {
        if (daemon is { HasExited: false })
            daemon.Kill();
        if (daemon is not null)
            await daemon.WaitForExitAsync();
        daemon?.Dispose();
        Directory.Delete(home, recursive: true);
    }

    Dictionary<string, string?> Environs => new()
    {
        ["HOME"] = home, ["XDG_RUNTIME_DIR"] = Path.Join(home, "run"), ["XDG_CONFIG_HOME"] = null, ["XDG_CACHE_HOME"] = null,
        ["LIBVIRT_DEFAULT_URI"] = null, ["TMPDIR"] = null, ["DOTNET_CLI_HOME"] = home,
    };

    static (string Program, string[] Arguments) AsUser(string program, params string[] arguments) => !IsRoot ? (program, arguments)
        : (Needs.Program("setpriv"), ["--reuid", Nobody, "--regid", Nobody, "--clear-groups", "--", program, .. arguments]);

    Task<CommandResult> RunAsync(string program, params string[] arguments)
    {
        (string first, string[] rest) = AsUser(program, arguments);
        return Command.RunAsync(first, rest, Environs);
    }

    /// <summary>The daemon's program where the user may run it.</summary>
    async Task<(string Program, string[] Before)> FindAsync()
    {
        (string program, string[] before) = VireoDaemon.Find("vireod", "vireod");
        string needed = before.Length > 0 ? before[^1] : program;
        if ((await RunAsync("test", "-r", needed)).ExitCode == 0)
            return (program, before);
        Assert.SkipWhen(before.Length > 0, $"an ordinary user cannot read {needed}");
        string copies = Path.Join(home, "bin");
        Directory.CreateDirectory(copies);
        foreach (string name in new[] { "vireod", "vireo-launcher" })
            File.Copy(Path.Join(Path.GetDirectoryName(program), name), Path.Join(copies, name));
        await Command.RunAsync("chmod", ["-R", "a+rX", copies]);
        return (Path.Join(copies, "vireod"), []);
    }

    [Fact]
    public async Task A_users_own_daemon_is_found_by_a_plain_virsh_and_runs_his_guests()
    {
        string virsh = Needs.Program("virsh");
        Needs.Program("qemu-system-x86_64");
        (string program, string[] before) = await FindAsync();
        (string first, string[] rest) = AsUser(program, [.. before]);
        daemon = Command.Start(first, rest, Environs);
        string socket = Path.Join(home, "run/libvirt/libvirt-sock");
        await DaemonProgram.UntilAsync(() => Task.FromResult(daemon.HasExited || DaemonProgram.Answers(socket)), () => "no socket");
        Assert.False(daemon.HasExited, daemon.HasExited ? await daemon.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken) : "");
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(Path.GetDirectoryName(socket)!));
        Assert.False(File.Exists(socket + "-ro"));

        string xml = Path.Join(home, "mine.xml");
        await File.WriteAllTextAsync(xml, Guests.Tiny("mine"), TestContext.Current.CancellationToken);
        await Command.RunAsync("chmod", ["644", xml]);
        Task<CommandResult> Virsh(params string[] arguments) => RunAsync(virsh, ["-c", "qemu:///session", .. arguments]);
        Assert.Equal("qemu:///session\n\n", (await Virsh("uri")).Output);
        foreach (string[] command in new string[][] { ["define", xml], ["start", "mine"], ["suspend", "mine"], ["resume", "mine"] })
        {
            CommandResult result = await Virsh(command);
            Assert.True(result.ExitCode == 0, $"{string.Join(' ', command)}: {result}");
        }
        Assert.Contains(" 1    mine   running", (await Virsh("list")).Output);
        Assert.True(File.Exists(Path.Join(home, ".config/libvirt/qemu/mine.xml")));
        string pid = (await File.ReadAllTextAsync(Path.Join(home, "run/libvirt/qemu/run/mine.pid"), TestContext.Current.CancellationToken)).Trim();
        string owner = (await File.ReadAllLinesAsync($"/proc/{pid}/status", TestContext.Current.CancellationToken)).Single(l => l.StartsWith("Uid:", StringComparison.Ordinal));
        string mine = (await File.ReadAllLinesAsync("/proc/self/status", TestContext.Current.CancellationToken)).Single(l => l.StartsWith("Uid:", StringComparison.Ordinal));
        Assert.Equal(IsRoot ? $"Uid:\t{Nobody}\t{Nobody}\t{Nobody}\t{Nobody}" : mine, owner);
        Assert.Equal(0, (await Virsh("destroy", "mine")).ExitCode);
        Assert.Equal(0, (await Virsh("undefine", "mine")).ExitCode);
        await DaemonProgram.SignalAsync(daemon.Id, "TERM");
        await daemon.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, daemon.ExitCode);
        Assert.False(File.Exists(socket));
    }
}
