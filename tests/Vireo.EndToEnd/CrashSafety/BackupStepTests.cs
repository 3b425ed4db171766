using Vireo.Driver;
using Vireo.EndToEnd.Qemu;
using Vireo.Model.Backup;
using Xunit;
using static Vireo.EndToEnd.CrashSafety.Steps;

namespace Vireo.EndToEnd.CrashSafety;

// kill -9 of the daemon at every step of making and deleting checkpoints, and of backups.

/// <summary>Checkpoints and backups of the guest that has one image of its own.</summary>
static class StepBackups
{
    internal static string Checkpoint(string name) => $"<domaincheckpoint><name>{name}</name><disks><disk name='vda'/></disks></domaincheckpoint>";

    internal static string Target(string root) => Path.Join(StepSnapshots.FolderOf(root), "backup");

    internal static string Push(string root, string? since = null) =>
        $"<domainbackup>{(since is null ? "" : $"<incremental>{since}</incremental>")}<disks><disk name='vda' type='file'><target file='{Target(root)}'/></disk></disks></domainbackup>";

    internal static string Pull(string root, string folder = ".", string? since = null) => $"""
        <domainbackup mode='pull'>{(since is null ? "" : $"<incremental>{since}</incremental>")}
          <server transport='unix' socket='{Path.Join(StepSnapshots.FolderOf(root), folder, "sock")}'/>
          <disks><disk name='vda'><scratch file='{Path.Join(StepSnapshots.FolderOf(root), "scratch")}'/></disk></disks></domainbackup>
        """;

    /// <summary>Where a server's socket cannot be, so that what was done is undone.</summary>
    internal const string Nowhere = "nowhere";

    internal static async Task<string> MakeAsync(string root)
    {
        string hash = await StepSnapshots.MakeAsync(root);
        File.SetUnixFileMode(StepSnapshots.FolderOf(root), (UnixFileMode)0b111_111_111);
        return hash;
    }

    /// <summary>Goes through all moments of the flows.</summary>
    internal static async Task RecordAsync(QemuRoot root, CancellationToken test)
    {
        string at = root.Paths.Root!;
        await MakeAsync(at);
        DomainRef guest = await root.Get<IDomainDefinition>().DefineAsync(StepSnapshots.Guest(at), default, test);
        guest = await root.Get<IDomainPower>().CreateAsync(guest, DomainCreateFlags.StartPaused, test);
        var checkpoints = root.Get<ICheckpoints>();
        await checkpoints.CreateCheckpointAsync(guest, Checkpoint("first"), default, test);
        await checkpoints.DeleteCheckpointAsync(await checkpoints.CreateCheckpointAsync(guest, Checkpoint("gone"), default, test), default, test);
        await Assert.ThrowsAnyAsync<Exception>(() => root.Get<IDomainBackup>().BeginBackupAsync(guest, Pull(at, Nowhere, "first"), Checkpoint("not"), default, test).AsTask());
        await root.Get<IDomainBackup>().BeginBackupAsync(guest, Pull(at, since: "first"), Checkpoint("second"), default, test);
        await root.Get<IDomainJobs>().AbortJobAsync(guest, default, test);
        while ((await root.Get<IDomainJobs>().GetJobStatisticsAsync(guest, default, test)).Type is not DomainJobType.None)
            await Task.Delay(10, test);
        await root.Get<IDomainPower>().DestroyAsync(guest, test);
        await root.Get<IDomainDefinition>().UndefineAsync(guest, DomainUndefineFlags.CheckpointsMetadata, test);
    }
}

public sealed class BackupStepTests
{
    // The guest of the case before, which has no checkpoints any more, or the first; and what is on its disk.
    static async Task<(Domain Guest, string Hash)> RunningAsync(CrashRoot root)
    {
        Domain guest;
        string hash;
        if ((await root.ListAsync()).Any(static d => d.Name == "c1"))
        {
            guest = await root.Client.GetDomainAsync("c1", Test);
            hash = await Images.HashAsync(StepSnapshots.Disk(root.Daemon.Root));
        }
        else
        {
            root.Others.Add("c1");
            hash = await StepBackups.MakeAsync(root.Daemon.Root);
            guest = await root.Client.DefineDomainAsync(StepSnapshots.Guest(root.Daemon.Root), cancel: Test);
            await guest.StartAsync(DomainCreateFlags.StartPaused, Test);
        }
        await guest.CreateCheckpointAsync(StepBackups.Checkpoint("first"), cancel: Test);
        return (guest, hash);
    }

    // Whatever the daemon came to: what is listed as a checkpoint can be backed up from, one that was being made is there or its name is free, what goes on can be ended, and no file is left.
    static async Task IsWholeAsync(CrashRoot root, string hash, string[] surely)
    {
        string at = root.Daemon.Root;
        Domain guest = await root.Client.GetDomainAsync("c1", Test);
        await guest.SetAutostartAsync(false, Test);      // a change like others: it waits until the guest has been taken over
        Assert.True(await guest.IsActiveAsync(Test));
        try
        {
            await guest.AbortJobAsync(cancel: Test);
        }
        catch (Core.Errors.VireoException)
        {
            // There is none.
        }
        await StepImages.UntilAsync(async () => (await guest.GetJobStatisticsAsync(cancel: Test)).Type is DomainJobType.None);
        if (File.Exists(StepBackups.Target(at)))
            File.Delete(StepBackups.Target(at));        // one that its caller was not told of, and that was done
        Assert.Equal([StepSnapshots.Disk(at)], Directory.GetFiles(StepSnapshots.FolderOf(at)));
        string[] listed = [.. (await guest.ListCheckpointsAsync(cancel: Test)).Select(static c => c.Name)];
        Assert.Empty(surely.Except(listed));
        foreach (string name in listed)
        {
            await guest.BeginBackupAsync(StepBackups.Push(at, name), cancel: Test);
            await StepImages.UntilAsync(async () => (await guest.GetJobStatisticsAsync(cancel: Test)).Type is DomainJobType.None);
            File.Delete(StepBackups.Target(at));
        }
        foreach (string free in new[] { "first", "second" }.Except(listed))
            await guest.CreateCheckpointAsync(StepBackups.Checkpoint(free), cancel: Test);
        await guest.BeginBackupAsync(StepBackups.Push(at), cancel: Test);
        await StepImages.UntilAsync(async () => (await guest.GetJobStatisticsAsync(cancel: Test)).Type is DomainJobType.None);
        Assert.Equal(hash, await Images.HashAsync(StepBackups.Target(at)));
        File.Delete(StepBackups.Target(at));
        Assert.Equal(hash, await Images.HashAsync(StepSnapshots.Disk(at)));
        foreach (DomainCheckpoint done in await guest.ListCheckpointsAsync(cancel: Test))
            await done.DeleteCheckpointAsync(cancel: Test);
    }

    static Task RunAsync(string flow, Func<Domain, string, string, Task> change, params string[] surely) => ForEachAsync(flow, async (root, moment) =>
    {
        string hash = (await RunningAsync(root)).Hash;
        root.DieAt(moment);
        await DieAsync(root, async client => await change(await client.GetDomainAsync("c1", Test), root.Daemon.Root, moment));
        await root.StartAgainAsync();
        await IsWholeAsync(root, hash, surely);
    }, stays: true);

    [Fact]
    public Task A_checkpoint_is_there_or_its_name_is_free() => RunAsync("checkpoint",
        static async (guest, _, _) => await guest.CreateCheckpointAsync(StepBackups.Checkpoint("second"), cancel: Test), "first");

    [Fact]
    public Task A_checkpoint_is_deleted_or_can_still_be() => ForEachAsync("checkpoint-delete", async (root, moment) =>
    {
        var (guest, hash) = await RunningAsync(root);
        await guest.CreateCheckpointAsync(StepBackups.Checkpoint("second"), cancel: Test);
        root.DieAt(moment);
        await DieAsync(root, static async client => await (await FindAsync(await client.GetDomainAsync("c1", Test), "first")).DeleteCheckpointAsync(cancel: Test));
        await root.StartAgainAsync();
        guest = await root.Client.GetDomainAsync("c1", Test);
        await guest.SetAutostartAsync(false, Test);
        foreach (DomainCheckpoint left in (await guest.ListCheckpointsAsync(cancel: Test)).Where(static c => c.Name == "first"))
            await left.DeleteCheckpointAsync(cancel: Test);
        await IsWholeAsync(root, hash, ["second"]);
    }, stays: true);

    static async Task<DomainCheckpoint> FindAsync(Domain guest, string name) => (await guest.ListCheckpointsAsync(cancel: Test)).Single(c => c.Name == name);

    [Fact]
    public Task A_backup_goes_on_or_nothing_of_it_is_left() => RunAsync("backup", static async (guest, root, moment) => await guest.BeginBackupAsync(
        StepBackups.Pull(root, moment.EndsWith(":undo", StringComparison.Ordinal) || moment.EndsWith(":undone", StringComparison.Ordinal) ? StepBackups.Nowhere : ".", "first"), StepBackups.Checkpoint("second"), cancel: Test), "first");

    [Fact]
    public Task The_end_of_a_backup_is_made_true_by_the_next_daemon() => RunAsync("backup-end", static async (guest, root, _) =>
    {
        await guest.BeginBackupAsync(StepBackups.Push(root, "first"), StepBackups.Checkpoint("second"), cancel: Test);
        while (true)        // until the daemon dies of the backup's end
            await guest.GetJobStatisticsAsync(cancel: Test);
    }, "first", "second");
}
