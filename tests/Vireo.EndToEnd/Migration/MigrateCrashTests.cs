using Vireo.Drivers.Qemu;
using Vireo.EndToEnd.Compare;
using Vireo.EndToEnd.Harness;
using Vireo.Hypervisor.Flows;
using Xunit;

namespace Vireo.EndToEnd.Migration;

/// <summary>A vireod that is killed at every step of a migration, as its source and as its target: afterwards the guest runs once.</summary>
public sealed class MigrateCrashTests(TwoHosts hosts) : IClassFixture<TwoHosts>
{
    const string Name = "crasher";

    // Calling off after the target failed at its last step has no crash of its own to be reached by.
    public static TheoryData<string> Flows => [.. QemuDriver.Flows.Select(static f => f.Name).Where(static n => n.StartsWith("migrate-", StringComparison.Ordinal) && n is not "migrate-cancel")];

    [Theory, MemberData(nameof(Flows))]
    public async Task The_guest_runs_once_whenever_the_daemon_ends(string flow)
    {
        Assert.SkipWhen(hosts.Missing is not null, hosts.Missing ?? "");
        Needs.Program("qemu-system-x86_64");
        bool target = flow is "migrate-finish";
        foreach (string step in QemuDriver.Flows.First(f => f.Name == flow).Steps)
            foreach (string moment in new[] { "before", "after" })
                await AtAsync($"{flow}:{step}:{moment}", fromStock: target);
    }

    async Task AtAsync(string moment, bool fromStock)
    {
        using var files = new Documents().With("XML", Guests.Tiny(Name, "5f9e1f5c-5f7d-4b5e-9f0e-0d7c1c1a2b3c"));
        try
        {
            await hosts.RunAsync(fromStock, "create", files.Fill("${XML}"));
            await hosts.Vireo.KillAsync();
            await hosts.Vireo.StartAgainAsync(new Dictionary<string, string?> { [CrashProbe.Variable] = moment });
            CommandResult said = await hosts.TryAsync(fromStock, hosts.To(!fromStock, Name, "--live"));
            Assert.True(await hosts.Vireo.EndedAsync(TimeSpan.FromSeconds(60)), $"{moment}: the daemon did not die; {said}");
            await hosts.Vireo.StartAgainAsync();
            string[] states = [await StateAsync(true), await StateAsync(false)];
            // When all was sent and nobody heard of it, it stands still where it was.
            int running = moment is "migrate-perform:sent:after" ? 0 : 1;
            Assert.True(states.Count(static s => s is "running") == running, $"{moment}: {string.Join(", ", states)}\n{said}\n{hosts.Vireo.Log}");
            if (running == 0) Assert.Single(states, "paused");
        }
        finally
        {
            await hosts.ClearAsync(Name);
        }
    }

    // A daemon that takes guests over has the job of each meanwhile: a change waits until that is done.
    async Task<string> StateAsync(bool stock)
    {
        await hosts.TryAsync(stock, "desc", Name, "--live", "seen");
        CommandResult said = await hosts.TryAsync(stock, "domstate", Name);
        return said.ExitCode == 0 ? said.Output.Trim() : "gone";
    }
}
