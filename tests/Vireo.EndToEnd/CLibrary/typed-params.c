/* Typed parameters: adding, finding, text and lists of text, growth, and what is refused. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <libvirt/libvirt.h>
#include <libvirt/virterror.h>

static void quiet(void *data, virErrorPtr e) { (void)data; (void)e; }

static void error(void)
{
    virErrorPtr e = virGetLastError();
    if (e)
        printf("  error %d/%d: %s [%s]\n", e->code, e->domain, e->message, e->str1 ? e->str1 : "(null)");
}

static void show(virTypedParameterPtr p, int n, int max)
{
    int i;
    printf("%d of %d:", n, max);
    for (i = 0; i < n; i++) {
        printf(" %s=", p[i].field);
        switch (p[i].type) {
        case VIR_TYPED_PARAM_INT: printf("%d", p[i].value.i); break;
        case VIR_TYPED_PARAM_UINT: printf("%u", p[i].value.ui); break;
        case VIR_TYPED_PARAM_LLONG: printf("%lld", p[i].value.l); break;
        case VIR_TYPED_PARAM_ULLONG: printf("%llu", p[i].value.ul); break;
        case VIR_TYPED_PARAM_DOUBLE: printf("%.17g", p[i].value.d); break;
        case VIR_TYPED_PARAM_BOOLEAN: printf("%d", p[i].value.b); break;
        case VIR_TYPED_PARAM_STRING: printf("'%s'", p[i].value.s ? p[i].value.s : "(null)"); break;
        default: printf("type %d", p[i].type);
        }
    }
    printf("\n");
}

static const char *const values[] = {
    "0", "1", "-1", "+5", " 7", "7 ", "", "x", "12x", "2147483647", "2147483648", "-2147483648", "-2147483649", "4294967295", "4294967296", "-4294967295",
    "-4294967296", "9223372036854775807", "9223372036854775808", "-9223372036854775808", "-9223372036854775809", "18446744073709551615",
    "18446744073709551616", "-18446744073709551615", "0x10", "010", "1.5", "1,5", "1e3", "1e999", "-1e999", "1e-999", "inf", "-INFINITY", "nan", "0x1p4", ".5", "5.", "true", "True", "TRUE", "false",
    "False", "yes", "no", "on", "truer", "t", "\n3", "3\n", "--1", "- 1", "1 2",
};

int main(void)
{
    virTypedParameterPtr p = NULL, q;
    virTypedParameter odd = { .field = "odd", .type = 99 }, zero = { .field = "zero", .type = 0 }, negative = { .field = "negative", .type = -3 };
    int n = 0, max = 0, i, type, r, iv = -7;
    unsigned int uiv = 7;
    long long lv = -8;
    unsigned long long ulv = 8;
    double dv = 0.5;
    const char *sv = "before", *list[] = { "first", "", "third", NULL }, *empty[] = { NULL };
    char name[200];

    virInitialize();
    virSetErrorFunc(NULL, quiet);
    setvbuf(stdout, NULL, _IONBF, 0);
    printf("%d\n", virTypedParamsAddInt(&p, &n, &max, "int", -5));
    printf("%d\n", virTypedParamsAddUInt(&p, &n, &max, "uint", 4000000000u));
    printf("%d\n", virTypedParamsAddLLong(&p, &n, &max, "llong", -5000000000ll));
    printf("%d\n", virTypedParamsAddULLong(&p, &n, &max, "ullong", 18000000000000000000ull));
    printf("%d\n", virTypedParamsAddDouble(&p, &n, &max, "double", -0.25));
    printf("%d\n", virTypedParamsAddBoolean(&p, &n, &max, "boolean", 5));
    printf("%d\n", virTypedParamsAddBoolean(&p, &n, &max, "boolean256", 256));
    printf("%d\n", virTypedParamsAddString(&p, &n, &max, "string", "some text"));
    printf("%d\n", virTypedParamsAddString(&p, &n, &max, "null", NULL));
    printf("%d\n", virTypedParamsAddStringList(&p, &n, &max, "list", list));
    printf("%d\n", virTypedParamsAddStringList(&p, &n, &max, "list", empty));
    error();
    printf("%d\n", virTypedParamsAddStringList(&p, &n, &max, "list", NULL));
    printf("%d\n", virTypedParamsAddInt(&p, &n, &max, "int", 6));
    printf("%d\n", virTypedParamsAddInt(&p, &n, &max, "", 7));
    show(p, n, max);
    error();

    for (i = 78; i <= 82; i++) {
        memset(name, 'n', sizeof(name));
        name[i] = 0;
        printf("name of %d: %d\n", i, virTypedParamsAddInt(&p, &n, &max, name, i));
        error();
        printf("text of that: %d\n", virTypedParamsAddString(&p, &n, &max, name, "v"));
        error();
    }
    show(p, n, max);

#define GET(kind, variable, format, given) \
    for (i = 0; i < 14; i++) { \
        static const char *const names[] = { "int", "uint", "llong", "ullong", "double", "boolean", "string", "null", "list", "none", "", "INT", "boolean256", "nn" }; \
        r = virTypedParamsGet##kind(p, n, names[i], &variable); \
        printf(#kind " %s: %d " format "\n", names[i], r, variable); \
        error(); \
        printf("  nowhere: %d\n", virTypedParamsGet##kind(p, n, names[i], NULL)); \
    } \
    printf(#kind " of none: %d %d\n", virTypedParamsGet##kind(NULL, 0, "int", &variable), virTypedParamsGet##kind(NULL, 3, "int", &variable)); \
    error(); \
    printf(#kind " without a name: %d\n", virTypedParamsGet##kind(p, n, NULL, &variable)); \
    error(); \
    printf(#kind " of an odd one: %d\n", virTypedParamsGet##kind(&odd, 1, "odd", &variable)); \
    error(); \
    printf(#kind " of a zero one: %d\n", virTypedParamsGet##kind(&zero, 1, "zero", &variable)); \
    error(); \
    printf(#kind " of a negative one: %d\n", virTypedParamsGet##kind(&negative, 1, "negative", &variable)); \
    error();

    GET(Int, iv, "%d", 0)
    GET(UInt, uiv, "%u", 0)
    GET(LLong, lv, "%lld", 0)
    GET(ULLong, ulv, "%llu", 0)
    GET(Double, dv, "%g", 0)
    GET(Boolean, iv, "%d", 0)
    GET(String, sv, "%s", 0)

    q = virTypedParamsGet(p, n, "list");
    printf("get: %d\n", q ? (int)(q - p) : -1);
    q = virTypedParamsGet(p, n, "none");
    printf("get: %d\n", q ? (int)(q - p) : -1);
    printf("get: %d %d\n", virTypedParamsGet(NULL, 1, "a") == NULL, virTypedParamsGet(p, n, NULL) == NULL);
    error();
    virTypedParamsGetInt(p, n, "string", &iv);
    virTypedParamsClear(p, n);
    error();
    show(p, n, max);
    virTypedParamsClear(p, n);
    virTypedParamsClear(NULL, 3);
    virTypedParamsGetInt(p, n, "string", &iv);
    virTypedParamsFree(p, n);
    virTypedParamsFree(NULL, 0);
    virTypedParamsFree(NULL, 5);
    error();

    for (type = -1; type <= 9; type++) {
        for (i = 0; i < (int)(sizeof(values) / sizeof(*values)); i++) {
            p = NULL;
            n = max = 0;
            r = virTypedParamsAddFromString(&p, &n, &max, "field", type, values[i]);
            printf("type %d '%s': %d ", type, values[i], r);
            show(p, n, max);
            error();
            virTypedParamsFree(p, n);
        }
        p = NULL;
        n = max = 0;
        printf("type %d without text: %d\n", type, virTypedParamsAddFromString(&p, &n, &max, "field", type, NULL));
        error();
        virTypedParamsFree(p, n);
        p = NULL;
        n = max = 0;
        memset(name, 'n', sizeof(name));
        name[90] = 0;
        printf("type %d long name: %d\n", type, virTypedParamsAddFromString(&p, &n, &max, name, type, "1"));
        error();
        virTypedParamsFree(p, n);
    }

    p = NULL;
    n = max = 0;
    for (i = 0; i < 100; i++) {
        virTypedParamsAddInt(&p, &n, &max, "many", i);
        printf("%d/%d ", n, max);
    }
    printf("\n");
    virTypedParamsFree(p, n);
    return 0;
}
