using Vireo.Core.Errors;
using Vireo.Core.TypedParameters;
using Vireo.Driver;
using Xunit;

namespace Vireo.Tests.Contracts;

public abstract class DomainRenameContract<TSubject> : DomainContract<TSubject, IDomainRename> where TSubject : IDomainSubject, new()
{
    [Fact]
    public async Task A_renamed_domain_is_found_by_its_new_name_alone()
    {
        DomainRef domain = await DefinedAsync("old");
        await Offered.RenameAsync(domain, "new", 0, Cancel);
        Assert.Equal(domain.Uuid, (await On<IDomainLookup>().LookupByNameAsync("new", Cancel)).Uuid);
        await RefusedAsync(ErrorCode.NoDomain, async () => await On<IDomainLookup>().LookupByNameAsync("old", Cancel));
    }

    [Fact]
    public async Task A_running_domain_keeps_its_name()
    {
        DomainRef domain = await StartedAsync();
        await RefusedAsync(ErrorCode.OperationInvalid, async () => await Offered.RenameAsync(domain, "new", 0, Cancel));
    }
}

public abstract class DomainMemoryContract<TSubject> : DomainContract<TSubject, IDomainMemory> where TSubject : IDomainSubject, new()
{
    [Fact]
    public async Task A_stored_amount_is_in_the_document_and_not_above_the_most()
    {
        DomainRef domain = await DefinedAsync();
        ulong most = await On<IDomainInfo>().GetMaxMemoryAsync(domain, Cancel);
        await Offered.SetMemoryAsync(domain, most / 2, DomainMemoryFlags.Config, Cancel);
        Assert.Contains($"<currentMemory unit='KiB'>{most / 2}<", await On<IDomainInfo>().GetXmlAsync(domain, DomainXmlFlags.None, Cancel), StringComparison.Ordinal);
        await RefusedAsync(ErrorCode.InvalidArg, async () => await Offered.SetMemoryAsync(domain, most * 2, DomainMemoryFlags.Config, Cancel));
    }

    [Fact]
    public async Task What_does_not_run_has_no_running_memory()
    {
        DomainRef domain = await DefinedAsync();
        await RefusedAsync(ErrorCode.OperationInvalid, async () => await Offered.SetMemoryAsync(domain, 1, DomainMemoryFlags.Live, Cancel));
    }
}

public abstract class DomainVcpusContract<TSubject> : DomainContract<TSubject, IDomainVcpus> where TSubject : IDomainSubject, new()
{
    [Fact]
    public async Task There_are_no_more_than_the_most()
    {
        DomainRef domain = await StartedAsync();
        int now = await Offered.GetVcpuCountAsync(domain, DomainVcpuFlags.Live, Cancel);
        Assert.InRange(now, 1, await Offered.GetVcpuCountAsync(domain, DomainVcpuFlags.Live | DomainVcpuFlags.Maximum, Cancel));
        Assert.Equal(now, (await Offered.GetVcpusAsync(domain, 100, 1, Cancel)).Vcpus.Length);
    }
}

public abstract class DomainManagedSaveContract<TSubject> : DomainContract<TSubject, IDomainManagedSave> where TSubject : IDomainSubject, new()
{
    [Fact]
    public async Task Saved_state_is_picked_up_by_the_next_start()
    {
        DomainRef domain = await StartedAsync();
        await Offered.ManagedSaveAsync(domain, DomainSaveRestoreFlags.None, Cancel);
        Assert.Equal(DomainState.ShutOff, await StateAsync(domain));
        Assert.True(await On<IDomainManagedSaveImage>().HasManagedSaveAsync(domain, 0, Cancel));
        await On<IDomainPower>().CreateAsync(domain, DomainCreateFlags.None, Cancel);
        Assert.False(await On<IDomainManagedSaveImage>().HasManagedSaveAsync(domain, 0, Cancel));
    }
}

public abstract class DomainSaveContract<TSubject> : DomainContract<TSubject, IDomainSave> where TSubject : IDomainSubject, new()
{
    [Fact]
    public async Task A_saved_domain_is_restored_from_its_file()
    {
        string folder = Directory.CreateTempSubdirectory("contract").FullName;
        try
        {
            string file = Path.Join(folder, "saved");
            DomainRef domain = await StartedAsync();
            await Offered.SaveAsync(domain, file, Cancel);
            Assert.Equal(DomainState.ShutOff, await StateAsync(domain));
            Assert.Contains($"<name>{domain.Name}</name>", await Offered.GetSaveImageXmlAsync(file, DomainSaveImageXmlFlags.None, Cancel), StringComparison.Ordinal);
            await Offered.RestoreAsync(file, Cancel);
            Assert.Equal(new DomainStateReason(DomainState.Running, (int)DomainRunningReason.Restored), await On<IDomainInfo>().GetStateAsync(domain, 0, Cancel));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public Task A_file_that_is_not_there_is_a_system_error() =>
        RefusedAsync(ErrorCode.SystemError, async () => await Offered.RestoreAsync("/nowhere/saved", Cancel));
}

public abstract class SnapshotsContract<TSubject> : DomainContract<TSubject, ISnapshots> where TSubject : IDomainSubject, new()
{
    async Task<SnapshotRef> TakenAsync(DomainRef domain, string name) =>
        await Offered.CreateSnapshotAsync(domain, $"<domainsnapshot><name>{name}</name></domainsnapshot>", SnapshotCreateFlags.None, Cancel);

    [Fact]
    public async Task A_new_snapshot_is_the_child_of_the_current_one_and_current()
    {
        DomainRef domain = await StartedAsync();
        SnapshotRef first = await TakenAsync(domain, "first"), second = await TakenAsync(domain, "second");
        Assert.Equal(first, await Offered.GetParentAsync(second, 0, Cancel));
        Assert.True(await Offered.IsCurrentAsync(second, 0, Cancel));
        Assert.Equal(2, await Offered.CountSnapshotsAsync(domain, SnapshotListFlags.None, Cancel));
        Assert.Equal(["second"], await Offered.ListChildrenNamesAsync(first, SnapshotListFlags.None, Cancel));
    }

    [Fact]
    public async Task A_domain_goes_back_to_what_it_was()
    {
        DomainRef domain = await StartedAsync();
        SnapshotRef snapshot = await TakenAsync(domain, "then");
        await On<IDomainPower>().DestroyAsync(domain, Cancel);
        await Offered.RevertAsync(snapshot, SnapshotRevertFlags.None, Cancel);
        Assert.Equal(DomainState.Running, await StateAsync(domain));
    }

    [Fact]
    public async Task Children_of_a_deleted_snapshot_go_to_its_parent()
    {
        DomainRef domain = await StartedAsync();
        SnapshotRef first = await TakenAsync(domain, "first"), second = await TakenAsync(domain, "second"), third = await TakenAsync(domain, "third");
        await Offered.DeleteSnapshotAsync(second, SnapshotDeleteFlags.None, Cancel);
        Assert.Equal(first, await Offered.GetParentAsync(third, 0, Cancel));
        await RefusedAsync(ErrorCode.NoDomainSnapshot, async () => await Offered.GetSnapshotXmlAsync(second, SnapshotXmlFlags.None, Cancel));
    }
}

public abstract class CheckpointsContract<TSubject> : DomainContract<TSubject, ICheckpoints> where TSubject : IDomainSubject, new()
{
    [Fact]
    public async Task Checkpoints_are_a_chain()
    {
        DomainRef domain = await StartedAsync();
        foreach (string name in (string[])["first", "second"])
            await Offered.CreateCheckpointAsync(domain, $"<domaincheckpoint><name>{name}</name></domaincheckpoint>", CheckpointCreateFlags.None, Cancel);
        CheckpointRef second = await Offered.LookupCheckpointAsync(domain, "second", 0, Cancel);
        Assert.Equal("first", (await Offered.GetCheckpointParentAsync(second, 0, Cancel)).Name);
        Assert.Equal(["first"], (await Offered.ListCheckpointsAsync(domain, CheckpointListFlags.Roots, Cancel)).Select(one => one.Name));
    }

    [Fact]
    public async Task What_does_not_run_has_no_new_checkpoint()
    {
        DomainRef domain = await DefinedAsync();
        await RefusedAsync(ErrorCode.OperationUnsupported, async () =>
            await Offered.CreateCheckpointAsync(domain, "<domaincheckpoint/>", CheckpointCreateFlags.None, Cancel));
    }
}

public abstract class DomainBulkStatisticsContract<TSubject> : DomainContract<TSubject, IDomainBulkStatistics> where TSubject : IDomainSubject, new()
{
    [Fact]
    public async Task Every_domain_has_its_state()
    {
        DomainRef on = await StartedAsync("on"), off = await DefinedAsync("off");
        DomainStatistics[] all = await Offered.GetAllAsync([on, off], DomainStatsTypes.State, ConnectGetAllDomainStatsFlags.None, Cancel);
        Assert.Equal([1, 5], all.Select(one => one.Parameters.Single(parameter => parameter.Name == "state.state").AsInt));
        Assert.Single(await Offered.GetAllAsync([on, off], DomainStatsTypes.State, ConnectGetAllDomainStatsFlags.Active, Cancel));
    }
}

public abstract class DomainEventsContract<TSubject> : DomainContract<TSubject, IDomainEvents> where TSubject : IDomainSubject, new()
{
    [Fact]
    public async Task Lifecycle_is_told_in_order_until_nobody_listens()
    {
        List<DomainEventType> heard = [];
        IAsyncDisposable listening = await Offered.SubscribeAsync(DomainEventId.Lifecycle, null, raised =>
        {
            // Some hypervisors tell more: that a guest starts as one that is paused, and that it was told to go off.
            if (raised is DomainLifecycleEvent { Type: not (DomainEventType.Resumed or DomainEventType.Shutdown) and var type })
                lock (heard)
                    heard.Add(type);
        }, Cancel);
        DomainRef domain = await StartedAsync();
        await On<IDomainPower>().DestroyAsync(domain, Cancel);
        Hear();
        await listening.DisposeAsync();
        await On<IDomainDefinition>().UndefineAsync(domain, Cancel);
        lock (heard)
            Assert.Equal([DomainEventType.Defined, DomainEventType.Started, DomainEventType.Stopped], heard);
    }
}

public abstract class DomainIoThreadsContract<TSubject> : DomainContract<TSubject, IDomainIoThreads> where TSubject : IDomainSubject, new()
{
    [Fact]
    public async Task A_thread_is_added_pinned_and_removed()
    {
        DomainRef domain = await DefinedAsync();
        await Offered.AddIoThreadAsync(domain, 7, DomainModificationImpact.Config, Cancel);
        await Offered.PinIoThreadAsync(domain, 7, [1], DomainModificationImpact.Config, Cancel);
        IoThreadInfo thread = Assert.Single(await Offered.GetIoThreadsAsync(domain, DomainModificationImpact.Config, Cancel));
        Assert.Equal((7u, 1), (thread.Id, thread.CpuMap[0]));
        await RefusedAsync(ErrorCode.InvalidArg, async () => await Offered.AddIoThreadAsync(domain, 7, DomainModificationImpact.Config, Cancel));
        await Offered.RemoveIoThreadAsync(domain, 7, DomainModificationImpact.Config, Cancel);
        Assert.Empty(await Offered.GetIoThreadsAsync(domain, DomainModificationImpact.Config, Cancel));
    }
}

public abstract class DomainMemoryParametersContract<TSubject> : DomainContract<TSubject, IDomainMemoryParameters> where TSubject : IDomainSubject, new()
{
    [Fact]
    public async Task A_limit_is_as_it_was_set_and_unknown_ones_are_refused()
    {
        DomainRef domain = await DefinedAsync();
        await Offered.SetMemoryParametersAsync(domain, [new TypedParameter("soft_limit", 5000ul)], DomainModificationImpact.Config, Cancel);
        Assert.Equal(5000ul, (await Offered.GetMemoryParametersAsync(domain, DomainModificationImpact.Config, Cancel)).Single(one => one.Name == "soft_limit").AsULong);
        await RefusedAsync(ErrorCode.ArgumentUnsupported, async () =>
            await Offered.SetMemoryParametersAsync(domain, [new TypedParameter("no_limit", 5000ul)], DomainModificationImpact.Config, Cancel));
        await RefusedAsync(ErrorCode.InvalidArg, async () =>
            await Offered.SetMemoryParametersAsync(domain, [new TypedParameter("soft_limit", 5)], DomainModificationImpact.Config, Cancel));
    }
}
