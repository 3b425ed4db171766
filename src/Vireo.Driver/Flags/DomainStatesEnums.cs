namespace Vireo.Driver;

/// <summary>virDomainRunningReason.</summary>
public enum DomainRunningReason
{
    /// <summary>VIR_DOMAIN_RUNNING_UNKNOWN, since libvirt 0.9.2.</summary>
    Unknown = 0,
    /// <summary>VIR_DOMAIN_RUNNING_BOOTED, since libvirt 0.9.2.</summary>
    Booted = 1,
    /// <summary>VIR_DOMAIN_RUNNING_MIGRATED, since libvirt 0.9.2.</summary>
    Migrated = 2,
    /// <summary>VIR_DOMAIN_RUNNING_RESTORED, since libvirt 0.9.2.</summary>
    Restored = 3,
    /// <summary>VIR_DOMAIN_RUNNING_FROM_SNAPSHOT, since libvirt 0.9.2.</summary>
    FromSnapshot = 4,
    /// <summary>VIR_DOMAIN_RUNNING_UNPAUSED, since libvirt 0.9.2.</summary>
    Unpaused = 5,
    /// <summary>VIR_DOMAIN_RUNNING_MIGRATION_CANCELED, since libvirt 0.9.2.</summary>
    MigrationCanceled = 6,
    /// <summary>VIR_DOMAIN_RUNNING_SAVE_CANCELED, since libvirt 0.9.2.</summary>
    SaveCanceled = 7,
    /// <summary>VIR_DOMAIN_RUNNING_WAKEUP, since libvirt 0.9.11.</summary>
    Wakeup = 8,
    /// <summary>VIR_DOMAIN_RUNNING_CRASHED, since libvirt 1.1.1.</summary>
    Crashed = 9,
    /// <summary>VIR_DOMAIN_RUNNING_POSTCOPY, since libvirt 1.3.3.</summary>
    Postcopy = 10,
    /// <summary>VIR_DOMAIN_RUNNING_POSTCOPY_FAILED, since libvirt 8.5.0.</summary>
    PostcopyFailed = 11,
}

/// <summary>virDomainPausedReason.</summary>
public enum DomainPausedReason
{
    /// <summary>VIR_DOMAIN_PAUSED_UNKNOWN, since libvirt 0.9.2.</summary>
    Unknown = 0,
    /// <summary>VIR_DOMAIN_PAUSED_USER, since libvirt 0.9.2.</summary>
    User = 1,
    /// <summary>VIR_DOMAIN_PAUSED_MIGRATION, since libvirt 0.9.2.</summary>
    Migration = 2,
    /// <summary>VIR_DOMAIN_PAUSED_SAVE, since libvirt 0.9.2.</summary>
    Save = 3,
    /// <summary>VIR_DOMAIN_PAUSED_DUMP, since libvirt 0.9.2.</summary>
    Dump = 4,
    /// <summary>VIR_DOMAIN_PAUSED_IOERROR, since libvirt 0.9.2.</summary>
    Ioerror = 5,
    /// <summary>VIR_DOMAIN_PAUSED_WATCHDOG, since libvirt 0.9.2.</summary>
    Watchdog = 6,
    /// <summary>VIR_DOMAIN_PAUSED_FROM_SNAPSHOT, since libvirt 0.9.2.</summary>
    FromSnapshot = 7,
    /// <summary>VIR_DOMAIN_PAUSED_SHUTTING_DOWN, since libvirt 0.9.5.</summary>
    ShuttingDown = 8,
    /// <summary>VIR_DOMAIN_PAUSED_SNAPSHOT, since libvirt 1.0.1.</summary>
    Snapshot = 9,
    /// <summary>VIR_DOMAIN_PAUSED_CRASHED, since libvirt 1.1.1.</summary>
    Crashed = 10,
    /// <summary>VIR_DOMAIN_PAUSED_STARTING_UP, since libvirt 1.2.14.</summary>
    StartingUp = 11,
    /// <summary>VIR_DOMAIN_PAUSED_POSTCOPY, since libvirt 1.3.3.</summary>
    Postcopy = 12,
    /// <summary>VIR_DOMAIN_PAUSED_POSTCOPY_FAILED, since libvirt 1.3.3.</summary>
    PostcopyFailed = 13,
}

/// <summary>virDomainShutdownReason.</summary>
public enum DomainShutdownReason
{
    /// <summary>VIR_DOMAIN_SHUTDOWN_UNKNOWN, since libvirt 0.9.2.</summary>
    Unknown = 0,
    /// <summary>VIR_DOMAIN_SHUTDOWN_USER, since libvirt 0.9.2.</summary>
    User = 1,
}

/// <summary>virDomainShutoffReason.</summary>
public enum DomainShutoffReason
{
    /// <summary>VIR_DOMAIN_SHUTOFF_UNKNOWN, since libvirt 0.9.2.</summary>
    Unknown = 0,
    /// <summary>VIR_DOMAIN_SHUTOFF_SHUTDOWN, since libvirt 0.9.2.</summary>
    Shutdown = 1,
    /// <summary>VIR_DOMAIN_SHUTOFF_DESTROYED, since libvirt 0.9.2.</summary>
    Destroyed = 2,
    /// <summary>VIR_DOMAIN_SHUTOFF_CRASHED, since libvirt 0.9.2.</summary>
    Crashed = 3,
    /// <summary>VIR_DOMAIN_SHUTOFF_MIGRATED, since libvirt 0.9.2.</summary>
    Migrated = 4,
    /// <summary>VIR_DOMAIN_SHUTOFF_SAVED, since libvirt 0.9.2.</summary>
    Saved = 5,
    /// <summary>VIR_DOMAIN_SHUTOFF_FAILED, since libvirt 0.9.2.</summary>
    Failed = 6,
    /// <summary>VIR_DOMAIN_SHUTOFF_FROM_SNAPSHOT, since libvirt 0.9.2.</summary>
    FromSnapshot = 7,
    /// <summary>VIR_DOMAIN_SHUTOFF_DAEMON, since libvirt 4.10.0.</summary>
    Daemon = 8,
}

/// <summary>virDomainCrashedReason.</summary>
public enum DomainCrashedReason
{
    /// <summary>VIR_DOMAIN_CRASHED_UNKNOWN, since libvirt 0.9.2.</summary>
    Unknown = 0,
    /// <summary>VIR_DOMAIN_CRASHED_PANICKED, since libvirt 1.1.1.</summary>
    Panicked = 1,
}

/// <summary>virDomainPMSuspendedReason.</summary>
public enum DomainPmSuspendedReason
{
    /// <summary>VIR_DOMAIN_PMSUSPENDED_UNKNOWN, since libvirt 0.9.11.</summary>
    Unknown = 0,
}

/// <summary>virDomainControlErrorReason.</summary>
public enum DomainControlErrorReason
{
    /// <summary>VIR_DOMAIN_CONTROL_ERROR_REASON_NONE, since libvirt 1.2.14.</summary>
    None = 0,
    /// <summary>VIR_DOMAIN_CONTROL_ERROR_REASON_UNKNOWN, since libvirt 1.2.14.</summary>
    Unknown = 1,
    /// <summary>VIR_DOMAIN_CONTROL_ERROR_REASON_MONITOR, since libvirt 1.2.14.</summary>
    Monitor = 2,
    /// <summary>VIR_DOMAIN_CONTROL_ERROR_REASON_INTERNAL, since libvirt 1.2.14.</summary>
    Internal = 3,
}

/// <summary>Why there is no state (virDomainNostateReason).</summary>
public enum DomainNoStateReason
{
    /// <summary>VIR_DOMAIN_NOSTATE_UNKNOWN, since libvirt 0.9.2.</summary>
    Unknown = 0,
}

/// <summary>Why a machine is blocked (virDomainBlockedReason).</summary>
public enum DomainBlockedReason
{
    /// <summary>VIR_DOMAIN_BLOCKED_UNKNOWN, since libvirt 0.9.2.</summary>
    Unknown = 0,
}

/// <summary>Why a machine is suspended to disk (virDomainPMSuspendedDiskReason).</summary>
public enum DomainPmSuspendedDiskReason
{
    /// <summary>VIR_DOMAIN_PMSUSPENDED_DISK_UNKNOWN, since libvirt 1.0.0.</summary>
    Unknown = 0,
}
