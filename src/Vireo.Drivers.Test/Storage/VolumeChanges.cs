using Vireo.Core.Errors;
using Vireo.Driver;
using Vireo.Drivers.Test.Host;
using Vireo.Model.Documents;
using Vireo.Model.Storage;

namespace Vireo.Drivers.Test.Storage;

/// <summary>Makes and deletes volumes.</summary>
sealed class VolumeChanges(TestHost host) : ReadsUnderGate(host), IStorageVolumes
{
    public ValueTask<StorageVolumeRef> CreateAsync(StoragePoolRef pool, string xml, StorageVolumeCreateFlags flags, CancellationToken cancel)
    {
        flags.Only(StorageVolumeCreateFlags.Validate, "testStorageVolCreateXML");
        return Read(known => Make(known.Pools.GetActive(pool.Name), xml, flags, original: null));
    }

    /// <summary>The original is looked for in the new one's pool; nothing of it is taken over, since volumes here have no content.</summary>
    public ValueTask<StorageVolumeRef> CreateFromAsync(
        StoragePoolRef pool, string xml, StorageVolumeRef source, StorageVolumeCreateFlags flags, CancellationToken cancel)
    {
        flags.Only(StorageVolumeCreateFlags.Validate, "testStorageVolCreateXMLFrom");
        return Read(known => Make(known.Pools.GetActive(pool.Name), xml, flags, source.Name));
    }

    static StorageVolumeRef Make(TestPool pool, string xml, StorageVolumeCreateFlags flags, string? original)
    {
        if (flags.HasFlag(StorageVolumeCreateFlags.Validate))
            DocumentKinds.StorageVolume.Validate(xml);
        StorageVolumeDef volume = pool.Place(StorageVolumeDef.Define(xml, pool.Kind));
        if (pool.FindVolume(volume.Name) is not null)
            throw new VireoException(ErrorCode.OperationFailed, ErrorDomain.Test, "storage vol already exists");
        if (original is not null)
            pool.GetVolume(original);
        if (!pool.HasRoomFor(volume))
            throw VireoException.Internal(ErrorDomain.Test, $"Not enough free space in pool for volume '{volume.Name}'");
        pool.Add(volume);
        return pool.RefOf(volume);
    }

    public ValueTask DeleteAsync(StorageVolumeRef volume, StorageVolumeDeleteFlags flags, CancellationToken cancel)
    {
        ((uint)flags).None("testStorageVolDelete");
        return Change(known =>
        {
            TestPool pool = known.Pools.GetActive(volume.Pool);
            pool.Remove(pool.GetVolume(volume.Name));
        });
    }
}
