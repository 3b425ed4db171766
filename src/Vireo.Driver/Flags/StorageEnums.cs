namespace Vireo.Driver;

/// <summary>virConnectListAllStoragePoolsFlags.</summary>
[Flags]
public enum ListStoragePoolsFlags : uint
{
    /// <summary>No flag.</summary>
    None = 0,
    /// <summary>VIR_CONNECT_LIST_STORAGE_POOLS_INACTIVE, since libvirt 0.10.2.</summary>
    Inactive = 1,
    /// <summary>VIR_CONNECT_LIST_STORAGE_POOLS_ACTIVE, since libvirt 0.10.2.</summary>
    Active = 2,
    /// <summary>VIR_CONNECT_LIST_STORAGE_POOLS_PERSISTENT, since libvirt 0.10.2.</summary>
    Persistent = 4,
    /// <summary>VIR_CONNECT_LIST_STORAGE_POOLS_TRANSIENT, since libvirt 0.10.2.</summary>
    Transient = 8,
    /// <summary>VIR_CONNECT_LIST_STORAGE_POOLS_AUTOSTART, since libvirt 0.10.2.</summary>
    Autostart = 0x10,
    /// <summary>VIR_CONNECT_LIST_STORAGE_POOLS_NO_AUTOSTART, since libvirt 0.10.2.</summary>
    NoAutostart = 0x20,
    /// <summary>VIR_CONNECT_LIST_STORAGE_POOLS_DIR, since libvirt 0.10.2.</summary>
    Dir = 0x40,
    /// <summary>VIR_CONNECT_LIST_STORAGE_POOLS_FS, since libvirt 0.10.2.</summary>
    Fs = 0x80,
    /// <summary>VIR_CONNECT_LIST_STORAGE_POOLS_NETFS, since libvirt 0.10.2.</summary>
    Netfs = 0x100,
    /// <summary>VIR_CONNECT_LIST_STORAGE_POOLS_LOGICAL, since libvirt 0.10.2.</summary>
    Logical = 0x200,
    /// <summary>VIR_CONNECT_LIST_STORAGE_POOLS_DISK, since libvirt 0.10.2.</summary>
    Disk = 0x400,
    /// <summary>VIR_CONNECT_LIST_STORAGE_POOLS_ISCSI, since libvirt 0.10.2.</summary>
    Iscsi = 0x800,
    /// <summary>VIR_CONNECT_LIST_STORAGE_POOLS_SCSI, since libvirt 0.10.2.</summary>
    Scsi = 0x1000,
    /// <summary>VIR_CONNECT_LIST_STORAGE_POOLS_MPATH, since libvirt 0.10.2.</summary>
    Mpath = 0x2000,
    /// <summary>VIR_CONNECT_LIST_STORAGE_POOLS_RBD, since libvirt 0.10.2.</summary>
    Rbd = 0x4000,
    /// <summary>VIR_CONNECT_LIST_STORAGE_POOLS_SHEEPDOG, since libvirt 0.10.2.</summary>
    Sheepdog = 0x8000,
    /// <summary>VIR_CONNECT_LIST_STORAGE_POOLS_GLUSTER, since libvirt 1.2.1.</summary>
    Gluster = 0x10000,
    /// <summary>VIR_CONNECT_LIST_STORAGE_POOLS_ZFS, since libvirt 1.2.8.</summary>
    Zfs = 0x20000,
    /// <summary>VIR_CONNECT_LIST_STORAGE_POOLS_VSTORAGE, since libvirt 3.1.0.</summary>
    Vstorage = 0x40000,
    /// <summary>VIR_CONNECT_LIST_STORAGE_POOLS_ISCSI_DIRECT, since libvirt 5.6.0.</summary>
    IscsiDirect = 0x80000,
}

/// <summary>virStoragePoolState.</summary>
public enum StoragePoolState
{
    /// <summary>VIR_STORAGE_POOL_INACTIVE, since libvirt 0.4.1.</summary>
    Inactive = 0,
    /// <summary>VIR_STORAGE_POOL_BUILDING, since libvirt 0.4.1.</summary>
    Building = 1,
    /// <summary>VIR_STORAGE_POOL_RUNNING, since libvirt 0.4.1.</summary>
    Running = 2,
    /// <summary>VIR_STORAGE_POOL_DEGRADED, since libvirt 0.4.1.</summary>
    Degraded = 3,
    /// <summary>VIR_STORAGE_POOL_INACCESSIBLE, since libvirt 0.8.2.</summary>
    Inaccessible = 4,
}

/// <summary>virStoragePoolBuildFlags.</summary>
[Flags]
public enum StoragePoolBuildFlags : uint
{
    /// <summary>VIR_STORAGE_POOL_BUILD_NEW, since libvirt 0.4.1.</summary>
    New = 0,
    /// <summary>VIR_STORAGE_POOL_BUILD_REPAIR, since libvirt 0.4.1.</summary>
    Repair = 1,
    /// <summary>VIR_STORAGE_POOL_BUILD_RESIZE, since libvirt 0.4.1.</summary>
    Resize = 2,
    /// <summary>VIR_STORAGE_POOL_BUILD_NO_OVERWRITE, since libvirt 0.9.5.</summary>
    NoOverwrite = 4,
    /// <summary>VIR_STORAGE_POOL_BUILD_OVERWRITE, since libvirt 0.9.5.</summary>
    Overwrite = 8,
}

/// <summary>virStoragePoolDeleteFlags.</summary>
[Flags]
public enum StoragePoolDeleteFlags : uint
{
    /// <summary>VIR_STORAGE_POOL_DELETE_NORMAL, since libvirt 0.4.1.</summary>
    Normal = 0,
    /// <summary>VIR_STORAGE_POOL_DELETE_ZEROED, since libvirt 0.4.1.</summary>
    Zeroed = 1,
}

/// <summary>virStoragePoolCreateFlags.</summary>
[Flags]
public enum StoragePoolCreateFlags : uint
{
    /// <summary>VIR_STORAGE_POOL_CREATE_NORMAL, since libvirt 1.3.1.</summary>
    Normal = 0,
    /// <summary>VIR_STORAGE_POOL_CREATE_WITH_BUILD, since libvirt 1.3.1.</summary>
    WithBuild = 1,
    /// <summary>VIR_STORAGE_POOL_CREATE_WITH_BUILD_OVERWRITE, since libvirt 1.3.1.</summary>
    WithBuildOverwrite = 2,
    /// <summary>VIR_STORAGE_POOL_CREATE_WITH_BUILD_NO_OVERWRITE, since libvirt 1.3.1.</summary>
    WithBuildNoOverwrite = 4,
}

/// <summary>virStoragePoolDefineFlags.</summary>
[Flags]
public enum StoragePoolDefineFlags : uint
{
    /// <summary>No flag.</summary>
    None = 0,
    /// <summary>VIR_STORAGE_POOL_DEFINE_VALIDATE, since libvirt 7.7.0.</summary>
    Validate = 1,
}

/// <summary>virStorageXMLFlags.</summary>
[Flags]
public enum StorageXmlFlags : uint
{
    /// <summary>No flag.</summary>
    None = 0,
    /// <summary>VIR_STORAGE_XML_INACTIVE, since libvirt 0.9.13.</summary>
    Inactive = 1,
}

/// <summary>virStorageVolType.</summary>
public enum StorageVolumeType
{
    /// <summary>VIR_STORAGE_VOL_FILE, since libvirt 0.4.1.</summary>
    File = 0,
    /// <summary>VIR_STORAGE_VOL_BLOCK, since libvirt 0.4.1.</summary>
    Block = 1,
    /// <summary>VIR_STORAGE_VOL_DIR, since libvirt 0.9.5.</summary>
    Dir = 2,
    /// <summary>VIR_STORAGE_VOL_NETWORK, since libvirt 0.9.13.</summary>
    Network = 3,
    /// <summary>VIR_STORAGE_VOL_NETDIR, since libvirt 1.2.0.</summary>
    Netdir = 4,
    /// <summary>VIR_STORAGE_VOL_PLOOP, since libvirt 1.3.4.</summary>
    Ploop = 5,
}

/// <summary>virStorageVolInfoFlags.</summary>
[Flags]
public enum StorageVolumeInfoFlags : uint
{
    /// <summary>VIR_STORAGE_VOL_USE_ALLOCATION, since libvirt 3.0.0.</summary>
    UseAllocation = 0,
    /// <summary>VIR_STORAGE_VOL_GET_PHYSICAL, since libvirt 3.0.0.</summary>
    GetPhysical = 1,
}

/// <summary>virStorageVolCreateFlags.</summary>
[Flags]
public enum StorageVolumeCreateFlags : uint
{
    /// <summary>No flag.</summary>
    None = 0,
    /// <summary>VIR_STORAGE_VOL_CREATE_PREALLOC_METADATA, since libvirt 1.0.1.</summary>
    PreallocMetadata = 1,
    /// <summary>VIR_STORAGE_VOL_CREATE_REFLINK, since libvirt 1.2.13.</summary>
    Reflink = 2,
    /// <summary>VIR_STORAGE_VOL_CREATE_VALIDATE, since libvirt 8.10.0.</summary>
    Validate = 4,
}

/// <summary>virStorageVolDeleteFlags.</summary>
[Flags]
public enum StorageVolumeDeleteFlags : uint
{
    /// <summary>VIR_STORAGE_VOL_DELETE_NORMAL, since libvirt 0.4.1.</summary>
    Normal = 0,
    /// <summary>VIR_STORAGE_VOL_DELETE_ZEROED, since libvirt 0.4.1.</summary>
    Zeroed = 1,
    /// <summary>VIR_STORAGE_VOL_DELETE_WITH_SNAPSHOTS, since libvirt 1.2.21.</summary>
    WithSnapshots = 2,
}

/// <summary>virStorageVolResizeFlags.</summary>
[Flags]
public enum StorageVolumeResizeFlags : uint
{
    /// <summary>No flag.</summary>
    None = 0,
    /// <summary>VIR_STORAGE_VOL_RESIZE_ALLOCATE, since libvirt 0.9.10.</summary>
    Allocate = 1,
    /// <summary>VIR_STORAGE_VOL_RESIZE_DELTA, since libvirt 0.9.10.</summary>
    Delta = 2,
    /// <summary>VIR_STORAGE_VOL_RESIZE_SHRINK, since libvirt 0.9.10.</summary>
    Shrink = 4,
}

/// <summary>virStoragePoolEventLifecycleType.</summary>
public enum StoragePoolEventType
{
    /// <summary>VIR_STORAGE_POOL_EVENT_DEFINED, since libvirt 2.0.0.</summary>
    Defined = 0,
    /// <summary>VIR_STORAGE_POOL_EVENT_UNDEFINED, since libvirt 2.0.0.</summary>
    Undefined = 1,
    /// <summary>VIR_STORAGE_POOL_EVENT_STARTED, since libvirt 2.0.0.</summary>
    Started = 2,
    /// <summary>VIR_STORAGE_POOL_EVENT_STOPPED, since libvirt 2.0.0.</summary>
    Stopped = 3,
    /// <summary>VIR_STORAGE_POOL_EVENT_CREATED, since libvirt 3.8.0.</summary>
    Created = 4,
    /// <summary>VIR_STORAGE_POOL_EVENT_DELETED, since libvirt 3.8.0.</summary>
    Deleted = 5,
}

/// <summary>virStoragePoolEventID.</summary>
public enum StoragePoolEventId
{
    /// <summary>VIR_STORAGE_POOL_EVENT_ID_LIFECYCLE, since libvirt 2.0.0.</summary>
    Lifecycle = 0,
    /// <summary>VIR_STORAGE_POOL_EVENT_ID_REFRESH, since libvirt 2.0.0.</summary>
    Refresh = 1,
}

/// <summary>How a volume is overwritten (virStorageVolWipeAlgorithm).</summary>
public enum StorageVolumeWipeAlgorithm
{
    /// <summary>VIR_STORAGE_VOL_WIPE_ALG_ZERO, since libvirt 0.9.10.</summary>
    Zero = 0,
    /// <summary>VIR_STORAGE_VOL_WIPE_ALG_NNSA, since libvirt 0.9.10.</summary>
    Nnsa = 1,
    /// <summary>VIR_STORAGE_VOL_WIPE_ALG_DOD, since libvirt 0.9.10.</summary>
    Dod = 2,
    /// <summary>VIR_STORAGE_VOL_WIPE_ALG_BSI, since libvirt 0.9.10.</summary>
    Bsi = 3,
    /// <summary>VIR_STORAGE_VOL_WIPE_ALG_GUTMANN, since libvirt 0.9.10.</summary>
    Gutmann = 4,
    /// <summary>VIR_STORAGE_VOL_WIPE_ALG_SCHNEIER, since libvirt 0.9.10.</summary>
    Schneier = 5,
    /// <summary>VIR_STORAGE_VOL_WIPE_ALG_PFITZNER7, since libvirt 0.9.10.</summary>
    Pfitzner7 = 6,
    /// <summary>VIR_STORAGE_VOL_WIPE_ALG_PFITZNER33, since libvirt 0.9.10.</summary>
    Pfitzner33 = 7,
    /// <summary>VIR_STORAGE_VOL_WIPE_ALG_RANDOM, since libvirt 0.9.10.</summary>
    Random = 8,
    /// <summary>VIR_STORAGE_VOL_WIPE_ALG_TRIM, since libvirt 1.3.2.</summary>
    Trim = 9,
}

/// <summary>How a volume is read (virStorageVolDownloadFlags).</summary>
[Flags]
public enum StorageVolumeDownloadFlags : uint
{
    /// <summary>No flag.</summary>
    None = 0,
    /// <summary>VIR_STORAGE_VOL_DOWNLOAD_SPARSE_STREAM, since libvirt 3.4.0.</summary>
    SparseStream = 1,
}

/// <summary>How a volume is written (virStorageVolUploadFlags).</summary>
[Flags]
public enum StorageVolumeUploadFlags : uint
{
    /// <summary>No flag.</summary>
    None = 0,
    /// <summary>VIR_STORAGE_VOL_UPLOAD_SPARSE_STREAM, since libvirt 3.4.0.</summary>
    SparseStream = 1,
}
