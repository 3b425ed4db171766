/*
 * libvirt-admin.h: administration of the daemons
 *
 * Part of Vireo. SPDX-License-Identifier: LGPL-2.1-or-later
 */

#ifndef LIBVIRT_ADMIN_H
# define LIBVIRT_ADMIN_H

# define __VIR_ADMIN_H_INCLUDES__
# include <libvirt/libvirt-common.h>
# undef __VIR_ADMIN_H_INCLUDES__

# ifdef __cplusplus
extern "C" {
# endif

/* A connection to a daemon's administration. Since 2.0.0. */
typedef struct _virAdmConnect virAdmConnect;
typedef virAdmConnect *virAdmConnectPtr;

/* A server of a daemon. Since 2.0.0. */
typedef struct _virAdmServer virAdmServer;
typedef virAdmServer *virAdmServerPtr;

/* A client of a server. Since 2.0.0. */
typedef struct _virAdmClient virAdmClient;
typedef virAdmClient *virAdmClientPtr;

/* How a client is connected. Since 2.0.0. */
typedef enum {
    VIR_CLIENT_TRANS_UNIX = 0,
    VIR_CLIENT_TRANS_TCP = 1,
    VIR_CLIENT_TRANS_TLS = 2
# ifdef VIR_ENUM_SENTINELS
    , VIR_CLIENT_TRANS_LAST
# endif
} virClientTransport;

/* Told that a connection was lost, and why: a virConnectCloseReason. Since 2.0.0. */
typedef void (*virAdmConnectCloseFunc)(virAdmConnectPtr conn, int reason, void *opaque);

# define VIR_THREADPOOL_WORKERS_MIN "minWorkers" /* 2.0.0 */

# define VIR_THREADPOOL_WORKERS_MAX "maxWorkers" /* 2.0.0 */

# define VIR_THREADPOOL_WORKERS_PRIORITY "prioWorkers" /* 2.0.0 */

# define VIR_THREADPOOL_WORKERS_FREE "freeWorkers" /* 2.0.0 */

# define VIR_THREADPOOL_WORKERS_CURRENT "nWorkers" /* 2.0.0 */

# define VIR_THREADPOOL_JOB_QUEUE_DEPTH "jobQueueDepth" /* 2.0.0 */

# define VIR_CLIENT_INFO_READONLY "readonly" /* 2.0.0 */

# define VIR_CLIENT_INFO_SOCKET_ADDR "sock_addr" /* 2.0.0 */

# define VIR_CLIENT_INFO_SASL_USER_NAME "sasl_user_name" /* 2.0.0 */

# define VIR_CLIENT_INFO_X509_DISTINGUISHED_NAME "tls_x509_dname" /* 2.0.0 */

# define VIR_CLIENT_INFO_UNIX_USER_ID "unix_user_id" /* 2.0.0 */
# define VIR_CLIENT_INFO_UNIX_USER_NAME "unix_user_name" /* 2.0.0 */
# define VIR_CLIENT_INFO_UNIX_GROUP_ID "unix_group_id" /* 2.0.0 */
# define VIR_CLIENT_INFO_UNIX_GROUP_NAME "unix_group_name" /* 2.0.0 */
# define VIR_CLIENT_INFO_UNIX_PROCESS_ID "unix_process_id" /* 2.0.0 */

# define VIR_CLIENT_INFO_SELINUX_CONTEXT "selinux_context" /* 2.0.0 */

# define VIR_SERVER_CLIENTS_MAX "nclients_max" /* 2.0.0 */

# define VIR_SERVER_CLIENTS_CURRENT "nclients" /* 2.0.0 */

# define VIR_SERVER_CLIENTS_UNAUTH_MAX "nclients_unauth_max" /* 2.0.0 */
# define VIR_SERVER_CLIENTS_UNAUTH_CURRENT "nclients_unauth" /* 2.0.0 */

/* Makes the library ready. Since 2.0.0. */
int virAdmInitialize(void);

/* The version of the library. Since 2.0.0. */
int virAdmGetVersion(unsigned long long *libVer);

/* Gives a reference to the client back; with the last one it is freed. Since 2.0.0. */
int virAdmClientFree(virAdmClientPtr client);

/* The client's number, unique within its server. Since 2.0.0. */
unsigned long long virAdmClientGetID(virAdmClientPtr client);

/* When the client came, in seconds since 1970. Since 2.0.0. */
long long virAdmClientGetTimestamp(virAdmClientPtr client);

/* How the client is connected: a virClientTransport. Since 2.0.0. */
int virAdmClientGetTransport(virAdmClientPtr client);

/* Who it is: rights, address, user, process and login, by name. Since 2.0.0. */
int virAdmClientGetInfo(virAdmClientPtr client, virTypedParameterPtr *params, int *nparams, unsigned int flags);

/* Ends the client's connection. Since 2.0.0. */
int virAdmClientClose(virAdmClientPtr client, unsigned int flags);

/* Opens a connection to a daemon's administration socket. Since 2.0.0. */
virAdmConnectPtr virAdmConnectOpen(const char *name, unsigned int flags);

/* Gives a connection back; gives how many references are left. Since 2.0.0. */
int virAdmConnectClose(virAdmConnectPtr conn);

/* Takes one more reference to the connection, to be given back with virAdmConnectClose(). Since 2.0.0. */
int virAdmConnectRef(virAdmConnectPtr conn);

/* 1: the connection was not lost yet. Since 2.0.0. */
int virAdmConnectIsAlive(virAdmConnectPtr conn);

/* The URI of the connection, to be freed. Since 2.0.0. */
char *virAdmConnectGetURI(virAdmConnectPtr conn);

/* The daemon's library version: major * 1,000,000 + minor * 1,000 + release. Since 2.0.0. */
int virAdmConnectGetLibVersion(virAdmConnectPtr conn, unsigned long long *libVer);

/* Sets who is told when the connection is lost; there can be one. Since 2.0.0. */
int virAdmConnectRegisterCloseCallback(virAdmConnectPtr conn, virAdmConnectCloseFunc cb, void *opaque,
        virFreeCallback freecb);

/* Takes that back. Since 2.0.0. */
int virAdmConnectUnregisterCloseCallback(virAdmConnectPtr conn, virAdmConnectCloseFunc cb);

/* All servers of the daemon; gives how many. Since 2.0.0. */
int virAdmConnectListServers(virAdmConnectPtr conn, virAdmServerPtr **servers, unsigned int flags);

/* The server with this name. Since 2.0.0. */
virAdmServerPtr virAdmConnectLookupServer(virAdmConnectPtr conn, const char *name, unsigned int flags);

/* Where to, and how many places that are. Since 3.0.0. */
int virAdmConnectGetLoggingOutputs(virAdmConnectPtr conn, char **outputs, unsigned int flags);

/* What is let through, and how many filters that are. Since 3.0.0. */
int virAdmConnectGetLoggingFilters(virAdmConnectPtr conn, char **filters, unsigned int flags);

/* Logs to other places; NULL or empty: to the default one. Since 3.0.0. */
int virAdmConnectSetLoggingOutputs(virAdmConnectPtr conn, const char *outputs, unsigned int flags);

/* Lets other things through; NULL or empty: no filters. Since 3.0.0. */
int virAdmConnectSetLoggingFilters(virAdmConnectPtr conn, const char *filters, unsigned int flags);

/* After how many seconds without a client or a guest the daemon ends; 0: never. Since 8.6.0. */
int virAdmConnectSetDaemonTimeout(virAdmConnectPtr conn, unsigned int timeout, unsigned int flags);

/* The server's name; it belongs to the server. Since 2.0.0. */
const char *virAdmServerGetName(virAdmServerPtr srv);

/* Least, most, all, free and priority workers, and calls that wait for one, by name. Since 2.0.0. */
int virAdmServerGetThreadPoolParameters(virAdmServerPtr srv, virTypedParameterPtr *params, int *nparams,
        unsigned int flags);

/* Gives a reference to the server back; with the last one it is freed. Since 2.0.0. */
int virAdmServerFree(virAdmServerPtr srv);

/* The client with this id. Since 2.0.0. */
virAdmClientPtr virAdmServerLookupClient(virAdmServerPtr srv, unsigned long long id, unsigned int flags);

/* Changes least, most or priority workers. Since 2.0.0. */
int virAdmServerSetThreadPoolParameters(virAdmServerPtr srv, virTypedParameterPtr params, int nparams,
        unsigned int flags);

/* All clients of a server; gives how many. Since 2.0.0. */
int virAdmServerListClients(virAdmServerPtr srv, virAdmClientPtr **clients, unsigned int flags);

/* How many clients there are and may be, before and after login, by name. Since 2.0.0. */
int virAdmServerGetClientLimits(virAdmServerPtr srv, virTypedParameterPtr *params, int *nparams, unsigned int flags);

/* Changes how many clients there may be. Since 2.0.0. */
int virAdmServerSetClientLimits(virAdmServerPtr srv, virTypedParameterPtr params, int nparams, unsigned int flags);

/* Reads the server's certificates and keys again. Since 2.0.0. */
int virAdmServerUpdateTlsFiles(virAdmServerPtr srv, unsigned int flags);

# ifdef __cplusplus
}
# endif

#endif /* LIBVIRT_ADMIN_H */
