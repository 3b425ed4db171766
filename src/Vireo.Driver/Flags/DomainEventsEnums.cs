namespace Vireo.Driver;

/// <summary>virDomainEventID.</summary>
public enum DomainEventId
{
    /// <summary>VIR_DOMAIN_EVENT_ID_LIFECYCLE, since libvirt 0.8.0.</summary>
    Lifecycle = 0,
    /// <summary>VIR_DOMAIN_EVENT_ID_REBOOT, since libvirt 0.8.0.</summary>
    Reboot = 1,
    /// <summary>VIR_DOMAIN_EVENT_ID_RTC_CHANGE, since libvirt 0.8.0.</summary>
    RtcChange = 2,
    /// <summary>VIR_DOMAIN_EVENT_ID_WATCHDOG, since libvirt 0.8.0.</summary>
    Watchdog = 3,
    /// <summary>VIR_DOMAIN_EVENT_ID_IO_ERROR, since libvirt 0.8.0.</summary>
    IoError = 4,
    /// <summary>VIR_DOMAIN_EVENT_ID_GRAPHICS, since libvirt 0.8.0.</summary>
    Graphics = 5,
    /// <summary>VIR_DOMAIN_EVENT_ID_IO_ERROR_REASON, since libvirt 0.8.1.</summary>
    IoErrorReason = 6,
    /// <summary>VIR_DOMAIN_EVENT_ID_CONTROL_ERROR, since libvirt 0.9.2.</summary>
    ControlError = 7,
    /// <summary>VIR_DOMAIN_EVENT_ID_BLOCK_JOB, since libvirt 0.9.4.</summary>
    BlockJob = 8,
    /// <summary>VIR_DOMAIN_EVENT_ID_DISK_CHANGE, since libvirt 0.9.7.</summary>
    DiskChange = 9,
    /// <summary>VIR_DOMAIN_EVENT_ID_TRAY_CHANGE, since libvirt 0.9.11.</summary>
    TrayChange = 10,
    /// <summary>VIR_DOMAIN_EVENT_ID_PMWAKEUP, since libvirt 0.9.11.</summary>
    PmWakeup = 11,
    /// <summary>VIR_DOMAIN_EVENT_ID_PMSUSPEND, since libvirt 0.9.11.</summary>
    PmSuspend = 12,
    /// <summary>VIR_DOMAIN_EVENT_ID_BALLOON_CHANGE, since libvirt 0.10.0.</summary>
    BalloonChange = 13,
    /// <summary>VIR_DOMAIN_EVENT_ID_PMSUSPEND_DISK, since libvirt 1.0.0.</summary>
    PmSuspendDisk = 14,
    /// <summary>VIR_DOMAIN_EVENT_ID_DEVICE_REMOVED, since libvirt 1.1.1.</summary>
    DeviceRemoved = 15,
    /// <summary>VIR_DOMAIN_EVENT_ID_BLOCK_JOB_2, since libvirt 1.2.6.</summary>
    BlockJob2 = 16,
    /// <summary>VIR_DOMAIN_EVENT_ID_TUNABLE, since libvirt 1.2.9.</summary>
    Tunable = 17,
    /// <summary>VIR_DOMAIN_EVENT_ID_AGENT_LIFECYCLE, since libvirt 1.2.11.</summary>
    AgentLifecycle = 18,
    /// <summary>VIR_DOMAIN_EVENT_ID_DEVICE_ADDED, since libvirt 1.2.15.</summary>
    DeviceAdded = 19,
    /// <summary>VIR_DOMAIN_EVENT_ID_MIGRATION_ITERATION, since libvirt 1.3.2.</summary>
    MigrationIteration = 20,
    /// <summary>VIR_DOMAIN_EVENT_ID_JOB_COMPLETED, since libvirt 1.3.3.</summary>
    JobCompleted = 21,
    /// <summary>VIR_DOMAIN_EVENT_ID_DEVICE_REMOVAL_FAILED, since libvirt 1.3.4.</summary>
    DeviceRemovalFailed = 22,
    /// <summary>VIR_DOMAIN_EVENT_ID_METADATA_CHANGE, since libvirt 3.0.0.</summary>
    MetadataChange = 23,
    /// <summary>VIR_DOMAIN_EVENT_ID_BLOCK_THRESHOLD, since libvirt 3.2.0.</summary>
    BlockThreshold = 24,
    /// <summary>VIR_DOMAIN_EVENT_ID_MEMORY_FAILURE, since libvirt 6.9.0.</summary>
    MemoryFailure = 25,
    /// <summary>VIR_DOMAIN_EVENT_ID_MEMORY_DEVICE_SIZE_CHANGE, since libvirt 7.9.0.</summary>
    MemoryDeviceSizeChange = 26,
}

/// <summary>virDomainEventType.</summary>
public enum DomainEventType
{
    /// <summary>VIR_DOMAIN_EVENT_DEFINED, since libvirt 0.5.0.</summary>
    Defined = 0,
    /// <summary>VIR_DOMAIN_EVENT_UNDEFINED, since libvirt 0.5.0.</summary>
    Undefined = 1,
    /// <summary>VIR_DOMAIN_EVENT_STARTED, since libvirt 0.5.0.</summary>
    Started = 2,
    /// <summary>VIR_DOMAIN_EVENT_SUSPENDED, since libvirt 0.5.0.</summary>
    Suspended = 3,
    /// <summary>VIR_DOMAIN_EVENT_RESUMED, since libvirt 0.5.0.</summary>
    Resumed = 4,
    /// <summary>VIR_DOMAIN_EVENT_STOPPED, since libvirt 0.5.0.</summary>
    Stopped = 5,
    /// <summary>VIR_DOMAIN_EVENT_SHUTDOWN, since libvirt 0.9.8.</summary>
    Shutdown = 6,
    /// <summary>VIR_DOMAIN_EVENT_PMSUSPENDED, since libvirt 0.10.2.</summary>
    PmSuspended = 7,
    /// <summary>VIR_DOMAIN_EVENT_CRASHED, since libvirt 1.1.1.</summary>
    Crashed = 8,
}

/// <summary>virDomainEventDefinedDetailType.</summary>
public enum DomainEventDefinedDetail
{
    /// <summary>VIR_DOMAIN_EVENT_DEFINED_ADDED, since libvirt 0.5.0.</summary>
    Added = 0,
    /// <summary>VIR_DOMAIN_EVENT_DEFINED_UPDATED, since libvirt 0.5.0.</summary>
    Updated = 1,
    /// <summary>VIR_DOMAIN_EVENT_DEFINED_RENAMED, since libvirt 1.2.19.</summary>
    Renamed = 2,
    /// <summary>VIR_DOMAIN_EVENT_DEFINED_FROM_SNAPSHOT, since libvirt 1.3.3.</summary>
    FromSnapshot = 3,
}

/// <summary>virDomainEventUndefinedDetailType.</summary>
public enum DomainEventUndefinedDetail
{
    /// <summary>VIR_DOMAIN_EVENT_UNDEFINED_REMOVED, since libvirt 0.5.0.</summary>
    Removed = 0,
    /// <summary>VIR_DOMAIN_EVENT_UNDEFINED_RENAMED, since libvirt 1.2.19.</summary>
    Renamed = 1,
}

/// <summary>virDomainEventStartedDetailType.</summary>
public enum DomainEventStartedDetail
{
    /// <summary>VIR_DOMAIN_EVENT_STARTED_BOOTED, since libvirt 0.5.0.</summary>
    Booted = 0,
    /// <summary>VIR_DOMAIN_EVENT_STARTED_MIGRATED, since libvirt 0.5.0.</summary>
    Migrated = 1,
    /// <summary>VIR_DOMAIN_EVENT_STARTED_RESTORED, since libvirt 0.5.0.</summary>
    Restored = 2,
    /// <summary>VIR_DOMAIN_EVENT_STARTED_FROM_SNAPSHOT, since libvirt 0.8.0.</summary>
    FromSnapshot = 3,
    /// <summary>VIR_DOMAIN_EVENT_STARTED_WAKEUP, since libvirt 0.9.11.</summary>
    Wakeup = 4,
}

/// <summary>virDomainEventSuspendedDetailType.</summary>
public enum DomainEventSuspendedDetail
{
    /// <summary>VIR_DOMAIN_EVENT_SUSPENDED_PAUSED, since libvirt 0.5.0.</summary>
    Paused = 0,
    /// <summary>VIR_DOMAIN_EVENT_SUSPENDED_MIGRATED, since libvirt 0.5.0.</summary>
    Migrated = 1,
    /// <summary>VIR_DOMAIN_EVENT_SUSPENDED_IOERROR, since libvirt 0.8.0.</summary>
    Ioerror = 2,
    /// <summary>VIR_DOMAIN_EVENT_SUSPENDED_WATCHDOG, since libvirt 0.8.0.</summary>
    Watchdog = 3,
    /// <summary>VIR_DOMAIN_EVENT_SUSPENDED_RESTORED, since libvirt 0.9.5.</summary>
    Restored = 4,
    /// <summary>VIR_DOMAIN_EVENT_SUSPENDED_FROM_SNAPSHOT, since libvirt 0.9.5.</summary>
    FromSnapshot = 5,
    /// <summary>VIR_DOMAIN_EVENT_SUSPENDED_API_ERROR, since libvirt 1.0.1.</summary>
    ApiError = 6,
    /// <summary>VIR_DOMAIN_EVENT_SUSPENDED_POSTCOPY, since libvirt 1.3.3.</summary>
    Postcopy = 7,
    /// <summary>VIR_DOMAIN_EVENT_SUSPENDED_POSTCOPY_FAILED, since libvirt 1.3.3.</summary>
    PostcopyFailed = 8,
}

/// <summary>virDomainEventResumedDetailType.</summary>
public enum DomainEventResumedDetail
{
    /// <summary>VIR_DOMAIN_EVENT_RESUMED_UNPAUSED, since libvirt 0.5.0.</summary>
    Unpaused = 0,
    /// <summary>VIR_DOMAIN_EVENT_RESUMED_MIGRATED, since libvirt 0.5.0.</summary>
    Migrated = 1,
    /// <summary>VIR_DOMAIN_EVENT_RESUMED_FROM_SNAPSHOT, since libvirt 0.9.5.</summary>
    FromSnapshot = 2,
    /// <summary>VIR_DOMAIN_EVENT_RESUMED_POSTCOPY, since libvirt 1.3.3.</summary>
    Postcopy = 3,
    /// <summary>VIR_DOMAIN_EVENT_RESUMED_POSTCOPY_FAILED, since libvirt 8.5.0.</summary>
    PostcopyFailed = 4,
}

/// <summary>virDomainEventStoppedDetailType.</summary>
public enum DomainEventStoppedDetail
{
    /// <summary>VIR_DOMAIN_EVENT_STOPPED_SHUTDOWN, since libvirt 0.5.0.</summary>
    Shutdown = 0,
    /// <summary>VIR_DOMAIN_EVENT_STOPPED_DESTROYED, since libvirt 0.5.0.</summary>
    Destroyed = 1,
    /// <summary>VIR_DOMAIN_EVENT_STOPPED_CRASHED, since libvirt 0.5.0.</summary>
    Crashed = 2,
    /// <summary>VIR_DOMAIN_EVENT_STOPPED_MIGRATED, since libvirt 0.5.0.</summary>
    Migrated = 3,
    /// <summary>VIR_DOMAIN_EVENT_STOPPED_SAVED, since libvirt 0.5.0.</summary>
    Saved = 4,
    /// <summary>VIR_DOMAIN_EVENT_STOPPED_FAILED, since libvirt 0.5.0.</summary>
    Failed = 5,
    /// <summary>VIR_DOMAIN_EVENT_STOPPED_FROM_SNAPSHOT, since libvirt 0.8.0.</summary>
    FromSnapshot = 6,
}

/// <summary>virDomainEventShutdownDetailType.</summary>
public enum DomainEventShutdownDetail
{
    /// <summary>VIR_DOMAIN_EVENT_SHUTDOWN_FINISHED, since libvirt 0.9.8.</summary>
    Finished = 0,
    /// <summary>VIR_DOMAIN_EVENT_SHUTDOWN_GUEST, since libvirt 3.4.0.</summary>
    Guest = 1,
    /// <summary>VIR_DOMAIN_EVENT_SHUTDOWN_HOST, since libvirt 3.4.0.</summary>
    Host = 2,
}

/// <summary>virDomainEventPMSuspendedDetailType.</summary>
public enum DomainEventPmSuspendedDetail
{
    /// <summary>VIR_DOMAIN_EVENT_PMSUSPENDED_MEMORY, since libvirt 0.10.2.</summary>
    Memory = 0,
    /// <summary>VIR_DOMAIN_EVENT_PMSUSPENDED_DISK, since libvirt 1.0.0.</summary>
    Disk = 1,
}

/// <summary>virDomainEventCrashedDetailType.</summary>
public enum DomainEventCrashedDetail
{
    /// <summary>VIR_DOMAIN_EVENT_CRASHED_PANICKED, since libvirt 1.1.1.</summary>
    Panicked = 0,
    /// <summary>VIR_DOMAIN_EVENT_CRASHED_CRASHLOADED, since libvirt 6.1.0.</summary>
    Crashloaded = 1,
}

/// <summary>virDomainEventWatchdogAction.</summary>
public enum DomainEventWatchdogAction
{
    /// <summary>VIR_DOMAIN_EVENT_WATCHDOG_NONE, since libvirt 0.8.0.</summary>
    None = 0,
    /// <summary>VIR_DOMAIN_EVENT_WATCHDOG_PAUSE, since libvirt 0.8.0.</summary>
    Pause = 1,
    /// <summary>VIR_DOMAIN_EVENT_WATCHDOG_RESET, since libvirt 0.8.0.</summary>
    Reset = 2,
    /// <summary>VIR_DOMAIN_EVENT_WATCHDOG_POWEROFF, since libvirt 0.8.0.</summary>
    Poweroff = 3,
    /// <summary>VIR_DOMAIN_EVENT_WATCHDOG_SHUTDOWN, since libvirt 0.8.0.</summary>
    Shutdown = 4,
    /// <summary>VIR_DOMAIN_EVENT_WATCHDOG_DEBUG, since libvirt 0.8.0.</summary>
    Debug = 5,
    /// <summary>VIR_DOMAIN_EVENT_WATCHDOG_INJECTNMI, since libvirt 1.2.17.</summary>
    Injectnmi = 6,
}

/// <summary>virDomainEventIOErrorAction.</summary>
public enum DomainEventIoErrorAction
{
    /// <summary>VIR_DOMAIN_EVENT_IO_ERROR_NONE, since libvirt 0.8.0.</summary>
    None = 0,
    /// <summary>VIR_DOMAIN_EVENT_IO_ERROR_PAUSE, since libvirt 0.8.0.</summary>
    Pause = 1,
    /// <summary>VIR_DOMAIN_EVENT_IO_ERROR_REPORT, since libvirt 0.8.0.</summary>
    Report = 2,
}

/// <summary>virDomainEventGraphicsPhase.</summary>
public enum DomainEventGraphicsPhase
{
    /// <summary>VIR_DOMAIN_EVENT_GRAPHICS_CONNECT, since libvirt 0.8.0.</summary>
    Connect = 0,
    /// <summary>VIR_DOMAIN_EVENT_GRAPHICS_INITIALIZE, since libvirt 0.8.0.</summary>
    Initialize = 1,
    /// <summary>VIR_DOMAIN_EVENT_GRAPHICS_DISCONNECT, since libvirt 0.8.0.</summary>
    Disconnect = 2,
}

/// <summary>virDomainEventGraphicsAddressType.</summary>
public enum DomainEventGraphicsAddressType
{
    /// <summary>VIR_DOMAIN_EVENT_GRAPHICS_ADDRESS_IPV4, since libvirt 0.8.0.</summary>
    Ipv4 = 0,
    /// <summary>VIR_DOMAIN_EVENT_GRAPHICS_ADDRESS_IPV6, since libvirt 0.8.0.</summary>
    Ipv6 = 1,
    /// <summary>VIR_DOMAIN_EVENT_GRAPHICS_ADDRESS_UNIX, since libvirt 0.9.7.</summary>
    Unix = 2,
}

/// <summary>virDomainBlockJobType.</summary>
public enum DomainBlockJobType
{
    /// <summary>VIR_DOMAIN_BLOCK_JOB_TYPE_UNKNOWN, since libvirt 0.9.4.</summary>
    Unknown = 0,
    /// <summary>VIR_DOMAIN_BLOCK_JOB_TYPE_PULL, since libvirt 0.9.4.</summary>
    Pull = 1,
    /// <summary>VIR_DOMAIN_BLOCK_JOB_TYPE_COPY, since libvirt 0.9.12.</summary>
    Copy = 2,
    /// <summary>VIR_DOMAIN_BLOCK_JOB_TYPE_COMMIT, since libvirt 0.10.2.</summary>
    Commit = 3,
    /// <summary>VIR_DOMAIN_BLOCK_JOB_TYPE_ACTIVE_COMMIT, since libvirt 1.2.6.</summary>
    ActiveCommit = 4,
    /// <summary>VIR_DOMAIN_BLOCK_JOB_TYPE_BACKUP, since libvirt 6.0.0.</summary>
    Backup = 5,
}

/// <summary>virConnectDomainEventBlockJobStatus.</summary>
public enum BlockJobStatus
{
    /// <summary>VIR_DOMAIN_BLOCK_JOB_COMPLETED, since libvirt 0.9.4.</summary>
    Completed = 0,
    /// <summary>VIR_DOMAIN_BLOCK_JOB_FAILED, since libvirt 0.9.4.</summary>
    Failed = 1,
    /// <summary>VIR_DOMAIN_BLOCK_JOB_CANCELED, since libvirt 0.9.12.</summary>
    Canceled = 2,
    /// <summary>VIR_DOMAIN_BLOCK_JOB_READY, since libvirt 1.0.0.</summary>
    Ready = 3,
}

/// <summary>virConnectDomainEventDiskChangeReason.</summary>
public enum DiskChangeReason
{
    /// <summary>VIR_DOMAIN_EVENT_DISK_CHANGE_MISSING_ON_START, since libvirt 0.9.7.</summary>
    ChangeMissingOnStart = 0,
    /// <summary>VIR_DOMAIN_EVENT_DISK_DROP_MISSING_ON_START, since libvirt 1.1.2.</summary>
    DropMissingOnStart = 1,
}

/// <summary>virDomainEventTrayChangeReason.</summary>
public enum TrayChangeReason
{
    /// <summary>VIR_DOMAIN_EVENT_TRAY_CHANGE_OPEN, since libvirt 0.9.11.</summary>
    Open = 0,
    /// <summary>VIR_DOMAIN_EVENT_TRAY_CHANGE_CLOSE, since libvirt 0.9.11.</summary>
    Close = 1,
}

/// <summary>virConnectDomainEventAgentLifecycleState.</summary>
public enum AgentLifecycleState
{
    /// <summary>VIR_CONNECT_DOMAIN_EVENT_AGENT_LIFECYCLE_STATE_CONNECTED, since libvirt 1.2.11.</summary>
    Connected = 1,
    /// <summary>VIR_CONNECT_DOMAIN_EVENT_AGENT_LIFECYCLE_STATE_DISCONNECTED, since libvirt 1.2.11.</summary>
    Disconnected = 2,
}

/// <summary>virConnectDomainEventAgentLifecycleReason.</summary>
public enum AgentLifecycleReason
{
    /// <summary>VIR_CONNECT_DOMAIN_EVENT_AGENT_LIFECYCLE_REASON_UNKNOWN, since libvirt 1.2.11.</summary>
    Unknown = 0,
    /// <summary>VIR_CONNECT_DOMAIN_EVENT_AGENT_LIFECYCLE_REASON_DOMAIN_STARTED, since libvirt 1.2.11.</summary>
    DomainStarted = 1,
    /// <summary>VIR_CONNECT_DOMAIN_EVENT_AGENT_LIFECYCLE_REASON_CHANNEL, since libvirt 1.2.11.</summary>
    Channel = 2,
}

/// <summary>virDomainMemoryFailureRecipientType.</summary>
public enum MemoryFailureRecipient
{
    /// <summary>VIR_DOMAIN_EVENT_MEMORY_FAILURE_RECIPIENT_HYPERVISOR, since libvirt 6.9.0.</summary>
    Hypervisor = 0,
    /// <summary>VIR_DOMAIN_EVENT_MEMORY_FAILURE_RECIPIENT_GUEST, since libvirt 6.9.0.</summary>
    Guest = 1,
}

/// <summary>virDomainMemoryFailureActionType.</summary>
public enum MemoryFailureAction
{
    /// <summary>VIR_DOMAIN_EVENT_MEMORY_FAILURE_ACTION_IGNORE, since libvirt 6.9.0.</summary>
    Ignore = 0,
    /// <summary>VIR_DOMAIN_EVENT_MEMORY_FAILURE_ACTION_INJECT, since libvirt 6.9.0.</summary>
    Inject = 1,
    /// <summary>VIR_DOMAIN_EVENT_MEMORY_FAILURE_ACTION_FATAL, since libvirt 6.9.0.</summary>
    Fatal = 2,
    /// <summary>VIR_DOMAIN_EVENT_MEMORY_FAILURE_ACTION_RESET, since libvirt 6.9.0.</summary>
    Reset = 3,
}

/// <summary>virDomainMemoryFailureFlags.</summary>
[Flags]
public enum MemoryFailureFlags : uint
{
    /// <summary>No flag.</summary>
    None = 0,
    /// <summary>VIR_DOMAIN_MEMORY_FAILURE_ACTION_REQUIRED, since libvirt 6.9.0.</summary>
    ActionRequired = 1,
    /// <summary>VIR_DOMAIN_MEMORY_FAILURE_RECURSIVE, since libvirt 6.9.0.</summary>
    Recursive = 2,
}
