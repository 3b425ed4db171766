/*
 * libvirt-network.h: virtual networks
 *
 * Part of Vireo. SPDX-License-Identifier: LGPL-2.1-or-later
 */

#ifndef LIBVIRT_NETWORK_H
# define LIBVIRT_NETWORK_H

# ifndef __VIR_LIBVIRT_H_INCLUDES__
#  error "This header is part of <libvirt/libvirt.h>: include that"
# endif

# ifdef __cplusplus
extern "C" {
# endif

/* A virtual network. Since 0.2.0. */
typedef struct _virNetwork virNetwork;
typedef virNetwork *virNetworkPtr;

/* A port of a virtual network. Since 5.5.0. */
typedef struct _virNetworkPort virNetworkPort;
typedef virNetworkPort *virNetworkPortPtr;

/* Casts the callback of any event. Since 1.2.1. */
# define VIR_NETWORK_EVENT_CALLBACK(cb) ((virConnectNetworkEventGenericCallback)(cb))

/* Flags of virNetworkGetXMLDesc(). Since 0.9.10. */
typedef enum {
    VIR_NETWORK_XML_INACTIVE = (1 << 0)
} virNetworkXMLFlags;

/* Flags of virConnectListAllNetworks(). Since 0.10.2. */
typedef enum {
    VIR_CONNECT_LIST_NETWORKS_INACTIVE = (1 << 0),
    VIR_CONNECT_LIST_NETWORKS_ACTIVE = (1 << 1),
    VIR_CONNECT_LIST_NETWORKS_PERSISTENT = (1 << 2),
    VIR_CONNECT_LIST_NETWORKS_TRANSIENT = (1 << 3),
    VIR_CONNECT_LIST_NETWORKS_AUTOSTART = (1 << 4),
    VIR_CONNECT_LIST_NETWORKS_NO_AUTOSTART = (1 << 5)
} virConnectListAllNetworksFlags;

/* Flags of virNetworkCreateXMLFlags(). Since 7.8.0. */
typedef enum {
    VIR_NETWORK_CREATE_VALIDATE = (1 << 0)
} virNetworkCreateFlags;

/* Flags of virNetworkDefineXMLFlags(). Since 7.7.0. */
typedef enum {
    VIR_NETWORK_DEFINE_VALIDATE = (1 << 0)
} virNetworkDefineFlags;

/* What is done to a section of a network. Since 0.10.2. */
typedef enum {
    VIR_NETWORK_UPDATE_COMMAND_NONE = 0,
    VIR_NETWORK_UPDATE_COMMAND_MODIFY = 1,
    VIR_NETWORK_UPDATE_COMMAND_DELETE = 2,
    VIR_NETWORK_UPDATE_COMMAND_ADD_LAST = 3,
    VIR_NETWORK_UPDATE_COMMAND_ADD_FIRST = 4
# ifdef VIR_ENUM_SENTINELS
    , VIR_NETWORK_UPDATE_COMMAND_LAST
# endif
} virNetworkUpdateCommand;

/* Which section of a network. Since 0.10.2. */
typedef enum {
    VIR_NETWORK_SECTION_NONE = 0,
    VIR_NETWORK_SECTION_BRIDGE = 1,
    VIR_NETWORK_SECTION_DOMAIN = 2,
    VIR_NETWORK_SECTION_IP = 3,
    VIR_NETWORK_SECTION_IP_DHCP_HOST = 4,
    VIR_NETWORK_SECTION_IP_DHCP_RANGE = 5,
    VIR_NETWORK_SECTION_FORWARD = 6,
    VIR_NETWORK_SECTION_FORWARD_INTERFACE = 7,
    VIR_NETWORK_SECTION_FORWARD_PF = 8,
    VIR_NETWORK_SECTION_PORTGROUP = 9,
    VIR_NETWORK_SECTION_DNS_HOST = 10,
    VIR_NETWORK_SECTION_DNS_TXT = 11,
    VIR_NETWORK_SECTION_DNS_SRV = 12
# ifdef VIR_ENUM_SENTINELS
    , VIR_NETWORK_SECTION_LAST
# endif
} virNetworkUpdateSection;

/* Flags of virNetworkUpdate(). Since 0.10.2. */
typedef enum {
    VIR_NETWORK_UPDATE_AFFECT_CURRENT = 0,
    VIR_NETWORK_UPDATE_AFFECT_LIVE = (1 << 0),
    VIR_NETWORK_UPDATE_AFFECT_CONFIG = (1 << 1)
} virNetworkUpdateFlags;

/* What happened to a network. Since 1.2.1. */
typedef enum {
    VIR_NETWORK_EVENT_DEFINED = 0,
    VIR_NETWORK_EVENT_UNDEFINED = 1,
    VIR_NETWORK_EVENT_STARTED = 2,
    VIR_NETWORK_EVENT_STOPPED = 3
# ifdef VIR_ENUM_SENTINELS
    , VIR_NETWORK_EVENT_LAST
# endif
} virNetworkEventLifecycleType;

/* Events of networks. Since 1.2.1. */
typedef enum {
    VIR_NETWORK_EVENT_ID_LIFECYCLE = 0
# ifdef VIR_ENUM_SENTINELS
    , VIR_NETWORK_EVENT_ID_LAST
# endif
} virNetworkEventID;

/* Versions of IP. Since 1.2.6. */
typedef enum {
    VIR_IP_ADDR_TYPE_IPV4 = 0,
    VIR_IP_ADDR_TYPE_IPV6 = 1
# ifdef VIR_ENUM_SENTINELS
    , VIR_IP_ADDR_TYPE_LAST
# endif
} virIPAddrType;

/* Flags of virNetworkPortCreateXML(). Since 5.5.0. */
typedef enum {
    VIR_NETWORK_PORT_CREATE_RECLAIM = (1 << 0),
    VIR_NETWORK_PORT_CREATE_VALIDATE = (1 << 1) /* 7.8.0 */
} virNetworkPortCreateFlags;

/* A DHCP lease. Since 1.2.6. */
typedef struct _virNetworkDHCPLease virNetworkDHCPLease;
typedef virNetworkDHCPLease *virNetworkDHCPLeasePtr;
struct _virNetworkDHCPLease {
    char *iface;
    long long expirytime; /* in seconds since 1970; 0: never */
    int type; /* a virIPAddrType */
    char *mac;
    char *iaid; /* IPv6 only */
    char *ipaddr;
    unsigned int prefix;
    char *hostname; /* NULL: not known */
    char *clientid; /* client identifier or, for IPv6, DUID */
};

/* Told what happened to a network: a virNetworkEventLifecycleType; detail is 0. Since 1.2.1. */
typedef void (*virConnectNetworkEventLifecycleCallback)(virConnectPtr conn, virNetworkPtr net, int event, int detail,
        void *opaque);

/* Told that something happened to a network; other types are cast to this one. Since 1.2.1. */
typedef void (*virConnectNetworkEventGenericCallback)(virConnectPtr conn, virNetworkPtr net, void *opaque);

# define VIR_NETWORK_PORT_BANDWIDTH_IN_AVERAGE "inbound.average" /* 5.5.0 */
# define VIR_NETWORK_PORT_BANDWIDTH_IN_PEAK "inbound.peak" /* 5.5.0 */
# define VIR_NETWORK_PORT_BANDWIDTH_IN_BURST "inbound.burst" /* 5.5.0 */
# define VIR_NETWORK_PORT_BANDWIDTH_IN_FLOOR "inbound.floor" /* 5.5.0 */
# define VIR_NETWORK_PORT_BANDWIDTH_OUT_AVERAGE "outbound.average" /* 5.5.0 */
# define VIR_NETWORK_PORT_BANDWIDTH_OUT_PEAK "outbound.peak" /* 5.5.0 */
# define VIR_NETWORK_PORT_BANDWIDTH_OUT_BURST "outbound.burst" /* 5.5.0 */

/* How many networks are active. Since 0.2.0. */
int virConnectNumOfNetworks(virConnectPtr conn);

/* The names of active networks, each to be freed; gives how many. Since 0.2.0. */
int virConnectListNetworks(virConnectPtr conn, char **const names, int maxnames);

/* How many networks are defined and inactive. Since 0.2.0. */
int virConnectNumOfDefinedNetworks(virConnectPtr conn);

/* The names of networks that are defined and inactive, each to be freed; gives how many. Since 0.2.0. */
int virConnectListDefinedNetworks(virConnectPtr conn, char **const names, int maxnames);

/* All networks that match every group of the given flags; gives how many. Since 0.10.2. */
int virConnectListAllNetworks(virConnectPtr conn, virNetworkPtr **nets, unsigned int flags);

/* Registers for an event (a virNetworkEventID) of a network, or of all (NULL); gives the number of the registration.
 * Optional: freecb. Since 1.2.1. */
int virConnectNetworkEventRegisterAny(virConnectPtr conn, virNetworkPtr net, int eventID,
        virConnectNetworkEventGenericCallback cb, void *opaque, virFreeCallback freecb);

/* Takes a registration back. Since 1.2.1. */
int virConnectNetworkEventDeregisterAny(virConnectPtr conn, int callbackID);

/* The network with this name. Since 0.2.0. */
virNetworkPtr virNetworkLookupByName(virConnectPtr conn, const char *name);

/* The network with this uuid. Since 0.2.0. */
virNetworkPtr virNetworkLookupByUUID(virConnectPtr conn, const unsigned char *uuid);

/* The network with this uuid, as text. Since 0.2.0. */
virNetworkPtr virNetworkLookupByUUIDString(virConnectPtr conn, const char *uuidstr);

/* Starts a network that is gone when it stops. Since 0.2.0. */
virNetworkPtr virNetworkCreateXML(virConnectPtr conn, const char *xmlDesc);

/* Makes a persistent network of a document, or changes one. Since 0.2.0. */
virNetworkPtr virNetworkDefineXML(virConnectPtr conn, const char *xml);

/* Forgets the network. Since 0.2.0. */
int virNetworkUndefine(virNetworkPtr network);

/* Starts a defined network. Since 0.2.0. */
int virNetworkCreate(virNetworkPtr network);

/* Stops a network. Since 0.2.0. */
int virNetworkDestroy(virNetworkPtr network);

/* Gives a reference to the network back; with the last one it is freed. Since 0.2.0. */
int virNetworkFree(virNetworkPtr network);

/* The network's name; it belongs to the network. Since 0.2.0. */
const char *virNetworkGetName(virNetworkPtr network);

/* Puts the network's uuid into VIR_UUID_BUFLEN bytes. Since 0.2.0. */
int virNetworkGetUUID(virNetworkPtr network, unsigned char *uuid);

/* Puts the network's uuid, as text, into VIR_UUID_STRING_BUFLEN bytes. Since 0.2.0. */
int virNetworkGetUUIDString(virNetworkPtr network, char *buf);

/* The network's document. Since 0.2.0. */
char *virNetworkGetXMLDesc(virNetworkPtr network, unsigned int flags);

/* The network's bridge. Since 0.2.0. */
char *virNetworkGetBridgeName(virNetworkPtr network);

/* Whether the network starts with the daemon. Since 0.2.1. */
int virNetworkGetAutostart(virNetworkPtr network, int *autostart);

/* Whether the network shall start with the daemon. Since 0.2.1. */
int virNetworkSetAutostart(virNetworkPtr network, int autostart);

/* The connection of the network, without a reference of its own. Since 0.3.0. */
virConnectPtr virNetworkGetConnect(virNetworkPtr net);

/* Takes one more reference to the network, to be given back with virNetworkFree(). Since 0.6.0. */
int virNetworkRef(virNetworkPtr network);

/* Whether the network is active. Since 0.7.3. */
int virNetworkIsActive(virNetworkPtr net);

/* Whether the network is kept when it stops. Since 0.7.3. */
int virNetworkIsPersistent(virNetworkPtr net);

/* Changes part of a network. Since 0.10.2. */
int virNetworkUpdate(virNetworkPtr network, unsigned int command, unsigned int section, int parentIndex,
        const char *xml, unsigned int flags);

/* Frees a lease. Since 1.2.6. */
void virNetworkDHCPLeaseFree(virNetworkDHCPLeasePtr lease);

/* DHCP leases, of one MAC or of all. Since 1.2.6. */
int virNetworkGetDHCPLeases(virNetworkPtr network, const char *mac, virNetworkDHCPLeasePtr **leases,
        unsigned int flags);

/* All ports of a network; gives how many. Since 5.5.0. */
int virNetworkListAllPorts(virNetworkPtr network, virNetworkPortPtr **ports, unsigned int flags);

/* Makes a persistent network of a document, or changes one. Since 7.7.0. */
virNetworkPtr virNetworkDefineXMLFlags(virConnectPtr conn, const char *xml, unsigned int flags);

/* Starts a network that is gone when it stops. Since 7.8.0. */
virNetworkPtr virNetworkCreateXMLFlags(virConnectPtr conn, const char *xmlDesc, unsigned int flags);

/* The port with this uuid. Since 5.5.0. */
virNetworkPortPtr virNetworkPortLookupByUUID(virNetworkPtr net, const unsigned char *uuid);

/* The port with this uuid, as text. Since 5.5.0. */
virNetworkPortPtr virNetworkPortLookupByUUIDString(virNetworkPtr net, const char *uuidstr);

/* Makes a port of a document. Since 5.5.0. */
virNetworkPortPtr virNetworkPortCreateXML(virNetworkPtr net, const char *xmldesc, unsigned int flags);

/* The network of the port, without a reference of its own. Since 5.5.0. */
virNetworkPtr virNetworkPortGetNetwork(virNetworkPortPtr port);

/* Bandwidth of a port, by name. Since 5.5.0. */
int virNetworkPortGetParameters(virNetworkPortPtr port, virTypedParameterPtr *params, int *nparams,
        unsigned int flags);

/* The port's document. Since 5.5.0. */
char *virNetworkPortGetXMLDesc(virNetworkPortPtr port, unsigned int flags);

/* Puts the port's uuid into VIR_UUID_BUFLEN bytes. Since 5.5.0. */
int virNetworkPortGetUUID(virNetworkPortPtr port, unsigned char *uuid);

/* Puts the port's uuid, as text, into VIR_UUID_STRING_BUFLEN bytes. Since 5.5.0. */
int virNetworkPortGetUUIDString(virNetworkPortPtr port, char *buf);

/* Removes the port. Since 5.5.0. */
int virNetworkPortDelete(virNetworkPortPtr port, unsigned int flags);

/* Gives a reference to the port back; with the last one it is freed. Since 5.5.0. */
int virNetworkPortFree(virNetworkPortPtr port);

/* Takes one more reference to the port, to be given back with virNetworkPortFree(). Since 5.5.0. */
int virNetworkPortRef(virNetworkPortPtr port);

/* Changes the bandwidth of a port. Since 5.5.0. */
int virNetworkPortSetParameters(virNetworkPortPtr port, virTypedParameterPtr params, int nparams, unsigned int flags);

# ifdef __cplusplus
}
# endif

#endif /* LIBVIRT_NETWORK_H */
