using Vireo.Core.Errors;
using Vireo.Driver;
using Vireo.Driver.Contracts;
using Xunit;

namespace Vireo.Tests.Drivers.Storage.Kinds;

/// <summary>Pools of disks behind adapters and iSCSI targets, on a host of files. Lines and messages are those of libvirt 9.0.0 on the same tree.</summary>
public sealed class ScsiPoolTests : IAsyncDisposable
{
    const string Portal = "127.0.0.1:3260,1", Target = "iqn.2004-04.fake:disk";
    readonly StorageRoot root = new();
    readonly ToldPrograms programs;
    readonly string host;

    public ScsiPoolTests()
    {
        programs = new ToldPrograms(root.Folder);
        (root.Programs, root.HostRoot) = (programs.Find, host = Path.Join(root.Folder, "host"));
        programs.Make("udevadm", "");
        programs.Make("scsi_id", "case \"$*\" in *lun-0) echo 3600fake1;; esac");
        programs.Make("iscsiadm", $$"""
            case "$*" in
            '--mode session') [ -e "$notes/in" ] || exit 21; echo 'tcp: [1] 10.9.9.9:3260,1 iqn.other (non-flash)'; echo 'tcp: [3] {{Portal}} {{Target}} (non-flash)';;
            *--login*) touch "$notes/in";;
            *--logout*) rm "$notes/in";;
            '--mode iface') echo 'default tcp,<empty>,<empty>,<empty>,<empty>'; [ ! -e "$notes/made" ] || echo 'libvirt-iface-1 tcp,<empty>,<empty>,<empty>,iqn.me';;
            *iface.initiatorname*) touch "$notes/made";;
            *sendtargets*) echo '{{Portal}} {{Target}}'; echo '{{Portal}} iqn.2004-04.fake:tape';;
            esac
            """);
        Folder("sys/class/scsi_host/host7");
        File.WriteAllText(Path.Join(host, "sys/class/scsi_host/host7/scan"), "");
        Folder("sys/class/iscsi_session/session3/device/target7:0:0");
        Folder("dev/disk/by-path");
        Unit("7:0:0:0", "sdy", 0);
        Unit("7:0:0:2", "sdx", 5);
        Unit("7:0:0:3", "st0", 1);
        Unit("8:0:0:0", "sdw", 0);
        Name("pci-lun-0", "sdy");
    }

    public ValueTask DisposeAsync() => root.DisposeAsync();

    void Folder(string path) => Directory.CreateDirectory(Path.Join(host, path));

    void Unit(string name, string device, int type)
    {
        Folder($"sys/bus/scsi/devices/{name}/block/{device}");
        File.WriteAllText(Path.Join(host, $"sys/bus/scsi/devices/{name}/type"), $"{type}\n");
        File.WriteAllBytes(Path.Join(host, "dev", device), new byte[8192]);
    }

    void Name(string link, string device) => File.CreateSymbolicLink(Path.Join(host, "dev/disk/by-path", link), "../../" + device);

    static string Scsi(string adapter, string target) => $"<pool type='scsi'><name>s</name><source><adapter name='{adapter}'/></source><target><path>{target}</path></target></pool>";

    static string Iscsi(string more = "") =>
        $"<pool type='iscsi'><name>i</name><source><host name='127.0.0.1'/><device path='{Target}'/>{more}</source><target><path>/dev/disk/by-path</path></target></pool>";

    async Task<VireoException> RefusedAsync(string xml) =>
        await Assert.ThrowsAsync<VireoException>(async () => await root.Get<IStoragePoolLifecycle>().CreateTransientAsync(xml, StoragePoolCreateFlags.Normal, default));

    [Fact]
    public async Task A_host_without_disks_has_an_empty_pool_after_a_scan()
    {
        await root.StartAsync();
        Directory.Delete(Path.Join(host, "sys/bus/scsi/devices"), recursive: true);
        StoragePoolRef pool = await root.Get<IStoragePoolLifecycle>().CreateTransientAsync(Scsi("scsi_host7", "/dev"), StoragePoolCreateFlags.Normal, default);
        Assert.Equal("- - -", File.ReadAllText(Path.Join(host, "sys/class/scsi_host/host7/scan")));
        Assert.Equal(["udevadm settle --timeout=10"], programs.Told);
        Assert.Equal(0UL, (await root.Get<IStoragePoolInfo>().GetInfoAsync(pool, default)).Capacity);
    }

    [Fact]
    public async Task Disks_with_a_name_that_stays_are_volumes()
    {
        await root.StartAsync();
        StoragePoolRef pool = await root.Get<IStoragePoolLifecycle>().CreateTransientAsync(Scsi("host7", "/dev/disk/by-path"), StoragePoolCreateFlags.Normal, default);
        StorageVolumeRef volume = Assert.Single(await root.Get<IStorageVolumeLookup>().ListVolumesAsync(pool, 0, default));
        Assert.Equal(("unit:0:0:0", "3600fake1"), (volume.Name, volume.Key));
        Assert.Equal("/dev/disk/by-path/pci-lun-0", await root.Get<IStorageVolumeInfo>().GetPathAsync(volume, default));
        Assert.Equal(8192UL, (await root.Get<IStoragePoolInfo>().GetInfoAsync(pool, default)).Capacity);
        Assert.Equal(["udevadm settle --timeout=10", "scsi_id --replace-whitespace --whitelisted --device /dev/disk/by-path/pci-lun-0"], programs.Told);
    }

    [Fact]
    public async Task In_the_folder_of_all_devices_each_disk_is_one()
    {
        await root.StartAsync();
        StoragePoolRef pool = await root.Get<IStoragePoolLifecycle>().CreateTransientAsync(Scsi("host7", "/dev"), StoragePoolCreateFlags.Normal, default);
        Assert.Equal(["unit:0:0:0", "unit:0:0:2"], await root.Get<IStorageVolumeLookup>().ListVolumeNamesAsync(pool, default));
        StorageVolumeRef source = new(pool.Name, "unit:0:0:2", "");
        async Task<string> RefusedAsync(string xml, bool from = false) => (await Assert.ThrowsAsync<VireoException>(async () => _ = from
            ? await root.Get<IStorageVolumes>().CreateFromAsync(pool, xml, source, StorageVolumeCreateFlags.None, default)
            : await root.Get<IStorageVolumes>().CreateAsync(pool, xml, StorageVolumeCreateFlags.None, default))).Message;
        const string New = "<volume><name>x</name><capacity>1</capacity></volume>", There = "<volume><name>unit:0:0:0</name><capacity>1</capacity></volume>";
        const string None = "this function is not supported by the connection driver: storage pool does not support volume creation";
        Assert.Equal(None, await RefusedAsync(New));
        Assert.Equal(None + " from an existing volume", await RefusedAsync(New, from: true));
        Assert.Equal("storage volume 'unit:0:0:0' exists already", await RefusedAsync(There));
        Assert.Equal("internal error: storage volume name 'unit:0:0:0' already in use.", await RefusedAsync(There, from: true));
        Assert.StartsWith("XML error: missing volume name element", await RefusedAsync("<volume><capacity>1</capacity></volume>"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("host9", "/dev", "Could not open '/sys/class/scsi_host/host9/scan' to trigger host scan: No such file or directory")]
    [InlineData("nonsense", "/dev", "internal error: Invalid adapter name 'nonsense' for SCSI pool")]
    [InlineData("host7", "/mnt", "invalid argument: unable to use target path '/mnt' for dev 'sdy'")]
    [InlineData("host7", "/dev/nodir", "cannot read dir '/dev/nodir': No such file or directory")]
    public async Task Adapters_and_targets_that_cannot_be_are_refused_as_libvirt_does(string adapter, string target, string message)
    {
        await root.StartAsync();
        Assert.Equal(message, (await RefusedAsync(Scsi(adapter, target))).Message);
    }

    [Fact]
    public async Task A_target_is_logged_in_at_looked_at_and_left()
    {
        await root.StartAsync();
        Directory.Delete(Path.Join(host, "sys/bus/scsi/devices"), recursive: true);
        var pools = root.Get<IStoragePoolLifecycle>();
        StoragePoolRef pool = await pools.CreateTransientAsync(Iscsi(), StoragePoolCreateFlags.Normal, default);
        Assert.Equal(
        [
            "iscsiadm --mode session",
            $"iscsiadm --mode node --portal {Portal} --targetname {Target} --op new",
            $"iscsiadm --mode node --portal {Portal} --targetname {Target} --login",
            "iscsiadm --mode session",
            "iscsiadm --mode session -r 3 -R",
            "udevadm settle --timeout=10",
            "udevadm settle --timeout=10",
        ], programs.Told);
        await pools.DestroyAsync(pool, default);
        Assert.Equal(["iscsiadm --mode session", $"iscsiadm --mode node --portal {Portal} --targetname {Target} --logout"], programs.Told);
    }

    [Fact]
    public async Task Who_logs_in_says_so_with_a_secret_and_by_an_interface()
    {
        root.Secrets = new OneSecret();
        await root.StartAsync();
        Directory.Delete(Path.Join(host, "sys/bus/scsi/devices"), recursive: true);
        await root.Get<IStoragePoolLifecycle>().CreateTransientAsync(
            Iscsi("<auth type='chap' username='me'><secret usage='u'/></auth><initiator><iqn name='iqn.me'/></initiator>"), StoragePoolCreateFlags.Normal, default);
        IReadOnlyList<string> told = programs.Told;
        Assert.Equal(
        [
            "iscsiadm --mode session",
            $"iscsiadm --mode node --portal {Portal} --targetname {Target} --op new",
            $"iscsiadm --mode node --portal {Portal} --target {Target} --op update --name node.session.auth.authmethod --value CHAP",
            $"iscsiadm --mode node --portal {Portal} --target {Target} --op update --name node.session.auth.username --value me",
            $"iscsiadm --mode node --portal {Portal} --target {Target} --op update --name node.session.auth.password --value hallo",
            "iscsiadm --mode iface",
        ], told.Take(6));
        string made = told[6].Split(' ')[4];
        Assert.StartsWith("libvirt-iface-", made, StringComparison.Ordinal);
        Assert.Equal(
        [
            $"iscsiadm --mode iface --interface {made} --op new",
            $"iscsiadm --mode iface --interface {made} --op update --name iface.initiatorname --value iqn.me",
            "iscsiadm --mode iface",
            $"iscsiadm --mode discovery --type sendtargets --portal {Portal} --interface libvirt-iface-1",
            $"iscsiadm --mode node --portal {Portal} --targetname {Target} --login --interface libvirt-iface-1",
        ], told.Skip(6).Take(5));
    }

    [Fact]
    public async Task A_server_is_asked_for_its_targets()
    {
        await root.StartAsync();
        string found = await root.Get<IStoragePoolSources>().FindSourcesAsync("iscsi", "<source><host name='127.0.0.1' port='3261'/></source>", 0, default);
        Assert.Equal(["iscsiadm --mode discovery --type sendtargets --portal 127.0.0.1:3261,1 --op nonpersistent"], programs.Told);
        Assert.Equal($"""
            <sources>
              <source>
                <host name='127.0.0.1' port='3261'/>
                <device path='{Target}'/>
              </source>
              <source>
                <host name='127.0.0.1' port='3261'/>
                <device path='iqn.2004-04.fake:tape'/>
              </source>
            </sources>

            """, found);
    }

    [Fact]
    public async Task Pools_without_a_target_or_one_host_are_refused()
    {
        await root.StartAsync();
        Assert.Equal("internal error: missing source device", (await RefusedAsync(Iscsi().Replace($"<device path='{Target}'/>", "", StringComparison.Ordinal))).Message);
        Assert.Equal("unsupported configuration: Expected exactly 1 host for the storage pool",
            (await RefusedAsync(Iscsi("<host name='b'/>"))).Message);
    }

    sealed class OneSecret : ISecretValues
    {
        public ValueTask<byte[]> GetValueAsync(SecretLookup which, SecretUsageType usage, CancellationToken cancel) =>
            new((which, usage) == (new SecretLookup(null, "u"), SecretUsageType.Iscsi) ? "hallo"u8.ToArray() : []);
    }
}
