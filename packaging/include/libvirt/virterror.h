/*
 * virterror.h: errors
 *
 * Part of Vireo. SPDX-License-Identifier: LGPL-2.1-or-later
 */

#ifndef LIBVIRT_VIRTERROR_H
# define LIBVIRT_VIRTERROR_H

# include <libvirt/libvirt.h>

# ifdef __cplusplus
extern "C" {
# endif

/* How bad it is. Since 0.1.0. */
typedef enum {
    VIR_ERR_NONE = 0,
    VIR_ERR_WARNING = 1,
    VIR_ERR_ERROR = 2
} virErrorLevel;

/* Which part of the library or the daemon says it. Since 0.1.0. */
typedef enum {
    VIR_FROM_NONE = 0,
    VIR_FROM_XEN = 1, /* Xen Driver */
    VIR_FROM_XEND = 2, /* Xen Daemon */
    VIR_FROM_XENSTORE = 3, /* Xen Store */
    VIR_FROM_SEXPR = 4, /* S-Expression */
    VIR_FROM_XML = 5, /* XML Util */
    VIR_FROM_DOM = 6, /* Domain */
    VIR_FROM_RPC = 7, /* XML-RPC; 0.1.1 */
    VIR_FROM_PROXY = 8, /* Proxy Daemon; 0.1.3 */
    VIR_FROM_CONF = 9, /* Config File; 0.1.6 */
    VIR_FROM_QEMU = 10, /* QEMU Driver; 0.2.0 */
    VIR_FROM_NET = 11, /* Network; 0.2.0 */
    VIR_FROM_TEST = 12, /* Test Driver; 0.2.3 */
    VIR_FROM_REMOTE = 13, /* Remote Driver; 0.2.3 */
    VIR_FROM_OPENVZ = 14, /* OpenVZ Driver; 0.3.1 */
    VIR_FROM_XENXM = 15, /* Xen XM Driver; 0.4.1 */
    VIR_FROM_STATS_LINUX = 16, /* Linux Statistics; 0.4.1 */
    VIR_FROM_LXC = 17, /* LXC Driver; 0.4.2 */
    VIR_FROM_STORAGE = 18, /* Storage Driver; 0.4.1 */
    VIR_FROM_NETWORK = 19, /* Network Driver; 0.4.6 */
    VIR_FROM_DOMAIN = 20, /* Domain Config; 0.4.6 */
    VIR_FROM_UML = 21, /* User Mode Linux Driver; 0.5.0 */
    VIR_FROM_NODEDEV = 22, /* Node Device Driver; 0.5.0 */
    VIR_FROM_XEN_INOTIFY = 23, /* Xen Inotify Driver; 0.5.0 */
    VIR_FROM_SECURITY = 24, /* Security Driver; 0.6.1 */
    VIR_FROM_VBOX = 25, /* VirtualBox Driver; 0.6.3 */
    VIR_FROM_INTERFACE = 26, /* Network Interface Driver; 0.6.4 */
    VIR_FROM_ONE = 27, /* Open Nebula Driver; 0.6.4 */
    VIR_FROM_ESX = 28, /* ESX Driver; 0.7.0 */
    VIR_FROM_PHYP = 29, /* Power Hypervisor Driver; 0.7.0 */
    VIR_FROM_SECRET = 30, /* Secrets Driver; 0.7.1 */
    VIR_FROM_CPU = 31, /* CPU Driver; 0.7.5 */
    VIR_FROM_XENAPI = 32, /* XenAPI Driver; 0.8.0 */
    VIR_FROM_NWFILTER = 33, /* Network Filter Driver; 0.8.0 */
    VIR_FROM_HOOK = 34, /* Lifecycle Hook; 0.8.0 */
    VIR_FROM_DOMAIN_SNAPSHOT = 35, /* Domain Snapshot; 0.8.0 */
    VIR_FROM_AUDIT = 36, /* Audit Utils; 0.8.5 */
    VIR_FROM_SYSINFO = 37, /* Sysinfo Utils; 0.8.6 */
    VIR_FROM_STREAMS = 38, /* I/O Stream Utils; 0.8.6 */
    VIR_FROM_VMWARE = 39, /* VMware Driver; 0.8.7 */
    VIR_FROM_EVENT = 40, /* Event Loop; 0.9.0 */
    VIR_FROM_LIBXL = 41, /* Xen Light Driver; 0.9.0 */
    VIR_FROM_LOCKING = 42, /* Lock Driver; 0.9.2 */
    VIR_FROM_HYPERV = 43, /* Hyper-V Driver; 0.9.5 */
    VIR_FROM_CAPABILITIES = 44, /* Capabilities Utils; 0.9.8 */
    VIR_FROM_URI = 45, /* URI Utils; 0.9.11 */
    VIR_FROM_AUTH = 46, /* Authentication Utils; 0.9.11 */
    VIR_FROM_DBUS = 47, /* DBus Utils; 0.9.12 */
    VIR_FROM_PARALLELS = 48, /* Parallels Cloud Server; 0.10.0 */
    VIR_FROM_DEVICE = 49, /* Device Config; 0.10.0 */
    VIR_FROM_SSH = 50, /* SSH transport layer; 0.10.0 */
    VIR_FROM_LOCKSPACE = 51, /* Lock Space; 1.0.0 */
    VIR_FROM_INITCTL = 52, /* Init control; 1.0.1 */
    VIR_FROM_IDENTITY = 53, /* Identity; 1.0.4 */
    VIR_FROM_CGROUP = 54, /* Cgroup; 1.0.5 */
    VIR_FROM_ACCESS = 55, /* Access Manager; 1.1.0 */
    VIR_FROM_SYSTEMD = 56, /* Systemd; 1.1.1 */
    VIR_FROM_BHYVE = 57, /* Bhyve; 1.2.2 */
    VIR_FROM_CRYPTO = 58, /* Crypto; 1.2.3 */
    VIR_FROM_FIREWALL = 59, /* Firewall; 1.2.4 */
    VIR_FROM_POLKIT = 60, /* Polkit; 1.2.9 */
    VIR_FROM_THREAD = 61, /* Thread jobs; 1.2.14 */
    VIR_FROM_ADMIN = 62, /* Admin Interface; 1.2.17 */
    VIR_FROM_LOGGING = 63, /* Log Manager; 1.3.0 */
    VIR_FROM_XENXL = 64, /* Xen XL Config; 1.3.2 */
    VIR_FROM_PERF = 65, /* Perf; 1.3.3 */
    VIR_FROM_LIBSSH = 66, /* Libssh transport layer; 2.5.0 */
    VIR_FROM_RESCTRL = 67, /* Resource control; 3.7.0 */
    VIR_FROM_FIREWALLD = 68, /* FirewallD; 5.1.0 */
    VIR_FROM_DOMAIN_CHECKPOINT = 69, /* Domain Checkpoint; 5.2.0 */
    VIR_FROM_TPM = 70, /* TPM; 5.6.0 */
    VIR_FROM_BPF = 71, /* BPF; 5.10.0 */
    VIR_FROM_CH = 72 /* Cloud-Hypervisor Driver; 7.5.0 */
# ifdef VIR_ENUM_SENTINELS
    , VIR_ERR_DOMAIN_LAST /* 0.9.13 */
# endif
} virErrorDomain;

/* What went wrong. Since 0.1.0. */
typedef enum {
    VIR_ERR_OK = 0,
    VIR_ERR_INTERNAL_ERROR = 1,
    VIR_ERR_NO_MEMORY = 2,
    VIR_ERR_NO_SUPPORT = 3,
    VIR_ERR_UNKNOWN_HOST = 4,
    VIR_ERR_NO_CONNECT = 5,
    VIR_ERR_INVALID_CONN = 6,
    VIR_ERR_INVALID_DOMAIN = 7,
    VIR_ERR_INVALID_ARG = 8,
    VIR_ERR_OPERATION_FAILED = 9,
    VIR_ERR_GET_FAILED = 10,
    VIR_ERR_POST_FAILED = 11,
    VIR_ERR_HTTP_ERROR = 12,
    VIR_ERR_SEXPR_SERIAL = 13,
    VIR_ERR_NO_XEN = 14,
    VIR_ERR_XEN_CALL = 15,
    VIR_ERR_OS_TYPE = 16,
    VIR_ERR_NO_KERNEL = 17,
    VIR_ERR_NO_ROOT = 18,
    VIR_ERR_NO_SOURCE = 19,
    VIR_ERR_NO_TARGET = 20,
    VIR_ERR_NO_NAME = 21,
    VIR_ERR_NO_OS = 22,
    VIR_ERR_NO_DEVICE = 23,
    VIR_ERR_NO_XENSTORE = 24,
    VIR_ERR_DRIVER_FULL = 25,
    VIR_ERR_CALL_FAILED = 26,
    VIR_ERR_XML_ERROR = 27, /* 0.1.1 */
    VIR_ERR_DOM_EXIST = 28, /* 0.1.1 */
    VIR_ERR_OPERATION_DENIED = 29, /* 0.1.4 */
    VIR_ERR_OPEN_FAILED = 30, /* 0.1.6 */
    VIR_ERR_READ_FAILED = 31, /* 0.1.6 */
    VIR_ERR_PARSE_FAILED = 32, /* 0.1.6 */
    VIR_ERR_CONF_SYNTAX = 33, /* 0.1.6 */
    VIR_ERR_WRITE_FAILED = 34, /* 0.1.6 */
    VIR_ERR_XML_DETAIL = 35, /* 0.1.9 */
    VIR_ERR_INVALID_NETWORK = 36, /* 0.2.0 */
    VIR_ERR_NETWORK_EXIST = 37, /* 0.2.0 */
    VIR_ERR_SYSTEM_ERROR = 38, /* 0.2.1 */
    VIR_ERR_RPC = 39, /* 0.2.3 */
    VIR_ERR_GNUTLS_ERROR = 40, /* 0.2.3 */
    VIR_WAR_NO_NETWORK = 41, /* 0.2.3 */
    VIR_ERR_NO_DOMAIN = 42, /* 0.3.0 */
    VIR_ERR_NO_NETWORK = 43, /* 0.3.0 */
    VIR_ERR_INVALID_MAC = 44, /* 0.3.1 */
    VIR_ERR_AUTH_FAILED = 45, /* 0.4.1 */
    VIR_ERR_INVALID_STORAGE_POOL = 46, /* 0.4.1 */
    VIR_ERR_INVALID_STORAGE_VOL = 47, /* 0.4.1 */
    VIR_WAR_NO_STORAGE = 48, /* 0.4.1 */
    VIR_ERR_NO_STORAGE_POOL = 49, /* 0.4.1 */
    VIR_ERR_NO_STORAGE_VOL = 50, /* 0.4.1 */
    VIR_WAR_NO_NODE = 51, /* 0.5.0 */
    VIR_ERR_INVALID_NODE_DEVICE = 52, /* 0.5.0 */
    VIR_ERR_NO_NODE_DEVICE = 53, /* 0.5.0 */
    VIR_ERR_NO_SECURITY_MODEL = 54, /* 0.6.1 */
    VIR_ERR_OPERATION_INVALID = 55, /* 0.6.4 */
    VIR_WAR_NO_INTERFACE = 56, /* 0.6.4 */
    VIR_ERR_NO_INTERFACE = 57, /* 0.6.4 */
    VIR_ERR_INVALID_INTERFACE = 58, /* 0.6.4 */
    VIR_ERR_MULTIPLE_INTERFACES = 59, /* 0.7.0 */
    VIR_WAR_NO_NWFILTER = 60, /* 0.8.0 */
    VIR_ERR_INVALID_NWFILTER = 61, /* 0.8.0 */
    VIR_ERR_NO_NWFILTER = 62, /* 0.8.0 */
    VIR_ERR_BUILD_FIREWALL = 63, /* 0.8.0 */
    VIR_WAR_NO_SECRET = 64, /* 0.7.1 */
    VIR_ERR_INVALID_SECRET = 65, /* 0.7.1 */
    VIR_ERR_NO_SECRET = 66, /* 0.7.1 */
    VIR_ERR_CONFIG_UNSUPPORTED = 67, /* 0.7.3 */
    VIR_ERR_OPERATION_TIMEOUT = 68, /* 0.7.3 */
    VIR_ERR_MIGRATE_PERSIST_FAILED = 69, /* 0.7.3 */
    VIR_ERR_HOOK_SCRIPT_FAILED = 70, /* 0.8.0 */
    VIR_ERR_INVALID_DOMAIN_SNAPSHOT = 71, /* 0.8.0 */
    VIR_ERR_NO_DOMAIN_SNAPSHOT = 72, /* 0.8.0 */
    VIR_ERR_INVALID_STREAM = 73, /* 0.9.0 */
    VIR_ERR_ARGUMENT_UNSUPPORTED = 74, /* 0.9.4 */
    VIR_ERR_STORAGE_PROBE_FAILED = 75, /* 0.9.5 */
    VIR_ERR_STORAGE_POOL_BUILT = 76, /* 0.9.5 */
    VIR_ERR_SNAPSHOT_REVERT_RISKY = 77, /* 0.9.7 */
    VIR_ERR_OPERATION_ABORTED = 78, /* 0.9.9 */
    VIR_ERR_AUTH_CANCELLED = 79, /* 0.9.10 */
    VIR_ERR_NO_DOMAIN_METADATA = 80, /* 0.9.10 */
    VIR_ERR_MIGRATE_UNSAFE = 81, /* 0.9.11 */
    VIR_ERR_OVERFLOW = 82, /* 0.9.11 */
    VIR_ERR_BLOCK_COPY_ACTIVE = 83, /* 0.9.12 */
    VIR_ERR_OPERATION_UNSUPPORTED = 84, /* 0.10.0 */
    VIR_ERR_SSH = 85, /* 0.10.0 */
    VIR_ERR_AGENT_UNRESPONSIVE = 86, /* 0.10.0 */
    VIR_ERR_RESOURCE_BUSY = 87, /* 1.0.0 */
    VIR_ERR_ACCESS_DENIED = 88, /* 1.1.0 */
    VIR_ERR_DBUS_SERVICE = 89, /* 1.1.1 */
    VIR_ERR_STORAGE_VOL_EXIST = 90, /* 1.1.4 */
    VIR_ERR_CPU_INCOMPATIBLE = 91, /* 1.2.6 */
    VIR_ERR_XML_INVALID_SCHEMA = 92, /* 1.2.12 */
    VIR_ERR_MIGRATE_FINISH_OK = 93, /* 1.2.18 */
    VIR_ERR_AUTH_UNAVAILABLE = 94, /* 1.3.3 */
    VIR_ERR_NO_SERVER = 95, /* 1.3.3 */
    VIR_ERR_NO_CLIENT = 96, /* 1.3.5 */
    VIR_ERR_AGENT_UNSYNCED = 97, /* 2.3.0 */
    VIR_ERR_LIBSSH = 98, /* 2.5.0 */
    VIR_ERR_DEVICE_MISSING = 99, /* 4.1.0 */
    VIR_ERR_INVALID_NWFILTER_BINDING = 100, /* 4.5.0 */
    VIR_ERR_NO_NWFILTER_BINDING = 101, /* 4.5.0 */
    VIR_ERR_INVALID_DOMAIN_CHECKPOINT = 102, /* 5.2.0 */
    VIR_ERR_NO_DOMAIN_CHECKPOINT = 103, /* 5.2.0 */
    VIR_ERR_NO_DOMAIN_BACKUP = 104, /* 5.2.0 */
    VIR_ERR_INVALID_NETWORK_PORT = 105, /* 5.5.0 */
    VIR_ERR_NETWORK_PORT_EXIST = 106, /* 5.5.0 */
    VIR_ERR_NO_NETWORK_PORT = 107, /* 5.5.0 */
    VIR_ERR_NO_HOSTNAME = 108, /* 6.1.0 */
    VIR_ERR_CHECKPOINT_INCONSISTENT = 109, /* 6.10.0 */
    VIR_ERR_MULTIPLE_DOMAINS = 110 /* 7.1.0 */
# ifdef VIR_ENUM_SENTINELS
    , VIR_ERR_NUMBER_LAST /* 5.0.0 */
# endif
} virErrorNumber;

/* An error. Since 0.1.0. */
typedef struct _virError virError;
typedef virError *virErrorPtr;
struct _virError {
    int code; /* a virErrorNumber */
    int domain; /* a virErrorDomain */
    char *message; /* for people */
    virErrorLevel level;
    virConnectPtr conn VIR_DEPRECATED; /* not to be used */
    virDomainPtr dom VIR_DEPRECATED; /* not to be used */
    char *str1; /* more, depending on the code; or NULL */
    char *str2;
    char *str3;
    int int1;
    int int2;
    virNetworkPtr net VIR_DEPRECATED; /* not to be used */
};

/* Told of an error, on the thread it happened on. Since 0.1.0. */
typedef void (*virErrorFunc)(void *userData, virErrorPtr error);

/* Copies the thread's last error; gives its code. The copy is emptied with virResetError(). Since 0.1.0. */
int virCopyLastError(virErrorPtr to);

/* Sets who is told of the errors of a connection. Since 0.1.0. */
void virConnSetErrorFunc(virConnectPtr conn, void *userData, virErrorFunc handler);

/* Forgets the thread's last error. Since 0.1.0. */
void virResetLastError(void);

/* Empties a copy of an error. Since 0.1.0. */
void virResetError(virErrorPtr err);

/* The last error of a connection, NULL if there is none; another thread may change it meanwhile. Since 0.1.0. */
virErrorPtr virConnGetLastError(virConnectPtr conn);

/* The thread's last error, NULL if there is none; it is good until the next call. Since 0.1.0. */
virErrorPtr virGetLastError(void);

/* Sets who is told of errors; NULL: they are printed to standard error. Since 0.1.0. */
void virSetErrorFunc(void *userData, virErrorFunc handler);

/* Copies the last error of a connection; gives its code, or -1. Since 0.1.0. */
int virConnCopyLastError(virConnectPtr conn, virErrorPtr to);

/* Forgets the last error of a connection. Since 0.1.0. */
void virConnResetLastError(virConnectPtr conn);

/* Prints an error to standard error, as is done when nobody else is told of it. Since 0.1.0. */
void virDefaultErrorFunc(virErrorPtr err);

/* Frees an error that virSaveLastError() made. Since 0.6.1. */
void virFreeError(virErrorPtr err);

/* A copy of the thread's last error, to be freed with virFreeError(). Since 0.6.1. */
virErrorPtr virSaveLastError(void);

/* The text of the thread's last error; "no error" if there is none. Since 1.0.6. */
const char *virGetLastErrorMessage(void);

/* The code of the thread's last error. Since 4.5.0. */
int virGetLastErrorCode(void);

/* The domain of the thread's last error. Since 4.5.0. */
int virGetLastErrorDomain(void);

# ifdef __cplusplus
}
# endif

#endif /* LIBVIRT_VIRTERROR_H */
