/*
 * libvirt-event.h: event loops
 *
 * Part of Vireo. SPDX-License-Identifier: LGPL-2.1-or-later
 */

#ifndef LIBVIRT_EVENT_H
# define LIBVIRT_EVENT_H

# ifndef __VIR_LIBVIRT_H_INCLUDES__
#  error "This header is part of <libvirt/libvirt.h>: include that"
# endif

# ifdef __cplusplus
extern "C" {
# endif

/* What is, or is to be, watched on a descriptor. Since 0.5.0. */
typedef enum {
    VIR_EVENT_HANDLE_READABLE = 1,
    VIR_EVENT_HANDLE_WRITABLE = 2,
    VIR_EVENT_HANDLE_ERROR = 4,
    VIR_EVENT_HANDLE_HANGUP = 8
} virEventHandleType;

/* Told what happened on a descriptor: virEventHandleType bits. Since 0.5.0. */
typedef void (*virEventHandleCallback)(int watch, int fd, int events, void *opaque);

/* Begins to watch a descriptor; gives a number for the watch, or -1. Since 0.5.0. */
typedef int (*virEventAddHandleFunc)(int fd, int event, virEventHandleCallback cb, void *opaque, virFreeCallback ff);

/* Watches for something else. Since 0.5.0. */
typedef void (*virEventUpdateHandleFunc)(int watch, int event);

/* Stops watching; ff is called later, not from within; gives 0, or -1. Since 0.5.0. */
typedef int (*virEventRemoveHandleFunc)(int watch);

/* Told that a timer is due. Since 0.5.0. */
typedef void (*virEventTimeoutCallback)(int timer, void *opaque);

/* Adds a timer that is due every so many milliseconds (0: at once, -1: never); gives its number, or -1. Since 0.5.0. */
typedef int (*virEventAddTimeoutFunc)(int timeout, virEventTimeoutCallback cb, void *opaque, virFreeCallback ff);

/* Changes how often a timer is due. Since 0.5.0. */
typedef void (*virEventUpdateTimeoutFunc)(int timer, int timeout);

/* Removes a timer; ff is called later, not from within; gives 0, or -1. Since 0.5.0. */
typedef int (*virEventRemoveTimeoutFunc)(int timer);

/* Sets the event loop of the application, before any connection is opened. Since 0.5.0. */
void virEventRegisterImpl(virEventAddHandleFunc addHandle, virEventUpdateHandleFunc updateHandle,
        virEventRemoveHandleFunc removeHandle, virEventAddTimeoutFunc addTimeout,
        virEventUpdateTimeoutFunc updateTimeout, virEventRemoveTimeoutFunc removeTimeout);

/* Uses an event loop of the library's own, run by virEventRunDefaultImpl(). Since 0.9.0. */
int virEventRegisterDefaultImpl(void);

/* Waits until something happens, calls who is to be told, and returns. Since 0.9.0. */
int virEventRunDefaultImpl(void);

/* Begins to watch a descriptor in the registered loop; gives the number of the watch. Since 0.9.3. */
int virEventAddHandle(int fd, int events, virEventHandleCallback cb, void *opaque, virFreeCallback ff);

/* Adds a timer to the registered loop, due every so many milliseconds (0: at once, -1: never); gives its number.
 * Since 0.9.3. */
int virEventAddTimeout(int timeout, virEventTimeoutCallback cb, void *opaque, virFreeCallback ff);

/* Stops watching; ff is called from the loop afterwards. Since 0.9.3. */
int virEventRemoveHandle(int watch);

/* Removes a timer; ff is called from the loop afterwards. Since 0.9.3. */
int virEventRemoveTimeout(int timer);

/* Watches for something else; 0: for nothing. Since 0.9.3. */
void virEventUpdateHandle(int watch, int events);

/* Changes how often a timer is due. Since 0.9.3. */
void virEventUpdateTimeout(int timer, int timeout);

# ifdef __cplusplus
}
# endif

#endif /* LIBVIRT_EVENT_H */
