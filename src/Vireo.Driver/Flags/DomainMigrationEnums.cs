namespace Vireo.Driver;

/// <summary>How a machine moves to another host (virDomainMigrateFlags).</summary>
[Flags]
public enum DomainMigrateFlags : uint
{
    /// <summary>No flag.</summary>
    None = 0,
    /// <summary>VIR_MIGRATE_LIVE, since libvirt 0.3.2.</summary>
    Live = 1,
    /// <summary>VIR_MIGRATE_PEER2PEER, since libvirt 0.7.2.</summary>
    PeerToPeer = 2,
    /// <summary>VIR_MIGRATE_TUNNELLED, since libvirt 0.7.2.</summary>
    Tunnelled = 4,
    /// <summary>VIR_MIGRATE_PERSIST_DEST, since libvirt 0.7.3.</summary>
    PersistDest = 8,
    /// <summary>VIR_MIGRATE_UNDEFINE_SOURCE, since libvirt 0.7.3.</summary>
    UndefineSource = 0x10,
    /// <summary>VIR_MIGRATE_PAUSED, since libvirt 0.7.5.</summary>
    Paused = 0x20,
    /// <summary>VIR_MIGRATE_NON_SHARED_DISK, since libvirt 0.8.2.</summary>
    NonSharedDisk = 0x40,
    /// <summary>VIR_MIGRATE_NON_SHARED_INC, since libvirt 0.8.2.</summary>
    NonSharedInc = 0x80,
    /// <summary>VIR_MIGRATE_CHANGE_PROTECTION, since libvirt 0.9.4.</summary>
    ChangeProtection = 0x100,
    /// <summary>VIR_MIGRATE_UNSAFE, since libvirt 0.9.11.</summary>
    Unsafe = 0x200,
    /// <summary>VIR_MIGRATE_OFFLINE, since libvirt 1.0.1.</summary>
    Offline = 0x400,
    /// <summary>VIR_MIGRATE_COMPRESSED, since libvirt 1.0.3.</summary>
    Compressed = 0x800,
    /// <summary>VIR_MIGRATE_ABORT_ON_ERROR, since libvirt 1.1.0.</summary>
    AbortOnError = 0x1000,
    /// <summary>VIR_MIGRATE_AUTO_CONVERGE, since libvirt 1.2.3.</summary>
    AutoConverge = 0x2000,
    /// <summary>VIR_MIGRATE_RDMA_PIN_ALL, since libvirt 1.2.9.</summary>
    RdmaPinAll = 0x4000,
    /// <summary>VIR_MIGRATE_POSTCOPY, since libvirt 1.3.3.</summary>
    Postcopy = 0x8000,
    /// <summary>VIR_MIGRATE_TLS, since libvirt 3.2.0.</summary>
    Tls = 0x10000,
    /// <summary>VIR_MIGRATE_PARALLEL, since libvirt 5.2.0.</summary>
    Parallel = 0x20000,
    /// <summary>VIR_MIGRATE_NON_SHARED_SYNCHRONOUS_WRITES, since libvirt 8.0.0.</summary>
    NonSharedSynchronousWrites = 0x40000,
    /// <summary>VIR_MIGRATE_POSTCOPY_RESUME, since libvirt 8.5.0.</summary>
    PostcopyResume = 0x80000,
    /// <summary>VIR_MIGRATE_ZEROCOPY, since libvirt 8.5.0.</summary>
    Zerocopy = 0x100000,
}

/// <summary>Which of a migration's limits is meant (virDomainMigrateMaxSpeedFlags).</summary>
[Flags]
public enum DomainMigrateMaxSpeedFlags : uint
{
    /// <summary>No flag.</summary>
    None = 0,
    /// <summary>VIR_DOMAIN_MIGRATE_MAX_SPEED_POSTCOPY, since libvirt 5.1.0.</summary>
    Postcopy = 1,
}

/// <summary>How far a measurement of written memory is (virDomainDirtyRateStatus).</summary>
public enum DomainDirtyRateStatus
{
    /// <summary>VIR_DOMAIN_DIRTYRATE_UNSTARTED, since libvirt 7.2.0.</summary>
    Unstarted = 0,
    /// <summary>VIR_DOMAIN_DIRTYRATE_MEASURING, since libvirt 7.2.0.</summary>
    Measuring = 1,
    /// <summary>VIR_DOMAIN_DIRTYRATE_MEASURED, since libvirt 7.2.0.</summary>
    Measured = 2,
}

/// <summary>How written memory is measured (virDomainDirtyRateCalcFlags).</summary>
[Flags]
public enum DomainDirtyRateFlags : uint
{
    /// <summary>VIR_DOMAIN_DIRTYRATE_MODE_PAGE_SAMPLING, since libvirt 8.1.0.</summary>
    PageSampling = 0,
    /// <summary>VIR_DOMAIN_DIRTYRATE_MODE_DIRTY_BITMAP, since libvirt 8.1.0.</summary>
    DirtyBitmap = 1,
    /// <summary>VIR_DOMAIN_DIRTYRATE_MODE_DIRTY_RING, since libvirt 8.1.0.</summary>
    DirtyRing = 2,
}
