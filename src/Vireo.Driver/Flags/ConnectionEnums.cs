namespace Vireo.Driver;

/// <summary>virConnectFlags.</summary>
[Flags]
public enum ConnectFlags : uint
{
    /// <summary>No flag.</summary>
    None = 0,
    /// <summary>VIR_CONNECT_RO, since libvirt 0.4.1.</summary>
    Ro = 1,
    /// <summary>VIR_CONNECT_NO_ALIASES, since libvirt 0.9.7.</summary>
    NoAliases = 2,
}

/// <summary>virConnectCloseReason.</summary>
public enum ConnectCloseReason
{
    /// <summary>VIR_CONNECT_CLOSE_REASON_ERROR, since libvirt 0.10.0.</summary>
    Error = 0,
    /// <summary>VIR_CONNECT_CLOSE_REASON_EOF, since libvirt 0.10.0.</summary>
    Eof = 1,
    /// <summary>VIR_CONNECT_CLOSE_REASON_KEEPALIVE, since libvirt 0.10.0.</summary>
    Keepalive = 2,
    /// <summary>VIR_CONNECT_CLOSE_REASON_CLIENT, since libvirt 0.10.0.</summary>
    Client = 3,
}

/// <summary>virCPUCompareResult.</summary>
public enum CpuCompareResult
{
    /// <summary>VIR_CPU_COMPARE_ERROR, since libvirt 0.7.5.</summary>
    Error = -1,
    /// <summary>VIR_CPU_COMPARE_INCOMPATIBLE, since libvirt 0.7.5.</summary>
    Incompatible = 0,
    /// <summary>VIR_CPU_COMPARE_IDENTICAL, since libvirt 0.7.5.</summary>
    Identical = 1,
    /// <summary>VIR_CPU_COMPARE_SUPERSET, since libvirt 0.7.5.</summary>
    Superset = 2,
}

/// <summary>virConnectCompareCPUFlags.</summary>
[Flags]
public enum ConnectCompareCpuFlags : uint
{
    /// <summary>No flag.</summary>
    None = 0,
    /// <summary>VIR_CONNECT_COMPARE_CPU_FAIL_INCOMPATIBLE, since libvirt 1.2.6.</summary>
    FailIncompatible = 1,
    /// <summary>VIR_CONNECT_COMPARE_CPU_VALIDATE_XML, since libvirt 6.9.0.</summary>
    ValidateXml = 2,
}

/// <summary>virConnectBaselineCPUFlags.</summary>
[Flags]
public enum ConnectBaselineCpuFlags : uint
{
    /// <summary>No flag.</summary>
    None = 0,
    /// <summary>VIR_CONNECT_BASELINE_CPU_EXPAND_FEATURES, since libvirt 1.1.2.</summary>
    ExpandFeatures = 1,
    /// <summary>VIR_CONNECT_BASELINE_CPU_MIGRATABLE, since libvirt 1.2.14.</summary>
    Migratable = 2,
    /// <summary>VIR_CONNECT_BASELINE_CPU_IGNORE_HOST, since libvirt 11.6.0: what this host lacks does not count.</summary>
    IgnoreHost = 4,
}

/// <summary>Features that SUPPORTS_FEATURE asks for (virDrvFeature).</summary>
public enum DriverFeature
{
    /// <summary>VIR_DRV_FEATURE_MIGRATION_V1.</summary>
    MigrationV1 = 1,
    /// <summary>VIR_DRV_FEATURE_REMOTE.</summary>
    Remote = 2,
    /// <summary>VIR_DRV_FEATURE_MIGRATION_V2.</summary>
    MigrationV2 = 3,
    /// <summary>VIR_DRV_FEATURE_MIGRATION_P2P.</summary>
    MigrationP2p = 4,
    /// <summary>VIR_DRV_FEATURE_MIGRATION_DIRECT.</summary>
    MigrationDirect = 5,
    /// <summary>VIR_DRV_FEATURE_MIGRATION_V3.</summary>
    MigrationV3 = 6,
    /// <summary>VIR_DRV_FEATURE_MIGRATE_CHANGE_PROTECTION.</summary>
    MigrateChangeProtection = 7,
    /// <summary>VIR_DRV_FEATURE_FD_PASSING.</summary>
    FdPassing = 8,
    /// <summary>VIR_DRV_FEATURE_TYPED_PARAM_STRING.</summary>
    TypedParamString = 9,
    /// <summary>VIR_DRV_FEATURE_PROGRAM_KEEPALIVE.</summary>
    ProgramKeepalive = 10,
    /// <summary>VIR_DRV_FEATURE_XML_MIGRATABLE.</summary>
    XmlMigratable = 11,
    /// <summary>VIR_DRV_FEATURE_MIGRATION_OFFLINE.</summary>
    MigrationOffline = 12,
    /// <summary>VIR_DRV_FEATURE_MIGRATION_PARAMS.</summary>
    MigrationParams = 13,
    /// <summary>VIR_DRV_FEATURE_REMOTE_EVENT_CALLBACK.</summary>
    RemoteEventCallback = 14,
    /// <summary>VIR_DRV_FEATURE_REMOTE_CLOSE_CALLBACK.</summary>
    RemoteCloseCallback = 15,
    /// <summary>VIR_DRV_FEATURE_NETWORK_UPDATE_HAS_CORRECT_ORDER.</summary>
    NetworkUpdateHasCorrectOrder = 16,
}
