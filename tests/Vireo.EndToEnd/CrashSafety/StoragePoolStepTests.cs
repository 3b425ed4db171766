using Vireo.Drivers.Storage;
using Vireo.EndToEnd.Harness;
using Vireo.Hypervisor.Flows;
using Xunit;

namespace Vireo.EndToEnd.CrashSafety;

/// <summary>kill -9 of the daemon at every step of what it does with a storage pool: then it is started or not, and can be used.</summary>
public sealed class StoragePoolStepTests
{
    [Theory, InlineData("pool-start"), InlineData("pool-stop")]
    public async Task A_pool_is_started_or_it_is_not_whenever_the_daemon_dies(string flow)
    {
        await using VireoDaemon daemon = await VireoDaemon.StartAsync();
        string folder = Path.Join(daemon.Root, "pool");
        Directory.CreateDirectory(folder);
        await File.WriteAllTextAsync(Path.Join(folder, "v"), "content", TestContext.Current.CancellationToken);
        await SaysAsync(daemon, $"pool-define-as p dir --target {folder}");
        IFlow steps = StorageDriver.Flows.Single(one => one.Name == flow);
        foreach (string moment in steps.Steps.SelectMany(step => new[] { $"{flow}:{step}:before", $"{flow}:{step}:after" }))
        {
            await daemon.KillAsync();
            await daemon.StartAgainAsync(new Dictionary<string, string?> { [CrashProbe.Variable] = moment });
            if (flow is "pool-stop")
                await SaysAsync(daemon, "pool-start p");
            CommandResult died = await daemon.VirshAsync(flow is "pool-stop" ? "pool-destroy p" : "pool-start p");
            Assert.True(died.ExitCode != 0, moment);
            Assert.True(await daemon.EndedAsync(TimeSpan.FromSeconds(30)), moment);
            await daemon.StartAgainAsync();
            string state = (await SaysAsync(daemon, "pool-info p")).Split('\n').Single(static line => line.StartsWith("State:", StringComparison.Ordinal));
            if (state.EndsWith("inactive", StringComparison.Ordinal))
                await SaysAsync(daemon, "pool-start p");
            Assert.Contains($"{folder}/v", await SaysAsync(daemon, "vol-list p"), StringComparison.Ordinal);
            await SaysAsync(daemon, "pool-destroy p");
            Assert.DoesNotContain(Directory.GetFiles(daemon.Root, "p.xml", SearchOption.AllDirectories), static file => !file.Contains("/etc/", StringComparison.Ordinal));
        }
    }

    static async Task<string> SaysAsync(VireoDaemon daemon, string command)
    {
        CommandResult said = await daemon.VirshAsync(command);
        Assert.True(said.ExitCode == 0, $"{command}: {said}");
        return said.Output;
    }
}
