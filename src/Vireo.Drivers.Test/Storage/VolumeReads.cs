using Vireo.Core.Errors;
using Vireo.Driver;
using Vireo.Drivers.Test.Host;
using Vireo.Model.Storage;

namespace Vireo.Drivers.Test.Storage;

/// <summary>Looks at volumes, which only active pools show.</summary>
sealed class VolumeReads(TestHost host) : ReadsUnderGate(host), IStorageVolumeLookup, IStorageVolumeInfo
{
    public ValueTask<StorageVolumeRef> LookupByNameAsync(StoragePoolRef pool, string name, CancellationToken cancel) => Read(known =>
    {
        TestPool found = known.Pools.GetActive(pool.Name);
        return found.RefOf(found.GetVolume(name));
    });

    public ValueTask<StorageVolumeRef> LookupByKeyAsync(string key, CancellationToken cancel) => Find("key", key, volume => volume.Key == key);

    public ValueTask<StorageVolumeRef> LookupByPathAsync(string path, CancellationToken cancel) => Find("path", path, volume => volume.Target?.Path == path);

    ValueTask<StorageVolumeRef> Find(string by, string value, Predicate<StorageVolumeDef> wanted) => Read(known =>
        known.Pools.FindVolume(wanted) is var (pool, volume) ? pool.RefOf(volume) : throw ObjectErrors.NoVolume(by, value));

    public ValueTask<int> CountVolumesAsync(StoragePoolRef pool, CancellationToken cancel) =>
        Read(known => known.Pools.GetActive(pool.Name).Volumes.Count);

    public ValueTask<string[]> ListVolumeNamesAsync(StoragePoolRef pool, CancellationToken cancel) =>
        Read<string[]>(known => [.. known.Pools.GetActive(pool.Name).Volumes.Select(volume => volume.Name)]);

    public ValueTask<StorageVolumeRef[]> ListVolumesAsync(StoragePoolRef pool, uint flags, CancellationToken cancel)
    {
        flags.None("testStoragePoolListAllVolumes");
        return Read<StorageVolumeRef[]>(known =>
        {
            TestPool found = known.Pools.Get(pool.Uuid);
            return found.IsActive ? [.. found.Volumes.Select(found.RefOf)]
                : throw VireoException.OperationInvalid(ErrorDomain.Test, "storage pool is not active");
        });
    }

    public ValueTask<StorageVolumeInfo> GetInfoAsync(StorageVolumeRef volume, CancellationToken cancel) => Read(known =>
    {
        TestPool pool = known.Pools.GetActive(volume.Pool);
        StorageVolumeDef found = pool.GetVolume(volume.Name);
        return new StorageVolumeInfo(pool.VolumeType, found.Capacity!.Value.Bytes, found.Allocation!.Value.Bytes);
    });

    public ValueTask<string> GetXmlAsync(StorageVolumeRef volume, uint flags, CancellationToken cancel)
    {
        flags.None("testStorageVolGetXMLDesc");
        return Read(known => known.Pools.GetActive(volume.Pool).GetVolume(volume.Name).ToXml());
    }

    public ValueTask<string> GetPathAsync(StorageVolumeRef volume, CancellationToken cancel) =>
        Read(known => known.Pools.GetActive(volume.Pool).GetVolume(volume.Name).Target!.Path!);
}
