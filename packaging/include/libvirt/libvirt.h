/*
 * libvirt.h: the C library
 *
 * Part of Vireo. SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Unless something else is said, a call that fails gives -1 or NULL, and virGetLastError() tells why. What is given as a
 * pointer to an object is to be given back with the Free function of its kind, text and arrays with free().
 */

#ifndef LIBVIRT_H
# define LIBVIRT_H

# ifdef __cplusplus
extern "C" {
# endif

# define __VIR_LIBVIRT_H_INCLUDES__
# include <libvirt/libvirt-common.h>
# include <libvirt/libvirt-host.h>
# include <libvirt/libvirt-domain.h>
# include <libvirt/libvirt-domain-checkpoint.h>
# include <libvirt/libvirt-domain-snapshot.h>
# include <libvirt/libvirt-event.h>
# include <libvirt/libvirt-interface.h>
# include <libvirt/libvirt-network.h>
# include <libvirt/libvirt-nodedev.h>
# include <libvirt/libvirt-nwfilter.h>
# include <libvirt/libvirt-secret.h>
# include <libvirt/libvirt-storage.h>
# include <libvirt/libvirt-stream.h>
# undef __VIR_LIBVIRT_H_INCLUDES__

# ifdef __cplusplus
}
# endif

#endif /* LIBVIRT_H */
