/*
 * libvirt-qemu.h: what only QEMU has
 *
 * Part of Vireo. SPDX-License-Identifier: LGPL-2.1-or-later
 */

#ifndef LIBVIRT_QEMU_H
# define LIBVIRT_QEMU_H

# include <libvirt/libvirt.h>

# ifdef __cplusplus
extern "C" {
# endif

/* Flags of virDomainQemuMonitorCommand() and virDomainQemuMonitorCommandWithFiles(). Since 0.8.8. */
typedef enum {
    VIR_DOMAIN_QEMU_MONITOR_COMMAND_DEFAULT = 0,
    VIR_DOMAIN_QEMU_MONITOR_COMMAND_HMP = (1 << 0)
} virDomainQemuMonitorCommandFlags;

/* How long the guest's agent may take, where that is no number of seconds. Since 0.10.0. */
typedef enum {
    VIR_DOMAIN_QEMU_AGENT_COMMAND_MIN = -2,
    VIR_DOMAIN_QEMU_AGENT_COMMAND_BLOCK = -2,
    VIR_DOMAIN_QEMU_AGENT_COMMAND_DEFAULT = -1,
    VIR_DOMAIN_QEMU_AGENT_COMMAND_NOWAIT = 0,
    VIR_DOMAIN_QEMU_AGENT_COMMAND_SHUTDOWN = 60 /* 1.2.15 */
} virDomainQemuAgentCommandTimeoutValues;

/* Flags of virConnectDomainQemuMonitorEventRegister(). Since 1.2.3. */
typedef enum {
    VIR_CONNECT_DOMAIN_QEMU_MONITOR_EVENT_REGISTER_REGEX = (1 << 0),
    VIR_CONNECT_DOMAIN_QEMU_MONITOR_EVENT_REGISTER_NOCASE = (1 << 1)
} virConnectDomainQemuMonitorEventRegisterFlags;

/* Told of an event of QEMU's monitor, its time, and its data in JSON or NULL. Since 1.2.3. */
typedef void (*virConnectDomainQemuMonitorEventCallback)(virConnectPtr conn, virDomainPtr dom, const char *event,
        long long seconds, unsigned int micros, const char *details, void *opaque);

/* Takes a registration back. Since 1.2.3. */
int virConnectDomainQemuMonitorEventDeregister(virConnectPtr conn, int callbackID);

/* Registers for events of QEMU's monitor, of one name or of all (NULL), of a domain or of all (NULL). Optional:
 * freecb. Since 1.2.3. */
int virConnectDomainQemuMonitorEventRegister(virConnectPtr conn, virDomainPtr dom, const char *event,
        virConnectDomainQemuMonitorEventCallback cb, void *opaque, virFreeCallback freecb, unsigned int flags);

/* Runs a command, in JSON or (by flag) as a person would type it. The domain counts as tainted from then on. Since
 * 0.8.3. */
int virDomainQemuMonitorCommand(virDomainPtr domain, const char *cmd, char **result, unsigned int flags);

/* Makes a domain of a process. Optional: flags. Since 0.9.4. */
virDomainPtr virDomainQemuAttach(virConnectPtr conn, unsigned int pid_value, unsigned int flags);

/* Runs a command of the guest's agent, in JSON; the timeout is in seconds, or a
 * virDomainQemuAgentCommandTimeoutValues. Since 0.10.0. */
char *virDomainQemuAgentCommand(virDomainPtr domain, const char *cmd, int timeout, unsigned int flags);

/* Runs a command with descriptors for QEMU; it may send some back. Since 8.2.0. */
int virDomainQemuMonitorCommandWithFiles(virDomainPtr domain, const char *cmd, unsigned int ninfiles, int *infiles,
        unsigned int *noutfiles, int **outfiles, char **result, unsigned int flags);

# ifdef __cplusplus
}
# endif

#endif /* LIBVIRT_QEMU_H */
