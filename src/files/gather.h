/* Elements out of a file's bytes: at any alignment, in either byte order, any step apart. */
#pragma once

#include "core/dtype.h"

#include <glib.h>

typedef struct
{
  const guint8 *from; /* the first element */
  guint8 *to;         /* dense */
  gint64 step;        /* bytes from one element to the next */
  gint64 count;       /* elements */
} ScopeGather;

/* The function that does a ScopeGather for elements of `dtype`: native byte order comes out, and
 * bools are 0 or 1. */
void (*scope_gather_choose (ScopeDtype dtype, gboolean big_endian)) (void *gather);
/* Whether it only copies. */
gboolean scope_gather_is_plain (void (*gather) (void *));
/* The same where the elements stand, dense, in memory of their own. */
void scope_gather_in_place (ScopeDtype dtype, gboolean big_endian, void *data, gint64 count);
