using Vireo.EndToEnd.Compare;
using Vireo.EndToEnd.Daemon;
using Vireo.EndToEnd.Harness;
using Xunit;

namespace Vireo.EndToEnd.Managers;

/// <summary>Guests whose logs and leases are kept by managers beside their daemon.</summary>
public sealed class GuestManagerTests
{
    const string Lockd = "lock_manager = \"lockd\"\n";

    static string Guest(string name, string devices) => $"""
        <domain type='qemu'><name>{name}</name><memory unit='MiB'>32</memory><vcpu>1</vcpu><os><type arch='x86_64' machine='pc'>hvm</type></os>
        <devices>{devices}</devices></domain>
        """;

    static string Disk(string path) => $"<disk type='file' device='disk'><driver name='qemu' type='raw'/><source file='{path}'/><target dev='vda' bus='virtio'/></disk>";

    static string Lease(string folder) => $"<lease><lockspace>space</lockspace><key>key</key><target path='{folder}'/></lease>";

    static async Task CreateAsync(ManagerRig rig, string name, string devices)
    {
        CommandResult said = await TryCreateAsync(rig, name, devices);
        Assert.True(said.ExitCode == 0, said.ToString());
    }

    static async Task<CommandResult> TryCreateAsync(ManagerRig rig, string name, string devices)
    {
        string file = Path.Join(rig.Root, name + ".xml");
        await File.WriteAllTextAsync(file, Guest(name, devices));
        return await rig.VirshAsync("create", file);
    }

    static void NeedsGuests()
    {
        Needs.Root();
        Needs.Program("qemu-system-x86_64");
        Needs.Program("virsh");
    }

    [Fact, Trait("qemu.conf", "lock_manager"), Trait("qemu.conf", "stdio_handler")]
    public async Task A_daemon_that_is_killed_loses_neither_logs_nor_leases()
    {
        NeedsGuests();
        await using var rig = new ManagerRig();
        rig.Configure("qemu.conf", Lockd);
        await rig.StartLogsAsync();
        await rig.StartLocksAsync();
        RunningProgram daemon = await rig.StartDaemonAsync();
        string disk = rig.Image("disk"), log = rig.LogFile("g");
        await CreateAsync(rig, "g", Disk(disk));
        await using var logs = new ManagerCalls(rig.LogSocket);
        await using var locks = new ManagerCalls(rig.LockSocket);
        await locks.RegisterAsync(1_000_001);

        await Command.RunAsync("/bin/kill", ["-9", daemon.Pid.ToString()]);
        await daemon.EndAsync();
        Assert.NotEqual(0ul, (await logs.Logs.GetPositionAsync(log, 0, default)).Offset);
        Assert.False(await locks.IsFreeAsync(disk));

        await rig.StartDaemonAsync();
        CommandResult ended = await rig.VirshAsync("destroy", "g");
        Assert.True(ended.ExitCode == 0, ended.ToString());
        Assert.True(await locks.IsFreeAsync(disk));
        string written = await File.ReadAllTextAsync(log, TestContext.Current.CancellationToken);
        Assert.Contains(": starting up libvirt version", written);
        Assert.Contains("terminating on signal 15", written);
        Assert.EndsWith(": shutting down, reason=destroyed\n", written);
    }

    [Fact]
    public async Task Leases_end_with_the_guest_even_if_nobody_looks_after_it()
    {
        NeedsGuests();
        await using var rig = new ManagerRig();
        rig.Configure("qemu.conf", Lockd);
        await rig.StartLocksAsync();
        RunningProgram daemon = await rig.StartDaemonAsync();
        string disk = rig.Image("disk");
        await CreateAsync(rig, "g", Disk(disk));
        await using var locks = new ManagerCalls(rig.LockSocket);
        await locks.RegisterAsync(1_000_001);
        Assert.False(await locks.IsFreeAsync(disk));
        await Command.RunAsync("/bin/kill", ["-9", daemon.Pid.ToString(), rig.QemuOf("g").ToString()]);
        await DaemonProgram.UntilAsync(() => locks.IsFreeAsync(disk), () => "the disk is still leased");
    }

    [Fact]
    public async Task A_guest_whose_lease_another_has_does_not_start()
    {
        NeedsGuests();
        await using var rig = new ManagerRig();
        rig.Configure("qemu.conf", Lockd);
        await rig.StartLocksAsync();
        await rig.StartDaemonAsync();
        Directory.CreateDirectory(Path.Join(rig.Root, "leases/space"));
        await File.WriteAllTextAsync(Path.Join(rig.Root, "leases/space/key"), "");
        string lease = Lease(Path.Join(rig.Root, "leases"));
        CommandResult early = await TryCreateAsync(rig, "one", lease);
        Assert.Contains($"internal error: Lockspace for path {rig.Root}/leases/space does not exist", early.Error);
        await using var locks = new ManagerCalls(rig.LockSocket);
        await locks.RegisterAsync(1_000_001);
        await locks.Locks.NewAsync(Path.Join(rig.Root, "leases/space"), 0, default);
        await CreateAsync(rig, "one", lease);
        CommandResult refused = await TryCreateAsync(rig, "two", lease);
        Assert.Contains("resource busy: Lockspace resource 'key' is locked", refused.Error);
        Assert.Equal(0, (await rig.VirshAsync("destroy", "one")).ExitCode);
        await CreateAsync(rig, "two", lease);
    }

    [Fact]
    public async Task Leases_that_nobody_can_take_let_no_guest_start()
    {
        NeedsGuests();
        await using var rig = new ManagerRig();
        rig.Configure("qemu.conf", Lockd);
        await rig.StartDaemonAsync();
        CommandResult refused = await TryCreateAsync(rig, "g", Disk(rig.Image("disk")));
        Assert.Contains("internal error: Process exited prior to exec: libvirt: XML-RPC error : Failed to connect socket to '", refused.Error);
        await rig.StartLocksAsync();
        await CreateAsync(rig, "g", Disk(Path.Join(rig.Root, "disk")));
    }

    [Fact]
    public async Task What_a_guest_said_before_it_died_is_in_the_error_and_in_the_log()
    {
        NeedsGuests();
        await using var rig = new ManagerRig();
        await rig.StartLogsAsync();
        await rig.StartDaemonAsync();
        CommandResult failed = await TryCreateAsync(rig, "g", "<serial type='unix'><source mode='connect' path='/nosuch/socket'/></serial>");
        Assert.Contains("/nosuch/socket", failed.Error);
        await DaemonProgram.UntilAsync(async () => (await File.ReadAllTextAsync(rig.LogFile("g"))).Contains("/nosuch/socket", StringComparison.Ordinal), () => "QEMU's complaint is not in the log");
    }

    [Fact]
    public async Task Stock_libvirtd_runs_guests_with_our_managers()
    {
        NeedsGuests();
        Assert.SkipWhen(StockDaemon.WhyNot() is not null, StockDaemon.WhyNot() ?? "");
        (string program, string[] before) = VireoDaemon.Find("vireod", "vireod");
        string vireod = string.Join(' ', before.Prepend(program));
        await using StockDaemon daemon = await StockDaemon.StartAsync($"""
            printf '%s\n' 'cgroup_controllers = []' 'stdio_handler = "logd"' 'lock_manager = "lockd"' >/etc/libvirt/qemu.conf
            {vireod} --role log >"$root/log.out" 2>&1 &
            {vireod} --role lock >"$root/lock.out" 2>&1 &
            while [ ! -S /run/libvirt/virtlogd-sock ] || [ ! -S /run/libvirt/virtlockd-sock ]; do sleep 0.05; done

            """);
        File.SetUnixFileMode(daemon.Root, (UnixFileMode)0x1ed);
        string disk = Path.Join(daemon.Root, "disk"), xml = Path.Join(daemon.Root, "g.xml"), log = Path.Join(daemon.Root, "var/log/libvirt/qemu/g.log");
        await File.WriteAllBytesAsync(disk, new byte[1 << 20], TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(xml, Guest("g", Disk(disk)), TestContext.Current.CancellationToken);
        await using var locks = new ManagerCalls(Path.Join(daemon.Root, "sock/virtlockd-sock"));
        await locks.RegisterAsync(1_000_001);
        await VirshAsync("create", xml);
        Assert.False(await locks.IsFreeAsync(disk));
        await using (var logs = new ManagerCalls(Path.Join(daemon.Root, "sock/virtlogd-sock")))
            Assert.NotEqual(0ul, (await logs.Logs.GetPositionAsync("/var/log/libvirt/qemu/g.log", 0, default)).Offset);
        await VirshAsync("suspend", "g");
        Assert.True(await locks.IsFreeAsync(disk));
        await VirshAsync("resume", "g");
        Assert.False(await locks.IsFreeAsync(disk));
        await VirshAsync("destroy", "g");
        await DaemonProgram.UntilAsync(() => locks.IsFreeAsync(disk), () => "the disk is still leased");
        string written = await File.ReadAllTextAsync(log, TestContext.Current.CancellationToken);
        Assert.Contains("terminating on signal 15", written);
        Assert.EndsWith(": shutting down, reason=destroyed\n", written);

        async Task VirshAsync(params string[] words)
        {
            CommandResult said = await Command.RunAsync(Needs.Program("virsh"), ["-c", $"qemu+unix:///system?socket={daemon.Socket}", .. words]);
            Assert.True(said.ExitCode == 0, $"virsh {string.Join(' ', words)}: {said}");
        }
    }
}
