/* Element types: names, sizes, kinds, and exact conversion between any two. */
#pragma once

#include "core/error.h"
#include "core/text.h"

typedef enum
{
  SCOPE_BOOL,
  SCOPE_UINT8,
  SCOPE_INT8,
  SCOPE_UINT16,
  SCOPE_INT16,
  SCOPE_UINT32,
  SCOPE_INT32,
  SCOPE_UINT64,
  SCOPE_INT64,
  SCOPE_FLOAT8_E5M2,
  SCOPE_FLOAT8_E4M3FN,
  SCOPE_BFLOAT16,
  SCOPE_FLOAT16,
  SCOPE_FLOAT32,
  SCOPE_FLOAT64,
  SCOPE_COMPLEX64,
  SCOPE_COMPLEX128,
  SCOPE_N_DTYPES
} ScopeDtype;

typedef enum
{
  SCOPE_KIND_BOOL,
  SCOPE_KIND_UNSIGNED,
  SCOPE_KIND_SIGNED,
  SCOPE_KIND_FLOAT,
  SCOPE_KIND_COMPLEX
} ScopeKind;

/* NumPy's name (`float32`, `bool`), static. */
const char *scope_dtype_name (ScopeDtype dtype);
/* Bytes of one element. */
size_t scope_dtype_bytes (ScopeDtype dtype);
ScopeKind scope_dtype_kind (ScopeDtype dtype);
static inline bool
scope_dtype_is_integer (ScopeDtype dtype)
{
  return dtype >= SCOPE_UINT8 && dtype <= SCOPE_INT64;
}
static inline bool
scope_dtype_is_float (ScopeDtype dtype)
{
  return dtype >= SCOPE_FLOAT8_E5M2 && dtype <= SCOPE_FLOAT64;
}
/* Reads a type's name in any framework's spelling: float32, torch.float32, np.float32, jnp.float32,
 * tf.float32, f32, half, long, double, int, bool … What has two meanings goes by its prefix:
 * torch.float and torch.int have 32 bits; float and int alone are Python's and have 64; i8 is JAX's
 * int8. False when there is none. */
bool scope_dtype_parse (const char *bytes, size_t length, ScopeDtype *out);

/* A value wide enough to hold any element: which member holds it follows from the kind. */
typedef struct
{
  union
  {
    uint64_t u; /* BOOL (0 or 1), UNSIGNED */
    int64_t i;  /* SIGNED */
    double f;   /* FLOAT; the real part of COMPLEX */
  };
  double imaginary; /* of COMPLEX, else 0 */
} ScopeNumber;

ScopeNumber scope_dtype_load (ScopeDtype dtype, const void *element);
/* Stores a number of `kind`, converting as C and NumPy do: integers wrap, floats round to nearest
 * even, complex drops its imaginary part, float to integer truncates. A float out of an integer's
 * range becomes what NumPy 1.24 gives on x86: int32 and int64 their minimum; int8, int16, uint8,
 * uint16 the low bits of the int32 (300 → 44 in uint8, −1 → 255), uint32 those of the int64. */
void scope_dtype_store (ScopeDtype dtype, void *element, ScopeKind kind, ScopeNumber number);
/* Converts `count` elements; steps in elements of each type. The same type is copied bit by bit.
 * `from` and `to` do not overlap. */
void scope_dtype_convert (ScopeDtype from_dtype,
                          const void *from,
                          int64_t from_step,
                          ScopeDtype to_dtype,
                          void *to,
                          int64_t to_step,
                          int64_t count);
/* An element as NumPy prints it: 1.25, -9223372036854775808, True, (1+2j). A float has the fewest
 * digits that tell it from its neighbours of the same type, so a float16 of 0.1 is "0.1". */
void scope_dtype_print (ScopeDtype dtype, const void *element, ScopeText *text);

/* float16 rounds from the double itself, as NumPy; bfloat16 through float32, as PyTorch. */
float scope_float16_to_float (uint16_t bits);
uint16_t scope_float16_from_double (double value);
float scope_bfloat16_to_float (uint16_t bits);
uint16_t scope_bfloat16_from_double (double value);
