/* Networks and network filters through libvirt.so, on a daemon that has a network of its own.
 *
 *   nets URI CARD COUNT      a NAT network made and destroyed, and clean-traffic put on CARD and taken off, COUNT times each: median milliseconds
 */
#include <libvirt/libvirt.h>
#include <libvirt/virterror.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { MOST = 1000 };

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec * 1e3 + t.tv_nsec / 1e6;
}

static void fail(const char *what)
{
    fprintf(stderr, "nets: %s: %s\n", what, virGetLastErrorMessage());
    exit(1);
}

static int by_size(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return x < y ? -1 : x > y;
}

static void print(const char *name, double *all, int count)
{
    qsort(all, count, sizeof *all, by_size);
    printf("%s %.2f\n", name, all[count / 2]);
}

int main(int argc, char **argv)
{
    static double make[MOST], destroy[MOST], apply[MOST], take[MOST];
    char binding[1024];
    int i, count = argc == 4 ? atoi(argv[3]) : 0;
    if (count < 1 || count > MOST) {
        fprintf(stderr, "usage: nets URI CARD COUNT\n");
        return 2;
    }
    virConnectPtr conn = virConnectOpen(argv[1]);
    if (!conn) fail("open");
    for (i = 0; i < count; i++) {
        double t0 = now();
        virNetworkPtr net = virNetworkCreateXML(conn,
            "<network><name>bench</name><forward mode='nat'/><bridge name='vbench0'/><ip address='10.233.1.1' prefix='24'><dhcp><range start='10.233.1.2' end='10.233.1.254'/></dhcp></ip></network>");
        if (!net) fail("network");
        double t1 = now();
        if (virNetworkDestroy(net) < 0) fail("network destroy");
        double t2 = now();
        virNetworkFree(net);
        make[i] = t1 - t0;
        destroy[i] = t2 - t1;
    }
    snprintf(binding, sizeof binding,
        "<filterbinding><owner><name>bench</name><uuid>11111111-2222-3333-4444-555555555555</uuid></owner><portdev name='%s'/><mac address='52:54:00:00:00:01'/>"
        "<filterref filter='clean-traffic'><parameter name='IP' value='10.233.1.7'/></filterref></filterbinding>", argv[2]);
    for (i = 0; i < count; i++) {
        double t0 = now();
        virNWFilterBindingPtr bound = virNWFilterBindingCreateXML(conn, binding, 0);
        if (!bound) fail("binding");
        double t1 = now();
        if (virNWFilterBindingDelete(bound) < 0) fail("binding delete");
        double t2 = now();
        virNWFilterBindingFree(bound);
        apply[i] = t1 - t0;
        take[i] = t2 - t1;
    }
    print("network_create_ms", make, count);
    print("network_destroy_ms", destroy, count);
    print("filter_apply_ms", apply, count);
    print("filter_remove_ms", take, count);
    virConnectClose(conn);
    return 0;
}
