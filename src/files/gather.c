/* One loop for each width of elements. */
#include "files/gather.h"

#include <string.h>

/* One loop for each width, in the file's byte order or reversed; memcpy because nothing is aligned.
 */
#define DEFINE_GATHER(name, type, convert)                                                         \
  static void name (void *data)                                                                    \
  {                                                                                                \
    const ScopeGather *copy = data;                                                                \
    const guint8 *from = copy->from;                                                               \
    guint8 *to = copy->to;                                                                         \
    for (gint64 i = 0; i < copy->count; i++)                                                       \
      {                                                                                            \
        type bits;                                                                                 \
        memcpy (&bits, from, sizeof bits);                                                         \
        bits = convert (bits);                                                                     \
        memcpy (to, &bits, sizeof bits);                                                           \
        from += copy->step;                                                                        \
        to += sizeof bits;                                                                         \
      }                                                                                            \
  }

typedef struct
{
  guint64 part[2];
} Bits128;

static inline Bits128
keep_128 (Bits128 bits)
{
  return bits;
}

static inline Bits128
swap_complex128 (Bits128 bits)
{
  return (Bits128){ { GUINT64_SWAP_LE_BE (bits.part[0]), GUINT64_SWAP_LE_BE (bits.part[1]) } };
}

/* The two halves of a complex64 keep their places. */
static inline guint64
swap_complex64 (guint64 bits)
{
  guint64 swapped = GUINT64_SWAP_LE_BE (bits);
  return swapped << 32 | swapped >> 32;
}

#define KEEP(bits)    (bits)
#define IS_TRUE(bits) ((bits) != 0)
DEFINE_GATHER (gather_bool, guint8, IS_TRUE)
DEFINE_GATHER (gather_8, guint8, KEEP)
DEFINE_GATHER (gather_16, guint16, KEEP)
DEFINE_GATHER (gather_32, guint32, KEEP)
DEFINE_GATHER (gather_64, guint64, KEEP)
DEFINE_GATHER (gather_128, Bits128, keep_128)
DEFINE_GATHER (gather_swapped_16, guint16, GUINT16_SWAP_LE_BE)
DEFINE_GATHER (gather_swapped_32, guint32, GUINT32_SWAP_LE_BE)
DEFINE_GATHER (gather_swapped_64, guint64, GUINT64_SWAP_LE_BE)
DEFINE_GATHER (gather_swapped_complex64, guint64, swap_complex64)
DEFINE_GATHER (gather_swapped_complex128, Bits128, swap_complex128)

void (*scope_gather_choose (ScopeDtype dtype, gboolean big_endian)) (void *)
{
  gboolean swapped = big_endian != (G_BYTE_ORDER == G_BIG_ENDIAN);
  switch (scope_dtype_bytes (dtype))
    {
    case 1:
      return dtype == SCOPE_BOOL ? gather_bool : gather_8;
    case 2:
      return swapped ? gather_swapped_16 : gather_16;
    case 4:
      return swapped ? gather_swapped_32 : gather_32;
    case 8:
      if (swapped && dtype == SCOPE_COMPLEX64)
        return gather_swapped_complex64;
      return swapped ? gather_swapped_64 : gather_64;
    default:
      return swapped ? gather_swapped_complex128 : gather_128;
    }
}

gboolean
scope_gather_is_plain (void (*gather) (void *))
{
  return gather == gather_8 || gather == gather_16 || gather == gather_32 || gather == gather_64
         || gather == gather_128;
}

void
scope_gather_in_place (ScopeDtype dtype, gboolean big_endian, void *data, gint64 count)
{
  void (*work) (void *) = scope_gather_choose (dtype, big_endian);
  ScopeGather gather = { data, data, (gint64)scope_dtype_bytes (dtype), count };
  if (!scope_gather_is_plain (work))
    work (&gather);
}
