using Vireo.Core.Errors;
using Vireo.Driver;
using Vireo.Model.Storage;

namespace Vireo.Drivers.Storage.Kinds.Rbd;

/// <summary>Images of a Ceph cluster.</summary>
sealed class RbdVolumes(StorageKeeper keeper) : IVolumeBackend
{
    /// <summary>An image takes what is written to it, and clones share.</summary>
    public bool MovesPool => true;

    public bool HaveFiles => false;

    public StorageVolumeDef Place(StoragePoolDef pool, StorageVolumeDef wanted) => wanted.Target?.Format is null or "raw" ? RbdPools.At(pool, wanted)
        : throw StorageErrors.Unsupported("only RAW volumes are supported by this storage pool");

    public async ValueTask MakeAsync(VolumeWork work, CancellationToken cancel)
    {
        StorageVolumeDef volume = work.Volume;
        uint flags = (work.Preallocate ? (uint)StorageVolumeCreateFlags.PreallocMetadata : 0) | (work.Share ? (uint)StorageVolumeCreateFlags.Reflink : 0);
        flags.None(work.Content is null ? "virStorageBackendRBDBuildVol" : "virStorageBackendRBDBuildVolFrom");
        ulong capacity = volume.Capacity?.Bytes ?? 0;
        if (capacity is 0)
            throw VireoException.NoSupport("volume capacity required for this storage pool", ErrorDomain.Storage);
        if (volume.Target?.Encryption is not null)
            throw StorageErrors.Unsupported("storage pool does not support encrypted volumes");
        if (work is { Content: { } content, ContentPool: { } other })
        {
            if (other.Type is not StoragePoolType.Rbd || other.Source!.Name != work.Pool.Source!.Name || other.Source.Hosts != work.Pool.Source.Hosts)
                throw VireoException.NoSupport("storage pool does not support volume creation from a volume of another pool", ErrorDomain.Storage);
            await ChangeAsync(work.Pool, session => Clone(session, content, volume.Name, capacity), cancel).ConfigureAwait(false);
        }
        else
            await ChangeAsync(work.Pool, session => session.Create(volume.Name, capacity), cancel).ConfigureAwait(false);
    }

    static void Clone(RbdSession session, StorageVolumeDef parent, string name, ulong capacity)
    {
        using (RbdImage image = RbdImage.Open(session, parent.Name, RbdImage.Unopened(parent.Name)))
            image.Clone(name);
        if (capacity <= parent.Capacity!.Value.Bytes)
            return;
        try
        {
            using RbdImage made = RbdImage.Open(session, name, RbdImage.Unopened(name));
            made.Resize(capacity);
        }
        catch
        {
            session.Remove(name);
            throw;
        }
    }

    public ValueTask<StorageVolumeDef> LookAsync(StoragePoolDef pool, StorageVolumeDef volume, CancellationToken cancel) => RbdPools.OnAsync(keeper, pool, session =>
    {
        using RbdImage? image = RbdImage.Find(session, volume.Name);
        return image is not null ? RbdPools.Sized(volume, image, pool) : throw StorageErrors.System(NoSuchFile, RbdImage.Unopened(volume.Name));
    }, cancel);

    const int NoSuchFile = 2;

    public ValueTask DeleteAsync(StoragePoolDef pool, StorageVolumeDef volume, StorageVolumeDeleteFlags flags, CancellationToken cancel)
    {
        flags.Only(StorageVolumeDeleteFlags.Zeroed | StorageVolumeDeleteFlags.WithSnapshots, "virStorageBackendRBDDeleteVol");
        return ChangeAsync(pool, session =>
        {
            if (flags.HasFlag(StorageVolumeDeleteFlags.WithSnapshots))
                using (RbdImage? image = RbdImage.Find(session, volume.Name, toChange: true))
                    image?.RemoveSnapshots();
            session.Remove(volume.Name);
        }, cancel);
    }

    public ValueTask ResizeAsync(StoragePoolDef pool, StorageVolumeDef volume, ulong capacity, StorageVolumeResizeFlags flags, CancellationToken cancel)
    {
        ((uint)flags).None("virStorageBackendRBDResizeVol");
        return ChangeAsync(pool, session =>
        {
            using RbdImage image = RbdImage.Open(session, volume.Name, RbdImage.Unopened(volume.Name));
            image.Resize(capacity);
        }, cancel);
    }

    public ValueTask WipeAsync(StoragePoolDef pool, StorageVolumeDef volume, StorageVolumeWipeAlgorithm algorithm, CancellationToken cancel)
    {
        if (algorithm is not (StorageVolumeWipeAlgorithm.Zero or StorageVolumeWipeAlgorithm.Trim))
            throw VireoException.InvalidArgument(ErrorDomain.Storage, $"unsupported algorithm {(int)algorithm}");
        return ChangeAsync(pool, session =>
        {
            using RbdImage image = RbdImage.Open(session, volume.Name, $"failed to open the RBD image {volume.Name}");
            image.Wipe(algorithm is StorageVolumeWipeAlgorithm.Trim, cancel);
        }, cancel);
    }

    async ValueTask ChangeAsync(StoragePoolDef pool, Action<RbdSession> change, CancellationToken cancel) => await RbdPools.OnAsync(keeper, pool, session =>
    {
        change(session);
        return true;
    }, cancel).ConfigureAwait(false);
}
