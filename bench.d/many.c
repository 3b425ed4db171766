/* Measures what a libvirt daemon does with many: domains, subscribers, bytes. It speaks the protocol itself (raw.h).
 *
 *   many list   WHERE URI COUNT              ms of CONNECT_LIST_ALL_DOMAINS, with the names
 *   many stats  WHERE URI COUNT              ms of CONNECT_GET_ALL_DOMAIN_STATS, of all domains and all groups
 *   many events WHERE URI CLIENTS COUNT      ms from a call until the last of CLIENTS has the event that it raises
 *   many shots  WHERE URI SECONDS            streams that are opened, read to their end (a small picture) and finished, a second
 *   many port                                a TCP port that is free now
 * Results are lines of "key value", medians of COUNT.
 */
#include "raw.h"
#include <sys/epoll.h>
#include <sys/resource.h>

enum { DOMAIN_BY_NAME = 23, RESUME = 28, SUSPEND = 34, SCREENSHOT = 211, LIST_ALL = 273, REGISTER_ANY = 316, LIFECYCLE = 318, ALL_STATS = 344 };

static char *body;
static size_t room;

static uint32_t word_at(size_t offset)
{
    uint32_t w;
    memcpy(&w, body + offset, 4);
    return ntohl(w);
}

/* A call of any size of answer. Events that come first are left out. */
static size_t ask(struct peer *p, int procedure, const void *args, size_t size)
{
    static uint32_t serial = 10;
    send_call(p, procedure, ++serial, args, size);
    for (;;) {
        struct header h = take_message(p, &body, &room);
        if (h.type == MESSAGE)
            continue;
        if (h.status != OK)
            refused(body, h.length - 28);
        return h.length - 28;
    }
}

static void answer(const char *where, const char *uri, const char *name, int procedure, const void *args, size_t size, int count)
{
    struct peer p = raw_open(where, uri);
    float *took = malloc((size_t)count * sizeof *took);
    size_t bytes = ask(&p, procedure, args, size); /* the first is another measure */
    for (int i = 0; i < count; i++) {
        double started = now();
        bytes = ask(&p, procedure, args, size);
        took[i] = (float)((now() - started) * 1e3);
    }
    printf("%s_ms %.3f\n%s_items %u\n%s_KiB %zu\n", name, median(took, count), name, word_at(0), name, bytes / 1024);
}

/* What describes a domain in arguments, as the daemon gave it. */
static size_t domain(struct peer *p, const char *name, char *to)
{
    char args[64] = {0};
    uint32_t n = (uint32_t)strlen(name), length = htonl(n);
    memcpy(args, &length, 4);
    memcpy(args + 4, name, n);
    size_t size = ask(p, DOMAIN_BY_NAME, args, 4 + ((n + 3) & ~3u));
    memcpy(to, body, size);
    return size;
}

/* In one read: what the client does itself is to cost little beside what is measured. */
static void take_event(struct peer *p)
{
    char in[512];
    size_t got = read_some(p, in, sizeof in);
    if (got < 28)
        die("the daemon sent half a header");
    struct header h = to_header(in);
    if (h.procedure != LIFECYCLE || h.length < got || h.length > sizeof in)
        die("another message came");
    read_all(p, in + got, h.length - got);
}

static void events(const char *where, const char *uri, int clients, int count)
{
    static const uint32_t lifecycle_of_all[2] = {0, 0};
    struct rlimit files = {(rlim_t)clients + 100, (rlim_t)clients + 100};
    setrlimit(RLIMIT_NOFILE, &files);
    struct peer *all = calloc((size_t)clients, sizeof *all), caller = raw_open(where, uri);
    int poll = epoll_create1(0);
    for (int i = 0; i < clients; i++) {
        struct epoll_event readable = {.events = EPOLLIN, .data.u32 = (uint32_t)i};
        all[i] = raw_open(where, uri);
        ask(&all[i], REGISTER_ANY, lifecycle_of_all, sizeof lifecycle_of_all);
        epoll_ctl(poll, EPOLL_CTL_ADD, all[i].fd, &readable);
    }
    char test[128];
    size_t size = domain(&caller, "test", test);
    float *took = malloc((size_t)count * sizeof *took);
    for (int round = -1; round < count; round++) {
        double started = now();
        send_call(&caller, round % 2 ? SUSPEND : RESUME, (uint32_t)round + 100, test, size);
        for (int told = 0; told < clients;) {
            struct epoll_event ready[256];
            int n = epoll_wait(poll, ready, 256, 10000);
            if (n <= 0)
                die("an event did not come");
            for (int i = 0; i < n; i++, told++)
                take_event(&all[ready[i].data.u32]);
        }
        if (round >= 0) /* the first is another measure */
            took[round] = (float)((now() - started) * 1e3);
        take_reply(&caller);
    }
    printf("last_ms %.3f\n", median(took, count));
}

static void shots(const char *where, const char *uri, double seconds)
{
    struct peer p = raw_open(where, uri);
    char args[128] = {0};
    size_t size = domain(&p, "test", args) + 8; /* screen and flags are 0 */
    double started = now(), until = started + seconds;
    size_t count = 0;
    for (uint32_t serial = 1000; now() < until; serial++, count++) {
        send_call(&p, SCREENSHOT, serial, args, size);
        /* libvirtd's first packets may overtake its reply. */
        for (int replied = 0, ended = 0; !replied || !ended;) {
            struct header h = take_message(&p, &body, &room);
            if (h.status == ERROR)
                refused(body, h.length - 28);
            if (h.type == REPLY)
                replied = 1;
            else if (h.length == 28)
                ended = 1;
        }
        send_message(&p, SCREENSHOT, STREAM, serial, OK, "", 0);
        if (take_message(&p, &body, &room).status != OK)
            die("the stream did not end");
    }
    double took = now() - started;
    printf("shots_per_s %.0f\n", (double)count / took);
}

static void port(void)
{
    struct sockaddr_in at = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t size = sizeof at;
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    if (bind(fd, (struct sockaddr *)&at, size) < 0 || getsockname(fd, (struct sockaddr *)&at, &size) < 0)
        die("bind");
    printf("%d\n", ntohs(at.sin_port));
}

int main(int argc, char **argv)
{
    const char *mode = argc > 1 ? argv[1] : "";
    if (!strcmp(mode, "list") && argc == 5) {
        static uint32_t want[2];
        want[0] = htonl(1); /* results, not only their number; no flags */
        answer(argv[2], argv[3], mode, LIST_ALL, want, sizeof want, atoi(argv[4]));
    } else if (!strcmp(mode, "stats") && argc == 5) {
        static const uint32_t all[3] = {0, 0, 0}; /* no list of domains, all groups, no flags */
        answer(argv[2], argv[3], mode, ALL_STATS, all, sizeof all, atoi(argv[4]));
    } else if (!strcmp(mode, "events") && argc == 6) {
        events(argv[2], argv[3], atoi(argv[4]), atoi(argv[5]));
    } else if (!strcmp(mode, "shots") && argc == 5) {
        shots(argv[2], argv[3], atof(argv[4]));
    } else if (!strcmp(mode, "port") && argc == 2) {
        port();
    } else {
        fprintf(stderr, "usage: see the first lines of many.c\n");
        return 2;
    }
    return 0;
}
