/* What the library logs: warnings of its own, errors of calls, and what it says of settings that make no sense */
#include <libvirt/libvirt.h>
#include <libvirt/virterror.h>
#include <stdio.h>

static void quiet(void *data, virErrorPtr error)
{
    (void)data;
    (void)error;
}

static int add_handle(int fd, int events, virEventHandleCallback call, void *data, virFreeCallback free)
{
    (void)fd;
    (void)events;
    (void)call;
    (void)data;
    (void)free;
    return 1;
}

static int add_timeout(int interval, virEventTimeoutCallback call, void *data, virFreeCallback free)
{
    (void)interval;
    (void)call;
    (void)data;
    (void)free;
    return 1;
}

static void update(int which, int what)
{
    (void)which;
    (void)what;
}

static int removed(int which)
{
    (void)which;
    return 0;
}

static void say(const char *what, int result)
{
    virErrorPtr e = virGetLastError();
    printf("%s %d %d %d '%s'\n", what, result, e ? e->code : 0, e ? e->domain : 0, e && e->message ? e->message : "");
    fflush(stdout);
}

int main(void)
{
    virConnectPtr c;
    virSetErrorFunc(NULL, quiet);
    say("initialize", virInitialize());
    say("again", virInitialize());
    virEventRegisterImpl(add_handle, update, removed, add_timeout, update, removed);
    virEventRegisterImpl(add_handle, update, removed, add_timeout, update, removed);
    c = virConnectOpen("test:///default");
    say("open", c != NULL);
    if (c)
    {
        say("look up", virDomainLookupByName(c, "nobody") != NULL);
        virConnectClose(c);
    }
    return 0;
}
