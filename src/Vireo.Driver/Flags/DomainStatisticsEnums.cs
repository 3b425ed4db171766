namespace Vireo.Driver;

/// <summary>virDomainMemoryStatTags.</summary>
public enum DomainMemoryStatTag
{
    /// <summary>VIR_DOMAIN_MEMORY_STAT_SWAP_IN, since libvirt 0.7.5.</summary>
    SwapIn = 0,
    /// <summary>VIR_DOMAIN_MEMORY_STAT_SWAP_OUT, since libvirt 0.7.5.</summary>
    SwapOut = 1,
    /// <summary>VIR_DOMAIN_MEMORY_STAT_MAJOR_FAULT, since libvirt 0.7.5.</summary>
    MajorFault = 2,
    /// <summary>VIR_DOMAIN_MEMORY_STAT_MINOR_FAULT, since libvirt 0.7.5.</summary>
    MinorFault = 3,
    /// <summary>VIR_DOMAIN_MEMORY_STAT_UNUSED, since libvirt 0.7.5.</summary>
    Unused = 4,
    /// <summary>VIR_DOMAIN_MEMORY_STAT_AVAILABLE, since libvirt 0.7.5.</summary>
    Available = 5,
    /// <summary>VIR_DOMAIN_MEMORY_STAT_ACTUAL_BALLOON, since libvirt 0.9.3.</summary>
    ActualBalloon = 6,
    /// <summary>VIR_DOMAIN_MEMORY_STAT_RSS, since libvirt 0.9.10.</summary>
    Rss = 7,
    /// <summary>VIR_DOMAIN_MEMORY_STAT_USABLE, since libvirt 2.1.0.</summary>
    Usable = 8,
    /// <summary>VIR_DOMAIN_MEMORY_STAT_LAST_UPDATE, since libvirt 2.1.0.</summary>
    LastUpdate = 9,
    /// <summary>VIR_DOMAIN_MEMORY_STAT_DISK_CACHES, since libvirt 4.6.0.</summary>
    DiskCaches = 10,
    /// <summary>VIR_DOMAIN_MEMORY_STAT_HUGETLB_PGALLOC, since libvirt 5.4.0.</summary>
    HugetlbPgalloc = 11,
    /// <summary>VIR_DOMAIN_MEMORY_STAT_HUGETLB_PGFAIL, since libvirt 5.4.0.</summary>
    HugetlbPgfail = 12,
    /// <summary>VIR_DOMAIN_MEMORY_STAT_NR, since libvirt 0.7.5.</summary>
    Nr = 13,
}

/// <summary>virDomainStatsTypes.</summary>
[Flags]
public enum DomainStatsTypes : uint
{
    /// <summary>No flag.</summary>
    None = 0,
    /// <summary>VIR_DOMAIN_STATS_STATE, since libvirt 1.2.8.</summary>
    State = 1,
    /// <summary>VIR_DOMAIN_STATS_CPU_TOTAL, since libvirt 1.2.9.</summary>
    CpuTotal = 2,
    /// <summary>VIR_DOMAIN_STATS_BALLOON, since libvirt 1.2.9.</summary>
    Balloon = 4,
    /// <summary>VIR_DOMAIN_STATS_VCPU, since libvirt 1.2.9.</summary>
    Vcpu = 8,
    /// <summary>VIR_DOMAIN_STATS_INTERFACE, since libvirt 1.2.9.</summary>
    Interface = 0x10,
    /// <summary>VIR_DOMAIN_STATS_BLOCK, since libvirt 1.2.9.</summary>
    Block = 0x20,
    /// <summary>VIR_DOMAIN_STATS_PERF, since libvirt 1.3.3.</summary>
    Perf = 0x40,
    /// <summary>VIR_DOMAIN_STATS_IOTHREAD, since libvirt 4.10.0.</summary>
    Iothread = 0x80,
    /// <summary>VIR_DOMAIN_STATS_MEMORY, since libvirt 6.0.0.</summary>
    Memory = 0x100,
    /// <summary>VIR_DOMAIN_STATS_DIRTYRATE, since libvirt 7.2.0.</summary>
    Dirtyrate = 0x200,
    /// <summary>VIR_DOMAIN_STATS_VM, since libvirt 8.9.0.</summary>
    Vm = 0x400,
}

/// <summary>virConnectGetAllDomainStatsFlags.</summary>
[Flags]
public enum ConnectGetAllDomainStatsFlags : uint
{
    /// <summary>No flag.</summary>
    None = 0,
    /// <summary>VIR_CONNECT_GET_ALL_DOMAINS_STATS_ACTIVE, since libvirt 1.2.8.</summary>
    Active = 1,
    /// <summary>VIR_CONNECT_GET_ALL_DOMAINS_STATS_INACTIVE, since libvirt 1.2.8.</summary>
    Inactive = 2,
    /// <summary>VIR_CONNECT_GET_ALL_DOMAINS_STATS_PERSISTENT, since libvirt 1.2.8.</summary>
    Persistent = 4,
    /// <summary>VIR_CONNECT_GET_ALL_DOMAINS_STATS_TRANSIENT, since libvirt 1.2.8.</summary>
    Transient = 8,
    /// <summary>VIR_CONNECT_GET_ALL_DOMAINS_STATS_RUNNING, since libvirt 1.2.8.</summary>
    Running = 0x10,
    /// <summary>VIR_CONNECT_GET_ALL_DOMAINS_STATS_PAUSED, since libvirt 1.2.8.</summary>
    Paused = 0x20,
    /// <summary>VIR_CONNECT_GET_ALL_DOMAINS_STATS_SHUTOFF, since libvirt 1.2.8.</summary>
    ShutOff = 0x40,
    /// <summary>VIR_CONNECT_GET_ALL_DOMAINS_STATS_OTHER, since libvirt 1.2.8.</summary>
    Other = 0x80,
    /// <summary>VIR_CONNECT_GET_ALL_DOMAINS_STATS_NOWAIT, since libvirt 4.5.0.</summary>
    Nowait = 0x20000000,
    /// <summary>VIR_CONNECT_GET_ALL_DOMAINS_STATS_BACKING, since libvirt 1.2.12.</summary>
    Backing = 0x40000000,
    /// <summary>VIR_CONNECT_GET_ALL_DOMAINS_STATS_ENFORCE_STATS, since libvirt 1.2.8.</summary>
    EnforceStats = 0x80000000,
}

/// <summary>virDomainJobType.</summary>
public enum DomainJobType
{
    /// <summary>VIR_DOMAIN_JOB_NONE, since libvirt 0.7.7.</summary>
    None = 0,
    /// <summary>VIR_DOMAIN_JOB_BOUNDED, since libvirt 0.7.7.</summary>
    Bounded = 1,
    /// <summary>VIR_DOMAIN_JOB_UNBOUNDED, since libvirt 0.7.7.</summary>
    Unbounded = 2,
    /// <summary>VIR_DOMAIN_JOB_COMPLETED, since libvirt 0.7.7.</summary>
    Completed = 3,
    /// <summary>VIR_DOMAIN_JOB_FAILED, since libvirt 0.7.7.</summary>
    Failed = 4,
    /// <summary>VIR_DOMAIN_JOB_CANCELLED, since libvirt 0.7.7.</summary>
    Cancelled = 5,
}

/// <summary>virDomainJobOperation.</summary>
public enum DomainJobOperation
{
    /// <summary>VIR_DOMAIN_JOB_OPERATION_UNKNOWN, since libvirt 3.3.0.</summary>
    Unknown = 0,
    /// <summary>VIR_DOMAIN_JOB_OPERATION_START, since libvirt 3.3.0.</summary>
    Start = 1,
    /// <summary>VIR_DOMAIN_JOB_OPERATION_SAVE, since libvirt 3.3.0.</summary>
    Save = 2,
    /// <summary>VIR_DOMAIN_JOB_OPERATION_RESTORE, since libvirt 3.3.0.</summary>
    Restore = 3,
    /// <summary>VIR_DOMAIN_JOB_OPERATION_MIGRATION_IN, since libvirt 3.3.0.</summary>
    MigrationIn = 4,
    /// <summary>VIR_DOMAIN_JOB_OPERATION_MIGRATION_OUT, since libvirt 3.3.0.</summary>
    MigrationOut = 5,
    /// <summary>VIR_DOMAIN_JOB_OPERATION_SNAPSHOT, since libvirt 3.3.0.</summary>
    Snapshot = 6,
    /// <summary>VIR_DOMAIN_JOB_OPERATION_SNAPSHOT_REVERT, since libvirt 3.3.0.</summary>
    SnapshotRevert = 7,
    /// <summary>VIR_DOMAIN_JOB_OPERATION_DUMP, since libvirt 3.3.0.</summary>
    Dump = 8,
    /// <summary>VIR_DOMAIN_JOB_OPERATION_BACKUP, since libvirt 6.0.0.</summary>
    Backup = 9,
    /// <summary>VIR_DOMAIN_JOB_OPERATION_SNAPSHOT_DELETE, since libvirt 9.0.0.</summary>
    SnapshotDelete = 10,
}

/// <summary>virDomainGetJobStatsFlags.</summary>
[Flags]
public enum DomainGetJobStatsFlags : uint
{
    /// <summary>No flag.</summary>
    None = 0,
    /// <summary>VIR_DOMAIN_JOB_STATS_COMPLETED, since libvirt 1.2.9.</summary>
    Completed = 1,
    /// <summary>VIR_DOMAIN_JOB_STATS_KEEP_COMPLETED, since libvirt 6.0.0.</summary>
    KeepCompleted = 2,
}

/// <summary>virDomainAbortJobFlagsValues.</summary>
[Flags]
public enum DomainAbortJobFlagsValues : uint
{
    /// <summary>No flag.</summary>
    None = 0,
    /// <summary>VIR_DOMAIN_ABORT_JOB_POSTCOPY, since libvirt 8.5.0.</summary>
    Postcopy = 1,
}
