using Vireo.Core.Errors;
using Vireo.Driver;
using Vireo.Drivers.Test;
using Vireo.Tests.Remote.Forward;
using Xunit;

namespace Vireo.Tests.Contracts;

/// <summary>What a driver that manages storage pools and volumes keeps.</summary>
[Holds(typeof(IStoragePoolLookup), typeof(IStoragePoolListing), typeof(IStoragePoolInfo), typeof(IStoragePoolLifecycle), typeof(IStoragePoolEvents),
    typeof(IStorageVolumeLookup), typeof(IStorageVolumeInfo), typeof(IStorageVolumes))]
public abstract class StorageContract(IDriver driver, string uri, bool remote) : Contract(new InProcessSubject(driver, uri, remote))
{
    IStoragePoolLifecycle Make => On<IStoragePoolLifecycle>();

    IStoragePoolListing Lists => On<IStoragePoolListing>();

    IStoragePoolInfo About => On<IStoragePoolInfo>();

    IStorageVolumes Volumes => On<IStorageVolumes>();

    static string Document(string name, string? uuid = null) =>
        $"<pool type='dir'><name>{name}</name>{(uuid is null ? "" : $"<uuid>{uuid}</uuid>")}<target><path>/contract/{name}</path></target></pool>";

    static string Volume(string name, ulong size) => $"<volume><name>{name}</name><capacity>{size}</capacity></volume>";

    StoragePoolRef Define(string name) => Now(Make.DefineAsync(Document(name), StoragePoolDefineFlags.None, default));

    StoragePoolRef Start(string name)
    {
        StoragePoolRef pool = Define(name);
        Now(Make.CreateAsync(pool, StoragePoolCreateFlags.Normal, default));
        return pool;
    }

    [Fact]
    public void A_defined_pool_is_kept_inactive_and_found()
    {
        StoragePoolRef pool = Define("c1");
        Assert.Equal(pool, Now(On<IStoragePoolLookup>().LookupByNameAsync("c1", default)));
        Assert.Equal(pool, Now(On<IStoragePoolLookup>().LookupByUuidAsync(pool.Uuid, default)));
        Assert.Contains("c1", Now(Lists.ListDefinedNamesAsync(default)));
        Assert.Equal((false, true), (Now(About.IsActiveAsync(pool, default)), Now(About.IsPersistentAsync(pool, default))));
        Assert.Equal(StoragePoolState.Inactive, Now(About.GetInfoAsync(pool, default)).State);
    }

    [Fact]
    public void Lists_and_counts_agree()
    {
        Define("c1");
        Now(Make.CreateTransientAsync(Document("c2"), StoragePoolCreateFlags.Normal, default));
        Assert.Equal(Now(Lists.CountActiveAsync(default)), Now(Lists.ListActiveNamesAsync(default)).Length);
        Assert.Equal(Now(Lists.CountDefinedAsync(default)), Now(Lists.ListDefinedNamesAsync(default)).Length);
        StoragePoolRef[] all = Now(Lists.ListAllAsync(ListStoragePoolsFlags.None, default));
        foreach (var (yes, no) in new[]
        {
            (ListStoragePoolsFlags.Active, ListStoragePoolsFlags.Inactive), (ListStoragePoolsFlags.Persistent, ListStoragePoolsFlags.Transient),
            (ListStoragePoolsFlags.Autostart, ListStoragePoolsFlags.NoAutostart),
        })
        {
            StoragePoolRef[] one = Now(Lists.ListAllAsync(yes, default)), other = Now(Lists.ListAllAsync(no, default));
            Assert.Empty(one.Intersect(other));
            Assert.Equal(all.ToHashSet(), one.Concat(other).ToHashSet());
        }
        Assert.Contains("c1", Now(Lists.ListAllAsync(ListStoragePoolsFlags.Dir, default)).Select(pool => pool.Name));
        Assert.Empty(Now(Lists.ListAllAsync(ListStoragePoolsFlags.Zfs, default)));
    }

    [Fact]
    public void It_starts_once_and_is_not_forgotten_while_it_runs()
    {
        StoragePoolRef pool = Start("c1");
        Assert.Equal(StoragePoolState.Running, Now(About.GetInfoAsync(pool, default)).State);
        Refuses(ErrorCode.OperationInvalid, () => Make.CreateAsync(pool, StoragePoolCreateFlags.Normal, default));
        Refuses(ErrorCode.OperationInvalid, () => Make.UndefineAsync(pool, default));
        Refuses(ErrorCode.OperationInvalid, () => Make.DeleteAsync(pool, StoragePoolDeleteFlags.Normal, default));
        Now(Make.RefreshAsync(pool, 0, default));
        Now(Make.DestroyAsync(pool, default));
        Refuses(ErrorCode.OperationInvalid, () => Make.DestroyAsync(pool, default));
        Refuses(ErrorCode.OperationInvalid, () => Make.RefreshAsync(pool, 0, default));
        Now(Make.UndefineAsync(pool, default));
        Refuses(ErrorCode.NoStoragePool, () => About.GetInfoAsync(pool, default));
    }

    [Fact]
    public void A_transient_one_is_gone_when_it_stops()
    {
        StoragePoolRef pool = Now(Make.CreateTransientAsync(Document("c1"), StoragePoolCreateFlags.Normal, default));
        Assert.False(Now(About.IsPersistentAsync(pool, default)));
        Refuses(ErrorCode.InvalidArg, () => Make.SetAutostartAsync(pool, true, default));
        Now(Make.DestroyAsync(pool, default));
        Refuses(ErrorCode.NoStoragePool, () => On<IStoragePoolLookup>().LookupByNameAsync("c1", default));
    }

    [Fact]
    public void A_name_and_a_uuid_belong_together_and_a_place_is_one_pools()
    {
        const string uuid = "7b1d5fa1-4f0c-4e5c-9d1e-0f6d2f1e8a01", other = "7b1d5fa1-4f0c-4e5c-9d1e-0f6d2f1e8a02";
        Now(Make.DefineAsync(Document("c1", uuid), StoragePoolDefineFlags.None, default));
        Now(Make.DefineAsync(Document("c1", uuid), StoragePoolDefineFlags.None, default));
        Refuses(ErrorCode.OperationFailed, () => Make.DefineAsync(Document("c1", other), StoragePoolDefineFlags.None, default));
        Refuses(ErrorCode.OperationFailed, () => Make.DefineAsync(Document("c2", uuid), StoragePoolDefineFlags.None, default));
        Refuses(ErrorCode.OperationFailed, () => Make.DefineAsync(Document("c3").Replace("/c3<", "/c1<", StringComparison.Ordinal), StoragePoolDefineFlags.None, default));
    }

    [Fact]
    public void Autostart_is_kept()
    {
        StoragePoolRef pool = Define("c1");
        foreach (bool on in (ReadOnlySpan<bool>)[true, false])
        {
            Now(Make.SetAutostartAsync(pool, on, default));
            Assert.Equal(on, Now(About.GetAutostartAsync(pool, default)));
        }
    }

    [Fact]
    public void A_volume_is_found_by_name_key_and_path_and_takes_room()
    {
        StoragePoolRef pool = Start("c1");
        StoragePoolInfo before = Now(About.GetInfoAsync(pool, default));
        StorageVolumeRef volume = Now(Volumes.CreateAsync(pool, Volume("v", 4096), StorageVolumeCreateFlags.None, default));
        IStorageVolumeLookup lookup = On<IStorageVolumeLookup>();
        Assert.Equal(volume, Now(lookup.LookupByNameAsync(pool, "v", default)));
        Assert.Equal(volume, Now(lookup.LookupByKeyAsync(volume.Key, default)));
        Assert.Equal(volume, Now(lookup.LookupByPathAsync(Now(On<IStorageVolumeInfo>().GetPathAsync(volume, default)), default)));
        Assert.Equal(pool, Now(On<IStoragePoolLookup>().LookupByVolumeAsync(volume, default)));
        Assert.Equal([volume], Now(lookup.ListVolumesAsync(pool, 0, default)));
        Assert.Equal(["v"], Now(lookup.ListVolumeNamesAsync(pool, default)));
        Assert.Equal(1, Now(lookup.CountVolumesAsync(pool, default)));
        Assert.Equal(4096ul, Now(On<IStorageVolumeInfo>().GetInfoAsync(volume, default)).Capacity);
        StoragePoolInfo after = Now(About.GetInfoAsync(pool, default));
        Assert.Equal((before.Allocation + 4096, before.Available - 4096), (after.Allocation, after.Available));

        Now(Volumes.DeleteAsync(volume, StorageVolumeDeleteFlags.Normal, default));
        Assert.Equal(before, Now(About.GetInfoAsync(pool, default)));
        Refuses(ErrorCode.NoStorageVol, () => Volumes.DeleteAsync(volume, StorageVolumeDeleteFlags.Normal, default));
    }

    [Fact]
    public void A_volume_is_made_once_where_there_is_room_and_from_one_that_is_there()
    {
        StoragePoolRef pool = Start("c1");
        StorageVolumeRef volume = Now(Volumes.CreateAsync(pool, Volume("v", 4096), StorageVolumeCreateFlags.None, default));
        Refuses(ErrorCode.OperationFailed, () => Volumes.CreateAsync(pool, Volume("v", 1), StorageVolumeCreateFlags.None, default));
        Refuses(ErrorCode.InternalError, () => Volumes.CreateAsync(pool, Volume("w", 1UL << 50), StorageVolumeCreateFlags.None, default));
        StorageVolumeRef copy = Now(Volumes.CreateFromAsync(pool, Volume("copy", 4096), volume, StorageVolumeCreateFlags.None, default));
        Assert.Equal("copy", copy.Name);
        Refuses(ErrorCode.NoStorageVol, () => Volumes.CreateFromAsync(pool, Volume("x", 1), volume with { Name = "nobody" }, StorageVolumeCreateFlags.None, default));
        Now(Make.DestroyAsync(pool, default));
        Refuses(ErrorCode.OperationInvalid, () => Volumes.CreateAsync(pool, Volume("y", 1), StorageVolumeCreateFlags.None, default));
        Refuses(ErrorCode.OperationInvalid, () => On<IStorageVolumeLookup>().LookupByNameAsync(pool, "v", default));
    }

    [Fact]
    public void Who_listens_is_told_in_order()
    {
        var heard = new List<object>();
        IStoragePoolEvents events = On<IStoragePoolEvents>();
        IAsyncDisposable lifecycle = Now(events.SubscribeAsync(StoragePoolEventId.Lifecycle, null, e => heard.Add(((StoragePoolLifecycleEvent)e).Type), default));
        IAsyncDisposable refresh = Now(events.SubscribeAsync(StoragePoolEventId.Refresh, null, e => heard.Add(e.Kind), default));
        StoragePoolRef pool = Define("c1");
        Now(Make.BuildAsync(pool, StoragePoolBuildFlags.New, default));
        Now(Make.CreateAsync(pool, StoragePoolCreateFlags.Normal, default));
        Now(Make.RefreshAsync(pool, 0, default));
        Now(Make.DestroyAsync(pool, default));
        Now(Make.DeleteAsync(pool, StoragePoolDeleteFlags.Normal, default));
        Now(Make.UndefineAsync(pool, default));
        Hear();
        Assert.Equal(
            [StoragePoolEventType.Defined, StoragePoolEventType.Created, StoragePoolEventType.Started, StoragePoolEventId.Refresh,
            StoragePoolEventType.Stopped, StoragePoolEventType.Deleted, StoragePoolEventType.Undefined], heard);
        Now(lifecycle.DisposeAsync());
        Now(refresh.DisposeAsync());
    }

    [Fact]
    public void Bad_input_is_refused()
    {
        Refuses(ErrorCode.XmlDetail, () => Make.DefineAsync("<pool", StoragePoolDefineFlags.None, default));
        Refuses(ErrorCode.XmlError, () => Make.DefineAsync("<network/>", StoragePoolDefineFlags.None, default));
        Refuses(ErrorCode.XmlError, () => Make.DefineAsync("<pool type='dir'><name>x</name></pool>", StoragePoolDefineFlags.None, default));
        Refuses(ErrorCode.InvalidArg, () => Make.DefineAsync(Document("c1"), (StoragePoolDefineFlags)0x80, default));
        Refuses(ErrorCode.XmlInvalidSchema, () => Make.DefineAsync("<pool type='dir'><name>x</name><tram/><target><path>/x</path></target></pool>", StoragePoolDefineFlags.Validate, default));
        StoragePoolRef pool = Start("c2");
        Refuses(ErrorCode.Overflow, () => Volumes.CreateAsync(pool, Volume("v", ulong.MaxValue), StorageVolumeCreateFlags.None, default));
        Refuses(ErrorCode.XmlError, () => Volumes.CreateAsync(pool, "<volume><name>v</name></volume>", StorageVolumeCreateFlags.None, default));
        Refuses(ErrorCode.InvalidArg, () => On<IStorageVolumeLookup>().ListVolumesAsync(pool, 1, default));
    }
}

public sealed class TestDriverStorage() : StorageContract(TestDriver.Create(), "test:///default", remote: false);

public sealed class TestDriverStorageBehindAServer() : StorageContract(TestDriver.Create(), "test:///default", remote: true);

public sealed class TestDriverStorageInADaemonOfTheirOwn() : StorageContract(new DaemonsOfAHost(TestDriver.Create(), "test:///default"), "qemu:///system", remote: true);
