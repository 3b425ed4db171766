/*
 * libvirt-host.h: connections, and the host behind them
 *
 * Part of Vireo. SPDX-License-Identifier: LGPL-2.1-or-later
 */

#ifndef LIBVIRT_HOST_H
# define LIBVIRT_HOST_H

# ifndef __VIR_LIBVIRT_H_INCLUDES__
#  error "This header is part of <libvirt/libvirt.h>: include that"
# endif

# ifdef __cplusplus
extern "C" {
# endif

/* A connection. Since 0.0.1. */
typedef struct _virConnect virConnect;
typedef virConnect *virConnectPtr;

/* A stream of bytes. Since 0.7.2. */
typedef struct _virStream virStream;
typedef virStream *virStreamPtr;

/* Room for a name, with its zero byte. Since 0.6.1. */
# define VIR_SECURITY_LABEL_BUFLEN (4096 + 1)

/* Room for a name, with its zero byte. Since 0.6.1. */
# define VIR_SECURITY_MODEL_BUFLEN (256 + 1)

/* Room for a name, with its zero byte. Since 0.6.1. */
# define VIR_SECURITY_DOI_BUFLEN (256 + 1)

/* Room for a name, with its zero byte. Since 0.9.3. */
# define VIR_NODE_CPU_STATS_FIELD_LENGTH 80

/* Room for a name, with its zero byte. Since 0.9.3. */
# define VIR_NODE_MEMORY_STATS_FIELD_LENGTH 80

/* Bytes of a uuid. Since 0.2.0. */
# define VIR_UUID_BUFLEN (16)

/* Bytes of a uuid as text, with its zero byte. Since 0.2.0. */
# define VIR_UUID_STRING_BUFLEN (36 + 1)

/* How many processors a host has, those that are offline too. Since 0.1.4. */
# define VIR_NODEINFO_MAXCPUS(nodeinfo) ((nodeinfo).nodes*(nodeinfo).sockets*(nodeinfo).cores*(nodeinfo).threads)

/* How a host or guest is put to sleep. Since 0.9.8. */
typedef enum {
    VIR_NODE_SUSPEND_TARGET_MEM = 0,
    VIR_NODE_SUSPEND_TARGET_DISK = 1,
    VIR_NODE_SUSPEND_TARGET_HYBRID = 2
# ifdef VIR_ENUM_SENTINELS
    , VIR_NODE_SUSPEND_TARGET_LAST
# endif
} virNodeSuspendTarget;

/* For virNodeGetCPUStats(): all processors together. Since 0.9.8. */
typedef enum {
    VIR_NODE_CPU_STATS_ALL_CPUS = -1 /* 0.9.3 */
} virNodeGetCPUStatsAllCPUs;

/* For virNodeGetMemoryStats(): all NUMA cells together. Since 0.9.8. */
typedef enum {
    VIR_NODE_MEMORY_STATS_ALL_CELLS = -1 /* 0.9.3 */
} virNodeGetMemoryStatsAllCells;

/* How a connection is opened. Since 0.4.1. */
typedef enum {
    VIR_CONNECT_RO = (1 << 0),
    VIR_CONNECT_NO_ALIASES = (1 << 1) /* 0.9.7 */
} virConnectFlags;

/* What somebody who logs in is asked for. Since 0.4.1. */
typedef enum {
    VIR_CRED_USERNAME = 1,
    VIR_CRED_AUTHNAME = 2,
    VIR_CRED_LANGUAGE = 3,
    VIR_CRED_CNONCE = 4,
    VIR_CRED_PASSPHRASE = 5,
    VIR_CRED_ECHOPROMPT = 6,
    VIR_CRED_NOECHOPROMPT = 7,
    VIR_CRED_REALM = 8,
    VIR_CRED_EXTERNAL = 9
# ifdef VIR_ENUM_SENTINELS
    , VIR_CRED_LAST /* 0.9.10 */
# endif
} virConnectCredentialType;

/* How a CPU relates to the one it was compared with. Since 0.7.5. */
typedef enum {
    VIR_CPU_COMPARE_ERROR = -1,
    VIR_CPU_COMPARE_INCOMPATIBLE = 0,
    VIR_CPU_COMPARE_IDENTICAL = 1,
    VIR_CPU_COMPARE_SUPERSET = 2
# ifdef VIR_ENUM_SENTINELS
    , VIR_CPU_COMPARE_LAST /* 0.9.10 */
# endif
} virCPUCompareResult;

/* Flags of virConnectCompareCPU() and virConnectCompareHypervisorCPU(). Since 1.2.6. */
typedef enum {
    VIR_CONNECT_COMPARE_CPU_FAIL_INCOMPATIBLE = (1 << 0),
    VIR_CONNECT_COMPARE_CPU_VALIDATE_XML = (1 << 1) /* 6.9.0 */
} virConnectCompareCPUFlags;

/* Flags of virConnectBaselineCPU() and virConnectBaselineHypervisorCPU(). Since 1.1.2. */
typedef enum {
    VIR_CONNECT_BASELINE_CPU_EXPAND_FEATURES = (1 << 0),
    VIR_CONNECT_BASELINE_CPU_MIGRATABLE = (1 << 1) /* 1.2.14 */
} virConnectBaselineCPUFlags;

/* Flags of virNodeAllocPages(). Since 1.2.9. */
typedef enum {
    VIR_NODE_ALLOC_PAGES_ADD = 0,
    VIR_NODE_ALLOC_PAGES_SET = (1 << 0)
} virNodeAllocPagesFlags;

/* The security label of a domain. Since 0.6.1. */
typedef struct _virSecurityLabel virSecurityLabel;
typedef virSecurityLabel *virSecurityLabelPtr;
struct _virSecurityLabel {
    char label[VIR_SECURITY_LABEL_BUFLEN];
    int enforcing; /* 1: the security driver enforces it */
};

/* The security driver of a host. Since 0.6.1. */
typedef struct _virSecurityModel virSecurityModel;
typedef virSecurityModel *virSecurityModelPtr;
struct _virSecurityModel {
    char model[VIR_SECURITY_MODEL_BUFLEN];
    char doi[VIR_SECURITY_DOI_BUFLEN]; /* its domain of interpretation */
};

/* The processors and the memory of a host. Since 0.1.0. */
typedef struct _virNodeInfo virNodeInfo;
typedef virNodeInfo *virNodeInfoPtr;
struct _virNodeInfo {
    char model[32]; /* of the processors */
    unsigned long memory; /* in KiB */
    unsigned int cpus; /* those that are online */
    unsigned int mhz; /* 0: not known */
    unsigned int nodes; /* NUMA cells; 1 if that is not known */
    unsigned int sockets; /* of each cell */
    unsigned int cores; /* of each socket */
    unsigned int threads; /* of each core */
};

/* Time of a processor. Since 0.9.3. */
typedef struct _virNodeCPUStats virNodeCPUStats;
typedef virNodeCPUStats *virNodeCPUStatsPtr;
struct _virNodeCPUStats {
    char field[VIR_NODE_CPU_STATS_FIELD_LENGTH]; /* a VIR_NODE_CPU_STATS_ name */
    unsigned long long value; /* in nanoseconds; a share in percent */
};

/* Memory of a NUMA cell. Since 0.9.3. */
typedef struct _virNodeMemoryStats virNodeMemoryStats;
typedef virNodeMemoryStats *virNodeMemoryStatsPtr;
struct _virNodeMemoryStats {
    char field[VIR_NODE_MEMORY_STATS_FIELD_LENGTH]; /* a VIR_NODE_MEMORY_STATS_ name */
    unsigned long long value; /* in KiB */
};

/* A question to somebody who logs in, and the answer. Since 0.4.1. */
typedef struct _virConnectCredential virConnectCredential;
typedef virConnectCredential *virConnectCredentialPtr;
struct _virConnectCredential {
    int type; /* a virConnectCredentialType */
    const char *prompt; /* to be shown */
    const char *challenge; /* more to be shown, or NULL */
    const char *defresult; /* used if there is no answer, or NULL */
    char *result; /* allocated with malloc */
    unsigned int resultlen; /* in bytes */
};

/* Answers questions: fills in each result; gives -1 if it cannot. Since 0.4.1. */
typedef int (*virConnectAuthCallbackPtr)(virConnectCredentialPtr cred, unsigned int ncred, void *cbdata);

/* Told that a connection was lost, and why: a virConnectCloseReason. Since 0.10.0. */
typedef void (*virConnectCloseFunc)(virConnectPtr conn, int reason, void *opaque);

/* Who is asked when somebody has to log in. Since 0.4.1. */
typedef struct _virConnectAuth virConnectAuth;
typedef virConnectAuth *virConnectAuthPtr;
struct _virConnectAuth {
    int *credtype; /* what cb can answer */
    unsigned int ncredtype;
    virConnectAuthCallbackPtr cb;
    void *cbdata; /* passed on to cb */
};

# define VIR_NODE_CPU_STATS_KERNEL "kernel" /* 0.9.3 */
# define VIR_NODE_CPU_STATS_USER "user" /* 0.9.3 */
# define VIR_NODE_CPU_STATS_IDLE "idle" /* 0.9.3 */
# define VIR_NODE_CPU_STATS_IOWAIT "iowait" /* 0.9.3 */
# define VIR_NODE_CPU_STATS_INTR "intr" /* 1.2.2 */
# define VIR_NODE_CPU_STATS_UTILIZATION "utilization" /* 0.9.3 */

# define VIR_NODE_MEMORY_STATS_TOTAL "total" /* 0.9.3 */
# define VIR_NODE_MEMORY_STATS_FREE "free" /* 0.9.3 */
# define VIR_NODE_MEMORY_STATS_BUFFERS "buffers" /* 0.9.3 */
# define VIR_NODE_MEMORY_STATS_CACHED "cached" /* 0.9.3 */

# define VIR_NODE_MEMORY_SHARED_PAGES_TO_SCAN "shm_pages_to_scan" /* 0.10.2 */
# define VIR_NODE_MEMORY_SHARED_SLEEP_MILLISECS "shm_sleep_millisecs" /* 0.10.2 */
# define VIR_NODE_MEMORY_SHARED_PAGES_SHARED "shm_pages_shared" /* 0.10.2 */
# define VIR_NODE_MEMORY_SHARED_PAGES_SHARING "shm_pages_sharing" /* 0.10.2 */
# define VIR_NODE_MEMORY_SHARED_PAGES_UNSHARED "shm_pages_unshared" /* 0.10.2 */
# define VIR_NODE_MEMORY_SHARED_PAGES_VOLATILE "shm_pages_volatile" /* 0.10.2 */
# define VIR_NODE_MEMORY_SHARED_FULL_SCANS "shm_full_scans" /* 0.10.2 */
# define VIR_NODE_MEMORY_SHARED_MERGE_ACROSS_NODES "shm_merge_across_nodes" /* 1.0.0 */

# define VIR_NODE_SEV_PDH "pdh" /* 4.5.0 */

# define VIR_NODE_SEV_CERT_CHAIN "cert-chain" /* 4.5.0 */

# define VIR_NODE_SEV_CPU0_ID "cpu0-id" /* 8.4.0 */

# define VIR_NODE_SEV_CBITPOS "cbitpos" /* 4.5.0 */

# define VIR_NODE_SEV_REDUCED_PHYS_BITS "reduced-phys-bits" /* 4.5.0 */

# define VIR_NODE_SEV_MAX_GUESTS "max-guests" /* 8.0.0 */
# define VIR_NODE_SEV_MAX_ES_GUESTS "max-es-guests" /* 8.0.0 */

# define VIR_CONNECT_IDENTITY_USER_NAME "user-name" /* 5.8.0 */

# define VIR_CONNECT_IDENTITY_UNIX_USER_ID "unix-user-id" /* 5.8.0 */

# define VIR_CONNECT_IDENTITY_GROUP_NAME "group-name" /* 5.8.0 */

# define VIR_CONNECT_IDENTITY_UNIX_GROUP_ID "unix-group-id" /* 5.8.0 */

# define VIR_CONNECT_IDENTITY_PROCESS_ID "process-id" /* 5.8.0 */
# define VIR_CONNECT_IDENTITY_PROCESS_TIME "process-time" /* 5.8.0 */

# define VIR_CONNECT_IDENTITY_SASL_USER_NAME "sasl-user-name" /* 5.8.0 */

# define VIR_CONNECT_IDENTITY_X509_DISTINGUISHED_NAME "x509-distinguished-name" /* 5.8.0 */

# define VIR_CONNECT_IDENTITY_SELINUX_CONTEXT "selinux-context" /* 5.8.0 */

/* Asks for credentials on the terminal. Since 0.4.1. */
VIR_EXPORT_VAR virConnectAuthPtr virConnectAuthPtrDefault;

/* Gives a connection back; it is closed when nobody and no object refers to it any longer. Gives how many references
 * are left. Since 0.0.3. */
int virConnectClose(virConnectPtr conn);

/* The hypervisor's name, such as "QEMU"; it is not to be freed. Since 0.0.3. */
const char *virConnectGetType(virConnectPtr conn);

/* The hypervisor's version: major * 1,000,000 + minor * 1,000 + release. Since 0.0.3. */
int virConnectGetVersion(virConnectPtr conn, unsigned long *hvVer);

/* Opens a connection; NULL: to the hypervisor that is found. Optional: name. Since 0.0.3. */
virConnectPtr virConnectOpen(const char *name);

/* Opens a connection that can only look. Optional: name. Since 0.0.3. */
virConnectPtr virConnectOpenReadOnly(const char *name);

/* What host and hypervisor can do, as a document. Since 0.2.1. */
char *virConnectGetCapabilities(virConnectPtr conn);

/* The most vCPUs a guest of a virtualisation type may have. Since 0.2.1. */
int virConnectGetMaxVcpus(virConnectPtr conn, const char *type);

/* The name of the host. Since 0.3.0. */
char *virConnectGetHostname(virConnectPtr conn);

/* The canonical URI of the connection. Since 0.3.0. */
char *virConnectGetURI(virConnectPtr conn);

/* Opens a connection, asking for credentials if they are needed. Optional: name. Since 0.4.0. */
virConnectPtr virConnectOpenAuth(const char *name, virConnectAuthPtr auth, unsigned int flags);

/* Takes one more reference to the connection, to be given back with virConnectClose(). Since 0.6.0. */
int virConnectRef(virConnectPtr conn);

/* The version of the library at the other end: major * 1,000,000 + minor * 1,000 + release. Since 0.7.3. */
int virConnectGetLibVersion(virConnectPtr conn, unsigned long *libVer);

/* 1: what is said is encrypted. Since 0.7.3. */
int virConnectIsEncrypted(virConnectPtr conn);

/* Whether nobody can listen to or change what is said. Since 0.7.3. */
int virConnectIsSecure(virConnectPtr conn);

/* Compares a CPU with the host's. Since 0.7.5. */
int virConnectCompareCPU(virConnectPtr conn, const char *xmlDesc, unsigned int flags);

/* The richest CPU that all of the given ones can be. Since 0.7.7. */
char *virConnectBaselineCPU(virConnectPtr conn, const char **xmlCPUs, unsigned int ncpus, unsigned int flags);

/* The host's SMBIOS information, as a document. Since 0.8.8. */
char *virConnectGetSysinfo(virConnectPtr conn, unsigned int flags);

/* 1: the connection was not lost yet. Since 0.9.8. */
int virConnectIsAlive(virConnectPtr conn);

/* Asks the other side for a sign of life every so many seconds, and gives up after count without any; 0 switches that
 * off. 1: the other side does not know it. Since 0.9.8. */
int virConnectSetKeepAlive(virConnectPtr conn, int interval, unsigned int count);

/* Sets who is told when the connection is lost; there can be one. Since 0.10.0. */
int virConnectRegisterCloseCallback(virConnectPtr conn, virConnectCloseFunc cb, void *opaque, virFreeCallback freecb);

/* Takes that back. Since 0.10.0. */
int virConnectUnregisterCloseCallback(virConnectPtr conn, virConnectCloseFunc cb);

/* The CPU models that are known for an architecture. Since 1.1.3. */
int virConnectGetCPUModelNames(virConnectPtr conn, const char *arch, char ** *models, unsigned int flags);

/* Compares a CPU with the one that guests of this emulator, architecture, domain and type can have. Since 4.4.0. */
int virConnectCompareHypervisorCPU(virConnectPtr conn, const char *emulator, const char *arch, const char *machine,
        const char *virttype, const char *xmlCPU, unsigned int flags);

/* The richest CPU that the hypervisor can give wherever one of the given CPUs is. Since 4.4.0. */
char *virConnectBaselineHypervisorCPU(virConnectPtr conn, const char *emulator, const char *arch, const char *machine,
        const char *virttype, const char **xmlCPUs, unsigned int ncpus, unsigned int flags);

/* Tells the daemon on whose behalf the calls are made. Since 5.8.0. */
int virConnectSetIdentity(virConnectPtr conn, virTypedParameterPtr params, int nparams, unsigned int flags);

/* The version of the library and, where type names a hypervisor, that of its driver. Since 0.0.3. */
int virGetVersion(unsigned long *libVer, const char *type, unsigned long *typeVer);

/* Makes the library ready. Opening a connection does that too; it may be called often and by any thread. Since 0.1.0. */
int virInitialize(void);

/* The host's processors and memory. Since 0.1.0. */
int virNodeGetInfo(virConnectPtr conn, virNodeInfoPtr info);

/* Free bytes of NUMA cells from a first one on. Since 0.3.3. */
int virNodeGetCellsFreeMemory(virConnectPtr conn, unsigned long long *freeMems, int startCell, int maxCells);

/* Free memory in bytes. Since 0.3.3. */
unsigned long long virNodeGetFreeMemory(virConnectPtr conn);

/* The security model and its domain of interpretation. Since 0.6.1. */
int virNodeGetSecurityModel(virConnectPtr conn, virSecurityModelPtr secmodel);

/* Times of a processor, in nanoseconds, by name. Since 0.9.3. */
int virNodeGetCPUStats(virConnectPtr conn, int cpuNum, virNodeCPUStatsPtr params, int *nparams, unsigned int flags);

/* Memory of a NUMA cell, in KiB, by name. Since 0.9.3. */
int virNodeGetMemoryStats(virConnectPtr conn, int cellNum, virNodeMemoryStatsPtr params, int *nparams,
        unsigned int flags);

/* Puts the host to sleep for so many seconds. Since 0.9.8. */
int virNodeSuspendForDuration(virConnectPtr conn, unsigned int target, unsigned long long duration,
        unsigned int flags);

/* Settings and counters of memory sharing, by name. Since 0.10.2. */
int virNodeGetMemoryParameters(virConnectPtr conn, virTypedParameterPtr params, int *nparams, unsigned int flags);

/* Changes settings of memory sharing. Since 0.10.2. */
int virNodeSetMemoryParameters(virConnectPtr conn, virTypedParameterPtr params, int nparams, unsigned int flags);

/* The processors that are present and those that are online. Optional: cpumap, online. Since 1.0.0. */
int virNodeGetCPUMap(virConnectPtr conn, unsigned char **cpumap, unsigned int *online, unsigned int flags);

/* Free pages of each size (KiB) in each of so many cells from a first one on (-1: the whole host). Since 1.2.6. */
int virNodeGetFreePages(virConnectPtr conn, unsigned int npages, unsigned int *pages, int startCell,
        unsigned int cellCount, unsigned long long *counts, unsigned int flags);

/* Adds or sets the number of pages of each size (KiB); says in how many cells it did. Since 1.2.9. */
int virNodeAllocPages(virConnectPtr conn, unsigned int npages, unsigned int *pageSizes,
        unsigned long long *pageCounts, int startCell, unsigned int cellCount, unsigned int flags);

/* Keys and limits of AMD's memory encryption, by name. Since 4.5.0. */
int virNodeGetSEVInfo(virConnectPtr conn, virTypedParameterPtr *params, int *nparams, unsigned int flags);

# ifdef __cplusplus
}
# endif

#endif /* LIBVIRT_HOST_H */
