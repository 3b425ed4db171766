/* A daemon that misbehaves, and a program that lives with it: no call may hang, crash, or keep descriptors.
   usage: faults SOCKET ROUNDS [once: nothing is freed twice, for who watches every access] */
#include <libvirt/libvirt.h>
#include <libvirt/virterror.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

enum { NOTHING, HANG_UP, HALF, PIECES, TOO_LONG, TOO_SHORT, CUT, REFUSE, WRONG_SERIAL, EVENT, LATE, HUGE_TEXT, WRONG_PROGRAM, TWICE, UNKNOWN_TYPE, ZEROS, FAULTS };
enum { CALLS = 12 };

/* ---- the daemon: a process that knows nothing of the library ---- */

static unsigned char *word(unsigned char *to, uint32_t value)
{
    to[0] = value >> 24;
    to[1] = value >> 16;
    to[2] = value >> 8;
    to[3] = value;
    return to + 4;
}

static unsigned char *text(unsigned char *to, const char *value)
{
    size_t length = strlen(value), padded = (length + 3) / 4 * 4;
    to = word(to, length);
    memset(to, 0, padded);
    memcpy(to, value, length);
    return to + padded;
}

static uint32_t number(const unsigned char *at)
{
    return (uint32_t)at[0] << 24 | (uint32_t)at[1] << 16 | (uint32_t)at[2] << 8 | at[3];
}

static int all(int fd, unsigned char *to, size_t length)
{
    while (length > 0)
    {
        ssize_t got = read(fd, to, length);
        if (got <= 0)
            return 0;
        to += got;
        length -= got;
    }
    return 1;
}

static unsigned char *answer(unsigned char *to, int procedure)
{
    switch (procedure)
    {
    case 66: /* the logins: one, without questions */
        return word(word(to, 1), 0);
    case 60: /* a feature */
        return word(to, 0);
    case 110:
        return text(to, "test:///default");
    case 23: /* a domain */
        to = text(to, "guest");
        memset(to, 7, 16);
        return word(to + 16, 3);
    case 14:
        return text(to, "<domain/>");
    default:
        return to;
    }
}

static unsigned char *error_answer(unsigned char *to)
{
    to = word(word(to, 45), 7);
    to = text(word(to, 1), "refused");
    to = word(to, 2);
    to = word(to, 0); /* no domain */
    to = word(word(word(to, 0), 0), 0);
    return word(word(word(to, 0), 0), 0);
}

static void serve(int fd, int plan)
{
    int fault = plan % FAULTS, at = plan / FAULTS % CALLS, call;
    for (call = 0;; call++)
    {
        unsigned char asked[65536], said[4096], *end, *start = said;
        uint32_t length, procedure;
        int wrong = call == at ? fault : NOTHING;
        if (!all(fd, asked, 4) || (length = number(asked)) < 28 || length > sizeof(asked) || !all(fd, asked + 4, length - 4))
            return;
        procedure = number(asked + 12);
        if (wrong == HANG_UP)
            return;
        if (wrong == LATE)
        {
            usleep(1000);
            return;
        }
        if (wrong == EVENT)
        {
            unsigned char event[32];
            word(event, 32);
            memcpy(event + 4, asked + 4, 8);
            word(word(word(word(word(event + 12, 318), 2), 0), 0), 0xffffffff);
            if (write(fd, event, sizeof(event)) < 0)
                return;
        }
        memcpy(said, asked, 28);
        word(said + 16, wrong == UNKNOWN_TYPE ? 77 : 1);
        word(said + 24, 0);
        if (wrong == REFUSE)
        {
            word(said + 24, 1);
            end = error_answer(said + 28);
        }
        else
            end = answer(said + 28, procedure);
        if (wrong == CUT && end > said + 28)
            end -= 4;
        if (wrong == HUGE_TEXT)
            end = word(said + 28, 0x7fffffff);
        if (wrong == WRONG_SERIAL)
            word(said + 20, number(asked + 20) + 1000);
        if (wrong == WRONG_PROGRAM)
            word(said + 4, 0x1234);
        if (wrong == ZEROS)
            memset(said, 0, end - said);
        length = end - said;
        word(said, wrong == TOO_LONG ? 0xfffffff0u : wrong == TOO_SHORT ? 8 : wrong == ZEROS ? 0 : length);
        if (wrong == HALF)
        {
            if (write(fd, said, length / 2) < 0)
                return;
            return;
        }
        for (; start < end; start += wrong == PIECES ? 1 : length)
            if (write(fd, start, wrong == PIECES ? 1 : length) < 0)
                return;
        if (wrong == TWICE && write(fd, said, length) < 0)
            return;
        /* nobody was answered: the client waits, until the connection ends */
        if (wrong == WRONG_SERIAL || wrong == WRONG_PROGRAM || wrong == UNKNOWN_TYPE || wrong == ZEROS || wrong == TOO_LONG || wrong == TOO_SHORT)
            return;
    }
}

static void be_daemon(int listening)
{
    int plan;
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    signal(SIGPIPE, SIG_IGN);
    for (plan = 0;; plan++)
    {
        int fd = accept(listening, NULL, NULL);
        if (fd < 0)
            _exit(0);
        serve(fd, plan);
        close(fd);
    }
}

/* ---- the program ---- */

static int told, freed, once;

static void quiet(void *data, virErrorPtr error)
{
    (void)data;
    (void)error;
}

/* closes the connection that it is told of: the last reference but its own */
static void closed(virConnectPtr c, int reason, void *data)
{
    (void)reason;
    (void)data;
    told++;
    virConnectClose(c);
}

static void data_freed(void *data)
{
    (void)data;
    freed++;
}

static void tick(int timer, void *data)
{
    *(int *)data = 1;
    virEventUpdateTimeout(timer, -1);
}

/* one round of the loop; after some milliseconds, one in which nothing was ready has passed, which is when it frees what was removed */
static void turn(int milliseconds)
{
    int turned = 0, timer = virEventAddTimeout(milliseconds, tick, &turned, NULL);
    while (!turned)
        virEventRunDefaultImpl();
    virEventRemoveTimeout(timer);
}

static void fail(const char *what)
{
    printf("%s: %s\n", what, virGetLastErrorMessage());
    exit(1);
}

static int descriptors(void)
{
    DIR *d = opendir("/proc/self/fd");
    int n = 0;
    while (readdir(d))
        n++;
    closedir(d);
    return n;
}

static long resident(void)
{
    long size, pages = 0;
    FILE *f = fopen("/proc/self/statm", "r");
    if (fscanf(f, "%ld %ld", &size, &pages) != 2)
        pages = 0;
    fclose(f);
    return pages * 4;
}

static void round_of(const char *uri, int round)
{
    virConnectPtr c = virConnectOpenAuth(uri, virConnectAuthPtrDefault, round % 2 ? VIR_CONNECT_RO : 0);
    virDomainPtr d;
    int keeps = 1;
    if (!c)
    {
        if (!virGetLastError())
            fail("no error for a connection that is not there");
        return;
    }
    if (round % 3 == 0 && virConnectRegisterCloseCallback(c, closed, NULL, data_freed) == 0)
        keeps = 2;
    d = virDomainLookupByName(c, "guest");
    if (d)
    {
        char *xml = virDomainGetXMLDesc(d, 0);
        free(xml);
        virDomainSuspend(d);
        virDomainGetName(d);
        virDomainRef(d);
        virDomainFree(d);
        if (virDomainFree(d) < 0)
            fail("a domain cannot be freed");
        if (!once && virDomainFree(d) == 0)
            fail("a domain was freed twice");
    }
    else if (!virGetLastError())
        fail("no error for a domain that is not there");
    if (keeps == 2)
    {
        /* one turn of the loop: a lost connection is told of, and its callback closes it */
        int before = told;
        turn(0);
        if (told > before)
            return;
        virConnectUnregisterCloseCallback(c, closed);
    }
    if (virConnectClose(c) != 0 && keeps == 1)
        fail("a connection has users yet");
    if (!once && keeps == 1 && virConnectClose(c) >= 0)
        fail("a connection was closed twice");
}

int main(int argc, char **argv)
{
    struct sockaddr_un at = { .sun_family = AF_UNIX };
    int listening = socket(AF_UNIX, SOCK_STREAM, 0), rounds, i, before = 0, round_descriptors;
    long early = 0, late;
    char uri[300];
    pid_t daemon;
    if (argc < 3)
        return 2;
    rounds = atoi(argv[2]);
    snprintf(at.sun_path, sizeof(at.sun_path), "%s", argv[1]);
    snprintf(uri, sizeof(uri), "test+unix:///default?socket=%s", argv[1]);
    if (bind(listening, (struct sockaddr *)&at, sizeof(at)) < 0 || listen(listening, 64) < 0)
        return 2;
    daemon = fork();
    if (daemon == 0)
        be_daemon(listening);
    close(listening);
    once = argc > 3;
    alarm(300 + rounds / 20); /* a call that hangs ends the program, and no machine is that slow */
    virSetErrorFunc(NULL, quiet);
    virInitialize();
    virEventRegisterDefaultImpl();
    for (i = 0; i < rounds; i++)
    {
        if (i == rounds / 3)
        {
            before = descriptors();
            early = resident();
        }
        round_of(uri, i);
        if (i % 256 == 0)
            turn(1);
    }
    turn(1);
    turn(1);
    round_descriptors = descriptors();
    late = resident();
    kill(daemon, SIGKILL);
    waitpid(daemon, &i, 0);
    fprintf(stderr, "%d rounds, %d lost connections told, descriptors %d then %d, resident %ld then %ld KiB\n", rounds, told, before, round_descriptors, early, late);
    if (told == 0 || freed < told)
        fail("callbacks");
    if (round_descriptors > before + 1)
        fail("descriptors are kept");
    if (late - early > (once ? 4096 : 1024))
        fail("memory is kept");
    printf("well\n");
    return 0;
}
