/* Tensors made up from their index: any element of a 10-terabyte ramp costs the same. */
#pragma once

#include "core/storage.h"
#include "core/layout.h"

typedef enum
{
  SCOPE_FILL_RAMP,   /* element i in C order has the value i */
  SCOPE_FILL_RANDOM, /* parameter: seed; uniform in [0, 1), a hash of seed and index */
  SCOPE_FILL_ZEROS,
  SCOPE_FILL_ONES,
  SCOPE_FILL_IDENTITY,     /* ones on the diagonal of the last two axes */
  SCOPE_FILL_CHECKERBOARD, /* parameter: cell size */
  SCOPE_FILL_ZONEPLATE,    /* cos (π r² / side): frequency grows with the radius */
  SCOPE_FILL_IMPULSE,      /* one in the middle of the last two axes */
  SCOPE_FILL_STEP,         /* 0 left of the middle, 1 from it on */
  SCOPE_FILL_SINE,         /* parameter: period in columns */
  SCOPE_FILL_SIEMENS,      /* a star of 36 spokes */
  SCOPE_FILL_TEXT,         /* letters, to judge legibility */
  SCOPE_FILL_CONSTANT,     /* parameter: the value (torch.full; no spelling of its own) */
  SCOPE_N_FILLS
} ScopeFillKind;

typedef struct
{
  ScopeFillKind kind;
  double parameter; /* meaning by kind; NAN when not given, then the kind's default serves */
} ScopeFill;

const char *scope_fill_name (ScopeFillKind kind);

/* A storage that computes element i of a dense C-order tensor of `shape`. Errors: OVERFLOW, SHAPE,
 * MEMORY. */
ScopeStorage *
scope_generator_new (ScopeFill fill, ScopeDtype dtype, const ScopeShape *shape, ScopeError *error);

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
