using Vireo.Core;
using Vireo.Core.Errors;
using Vireo.Driver;
using Vireo.Drivers.Test.Host;
using Vireo.Model.Storage;

namespace Vireo.Drivers.Test.Storage;

/// <summary>Looks at pools.</summary>
sealed class PoolReads(TestHost host) : ReadsUnderGate(host), IStoragePoolLookup, IStoragePoolListing, IStoragePoolInfo, IStoragePoolEvents
{
    /// <summary>Where the flags for types begin; they are in the order of the types' own list.</summary>
    const int FirstType = (int)ListStoragePoolsFlags.Dir;

    static readonly StoragePoolType[] flaggedTypes =
    [
        StoragePoolType.Dir, StoragePoolType.Fs, StoragePoolType.NetFs, StoragePoolType.Logical, StoragePoolType.Disk, StoragePoolType.Iscsi,
        StoragePoolType.Scsi, StoragePoolType.Mpath, StoragePoolType.Rbd, StoragePoolType.Sheepdog, StoragePoolType.Gluster, StoragePoolType.Zfs,
        StoragePoolType.VStorage, StoragePoolType.IscsiDirect,
    ];

    public ValueTask<StoragePoolRef> LookupByNameAsync(string name, CancellationToken cancel) => Read(known => known.Pools.Get(name).Ref);

    public ValueTask<StoragePoolRef> LookupByUuidAsync(Uuid uuid, CancellationToken cancel) => Read(known => known.Pools.Get(uuid).Ref);

    public ValueTask<StoragePoolRef> LookupByVolumeAsync(StorageVolumeRef volume, CancellationToken cancel) => LookupByNameAsync(volume.Pool, cancel);

    public ValueTask<StoragePoolRef[]> ListAllAsync(ListStoragePoolsFlags flags, CancellationToken cancel)
    {
        flags.Only((ListStoragePoolsFlags)0xfffff, "testConnectListAllStoragePools");
        return Read<StoragePoolRef[]>(known => [.. known.Pools.All.Where(pool => Fits(pool, flags)).Select(pool => pool.Ref)]);
    }

    static bool Fits(TestPool pool, ListStoragePoolsFlags flags)
    {
        uint types = (uint)flags & ~(uint)(FirstType - 1);
        return flags.Pair(ListStoragePoolsFlags.Active, ListStoragePoolsFlags.Inactive, pool.IsActive)
            && flags.Pair(ListStoragePoolsFlags.Persistent, ListStoragePoolsFlags.Transient, pool.IsPersistent)
            && flags.Pair(ListStoragePoolsFlags.Autostart, ListStoragePoolsFlags.NoAutostart, pool.Autostart)
            && (types is 0 || (types & (uint)FirstType << Array.IndexOf(flaggedTypes, pool.Def.Type)) is not 0);
    }

    public ValueTask<int> CountActiveAsync(CancellationToken cancel) => Read(known => known.Pools.All.Count(pool => pool.IsActive));

    public ValueTask<string[]> ListActiveNamesAsync(CancellationToken cancel) => Names(active: true);

    public ValueTask<int> CountDefinedAsync(CancellationToken cancel) => Read(known => known.Pools.All.Count(pool => !pool.IsActive));

    public ValueTask<string[]> ListDefinedNamesAsync(CancellationToken cancel) => Names(active: false);

    ValueTask<string[]> Names(bool active) =>
        Read<string[]>(known => [.. known.Pools.All.Where(pool => pool.IsActive == active).Select(pool => pool.Name)]);

    public ValueTask<StoragePoolInfo> GetInfoAsync(StoragePoolRef pool, CancellationToken cancel) => Read(known => known.Pools.Get(pool.Name).Info);

    public ValueTask<string> GetXmlAsync(StoragePoolRef pool, StorageXmlFlags flags, CancellationToken cancel)
    {
        ((uint)flags).None("testStoragePoolGetXMLDesc");
        return Read(known => known.Pools.Get(pool.Name).Def.ToXml());
    }

    public ValueTask<bool> IsActiveAsync(StoragePoolRef pool, CancellationToken cancel) => Read(known => known.Pools.Get(pool.Uuid).IsActive);

    public ValueTask<bool> IsPersistentAsync(StoragePoolRef pool, CancellationToken cancel) => Read(known => known.Pools.Get(pool.Uuid).IsPersistent);

    public ValueTask<bool> GetAutostartAsync(StoragePoolRef pool, CancellationToken cancel) =>
        Read(known => known.Pools.Get(pool.Name) is { IsPersistent: true, Autostart: true });

    public ValueTask<IAsyncDisposable> SubscribeAsync(
        StoragePoolEventId kind, StoragePoolRef? only, Action<StoragePoolEvent> sink, CancellationToken cancel) =>
        new(Host.Pools.Events.Subscribe(kind, only, sink));
}
