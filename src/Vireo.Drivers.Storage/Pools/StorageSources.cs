using Vireo.Driver;
using Vireo.Driver.Contracts;
using Vireo.Drivers.Storage.Capabilities;
using Vireo.Drivers.Storage.Volumes;

namespace Vireo.Drivers.Storage.Pools;

/// <summary>Where the volumes are that machines name.</summary>
sealed class StorageSources(StorageKeeper keeper) : IStorageSources
{
    public ValueTask<PoolFacts?> FindPoolAsync(string name, CancellationToken cancel) =>
        new(keeper.Pools.Find(name) is { State: var now } ? new PoolFacts(now.Def, now.IsActive) : null);

    public ValueTask<VolumeFacts?> FindVolumeAsync(string pool, string volume, CancellationToken cancel) =>
        new(keeper.Pools.Find(pool)?.State is { IsActive: true } now && now.Volumes.Find(volume) is { } found
            ? new VolumeFacts((VolumeKind)(int)found.Def.Type!.Value, found.Path) : null);

    public async ValueTask<string> FindPoolOfFolderAsync(string folder, CancellationToken cancel) =>
        (await new PoolLookup(keeper).LookupByTargetPathAsync(folder, cancel).ConfigureAwait(false)).Name;

    public async ValueTask MakeVolumeAsync(string pool, string volume, CancellationToken cancel) =>
        _ = await new VolumeChanges(keeper).CreateAsync(keeper.Pools.Get(pool).Ref, volume, StorageVolumeCreateFlags.None, cancel).ConfigureAwait(false);
}
