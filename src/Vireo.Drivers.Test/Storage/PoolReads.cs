using Vireo.Core;
using Vireo.Core.Errors;
using Vireo.Driver;
using Vireo.Drivers.Test.Host;

namespace Vireo.Drivers.Test.Storage;

/// <summary>Looks at pools.</summary>
sealed class PoolReads(TestHost host) : ReadsUnderGate(host), IStoragePoolLookup, IStoragePoolListing, IStoragePoolInfo, IStoragePoolEvents
{
    public ValueTask<StoragePoolRef> LookupByNameAsync(string name, CancellationToken cancel) => Read(known => known.Pools.Get(name).Ref);

    public ValueTask<StoragePoolRef> LookupByUuidAsync(Uuid uuid, CancellationToken cancel) => Read(known => known.Pools.Get(uuid).Ref);

    public ValueTask<StoragePoolRef> LookupByVolumeAsync(StorageVolumeRef volume, CancellationToken cancel) => LookupByNameAsync(volume.Pool, cancel);

    public ValueTask<StoragePoolRef[]> ListAllAsync(ListStoragePoolsFlags flags, CancellationToken cancel)
    {
        flags.Only(StoragePoolFilter.Known, "testConnectListAllStoragePools");
        return Read<StoragePoolRef[]>(known => [.. known.Pools.All.Where(pool => StoragePoolFilter.Fits(flags, pool.Def.Type, pool.IsActive, pool.IsPersistent, pool.Autostart)).Select(pool => pool.Ref)]);
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
