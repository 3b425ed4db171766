/*
 * libvirt-domain-snapshot.h: snapshots of domains
 *
 * Part of Vireo. SPDX-License-Identifier: LGPL-2.1-or-later
 */

#ifndef LIBVIRT_DOMAIN_SNAPSHOT_H
# define LIBVIRT_DOMAIN_SNAPSHOT_H

# ifndef __VIR_LIBVIRT_H_INCLUDES__
#  error "This header is part of <libvirt/libvirt.h>: include that"
# endif

# ifdef __cplusplus
extern "C" {
# endif

/* A snapshot. Since 0.8.0. */
typedef struct _virDomainSnapshot virDomainSnapshot;
typedef virDomainSnapshot *virDomainSnapshotPtr;

/* Flags of virDomainSnapshotCreateXML(). Since 0.9.5. */
typedef enum {
    VIR_DOMAIN_SNAPSHOT_CREATE_REDEFINE = (1 << 0),
    VIR_DOMAIN_SNAPSHOT_CREATE_CURRENT = (1 << 1),
    VIR_DOMAIN_SNAPSHOT_CREATE_NO_METADATA = (1 << 2),
    VIR_DOMAIN_SNAPSHOT_CREATE_HALT = (1 << 3),
    VIR_DOMAIN_SNAPSHOT_CREATE_DISK_ONLY = (1 << 4),
    VIR_DOMAIN_SNAPSHOT_CREATE_REUSE_EXT = (1 << 5), /* 0.9.10 */
    VIR_DOMAIN_SNAPSHOT_CREATE_QUIESCE = (1 << 6), /* 0.9.10 */
    VIR_DOMAIN_SNAPSHOT_CREATE_ATOMIC = (1 << 7), /* 0.9.11 */
    VIR_DOMAIN_SNAPSHOT_CREATE_LIVE = (1 << 8), /* 1.0.1 */
    VIR_DOMAIN_SNAPSHOT_CREATE_VALIDATE = (1 << 9) /* 5.6.0 */
} virDomainSnapshotCreateFlags;

/* Flags of virDomainSnapshotGetXMLDesc(). Since 5.1.0. */
typedef enum {
    VIR_DOMAIN_SNAPSHOT_XML_SECURE = (1 << 0)
} virDomainSnapshotXMLFlags;

/* Flags of virDomainSnapshotNum(), virDomainSnapshotListNames(), virDomainSnapshotListChildrenNames() and others.
 * Since 0.9.5. */
typedef enum {
    VIR_DOMAIN_SNAPSHOT_LIST_ROOTS = (1 << 0),
    VIR_DOMAIN_SNAPSHOT_LIST_DESCENDANTS = (1 << 0), /* 0.9.7 */
    VIR_DOMAIN_SNAPSHOT_LIST_LEAVES = (1 << 2), /* 0.9.7 */
    VIR_DOMAIN_SNAPSHOT_LIST_NO_LEAVES = (1 << 3), /* 0.9.13 */
    VIR_DOMAIN_SNAPSHOT_LIST_METADATA = (1 << 1),
    VIR_DOMAIN_SNAPSHOT_LIST_NO_METADATA = (1 << 4), /* 0.9.13 */
    VIR_DOMAIN_SNAPSHOT_LIST_INACTIVE = (1 << 5), /* 1.0.1 */
    VIR_DOMAIN_SNAPSHOT_LIST_ACTIVE = (1 << 6), /* 1.0.1 */
    VIR_DOMAIN_SNAPSHOT_LIST_DISK_ONLY = (1 << 7), /* 1.0.1 */
    VIR_DOMAIN_SNAPSHOT_LIST_INTERNAL = (1 << 8), /* 1.0.1 */
    VIR_DOMAIN_SNAPSHOT_LIST_EXTERNAL = (1 << 9), /* 1.0.1 */
    VIR_DOMAIN_SNAPSHOT_LIST_TOPOLOGICAL = (1 << 10) /* 5.2.0 */
} virDomainSnapshotListFlags;

/* Flags of virDomainRevertToSnapshot(). Since 0.9.5. */
typedef enum {
    VIR_DOMAIN_SNAPSHOT_REVERT_RUNNING = (1 << 0),
    VIR_DOMAIN_SNAPSHOT_REVERT_PAUSED = (1 << 1),
    VIR_DOMAIN_SNAPSHOT_REVERT_FORCE = (1 << 2), /* 0.9.7 */
    VIR_DOMAIN_SNAPSHOT_REVERT_RESET_NVRAM = (1 << 3) /* 8.1.0 */
} virDomainSnapshotRevertFlags;

/* Flags of virDomainSnapshotDelete(). Since 0.8.0. */
typedef enum {
    VIR_DOMAIN_SNAPSHOT_DELETE_CHILDREN = (1 << 0),
    VIR_DOMAIN_SNAPSHOT_DELETE_METADATA_ONLY = (1 << 1), /* 0.9.5 */
    VIR_DOMAIN_SNAPSHOT_DELETE_CHILDREN_ONLY = (1 << 2) /* 0.9.5 */
} virDomainSnapshotDeleteFlags;

/* Makes a snapshot. Since 0.8.0. */
virDomainSnapshotPtr virDomainSnapshotCreateXML(virDomainPtr domain, const char *xmlDesc, unsigned int flags);

/* The snapshot's document. Since 0.8.0. */
char *virDomainSnapshotGetXMLDesc(virDomainSnapshotPtr snapshot, unsigned int flags);

/* How many there are. Since 0.8.0. */
int virDomainSnapshotNum(virDomainPtr domain, unsigned int flags);

/* The names of snapshots, each to be freed; gives how many. Since 0.8.0. */
int virDomainSnapshotListNames(virDomainPtr domain, char **names, int nameslen, unsigned int flags);

/* The snapshot with this name. Since 0.8.0. */
virDomainSnapshotPtr virDomainSnapshotLookupByName(virDomainPtr domain, const char *name, unsigned int flags);

/* The current one. Since 0.8.0. */
virDomainSnapshotPtr virDomainSnapshotCurrent(virDomainPtr domain, unsigned int flags);

/* Deletes a snapshot. Since 0.8.0. */
int virDomainSnapshotDelete(virDomainSnapshotPtr snapshot, unsigned int flags);

/* Gives a reference to the snapshot back; with the last one it is freed. Since 0.8.0. */
int virDomainSnapshotFree(virDomainSnapshotPtr snapshot);

/* The connection of the snapshot, without a reference of its own. Since 0.9.5. */
virConnectPtr virDomainSnapshotGetConnect(virDomainSnapshotPtr snapshot);

/* The domain of the snapshot, without a reference of its own. Since 0.9.5. */
virDomainPtr virDomainSnapshotGetDomain(virDomainSnapshotPtr snapshot);

/* The snapshot's name; it belongs to the snapshot. Since 0.9.5. */
const char *virDomainSnapshotGetName(virDomainSnapshotPtr snapshot);

/* The snapshot it is built on. Since 0.9.7. */
virDomainSnapshotPtr virDomainSnapshotGetParent(virDomainSnapshotPtr snapshot, unsigned int flags);

/* The names of its children; gives how many. Since 0.9.7. */
int virDomainSnapshotListChildrenNames(virDomainSnapshotPtr snapshot, char **names, int nameslen, unsigned int flags);

/* How many children a snapshot has. Since 0.9.7. */
int virDomainSnapshotNumChildren(virDomainSnapshotPtr snapshot, unsigned int flags);

/* Whether our own metadata describe it. Since 0.9.13. */
int virDomainSnapshotHasMetadata(virDomainSnapshotPtr snapshot, unsigned int flags);

/* Whether the snapshot is the current one. Since 0.9.13. */
int virDomainSnapshotIsCurrent(virDomainSnapshotPtr snapshot, unsigned int flags);

/* The snapshot's children. Since 0.9.13. */
int virDomainSnapshotListAllChildren(virDomainSnapshotPtr snapshot, virDomainSnapshotPtr **snaps, unsigned int flags);

/* Takes one more reference to the snapshot, to be given back with virDomainSnapshotFree(). Since 0.9.13. */
int virDomainSnapshotRef(virDomainSnapshotPtr snapshot);

/* Whether there is a current one. Since 0.8.0. */
int virDomainHasCurrentSnapshot(virDomainPtr domain, unsigned int flags);

/* Goes back to a snapshot. Since 0.8.0. */
int virDomainRevertToSnapshot(virDomainSnapshotPtr snapshot, unsigned int flags);

/* All snapshots of a domain; gives how many. Since 0.9.13. */
int virDomainListAllSnapshots(virDomainPtr domain, virDomainSnapshotPtr **snaps, unsigned int flags);

# ifdef __cplusplus
}
# endif

#endif /* LIBVIRT_DOMAIN_SNAPSHOT_H */
