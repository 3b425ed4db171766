namespace Vireo.Model.Storage;

/// <summary>What part of a source a kind of pool looks at.</summary>
[Flags]
public enum StoragePoolParts
{
    None = 0, Host = 1, Device = 2, Directory = 4, Adapter = 8, Name = 16, Initiator = 32,
}

/// <summary>What holds of every pool of a type; documents, defaults and capabilities all come from this table.</summary>
/// <param name="Type">The type.</param>
/// <param name="Parts">What of the source counts.</param>
/// <param name="Formats">Words for the source's format; empty: it has none.</param>
/// <param name="Format">The usual one.</param>
/// <param name="VolumeFormats">Words for a volume's format.</param>
/// <param name="VolumeFormat">The usual one; null: volumes here have no format.</param>
public sealed record StoragePoolKind(
    StoragePoolType Type, StoragePoolParts Parts, string[] Formats, string? Format, string[] VolumeFormats, string? VolumeFormat)
{
    /// <summary>Volumes are reached over a network, not under a folder of the host.</summary>
    public bool IsRemote => Type is StoragePoolType.IscsiDirect or StoragePoolType.Rbd or StoragePoolType.Sheepdog or StoragePoolType.Gluster;

    /// <summary>Formats of file systems on a device.</summary>
    static readonly string[] fileSystems =
        ["auto", "ext2", "ext3", "ext4", "ufs", "iso9660", "udf", "gfs", "gfs2", "vfat", "hfs+", "xfs", "ocfs2", "vmfs"];

    /// <summary>File systems of servers.</summary>
    public static IReadOnlyList<string> NetworkFileSystems => networkFileSystems;
    static readonly string[] networkFileSystems = ["auto", "nfs", "glusterfs", "cifs"];

    static readonly string[] volumeGroups = ["unknown", "lvm2"];
    static readonly string[] partitionTables = ["unknown", "dos", "dvh", "gpt", "mac", "bsd", "pc98", "sun", "lvm2"];
    static readonly string[] partitions = ["none", "linux", "fat16", "fat32", "linux-swap", "linux-lvm", "linux-raid", "extended"];
    static readonly string[] images =
        ["none", "raw", "dir", "bochs", "cloop", "dmg", "iso", "vpc", "vdi", "fat", "vhd", "ploop", "cow", "qcow", "qcow2", "qed", "vmdk"];

    /// <summary>Every kind, in the order of the capabilities document.</summary>
    public static IReadOnlyList<StoragePoolKind> All => all;

    static readonly StoragePoolKind[] all =
    [
        new(StoragePoolType.Dir, StoragePoolParts.None, [], null, images, "raw"),
        new(StoragePoolType.Fs, StoragePoolParts.Device, fileSystems, "auto", images, "raw"),
        new(StoragePoolType.NetFs, StoragePoolParts.Host | StoragePoolParts.Directory, networkFileSystems, "auto", images, "raw"),
        new(StoragePoolType.Logical, StoragePoolParts.Name | StoragePoolParts.Device, volumeGroups, "lvm2", [], null),
        new(StoragePoolType.Disk, StoragePoolParts.Device, partitionTables, "unknown", partitions, "none"),
        new(StoragePoolType.Iscsi, StoragePoolParts.Host | StoragePoolParts.Device | StoragePoolParts.Initiator, [], null, [], null),
        new(StoragePoolType.IscsiDirect, StoragePoolParts.Host | StoragePoolParts.Device | StoragePoolParts.Initiator, [], null, [], null),
        new(StoragePoolType.Scsi, StoragePoolParts.Adapter, [], null, [], null),
        new(StoragePoolType.Mpath, StoragePoolParts.None, [], null, [], null),
        new(StoragePoolType.Rbd, StoragePoolParts.Host | StoragePoolParts.Name, [], null, images, "raw"),
        new(StoragePoolType.Sheepdog, StoragePoolParts.Host | StoragePoolParts.Name, [], null, [], null),
        new(StoragePoolType.Gluster, StoragePoolParts.Host | StoragePoolParts.Name | StoragePoolParts.Directory, [], null, images, "raw"),
        new(StoragePoolType.Zfs, StoragePoolParts.Name | StoragePoolParts.Device, [], null, [], null),
        new(StoragePoolType.VStorage, StoragePoolParts.Name, [], null, images, "raw"),
    ];

    /// <summary>The kind of a type.</summary>
    public static StoragePoolKind Of(StoragePoolType type) => all[(int)type];

    /// <summary>Whether <paramref name="part"/> of the source counts.</summary>
    public bool Uses(StoragePoolParts part) => Parts.HasFlag(part);
}
