/*
 * libvirt-storage.h: storage pools and volumes
 *
 * Part of Vireo. SPDX-License-Identifier: LGPL-2.1-or-later
 */

#ifndef LIBVIRT_STORAGE_H
# define LIBVIRT_STORAGE_H

# ifndef __VIR_LIBVIRT_H_INCLUDES__
#  error "This header is part of <libvirt/libvirt.h>: include that"
# endif

# ifdef __cplusplus
extern "C" {
# endif

/* A storage pool. Since 0.4.1. */
typedef struct _virStoragePool virStoragePool;
typedef virStoragePool *virStoragePoolPtr;

/* A volume. Since 0.4.1. */
typedef struct _virStorageVol virStorageVol;
typedef virStorageVol *virStorageVolPtr;

/* Casts the callback of any event. Since 2.0.0. */
# define VIR_STORAGE_POOL_EVENT_CALLBACK(cb) ((virConnectStoragePoolEventGenericCallback)(cb))

/* What a pool does. Since 0.4.1. */
typedef enum {
    VIR_STORAGE_POOL_INACTIVE = 0,
    VIR_STORAGE_POOL_BUILDING = 1,
    VIR_STORAGE_POOL_RUNNING = 2,
    VIR_STORAGE_POOL_DEGRADED = 3,
    VIR_STORAGE_POOL_INACCESSIBLE = 4 /* 0.8.2 */
# ifdef VIR_ENUM_SENTINELS
    , VIR_STORAGE_POOL_STATE_LAST /* 0.9.10 */
# endif
} virStoragePoolState;

/* Flags of virStoragePoolBuild(). Since 0.4.1. */
typedef enum {
    VIR_STORAGE_POOL_BUILD_NEW = 0,
    VIR_STORAGE_POOL_BUILD_REPAIR = (1 << 0),
    VIR_STORAGE_POOL_BUILD_RESIZE = (1 << 1),
    VIR_STORAGE_POOL_BUILD_NO_OVERWRITE = (1 << 2), /* 0.9.5 */
    VIR_STORAGE_POOL_BUILD_OVERWRITE = (1 << 3) /* 0.9.5 */
} virStoragePoolBuildFlags;

/* Flags of virStoragePoolDelete(). Since 0.4.1. */
typedef enum {
    VIR_STORAGE_POOL_DELETE_NORMAL = 0,
    VIR_STORAGE_POOL_DELETE_ZEROED = (1 << 0)
} virStoragePoolDeleteFlags;

/* Flags of virStoragePoolCreateXML() and virStoragePoolCreate(). Since 1.3.1. */
typedef enum {
    VIR_STORAGE_POOL_CREATE_NORMAL = 0,
    VIR_STORAGE_POOL_CREATE_WITH_BUILD = (1 << 0),
    VIR_STORAGE_POOL_CREATE_WITH_BUILD_OVERWRITE = (1 << 1),
    VIR_STORAGE_POOL_CREATE_WITH_BUILD_NO_OVERWRITE = (1 << 2)
} virStoragePoolCreateFlags;

/* What a volume is. Since 0.4.1. */
typedef enum {
    VIR_STORAGE_VOL_FILE = 0,
    VIR_STORAGE_VOL_BLOCK = 1,
    VIR_STORAGE_VOL_DIR = 2, /* 0.9.5 */
    VIR_STORAGE_VOL_NETWORK = 3, /* 0.9.13 */
    VIR_STORAGE_VOL_NETDIR = 4, /* 1.2.0 */
    VIR_STORAGE_VOL_PLOOP = 5 /* 1.3.4 */
# ifdef VIR_ENUM_SENTINELS
    , VIR_STORAGE_VOL_LAST /* 0.9.10 */
# endif
} virStorageVolType;

/* Flags of virStorageVolDelete(). Since 0.4.1. */
typedef enum {
    VIR_STORAGE_VOL_DELETE_NORMAL = 0,
    VIR_STORAGE_VOL_DELETE_ZEROED = (1 << 0),
    VIR_STORAGE_VOL_DELETE_WITH_SNAPSHOTS = (1 << 1) /* 1.2.21 */
} virStorageVolDeleteFlags;

/* With what a volume is overwritten. Since 0.9.10. */
typedef enum {
    VIR_STORAGE_VOL_WIPE_ALG_ZERO = 0,
    VIR_STORAGE_VOL_WIPE_ALG_NNSA = 1,
    VIR_STORAGE_VOL_WIPE_ALG_DOD = 2,
    VIR_STORAGE_VOL_WIPE_ALG_BSI = 3,
    VIR_STORAGE_VOL_WIPE_ALG_GUTMANN = 4,
    VIR_STORAGE_VOL_WIPE_ALG_SCHNEIER = 5,
    VIR_STORAGE_VOL_WIPE_ALG_PFITZNER7 = 6,
    VIR_STORAGE_VOL_WIPE_ALG_PFITZNER33 = 7,
    VIR_STORAGE_VOL_WIPE_ALG_RANDOM = 8,
    VIR_STORAGE_VOL_WIPE_ALG_TRIM = 9 /* 1.3.2 */
# ifdef VIR_ENUM_SENTINELS
    , VIR_STORAGE_VOL_WIPE_ALG_LAST
# endif
} virStorageVolWipeAlgorithm;

/* Flags of virStorageVolGetInfoFlags(). Since 3.0.0. */
typedef enum {
    VIR_STORAGE_VOL_USE_ALLOCATION = 0,
    VIR_STORAGE_VOL_GET_PHYSICAL = (1 << 0)
} virStorageVolInfoFlags;

/* Flags of virStoragePoolGetXMLDesc(). Since 0.9.13. */
typedef enum {
    VIR_STORAGE_XML_INACTIVE = (1 << 0)
} virStorageXMLFlags;

/* Flags of virConnectListAllStoragePools(). Since 0.10.2. */
typedef enum {
    VIR_CONNECT_LIST_STORAGE_POOLS_INACTIVE = (1 << 0),
    VIR_CONNECT_LIST_STORAGE_POOLS_ACTIVE = (1 << 1),
    VIR_CONNECT_LIST_STORAGE_POOLS_PERSISTENT = (1 << 2),
    VIR_CONNECT_LIST_STORAGE_POOLS_TRANSIENT = (1 << 3),
    VIR_CONNECT_LIST_STORAGE_POOLS_AUTOSTART = (1 << 4),
    VIR_CONNECT_LIST_STORAGE_POOLS_NO_AUTOSTART = (1 << 5),
    VIR_CONNECT_LIST_STORAGE_POOLS_DIR = (1 << 6),
    VIR_CONNECT_LIST_STORAGE_POOLS_FS = (1 << 7),
    VIR_CONNECT_LIST_STORAGE_POOLS_NETFS = (1 << 8),
    VIR_CONNECT_LIST_STORAGE_POOLS_LOGICAL = (1 << 9),
    VIR_CONNECT_LIST_STORAGE_POOLS_DISK = (1 << 10),
    VIR_CONNECT_LIST_STORAGE_POOLS_ISCSI = (1 << 11),
    VIR_CONNECT_LIST_STORAGE_POOLS_SCSI = (1 << 12),
    VIR_CONNECT_LIST_STORAGE_POOLS_MPATH = (1 << 13),
    VIR_CONNECT_LIST_STORAGE_POOLS_RBD = (1 << 14),
    VIR_CONNECT_LIST_STORAGE_POOLS_SHEEPDOG = (1 << 15),
    VIR_CONNECT_LIST_STORAGE_POOLS_GLUSTER = (1 << 16), /* 1.2.1 */
    VIR_CONNECT_LIST_STORAGE_POOLS_ZFS = (1 << 17), /* 1.2.8 */
    VIR_CONNECT_LIST_STORAGE_POOLS_VSTORAGE = (1 << 18), /* 3.1.0 */
    VIR_CONNECT_LIST_STORAGE_POOLS_ISCSI_DIRECT = (1 << 19) /* 5.6.0 */
} virConnectListAllStoragePoolsFlags;

/* Flags of virStoragePoolDefineXML(). Since 7.7.0. */
typedef enum {
    VIR_STORAGE_POOL_DEFINE_VALIDATE = (1 << 0)
} virStoragePoolDefineFlags;

/* Flags of virStorageVolCreateXML() and virStorageVolCreateXMLFrom(). Since 1.0.1. */
typedef enum {
    VIR_STORAGE_VOL_CREATE_PREALLOC_METADATA = (1 << 0),
    VIR_STORAGE_VOL_CREATE_REFLINK = (1 << 1), /* 1.2.13 */
    VIR_STORAGE_VOL_CREATE_VALIDATE = (1 << 2) /* 8.10.0 */
} virStorageVolCreateFlags;

/* Flags of virStorageVolDownload(). Since 3.4.0. */
typedef enum {
    VIR_STORAGE_VOL_DOWNLOAD_SPARSE_STREAM = (1 << 0)
} virStorageVolDownloadFlags;

/* Flags of virStorageVolUpload(). Since 3.4.0. */
typedef enum {
    VIR_STORAGE_VOL_UPLOAD_SPARSE_STREAM = (1 << 0)
} virStorageVolUploadFlags;

/* Flags of virStorageVolResize(). Since 0.9.10. */
typedef enum {
    VIR_STORAGE_VOL_RESIZE_ALLOCATE = (1 << 0),
    VIR_STORAGE_VOL_RESIZE_DELTA = (1 << 1),
    VIR_STORAGE_VOL_RESIZE_SHRINK = (1 << 2)
} virStorageVolResizeFlags;

/* Events of storage pools. Since 2.0.0. */
typedef enum {
    VIR_STORAGE_POOL_EVENT_ID_LIFECYCLE = 0,
    VIR_STORAGE_POOL_EVENT_ID_REFRESH = 1
# ifdef VIR_ENUM_SENTINELS
    , VIR_STORAGE_POOL_EVENT_ID_LAST
# endif
} virStoragePoolEventID;

/* What happened to a pool. Since 2.0.0. */
typedef enum {
    VIR_STORAGE_POOL_EVENT_DEFINED = 0,
    VIR_STORAGE_POOL_EVENT_UNDEFINED = 1,
    VIR_STORAGE_POOL_EVENT_STARTED = 2,
    VIR_STORAGE_POOL_EVENT_STOPPED = 3,
    VIR_STORAGE_POOL_EVENT_CREATED = 4, /* 3.8.0 */
    VIR_STORAGE_POOL_EVENT_DELETED = 5 /* 3.8.0 */
# ifdef VIR_ENUM_SENTINELS
    , VIR_STORAGE_POOL_EVENT_LAST
# endif
} virStoragePoolEventLifecycleType;

/* State and space of a pool, in bytes. Since 0.4.1. */
typedef struct _virStoragePoolInfo virStoragePoolInfo;
typedef virStoragePoolInfo *virStoragePoolInfoPtr;
struct _virStoragePoolInfo {
    int state; /* a virStoragePoolState */
    unsigned long long capacity;
    unsigned long long allocation;
    unsigned long long available;
};

/* Kind and space of a volume, in bytes. Since 0.4.1. */
typedef struct _virStorageVolInfo virStorageVolInfo;
typedef virStorageVolInfo *virStorageVolInfoPtr;
struct _virStorageVolInfo {
    int type; /* a virStorageVolType */
    unsigned long long capacity;
    unsigned long long allocation; /* or, by flag, the physical size */
};

/* Told that something happened to a pool; other types are cast to this one. Since 2.0.0. */
typedef void (*virConnectStoragePoolEventGenericCallback)(virConnectPtr conn, virStoragePoolPtr pool, void *opaque);

/* Told what happened to a pool: a virStoragePoolEventLifecycleType; detail is 0. Since 2.0.0. */
typedef void (*virConnectStoragePoolEventLifecycleCallback)(virConnectPtr conn, virStoragePoolPtr pool, int event,
        int detail, void *opaque);

/* How many pools are active. Since 0.4.1. */
int virConnectNumOfStoragePools(virConnectPtr conn);

/* How many pools are defined and inactive. Since 0.4.1. */
int virConnectNumOfDefinedStoragePools(virConnectPtr conn);

/* The names of active pools, each to be freed; gives how many. Since 0.4.1. */
int virConnectListStoragePools(virConnectPtr conn, char **const names, int maxnames);

/* The names of pools that are defined and inactive, each to be freed; gives how many. Since 0.4.1. */
int virConnectListDefinedStoragePools(virConnectPtr conn, char **const names, int maxnames);

/* Sources of a kind of pool, as a document. Since 0.4.5. */
char *virConnectFindStoragePoolSources(virConnectPtr conn, const char *type, const char *srcSpec, unsigned int flags);

/* All pools that match every group of the given flags; gives how many. Since 0.10.2. */
int virConnectListAllStoragePools(virConnectPtr conn, virStoragePoolPtr **pools, unsigned int flags);

/* Registers for an event (a virStoragePoolEventID) of a pool, or of all (NULL); gives the number of the registration.
 * Optional: freecb. Since 2.0.0. */
int virConnectStoragePoolEventRegisterAny(virConnectPtr conn, virStoragePoolPtr pool, int eventID,
        virConnectStoragePoolEventGenericCallback cb, void *opaque, virFreeCallback freecb);

/* Takes a registration back. Since 2.0.0. */
int virConnectStoragePoolEventDeregisterAny(virConnectPtr conn, int callbackID);

/* Kinds of pools and volumes, as a document. Since 5.2.0. */
char *virConnectGetStoragePoolCapabilities(virConnectPtr conn, unsigned int flags);

/* The connection of the pool, without a reference of its own. Since 0.4.1. */
virConnectPtr virStoragePoolGetConnect(virStoragePoolPtr pool);

/* The pool with this name. Since 0.4.1. */
virStoragePoolPtr virStoragePoolLookupByName(virConnectPtr conn, const char *name);

/* The pool with this uuid. Since 0.4.1. */
virStoragePoolPtr virStoragePoolLookupByUUID(virConnectPtr conn, const unsigned char *uuid);

/* The pool with this uuid, as text. Since 0.4.1. */
virStoragePoolPtr virStoragePoolLookupByUUIDString(virConnectPtr conn, const char *uuidstr);

/* The pool that a volume is in. Since 0.4.1. */
virStoragePoolPtr virStoragePoolLookupByVolume(virStorageVolPtr vol);

/* Starts a pool that is gone when it stops. Since 0.4.1. */
virStoragePoolPtr virStoragePoolCreateXML(virConnectPtr conn, const char *xmlDesc, unsigned int flags);

/* Makes a persistent pool of a document, or changes one. Since 0.4.1. */
virStoragePoolPtr virStoragePoolDefineXML(virConnectPtr conn, const char *xml, unsigned int flags);

/* Forgets the pool. Since 0.4.1. */
int virStoragePoolUndefine(virStoragePoolPtr pool);

/* Starts a defined pool. Since 0.4.1. */
int virStoragePoolCreate(virStoragePoolPtr pool, unsigned int flags);

/* Makes what the pool stands on. Since 0.4.1. */
int virStoragePoolBuild(virStoragePoolPtr pool, unsigned int flags);

/* Stops the pool. Since 0.4.1. */
int virStoragePoolDestroy(virStoragePoolPtr pool);

/* Deletes what the pool stands on. Since 0.4.1. */
int virStoragePoolDelete(virStoragePoolPtr pool, unsigned int flags);

/* Looks again at what is there. Since 0.4.1. */
int virStoragePoolRefresh(virStoragePoolPtr pool, unsigned int flags);

/* Gives a reference to the pool back; with the last one it is freed. Since 0.4.1. */
int virStoragePoolFree(virStoragePoolPtr pool);

/* The pool's name; it belongs to the pool. Since 0.4.1. */
const char *virStoragePoolGetName(virStoragePoolPtr pool);

/* Puts the pool's uuid into VIR_UUID_BUFLEN bytes. Since 0.4.1. */
int virStoragePoolGetUUID(virStoragePoolPtr pool, unsigned char *uuid);

/* Puts the pool's uuid, as text, into VIR_UUID_STRING_BUFLEN bytes. Since 0.4.1. */
int virStoragePoolGetUUIDString(virStoragePoolPtr pool, char *buf);

/* State and space. Since 0.4.1. */
int virStoragePoolGetInfo(virStoragePoolPtr pool, virStoragePoolInfoPtr info);

/* The pool's document. Since 0.4.1. */
char *virStoragePoolGetXMLDesc(virStoragePoolPtr pool, unsigned int flags);

/* Whether the pool shall start with the daemon. Since 0.4.1. */
int virStoragePoolSetAutostart(virStoragePoolPtr pool, int autostart);

/* Whether the pool starts with the daemon. Since 0.4.1. */
int virStoragePoolGetAutostart(virStoragePoolPtr pool, int *autostart);

/* How many volumes a pool has. Since 0.4.1. */
int virStoragePoolNumOfVolumes(virStoragePoolPtr pool);

/* The names of volumes, each to be freed; gives how many. Since 0.4.1. */
int virStoragePoolListVolumes(virStoragePoolPtr pool, char **const names, int maxnames);

/* Takes one more reference to the pool, to be given back with virStoragePoolFree(). Since 0.6.0. */
int virStoragePoolRef(virStoragePoolPtr pool);

/* Whether the pool is active. Since 0.7.3. */
int virStoragePoolIsActive(virStoragePoolPtr pool);

/* Whether the pool is kept when it stops. Since 0.7.3. */
int virStoragePoolIsPersistent(virStoragePoolPtr pool);

/* All volumes of a pool; gives how many. Since 0.10.2. */
int virStoragePoolListAllVolumes(virStoragePoolPtr pool, virStorageVolPtr **vols, unsigned int flags);

/* The pool with this target. Since 4.1.0. */
virStoragePoolPtr virStoragePoolLookupByTargetPath(virConnectPtr conn, const char *path);

/* The connection of the volume, without a reference of its own. Since 0.4.1. */
virConnectPtr virStorageVolGetConnect(virStorageVolPtr vol);

/* The volume of a pool with this name. Since 0.4.1. */
virStorageVolPtr virStorageVolLookupByName(virStoragePoolPtr pool, const char *name);

/* The volume with this key. Since 0.4.1. */
virStorageVolPtr virStorageVolLookupByKey(virConnectPtr conn, const char *key);

/* The volume at this path. Since 0.4.1. */
virStorageVolPtr virStorageVolLookupByPath(virConnectPtr conn, const char *path);

/* Makes a volume of a document. Since 0.4.1. */
virStorageVolPtr virStorageVolCreateXML(virStoragePoolPtr pool, const char *xmlDesc, unsigned int flags);

/* Deletes a volume. Since 0.4.1. */
int virStorageVolDelete(virStorageVolPtr vol, unsigned int flags);

/* Gives a reference to the volume back; with the last one it is freed. Since 0.4.1. */
int virStorageVolFree(virStorageVolPtr vol);

/* The volume's name; it belongs to the volume. Since 0.4.1. */
const char *virStorageVolGetName(virStorageVolPtr vol);

/* The volume's key; it belongs to the volume. Since 0.4.1. */
const char *virStorageVolGetKey(virStorageVolPtr vol);

/* Kind and space. Since 0.4.1. */
int virStorageVolGetInfo(virStorageVolPtr vol, virStorageVolInfoPtr info);

/* The volume's document. Since 0.4.1. */
char *virStorageVolGetXMLDesc(virStorageVolPtr vol, unsigned int flags);

/* Where the volume is, to be freed. Since 0.4.1. */
char *virStorageVolGetPath(virStorageVolPtr vol);

/* Takes one more reference to the volume, to be given back with virStorageVolFree(). Since 0.6.0. */
int virStorageVolRef(virStorageVolPtr vol);

/* Makes a volume and fills it from another. Since 0.6.4. */
virStorageVolPtr virStorageVolCreateXMLFrom(virStoragePoolPtr pool, const char *xmlDesc, virStorageVolPtr clonevol,
        unsigned int flags);

/* Overwrites a volume with zeros. Since 0.8.0. */
int virStorageVolWipe(virStorageVolPtr vol, unsigned int flags);

/* Reads bytes of a volume; length 0: up to its end. Since 0.9.0. */
int virStorageVolDownload(virStorageVolPtr vol, virStreamPtr stream, unsigned long long offset,
        unsigned long long length, unsigned int flags);

/* Writes bytes into a volume; length 0: up to its end. Since 0.9.0. */
int virStorageVolUpload(virStorageVolPtr vol, virStreamPtr stream, unsigned long long offset,
        unsigned long long length, unsigned int flags);

/* Changes the volume's capacity, in bytes. Since 0.9.10. */
int virStorageVolResize(virStorageVolPtr vol, unsigned long long capacity, unsigned int flags);

/* Overwrites a volume. Since 0.9.10. */
int virStorageVolWipePattern(virStorageVolPtr vol, unsigned int algorithm, unsigned int flags);

/* Kind and space. Since 3.0.0. */
int virStorageVolGetInfoFlags(virStorageVolPtr vol, virStorageVolInfoPtr info, unsigned int flags);

# ifdef __cplusplus
}
# endif

#endif /* LIBVIRT_STORAGE_H */
