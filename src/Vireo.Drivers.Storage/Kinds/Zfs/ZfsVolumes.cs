using Vireo.Core;
using Vireo.Core.Errors;
using Vireo.Driver;
using Vireo.Drivers.Storage.Volumes;
using Vireo.Host.Processes;
using Vireo.Model.Storage;

namespace Vireo.Drivers.Storage.Kinds.Zfs;

/// <summary>Volumes of ZFS (zvols).</summary>
sealed class ZfsVolumes(StorageKeeper keeper) : IVolumeBackend
{
    /// <summary>All of a pool.</summary>
    public async ValueTask<IReadOnlyList<StorageVolumeDef>> FindAsync(StoragePoolDef pool, CancellationToken cancel)
    {
        string dataset = pool.Source!.Name!;
        string output = (await keeper.Programs.RunAsync("zfs", ZfsText.Volumes(dataset), cancel).ConfigureAwait(false)).Output;
        return [.. ZfsText.ReadVolumes(output, dataset).Select(one => At(pool, new StorageVolumeDef
        {
            Name = one.Name, Capacity = new ByteSize(one.Capacity), Allocation = new ByteSize(one.Allocation),
        }))];
    }

    static StorageVolumeDef At(StoragePoolDef pool, StorageVolumeDef volume)
    {
        string path = $"{pool.Target!.Path}/{volume.Name}";
        return volume with { Type = Model.Storage.StorageVolumeType.Block, Key = path, Target = (volume.Target ?? new StorageVolumeTarget()) with { Path = path } };
    }

    public StorageVolumeDef Place(StoragePoolDef pool, StorageVolumeDef wanted) => At(pool, wanted) with { Type = null };

    public async ValueTask MakeAsync(VolumeWork work, CancellationToken cancel)
    {
        if (work.Volume.Target?.Encryption is not null)
            throw StorageErrors.Unsupported("storage pool does not support encrypted volumes");
        if (work.Content is not null)
            throw VireoException.NoSupport("storage pool does not support volume creation from an existing volume", ErrorDomain.Storage);
        await keeper.Programs.RunAsync("zfs", ZfsText.Create(work.Volume, work.Pool.Source!.Name!, await IsModeKnownAsync(cancel).ConfigureAwait(false)), cancel).ConfigureAwait(false);
    }

    /// <summary>Versions that know modes make a volume a device only if they are told; their help says so.</summary>
    async ValueTask<bool> IsModeKnownAsync(CancellationToken cancel)
    {
        FinishedProgram help = await keeper.Programs.TryAsync("zfs", ["get"], cancel).ConfigureAwait(false);
        return help.Error.Contains(" volmode ", StringComparison.Ordinal);
    }

    /// <summary>ZFS rounds sizes up to whole blocks, so a new volume, which has no type yet, is looked for. Others are as the pool's last look left them.</summary>
    public async ValueTask<StorageVolumeDef> LookAsync(StoragePoolDef pool, StorageVolumeDef volume, CancellationToken cancel) => volume.Type is not null ? volume
        : (await FindAsync(pool, cancel).ConfigureAwait(false)).FirstOrDefault(one => one.Name == volume.Name) ?? volume;

    public async ValueTask DeleteAsync(StoragePoolDef pool, StorageVolumeDef volume, StorageVolumeDeleteFlags flags, CancellationToken cancel)
    {
        ((uint)flags).None("virStorageBackendZFSDeleteVol");
        await keeper.Programs.RunAsync("zfs", ["destroy", $"{pool.Source!.Name}/{volume.Name}"], cancel).ConfigureAwait(false);
    }

    public ValueTask ResizeAsync(StoragePoolDef pool, StorageVolumeDef volume, ulong capacity, StorageVolumeResizeFlags flags, CancellationToken cancel) =>
        throw VireoException.NoSupport("storage pool does not support changing of volume capacity", ErrorDomain.Storage);

    public ValueTask WipeAsync(StoragePoolDef pool, StorageVolumeDef volume, StorageVolumeWipeAlgorithm algorithm, CancellationToken cancel) =>
        throw VireoException.NoSupport("storage pool doesn't support volume wiping", ErrorDomain.Storage);
}
