namespace Vireo.Driver;

/// <summary>virDomainState.</summary>
public enum DomainState
{
    /// <summary>VIR_DOMAIN_NOSTATE, since libvirt 0.0.1.</summary>
    NoState = 0,
    /// <summary>VIR_DOMAIN_RUNNING, since libvirt 0.0.1.</summary>
    Running = 1,
    /// <summary>VIR_DOMAIN_BLOCKED, since libvirt 0.0.1.</summary>
    Blocked = 2,
    /// <summary>VIR_DOMAIN_PAUSED, since libvirt 0.0.1.</summary>
    Paused = 3,
    /// <summary>VIR_DOMAIN_SHUTDOWN, since libvirt 0.0.1.</summary>
    Shutdown = 4,
    /// <summary>VIR_DOMAIN_SHUTOFF, since libvirt 0.0.1.</summary>
    ShutOff = 5,
    /// <summary>VIR_DOMAIN_CRASHED, since libvirt 0.0.2.</summary>
    Crashed = 6,
    /// <summary>VIR_DOMAIN_PMSUSPENDED, since libvirt 0.9.11.</summary>
    PmSuspended = 7,
}

/// <summary>virDomainControlState.</summary>
public enum DomainControlState
{
    /// <summary>VIR_DOMAIN_CONTROL_OK, since libvirt 0.9.3.</summary>
    Ok = 0,
    /// <summary>VIR_DOMAIN_CONTROL_JOB, since libvirt 0.9.3.</summary>
    Job = 1,
    /// <summary>VIR_DOMAIN_CONTROL_OCCUPIED, since libvirt 0.9.3.</summary>
    Occupied = 2,
    /// <summary>VIR_DOMAIN_CONTROL_ERROR, since libvirt 0.9.3.</summary>
    Error = 3,
}

/// <summary>virDomainModificationImpact.</summary>
[Flags]
public enum DomainModificationImpact : uint
{
    /// <summary>VIR_DOMAIN_AFFECT_CURRENT, since libvirt 0.9.2.</summary>
    Current = 0,
    /// <summary>VIR_DOMAIN_AFFECT_LIVE, since libvirt 0.9.2.</summary>
    Live = 1,
    /// <summary>VIR_DOMAIN_AFFECT_CONFIG, since libvirt 0.9.2.</summary>
    Config = 2,
}

/// <summary>virDomainXMLFlags.</summary>
[Flags]
public enum DomainXmlFlags : uint
{
    /// <summary>No flag.</summary>
    None = 0,
    /// <summary>VIR_DOMAIN_XML_SECURE, since libvirt 0.3.3.</summary>
    Secure = 1,
    /// <summary>VIR_DOMAIN_XML_INACTIVE, since libvirt 0.3.3.</summary>
    Inactive = 2,
    /// <summary>VIR_DOMAIN_XML_UPDATE_CPU, since libvirt 0.8.0.</summary>
    UpdateCpu = 4,
    /// <summary>VIR_DOMAIN_XML_MIGRATABLE, since libvirt 1.0.0.</summary>
    Migratable = 8,
}

/// <summary>virDomainCreateFlags.</summary>
[Flags]
public enum DomainCreateFlags : uint
{
    /// <summary>VIR_DOMAIN_NONE, since libvirt 0.0.1.</summary>
    None = 0,
    /// <summary>VIR_DOMAIN_START_PAUSED, since libvirt 0.8.2.</summary>
    StartPaused = 1,
    /// <summary>VIR_DOMAIN_START_AUTODESTROY, since libvirt 0.9.3.</summary>
    StartAutodestroy = 2,
    /// <summary>VIR_DOMAIN_START_BYPASS_CACHE, since libvirt 0.9.4.</summary>
    StartBypassCache = 4,
    /// <summary>VIR_DOMAIN_START_FORCE_BOOT, since libvirt 0.9.5.</summary>
    StartForceBoot = 8,
    /// <summary>VIR_DOMAIN_START_VALIDATE, since libvirt 1.2.12.</summary>
    StartValidate = 0x10,
    /// <summary>VIR_DOMAIN_START_RESET_NVRAM, since libvirt 8.1.0.</summary>
    StartResetNvram = 0x20,
}

/// <summary>virDomainDefineFlags.</summary>
[Flags]
public enum DomainDefineFlags : uint
{
    /// <summary>No flag.</summary>
    None = 0,
    /// <summary>VIR_DOMAIN_DEFINE_VALIDATE, since libvirt 1.2.12.</summary>
    Validate = 1,
}

/// <summary>virDomainUndefineFlagsValues.</summary>
[Flags]
public enum DomainUndefineFlags : uint
{
    /// <summary>No flag.</summary>
    None = 0,
    /// <summary>VIR_DOMAIN_UNDEFINE_MANAGED_SAVE, since libvirt 0.9.4.</summary>
    ManagedSave = 1,
    /// <summary>VIR_DOMAIN_UNDEFINE_SNAPSHOTS_METADATA, since libvirt 0.9.5.</summary>
    SnapshotsMetadata = 2,
    /// <summary>VIR_DOMAIN_UNDEFINE_NVRAM, since libvirt 1.2.9.</summary>
    Nvram = 4,
    /// <summary>VIR_DOMAIN_UNDEFINE_KEEP_NVRAM, since libvirt 2.3.0.</summary>
    KeepNvram = 8,
    /// <summary>VIR_DOMAIN_UNDEFINE_CHECKPOINTS_METADATA, since libvirt 5.6.0.</summary>
    CheckpointsMetadata = 0x10,
    /// <summary>VIR_DOMAIN_UNDEFINE_TPM, since libvirt 8.9.0.</summary>
    Tpm = 0x20,
    /// <summary>VIR_DOMAIN_UNDEFINE_KEEP_TPM, since libvirt 8.9.0.</summary>
    KeepTpm = 0x40,
}

/// <summary>virDomainDestroyFlagsValues.</summary>
[Flags]
public enum DomainDestroyFlags : uint
{
    /// <summary>VIR_DOMAIN_DESTROY_DEFAULT, since libvirt 0.9.10.</summary>
    Default = 0,
    /// <summary>VIR_DOMAIN_DESTROY_GRACEFUL, since libvirt 0.9.10.</summary>
    Graceful = 1,
    /// <summary>VIR_DOMAIN_DESTROY_REMOVE_LOGS, since libvirt 8.3.0.</summary>
    RemoveLogs = 2,
}

/// <summary>virDomainShutdownFlagValues.</summary>
[Flags]
public enum DomainShutdownFlags : uint
{
    /// <summary>VIR_DOMAIN_SHUTDOWN_DEFAULT, since libvirt 0.9.10.</summary>
    Default = 0,
    /// <summary>VIR_DOMAIN_SHUTDOWN_ACPI_POWER_BTN, since libvirt 0.9.10.</summary>
    AcpiPowerBtn = 1,
    /// <summary>VIR_DOMAIN_SHUTDOWN_GUEST_AGENT, since libvirt 0.9.10.</summary>
    GuestAgent = 2,
    /// <summary>VIR_DOMAIN_SHUTDOWN_INITCTL, since libvirt 1.0.1.</summary>
    Initctl = 4,
    /// <summary>VIR_DOMAIN_SHUTDOWN_SIGNAL, since libvirt 1.0.1.</summary>
    Signal = 8,
    /// <summary>VIR_DOMAIN_SHUTDOWN_PARAVIRT, since libvirt 1.2.5.</summary>
    Paravirt = 0x10,
}

/// <summary>virDomainRebootFlagValues.</summary>
[Flags]
public enum DomainRebootFlags : uint
{
    /// <summary>VIR_DOMAIN_REBOOT_DEFAULT, since libvirt 0.9.10.</summary>
    Default = 0,
    /// <summary>VIR_DOMAIN_REBOOT_ACPI_POWER_BTN, since libvirt 0.9.10.</summary>
    AcpiPowerBtn = 1,
    /// <summary>VIR_DOMAIN_REBOOT_GUEST_AGENT, since libvirt 0.9.10.</summary>
    GuestAgent = 2,
    /// <summary>VIR_DOMAIN_REBOOT_INITCTL, since libvirt 1.0.1.</summary>
    Initctl = 4,
    /// <summary>VIR_DOMAIN_REBOOT_SIGNAL, since libvirt 1.0.1.</summary>
    Signal = 8,
    /// <summary>VIR_DOMAIN_REBOOT_PARAVIRT, since libvirt 1.2.5.</summary>
    Paravirt = 0x10,
}

/// <summary>virDomainMemoryModFlags.</summary>
[Flags]
public enum DomainMemoryFlags : uint
{
    /// <summary>VIR_DOMAIN_MEM_CURRENT, since libvirt 0.9.1.</summary>
    Current = 0,
    /// <summary>VIR_DOMAIN_MEM_LIVE, since libvirt 0.9.0.</summary>
    Live = 1,
    /// <summary>VIR_DOMAIN_MEM_CONFIG, since libvirt 0.9.0.</summary>
    Config = 2,
    /// <summary>VIR_DOMAIN_MEM_MAXIMUM, since libvirt 0.9.1.</summary>
    Maximum = 4,
}

/// <summary>virDomainVcpuFlags.</summary>
[Flags]
public enum DomainVcpuFlags : uint
{
    /// <summary>VIR_DOMAIN_VCPU_CURRENT, since libvirt 0.9.4.</summary>
    Current = 0,
    /// <summary>VIR_DOMAIN_VCPU_LIVE, since libvirt 0.8.5.</summary>
    Live = 1,
    /// <summary>VIR_DOMAIN_VCPU_CONFIG, since libvirt 0.8.5.</summary>
    Config = 2,
    /// <summary>VIR_DOMAIN_VCPU_MAXIMUM, since libvirt 0.8.5.</summary>
    Maximum = 4,
    /// <summary>VIR_DOMAIN_VCPU_GUEST, since libvirt 1.1.0.</summary>
    Guest = 8,
    /// <summary>VIR_DOMAIN_VCPU_HOTPLUGGABLE, since libvirt 2.4.0.</summary>
    Hotpluggable = 0x10,
}

/// <summary>virDomainDeviceModifyFlags.</summary>
[Flags]
public enum DomainDeviceModifyFlags : uint
{
    /// <summary>VIR_DOMAIN_DEVICE_MODIFY_CURRENT, since libvirt 0.7.7.</summary>
    Current = 0,
    /// <summary>VIR_DOMAIN_DEVICE_MODIFY_LIVE, since libvirt 0.7.7.</summary>
    Live = 1,
    /// <summary>VIR_DOMAIN_DEVICE_MODIFY_CONFIG, since libvirt 0.7.7.</summary>
    Config = 2,
    /// <summary>VIR_DOMAIN_DEVICE_MODIFY_FORCE, since libvirt 0.8.6.</summary>
    Force = 4,
}

/// <summary>virDomainMetadataType.</summary>
public enum DomainMetadataType
{
    /// <summary>VIR_DOMAIN_METADATA_DESCRIPTION, since libvirt 0.9.10.</summary>
    Description = 0,
    /// <summary>VIR_DOMAIN_METADATA_TITLE, since libvirt 0.9.10.</summary>
    Title = 1,
    /// <summary>VIR_DOMAIN_METADATA_ELEMENT, since libvirt 0.9.10.</summary>
    Element = 2,
}

/// <summary>virDomainGetHostnameFlags.</summary>
[Flags]
public enum DomainGetHostnameFlags : uint
{
    /// <summary>No flag.</summary>
    None = 0,
    /// <summary>VIR_DOMAIN_GET_HOSTNAME_LEASE, since libvirt 6.1.0.</summary>
    Lease = 1,
    /// <summary>VIR_DOMAIN_GET_HOSTNAME_AGENT, since libvirt 6.1.0.</summary>
    Agent = 2,
}

/// <summary>virDomainSaveRestoreFlags.</summary>
[Flags]
public enum DomainSaveRestoreFlags : uint
{
    /// <summary>No flag.</summary>
    None = 0,
    /// <summary>VIR_DOMAIN_SAVE_BYPASS_CACHE, since libvirt 0.9.4.</summary>
    BypassCache = 1,
    /// <summary>VIR_DOMAIN_SAVE_RUNNING, since libvirt 0.9.5.</summary>
    Running = 2,
    /// <summary>VIR_DOMAIN_SAVE_PAUSED, since libvirt 0.9.5.</summary>
    Paused = 4,
    /// <summary>VIR_DOMAIN_SAVE_RESET_NVRAM, since libvirt 8.1.0.</summary>
    ResetNvram = 8,
}

/// <summary>virDomainSaveImageXMLFlags.</summary>
[Flags]
public enum DomainSaveImageXmlFlags : uint
{
    /// <summary>No flag.</summary>
    None = 0,
    /// <summary>VIR_DOMAIN_SAVE_IMAGE_XML_SECURE, since libvirt 5.1.0.</summary>
    Secure = 1,
}

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

/// <summary>virDomainMessageType.</summary>
[Flags]
public enum DomainMessageType : uint
{
    /// <summary>No flag.</summary>
    None = 0,
    /// <summary>VIR_DOMAIN_MESSAGE_DEPRECATION, since libvirt 7.1.0.</summary>
    Deprecation = 1,
    /// <summary>VIR_DOMAIN_MESSAGE_TAINTING, since libvirt 7.1.0.</summary>
    Tainting = 2,
}

/// <summary>virDomainInterfaceAddressesSource.</summary>
public enum DomainInterfaceAddressesSource
{
    /// <summary>VIR_DOMAIN_INTERFACE_ADDRESSES_SRC_LEASE, since libvirt 1.2.14.</summary>
    Lease = 0,
    /// <summary>VIR_DOMAIN_INTERFACE_ADDRESSES_SRC_AGENT, since libvirt 1.2.14.</summary>
    Agent = 1,
    /// <summary>VIR_DOMAIN_INTERFACE_ADDRESSES_SRC_ARP, since libvirt 4.2.0.</summary>
    Arp = 2,
}

/// <summary>virIPAddrType.</summary>
public enum IPAddressType
{
    /// <summary>VIR_IP_ADDR_TYPE_IPV4, since libvirt 1.2.6.</summary>
    Ipv4 = 0,
    /// <summary>VIR_IP_ADDR_TYPE_IPV6, since libvirt 1.2.6.</summary>
    Ipv6 = 1,
}

/// <summary>virDomainDiskErrorCode.</summary>
public enum DomainDiskErrorCode
{
    /// <summary>VIR_DOMAIN_DISK_ERROR_NONE, since libvirt 0.9.10.</summary>
    None = 0,
    /// <summary>VIR_DOMAIN_DISK_ERROR_UNSPEC, since libvirt 0.9.10.</summary>
    Unspec = 1,
    /// <summary>VIR_DOMAIN_DISK_ERROR_NO_SPACE, since libvirt 0.9.10.</summary>
    NoSpace = 2,
}

/// <summary>virDomainConsoleFlags.</summary>
[Flags]
public enum DomainConsoleFlags : uint
{
    /// <summary>No flag.</summary>
    None = 0,
    /// <summary>VIR_DOMAIN_CONSOLE_FORCE, since libvirt 0.9.11.</summary>
    Force = 1,
    /// <summary>VIR_DOMAIN_CONSOLE_SAFE, since libvirt 0.9.11.</summary>
    Safe = 2,
}

/// <summary>virDomainChannelFlags.</summary>
[Flags]
public enum DomainChannelFlags : uint
{
    /// <summary>No flag.</summary>
    None = 0,
    /// <summary>VIR_DOMAIN_CHANNEL_FORCE, since libvirt 1.0.2.</summary>
    Force = 1,
}

/// <summary>virVcpuState.</summary>
public enum VcpuState
{
    /// <summary>VIR_VCPU_OFFLINE, since libvirt 0.1.4.</summary>
    Offline = 0,
    /// <summary>VIR_VCPU_RUNNING, since libvirt 0.1.4.</summary>
    Running = 1,
    /// <summary>VIR_VCPU_BLOCKED, since libvirt 0.1.4.</summary>
    Blocked = 2,
}

/// <summary>virConnectListAllDomainsFlags.</summary>
[Flags]
public enum ListDomainsFlags : uint
{
    /// <summary>No flag.</summary>
    None = 0,
    /// <summary>VIR_CONNECT_LIST_DOMAINS_ACTIVE, since libvirt 0.9.13.</summary>
    Active = 1,
    /// <summary>VIR_CONNECT_LIST_DOMAINS_INACTIVE, since libvirt 0.9.13.</summary>
    Inactive = 2,
    /// <summary>VIR_CONNECT_LIST_DOMAINS_PERSISTENT, since libvirt 0.9.13.</summary>
    Persistent = 4,
    /// <summary>VIR_CONNECT_LIST_DOMAINS_TRANSIENT, since libvirt 0.9.13.</summary>
    Transient = 8,
    /// <summary>VIR_CONNECT_LIST_DOMAINS_RUNNING, since libvirt 0.9.13.</summary>
    Running = 0x10,
    /// <summary>VIR_CONNECT_LIST_DOMAINS_PAUSED, since libvirt 0.9.13.</summary>
    Paused = 0x20,
    /// <summary>VIR_CONNECT_LIST_DOMAINS_SHUTOFF, since libvirt 0.9.13.</summary>
    ShutOff = 0x40,
    /// <summary>VIR_CONNECT_LIST_DOMAINS_OTHER, since libvirt 0.9.13.</summary>
    Other = 0x80,
    /// <summary>VIR_CONNECT_LIST_DOMAINS_MANAGEDSAVE, since libvirt 0.9.13.</summary>
    Managedsave = 0x100,
    /// <summary>VIR_CONNECT_LIST_DOMAINS_NO_MANAGEDSAVE, since libvirt 0.9.13.</summary>
    NoManagedsave = 0x200,
    /// <summary>VIR_CONNECT_LIST_DOMAINS_AUTOSTART, since libvirt 0.9.13.</summary>
    Autostart = 0x400,
    /// <summary>VIR_CONNECT_LIST_DOMAINS_NO_AUTOSTART, since libvirt 0.9.13.</summary>
    NoAutostart = 0x800,
    /// <summary>VIR_CONNECT_LIST_DOMAINS_HAS_SNAPSHOT, since libvirt 0.9.13.</summary>
    HasSnapshot = 0x1000,
    /// <summary>VIR_CONNECT_LIST_DOMAINS_NO_SNAPSHOT, since libvirt 0.9.13.</summary>
    NoSnapshot = 0x2000,
    /// <summary>VIR_CONNECT_LIST_DOMAINS_HAS_CHECKPOINT, since libvirt 5.6.0.</summary>
    HasCheckpoint = 0x4000,
    /// <summary>VIR_CONNECT_LIST_DOMAINS_NO_CHECKPOINT, since libvirt 5.6.0.</summary>
    NoCheckpoint = 0x8000,
}

/// <summary>virKeycodeSet.</summary>
public enum KeycodeSet
{
    /// <summary>VIR_KEYCODE_SET_LINUX, since libvirt 0.9.3.</summary>
    Linux = 0,
    /// <summary>VIR_KEYCODE_SET_XT, since libvirt 0.9.3.</summary>
    Xt = 1,
    /// <summary>VIR_KEYCODE_SET_ATSET1, since libvirt 0.9.3.</summary>
    Atset1 = 2,
    /// <summary>VIR_KEYCODE_SET_ATSET2, since libvirt 0.9.3.</summary>
    Atset2 = 3,
    /// <summary>VIR_KEYCODE_SET_ATSET3, since libvirt 0.9.3.</summary>
    Atset3 = 4,
    /// <summary>VIR_KEYCODE_SET_OSX, since libvirt 0.9.4.</summary>
    Osx = 5,
    /// <summary>VIR_KEYCODE_SET_XT_KBD, since libvirt 0.9.4.</summary>
    XtKbd = 6,
    /// <summary>VIR_KEYCODE_SET_USB, since libvirt 0.9.4.</summary>
    Usb = 7,
    /// <summary>VIR_KEYCODE_SET_WIN32, since libvirt 0.9.4.</summary>
    Win32 = 8,
    /// <summary>VIR_KEYCODE_SET_QNUM, since libvirt 4.2.0.</summary>
    Qnum = 9,
}

/// <summary>virDomainCoreDumpFlags.</summary>
[Flags]
public enum DomainCoreDumpFlags : uint
{
    /// <summary>No flag.</summary>
    None = 0,
    /// <summary>VIR_DUMP_CRASH, since libvirt 0.7.5.</summary>
    Crash = 1,
    /// <summary>VIR_DUMP_LIVE, since libvirt 0.7.5.</summary>
    Live = 2,
    /// <summary>VIR_DUMP_BYPASS_CACHE, since libvirt 0.9.4.</summary>
    BypassCache = 4,
    /// <summary>VIR_DUMP_RESET, since libvirt 0.9.7.</summary>
    Reset = 8,
    /// <summary>VIR_DUMP_MEMORY_ONLY, since libvirt 0.9.13.</summary>
    MemoryOnly = 0x10,
}

/// <summary>virDomainLifecycle.</summary>
public enum DomainLifecycle
{
    /// <summary>VIR_DOMAIN_LIFECYCLE_POWEROFF, since libvirt 3.9.0.</summary>
    Poweroff = 0,
    /// <summary>VIR_DOMAIN_LIFECYCLE_REBOOT, since libvirt 3.9.0.</summary>
    Reboot = 1,
    /// <summary>VIR_DOMAIN_LIFECYCLE_CRASH, since libvirt 3.9.0.</summary>
    Crash = 2,
}

/// <summary>virDomainLifecycleAction.</summary>
public enum DomainLifecycleAction
{
    /// <summary>VIR_DOMAIN_LIFECYCLE_ACTION_DESTROY, since libvirt 3.9.0.</summary>
    Destroy = 0,
    /// <summary>VIR_DOMAIN_LIFECYCLE_ACTION_RESTART, since libvirt 3.9.0.</summary>
    Restart = 1,
    /// <summary>VIR_DOMAIN_LIFECYCLE_ACTION_RESTART_RENAME, since libvirt 3.9.0.</summary>
    RestartRename = 2,
    /// <summary>VIR_DOMAIN_LIFECYCLE_ACTION_PRESERVE, since libvirt 3.9.0.</summary>
    Preserve = 3,
    /// <summary>VIR_DOMAIN_LIFECYCLE_ACTION_COREDUMP_DESTROY, since libvirt 3.9.0.</summary>
    CoredumpDestroy = 4,
    /// <summary>VIR_DOMAIN_LIFECYCLE_ACTION_COREDUMP_RESTART, since libvirt 3.9.0.</summary>
    CoredumpRestart = 5,
}
