using Vireo.Core.Errors;
using Vireo.Driver;
using Vireo.EndToEnd.Harness;
using Xunit;

namespace Vireo.EndToEnd.Daemon;

/// <summary>--timeout, SIGHUP, and what the other options mean.</summary>
public sealed class LifetimeTests : IAsyncLifetime
{
    readonly DaemonProgram daemon = new();

    static CancellationToken Test => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => default;

    public ValueTask DisposeAsync() => daemon.DisposeAsync();

    [Fact]
    public async Task Without_clients_it_ends_after_the_timeout()
    {
        RunningProgram program = await daemon.StartReadyAsync(["-t", "1", .. daemon.Options]);
        Assert.Equal(0, await program.EndAsync());
        Assert.False(File.Exists(daemon.PidFile) || File.Exists(daemon.Socket()));
    }

    [Fact]
    public async Task A_client_keeps_it_and_it_ends_after_the_last_one()
    {
        RunningProgram program = await daemon.StartReadyAsync(["-t", "1", .. daemon.Options]);
        await using (Connection client = await Connection.OpenAsync(daemon.Uri("test"), cancel: Test))
        {
            await OthersEndAsync();
            Assert.False(program.HasExited);
            Assert.Single(await client.ListDomainsAsync(cancel: Test));
        }
        Assert.Equal(0, await program.EndAsync());
    }

    [Fact]
    public async Task A_guest_that_runs_keeps_it_also_after_a_restart_and_it_ends_after_the_last_one()
    {
        Needs.Program("qemu-system-x86_64");
        RunningProgram program = await daemon.StartReadyAsync(["-t", "1", .. daemon.Options]);
        await using (Connection client = await Connection.OpenAsync(daemon.Uri(), cancel: Test))
        {
            Domain domain = await client.DefineDomainAsync(Guests.Tiny("guest"), cancel: Test);
            await domain.StartAsync(cancel: Test);
        }
        await OthersEndAsync();
        Assert.False(program.HasExited);
        Assert.Equal(0, await program.EndByAsync("TERM"));

        program = await daemon.StartReadyAsync(["-t", "1", .. daemon.Options]);
        await OthersEndAsync();
        Assert.False(program.HasExited);
        await using (Connection client = await Connection.OpenAsync(daemon.Uri(), cancel: Test))
        {
            Domain domain = await client.GetDomainAsync("guest", Test);
            await domain.SuspendAsync(Test);
        }
        await OthersEndAsync();
        Assert.False(program.HasExited);
        await using (Connection client = await Connection.OpenAsync(daemon.Uri(), cancel: Test))
            await (await client.GetDomainAsync("guest", Test)).DestroyAsync(cancel: Test);
        Assert.Equal(0, await program.EndAsync());
    }

    /// <summary>A daemon that begins to be idle only now, with the same timeout, has ended: so would the one under test have.</summary>
    static async Task OthersEndAsync()
    {
        await using var other = new DaemonProgram();
        RunningProgram program = await other.StartReadyAsync(["-t", "2", .. other.Options]);
        Assert.Equal(0, await program.EndAsync());
    }

    [Fact]
    public async Task A_hangup_takes_over_definitions_that_were_put_into_the_folder_or_changed_there()
    {
        Needs.Program("qemu-system-x86_64");
        RunningProgram program = await daemon.StartReadyAsync(daemon.Options);
        await using Connection client = await Connection.OpenAsync(daemon.Uri(), cancel: Test);
        await client.DefineDomainAsync(Guests.Tiny("old"), cancel: Test);
        await (await client.DefineDomainAsync(Guests.Tiny("kept"), cancel: Test)).StartAsync(cancel: Test);
        string folder = daemon.Paths.Driver("qemu").ConfigDir;
        string old = await File.ReadAllTextAsync(Path.Join(folder, "old.xml"), Test);
        await File.WriteAllTextAsync(Path.Join(folder, "old.xml"), old.Replace(">32768<", ">65536<", StringComparison.Ordinal), Test);
        await File.WriteAllTextAsync(Path.Join(folder, "added.xml"), Guests.Tiny("added", "0d0ff9fd-2a5f-4b2a-9d0c-0a5b2d6a8f11"), Test);
        await File.WriteAllTextAsync(Path.Join(folder, "broken.xml"), "<domain", Test);
        await File.WriteAllTextAsync(Path.Join(folder, "wrong.xml"), Guests.Tiny("another"), Test);
        File.Delete(Path.Join(folder, "kept.xml"));
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Test);
        await using IAsyncEnumerator<Observed<DomainEvent>> events = client.WatchDomainsAsync(cancel: stop.Token).GetAsyncEnumerator(stop.Token);
        ValueTask<bool> first = events.MoveNextAsync();
        await client.ListDomainsAsync(cancel: Test);    // answered after the subscription

        await DaemonProgram.SignalAsync(program.Pid, "HUP");

        Assert.True(await first);
        var defined = Assert.IsType<DomainLifecycleEvent>(events.Current.Event);
        Assert.Equal(("added", DomainEventType.Defined, (int)DomainEventDefinedDetail.Added), (defined.Domain.Name, defined.Type, defined.Detail));
        await DaemonProgram.UntilAsync(
            async () => (await (await client.GetDomainAsync("old", Test)).GetXmlAsync(cancel: Test)).Contains(">65536<", StringComparison.Ordinal),
            () => "the changed definition is not taken over\n" + program.Said);
        Assert.Equal(["added", "kept", "old"], (await client.ListDomainsAsync(cancel: Test)).Select(d => d.Name).Order());
        await DaemonProgram.UntilAsync(() => Task.FromResult(program.Said.Contains("wrong.xml", StringComparison.Ordinal)
            && program.Said.Contains("broken.xml", StringComparison.Ordinal)), () => "nothing is said of broken files\n" + program.Said);
        await (await client.GetDomainAsync("kept", Test)).DestroyAsync(cancel: Test);
        Assert.Equal(0, await program.EndByAsync("TERM"));
    }

    [Fact]
    public async Task Definitions_that_somebody_wrote_get_what_define_would_have_given_them_when_the_daemon_starts()
    {
        Needs.Program("qemu-system-x86_64");
        string folder = daemon.Paths.Driver("qemu").ConfigDir;
        Directory.CreateDirectory(folder);
        foreach (string name in new[] { "one", "two" }) await File.WriteAllTextAsync(Path.Join(folder, name + ".xml"), Guests.Tiny(name), Test);
        string unknown = Guests.Tiny("unknown").Replace("<devices>", "<devices><emulator>/nowhere/qemu</emulator>", StringComparison.Ordinal);
        await File.WriteAllTextAsync(Path.Join(folder, "unknown.xml"), unknown, Test);
        RunningProgram program = await daemon.StartReadyAsync(daemon.Options);
        await using Connection client = await Connection.OpenAsync(daemon.Uri(), cancel: Test);
        IReadOnlyList<Domain> domains = await client.ListDomainsAsync(cancel: Test);
        Assert.Equal(["one", "two", "unknown"], domains.Select(d => d.Name).Order());
        Assert.Equal(3, domains.Select(d => d.Uuid).Distinct().Count());
        Assert.DoesNotContain(default, domains.Select(d => d.Uuid));
        Assert.Contains("unknown: its definition could not be completed", program.Said);

        Domain written = domains.Single(d => d.Name == "one");
        Domain defined = await client.DefineDomainAsync(Guests.Tiny("third"), cancel: Test);
        string Of(Domain domain, string xml) => xml
            .Replace(domain.Uuid.ToString(), "UUID", StringComparison.Ordinal).Replace($"<name>{domain.Name}<", "<name>NAME<", StringComparison.Ordinal);
        Assert.Equal(Of(defined, await defined.GetXmlAsync(cancel: Test)), Of(written, await written.GetXmlAsync(cancel: Test)));
        await written.StartAsync(cancel: Test);
        await written.DestroyAsync(cancel: Test);
        var error = await Assert.ThrowsAsync<VireoException>(async () => await domains.Single(d => d.Name == "unknown").StartAsync(cancel: Test));
        Assert.Contains("/nowhere/qemu", error.Message);
        Assert.Equal(0, await program.EndByAsync("TERM"));
    }

    [Fact]
    public async Task A_hangup_reads_log_settings_again_and_a_mistake_in_them_changes_nothing()
    {
        string config = Path.Join(daemon.Root, "my.conf"), log = Path.Join(daemon.Root, "my.log");
        await File.WriteAllTextAsync(config, "log_level = 3\n", Test);
        RunningProgram program = await daemon.StartReadyAsync(["-f", config, .. daemon.Options]);
        Assert.DoesNotContain(" info : ", program.Said);
        await File.WriteAllTextAsync(config, "log_level = banana\n", Test);
        await DaemonProgram.SignalAsync(program.Pid, "HUP");
        await DaemonProgram.UntilAsync(() => Task.FromResult(program.Said.Contains($"{config}:1:", StringComparison.Ordinal)), () => program.Said);
        await File.WriteAllTextAsync(config, $"log_level = 2\nlog_outputs = \"1:file:{log}\"\n", Test);
        await DaemonProgram.SignalAsync(program.Pid, "HUP");
        await DaemonProgram.UntilAsync(() => Task.FromResult(File.Exists(log) && File.ReadAllText(log).Contains(" info : Daemon:16 : ", StringComparison.Ordinal)),
            () => program.Said);
        Assert.Equal(0, await program.EndByAsync("TERM"));
    }

    [Fact]
    public async Task Verbose_says_more()
    {
        RunningProgram program = await daemon.StartReadyAsync(["-v", .. daemon.Options]);
        await DaemonProgram.UntilAsync(() => Task.FromResult(program.Said.Contains(" info : Daemon:10 : ", StringComparison.Ordinal)), () => program.Said);
        Assert.Equal(0, await program.EndByAsync("INT"));
    }

    [Fact]
    public async Task The_configuration_file_is_the_one_that_is_named_and_its_mistakes_have_a_place()
    {
        string config = Path.Join(daemon.Root, "my.conf"), folder = Path.Join(daemon.Root, "mysockets");
        await File.WriteAllTextAsync(config, $"unix_sock_dir = \"{folder}\"\n", Test);
        RunningProgram program = daemon.Start(["-f", config, .. daemon.Options]);
        await daemon.AnswersAsync(program, Path.Join(folder, "libvirt-sock"));
        Assert.Equal(0, await program.EndByAsync("TERM"));
        Assert.Empty(Directory.EnumerateFiles(folder));

        await File.WriteAllTextAsync(config, "max_clients = 5\nmin_workers = \"many\"\nlog_level = [\n", Test);
        CommandResult broken = await DaemonProgram.RunAsync(["-f", config, .. daemon.Options]);
        Assert.Equal(1, broken.ExitCode);
        Assert.Contains($"{config}:", broken.Error);
        CommandResult absent = await DaemonProgram.RunAsync(["-f", "/nowhere/x.conf", .. daemon.Options]);
        Assert.Equal(1, absent.ExitCode);
        Assert.StartsWith("vireod: failed to open configuration file '/nowhere/x.conf'", absent.Error);
    }

    [Fact]
    public async Task Help_version_and_mistakes_end_as_with_libvirtd()
    {
        string stock = Needs.Program("libvirtd");
        foreach (string[] arguments in new string[][] { ["--version"], ["-V"], ["--help"], ["-h"], ["--nonsense"], ["-x"], ["-t"], ["-t", "soon"], ["-t", "-5"], ["more"] })
        {
            CommandResult theirs = await Command.RunAsync(stock, arguments), ours = await DaemonProgram.RunAsync(arguments);
            Assert.Equal((string.Join(' ', arguments), theirs.ExitCode), (string.Join(' ', arguments), ours.ExitCode));
        }
        Assert.Equal(new CommandResult(0, "vireod (libvirt) 9.0.0\n", ""), await DaemonProgram.RunAsync(["--version"]));
        CommandResult help = await DaemonProgram.RunAsync(["--help", "--root", daemon.Root]);
        foreach (string said in new[] { "--timeout", "--pid-file", "--config", "--daemon", "--listen", "--verbose", daemon.Socket() })
            Assert.Contains(said, help.Output);
    }
}
