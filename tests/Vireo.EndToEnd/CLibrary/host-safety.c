/* What a library must not do to the program that loads it. Run with the path of the library and the name of a test; says "well" at the end. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>
#include <libvirt/libvirt.h>
#include <libvirt/virterror.h>

static void *library;
static const char *path;

#define CALL(name) ((__typeof__(&name))dlsym(library, #name))

static void fail(const char *what, long value)
{
    fprintf(stderr, "%s: %ld\n", what, value);
    exit(1);
}

static void quiet(void *data, virErrorPtr e) { (void)data; (void)e; }

static void load(void)
{
    library = dlopen(path, RTLD_NOW | RTLD_LOCAL);
    if (!library) {
        fprintf(stderr, "%s\n", dlerror());
        exit(1);
    }
    CALL(virInitialize)();
    CALL(virSetErrorFunc)(NULL, quiet);
}

/* Something that makes an error, and memory. */
static void use(void)
{
    virTypedParameterPtr p = NULL;
    int n = 0, max = 0;
    double d;
    virConnectPtr c = CALL(virConnectOpen)("test+unix:///default?socket=/nonexistent/socket");
    if (c)
        fail("a connection to nowhere", 0);
    if (!CALL(virGetLastError)() || !CALL(virGetLastErrorMessage)()[0])
        fail("no error", CALL(virGetLastErrorCode)());
    CALL(virTypedParamsAddString)(&p, &n, &max, "name", "value");
    CALL(virTypedParamsAddInt)(&p, &n, &max, "number", 3);
    CALL(virTypedParamsGetDouble)(p, n, "name", &d);
    CALL(virTypedParamsFree)(p, n);
    c = CALL(virConnectOpen)("test:///default");
    if (c) {
        virDomainPtr dom = CALL(virDomainLookupByName)(c, "nobody");
        if (dom)
            fail("a domain of nobody's", 0);
        CALL(virConnectClose)(c);
    }
}

static void handlers(struct sigaction *all)
{
    int i;
    memset(all, 0, 65 * sizeof(*all));
    for (i = 1; i < 65; i++)
        sigaction(i, NULL, &all[i]);
}

static void ours(int signal) { (void)signal; }

static void signals(int set)
{
    struct sigaction before[65], after[65], own = { .sa_handler = ours };
    sigset_t maskBefore, maskAfter;
    int i;

    if (set)
        for (i = 1; i < 65; i++)
            sigaction(i, &own, NULL);
    handlers(before);
    pthread_sigmask(SIG_SETMASK, NULL, &maskBefore);
    load();
    use();
    handlers(after);
    pthread_sigmask(SIG_SETMASK, NULL, &maskAfter);
    for (i = 1; i < 65; i++) {
        if (i == SIGSEGV || i == SIGFPE || i == 34)          /* the runtime's, which calls on what was there before */
            continue;
        if (before[i].sa_handler != after[i].sa_handler || before[i].sa_flags != after[i].sa_flags)
            fail("changed the handling of signal", i);
    }
    if (memcmp(&maskBefore, &maskAfter, sizeof(maskBefore)))
        fail("changed the signal mask", 0);
}

static void reopen(void)
{
    int i;
    for (i = 0; i < 20; i++) {
        load();
        use();
        if (dlclose(library))
            fail("dlclose", i);
    }
}

static void *once(void *unused)
{
    (void)unused;
    use();
    return NULL;
}

static long resident(void)
{
    long pages = 0;
    FILE *f = fopen("/proc/self/statm", "r");
    if (!f || fscanf(f, "%*s %ld", &pages) != 1)
        fail("statm", 0);
    fclose(f);
    return pages * 4;
}

static void threads(int count, size_t stack)
{
    pthread_attr_t attributes;
    long before = 0;
    int i, k;

    pthread_attr_init(&attributes);
    pthread_attr_setstacksize(&attributes, stack);
    load();
    for (i = 0; i < count / 20; i++) {
        pthread_t all[20];
        for (k = 0; k < 20; k++)
            if (pthread_create(&all[k], &attributes, once, NULL))
                fail("pthread_create", i);
        for (k = 0; k < 20; k++)
            pthread_join(all[k], NULL);
        if (i == count / 40)
            before = resident();
    }
    /* The collector touches its memory in regions of 4 MiB, and may take another one at any time: two of them are no leak, 4 KiB of each thread are. */
    if (resident() - before > 8192)
        fail("grew by so many KiB in the second half", resident() - before);
}

static void *endless(void *unused)
{
    (void)unused;
    for (;;)
        use();
    return NULL;
}

static void forked(void)
{
    int i, status;
    load();
    use();
    for (i = 0; i < 50; i++) {
        pid_t child = fork();
        if (child == 0) {
            int k;
            for (k = 0; k < 20; k++)
                use();
            _exit(0);
        }
        if (waitpid(child, &status, 0) != child || status)
            fail("a child", status);
        use();
    }
}

static void forked_and_executed(void)
{
    pthread_t all[4];
    int i, status;
    load();
    for (i = 0; i < 4; i++)
        pthread_create(&all[i], NULL, endless, NULL);
    for (i = 0; i < 50; i++) {
        pid_t child = fork();
        if (child == 0) {
            execl("/bin/true", "true", NULL);
            _exit(1);
        }
        if (waitpid(child, &status, 0) != child || status)
            fail("a child", status);
    }
    exit(0);                                                  /* with all of them within the library */
}

static void segfault(int signal, siginfo_t *info, void *context)
{
    (void)signal; (void)context;
    if (info->si_addr == (void *)0x10) {
        static const char well[] = "the program's own handler was called\nwell\n";
        if (write(1, well, sizeof(well) - 1) < 0)
            _exit(2);
        _exit(0);
    }
    _exit(3);
}

static void own_handler(void)
{
    struct sigaction own = { .sa_sigaction = segfault, .sa_flags = SA_SIGINFO };
    sigaction(SIGSEGV, &own, NULL);
    load();
    use();
    *(volatile int *)0x10 = 1;
}

static void broken_pipe(void)
{
    /* The default handling, death, is still there for the program and what it starts. */
    pid_t child;
    int status, ends[2];
    signal(SIGPIPE, SIG_DFL);                                /* whoever started this may have ignored it */
    load();
    use();
    child = fork();
    if (child == 0) {
        if (pipe(ends))
            _exit(1);
        close(ends[0]);
        if (write(ends[1], "x", 1) < 0)
            _exit(4);
        _exit(5);
    }
    waitpid(child, &status, 0);
    if (!WIFSIGNALED(status) || WTERMSIG(status) != SIGPIPE)
        fail("SIGPIPE did not end the child", status);
}

static void limited(void)
{
    struct rlimit limit = { 4ul << 30, 4ul << 30 };
    setrlimit(RLIMIT_AS, &limit);
    load();
    use();
}

static void environment(void)
{
    setenv("DOTNET_gcServer", "1", 1);
    setenv("DOTNET_GCHeapHardLimit", "10000", 1);            /* 64 KiB: would not even start */
    setenv("DOTNET_gcTrace", "1", 1);
    load();
    use();
    if (strcmp(getenv("DOTNET_gcServer"), "1"))
        fail("the program's own environment changed", 0);
}

static int open_ones(void)
{
    int i, n = 0;
    for (i = 0; i < 256; i++)
        n += fcntl(i, F_GETFD) >= 0;
    return n;
}

static void handed_back(void)
{
    int i, before;
    load();
    use();
    before = open_ones();
    for (i = 0; i < 100; i++)
        use();
    if (open_ones() != before)
        fail("left so many descriptors open", open_ones() - before);
}

int main(int argc, char **argv)
{
    const char *test = argc > 2 ? argv[2] : "";
    path = argv[1];
    if (!strcmp(test, "signals")) signals(0);
    else if (!strcmp(test, "own-signals")) signals(1);
    else if (!strcmp(test, "reopen")) reopen();
    else if (!strcmp(test, "threads")) threads(10000, 256 * 1024);
    else if (!strcmp(test, "small-stacks")) threads(4000, 64 * 1024);
    else if (!strcmp(test, "fork")) forked();
    else if (!strcmp(test, "fork-exec")) { puts("well"); fflush(stdout); forked_and_executed(); }
    else if (!strcmp(test, "own-handler")) own_handler();
    else if (!strcmp(test, "broken-pipe")) broken_pipe();
    else if (!strcmp(test, "limited")) limited();
    else if (!strcmp(test, "environment")) environment();
    else if (!strcmp(test, "descriptors")) handed_back();
    else if (!strcmp(test, "plain")) { load(); use(); }
    else return 2;
    puts("well");
    return 0;
}
