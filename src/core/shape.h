/* The sizes of a tensor's axes, without strides or values. */
#pragma once

#include "core/error.h"
#include "core/text.h"

enum
{
  SCOPE_MAX_RANK = 64
};

/* A size is ≥ 0, or unknown: `?`, or a name of at most eight letters, digits and underscores packed
 * seven bits a character below the sign bit. Names keep shapes plain values: no table of symbols.
 */
#define SCOPE_SIZE_UNKNOWN INT64_MIN

typedef struct
{
  int rank;                     /* number of axes, 0 (a scalar) to SCOPE_MAX_RANK */
  int64_t size[SCOPE_MAX_RANK]; /* elements along each axis, ≥ 0 or unknown */
} ScopeShape;

static inline bool
scope_size_is_known (int64_t size)
{
  return size >= 0;
}

/* A named size; SCOPE_SIZE_UNKNOWN when the name is empty or longer than eight characters. */
int64_t scope_size_from_name (const char *name, size_t length);
/* Appends 256, `?` or the name. */
void scope_size_print (int64_t size, ScopeText *text);

bool scope_shape_is_known (const ScopeShape *shape);
bool scope_shape_equal (const ScopeShape *a, const ScopeShape *b);
/* The number of elements. Errors: OVERFLOW (beyond 2^63−1; the zeros of a shape do not excuse the
 * product of its other sizes), SHAPE (a size is unknown). */
bool scope_shape_count (const ScopeShape *shape, int64_t *count, ScopeError *error);
/* 0 … rank−1 for an axis counted from the front or, negative, from the end. Errors: AXIS. */
bool scope_shape_axis (const ScopeShape *shape, int64_t axis, int *out, ScopeError *error);

/* How a shape is written: [1, 2] as PyTorch does, (1, 2) and (1,) as Python, (1,2) as NumPy's
 * messages, [1,2] as JSON and TensorFlow do. */
typedef enum
{
  SCOPE_SHAPE_LIST,
  SCOPE_SHAPE_TUPLE,
  SCOPE_SHAPE_TIGHT_TUPLE,
  SCOPE_SHAPE_TIGHT_LIST,
} ScopeShapeStyle;

void scope_shape_print (const ScopeShape *shape, ScopeShapeStyle style, ScopeText *text);

/* Reads a shape in any spelling people paste: `1,1,256,256`, `[1, 2]`, `(256,)`,
 * `torch.Size([1, 2])`, `1x1x256`, `8 × 1 × 6`, `()`, `[]`, `TensorShape([2, 3])`, sizes `?` and
 * names included. A type in front (`f32[2,3]`) is the tensor text's affair (core/generator.h).
 * Errors with a span: SYNTAX, SHAPE (negative, more than SCOPE_MAX_RANK axes), OVERFLOW. */
bool scope_shape_parse (const char *bytes, size_t length, ScopeShape *out, ScopeError *error);
