/*
 * libvirt-domain.h: domains
 *
 * Part of Vireo. SPDX-License-Identifier: LGPL-2.1-or-later
 */

#ifndef LIBVIRT_DOMAIN_H
# define LIBVIRT_DOMAIN_H

# ifndef __VIR_LIBVIRT_H_INCLUDES__
#  error "This header is part of <libvirt/libvirt.h>: include that"
# endif

# ifdef __cplusplus
extern "C" {
# endif

/* A domain: a guest. Since 0.0.1. */
typedef struct _virDomain virDomain;
typedef virDomain *virDomainPtr;

/* Room for a name, with its zero byte. Since 0.9.5. */
# define VIR_DOMAIN_BLOCK_STATS_FIELD_LENGTH VIR_TYPED_PARAM_FIELD_LENGTH

/* A memory limit, in KiB, that is none. Since 0.8.8. */
# define VIR_DOMAIN_MEMORY_PARAM_UNLIMITED 9007199254740991LL

/* The most keys that can be pressed together. Since 0.9.3. */
# define VIR_DOMAIN_SEND_KEY_MAX_KEYS 16

/* Room for a name, with its zero byte. Since 0.2.3. */
# define VIR_DOMAIN_SCHED_FIELD_LENGTH VIR_TYPED_PARAM_FIELD_LENGTH

/* Room for a name, with its zero byte. Since 0.9.0. */
# define VIR_DOMAIN_BLKIO_FIELD_LENGTH VIR_TYPED_PARAM_FIELD_LENGTH

/* Room for a name, with its zero byte. Since 0.8.5. */
# define VIR_DOMAIN_MEMORY_FIELD_LENGTH VIR_TYPED_PARAM_FIELD_LENGTH

/* An older name. Since 0.9.5. */
# define VIR_KEYCODE_SET_RFB VIR_KEYCODE_SET_QNUM

/* Sets the bit of a processor in a map. Since 0.1.4. */
# define VIR_USE_CPU(cpumap, cpu) ((cpumap)[(cpu) / 8] |= (1 << ((cpu) % 8)))

/* Clears the bit of a processor in a map. Since 0.1.4. */
# define VIR_UNUSE_CPU(cpumap, cpu) ((cpumap)[(cpu) / 8] &= ~(1 << ((cpu) % 8)))

/* Whether the bit of a processor in a map is set. Since 1.0.0. */
# define VIR_CPU_USED(cpumap, cpu) ((cpumap)[(cpu) / 8] & (1 << ((cpu) % 8)))

/* How many bytes a map of so many processors has. Since 0.1.4. */
# define VIR_CPU_MAPLEN(cpu) (((cpu) + 7) / 8)

/* Whether a vCPU may use a processor. Since 0.1.4. */
# define VIR_CPU_USABLE(cpumaps, maplen, vcpu, cpu) VIR_CPU_USED(VIR_GET_CPUMAP(cpumaps, maplen, vcpu), cpu)

/* Copies the map of a vCPU. Since 0.1.4. */
# define VIR_COPY_CPUMAP(cpumaps, maplen, vcpu, cpumap) memcpy(cpumap, VIR_GET_CPUMAP(cpumaps, maplen, vcpu), maplen)

/* The map of a vCPU. Since 0.1.4. */
# define VIR_GET_CPUMAP(cpumaps, maplen, vcpu) (&((cpumaps)[(vcpu) * (maplen)]))

/* Casts the callback of any event. Since 0.8.0. */
# define VIR_DOMAIN_EVENT_CALLBACK(cb) ((virConnectDomainEventGenericCallback)(cb))

/* What a domain does. Since 0.0.1. */
typedef enum {
    VIR_DOMAIN_NOSTATE = 0,
    VIR_DOMAIN_RUNNING = 1,
    VIR_DOMAIN_BLOCKED = 2,
    VIR_DOMAIN_PAUSED = 3,
    VIR_DOMAIN_SHUTDOWN = 4,
    VIR_DOMAIN_SHUTOFF = 5,
    VIR_DOMAIN_CRASHED = 6, /* 0.0.2 */
    VIR_DOMAIN_PMSUSPENDED = 7 /* 0.9.11 */
# ifdef VIR_ENUM_SENTINELS
    , VIR_DOMAIN_LAST /* 0.9.5 */
# endif
} virDomainState;

/* Details of VIR_DOMAIN_NOSTATE. Since 0.9.2. */
typedef enum {
    VIR_DOMAIN_NOSTATE_UNKNOWN = 0
# ifdef VIR_ENUM_SENTINELS
    , VIR_DOMAIN_NOSTATE_LAST /* 0.9.10 */
# endif
} virDomainNostateReason;

/* Why a domain runs. Since 0.9.2. */
typedef enum {
    VIR_DOMAIN_RUNNING_UNKNOWN = 0,
    VIR_DOMAIN_RUNNING_BOOTED = 1,
    VIR_DOMAIN_RUNNING_MIGRATED = 2,
    VIR_DOMAIN_RUNNING_RESTORED = 3,
    VIR_DOMAIN_RUNNING_FROM_SNAPSHOT = 4,
    VIR_DOMAIN_RUNNING_UNPAUSED = 5,
    VIR_DOMAIN_RUNNING_MIGRATION_CANCELED = 6,
    VIR_DOMAIN_RUNNING_SAVE_CANCELED = 7,
    VIR_DOMAIN_RUNNING_WAKEUP = 8, /* 0.9.11 */
    VIR_DOMAIN_RUNNING_CRASHED = 9, /* 1.1.1 */
    VIR_DOMAIN_RUNNING_POSTCOPY = 10, /* 1.3.3 */
    VIR_DOMAIN_RUNNING_POSTCOPY_FAILED = 11 /* 8.5.0 */
# ifdef VIR_ENUM_SENTINELS
    , VIR_DOMAIN_RUNNING_LAST /* 0.9.10 */
# endif
} virDomainRunningReason;

/* Why a domain is blocked. Since 0.9.2. */
typedef enum {
    VIR_DOMAIN_BLOCKED_UNKNOWN = 0
# ifdef VIR_ENUM_SENTINELS
    , VIR_DOMAIN_BLOCKED_LAST /* 0.9.10 */
# endif
} virDomainBlockedReason;

/* Why a domain is paused. Since 0.9.2. */
typedef enum {
    VIR_DOMAIN_PAUSED_UNKNOWN = 0,
    VIR_DOMAIN_PAUSED_USER = 1,
    VIR_DOMAIN_PAUSED_MIGRATION = 2,
    VIR_DOMAIN_PAUSED_SAVE = 3,
    VIR_DOMAIN_PAUSED_DUMP = 4,
    VIR_DOMAIN_PAUSED_IOERROR = 5,
    VIR_DOMAIN_PAUSED_WATCHDOG = 6,
    VIR_DOMAIN_PAUSED_FROM_SNAPSHOT = 7,
    VIR_DOMAIN_PAUSED_SHUTTING_DOWN = 8, /* 0.9.5 */
    VIR_DOMAIN_PAUSED_SNAPSHOT = 9, /* 1.0.1 */
    VIR_DOMAIN_PAUSED_CRASHED = 10, /* 1.1.1 */
    VIR_DOMAIN_PAUSED_STARTING_UP = 11, /* 1.2.14 */
    VIR_DOMAIN_PAUSED_POSTCOPY = 12, /* 1.3.3 */
    VIR_DOMAIN_PAUSED_POSTCOPY_FAILED = 13 /* 1.3.3 */
# ifdef VIR_ENUM_SENTINELS
    , VIR_DOMAIN_PAUSED_LAST /* 0.9.10 */
# endif
} virDomainPausedReason;

/* Why a domain shuts down. Since 0.9.2. */
typedef enum {
    VIR_DOMAIN_SHUTDOWN_UNKNOWN = 0,
    VIR_DOMAIN_SHUTDOWN_USER = 1
# ifdef VIR_ENUM_SENTINELS
    , VIR_DOMAIN_SHUTDOWN_LAST /* 0.9.10 */
# endif
} virDomainShutdownReason;

/* Why a domain does not run. Since 0.9.2. */
typedef enum {
    VIR_DOMAIN_SHUTOFF_UNKNOWN = 0,
    VIR_DOMAIN_SHUTOFF_SHUTDOWN = 1,
    VIR_DOMAIN_SHUTOFF_DESTROYED = 2,
    VIR_DOMAIN_SHUTOFF_CRASHED = 3,
    VIR_DOMAIN_SHUTOFF_MIGRATED = 4,
    VIR_DOMAIN_SHUTOFF_SAVED = 5,
    VIR_DOMAIN_SHUTOFF_FAILED = 6,
    VIR_DOMAIN_SHUTOFF_FROM_SNAPSHOT = 7,
    VIR_DOMAIN_SHUTOFF_DAEMON = 8 /* 4.10.0 */
# ifdef VIR_ENUM_SENTINELS
    , VIR_DOMAIN_SHUTOFF_LAST /* 0.9.10 */
# endif
} virDomainShutoffReason;

/* Why a domain crashed. Since 0.9.2. */
typedef enum {
    VIR_DOMAIN_CRASHED_UNKNOWN = 0,
    VIR_DOMAIN_CRASHED_PANICKED = 1 /* 1.1.1 */
# ifdef VIR_ENUM_SENTINELS
    , VIR_DOMAIN_CRASHED_LAST /* 0.9.10 */
# endif
} virDomainCrashedReason;

/* Why a guest sleeps with its memory kept. Since 0.9.11. */
typedef enum {
    VIR_DOMAIN_PMSUSPENDED_UNKNOWN = 0
# ifdef VIR_ENUM_SENTINELS
    , VIR_DOMAIN_PMSUSPENDED_LAST
# endif
} virDomainPMSuspendedReason;

/* Why a guest sleeps with its memory on disk. Since 1.0.0. */
typedef enum {
    VIR_DOMAIN_PMSUSPENDED_DISK_UNKNOWN = 0
# ifdef VIR_ENUM_SENTINELS
    , VIR_DOMAIN_PMSUSPENDED_DISK_LAST
# endif
} virDomainPMSuspendedDiskReason;

/* Whether the hypervisor can be talked to about a domain. Since 0.9.3. */
typedef enum {
    VIR_DOMAIN_CONTROL_OK = 0,
    VIR_DOMAIN_CONTROL_JOB = 1,
    VIR_DOMAIN_CONTROL_OCCUPIED = 2,
    VIR_DOMAIN_CONTROL_ERROR = 3
# ifdef VIR_ENUM_SENTINELS
    , VIR_DOMAIN_CONTROL_LAST /* 0.9.10 */
# endif
} virDomainControlState;

/* Details of VIR_DOMAIN_CONTROL_ERROR. Since 1.2.14. */
typedef enum {
    VIR_DOMAIN_CONTROL_ERROR_REASON_NONE = 0,
    VIR_DOMAIN_CONTROL_ERROR_REASON_UNKNOWN = 1,
    VIR_DOMAIN_CONTROL_ERROR_REASON_MONITOR = 2,
    VIR_DOMAIN_CONTROL_ERROR_REASON_INTERNAL = 3
# ifdef VIR_ENUM_SENTINELS
    , VIR_DOMAIN_CONTROL_ERROR_REASON_LAST
# endif
} virDomainControlErrorReason;

/* What a change or a question is about: the running domain, its definition, or whichever is in use. Since 0.9.2. */
typedef enum {
    VIR_DOMAIN_AFFECT_CURRENT = 0,
    VIR_DOMAIN_AFFECT_LIVE = (1 << 0),
    VIR_DOMAIN_AFFECT_CONFIG = (1 << 1)
} virDomainModificationImpact;

/* Flags of virDomainCreateXML(), virDomainCreateWithFlags(), virDomainCreateWithFiles() and
 * virDomainCreateXMLWithFiles(). Since 0.0.1. */
typedef enum {
    VIR_DOMAIN_NONE = 0,
    VIR_DOMAIN_START_PAUSED = (1 << 0), /* 0.8.2 */
    VIR_DOMAIN_START_AUTODESTROY = (1 << 1), /* 0.9.3 */
    VIR_DOMAIN_START_BYPASS_CACHE = (1 << 2), /* 0.9.4 */
    VIR_DOMAIN_START_FORCE_BOOT = (1 << 3), /* 0.9.5 */
    VIR_DOMAIN_START_VALIDATE = (1 << 4), /* 1.2.12 */
    VIR_DOMAIN_START_RESET_NVRAM = (1 << 5) /* 8.1.0 */
} virDomainCreateFlags;

/* What virDomainMemoryStats() tells: sizes in KiB, faults in counts, times as named. Since 0.7.5. */
typedef enum {
    VIR_DOMAIN_MEMORY_STAT_SWAP_IN = 0,
    VIR_DOMAIN_MEMORY_STAT_SWAP_OUT = 1,
    VIR_DOMAIN_MEMORY_STAT_MAJOR_FAULT = 2,
    VIR_DOMAIN_MEMORY_STAT_MINOR_FAULT = 3,
    VIR_DOMAIN_MEMORY_STAT_UNUSED = 4,
    VIR_DOMAIN_MEMORY_STAT_AVAILABLE = 5,
    VIR_DOMAIN_MEMORY_STAT_ACTUAL_BALLOON = 6, /* 0.9.3 */
    VIR_DOMAIN_MEMORY_STAT_RSS = 7, /* 0.9.10 */
    VIR_DOMAIN_MEMORY_STAT_USABLE = 8, /* 2.1.0 */
    VIR_DOMAIN_MEMORY_STAT_LAST_UPDATE = 9, /* 2.1.0 */
    VIR_DOMAIN_MEMORY_STAT_DISK_CACHES = 10, /* 4.6.0 */
    VIR_DOMAIN_MEMORY_STAT_HUGETLB_PGALLOC = 11, /* 5.4.0 */
    VIR_DOMAIN_MEMORY_STAT_HUGETLB_PGFAIL = 12, /* 5.4.0 */
    VIR_DOMAIN_MEMORY_STAT_NR = 13
# ifdef VIR_ENUM_SENTINELS
    , VIR_DOMAIN_MEMORY_STAT_LAST = 13 /* 0.9.10 */
# endif
} virDomainMemoryStatTags;

/* Flags of virDomainCoreDump() and virDomainCoreDumpWithFormat(). Since 0.7.5. */
typedef enum {
    VIR_DUMP_CRASH = (1 << 0),
    VIR_DUMP_LIVE = (1 << 1),
    VIR_DUMP_BYPASS_CACHE = (1 << 2), /* 0.9.4 */
    VIR_DUMP_RESET = (1 << 3), /* 0.9.7 */
    VIR_DUMP_MEMORY_ONLY = (1 << 4) /* 0.9.13 */
} virDomainCoreDumpFlags;

/* How memory is written into a file. Since 1.2.3. */
typedef enum {
    VIR_DOMAIN_CORE_DUMP_FORMAT_RAW = 0,
    VIR_DOMAIN_CORE_DUMP_FORMAT_KDUMP_ZLIB = 1,
    VIR_DOMAIN_CORE_DUMP_FORMAT_KDUMP_LZO = 2,
    VIR_DOMAIN_CORE_DUMP_FORMAT_KDUMP_SNAPPY = 3,
    VIR_DOMAIN_CORE_DUMP_FORMAT_WIN_DMP = 4 /* 7.4.0 */
# ifdef VIR_ENUM_SENTINELS
    , VIR_DOMAIN_CORE_DUMP_FORMAT_LAST
# endif
} virDomainCoreDumpFormat;

/* Flags of virDomainMigrate(), virDomainMigrateToURI(), virDomainMigrate2() and others. Since 0.3.2. */
typedef enum {
    VIR_MIGRATE_LIVE = (1 << 0),
    VIR_MIGRATE_PEER2PEER = (1 << 1), /* 0.7.2 */
    VIR_MIGRATE_TUNNELLED = (1 << 2), /* 0.7.2 */
    VIR_MIGRATE_PERSIST_DEST = (1 << 3), /* 0.7.3 */
    VIR_MIGRATE_UNDEFINE_SOURCE = (1 << 4), /* 0.7.3 */
    VIR_MIGRATE_PAUSED = (1 << 5), /* 0.7.5 */
    VIR_MIGRATE_NON_SHARED_DISK = (1 << 6), /* 0.8.2 */
    VIR_MIGRATE_NON_SHARED_INC = (1 << 7), /* 0.8.2 */
    VIR_MIGRATE_CHANGE_PROTECTION = (1 << 8), /* 0.9.4 */
    VIR_MIGRATE_UNSAFE = (1 << 9), /* 0.9.11 */
    VIR_MIGRATE_OFFLINE = (1 << 10), /* 1.0.1 */
    VIR_MIGRATE_COMPRESSED = (1 << 11), /* 1.0.3 */
    VIR_MIGRATE_ABORT_ON_ERROR = (1 << 12), /* 1.1.0 */
    VIR_MIGRATE_AUTO_CONVERGE = (1 << 13), /* 1.2.3 */
    VIR_MIGRATE_RDMA_PIN_ALL = (1 << 14), /* 1.2.9 */
    VIR_MIGRATE_POSTCOPY = (1 << 15), /* 1.3.3 */
    VIR_MIGRATE_TLS = (1 << 16), /* 3.2.0 */
    VIR_MIGRATE_PARALLEL = (1 << 17), /* 5.2.0 */
    VIR_MIGRATE_NON_SHARED_SYNCHRONOUS_WRITES = (1 << 18), /* 8.0.0 */
    VIR_MIGRATE_POSTCOPY_RESUME = (1 << 19), /* 8.5.0 */
    VIR_MIGRATE_ZEROCOPY = (1 << 20) /* 8.5.0 */
} virDomainMigrateFlags;

/* Flags of virDomainMigrateSetMaxSpeed() and virDomainMigrateGetMaxSpeed(). Since 5.1.0. */
typedef enum {
    VIR_DOMAIN_MIGRATE_MAX_SPEED_POSTCOPY = (1 << 0)
} virDomainMigrateMaxSpeedFlags;

/* Flags of virDomainShutdownFlags(). Since 0.9.10. */
typedef enum {
    VIR_DOMAIN_SHUTDOWN_DEFAULT = 0,
    VIR_DOMAIN_SHUTDOWN_ACPI_POWER_BTN = 1,
    VIR_DOMAIN_SHUTDOWN_GUEST_AGENT = 2,
    VIR_DOMAIN_SHUTDOWN_INITCTL = 4, /* 1.0.1 */
    VIR_DOMAIN_SHUTDOWN_SIGNAL = 8, /* 1.0.1 */
    VIR_DOMAIN_SHUTDOWN_PARAVIRT = 16 /* 1.2.5 */
} virDomainShutdownFlagValues;

/* Flags of virDomainReboot(). Since 0.9.10. */
typedef enum {
    VIR_DOMAIN_REBOOT_DEFAULT = 0,
    VIR_DOMAIN_REBOOT_ACPI_POWER_BTN = 1,
    VIR_DOMAIN_REBOOT_GUEST_AGENT = 2,
    VIR_DOMAIN_REBOOT_INITCTL = 4, /* 1.0.1 */
    VIR_DOMAIN_REBOOT_SIGNAL = 8, /* 1.0.1 */
    VIR_DOMAIN_REBOOT_PARAVIRT = 16 /* 1.2.5 */
} virDomainRebootFlagValues;

/* Flags of virDomainDestroyFlags(). Since 0.9.4. */
typedef enum {
    VIR_DOMAIN_DESTROY_DEFAULT = 0, /* 0.9.10 */
    VIR_DOMAIN_DESTROY_GRACEFUL = (1 << 0), /* 0.9.10 */
    VIR_DOMAIN_DESTROY_REMOVE_LOGS = (1 << 1) /* 8.3.0 */
} virDomainDestroyFlagsValues;

/* Flags of virDomainManagedSave(), virDomainRestoreFlags(), virDomainSaveFlags() and others. Since 0.9.4. */
typedef enum {
    VIR_DOMAIN_SAVE_BYPASS_CACHE = (1 << 0),
    VIR_DOMAIN_SAVE_RUNNING = (1 << 1), /* 0.9.5 */
    VIR_DOMAIN_SAVE_PAUSED = (1 << 2), /* 0.9.5 */
    VIR_DOMAIN_SAVE_RESET_NVRAM = (1 << 3) /* 8.1.0 */
} virDomainSaveRestoreFlags;

/* Flags of virDomainSetMemoryFlags() and virDomainSetMemoryStatsPeriod(). Since 0.9.0. */
typedef enum {
    VIR_DOMAIN_MEM_CURRENT = 0, /* 0.9.1 */
    VIR_DOMAIN_MEM_LIVE = (1 << 0),
    VIR_DOMAIN_MEM_CONFIG = (1 << 1),
    VIR_DOMAIN_MEM_MAXIMUM = (1 << 2) /* 0.9.1 */
} virDomainMemoryModFlags;

/* How memory is taken from the NUMA cells of the host. Since 0.9.9. */
typedef enum {
    VIR_DOMAIN_NUMATUNE_MEM_STRICT = 0,
    VIR_DOMAIN_NUMATUNE_MEM_PREFERRED = 1,
    VIR_DOMAIN_NUMATUNE_MEM_INTERLEAVE = 2,
    VIR_DOMAIN_NUMATUNE_MEM_RESTRICTIVE = 3 /* 7.3.0 */
# ifdef VIR_ENUM_SENTINELS
    , VIR_DOMAIN_NUMATUNE_MEM_LAST
# endif
} virDomainNumatuneMemMode;

/* Flags of virDomainGetHostname(). Since 6.1.0. */
typedef enum {
    VIR_DOMAIN_GET_HOSTNAME_LEASE = (1 << 0),
    VIR_DOMAIN_GET_HOSTNAME_AGENT = (1 << 1)
} virDomainGetHostnameFlags;

/* Which of a domain's metadata is meant. Since 0.9.10. */
typedef enum {
    VIR_DOMAIN_METADATA_DESCRIPTION = 0,
    VIR_DOMAIN_METADATA_TITLE = 1,
    VIR_DOMAIN_METADATA_ELEMENT = 2
# ifdef VIR_ENUM_SENTINELS
    , VIR_DOMAIN_METADATA_LAST
# endif
} virDomainMetadataType;

/* Flags of virDomainGetXMLDesc(). Since 0.3.3. */
typedef enum {
    VIR_DOMAIN_XML_SECURE = (1 << 0),
    VIR_DOMAIN_XML_INACTIVE = (1 << 1),
    VIR_DOMAIN_XML_UPDATE_CPU = (1 << 2), /* 0.8.0 */
    VIR_DOMAIN_XML_MIGRATABLE = (1 << 3) /* 1.0.0 */
} virDomainXMLFlags;

/* Flags of virDomainSaveImageGetXMLDesc() and virDomainManagedSaveGetXMLDesc(). Since 5.1.0. */
typedef enum {
    VIR_DOMAIN_SAVE_IMAGE_XML_SECURE = (1 << 0)
} virDomainSaveImageXMLFlags;

/* Flags of virDomainBlockResize(). Since 0.9.11. */
typedef enum {
    VIR_DOMAIN_BLOCK_RESIZE_BYTES = (1 << 0)
} virDomainBlockResizeFlags;

/* Flags of virDomainMemoryPeek(). Since 0.4.4. */
typedef enum {
    VIR_MEMORY_VIRTUAL = (1 << 0),
    VIR_MEMORY_PHYSICAL = (1 << 1) /* 0.7.0 */
} virDomainMemoryFlags;

/* Flags of virDomainDefineXMLFlags(). Since 1.2.12. */
typedef enum {
    VIR_DOMAIN_DEFINE_VALIDATE = (1 << 0)
} virDomainDefineFlags;

/* Flags of virDomainUndefineFlags(). Since 0.9.4. */
typedef enum {
    VIR_DOMAIN_UNDEFINE_MANAGED_SAVE = (1 << 0),
    VIR_DOMAIN_UNDEFINE_SNAPSHOTS_METADATA = (1 << 1), /* 0.9.5 */
    VIR_DOMAIN_UNDEFINE_NVRAM = (1 << 2), /* 1.2.9 */
    VIR_DOMAIN_UNDEFINE_KEEP_NVRAM = (1 << 3), /* 2.3.0 */
    VIR_DOMAIN_UNDEFINE_CHECKPOINTS_METADATA = (1 << 4), /* 5.6.0 */
    VIR_DOMAIN_UNDEFINE_TPM = (1 << 5), /* 8.9.0 */
    VIR_DOMAIN_UNDEFINE_KEEP_TPM = (1 << 6) /* 8.9.0 */
} virDomainUndefineFlagsValues;

/* Flags of virConnectListAllDomains(). Since 0.9.13. */
typedef enum {
    VIR_CONNECT_LIST_DOMAINS_ACTIVE = (1 << 0),
    VIR_CONNECT_LIST_DOMAINS_INACTIVE = (1 << 1),
    VIR_CONNECT_LIST_DOMAINS_PERSISTENT = (1 << 2),
    VIR_CONNECT_LIST_DOMAINS_TRANSIENT = (1 << 3),
    VIR_CONNECT_LIST_DOMAINS_RUNNING = (1 << 4),
    VIR_CONNECT_LIST_DOMAINS_PAUSED = (1 << 5),
    VIR_CONNECT_LIST_DOMAINS_SHUTOFF = (1 << 6),
    VIR_CONNECT_LIST_DOMAINS_OTHER = (1 << 7),
    VIR_CONNECT_LIST_DOMAINS_MANAGEDSAVE = (1 << 8),
    VIR_CONNECT_LIST_DOMAINS_NO_MANAGEDSAVE = (1 << 9),
    VIR_CONNECT_LIST_DOMAINS_AUTOSTART = (1 << 10),
    VIR_CONNECT_LIST_DOMAINS_NO_AUTOSTART = (1 << 11),
    VIR_CONNECT_LIST_DOMAINS_HAS_SNAPSHOT = (1 << 12),
    VIR_CONNECT_LIST_DOMAINS_NO_SNAPSHOT = (1 << 13),
    VIR_CONNECT_LIST_DOMAINS_HAS_CHECKPOINT = (1 << 14), /* 5.6.0 */
    VIR_CONNECT_LIST_DOMAINS_NO_CHECKPOINT = (1 << 15) /* 5.6.0 */
} virConnectListAllDomainsFlags;

/* What a vCPU does. Since 0.1.4. */
typedef enum {
    VIR_VCPU_OFFLINE = 0,
    VIR_VCPU_RUNNING = 1,
    VIR_VCPU_BLOCKED = 2
# ifdef VIR_ENUM_SENTINELS
    , VIR_VCPU_LAST /* 0.9.10 */
# endif
} virVcpuState;

/* Where a vCPU runs, if not on a known processor. Since 6.10.0. */
typedef enum {
    VIR_VCPU_INFO_CPU_OFFLINE = -1,
    VIR_VCPU_INFO_CPU_UNAVAILABLE = -2
} virVcpuHostCpuState;

/* Flags of virDomainGetVcpusFlags() and virDomainSetVcpusFlags(). Since 0.8.5. */
typedef enum {
    VIR_DOMAIN_VCPU_CURRENT = 0, /* 0.9.4 */
    VIR_DOMAIN_VCPU_LIVE = (1 << 0),
    VIR_DOMAIN_VCPU_CONFIG = (1 << 1),
    VIR_DOMAIN_VCPU_MAXIMUM = (1 << 2),
    VIR_DOMAIN_VCPU_GUEST = (1 << 3), /* 1.1.0 */
    VIR_DOMAIN_VCPU_HOTPLUGGABLE = (1 << 4) /* 2.4.0 */
} virDomainVcpuFlags;

/* Flags of virDomainAttachDeviceFlags(), virDomainDetachDeviceFlags(), virDomainUpdateDeviceFlags() and
 * virDomainDetachDeviceAlias(). Since 0.7.7. */
typedef enum {
    VIR_DOMAIN_DEVICE_MODIFY_CURRENT = 0,
    VIR_DOMAIN_DEVICE_MODIFY_LIVE = (1 << 0),
    VIR_DOMAIN_DEVICE_MODIFY_CONFIG = (1 << 1),
    VIR_DOMAIN_DEVICE_MODIFY_FORCE = (1 << 2) /* 0.8.6 */
} virDomainDeviceModifyFlags;

/* Groups of statistics. Since 1.2.8. */
typedef enum {
    VIR_DOMAIN_STATS_STATE = (1 << 0),
    VIR_DOMAIN_STATS_CPU_TOTAL = (1 << 1), /* 1.2.9 */
    VIR_DOMAIN_STATS_BALLOON = (1 << 2), /* 1.2.9 */
    VIR_DOMAIN_STATS_VCPU = (1 << 3), /* 1.2.9 */
    VIR_DOMAIN_STATS_INTERFACE = (1 << 4), /* 1.2.9 */
    VIR_DOMAIN_STATS_BLOCK = (1 << 5), /* 1.2.9 */
    VIR_DOMAIN_STATS_PERF = (1 << 6), /* 1.3.3 */
    VIR_DOMAIN_STATS_IOTHREAD = (1 << 7), /* 4.10.0 */
    VIR_DOMAIN_STATS_MEMORY = (1 << 8), /* 6.0.0 */
    VIR_DOMAIN_STATS_DIRTYRATE = (1 << 9), /* 7.2.0 */
    VIR_DOMAIN_STATS_VM = (1 << 10) /* 8.9.0 */
} virDomainStatsTypes;

/* Flags of virConnectGetAllDomainStats() and virDomainListGetStats(). Since 1.2.8. */
typedef enum {
    VIR_CONNECT_GET_ALL_DOMAINS_STATS_ACTIVE = (1 << 0),
    VIR_CONNECT_GET_ALL_DOMAINS_STATS_INACTIVE = (1 << 1),
    VIR_CONNECT_GET_ALL_DOMAINS_STATS_PERSISTENT = (1 << 2),
    VIR_CONNECT_GET_ALL_DOMAINS_STATS_TRANSIENT = (1 << 3),
    VIR_CONNECT_GET_ALL_DOMAINS_STATS_RUNNING = (1 << 4),
    VIR_CONNECT_GET_ALL_DOMAINS_STATS_PAUSED = (1 << 5),
    VIR_CONNECT_GET_ALL_DOMAINS_STATS_SHUTOFF = (1 << 6),
    VIR_CONNECT_GET_ALL_DOMAINS_STATS_OTHER = (1 << 7),
    VIR_CONNECT_GET_ALL_DOMAINS_STATS_NOWAIT = (1 << 29), /* 4.5.0 */
    VIR_CONNECT_GET_ALL_DOMAINS_STATS_BACKING = (1 << 30), /* 1.2.12 */
    VIR_CONNECT_GET_ALL_DOMAINS_STATS_ENFORCE_STATS = (1U << 31)
} virConnectGetAllDomainStatsFlags;

/* What is done to a disk. Since 0.9.4. */
typedef enum {
    VIR_DOMAIN_BLOCK_JOB_TYPE_UNKNOWN = 0,
    VIR_DOMAIN_BLOCK_JOB_TYPE_PULL = 1,
    VIR_DOMAIN_BLOCK_JOB_TYPE_COPY = 2, /* 0.9.12 */
    VIR_DOMAIN_BLOCK_JOB_TYPE_COMMIT = 3, /* 0.10.2 */
    VIR_DOMAIN_BLOCK_JOB_TYPE_ACTIVE_COMMIT = 4, /* 1.2.6 */
    VIR_DOMAIN_BLOCK_JOB_TYPE_BACKUP = 5 /* 6.0.0 */
# ifdef VIR_ENUM_SENTINELS
    , VIR_DOMAIN_BLOCK_JOB_TYPE_LAST /* 0.9.10 */
# endif
} virDomainBlockJobType;

/* Flags of virDomainBlockJobAbort(). Since 0.9.12. */
typedef enum {
    VIR_DOMAIN_BLOCK_JOB_ABORT_ASYNC = (1 << 0),
    VIR_DOMAIN_BLOCK_JOB_ABORT_PIVOT = (1 << 1)
} virDomainBlockJobAbortFlags;

/* Flags of virDomainGetBlockJobInfo(). Since 1.2.9. */
typedef enum {
    VIR_DOMAIN_BLOCK_JOB_INFO_BANDWIDTH_BYTES = (1 << 0)
} virDomainBlockJobInfoFlags;

/* Flags of virDomainBlockJobSetSpeed(). Since 1.2.9. */
typedef enum {
    VIR_DOMAIN_BLOCK_JOB_SPEED_BANDWIDTH_BYTES = (1 << 0)
} virDomainBlockJobSetSpeedFlags;

/* Flags of virDomainBlockPull(). Since 1.2.9. */
typedef enum {
    VIR_DOMAIN_BLOCK_PULL_BANDWIDTH_BYTES = (1 << 6)
} virDomainBlockPullFlags;

/* Flags of virDomainBlockRebase(). Since 0.9.12. */
typedef enum {
    VIR_DOMAIN_BLOCK_REBASE_SHALLOW = (1 << 0),
    VIR_DOMAIN_BLOCK_REBASE_REUSE_EXT = (1 << 1),
    VIR_DOMAIN_BLOCK_REBASE_COPY_RAW = (1 << 2),
    VIR_DOMAIN_BLOCK_REBASE_COPY = (1 << 3),
    VIR_DOMAIN_BLOCK_REBASE_RELATIVE = (1 << 4), /* 1.2.7 */
    VIR_DOMAIN_BLOCK_REBASE_COPY_DEV = (1 << 5), /* 1.2.9 */
    VIR_DOMAIN_BLOCK_REBASE_BANDWIDTH_BYTES = (1 << 6) /* 1.2.9 */
} virDomainBlockRebaseFlags;

/* Flags of virDomainBlockCopy(). Since 1.2.8. */
typedef enum {
    VIR_DOMAIN_BLOCK_COPY_SHALLOW = (1 << 0),
    VIR_DOMAIN_BLOCK_COPY_REUSE_EXT = (1 << 1),
    VIR_DOMAIN_BLOCK_COPY_TRANSIENT_JOB = (1 << 2), /* 3.5.0 */
    VIR_DOMAIN_BLOCK_COPY_SYNCHRONOUS_WRITES = (1 << 3) /* 8.0.0 */
} virDomainBlockCopyFlags;

/* Flags of virDomainBlockCommit(). Since 0.10.2. */
typedef enum {
    VIR_DOMAIN_BLOCK_COMMIT_SHALLOW = (1 << 0),
    VIR_DOMAIN_BLOCK_COMMIT_DELETE = (1 << 1),
    VIR_DOMAIN_BLOCK_COMMIT_ACTIVE = (1 << 2), /* 1.2.6 */
    VIR_DOMAIN_BLOCK_COMMIT_RELATIVE = (1 << 3), /* 1.2.7 */
    VIR_DOMAIN_BLOCK_COMMIT_BANDWIDTH_BYTES = (1 << 4) /* 1.2.9 */
} virDomainBlockCommitFlags;

/* What is wrong with a disk. Since 0.9.10. */
typedef enum {
    VIR_DOMAIN_DISK_ERROR_NONE = 0,
    VIR_DOMAIN_DISK_ERROR_UNSPEC = 1,
    VIR_DOMAIN_DISK_ERROR_NO_SPACE = 2
# ifdef VIR_ENUM_SENTINELS
    , VIR_DOMAIN_DISK_ERROR_LAST
# endif
} virDomainDiskErrorCode;

/* Which numbering of keys is used. Since 0.9.3. */
typedef enum {
    VIR_KEYCODE_SET_LINUX = 0,
    VIR_KEYCODE_SET_XT = 1,
    VIR_KEYCODE_SET_ATSET1 = 2,
    VIR_KEYCODE_SET_ATSET2 = 3,
    VIR_KEYCODE_SET_ATSET3 = 4,
    VIR_KEYCODE_SET_OSX = 5, /* 0.9.4 */
    VIR_KEYCODE_SET_XT_KBD = 6, /* 0.9.4 */
    VIR_KEYCODE_SET_USB = 7, /* 0.9.4 */
    VIR_KEYCODE_SET_WIN32 = 8, /* 0.9.4 */
    VIR_KEYCODE_SET_QNUM = 9 /* 4.2.0 */
# ifdef VIR_ENUM_SENTINELS
    , VIR_KEYCODE_SET_LAST /* 0.9.4 */
# endif
} virKeycodeSet;

/* Signals for a process in the guest, numbered as Linux does on most processors. Since 1.0.1. */
typedef enum {
    VIR_DOMAIN_PROCESS_SIGNAL_NOP = 0,
    VIR_DOMAIN_PROCESS_SIGNAL_HUP = 1,
    VIR_DOMAIN_PROCESS_SIGNAL_INT = 2,
    VIR_DOMAIN_PROCESS_SIGNAL_QUIT = 3,
    VIR_DOMAIN_PROCESS_SIGNAL_ILL = 4,
    VIR_DOMAIN_PROCESS_SIGNAL_TRAP = 5,
    VIR_DOMAIN_PROCESS_SIGNAL_ABRT = 6,
    VIR_DOMAIN_PROCESS_SIGNAL_BUS = 7,
    VIR_DOMAIN_PROCESS_SIGNAL_FPE = 8,
    VIR_DOMAIN_PROCESS_SIGNAL_KILL = 9,
    VIR_DOMAIN_PROCESS_SIGNAL_USR1 = 10,
    VIR_DOMAIN_PROCESS_SIGNAL_SEGV = 11,
    VIR_DOMAIN_PROCESS_SIGNAL_USR2 = 12,
    VIR_DOMAIN_PROCESS_SIGNAL_PIPE = 13,
    VIR_DOMAIN_PROCESS_SIGNAL_ALRM = 14,
    VIR_DOMAIN_PROCESS_SIGNAL_TERM = 15,
    VIR_DOMAIN_PROCESS_SIGNAL_STKFLT = 16,
    VIR_DOMAIN_PROCESS_SIGNAL_CHLD = 17,
    VIR_DOMAIN_PROCESS_SIGNAL_CONT = 18,
    VIR_DOMAIN_PROCESS_SIGNAL_STOP = 19,
    VIR_DOMAIN_PROCESS_SIGNAL_TSTP = 20,
    VIR_DOMAIN_PROCESS_SIGNAL_TTIN = 21,
    VIR_DOMAIN_PROCESS_SIGNAL_TTOU = 22,
    VIR_DOMAIN_PROCESS_SIGNAL_URG = 23,
    VIR_DOMAIN_PROCESS_SIGNAL_XCPU = 24,
    VIR_DOMAIN_PROCESS_SIGNAL_XFSZ = 25,
    VIR_DOMAIN_PROCESS_SIGNAL_VTALRM = 26,
    VIR_DOMAIN_PROCESS_SIGNAL_PROF = 27,
    VIR_DOMAIN_PROCESS_SIGNAL_WINCH = 28,
    VIR_DOMAIN_PROCESS_SIGNAL_POLL = 29,
    VIR_DOMAIN_PROCESS_SIGNAL_PWR = 30,
    VIR_DOMAIN_PROCESS_SIGNAL_SYS = 31,
    VIR_DOMAIN_PROCESS_SIGNAL_RT0 = 32,
    VIR_DOMAIN_PROCESS_SIGNAL_RT1 = 33,
    VIR_DOMAIN_PROCESS_SIGNAL_RT2 = 34,
    VIR_DOMAIN_PROCESS_SIGNAL_RT3 = 35,
    VIR_DOMAIN_PROCESS_SIGNAL_RT4 = 36,
    VIR_DOMAIN_PROCESS_SIGNAL_RT5 = 37,
    VIR_DOMAIN_PROCESS_SIGNAL_RT6 = 38,
    VIR_DOMAIN_PROCESS_SIGNAL_RT7 = 39,
    VIR_DOMAIN_PROCESS_SIGNAL_RT8 = 40,
    VIR_DOMAIN_PROCESS_SIGNAL_RT9 = 41,
    VIR_DOMAIN_PROCESS_SIGNAL_RT10 = 42,
    VIR_DOMAIN_PROCESS_SIGNAL_RT11 = 43,
    VIR_DOMAIN_PROCESS_SIGNAL_RT12 = 44,
    VIR_DOMAIN_PROCESS_SIGNAL_RT13 = 45,
    VIR_DOMAIN_PROCESS_SIGNAL_RT14 = 46,
    VIR_DOMAIN_PROCESS_SIGNAL_RT15 = 47,
    VIR_DOMAIN_PROCESS_SIGNAL_RT16 = 48,
    VIR_DOMAIN_PROCESS_SIGNAL_RT17 = 49,
    VIR_DOMAIN_PROCESS_SIGNAL_RT18 = 50,
    VIR_DOMAIN_PROCESS_SIGNAL_RT19 = 51,
    VIR_DOMAIN_PROCESS_SIGNAL_RT20 = 52,
    VIR_DOMAIN_PROCESS_SIGNAL_RT21 = 53,
    VIR_DOMAIN_PROCESS_SIGNAL_RT22 = 54,
    VIR_DOMAIN_PROCESS_SIGNAL_RT23 = 55,
    VIR_DOMAIN_PROCESS_SIGNAL_RT24 = 56,
    VIR_DOMAIN_PROCESS_SIGNAL_RT25 = 57,
    VIR_DOMAIN_PROCESS_SIGNAL_RT26 = 58,
    VIR_DOMAIN_PROCESS_SIGNAL_RT27 = 59,
    VIR_DOMAIN_PROCESS_SIGNAL_RT28 = 60,
    VIR_DOMAIN_PROCESS_SIGNAL_RT29 = 61,
    VIR_DOMAIN_PROCESS_SIGNAL_RT30 = 62,
    VIR_DOMAIN_PROCESS_SIGNAL_RT31 = 63,
    VIR_DOMAIN_PROCESS_SIGNAL_RT32 = 64
# ifdef VIR_ENUM_SENTINELS
    , VIR_DOMAIN_PROCESS_SIGNAL_LAST
# endif
} virDomainProcessSignal;

/* What happened to a domain; the details are in the enums that follow. Since 0.5.0. */
typedef enum {
    VIR_DOMAIN_EVENT_DEFINED = 0,
    VIR_DOMAIN_EVENT_UNDEFINED = 1,
    VIR_DOMAIN_EVENT_STARTED = 2,
    VIR_DOMAIN_EVENT_SUSPENDED = 3,
    VIR_DOMAIN_EVENT_RESUMED = 4,
    VIR_DOMAIN_EVENT_STOPPED = 5,
    VIR_DOMAIN_EVENT_SHUTDOWN = 6, /* 0.9.8 */
    VIR_DOMAIN_EVENT_PMSUSPENDED = 7, /* 0.10.2 */
    VIR_DOMAIN_EVENT_CRASHED = 8 /* 1.1.1 */
# ifdef VIR_ENUM_SENTINELS
    , VIR_DOMAIN_EVENT_LAST /* 0.9.10 */
# endif
} virDomainEventType;

/* Details of VIR_DOMAIN_EVENT_DEFINED. Since 0.5.0. */
typedef enum {
    VIR_DOMAIN_EVENT_DEFINED_ADDED = 0,
    VIR_DOMAIN_EVENT_DEFINED_UPDATED = 1,
    VIR_DOMAIN_EVENT_DEFINED_RENAMED = 2, /* 1.2.19 */
    VIR_DOMAIN_EVENT_DEFINED_FROM_SNAPSHOT = 3 /* 1.3.3 */
# ifdef VIR_ENUM_SENTINELS
    , VIR_DOMAIN_EVENT_DEFINED_LAST /* 0.9.10 */
# endif
} virDomainEventDefinedDetailType;

/* Details of VIR_DOMAIN_EVENT_UNDEFINED. Since 0.5.0. */
typedef enum {
    VIR_DOMAIN_EVENT_UNDEFINED_REMOVED = 0,
    VIR_DOMAIN_EVENT_UNDEFINED_RENAMED = 1 /* 1.2.19 */
# ifdef VIR_ENUM_SENTINELS
    , VIR_DOMAIN_EVENT_UNDEFINED_LAST /* 0.9.10 */
# endif
} virDomainEventUndefinedDetailType;

/* Details of VIR_DOMAIN_EVENT_STARTED. Since 0.5.0. */
typedef enum {
    VIR_DOMAIN_EVENT_STARTED_BOOTED = 0,
    VIR_DOMAIN_EVENT_STARTED_MIGRATED = 1,
    VIR_DOMAIN_EVENT_STARTED_RESTORED = 2,
    VIR_DOMAIN_EVENT_STARTED_FROM_SNAPSHOT = 3, /* 0.8.0 */
    VIR_DOMAIN_EVENT_STARTED_WAKEUP = 4 /* 0.9.11 */
# ifdef VIR_ENUM_SENTINELS
    , VIR_DOMAIN_EVENT_STARTED_LAST /* 0.9.10 */
# endif
} virDomainEventStartedDetailType;

/* Details of VIR_DOMAIN_EVENT_SUSPENDED. Since 0.5.0. */
typedef enum {
    VIR_DOMAIN_EVENT_SUSPENDED_PAUSED = 0,
    VIR_DOMAIN_EVENT_SUSPENDED_MIGRATED = 1,
    VIR_DOMAIN_EVENT_SUSPENDED_IOERROR = 2, /* 0.8.0 */
    VIR_DOMAIN_EVENT_SUSPENDED_WATCHDOG = 3, /* 0.8.0 */
    VIR_DOMAIN_EVENT_SUSPENDED_RESTORED = 4, /* 0.9.5 */
    VIR_DOMAIN_EVENT_SUSPENDED_FROM_SNAPSHOT = 5, /* 0.9.5 */
    VIR_DOMAIN_EVENT_SUSPENDED_API_ERROR = 6, /* 1.0.1 */
    VIR_DOMAIN_EVENT_SUSPENDED_POSTCOPY = 7, /* 1.3.3 */
    VIR_DOMAIN_EVENT_SUSPENDED_POSTCOPY_FAILED = 8 /* 1.3.3 */
# ifdef VIR_ENUM_SENTINELS
    , VIR_DOMAIN_EVENT_SUSPENDED_LAST /* 0.9.10 */
# endif
} virDomainEventSuspendedDetailType;

/* Details of VIR_DOMAIN_EVENT_RESUMED. Since 0.5.0. */
typedef enum {
    VIR_DOMAIN_EVENT_RESUMED_UNPAUSED = 0,
    VIR_DOMAIN_EVENT_RESUMED_MIGRATED = 1,
    VIR_DOMAIN_EVENT_RESUMED_FROM_SNAPSHOT = 2, /* 0.9.5 */
    VIR_DOMAIN_EVENT_RESUMED_POSTCOPY = 3, /* 1.3.3 */
    VIR_DOMAIN_EVENT_RESUMED_POSTCOPY_FAILED = 4 /* 8.5.0 */
# ifdef VIR_ENUM_SENTINELS
    , VIR_DOMAIN_EVENT_RESUMED_LAST /* 0.9.10 */
# endif
} virDomainEventResumedDetailType;

/* Details of VIR_DOMAIN_EVENT_STOPPED. Since 0.5.0. */
typedef enum {
    VIR_DOMAIN_EVENT_STOPPED_SHUTDOWN = 0,
    VIR_DOMAIN_EVENT_STOPPED_DESTROYED = 1,
    VIR_DOMAIN_EVENT_STOPPED_CRASHED = 2,
    VIR_DOMAIN_EVENT_STOPPED_MIGRATED = 3,
    VIR_DOMAIN_EVENT_STOPPED_SAVED = 4,
    VIR_DOMAIN_EVENT_STOPPED_FAILED = 5,
    VIR_DOMAIN_EVENT_STOPPED_FROM_SNAPSHOT = 6 /* 0.8.0 */
# ifdef VIR_ENUM_SENTINELS
    , VIR_DOMAIN_EVENT_STOPPED_LAST /* 0.9.10 */
# endif
} virDomainEventStoppedDetailType;

/* Details of VIR_DOMAIN_EVENT_SHUTDOWN. Since 0.9.8. */
typedef enum {
    VIR_DOMAIN_EVENT_SHUTDOWN_FINISHED = 0,
    VIR_DOMAIN_EVENT_SHUTDOWN_GUEST = 1, /* 3.4.0 */
    VIR_DOMAIN_EVENT_SHUTDOWN_HOST = 2 /* 3.4.0 */
# ifdef VIR_ENUM_SENTINELS
    , VIR_DOMAIN_EVENT_SHUTDOWN_LAST /* 0.9.10 */
# endif
} virDomainEventShutdownDetailType;

/* Details of VIR_DOMAIN_EVENT_PMSUSPENDED. Since 0.10.2. */
typedef enum {
    VIR_DOMAIN_EVENT_PMSUSPENDED_MEMORY = 0,
    VIR_DOMAIN_EVENT_PMSUSPENDED_DISK = 1 /* 1.0.0 */
# ifdef VIR_ENUM_SENTINELS
    , VIR_DOMAIN_EVENT_PMSUSPENDED_LAST
# endif
} virDomainEventPMSuspendedDetailType;

/* Details of VIR_DOMAIN_EVENT_CRASHED. Since 1.1.1. */
typedef enum {
    VIR_DOMAIN_EVENT_CRASHED_PANICKED = 0,
    VIR_DOMAIN_EVENT_CRASHED_CRASHLOADED = 1 /* 6.1.0 */
# ifdef VIR_ENUM_SENTINELS
    , VIR_DOMAIN_EVENT_CRASHED_LAST
# endif
} virDomainEventCrashedDetailType;

/* Whose memory is broken. Since 6.9.0. */
typedef enum {
    VIR_DOMAIN_EVENT_MEMORY_FAILURE_RECIPIENT_HYPERVISOR = 0,
    VIR_DOMAIN_EVENT_MEMORY_FAILURE_RECIPIENT_GUEST = 1
# ifdef VIR_ENUM_SENTINELS
    , VIR_DOMAIN_EVENT_MEMORY_FAILURE_RECIPIENT_LAST
# endif
} virDomainMemoryFailureRecipientType;

/* What was done about broken memory. Since 6.9.0. */
typedef enum {
    VIR_DOMAIN_EVENT_MEMORY_FAILURE_ACTION_IGNORE = 0,
    VIR_DOMAIN_EVENT_MEMORY_FAILURE_ACTION_INJECT = 1,
    VIR_DOMAIN_EVENT_MEMORY_FAILURE_ACTION_FATAL = 2,
    VIR_DOMAIN_EVENT_MEMORY_FAILURE_ACTION_RESET = 3
# ifdef VIR_ENUM_SENTINELS
    , VIR_DOMAIN_EVENT_MEMORY_FAILURE_ACTION_LAST
# endif
} virDomainMemoryFailureActionType;

/* More about broken memory. Since 6.9.0. */
typedef enum {
    VIR_DOMAIN_MEMORY_FAILURE_ACTION_REQUIRED = (1 << 0),
    VIR_DOMAIN_MEMORY_FAILURE_RECURSIVE = (1 << 1)
} virDomainMemoryFailureFlags;

/* How far a job is. Since 0.7.7. */
typedef enum {
    VIR_DOMAIN_JOB_NONE = 0,
    VIR_DOMAIN_JOB_BOUNDED = 1,
    VIR_DOMAIN_JOB_UNBOUNDED = 2,
    VIR_DOMAIN_JOB_COMPLETED = 3,
    VIR_DOMAIN_JOB_FAILED = 4,
    VIR_DOMAIN_JOB_CANCELLED = 5
# ifdef VIR_ENUM_SENTINELS
    , VIR_DOMAIN_JOB_LAST /* 0.9.10 */
# endif
} virDomainJobType;

/* Flags of virDomainGetJobStats(). Since 1.2.9. */
typedef enum {
    VIR_DOMAIN_JOB_STATS_COMPLETED = (1 << 0),
    VIR_DOMAIN_JOB_STATS_KEEP_COMPLETED = (1 << 1) /* 6.0.0 */
} virDomainGetJobStatsFlags;

/* Flags of virDomainAbortJobFlags(). Since 8.5.0. */
typedef enum {
    VIR_DOMAIN_ABORT_JOB_POSTCOPY = (1 << 0)
} virDomainAbortJobFlagsValues;

/* What a job does. Since 3.3.0. */
typedef enum {
    VIR_DOMAIN_JOB_OPERATION_UNKNOWN = 0,
    VIR_DOMAIN_JOB_OPERATION_START = 1,
    VIR_DOMAIN_JOB_OPERATION_SAVE = 2,
    VIR_DOMAIN_JOB_OPERATION_RESTORE = 3,
    VIR_DOMAIN_JOB_OPERATION_MIGRATION_IN = 4,
    VIR_DOMAIN_JOB_OPERATION_MIGRATION_OUT = 5,
    VIR_DOMAIN_JOB_OPERATION_SNAPSHOT = 6,
    VIR_DOMAIN_JOB_OPERATION_SNAPSHOT_REVERT = 7,
    VIR_DOMAIN_JOB_OPERATION_DUMP = 8,
    VIR_DOMAIN_JOB_OPERATION_BACKUP = 9, /* 6.0.0 */
    VIR_DOMAIN_JOB_OPERATION_SNAPSHOT_DELETE = 10 /* 9.0.0 */
# ifdef VIR_ENUM_SENTINELS
    , VIR_DOMAIN_JOB_OPERATION_LAST
# endif
} virDomainJobOperation;

/* What a watchdog did. Since 0.8.0. */
typedef enum {
    VIR_DOMAIN_EVENT_WATCHDOG_NONE = 0,
    VIR_DOMAIN_EVENT_WATCHDOG_PAUSE = 1,
    VIR_DOMAIN_EVENT_WATCHDOG_RESET = 2,
    VIR_DOMAIN_EVENT_WATCHDOG_POWEROFF = 3,
    VIR_DOMAIN_EVENT_WATCHDOG_SHUTDOWN = 4,
    VIR_DOMAIN_EVENT_WATCHDOG_DEBUG = 5,
    VIR_DOMAIN_EVENT_WATCHDOG_INJECTNMI = 6 /* 1.2.17 */
# ifdef VIR_ENUM_SENTINELS
    , VIR_DOMAIN_EVENT_WATCHDOG_LAST /* 0.9.10 */
# endif
} virDomainEventWatchdogAction;

/* What was done about an I/O error. Since 0.8.0. */
typedef enum {
    VIR_DOMAIN_EVENT_IO_ERROR_NONE = 0,
    VIR_DOMAIN_EVENT_IO_ERROR_PAUSE = 1,
    VIR_DOMAIN_EVENT_IO_ERROR_REPORT = 2
# ifdef VIR_ENUM_SENTINELS
    , VIR_DOMAIN_EVENT_IO_ERROR_LAST /* 0.9.10 */
# endif
} virDomainEventIOErrorAction;

/* What a viewer of a display did. Since 0.8.0. */
typedef enum {
    VIR_DOMAIN_EVENT_GRAPHICS_CONNECT = 0,
    VIR_DOMAIN_EVENT_GRAPHICS_INITIALIZE = 1,
    VIR_DOMAIN_EVENT_GRAPHICS_DISCONNECT = 2
# ifdef VIR_ENUM_SENTINELS
    , VIR_DOMAIN_EVENT_GRAPHICS_LAST /* 0.9.10 */
# endif
} virDomainEventGraphicsPhase;

/* What kind of address a viewer has. Since 0.8.0. */
typedef enum {
    VIR_DOMAIN_EVENT_GRAPHICS_ADDRESS_IPV4 = 0,
    VIR_DOMAIN_EVENT_GRAPHICS_ADDRESS_IPV6 = 1,
    VIR_DOMAIN_EVENT_GRAPHICS_ADDRESS_UNIX = 2 /* 0.9.7 */
# ifdef VIR_ENUM_SENTINELS
    , VIR_DOMAIN_EVENT_GRAPHICS_ADDRESS_LAST /* 0.9.10 */
# endif
} virDomainEventGraphicsAddressType;

/* How a disk's job came out. Since 0.9.4. */
typedef enum {
    VIR_DOMAIN_BLOCK_JOB_COMPLETED = 0,
    VIR_DOMAIN_BLOCK_JOB_FAILED = 1,
    VIR_DOMAIN_BLOCK_JOB_CANCELED = 2, /* 0.9.12 */
    VIR_DOMAIN_BLOCK_JOB_READY = 3 /* 1.0.0 */
# ifdef VIR_ENUM_SENTINELS
    , VIR_DOMAIN_BLOCK_JOB_LAST /* 0.9.10 */
# endif
} virConnectDomainEventBlockJobStatus;

/* Why the medium of a disk changed. Since 0.9.7. */
typedef enum {
    VIR_DOMAIN_EVENT_DISK_CHANGE_MISSING_ON_START = 0,
    VIR_DOMAIN_EVENT_DISK_DROP_MISSING_ON_START = 1 /* 1.1.2 */
# ifdef VIR_ENUM_SENTINELS
    , VIR_DOMAIN_EVENT_DISK_CHANGE_LAST /* 0.9.10 */
# endif
} virConnectDomainEventDiskChangeReason;

/* What a drive's tray did. Since 0.9.11. */
typedef enum {
    VIR_DOMAIN_EVENT_TRAY_CHANGE_OPEN = 0,
    VIR_DOMAIN_EVENT_TRAY_CHANGE_CLOSE = 1
# ifdef VIR_ENUM_SENTINELS
    , VIR_DOMAIN_EVENT_TRAY_CHANGE_LAST
# endif
} virDomainEventTrayChangeReason;

/* Whether the guest's agent is there. Since 1.2.11. */
typedef enum {
    VIR_CONNECT_DOMAIN_EVENT_AGENT_LIFECYCLE_STATE_CONNECTED = 1,
    VIR_CONNECT_DOMAIN_EVENT_AGENT_LIFECYCLE_STATE_DISCONNECTED = 2
# ifdef VIR_ENUM_SENTINELS
    , VIR_CONNECT_DOMAIN_EVENT_AGENT_LIFECYCLE_STATE_LAST
# endif
} virConnectDomainEventAgentLifecycleState;

/* Why that changed. Since 1.2.11. */
typedef enum {
    VIR_CONNECT_DOMAIN_EVENT_AGENT_LIFECYCLE_REASON_UNKNOWN = 0,
    VIR_CONNECT_DOMAIN_EVENT_AGENT_LIFECYCLE_REASON_DOMAIN_STARTED = 1,
    VIR_CONNECT_DOMAIN_EVENT_AGENT_LIFECYCLE_REASON_CHANNEL = 2
# ifdef VIR_ENUM_SENTINELS
    , VIR_CONNECT_DOMAIN_EVENT_AGENT_LIFECYCLE_REASON_LAST
# endif
} virConnectDomainEventAgentLifecycleReason;

/* Events of domains, each with the callback type named behind it. Since 0.8.0. */
typedef enum {
    VIR_DOMAIN_EVENT_ID_LIFECYCLE = 0,
    VIR_DOMAIN_EVENT_ID_REBOOT = 1,
    VIR_DOMAIN_EVENT_ID_RTC_CHANGE = 2,
    VIR_DOMAIN_EVENT_ID_WATCHDOG = 3,
    VIR_DOMAIN_EVENT_ID_IO_ERROR = 4,
    VIR_DOMAIN_EVENT_ID_GRAPHICS = 5,
    VIR_DOMAIN_EVENT_ID_IO_ERROR_REASON = 6, /* 0.8.1 */
    VIR_DOMAIN_EVENT_ID_CONTROL_ERROR = 7, /* 0.9.2 */
    VIR_DOMAIN_EVENT_ID_BLOCK_JOB = 8, /* 0.9.4 */
    VIR_DOMAIN_EVENT_ID_DISK_CHANGE = 9, /* 0.9.7 */
    VIR_DOMAIN_EVENT_ID_TRAY_CHANGE = 10, /* 0.9.11 */
    VIR_DOMAIN_EVENT_ID_PMWAKEUP = 11, /* 0.9.11 */
    VIR_DOMAIN_EVENT_ID_PMSUSPEND = 12, /* 0.9.11 */
    VIR_DOMAIN_EVENT_ID_BALLOON_CHANGE = 13, /* 0.10.0 */
    VIR_DOMAIN_EVENT_ID_PMSUSPEND_DISK = 14, /* 1.0.0 */
    VIR_DOMAIN_EVENT_ID_DEVICE_REMOVED = 15, /* 1.1.1 */
    VIR_DOMAIN_EVENT_ID_BLOCK_JOB_2 = 16, /* 1.2.6 */
    VIR_DOMAIN_EVENT_ID_TUNABLE = 17, /* 1.2.9 */
    VIR_DOMAIN_EVENT_ID_AGENT_LIFECYCLE = 18, /* 1.2.11 */
    VIR_DOMAIN_EVENT_ID_DEVICE_ADDED = 19, /* 1.2.15 */
    VIR_DOMAIN_EVENT_ID_MIGRATION_ITERATION = 20, /* 1.3.2 */
    VIR_DOMAIN_EVENT_ID_JOB_COMPLETED = 21, /* 1.3.3 */
    VIR_DOMAIN_EVENT_ID_DEVICE_REMOVAL_FAILED = 22, /* 1.3.4 */
    VIR_DOMAIN_EVENT_ID_METADATA_CHANGE = 23, /* 3.0.0 */
    VIR_DOMAIN_EVENT_ID_BLOCK_THRESHOLD = 24, /* 3.2.0 */
    VIR_DOMAIN_EVENT_ID_MEMORY_FAILURE = 25, /* 6.9.0 */
    VIR_DOMAIN_EVENT_ID_MEMORY_DEVICE_SIZE_CHANGE = 26 /* 7.9.0 */
# ifdef VIR_ENUM_SENTINELS
    , VIR_DOMAIN_EVENT_ID_LAST
# endif
} virDomainEventID;

/* Flags of virDomainOpenConsole(). Since 0.9.11. */
typedef enum {
    VIR_DOMAIN_CONSOLE_FORCE = (1 << 0),
    VIR_DOMAIN_CONSOLE_SAFE = (1 << 1)
} virDomainConsoleFlags;

/* Flags of virDomainOpenChannel(). Since 1.0.2. */
typedef enum {
    VIR_DOMAIN_CHANNEL_FORCE = (1 << 0)
} virDomainChannelFlags;

/* Flags of virDomainOpenGraphics() and virDomainOpenGraphicsFD(). Since 0.9.7. */
typedef enum {
    VIR_DOMAIN_OPEN_GRAPHICS_SKIPAUTH = (1 << 0)
} virDomainOpenGraphicsFlags;

/* Flags of virDomainSetTime(). Since 1.2.5. */
typedef enum {
    VIR_DOMAIN_TIME_SYNC = (1 << 0)
} virDomainSetTimeFlags;

/* virTypedParameterType by an older name. Since 0.2.3. */
typedef enum {
    VIR_DOMAIN_SCHED_FIELD_INT = 1,
    VIR_DOMAIN_SCHED_FIELD_UINT = 2,
    VIR_DOMAIN_SCHED_FIELD_LLONG = 3,
    VIR_DOMAIN_SCHED_FIELD_ULLONG = 4,
    VIR_DOMAIN_SCHED_FIELD_DOUBLE = 5,
    VIR_DOMAIN_SCHED_FIELD_BOOLEAN = 6
} virSchedParameterType;

/* virTypedParameterType by an older name. Since 0.9.0. */
typedef enum {
    VIR_DOMAIN_BLKIO_PARAM_INT = 1,
    VIR_DOMAIN_BLKIO_PARAM_UINT = 2,
    VIR_DOMAIN_BLKIO_PARAM_LLONG = 3,
    VIR_DOMAIN_BLKIO_PARAM_ULLONG = 4,
    VIR_DOMAIN_BLKIO_PARAM_DOUBLE = 5,
    VIR_DOMAIN_BLKIO_PARAM_BOOLEAN = 6
} virBlkioParameterType;

/* virTypedParameterType by an older name. Since 0.8.5. */
typedef enum {
    VIR_DOMAIN_MEMORY_PARAM_INT = 1,
    VIR_DOMAIN_MEMORY_PARAM_UINT = 2,
    VIR_DOMAIN_MEMORY_PARAM_LLONG = 3,
    VIR_DOMAIN_MEMORY_PARAM_ULLONG = 4,
    VIR_DOMAIN_MEMORY_PARAM_DOUBLE = 5,
    VIR_DOMAIN_MEMORY_PARAM_BOOLEAN = 6
} virMemoryParameterType;

/* Who is asked for the addresses of a guest. Since 1.2.14. */
typedef enum {
    VIR_DOMAIN_INTERFACE_ADDRESSES_SRC_LEASE = 0,
    VIR_DOMAIN_INTERFACE_ADDRESSES_SRC_AGENT = 1,
    VIR_DOMAIN_INTERFACE_ADDRESSES_SRC_ARP = 2 /* 4.2.0 */
# ifdef VIR_ENUM_SENTINELS
    , VIR_DOMAIN_INTERFACE_ADDRESSES_SRC_LAST
# endif
} virDomainInterfaceAddressesSource;

/* Flags of virDomainSetUserPassword(). Since 1.2.16. */
typedef enum {
    VIR_DOMAIN_PASSWORD_ENCRYPTED = (1 << 0)
} virDomainSetUserPasswordFlags;

/* What may happen to a domain by itself. Since 3.9.0. */
typedef enum {
    VIR_DOMAIN_LIFECYCLE_POWEROFF = 0,
    VIR_DOMAIN_LIFECYCLE_REBOOT = 1,
    VIR_DOMAIN_LIFECYCLE_CRASH = 2
# ifdef VIR_ENUM_SENTINELS
    , VIR_DOMAIN_LIFECYCLE_LAST
# endif
} virDomainLifecycle;

/* What is then done. Since 3.9.0. */
typedef enum {
    VIR_DOMAIN_LIFECYCLE_ACTION_DESTROY = 0,
    VIR_DOMAIN_LIFECYCLE_ACTION_RESTART = 1,
    VIR_DOMAIN_LIFECYCLE_ACTION_RESTART_RENAME = 2,
    VIR_DOMAIN_LIFECYCLE_ACTION_PRESERVE = 3,
    VIR_DOMAIN_LIFECYCLE_ACTION_COREDUMP_DESTROY = 4,
    VIR_DOMAIN_LIFECYCLE_ACTION_COREDUMP_RESTART = 5
# ifdef VIR_ENUM_SENTINELS
    , VIR_DOMAIN_LIFECYCLE_ACTION_LAST
# endif
} virDomainLifecycleAction;

/* What the guest's agent is asked for. Since 5.7.0. */
typedef enum {
    VIR_DOMAIN_GUEST_INFO_USERS = (1 << 0),
    VIR_DOMAIN_GUEST_INFO_OS = (1 << 1),
    VIR_DOMAIN_GUEST_INFO_TIMEZONE = (1 << 2),
    VIR_DOMAIN_GUEST_INFO_HOSTNAME = (1 << 3),
    VIR_DOMAIN_GUEST_INFO_FILESYSTEM = (1 << 4),
    VIR_DOMAIN_GUEST_INFO_DISKS = (1 << 5), /* 7.0.0 */
    VIR_DOMAIN_GUEST_INFO_INTERFACES = (1 << 6) /* 7.10.0 */
} virDomainGuestInfoTypes;

/* How long the guest's agent may take, where that is no number of seconds. Since 5.10.0. */
typedef enum {
    VIR_DOMAIN_AGENT_RESPONSE_TIMEOUT_BLOCK = -2,
    VIR_DOMAIN_AGENT_RESPONSE_TIMEOUT_DEFAULT = -1,
    VIR_DOMAIN_AGENT_RESPONSE_TIMEOUT_NOWAIT = 0
} virDomainAgentResponseTimeoutValues;

/* Flags of virDomainBackupBegin(). Since 6.0.0. */
typedef enum {
    VIR_DOMAIN_BACKUP_BEGIN_REUSE_EXTERNAL = (1 << 0)
} virDomainBackupBeginFlags;

/* Flags of virDomainAuthorizedSSHKeysSet(). Since 6.10.0. */
typedef enum {
    VIR_DOMAIN_AUTHORIZED_SSH_KEYS_SET_APPEND = (1 << 0),
    VIR_DOMAIN_AUTHORIZED_SSH_KEYS_SET_REMOVE = (1 << 1)
} virDomainAuthorizedSSHKeysSetFlags;

/* Kinds of messages about a domain. Since 7.1.0. */
typedef enum {
    VIR_DOMAIN_MESSAGE_DEPRECATION = 1,
    VIR_DOMAIN_MESSAGE_TAINTING = 2
} virDomainMessageType;

/* How far a measurement of the dirty rate is. Since 7.2.0. */
typedef enum {
    VIR_DOMAIN_DIRTYRATE_UNSTARTED = 0,
    VIR_DOMAIN_DIRTYRATE_MEASURING = 1,
    VIR_DOMAIN_DIRTYRATE_MEASURED = 2
# ifdef VIR_ENUM_SENTINELS
    , VIR_DOMAIN_DIRTYRATE_LAST
# endif
} virDomainDirtyRateStatus;

/* Flags of virDomainStartDirtyRateCalc(). Since 8.1.0. */
typedef enum {
    VIR_DOMAIN_DIRTYRATE_MODE_PAGE_SAMPLING = 0,
    VIR_DOMAIN_DIRTYRATE_MODE_DIRTY_BITMAP = (1 << 0),
    VIR_DOMAIN_DIRTYRATE_MODE_DIRTY_RING = (1 << 1)
} virDomainDirtyRateCalcFlags;

/* Flags of virDomainFDAssociate(). Since 9.0.0. */
typedef enum {
    VIR_DOMAIN_FD_ASSOCIATE_SECLABEL_RESTORE = (1 << 0),
    VIR_DOMAIN_FD_ASSOCIATE_SECLABEL_WRITABLE = (1 << 1)
} virDomainFDAssociateFlags;

/* A measure of how far a job is. Since 0.9.4. */
typedef unsigned long long virDomainBlockJobCursor;

/* Whether the hypervisor can be talked to about a domain. Since 0.9.3. */
typedef struct _virDomainControlInfo virDomainControlInfo;
typedef virDomainControlInfo *virDomainControlInfoPtr;
struct _virDomainControlInfo {
    unsigned int state; /* a virDomainControlState */
    unsigned int details; /* a virDomainControlErrorReason, in state VIR_DOMAIN_CONTROL_ERROR */
    unsigned long long stateTime; /* for how many milliseconds */
};

/* What a domain does and uses. Since 0.0.1. */
typedef struct _virDomainInfo virDomainInfo;
typedef virDomainInfo *virDomainInfoPtr;
struct _virDomainInfo {
    unsigned char state; /* a virDomainState */
    unsigned long maxMem; /* in KiB */
    unsigned long memory; /* in KiB */
    unsigned short nrVirtCpu;
    unsigned long long cpuTime; /* in nanoseconds */
};

/* What a disk did; -1 is said of what is not known. Since 0.3.3. */
typedef struct _virDomainBlockStats virDomainBlockStatsStruct;
typedef virDomainBlockStatsStruct *virDomainBlockStatsPtr;
struct _virDomainBlockStats {
    long long rd_req; /* requests to read */
    long long rd_bytes;
    long long wr_req; /* requests to write */
    long long wr_bytes;
    long long errs; /* failed requests */
};

/* What a network card did; -1 is said of what is not known. Since 0.3.3. */
typedef struct _virDomainInterfaceStats virDomainInterfaceStatsStruct;
typedef virDomainInterfaceStatsStruct *virDomainInterfaceStatsPtr;
struct _virDomainInterfaceStats {
    long long rx_bytes; /* received */
    long long rx_packets;
    long long rx_errs;
    long long rx_drop;
    long long tx_bytes; /* sent */
    long long tx_packets;
    long long tx_errs;
    long long tx_drop;
};

/* A value of the guest's memory. Since 0.7.5. */
typedef struct _virDomainMemoryStat virDomainMemoryStatStruct;
typedef virDomainMemoryStatStruct *virDomainMemoryStatPtr;
struct _virDomainMemoryStat {
    int tag; /* a virDomainMemoryStatTags */
    unsigned long long val;
};

/* Sizes of a disk, in bytes. Since 0.8.1. */
typedef struct _virDomainBlockInfo virDomainBlockInfo;
typedef virDomainBlockInfo *virDomainBlockInfoPtr;
struct _virDomainBlockInfo {
    unsigned long long capacity; /* what the guest sees */
    unsigned long long allocation; /* what is in use on the host */
    unsigned long long physical; /* the size of the file or device */
};

/* What a vCPU does. Since 0.1.4. */
typedef struct _virVcpuInfo virVcpuInfo;
typedef virVcpuInfo *virVcpuInfoPtr;
struct _virVcpuInfo {
    unsigned int number;
    int state; /* a virVcpuState */
    unsigned long long cpuTime; /* in nanoseconds */
    int cpu; /* the processor it is on, or a virVcpuHostCpuState */
};

/* A thread for the I/O of disks. Since 1.2.14. */
typedef struct _virDomainIOThreadInfo virDomainIOThreadInfo;
typedef virDomainIOThreadInfo *virDomainIOThreadInfoPtr;
struct _virDomainIOThreadInfo {
    unsigned int iothread_id;
    unsigned char *cpumap; /* the processors it may use, a bit for each */
    int cpumaplen; /* in bytes */
};

/* Statistics of a domain. Since 1.2.8. */
typedef struct _virDomainStatsRecord virDomainStatsRecord;
typedef virDomainStatsRecord *virDomainStatsRecordPtr;
struct _virDomainStatsRecord {
    virDomainPtr dom;
    virTypedParameterPtr params;
    int nparams;
};

/* How far the job of a disk is. Since 0.9.4. */
typedef struct _virDomainBlockJobInfo virDomainBlockJobInfo;
typedef virDomainBlockJobInfo *virDomainBlockJobInfoPtr;
struct _virDomainBlockJobInfo {
    int type; /* a virDomainBlockJobType */
    unsigned long bandwidth; /* limit, in MiB or, by flag, bytes a second; 0: none */
    virDomainBlockJobCursor cur; /* a measure of what is done */
    virDomainBlockJobCursor end; /* the job is ready when cur comes here */
};

/* A disk in error state. Since 0.9.10. */
typedef struct _virDomainDiskError virDomainDiskError;
typedef virDomainDiskError *virDomainDiskErrorPtr;
struct _virDomainDiskError {
    char *disk; /* its target; allocated with malloc */
    int error; /* a virDomainDiskErrorCode */
};

/* How far a job is: times in milliseconds, amounts in bytes. Since 0.7.7. */
typedef struct _virDomainJobInfo virDomainJobInfo;
typedef virDomainJobInfo *virDomainJobInfoPtr;
struct _virDomainJobInfo {
    int type; /* a virDomainJobType */
    unsigned long long timeElapsed;
    unsigned long long timeRemaining; /* an estimate */
    unsigned long long dataTotal;
    unsigned long long dataProcessed;
    unsigned long long dataRemaining;
    unsigned long long memTotal;
    unsigned long long memProcessed;
    unsigned long long memRemaining;
    unsigned long long fileTotal;
    unsigned long long fileProcessed;
    unsigned long long fileRemaining;
};

/* The address of one end of a display's connection. Since 0.8.0. */
typedef struct _virDomainEventGraphicsAddress virDomainEventGraphicsAddress;
typedef virDomainEventGraphicsAddress *virDomainEventGraphicsAddressPtr;
struct _virDomainEventGraphicsAddress {
    int family; /* a virDomainEventGraphicsAddressType */
    char *node; /* address, or path */
    char *service; /* port, or NULL */
};

/* A name under which a viewer logged in. Since 0.8.0. */
typedef struct _virDomainEventGraphicsSubjectIdentity virDomainEventGraphicsSubjectIdentity;
typedef virDomainEventGraphicsSubjectIdentity *virDomainEventGraphicsSubjectIdentityPtr;
struct _virDomainEventGraphicsSubjectIdentity {
    char *type; /* such as "x509dname" or "saslUsername" */
    char *name;
};

/* The names under which a viewer logged in. Since 0.8.0. */
typedef struct _virDomainEventGraphicsSubject virDomainEventGraphicsSubject;
typedef virDomainEventGraphicsSubject *virDomainEventGraphicsSubjectPtr;
struct _virDomainEventGraphicsSubject {
    int nidentity;
    virDomainEventGraphicsSubjectIdentityPtr identities;
};

/* A mounted file system of a guest. Since 1.2.11. */
typedef struct _virDomainFSInfo virDomainFSInfo;
typedef virDomainFSInfo *virDomainFSInfoPtr;
struct _virDomainFSInfo {
    char *mountpoint;
    char *name; /* in the guest */
    char *fstype;
    size_t ndevAlias;
    char **devAlias; /* of the disks it is on */
};

/* An IP address of a guest. Since 1.2.14. */
typedef struct _virDomainInterfaceIPAddress virDomainIPAddress;
typedef virDomainIPAddress *virDomainIPAddressPtr;
struct _virDomainInterfaceIPAddress {
    int type; /* a virIPAddrType */
    char *addr;
    unsigned int prefix;
};

/* A network card of a guest with its addresses. Since 1.2.14. */
typedef struct _virDomainInterface virDomainInterface;
typedef virDomainInterface *virDomainInterfacePtr;
struct _virDomainInterface {
    char *name; /* in the guest, or on the host */
    char *hwaddr; /* NULL: it has none */
    unsigned int naddrs;
    virDomainIPAddressPtr addrs;
};

/* Told what happened to a domain (a virDomainEventType) and the details (an enum for each); what it gives is not
 * looked at. Since 0.5.0. */
typedef int (*virConnectDomainEventCallback)(virConnectPtr conn, virDomainPtr dom, int event, int detail,
        void *opaque);

/* Told that something happened to a domain; other types are cast to this one with VIR_DOMAIN_EVENT_CALLBACK(). Since
 * 0.8.0. */
typedef void (*virConnectDomainEventGenericCallback)(virConnectPtr conn, virDomainPtr dom, void *opaque);

/* Told that the guest set its clock, and how many seconds that is off UTC. Since 0.8.0. */
typedef void (*virConnectDomainEventRTCChangeCallback)(virConnectPtr conn, virDomainPtr dom, long long utcoffset,
        void *opaque);

/* Told that a watchdog bit: a virDomainEventWatchdogAction. Since 0.8.0. */
typedef void (*virConnectDomainEventWatchdogCallback)(virConnectPtr conn, virDomainPtr dom, int action, void *opaque);

/* Told of an I/O error and what was done: a virDomainEventIOErrorAction. Since 0.8.0. */
typedef void (*virConnectDomainEventIOErrorCallback)(virConnectPtr conn, virDomainPtr dom, const char *srcPath,
        const char *devAlias, int action, void *opaque);

/* The same with a reason, such as "enospc" or "". Since 0.8.1. */
typedef void (*virConnectDomainEventIOErrorReasonCallback)(virConnectPtr conn, virDomainPtr dom, const char *srcPath,
        const char *devAlias, int action, const char *reason, void *opaque);

/* Told what a viewer of a display did (a virDomainEventGraphicsPhase), and who it is. Since 0.8.0. */
typedef void (*virConnectDomainEventGraphicsCallback)(virConnectPtr conn, virDomainPtr dom, int phase,
        const virDomainEventGraphicsAddress *local, const virDomainEventGraphicsAddress *remote,
        const char *authScheme, const virDomainEventGraphicsSubject *subject, void *opaque);

/* Told that a disk's job (a virDomainBlockJobType) came to something (a virConnectDomainEventBlockJobStatus). Since
 * 0.9.4. */
typedef void (*virConnectDomainEventBlockJobCallback)(virConnectPtr conn, virDomainPtr dom, const char *disk,
        int type, int status, void *opaque);

/* Told that a disk got another source (NULL: none): a virConnectDomainEventDiskChangeReason. Since 0.9.7. */
typedef void (*virConnectDomainEventDiskChangeCallback)(virConnectPtr conn, virDomainPtr dom, const char *oldSrcPath,
        const char *newSrcPath, const char *devAlias, int reason, void *opaque);

/* Told what a tray did: a virDomainEventTrayChangeReason. Since 0.9.11. */
typedef void (*virConnectDomainEventTrayChangeCallback)(virConnectPtr conn, virDomainPtr dom, const char *devAlias,
        int reason, void *opaque);

/* Told that the guest woke up; the reason is 0. Since 0.9.11. */
typedef void (*virConnectDomainEventPMWakeupCallback)(virConnectPtr conn, virDomainPtr dom, int reason, void *opaque);

/* Told that the guest sleeps, its memory kept; the reason is 0. Since 0.9.11. */
typedef void (*virConnectDomainEventPMSuspendCallback)(virConnectPtr conn, virDomainPtr dom, int reason,
        void *opaque);

/* Told how much memory the guest has now, in KiB. Since 0.10.0. */
typedef void (*virConnectDomainEventBalloonChangeCallback)(virConnectPtr conn, virDomainPtr dom,
        unsigned long long actual, void *opaque);

/* Told that the guest sleeps, its memory on disk; the reason is 0. Since 1.0.0. */
typedef void (*virConnectDomainEventPMSuspendDiskCallback)(virConnectPtr conn, virDomainPtr dom, int reason,
        void *opaque);

/* Told that a device is gone. Since 1.1.1. */
typedef void (*virConnectDomainEventDeviceRemovedCallback)(virConnectPtr conn, virDomainPtr dom, const char *devAlias,
        void *opaque);

/* Told that a device was added. Since 1.2.15. */
typedef void (*virConnectDomainEventDeviceAddedCallback)(virConnectPtr conn, virDomainPtr dom, const char *devAlias,
        void *opaque);

/* Told that the guest keeps a device it was asked to give up. Since 1.3.4. */
typedef void (*virConnectDomainEventDeviceRemovalFailedCallback)(virConnectPtr conn, virDomainPtr dom,
        const char *devAlias, void *opaque);

/* Told that metadata changed: a virDomainMetadataType, and the namespace of an element. Since 3.0.0. */
typedef void (*virConnectDomainEventMetadataChangeCallback)(virConnectPtr conn, virDomainPtr dom, int type,
        const char *nsuri, void *opaque);

/* Told that memory is sent once more, counting from 1. Since 1.3.2. */
typedef void (*virConnectDomainEventMigrationIterationCallback)(virConnectPtr conn, virDomainPtr dom, int iteration,
        void *opaque);

/* Told the figures of a job that ended. Since 1.3.3. */
typedef void (*virConnectDomainEventJobCompletedCallback)(virConnectPtr conn, virDomainPtr dom,
        virTypedParameterPtr params, int nparams, void *opaque);

/* Told which settings changed. Since 1.2.9. */
typedef void (*virConnectDomainEventTunableCallback)(virConnectPtr conn, virDomainPtr dom,
        virTypedParameterPtr params, int nparams, void *opaque);

/* Told whether the guest's agent is there (a virConnectDomainEventAgentLifecycleState), and why (a
 * virConnectDomainEventAgentLifecycleReason). Since 1.2.11. */
typedef void (*virConnectDomainEventAgentLifecycleCallback)(virConnectPtr conn, virDomainPtr dom, int state,
        int reason, void *opaque);

/* Told that a disk grew beyond a threshold, and by how many bytes. Since 3.2.0. */
typedef void (*virConnectDomainEventBlockThresholdCallback)(virConnectPtr conn, virDomainPtr dom, const char *dev,
        const char *path, unsigned long long threshold, unsigned long long excess, void *opaque);

/* Told of broken memory: a virDomainMemoryFailureRecipientType, a virDomainMemoryFailureActionType,
 * virDomainMemoryFailureFlags. Since 6.9.0. */
typedef void (*virConnectDomainEventMemoryFailureCallback)(virConnectPtr conn, virDomainPtr dom, int recipient,
        int action, unsigned int flags, void *opaque);

/* Told the size that a memory device has now, in KiB. Since 7.9.0. */
typedef void (*virConnectDomainEventMemoryDeviceSizeChangeCallback)(virConnectPtr conn, virDomainPtr dom,
        const char *alias, unsigned long long size, void *opaque);

# define VIR_DOMAIN_SCHEDULER_CPU_SHARES "cpu_shares" /* 0.9.7 */

# define VIR_DOMAIN_SCHEDULER_GLOBAL_PERIOD "global_period" /* 1.3.3 */
# define VIR_DOMAIN_SCHEDULER_GLOBAL_QUOTA "global_quota" /* 1.3.3 */

# define VIR_DOMAIN_SCHEDULER_VCPU_PERIOD "vcpu_period" /* 0.9.7 */
# define VIR_DOMAIN_SCHEDULER_VCPU_QUOTA "vcpu_quota" /* 0.9.7 */

# define VIR_DOMAIN_SCHEDULER_EMULATOR_PERIOD "emulator_period" /* 0.10.0 */
# define VIR_DOMAIN_SCHEDULER_EMULATOR_QUOTA "emulator_quota" /* 0.10.0 */

# define VIR_DOMAIN_SCHEDULER_IOTHREAD_PERIOD "iothread_period" /* 2.2.0 */
# define VIR_DOMAIN_SCHEDULER_IOTHREAD_QUOTA "iothread_quota" /* 2.2.0 */

# define VIR_DOMAIN_SCHEDULER_WEIGHT "weight" /* 0.9.7 */

# define VIR_DOMAIN_SCHEDULER_CAP "cap" /* 0.9.7 */

# define VIR_DOMAIN_SCHEDULER_RESERVATION "reservation" /* 0.9.7 */

# define VIR_DOMAIN_SCHEDULER_LIMIT "limit" /* 0.9.7 */

# define VIR_DOMAIN_SCHEDULER_SHARES "shares" /* 0.9.7 */

# define VIR_DOMAIN_BLOCK_STATS_READ_BYTES "rd_bytes" /* 0.9.5 */
# define VIR_DOMAIN_BLOCK_STATS_READ_REQ "rd_operations" /* 0.9.5 */
# define VIR_DOMAIN_BLOCK_STATS_READ_TOTAL_TIMES "rd_total_times" /* 0.9.5 */
# define VIR_DOMAIN_BLOCK_STATS_WRITE_BYTES "wr_bytes" /* 0.9.5 */
# define VIR_DOMAIN_BLOCK_STATS_WRITE_REQ "wr_operations" /* 0.9.5 */
# define VIR_DOMAIN_BLOCK_STATS_WRITE_TOTAL_TIMES "wr_total_times" /* 0.9.5 */
# define VIR_DOMAIN_BLOCK_STATS_FLUSH_REQ "flush_operations" /* 0.9.5 */
# define VIR_DOMAIN_BLOCK_STATS_FLUSH_TOTAL_TIMES "flush_total_times" /* 0.9.5 */
# define VIR_DOMAIN_BLOCK_STATS_ERRS "errs" /* 0.9.5 */

# define VIR_MIGRATE_PARAM_URI "migrate_uri" /* 1.1.0 */

# define VIR_MIGRATE_PARAM_DEST_NAME "destination_name" /* 1.1.0 */
# define VIR_MIGRATE_PARAM_DEST_XML "destination_xml" /* 1.1.0 */

# define VIR_MIGRATE_PARAM_PERSIST_XML "persistent_xml" /* 1.3.4 */

# define VIR_MIGRATE_PARAM_BANDWIDTH "bandwidth" /* 1.1.0 */
# define VIR_MIGRATE_PARAM_BANDWIDTH_POSTCOPY "bandwidth.postcopy" /* 5.1.0 */

# define VIR_MIGRATE_PARAM_GRAPHICS_URI "graphics_uri" /* 1.1.0 */

# define VIR_MIGRATE_PARAM_LISTEN_ADDRESS "listen_address" /* 1.1.4 */

# define VIR_MIGRATE_PARAM_MIGRATE_DISKS "migrate_disks" /* 1.2.17 */

# define VIR_MIGRATE_PARAM_DISKS_PORT "disks_port" /* 1.3.3 */
# define VIR_MIGRATE_PARAM_DISKS_URI "disks_uri" /* 6.8.0 */

# define VIR_MIGRATE_PARAM_COMPRESSION "compression" /* 1.3.4 */
# define VIR_MIGRATE_PARAM_COMPRESSION_MT_LEVEL "compression.mt.level" /* 1.3.4 */
# define VIR_MIGRATE_PARAM_COMPRESSION_MT_THREADS "compression.mt.threads" /* 1.3.4 */
# define VIR_MIGRATE_PARAM_COMPRESSION_MT_DTHREADS "compression.mt.dthreads" /* 1.3.4 */
# define VIR_MIGRATE_PARAM_COMPRESSION_XBZRLE_CACHE "compression.xbzrle.cache" /* 1.3.4 */

# define VIR_MIGRATE_PARAM_AUTO_CONVERGE_INITIAL "auto_converge.initial" /* 2.0.0 */
# define VIR_MIGRATE_PARAM_AUTO_CONVERGE_INCREMENT "auto_converge.increment" /* 2.0.0 */

# define VIR_MIGRATE_PARAM_PARALLEL_CONNECTIONS "parallel.connections" /* 5.2.0 */

# define VIR_MIGRATE_PARAM_TLS_DESTINATION "tls.destination" /* 6.0.0 */

# define VIR_DOMAIN_SAVE_PARAM_FILE "file" /* 8.4.0 */
# define VIR_DOMAIN_SAVE_PARAM_DXML "dxml" /* 8.4.0 */

# define VIR_DOMAIN_CPU_STATS_CPUTIME "cpu_time" /* 0.9.10 */
# define VIR_DOMAIN_CPU_STATS_USERTIME "user_time" /* 0.9.11 */
# define VIR_DOMAIN_CPU_STATS_SYSTEMTIME "system_time" /* 0.9.11 */
# define VIR_DOMAIN_CPU_STATS_VCPUTIME "vcpu_time" /* 0.9.13 */

# define VIR_DOMAIN_BLKIO_WEIGHT "weight" /* 0.9.0 */

# define VIR_DOMAIN_BLKIO_DEVICE_WEIGHT "device_weight" /* 0.9.8 */
# define VIR_DOMAIN_BLKIO_DEVICE_READ_IOPS "device_read_iops_sec" /* 1.2.2 */
# define VIR_DOMAIN_BLKIO_DEVICE_WRITE_IOPS "device_write_iops_sec" /* 1.2.2 */
# define VIR_DOMAIN_BLKIO_DEVICE_READ_BPS "device_read_bytes_sec" /* 1.2.2 */
# define VIR_DOMAIN_BLKIO_DEVICE_WRITE_BPS "device_write_bytes_sec" /* 1.2.2 */

# define VIR_DOMAIN_MEMORY_HARD_LIMIT "hard_limit" /* 0.8.5 */

# define VIR_DOMAIN_MEMORY_SOFT_LIMIT "soft_limit" /* 0.8.5 */

# define VIR_DOMAIN_MEMORY_MIN_GUARANTEE "min_guarantee" /* 0.8.5 */

# define VIR_DOMAIN_MEMORY_SWAP_HARD_LIMIT "swap_hard_limit" /* 0.8.5 */

# define VIR_DOMAIN_NUMA_NODESET "numa_nodeset" /* 0.9.9 */

# define VIR_DOMAIN_NUMA_MODE "numa_mode" /* 0.9.9 */

# define VIR_DOMAIN_BANDWIDTH_IN_AVERAGE "inbound.average" /* 0.9.9 */
# define VIR_DOMAIN_BANDWIDTH_IN_PEAK "inbound.peak" /* 0.9.9 */
# define VIR_DOMAIN_BANDWIDTH_IN_BURST "inbound.burst" /* 0.9.9 */
# define VIR_DOMAIN_BANDWIDTH_IN_FLOOR "inbound.floor" /* 1.2.19 */

# define VIR_DOMAIN_BANDWIDTH_OUT_AVERAGE "outbound.average" /* 0.9.9 */
# define VIR_DOMAIN_BANDWIDTH_OUT_PEAK "outbound.peak" /* 0.9.9 */
# define VIR_DOMAIN_BANDWIDTH_OUT_BURST "outbound.burst" /* 0.9.9 */

# define VIR_DOMAIN_IOTHREAD_POLL_MAX_NS "poll_max_ns" /* 4.10.0 */
# define VIR_DOMAIN_IOTHREAD_POLL_GROW "poll_grow" /* 4.10.0 */
# define VIR_DOMAIN_IOTHREAD_POLL_SHRINK "poll_shrink" /* 4.10.0 */

# define VIR_DOMAIN_IOTHREAD_THREAD_POOL_MIN "thread_pool_min" /* 8.5.0 */
# define VIR_DOMAIN_IOTHREAD_THREAD_POOL_MAX "thread_pool_max" /* 8.5.0 */

# define VIR_PERF_PARAM_CMT "cmt" /* 1.3.3 */

# define VIR_PERF_PARAM_MBMT "mbmt" /* 1.3.5 */

# define VIR_PERF_PARAM_MBML "mbml" /* 1.3.5 */

# define VIR_PERF_PARAM_CACHE_MISSES "cache_misses" /* 2.3.0 */
# define VIR_PERF_PARAM_CACHE_REFERENCES "cache_references" /* 2.3.0 */

# define VIR_PERF_PARAM_INSTRUCTIONS "instructions" /* 2.3.0 */

# define VIR_PERF_PARAM_CPU_CYCLES "cpu_cycles" /* 2.3.0 */

# define VIR_PERF_PARAM_BRANCH_INSTRUCTIONS "branch_instructions" /* 3.0.0 */
# define VIR_PERF_PARAM_BRANCH_MISSES "branch_misses" /* 3.0.0 */

# define VIR_PERF_PARAM_BUS_CYCLES "bus_cycles" /* 3.0.0 */

# define VIR_PERF_PARAM_STALLED_CYCLES_FRONTEND "stalled_cycles_frontend" /* 3.0.0 */
# define VIR_PERF_PARAM_STALLED_CYCLES_BACKEND "stalled_cycles_backend" /* 3.0.0 */

# define VIR_PERF_PARAM_REF_CPU_CYCLES "ref_cpu_cycles" /* 3.0.0 */

# define VIR_PERF_PARAM_CPU_CLOCK "cpu_clock" /* 3.2.0 */

# define VIR_PERF_PARAM_TASK_CLOCK "task_clock" /* 3.2.0 */

# define VIR_PERF_PARAM_PAGE_FAULTS "page_faults" /* 3.2.0 */

# define VIR_PERF_PARAM_CONTEXT_SWITCHES "context_switches" /* 3.2.0 */

# define VIR_PERF_PARAM_CPU_MIGRATIONS "cpu_migrations" /* 3.2.0 */

# define VIR_PERF_PARAM_PAGE_FAULTS_MIN "page_faults_min" /* 3.2.0 */
# define VIR_PERF_PARAM_PAGE_FAULTS_MAJ "page_faults_maj" /* 3.2.0 */

# define VIR_PERF_PARAM_ALIGNMENT_FAULTS "alignment_faults" /* 3.2.0 */

# define VIR_PERF_PARAM_EMULATION_FAULTS "emulation_faults" /* 3.2.0 */

# define VIR_DOMAIN_BLOCK_COPY_BANDWIDTH "bandwidth" /* 1.2.8 */
# define VIR_DOMAIN_BLOCK_COPY_GRANULARITY "granularity" /* 1.2.8 */
# define VIR_DOMAIN_BLOCK_COPY_BUF_SIZE "buf-size" /* 1.2.8 */

# define VIR_DOMAIN_BLOCK_IOTUNE_TOTAL_BYTES_SEC "total_bytes_sec" /* 0.9.8 */
# define VIR_DOMAIN_BLOCK_IOTUNE_READ_BYTES_SEC "read_bytes_sec" /* 0.9.8 */
# define VIR_DOMAIN_BLOCK_IOTUNE_WRITE_BYTES_SEC "write_bytes_sec" /* 0.9.8 */
# define VIR_DOMAIN_BLOCK_IOTUNE_TOTAL_IOPS_SEC "total_iops_sec" /* 0.9.8 */
# define VIR_DOMAIN_BLOCK_IOTUNE_READ_IOPS_SEC "read_iops_sec" /* 0.9.8 */
# define VIR_DOMAIN_BLOCK_IOTUNE_WRITE_IOPS_SEC "write_iops_sec" /* 0.9.8 */
# define VIR_DOMAIN_BLOCK_IOTUNE_TOTAL_BYTES_SEC_MAX "total_bytes_sec_max" /* 1.2.11 */
# define VIR_DOMAIN_BLOCK_IOTUNE_READ_BYTES_SEC_MAX "read_bytes_sec_max" /* 1.2.11 */
# define VIR_DOMAIN_BLOCK_IOTUNE_WRITE_BYTES_SEC_MAX "write_bytes_sec_max" /* 1.2.11 */
# define VIR_DOMAIN_BLOCK_IOTUNE_TOTAL_IOPS_SEC_MAX "total_iops_sec_max" /* 1.2.11 */
# define VIR_DOMAIN_BLOCK_IOTUNE_READ_IOPS_SEC_MAX "read_iops_sec_max" /* 1.2.11 */
# define VIR_DOMAIN_BLOCK_IOTUNE_WRITE_IOPS_SEC_MAX "write_iops_sec_max" /* 1.2.11 */
# define VIR_DOMAIN_BLOCK_IOTUNE_TOTAL_BYTES_SEC_MAX_LENGTH "total_bytes_sec_max_length" /* 2.4.0 */
# define VIR_DOMAIN_BLOCK_IOTUNE_READ_BYTES_SEC_MAX_LENGTH "read_bytes_sec_max_length" /* 2.4.0 */
# define VIR_DOMAIN_BLOCK_IOTUNE_WRITE_BYTES_SEC_MAX_LENGTH "write_bytes_sec_max_length" /* 2.4.0 */
# define VIR_DOMAIN_BLOCK_IOTUNE_TOTAL_IOPS_SEC_MAX_LENGTH "total_iops_sec_max_length" /* 2.4.0 */
# define VIR_DOMAIN_BLOCK_IOTUNE_READ_IOPS_SEC_MAX_LENGTH "read_iops_sec_max_length" /* 2.4.0 */
# define VIR_DOMAIN_BLOCK_IOTUNE_WRITE_IOPS_SEC_MAX_LENGTH "write_iops_sec_max_length" /* 2.4.0 */
# define VIR_DOMAIN_BLOCK_IOTUNE_SIZE_IOPS_SEC "size_iops_sec" /* 1.2.11 */
# define VIR_DOMAIN_BLOCK_IOTUNE_GROUP_NAME "group_name" /* 3.0.0 */

# define VIR_DOMAIN_JOB_OPERATION "operation" /* 3.3.0 */

# define VIR_DOMAIN_JOB_TIME_ELAPSED "time_elapsed" /* 1.0.3 */
# define VIR_DOMAIN_JOB_TIME_ELAPSED_NET "time_elapsed_net" /* 1.2.15 */
# define VIR_DOMAIN_JOB_TIME_REMAINING "time_remaining" /* 1.0.3 */

# define VIR_DOMAIN_JOB_DOWNTIME "downtime" /* 1.0.3 */
# define VIR_DOMAIN_JOB_DOWNTIME_NET "downtime_net" /* 1.2.15 */

# define VIR_DOMAIN_JOB_SETUP_TIME "setup_time" /* 1.2.9 */

# define VIR_DOMAIN_JOB_DATA_TOTAL "data_total" /* 1.0.3 */
# define VIR_DOMAIN_JOB_DATA_PROCESSED "data_processed" /* 1.0.3 */
# define VIR_DOMAIN_JOB_DATA_REMAINING "data_remaining" /* 1.0.3 */

# define VIR_DOMAIN_JOB_MEMORY_TOTAL "memory_total" /* 1.0.3 */
# define VIR_DOMAIN_JOB_MEMORY_PROCESSED "memory_processed" /* 1.0.3 */
# define VIR_DOMAIN_JOB_MEMORY_REMAINING "memory_remaining" /* 1.0.3 */
# define VIR_DOMAIN_JOB_MEMORY_CONSTANT "memory_constant" /* 1.0.3 */
# define VIR_DOMAIN_JOB_MEMORY_NORMAL "memory_normal" /* 1.0.3 */
# define VIR_DOMAIN_JOB_MEMORY_NORMAL_BYTES "memory_normal_bytes" /* 1.0.3 */
# define VIR_DOMAIN_JOB_MEMORY_BPS "memory_bps" /* 1.2.9 */
# define VIR_DOMAIN_JOB_MEMORY_DIRTY_RATE "memory_dirty_rate" /* 1.3.1 */
# define VIR_DOMAIN_JOB_MEMORY_PAGE_SIZE "memory_page_size" /* 3.9.0 */
# define VIR_DOMAIN_JOB_MEMORY_ITERATION "memory_iteration" /* 1.3.1 */
# define VIR_DOMAIN_JOB_MEMORY_POSTCOPY_REQS "memory_postcopy_requests" /* 5.0.0 */

# define VIR_DOMAIN_JOB_DISK_TOTAL "disk_total" /* 1.0.3 */
# define VIR_DOMAIN_JOB_DISK_PROCESSED "disk_processed" /* 1.0.3 */
# define VIR_DOMAIN_JOB_DISK_REMAINING "disk_remaining" /* 1.0.3 */
# define VIR_DOMAIN_JOB_DISK_BPS "disk_bps" /* 1.2.9 */

# define VIR_DOMAIN_JOB_COMPRESSION_CACHE "compression_cache" /* 1.0.3 */
# define VIR_DOMAIN_JOB_COMPRESSION_BYTES "compression_bytes" /* 1.0.3 */
# define VIR_DOMAIN_JOB_COMPRESSION_PAGES "compression_pages" /* 1.0.3 */
# define VIR_DOMAIN_JOB_COMPRESSION_CACHE_MISSES "compression_cache_misses" /* 1.0.3 */
# define VIR_DOMAIN_JOB_COMPRESSION_OVERFLOW "compression_overflow" /* 1.0.3 */

# define VIR_DOMAIN_JOB_AUTO_CONVERGE_THROTTLE "auto_converge_throttle" /* 2.0.0 */

# define VIR_DOMAIN_JOB_SUCCESS "success" /* 6.0.0 */

# define VIR_DOMAIN_JOB_ERRMSG "errmsg" /* 6.3.0 */

# define VIR_DOMAIN_JOB_DISK_TEMP_USED "disk_temp_used" /* 6.0.0 */
# define VIR_DOMAIN_JOB_DISK_TEMP_TOTAL "disk_temp_total" /* 6.0.0 */

# define VIR_DOMAIN_TUNABLE_CPU_VCPUPIN "cputune.vcpupin%u" /* 1.2.9 */
# define VIR_DOMAIN_TUNABLE_CPU_EMULATORPIN "cputune.emulatorpin" /* 1.2.9 */
# define VIR_DOMAIN_TUNABLE_CPU_IOTHREADSPIN "cputune.iothreadpin%u" /* 1.2.14 */
# define VIR_DOMAIN_TUNABLE_CPU_CPU_SHARES "cputune.cpu_shares" /* 1.2.9 */
# define VIR_DOMAIN_TUNABLE_CPU_GLOBAL_PERIOD "cputune.global_period" /* 1.3.3 */
# define VIR_DOMAIN_TUNABLE_CPU_GLOBAL_QUOTA "cputune.global_quota" /* 1.3.3 */
# define VIR_DOMAIN_TUNABLE_CPU_VCPU_PERIOD "cputune.vcpu_period" /* 1.2.9 */
# define VIR_DOMAIN_TUNABLE_CPU_VCPU_QUOTA "cputune.vcpu_quota" /* 1.2.9 */
# define VIR_DOMAIN_TUNABLE_CPU_EMULATOR_PERIOD "cputune.emulator_period" /* 1.2.9 */
# define VIR_DOMAIN_TUNABLE_CPU_EMULATOR_QUOTA "cputune.emulator_quota" /* 1.2.9 */
# define VIR_DOMAIN_TUNABLE_CPU_IOTHREAD_PERIOD "cputune.iothread_period" /* 2.2.0 */
# define VIR_DOMAIN_TUNABLE_CPU_IOTHREAD_QUOTA "cputune.iothread_quota" /* 2.2.0 */

# define VIR_DOMAIN_TUNABLE_BLKDEV_DISK "blkdeviotune.disk" /* 1.2.9 */
# define VIR_DOMAIN_TUNABLE_BLKDEV_TOTAL_BYTES_SEC "blkdeviotune.total_bytes_sec" /* 1.2.9 */
# define VIR_DOMAIN_TUNABLE_BLKDEV_READ_BYTES_SEC "blkdeviotune.read_bytes_sec" /* 1.2.9 */
# define VIR_DOMAIN_TUNABLE_BLKDEV_WRITE_BYTES_SEC "blkdeviotune.write_bytes_sec" /* 1.2.9 */
# define VIR_DOMAIN_TUNABLE_BLKDEV_TOTAL_IOPS_SEC "blkdeviotune.total_iops_sec" /* 1.2.9 */
# define VIR_DOMAIN_TUNABLE_BLKDEV_READ_IOPS_SEC "blkdeviotune.read_iops_sec" /* 1.2.9 */
# define VIR_DOMAIN_TUNABLE_BLKDEV_WRITE_IOPS_SEC "blkdeviotune.write_iops_sec" /* 1.2.9 */
# define VIR_DOMAIN_TUNABLE_BLKDEV_TOTAL_BYTES_SEC_MAX "blkdeviotune.total_bytes_sec_max" /* 1.2.11 */
# define VIR_DOMAIN_TUNABLE_BLKDEV_READ_BYTES_SEC_MAX "blkdeviotune.read_bytes_sec_max" /* 1.2.11 */
# define VIR_DOMAIN_TUNABLE_BLKDEV_WRITE_BYTES_SEC_MAX "blkdeviotune.write_bytes_sec_max" /* 1.2.11 */
# define VIR_DOMAIN_TUNABLE_BLKDEV_TOTAL_IOPS_SEC_MAX "blkdeviotune.total_iops_sec_max" /* 1.2.11 */
# define VIR_DOMAIN_TUNABLE_BLKDEV_READ_IOPS_SEC_MAX "blkdeviotune.read_iops_sec_max" /* 1.2.11 */
# define VIR_DOMAIN_TUNABLE_BLKDEV_WRITE_IOPS_SEC_MAX "blkdeviotune.write_iops_sec_max" /* 1.2.11 */
# define VIR_DOMAIN_TUNABLE_BLKDEV_SIZE_IOPS_SEC "blkdeviotune.size_iops_sec" /* 1.2.11 */
# define VIR_DOMAIN_TUNABLE_BLKDEV_GROUP_NAME "blkdeviotune.group_name" /* 3.0.0 */
# define VIR_DOMAIN_TUNABLE_BLKDEV_TOTAL_BYTES_SEC_MAX_LENGTH "blkdeviotune.total_bytes_sec_max_length" /* 2.4.0 */
# define VIR_DOMAIN_TUNABLE_BLKDEV_READ_BYTES_SEC_MAX_LENGTH "blkdeviotune.read_bytes_sec_max_length" /* 2.4.0 */
# define VIR_DOMAIN_TUNABLE_BLKDEV_WRITE_BYTES_SEC_MAX_LENGTH "blkdeviotune.write_bytes_sec_max_length" /* 2.4.0 */
# define VIR_DOMAIN_TUNABLE_BLKDEV_TOTAL_IOPS_SEC_MAX_LENGTH "blkdeviotune.total_iops_sec_max_length" /* 2.4.0 */
# define VIR_DOMAIN_TUNABLE_BLKDEV_READ_IOPS_SEC_MAX_LENGTH "blkdeviotune.read_iops_sec_max_length" /* 2.4.0 */
# define VIR_DOMAIN_TUNABLE_BLKDEV_WRITE_IOPS_SEC_MAX_LENGTH "blkdeviotune.write_iops_sec_max_length" /* 2.4.0 */

# define VIR_DOMAIN_LAUNCH_SECURITY_SEV_MEASUREMENT "sev-measurement" /* 4.5.0 */
# define VIR_DOMAIN_LAUNCH_SECURITY_SEV_API_MAJOR "sev-api-major" /* 8.0.0 */
# define VIR_DOMAIN_LAUNCH_SECURITY_SEV_API_MINOR "sev-api-minor" /* 8.0.0 */
# define VIR_DOMAIN_LAUNCH_SECURITY_SEV_BUILD_ID "sev-build-id" /* 8.0.0 */
# define VIR_DOMAIN_LAUNCH_SECURITY_SEV_POLICY "sev-policy" /* 8.0.0 */
# define VIR_DOMAIN_LAUNCH_SECURITY_SEV_SECRET_HEADER "sev-secret-header" /* 8.0.0 */
# define VIR_DOMAIN_LAUNCH_SECURITY_SEV_SECRET "sev-secret" /* 8.0.0 */
# define VIR_DOMAIN_LAUNCH_SECURITY_SEV_SECRET_SET_ADDRESS "sev-secret-set-address" /* 8.0.0 */

/* virTypedParameter by an older name. Since 0.2.3. */
# define _virSchedParameter _virTypedParameter
typedef struct _virTypedParameter virSchedParameter;
typedef virSchedParameter *virSchedParameterPtr;

/* virTypedParameter by an older name. Since 0.9.0. */
# define _virBlkioParameter _virTypedParameter
typedef struct _virTypedParameter virBlkioParameter;
typedef virBlkioParameter *virBlkioParameterPtr;

/* virTypedParameter by an older name. Since 0.8.5. */
# define _virMemoryParameter _virTypedParameter
typedef struct _virTypedParameter virMemoryParameter;
typedef virMemoryParameter *virMemoryParameterPtr;

/* The ids of the domains that run; gives how many. Since 0.0.3. */
int virConnectListDomains(virConnectPtr conn, int *ids, int maxids);

/* How many domains run. Since 0.0.3. */
int virConnectNumOfDomains(virConnectPtr conn);

/* The names of the domains that are defined and do not run; each is to be freed. Since 0.1.1. */
int virConnectListDefinedDomains(virConnectPtr conn, char **const names, int maxnames);

/* How many domains are defined and do not run. Since 0.1.5. */
int virConnectNumOfDefinedDomains(virConnectPtr conn);

/* Registers for the lifecycle of all domains. Optional: freecb. Since 0.5.0. */
int virConnectDomainEventRegister(virConnectPtr conn, virConnectDomainEventCallback cb, void *opaque,
        virFreeCallback freecb);

/* Takes such a registration back. Since 0.5.0. */
int virConnectDomainEventDeregister(virConnectPtr conn, virConnectDomainEventCallback cb);

/* A document that means the same as a native configuration. Since 0.6.4. */
char *virConnectDomainXMLFromNative(virConnectPtr conn, const char *nativeFormat, const char *nativeConfig,
        unsigned int flags);

/* The native configuration that means the same as a document. Since 0.6.4. */
char *virConnectDomainXMLToNative(virConnectPtr conn, const char *nativeFormat, const char *domainXml,
        unsigned int flags);

/* Registers for an event (a virDomainEventID) of a domain, or of all (NULL); gives the number of the registration.
 * Optional: freecb. Since 0.8.0. */
int virConnectDomainEventRegisterAny(virConnectPtr conn, virDomainPtr dom, int eventID,
        virConnectDomainEventGenericCallback cb, void *opaque, virFreeCallback freecb);

/* Takes a registration back. Since 0.8.0. */
int virConnectDomainEventDeregisterAny(virConnectPtr conn, int callbackID);

/* All domains that match every group of the given flags; gives how many. Since 0.9.13. */
int virConnectListAllDomains(virConnectPtr conn, virDomainPtr **domains, unsigned int flags);

/* What a guest of this emulator, architecture and domain may have, as a document. Since 1.2.7. */
char *virConnectGetDomainCapabilities(virConnectPtr conn, const char *emulatorbin, const char *arch,
        const char *machine, const char *virttype, unsigned int flags);

/* Statistics groups of the given domains, or of all. Since 1.2.8. */
int virConnectGetAllDomainStats(virConnectPtr conn, unsigned int stats, virDomainStatsRecordPtr **retStats,
        unsigned int flags);

/* virDomainCreateXML() by an older name. Since 0.0.3. */
virDomainPtr virDomainCreateLinux(virConnectPtr conn, const char *xmlDesc, unsigned int flags);

/* Stops a domain at once, as if its plug were pulled. Since 0.0.3. */
int virDomainDestroy(virDomainPtr domain);

/* Gives a reference to the domain back; with the last one it is freed. Since 0.0.3. */
int virDomainFree(virDomainPtr domain);

/* The id of a running domain; (unsigned int)-1: it does not run. Since 0.0.3. */
unsigned int virDomainGetID(virDomainPtr domain);

/* State, memory, vCPUs and used time. Since 0.0.3. */
int virDomainGetInfo(virDomainPtr domain, virDomainInfoPtr info);

/* The most memory the domain may have, in KiB; 0 on error. Since 0.0.3. */
unsigned long virDomainGetMaxMemory(virDomainPtr domain);

/* The domain's name; it belongs to the domain. Since 0.0.3. */
const char *virDomainGetName(virDomainPtr domain);

/* The kind of operating system interface, such as "hvm". Since 0.0.3. */
char *virDomainGetOSType(virDomainPtr domain);

/* The domain's document. Since 0.0.3. */
char *virDomainGetXMLDesc(virDomainPtr domain, unsigned int flags);

/* The running domain with this id. Since 0.0.3. */
virDomainPtr virDomainLookupByID(virConnectPtr conn, int id);

/* The domain with this name. Since 0.0.3. */
virDomainPtr virDomainLookupByName(virConnectPtr conn, const char *name);

/* Starts a domain from a file. Since 0.0.3. */
int virDomainRestore(virConnectPtr conn, const char *from);

/* Lets a paused domain run on. Since 0.0.3. */
int virDomainResume(virDomainPtr domain);

/* Saves state into a file and stops. Since 0.0.3. */
int virDomainSave(virDomainPtr domain, const char *to);

/* Changes the most memory, in KiB. Since 0.0.3. */
int virDomainSetMaxMemory(virDomainPtr domain, unsigned long memory);

/* Asks the guest to shut down; returns before it has. Since 0.0.3. */
int virDomainShutdown(virDomainPtr domain);

/* Pauses a running domain. Since 0.0.3. */
int virDomainSuspend(virDomainPtr domain);

/* The domain with this uuid. Since 0.0.5. */
virDomainPtr virDomainLookupByUUID(virConnectPtr conn, const unsigned char *uuid);

/* Puts the domain's uuid into VIR_UUID_BUFLEN bytes. Since 0.0.5. */
int virDomainGetUUID(virDomainPtr domain, unsigned char *uuid);

/* Asks the guest to reboot; returns before it has. Since 0.1.0. */
int virDomainReboot(virDomainPtr domain, unsigned int flags);

/* The domain with this uuid, as text. Since 0.1.1. */
virDomainPtr virDomainLookupByUUIDString(virConnectPtr conn, const char *uuidstr);

/* Puts the domain's uuid, as text, into VIR_UUID_STRING_BUFLEN bytes. Since 0.1.1. */
int virDomainGetUUIDString(virDomainPtr domain, char *buf);

/* Changes the memory of a running domain, in KiB. Since 0.1.1. */
int virDomainSetMemory(virDomainPtr domain, unsigned long memory);

/* Makes a persistent domain of a document, or changes one. Since 0.1.1. */
virDomainPtr virDomainDefineXML(virConnectPtr conn, const char *xml);

/* Starts a defined domain. Since 0.1.1. */
int virDomainCreate(virDomainPtr domain);

/* Forgets a persistent domain; a running one becomes transient. Since 0.1.1. */
int virDomainUndefine(virDomainPtr domain);

/* Changes the number of vCPUs of a running domain. Since 0.1.4. */
int virDomainSetVcpus(virDomainPtr domain, unsigned int nvcpus);

/* Restricts a vCPU of a running domain to some of the host's processors. Since 0.1.4. */
int virDomainPinVcpu(virDomainPtr domain, unsigned int vcpu, unsigned char *cpumap, int maplen);

/* State, time and place of each vCPU, and maps of maplen bytes each of the processors it may use; gives how many.
 * Since 0.1.4. */
int virDomainGetVcpus(virDomainPtr domain, virVcpuInfoPtr info, int maxinfo, unsigned char *cpumaps, int maplen);

/* Writes memory into a file. Since 0.1.9. */
int virDomainCoreDump(virDomainPtr domain, const char *to, unsigned int flags);

/* Adds a device to a running domain. Since 0.1.9. */
int virDomainAttachDevice(virDomainPtr domain, const char *xml);

/* Removes a device from a running domain. Since 0.1.9. */
int virDomainDetachDevice(virDomainPtr domain, const char *xml);

/* The most vCPUs; of a running domain. Since 0.2.1. */
int virDomainGetMaxVcpus(virDomainPtr domain);

/* Whether the domain starts with the daemon. Since 0.2.1. */
int virDomainGetAutostart(virDomainPtr domain, int *autostart);

/* Whether the domain shall start with the daemon. Since 0.2.1. */
int virDomainSetAutostart(virDomainPtr domain, int autostart);

/* The name of the scheduler, to be freed, and how many parameters it has. Since 0.2.3. */
char *virDomainGetSchedulerType(virDomainPtr domain, int *nparams);

/* The scheduler's settings of the running domain, else of its definition. Since 0.2.3. */
int virDomainGetSchedulerParameters(virDomainPtr domain, virTypedParameterPtr params, int *nparams);

/* Changes the scheduler's settings of the running domain, else of its definition. Since 0.2.3. */
int virDomainSetSchedulerParameters(virDomainPtr domain, virTypedParameterPtr params, int nparams);

/* The connection of the domain, without a reference of its own. Since 0.3.0. */
virConnectPtr virDomainGetConnect(virDomainPtr dom);

/* Migrates a domain to the host of another connection, with its own name or dname, over uri or one that the target
 * chooses. Optional: dname, uri, bandwidth. Since 0.3.2. */
virDomainPtr virDomainMigrate(virDomainPtr domain, virConnectPtr dconn, unsigned long flags, const char *dname,
        const char *uri, unsigned long bandwidth);

/* Requests and bytes of a disk; of all disks if the path is empty. Since 0.3.2. */
int virDomainBlockStats(virDomainPtr dom, const char *disk, virDomainBlockStatsPtr stats, size_t size);

/* Packets and bytes of a card, by target device or MAC. Since 0.3.2. */
int virDomainInterfaceStats(virDomainPtr dom, const char *device, virDomainInterfaceStatsPtr stats, size_t size);

/* Reads bytes of a disk, by target or path. Since 0.4.2. */
int virDomainBlockPeek(virDomainPtr dom, const char *disk, unsigned long long offset, size_t size, void *buffer,
        unsigned int flags);

/* Reads bytes of memory. Since 0.4.2. */
int virDomainMemoryPeek(virDomainPtr dom, unsigned long long start, size_t size, void *buffer, unsigned int flags);

/* Starts a domain that is gone when it stops. Since 0.5.0. */
virDomainPtr virDomainCreateXML(virConnectPtr conn, const char *xmlDesc, unsigned int flags);

/* Takes one more reference to the domain, to be given back with virDomainFree(). Since 0.6.0. */
int virDomainRef(virDomainPtr domain);

/* The label of the first security driver. Since 0.6.1. */
int virDomainGetSecurityLabel(virDomainPtr domain, virSecurityLabelPtr seclabel);

/* Lets the hypervisor migrate a domain by itself: to a URI of its own kind, or by flag of another host's libvirt.
 * Optional: dname, bandwidth. Since 0.7.2. */
int virDomainMigrateToURI(virDomainPtr domain, const char *duri, unsigned long flags, const char *dname,
        unsigned long bandwidth);

/* Whether the domain runs. Since 0.7.3. */
int virDomainIsActive(virDomainPtr dom);

/* Whether the domain is kept when it stops. Since 0.7.3. */
int virDomainIsPersistent(virDomainPtr dom);

/* Values of the guest's memory, at most nr_stats; gives how many. Since 0.7.5. */
int virDomainMemoryStats(virDomainPtr dom, virDomainMemoryStatPtr stats, unsigned int nr_stats, unsigned int flags);

/* Adds a device. Since 0.7.7. */
int virDomainAttachDeviceFlags(virDomainPtr domain, const char *xml, unsigned int flags);

/* Removes a device. Since 0.7.7. */
int virDomainDetachDeviceFlags(virDomainPtr domain, const char *xml, unsigned int flags);

/* Progress of the running job. Since 0.7.7. */
int virDomainGetJobInfo(virDomainPtr domain, virDomainJobInfoPtr info);

/* Stops the running job. Since 0.7.7. */
int virDomainAbortJob(virDomainPtr domain);

/* How many milliseconds the domain may stand still while it is migrated. Since 0.8.0. */
int virDomainMigrateSetMaxDowntime(virDomainPtr domain, unsigned long long downtime, unsigned int flags);

/* Changes a device. Since 0.8.0. */
int virDomainUpdateDeviceFlags(virDomainPtr domain, const char *xml, unsigned int flags);

/* Saves state, to be used by the next start, and stops. Since 0.8.0. */
int virDomainManagedSave(virDomainPtr dom, unsigned int flags);

/* Whether there is state for the next start. Since 0.8.0. */
int virDomainHasManagedSaveImage(virDomainPtr dom, unsigned int flags);

/* Drops the state for the next start. Since 0.8.0. */
int virDomainManagedSaveRemove(virDomainPtr dom, unsigned int flags);

/* Capacity and use of a disk's image. Since 0.8.1. */
int virDomainGetBlockInfo(virDomainPtr domain, const char *disk, virDomainBlockInfoPtr info, unsigned int flags);

/* Starts a defined domain; the answer has its id. Since 0.8.2. */
int virDomainCreateWithFlags(virDomainPtr domain, unsigned int flags);

/* Changes the limits that are named, in KiB. Since 0.8.5. */
int virDomainSetMemoryParameters(virDomainPtr domain, virTypedParameterPtr params, int nparams, unsigned int flags);

/* Hard and soft limit, and that of memory and swap together, in KiB. Since 0.8.5. */
int virDomainGetMemoryParameters(virDomainPtr domain, virTypedParameterPtr params, int *nparams, unsigned int flags);

/* The number of vCPUs that the flags ask for. Since 0.8.5. */
int virDomainGetVcpusFlags(virDomainPtr domain, unsigned int flags);

/* Changes the number of vCPUs. Since 0.8.5. */
int virDomainSetVcpusFlags(virDomainPtr domain, unsigned int nvcpus, unsigned int flags);

/* Connects a stream to a console; NULL: the first one. Since 0.8.6. */
int virDomainOpenConsole(virDomainPtr dom, const char *dev_name, virStreamPtr st, unsigned int flags);

/* Whether the definition was changed since the domain was started. Since 0.8.6. */
int virDomainIsUpdated(virDomainPtr dom);

/* The weight, and texts of devices with their values. Since 0.9.0. */
int virDomainGetBlkioParameters(virDomainPtr domain, virTypedParameterPtr params, int *nparams, unsigned int flags);

/* Sets how fast memory may be sent, in MiB a second. Since 0.9.0. */
int virDomainMigrateSetMaxSpeed(virDomainPtr domain, unsigned long bandwidth, unsigned int flags);

/* Changes what is named: a weight, and texts of devices with their values. Since 0.9.0. */
int virDomainSetBlkioParameters(virDomainPtr domain, virTypedParameterPtr params, int nparams, unsigned int flags);

/* Changes memory, in KiB. Since 0.9.0. */
int virDomainSetMemoryFlags(virDomainPtr domain, unsigned long memory, unsigned int flags);

/* The scheduler's settings, by name. Since 0.9.2. */
int virDomainGetSchedulerParametersFlags(virDomainPtr domain, virTypedParameterPtr params, int *nparams,
        unsigned int flags);

/* State and the reason for it. Since 0.9.2. */
int virDomainGetState(virDomainPtr domain, int *state, int *reason, unsigned int flags);

/* Sends a non-maskable interrupt. Since 0.9.2. */
int virDomainInjectNMI(virDomainPtr domain, unsigned int flags);

/* Migrates a domain to the host of another connection, where it may have another definition. Optional: dxml, dname,
 * uri, bandwidth. Since 0.9.2. */
virDomainPtr virDomainMigrate2(virDomainPtr domain, virConnectPtr dconn, const char *dxml, unsigned long flags,
        const char *dname, const char *uri, unsigned long bandwidth);

/* Lets the hypervisor migrate a domain by itself; there it may have another definition. Optional: dconnuri, miguri,
 * dxml, dname, bandwidth. Since 0.9.2. */
int virDomainMigrateToURI2(virDomainPtr domain, const char *dconnuri, const char *miguri, const char *dxml,
        unsigned long flags, const char *dname, unsigned long bandwidth);

/* Sends a picture of a screen; the result is its MIME type. Since 0.9.2. */
char *virDomainScreenshot(virDomainPtr domain, virStreamPtr stream, unsigned int screen, unsigned int flags);

/* Changes the settings that are named, and no others. Since 0.9.2. */
int virDomainSetSchedulerParametersFlags(virDomainPtr domain, virTypedParameterPtr params, int nparams,
        unsigned int flags);

/* Whether the hypervisor can be talked to. Since 0.9.3. */
int virDomainGetControlInfo(virDomainPtr domain, virDomainControlInfoPtr info, unsigned int flags);

/* One map of maplen bytes for each vCPU, one behind the other; gives for how many. Since 0.9.3. */
int virDomainGetVcpuPinInfo(virDomainPtr domain, int ncpumaps, unsigned char *cpumaps, int maplen,
        unsigned int flags);

/* Restricts a vCPU. Since 0.9.3. */
int virDomainPinVcpuFlags(virDomainPtr domain, unsigned int vcpu, unsigned char *cpumap, int maplen,
        unsigned int flags);

/* Presses keys together and lets them go after so many milliseconds. Since 0.9.3. */
int virDomainSendKey(virDomainPtr domain, unsigned int codeset, unsigned int holdtime, unsigned int *keycodes,
        int nkeycodes, unsigned int flags);

/* Starts a domain from a file, with another definition perhaps that looks the same to the guest. Optional: dxml.
 * Since 0.9.4. */
int virDomainRestoreFlags(virConnectPtr conn, const char *from, const char *dxml, unsigned int flags);

/* Saves state into a file and stops; the file may describe another domain that looks the same to the guest. Optional:
 * dxml. Since 0.9.4. */
int virDomainSaveFlags(virDomainPtr domain, const char *to, const char *dxml, unsigned int flags);

/* Puts another definition into a file. Since 0.9.4. */
int virDomainSaveImageDefineXML(virConnectPtr conn, const char *file, const char *dxml, unsigned int flags);

/* The definition in a file. Since 0.9.4. */
char *virDomainSaveImageGetXMLDesc(virConnectPtr conn, const char *file, unsigned int flags);

/* Forgets a persistent domain; a running one becomes transient. Since 0.9.4. */
int virDomainUndefineFlags(virDomainPtr domain, unsigned int flags);

/* Stops a domain at once, as if its plug were pulled. Since 0.9.4. */
int virDomainDestroyFlags(virDomainPtr domain, unsigned int flags);

/* Ends a disk's job, by giving it up or by going over to the copy. Since 0.9.4. */
int virDomainBlockJobAbort(virDomainPtr dom, const char *disk, unsigned int flags);

/* How far a disk's job is. Since 0.9.4. */
int virDomainGetBlockJobInfo(virDomainPtr dom, const char *disk, virDomainBlockJobInfoPtr info, unsigned int flags);

/* Limits a job's speed, in MiB or bytes a second; 0: no limit. Since 0.9.4. */
int virDomainBlockJobSetSpeed(virDomainPtr dom, const char *disk, unsigned long bandwidth, unsigned int flags);

/* Copies everything from the backing images into the image. Optional: bandwidth. Since 0.9.4. */
int virDomainBlockPull(virDomainPtr dom, const char *disk, unsigned long bandwidth, unsigned int flags);

/* Requests, bytes and times of a disk; of all disks if the path is empty. Since 0.9.5. */
int virDomainBlockStatsFlags(virDomainPtr dom, const char *disk, virTypedParameterPtr params, int *nparams,
        unsigned int flags);

/* How fast memory may be sent, in MiB a second. Since 0.9.5. */
int virDomainMigrateGetMaxSpeed(virDomainPtr domain, unsigned long *bandwidth, unsigned int flags);

/* Connects a socket of the caller to a display. Since 0.9.7. */
int virDomainOpenGraphics(virDomainPtr dom, unsigned int idx, int fd, unsigned int flags);

/* Resets the domain, as if its button were pressed. Since 0.9.7. */
int virDomainReset(virDomainPtr domain, unsigned int flags);

/* Gives a disk another size, in KiB or bytes. Since 0.9.8. */
int virDomainBlockResize(virDomainPtr dom, const char *disk, unsigned long long size, unsigned int flags);

/* The limits of a disk, by target or path; NULL: which there are is asked, of no disk in particular. Since 0.9.8. */
int virDomainGetBlockIoTune(virDomainPtr dom, const char *disk, virTypedParameterPtr params, int *nparams,
        unsigned int flags);

/* Changes the limits that are named, in bytes and requests a second. Since 0.9.8. */
int virDomainSetBlockIoTune(virDomainPtr dom, const char *disk, virTypedParameterPtr params, int nparams,
        unsigned int flags);

/* Bandwidth of a network card: average, peak, burst and floor of both directions. Since 0.9.9. */
int virDomainGetInterfaceParameters(virDomainPtr domain, const char *device, virTypedParameterPtr params,
        int *nparams, unsigned int flags);

/* Mode (a virDomainNumatuneMemMode) and cells of memory. Since 0.9.9. */
int virDomainGetNumaParameters(virDomainPtr domain, virTypedParameterPtr params, int *nparams, unsigned int flags);

/* Changes what is named, in KiB a second; the card by MAC or target. Since 0.9.9. */
int virDomainSetInterfaceParameters(virDomainPtr domain, const char *device, virTypedParameterPtr params, int nparams,
        unsigned int flags);

/* Changes mode or cells; a running domain's mode stays. Since 0.9.9. */
int virDomainSetNumaParameters(virDomainPtr domain, virTypedParameterPtr params, int nparams, unsigned int flags);

/* Copies what is above a base into the image, or the disk into a new file. Optional: bandwidth. Since 0.9.10. */
int virDomainBlockRebase(virDomainPtr dom, const char *disk, const char *base, unsigned long bandwidth,
        unsigned int flags);

/* Parameters for each of the host's processors, one behind the other; start_cpu -1: of all together. Since 0.9.10. */
int virDomainGetCPUStats(virDomainPtr domain, virTypedParameterPtr params, unsigned int nparams, int start_cpu,
        unsigned int ncpus, unsigned int flags);

/* The disks in error state. Since 0.9.10. */
int virDomainGetDiskErrors(virDomainPtr dom, virDomainDiskErrorPtr errors, unsigned int maxerrors,
        unsigned int flags);

/* The title, the description, or the metadata element of a namespace. Since 0.9.10. */
char *virDomainGetMetadata(virDomainPtr domain, int type, const char *uri, unsigned int flags);

/* Puts the guest to sleep, for so many seconds (0: until it is woken). Since 0.9.10. */
int virDomainPMSuspendForDuration(virDomainPtr dom, unsigned int target, unsigned long long duration,
        unsigned int flags);

/* Changes the title, the description, or the metadata element of a namespace; NULL removes it. Since 0.9.10. */
int virDomainSetMetadata(virDomainPtr domain, int type, const char *metadata, const char *key, const char *uri,
        unsigned int flags);

/* Asks the guest to shut down; returns before it has. Since 0.9.10. */
int virDomainShutdownFlags(virDomainPtr domain, unsigned int flags);

/* Wakes a guest that sleeps. Since 0.9.11. */
int virDomainPMWakeup(virDomainPtr dom, unsigned int flags);

/* The guest's host name. Since 0.10.0. */
char *virDomainGetHostname(virDomainPtr domain, unsigned int flags);

/* The labels of all security drivers, to be freed; gives how many. Since 0.10.0. */
int virDomainGetSecurityLabelList(virDomainPtr domain, virSecurityLabelPtr *seclabels);

/* Restricts the emulator's threads. Since 0.10.0. */
int virDomainPinEmulator(virDomainPtr domain, unsigned char *cpumap, int maplen, unsigned int flags);

/* The map of the emulator's threads. Since 0.10.0. */
int virDomainGetEmulatorPinInfo(virDomainPtr domain, unsigned char *cpumap, int maplen, unsigned int flags);

/* Merges images into one below them. Optional: bandwidth. Since 0.10.2. */
int virDomainBlockCommit(virDomainPtr dom, const char *disk, const char *base, const char *top,
        unsigned long bandwidth, unsigned int flags);

/* Discards free ranges of at least so many bytes; a mount point is not known to every agent. Since 1.0.1. */
int virDomainFSTrim(virDomainPtr dom, const char *mountPoint, unsigned long long minimum, unsigned int flags);

/* Sends a signal to a process, by its number within the guest; negative: to a group of processes. Since 1.0.1. */
int virDomainSendProcessSignal(virDomainPtr domain, long long pid_value, unsigned int signum, unsigned int flags);

/* Connects a stream to a channel, by target name; NULL: the first one. Since 1.0.2. */
int virDomainOpenChannel(virDomainPtr dom, const char *name, virStreamPtr st, unsigned int flags);

/* How far a job is, as parameters. Since 1.0.3. */
int virDomainGetJobStats(virDomainPtr domain, int *type, virTypedParameterPtr *params, int *nparams,
        unsigned int flags);

/* The size of the cache for compression, in bytes. Since 1.0.3. */
int virDomainMigrateGetCompressionCache(virDomainPtr domain, unsigned long long *cacheSize, unsigned int flags);

/* Sets the size of the cache for compression, in bytes. Since 1.0.3. */
int virDomainMigrateSetCompressionCache(virDomainPtr domain, unsigned long long cacheSize, unsigned int flags);

/* Migrates a domain to the host of another connection, with parameters. Optional: params, nparams. Since 1.1.0. */
virDomainPtr virDomainMigrate3(virDomainPtr domain, virConnectPtr dconn, virTypedParameterPtr params,
        unsigned int nparams, unsigned int flags);

/* Lets the hypervisor migrate a domain by itself, with parameters. Optional: dconnuri, params, nparams. Since 1.1.0. */
int virDomainMigrateToURI3(virDomainPtr domain, const char *dconnuri, virTypedParameterPtr params,
        unsigned int nparams, unsigned int flags);

/* Starts a defined domain; its first process inherits the files. Since 1.1.1. */
int virDomainCreateWithFiles(virDomainPtr domain, unsigned int nfiles, int *files, unsigned int flags);

/* Starts a domain that is gone when it stops; its first process inherits the files. Since 1.1.1. */
virDomainPtr virDomainCreateXMLWithFiles(virConnectPtr conn, const char *xmlDesc, unsigned int nfiles, int *files,
        unsigned int flags);

/* How often the balloon reports, in seconds; 0 stops it. Since 1.1.1. */
int virDomainSetMemoryStatsPeriod(virDomainPtr domain, int period, unsigned int flags);

/* Writes memory into a file. Since 1.2.3. */
int virDomainCoreDumpWithFormat(virDomainPtr domain, const char *to, unsigned int dumpformat, unsigned int flags);

/* Freezes the file systems that are mounted at these places, or all; gives how many it froze. Since 1.2.5. */
int virDomainFSFreeze(virDomainPtr dom, const char **mountpoints, unsigned int nmountpoints, unsigned int flags);

/* Lets frozen file systems go on; gives how many it thawed. Since 1.2.5. */
int virDomainFSThaw(virDomainPtr dom, const char **mountpoints, unsigned int nmountpoints, unsigned int flags);

/* What time it is in the guest. Since 1.2.5. */
int virDomainGetTime(virDomainPtr dom, long long *seconds, unsigned int *nseconds, unsigned int flags);

/* Sets the guest's clock: seconds since 1970 and nanoseconds. Since 1.2.5. */
int virDomainSetTime(virDomainPtr dom, long long seconds, unsigned int nseconds, unsigned int flags);

/* Copies a disk to where a document says, and mirrors it from then on. Since 1.2.8. */
int virDomainBlockCopy(virDomainPtr dom, const char *disk, const char *destxml, virTypedParameterPtr params,
        int nparams, unsigned int flags);

/* Statistics of some domains, which must be of one connection; the list ends with NULL. Since 1.2.8. */
int virDomainListGetStats(virDomainPtr *doms, unsigned int stats, virDomainStatsRecordPtr **retStats,
        unsigned int flags);

/* A new socket that is connected to a display. Since 1.2.8. */
int virDomainOpenGraphicsFD(virDomainPtr dom, unsigned int idx, unsigned int flags);

/* Frees statistics. Since 1.2.8. */
void virDomainStatsRecordListFree(virDomainStatsRecordPtr *stats);

/* Frees what is said of a file system. Since 1.2.11. */
void virDomainFSInfoFree(virDomainFSInfoPtr info);

/* The guest's file systems; gives how many. Since 1.2.11. */
int virDomainGetFSInfo(virDomainPtr dom, virDomainFSInfoPtr **info, unsigned int flags);

/* Makes a persistent domain of a document, or changes one. Since 1.2.12. */
virDomainPtr virDomainDefineXMLFlags(virConnectPtr conn, const char *xml, unsigned int flags);

/* Frees what is said of a thread. Since 1.2.14. */
void virDomainIOThreadInfoFree(virDomainIOThreadInfoPtr info);

/* The threads for the I/O of disks, and the host's processors they may use; gives how many. Since 1.2.14. */
int virDomainGetIOThreadInfo(virDomainPtr dom, virDomainIOThreadInfoPtr **info, unsigned int flags);

/* Restricts such a thread to some of the host's processors. Since 1.2.14. */
int virDomainPinIOThread(virDomainPtr domain, unsigned int iothread_id, unsigned char *cpumap, int maplen,
        unsigned int flags);

/* Addresses as leases, the guest's agent or ARP have them. Since 1.2.14. */
int virDomainInterfaceAddresses(virDomainPtr dom, virDomainInterfacePtr **ifaces, unsigned int source,
        unsigned int flags);

/* Frees what is said of a network card. Since 1.2.14. */
void virDomainInterfaceFree(virDomainInterfacePtr iface);

/* Adds a thread for the I/O of disks. Since 1.2.15. */
int virDomainAddIOThread(virDomainPtr domain, unsigned int iothread_id, unsigned int flags);

/* Removes such a thread; no device may use it. Since 1.2.15. */
int virDomainDelIOThread(virDomainPtr domain, unsigned int iothread_id, unsigned int flags);

/* Gives a user of the guest another password. Since 1.2.16. */
int virDomainSetUserPassword(virDomainPtr dom, const char *user, const char *password, unsigned int flags);

/* Renames an inactive domain. Since 1.2.19. */
int virDomainRename(virDomainPtr dom, const char *new_name, unsigned int flags);

/* Goes over to the target now; memory follows. Since 1.3.3. */
int virDomainMigrateStartPostCopy(virDomainPtr domain, unsigned int flags);

/* Which performance counters are on. Since 1.3.3. */
int virDomainGetPerfEvents(virDomainPtr domain, virTypedParameterPtr *params, int *nparams, unsigned int flags);

/* Switches performance counters on or off. Since 1.3.3. */
int virDomainSetPerfEvents(virDomainPtr domain, virTypedParameterPtr params, int nparams, unsigned int flags);

/* Maps, as text, of the vCPUs that the guest has, that are on, and that can be switched off. Since 2.0.0. */
int virDomainGetGuestVcpus(virDomainPtr domain, virTypedParameterPtr *params, unsigned int *nparams,
        unsigned int flags);

/* Switches vCPUs of a map on or off within the guest. Since 2.0.0. */
int virDomainSetGuestVcpus(virDomainPtr domain, const char *cpumap, int state, unsigned int flags);

/* Raises an event when a disk grew beyond so many bytes; 0: no longer. Since 3.1.0. */
int virDomainSetBlockThreshold(virDomainPtr domain, const char *dev, unsigned long long threshold,
        unsigned int flags);

/* Plugs in (true) or out the vCPUs of a map such as "1-3,5". Since 3.1.0. */
int virDomainSetVcpu(virDomainPtr domain, const char *vcpumap, int state, unsigned int flags);

/* How many milliseconds the domain may stand still. Since 3.7.0. */
int virDomainMigrateGetMaxDowntime(virDomainPtr domain, unsigned long long *downtime, unsigned int flags);

/* The definition in the state for the next start. Since 3.7.0. */
char *virDomainManagedSaveGetXMLDesc(virDomainPtr domain, unsigned int flags);

/* Puts another definition into the state for the next start. Since 3.7.0. */
int virDomainManagedSaveDefineXML(virDomainPtr domain, const char *dxml, unsigned int flags);

/* Changes what is done when a domain ends by itself. Since 3.9.0. */
int virDomainSetLifecycleAction(virDomainPtr domain, unsigned int type, unsigned int action, unsigned int flags);

/* Removes a device by its alias; an event tells when it is gone. Since 4.4.0. */
int virDomainDetachDeviceAlias(virDomainPtr domain, const char *alias, unsigned int flags);

/* What the guest's memory was encrypted with, by name. Since 4.5.0. */
int virDomainGetLaunchSecurityInfo(virDomainPtr domain, virTypedParameterPtr *params, int *nparams,
        unsigned int flags);

/* Changes such a thread's polling and its pool. Since 4.10.0. */
int virDomainSetIOThreadParams(virDomainPtr domain, unsigned int iothread_id, virTypedParameterPtr params,
        int nparams, unsigned int flags);

/* Users, system, time zone, host name, file systems, disks and cards, by name. Since 5.7.0. */
int virDomainGetGuestInfo(virDomainPtr domain, unsigned int types, virTypedParameterPtr *params, int *nparams,
        unsigned int flags);

/* How long the guest's agent may take, in seconds, or a virDomainAgentResponseTimeoutValues. Since 5.10.0. */
int virDomainAgentSetResponseTimeout(virDomainPtr domain, int timeout, unsigned int flags);

/* Begins a backup, and a checkpoint at the same instant. Since 6.0.0. */
int virDomainBackupBegin(virDomainPtr domain, const char *backupXML, const char *checkpointXML, unsigned int flags);

/* The document of the backup that runs. Since 6.0.0. */
char *virDomainBackupGetXMLDesc(virDomainPtr domain, unsigned int flags);

/* The SSH keys that let somebody log in as a user of the guest. Since 6.10.0. */
int virDomainAuthorizedSSHKeysGet(virDomainPtr domain, const char *user, char ** *keys, unsigned int flags);

/* Replaces, adds or removes such keys. Since 6.10.0. */
int virDomainAuthorizedSSHKeysSet(virDomainPtr domain, const char *user, const char **keys, unsigned int nkeys,
        unsigned int flags);

/* Taints and deprecations, as text. Since 7.1.0. */
int virDomainGetMessages(virDomainPtr domain, char ** *msgs, unsigned int flags);

/* Begins to measure for so many seconds (1 to 60); statistics tell the result. Since 7.2.0. */
int virDomainStartDirtyRateCalc(virDomainPtr domain, int seconds, unsigned int flags);

/* Puts a secret into the guest's memory before it runs. Since 8.0.0. */
int virDomainSetLaunchSecurityState(virDomainPtr domain, virTypedParameterPtr params, int nparams,
        unsigned int flags);

/* Saves state into a file and stops. Since 8.4.0. */
int virDomainSaveParams(virDomainPtr domain, virTypedParameterPtr params, int nparams, unsigned int flags);

/* Starts a domain from a file. Since 8.4.0. */
int virDomainRestoreParams(virConnectPtr conn, virTypedParameterPtr params, int nparams, unsigned int flags);

/* Stops the running job. Since 8.5.0. */
int virDomainAbortJobFlags(virDomainPtr domain, unsigned int flags);

/* Hands over files under a name that definitions of disks may use, as long as the connection lives. Optional: flags.
 * Since 9.0.0. */
int virDomainFDAssociate(virDomainPtr domain, const char *name, unsigned int nfds, int *fds, unsigned int flags);

# ifdef __cplusplus
}
# endif

#endif /* LIBVIRT_DOMAIN_H */
