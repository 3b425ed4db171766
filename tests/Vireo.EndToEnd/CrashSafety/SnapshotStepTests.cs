using System.Text.RegularExpressions;
using Vireo.Driver;
using Vireo.EndToEnd.Qemu;
using Xunit;
using static Vireo.EndToEnd.CrashSafety.Steps;

namespace Vireo.EndToEnd.CrashSafety;

// kill -9 of the daemon at every step of making, going back to and deleting snapshots.

/// <summary>A guest with one image of its own, in a folder where nothing else is.</summary>
static partial class StepSnapshots
{
    internal static string FolderOf(string root) => Path.Join(root, "user", "shots");

    internal static string Disk(string root) => Path.Join(FolderOf(root), "disk.qcow2");

    internal static string Guest(string root) => $"""
        <domain type='qemu'><name>c1</name><memory unit='MiB'>32</memory><os><type arch='x86_64' machine='pc'>hvm</type></os><devices>
        <disk type='file'><driver name='qemu' type='qcow2'/><source file='{Disk(root)}'/><target dev='vda' bus='virtio'/></disk></devices></domain>
        """;

    internal static string Xml(string name, string more = "") => $"<domainsnapshot><name>{name}</name>{more}</domainsnapshot>";

    internal static async Task<string> MakeAsync(string root)
    {
        if (Directory.Exists(FolderOf(root)))
            Directory.Delete(FolderOf(root), recursive: true);
        Directory.CreateDirectory(FolderOf(root));
        File.SetUnixFileMode(FolderOf(root), (UnixFileMode)0b111_101_101);
        await Images.MakeAsync(Disk(root), null, 3, 0);
        return await Images.HashAsync(Disk(root));
    }

    /// <summary>Goes through all moments of the flows.</summary>
    internal static async Task RecordAsync(QemuRoot root, CancellationToken test)
    {
        string at = root.Paths.Root!;
        var shots = root.Get<ISnapshots>();
        await MakeAsync(at);
        DomainRef guest = await root.Get<IDomainDefinition>().DefineAsync(Guest(at), default, test);
        SnapshotRef inside = await shots.CreateSnapshotAsync(guest, Xml("inside"), default, test);
        SnapshotRef outside = await shots.CreateSnapshotAsync(guest, Xml("outside"), SnapshotCreateFlags.DiskOnly, test);
        await shots.RevertAsync(inside, default, test);
        await shots.RevertAsync(outside, default, test);
        guest = await root.Get<IDomainPower>().CreateAsync(guest, DomainCreateFlags.StartPaused, test);
        await shots.CreateSnapshotAsync(guest, Xml("live"), SnapshotCreateFlags.DiskOnly, test);
        await shots.DeleteSnapshotAsync(new SnapshotRef("live", guest), default, test);
        await shots.CreateSnapshotAsync(guest, Xml("memory"), default, test);
        await root.Get<IDomainPower>().DestroyAsync(guest, test);
        await root.Get<IDomainDefinition>().UndefineAsync(guest, DomainUndefineFlags.SnapshotsMetadata, test);
    }

    [GeneratedRegex("<source file='([^']*)'")]
    internal static partial Regex Source();
}

public sealed class SnapshotStepTests
{
    static async Task<Domain> DefineAsync(CrashRoot root, bool starts)
    {
        Domain guest = await root.Client.DefineDomainAsync(StepSnapshots.Guest(root.Daemon.Root), cancel: Test);
        if (starts)
            await guest.StartAsync(DomainCreateFlags.StartPaused, Test);
        return guest;
    }

    // Whatever the daemon came to: the machine has its content, every snapshot that is listed has its own, and no image is left that nobody has.
    static async Task IsWholeAsync(CrashRoot root, string moment, string hash, bool runs)
    {
        Domain guest = await root.Client.GetDomainAsync("c1", Test);
        await guest.SetAutostartAsync(false, Test);      // a change like others: it waits until the guest has been taken over
        Assert.Equal(runs, await guest.IsActiveAsync(Test));
        if (runs)
            await guest.DestroyAsync(cancel: Test);
        await root.SettleAsync(moment);
        string top = StepSnapshots.Source().Match(await guest.GetXmlAsync(cancel: Test)).Groups[1].Value;
        Assert.Equal(hash, await Images.HashAsync(top));
        HashSet<string> named = [.. await Images.ChainPathsAsync(top)];
        foreach (DomainSnapshot shot in await guest.ListSnapshotsAsync(cancel: Test))
        {
            var def = await shot.GetDefinitionAsync(cancel: Test);
            string file = ((Model.Domain.Devices.DiskSource.OfFile)def.Domain!.Def!.Devices.Disks[0].Source).Path!;
            bool inside = def.Disks[0].Location is Model.Snapshot.SnapshotLocation.Internal;
            Assert.Equal(hash, await Images.HashAsync(file, inside ? def.Name : null));
            named.UnionWith(await Images.ChainPathsAsync(file));
            if (def.Disks[0].Image is { } overlay) named.Add(overlay);
        }
        Assert.Empty(Directory.GetFiles(StepSnapshots.FolderOf(root.Daemon.Root)).Except(named));
        await guest.CreateSnapshotAsync(StepSnapshots.Xml("after"), SnapshotCreateFlags.DiskOnly, Test);      // nothing is stuck
        await guest.UndefineAsync(DomainUndefineFlags.SnapshotsMetadata, Test);
    }

    static async Task<DomainSnapshot> FindAsync(Domain guest, string name) => (await guest.ListSnapshotsAsync(cancel: Test)).Single(s => s.Name == name);

    static Task RunAsync(string flow, bool starts, Func<Domain, Task> prepare, Func<Domain, Task> change) => ForEachAsync(flow, async (root, moment) =>
    {
        string hash = await StepSnapshots.MakeAsync(root.Daemon.Root);
        await prepare(await DefineAsync(root, starts));
        root.DieAt(moment);
        await DieAsync(root, async client => await change(await client.GetDomainAsync("c1", Test)));
        await root.StartAgainAsync();
        await IsWholeAsync(root, moment, hash, starts);
    });

    [Theory]
    [InlineData("snapshot-offline", false, true)]
    [InlineData("snapshot-internal", false, false)]
    [InlineData("snapshot", true, true)]
    [InlineData("snapshot-memory", true, false)]
    public Task A_snapshot_is_there_or_nothing_of_it(string flow, bool starts, bool external) => RunAsync(flow, starts, static _ => Task.CompletedTask,
        async guest => await guest.CreateSnapshotAsync(StepSnapshots.Xml("shot"), external ? SnapshotCreateFlags.DiskOnly : default, Test));

    [Fact]
    public Task Going_back_is_done_or_not() => RunAsync("snapshot-revert", false, async guest =>
    {
        await guest.CreateSnapshotAsync(StepSnapshots.Xml("inside"), default, Test);
        await guest.CreateSnapshotAsync(StepSnapshots.Xml("outside"), SnapshotCreateFlags.DiskOnly, Test);
    }, async guest =>
    {
        await (await FindAsync(guest, "inside")).RevertAsync(cancel: Test);
        await (await FindAsync(guest, "outside")).RevertAsync(cancel: Test);
    });

    [Fact]
    public Task A_snapshot_is_deleted_or_can_still_be() => RunAsync("snapshot-delete", false,
        async guest => await guest.CreateSnapshotAsync(StepSnapshots.Xml("shot"), SnapshotCreateFlags.DiskOnly, Test),
        async guest => await (await FindAsync(guest, "shot")).DeleteSnapshotAsync(cancel: Test));
}
