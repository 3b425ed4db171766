using System.Diagnostics;
using Vireo.Driver;
using Vireo.Drivers.Qemu;
using Vireo.EndToEnd.Harness;
using Xunit;

namespace Vireo.EndToEnd.CrashSafety;

/// <summary>kill -9 of the daemon at every step of what it does with a guest.</summary>
public sealed class StepTests
{
    /// <summary>Makes a start fail after its process is there.</summary>
    internal const string NoKernel = "<kernel>/nonexistent/kernel</kernel>";

    static CancellationToken Test => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Define_leaves_the_old_definition_or_the_new_one() => await ForEachAsync("define", async (root, moment) =>
    {
        string old = await DefineAsync(root, "old");
        await root.Daemon.KillAsync();
        await root.StartAgainAsync(moment);
        await DieAsync(root, client => client.DefineDomainAsync(root.Guest("c1", " again"), cancel: Test));
        await root.StartAgainAsync();
        await root.SettleAsync(moment);
        string now = await root.DefinitionAsync("c1");
        Assert.True(now == old || now == old.Replace("of c1 old", "of c1 again", StringComparison.Ordinal), now);

        await UndefineAsync(root);
        await root.Daemon.KillAsync();
        await root.StartAgainAsync(moment);
        await DieAsync(root, client => client.DefineDomainAsync(root.Guest("c1"), cancel: Test));
        await root.StartAgainAsync();
        if ((await root.SettleAsync(moment)).All(d => d.Name != "c1"))
            await root.Client.DefineDomainAsync(root.Guest("c1"), cancel: Test);
        await StartAsync(root);
    });

    [Fact]
    public async Task Undefine_leaves_all_of_a_definition_or_nothing() => await ForEachAsync("undefine", async (root, moment) =>
    {
        string before = await DefineAsync(root, "");
        await (await root.Client.GetDomainAsync("c1", Test)).SetAutostartAsync(true, Test);
        await root.Daemon.KillAsync();
        Directory.CreateDirectory(root.Places.SaveDir);
        string saved = Path.Join(root.Places.SaveDir, "c1.save");
        await File.WriteAllTextAsync(saved, "", Test);
        await root.StartAgainAsync(moment);
        await DieAsync(root, async client => await (await client.GetDomainAsync("c1", Test)).UndefineAsync(DomainUndefineFlags.ManagedSave, Test));
        await root.StartAgainAsync();
        if ((await root.SettleAsync(moment)).Any(d => d.Name == "c1"))
        {
            Domain guest = await root.Client.GetDomainAsync("c1", Test);
            Assert.Equal(before, await root.DefinitionAsync("c1"));
            Assert.True(await guest.GetAutostartAsync(Test));
            await guest.UndefineAsync(DomainUndefineFlags.ManagedSave, Test);
        }
        Assert.Empty(Directory.GetFiles(root.Places.AutostartDir));
        Assert.False(File.Exists(saved));
    });

    [Fact]
    public async Task Start_leaves_a_guest_that_runs_or_one_that_is_off() => await ForEachAsync("start", async (root, moment) =>
    {
        bool fails = moment.EndsWith(":undo", StringComparison.Ordinal) || moment.EndsWith(":undone", StringComparison.Ordinal);
        string before = await DefineAsync(root, "", fails ? NoKernel : "");
        await root.Daemon.KillAsync();
        await root.StartAgainAsync(moment);
        await DieAsync(root, async client => await (await client.GetDomainAsync("c1", Test)).StartAsync(cancel: Test));
        await root.StartAgainAsync();
        Seen guest = (await root.SettleAsync(moment)).Single(d => d.Name == "c1");
        Assert.Equal(before, await root.DefinitionAsync("c1"));
        if (guest.IsActive)
            await (await root.Client.GetDomainAsync("c1", Test)).DestroyAsync(cancel: Test);
        else if (!fails)
            await StartAsync(root);
    });

    [Fact]
    public async Task Stop_leaves_a_guest_that_is_off() => await ForEachAsync("stop", async (root, moment) =>
    {
        string before = await DefineAsync(root, "");
        await root.Daemon.KillAsync();
        await root.StartAgainAsync(moment);
        await (await root.Client.GetDomainAsync("c1", Test)).StartAsync(cancel: Test);
        await DieAsync(root, async client => await (await client.GetDomainAsync("c1", Test)).DestroyAsync(cancel: Test));
        await root.StartAgainAsync();
        Seen guest = (await root.SettleAsync(moment)).Single(d => d.Name == "c1");
        Assert.False(guest.IsActive);
        Assert.Equal(before, await root.DefinitionAsync("c1"));
        await StartAsync(root);
    });

    [Fact]
    public async Task What_a_crash_left_is_taken_away_even_by_a_daemon_that_crashes_too() => await ForEachAsync("abandon", async (root, moment) =>
    {
        string before = await DefineAsync(root, "");
        await root.Daemon.KillAsync();
        await root.StartAgainAsync("start:status:after");
        await DieAsync(root, async client => await (await client.GetDomainAsync("c1", Test)).StartAsync(cancel: Test));
        await root.StartToDieAsync(moment);
        await root.StartAgainAsync();
        Assert.False((await root.SettleAsync(moment)).Single(d => d.Name == "c1").IsActive);
        Assert.Equal(before, await root.DefinitionAsync("c1"));
        await StartAsync(root);
    });

    /// <summary>
    /// Runs one case for each moment of a flow, in one root, beside a guest that runs through all of it and is never touched.
    /// </summary>
    static async Task ForEachAsync(string flow, Func<CrashRoot, string, Task> check)
    {
        await using CrashRoot root = await CrashRoot.StartAsync();
        string[] moments = [.. (await StepRecorder.RecordAsync())[flow]];
        foreach (string step in QemuDriver.Flows.Where(f => f.Name == flow).SelectMany(f => f.Steps))
            foreach (string moment in new[] { "before", "after" })
                Assert.Contains($"{flow}:{step}:{moment}", moments);
        await root.Client.CreateDomainAsync(root.Guest("witness"), DomainCreateFlags.StartPaused, Test);
        int witness = root.Processes().Single();
        long began = Stopwatch.GetTimestamp();
        foreach (string moment in moments)
        {
            try
            {
                await check(root, moment);
            }
            catch (Exception e)
            {
                throw new InvalidOperationException($"at {moment}: {e.Message}\n{root.Daemon.Log}", e);
            }
            foreach (Seen seen in await root.ListAsync())
                if (seen is { Name: "c1", IsActive: true })
                    await (await root.Client.GetDomainAsync("c1", Test)).DestroyAsync(cancel: Test);
            if ((await root.ListAsync()).Any(d => d.Name == "c1"))
                await UndefineAsync(root);
            var left = Assert.Single(await root.SettleAsync(moment));
            Assert.Equal(new Seen("witness", true, false, 1), left);
            Assert.Equal(witness, root.Processes().Single());
        }
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{flow}: {moments.Length} moments in {Stopwatch.GetElapsedTime(began).TotalSeconds:0} s: {string.Join(' ', moments)}");
    }

    static async Task<string> DefineAsync(CrashRoot root, string title, string os = "")
    {
        await root.Client.DefineDomainAsync(root.Guest("c1", title.Length == 0 ? "" : " " + title, os), cancel: Test);
        return await root.DefinitionAsync("c1");
    }

    static async Task UndefineAsync(CrashRoot root) => await (await root.Client.GetDomainAsync("c1", Test)).UndefineAsync(cancel: Test);

    static async Task StartAsync(CrashRoot root)
    {
        await (await root.Client.GetDomainAsync("c1", Test)).StartAsync(cancel: Test);
        Assert.True((await root.SettleAsync("the start after it")).Single(d => d.Name == "c1").IsActive);
    }

    /// <summary>Does what the daemon dies of, and waits until it has.</summary>
    static async Task DieAsync(CrashRoot root, Func<Connection, Task> change)
    {
        Exception? end = await Record.ExceptionAsync(() => change(root.Client));
        Assert.True(await root.Daemon.EndedAsync(TimeSpan.FromSeconds(30)), $"the daemon did not die; the change: {end?.Message ?? "went well"}");
        Assert.NotNull(end);
    }
}
