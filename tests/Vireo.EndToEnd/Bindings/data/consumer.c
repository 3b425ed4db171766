/* A program as pkg-config has it built, position independent or not: the data symbol is then a copy in the program. usage: consumer URI DOCUMENT */
#include <libvirt/libvirt-qemu.h>
#include <libvirt/libvirt.h>
#include <libvirt/virterror.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static virConnectAuthPtr *const everywhere = &virConnectAuthPtrDefault;
static int undefined, gone;

static void fail(void *opaque, virErrorPtr error)
{
    printf("%s%d %d %s\n", (char *)opaque, error->code, error->domain, error->message);
}

static int happened(virConnectPtr conn, virDomainPtr domain, int event, int detail, void *opaque)
{
    printf("%s %s %d %d\n", (char *)opaque, virDomainGetName(domain), event, detail);
    undefined |= event == VIR_DOMAIN_EVENT_UNDEFINED;
    return conn == NULL;
}

static void forget(void *opaque)
{
    printf("%s\n", (char *)opaque);
    gone = 1;
}

static void tick(int timer, void *opaque)
{
    if (++*(int *)opaque == 3)
        virEventUpdateTimeout(timer, -1);
}

static void print(const virTypedParameter *one)
{
    switch (one->type) {
    case VIR_TYPED_PARAM_INT: printf("%s=%d ", one->field, one->value.i); break;
    case VIR_TYPED_PARAM_UINT: printf("%s=%u ", one->field, one->value.ui); break;
    case VIR_TYPED_PARAM_STRING: printf("%s=%s ", one->field, one->value.s); break;
    default: printf("%s:%d ", one->field, one->type); break;
    }
}

int main(int count, char **arguments)
{
    char text[65536] = "", uuid[VIR_UUID_STRING_BUFLEN];
    FILE *file = count == 3 ? fopen(arguments[2], "r") : NULL;
    if (!file || !fread(text, 1, sizeof text - 1, file))
        return 2;
    fclose(file);
    virSetErrorFunc((char *)"error ", fail);
    printf("default %d %u of %d, callback %d\n", *everywhere == virConnectAuthPtrDefault, virConnectAuthPtrDefault->ncredtype,
           virConnectAuthPtrDefault->credtype[0], virConnectAuthPtrDefault->cb != NULL);
    virEventRegisterDefaultImpl();
    virConnectPtr conn = virConnectOpenAuth(arguments[1], virConnectAuthPtrDefault, 0);
    if (!conn)
        return 1;
    virConnectRef(conn);
    virNodeInfo host;
    unsigned long library = 0;
    printf("host %d %s %lu %u, library %d %lu\n", virNodeGetInfo(conn, &host), host.model, host.memory, host.cpus, virConnectGetLibVersion(conn, &library), library);
    int callback = virConnectDomainEventRegisterAny(conn, NULL, VIR_DOMAIN_EVENT_ID_LIFECYCLE, VIR_DOMAIN_EVENT_CALLBACK(happened), (char *)"event", forget);
    virDomainPtr domain = virDomainDefineXML(conn, text), *all;
    if (!domain || virDomainGetUUIDString(domain, uuid) < 0)
        return 1;
    printf("defined %s %s, create %d, again %d\n", virDomainGetName(domain), uuid, virDomainCreate(domain), virDomainCreate(domain));
    int found = virConnectListAllDomains(conn, &all, VIR_CONNECT_LIST_DOMAINS_ACTIVE);
    printf("active %d, after the last: %d\n", found, all[found] == NULL);
    for (int i = 0; i < found; i++)
        virDomainFree(all[i]);
    free(all);
    virDomainPtr asked[] = { domain, NULL };
    virDomainStatsRecordPtr *records;
    found = virDomainListGetStats(asked, VIR_DOMAIN_STATS_STATE, &records, 0);
    for (int i = 0; i < found; i++)
        for (int j = 0; j < records[i]->nparams; j++)
            print(&records[i]->params[j]);
    virDomainStatsRecordListFree(records);
    virTypedParameter parameters[4];
    int room = 4;
    printf("\nscheduler %d", virDomainGetSchedulerParameters(domain, parameters, &room));
    for (int i = 0; i < room; i++)
        printf(" "), print(&parameters[i]);
    char *answer = NULL;
    printf("\nmonitor %d\n", virDomainQemuMonitorCommand(domain, "{}", &answer, 0));
    free(answer);
    virErrorPtr kept = virSaveLastError();
    virResetLastError();
    printf("kept %d, now %d\n", kept ? kept->code : 0, virGetLastErrorCode());
    printf("copied %s\n", kept ? kept->message : "");
    virFreeError(kept);
    int ticks = 0, timer = virEventAddTimeout(0, tick, &ticks, NULL);
    while (ticks < 3)
        virEventRunDefaultImpl();
    printf("ticks %d, removed %d\n", ticks, virEventRemoveTimeout(timer));
    printf("destroy %d, undefine %d\n", virDomainDestroy(domain), virDomainUndefine(domain));
    while (!undefined)
        virEventRunDefaultImpl();
    printf("deregister %d\n", virConnectDomainEventDeregisterAny(conn, callback));
    while (!gone)
        virEventRunDefaultImpl();
    printf("gone %d\n", virDomainLookupByName(conn, virDomainGetName(domain)) != NULL);
    printf("free %d, close %d %d, closed %d\n", virDomainFree(domain), virConnectClose(conn), virConnectClose(conn), virConnectClose(NULL));
    return 0;
}
