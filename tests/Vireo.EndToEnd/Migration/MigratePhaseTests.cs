using System.Diagnostics;
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
        Needs.Program("qemu-system-x86_64");
        try
        {
            foreach (var (after, fault) in cases)
                await AtAsync(fromStock, after, fault);
        }
        finally
        {
            await hosts.ClearAsync(Name);
        }
    }

    [Fact]
    public async Task A_guest_does_not_run_at_the_target_when_nobody_can_hear_of_it()
    {
        Assert.SkipWhen(hosts.Missing is not null, hosts.Missing ?? "");
        Needs.Program("qemu-system-x86_64");
        try
        {
            await hosts.NeedAsync(true, Name, Machine);
            string status = Path.Join(hosts.Vireo.Root, $"run/libvirt/qemu/{Name}.xml");
            await using LedMigration led = await LedMigration.OpenAsync(hosts.Uri(true), hosts.Uri(false));
            int target = 0;
            var failure = await led.MoveAsync(Name, async step =>
            {
                if (step is LedMigration.Step.Perform) await MigrateFaultTests.SignalAsync(target = MigrateFaultTests.Incoming(Name), "-STOP");
                return true;
            }, async hangUp =>
            {
                await hosts.UntilAsync(async () => (await File.ReadAllTextAsync(status)).Contains("finish3", StringComparison.Ordinal), "that the target finishes");
                await hangUp();
                await MigrateFaultTests.SignalAsync(target, "-CONT");
            });
            Assert.NotNull(failure);
            await hosts.UntilAsync(true, Name, "running", "source");
            await hosts.UntilAsync(false, Name, "gone", "target");
        }
        finally
        {
            await hosts.ClearAsync(Name);
        }
    }

    [Fact]
    public async Task A_guest_whose_QEMU_waits_for_its_disk_goes_with_whoever_led_it()
    {
        Assert.SkipWhen(hosts.Missing is not null, hosts.Missing ?? "");
        Needs.Program("qemu-system-x86_64");
        string image = Path.Join(hosts.Shared, "served.qcow2");
        Assert.Equal(0, (await Command.RunAsync(Needs.Program("qemu-img"), ["create", "-q", "-f", "qcow2", image, "1M"])).ExitCode);
        using Process server = Command.Start(Needs.Program("nsenter"),
            ["-t", hosts.Vireo.Pid.ToString(), "-n", "--", Needs.Program("qemu-nbd"), "-f", "raw", "-x", "it", "-b", "127.0.0.1", "-p", "10909", "-t", "-e", "8", image]);
        try
        {
            await hosts.UntilAsync(async () => (await ConnectionsAsync()).Any(static c => c.State is "0A"), "the disk's server");
            await hosts.NeedAsync(true, Served, () => hosts.Still(Served, "8c1f3a52-6d0e-4a39-b0c7-51d2f0a4e6b9", """
                <disk type='network'><driver name='qemu' type='qcow2'/><source protocol='nbd' name='it'><host name='127.0.0.1' port='10909'/></source><target dev='vda' bus='virtio'/></disk>
                """));
            await using LedMigration led = await LedMigration.OpenAsync(hosts.Uri(true), hosts.Uri(false));
            var failure = await led.MoveAsync(Served, async step =>
            {
                if (step is not LedMigration.Step.Perform) return true;
                await MigrateFaultTests.SignalAsync(server.Id, "-STOP");
                return true;
            }, async hangUp =>
            {
                // QEMU reads the image's header again before it lets the guest write to it: that is in "cont".
                await hosts.UntilAsync(async () => (await ConnectionsAsync()).Any(static c => c.Unread), "that the target waits for its disk");
                await hangUp();
                await hosts.UntilAsync(false, Served, "gone", "target");
                await MigrateFaultTests.SignalAsync(server.Id, "-CONT");
            });
            Assert.NotNull(failure);
            await hosts.UntilAsync(true, Served, "running", "source");
            // It was not asked to go, which it may hear after it has run, but made to.
            Assert.Contains("reason=failed", await File.ReadAllTextAsync(Path.Join(hosts.Vireo.Root, $"var/log/libvirt/qemu/{Served}.log")), StringComparison.Ordinal);
        }
        finally
        {
            await MigrateFaultTests.SignalAsync(server.Id, "-CONT");
            await hosts.ClearAsync(Served);
            server.Kill();
            await server.WaitForExitAsync();
        }
    }

    const string Served = "served";

    // What /proc/net/tcp says of the disk server's end of its connections.
    async Task<(string State, bool Unread)[]> ConnectionsAsync() => [.. (await hosts.Vireo.InNetworkAsync("cat", "/proc/net/tcp")).Output.Split('\n')
        .Select(static line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)).Where(static words => words.Length > 4 && words[1].EndsWith(":2A9D", StringComparison.Ordinal))
        .Select(static words => (words[3], !words[4].EndsWith(":00000000", StringComparison.Ordinal)))];

    string Machine() => hosts.Still(Name, "8c1f3a52-6d0e-4a39-b0c7-51d2f0a4e6b8");

    async Task AtAsync(bool fromStock, LedMigration.Step after, Fault fault)
    {
        long began = Stopwatch.GetTimestamp();
        await hosts.NeedAsync(fromStock, Name, Machine);
        await using (LedMigration led = await LedMigration.OpenAsync(hosts.Uri(fromStock), hosts.Uri(!fromStock)))
            await led.MoveAsync(Name, async step =>
            {
                if (step != after) return true;
                await DoAsync(fault);
                return fault is not Fault.ClientGone;
            });
        if (fault is Fault.NetworkGone) await hosts.NetworkAsync(up: true);
        var (source, target) = Expected(fromStock, after, fault);
        await hosts.UntilAsync(fromStock, Name, source, $"source, {fault} after {after}");
        await hosts.UntilAsync(!fromStock, Name, target, $"target, {fault} after {after}");
        TestContext.Current.TestOutputHelper?.WriteLine($"{fault} after {after}: {Stopwatch.GetElapsedTime(began).TotalSeconds:0.0} s");
    }

    async Task DoAsync(Fault fault)
    {
        switch (fault)
        {
            case Fault.NetworkGone:
                await hosts.NetworkAsync(up: false);
                break;
            case Fault.TargetGone:
                await MigrateFaultTests.SignalAsync(MigrateFaultTests.Incoming(Name), "-KILL");
                break;
            case Fault.DaemonGone:
                await hosts.Vireo.KillAsync();
                await hosts.Vireo.StartAgainAsync();
                break;
        }
    }
}
