using Vireo.Drivers.Storage.Kinds.Disks;
using Vireo.Drivers.Storage.Kinds.Folders;
using Vireo.Drivers.Storage.Kinds.Gluster;
using Vireo.Drivers.Storage.Kinds.Iscsi;
using Vireo.Drivers.Storage.Kinds.IscsiDirect;
using Vireo.Drivers.Storage.Kinds.Logical;
using Vireo.Drivers.Storage.Kinds.Mounted;
using Vireo.Drivers.Storage.Kinds.Multipath;
using Vireo.Drivers.Storage.Kinds.Rbd;
using Vireo.Drivers.Storage.Kinds.Scsi;
using Vireo.Drivers.Storage.Kinds.Zfs;
using Vireo.Drivers.Storage.Volumes;
using Vireo.Model.Storage;

namespace Vireo.Drivers.Storage.Kinds;

/// <summary>The kinds of pools that this driver has: the only list of them.</summary>
sealed class PoolKinds
{
    readonly Dictionary<StoragePoolType, IPoolBackend> kinds;

    internal PoolKinds(StorageKeeper keeper)
    {
        var files = new LocalVolumes(keeper);
        var disks = new ScsiDisks(keeper);
        kinds = new()
        {
            [StoragePoolType.Dir] = new FolderPools(files),
            [StoragePoolType.Fs] = new MountedPools(keeper, files),
            [StoragePoolType.NetFs] = new ServerFolderPools(keeper, files),
            [StoragePoolType.Logical] = new LogicalPools(keeper),
            [StoragePoolType.Disk] = new DiskPools(keeper),
            [StoragePoolType.Iscsi] = new IscsiPools(keeper, disks),
            [StoragePoolType.Scsi] = new ScsiPools(keeper, disks),
            [StoragePoolType.Mpath] = new MultipathPools(keeper, disks),
            [StoragePoolType.Zfs] = new ZfsPools(keeper),
        };
        // Debian has these in packages of their own.
        if (LibIscsi.IsThere)
            kinds[StoragePoolType.IscsiDirect] = new IscsiDirectPools(keeper);
        if (LibGfapi.IsThere)
            kinds[StoragePoolType.Gluster] = new GlusterPools(keeper);
        if (LibRbd.IsThere)
            kinds[StoragePoolType.Rbd] = new RbdPools(keeper);
    }

    /// <summary>Which there are.</summary>
    internal IReadOnlyCollection<StoragePoolType> All => kinds.Keys;

    /// <summary>The kind of a type; null: there is none.</summary>
    internal IPoolBackend? Find(StoragePoolType type) => kinds.GetValueOrDefault(type);

    /// <summary>The kind of a type, or libvirt's error.</summary>
    internal IPoolBackend Get(StoragePoolType type) =>
        Find(type) ?? throw StorageErrors.Internal($"missing backend for pool type {(int)type} ({type.ToXml()})");
}
