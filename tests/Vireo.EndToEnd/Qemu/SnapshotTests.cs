using Vireo.Core.Errors;
using Vireo.Driver;
using Vireo.Model.Snapshot;
using Xunit;

namespace Vireo.EndToEnd.Qemu;

/// <summary>Snapshots of a real guest: what is shown, where it is kept, and what is in the images.</summary>
public sealed class SnapshotTests
{
    static CancellationToken Test => TestContext.Current.CancellationToken;

    static async Task<(QemuRoot Root, DomainRef Guest, string Disk)> DefineAsync()
    {
        var root = await new QemuRoot().StartAsync();
        string folder = Path.Join(root.Paths.Root!, "images");
        Directory.CreateDirectory(folder);
        File.SetUnixFileMode(folder, (UnixFileMode)0b111_101_101);
        string disk = await Images.MakeAsync(Path.Join(folder, "disk.qcow2"), null, 1, 0);
        string xml = QemuRoot.Guest("shots").Replace("<serial type='pty'/>", $"<disk type='file'><driver name='qemu' type='qcow2'/><source file='{disk}'/><target dev='vda' bus='virtio'/></disk>", StringComparison.Ordinal);
        return (root, await root.Get<IDomainDefinition>().DefineAsync(xml, default, Test), disk);
    }

    static async Task<SnapshotRef> TakeAsync(QemuRoot root, DomainRef guest, string name, SnapshotCreateFlags flags = default, string more = "") =>
        await root.Get<ISnapshots>().CreateSnapshotAsync(guest, $"<domainsnapshot><name>{name}</name>{more}</domainsnapshot>", flags, Test);

    static async Task<SnapshotDef> ReadAsync(QemuRoot root, SnapshotRef snapshot) =>
        SnapshotDef.Parse(await root.Get<ISnapshots>().GetSnapshotXmlAsync(snapshot, default, Test), SnapshotParse.Redefine);

    [Fact]
    public async Task The_next_daemon_knows_the_snapshots_and_which_is_the_current_one()
    {
        var (root, guest, _) = await DefineAsync();
        await using var _ = root;
        await TakeAsync(root, guest, "one");
        await TakeAsync(root, guest, "two");
        Assert.Contains("<active>1</active>", await File.ReadAllTextAsync(Path.Join(root.Places.SnapshotDir, "shots", "two.xml"), Test), StringComparison.Ordinal);
        await root.StopAsync();
        await root.StartAsync();
        Assert.Equal("two", (await root.Get<ISnapshots>().GetCurrentSnapshotAsync(guest, 0, Test)).Name);
        Assert.Equal("one", (await ReadAsync(root, new SnapshotRef("two", guest))).Parent);
        var refused = await Assert.ThrowsAsync<VireoException>(() => root.Get<IDomainDefinition>().UndefineAsync(guest, default, Test).AsTask());
        Assert.Equal("Requested operation is not valid: cannot delete inactive domain with 2 snapshots", refused.Message);
        await root.Get<IDomainDefinition>().UndefineAsync(guest, DomainUndefineFlags.SnapshotsMetadata, Test);
        Assert.False(Directory.Exists(Path.Join(root.Places.SnapshotDir, "shots")));
    }

    [Fact]
    public async Task A_machine_keeps_its_snapshots_and_its_new_name()
    {
        var (root, guest, disk) = await DefineAsync();
        await using var _ = root;
        await TakeAsync(root, guest, "one");
        await root.Get<IDomainRename>().RenameAsync(guest, "other", 0, Test);
        guest = guest with { Name = "other" };
        await root.Get<ISnapshots>().RevertAsync(new SnapshotRef("one", guest), default, Test);
        await root.StopAsync();
        await root.StartAsync();
        Assert.Equal("one", (await root.Get<ISnapshots>().GetCurrentSnapshotAsync(guest, 0, Test)).Name);
        Assert.Equal(["other"], (await root.Get<IDomainListing>().ListAllAsync(ListDomainsFlags.None, Test)).Select(static d => d.Name));
        Assert.Equal(["one"], await Images.SnapshotsAsync(disk));
    }

    [Fact]
    public async Task A_running_guest_goes_back_to_its_memory_inside_the_image()
    {
        var (root, guest, disk) = await DefineAsync();
        await using var _ = root;
        guest = await root.Get<IDomainPower>().CreateAsync(guest, DomainCreateFlags.None, Test);
        SnapshotRef inside = await TakeAsync(root, guest, "inside");
        Assert.Equal(DomainState.Running, (await root.StateAsync(guest)).State);
        Assert.Equal(["inside"], await Images.SnapshotsAsync(disk));
        await root.Get<ISnapshots>().RevertAsync(inside, SnapshotRevertFlags.Paused, Test);
        Assert.Equal(new DomainStateReason(DomainState.Paused, (int)DomainPausedReason.FromSnapshot), await root.StateAsync(guest));
        await root.Get<ISnapshots>().RevertAsync(inside, SnapshotRevertFlags.None, Test);
        Assert.Equal(new DomainStateReason(DomainState.Running, (int)DomainRunningReason.FromSnapshot), await root.StateAsync(guest));
        await root.Get<ISnapshots>().DeleteSnapshotAsync(inside, default, Test);
        Assert.Empty(await Images.SnapshotsAsync(disk));
        await root.HeardAsync($"shots on {DomainEventType.Started} {(int)DomainEventStartedDetail.FromSnapshot}");
    }

    [Fact]
    public async Task A_running_guest_goes_back_to_its_memory_beside_the_image()
    {
        var (root, guest, disk) = await DefineAsync();
        await using var _ = root;
        string memory = Path.Join(Path.GetDirectoryName(disk), "memory");
        guest = await root.Get<IDomainPower>().CreateAsync(guest, DomainCreateFlags.None, Test);
        SnapshotRef beside = await TakeAsync(root, guest, "beside", default, $"<memory snapshot='external' file='{memory}'/>");
        Assert.Equal(DomainState.Running, (await root.StateAsync(guest)).State);
        Assert.Equal(SnapshotState.Running, (await ReadAsync(root, beside)).State);
        await root.Get<ISnapshots>().RevertAsync(beside, SnapshotRevertFlags.None, Test);
        Assert.Equal(new DomainStateReason(DomainState.Running, (int)DomainRunningReason.FromSnapshot), await root.StateAsync(guest));
        await root.Get<IDomainPower>().DestroyAsync(guest, Test);
        await root.Get<ISnapshots>().DeleteSnapshotAsync(beside, SnapshotDeleteFlags.Children, Test);
        Assert.False(File.Exists(memory));
    }

    [Fact]
    public async Task What_an_external_snapshot_keeps_outlives_a_return_to_a_state_inside_its_image()
    {
        var (root, guest, disk) = await DefineAsync();
        await using var _ = root;
        string first = await Images.HashAsync(disk);
        SnapshotRef inside = await TakeAsync(root, guest, "inside");
        await Images.WriteAsync(disk, 9, 1);
        string second = await Images.HashAsync(disk);
        SnapshotRef outside = await TakeAsync(root, guest, "outside", SnapshotCreateFlags.DiskOnly);
        await root.Get<ISnapshots>().RevertAsync(inside, default, Test);
        Assert.Equal(first, await Images.HashAsync(disk));
        await root.Get<ISnapshots>().RevertAsync(outside, default, Test);
        string xml = await root.Get<IDomainInfo>().GetXmlAsync(guest, default, Test);
        string now = xml.Split("<source file='")[1].Split('\'')[0];
        Assert.Equal(second, await Images.HashAsync(now));
        await root.Get<ISnapshots>().RevertAsync(inside, default, Test);
        await root.Get<ISnapshots>().DeleteSnapshotAsync(outside, default, Test);
        Assert.Equal(first, await Images.HashAsync(disk));
        Assert.Equal([disk], Directory.GetFiles(Path.GetDirectoryName(disk)!));
    }

    [Fact]
    public async Task Deleting_one_of_a_running_guests_images_merges_it()
    {
        var (root, guest, disk) = await DefineAsync();
        await using var _ = root;
        string content = await Images.HashAsync(disk);
        guest = await root.Get<IDomainPower>().CreateAsync(guest, DomainCreateFlags.StartPaused, Test);
        foreach (string name in new[] { "a", "b", "c" })
            await TakeAsync(root, guest, name, SnapshotCreateFlags.DiskOnly);
        foreach (string name in new[] { "b", "c", "a" })
            await root.Get<ISnapshots>().DeleteSnapshotAsync(new SnapshotRef(name, guest), default, Test);
        Assert.Equal([disk], Directory.GetFiles(Path.GetDirectoryName(disk)!));
        Assert.Contains($"<source file='{disk}'", await root.Get<IDomainInfo>().GetXmlAsync(guest, DomainXmlFlags.Inactive, Test), StringComparison.Ordinal);
        await root.Get<IDomainPower>().DestroyAsync(guest, Test);
        Assert.Equal(content, await Images.HashAsync(disk));
    }

    [Fact]
    public async Task Nothing_that_is_there_is_overwritten()
    {
        var (root, guest, disk) = await DefineAsync();
        await using var _ = root;
        string other = await Images.MakeAsync(Path.Join(Path.GetDirectoryName(disk), "other.qcow2"), null, 5, 0);
        string content = await Images.HashAsync(other);
        var refused = await Assert.ThrowsAsync<VireoException>(() => TakeAsync(root, guest, "x", SnapshotCreateFlags.DiskOnly, $"<disks><disk name='vda' snapshot='external'><source file='{other}'/></disk></disks>"));
        Assert.Equal((ErrorCode.ConfigUnsupported, $"unsupported configuration: external snapshot file for disk vda already exists and is not a block device: {other}"), (refused.Code, refused.Message));
        Assert.Equal(content, await Images.HashAsync(other));
        var quiet = await Assert.ThrowsAsync<VireoException>(() => TakeAsync(root, guest, "x", SnapshotCreateFlags.Quiesce));
        Assert.Equal("Flag 'VIR_DOMAIN_SNAPSHOT_CREATE_DISK_ONLY' is required by flag 'VIR_DOMAIN_SNAPSHOT_CREATE_QUIESCE'", quiet.Message);
    }
}
