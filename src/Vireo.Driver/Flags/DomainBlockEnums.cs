namespace Vireo.Driver;

/// <summary>How a disk's size is given (virDomainBlockResizeFlags).</summary>
[Flags]
public enum DomainBlockResizeFlags : uint
{
    /// <summary>No flag.</summary>
    None = 0,
    /// <summary>VIR_DOMAIN_BLOCK_RESIZE_BYTES, since libvirt 0.9.11.</summary>
    Bytes = 1,
}

/// <summary>How a disk's job ends (virDomainBlockJobAbortFlags).</summary>
[Flags]
public enum DomainBlockJobAbortFlags : uint
{
    /// <summary>No flag.</summary>
    None = 0,
    /// <summary>VIR_DOMAIN_BLOCK_JOB_ABORT_ASYNC, since libvirt 0.9.12.</summary>
    Async = 1,
    /// <summary>VIR_DOMAIN_BLOCK_JOB_ABORT_PIVOT, since libvirt 0.9.12.</summary>
    Pivot = 2,
}

/// <summary>How a job's speed is told (virDomainBlockJobInfoFlags).</summary>
[Flags]
public enum DomainBlockJobInfoFlags : uint
{
    /// <summary>No flag.</summary>
    None = 0,
    /// <summary>VIR_DOMAIN_BLOCK_JOB_INFO_BANDWIDTH_BYTES, since libvirt 1.2.9.</summary>
    BandwidthBytes = 1,
}

/// <summary>How a job's speed is given (virDomainBlockJobSetSpeedFlags).</summary>
[Flags]
public enum DomainBlockJobSpeedFlags : uint
{
    /// <summary>No flag.</summary>
    None = 0,
    /// <summary>VIR_DOMAIN_BLOCK_JOB_SPEED_BANDWIDTH_BYTES, since libvirt 1.2.9.</summary>
    BandwidthBytes = 1,
}

/// <summary>How a backing image is pulled in (virDomainBlockPullFlags).</summary>
[Flags]
public enum DomainBlockPullFlags : uint
{
    /// <summary>No flag.</summary>
    None = 0,
    /// <summary>VIR_DOMAIN_BLOCK_PULL_BANDWIDTH_BYTES, since libvirt 1.2.9.</summary>
    BandwidthBytes = 0x40,
}

/// <summary>How a chain of images is shortened or copied (virDomainBlockRebaseFlags).</summary>
[Flags]
public enum DomainBlockRebaseFlags : uint
{
    /// <summary>No flag.</summary>
    None = 0,
    /// <summary>VIR_DOMAIN_BLOCK_REBASE_SHALLOW, since libvirt 0.9.12.</summary>
    Shallow = 1,
    /// <summary>VIR_DOMAIN_BLOCK_REBASE_REUSE_EXT, since libvirt 0.9.12.</summary>
    ReuseExt = 2,
    /// <summary>VIR_DOMAIN_BLOCK_REBASE_COPY_RAW, since libvirt 0.9.12.</summary>
    CopyRaw = 4,
    /// <summary>VIR_DOMAIN_BLOCK_REBASE_COPY, since libvirt 0.9.12.</summary>
    Copy = 8,
    /// <summary>VIR_DOMAIN_BLOCK_REBASE_RELATIVE, since libvirt 1.2.7.</summary>
    Relative = 0x10,
    /// <summary>VIR_DOMAIN_BLOCK_REBASE_COPY_DEV, since libvirt 1.2.9.</summary>
    CopyDev = 0x20,
    /// <summary>VIR_DOMAIN_BLOCK_REBASE_BANDWIDTH_BYTES, since libvirt 1.2.9.</summary>
    BandwidthBytes = 0x40,
}

/// <summary>How a disk is copied (virDomainBlockCopyFlags).</summary>
[Flags]
public enum DomainBlockCopyFlags : uint
{
    /// <summary>No flag.</summary>
    None = 0,
    /// <summary>VIR_DOMAIN_BLOCK_COPY_SHALLOW, since libvirt 1.2.8.</summary>
    Shallow = 1,
    /// <summary>VIR_DOMAIN_BLOCK_COPY_REUSE_EXT, since libvirt 1.2.8.</summary>
    ReuseExt = 2,
    /// <summary>VIR_DOMAIN_BLOCK_COPY_TRANSIENT_JOB, since libvirt 3.5.0.</summary>
    TransientJob = 4,
    /// <summary>VIR_DOMAIN_BLOCK_COPY_SYNCHRONOUS_WRITES, since libvirt 8.0.0.</summary>
    SynchronousWrites = 8,
}

/// <summary>How images are merged into one below (virDomainBlockCommitFlags).</summary>
[Flags]
public enum DomainBlockCommitFlags : uint
{
    /// <summary>No flag.</summary>
    None = 0,
    /// <summary>VIR_DOMAIN_BLOCK_COMMIT_SHALLOW, since libvirt 0.10.2.</summary>
    Shallow = 1,
    /// <summary>VIR_DOMAIN_BLOCK_COMMIT_DELETE, since libvirt 0.10.2.</summary>
    Delete = 2,
    /// <summary>VIR_DOMAIN_BLOCK_COMMIT_ACTIVE, since libvirt 1.2.6.</summary>
    Active = 4,
    /// <summary>VIR_DOMAIN_BLOCK_COMMIT_RELATIVE, since libvirt 1.2.7.</summary>
    Relative = 8,
    /// <summary>VIR_DOMAIN_BLOCK_COMMIT_BANDWIDTH_BYTES, since libvirt 1.2.9.</summary>
    BandwidthBytes = 0x10,
}

/// <summary>How a backup begins (virDomainBackupBeginFlags).</summary>
[Flags]
public enum DomainBackupBeginFlags : uint
{
    /// <summary>No flag.</summary>
    None = 0,
    /// <summary>VIR_DOMAIN_BACKUP_BEGIN_REUSE_EXTERNAL, since libvirt 6.0.0.</summary>
    ReuseExternal = 1,
}

/// <summary>What happens to the labels of files that are passed in (virDomainFDAssociateFlags).</summary>
[Flags]
public enum DomainFilesFlags : uint
{
    /// <summary>No flag.</summary>
    None = 0,
    /// <summary>VIR_DOMAIN_FD_ASSOCIATE_SECLABEL_RESTORE, since libvirt 9.0.0.</summary>
    RestoreLabel = 1,
    /// <summary>VIR_DOMAIN_FD_ASSOCIATE_SECLABEL_WRITABLE, since libvirt 9.0.0.</summary>
    WritableLabel = 2,
}
