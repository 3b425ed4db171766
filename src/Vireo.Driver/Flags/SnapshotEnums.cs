namespace Vireo.Driver;

/// <summary>virDomainSnapshotListFlags.</summary>
[Flags]
public enum SnapshotListFlags : uint
{
    /// <summary>No flag.</summary>
    None = 0,
    /// <summary>VIR_DOMAIN_SNAPSHOT_LIST_ROOTS, since libvirt 0.9.5.</summary>
    Roots = 1,
    /// <summary>VIR_DOMAIN_SNAPSHOT_LIST_DESCENDANTS, since libvirt 0.9.7.</summary>
    Descendants = Roots,
    /// <summary>VIR_DOMAIN_SNAPSHOT_LIST_LEAVES, since libvirt 0.9.7.</summary>
    Leaves = 4,
    /// <summary>VIR_DOMAIN_SNAPSHOT_LIST_NO_LEAVES, since libvirt 0.9.13.</summary>
    NoLeaves = 8,
    /// <summary>VIR_DOMAIN_SNAPSHOT_LIST_METADATA, since libvirt 0.9.5.</summary>
    Metadata = 2,
    /// <summary>VIR_DOMAIN_SNAPSHOT_LIST_NO_METADATA, since libvirt 0.9.13.</summary>
    NoMetadata = 0x10,
    /// <summary>VIR_DOMAIN_SNAPSHOT_LIST_INACTIVE, since libvirt 1.0.1.</summary>
    Inactive = 0x20,
    /// <summary>VIR_DOMAIN_SNAPSHOT_LIST_ACTIVE, since libvirt 1.0.1.</summary>
    Active = 0x40,
    /// <summary>VIR_DOMAIN_SNAPSHOT_LIST_DISK_ONLY, since libvirt 1.0.1.</summary>
    DiskOnly = 0x80,
    /// <summary>VIR_DOMAIN_SNAPSHOT_LIST_INTERNAL, since libvirt 1.0.1.</summary>
    Internal = 0x100,
    /// <summary>VIR_DOMAIN_SNAPSHOT_LIST_EXTERNAL, since libvirt 1.0.1.</summary>
    External = 0x200,
    /// <summary>VIR_DOMAIN_SNAPSHOT_LIST_TOPOLOGICAL, since libvirt 5.2.0.</summary>
    Topological = 0x400,
}

/// <summary>virDomainSnapshotXMLFlags.</summary>
[Flags]
public enum SnapshotXmlFlags : uint
{
    /// <summary>No flag.</summary>
    None = 0,
    /// <summary>VIR_DOMAIN_SNAPSHOT_XML_SECURE, since libvirt 5.1.0.</summary>
    Secure = 1,
}

/// <summary>virDomainSnapshotCreateFlags.</summary>
[Flags]
public enum SnapshotCreateFlags : uint
{
    /// <summary>No flag.</summary>
    None = 0,
    /// <summary>VIR_DOMAIN_SNAPSHOT_CREATE_REDEFINE, since libvirt 0.9.5.</summary>
    Redefine = 1,
    /// <summary>VIR_DOMAIN_SNAPSHOT_CREATE_CURRENT, since libvirt 0.9.5.</summary>
    Current = 2,
    /// <summary>VIR_DOMAIN_SNAPSHOT_CREATE_NO_METADATA, since libvirt 0.9.5.</summary>
    NoMetadata = 4,
    /// <summary>VIR_DOMAIN_SNAPSHOT_CREATE_HALT, since libvirt 0.9.5.</summary>
    Halt = 8,
    /// <summary>VIR_DOMAIN_SNAPSHOT_CREATE_DISK_ONLY, since libvirt 0.9.5.</summary>
    DiskOnly = 0x10,
    /// <summary>VIR_DOMAIN_SNAPSHOT_CREATE_REUSE_EXT, since libvirt 0.9.10.</summary>
    ReuseExt = 0x20,
    /// <summary>VIR_DOMAIN_SNAPSHOT_CREATE_QUIESCE, since libvirt 0.9.10.</summary>
    Quiesce = 0x40,
    /// <summary>VIR_DOMAIN_SNAPSHOT_CREATE_ATOMIC, since libvirt 0.9.11.</summary>
    Atomic = 0x80,
    /// <summary>VIR_DOMAIN_SNAPSHOT_CREATE_LIVE, since libvirt 1.0.1.</summary>
    Live = 0x100,
    /// <summary>VIR_DOMAIN_SNAPSHOT_CREATE_VALIDATE, since libvirt 5.6.0.</summary>
    Validate = 0x200,
}

/// <summary>virDomainSnapshotRevertFlags.</summary>
[Flags]
public enum SnapshotRevertFlags : uint
{
    /// <summary>No flag.</summary>
    None = 0,
    /// <summary>VIR_DOMAIN_SNAPSHOT_REVERT_RUNNING, since libvirt 0.9.5.</summary>
    Running = 1,
    /// <summary>VIR_DOMAIN_SNAPSHOT_REVERT_PAUSED, since libvirt 0.9.5.</summary>
    Paused = 2,
    /// <summary>VIR_DOMAIN_SNAPSHOT_REVERT_FORCE, since libvirt 0.9.7.</summary>
    Force = 4,
    /// <summary>VIR_DOMAIN_SNAPSHOT_REVERT_RESET_NVRAM, since libvirt 8.1.0.</summary>
    ResetNvram = 8,
}

/// <summary>virDomainSnapshotDeleteFlags.</summary>
[Flags]
public enum SnapshotDeleteFlags : uint
{
    /// <summary>No flag.</summary>
    None = 0,
    /// <summary>VIR_DOMAIN_SNAPSHOT_DELETE_CHILDREN, since libvirt 0.8.0.</summary>
    Children = 1,
    /// <summary>VIR_DOMAIN_SNAPSHOT_DELETE_METADATA_ONLY, since libvirt 0.9.5.</summary>
    MetadataOnly = 2,
    /// <summary>VIR_DOMAIN_SNAPSHOT_DELETE_CHILDREN_ONLY, since libvirt 0.9.5.</summary>
    ChildrenOnly = 4,
}
