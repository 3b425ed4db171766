/*
 * libvirt-secret.h: secrets
 *
 * Part of Vireo. SPDX-License-Identifier: LGPL-2.1-or-later
 */

#ifndef LIBVIRT_SECRET_H
# define LIBVIRT_SECRET_H

# ifndef __VIR_LIBVIRT_H_INCLUDES__
#  error "This header is part of <libvirt/libvirt.h>: include that"
# endif

# ifdef __cplusplus
extern "C" {
# endif

/* A secret. Since 0.7.1. */
typedef struct _virSecret virSecret;
typedef virSecret *virSecretPtr;

/* Casts the callback of any event. Since 3.0.0. */
# define VIR_SECRET_EVENT_CALLBACK(cb) ((virConnectSecretEventGenericCallback)(cb))

/* What a secret is for. Since 0.7.1. */
typedef enum {
    VIR_SECRET_USAGE_TYPE_NONE = 0,
    VIR_SECRET_USAGE_TYPE_VOLUME = 1,
    VIR_SECRET_USAGE_TYPE_CEPH = 2, /* 0.9.7 */
    VIR_SECRET_USAGE_TYPE_ISCSI = 3, /* 1.0.4 */
    VIR_SECRET_USAGE_TYPE_TLS = 4, /* 2.3.0 */
    VIR_SECRET_USAGE_TYPE_VTPM = 5 /* 5.6.0 */
# ifdef VIR_ENUM_SENTINELS
    , VIR_SECRET_USAGE_TYPE_LAST /* 0.9.7 */
# endif
} virSecretUsageType;

/* Flags of virConnectListAllSecrets(). Since 0.10.2. */
typedef enum {
    VIR_CONNECT_LIST_SECRETS_EPHEMERAL = (1 << 0),
    VIR_CONNECT_LIST_SECRETS_NO_EPHEMERAL = (1 << 1),
    VIR_CONNECT_LIST_SECRETS_PRIVATE = (1 << 2),
    VIR_CONNECT_LIST_SECRETS_NO_PRIVATE = (1 << 3)
} virConnectListAllSecretsFlags;

/* Flags of virSecretDefineXML(). Since 7.7.0. */
typedef enum {
    VIR_SECRET_DEFINE_VALIDATE = (1 << 0)
} virSecretDefineFlags;

/* Events of secrets. Since 3.0.0. */
typedef enum {
    VIR_SECRET_EVENT_ID_LIFECYCLE = 0,
    VIR_SECRET_EVENT_ID_VALUE_CHANGED = 1
# ifdef VIR_ENUM_SENTINELS
    , VIR_SECRET_EVENT_ID_LAST
# endif
} virSecretEventID;

/* What happened to a secret. Since 3.0.0. */
typedef enum {
    VIR_SECRET_EVENT_DEFINED = 0,
    VIR_SECRET_EVENT_UNDEFINED = 1
# ifdef VIR_ENUM_SENTINELS
    , VIR_SECRET_EVENT_LAST
# endif
} virSecretEventLifecycleType;

/* Told that something happened to a secret; other types are cast to this one. Since 3.0.0. */
typedef void (*virConnectSecretEventGenericCallback)(virConnectPtr conn, virSecretPtr secret, void *opaque);

/* Told what happened to a secret: a virSecretEventLifecycleType; detail is 0. Since 3.0.0. */
typedef void (*virConnectSecretEventLifecycleCallback)(virConnectPtr conn, virSecretPtr secret, int event, int detail,
        void *opaque);

/* How many secrets there are. Since 0.7.1. */
int virConnectNumOfSecrets(virConnectPtr conn);

/* The uuids of secrets, as text, each to be freed; gives how many. Since 0.7.1. */
int virConnectListSecrets(virConnectPtr conn, char **uuids, int maxuuids);

/* All secrets that match every group of the given flags; gives how many. Since 0.10.2. */
int virConnectListAllSecrets(virConnectPtr conn, virSecretPtr **secrets, unsigned int flags);

/* Registers for an event (a virSecretEventID) of a secret, or of all (NULL); gives the number of the registration.
 * Optional: freecb. Since 3.0.0. */
int virConnectSecretEventRegisterAny(virConnectPtr conn, virSecretPtr secret, int eventID,
        virConnectSecretEventGenericCallback cb, void *opaque, virFreeCallback freecb);

/* Takes a registration back. Since 3.0.0. */
int virConnectSecretEventDeregisterAny(virConnectPtr conn, int callbackID);

/* The connection of the secret, without a reference of its own. Since 0.7.1. */
virConnectPtr virSecretGetConnect(virSecretPtr secret);

/* The secret with this uuid. Since 0.7.1. */
virSecretPtr virSecretLookupByUUID(virConnectPtr conn, const unsigned char *uuid);

/* The secret with this uuid, as text. Since 0.7.1. */
virSecretPtr virSecretLookupByUUIDString(virConnectPtr conn, const char *uuidstr);

/* The secret for this use. Since 0.7.1. */
virSecretPtr virSecretLookupByUsage(virConnectPtr conn, int usageType, const char *usageID);

/* Makes a secret of a document, or changes one. Since 0.7.1. */
virSecretPtr virSecretDefineXML(virConnectPtr conn, const char *xml, unsigned int flags);

/* Puts the secret's uuid into VIR_UUID_BUFLEN bytes. Since 0.7.1. */
int virSecretGetUUID(virSecretPtr secret, unsigned char *uuid);

/* Puts the secret's uuid, as text, into VIR_UUID_STRING_BUFLEN bytes. Since 0.7.1. */
int virSecretGetUUIDString(virSecretPtr secret, char *buf);

/* What the secret is for: a virSecretUsageType. Since 0.7.1. */
int virSecretGetUsageType(virSecretPtr secret);

/* What the secret is of, such as the path of a volume; it belongs to the secret. Since 0.7.1. */
const char *virSecretGetUsageID(virSecretPtr secret);

/* The secret's document. Since 0.7.1. */
char *virSecretGetXMLDesc(virSecretPtr secret, unsigned int flags);

/* Gives the secret a value, of at most 64 KiB. Since 0.7.1. */
int virSecretSetValue(virSecretPtr secret, const unsigned char *value, size_t value_size, unsigned int flags);

/* The value of a secret, of value_size bytes, to be freed. Since 0.7.1. */
unsigned char *virSecretGetValue(virSecretPtr secret, size_t *value_size, unsigned int flags);

/* Forgets the secret. Since 0.7.1. */
int virSecretUndefine(virSecretPtr secret);

/* Takes one more reference to the secret, to be given back with virSecretFree(). Since 0.7.1. */
int virSecretRef(virSecretPtr secret);

/* Gives a reference to the secret back; with the last one it is freed. Since 0.7.1. */
int virSecretFree(virSecretPtr secret);

# ifdef __cplusplus
}
# endif

#endif /* LIBVIRT_SECRET_H */
