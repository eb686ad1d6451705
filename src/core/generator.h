/* Tensors made up from their index: any element of a 10-terabyte ramp costs the same. */
#pragma once

#include "core/storage.h"
#include "core/layout.h"

/* Values by kind. Row and column are the places on the last two axes (row 0 of one row when there
 * is only one axis), rows and columns their sizes; further axes repeat. Conversion to the element
 * type is NumPy's astype, so a ramp wraps in a narrow integer; but RANDOM, ZONEPLATE and SINE,
 * which would vanish in an integer, are stretched over 0…127 in int8 and 0…255 in the other integer
 * types, and cut at their middle in bool. */
typedef enum
{
  SCOPE_FILL_RAMP,         /* element i in C order has the value i */
  SCOPE_FILL_RANDOM,       /* parameter: seed (0); uniform in [0, 1), a hash of seed and index */
  SCOPE_FILL_ZEROS,        /* 0 */
  SCOPE_FILL_ONES,         /* 1 */
  SCOPE_FILL_IDENTITY,     /* row = column */
  SCOPE_FILL_CHECKERBOARD, /* parameter: cell size (8); ⌊row/cell⌋ + ⌊column/cell⌋ is odd */
  SCOPE_FILL_ZONEPLATE,    /* cos (π r² / side), r from the middle, side the longer of rows and
                              columns: frequency grows with the radius to half a cycle a pixel */
  SCOPE_FILL_IMPULSE,      /* one at row ⌊rows/2⌋, column ⌊columns/2⌋ */
  SCOPE_FILL_STEP,         /* column ≥ ⌊columns/2⌋ */
  SCOPE_FILL_SINE,         /* parameter: period in columns (16); sin (2π column / period) */
  SCOPE_FILL_SIEMENS,      /* a star of 36 spokes: ⌊36 angle / π⌋ is odd */
  SCOPE_FILL_TEXT,         /* letters in four sizes, to judge legibility (core/letters.h) */
  SCOPE_FILL_CONSTANT,     /* parameter: the value (torch.full; no spelling of its own) */
  SCOPE_N_FILLS
} ScopeFillKind;

typedef struct
{
  ScopeFillKind kind;
  double parameter; /* meaning by kind; NAN when not given, then the kind's default (in brackets
                       above) serves; of CONSTANT also NaN itself */
} ScopeFill;

const char *scope_fill_name (ScopeFillKind kind);

/* A storage that computes element i of a dense C-order tensor of `shape`. Errors: OVERFLOW, SHAPE,
 * MEMORY. */
ScopeStorage *
scope_generator_new (ScopeFill fill, ScopeDtype dtype, const ScopeShape *shape, ScopeError *error);

/* What a storage is filled with; false when it is no generator. */
bool scope_generator_fill (const ScopeStorage *storage, ScopeFill *out);

/* A tensor's text: an optional fill (`ramp:`, `random(7):`), an optional type (`float32[4,5]`,
 * `f32[…]`) and a shape in any spelling of scope_shape_parse. Defaults: ramp, float32. */
typedef struct
{
  ScopeFill fill;
  ScopeDtype dtype;
  bool has_fill, has_dtype; /* written, or default */
  ScopeShape shape;
} ScopeTensorText;

/* Errors with a span in characters: SYNTAX, SHAPE, OVERFLOW. */
bool
scope_tensor_text_parse (const char *bytes, size_t length, ScopeTensorText *out, ScopeError *error);
