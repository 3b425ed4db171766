/*
 * libvirt-domain-checkpoint.h: checkpoints of domains
 *
 * Part of Vireo. SPDX-License-Identifier: LGPL-2.1-or-later
 */

#ifndef LIBVIRT_DOMAIN_CHECKPOINT_H
# define LIBVIRT_DOMAIN_CHECKPOINT_H

# ifndef __VIR_LIBVIRT_H_INCLUDES__
#  error "This header is part of <libvirt/libvirt.h>: include that"
# endif

# ifdef __cplusplus
extern "C" {
# endif

/* A checkpoint. Since 5.2.0. */
typedef struct _virDomainCheckpoint virDomainCheckpoint;
typedef virDomainCheckpoint *virDomainCheckpointPtr;

/* Flags of virDomainCheckpointCreateXML(). Since 5.6.0. */
typedef enum {
    VIR_DOMAIN_CHECKPOINT_CREATE_REDEFINE = (1 << 0),
    VIR_DOMAIN_CHECKPOINT_CREATE_QUIESCE = (1 << 1),
    VIR_DOMAIN_CHECKPOINT_CREATE_REDEFINE_VALIDATE = (1 << 2) /* 6.10.0 */
} virDomainCheckpointCreateFlags;

/* Flags of virDomainCheckpointGetXMLDesc(). Since 5.6.0. */
typedef enum {
    VIR_DOMAIN_CHECKPOINT_XML_SECURE = (1 << 0),
    VIR_DOMAIN_CHECKPOINT_XML_NO_DOMAIN = (1 << 1),
    VIR_DOMAIN_CHECKPOINT_XML_SIZE = (1 << 2)
} virDomainCheckpointXMLFlags;

/* Flags of virDomainCheckpointListAllChildren() and virDomainListAllCheckpoints(). Since 5.6.0. */
typedef enum {
    VIR_DOMAIN_CHECKPOINT_LIST_ROOTS = (1 << 0),
    VIR_DOMAIN_CHECKPOINT_LIST_DESCENDANTS = (1 << 0),
    VIR_DOMAIN_CHECKPOINT_LIST_TOPOLOGICAL = (1 << 1),
    VIR_DOMAIN_CHECKPOINT_LIST_LEAVES = (1 << 2),
    VIR_DOMAIN_CHECKPOINT_LIST_NO_LEAVES = (1 << 3)
} virDomainCheckpointListFlags;

/* Flags of virDomainCheckpointDelete(). Since 5.6.0. */
typedef enum {
    VIR_DOMAIN_CHECKPOINT_DELETE_CHILDREN = (1 << 0),
    VIR_DOMAIN_CHECKPOINT_DELETE_METADATA_ONLY = (1 << 1),
    VIR_DOMAIN_CHECKPOINT_DELETE_CHILDREN_ONLY = (1 << 2)
} virDomainCheckpointDeleteFlags;

/* Makes a checkpoint. Since 5.6.0. */
virDomainCheckpointPtr virDomainCheckpointCreateXML(virDomainPtr domain, const char *xmlDesc, unsigned int flags);

/* Deletes a checkpoint. Since 5.6.0. */
int virDomainCheckpointDelete(virDomainCheckpointPtr checkpoint, unsigned int flags);

/* Gives a reference to the checkpoint back; with the last one it is freed. Since 5.6.0. */
int virDomainCheckpointFree(virDomainCheckpointPtr checkpoint);

/* The connection of the checkpoint, without a reference of its own. Since 5.6.0. */
virConnectPtr virDomainCheckpointGetConnect(virDomainCheckpointPtr checkpoint);

/* The domain of the checkpoint, without a reference of its own. Since 5.6.0. */
virDomainPtr virDomainCheckpointGetDomain(virDomainCheckpointPtr checkpoint);

/* The checkpoint's name; it belongs to the checkpoint. Since 5.6.0. */
const char *virDomainCheckpointGetName(virDomainCheckpointPtr checkpoint);

/* The checkpoint before it. Since 5.6.0. */
virDomainCheckpointPtr virDomainCheckpointGetParent(virDomainCheckpointPtr checkpoint, unsigned int flags);

/* The checkpoint's document. Since 5.6.0. */
char *virDomainCheckpointGetXMLDesc(virDomainCheckpointPtr checkpoint, unsigned int flags);

/* The checkpoint's children. Since 5.6.0. */
int virDomainCheckpointListAllChildren(virDomainCheckpointPtr checkpoint, virDomainCheckpointPtr **children,
        unsigned int flags);

/* The checkpoint with this name. Since 5.6.0. */
virDomainCheckpointPtr virDomainCheckpointLookupByName(virDomainPtr domain, const char *name, unsigned int flags);

/* Takes one more reference to the checkpoint, to be given back with virDomainCheckpointFree(). Since 5.6.0. */
int virDomainCheckpointRef(virDomainCheckpointPtr checkpoint);

/* All checkpoints of a domain; gives how many. Since 5.6.0. */
int virDomainListAllCheckpoints(virDomainPtr domain, virDomainCheckpointPtr **checkpoints, unsigned int flags);

# ifdef __cplusplus
}
# endif

#endif /* LIBVIRT_DOMAIN_CHECKPOINT_H */
