/* A tensor as blocks: isometric up to three axes, further axes as a matrix of blocks. For shapes
 * that are too large to be drawn cell by cell; long axes are drawn shorter than they are. */
#pragma once

#include "core/shape.h"
#include "paint/theme.h"

enum
{
  SCOPE_BLOCKS_PARTS = 8 /* drawn side by side at most: of a concatenation */
};

typedef struct
{
  const ScopeTheme *theme;
  double line;     /* how much heavier lines are than usual; 1 */
  int64_t largest; /* the largest size of any tensor drawn beside this one */
  const ScopeShape *shape;
  const ScopeShape *grown; /* what it is repeated to, of at least as many axes; NULL: not at all */
  double growth;           /* 0…1 of the way there */
  ScopeColor fill;         /* of its faces */
  /* What a slice keeps, half-open, in elements; NULL: everything. */
  const int64_t *kept_begin, *kept_end;
  /* Parts along an axis, each with a fill of its own; 0: one block. */
  int parts, part_axis;
  int64_t part_size[SCOPE_BLOCKS_PARTS];
  ScopeColor part_fill[SCOPE_BLOCKS_PARTS];
  int failing; /* bit i: the axis −1−i fails */
} ScopeBlockPicture;

/* The room it takes when it has grown, labels included, in CSS pixels. */
void
scope_blocks_measure (const ScopeBlockPicture *picture, cairo_t *cr, double *width, double *height);
/* Draws with the top left corner at 0, 0. */
void scope_blocks_paint (const ScopeBlockPicture *picture, cairo_t *cr);
