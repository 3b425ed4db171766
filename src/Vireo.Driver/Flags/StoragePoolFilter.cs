using Vireo.Model.Storage;

namespace Vireo.Driver;

/// <summary>Which pools a listing is asked for.</summary>
public static class StoragePoolFilter
{
    /// <summary>Every flag that listings know.</summary>
    public const ListStoragePoolsFlags Known = (ListStoragePoolsFlags)0xfffff;

    /// <summary>Where the flags for types begin; they are in the order of the types' own list.</summary>
    const int FirstType = (int)ListStoragePoolsFlags.Dir;

    static readonly StoragePoolType[] flaggedTypes =
    [
        StoragePoolType.Dir, StoragePoolType.Fs, StoragePoolType.NetFs, StoragePoolType.Logical, StoragePoolType.Disk, StoragePoolType.Iscsi,
        StoragePoolType.Scsi, StoragePoolType.Mpath, StoragePoolType.Rbd, StoragePoolType.Sheepdog, StoragePoolType.Gluster, StoragePoolType.Zfs,
        StoragePoolType.VStorage, StoragePoolType.IscsiDirect,
    ];

    /// <summary>Whether a pool fits every group of flags of which some are given.</summary>
    public static bool Fits(ListStoragePoolsFlags flags, StoragePoolType type, bool isActive, bool isPersistent, bool autostart)
    {
        uint types = (uint)flags & ~(uint)(FirstType - 1);
        return flags.Pair(ListStoragePoolsFlags.Active, ListStoragePoolsFlags.Inactive, isActive)
            && flags.Pair(ListStoragePoolsFlags.Persistent, ListStoragePoolsFlags.Transient, isPersistent)
            && flags.Pair(ListStoragePoolsFlags.Autostart, ListStoragePoolsFlags.NoAutostart, autostart)
            && (types is 0 || (types & (uint)FirstType << Array.IndexOf(flaggedTypes, type)) is not 0);
    }
}
