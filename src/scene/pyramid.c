/* A plane read once and kept, and coarser ones made from it. */
#include "scene/pyramid.h"

#include "core/checked.h"
#include "scene/plane-reader.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* ---- coarser cells -------------------------------------------------------------------------- */

/* Elements of a block that are there: the last of an axis may have fewer. */
static double
length_of (int64_t begin, int64_t block, int64_t size)
{
  return (double)(scope_min (block, size - begin));
}

/* How cells of `from` become one of `to`, along both axes. */
typedef struct
{
  const ScopePlane *from;
  ScopePlane *to;
  ScopeAggregate aggregate;
  int64_t row_factor, column_factor;
} Coarsening;

/* The last cell of a row, and the last of those it is made of, can cover less than the others. */
static void
add_to_last_mean (const Coarsening *self,
                  const double *value,
                  int64_t begin,
                  double share,
                  double *out)
{
  const ScopePlane *from = self->from, *to = self->to;
  int64_t end = scope_min (begin + self->column_factor, from->cell_columns);
  double whole = length_of (to->column_begin + (to->cell_columns - 1) * to->column_block,
                            to->column_block, to->columns);
  double last = length_of (from->column_begin + (end - 1) * from->column_block, from->column_block,
                           from->columns);
  for (int64_t i = begin; i < end - 1; i++)
    *out += value[i] * (share * (double)from->column_block / whole);
  *out += value[end - 1] * (share * last / whole);
}

/* Adds to means: weighed before they are added, the largest numbers stay finite. */
static void
add_to_means (const Coarsening *self, int64_t row, double row_share, double *out)
{
  const ScopePlane *from = self->from, *to = self->to;
  const double *value = from->value + row * from->cell_columns;
  int64_t first = (to->column_begin - from->column_begin) / from->column_block;
  int64_t last = to->cell_columns - 1, factor = self->column_factor;
  double share = row_share * (double)from->column_block / (double)to->column_block;
  for (int64_t c = 0; c < last; c++)
    {
      const double *part = value + first + c * factor;
      double sum = out[c];
      for (int64_t i = 0; i < factor; i++)
        sum += part[i] * share;
      out[c] = sum;
    }
  add_to_last_mean (self, value, first + last * factor, row_share, &out[last]);
}

static void
coarsen (const Coarsening *self)
{
  const ScopePlane *from = self->from, *to = self->to;
  double initial;
  ScopeGather gather = scope_gather_of (self->aggregate, &initial);
  ScopePlaneReader reader = { .block_column_samples = self->column_factor,
                              .factor = 1,
                              .no_nan = from->statistics.nans == 0 };
  int64_t first_row = (to->row_begin - from->row_begin) / from->row_block;
  int64_t first_column = (to->column_begin - from->column_begin) / from->column_block;
  int64_t columns =
      scope_min (to->cell_columns * self->column_factor, from->cell_columns - first_column);
  for (int64_t r = 0; r < to->cell_rows; r++)
    {
      double *out = to->value + r * to->cell_columns;
      int64_t begin = first_row + r * self->row_factor;
      int64_t end = scope_min (begin + self->row_factor, from->cell_rows);
      double whole = length_of (to->row_begin + r * to->row_block, to->row_block, to->rows);
      for (int64_t c = 0; c < to->cell_columns; c++)
        out[c] = initial;
      for (int64_t i = begin; i < end; i++)
        if (self->aggregate == SCOPE_AGGREGATE_MEAN)
          add_to_means (
              self, i,
              length_of (from->row_begin + i * from->row_block, from->row_block, from->rows)
                  / whole,
              out);
        else
          gather (&reader, from->value + i * from->cell_columns + first_column, 0, columns, out);
    }
}

/* Cells of `part` from a whole plane; blocks are multiples of its. NULL without memory. */
static ScopePlane *
coarser (const ScopePlane *from,
         ScopeAggregate aggregate,
         const ScopePlanePart *part,
         int64_t row_block,
         int64_t column_block)
{
  ScopePlane *to = calloc (1, sizeof *to);
  if (to == NULL)
    return NULL;
  *to = *from;
  to->shares = 0;
  to->element = NULL;
  to->sample = NULL;
  to->samples = 0;
  to->row_block = row_block;
  to->column_block = column_block;
  to->row_begin = part->row_begin - part->row_begin % row_block;
  to->column_begin = part->column_begin - part->column_begin % column_block;
  to->cell_rows = scope_divide_up (part->row_end - to->row_begin, row_block);
  to->cell_columns = scope_divide_up (part->column_end - to->column_begin, column_block);
  int64_t cells;
  bool countable = scope_checked_mul (to->cell_rows, to->cell_columns, &cells);
  to->value = countable ? malloc ((size_t)scope_max (cells, 1) * sizeof *to->value) : NULL;
  if (to->value == NULL)
    {
      free (to);
      return NULL;
    }
  Coarsening coarsening = { .from = from,
                            .to = to,
                            .aggregate = aggregate,
                            .row_factor = row_block / from->row_block,
                            .column_factor = column_block / from->column_block };
  coarsen (&coarsening);
  return to;
}

/* ---- the levels ----------------------------------------------------------------------------- */

static void
free_pyramid (ScopePyramid *pyramid)
{
  for (int i = 0; i < pyramid->levels; i++)
    scope_plane_free (pyramid->level[i]);
  free (pyramid);
}

static ScopePlanePart
whole_of (const ScopePlane *plane)
{
  return (ScopePlanePart){ .row_end = plane->rows, .column_end = plane->columns };
}

/* Halves the cells of the first level until one is left. FALSE without memory. */
static bool
pile_up (ScopePyramid *pyramid)
{
  while (pyramid->levels < SCOPE_PYRAMID_LEVELS)
    {
      const ScopePlane *last = pyramid->level[pyramid->levels - 1];
      ScopePlanePart whole = whole_of (last);
      if (last->cell_rows * last->cell_columns <= 4096)
        return true;
      /* An axis that is one cell already stays so. */
      int64_t rows = last->row_block * (last->cell_rows > 1 ? 2 : 1);
      int64_t columns = last->column_block * (last->cell_columns > 1 ? 2 : 1);
      ScopePlane *next = coarser (last, pyramid->view.aggregate, &whole, rows, columns);
      if (next == NULL)
        return false;
      pyramid->level[pyramid->levels++] = next;
    }
  return true;
}

/* Powers of two, the axis with more cells first. */
static void
choose_base (int64_t rows, int64_t columns, int64_t *row_block, int64_t *column_block)
{
  *row_block = *column_block = 1;
  for (;;)
    {
      int64_t down = scope_divide_up (rows, *row_block);
      int64_t across = scope_divide_up (columns, *column_block), cells;
      if (scope_checked_mul (down, across, &cells) && cells <= SCOPE_PYRAMID_CELLS
          && down <= 1 << 20 && across <= 1 << 20)
        return;
      if (down > across)
        *row_block *= 2;
      else
        *column_block *= 2;
    }
}

ScopePyramid *
scope_pyramid_new (const ScopeProgram *program,
                   int node,
                   const ScopeView *view,
                   ScopeProgress *progress,
                   const ScopeReading *reading,
                   ScopeError *error)
{
  const ScopeShape *shape = &program->node[node]->shape;
  ScopePlaneRequest request = {
    .view = scope_view_fit (view, shape), .effort = INT64_MAX, .sample = true, .progress = progress
  };
  int row = request.view.row_axis, column = request.view.column_axis;
  choose_base (row < 0 ? 1 : scope_max (shape->size[row], 1),
               column < 0 ? 1 : scope_max (shape->size[column], 1), &request.row_block,
               &request.column_block);

  ScopePyramid *pyramid = calloc (1, sizeof *pyramid);
  if (pyramid == NULL)
    {
      scope_fail (error, SCOPE_ERROR_MEMORY, -1, "There is no memory left for the picture.");
      return NULL;
    }
  pyramid->references = 1;
  pyramid->view = request.view;
  pyramid->level[0] = scope_plane_make (program, node, &request, reading, error);
  if (pyramid->level[0] == NULL)
    {
      free (pyramid);
      return NULL;
    }
  pyramid->levels = 1;
  if (pile_up (pyramid))
    return pyramid;
  free_pyramid (pyramid);
  scope_fail (error, SCOPE_ERROR_MEMORY, -1, "There is no memory left for the picture.");
  return NULL;
}

ScopePyramid *
scope_pyramid_ref (ScopePyramid *pyramid)
{
  pyramid->references++;
  return pyramid;
}

void
scope_pyramid_unref (ScopePyramid *pyramid)
{
  if (pyramid != NULL && --pyramid->references == 0)
    free_pyramid (pyramid);
}

/* The coarsest level that blocks of these sizes are multiples of. */
static const ScopePlane *
find_level (const ScopePyramid *pyramid, int64_t row_block, int64_t column_block)
{
  const ScopePlane *found = pyramid->level[0];
  for (int i = 1; i < pyramid->levels; i++)
    if (row_block % pyramid->level[i]->row_block == 0
        && column_block % pyramid->level[i]->column_block == 0)
      found = pyramid->level[i];
  return found;
}

ScopePlane *
scope_pyramid_plane (const ScopePyramid *pyramid,
                     const ScopePlanePart *part,
                     int64_t row_block,
                     int64_t column_block)
{
  const ScopePlane *base = pyramid->level[0];
  ScopePlanePart whole = whole_of (base), there = part != NULL ? *part : whole;
  there.row_begin = scope_max (there.row_begin, 0);
  there.column_begin = scope_max (there.column_begin, 0);
  there.row_end = scope_max (scope_min (there.row_end, base->rows), there.row_begin);
  there.column_end = scope_max (scope_min (there.column_end, base->columns), there.column_begin);
  row_block = scope_divide_up (scope_max (row_block, 1), base->row_block) * base->row_block;
  column_block =
      scope_divide_up (scope_max (column_block, 1), base->column_block) * base->column_block;

  ScopePlane *plane = coarser (find_level (pyramid, row_block, column_block),
                               pyramid->view.aggregate, &there, row_block, column_block);
  if (plane == NULL || part != NULL || base->sample == NULL)
    return plane;
  plane->sample = malloc ((size_t)scope_max (base->samples, 1) * sizeof *plane->sample);
  if (plane->sample != NULL)
    {
      memcpy (plane->sample, base->sample, (size_t)base->samples * sizeof *plane->sample);
      plane->samples = base->samples;
    }
  return plane;
}
