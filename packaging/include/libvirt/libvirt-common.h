/*
 * libvirt-common.h: what the C library and its administration have in common
 *
 * Part of Vireo. SPDX-License-Identifier: LGPL-2.1-or-later
 */

#ifndef LIBVIRT_COMMON_H
# define LIBVIRT_COMMON_H

# if !defined __VIR_LIBVIRT_H_INCLUDES__ && !defined __VIR_ADMIN_H_INCLUDES__
#  error "This header is part of <libvirt/libvirt.h> and <libvirt/libvirt-admin.h>: include one of these"
# endif

# include <sys/types.h>

# ifdef __cplusplus
extern "C" {
# endif

# ifndef VIR_DEPRECATED
#  ifdef __GNUC__
#   define VIR_DEPRECATED __attribute__((__deprecated__))
#  else
#   define VIR_DEPRECATED
#  endif
# endif

# define VIR_EXPORT_VAR extern

/* The version: major * 1,000,000 + minor * 1,000 + release. Since 0.0.1. */
# define LIBVIR_VERSION_NUMBER 9000000

/* Room for the name of a parameter, with its zero byte. Since 0.9.2. */
# define VIR_TYPED_PARAM_FIELD_LENGTH 80

/* 1: this header is of that version or a later one. Since 1.2.0. */
# define LIBVIR_CHECK_VERSION(major, minor, micro) \
    ((major) * 1000000 + (minor) * 1000 + (micro) <= LIBVIR_VERSION_NUMBER)

/* Why a connection was lost. Since 0.10.0. */
typedef enum {
    VIR_CONNECT_CLOSE_REASON_ERROR = 0,
    VIR_CONNECT_CLOSE_REASON_EOF = 1,
    VIR_CONNECT_CLOSE_REASON_KEEPALIVE = 2,
    VIR_CONNECT_CLOSE_REASON_CLIENT = 3
# ifdef VIR_ENUM_SENTINELS
    , VIR_CONNECT_CLOSE_REASON_LAST
# endif
} virConnectCloseReason;

/* Which arm of a parameter's value holds it. Since 0.9.2. */
typedef enum {
    VIR_TYPED_PARAM_INT = 1,
    VIR_TYPED_PARAM_UINT = 2,
    VIR_TYPED_PARAM_LLONG = 3,
    VIR_TYPED_PARAM_ULLONG = 4,
    VIR_TYPED_PARAM_DOUBLE = 5,
    VIR_TYPED_PARAM_BOOLEAN = 6,
    VIR_TYPED_PARAM_STRING = 7 /* 0.9.8 */
# ifdef VIR_ENUM_SENTINELS
    , VIR_TYPED_PARAM_LAST /* 0.9.10 */
# endif
} virTypedParameterType;

/* Said by the caller, among the other flags: text among the parameters is welcome. Since 0.9.8. */
typedef enum {
    VIR_TYPED_PARAM_STRING_OKAY = (1 << 2)
} virTypedParameterFlags;

/* A name and a value of one of several types. Since 0.9.2. */
typedef struct _virTypedParameter virTypedParameter;
typedef virTypedParameter *virTypedParameterPtr;
struct _virTypedParameter {
    char field[VIR_TYPED_PARAM_FIELD_LENGTH]; /* ends with a zero byte */
    int type; /* a virTypedParameterType */
    union {
        int i;
        unsigned int ui;
        long long l;
        unsigned long long ul;
        double d;
        char b;
        char *s; /* allocated with malloc */
    } value;
};

/* Called when the library does not use opaque any longer. Since 0.5.0. */
typedef void (*virFreeCallback)(void *opaque);

/* Adds a truth value; the array grows as needed. Since 1.0.2. */
int virTypedParamsAddBoolean(virTypedParameterPtr *params, int *nparams, int *maxparams, const char *name, int value);

/* Adds a floating-point number; the array grows as needed. Since 1.0.2. */
int virTypedParamsAddDouble(virTypedParameterPtr *params, int *nparams, int *maxparams, const char *name,
        double value);

/* Adds a value that is read from text. Since 1.0.2. */
int virTypedParamsAddFromString(virTypedParameterPtr *params, int *nparams, int *maxparams, const char *name,
        int type, const char *value);

/* Adds an int; the array grows as needed. Since 1.0.2. */
int virTypedParamsAddInt(virTypedParameterPtr *params, int *nparams, int *maxparams, const char *name, int value);

/* Adds a long long; the array grows as needed. Since 1.0.2. */
int virTypedParamsAddLLong(virTypedParameterPtr *params, int *nparams, int *maxparams, const char *name,
        long long value);

/* Adds a text; the array grows as needed. Since 1.0.2. */
int virTypedParamsAddString(virTypedParameterPtr *params, int *nparams, int *maxparams, const char *name,
        const char *value);

/* Adds an unsigned int; the array grows as needed. Since 1.0.2. */
int virTypedParamsAddUInt(virTypedParameterPtr *params, int *nparams, int *maxparams, const char *name,
        unsigned int value);

/* Adds an unsigned long long; the array grows as needed. Since 1.0.2. */
int virTypedParamsAddULLong(virTypedParameterPtr *params, int *nparams, int *maxparams, const char *name,
        unsigned long long value);

/* Frees the texts of parameters, and not the array. Since 1.0.2. */
void virTypedParamsClear(virTypedParameterPtr params, int nparams);

/* Frees parameters and their array. Since 1.0.2. */
void virTypedParamsFree(virTypedParameterPtr params, int nparams);

/* The parameter of this name; NULL: there is none. Since 1.0.2. */
virTypedParameterPtr virTypedParamsGet(virTypedParameterPtr params, int nparams, const char *name);

/* The value of the parameter of this name, which must be a truth value; 1: found, 0: there is none. Since 1.0.2. */
int virTypedParamsGetBoolean(virTypedParameterPtr params, int nparams, const char *name, int *value);

/* The value of the parameter of this name, which must be a floating-point number; 1: found, 0: there is none. Since
 * 1.0.2. */
int virTypedParamsGetDouble(virTypedParameterPtr params, int nparams, const char *name, double *value);

/* The value of the parameter of this name, which must be an int; 1: found, 0: there is none. Since 1.0.2. */
int virTypedParamsGetInt(virTypedParameterPtr params, int nparams, const char *name, int *value);

/* The value of the parameter of this name, which must be a long long; 1: found, 0: there is none. Since 1.0.2. */
int virTypedParamsGetLLong(virTypedParameterPtr params, int nparams, const char *name, long long *value);

/* The value of the parameter of this name, which must be a text; 1: found, 0: there is none. Since 1.0.2. */
int virTypedParamsGetString(virTypedParameterPtr params, int nparams, const char *name, const char **value);

/* The value of the parameter of this name, which must be an unsigned int; 1: found, 0: there is none. Since 1.0.2. */
int virTypedParamsGetUInt(virTypedParameterPtr params, int nparams, const char *name, unsigned int *value);

/* The value of the parameter of this name, which must be an unsigned long long; 1: found, 0: there is none. Since
 * 1.0.2. */
int virTypedParamsGetULLong(virTypedParameterPtr params, int nparams, const char *name, unsigned long long *value);

/* Adds a text for each in a list that ends with NULL. Since 1.2.17. */
int virTypedParamsAddStringList(virTypedParameterPtr *params, int *nparams, int *maxparams, const char *name,
        const char **values);

# ifdef __cplusplus
}
# endif

#endif /* LIBVIRT_COMMON_H */
