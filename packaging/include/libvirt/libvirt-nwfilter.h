/*
 * libvirt-nwfilter.h: network filters
 *
 * Part of Vireo. SPDX-License-Identifier: LGPL-2.1-or-later
 */

#ifndef LIBVIRT_NWFILTER_H
# define LIBVIRT_NWFILTER_H

# ifndef __VIR_LIBVIRT_H_INCLUDES__
#  error "This header is part of <libvirt/libvirt.h>: include that"
# endif

# ifdef __cplusplus
extern "C" {
# endif

/* A network filter. Since 0.8.0. */
typedef struct _virNWFilter virNWFilter;
typedef virNWFilter *virNWFilterPtr;

/* What ties a network filter to a port. Since 4.5.0. */
typedef struct _virNWFilterBinding virNWFilterBinding;
typedef virNWFilterBinding *virNWFilterBindingPtr;

/* Flags of virNWFilterDefineXMLFlags(). Since 7.7.0. */
typedef enum {
    VIR_NWFILTER_DEFINE_VALIDATE = (1 << 0)
} virNWFilterDefineFlags;

/* Flags of virNWFilterBindingCreateXML(). Since 7.8.0. */
typedef enum {
    VIR_NWFILTER_BINDING_CREATE_VALIDATE = (1 << 0)
} virNWFilterBindingCreateFlags;

/* The names of filters, each to be freed; gives how many. Since 0.8.0. */
int virConnectListNWFilters(virConnectPtr conn, char **const names, int maxnames);

/* How many filters there are. Since 0.8.0. */
int virConnectNumOfNWFilters(virConnectPtr conn);

/* All filters; gives how many. Since 0.10.2. */
int virConnectListAllNWFilters(virConnectPtr conn, virNWFilterPtr **filters, unsigned int flags);

/* All bindings; gives how many. Since 4.5.0. */
int virConnectListAllNWFilterBindings(virConnectPtr conn, virNWFilterBindingPtr **bindings, unsigned int flags);

/* The filter with this name. Since 0.8.0. */
virNWFilterPtr virNWFilterLookupByName(virConnectPtr conn, const char *name);

/* The filter with this uuid. Since 0.8.0. */
virNWFilterPtr virNWFilterLookupByUUID(virConnectPtr conn, const unsigned char *uuid);

/* The filter with this uuid, as text. Since 0.8.0. */
virNWFilterPtr virNWFilterLookupByUUIDString(virConnectPtr conn, const char *uuidstr);

/* Gives a reference to the filter back; with the last one it is freed. Since 0.8.0. */
int virNWFilterFree(virNWFilterPtr nwfilter);

/* The filter's name; it belongs to the filter. Since 0.8.0. */
const char *virNWFilterGetName(virNWFilterPtr nwfilter);

/* Puts the filter's uuid into VIR_UUID_BUFLEN bytes. Since 0.8.0. */
int virNWFilterGetUUID(virNWFilterPtr nwfilter, unsigned char *uuid);

/* Puts the filter's uuid, as text, into VIR_UUID_STRING_BUFLEN bytes. Since 0.8.0. */
int virNWFilterGetUUIDString(virNWFilterPtr nwfilter, char *buf);

/* The filter's document. Since 0.8.0. */
char *virNWFilterGetXMLDesc(virNWFilterPtr nwfilter, unsigned int flags);

/* Takes one more reference to the filter, to be given back with virNWFilterFree(). Since 0.8.0. */
int virNWFilterRef(virNWFilterPtr nwfilter);

/* Makes a filter of a document, or changes one. Since 0.8.0. */
virNWFilterPtr virNWFilterDefineXML(virConnectPtr conn, const char *xmlDesc);

/* Forgets the filter; no running guest may use it. Since 0.8.0. */
int virNWFilterUndefine(virNWFilterPtr nwfilter);

/* Makes a filter of a document, or changes one. Since 7.7.0. */
virNWFilterPtr virNWFilterDefineXMLFlags(virConnectPtr conn, const char *xmlDesc, unsigned int flags);

/* The binding of this port. Since 4.5.0. */
virNWFilterBindingPtr virNWFilterBindingLookupByPortDev(virConnectPtr conn, const char *portdev);

/* Ties a filter to a port. Since 4.5.0. */
virNWFilterBindingPtr virNWFilterBindingCreateXML(virConnectPtr conn, const char *xml, unsigned int flags);

/* The binding's document. Since 4.5.0. */
char *virNWFilterBindingGetXMLDesc(virNWFilterBindingPtr binding, unsigned int flags);

/* Unties a filter from its port. Since 4.5.0. */
int virNWFilterBindingDelete(virNWFilterBindingPtr binding);

/* Takes one more reference to the binding, to be given back with virNWFilterBindingFree(). Since 4.5.0. */
int virNWFilterBindingRef(virNWFilterBindingPtr binding);

/* Gives a reference to the binding back; with the last one it is freed. Since 4.5.0. */
int virNWFilterBindingFree(virNWFilterBindingPtr binding);

/* The name of the port's device; it belongs to the binding. Since 4.5.0. */
const char *virNWFilterBindingGetPortDev(virNWFilterBindingPtr binding);

/* The name of the filter; it belongs to the binding. Since 4.5.0. */
const char *virNWFilterBindingGetFilterName(virNWFilterBindingPtr binding);

# ifdef __cplusplus
}
# endif

#endif /* LIBVIRT_NWFILTER_H */
