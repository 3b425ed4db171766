/*
 * libvirt-nodedev.h: devices of the host
 *
 * Part of Vireo. SPDX-License-Identifier: LGPL-2.1-or-later
 */

#ifndef LIBVIRT_NODEDEV_H
# define LIBVIRT_NODEDEV_H

# ifndef __VIR_LIBVIRT_H_INCLUDES__
#  error "This header is part of <libvirt/libvirt.h>: include that"
# endif

# ifdef __cplusplus
extern "C" {
# endif

/* A device of the host. Since 0.5.0. */
typedef struct _virNodeDevice virNodeDevice;
typedef virNodeDevice *virNodeDevicePtr;

/* Casts the callback of any event. Since 2.2.0. */
# define VIR_NODE_DEVICE_EVENT_CALLBACK(cb) ((virConnectNodeDeviceEventGenericCallback)(cb))

/* Flags of virConnectListAllNodeDevices(). Since 0.10.2. */
typedef enum {
    VIR_CONNECT_LIST_NODE_DEVICES_CAP_SYSTEM = (1 << 0),
    VIR_CONNECT_LIST_NODE_DEVICES_CAP_PCI_DEV = (1 << 1),
    VIR_CONNECT_LIST_NODE_DEVICES_CAP_USB_DEV = (1 << 2),
    VIR_CONNECT_LIST_NODE_DEVICES_CAP_USB_INTERFACE = (1 << 3),
    VIR_CONNECT_LIST_NODE_DEVICES_CAP_NET = (1 << 4),
    VIR_CONNECT_LIST_NODE_DEVICES_CAP_SCSI_HOST = (1 << 5),
    VIR_CONNECT_LIST_NODE_DEVICES_CAP_SCSI_TARGET = (1 << 6),
    VIR_CONNECT_LIST_NODE_DEVICES_CAP_SCSI = (1 << 7),
    VIR_CONNECT_LIST_NODE_DEVICES_CAP_STORAGE = (1 << 8),
    VIR_CONNECT_LIST_NODE_DEVICES_CAP_FC_HOST = (1 << 9), /* 1.0.4 */
    VIR_CONNECT_LIST_NODE_DEVICES_CAP_VPORTS = (1 << 10), /* 1.0.4 */
    VIR_CONNECT_LIST_NODE_DEVICES_CAP_SCSI_GENERIC = (1 << 11), /* 1.1.0 */
    VIR_CONNECT_LIST_NODE_DEVICES_CAP_DRM = (1 << 12), /* 3.1.0 */
    VIR_CONNECT_LIST_NODE_DEVICES_CAP_MDEV_TYPES = (1 << 13), /* 3.4.0 */
    VIR_CONNECT_LIST_NODE_DEVICES_CAP_MDEV = (1 << 14), /* 3.4.0 */
    VIR_CONNECT_LIST_NODE_DEVICES_CAP_CCW_DEV = (1 << 15), /* 3.4.0 */
    VIR_CONNECT_LIST_NODE_DEVICES_CAP_CSS_DEV = (1 << 16), /* 6.8.0 */
    VIR_CONNECT_LIST_NODE_DEVICES_CAP_VDPA = (1 << 17), /* 6.9.0 */
    VIR_CONNECT_LIST_NODE_DEVICES_CAP_AP_CARD = (1 << 18), /* 7.0.0 */
    VIR_CONNECT_LIST_NODE_DEVICES_CAP_AP_QUEUE = (1 << 19), /* 7.0.0 */
    VIR_CONNECT_LIST_NODE_DEVICES_CAP_AP_MATRIX = (1 << 20), /* 7.0.0 */
    VIR_CONNECT_LIST_NODE_DEVICES_CAP_VPD = (1 << 21), /* 7.9.0 */
    VIR_CONNECT_LIST_NODE_DEVICES_INACTIVE = (1 << 30), /* 7.3.0 */
    VIR_CONNECT_LIST_NODE_DEVICES_ACTIVE = (1U << 31) /* 7.3.0 */
} virConnectListAllNodeDeviceFlags;

/* Flags of virNodeDeviceCreateXML(). Since 8.10.0. */
typedef enum {
    VIR_NODE_DEVICE_CREATE_XML_VALIDATE = (1 << 0)
} virNodeDeviceCreateXMLFlags;

/* Flags of virNodeDeviceDefineXML(). Since 8.10.0. */
typedef enum {
    VIR_NODE_DEVICE_DEFINE_XML_VALIDATE = (1 << 0)
} virNodeDeviceDefineXMLFlags;

/* Events of host devices. Since 2.2.0. */
typedef enum {
    VIR_NODE_DEVICE_EVENT_ID_LIFECYCLE = 0,
    VIR_NODE_DEVICE_EVENT_ID_UPDATE = 1
# ifdef VIR_ENUM_SENTINELS
    , VIR_NODE_DEVICE_EVENT_ID_LAST
# endif
} virNodeDeviceEventID;

/* What happened to a host device. Since 2.2.0. */
typedef enum {
    VIR_NODE_DEVICE_EVENT_CREATED = 0,
    VIR_NODE_DEVICE_EVENT_DELETED = 1,
    VIR_NODE_DEVICE_EVENT_DEFINED = 2, /* 7.3.0 */
    VIR_NODE_DEVICE_EVENT_UNDEFINED = 3 /* 7.3.0 */
# ifdef VIR_ENUM_SENTINELS
    , VIR_NODE_DEVICE_EVENT_LAST
# endif
} virNodeDeviceEventLifecycleType;

/* Told that something happened to a host device; other types are cast to this one. Since 2.2.0. */
typedef void (*virConnectNodeDeviceEventGenericCallback)(virConnectPtr conn, virNodeDevicePtr dev, void *opaque);

/* Told what happened to a host device: a virNodeDeviceEventLifecycleType; detail is 0. Since 2.2.0. */
typedef void (*virConnectNodeDeviceEventLifecycleCallback)(virConnectPtr conn, virNodeDevicePtr dev, int event,
        int detail, void *opaque);

/* How many devices have a capability; NULL: any. Since 0.5.0. */
int virNodeNumOfDevices(virConnectPtr conn, const char *cap, unsigned int flags);

/* The names of the devices that have a capability (NULL: any), each to be freed; gives how many. Since 0.5.0. */
int virNodeListDevices(virConnectPtr conn, const char *cap, char **const names, int maxnames, unsigned int flags);

/* All devices that match the given flags; gives how many. Since 0.10.2. */
int virConnectListAllNodeDevices(virConnectPtr conn, virNodeDevicePtr **devices, unsigned int flags);

/* Registers for an event (a virNodeDeviceEventID) of a host device, or of all (NULL); gives the number of the
 * registration. Optional: freecb. Since 2.2.0. */
int virConnectNodeDeviceEventRegisterAny(virConnectPtr conn, virNodeDevicePtr dev, int eventID,
        virConnectNodeDeviceEventGenericCallback cb, void *opaque, virFreeCallback freecb);

/* Takes a registration back. Since 2.2.0. */
int virConnectNodeDeviceEventDeregisterAny(virConnectPtr conn, int callbackID);

/* The device with this name. Since 0.5.0. */
virNodeDevicePtr virNodeDeviceLookupByName(virConnectPtr conn, const char *name);

/* Gives a reference to the device back; with the last one it is freed. Since 0.5.0. */
int virNodeDeviceFree(virNodeDevicePtr dev);

/* The device's document. Since 0.5.0. */
char *virNodeDeviceGetXMLDesc(virNodeDevicePtr dev, unsigned int flags);

/* The device's name; it belongs to the device. Since 0.5.0. */
const char *virNodeDeviceGetName(virNodeDevicePtr dev);

/* The name of the device's parent, which belongs to the device; NULL: it has none. Since 0.5.0. */
const char *virNodeDeviceGetParent(virNodeDevicePtr dev);

/* How many capabilities the device has. Since 0.5.0. */
int virNodeDeviceNumOfCaps(virNodeDevicePtr dev);

/* The names of the device's capabilities, each to be freed; gives how many. Since 0.5.0. */
int virNodeDeviceListCaps(virNodeDevicePtr dev, char **const names, int maxnames);

/* Takes one more reference to the device, to be given back with virNodeDeviceFree(). Since 0.6.0. */
int virNodeDeviceRef(virNodeDevicePtr dev);

/* Takes a device from the host. Since 0.6.1. */
int virNodeDeviceDettach(virNodeDevicePtr dev);

/* Gives a device back to the host. Since 0.6.1. */
int virNodeDeviceReAttach(virNodeDevicePtr dev);

/* Resets a device. Since 0.6.1. */
int virNodeDeviceReset(virNodeDevicePtr dev);

/* Makes a device of a document. Since 0.6.3. */
virNodeDevicePtr virNodeDeviceCreateXML(virConnectPtr conn, const char *xmlDesc, unsigned int flags);

/* Removes a device. Since 0.6.3. */
int virNodeDeviceDestroy(virNodeDevicePtr dev);

/* The host adapter with these names. Since 1.0.3. */
virNodeDevicePtr virNodeDeviceLookupSCSIHostByWWN(virConnectPtr conn, const char *wwnn, const char *wwpn,
        unsigned int flags);

/* Takes a device from the host, for a driver. Since 1.0.5. */
int virNodeDeviceDetachFlags(virNodeDevicePtr dev, const char *driverName, unsigned int flags);

/* Keeps a device of a document for later. Since 7.3.0. */
virNodeDevicePtr virNodeDeviceDefineXML(virConnectPtr conn, const char *xmlDesc, unsigned int flags);

/* Forgets the device. Since 7.3.0. */
int virNodeDeviceUndefine(virNodeDevicePtr dev, unsigned int flags);

/* Starts the device. Since 7.3.0. */
int virNodeDeviceCreate(virNodeDevicePtr dev, unsigned int flags);

/* Whether the device shall start with the host. Since 7.8.0. */
int virNodeDeviceSetAutostart(virNodeDevicePtr dev, int autostart);

/* Whether the device starts with the host. Since 7.8.0. */
int virNodeDeviceGetAutostart(virNodeDevicePtr dev, int *autostart);

/* Whether the device is kept. Since 7.8.0. */
int virNodeDeviceIsPersistent(virNodeDevicePtr dev);

/* Whether the device is there. Since 7.8.0. */
int virNodeDeviceIsActive(virNodeDevicePtr dev);

# ifdef __cplusplus
}
# endif

#endif /* LIBVIRT_NODEDEV_H */
