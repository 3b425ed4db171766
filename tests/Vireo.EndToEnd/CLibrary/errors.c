/* Errors: of the thread, of a connection, copies, handlers, and what is printed where nobody wants to be told. */
#include <errno.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <libvirt/libvirt.h>
#include <libvirt/virterror.h>

static const char *text(const char *s) { return s ? s : "(null)"; }

static void show(const char *what, virErrorPtr e)
{
    if (!e)
        printf("%s: none\n", what);
    else
        printf("%s: code %d domain %d level %d message %s str %s|%s|%s int %d|%d\n", what, e->code, e->domain, e->level, text(e->message), text(e->str1),
               text(e->str2), text(e->str3), e->int1, e->int2);
    fflush(stdout);
}

static void told(void *data, virErrorPtr e) { show(data, e); }

static void fail(void)
{
    virTypedParameter p = { .field = "a", .type = VIR_TYPED_PARAM_INT };
    double d;
    virTypedParamsGetDouble(&p, 1, "a", &d);
}

static void *elsewhere(void *unused)
{
    (void)unused;
    show("on another thread", virGetLastError());
    printf("%s %d %d\n", virGetLastErrorMessage(), virGetLastErrorCode(), virGetLastErrorDomain());
    fail();
    show("of another thread", virGetLastError());
    return NULL;
}

static void print(int level, int code, int domain, const char *message, int int1)
{
    virError e = { .code = code, .domain = domain, .level = level, .message = (char *)message, .int1 = int1, .str1 = (char *)"one" };
    virDefaultErrorFunc(&e);
    fprintf(stderr, "|\n");
}

int main(void)
{
    virError copy;
    virErrorPtr saved;
    pthread_t thread;
    int i;

    setvbuf(stdout, NULL, _IONBF, 0);
    virInitialize();
    show("at the beginning", virGetLastError());
    printf("%s %d %d\n", virGetLastErrorMessage(), virGetLastErrorCode(), virGetLastErrorDomain());
    virResetLastError();
    memset(&copy, 0x5a, sizeof(copy));
    printf("copy of none: %d\n", virCopyLastError(&copy));
    show("copy", &copy);
    printf("copy to nowhere: %d\n", virCopyLastError(NULL));
    saved = virSaveLastError();
    show("saved none", saved);
    virFreeError(saved);
    virFreeError(NULL);
    virResetError(NULL);

    fail();                                       /* printed */
    show("after a failure", virGetLastError());
    printf("%s %d %d\n", virGetLastErrorMessage(), virGetLastErrorCode(), virGetLastErrorDomain());
    pthread_create(&thread, NULL, elsewhere, NULL);
    pthread_join(thread, NULL);
    show("still", virGetLastError());
    virSetErrorFunc((void *)"told", told);
    fail();
    virSetErrorFunc(NULL, NULL);
    printf("copy: %d\n", virCopyLastError(&copy));
    show("copy", &copy);
    errno = 42;
    saved = virSaveLastError();
    printf("errno %d\n", errno);
    virResetLastError();
    show("reset", virGetLastError());
    printf("%s %d %d\n", virGetLastErrorMessage(), virGetLastErrorCode(), virGetLastErrorDomain());
    show("saved", saved);
    virResetError(&copy);
    show("emptied copy", &copy);
    virResetError(&copy);
    virFreeError(saved);

    show("of no connection", virConnGetLastError(NULL));
    printf("copy of no connection: %d\n", virConnCopyLastError(NULL, &copy));
    virConnResetLastError(NULL);
    virConnSetErrorFunc(NULL, NULL, told);

    virDefaultErrorFunc(NULL);
    for (i = 0; i < 80; i++)
        print(VIR_ERR_ERROR, 1, i, "a message", 0);
    print(VIR_ERR_NONE, 1, 1, "level none", 0);
    print(VIR_ERR_WARNING, 1, 1, "level warning", 0);
    print(VIR_ERR_ERROR, 0, 1, "no error", 0);
    print(VIR_ERR_ERROR, 1, 1, "", 0);
    print(VIR_ERR_ERROR, 1, 1, "with its own end of line\n", 0);
    print(VIR_ERR_ERROR, VIR_ERR_XML_DETAIL, VIR_FROM_XML, "detail", 7);
    print(VIR_ERR_ERROR, VIR_ERR_XML_DETAIL, VIR_FROM_XML, "detail", 0);
    print(VIR_ERR_ERROR, VIR_ERR_XML_DETAIL, VIR_FROM_DOM, "detail", 7);
    return 0;
}
