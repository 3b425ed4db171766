/* Measures a libvirt daemon. "raw" modes speak the protocol themselves, so that the client costs nothing worth counting;
 * "api" modes go through whatever libvirt.so.0 is installed.
 *
 *   client raw   WHERE URI CLIENTS SECONDS      calls/s and latency of CONNECT_GET_LIB_VERSION; one thread drives all clients
 *   client threads WHERE URI CLIENTS SECONDS    the same with a thread for each client
 *   client idle  WHERE URI IDLE SECONDS         the same with one client, beside IDLE connections that say nothing
 *   client hold  WHERE URI COUNT                opens COUNT connections, prints "ready", waits for end of input
 *   client api   URI CLIENTS SECONDS            calls/s and latency of virConnectGetLibVersion
 *   client open  URI SECONDS                    waits until URI opens; prints milliseconds
 *   client cycle URI XML COUNT                  define, start paused, destroy, undefine: median milliseconds of each
 *   client native URI XML COUNT                 asks COUNT times for the command line of a machine: the median
 *   client define URI XML PREFIX COUNT          defines COUNT domains from a template (NAME is replaced by PREFIX and a number)
 *   client floor QEMU COUNT                     bare QEMU: from exec to an answering monitor, from SIGTERM to its exit
 * Results are lines of "key value". WHERE is as raw.h says.
 */
#include "raw.h"
#include <libvirt/libvirt.h>
#include <libvirt/virterror.h>
#include <pthread.h>
#include <signal.h>
#include <sys/epoll.h>
#include <sys/wait.h>

enum { MAX_SAMPLES = 4000000 };

static void quiet(void *unused, virErrorPtr error) { (void)unused; (void)error; }

struct worker {
    pthread_t thread;
    const char *where, *uri;
    int connections;
    double until;
    float *samples;
    size_t count, room;
};

static void note(struct worker *w, double started)
{
    if (w->count < w->room)
        w->samples[w->count] = (float)((now() - started) * 1e6);
    w->count++;
}

static void *raw_worker(void *arg)
{
    struct worker *w = arg;
    struct peer p = raw_open(w->where, w->uri);
    for (uint32_t serial = 2; now() < w->until; serial++) {
        double started = now();
        call(&p, GET_LIB_VERSION, serial, "", 0);
        note(w, started);
    }
    raw_close(&p);
    return NULL;
}

/* Many clients in one thread: each has a call under way all the time. */
static void *raw_many(void *arg)
{
    struct worker *w = arg;
    int poll = epoll_create1(0);
    struct client { struct peer peer; uint32_t serial; double started; } *clients = calloc((size_t)w->connections, sizeof *clients);
    for (int i = 0; i < w->connections; i++) {
        struct epoll_event readable = {.events = EPOLLIN, .data.ptr = &clients[i]};
        clients[i] = (struct client){.peer = raw_open(w->where, w->uri), .serial = 2};
        epoll_ctl(poll, EPOLL_CTL_ADD, clients[i].peer.fd, &readable);
    }
    for (int i = 0; i < w->connections; i++) {
        clients[i].started = now();
        send_call(&clients[i].peer, GET_LIB_VERSION, clients[i].serial++, "", 0);
    }
    for (double t = now(); t < w->until; t = now()) {
        struct epoll_event ready[64];
        int count = epoll_wait(poll, ready, 64, 1000);
        for (int i = 0; i < count; i++) {
            struct client *c = ready[i].data.ptr;
            take_reply(&c->peer);
            note(w, c->started);
            c->started = now();
            send_call(&c->peer, GET_LIB_VERSION, c->serial++, "", 0);
        }
    }
    for (int i = 0; i < w->connections; i++) {
        take_reply(&clients[i].peer);
        raw_close(&clients[i].peer);
    }
    free(clients);
    close(poll);
    return NULL;
}

static void *api_worker(void *arg)
{
    struct worker *w = arg;
    virConnectPtr conn = virConnectOpen(w->uri);
    if (!conn)
        die("virConnectOpen");
    while (now() < w->until) {
        unsigned long version;
        double started = now();
        if (virConnectGetLibVersion(conn, &version) < 0)
            die("virConnectGetLibVersion");
        note(w, started);
    }
    virConnectClose(conn);
    return NULL;
}

static void load(void *(*body)(void *), const char *where, const char *uri, int threads, int connections, double seconds)
{
    struct worker *workers = calloc((size_t)threads, sizeof *workers);
    size_t room = MAX_SAMPLES / (size_t)threads, total = 0, kept = 0;
    double started = now();
    for (int i = 0; i < threads; i++) {
        workers[i] = (struct worker){.where = where, .uri = uri, .connections = connections, .until = started + seconds, .room = room,
                                     .samples = malloc(room * sizeof(float))};
        pthread_create(&workers[i].thread, NULL, body, &workers[i]);
    }
    float *all = malloc(MAX_SAMPLES * sizeof(float));
    for (int i = 0; i < threads; i++) {
        pthread_join(workers[i].thread, NULL);
        size_t have = workers[i].count < room ? workers[i].count : room;
        memcpy(all + kept, workers[i].samples, have * sizeof(float));
        kept += have;
        total += workers[i].count;
    }
    double took = now() - started;
    qsort(all, kept, sizeof *all, by_value);
    printf("calls %zu\ncalls_per_s %.0f\np50_us %.1f\np99_us %.1f\n", total, (double)total / took, all[kept / 2], all[kept * 99 / 100]);
}

static char *slurp(const char *path)
{
    FILE *f = fopen(path, "r");
    if (!f)
        die(path);
    char *text = calloc(1, 65536);
    if (fread(text, 1, 65535, f) == 0)
        die("empty file");
    fclose(f);
    return text;
}

static void cycle(const char *uri, const char *path, int count)
{
    char *xml = slurp(path);
    virConnectPtr conn = virConnectOpen(uri);
    if (!conn)
        die("virConnectOpen");
    float *step[5];
    for (int s = 0; s < 5; s++)
        step[s] = malloc((size_t)count * sizeof(float));
    for (int i = 0; i < count; i++) {
        double t0 = now();
        virDomainPtr dom = virDomainDefineXML(conn, xml);
        double t1 = now();
        if (!dom || virDomainCreateWithFlags(dom, VIR_DOMAIN_START_PAUSED) < 0)
            die(virGetLastErrorMessage());
        double t2 = now();
        if (virDomainDestroy(dom) < 0)
            die(virGetLastErrorMessage());
        double t3 = now();
        if (virDomainUndefine(dom) < 0)
            die(virGetLastErrorMessage());
        double t4 = now();
        virDomainFree(dom);
        double at[5] = {t1 - t0, t2 - t1, t3 - t2, t4 - t3, t4 - t0};
        for (int s = 0; s < 5; s++)
            step[s][i] = (float)(at[s] * 1e3);
    }
    const char *names[5] = {"define_ms", "start_ms", "destroy_ms", "undefine_ms", "cycle_ms"};
    for (int s = 0; s < 5; s++)
        printf("%s %.2f\n", names[s], median(step[s], count));
    virConnectClose(conn);
}

static void define_many(const char *uri, const char *path, const char *prefix, int count)
{
    char *xml = slurp(path);
    char *at = strstr(xml, "NAME");
    if (!at)
        die("the template has no NAME");
    virConnectPtr conn = virConnectOpen(uri);
    if (!conn)
        die("virConnectOpen");
    double started = now();
    for (int i = 0; i < count; i++) {
        char text[70000];
        snprintf(text, sizeof text, "%.*s%s%d%s", (int)(at - xml), xml, prefix, i, at + 4);
        virDomainPtr dom = virDomainDefineXML(conn, text);
        if (!dom)
            die(virGetLastErrorMessage());
        virDomainFree(dom);
    }
    printf("define_each_ms %.3f\n", (now() - started) * 1e3 / count);
    virConnectClose(conn);
}

static void native(const char *uri, const char *path, int count)
{
    char *xml = slurp(path);
    float *each = malloc((size_t)count * sizeof(float));
    virConnectPtr conn = virConnectOpen(uri);
    if (!conn)
        die("virConnectOpen");
    for (int i = 0; i < count; i++) {
        double started = now();
        char *line = virConnectDomainXMLToNative(conn, "qemu-argv", xml, 0);
        if (!line)
            die(virGetLastErrorMessage());
        each[i] = (float)((now() - started) * 1e3);
        free(line);
    }
    printf("native_ms %.3f\n", median(each, count));
    virConnectClose(conn);
}

static void floor_of(const char *qemu, int count)
{
    float *start = malloc((size_t)count * sizeof(float)), *stop = malloc((size_t)count * sizeof(float));
    for (int i = 0; i < count; i++) {
        int pair[2];
        char chardev[64], line[4096];
        if (socketpair(AF_UNIX, SOCK_STREAM, 0, pair) < 0)
            die("socketpair");
        snprintf(chardev, sizeof chardev, "socket,id=mon,fd=%d", pair[1]);
        double t0 = now();
        pid_t pid = fork();
        if (pid == 0) {
            close(pair[0]);
            if (!freopen("/dev/null", "w", stderr)) // it says that it was asked to end
                _exit(127);
            execl(qemu, qemu, "-S", "-no-user-config", "-nodefaults", "-display", "none", "-machine", "pc,accel=tcg", "-m", "64",
                  "-chardev", chardev, "-mon", "chardev=mon,mode=control", (char *)NULL);
            _exit(127);
        }
        close(pair[1]);
        if (read(pair[0], line, sizeof line) <= 0)
            die("QEMU said nothing");
        const char *hello = "{\"execute\":\"qmp_capabilities\"}\n";
        if (write(pair[0], hello, strlen(hello)) < 0 || read(pair[0], line, sizeof line) <= 0)
            die("QEMU said nothing");
        double t1 = now();
        kill(pid, SIGTERM);
        waitpid(pid, NULL, 0);
        double t2 = now();
        close(pair[0]);
        start[i] = (float)((t1 - t0) * 1e3);
        stop[i] = (float)((t2 - t1) * 1e3);
    }
    double a = median(start, count), b = median(stop, count);
    printf("start_ms %.2f\nstop_ms %.2f\ncycle_ms %.2f\n", a, b, a + b);
}

int main(int argc, char **argv)
{
    const char *mode = argc > 1 ? argv[1] : "";
    virSetErrorFunc(NULL, quiet);
    if (!strcmp(mode, "raw") && argc == 6) {
        int n = atoi(argv[4]);
        load(n > 1 ? raw_many : raw_worker, argv[2], argv[3], 1, n, atof(argv[5]));
    } else if (!strcmp(mode, "threads") && argc == 6) {
        load(raw_worker, argv[2], argv[3], atoi(argv[4]), 1, atof(argv[5]));
    } else if ((!strcmp(mode, "idle") && argc == 6) || (!strcmp(mode, "hold") && argc == 5)) {
        int n = atoi(argv[4]);
        for (int i = 0; i < n; i++)
            raw_open(argv[2], argv[3]);
        if (mode[0] == 'i') {
            load(raw_worker, argv[2], argv[3], 1, 1, atof(argv[5]));
        } else {
            printf("ready\n");
            fflush(stdout);
            getchar();
        }
    } else if (!strcmp(mode, "api") && argc == 5) {
        load(api_worker, NULL, argv[2], atoi(argv[3]), 1, atof(argv[4]));
    } else if (!strcmp(mode, "open") && argc == 4) {
        double started = now(), until = started + atof(argv[3]);
        virConnectPtr conn;
        while (!(conn = virConnectOpen(argv[2])) && now() < until)
            usleep(500);
        if (!conn)
            die("the daemon did not open");
        printf("open_ms %.2f\n", (now() - started) * 1e3);
        virConnectClose(conn);
    } else if (!strcmp(mode, "cycle") && argc == 5) {
        cycle(argv[2], argv[3], atoi(argv[4]));
    } else if (!strcmp(mode, "native") && argc == 5) {
        native(argv[2], argv[3], atoi(argv[4]));
    } else if (!strcmp(mode, "define") && argc == 6) {
        define_many(argv[2], argv[3], argv[4], atoi(argv[5]));
    } else if (!strcmp(mode, "floor") && argc == 4) {
        floor_of(argv[2], atoi(argv[3]));
    } else {
        fprintf(stderr, "usage: see the first lines of client.c\n");
        return 2;
    }
    return 0;
}
