/* The admin library: everything that virt-admin can ask, and what is said of wrong questions. It needs no daemon for the rest.
   usage: admin FOLDER-OF-SOCKETS [FOLDER-OF-SETTINGS] */
#include <libvirt/libvirt.h>
#include <libvirt/libvirt-admin.h>
#include <libvirt/virterror.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void quiet(void *data, virErrorPtr error)
{
    (void)data;
    (void)error;
}

static void say(const char *what, long long result)
{
    virErrorPtr e = virGetLastError();
    printf("%s: %lld", what, result);
    if (e && e->code)
        printf(" error %d %d %d '%s' '%s' '%s' '%s' %d %d", e->code, e->domain, e->level, e->message, e->str1 ? e->str1 : "", e->str2 ? e->str2 : "", e->str3 ? e->str3 : "", e->int1, e->int2);
    printf("\n");
    virResetLastError();
}

static void uri(virAdmConnectPtr c)
{
    char *text = virAdmConnectGetURI(c);
    say("  uri", text != NULL);
    printf("  %s\n", text ? text : "none");
    free(text);
}

static virAdmConnectPtr opening(const char *name, unsigned int flags)
{
    virAdmConnectPtr c = virAdmConnectOpen(name, flags);
    printf("open %s ", name ? name : "NULL");
    say("", c != NULL);
    if (c)
        uri(c);
    return c;
}

static void try_open(const char *name, unsigned int flags)
{
    virAdmConnectPtr c = opening(name, flags);
    if (c)
        say("  close", virAdmConnectClose(c));
}

static int count_freed, count_told;

static void told(virAdmConnectPtr c, int reason, void *data)
{
    char *text = virAdmConnectGetURI(c);
    count_told++;
    printf("told %s %d %s\n", text ? "uri" : "none", reason, (char *)data);
    free(text);
}

static void other(virAdmConnectPtr c, int reason, void *data)
{
    (void)c;
    (void)reason;
    (void)data;
}

static void freed(void *data)
{
    count_freed++;
    printf("freed %s\n", (char *)data);
}

static void parameters(const char *what, int result, virTypedParameterPtr p, int n)
{
    int i;
    say(what, result);
    for (i = 0; i < n; i++)
    {
        if (p[i].type == VIR_TYPED_PARAM_STRING)
            printf("  %s %s\n", p[i].field, strcmp(p[i].field, "selinux_context") ? p[i].value.s : "label");
        else if (p[i].type == VIR_TYPED_PARAM_INT || p[i].type == VIR_TYPED_PARAM_UINT)
            printf("  %s %d %u\n", p[i].field, p[i].type, strstr(p[i].field, "process") || strstr(p[i].field, "free") ? 0 : p[i].value.ui);
        else
            printf("  %s %d\n", p[i].field, p[i].type);
    }
    virTypedParamsFree(p, n);
}

static void servers(virAdmConnectPtr c)
{
    virAdmServerPtr *all = NULL, s, t;
    virAdmClientPtr *clients = NULL, k, found;
    virTypedParameterPtr p = NULL;
    int n = 0, i, room = 0;
    say("count", virAdmConnectListServers(c, NULL, 0));
    say("flags", virAdmConnectListServers(c, &all, 7));
    n = virAdmConnectListServers(c, &all, 0);
    say("list", n);
    for (i = 0; i < n; i++)
        if (!strcmp(virAdmServerGetName(all[i]), "admin") || !strcmp(virAdmServerGetName(all[i]), "libvirtd"))
            room++;
    printf("known %d, end %d\n", room, all && all[n] == NULL);
    for (i = 0; i < n; i++)
        virAdmServerFree(all[i]);
    free(all);
    s = virAdmConnectLookupServer(c, "nonsense", 0);
    say("nonsense", s != NULL);
    s = virAdmConnectLookupServer(c, NULL, 0);
    say("no name", s != NULL);
    s = virAdmConnectLookupServer(c, "libvirtd", 5);
    say("flags", s != NULL);
    s = virAdmConnectLookupServer(c, "libvirtd", 0);
    say("libvirtd", s != NULL);
    if (!s)
        return;
    t = virAdmConnectLookupServer(c, "admin", 0);
    say("admin", t != NULL);
    printf("name %s\n", virAdmServerGetName(s));
    p = NULL;
    n = room = 0;
    virTypedParamsAddUInt(&p, &n, &room, "maxWorkers", 33);
    say("set", virAdmServerSetThreadPoolParameters(s, p, n, 0));
    virTypedParamsFree(p, n);
    p = NULL;
    n = room = 0;
    virTypedParamsAddUInt(&p, &n, &room, "nclients_max", 300);
    say("limit", virAdmServerSetClientLimits(s, p, n, 0));
    virTypedParamsFree(p, n);
    p = NULL;
    n = 0;
    i = virAdmServerGetThreadPoolParameters(s, &p, &n, 0);
    parameters("pool", i, p, n);
    say("pool flags", virAdmServerGetThreadPoolParameters(s, &p, &n, 1));
    say("pool none", virAdmServerGetThreadPoolParameters(s, NULL, &n, 0));
    p = NULL;
    n = 0;
    i = virAdmServerGetClientLimits(s, &p, &n, 0);
    parameters("limits", i, p, n);
    say("limits flags", virAdmServerGetClientLimits(s, &p, &n, 1));
    p = NULL;
    n = room = 0;
    virTypedParamsAddUInt(&p, &n, &room, "maxWorkers", 33);
    say("set", virAdmServerSetThreadPoolParameters(s, p, n, 0));
    virTypedParamsAddUInt(&p, &n, &room, "maxWorkers", 34);
    say("set twice", virAdmServerSetThreadPoolParameters(s, p, n, 0));
    virTypedParamsAddUInt(&p, &n, &room, "nonsense", 1);
    say("set nonsense", virAdmServerSetThreadPoolParameters(s, p + 1, 2, 0));
    say("set flags", virAdmServerSetThreadPoolParameters(s, p, 1, 1));
    say("set nothing", virAdmServerSetThreadPoolParameters(s, NULL, 0, 0));
    say("set none", virAdmServerSetThreadPoolParameters(s, p, 0, 0));
    say("set minus", virAdmServerSetThreadPoolParameters(s, p, -1, 0));
    virTypedParamsFree(p, n);
    p = NULL;
    n = room = 0;
    virTypedParamsAddUInt(&p, &n, &room, "nclients_max", 300);
    say("limit", virAdmServerSetClientLimits(s, p, n, 0));
    say("limit flags", virAdmServerSetClientLimits(s, p, n, 1));
    say("limit none", virAdmServerSetClientLimits(s, NULL, 0, 0));
    virTypedParamsFree(p, n);
    say("clients count", virAdmServerListClients(t, NULL, 0));
    say("clients flags", virAdmServerListClients(t, &clients, 3));
    n = virAdmServerListClients(t, &clients, 0);
    say("clients", n);
    for (i = 0; i < n; i++)
    {
        k = clients[i];
        printf("client id %d, time %d, transport %d\n", virAdmClientGetID(k) > 0, virAdmClientGetTimestamp(k) > 1600000000, virAdmClientGetTransport(k));
        if (i == 0)
        {
            virTypedParameterPtr info = NULL;
            int facts = 0, r;
            found = virAdmServerLookupClient(t, virAdmClientGetID(k), 0);
            say("client", found != NULL);
            printf("the same %d\n", virAdmClientGetID(k) == virAdmClientGetID(found));
            r = virAdmClientGetInfo(found, &info, &facts, 0);
            parameters("info", r, info, facts);
            say("info flags", virAdmClientGetInfo(found, &info, &facts, 1));
            say("close flags", virAdmClientClose(found, 1));
            virAdmClientFree(found);
        }
        virAdmClientFree(k);
    }
    free(clients);
    found = virAdmServerLookupClient(s, 99999, 0);
    say("no client", found != NULL);
    found = virAdmServerLookupClient(s, 1, 9);
    say("client flags", found != NULL);
    say("tls", virAdmServerUpdateTlsFiles(t, 0));
    say("tls flags", virAdmServerUpdateTlsFiles(t, 1));
    virAdmServerFree(t);
    say("free", virAdmServerFree(s));
    say("free null", virAdmServerFree(NULL));
    say("free null", virAdmClientFree(NULL));
}

static void logging(virAdmConnectPtr c)
{
    char *text = NULL;
    say("outputs", virAdmConnectSetLoggingOutputs(c, "3:file:/dev/null", 0));
    say("outputs", virAdmConnectGetLoggingOutputs(c, &text, 0));
    printf("%s\n", text);
    free(text);
    text = NULL;
    say("outputs count", virAdmConnectGetLoggingOutputs(c, NULL, 0));
    say("outputs flags", virAdmConnectGetLoggingOutputs(c, &text, 1));
    say("outputs flags", virAdmConnectSetLoggingOutputs(c, "", 1));
    say("outputs wrong", virAdmConnectSetLoggingOutputs(c, "nonsense", 0));
    say("filters", virAdmConnectSetLoggingFilters(c, "1:qemu 3:rpc", 0));
    say("filters", virAdmConnectGetLoggingFilters(c, &text, 0));
    printf("%s\n", text);
    free(text);
    text = NULL;
    say("filters count", virAdmConnectGetLoggingFilters(c, NULL, 0));
    say("filters flags", virAdmConnectGetLoggingFilters(c, &text, 2));
    say("filters", virAdmConnectSetLoggingFilters(c, NULL, 0));
    say("filters", virAdmConnectGetLoggingFilters(c, &text, 0));
    printf("%s\n", text ? text : "none");
    free(text);
    say("timeout", virAdmConnectSetDaemonTimeout(c, 600, 0));
    say("timeout", virAdmConnectSetDaemonTimeout(c, 0, 0));
    say("timeout flags", virAdmConnectSetDaemonTimeout(c, 0, 1));
}

static void file(const char *folder, const char *name, const char *text)
{
    char path[400];
    FILE *f;
    snprintf(path, sizeof(path), "%s/%s", folder, name);
    f = fopen(path, "w");
    fputs(text, f);
    fclose(f);
}

int main(int argc, char **argv)
{
    char socket[300], full[400], ro[400];
    unsigned long long version = 0;
    virAdmConnectPtr c, d;
    virAdmServerPtr s;
    int i;
    setvbuf(stdout, NULL, _IONBF, 0);
    virSetErrorFunc(NULL, quiet);
    if (argc < 2)
        return 2;
    snprintf(socket, sizeof(socket), "%s/libvirt-admin-sock", argv[1]);
    snprintf(full, sizeof(full), "libvirtd:///system?socket=%s", socket);
    snprintf(ro, sizeof(ro), "libvirtd:///system?socket=%s/libvirt-sock-ro", argv[1]);
    say("initialize", virAdmInitialize());
    say("version", virAdmGetVersion(&version));
    printf("%llu\n", version);
    say("version none", virAdmGetVersion(NULL));
    c = opening(full, 0);
    if (!c)
        return 1;
    say("alive", virAdmConnectIsAlive(c));
    say("alive none", virAdmConnectIsAlive(NULL));
    say("lib", virAdmConnectGetLibVersion(c, &version));
    printf("%llu\n", version);
    say("lib none", virAdmConnectGetLibVersion(c, NULL));
    say("ref", virAdmConnectRef(c));
    say("close", virAdmConnectClose(c));
    say("ref null", virAdmConnectRef(NULL));
    say("close null", virAdmConnectClose(NULL));
    servers(c);
    logging(c);
    s = virAdmConnectLookupServer(c, "admin", 0);
    say("close with a server", virAdmConnectClose(c));
    say("name", strcmp(virAdmServerGetName(s), "admin"));
    say("free", virAdmServerFree(s));

    /* the close callback */
    virEventRegisterDefaultImpl();
    c = opening(full, 0);
    d = opening(full, 0);
    say("register null", virAdmConnectRegisterCloseCallback(c, NULL, NULL, NULL));
    say("register", virAdmConnectRegisterCloseCallback(c, told, (void *)"first", freed));
    say("register twice", virAdmConnectRegisterCloseCallback(c, told, (void *)"second", freed));
    say("unregister other", virAdmConnectUnregisterCloseCallback(c, other));
    say("unregister", virAdmConnectUnregisterCloseCallback(c, told));
    say("unregister again", virAdmConnectUnregisterCloseCallback(c, told));
    say("register", virAdmConnectRegisterCloseCallback(c, told, (void *)"third", freed));
    {
        virAdmServerPtr admin = virAdmConnectLookupServer(d, "admin", 0);
        virAdmClientPtr *all = NULL;
        int n = virAdmServerListClients(admin, &all, 0), last = 0, before = -1;
        /* c came just before d, who came last */
        for (i = 1; i < n; i++)
            if (virAdmClientGetID(all[i]) > virAdmClientGetID(all[last]))
                last = i;
        for (i = 0; i < n; i++)
            if (i != last && (before < 0 || virAdmClientGetID(all[i]) > virAdmClientGetID(all[before])))
                before = i;
        if (before >= 0)
            say("throw out", virAdmClientClose(all[before], 0));
        for (i = 0; i < n; i++)
            virAdmClientFree(all[i]);
        free(all);
        virAdmServerFree(admin);
    }
    for (i = 0; i < 100 && !count_told; i++)
        virEventRunDefaultImpl();
    say("alive", virAdmConnectIsAlive(c));
    say("alive", virAdmConnectIsAlive(d));
    say("lib", virAdmConnectGetLibVersion(c, &version));
    say("unregister", virAdmConnectUnregisterCloseCallback(c, told));
    say("close", virAdmConnectClose(c));
    say("close", virAdmConnectClose(d));
    printf("freed %d\n", count_freed);

    /* what cannot be opened */
    try_open(full, 1);
    try_open("libvirtd:///nonsense", 0);
    try_open("libvirtd:///", 0);
    try_open("libvirtd://", 0);
    try_open("libvirtd:///system?socket=/nowhere/at/all", 0);
    try_open("libvirtd:///system?socket=", 0);
    try_open("test:///default", 0);
    try_open("qemu:///system", 0);
    try_open("libvirtd+ssh:///system", 0);
    try_open("libvirtd+unix:///system", 0);
    try_open("virtqemud:///system", 0);
    try_open("virtqemud:///session", 0);
    try_open("virtqemud:///embed", 0);
    try_open("LIBVIRTD:///system", 0);
    try_open("no scheme", 0);
    try_open("nonsense", 0);
    try_open("///system", 0);
    try_open("libvirtd:///system?nonsense=1", 0);
    try_open("libvirtd:///session", 0);
    try_open("virt-nothing:///system", 0);
    try_open("libvirtd:session", 0);
    try_open("libvirtd:/session#part", 0);
    try_open("libvirtd:///system/", 0);
    try_open("libvirtd:///system?socket=/a&socket=/b", 0);
    try_open("libvirtd:///system?Socket=/a", 0);
    try_open("libvirtd://me@host:44/system?socket=%2fa", 0);
    try_open("", 0);
    try_open(ro, 0);
    setenv("LIBVIRT_ADMIN_DEFAULT_URI", full, 1);
    try_open(NULL, 0);
    try_open("", 0);
    setenv("LIBVIRT_ADMIN_DEFAULT_URI", "nowhere:///system", 1);
    try_open(NULL, 0);
    unsetenv("LIBVIRT_ADMIN_DEFAULT_URI");
    if (argc > 2)
    {
        char text[900];
        snprintf(text, sizeof(text), "uri_default = \"%s\"\nuri_aliases = [ \"mine=%s\", \"other=virtlogd:///nonsense\" ]\n", full, full);
        file(argv[2], "libvirt-admin.conf", text);
        try_open(NULL, 0);
        try_open("mine", 0);
        try_open("mine", 1);
        try_open("other", 0);
        try_open("none", 0);
        file(argv[2], "libvirt-admin.conf", "uri_aliases = [ \"mi ne=x\" ]\n");
        try_open("mine", 0);
        file(argv[2], "libvirt-admin.conf", "uri_aliases = [ \"mine\" ]\n");
        try_open("mine", 0);
    }
    return 0;
}
