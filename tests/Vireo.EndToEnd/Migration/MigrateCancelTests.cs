using System.Diagnostics;
using System.Security.Cryptography;
using Vireo.Driver;
using Vireo.Drivers.Qemu;
using Vireo.EndToEnd.Harness;
using Vireo.Hypervisor.Flows;
using Xunit;

namespace Vireo.EndToEnd.Migration;

/// <summary>
/// A vireod that is killed at the steps of calling off a migration whose disks are copied: the guest is at the source alone, its disk as it was, and nothing of the attempt is left
/// on either side. The same guest is sent again each time, so that nothing may be in the way of the next.
/// </summary>
public sealed class MigrateCancelTests(TwoHosts hosts) : IClassFixture<TwoHosts>
{
    const string Name = "recalled";

    // What is sent at 1 MiB a second: the disk is copied at once, the memory takes until it is called off.
    const int DiskSize = 128 << 10, MemorySize = 8 << 20;

    static bool IsLong => Environment.GetEnvironmentVariable("VIREO_FUZZ_LONG") is "1";

    byte[] content = [];

    Dictionary<string, string?> Armed => new() { [CrashProbe.Variable] = "@" + Moment };

    string Moment => Path.Join(hosts.Shared, "moment");

    string Image(bool stock) => Path.Join(hosts.Shared, stock ? "stock.img" : "vireo.img");

    static IFlow Flow(string name) => QemuDriver.Flows.First(f => f.Name == name);

    static IEnumerable<string> Moments(string flow, IEnumerable<string> steps, params string[] words) =>
        steps.SelectMany(step => words.Select(word => $"{flow}:{step}:{word}"));

    [Fact]
    public Task The_guest_runs_on_when_the_source_s_daemon_ends_while_what_it_did_is_undone() => EachAsync(
        Moments("migrate-perform", Flow("migrate-perform").Undoable, IsLong ? ["undo", "undone"] : ["undo"]), fromStock: false, AbortAsync);

    [Fact]
    public Task The_guest_stays_when_the_source_s_daemon_ends_while_a_guest_that_did_not_arrive_is_taken_back() => EachAsync(
        Moments("migrate-cancel", Flow("migrate-cancel").Steps, IsLong ? ["before", "after"] : ["before"]), fromStock: false, FailAsync);

    [Fact]
    public Task Nothing_is_left_when_the_target_s_daemon_ends_while_it_takes_the_guest_away() => EachAsync(
        Moments("stop", IsLong ? Flow("stop").Steps : ["hang-up", "status"], IsLong ? ["before", "after"] : ["before"]), fromStock: true, AbortAsync);

    async Task EachAsync(IEnumerable<string> moments, bool fromStock, Func<string, bool, Task> end)
    {
        Assert.SkipWhen(hosts.Missing is not null, hosts.Missing ?? "");
        Needs.Program("qemu-system-x86_64");
        try
        {
            await hosts.Vireo.KillAsync();
            await hosts.Vireo.StartAgainAsync(Armed);
            foreach (string moment in moments)
            {
                long began = Stopwatch.GetTimestamp();
                await hosts.NeedAsync(fromStock, Name, () => Machine(fromStock));
                await File.WriteAllBytesAsync(Image(!fromStock), new byte[DiskSize]);
                await end(moment, fromStock);
                await CheckAsync(moment, fromStock);
                TestContext.Current.TestOutputHelper?.WriteLine($"{moment}: {Stopwatch.GetElapsedTime(began).TotalSeconds:0.0} s");
            }
        }
        finally
        {
            File.Delete(Moment);
            await hosts.ClearAsync(Name);
        }
    }

    string Machine(bool at)
    {
        content = RandomNumberGenerator.GetBytes(DiskSize);
        File.WriteAllBytes(Image(at), content);
        string memory = Path.Join(hosts.Shared, "memory");
        File.WriteAllBytes(memory, RandomNumberGenerator.GetBytes(MemorySize));
        return hosts.Still(Name, "5b0d9f4e-3c52-4a68-8d17-f0a6c2e9b314",
            $"<disk type='file'><driver name='qemu' type='raw'/><source file='{Image(at)}'/><target dev='vda' bus='virtio'/></disk>",
            $"<qemu:commandline><qemu:arg value='-device'/><qemu:arg value='loader,file={memory},addr=0x1000000,force-raw=on'/></qemu:commandline>");
    }

    // A client asks for its end while memory is sent and the copies go on.
    async Task AbortAsync(string moment, bool fromStock)
    {
        string there = Path.Join(hosts.Shared, "there.xml");
        await File.WriteAllTextAsync(there, (await hosts.RunAsync(fromStock, "dumpxml", Name, "--migratable")).Replace(Image(fromStock), Image(!fromStock), StringComparison.Ordinal));
        using Process moving = Command.Start(Needs.Program("virsh"),
            ["-q", "-c", hosts.Uri(fromStock), .. hosts.To(!fromStock, Name, "--live"), "--copy-storage-all", "--bandwidth", "1", "--xml", there]);
        Task<string> said = MigrateFaultTests.OutputAsync(moving);
        await hosts.UntilAsync(async () => moving.HasExited || (await hosts.TryAsync(fromStock, "domjobinfo", Name)).Output.Split('\n').Any(static line =>
            line.StartsWith("Memory processed:", StringComparison.Ordinal) && !line.EndsWith(" 0.000 B", StringComparison.Ordinal)), $"{moment}: that memory is sent");
        Assert.False(moving.HasExited, moving.HasExited ? $"{moment}: {await said}" : "");
        await File.WriteAllTextAsync(Moment, moment);
        await hosts.TryAsync(fromStock, "domjobabort", Name);
        await DieAsync(moment);
        string told = await said;
        Assert.True(moving.ExitCode != 0, $"{moment}: {told}");
    }

    // All was sent, and the target's QEMU ends before the guest runs there.
    async Task FailAsync(string moment, bool fromStock)
    {
        await using LedMigration led = await LedMigration.OpenAsync(hosts.Uri(fromStock), hosts.Uri(!fromStock));
        var failure = await led.MoveAsync(Name, async step =>
        {
            if (step is not LedMigration.Step.Perform) return true;
            await MigrateFaultTests.SignalAsync(MigrateFaultTests.Incoming(Name), "-KILL");
            await File.WriteAllTextAsync(Moment, moment);
            return true;
        }, more: DomainMigrateFlags.NonSharedDisk, there: xml => xml.Replace(Image(fromStock), Image(!fromStock), StringComparison.Ordinal));
        Assert.NotNull(failure);
        await DieAsync(moment);
    }

    async Task DieAsync(string moment)
    {
        Assert.True(await hosts.Vireo.EndedAsync(TimeSpan.FromSeconds(60)), $"{moment}: the daemon did not die");
        File.Delete(Moment);
        await hosts.Vireo.StartAgainAsync(Armed);
    }

    async Task CheckAsync(string moment, bool fromStock)
    {
        if (moment is "migrate-cancel:phase:before")
        {
            // Nothing tells the next daemon that the guest did not arrive: it leaves that to whoever knows.
            await hosts.UntilAsync(fromStock, Name, "paused", $"{moment}: source");
            await hosts.RunAsync(fromStock, "resume", Name);
        }
        await hosts.UntilAsync(!fromStock, Name, "gone", $"{moment}: target");
        await hosts.UntilAsync(fromStock, Name, "running", $"{moment}: source");
        await hosts.UntilAsync(() => Task.FromResult(MigrateFaultTests.Incoming(Name) == 0), $"{moment}: that the target's QEMU is gone");
        // A daemon that takes guests over has the job of each meanwhile: a change waits until that is done.
        await hosts.UntilAsync(async () => (await hosts.TryAsync(fromStock, "desc", Name, "--live", "seen")).ExitCode == 0, $"{moment}: that it can be changed");
        Assert.Contains("\"return\":[]", await AskAsync(fromStock, "query-jobs"), StringComparison.Ordinal);
        Assert.Contains("\"return\":[]", await AskAsync(fromStock, "query-block-jobs"), StringComparison.Ordinal);
        Assert.DoesNotContain("migration-vda", await AskAsync(fromStock, "query-named-block-nodes"), StringComparison.Ordinal);
        Assert.Equal(content, await File.ReadAllBytesAsync(Image(fromStock)));
    }

    Task<string> AskAsync(bool stock, string command) => hosts.RunAsync(stock, "qemu-monitor-command", Name, $$"""{"execute":"{{command}}"}""");
}
