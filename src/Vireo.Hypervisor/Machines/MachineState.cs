namespace Vireo.Hypervisor.Machines;

/// <summary>What a machine does (virDomainState's numbers).</summary>
public enum MachineState
{
    /// <summary>Unknown.</summary>
    NoState = 0,
    /// <summary>Its processors run.</summary>
    Running = 1,
    /// <summary>Waits for something (Xen).</summary>
    Blocked = 2,
    /// <summary>Held by somebody.</summary>
    Paused = 3,
    /// <summary>On its way down.</summary>
    Shutdown = 4,
    /// <summary>Off.</summary>
    ShutOff = 5,
    /// <summary>Fell over, and is kept to be looked at.</summary>
    Crashed = 6,
    /// <summary>Asleep by its own wish.</summary>
    PmSuspended = 7,
}

/// <summary>Why a machine runs (virDomainRunningReason's numbers).</summary>
public enum RunningReason
{
#pragma warning disable CS1591
    Unknown, Booted, Migrated, Restored, FromSnapshot, Unpaused, MigrationCanceled, SaveCanceled, Wakeup, Crashed, PostCopy, PostCopyFailed,
#pragma warning restore CS1591
}

/// <summary>Why a machine is paused (virDomainPausedReason's numbers).</summary>
public enum PausedReason
{
#pragma warning disable CS1591
    Unknown, User, Migration, Save, Dump, IoError, Watchdog, FromSnapshot, ShuttingDown, Snapshot, Crashed, StartingUp, PostCopy, PostCopyFailed,
#pragma warning restore CS1591
}

/// <summary>Why a machine goes down (virDomainShutdownReason's numbers).</summary>
public enum ShutdownReason
{
#pragma warning disable CS1591
    Unknown, User,
#pragma warning restore CS1591
}

/// <summary>Why a machine is off (virDomainShutoffReason's numbers).</summary>
public enum ShutOffReason
{
#pragma warning disable CS1591
    Unknown, Shutdown, Destroyed, Crashed, Migrated, Saved, Failed, FromSnapshot, Daemon,
#pragma warning restore CS1591
}

/// <summary>Why a machine is crashed (virDomainCrashedReason's numbers).</summary>
public enum CrashedReason
{
#pragma warning disable CS1591
    Unknown, Panicked,
#pragma warning restore CS1591
}
