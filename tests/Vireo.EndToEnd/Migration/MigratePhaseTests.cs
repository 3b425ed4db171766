using System.Diagnostics;
using Vireo.EndToEnd.Compare;
using Vireo.EndToEnd.Harness;
using Xunit;

namespace Vireo.EndToEnd.Migration;

/// <summary>Clients, networks, QEMUs and daemons that end between the steps of a migration: the guest runs at one place, or stands still where it is known.</summary>
public sealed class MigratePhaseTests(TwoHosts hosts) : IClassFixture<TwoHosts>
{
    const string Name = "phased";

    public enum Fault { ClientGone, NetworkGone, TargetGone, DaemonGone }

    public static TheoryData<bool> Sides => [false, true];

    // A guest that has come and whose QEMU ends has ended; a network matters while it is used. What stock does when it is killed is its own matter.
    static readonly (LedMigration.Step After, Fault Fault)[] cases =
    [
        (LedMigration.Step.Begin, Fault.ClientGone), (LedMigration.Step.Begin, Fault.DaemonGone),
        (LedMigration.Step.Prepare, Fault.ClientGone), (LedMigration.Step.Prepare, Fault.NetworkGone), (LedMigration.Step.Prepare, Fault.TargetGone), (LedMigration.Step.Prepare, Fault.DaemonGone),
        (LedMigration.Step.Perform, Fault.ClientGone), (LedMigration.Step.Perform, Fault.TargetGone), (LedMigration.Step.Perform, Fault.DaemonGone),
        (LedMigration.Step.Finish, Fault.ClientGone), (LedMigration.Step.Finish, Fault.DaemonGone),
    ];

    /// <summary>How the guest is at the source and at the target afterwards.</summary>
    static (string Source, string Target) Expected(bool fromStock, LedMigration.Step after, Fault fault) => (after, fault) switch
    {
        // Whoever knew whether it runs there is gone.
        (LedMigration.Step.Perform, Fault.ClientGone) => ("paused", "gone"),
        (LedMigration.Step.Finish, Fault.ClientGone) => ("paused", "running"),
        (LedMigration.Step.Perform, Fault.DaemonGone) when !fromStock => ("paused", "running"),
        (LedMigration.Step.Finish, Fault.DaemonGone) => fromStock ? ("gone", "alive") : ("paused", "running"),
        _ => ("running", "gone"),
    };

    [Theory, MemberData(nameof(Sides))]
    public async Task The_guest_is_at_one_place(bool fromStock)
    {
        Assert.SkipWhen(hosts.Missing is not null, hosts.Missing ?? "");
        foreach (var (after, fault) in cases)
            await AtAsync(fromStock, after, fault);
    }

    async Task AtAsync(bool fromStock, LedMigration.Step after, Fault fault)
    {
        await CreateAsync(fromStock);
        try
        {
            await using (LedMigration led = await LedMigration.OpenAsync(hosts.Uri(fromStock), hosts.Uri(!fromStock)))
                await led.MoveAsync(Name, async step =>
                {
                    // A network that is gone is gone for one step.
                    if (fault is Fault.NetworkGone && step is LedMigration.Step.Perform) await hosts.NetworkAsync(up: true);
                    if (step != after) return true;
                    await DoAsync(fault);
                    return fault is not Fault.ClientGone;
                });
            if (fault is Fault.NetworkGone) await hosts.NetworkAsync(up: true);
            var (source, target) = Expected(fromStock, after, fault);
            await UntilAsync(fromStock, source, $"source, {fault} after {after}");
            await UntilAsync(!fromStock, target, $"target, {fault} after {after}");
        }
        finally
        {
            await hosts.ClearAsync(Name);
        }
    }

    async Task DoAsync(Fault fault)
    {
        switch (fault)
        {
            case Fault.NetworkGone:
                await hosts.NetworkAsync(up: false);
                break;
            case Fault.TargetGone:
                using (Process kill = Command.Start("kill", ["-9", MigrateFaultTests.Incoming(Name).ToString()]))
                    await kill.WaitForExitAsync();
                break;
            case Fault.DaemonGone:
                await hosts.Vireo.KillAsync();
                await hosts.Vireo.StartAgainAsync();
                break;
        }
    }

    async Task CreateAsync(bool at)
    {
        Needs.Program("qemu-system-x86_64");
        using var files = new Documents().With("XML", Guests.Tiny(Name, "8c1f3a52-6d0e-4a39-b0c7-51d2f0a4e6b8"));
        await hosts.RunAsync(at, "create", files.Fill("${XML}"));
    }

    async Task UntilAsync(bool stock, string wanted, string where)
    {
        long began = Stopwatch.GetTimestamp();
        string state;
        while (true)
        {
            CommandResult said = await hosts.TryAsync(stock, "domstate", Name);
            state = said.ExitCode == 0 ? said.Output.Trim() : "gone";
            if (state == wanted || (wanted is "alive" && state is "running" or "paused")) return;
            Assert.True(Stopwatch.GetElapsedTime(began) < TimeSpan.FromSeconds(60), $"{where}: {state} instead of {wanted}\n{hosts.Vireo.Log}");
            await Task.Delay(20);
        }
    }
}
