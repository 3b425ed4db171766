namespace Vireo.Core.Errors;

/// <summary>libvirt's error numbers (virErrorNumber). Numbers are part of the wire protocol and never change.</summary>
public enum ErrorCode
{
    /// <summary>VIR_ERR_OK, since libvirt 0.1.0.</summary>
    Ok = 0,
    /// <summary>VIR_ERR_INTERNAL_ERROR, since libvirt 0.1.0.</summary>
    InternalError = 1,
    /// <summary>VIR_ERR_NO_MEMORY, since libvirt 0.1.0.</summary>
    NoMemory = 2,
    /// <summary>VIR_ERR_NO_SUPPORT, since libvirt 0.1.0.</summary>
    NoSupport = 3,
    /// <summary>VIR_ERR_UNKNOWN_HOST, since libvirt 0.1.0.</summary>
    UnknownHost = 4,
    /// <summary>VIR_ERR_NO_CONNECT, since libvirt 0.1.0.</summary>
    NoConnect = 5,
    /// <summary>VIR_ERR_INVALID_CONN, since libvirt 0.1.0.</summary>
    InvalidConn = 6,
    /// <summary>VIR_ERR_INVALID_DOMAIN, since libvirt 0.1.0.</summary>
    InvalidDomain = 7,
    /// <summary>VIR_ERR_INVALID_ARG, since libvirt 0.1.0.</summary>
    InvalidArg = 8,
    /// <summary>VIR_ERR_OPERATION_FAILED, since libvirt 0.1.0.</summary>
    OperationFailed = 9,
    /// <summary>VIR_ERR_GET_FAILED, since libvirt 0.1.0.</summary>
    GetFailed = 10,
    /// <summary>VIR_ERR_POST_FAILED, since libvirt 0.1.0.</summary>
    PostFailed = 11,
    /// <summary>VIR_ERR_HTTP_ERROR, since libvirt 0.1.0.</summary>
    HttpError = 12,
    /// <summary>VIR_ERR_SEXPR_SERIAL, since libvirt 0.1.0.</summary>
    SexprSerial = 13,
    /// <summary>VIR_ERR_NO_XEN, since libvirt 0.1.0.</summary>
    NoXen = 14,
    /// <summary>VIR_ERR_XEN_CALL, since libvirt 0.1.0.</summary>
    XenCall = 15,
    /// <summary>VIR_ERR_OS_TYPE, since libvirt 0.1.0.</summary>
    OsType = 16,
    /// <summary>VIR_ERR_NO_KERNEL, since libvirt 0.1.0.</summary>
    NoKernel = 17,
    /// <summary>VIR_ERR_NO_ROOT, since libvirt 0.1.0.</summary>
    NoRoot = 18,
    /// <summary>VIR_ERR_NO_SOURCE, since libvirt 0.1.0.</summary>
    NoSource = 19,
    /// <summary>VIR_ERR_NO_TARGET, since libvirt 0.1.0.</summary>
    NoTarget = 20,
    /// <summary>VIR_ERR_NO_NAME, since libvirt 0.1.0.</summary>
    NoName = 21,
    /// <summary>VIR_ERR_NO_OS, since libvirt 0.1.0.</summary>
    NoOs = 22,
    /// <summary>VIR_ERR_NO_DEVICE, since libvirt 0.1.0.</summary>
    NoDevice = 23,
    /// <summary>VIR_ERR_NO_XENSTORE, since libvirt 0.1.0.</summary>
    NoXenstore = 24,
    /// <summary>VIR_ERR_DRIVER_FULL, since libvirt 0.1.0.</summary>
    DriverFull = 25,
    /// <summary>VIR_ERR_CALL_FAILED, since libvirt 0.1.0.</summary>
    CallFailed = 26,
    /// <summary>VIR_ERR_XML_ERROR, since libvirt 0.1.1.</summary>
    XmlError = 27,
    /// <summary>VIR_ERR_DOM_EXIST, since libvirt 0.1.1.</summary>
    DomExist = 28,
    /// <summary>VIR_ERR_OPERATION_DENIED, since libvirt 0.1.4.</summary>
    OperationDenied = 29,
    /// <summary>VIR_ERR_OPEN_FAILED, since libvirt 0.1.6.</summary>
    OpenFailed = 30,
    /// <summary>VIR_ERR_READ_FAILED, since libvirt 0.1.6.</summary>
    ReadFailed = 31,
    /// <summary>VIR_ERR_PARSE_FAILED, since libvirt 0.1.6.</summary>
    ParseFailed = 32,
    /// <summary>VIR_ERR_CONF_SYNTAX, since libvirt 0.1.6.</summary>
    ConfSyntax = 33,
    /// <summary>VIR_ERR_WRITE_FAILED, since libvirt 0.1.6.</summary>
    WriteFailed = 34,
    /// <summary>VIR_ERR_XML_DETAIL, since libvirt 0.1.9.</summary>
    XmlDetail = 35,
    /// <summary>VIR_ERR_INVALID_NETWORK, since libvirt 0.2.0.</summary>
    InvalidNetwork = 36,
    /// <summary>VIR_ERR_NETWORK_EXIST, since libvirt 0.2.0.</summary>
    NetworkExist = 37,
    /// <summary>VIR_ERR_SYSTEM_ERROR, since libvirt 0.2.1.</summary>
    SystemError = 38,
    /// <summary>VIR_ERR_RPC, since libvirt 0.2.3.</summary>
    Rpc = 39,
    /// <summary>VIR_ERR_GNUTLS_ERROR, since libvirt 0.2.3.</summary>
    GnutlsError = 40,
    /// <summary>VIR_WAR_NO_NETWORK, since libvirt 0.2.3.</summary>
    WarnNoNetwork = 41,
    /// <summary>VIR_ERR_NO_DOMAIN, since libvirt 0.3.0.</summary>
    NoDomain = 42,
    /// <summary>VIR_ERR_NO_NETWORK, since libvirt 0.3.0.</summary>
    NoNetwork = 43,
    /// <summary>VIR_ERR_INVALID_MAC, since libvirt 0.3.1.</summary>
    InvalidMac = 44,
    /// <summary>VIR_ERR_AUTH_FAILED, since libvirt 0.4.1.</summary>
    AuthFailed = 45,
    /// <summary>VIR_ERR_INVALID_STORAGE_POOL, since libvirt 0.4.1.</summary>
    InvalidStoragePool = 46,
    /// <summary>VIR_ERR_INVALID_STORAGE_VOL, since libvirt 0.4.1.</summary>
    InvalidStorageVol = 47,
    /// <summary>VIR_WAR_NO_STORAGE, since libvirt 0.4.1.</summary>
    WarnNoStorage = 48,
    /// <summary>VIR_ERR_NO_STORAGE_POOL, since libvirt 0.4.1.</summary>
    NoStoragePool = 49,
    /// <summary>VIR_ERR_NO_STORAGE_VOL, since libvirt 0.4.1.</summary>
    NoStorageVol = 50,
    /// <summary>VIR_WAR_NO_NODE, since libvirt 0.5.0.</summary>
    WarnNoNode = 51,
    /// <summary>VIR_ERR_INVALID_NODE_DEVICE, since libvirt 0.5.0.</summary>
    InvalidNodeDevice = 52,
    /// <summary>VIR_ERR_NO_NODE_DEVICE, since libvirt 0.5.0.</summary>
    NoNodeDevice = 53,
    /// <summary>VIR_ERR_NO_SECURITY_MODEL, since libvirt 0.6.1.</summary>
    NoSecurityModel = 54,
    /// <summary>VIR_ERR_OPERATION_INVALID, since libvirt 0.6.4.</summary>
    OperationInvalid = 55,
    /// <summary>VIR_WAR_NO_INTERFACE, since libvirt 0.6.4.</summary>
    WarnNoInterface = 56,
    /// <summary>VIR_ERR_NO_INTERFACE, since libvirt 0.6.4.</summary>
    NoInterface = 57,
    /// <summary>VIR_ERR_INVALID_INTERFACE, since libvirt 0.6.4.</summary>
    InvalidInterface = 58,
    /// <summary>VIR_ERR_MULTIPLE_INTERFACES, since libvirt 0.7.0.</summary>
    MultipleInterfaces = 59,
    /// <summary>VIR_WAR_NO_NWFILTER, since libvirt 0.8.0.</summary>
    WarnNoNwfilter = 60,
    /// <summary>VIR_ERR_INVALID_NWFILTER, since libvirt 0.8.0.</summary>
    InvalidNwfilter = 61,
    /// <summary>VIR_ERR_NO_NWFILTER, since libvirt 0.8.0.</summary>
    NoNwfilter = 62,
    /// <summary>VIR_ERR_BUILD_FIREWALL, since libvirt 0.8.0.</summary>
    BuildFirewall = 63,
    /// <summary>VIR_WAR_NO_SECRET, since libvirt 0.7.1.</summary>
    WarnNoSecret = 64,
    /// <summary>VIR_ERR_INVALID_SECRET, since libvirt 0.7.1.</summary>
    InvalidSecret = 65,
    /// <summary>VIR_ERR_NO_SECRET, since libvirt 0.7.1.</summary>
    NoSecret = 66,
    /// <summary>VIR_ERR_CONFIG_UNSUPPORTED, since libvirt 0.7.3.</summary>
    ConfigUnsupported = 67,
    /// <summary>VIR_ERR_OPERATION_TIMEOUT, since libvirt 0.7.3.</summary>
    OperationTimeout = 68,
    /// <summary>VIR_ERR_MIGRATE_PERSIST_FAILED, since libvirt 0.7.3.</summary>
    MigratePersistFailed = 69,
    /// <summary>VIR_ERR_HOOK_SCRIPT_FAILED, since libvirt 0.8.0.</summary>
    HookScriptFailed = 70,
    /// <summary>VIR_ERR_INVALID_DOMAIN_SNAPSHOT, since libvirt 0.8.0.</summary>
    InvalidDomainSnapshot = 71,
    /// <summary>VIR_ERR_NO_DOMAIN_SNAPSHOT, since libvirt 0.8.0.</summary>
    NoDomainSnapshot = 72,
    /// <summary>VIR_ERR_INVALID_STREAM, since libvirt 0.9.0.</summary>
    InvalidStream = 73,
    /// <summary>VIR_ERR_ARGUMENT_UNSUPPORTED, since libvirt 0.9.4.</summary>
    ArgumentUnsupported = 74,
    /// <summary>VIR_ERR_STORAGE_PROBE_FAILED, since libvirt 0.9.5.</summary>
    StorageProbeFailed = 75,
    /// <summary>VIR_ERR_STORAGE_POOL_BUILT, since libvirt 0.9.5.</summary>
    StoragePoolBuilt = 76,
    /// <summary>VIR_ERR_SNAPSHOT_REVERT_RISKY, since libvirt 0.9.7.</summary>
    SnapshotRevertRisky = 77,
    /// <summary>VIR_ERR_OPERATION_ABORTED, since libvirt 0.9.9.</summary>
    OperationAborted = 78,
    /// <summary>VIR_ERR_AUTH_CANCELLED, since libvirt 0.9.10.</summary>
    AuthCancelled = 79,
    /// <summary>VIR_ERR_NO_DOMAIN_METADATA, since libvirt 0.9.10.</summary>
    NoDomainMetadata = 80,
    /// <summary>VIR_ERR_MIGRATE_UNSAFE, since libvirt 0.9.11.</summary>
    MigrateUnsafe = 81,
    /// <summary>VIR_ERR_OVERFLOW, since libvirt 0.9.11.</summary>
    Overflow = 82,
    /// <summary>VIR_ERR_BLOCK_COPY_ACTIVE, since libvirt 0.9.12.</summary>
    BlockCopyActive = 83,
    /// <summary>VIR_ERR_OPERATION_UNSUPPORTED, since libvirt 0.10.0.</summary>
    OperationUnsupported = 84,
    /// <summary>VIR_ERR_SSH, since libvirt 0.10.0.</summary>
    Ssh = 85,
    /// <summary>VIR_ERR_AGENT_UNRESPONSIVE, since libvirt 0.10.0.</summary>
    AgentUnresponsive = 86,
    /// <summary>VIR_ERR_RESOURCE_BUSY, since libvirt 1.0.0.</summary>
    ResourceBusy = 87,
    /// <summary>VIR_ERR_ACCESS_DENIED, since libvirt 1.1.0.</summary>
    AccessDenied = 88,
    /// <summary>VIR_ERR_DBUS_SERVICE, since libvirt 1.1.1.</summary>
    DbusService = 89,
    /// <summary>VIR_ERR_STORAGE_VOL_EXIST, since libvirt 1.1.4.</summary>
    StorageVolExist = 90,
    /// <summary>VIR_ERR_CPU_INCOMPATIBLE, since libvirt 1.2.6.</summary>
    CpuIncompatible = 91,
    /// <summary>VIR_ERR_XML_INVALID_SCHEMA, since libvirt 1.2.12.</summary>
    XmlInvalidSchema = 92,
    /// <summary>VIR_ERR_MIGRATE_FINISH_OK, since libvirt 1.2.18.</summary>
    MigrateFinishOk = 93,
    /// <summary>VIR_ERR_AUTH_UNAVAILABLE, since libvirt 1.3.3.</summary>
    AuthUnavailable = 94,
    /// <summary>VIR_ERR_NO_SERVER, since libvirt 1.3.3.</summary>
    NoServer = 95,
    /// <summary>VIR_ERR_NO_CLIENT, since libvirt 1.3.5.</summary>
    NoClient = 96,
    /// <summary>VIR_ERR_AGENT_UNSYNCED, since libvirt 2.3.0.</summary>
    AgentUnsynced = 97,
    /// <summary>VIR_ERR_LIBSSH, since libvirt 2.5.0.</summary>
    Libssh = 98,
    /// <summary>VIR_ERR_DEVICE_MISSING, since libvirt 4.1.0.</summary>
    DeviceMissing = 99,
    /// <summary>VIR_ERR_INVALID_NWFILTER_BINDING, since libvirt 4.5.0.</summary>
    InvalidNwfilterBinding = 100,
    /// <summary>VIR_ERR_NO_NWFILTER_BINDING, since libvirt 4.5.0.</summary>
    NoNwfilterBinding = 101,
    /// <summary>VIR_ERR_INVALID_DOMAIN_CHECKPOINT, since libvirt 5.2.0.</summary>
    InvalidDomainCheckpoint = 102,
    /// <summary>VIR_ERR_NO_DOMAIN_CHECKPOINT, since libvirt 5.2.0.</summary>
    NoDomainCheckpoint = 103,
    /// <summary>VIR_ERR_NO_DOMAIN_BACKUP, since libvirt 5.2.0.</summary>
    NoDomainBackup = 104,
    /// <summary>VIR_ERR_INVALID_NETWORK_PORT, since libvirt 5.5.0.</summary>
    InvalidNetworkPort = 105,
    /// <summary>VIR_ERR_NETWORK_PORT_EXIST, since libvirt 5.5.0.</summary>
    NetworkPortExist = 106,
    /// <summary>VIR_ERR_NO_NETWORK_PORT, since libvirt 5.5.0.</summary>
    NoNetworkPort = 107,
    /// <summary>VIR_ERR_NO_HOSTNAME, since libvirt 6.1.0.</summary>
    NoHostname = 108,
    /// <summary>VIR_ERR_CHECKPOINT_INCONSISTENT, since libvirt 6.10.0.</summary>
    CheckpointInconsistent = 109,
    /// <summary>VIR_ERR_MULTIPLE_DOMAINS, since libvirt 7.1.0.</summary>
    MultipleDomains = 110,
}
