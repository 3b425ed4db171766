using Vireo.Core;
using Vireo.Driver;
using Vireo.Drivers.Storage.Pools;
using Vireo.Drivers.Storage.Volumes;
using Vireo.Host.Files;
using Vireo.Model.Storage;
using StorageVolumeType = Vireo.Driver.StorageVolumeType;

namespace Vireo.Drivers.Storage.Capabilities;

/// <summary>Finds volumes, which only active pools show, and says how they are.</summary>
sealed class VolumeReads(StorageKeeper keeper) : IStorageVolumeLookup, IStorageVolumeInfo, IStorageVolumeMeasures
{
    public ValueTask<StorageVolumeRef> LookupByNameAsync(StoragePoolRef pool, string name, CancellationToken cancel)
    {
        Pool found = keeper.Pools.Get(pool);
        return new(found.RefOf(found.GetVolume(name)));
    }

    public ValueTask<StorageVolumeRef> LookupByKeyAsync(string key, CancellationToken cancel) =>
        keeper.Pools.FindVolume(volumes => volumes.FindKey(key)) is var (pool, volume) ? new(pool.RefOf(volume))
            : throw StorageErrors.NoVolume($"no storage vol with matching key {key}");

    public ValueTask<StorageVolumeRef> LookupByPathAsync(string path, CancellationToken cancel)
    {
        string clean = PathText.Clean(path);
        return keeper.Pools.FindVolume(volumes => volumes.FindPath(clean)) is var (pool, volume) ? new(pool.RefOf(volume))
            : throw StorageErrors.NoVolume($"no storage vol with matching path '{path}'{(clean == path ? "" : $" ({clean})")}");
    }

    public ValueTask<int> CountVolumesAsync(StoragePoolRef pool, CancellationToken cancel) => new(VolumesOf(pool).Count);

    public ValueTask<string[]> ListVolumeNamesAsync(StoragePoolRef pool, CancellationToken cancel) => new([.. VolumesOf(pool).Select(static volume => volume.Name)]);

    public ValueTask<StorageVolumeRef[]> ListVolumesAsync(StoragePoolRef pool, uint flags, CancellationToken cancel)
    {
        flags.None("storagePoolListAllVolumes");
        Pool found = keeper.Pools.Get(pool);
        return new([.. found.RequireActive().Volumes.All.Select(found.RefOf)]);
    }

    IReadOnlyList<Volume> VolumesOf(StoragePoolRef pool) => keeper.Pools.Get(pool).RequireActive().Volumes.All;

    public ValueTask<StorageVolumeInfo> GetInfoAsync(StorageVolumeRef volume, CancellationToken cancel) => InfoAsync(volume, physical: false, cancel);

    public ValueTask<StorageVolumeInfo> MeasureAsync(StorageVolumeRef volume, StorageVolumeInfoFlags flags, CancellationToken cancel)
    {
        flags.Only(StorageVolumeInfoFlags.GetPhysical, "storageVolGetInfoFlags");
        return InfoAsync(volume, flags.HasFlag(StorageVolumeInfoFlags.GetPhysical), cancel);
    }

    async ValueTask<StorageVolumeInfo> InfoAsync(StorageVolumeRef volume, bool physical, CancellationToken cancel)
    {
        StorageVolumeDef now = await LookAsync(volume, cancel).ConfigureAwait(false);
        return new StorageVolumeInfo((StorageVolumeType)(int)now.Type!.Value, now.Capacity!.Value.Bytes,
            physical ? now.Physical?.Bytes ?? 0 : now.Allocation!.Value.Bytes);
    }

    public async ValueTask<string> GetXmlAsync(StorageVolumeRef volume, uint flags, CancellationToken cancel)
    {
        flags.None("storageVolGetXMLDesc");
        return (await LookAsync(volume, cancel).ConfigureAwait(false)).ToXml();
    }

    // Off the thread that serves others: a server's file system may not answer.
    async ValueTask<StorageVolumeDef> LookAsync(StorageVolumeRef of, CancellationToken cancel)
    {
        (Pool pool, Volume volume) = keeper.Pools.Get(of);
        if (pool.Backend.Volumes is not { } backend)
            return volume.Def;
        if (volume.IsBuilding)
            return await Task.Run(() => SoFar(volume), cancel).ConfigureAwait(false);
        StoragePoolDef def = pool.State.Def;
        return volume.Def = await Task.Run(() => backend.LookAsync(def, volume.Def, cancel).AsTask(), cancel).ConfigureAwait(false);
    }

    /// <summary>A file that is being made has as much as is in it by now: who waits for a long copy sees how far it is.</summary>
    static StorageVolumeDef SoFar(Volume volume) => volume.Def is not { Type: Model.Storage.StorageVolumeType.File } def ? volume.Def
        : def with { Allocation = new ByteSize(volume.Copied is > 0 and var copied ? copied : FileStatus.Find(volume.Path, out _)?.Allocated ?? 0) };

    public ValueTask<string> GetPathAsync(StorageVolumeRef volume, CancellationToken cancel) => new(keeper.Pools.Get(volume).Volume.Path);
}
