using Vireo.Drivers.Storage.Kinds.Devices;
using Vireo.Drivers.Storage.Volumes;
using Vireo.Model.Storage;

namespace Vireo.Drivers.Storage.Kinds.Scsi;

/// <summary>Pools that are all disks behind a SCSI or fibre-channel adapter.</summary>
sealed class ScsiPools(StorageKeeper keeper, ScsiDisks disks) : IPoolBackend
{
    public IVolumeBackend Volumes { get; } = new FoundDevices(keeper);

    public ValueTask<bool> IsThereAsync(StoragePoolDef pool, CancellationToken cancel) => new(ScsiHosts.IsThere(keeper.Options.HostTree, HostOf(pool)));

    public ValueTask<PoolContent> LookAsync(StoragePoolDef pool, VolumeTable known, CancellationToken cancel)
    {
        uint host = HostOf(pool);
        ScsiHosts.Rescan(keeper.Options.HostTree, host);
        return disks.LookAsync(pool, host, cancel);
    }

    uint HostOf(StoragePoolDef pool) => ScsiHosts.Find(keeper.Options.HostTree, pool.Source!.Adapter!);
}
