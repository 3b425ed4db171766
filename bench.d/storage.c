/* Storage through libvirt.so: what a management program sees of pools, volumes and their streams. The folder is the pool's; it is emptied.
 *
 *   storage transfer URI FOLDER MIB      vol-upload and vol-download of MIB mebibytes: MiB a second of each
 *   storage pool URI FOLDER FILES        a pool of FILES small files: its start, its refresh, and pool-info meanwhile
 *   storage create URI FOLDER COUNT      a qcow2 volume, made and deleted COUNT times: median milliseconds
 */
#include <fcntl.h>
#include <libvirt/libvirt.h>
#include <libvirt/virterror.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { PIECE = 256 * 1024, REFRESHES = 5 };

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec * 1e3 + t.tv_nsec / 1e6;
}

static void fail(const char *what)
{
    fprintf(stderr, "storage: %s: %s\n", what, virGetLastErrorMessage());
    exit(1);
}

static int by_size(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return x < y ? -1 : x > y;
}

static double median(double *all, int count)
{
    qsort(all, count, sizeof *all, by_size);
    return count ? all[count / 2] : 0;
}

static virStoragePoolPtr start(virConnectPtr conn, const char *folder)
{
    char xml[4096];
    virStoragePoolPtr pool;
    snprintf(xml, sizeof xml, "<pool type='dir'><name>bench</name><target><path>%s</path></target></pool>", folder);
    mkdir(folder, 0755);
    pool = virStoragePoolCreateXML(conn, xml, 0);
    if (!pool) fail("pool");
    return pool;
}

static virStorageVolPtr make(virStoragePoolPtr pool, const char *name, unsigned long long size, const char *format)
{
    char xml[1024];
    virStorageVolPtr vol;
    snprintf(xml, sizeof xml, "<volume><name>%s</name><capacity>%llu</capacity><allocation>0</allocation><target><format type='%s'/></target></volume>", name, size, format);
    vol = virStorageVolCreateXML(pool, xml, 0);
    if (!vol) fail("volume");
    return vol;
}

static void transfer(virConnectPtr conn, const char *folder, int mib)
{
    virStoragePoolPtr pool = start(conn, folder);
    virStorageVolPtr vol = make(pool, "data", (unsigned long long)mib << 20, "raw");
    char *piece = malloc(PIECE);
    long long left, got;
    double began, up, down;
    virStreamPtr stream = virStreamNew(conn, 0);
    for (int i = 0; i < PIECE; i++) piece[i] = (char)(i * 31 + 7);
    began = now();
    if (virStorageVolUpload(vol, stream, 0, 0, 0) < 0) fail("upload");
    for (left = (long long)mib << 20; left > 0; left -= got) {
        got = virStreamSend(stream, piece, left < PIECE ? left : PIECE);
        if (got < 0) fail("send");
    }
    if (virStreamFinish(stream) < 0) fail("finish");
    up = now() - began;
    virStreamFree(stream);
    sleep(1); /* stock looks at the pool after an upload, vireod too */
    stream = virStreamNew(conn, 0);
    began = now();
    if (virStorageVolDownload(vol, stream, 0, 0, 0) < 0) fail("download");
    for (left = 0; (got = virStreamRecv(stream, piece, PIECE)) > 0;) left += got;
    if (got < 0 || left != (long long)mib << 20 || virStreamFinish(stream) < 0) fail("receive");
    down = now() - began;
    virStreamFree(stream);
    printf("upload_MiB_per_s %.1f\ndownload_MiB_per_s %.1f\n", mib / up * 1e3, mib / down * 1e3);
    virStorageVolDelete(vol, 0);
    virStorageVolFree(vol);
    virStoragePoolDestroy(pool);
    virStoragePoolFree(pool);
}

static const char *watched_uri;
static volatile int watching = 1, refreshing;
static double longest;

static void *watch(void *none)
{
    virConnectPtr conn = virConnectOpen(watched_uri);
    virStoragePoolPtr pool = conn ? virStoragePoolLookupByName(conn, "bench") : NULL;
    virStoragePoolInfo info;
    if (!pool) fail("second connection");
    while (watching) {
        int counts = refreshing;
        double began = now(), took;
        if (virStoragePoolGetInfo(pool, &info) < 0) fail("pool info");
        took = now() - began;
        if (counts && took > longest) longest = took;
        usleep(500);
    }
    virStoragePoolFree(pool);
    virConnectClose(conn);
    return none;
}

static void refresh(virConnectPtr conn, const char *uri, const char *folder, int files)
{
    virStoragePoolPtr pool;
    pthread_t watcher;
    char path[4096];
    double began, first, took[REFRESHES], info[REFRESHES];
    mkdir(folder, 0755);
    for (int i = 0; i < files; i++) {
        int fd;
        snprintf(path, sizeof path, "%s/file%d", folder, i);
        fd = open(path, O_CREAT | O_WRONLY, 0644);
        if (fd < 0 || write(fd, path, 100) != 100) fail("file");
        close(fd);
    }
    began = now();
    pool = start(conn, folder);
    first = now() - began;
    watched_uri = uri;
    pthread_create(&watcher, NULL, watch, NULL);
    usleep(200000);
    for (int i = 0; i < REFRESHES; i++) {
        longest = 0;
        refreshing = 1;
        began = now();
        if (virStoragePoolRefresh(pool, 0) < 0) fail("refresh");
        took[i] = now() - began;
        refreshing = 0;
        usleep(100000);
        info[i] = longest;
    }
    watching = 0;
    pthread_join(watcher, NULL);
    printf("pool_start_ms %.1f\npool_refresh_ms %.1f\ninfo_during_refresh_ms %.2f\n", first, median(took, REFRESHES), median(info, REFRESHES));
    virStoragePoolDestroy(pool);
    virStoragePoolFree(pool);
    for (int i = 0; i < files; i++) {
        snprintf(path, sizeof path, "%s/file%d", folder, i);
        unlink(path);
    }
}

static void create(virConnectPtr conn, const char *folder, int count)
{
    virStoragePoolPtr pool = start(conn, folder);
    double *took = calloc(count, sizeof *took);
    for (int i = 0; i < count; i++) {
        double began = now();
        virStorageVolPtr vol = make(pool, "image", 1ull << 30, "qcow2");
        took[i] = now() - began;
        virStorageVolDelete(vol, 0);
        virStorageVolFree(vol);
    }
    printf("qcow2_create_ms %.2f\n", median(took, count));
    free(took);
    virStoragePoolDestroy(pool);
    virStoragePoolFree(pool);
}

int main(int argc, char **argv)
{
    virConnectPtr conn;
    if (argc != 5) {
        fprintf(stderr, "usage: see the head of storage.c\n");
        return 2;
    }
    conn = virConnectOpen(argv[2]);
    if (!conn) fail("open");
    if (!strcmp(argv[1], "transfer")) transfer(conn, argv[3], atoi(argv[4]));
    else if (!strcmp(argv[1], "pool")) refresh(conn, argv[2], argv[3], atoi(argv[4]));
    else if (!strcmp(argv[1], "create")) create(conn, argv[3], atoi(argv[4]));
    virConnectClose(conn);
    return 0;
}
