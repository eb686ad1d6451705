/* Cutting a region into blocks of bounded size. */
#pragma once

#include "core/layout.h"

/* Where a region is cut: axes after `axis` are whole in every block, `axis` is cut into pieces,
 * axes before it are taken one by one. */
typedef struct
{
  int axis; /* −1 of a scalar */
  int64_t piece;
  int64_t at[SCOPE_MAX_RANK]; /* the first place of the block, in counts of the region */
} ScopeCut;

/* The first block; blocks have at most `elements` elements (at least one). No count is 0. */
ScopeCut scope_cut_begin (const ScopeRegion *region, int64_t elements);
/* Moves on to the next block; false after the last. */
bool scope_cut_next (ScopeCut *cut, const ScopeRegion *region);
/* The region of the block. */
ScopeRegion scope_cut_block (const ScopeCut *cut, const ScopeRegion *region);
/* Where the block begins in a buffer of these strides, in elements. */
int64_t scope_cut_offset (const ScopeCut *cut, const int64_t *stride);
/* The elements of the largest block. */
int64_t scope_cut_elements (const ScopeCut *cut, const ScopeRegion *region);
