/* Elements between types: each type has a loader into its kind's widest type and a storer from each
 * kind; a conversion picks one of each and runs them over blocks. */
#include "core/dtype.h"

#include "core/checked.h"
#include "core/narrow-float.h"

#include <assert.h>
#include <math.h>
#include <string.h>

typedef struct
{
  double real, imaginary;
} Complex;

typedef struct
{
  float real, imaginary;
} ComplexFloat;

/* ---- one number of one kind to one type ------------------------------------------------------ */

/* Out of range a float becomes what x86 compilers make of a C cast, which is what NumPy 1.24 gives:
 * the 32- or 64-bit conversion's result, INT32_MIN or INT64_MIN where there is none, cut to the
 * type. So int32 and int64 become their minimum, int8, int16 and their unsigned partners the low
 * bits of INT32's, uint32 the low bits of INT64's. (NumPy's vectorised loop differs for uint32 out
 * of int32's range; its scalar one is taken.) */
static inline int32_t
to_int32 (double value)
{
  return value > -2147483649.0 && value < 2147483648.0 ? (int32_t)value : INT32_MIN;
}

static inline int64_t
to_int64 (double value)
{
  return value >= -9223372036854775808.0 && value < 9223372036854775808.0 ? (int64_t)value
                                                                          : INT64_MIN;
}

static inline uint64_t
to_uint64 (double value)
{
  if (value >= 9223372036854775808.0)
    return (uint64_t)to_int64 (value - 9223372036854775808.0) ^ UINT64_C (1) << 63;
  return (uint64_t)to_int64 (value);
}

/* to_<type>_<kind> (value): kinds u (also bool), i, f, c. */
#define INTEGER_STORES(name, T, from_float)                                                        \
  static inline T to_##name##_u (uint64_t v) { return (T)v; }                                      \
  static inline T to_##name##_i (int64_t v) { return (T)v; }                                       \
  static inline T to_##name##_f (double v) { return (T)from_float (v); }                           \
  static inline T to_##name##_c (Complex v) { return (T)from_float (v.real); }

/* clang-format off */
INTEGER_STORES (uint8, uint8_t, to_int32)
INTEGER_STORES (int8, int8_t, to_int32)
INTEGER_STORES (uint16, uint16_t, to_int32)
INTEGER_STORES (int16, int16_t, to_int32)
INTEGER_STORES (uint32, uint32_t, to_int64)
INTEGER_STORES (int32, int32_t, to_int32)
INTEGER_STORES (uint64, uint64_t, to_uint64)
INTEGER_STORES (int64, int64_t, to_int64)

static inline uint8_t to_truth_u (uint64_t v) { return v != 0; }
static inline uint8_t to_truth_i (int64_t v) { return v != 0; }
static inline uint8_t to_truth_f (double v) { return v != 0; }
static inline uint8_t to_truth_c (Complex v) { return v.real != 0 || v.imaginary != 0; }

/* An integer becomes a narrow float through float32, as in NumPy and PyTorch. */
#define NARROW_STORES(name, T)                                                                     \
  static inline T to_##name##_u (uint64_t v) { return scope_##name##_from_double ((float)v); }     \
  static inline T to_##name##_i (int64_t v) { return scope_##name##_from_double ((float)v); }      \
  static inline T to_##name##_f (double v) { return scope_##name##_from_double (v); }              \
  static inline T to_##name##_c (Complex v) { return scope_##name##_from_double (v.real); }

NARROW_STORES (float8_e5m2, uint8_t)
NARROW_STORES (float8_e4m3fn, uint8_t)
NARROW_STORES (bfloat16, uint16_t)
NARROW_STORES (float16, uint16_t)

#define FLOAT_STORES(name, T)                                                                      \
  static inline T to_##name##_u (uint64_t v) { return (T)v; }                                      \
  static inline T to_##name##_i (int64_t v) { return (T)v; }                                       \
  static inline T to_##name##_f (double v) { return (T)v; }                                        \
  static inline T to_##name##_c (Complex v) { return (T)v.real; }

FLOAT_STORES (float32, float)
FLOAT_STORES (float64, double)

#define COMPLEX_STORES(name, T, R)                                                                 \
  static inline T to_##name##_u (uint64_t v) { return (T){ (R)v, 0 }; }                            \
  static inline T to_##name##_i (int64_t v) { return (T){ (R)v, 0 }; }                             \
  static inline T to_##name##_f (double v) { return (T){ (R)v, 0 }; }                              \
  static inline T to_##name##_c (Complex v) { return (T){ (R)v.real, (R)v.imaginary }; }

COMPLEX_STORES (complex64, ComplexFloat, float)
COMPLEX_STORES (complex128, Complex, double)

/* from_<type> (element): its kind's widest type. */
#define PLAIN_LOAD(name, T, W) static inline W from_##name (T v) { return (W)v; }

static inline uint64_t from_truth (uint8_t v) { return v != 0; }
PLAIN_LOAD (uint8, uint8_t, uint64_t)
PLAIN_LOAD (int8, int8_t, int64_t)
PLAIN_LOAD (uint16, uint16_t, uint64_t)
PLAIN_LOAD (int16, int16_t, int64_t)
PLAIN_LOAD (uint32, uint32_t, uint64_t)
PLAIN_LOAD (int32, int32_t, int64_t)
PLAIN_LOAD (uint64, uint64_t, uint64_t)
PLAIN_LOAD (int64, int64_t, int64_t)
PLAIN_LOAD (float32, float, double)
PLAIN_LOAD (float64, double, double)

static inline double from_float8_e5m2 (uint8_t v) { return (double)scope_float8_e5m2_to_float (v); }
static inline double from_float8_e4m3fn (uint8_t v) { return (double)scope_float8_e4m3fn_to_float (v); }
static inline double from_bfloat16 (uint16_t v) { return (double)scope_bfloat16_to_float (v); }
static inline double from_float16 (uint16_t v) { return (double)scope_float16_to_float (v); }
static inline Complex from_complex64 (ComplexFloat v) { return (Complex){ (double)v.real, (double)v.imaginary }; }
static inline Complex from_complex128 (Complex v) { return v; }

/* name, DTYPE, C type, kind's letter, kind's widest type */
#define TYPES(X)                                                                                   \
  X (truth, BOOL, uint8_t, u, uint64_t)                                                             \
  X (uint8, UINT8, uint8_t, u, uint64_t)                                                           \
  X (int8, INT8, int8_t, i, int64_t)                                                               \
  X (uint16, UINT16, uint16_t, u, uint64_t)                                                        \
  X (int16, INT16, int16_t, i, int64_t)                                                            \
  X (uint32, UINT32, uint32_t, u, uint64_t)                                                        \
  X (int32, INT32, int32_t, i, int64_t)                                                            \
  X (uint64, UINT64, uint64_t, u, uint64_t)                                                        \
  X (int64, INT64, int64_t, i, int64_t)                                                            \
  X (float8_e5m2, FLOAT8_E5M2, uint8_t, f, double)                                                 \
  X (float8_e4m3fn, FLOAT8_E4M3FN, uint8_t, f, double)                                             \
  X (bfloat16, BFLOAT16, uint16_t, f, double)                                                      \
  X (float16, FLOAT16, uint16_t, f, double)                                                        \
  X (float32, FLOAT32, float, f, double)                                                           \
  X (float64, FLOAT64, double, f, double)                                                          \
  X (complex64, COMPLEX64, ComplexFloat, c, Complex)                                               \
  X (complex128, COMPLEX128, Complex, c, Complex)
/* clang-format on */

/* ---- many elements ----------------------------------------------------------------------------
 */

enum
{
  BLOCK = 256 /* elements */
};

/* One element of any kind. */
typedef union
{
  uint64_t u;
  int64_t i;
  double f;
  Complex c;
} Wide;

/* Elements need not be aligned: each is copied. */
typedef void (*Load) (const char *from, int64_t step, void *wide, int64_t count);
typedef void (*Store) (const void *wide, char *to, int64_t step, int64_t count);

#define STORE_LOOP(name, T, letter, W)                                                             \
  static void store_##name##_##letter (const void *wide, char *to, int64_t step, int64_t count)    \
  {                                                                                                \
    const W *from = wide;                                                                          \
    if (step == 1)                                                                                 \
      for (int64_t i = 0; i < count; i++)                                                          \
        {                                                                                          \
          T element = to_##name##_##letter (from[i]);                                              \
          memcpy (to + i * (int64_t)sizeof (T), &element, sizeof (T));                             \
        }                                                                                          \
    else                                                                                           \
      for (int64_t i = 0; i < count; i++)                                                          \
        {                                                                                          \
          T element = to_##name##_##letter (from[i]);                                              \
          memcpy (to + i * step * (int64_t)sizeof (T), &element, sizeof (T));                      \
        }                                                                                          \
  }

#define LOOPS(name, NAME, T, letter, W)                                                            \
  static void load_##name (const char *from, int64_t step, void *wide, int64_t count)              \
  {                                                                                                \
    W *to = wide;                                                                                  \
    T element;                                                                                     \
    if (step == 1)                                                                                 \
      for (int64_t i = 0; i < count; i++)                                                          \
        {                                                                                          \
          memcpy (&element, from + i * (int64_t)sizeof (T), sizeof (T));                           \
          to[i] = from_##name (element);                                                           \
        }                                                                                          \
    else                                                                                           \
      for (int64_t i = 0; i < count; i++)                                                          \
        {                                                                                          \
          memcpy (&element, from + i * step * (int64_t)sizeof (T), sizeof (T));                    \
          to[i] = from_##name (element);                                                           \
        }                                                                                          \
  }                                                                                                \
  STORE_LOOP (name, T, u, uint64_t)                                                                \
  STORE_LOOP (name, T, i, int64_t)                                                                 \
  STORE_LOOP (name, T, f, double)                                                                  \
  STORE_LOOP (name, T, c, Complex)

TYPES (LOOPS)

#define LOAD_ROW(name, NAME, T, letter, W) [SCOPE_##NAME] = load_##name,
#define STORE_ROW(name, NAME, T, letter, W)                                                        \
  [SCOPE_##NAME] = {                                                                               \
    [SCOPE_KIND_BOOL] = store_##name##_u,    [SCOPE_KIND_UNSIGNED] = store_##name##_u,             \
    [SCOPE_KIND_SIGNED] = store_##name##_i,  [SCOPE_KIND_FLOAT] = store_##name##_f,                \
    [SCOPE_KIND_COMPLEX] = store_##name##_c,                                                       \
  },

static const Load loads[SCOPE_N_DTYPES] = { TYPES (LOAD_ROW) };
static const Store stores[SCOPE_N_DTYPES][SCOPE_KIND_COMPLEX + 1] = { TYPES (STORE_ROW) };

ScopeNumber
scope_dtype_load (ScopeDtype dtype, const void *element)
{
  Wide wide;
  loads[dtype](element, 1, &wide, 1);
  ScopeNumber number = { 0 };
  switch (scope_dtype_kind (dtype))
    {
    case SCOPE_KIND_BOOL:
      number.u = wide.u;
      break;
    case SCOPE_KIND_UNSIGNED:
      number.u = wide.u;
      break;
    case SCOPE_KIND_SIGNED:
      number.i = wide.i;
      break;
    case SCOPE_KIND_FLOAT:
      number.f = wide.f;
      break;
    case SCOPE_KIND_COMPLEX:
      number.f = wide.c.real;
      number.imaginary = wide.c.imaginary;
      break;
    }
  return number;
}

void
scope_dtype_store (ScopeDtype dtype, void *element, ScopeKind kind, ScopeNumber number)
{
  Wide wide;
  if (kind == SCOPE_KIND_COMPLEX)
    wide.c = (Complex){ number.f, number.imaginary };
  else
    wide.u = number.u; /* the bits of whichever member it is */
  stores[dtype][kind](&wide, element, 1, 1);
}

/* ---- the same type ----------------------------------------------------------------------------
 */

#define COPY_LOOP(T)                                                                               \
  static void copy_##T (const char *from, int64_t from_step, char *to, int64_t to_step,            \
                        int64_t count)                                                             \
  {                                                                                                \
    const int64_t bytes = (int64_t)sizeof (T);                                                     \
    T element;                                                                                     \
    if (from_step == 0)                                                                            \
      {                                                                                            \
        memcpy (&element, from, sizeof (T));                                                       \
        for (int64_t i = 0; i < count; i++)                                                        \
          memcpy (to + i * to_step * bytes, &element, sizeof (T));                                 \
      }                                                                                            \
    else if (to_step == 1)                                                                         \
      for (int64_t i = 0; i < count; i++)                                                          \
        {                                                                                          \
          memcpy (&element, from + i * from_step * bytes, sizeof (T));                             \
          memcpy (to + i * bytes, &element, sizeof (T));                                           \
        }                                                                                          \
    else                                                                                           \
      for (int64_t i = 0; i < count; i++)                                                          \
        {                                                                                          \
          memcpy (&element, from + i * from_step * bytes, sizeof (T));                             \
          memcpy (to + i * to_step * bytes, &element, sizeof (T));                                 \
        }                                                                                          \
  }

COPY_LOOP (uint8_t)
COPY_LOOP (uint16_t)
COPY_LOOP (uint32_t)
COPY_LOOP (uint64_t)
COPY_LOOP (Complex)

static void
copy (size_t bytes, const char *from, int64_t from_step, char *to, int64_t to_step, int64_t count)
{
  if (from_step == 1 && to_step == 1)
    {
      memcpy (to, from, (size_t)count * bytes);
      return;
    }
  void (*loop) (const char *, int64_t, char *, int64_t, int64_t) = bytes == 1   ? copy_uint8_t
                                                                   : bytes == 2 ? copy_uint16_t
                                                                   : bytes == 4 ? copy_uint32_t
                                                                   : bytes == 8 ? copy_uint64_t
                                                                                : copy_Complex;
  loop (from, from_step, to, to_step, count);
}

/* ---- straight from one type to another, side by side ------------------------------------------
 */

enum
{
  LANES = 16
};

typedef uint8_t Bytes __attribute__ ((vector_size (LANES)));
typedef int32_t Ints __attribute__ ((vector_size (LANES * 4)));
typedef float Floats __attribute__ ((vector_size (LANES * 4)));
typedef double Doubles __attribute__ ((vector_size (LANES * 8)));

/* What to_int32 has no number for ends in a byte of 0 either way. Compared in pieces: wider ones
 * than the processor's would be compared one by one. */
#define BYTE_OF(T, ELEMENT, INT)                                                                   \
  static inline Bytes byte_of_##T (T v)                                                            \
  {                                                                                                \
    typedef ELEMENT Piece __attribute__ ((vector_size (16)));                                      \
    typedef INT Mask __attribute__ ((vector_size (16)));                                           \
    Piece piece[sizeof (T) / sizeof (Piece)];                                                      \
    memcpy (piece, &v, sizeof v);                                                                  \
    for (size_t i = 0; i < sizeof (T) / sizeof (Piece); i++)                                       \
      piece[i] =                                                                                   \
          (Piece)((Mask)piece[i]                                                                   \
                  & ((piece[i] > -(ELEMENT)2147483648) & (piece[i] < (ELEMENT)2147483648)));       \
    memcpy (&v, piece, sizeof v);                                                                  \
    return __builtin_convertvector(__builtin_convertvector(v, Ints), Bytes);                       \
  }
BYTE_OF (Floats, float, int32_t)
BYTE_OF (Doubles, double, int64_t)
#undef BYTE_OF

/* Loops over whole vectors; returns how many elements were done. */
#define DIRECT(name, FROM, TO, CONVERT)                                                            \
  static int64_t name (const char *from, char *to, int64_t count)                                  \
  {                                                                                                \
    int64_t i = 0;                                                                                 \
    for (; i + LANES <= count; i += LANES)                                                         \
      {                                                                                            \
        FROM in;                                                                                   \
        memcpy (&in, from, sizeof in);                                                             \
        TO out = CONVERT;                                                                          \
        memcpy (to, &out, sizeof out);                                                             \
        from += sizeof in;                                                                         \
        to += sizeof out;                                                                          \
      }                                                                                            \
    return i;                                                                                      \
  }
DIRECT (uint8_to_float32,
        Bytes,
        Floats,
        __builtin_convertvector(__builtin_convertvector(in, Ints), Floats))
DIRECT (uint8_to_float64,
        Bytes,
        Doubles,
        __builtin_convertvector(__builtin_convertvector(in, Ints), Doubles))
DIRECT (float32_to_uint8, Floats, Bytes, byte_of_Floats (in))
DIRECT (float64_to_uint8, Doubles, Bytes, byte_of_Doubles (in))
DIRECT (float32_to_float64, Floats, Doubles, __builtin_convertvector(in, Doubles))
DIRECT (float64_to_float32, Doubles, Floats, __builtin_convertvector(in, Floats))
#undef DIRECT

static int64_t
convert_directly (ScopeDtype from_dtype,
                  const char *from,
                  ScopeDtype to_dtype,
                  char *to,
                  int64_t count)
{
  static const struct
  {
    ScopeDtype from, to;
    int64_t (*run) (const char *from, char *to, int64_t count);
  } pairs[] = {
    { SCOPE_UINT8, SCOPE_FLOAT32, uint8_to_float32 },
    { SCOPE_UINT8, SCOPE_FLOAT64, uint8_to_float64 },
    { SCOPE_FLOAT32, SCOPE_UINT8, float32_to_uint8 },
    { SCOPE_FLOAT64, SCOPE_UINT8, float64_to_uint8 },
    { SCOPE_FLOAT32, SCOPE_FLOAT64, float32_to_float64 },
    { SCOPE_FLOAT64, SCOPE_FLOAT32, float64_to_float32 },
  };
  for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
    if (pairs[i].from == from_dtype && pairs[i].to == to_dtype)
      return pairs[i].run (from, to, count);
  return 0;
}

void
scope_dtype_convert (ScopeDtype from_dtype,
                     const void *from,
                     int64_t from_step,
                     ScopeDtype to_dtype,
                     void *to,
                     int64_t to_step,
                     int64_t count)
{
  if (count <= 0)
    return;
  const char *source = from;
  char *target = to;
  if (from_dtype == to_dtype)
    {
      copy (scope_dtype_bytes (to_dtype), source, from_step, target, to_step, count);
      return;
    }

  if (from_step == 1 && to_step == 1 && count >= LANES)
    {
      int64_t done = convert_directly (from_dtype, source, to_dtype, target, count);
      source += done * (int64_t)scope_dtype_bytes (from_dtype);
      target += done * (int64_t)scope_dtype_bytes (to_dtype);
      count -= done;
    }
  ScopeKind kind = scope_dtype_kind (from_dtype);
  Load load = loads[from_dtype];
  if (kind == SCOPE_KIND_FLOAT && to_dtype == SCOPE_FLOAT64 && to_step == 1
      && (uintptr_t)target % _Alignof(double) == 0)
    { /* the widest type is the one wanted */
      load (source, from_step, target, count);
      return;
    }
  Store store = stores[to_dtype][kind];
  int64_t from_bytes = from_step * (int64_t)scope_dtype_bytes (from_dtype);
  int64_t to_bytes = to_step * (int64_t)scope_dtype_bytes (to_dtype);
  union
  {
    uint64_t u[BLOCK];
    Complex c[BLOCK];
  } block;
  for (int64_t done = 0; done < count; done += BLOCK)
    {
      int64_t part = scope_min (count - done, BLOCK);
      load (source + done * from_bytes, from_step, &block, part);
      store (&block, target + done * to_bytes, to_step, part);
    }
}
