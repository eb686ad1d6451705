/* Finds out what a person means where any value may be typed: a tensor's text, as after NAME= on
 * the command line, or an expression over tensors that are there. */
#pragma once

#include "files/tensor-file.h"
#include "scene/tile.h"

typedef struct
{
  ScopeTensor *tensor; /* that the text describes by itself; NULL of an expression */
  ScopeTile *tile;     /* over `tensor`, whose name it is then, or of the expression */
} ScopeValueText;

/* What exists as a file is a file; then a shape, a literal or a fill is a tensor called `name`; all
 * else is an expression over `tensors`. The value has known sizes. Errors: a sentence, and the
 * characters at fault where there are some; *out is unchanged. Cleared with
 * scope_value_text_clear. */
gboolean scope_value_text_read (const char *text,
                                const char *name,
                                ScopeTensor *const *tensors,
                                int n_tensors,
                                const ScopeCheckOptions *options,
                                ScopeValueText *out,
                                ScopeError *error);
void scope_value_text_clear (ScopeValueText *value);
