/*
 * libvirt-lxc.h: what only containers have
 *
 * Part of Vireo. SPDX-License-Identifier: LGPL-2.1-or-later
 */

#ifndef LIBVIRT_LXC_H
# define LIBVIRT_LXC_H

# include <libvirt/libvirt.h>

# include <libvirt/virterror.h>

# ifdef __cplusplus
extern "C" {
# endif

/* Enters namespaces, given as descriptors; the old ones are given back where they are asked for. Since 1.0.2. */
int virDomainLxcEnterNamespace(virDomainPtr domain, unsigned int nfdlist, int *fdlist, unsigned int *noldfdlist,
        int **oldfdlist, unsigned int flags);

/* A descriptor of each namespace that the container has. Since 1.0.2. */
int virDomainLxcOpenNamespace(virDomainPtr domain, int **fdlist, unsigned int flags);

/* Takes on a security label with the next exec. Since 1.0.4. */
int virDomainLxcEnterSecurityLabel(virSecurityModelPtr model, virSecurityLabelPtr label, virSecurityLabelPtr oldlabel,
        unsigned int flags);

/* Enters the control groups of a container. Since 2.0.0. */
int virDomainLxcEnterCGroup(virDomainPtr domain, unsigned int flags);

# ifdef __cplusplus
}
# endif

#endif /* LIBVIRT_LXC_H */
