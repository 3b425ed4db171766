/* The default event loop: watches and timers, changed and removed from within callbacks and from another thread, and when what belongs to them is freed. */
#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <libvirt/libvirt.h>
#include <libvirt/virterror.h>

static int first, second, timer, late, ticks, pipes[2][2], done, nested, inside;
static pthread_t loop;

static void freed(void *opaque) { printf("freed %s%s\n", (const char *)opaque, inside ? " WITHIN A CALLBACK" : ""); }
static void enter(void) { inside++; }
static void leave(void) { inside--; }
static void tick_end(int t, void *opaque) { (void)t; (void)opaque; done = 1; }

static void rounds(int n)
{
    /* So many rounds without waiting: a timer that is always due ends each. */
    int i, t = virEventAddTimeout(0, tick_end, NULL, NULL);
    for (i = 0; i < n; i++)
        virEventRunDefaultImpl();
    virEventRemoveTimeout(t);
    for (i = 0; i < 3; i++) {
        int quick = virEventAddTimeout(1, tick_end, NULL, NULL);
        done = 0;
        while (!done)
            virEventRunDefaultImpl();
        virEventRemoveTimeout(quick);
    }
}

static void until_done(void)
{
    done = 0;
    while (!done)
        if (virEventRunDefaultImpl() < 0)
            abort();
}

static void readable(int watch, int fd, int events, void *opaque)
{
    char c = 0;
    enter();
    if (!(events & VIR_EVENT_HANDLE_READABLE))
        virEventUpdateHandle(watch, 0);                   /* it would go on and on */
    printf("%s: watch %d is %s, events %d", (const char *)opaque, watch, watch == first ? "the first" : "another", events);
    if (events & VIR_EVENT_HANDLE_READABLE) {
        ssize_t n = read(fd, &c, 1);
        printf(", read %d '%c'", (int)n, n == 1 ? c : ' ');
        if (n == 0)
            virEventUpdateHandle(watch, 0);
    }
    printf("\n");
    if (c == 'q')
        done = 1;
    if (c == 'r')
        printf("removed itself: %d, again: %d\n", virEventRemoveHandle(watch), virEventRemoveHandle(watch));
    if (c == 'o')
        printf("removed the other: %d\n", virEventRemoveHandle(watch == first ? second : first));
    if (c == 'u')
        virEventUpdateHandle(watch, VIR_EVENT_HANDLE_WRITABLE);
    if (c == 'z')
        virEventUpdateHandle(watch, 0);
    if (c == 'n' && !nested++) {
        int t;
        write(pipes[1][1], "q", 1);
        t = virEventAddTimeout(0, tick_end, NULL, NULL);
        done = 0;
        while (!done)
            virEventRunDefaultImpl();
        virEventRemoveTimeout(t);
        printf("a round within a callback is over\n");
    }
    leave();
}

static void tick(int t, void *opaque)
{
    enter();
    printf("%s: timer is %s, tick %d\n", (const char *)opaque, t == timer ? "the first" : "another", ++ticks);
    if (ticks == 2)
        virEventUpdateTimeout(t, 1);
    if (ticks == 4) {
        printf("removed itself: %d, again: %d\n", virEventRemoveTimeout(t), virEventRemoveTimeout(t));
        done = 1;
    }
    leave();
}

static void *run(void *unused)
{
    (void)unused;
    while (!late)
        virEventRunDefaultImpl();
    return NULL;
}

static void poke(int watch, int fd, int events, void *opaque)
{
    char c;
    (void)watch; (void)events; (void)opaque;
    read(fd, &c, 1);
    printf("on the loop's thread: %d\n", pthread_equal(loop, pthread_self()) != 0);
    late = c == 'q';
}

static void late_tick(int t, void *opaque)
{
    (void)opaque;
    printf("a timer that was added while the loop slept\n");
    virEventUpdateTimeout(t, -1);
    write(pipes[0][1], "q", 1);
}

int main(void)
{
    int i, all = VIR_EVENT_HANDLE_READABLE | VIR_EVENT_HANDLE_WRITABLE | VIR_EVENT_HANDLE_ERROR | VIR_EVENT_HANDLE_HANGUP;

    setvbuf(stdout, NULL, _IONBF, 0);
    virInitialize();
    printf("without a loop: %d %d %d %d\n", virEventAddHandle(0, 1, readable, NULL, NULL), virEventAddTimeout(1, tick, NULL, NULL), virEventRemoveHandle(1), virEventRemoveTimeout(1));
    virEventUpdateHandle(1, 1);
    virEventUpdateTimeout(1, 1);
    printf("%s\n", virGetLastErrorMessage());
    printf("registered: %d %d\n", virEventRegisterDefaultImpl(), virEventRegisterDefaultImpl());
    for (i = 0; i < 2; i++)
        if (pipe(pipes[i]) < 0)
            return 1;

    first = virEventAddHandle(pipes[0][0], VIR_EVENT_HANDLE_READABLE, readable, (void *)"one", freed);
    second = virEventAddHandle(pipes[1][0], VIR_EVENT_HANDLE_READABLE, readable, (void *)"two", freed);
    printf("numbers %d %d\n", first, second);
    write(pipes[0][1], "aq", 2);
    until_done();
    write(pipes[0][1], "b", 1);
    write(pipes[1][1], "q", 1);
    until_done();
    printf("-- the first removes the second, which is ready too\n");
    write(pipes[0][1], "o", 1);
    write(pipes[1][1], "x", 1);
    rounds(1);
    second = virEventAddHandle(pipes[1][0], VIR_EVENT_HANDLE_READABLE, readable, (void *)"three", freed);
    printf("number %d\n", second);
    rounds(1);
    printf("-- a watch changes what it waits for\n");
    write(pipes[0][1], "u", 1);
    rounds(2);
    virEventUpdateHandle(first, VIR_EVENT_HANDLE_READABLE);
    write(pipes[0][1], "zq", 2);
    rounds(2);
    virEventUpdateHandle(first, VIR_EVENT_HANDLE_READABLE);
    until_done();
    printf("-- a round within a callback\n");
    write(pipes[0][1], "n", 1);
    until_done();
    rounds(1);
    printf("-- a watch removes itself\n");
    write(pipes[0][1], "r", 1);
    rounds(2);
    printf("missing: %d %d %d\n", virEventRemoveHandle(first), virEventRemoveHandle(0), virEventRemoveHandle(-1));
    virEventUpdateHandle(first, 1);

    printf("-- ends that are closed\n");
    close(pipes[1][1]);
    rounds(1);
    virEventUpdateHandle(second, all);
    rounds(1);
    virEventUpdateHandle(second, VIR_EVENT_HANDLE_HANGUP);
    rounds(1);
    virEventRemoveHandle(second);
    close(pipes[1][0]);
    rounds(1);
    pipe(pipes[1]);
    second = virEventAddHandle(pipes[1][1], all, readable, (void *)"writer", freed);
    rounds(1);
    close(pipes[1][0]);
    rounds(1);
    virEventUpdateHandle(second, VIR_EVENT_HANDLE_ERROR);
    rounds(1);
    virEventRemoveHandle(second);
    rounds(1);
    second = virEventAddHandle(pipes[1][1], 0, readable, NULL, NULL);
    rounds(1);
    virEventRemoveHandle(second);
    rounds(1);

    printf("-- timers\n");
    timer = virEventAddTimeout(2, tick, (void *)"timer", freed);
    until_done();
    rounds(1);
    printf("missing: %d %d %d\n", virEventRemoveTimeout(timer), virEventRemoveTimeout(0), virEventRemoveTimeout(-5));
    timer = virEventAddTimeout(-1, tick, (void *)"never", freed);
    rounds(1);
    virEventRemoveTimeout(timer);
    rounds(1);
    ticks = 3;
    timer = virEventAddTimeout(-1, tick, (void *)"woken", freed);
    virEventUpdateTimeout(timer, 0);
    until_done();
    rounds(1);

    printf("-- a loop on a thread of its own, and this one adds to it\n");
    pthread_create(&loop, NULL, run, NULL);
    usleep(20000);
    first = virEventAddHandle(pipes[0][0], VIR_EVENT_HANDLE_READABLE, poke, NULL, NULL);
    write(pipes[0][1], "p", 1);
    usleep(20000);
    virEventAddTimeout(5, late_tick, NULL, NULL);
    pthread_join(loop, NULL);
    printf("%s\n", virGetLastErrorMessage());
    return 0;
}
