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
