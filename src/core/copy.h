/* Copying strided elements, in whatever order is quickest. */
#pragma once

#include "core/shape.h"

/* Whether the input's neighbours are not the output's, so that tiles are best turned: *row is the
 * axis of the input's neighbours, *column that of the output's, which steps by 1. */
bool scope_copy_turns (int rank,
                       const int64_t *count,
                       const int64_t *in_stride,
                       const int64_t *out_stride,
                       int *row,
                       int *column);

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
