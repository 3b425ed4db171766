using Vireo.EndToEnd.Harness;
using Xunit;

namespace Vireo.EndToEnd.Daemon;

/// <summary>access_drivers of a real daemon, with stock virsh.</summary>
public sealed class AccessDriverTests : IAsyncLifetime
{
    const string Nobody = "65534";
    readonly DaemonProgram daemon = new();
    RunningProgram program = null!;

    public ValueTask InitializeAsync() => default;

    public ValueTask DisposeAsync() => daemon.DisposeAsync();

    string RulesFile => Path.Join(daemon.Root, "etc/libvirt/rights.toml");

    async Task StartAsync(string rules)
    {
        Needs.Root();
        File.SetUnixFileMode(daemon.Root, (UnixFileMode)0x1ed);
        Directory.CreateDirectory(Path.GetDirectoryName(RulesFile)!);
        await File.WriteAllTextAsync(RulesFile, rules);
        string config = Path.Join(daemon.Root, "access.conf");
        await File.WriteAllTextAsync(config, "auth_unix_rw = \"none\"\nunix_sock_rw_perms = \"0777\"\naccess_drivers = [ \"rights\" ]\n");
        program = await daemon.StartReadyAsync([.. daemon.Options, "-v", "-f", config]);
    }

    /// <summary>Reads the rules again; the daemon says when it has.</summary>
    async Task ReloadAsync()
    {
        int before = Count();
        await DaemonProgram.SignalAsync(program.Pid, "HUP");
        await DaemonProgram.UntilAsync(() => Task.FromResult(Count() > before), () => "the rules are not read again\n" + program.Said);

        int Count() => program.Said.Split("configuration read again").Length;
    }

    Task<CommandResult> AsNobodyAsync(params string[] command) => Command.RunAsync(Needs.Program("setpriv"),
        ["--reuid", Nobody, "--regid", Nobody, "--clear-groups", Needs.Program("virsh"), "-c", daemon.Uri("test"), .. command],
        new Dictionary<string, string?> { ["HOME"] = daemon.Root });

    const string Viewer = """
        [[rules]]
        who = { user = "+65534" }
        may = "viewer"

        """;

    [Fact, Trait("libvirtd.conf", "access_drivers")]
    public async Task A_file_of_rules_decides_and_is_read_again_at_sighup()
    {
        await StartAsync(Viewer);
        Assert.Equal("test\n\n", (await AsNobodyAsync("list", "--name")).Output);
        Assert.Contains("error: access denied: 'TEST' denied access", (await AsNobodyAsync("suspend", "test")).Error);
        Assert.Contains("access denied: 'TEST' denied access", (await Command.RunAsync(Needs.Program("virsh"), ["-c", daemon.Uri("test"), "list"])).Error);

        await File.WriteAllTextAsync(RulesFile, Viewer.Replace("viewer", "operator", StringComparison.Ordinal));
        await ReloadAsync();
        Assert.Contains("suspended", (await AsNobodyAsync("suspend", "test")).Output);
        Assert.Contains("access denied", (await AsNobodyAsync("undefine", "test")).Error);

        await File.WriteAllTextAsync(RulesFile, Viewer.Replace("viewer", "viwer", StringComparison.Ordinal));
        await ReloadAsync();
        Assert.Contains("suspended", (await AsNobodyAsync("suspend", "test")).Output);
        Assert.Contains($"the rules in force stay: configuration file syntax error: {RulesFile}:3:7: there is no right and no role 'viwer'; did you mean 'viewer'?", program.Said);
    }

    [Fact]
    public async Task Lists_leave_out_what_one_may_not_see()
    {
        await StartAsync(Viewer + """
            [[rules]]
            who = "everybody"
            refuse = "domain.getattr"
            on = { name = "te*" }

            """);
        Assert.Equal("\n", (await AsNobodyAsync("list", "--name", "--all")).Output);
        Assert.Equal("error: failed to get domain 'test'\n", (await AsNobodyAsync("domid", "test")).Error);
    }
}
