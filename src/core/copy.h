/* Copying strided elements, in whatever order is quickest. */
#pragma once

#include "core/shape.h"

/* Copies `rank` axes of elements of 1, 2, 4, 8 or 16 bytes; strides and offsets are in elements,
 * any of them, but no element of `out` is written twice. The memory does not overlap. */
void scope_copy (int rank,
                 const int64_t *count,
                 size_t bytes,
                 const void *in,
                 const int64_t *in_stride,
                 int64_t in_offset,
                 void *out,
                 const int64_t *out_stride,
                 int64_t out_offset);
