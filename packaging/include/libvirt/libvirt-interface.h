/*
 * libvirt-interface.h: network interfaces of the host
 *
 * Part of Vireo. SPDX-License-Identifier: LGPL-2.1-or-later
 */

#ifndef LIBVIRT_INTERFACE_H
# define LIBVIRT_INTERFACE_H

# ifndef __VIR_LIBVIRT_H_INCLUDES__
#  error "This header is part of <libvirt/libvirt.h>: include that"
# endif

# ifdef __cplusplus
extern "C" {
# endif

/* A network interface of the host. Since 0.6.4. */
typedef struct _virInterface virInterface;
typedef virInterface *virInterfacePtr;

/* Flags of virConnectListAllInterfaces(). Since 0.10.2. */
typedef enum {
    VIR_CONNECT_LIST_INTERFACES_INACTIVE = (1 << 0),
    VIR_CONNECT_LIST_INTERFACES_ACTIVE = (1 << 1)
} virConnectListAllInterfacesFlags;

/* Flags of virInterfaceGetXMLDesc(). Since 0.7.3. */
typedef enum {
    VIR_INTERFACE_XML_INACTIVE = (1 << 0)
} virInterfaceXMLFlags;

/* Flags of virInterfaceDefineXML(). Since 7.7.0. */
typedef enum {
    VIR_INTERFACE_DEFINE_VALIDATE = (1 << 0)
} virInterfaceDefineFlags;

/* How many interfaces are active. Since 0.6.4. */
int virConnectNumOfInterfaces(virConnectPtr conn);

/* The names of active interfaces, each to be freed; gives how many. Since 0.6.4. */
int virConnectListInterfaces(virConnectPtr conn, char **const names, int maxnames);

/* How many interfaces are defined and inactive. Since 0.7.0. */
int virConnectNumOfDefinedInterfaces(virConnectPtr conn);

/* The names of interfaces that are defined and inactive, each to be freed; gives how many. Since 0.7.0. */
int virConnectListDefinedInterfaces(virConnectPtr conn, char **const names, int maxnames);

/* All interfaces that match every group of the given flags; gives how many. Since 0.10.2. */
int virConnectListAllInterfaces(virConnectPtr conn, virInterfacePtr **ifaces, unsigned int flags);

/* The connection of the interface, without a reference of its own. Since 0.6.4. */
virConnectPtr virInterfaceGetConnect(virInterfacePtr iface);

/* The interface with this name. Since 0.6.4. */
virInterfacePtr virInterfaceLookupByName(virConnectPtr conn, const char *name);

/* The interface with this MAC. Since 0.6.4. */
virInterfacePtr virInterfaceLookupByMACString(virConnectPtr conn, const char *macstr);

/* The interface's name; it belongs to the interface. Since 0.6.4. */
const char *virInterfaceGetName(virInterfacePtr iface);

/* The interface's MAC address; it belongs to the interface. Since 0.6.4. */
const char *virInterfaceGetMACString(virInterfacePtr iface);

/* The interface's document. Since 0.6.4. */
char *virInterfaceGetXMLDesc(virInterfacePtr iface, unsigned int flags);

/* Takes one more reference to the interface, to be given back with virInterfaceFree(). Since 0.6.4. */
int virInterfaceRef(virInterfacePtr iface);

/* Gives a reference to the interface back; with the last one it is freed. Since 0.6.4. */
int virInterfaceFree(virInterfacePtr iface);

/* Makes an interface of a document, or changes one. Since 0.6.4. */
virInterfacePtr virInterfaceDefineXML(virConnectPtr conn, const char *xml, unsigned int flags);

/* Forgets the interface. Since 0.6.4. */
int virInterfaceUndefine(virInterfacePtr iface);

/* Starts the interface. Since 0.6.4. */
int virInterfaceCreate(virInterfacePtr iface, unsigned int flags);

/* Stops the interface. Since 0.6.4. */
int virInterfaceDestroy(virInterfacePtr iface, unsigned int flags);

/* Whether the interface is active. Since 0.7.3. */
int virInterfaceIsActive(virInterfacePtr iface);

/* Remembers the interfaces as they are. Since 0.9.2. */
int virInterfaceChangeBegin(virConnectPtr conn, unsigned int flags);

/* Keeps what was changed since. Since 0.9.2. */
int virInterfaceChangeCommit(virConnectPtr conn, unsigned int flags);

/* Goes back to what was remembered. Since 0.9.2. */
int virInterfaceChangeRollback(virConnectPtr conn, unsigned int flags);

# ifdef __cplusplus
}
# endif

#endif /* LIBVIRT_INTERFACE_H */
