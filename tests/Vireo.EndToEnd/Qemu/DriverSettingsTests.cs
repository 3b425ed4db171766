using Vireo.Driver;
using Vireo.Driver.Contracts;
using Vireo.Drivers.Qemu.Settings;
using Vireo.EndToEnd.Harness;
using Vireo.Host.Files;
using Xunit;

namespace Vireo.EndToEnd.Qemu;

/// <summary>What keys of qemu.conf do to a driver that runs guests, where it is not the guest's process that shows it.</summary>
public sealed class DriverSettingsTests
{
    static CancellationToken Test => TestContext.Current.CancellationToken;

    static string With(string devices) => QemuRoot.Guest("g").Replace("<memballoon model='virtio'/>", devices, StringComparison.Ordinal);

    static Ids OwnerOf(string path) => FileOwner.Find(path, out _)!.Value.Owner;

    static string Disk(QemuRoot root)
    {
        Needs.Root();
        string path = Path.Join(root.Paths.Root!, "own.img");
        File.WriteAllBytes(path, new byte[65536]);
        Assert.Equal(0, FileOwner.Give(path, new Ids(1000, 1000)));
        File.SetUnixFileMode(path, (UnixFileMode)0x1b6);
        return path;
    }

    static async Task<(Ids Meanwhile, Ids Afterwards)> OwnersAsync(QemuConfig config)
    {
        await using QemuRoot root = await new QemuRoot { Config = config }.StartAsync();
        string disk = Disk(root);
        DomainRef guest = await root.Get<IDomainPower>().CreateTransientAsync(
            With($"<disk type='file'><driver name='qemu' type='raw'/><source file='{disk}'/><target dev='vda' bus='virtio'/></disk>"), DomainCreateFlags.StartPaused, Test);
        Ids meanwhile = OwnerOf(disk);
        await root.Get<IDomainPower>().DestroyAsync(guest, Test);
        return (meanwhile, OwnerOf(disk));
    }

    [Fact, Trait("qemu.conf", "dynamic_ownership")]
    public async Task Files_keep_their_owners_if_that_is_set() =>
        Assert.Equal((new Ids(1000, 1000), new Ids(1000, 1000)), await OwnersAsync(new QemuConfig { DynamicOwnership = false }));

    [Fact, Trait("qemu.conf", "remember_owner")]
    public async Task Files_go_to_root_if_nobody_remembers_whose_they_were() =>
        Assert.Equal(new Ids(0, 0), (await OwnersAsync(new QemuConfig { RememberOwner = false })).Afterwards);

    [Fact, Trait("qemu.conf", "vnc_auto_unix_socket"), Trait("qemu.conf", "spice_auto_unix_socket")]
    public async Task Screens_listen_at_sockets_if_that_is_set()
    {
        var socket = new ScreenSettings { AutoUnixSocket = true };
        await using QemuRoot root = await new QemuRoot { Config = new QemuConfig { Vnc = socket, Spice = socket } }.StartAsync();
        DomainRef guest = await root.Get<IDomainPower>().CreateTransientAsync(With("<graphics type='vnc'/><graphics type='spice' autoport='yes'/>"), DomainCreateFlags.StartPaused, Test);
        string xml = await root.Get<IDomainInfo>().GetXmlAsync(guest, default, Test), folder = root.Places.RunFolder(guest.Id, "g");
        Assert.Contains($"<graphics type='vnc' socket='{folder}/vnc.sock'>\n      <listen type='socket' socket='{folder}/vnc.sock'/>", xml, StringComparison.Ordinal);
        Assert.Contains($"<graphics type='spice'>\n      <listen type='socket' socket='{folder}/spice.sock'/>", xml, StringComparison.Ordinal);
    }

    // The link keeps what the start deletes.
    static async Task<bool> IsInMemoryAfterAutostartAsync(QemuConfig config)
    {
        await using var root = new QemuRoot { Config = config };
        await root.StartAsync();
        DomainRef guest = await root.DefineAsync("g");
        await root.Get<IDomainPower>().CreateAsync(guest, DomainCreateFlags.StartPaused, Test);
        await root.Get<IDomainManagedSave>().ManagedSaveAsync(guest, default, Test);
        await root.Get<IDomainAutostart>().SetAutostartAsync(guest, true, Test);
        string saved = root.Places.SaveFile("g"), link = Path.Join(root.Paths.Root!, "saved");
        Assert.Equal(0, (await Command.RunAsync("ln", [saved, link])).ExitCode);
        await root.StopAsync();
        File.Delete(root.Places.AutostartedFile);
        using (FileStream all = File.Open(link, FileMode.Open))
        {
            all.Flush(flushToDisk: true);                // what is not on the disk stays in memory
            await all.CopyToAsync(Stream.Null, Test);
        }
        await root.StartAsync();
        Assert.Equal(DomainState.Paused, (await root.StateAsync(guest)).State);
        Assert.False(File.Exists(saved));
        return (await Command.RunAsync(Needs.Program("fincore"), ["--bytes", "--noheadings", "--output", "RES", link])).Output.Trim() is not "0";
    }

    [Fact, Trait("qemu.conf", "auto_start_bypass_cache")]
    public async Task What_a_guest_is_started_from_with_the_daemon_stays_in_memory_unless_the_opposite_is_set() =>
        Assert.Equal((true, false), (await IsInMemoryAfterAutostartAsync(new QemuConfig()), await IsInMemoryAfterAutostartAsync(new QemuConfig { AutoStartBypassCache = true })));

    [Fact, Trait("qemu.conf", "migrate_tls_force")]
    public async Task A_migration_without_TLS_is_refused_if_that_is_set()
    {
        await using QemuRoot root = await new QemuRoot { Config = new QemuConfig { MigrateTlsForce = true } }.StartAsync();
        DomainRef guest = await root.Get<IDomainPower>().CreateTransientAsync(QemuRoot.Guest("g"), DomainCreateFlags.StartPaused, Test);
        Exception refused = await Assert.ThrowsAnyAsync<Exception>(async () => await root.Get<IDomainMigrationParameters>().BeginAsync(guest, [], DomainMigrateFlags.Live, Test));
        Assert.Contains("TLS", refused.Message, StringComparison.Ordinal);
    }

    /// <summary>Whoever leads: keeps what it is told.</summary>
    sealed class Leader : IPeerMigrations
    {
        internal PeerMigration? Told { get; private set; }

        public ValueTask LeadAsync(Func<ulong, IDriverConnection> source, PeerMigration migration, CancellationToken cancel)
        {
            Told = migration;
            return ValueTask.CompletedTask;
        }
    }

    [Fact, Trait("qemu.conf", "keepalive_interval"), Trait("qemu.conf", "keepalive_count")]
    public async Task The_daemon_that_a_guest_moves_to_is_asked_whether_it_is_there_as_often_as_is_set()
    {
        var leader = new Leader();
        await using QemuRoot root = await new QemuRoot { Peers = leader, Config = new QemuConfig { KeepaliveInterval = 7, KeepaliveCount = 3 } }.StartAsync();
        DomainRef guest = await root.Get<IDomainPower>().CreateTransientAsync(QemuRoot.Guest("g"), DomainCreateFlags.StartPaused, Test);
        await root.Get<IDomainMigrationParameters>().PerformAsync(guest, "qemu+tcp://elsewhere/system", [], [], DomainMigrateFlags.Live | DomainMigrateFlags.PeerToPeer, Test);
        Assert.Equal((7, 3), (leader.Told!.KeepaliveInterval, leader.Told.KeepaliveCount));
    }
}
