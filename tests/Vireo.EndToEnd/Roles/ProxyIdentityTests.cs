using Vireo.EndToEnd.Daemon;
using Vireo.EndToEnd.Harness;
using Xunit;

namespace Vireo.EndToEnd.Roles;

/// <summary>Whom a daemon behind virtproxyd serves is the client, not virtproxyd.</summary>
public sealed class ProxyIdentityTests : IAsyncDisposable
{
    const string Nobody = "65534";

    readonly DaemonProgram daemon = new();

    public ValueTask DisposeAsync() => daemon.DisposeAsync();

    async Task<RunningProgram> StartAsync(string role, string configuration)
    {
        Directory.CreateDirectory(daemon.Paths.EtcDir);
        await File.WriteAllTextAsync(Path.Join(daemon.Paths.EtcDir, role + ".conf"), configuration, TestContext.Current.CancellationToken);
        RunningProgram program = daemon.Start(["--role", role, "--root", daemon.Root]);
        await daemon.AnswersAsync(program, daemon.Socket(role is "virtproxyd" ? "libvirt-sock" : role + "-sock"));
        return program;
    }

    [Fact]
    public async Task A_user_may_through_virtproxyd_what_he_may_and_no_more()
    {
        Needs.Root();
        string virsh = Needs.Program("virsh"), setpriv = Needs.Program("setpriv");
        Directory.CreateDirectory(daemon.Paths.EtcDir);
        await File.WriteAllTextAsync(Path.Join(daemon.Paths.EtcDir, "rights.toml"), """
            [[rules]]
            name = "root"
            who = { user = "root" }
            may = "admin"

            [[rules]]
            name = "nobody looks"
            who = { user = "nobody" }
            may = "viewer"
            """, TestContext.Current.CancellationToken);
        await StartAsync("virtqemud", "access_drivers = [ \"rights\" ]\nauth_unix_rw = \"none\"\nauth_unix_ro = \"none\"\n");
        RunningProgram proxy = await StartAsync("virtproxyd", "auth_unix_rw = \"none\"\nunix_sock_rw_perms = \"0777\"\nauth_unix_ro = \"none\"\n");
        // virtqemud's own socket is for root alone; the folder above both is this test's.
        foreach (string folder in (string[])[daemon.Root, Path.GetDirectoryName(daemon.RunDir)!, daemon.RunDir])
            File.SetUnixFileMode(folder, File.GetUnixFileMode(folder) | UnixFileMode.OtherExecute | UnixFileMode.OtherRead);
        string guest = Path.Join(daemon.Root, "guest.xml");
        await File.WriteAllTextAsync(guest, Guests.Tiny("told"), TestContext.Current.CancellationToken);
        File.SetUnixFileMode(guest, File.GetUnixFileMode(guest) | UnixFileMode.OtherRead);

        Task<CommandResult> As(string user, params string[] command) => Command.RunAsync(setpriv, ["--reuid", user, "--regid", user, "--clear-groups", "--", virsh, "-q", "-c", daemon.Uri(), .. command]);
        CommandResult listed = await As(Nobody, "list", "--all");
        Assert.Equal((0, ""), (listed.ExitCode, listed.Error));
        CommandResult refused = await As(Nobody, "define", guest);
        Assert.Contains("access denied: 'QEMU' denied access", refused.Error, StringComparison.Ordinal);
        CommandResult defined = await As("0", "define", guest);
        Assert.Equal((0, ""), (defined.ExitCode, defined.Error));
        refused = await As(Nobody, "undefine", "told");
        Assert.Contains("access denied: 'QEMU' denied access", refused.Error, StringComparison.Ordinal);
        Assert.Equal(0, (await As("0", "undefine", "told")).ExitCode);
        Assert.Equal(0, await proxy.EndByAsync("TERM"));

        await File.WriteAllTextAsync(Path.Join(daemon.Paths.EtcDir, "virtproxyd.conf"), "access_drivers = [ \"rights\" ]\n", TestContext.Current.CancellationToken);
        RunningProgram wrong = daemon.Start(["--role", "virtproxyd", "--root", daemon.Root]);
        Assert.Equal(1, await wrong.EndAsync());
        Assert.Contains("access_drivers: virtproxyd has no driver: this is for the daemons behind it", wrong.Said, StringComparison.Ordinal);
    }
}
