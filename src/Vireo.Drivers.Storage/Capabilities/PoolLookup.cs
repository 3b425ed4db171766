using Vireo.Core;
using Vireo.Driver;
using Vireo.Drivers.Storage.Pools;
using Vireo.Model.Storage;

namespace Vireo.Drivers.Storage.Capabilities;

/// <summary>Finds and lists pools.</summary>
sealed class PoolLookup(StorageKeeper keeper) : IStoragePoolLookup, IStoragePoolListing, IStoragePoolTargets
{
    public ValueTask<StoragePoolRef> LookupByNameAsync(string name, CancellationToken cancel) => new(keeper.Pools.Get(name).Ref);

    public ValueTask<StoragePoolRef> LookupByUuidAsync(Uuid uuid, CancellationToken cancel) => new(keeper.Pools.Get(uuid).Ref);

    public ValueTask<StoragePoolRef> LookupByVolumeAsync(StorageVolumeRef volume, CancellationToken cancel) => LookupByNameAsync(volume.Pool, cancel);

    public ValueTask<StoragePoolRef> LookupByTargetPathAsync(string path, CancellationToken cancel)
    {
        string clean = PathText.Clean(path);
        return keeper.Pools.All.FirstOrDefault(pool => pool.State is { IsActive: true } now && now.Def.Target?.Path == clean) is { } found ? new(found.Ref)
            : throw StorageErrors.NoPool($"no storage pool with matching target path '{path}'{(clean == path ? "" : $" ({clean})")}");
    }

    public ValueTask<StoragePoolRef[]> ListAllAsync(ListStoragePoolsFlags flags, CancellationToken cancel)
    {
        flags.Only(StoragePoolFilter.Known, "storageConnectListAllStoragePools");
        return new([.. keeper.Pools.All.Where(pool => Fits(pool.State, flags)).Select(static pool => pool.Ref)]);
    }

    static bool Fits(PoolState now, ListStoragePoolsFlags flags) => StoragePoolFilter.Fits(flags, now.Def.Type, now.IsActive, now.IsPersistent, now.Autostart);

    public ValueTask<int> CountActiveAsync(CancellationToken cancel) => new(Names(active: true).Length);

    public ValueTask<string[]> ListActiveNamesAsync(CancellationToken cancel) => new(Names(active: true));

    public ValueTask<int> CountDefinedAsync(CancellationToken cancel) => new(Names(active: false).Length);

    public ValueTask<string[]> ListDefinedNamesAsync(CancellationToken cancel) => new(Names(active: false));

    string[] Names(bool active) => [.. keeper.Pools.All.Where(pool => pool.State.IsActive == active).Select(static pool => pool.Name)];
}
