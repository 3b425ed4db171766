/* Answers the protocol's opening calls and CONNECT_GET_LIB_VERSION with fixed bytes: the fastest that any daemon can look
 * through a given client library. usage: empty-server SOCKET */
#include <arpa/inet.h>
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

static int read_all(int fd, char *to, size_t n)
{
    while (n > 0) {
        ssize_t got = read(fd, to, n);
        if (got <= 0)
            return -1;
        to += got;
        n -= (size_t)got;
    }
    return 0;
}

static void *serve(void *arg)
{
    int fd = (int)(intptr_t)arg;
    char in[65536];
    uint32_t length, w[16];
    while (read_all(fd, in, 4) == 0) {
        memcpy(&length, in, 4);
        length = ntohl(length);
        if (length < 28 || length > sizeof in || read_all(fd, in + 4, length - 4) < 0)
            break;
        memcpy(w, in, 28);
        size_t n = 7;
        w[4] = htonl(1);
        w[6] = 0;
        switch (ntohl(w[3])) {
        case 66: w[n++] = htonl(1); w[n++] = 0; break;                 /* AUTH_LIST: none */
        case 60: w[n++] = 0; break;                                    /* no feature */
        case 157: w[n++] = 0; w[n++] = htonl(9000000); break;          /* the version */
        case 110: w[n++] = htonl(13); memcpy(w + n, "test:///empty\0\0\0", 16); n += 4; break;
        default: break;
        }
        w[0] = htonl((uint32_t)(n * 4));
        if (write(fd, w, n * 4) != (ssize_t)(n * 4))
            break;
    }
    close(fd);
    return NULL;
}

int main(int argc, char **argv)
{
    struct sockaddr_un at = {.sun_family = AF_UNIX};
    int listener = socket(AF_UNIX, SOCK_STREAM, 0);
    if (argc != 2 || listener < 0)
        return 2;
    snprintf(at.sun_path, sizeof at.sun_path, "%s", argv[1]);
    unlink(argv[1]);
    if (bind(listener, (struct sockaddr *)&at, sizeof at) < 0 || listen(listener, 128) < 0)
        return 1;
    for (;;) {
        pthread_t t;
        int fd = accept(listener, NULL, NULL);
        if (fd < 0)
            continue;
        pthread_create(&t, NULL, serve, (void *)(intptr_t)fd);
        pthread_detach(t);
    }
}
