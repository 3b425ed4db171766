/* Every function with nothing but zeros, and with something for a handle that is none: an error, never a crash. Arguments: the table of functions, the folder of the libraries. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <libvirt/libvirt.h>
#include <libvirt/virterror.h>

static void quiet(void *data, virErrorPtr e) { (void)data; (void)e; }

typedef long function(long, long, long, long, long, long, long, long, long, long);

static char block[1 << 16];

static int takes_handle(const char *parameters)
{
    static const char *const kinds[] = {
        "virConnectPtr ", "virDomainPtr ", "virNetworkPtr ", "virNetworkPortPtr ", "virStoragePoolPtr ", "virStorageVolPtr ", "virInterfacePtr ", "virNodeDevicePtr ", "virSecretPtr ",
        "virNWFilterPtr ", "virNWFilterBindingPtr ", "virDomainSnapshotPtr ", "virDomainCheckpointPtr ", "virStreamPtr ", "virAdmConnectPtr ", "virAdmServerPtr ", "virAdmClientPtr ",
    };
    size_t i;
    for (i = 0; i < sizeof(kinds) / sizeof(*kinds); i++)
        if (!strncmp(parameters, kinds[i], strlen(kinds[i])) && parameters[strlen(kinds[i])] != '*')
            return 1;
    return 0;
}

int main(int argc, char **argv)
{
    char line[2048], path[512], *cells[6], *rest;
    FILE *table = argc > 2 ? fopen(argv[1], "r") : NULL;
    int i, called = 0;

    if (!table)
        return 2;
    while (fgets(line, sizeof(line), table)) {
        void *library;
        function *f;
        if (line[0] == '#')
            continue;
        line[strcspn(line, "\n")] = 0;
        for (rest = line, i = 0; i < 6; i++)
            cells[i] = strsep(&rest, "|");
        if (!strcmp(cells[4], "virEventRunDefaultImpl"))     /* waits until something happens */
            continue;
        snprintf(path, sizeof(path), "%s/%s.so.0", argv[2], cells[1]);
        library = dlopen(path, RTLD_NOW);
        f = library ? (function *)dlsym(library, cells[4]) : NULL;
        if (!f) {
            fprintf(stderr, "%s: %s\n", cells[4], dlerror());
            return 1;
        }
        virSetErrorFunc(NULL, quiet);
        fprintf(stderr, "%s\n", cells[4]);                   /* the last of these is the one that crashed */
        f(0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
        virSetErrorFunc(NULL, quiet);
        if (takes_handle(cells[5])) {
            memset(block, 0, sizeof(block));
            f((long)block, 0, 0, 0, 0, 0, 0, 0, 0, 0);
            memset(block, 0x5a, sizeof(block));
            f((long)block, 0, 0, 0, 0, 0, 0, 0, 0, 0);
        }
        called++;
    }
    printf("called %d\n", called);
    return 0;
}
