using Vireo.Core.Errors;
using Vireo.Driver;
using Vireo.Model.Storage;
using StorageVolumeType = Vireo.Model.Storage.StorageVolumeType;

namespace Vireo.Drivers.Storage.Kinds.Gluster;

/// <summary>Files and folders of a volume of Gluster's: they are found, and can be deleted.</summary>
sealed class GlusterFiles : IVolumeBackend
{
    public bool AreFound => true;

    public bool CanBeDeleted => true;

    public bool HaveFiles => false;

    // Never asked for of what is found (AreFound).
    public StorageVolumeDef Place(StoragePoolDef pool, StorageVolumeDef wanted) => throw No("does not support volume creation");

    public ValueTask MakeAsync(VolumeWork work, CancellationToken cancel) => throw No("does not support volume creation");

    /// <summary>What is known of it is from the last look at its pool: a session for each question would be too dear.</summary>
    public ValueTask<StorageVolumeDef> LookAsync(StoragePoolDef pool, StorageVolumeDef volume, CancellationToken cancel) => new(volume);

    public async ValueTask DeleteAsync(StoragePoolDef pool, StorageVolumeDef volume, StorageVolumeDeleteFlags flags, CancellationToken cancel)
    {
        ((uint)flags).None("virStorageBackendGlusterVolDelete");
        await OwnThread.RunAsync(() =>
        {
            using GlusterSession session = GlusterSession.Open(pool);
            session.Delete(volume.Name, volume.Type is StorageVolumeType.NetDir);
        }).ConfigureAwait(false);
    }

    public ValueTask ResizeAsync(StoragePoolDef pool, StorageVolumeDef volume, ulong capacity, StorageVolumeResizeFlags flags, CancellationToken cancel) =>
        throw No("does not support changing of volume capacity");

    public ValueTask WipeAsync(StoragePoolDef pool, StorageVolumeDef volume, StorageVolumeWipeAlgorithm algorithm, CancellationToken cancel) =>
        throw No("doesn't support volume wiping");

    static VireoException No(string what) => VireoException.NoSupport($"storage pool {what}", ErrorDomain.Storage);
}
