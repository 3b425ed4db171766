using Vireo.Driver;
using Vireo.EndToEnd.Harness;
using Xunit;
using static Vireo.EndToEnd.CrashSafety.Steps;

namespace Vireo.EndToEnd.CrashSafety;

// kill -9 of the daemon at every step of what it does with a guest. A class for each flow, so that they run side by side.

public sealed class DefineStepTests
{
    [Fact]
    public async Task Define_leaves_the_old_definition_or_the_new_one() => await ForEachAsync("define", async (root, moment) =>
    {
        string old = await DefineAsync(root, "old");
        root.DieAt(moment);
        await DieAsync(root, client => client.DefineDomainAsync(root.Guest("c1", " again"), cancel: Test));
        await root.StartAgainAsync();
        await root.SettleAsync(moment);
        string now = await root.DefinitionAsync("c1");
        Assert.True(now == old || now == old.Replace("of c1 old", "of c1 again", StringComparison.Ordinal), now);

        await UndefineAsync(root);
        root.DieAt(moment);
        await DieAsync(root, client => client.DefineDomainAsync(root.Guest("c1"), cancel: Test));
        await root.StartAgainAsync();
        if ((await root.SettleAsync(moment)).All(d => d.Name != "c1"))
            await root.Client.DefineDomainAsync(root.Guest("c1"), cancel: Test);
        await StartAsync(root);
    });
}

public sealed class UndefineStepTests
{
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
}

public sealed class StartStepTests
{
    [Fact]
    public async Task Start_leaves_a_guest_that_runs_or_one_that_is_off() => await ForEachAsync("start", async (root, moment) =>
    {
        bool fails = await StepRecorder.IsOfFailureAsync(moment);
        string before = await DefineAsync(root, "", fails ? NoKernel : "");
        root.DieAt(moment);
        await DieAsync(root, async client => await (await client.GetDomainAsync("c1", Test)).StartAsync(cancel: Test));
        await root.StartAgainAsync();
        Seen guest = (await root.SettleAsync(moment)).Single(d => d.Name == "c1");
        Assert.Equal(before, await root.DefinitionAsync("c1"));
        if (guest.IsActive)
            await (await root.Client.GetDomainAsync("c1", Test)).DestroyAsync(cancel: Test);
        else if (!fails)
            await StartAsync(root);
    });
}

public sealed class StopStepTests
{
    [Fact]
    public async Task Stop_leaves_a_guest_that_is_off() => await ForEachAsync("stop", async (root, moment) =>
    {
        string before = await DefineAsync(root, "");
        root.DieAt(moment);
        await (await root.Client.GetDomainAsync("c1", Test)).StartAsync(cancel: Test);
        await DieAsync(root, async client => await (await client.GetDomainAsync("c1", Test)).DestroyAsync(cancel: Test));
        await root.StartAgainAsync();
        Seen guest = (await root.SettleAsync(moment)).Single(d => d.Name == "c1");
        Assert.False(guest.IsActive);
        Assert.Equal(before, await root.DefinitionAsync("c1"));
        await StartAsync(root);
    });
}

public sealed class AbandonStepTests
{
    [Fact]
    public async Task What_a_crash_left_is_taken_away_even_by_a_daemon_that_crashes_too() => await ForEachAsync("abandon", async (root, moment) =>
    {
        string before = await DefineAsync(root, "");
        root.DieAt("start:status:after");
        await DieAsync(root, async client => await (await client.GetDomainAsync("c1", Test)).StartAsync(cancel: Test));
        await root.StartToDieAsync(moment);
        await root.StartAgainAsync();
        Assert.False((await root.SettleAsync(moment)).Single(d => d.Name == "c1").IsActive);
        Assert.Equal(before, await root.DefinitionAsync("c1"));
        await StartAsync(root);
    });
}
