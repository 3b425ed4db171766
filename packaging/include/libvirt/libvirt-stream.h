/*
 * libvirt-stream.h: streams
 *
 * Part of Vireo. SPDX-License-Identifier: LGPL-2.1-or-later
 */

#ifndef LIBVIRT_STREAM_H
# define LIBVIRT_STREAM_H

# ifndef __VIR_LIBVIRT_H_INCLUDES__
#  error "This header is part of <libvirt/libvirt.h>: include that"
# endif

# ifdef __cplusplus
extern "C" {
# endif

/* Flags of virStreamNew(). Since 0.7.2. */
typedef enum {
    VIR_STREAM_NONBLOCK = (1 << 0)
} virStreamFlags;

/* Flags of virStreamRecvFlags(). Since 3.4.0. */
typedef enum {
    VIR_STREAM_RECV_STOP_AT_HOLE = (1 << 0)
} virStreamRecvFlagsValues;

/* What is, or is to be, watched on a stream. Since 0.7.2. */
typedef enum {
    VIR_STREAM_EVENT_READABLE = 1,
    VIR_STREAM_EVENT_WRITABLE = 2,
    VIR_STREAM_EVENT_ERROR = 4,
    VIR_STREAM_EVENT_HANGUP = 8
} virStreamEventType;

/* Puts at most nbytes into data; gives how many, 0 at the end, -1 to give up. Since 0.7.2. */
typedef int (*virStreamSourceFunc)(virStreamPtr st, char *data, size_t nbytes, void *opaque);

/* Says whether data or a hole comes next, and how long it is; gives 0, or -1 to give up. Since 3.4.0. */
typedef int (*virStreamSourceHoleFunc)(virStreamPtr st, int *inData, long long *length, void *opaque);

/* Leaves a hole out; gives 0, or -1 to give up. Since 3.4.0. */
typedef int (*virStreamSourceSkipFunc)(virStreamPtr st, long long length, void *opaque);

/* Takes nbytes of data; gives how many it took, or -1 to give up. Since 0.7.2. */
typedef int (*virStreamSinkFunc)(virStreamPtr st, const char *data, size_t nbytes, void *opaque);

/* Takes a hole; gives 0, or -1 to give up. Since 3.4.0. */
typedef int (*virStreamSinkHoleFunc)(virStreamPtr st, long long length, void *opaque);

/* Told what a stream is ready for: virStreamEventType bits. Since 0.7.2. */
typedef void (*virStreamEventCallback)(virStreamPtr stream, int events, void *opaque);

/* Makes a stream, to be given to a call that needs one. Since 0.7.2. */
virStreamPtr virStreamNew(virConnectPtr conn, unsigned int flags);

/* Takes one more reference to the stream, to be given back with virStreamFree(). Since 0.7.2. */
int virStreamRef(virStreamPtr stream);

/* Sends bytes; gives how many went, -2 if a non-blocking stream takes none now. Since 0.7.2. */
int virStreamSend(virStreamPtr stream, const char *data, size_t nbytes);

/* Receives bytes; gives how many came, 0 at the end, -2 if a non-blocking stream has none now. Since 0.7.2. */
int virStreamRecv(virStreamPtr stream, char *data, size_t nbytes);

/* Sends all that a handler gives, over a blocking stream. Since 0.7.2. */
int virStreamSendAll(virStreamPtr stream, virStreamSourceFunc handler, void *opaque);

/* Gives all that comes to a handler, over a blocking stream. Since 0.7.2. */
int virStreamRecvAll(virStreamPtr stream, virStreamSinkFunc handler, void *opaque);

/* Sets who is told what a non-blocking stream is ready for: virStreamEventType bits. Since 0.7.2. */
int virStreamEventAddCallback(virStreamPtr stream, int events, virStreamEventCallback cb, void *opaque,
        virFreeCallback ff);

/* Waits for something else on a stream. Since 0.7.2. */
int virStreamEventUpdateCallback(virStreamPtr stream, int events);

/* Tells nobody any longer. Since 0.7.2. */
int virStreamEventRemoveCallback(virStreamPtr stream);

/* Ends a stream well: waits until the other side has all, and says whether it was content. Since 0.7.2. */
int virStreamFinish(virStreamPtr stream);

/* Gives a stream up. Since 0.7.2. */
int virStreamAbort(virStreamPtr stream);

/* Gives a reference to the stream back; with the last one it is freed. Since 0.7.2. */
int virStreamFree(virStreamPtr stream);

/* Receives bytes, by flag only up to the next hole; gives -3 where that begins. Since 3.4.0. */
int virStreamRecvFlags(virStreamPtr stream, char *data, size_t nbytes, unsigned int flags);

/* The length of the hole that comes next, in bytes. Since 3.4.0. */
int virStreamRecvHole(virStreamPtr stream, long long *length, unsigned int flags);

/* Sends a hole of so many bytes. Since 3.4.0. */
int virStreamSendHole(virStreamPtr stream, long long length, unsigned int flags);

/* Gives all that comes to a handler, holes to another one. Since 3.4.0. */
int virStreamSparseRecvAll(virStreamPtr stream, virStreamSinkFunc handler, virStreamSinkHoleFunc holeHandler,
        void *opaque);

/* Sends all that handlers give, data and holes. Since 3.4.0. */
int virStreamSparseSendAll(virStreamPtr stream, virStreamSourceFunc handler, virStreamSourceHoleFunc holeHandler,
        virStreamSourceSkipFunc skipHandler, void *opaque);

# ifdef __cplusplus
}
# endif

#endif /* LIBVIRT_STREAM_H */
