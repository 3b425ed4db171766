using Vireo.Core;
using Vireo.Driver;
using Vireo.Drivers.Storage.Volumes;
using Vireo.Model.Storage;

namespace Vireo.Drivers.Storage.Kinds.Zfs;

/// <summary>Pools of ZFS, or a part of one (POOL/PART).</summary>
sealed class ZfsPools(StorageKeeper keeper) : IPoolBackend, IDeletablePools
{
    readonly ZfsVolumes volumes = new(keeper);

    public IVolumeBackend Volumes => volumes;

    public ValueTask<bool> IsThereAsync(StoragePoolDef pool, CancellationToken cancel) => new(Directory.Exists(keeper.Options.HostTree.At(pool.Target!.Path!)));

    public async ValueTask BuildAsync(StoragePoolDef pool, StoragePoolBuildFlags flags, CancellationToken cancel)
    {
        ((uint)flags).None("virStorageBackendZFSBuildPool");
        StoragePoolSource source = pool.Source!;
        string name = source.Name!;
        if (name.Contains('/', StringComparison.Ordinal))
        {
            await keeper.Programs.RunAsync("zfs", ["create", "-o", "mountpoint=none", name], cancel).ConfigureAwait(false);
            return;
        }
        if (source.Devices.Count is 0)
            throw StorageErrors.Unsupported("missing source devices");
        await keeper.Programs.RunAsync("zpool", ["create", name, .. source.Devices.Select(static device => device.Path)], cancel).ConfigureAwait(false);
    }

    public async ValueTask<PoolContent> LookAsync(StoragePoolDef pool, VolumeTable known, CancellationToken cancel)
    {
        string name = pool.Source!.Name!, whole = name.Split('/')[0];
        string properties = (await keeper.Programs.RunAsync("zpool", [.. ZfsText.Properties, whole], cancel).ConfigureAwait(false)).Output;
        (ulong capacity, ulong available, ulong allocation) = ZfsText.ReadPool(properties);
        return new PoolContent(pool with { Capacity = new ByteSize(capacity), Available = new ByteSize(available), Allocation = new ByteSize(allocation) },
            [.. (await volumes.FindAsync(pool, cancel).ConfigureAwait(false)).Select(static volume => new Volume(volume))]);
    }

    public async ValueTask DeleteAsync(StoragePoolDef pool, StoragePoolDeleteFlags flags, CancellationToken cancel)
    {
        ((uint)flags).None("virStorageBackendZFSDeletePool");
        string name = pool.Source!.Name!;
        if (name.Contains('/', StringComparison.Ordinal))
            await keeper.Programs.RunAsync("zfs", ["destroy", "-r", name], cancel).ConfigureAwait(false);
        else
            await keeper.Programs.RunAsync("zpool", ["destroy", name], cancel).ConfigureAwait(false);
    }
}
