using Vireo.Core.Errors;
using Vireo.Driver;
using Vireo.Model.Checkpoint;
using Xunit;

namespace Vireo.EndToEnd.Qemu;

/// <summary>Checkpoints and backups of a real guest: what is in them, and what is left when something ends in the middle.</summary>
public sealed class BackupTests
{
    static CancellationToken Test => TestContext.Current.CancellationToken;

    static async Task<VireoException> RefusedAsync(Func<Task> change) => await Assert.ThrowsAnyAsync<VireoException>(change);

    [Fact]
    public async Task A_chain_of_backups_restores_every_moment()
    {
        var guest = await BackedGuest.StartAsync();
        await using var _ = guest.Root;
        await guest.WriteAsync(1, 0);
        string full = await guest.PushAsync("full", checkpoint: "c1"), first = guest.Hash;
        await guest.WriteAsync(2, 1);
        string one = await guest.PushAsync("one", "c1", "c2"), second = guest.Hash;
        await guest.PowerOffAsync();
        await guest.PowerOnAsync();
        await guest.RestartAsync();
        await guest.WriteAsync(3, 0, 5);
        string two = await guest.PushAsync("two", "c2", "c3"), third = guest.Hash;
        string skips = await guest.PushAsync("skips", "c1");
        Assert.Equal(first, await BackedGuest.RestoredAsync(full));
        Assert.Equal(second, await BackedGuest.RestoredAsync(full, one));
        Assert.Equal(third, await BackedGuest.RestoredAsync(full, one, two));
        Assert.Equal(third, await BackedGuest.RestoredAsync(full, skips));
        Assert.Equal(["c1", "c2", "c3"], (await guest.Checkpoints.ListCheckpointsAsync(guest.Ref, CheckpointListFlags.Topological, Test)).Select(static c => c.Name));
        Assert.Equal("c2", (await guest.Checkpoints.GetCheckpointParentAsync(new CheckpointRef("c3", guest.Ref), 0, Test)).Name);
    }

    [Fact]
    public async Task What_is_read_is_of_one_instant()
    {
        var guest = await BackedGuest.StartAsync();
        await using var _ = guest.Root;
        await guest.WriteAsync(1, 0);
        await guest.CheckpointAsync("c1");
        await guest.WriteAsync(2, 2, 3);
        string then = guest.Hash;
        await guest.PullAsync("c1", "c2");
        await guest.WriteAsync(9, 0);
        await guest.WriteAsync(9, 2, 3);
        Assert.Equal(then, await guest.ReadAsync());
        Assert.Equal(["2.3"], await guest.ChangedAsync());
        var now = await guest.Root.Get<IDomainJobs>().GetJobStatisticsAsync(guest.Ref, default, Test);
        Assert.Equal((DomainJobType.Unbounded, 9), (now.Type, now.Parameters[0].AsInt));
        await guest.AbortAsync();
        Assert.Equal(["disk.qcow2"], guest.Names);
        var last = await guest.Root.Get<IDomainJobs>().GetJobStatisticsAsync(guest.Ref, DomainGetJobStatsFlags.Completed, Test);
        Assert.Equal("Operation canceled", last.Parameters.Single(static p => p.Name == "errmsg").AsString);
        await guest.PullAsync("c2");
        Assert.Equal(guest.Hash, await guest.ReadAsync());
        Assert.Equal(["0.0", "2.3"], await guest.ChangedAsync());
        await guest.AbortAsync();
    }

    [Fact]
    public async Task A_backup_that_is_read_goes_on_with_the_next_daemon()
    {
        var guest = await BackedGuest.StartAsync();
        await using var _ = guest.Root;
        await guest.WriteAsync(1, 0);
        string then = guest.Hash;
        await guest.PullAsync(checkpoint: "c1");
        await guest.RestartAsync();
        await guest.WriteAsync(2, 0);
        Assert.Equal(then, await guest.ReadAsync());
        Assert.Equal("vda", (await guest.BackupAsync())!.Disks!.All[0].ExportName);
        // It holds the machine: who wants it for long waits.
        Assert.Single(await guest.Root.Get<IMachineJobs>().ListJobsAsync(0, Test));
        await guest.AbortAsync();
        Assert.Equal(["disk.qcow2"], guest.Names);
        await guest.PullAsync("c1");
        Assert.Equal(["0.0"], await guest.ChangedAsync());
        await guest.AbortAsync();
    }

    [Fact]
    public async Task What_was_there_before_a_backup_stays()
    {
        var guest = await BackedGuest.StartAsync();
        await using var _ = guest.Root;
        await guest.MakeScratchAsync();
        string[] before = guest.Names;
        Assert.Equal(2, before.Length);
        await guest.PullAsync(flags: DomainBackupBeginFlags.ReuseExternal);
        await guest.AbortAsync();
        Assert.Equal(before, guest.Names);
        await guest.PullAsync(flags: DomainBackupBeginFlags.ReuseExternal);
        await guest.RestartAsync();
        await guest.PowerOffAsync();
        Assert.Equal(before, guest.Names);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_guest_that_ends_takes_its_backup_along(bool withDaemon)
    {
        var guest = await BackedGuest.StartAsync();
        await using var _ = guest.Root;
        await guest.PullAsync();
        if (withDaemon)
            await guest.PowerOffAsync();
        else
        {
            await guest.Root.StopAsync();
            using (var process = guest.Root.Processes.Find(guest.Root.Pids().Single())!)
            {
                process.Signal(9);
                await process.Exited;
            }
            await guest.Root.StartAsync();
        }
        Assert.Equal(["disk.qcow2"], guest.Names);
        Assert.Null(await guest.BackupAsync());
        await guest.PowerOnAsync();
        await guest.PullAsync();
        Assert.Equal(guest.Hash, await guest.ReadAsync());
        await guest.AbortAsync();
    }

    [Fact]
    public async Task A_broken_chain_says_so_and_a_new_one_begins()
    {
        var guest = await BackedGuest.StartAsync();
        await using var _ = guest.Root;
        await guest.CheckpointAsync("c1");
        await guest.WriteAsync(1, 0);
        await guest.KillAsync();
        await guest.PowerOnAsync();
        var broken = await RefusedAsync(() => guest.PushAsync("inc", "c1"));
        Assert.Equal((ErrorCode.CheckpointInconsistent, "checkpoint inconsistent: missing or broken bitmap 'c1' for disk 'vda'"), (broken.Code, broken.Message));
        Assert.Equal(["disk.qcow2"], guest.Names);
        var sized = CheckpointDef.Parse(await guest.Checkpoints.GetCheckpointXmlAsync(new CheckpointRef("c1", guest.Ref), CheckpointXmlFlags.Size | CheckpointXmlFlags.NoDomain, Test), redefine: true);
        Assert.Null(sized.Disks!.All[0].Size);
        string full = await guest.PushAsync("full", checkpoint: "c2");
        Assert.Equal(await Images.HashAsync(guest.Disk), await Images.HashAsync(full));
        await guest.WriteAsync(2, 1);
        string next = await guest.PushAsync("next", "c2");
        await guest.Checkpoints.DeleteCheckpointAsync(new CheckpointRef("c1", guest.Ref), default, Test);
        await guest.CheckpointAsync("c1");
        await guest.PowerOffAsync();
        Assert.Equal(await Images.HashAsync(guest.Disk), await BackedGuest.RestoredAsync(full, next));
    }

    [Fact]
    public async Task Names_of_broken_bitmaps_that_nobody_knows_are_free_again()
    {
        var guest = await BackedGuest.StartAsync();
        await using var _ = guest.Root;
        await guest.CheckpointAsync("c1");
        await guest.KillAsync();
        await guest.Checkpoints.DeleteCheckpointAsync(new CheckpointRef("c1", guest.Ref), CheckpointDeleteFlags.MetadataOnly, Test);
        await guest.PowerOnAsync();
        await guest.CheckpointAsync("c1");
        await guest.WriteAsync(1, 3);
        await guest.PullAsync("c1");
        Assert.Equal(["3.0"], await guest.ChangedAsync());
        await guest.AbortAsync();
    }

    [Fact]
    public async Task Changes_are_noted_through_snapshots_commits_pulls_and_copies()
    {
        var guest = await BackedGuest.StartAsync();
        await using var _ = guest.Root;
        var jobs = guest.Root.Get<IDomainBlockJobs>();
        async Task UntilAsync(Func<BlockJobInfo, bool> done)
        {
            while (!done(await jobs.GetBlockJobInfoAsync(guest.Ref, "vda", default, Test)))
                await Task.Delay(10, Test);
        }

        async Task ChangedAsync(params string[] pieces)
        {
            string then = guest.Hash;
            await guest.PullAsync("c1");
            Assert.Equal(pieces, await guest.ChangedAsync());
            Assert.Equal(then, await guest.ReadAsync());
            await guest.AbortAsync();
        }

        await guest.CheckpointAsync("c1");
        await guest.WriteAsync(1, 0);
        await guest.Root.Get<ISnapshots>().CreateSnapshotAsync(guest.Ref, "<domainsnapshot><name>s1</name></domainsnapshot>", SnapshotCreateFlags.DiskOnly | SnapshotCreateFlags.NoMetadata, Test);
        await guest.WriteAsync(2, 1);
        await ChangedAsync("0.0", "1.0");
        await guest.Root.Get<ISnapshots>().CreateSnapshotAsync(guest.Ref, "<domainsnapshot><name>s2</name></domainsnapshot>", SnapshotCreateFlags.DiskOnly | SnapshotCreateFlags.NoMetadata, Test);
        await guest.WriteAsync(3, 2);
        await jobs.CommitBlocksAsync(guest.Ref, "vda", guest.Disk, Path.Join(guest.Folder, "disk.s1"), 0, default, Test);
        await UntilAsync(static info => !info.Found);
        await ChangedAsync("0.0", "1.0", "2.0");
        await jobs.PullBlocksAsync(guest.Ref, "vda", 0, default, Test);
        await UntilAsync(static info => !info.Found);
        await ChangedAsync("0.0", "1.0", "2.0");
        await jobs.CopyBlocksAsync(guest.Ref, "vda", $"<disk type='file'><driver type='qcow2'/><source file='{Path.Join(guest.Folder, "copy")}'/></disk>", [], DomainBlockCopyFlags.TransientJob, Test);
        await UntilAsync(static info => info is { Found: true } && info.Current == info.End);
        await guest.WriteAsync(4, 3);
        await jobs.AbortBlockJobAsync(guest.Ref, "vda", DomainBlockJobAbortFlags.Pivot, Test);
        await ChangedAsync("0.0", "1.0", "2.0", "3.0");
        await guest.Checkpoints.DeleteCheckpointAsync(new CheckpointRef("c1", guest.Ref), default, Test);
    }

    [Fact]
    public async Task Nothing_is_overwritten_and_one_backup_is_made_at_a_time()
    {
        var guest = await BackedGuest.StartAsync();
        await using var _ = guest.Root;
        await File.WriteAllTextAsync(Path.Join(guest.Folder, "there"), "mine", Test);
        Assert.Equal($"invalid argument: store '{Path.Join(guest.Folder, "there")}' for backup of 'vda' exists", (await RefusedAsync(() => guest.PushAsync("there"))).Message);
        Assert.Equal("mine", await File.ReadAllTextAsync(Path.Join(guest.Folder, "there"), Test));
        var missing = await RefusedAsync(() => guest.PushAsync("x", "nobody"));
        Assert.Equal((ErrorCode.NoDomainCheckpoint, "Domain checkpoint not found: Checkpoint 'nobody' for incremental backup of disk 'vda' not found"), (missing.Code, missing.Message));
        var refused = await RefusedAsync(() => guest.Backups.BeginBackupAsync(guest.Ref,
            $"<domainbackup mode='pull'><server transport='unix' socket='{guest.Folder}/nowhere/sock'/><disks><disk name='vda'><scratch file='{guest.Scratch}'/></disk></disks></domainbackup>", BackedGuest.Checkpoint("c1"), default, Test).AsTask());
        Assert.StartsWith("internal error: unable to execute QEMU command 'nbd-server-start'", refused.Message, StringComparison.Ordinal);
        Assert.Empty(await guest.Checkpoints.ListCheckpointsAsync(guest.Ref, default, Test));
        Assert.Equal(["disk.qcow2", "there"], guest.Names);
        await guest.PullAsync(checkpoint: "c1");
        Assert.Equal("Requested operation is not valid: domain is not running", (await RefusedAsync(async () =>
        {
            Task second = guest.PullAsync();
            await guest.PowerOffAsync();
            await second;
        })).Message);
    }

    [Fact]
    public async Task A_guest_whose_changes_are_noted_goes_on_although_it_cannot_go_back()
    {
        var guest = await BackedGuest.StartAsync();
        await using var _ = guest.Root;
        await guest.CheckpointAsync("c1");
        SnapshotRef inside = await guest.Root.Get<ISnapshots>().CreateSnapshotAsync(guest.Ref, "<domainsnapshot><name>s</name></domainsnapshot>", default, Test);
        Assert.Equal(ErrorCode.OperationUnsupported, (await RefusedAsync(() => guest.Root.Get<ISnapshots>().RevertAsync(inside, default, Test).AsTask())).Code);
        Assert.Equal(DomainState.Paused, (await guest.Root.StateAsync(guest.Ref)).State);
        await guest.Checkpoints.DeleteCheckpointAsync(new CheckpointRef("c1", guest.Ref), default, Test);
        await guest.Root.Get<ISnapshots>().RevertAsync(inside, default, Test);
        Assert.Equal(DomainState.Paused, (await guest.Root.StateAsync(guest.Ref)).State);
    }
}
