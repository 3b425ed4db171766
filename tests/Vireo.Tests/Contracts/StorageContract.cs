using Vireo.Core.Errors;
using Vireo.Driver;
using Vireo.Drivers.Test;
using Vireo.Tests.Remote.Forward;
using Xunit;

namespace Vireo.Tests.Contracts;

/// <summary>What a driver that manages storage pools and volumes keeps.</summary>
[Holds(typeof(IStoragePoolLookup), typeof(IStoragePoolListing), typeof(IStoragePoolInfo), typeof(IStoragePoolLifecycle), typeof(IStoragePoolEvents),
    typeof(IStorageVolumeLookup), typeof(IStorageVolumeInfo), typeof(IStorageVolumes))]
public abstract class StorageContract(ISubject subject, StorageTraits traits) : Contract(subject)
{
    IStoragePoolLifecycle Make => On<IStoragePoolLifecycle>();

    IStoragePoolListing Lists => On<IStoragePoolListing>();

    IStoragePoolInfo About => On<IStoragePoolInfo>();

    IStorageVolumes Volumes => On<IStorageVolumes>();

    string Document(string name, string? uuid = null) =>
        $"<pool type='dir'><name>{name}</name>{(uuid is null ? "" : $"<uuid>{uuid}</uuid>")}<target><path>{traits.Folder}/{name}</path></target></pool>";

    static string Volume(string name, ulong size) => $"<volume><name>{name}</name><capacity>{size}</capacity></volume>";

    async Task<StoragePoolRef> DefineAsync(string name) => await Make.DefineAsync(Document(name), StoragePoolDefineFlags.None, default);

    async Task<StoragePoolRef> StartAsync(string name)
    {
        StoragePoolRef pool = await DefineAsync(name);
        await Make.CreateAsync(pool, StoragePoolCreateFlags.Normal, default);
        return pool;
    }

    [Fact]
    public async Task A_defined_pool_is_kept_inactive_and_found()
    {
        StoragePoolRef pool = await DefineAsync("c1");
        Assert.Equal(pool, await On<IStoragePoolLookup>().LookupByNameAsync("c1", default));
        Assert.Equal(pool, await On<IStoragePoolLookup>().LookupByUuidAsync(pool.Uuid, default));
        Assert.Contains("c1", await Lists.ListDefinedNamesAsync(default));
        Assert.Equal((false, true), (await About.IsActiveAsync(pool, default), await About.IsPersistentAsync(pool, default)));
        Assert.Equal(StoragePoolState.Inactive, (await About.GetInfoAsync(pool, default)).State);
    }

    [Fact]
    public async Task Lists_and_counts_agree()
    {
        await DefineAsync("c1");
        await Make.CreateTransientAsync(Document("c2"), StoragePoolCreateFlags.Normal, default);
        Assert.Equal(await Lists.CountActiveAsync(default), (await Lists.ListActiveNamesAsync(default)).Length);
        Assert.Equal(await Lists.CountDefinedAsync(default), (await Lists.ListDefinedNamesAsync(default)).Length);
        StoragePoolRef[] all = await Lists.ListAllAsync(ListStoragePoolsFlags.None, default);
        foreach (var (yes, no) in new[]
        {
            (ListStoragePoolsFlags.Active, ListStoragePoolsFlags.Inactive), (ListStoragePoolsFlags.Persistent, ListStoragePoolsFlags.Transient),
            (ListStoragePoolsFlags.Autostart, ListStoragePoolsFlags.NoAutostart),
        })
        {
            StoragePoolRef[] one = await Lists.ListAllAsync(yes, default), other = await Lists.ListAllAsync(no, default);
            Assert.Empty(one.Intersect(other));
            Assert.Equal(all.ToHashSet(), one.Concat(other).ToHashSet());
        }
        Assert.Contains("c1", (await Lists.ListAllAsync(ListStoragePoolsFlags.Dir, default)).Select(pool => pool.Name));
        Assert.Empty(await Lists.ListAllAsync(ListStoragePoolsFlags.Zfs, default));
    }

    [Fact]
    public async Task It_starts_once_and_is_not_forgotten_while_it_runs()
    {
        StoragePoolRef pool = await StartAsync("c1");
        Assert.Equal(StoragePoolState.Running, (await About.GetInfoAsync(pool, default)).State);
        await RefusedAsync(ErrorCode.OperationInvalid, () => Make.CreateAsync(pool, StoragePoolCreateFlags.Normal, default));
        await RefusedAsync(ErrorCode.OperationInvalid, () => Make.UndefineAsync(pool, default));
        await RefusedAsync(ErrorCode.OperationInvalid, () => Make.DeleteAsync(pool, StoragePoolDeleteFlags.Normal, default));
        await Make.RefreshAsync(pool, 0, default);
        await Make.DestroyAsync(pool, default);
        await RefusedAsync(ErrorCode.OperationInvalid, () => Make.DestroyAsync(pool, default));
        await RefusedAsync(ErrorCode.OperationInvalid, () => Make.RefreshAsync(pool, 0, default));
        await Make.UndefineAsync(pool, default);
        await RefusedAsync(ErrorCode.NoStoragePool, () => About.GetInfoAsync(pool, default));
    }

    [Fact]
    public async Task A_transient_one_is_gone_when_it_stops()
    {
        StoragePoolRef pool = await Make.CreateTransientAsync(Document("c1"), StoragePoolCreateFlags.Normal, default);
        Assert.False(await About.IsPersistentAsync(pool, default));
        await RefusedAsync(traits.NotKept, () => Make.SetAutostartAsync(pool, true, default));
        await Make.DestroyAsync(pool, default);
        await RefusedAsync(ErrorCode.NoStoragePool, () => On<IStoragePoolLookup>().LookupByNameAsync("c1", default));
    }

    [Fact]
    public async Task A_name_and_a_uuid_belong_together_and_a_place_is_one_pools()
    {
        const string uuid = "7b1d5fa1-4f0c-4e5c-9d1e-0f6d2f1e8a01", other = "7b1d5fa1-4f0c-4e5c-9d1e-0f6d2f1e8a02";
        await Make.DefineAsync(Document("c1", uuid), StoragePoolDefineFlags.None, default);
        await Make.DefineAsync(Document("c1", uuid), StoragePoolDefineFlags.None, default);
        await RefusedAsync(ErrorCode.OperationFailed, () => Make.DefineAsync(Document("c1", other), StoragePoolDefineFlags.None, default));
        await RefusedAsync(ErrorCode.OperationFailed, () => Make.DefineAsync(Document("c2", uuid), StoragePoolDefineFlags.None, default));
        await RefusedAsync(ErrorCode.OperationFailed, () => Make.DefineAsync(Document("c3").Replace("/c3<", "/c1<", StringComparison.Ordinal), StoragePoolDefineFlags.None, default));
    }

    [Fact]
    public async Task Autostart_is_kept()
    {
        StoragePoolRef pool = await DefineAsync("c1");
        foreach (bool on in new[] { true, false })
        {
            await Make.SetAutostartAsync(pool, on, default);
            Assert.Equal(on, await About.GetAutostartAsync(pool, default));
        }
    }

    [Fact]
    public async Task A_volume_is_found_by_name_key_and_path_and_takes_room()
    {
        StoragePoolRef pool = await StartAsync("c1");
        StoragePoolInfo before = await About.GetInfoAsync(pool, default);
        StorageVolumeRef volume = await Volumes.CreateAsync(pool, Volume("v", 4096), StorageVolumeCreateFlags.None, default);
        IStorageVolumeLookup lookup = On<IStorageVolumeLookup>();
        Assert.Equal(volume, await lookup.LookupByNameAsync(pool, "v", default));
        Assert.Equal(volume, await lookup.LookupByKeyAsync(volume.Key, default));
        Assert.Equal(volume, await lookup.LookupByPathAsync(await On<IStorageVolumeInfo>().GetPathAsync(volume, default), default));
        Assert.Equal(pool, await On<IStoragePoolLookup>().LookupByVolumeAsync(volume, default));
        Assert.Equal([volume], await lookup.ListVolumesAsync(pool, 0, default));
        Assert.Equal(["v"], await lookup.ListVolumeNamesAsync(pool, default));
        Assert.Equal(1, await lookup.CountVolumesAsync(pool, default));
        Assert.Equal(4096ul, (await On<IStorageVolumeInfo>().GetInfoAsync(volume, default)).Capacity);
        StoragePoolInfo after = await About.GetInfoAsync(pool, default);
        Assert.Equal((before.Allocation + 4096, before.Available - 4096), (after.Allocation, after.Available));

        await Volumes.DeleteAsync(volume, StorageVolumeDeleteFlags.Normal, default);
        Assert.Equal(before, await About.GetInfoAsync(pool, default));
        await RefusedAsync(ErrorCode.NoStorageVol, () => Volumes.DeleteAsync(volume, StorageVolumeDeleteFlags.Normal, default));
    }

    [Fact]
    public async Task A_volume_is_made_once_where_there_is_room_and_from_one_that_is_there()
    {
        StoragePoolRef pool = await StartAsync("c1");
        StorageVolumeRef volume = await Volumes.CreateAsync(pool, Volume("v", 4096), StorageVolumeCreateFlags.None, default);
        await RefusedAsync(traits.Taken, () => Volumes.CreateAsync(pool, Volume("v", 1), StorageVolumeCreateFlags.None, default));
        await RefusedAsync(traits.NoRoom, () => Volumes.CreateAsync(pool, Volume("w", 1UL << 50), StorageVolumeCreateFlags.None, default));
        StorageVolumeRef copy = await Volumes.CreateFromAsync(pool, Volume("copy", 4096), volume, StorageVolumeCreateFlags.None, default);
        Assert.Equal("copy", copy.Name);
        await RefusedAsync(ErrorCode.NoStorageVol, () => Volumes.CreateFromAsync(pool, Volume("x", 1), volume with { Name = "nobody" }, StorageVolumeCreateFlags.None, default));
        await Make.DestroyAsync(pool, default);
        await RefusedAsync(ErrorCode.OperationInvalid, () => Volumes.CreateAsync(pool, Volume("y", 1), StorageVolumeCreateFlags.None, default));
        await RefusedAsync(ErrorCode.OperationInvalid, () => On<IStorageVolumeLookup>().LookupByNameAsync(pool, "v", default));
    }

    [Fact]
    public async Task Who_listens_is_told_in_order()
    {
        var heard = new List<object>();
        IStoragePoolEvents events = On<IStoragePoolEvents>();
        IAsyncDisposable lifecycle = await events.SubscribeAsync(StoragePoolEventId.Lifecycle, null, e => heard.Add(((StoragePoolLifecycleEvent)e).Type), default);
        IAsyncDisposable refresh = await events.SubscribeAsync(StoragePoolEventId.Refresh, null, e => heard.Add(e.Kind), default);
        StoragePoolRef pool = await DefineAsync("c1");
        await Make.BuildAsync(pool, StoragePoolBuildFlags.New, default);
        await Make.CreateAsync(pool, StoragePoolCreateFlags.Normal, default);
        await Make.RefreshAsync(pool, 0, default);
        await Make.DestroyAsync(pool, default);
        await Make.DeleteAsync(pool, StoragePoolDeleteFlags.Normal, default);
        await Make.UndefineAsync(pool, default);
        Hear();
        Assert.Equal(
            [StoragePoolEventType.Defined, StoragePoolEventType.Created, StoragePoolEventType.Started, StoragePoolEventId.Refresh,
            StoragePoolEventType.Stopped, StoragePoolEventType.Deleted, StoragePoolEventType.Undefined], heard);
        await lifecycle.DisposeAsync();
        await refresh.DisposeAsync();
    }

    [Fact]
    public async Task Bad_input_is_refused()
    {
        await RefusedAsync(ErrorCode.XmlDetail, () => Make.DefineAsync("<pool", StoragePoolDefineFlags.None, default));
        await RefusedAsync(ErrorCode.XmlError, () => Make.DefineAsync("<network/>", StoragePoolDefineFlags.None, default));
        await RefusedAsync(ErrorCode.XmlError, () => Make.DefineAsync("<pool type='dir'><name>x</name></pool>", StoragePoolDefineFlags.None, default));
        await RefusedAsync(ErrorCode.InvalidArg, () => Make.DefineAsync(Document("c1"), (StoragePoolDefineFlags)0x80, default));
        await RefusedAsync(ErrorCode.XmlInvalidSchema, () => Make.DefineAsync("<pool type='dir'><name>x</name><tram/><target><path>/x</path></target></pool>", StoragePoolDefineFlags.Validate, default));
        StoragePoolRef pool = await StartAsync("c2");
        await RefusedAsync(ErrorCode.Overflow, () => Volumes.CreateAsync(pool, Volume("v", ulong.MaxValue), StorageVolumeCreateFlags.None, default));
        await RefusedAsync(ErrorCode.XmlError, () => Volumes.CreateAsync(pool, "<volume><name>v</name></volume>", StorageVolumeCreateFlags.None, default));
        await RefusedAsync(ErrorCode.InvalidArg, () => On<IStorageVolumeLookup>().ListVolumesAsync(pool, 1, default));
    }
}

public sealed class TestDriverStorage() : StorageContract(new InProcessSubject(TestDriver.Create(), "test:///default", remote: false), StorageTraits.OfTestDriver);

public sealed class TestDriverStorageBehindAServer() : StorageContract(new InProcessSubject(TestDriver.Create(), "test:///default", remote: true), StorageTraits.OfTestDriver);

public sealed class TestDriverStorageInADaemonOfTheirOwn()
    : StorageContract(new InProcessSubject(new DaemonsOfAHost(TestDriver.Create(), "test:///default"), "qemu:///system", remote: true), StorageTraits.OfTestDriver);
