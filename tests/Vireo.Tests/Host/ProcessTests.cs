using Vireo.Core.Errors;
using Vireo.Host.Cgroups;
using Vireo.Host.Files;
using Vireo.Host.Processes;
using Vireo.Tests.Hypervisor;
using Xunit;

namespace Vireo.Tests.Host;

public sealed class ProcessTests : IDisposable
{
    readonly ProcessHost host = new(Launcher.Find(Environment.GetEnvironmentVariable(Launcher.Variable), AppContext.BaseDirectory));
    readonly TempFolder folder = new("/tmp", "vireo-");

    public void Dispose()
    {
        host.Dispose();
        folder.Dispose();
    }

    static ProcessPlan Shell(string script) => new() { Program = "/bin/sh", Arguments = ["-c", script], Environment = [new("PATH", "/bin:/usr/bin")] };

    async Task<string> Says(ProcessPlan plan)
    {
        string file = Path.Join(folder.Path, "out");
        using (var output = File.OpenHandle(file, FileMode.Create, FileAccess.Write))
        using (var process = await host.StartAsync(plan with { Descriptors = [.. plan.Descriptors, new(output, 1), new(output, 2)] }))
            await process.Exited;
        return File.ReadAllText(file).Trim();
    }

    [Fact]
    public async Task An_exit_code_and_a_fatal_signal_are_told_apart()
    {
        using (var process = await host.StartAsync(Shell("exit 7")))
            Assert.Equal(new ExitStatus(7, null), await process.Exited);
        using (var process = await host.StartAsync(Shell("kill -SEGV $$")))
            Assert.Equal(new ExitStatus(null, 11), await process.Exited);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_program_leads_its_session_and_has_what_it_was_given_with_and_without_the_launcher(bool launched)
    {
        // No pipe for the list: a shell has ends of it open while it starts the second program.
        ProcessPlan plan = Shell("read -r pid name state parent group session rest < /proc/$$/stat; [ $session = $$ ] && echo leader; ls /proc/$$/fd; echo $(pwd) $# $0; grep SigIgn /proc/$$/status | tr -d '0\\t'") with
        {
            DiesWithDaemon = launched,
        };
        Assert.Equal("leader\n0\n1\n2\n/ 0 shown\nSigIgn:", await Says(plan with { Arguments = [.. plan.Arguments, "shown"] }));
    }

    [Fact]
    public async Task A_program_is_asked_once_and_again_when_it_is_another_or_failed()
    {
        var answers = new ProgramAnswers(host);
        string program = Path.Join(folder.Path, "program"), script = Path.Join(folder.Path, "script");
        File.CreateSymbolicLink(program, "/bin/sh");
        async Task<string?> AskAsync(string says)
        {
            await File.WriteAllTextAsync(script, says, TestContext.Current.CancellationToken);
            return await answers.AskAsync(program, script, TestContext.Current.CancellationToken);
        }

        Assert.Null(await AskAsync("exit 1"));
        Assert.Equal("one\n", await AskAsync("echo one"));
        Assert.Equal("one\n", await AskAsync("echo two"));
        File.Delete(program);
        File.CreateSymbolicLink(program, "/bin/bash");
        Assert.Equal("three\n", await AskAsync("echo three"));
    }

    [Fact]
    public async Task What_cannot_be_started_says_at_which_step_and_why()
    {
        var error = await Assert.ThrowsAsync<VireoException>(() => host.StartAsync(new ProcessPlan { Program = "/no/such" }));
        Assert.Equal(ErrorCode.SystemError, error.Code);
        Assert.Equal("cannot start '/no/such': execute: No such file or directory", error.Message);
        error = await Assert.ThrowsAsync<VireoException>(() => host.StartAsync(Shell("true") with { Folder = "/no/folder" }));
        Assert.Equal("cannot start '/bin/sh': change to directory '/no/folder': No such file or directory", error.Message);
        error = await Assert.ThrowsAsync<VireoException>(() => host.StartAsync(Shell("true") with { Cgroups = ["/no/group"] }));
        Assert.Equal("cannot start '/bin/sh': control group '/no/group': No such file or directory", error.Message);
    }

    [Fact]
    public async Task Who_gives_a_start_up_harms_no_other()
    {
        using var gone = new CancellationTokenSource();
        ProcessPlan plan = Shell("sleep 600") with
        {
            Place = (_, _) =>
            {
                gone.Cancel();
                return new([]);
            },
        };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => host.StartAsync(plan, gone.Token));
        using var next = await host.StartAsync(Shell("exit 3"));
        Assert.Equal(new ExitStatus(3, null), await next.Exited);
    }

    [Fact]
    public async Task A_program_has_its_descriptors_at_their_numbers_and_no_others()
    {
        using var marked = File.OpenHandle(Path.Join(folder.Path, "marked"), FileMode.Create, FileAccess.ReadWrite);
        string listed = await Says(Shell("ls -l /proc/self/fd | sed -n 's/.* \\([0-9]*\\) -> \\(.*\\)/\\1 \\2/p'") with { Descriptors = [new(marked, 30), new(marked, 5)] });
        string[] lines = listed.Split('\n');
        Assert.Contains($"30 {folder.Path}/marked", lines);
        Assert.Contains($"5 {folder.Path}/marked", lines);
        Assert.Contains("0 /dev/null", lines);
        Assert.Contains($"2 {folder.Path}/out", lines);
        Assert.DoesNotContain(lines, line => line.Contains("pipe", StringComparison.Ordinal) && !line.StartsWith("1 ", StringComparison.Ordinal));
        // 0, 1, 2, 5, 30, and the folder that ls itself reads
        Assert.Equal(6, lines.Length);
    }

    [Fact]
    public async Task A_program_is_what_its_plan_says()
    {
        string said = await Says(Shell("echo $$ $0; cat /proc/self/stat | cut -d' ' -f6; umask; ulimit -n; pwd; nice; echo $A; " +
            "cat /proc/self/oom_score_adj; grep -E 'Cpus_allowed_list|SigIgn|SigBlk' /proc/self/status | cut -f2") with
        {
            ShownName = "guest",
            Environment = [new("A", "b c"), new("PATH", "/bin:/usr/bin")],
            Folder = folder.Path,
            Umask = 0x17,
            Nice = 5,
            Processors = [0],
            OomScoreAdjust = 300,
            Limits = [new(Resource.Files, 100, 200)],
        });
        string[] lines = said.Split('\n');
        Assert.Equal(lines[0].Split(' ')[0], lines[1]);     // it leads its session
        Assert.Equal(["0027", "100", folder.Path, "5", "b c", "300"], lines[2..8]);
        Assert.Equal(["0", "0000000000000000", "0000000000000000"], lines[8..11].Order(StringComparer.Ordinal).Select(l => l.Trim()));
    }

    [Fact]
    public async Task A_program_may_be_another_users()
    {
        if (!Environment.IsPrivilegedProcess)
            Assert.Skip("only root can become somebody else");
        string said = await Says(Shell("id -u; id -g; id -G") with { User = 65534, Group = 65533, Groups = [65533, 1234] });
        Assert.Equal(["65534", "65533", "65533 1234"], said.Split('\n'));
    }

    [Fact]
    public async Task What_ignores_a_request_to_end_is_killed()
    {
        using var stubborn = await host.StartAsync(Shell($"trap '' TERM; touch {folder.Path}/set; while :; do sleep 0.05; done"));
        await Lives.Until(() => File.Exists(Path.Join(folder.Path, "set")));
        Assert.Equal(9, (await stubborn.EndAsync(TimeSpan.FromMilliseconds(200), TimeProvider.System)).Signal);
        Assert.False(stubborn.Signal(15));
        using var meek = await host.StartAsync(Shell("exec sleep 100"));
        Assert.Equal(15, (await meek.EndAsync(TimeSpan.FromSeconds(20), TimeProvider.System)).Signal);
    }

    [Fact]
    public async Task A_process_that_is_not_our_child_is_watched_too()
    {
        // The shell ends at once; what it leaves behind belongs to init.
        string pid = await Says(Shell("setsid sleep 100 >/dev/null 2>&1 & echo $!"));
        ulong start = ProcStat.Read(int.Parse(pid))!.StartTime;
        Assert.Null(host.Find(int.Parse(pid), start + 1));
        using HostProcess orphan = host.Find(int.Parse(pid), start)!;
        Assert.False(orphan.Exited.IsCompleted);
        orphan.Signal(9);
        await orphan.Exited.WaitAsync(TimeSpan.FromSeconds(30));
        Assert.Null(host.Find(int.Parse(pid)));         // though whoever reaps it may not have done so yet
        Assert.Null(host.Find(0));
    }

    [Fact]
    public async Task A_program_is_in_its_control_groups_from_its_first_instruction()
    {
        var group = MachineCgroup.Create(CgroupMounts.Detect(FileSystemRoot.Host), MachinePlace.InPartition(CgroupPartition.Default, $"vireo-test-{Environment.ProcessId}"), FileSystemRoot.Host);
        if (group.Folders.Count == 0)
            Assert.Skip("this machine lets us make no control groups");
        using (var process = await host.StartAsync(Shell("exec sleep 100") with { Cgroups = group.Folders }))
        {
            Assert.Equal([process.Pid], group.Members());
            Assert.False(await group.RemoveAsync(TimeProvider.System));
            await process.EndAsync(TimeSpan.Zero, TimeProvider.System);
        }
        Assert.True(await group.RemoveAsync(TimeProvider.System));
    }

    [Fact]
    public async Task A_program_does_nothing_until_somebody_has_put_it_in_its_place()
    {
        using var folder = new TempFolder("/tmp", "vireo-");
        string seen = Path.Join(folder.Path, "seen"), procs = Path.Join(folder.Path, "cgroup.procs");
        int placed = 0;
        using (var process = await host.StartAsync(Shell($"echo here >{seen}; exec sleep 100") with
        {
            Place = (pid, _) =>
            {
                placed = pid;
                Assert.False(File.Exists(seen));
                File.WriteAllText(procs, "");
                return ValueTask.FromResult<IReadOnlyList<string>>([folder.Path]);
            },
        }))
        {
            Assert.Equal(process.Pid, placed);
            Assert.Equal("0", await File.ReadAllTextAsync(procs));
            await Lives.Until(() => File.Exists(seen));
            await process.EndAsync(TimeSpan.Zero, TimeProvider.System);
        }
        await Assert.ThrowsAsync<InvalidDataException>(() => host.StartAsync(Shell("true") with { Place = (_, _) => throw new InvalidDataException() }));
    }

    [Fact]
    public async Task Many_start_and_end_at_once()
    {
        var plan = Shell("exit 3");
        var codes = await Task.WhenAll(Enumerable.Range(0, 8).Select(async _ =>
        {
            using var process = await host.StartAsync(plan);
            return (await process.Exited).Code;
        }));
        Assert.All(codes, code => Assert.Equal(3, code));
    }
}
