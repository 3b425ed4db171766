/* Going into a container: which namespaces are entered, and what is said of wrong questions. It wants namespaces of processes and of its own */
#define _GNU_SOURCE
#include <libvirt/libvirt.h>
#include <libvirt/libvirt-lxc.h>
#include <libvirt/virterror.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static void quiet(void *d, virErrorPtr e)
{
    (void)d;
    (void)e;
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

static int open_ns(int pid, const char *name)
{
    char path[100];
    snprintf(path, sizeof(path), "/proc/%d/ns/%s", pid, name);
    return open(path, O_RDONLY | O_CLOEXEC);
}

static void ns_id(const char *what, int pid, const char *name, int other)
{
    char path[100];
    struct stat a, b;
    snprintf(path, sizeof(path), "/proc/%d/ns/%s", pid, name);
    stat(path, &a);
    snprintf(path, sizeof(path), "/proc/%d/ns/%s", other, name);
    stat(path, &b);
    printf("%s %s %s\n", what, name, a.st_ino == b.st_ino ? "same" : "other");
}

int main(void)
{
    virSecurityModel model;
    virSecurityLabel label, old;
    virConnectPtr c, ro;
    virDomainPtr d, r;
    int fds[4], *olds = NULL, status, i;
    unsigned int n = 7;
    pid_t child, apart;
    int ready[2];
    char byte;
    setvbuf(stdout, NULL, _IONBF, 0);
    virSetErrorFunc(NULL, quiet);
    c = virConnectOpen("test:///default");
    ro = virConnectOpenReadOnly("test:///default");
    d = virDomainLookupByName(c, "test");
    r = virDomainLookupByName(ro, "test");
    say("flags", virDomainLxcEnterNamespace(d, 0, fds, NULL, NULL, 1));
    say("no list", virDomainLxcEnterNamespace(d, 0, NULL, NULL, NULL, 0));
    fds[0] = -1;
    say("none", virDomainLxcEnterNamespace(d, 0, fds, NULL, NULL, 0));
    say("closed", virDomainLxcEnterNamespace(d, 1, fds, NULL, NULL, 0));
    fds[0] = open("/dev/null", O_RDONLY);
    say("no namespace", virDomainLxcEnterNamespace(d, 1, fds, NULL, NULL, 0));
    close(fds[0]);
    say("count without list", virDomainLxcEnterNamespace(d, 0, fds, &n, NULL, 0));
    printf("%u\n", n);
    say("list without count", virDomainLxcEnterNamespace(d, 0, fds, NULL, &olds, 0));
    n = 7;
    child = fork();
    if (child == 0)
    {
        say("both", virDomainLxcEnterNamespace(d, 0, fds, &n, &olds, 0));
        printf("%u %d\n", n, olds != NULL);
        for (i = 0; i < (int)n && olds; i++)
        {
            char path[100], target[100] = "";
            snprintf(path, sizeof(path), "/proc/self/fd/%d", olds[i]);
            if (readlink(path, target, sizeof(target) - 1) > 0)
                printf("old %.6s\n", target);
        }
        _exit(0);
    }
    waitpid(child, &status, 0);
    printf("ended %d\n", status);
    if (pipe(ready) < 0)
        return 1;
    apart = fork();
    if (apart == 0)
    {
        if (unshare(CLONE_NEWUTS | CLONE_NEWIPC | CLONE_NEWNET) < 0)
            _exit(1);
        if (write(ready[1], "x", 1) < 0)
            _exit(1);
        pause();
        _exit(0);
    }
    if (read(ready[0], &byte, 1) < 1)
        return 1;
    child = fork();
    if (child == 0)
    {
        fds[0] = open_ns(apart, "uts");
        fds[1] = open_ns(apart, "ipc");
        fds[2] = -1;
        say("two", virDomainLxcEnterNamespace(d, 2, fds, &n, &olds, 0));
        printf("%u %d\n", n, olds != NULL);
        ns_id("now", getpid(), "uts", apart);
        ns_id("now", getpid(), "ipc", apart);
        ns_id("now", getpid(), "net", apart);
        printf("open still %d\n", fcntl(fds[0], F_GETFD) >= 0);
        if (olds)
            say("back", virDomainLxcEnterNamespace(d, n, olds, NULL, NULL, 0));
        ns_id("back", getpid(), "uts", apart);
        ns_id("back", getpid(), "uts", getppid());
        fds[2] = open_ns(apart, "net");
        fds[3] = 999;
        say("one wrong", virDomainLxcEnterNamespace(d, 4, fds, NULL, NULL, 0));
        ns_id("after", getpid(), "uts", apart);
        say("read only", virDomainLxcEnterNamespace(r, 1, fds, NULL, NULL, 0));
        _exit(0);
    }
    waitpid(child, &status, 0);
    printf("ended %d\n", status);
    kill(apart, 9);
    waitpid(apart, &status, 0);

    memset(&model, 0, sizeof(model));
    memset(&label, 0, sizeof(label));
    for (i = 0; i < 6; i++)
    {
        const char *names[] = { "selinux", "apparmor", "none", "dac", "", "nonsense" };
        strcpy(model.model, names[i]);
        strcpy(label.label, "unconfined");
        memset(&old, 0, sizeof(old));
        child = fork();
        if (child == 0)
        {
            say(names[i], virDomainLxcEnterSecurityLabel(&model, &label, NULL, 0));
            /* what SELinux says of the label before names the process */
            if (i > 0)
            {
                say(names[i], virDomainLxcEnterSecurityLabel(&model, &label, &old, 0));
                printf("old '%s' %d\n", old.label, old.enforcing);
            }
            _exit(0);
        }
        waitpid(child, &status, 0);
    }
    say("flags", virDomainLxcEnterSecurityLabel(&model, &label, NULL, 4));
    say("no label", virDomainLxcEnterSecurityLabel(&model, NULL, NULL, 0));
    say("nothing", virDomainLxcEnterSecurityLabel(NULL, NULL, NULL, 0));
    say("flags", virDomainLxcEnterCGroup(d, 1));
    child = fork();
    if (child == 0)
    {
        say("cgroup", virDomainLxcEnterCGroup(d, 0));
        say("read only", virDomainLxcEnterCGroup(r, 0));
        _exit(0);
    }
    waitpid(child, &status, 0);
    return 0;
}
