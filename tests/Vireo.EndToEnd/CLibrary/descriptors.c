/* A program that has no descriptors left: no call may hang, crash, or keep one, and when there are some again everything works.
   usage: descriptors NAME PASSWORD URI... */
#include <libvirt/libvirt.h>
#include <libvirt/virterror.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

enum { MANY = 1024, MOST = 64 };

static const char *uri, *name, *password;

static void fail(const char *what, long value)
{
    struct rlimit all = { MANY, MANY };
    setrlimit(RLIMIT_NOFILE, &all);
    printf("%s: %s: %ld: %s\n", uri, what, value, virGetLastErrorMessage());
    exit(1);
}

static void quiet(void *data, virErrorPtr error) { (void)data; (void)error; }

static int answer(virConnectCredentialPtr asked, unsigned int count, void *data)
{
    unsigned int i;
    (void)data;
    for (i = 0; i < count; i++) {
        const char *said = asked[i].type == VIR_CRED_PASSPHRASE ? password : asked[i].type == VIR_CRED_REALM ? asked[i].defresult : name;
        asked[i].result = strdup(said ? said : "");
        asked[i].resultlen = strlen(asked[i].result);
    }
    return 0;
}

static int kinds[] = { VIR_CRED_AUTHNAME, VIR_CRED_PASSPHRASE, VIR_CRED_REALM };
static virConnectAuth login = { kinds, 3, answer, NULL };

/* Without one of its own, which the usual way to count them needs. */
static int descriptors(void)
{
    int fd, count = 0;
    for (fd = 0; fd < MANY; fd++)
        count += fcntl(fd, F_GETFD) >= 0;
    return count;
}

/* So many more than there are; they are given out from the lowest free one. */
static void leave(int more)
{
    struct rlimit limit = { 0, MANY };
    int fd;
    for (fd = 0; fd < MANY; fd++)
        if (fcntl(fd, F_GETFD) < 0 && more-- == 0)
            break;
    limit.rlim_cur = fd;
    if (setrlimit(RLIMIT_NOFILE, &limit) < 0)
        fail("setrlimit", fd);
}

/* Less than what poll is asked to look at: it then fails. */
static void leave_nothing(void)
{
    struct rlimit limit = { 0, MANY };
    setrlimit(RLIMIT_NOFILE, &limit);
}

static void leave_all(void)
{
    struct rlimit limit = { MANY, MANY };
    setrlimit(RLIMIT_NOFILE, &limit);
}

static void tick(int timer, void *data)
{
    *(int *)data = 1;
    virEventUpdateTimeout(timer, -1);
}

static void turn(void)
{
    int turned = 0, timer = virEventAddTimeout(0, tick, &turned, NULL);
    while (!turned)
        if (virEventRunDefaultImpl() < 0)
            fail("a round of the loop", 0);
    virEventRemoveTimeout(timer);
}

static int happened(virConnectPtr c, virDomainPtr d, int event, int detail, void *data)
{
    (void)c; (void)d; (void)event; (void)detail; (void)data;
    return 0;
}

/* Whether all of it worked; what does not work has an error. */
static int use(virConnectPtr c, int streams)
{
    virDomainPtr d = virDomainLookupByName(c, "test");
    virStreamPtr st;
    char *xml, piece[4096];
    int worked = 1, id, got;
    if (!d) {
        if (!virGetLastError())
            fail("no error for a domain that is not there", 0);
        return 0;
    }
    if (!(xml = virDomainGetXMLDesc(d, 0))) {
        if (!virGetLastError())
            fail("no error for a document that is not there", 0);
        worked = 0;
    }
    free(xml);
    id = virConnectDomainEventRegisterAny(c, d, VIR_DOMAIN_EVENT_ID_LIFECYCLE, VIR_DOMAIN_EVENT_CALLBACK(happened), NULL, NULL);
    worked &= id >= 0;
    turn();
    if (id >= 0)
        virConnectDomainEventDeregisterAny(c, id);
    if (streams) {
        char *type = NULL;
        st = virStreamNew(c, 0);
        if (!st || !(type = virDomainScreenshot(d, st, 0, 0))) {
            if (!virGetLastError())
                fail("no error for a picture that is not there", 0);
            worked = 0;
        } else {
            while ((got = virStreamRecv(st, piece, sizeof(piece))) > 0)
                ;
            if (got < 0 || virStreamFinish(st) < 0)
                worked = 0;
        }
        free(type);
        if (st)
            virStreamFree(st);
    }
    virDomainFree(d);
    return worked;
}

static virConnectPtr opened(void)
{
    virConnectPtr c = virConnectOpenAuth(uri, &login, 0);
    if (!c)
        fail("cannot be opened with all descriptors", 0);
    return c;
}

static void same(int before, const char *when)
{
    int after;
    turn();                                                         /* a loop lets go in its next round */
    turn();
    after = descriptors();
    if (after != before)
        fail(when, after - before);
}

static void opening(void)
{
    int more, before = descriptors(), refused = 0;
    for (more = 0; more < MOST; more++) {
        virConnectPtr c;
        leave(more);
        c = virConnectOpenAuth(uri, &login, 0);
        if (c) {
            use(c, 1);
            if (virConnectClose(c) != 0)
                fail("a connection has users yet", more);
        } else {
            if (!virGetLastError())
                fail("no error for a connection that is not there", more);
            refused++;
        }
        leave_all();
        same(before, "an opening keeps descriptors");
    }
    if (refused == MOST || (refused == 0 && strncmp(uri, "test:///", 8)))
        fail("refused openings", refused);
}

static void *wakes(void *data)
{
    usleep(20000);                                                  /* the other one waits in its loop by now, or will see it anyway */
    virEventAddTimeout(0, tick, data, NULL);
    return NULL;
}

static void calling(void)
{
    int before = descriptors(), woken = 0;
    virConnectPtr c = opened();
    pthread_t other;
    leave(0);
    if (!use(c, 1))
        fail("a call needs a descriptor", 0);
    if (pthread_create(&other, NULL, wakes, &woken))
        fail("pthread_create", 0);
    while (!woken)
        virEventRunDefaultImpl();
    pthread_join(other, NULL);
    leave_all();
    if (!use(c, 1) || virConnectClose(c) != 0)
        fail("a connection is not what it was", 0);
    same(before, "calls keep descriptors");

    c = opened();
    leave_nothing();
    use(c, 1);
    turn();
    leave_all();
    use(c, 1);
    if (virConnectClose(c) != 0)
        fail("a connection has users yet", 0);
    same(before, "calls without any keep descriptors");
    c = opened();
    if (!use(c, 1) || virConnectClose(c) != 0)
        fail("a connection after all that", 0);
    same(before, "the last one keeps descriptors");
}

int main(int argc, char **argv)
{
    int i, woken = 0;
    pthread_t other;
    if (argc < 4)
        return 2;
    name = argv[1];
    password = argv[2];
    uri = "the loop";
    alarm(300);                                                     /* a call that hangs ends the program */
    leave_all();
    virSetErrorFunc(NULL, quiet);
    virInitialize();
    virEventRegisterDefaultImpl();
    /* the loop's first round has none to be woken by */
    leave(0);
    if (pthread_create(&other, NULL, wakes, &woken))
        fail("pthread_create", 0);
    while (!woken)
        virEventRunDefaultImpl();
    pthread_join(other, NULL);
    leave_nothing();
    turn();
    leave_all();
    turn();
    for (i = 3; i < argc; i++) {
        uri = argv[i];
        opening();
        calling();
    }
    printf("well\n");
    return 0;
}
