/* Guests that run, through the installed libvirt.so, and what bare QEMU takes for the same.
 *   guests save URI XML COUNT FILE         start, save to FILE, restore, destroy: median milliseconds of saving and restoring
 *   guests move URI URI XML COUNT          live migration to and fro: median milliseconds, and how long the guest stood still
 *   guests parallel URI XML COUNT          so many guests started at once by as many threads: guests a second
 *   guests fill URI XML COUNT              starts so many guests, one after the other
 *   guests stats URI COUNT                 virConnectGetAllDomainStats of all of them: median milliseconds of 5
 *   guests answer URI COUNT SINCE          until all of them are told of; SINCE: when that was waited for, in milliseconds since 1970
 *   guests clear URI                       destroys all
 *   guests floor-save QEMU MIB COUNT FILE  guests floor-move QEMU MIB COUNT
 * An XML has NAME where a guest's name belongs. */
#include <libvirt/libvirt.h>
#include <libvirt/virterror.h>
#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static double now(void) { struct timespec t; clock_gettime(CLOCK_REALTIME, &t); return t.tv_sec * 1e3 + t.tv_nsec / 1e6; }
static void die(const char *what) { fprintf(stderr, "guests: %s\n", what ? what : strerror(errno)); exit(1); }
static void quiet(void *unused, virErrorPtr error) { (void)unused; (void)error; }
static int by_value(const void *a, const void *b) { double x = *(const double *)a, y = *(const double *)b; return (x > y) - (x < y); }
static double median(double *all, int n) { qsort(all, (size_t)n, sizeof *all, by_value); return n % 2 ? all[n / 2] : (all[n / 2 - 1] + all[n / 2]) / 2; }

static char *slurp(const char *path)
{
    FILE *f = fopen(path, "r");
    char *text = calloc(1, 65536);
    if (!f || fread(text, 1, 65535, f) == 0)
        die(path);
    fclose(f);
    return text;
}
static virConnectPtr connect_to(const char *uri)
{
    virConnectPtr conn = virConnectOpen(uri);
    if (!conn)
        die(virGetLastErrorMessage());
    return conn;
}
static virDomainPtr start(virConnectPtr conn, const char *xml, int number)
{
    char *text = malloc(strlen(xml) + 32);
    const char *at = strstr(xml, "NAME");
    sprintf(text, "%.*sguest%d%s", (int)(at - xml), xml, number, at + 4);
    virDomainPtr dom = virDomainCreateXML(conn, text, 0);
    if (!dom)
        die(virGetLastErrorMessage());
    free(text);
    return dom;
}

static void save(const char *uri, const char *path, int count, const char *file)
{
    virConnectPtr conn = connect_to(uri);
    char *xml = slurp(path);
    double out[count], in[count];
    for (int i = 0; i < count; i++) {
        virDomainPtr dom = start(conn, xml, i);
        char name[32];
        snprintf(name, sizeof name, "guest%d", i);
        usleep(300000);
        double t0 = now();
        if (virDomainSave(dom, file) < 0)
            die(virGetLastErrorMessage());
        double t1 = now();
        virDomainFree(dom);
        if (virDomainRestore(conn, file) < 0)
            die(virGetLastErrorMessage());
        double t2 = now();
        dom = virDomainLookupByName(conn, name);
        if (!dom || virDomainDestroy(dom) < 0)
            die(virGetLastErrorMessage());
        virDomainFree(dom);
        out[i] = t1 - t0;
        in[i] = t2 - t1;
    }
    unlink(file);
    printf("save_ms %.1f\nrestore_ms %.1f\n", median(out, count), median(in, count));
}

static void move(const char *one, const char *other, const char *path, int count)
{
    virConnectPtr conn[2] = {connect_to(one), connect_to(other)};
    double took[count], stood[count];
    virDomainPtr dom = start(conn[0], slurp(path), 0);
    virTypedParameterPtr how = NULL;
    int some = 0, room = 0, type;
    virTypedParamsAddString(&how, &some, &room, VIR_MIGRATE_PARAM_URI, "tcp:127.0.0.1");
    usleep(300000);
    for (int i = 0; i < count; i++) {
        double t0 = now();
        virDomainPtr there = virDomainMigrate3(dom, conn[(i + 1) % 2], how, (unsigned)some, VIR_MIGRATE_LIVE);
        if (!there)
            die(virGetLastErrorMessage());
        took[i] = now() - t0;
        virDomainFree(dom);
        dom = there;
        virTypedParameterPtr told = NULL;
        int many = 0;
        unsigned long long downtime = 0;
        if (virDomainGetJobStats(dom, &type, &told, &many, VIR_DOMAIN_JOB_STATS_COMPLETED) < 0 || virTypedParamsGetULLong(told, many, VIR_DOMAIN_JOB_DOWNTIME, &downtime) != 1)
            die("no downtime");
        stood[i] = (double)downtime;
        virTypedParamsFree(told, many);
    }
    virDomainDestroy(dom);
    printf("move_ms %.1f\ndowntime_ms %.1f\n", median(took, count), median(stood, count));
}

struct starter { virConnectPtr conn; const char *xml; int number; };
static void *start_one(void *arg) { struct starter *s = arg; virDomainFree(start(s->conn, s->xml, s->number)); return NULL; }
static void clear(virConnectPtr conn)
{
    virDomainPtr *all;
    int n = virConnectListAllDomains(conn, &all, 0);
    for (int i = 0; i < n; i++)
        virDomainDestroy(all[i]);
}
static void parallel(const char *uri, const char *path, int count)
{
    virConnectPtr conn = connect_to(uri);
    struct starter all[count];
    pthread_t threads[count];
    char *xml = slurp(path);
    double t0 = now();
    for (int i = 0; i < count; i++) {
        all[i] = (struct starter){conn, xml, i};
        pthread_create(&threads[i], NULL, start_one, &all[i]);
    }
    for (int i = 0; i < count; i++)
        pthread_join(threads[i], NULL);
    printf("starts_per_s %.2f\n", count / (now() - t0) * 1e3);
    clear(conn);
}

static int told_of(virConnectPtr conn)
{
    virDomainStatsRecordPtr *records = NULL;
    int n = virConnectGetAllDomainStats(conn, 0, &records, VIR_CONNECT_GET_ALL_DOMAINS_STATS_ACTIVE);
    virDomainStatsRecordListFree(records);
    return n;
}
static void stats(const char *uri, int count)
{
    virConnectPtr conn = connect_to(uri);
    double took[5];
    for (int i = 0; i < 5; i++) {
        double t0 = now();
        if (told_of(conn) != count)
            die("not all guests are told of");
        took[i] = now() - t0;
    }
    printf("stats_ms %.1f\n", median(took, 5));
}
static void answer(const char *uri, int count, double since)
{
    virConnectPtr conn;
    while (!(conn = virConnectOpen(uri)))
        usleep(2000);
    while (told_of(conn) != count)
        usleep(2000);
    printf("answer_ms %.1f\n", now() - since);
}

/* Bare QEMU. */
struct qemu { pid_t pid; int mon; };
static struct qemu run(const char *program, const char *mib, const char *incoming)
{
    int pair[2];
    char chardev[64], line[65536];
    if (socketpair(AF_UNIX, SOCK_STREAM, 0, pair) < 0)
        die(NULL);
    snprintf(chardev, sizeof chardev, "socket,id=mon,fd=%d", pair[1]);
    pid_t pid = fork();
    if (pid == 0) {
        close(pair[0]);
        execl(program, program, "-S", "-no-user-config", "-nodefaults", "-display", "none", "-machine", "pc,accel=tcg", "-m", mib, "-chardev", chardev,
              "-mon", "chardev=mon,mode=control", incoming ? "-incoming" : (char *)NULL, incoming, (char *)NULL);
        _exit(127);
    }
    close(pair[1]);
    if (read(pair[0], line, sizeof line) <= 0)
        die("QEMU said nothing");
    return (struct qemu){pid, pair[0]};
}
/* When a guest stood still, by its QEMU's event. */
static double stopped;
static void note_stop(const char *line)
{
    const char *event = strstr(line, "\"event\": \"STOP\""), *at = event;
    while (at && at > line && strncmp(at, "\"seconds\": ", 11))
        at--;
    double seconds, micro;
    if (event && sscanf(at, "\"seconds\": %lf, \"microseconds\": %lf", &seconds, &micro) == 2)
        stopped = seconds * 1e3 + micro / 1e3;
}
static char *ask(struct qemu q, const char *command)
{
    static char line[65536];
    size_t have = 0;
    if (write(q.mon, command, strlen(command)) < 0)
        die(NULL);
    line[0] = 0;
    while (!strstr(line, "\"return\"")) {
        if (strstr(line, "\"error\""))
            die(line);
        ssize_t got = read(q.mon, line + have, sizeof line - 1 - have);
        if (got <= 0)
            die("QEMU ended");
        have += (size_t)got;
        line[have] = 0;
        note_stop(line);
    }
    return line;
}
static void sent(struct qemu q)
{
    for (;;) {
        char *told = ask(q, "{\"execute\":\"query-migrate\"}\n");
        if (strstr(told, "\"status\": \"failed\""))
            die("QEMU's migration failed");
        if (strstr(told, "\"status\": \"completed\""))
            return;
        usleep(500);
    }
}
static void end(struct qemu q) { kill(q.pid, SIGKILL); waitpid(q.pid, NULL, 0); close(q.mon); }
#define HELLO "{\"execute\":\"qmp_capabilities\"}\n"
#define FAST "{\"execute\":\"migrate-set-parameters\",\"arguments\":{\"max-bandwidth\":9223372036853727232}}\n"
#define CONT "{\"execute\":\"cont\"}\n"

static void floor_save(const char *program, const char *mib, int count, const char *file)
{
    double out[count], in[count];
    char to[600], from[600];
    snprintf(to, sizeof to, "{\"execute\":\"migrate\",\"arguments\":{\"uri\":\"exec:cat>%s\"}}\n", file);
    snprintf(from, sizeof from, "exec:cat %s", file);
    for (int i = 0; i < count; i++) {
        struct qemu q = run(program, mib, NULL);
        ask(q, HELLO);
        ask(q, CONT);
        usleep(300000);
        double t0 = now();
        ask(q, "{\"execute\":\"stop\"}\n");
        ask(q, FAST);
        ask(q, to);
        sent(q);
        end(q);
        double t1 = now();
        q = run(program, mib, from);
        ask(q, HELLO);
        sent(q);
        ask(q, CONT);
        in[i] = now() - t1;
        out[i] = t1 - t0;
        end(q);
    }
    unlink(file);
    printf("save_ms %.1f\nrestore_ms %.1f\n", median(out, count), median(in, count));
}
static void floor_move(const char *program, const char *mib, int count)
{
    double took[count], stood[count];
    struct qemu q = run(program, mib, NULL);
    ask(q, HELLO);
    ask(q, CONT);
    usleep(300000);
    for (int i = 0; i < count; i++) {
        char where[64], to[160];
        snprintf(where, sizeof where, "tcp:127.0.0.1:%d", 49300 + i);
        snprintf(to, sizeof to, "{\"execute\":\"migrate\",\"arguments\":{\"uri\":\"%s\"}}\n", where);
        double t0 = now();
        struct qemu there = run(program, mib, where);
        ask(there, HELLO);
        ask(q, FAST);
        ask(q, to);
        sent(q);
        sent(there);
        ask(there, CONT);
        stood[i] = now() - stopped;
        end(q);
        took[i] = now() - t0;
        q = there;
    }
    end(q);
    printf("move_ms %.1f\ndowntime_ms %.1f\n", median(took, count), median(stood, count));
}

int main(int argc, char **argv)
{
    virSetErrorFunc(NULL, quiet);
    const char *mode = argc > 1 ? argv[1] : "";
    if (!strcmp(mode, "save") && argc == 6) save(argv[2], argv[3], atoi(argv[4]), argv[5]);
    else if (!strcmp(mode, "move") && argc == 6) move(argv[2], argv[3], argv[4], atoi(argv[5]));
    else if (!strcmp(mode, "parallel") && argc == 5) parallel(argv[2], argv[3], atoi(argv[4]));
    else if (!strcmp(mode, "fill") && argc == 5) {
        virConnectPtr conn = connect_to(argv[2]);
        char *xml = slurp(argv[3]);
        for (int i = 0; i < atoi(argv[4]); i++) virDomainFree(start(conn, xml, i));
    }
    else if (!strcmp(mode, "stats") && argc == 4) stats(argv[2], atoi(argv[3]));
    else if (!strcmp(mode, "answer") && argc == 5) answer(argv[2], atoi(argv[3]), atof(argv[4]));
    else if (!strcmp(mode, "clear") && argc == 3) clear(connect_to(argv[2]));
    else if (!strcmp(mode, "floor-save") && argc == 6) floor_save(argv[2], argv[3], atoi(argv[4]), argv[5]);
    else if (!strcmp(mode, "floor-move") && argc == 5) floor_move(argv[2], argv[3], atoi(argv[4]));
    else die("see the comment at the top");
    return 0;
}
