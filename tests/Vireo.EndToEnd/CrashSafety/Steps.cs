using System.Diagnostics;
using Vireo.Driver;
using Vireo.Drivers.Qemu;
using Vireo.EndToEnd.Harness;
using Xunit;

namespace Vireo.EndToEnd.CrashSafety;

/// <summary>What the tests of steps have in common.</summary>
static class Steps
{
    /// <summary>Makes a start fail after its process is there.</summary>
    internal const string NoKernel = "<kernel>/nonexistent/kernel</kernel>";

    internal static CancellationToken Test => TestContext.Current.CancellationToken;

    /// <summary>
    /// Runs one case for each moment of a flow, in one root, beside a guest that runs through all of it and is never touched.
    /// </summary>
    /// <param name="flow">The flow.</param>
    /// <param name="check">The case.</param>
    /// <param name="stays">The guest of a case is as new at its end, and runs on for the next.</param>
    internal static async Task ForEachAsync(string flow, Func<CrashRoot, string, Task> check, bool stays = false)
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
            if (!stays)
                await ClearAsync(root);
            IReadOnlyList<Seen> left = await root.SettleAsync(moment);
            Assert.Equal(stays ? ["c1", "witness"] : ["witness"], left.Select(static d => d.Name));
            Assert.Equal(new Seen("witness", true, false, 1), left[^1]);
            Assert.Contains(witness, root.Processes());
        }
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{flow}: {moments.Length} moments in {Stopwatch.GetElapsedTime(began).TotalSeconds:0} s: {string.Join(' ', moments)}");
    }

    static async Task ClearAsync(CrashRoot root)
    {
        foreach (Seen seen in await root.ListAsync())
            if (seen is { Name: "c1", IsActive: true })
                await (await root.Client.GetDomainAsync("c1", Test)).DestroyAsync(cancel: Test);
        if ((await root.ListAsync()).Any(d => d.Name == "c1"))
            await UndefineAsync(root);
    }

    internal static async Task<string> DefineAsync(CrashRoot root, string title, string os = "")
    {
        await root.Client.DefineDomainAsync(root.Guest("c1", title.Length == 0 ? "" : " " + title, os), cancel: Test);
        return await root.DefinitionAsync("c1");
    }

    internal static async Task UndefineAsync(CrashRoot root) => await (await root.Client.GetDomainAsync("c1", Test)).UndefineAsync(cancel: Test);

    internal static async Task StartAsync(CrashRoot root)
    {
        await (await root.Client.GetDomainAsync("c1", Test)).StartAsync(cancel: Test);
        Assert.True((await root.SettleAsync("the start after it")).Single(d => d.Name == "c1").IsActive);
    }

    /// <summary>Does what the daemon dies of, and waits until it has.</summary>
    internal static async Task DieAsync(CrashRoot root, Func<Connection, Task> change)
    {
        Exception? end = await Record.ExceptionAsync(() => change(root.Client));
        Assert.True(await root.Daemon.EndedAsync(TimeSpan.FromSeconds(30)), $"the daemon did not die; the change: {end?.Message ?? "went well"}");
        Assert.NotNull(end);
    }
}
