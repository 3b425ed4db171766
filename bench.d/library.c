/* Measures a libvirt.so.0 in the process that uses it: Debian's or ours, by its path. The program is not linked with any.
 *
 *   library PATH open  URI              milliseconds from before dlopen until URI is open; memory that came with it
 *   library PATH calls URI ROUNDS       ROUNDS times the ten calls of one_round(): memory after them
 *   library PATH info  URI SECONDS      microseconds of a virDomainGetInfo
 *   library PATH socket URI SECONDS     calls/s through a daemon, and processor time that the client has for each
 * Results are lines of "key value".
 */
#include <dlfcn.h>
#include <libvirt/libvirt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

#define FUNCTIONS(X) \
    X(virConnectOpen) X(virConnectClose) X(virConnectGetLibVersion) X(virConnectListAllDomains) X(virDomainFree) X(virDomainGetID) \
    X(virDomainGetInfo) X(virDomainGetName) X(virDomainGetState) X(virDomainGetUUIDString) X(virDomainGetXMLDesc) X(virDomainLookupByName) \
    X(virDomainLookupByUUIDString)
#define DECLARE(name) static __typeof__(&name) name##_;
FUNCTIONS(DECLARE)

static void die(const char *what)
{
    const char *why = dlerror();
    fprintf(stderr, "library: %s%s%s\n", what, why ? ": " : "", why ? why : "");
    exit(1);
}

static double now(clockid_t clock)
{
    struct timespec t;
    clock_gettime(clock, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static long rss_kib(void)
{
    char line[128];
    long found = 0;
    FILE *f = fopen("/proc/self/status", "r");
    if (!f)
        die("/proc/self/status");
    while (fgets(line, sizeof line, f))
        if (!strncmp(line, "VmRSS:", 6))
            found = strtol(line + 6, NULL, 10);
    fclose(f);
    return found;
}

static void load(const char *path)
{
    void *library = dlopen(path, RTLD_NOW | RTLD_LOCAL);
    if (!library)
        die("dlopen");
#define FIND(name) if (!(name##_ = (__typeof__(&name))dlsym(library, #name))) die(#name);
    FUNCTIONS(FIND)
}

static virConnectPtr connect_to(const char *uri)
{
    virConnectPtr conn = virConnectOpen_(uri);
    if (!conn)
        die("virConnectOpen");
    return conn;
}

static virDomainPtr first_domain(virConnectPtr conn)
{
    virDomainPtr *all = NULL, first;
    if (virConnectListAllDomains_(conn, &all, 0) < 1)
        die("virConnectListAllDomains");
    first = all[0];
    for (int i = 1; all[i]; i++)
        virDomainFree_(all[i]);
    free(all);
    return first;
}

/* Ten calls as a program that watches machines makes them. */
static void one_round(virConnectPtr conn, int round)
{
    virDomainInfo info;
    char uuid[VIR_UUID_STRING_BUFLEN];
    int state, reason;
    unsigned long version;
    virDomainPtr domain = virDomainLookupByName_(conn, "test"), same;
    if (!domain || virDomainGetInfo_(domain, &info) < 0 || virDomainGetState_(domain, &state, &reason, 0) < 0 || !virDomainGetName_(domain)
        || virDomainGetUUIDString_(domain, uuid) < 0 || !(same = virDomainLookupByUUIDString_(conn, uuid)) || virDomainGetID_(same) == (unsigned)-1
        || virConnectGetLibVersion_(conn, &version) < 0)
        die("a call");
    virDomainFree_(same);
    virDomainFree_(domain);
    if (round % 10 == 0) {
        domain = first_domain(conn);
        char *xml = virDomainGetXMLDesc_(domain, 0);
        if (!xml)
            die("virDomainGetXMLDesc");
        free(xml);
        virDomainFree_(domain);
    }
}

static void measure_open(const char *path, const char *uri)
{
    long before = rss_kib();
    double started = now(CLOCK_MONOTONIC), loaded, opened;
    load(path);
    loaded = now(CLOCK_MONOTONIC);
    connect_to(uri);
    opened = now(CLOCK_MONOTONIC);
    printf("load_ms %.3f\nfirst_connect_ms %.3f\nload_and_connect_ms %.3f\n", (loaded - started) * 1e3, (opened - loaded) * 1e3, (opened - started) * 1e3);
    printf("opened_rss_KiB %ld\n", rss_kib() - before);
}

static void measure_calls(const char *path, const char *uri, int rounds)
{
    load(path);
    virConnectPtr conn = connect_to(uri);
    for (int i = 0; i < rounds; i++)
        one_round(conn, i);
    printf("million_rss_KiB %ld\n", rss_kib());
}

static void measure_info(const char *path, const char *uri, double seconds)
{
    load(path);
    virDomainPtr domain = first_domain(connect_to(uri));
    virDomainInfo info;
    for (int i = 0; i < 10000; i++)
        virDomainGetInfo_(domain, &info);
    size_t calls = 0;
    double started = now(CLOCK_MONOTONIC), t;
    while ((t = now(CLOCK_MONOTONIC)) < started + seconds)
        for (int i = 0; i < 1000; i++, calls++)
            if (virDomainGetInfo_(domain, &info) < 0)
                die("virDomainGetInfo");
    printf("get_info_us %.3f\n", (t - started) * 1e6 / (double)calls);
}

static void measure_socket(const char *path, const char *uri, double seconds)
{
    load(path);
    virConnectPtr conn = connect_to(uri);
    unsigned long version;
    for (int i = 0; i < 1000; i++)
        virConnectGetLibVersion_(conn, &version);
    size_t calls = 0;
    double started = now(CLOCK_MONOTONIC), used = now(CLOCK_PROCESS_CPUTIME_ID), t;
    for (; (t = now(CLOCK_MONOTONIC)) < started + seconds; calls++)
        if (virConnectGetLibVersion_(conn, &version) < 0)
            die("virConnectGetLibVersion");
    used = now(CLOCK_PROCESS_CPUTIME_ID) - used;
    printf("calls_per_s %.0f\nclient_cpu_us_per_call %.3f\n", (double)calls / (t - started), used * 1e6 / (double)calls);
    virConnectClose_(conn);
}

int main(int argc, char **argv)
{
    const char *what = argc > 3 ? argv[2] : "";
    if (!strcmp(what, "open") && argc == 4)
        measure_open(argv[1], argv[3]);
    else if (!strcmp(what, "calls") && argc == 5)
        measure_calls(argv[1], argv[3], atoi(argv[4]));
    else if (!strcmp(what, "info") && argc == 5)
        measure_info(argv[1], argv[3], atof(argv[4]));
    else if (!strcmp(what, "socket") && argc == 5)
        measure_socket(argv[1], argv[3], atof(argv[4]));
    else
        return 2;
    return 0;
}
