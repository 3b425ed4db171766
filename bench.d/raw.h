/* Libvirt's protocol in a few lines, over a unix socket, TCP or TLS: the client's own part of a measurement should cost nothing
 * worth counting. Whatever goes wrong ends the program.
 *
 * Where a daemon listens is said as /PATH, tcp:PORT, or tls:PORT:DIR, DIR holding clientcert.pem and clientkey.pem. */
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <openssl/ssl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

enum { REMOTE = 0x20008086, OPEN = 1, AUTH_LIST = 66, GET_LIB_VERSION = 157 };
enum { CALL = 0, REPLY = 1, MESSAGE = 2, STREAM = 3 };
enum { OK = 0, ERROR = 1, CONTINUE = 2 };

struct peer {
    int fd;
    SSL *tls;
};

struct header {
    uint32_t length, program, version, procedure, type, serial, status;
};

static inline double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec + t.tv_nsec / 1e9;
}

static inline void die(const char *what)
{
    fprintf(stderr, "client: %s: %s\n", what, strerror(errno));
    exit(1);
}

static inline size_t read_some(struct peer *p, void *to, size_t room)
{
    ssize_t got = p->tls ? SSL_read(p->tls, to, (int)room) : read(p->fd, to, room);
    if (got <= 0)
        die("the daemon closed the connection");
    return (size_t)got;
}

static inline void read_all(struct peer *p, void *to, size_t n)
{
    for (char *at = to; n > 0;) {
        size_t got = read_some(p, at, n);
        at += got;
        n -= got;
    }
}

static inline void write_all(struct peer *p, const void *from, size_t n)
{
    if ((p->tls ? SSL_write(p->tls, from, (int)n) : write(p->fd, from, n)) != (ssize_t)n)
        die("write");
}

static inline void send_message(struct peer *p, int procedure, int type, uint32_t serial, int status, const void *args, size_t size)
{
    char out[512];
    uint32_t head[7] = {htonl((uint32_t)(28 + size)), htonl(REMOTE), htonl(1), htonl((uint32_t)procedure),
                        htonl((uint32_t)type), htonl(serial), htonl((uint32_t)status)};
    memcpy(out, head, 28);
    if (size > 0)
        memcpy(out + 28, args, size);
    write_all(p, out, 28 + size);
}

static inline void send_call(struct peer *p, int procedure, uint32_t serial, const void *args, size_t size)
{
    send_message(p, procedure, CALL, serial, OK, args, size);
}

static inline struct header to_header(const void *bytes)
{
    uint32_t w[7];
    memcpy(w, bytes, sizeof w);
    return (struct header){ntohl(w[0]), ntohl(w[1]), ntohl(w[2]), ntohl(w[3]), ntohl(w[4]), ntohl(w[5]), ntohl(w[6])};
}

/* The next message: its header, and its payload at *body, which is kept and made larger as needed. */
static inline struct header take_message(struct peer *p, char **body, size_t *room)
{
    char head[28];
    read_all(p, head, sizeof head);
    struct header h = to_header(head);
    if (h.length < 28 || h.length > 4 + 33554432)
        die("a message of a strange length");
    if (h.length - 28 > *room) {
        *room = h.length - 28;
        *body = realloc(*body, *room);
    }
    read_all(p, *body, h.length - 28);
    return h;
}

/* An error: code, domain, and usually a text. */
static inline void refused(const char *payload, size_t size)
{
    uint32_t w[4] = {0};
    memcpy(w, payload, size < sizeof w ? size : sizeof w);
    size_t length = ntohl(w[2]) ? ntohl(w[3]) : 0;
    fprintf(stderr, "client: error %u: %.*s\n", ntohl(w[0]), (int)(length + 16 <= size ? length : 0), payload + 16);
    exit(1);
}

/* A short reply, in one read. */
static inline void take_reply(struct peer *p)
{
    char in[4096];
    size_t got = read_some(p, in, sizeof in);
    if (got < 28)
        die("the daemon sent half a header");
    struct header h = to_header(in);
    if (h.length < got || h.length > sizeof in)
        die("a reply of a strange length");
    read_all(p, in + got, h.length - got);
    if (h.status != OK)
        refused(in + 28, h.length - 28);
}

static inline void call(struct peer *p, int procedure, uint32_t serial, const void *args, size_t size)
{
    send_call(p, procedure, serial, args, size);
    take_reply(p);
}

static inline SSL *begin_tls(int fd, const char *folder)
{
    static SSL_CTX *context;
    char path[512];
    if (!context) {
        context = SSL_CTX_new(TLS_client_method());
        snprintf(path, sizeof path, "%s/clientcert.pem", folder);
        if (SSL_CTX_use_certificate_chain_file(context, path) != 1)
            die(path);
        snprintf(path, sizeof path, "%s/clientkey.pem", folder);
        if (SSL_CTX_use_PrivateKey_file(context, path, SSL_FILETYPE_PEM) != 1)
            die(path);
    }
    SSL *tls = SSL_new(context);
    SSL_set_fd(tls, fd);
    char byte = 0;
    if (SSL_connect(tls) != 1 || SSL_read(tls, &byte, 1) != 1 || byte != 1)
        die("the daemon refused TLS");
    return tls;
}

static inline struct peer raw_connect(const char *where)
{
    struct peer p = {0};
    if (where[0] == '/') {
        struct sockaddr_un to = {.sun_family = AF_UNIX};
        snprintf(to.sun_path, sizeof to.sun_path, "%s", where);
        p.fd = socket(AF_UNIX, SOCK_STREAM, 0);
        if (p.fd < 0 || connect(p.fd, (struct sockaddr *)&to, sizeof to) < 0)
            die(where);
        return p;
    }
    struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons((uint16_t)atoi(where + 4)), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    int on = 1;
    p.fd = socket(AF_INET, SOCK_STREAM, 0);
    if (p.fd < 0 || connect(p.fd, (struct sockaddr *)&to, sizeof to) < 0)
        die(where);
    setsockopt(p.fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    if (!strncmp(where, "tls:", 4))
        p.tls = begin_tls(p.fd, strchr(where + 4, ':') + 1);
    return p;
}

static inline struct peer raw_open(const char *where, const char *uri)
{
    struct peer p = raw_connect(where);
    call(&p, AUTH_LIST, 0, "", 0);
    char args[256] = {0};
    size_t n = strlen(uri), padded = (n + 3) & ~(size_t)3;
    uint32_t words[2] = {htonl(1), htonl((uint32_t)n)};
    memcpy(args, words, 8);
    memcpy(args + 8, uri, n);
    call(&p, OPEN, 1, args, 8 + padded + 4);
    return p;
}

static inline void raw_close(struct peer *p)
{
    if (p->tls)
        SSL_free(p->tls);
    close(p->fd);
}

static inline int by_value(const void *a, const void *b)
{
    float x = *(const float *)a, y = *(const float *)b;
    return (x > y) - (x < y);
}

static inline double median(float *v, int n)
{
    qsort(v, (size_t)n, sizeof *v, by_value);
    return v[n / 2];
}
