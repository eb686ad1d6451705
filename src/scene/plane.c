/* Reading the part of a tensor that a picture shows: exactly, in blocks, or by samples. */
#include "scene/plane.h"

#include "core/checked.h"
#include "scene/plane-reader.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>

enum
{
  MOST_CELLS = 1 << 20, /* of one axis */
};

#define EFFORT (INT64_C (16) << 20)

/* ---- blocks and samples --------------------------------------------------------------------- */

/* How many of a block's elements are read on each axis, at most `most` altogether: all of the
 * shorter side first. */
static void
share_effort (int64_t row_block,
              int64_t column_block,
              int64_t most,
              int64_t *rows,
              int64_t *columns)
{
  int64_t side = (int64_t)sqrt ((double)most);
  *rows = scope_min (row_block, scope_max (side, 1));
  *columns = scope_min (column_block, scope_max (most / *rows, 1));
  *rows = scope_min (row_block, scope_max (most / *columns, *rows));
}

/* What is read along one axis. */
typedef struct
{
  int64_t begin, end;    /* the part asked for, in elements */
  int64_t step, samples; /* every step-th element is read, so many altogether */
  int64_t block, cells;  /* a cell's elements, and so many cells */
  int64_t block_samples; /* of one cell */
} Axis;

/* A block is a whole number of steps, so that one region with a step serves all blocks; it begins
 * at a whole multiple of its size. */
static void
cut_axis (Axis *axis, int64_t size, int64_t samples)
{
  axis->step = scope_divide_up (axis->block, samples);
  axis->block_samples = scope_divide_up (axis->block, axis->step);
  if (!scope_checked_mul (axis->block_samples, axis->step, &axis->block))
    axis->block = size;
  axis->begin -= axis->begin % axis->block;
  axis->cells = scope_divide_up (axis->end - axis->begin, axis->block);
  axis->samples = scope_divide_up (axis->end - axis->begin, axis->step);
}

/* Reads the last block to its end, or the plane's. */
static void
extend (Axis *axis, int64_t size)
{
  int64_t length;
  if (!scope_checked_mul (axis->cells, axis->block, &length))
    length = size;
  axis->end = scope_min (length, size - axis->begin) + axis->begin;
  axis->samples = scope_divide_up (axis->end - axis->begin, axis->step);
}

/* Elements of axes that are looked at as a whole: of all their places at most about `most`. */
static void
choose_overs (ScopePlaneReader *reader, const ScopeShape *shape, int64_t most)
{
  reader->over_total = 1;
  reader->overs = 0;
  for (int axis = 0; axis < shape->rank; axis++)
    if (scope_axis_in (reader->view.over_axes, axis))
      {
        int i = reader->overs++;
        int64_t places = scope_max (most / reader->over_total, 1);
        reader->over_axis[i] = axis;
        reader->over_step[i] = scope_divide_up (shape->size[axis], places);
        reader->over_samples[i] = scope_divide_up (shape->size[axis], reader->over_step[i]);
        reader->over_total *= reader->over_samples[i];
      }
}

/* A block of the size that was asked for, or as small as the cells allow. */
static int64_t
choose_block (const Axis *axis, int64_t wanted, int64_t most)
{
  int64_t length = axis->end - axis->begin;
  most = scope_min (scope_max (most, 1), MOST_CELLS);
  int64_t least = scope_divide_up (length, MOST_CELLS);
  return wanted > 0 ? scope_max (wanted, least) : scope_divide_up (length, most);
}

/* Cells of one axis. */
static int64_t
cells_of (const Axis *axis)
{
  return scope_divide_up (axis->end - axis->begin, axis->block);
}

/* Makes blocks larger, by whole factors, until there are no more cells than samples. */
static void
grow_blocks (Axis *row, Axis *column, int64_t samples)
{
  for (;;)
    {
      int64_t rows = cells_of (row), columns = cells_of (column), cells;
      if (scope_checked_mul (rows, columns, &cells) && cells <= samples)
        return;
      double apart = sqrt ((double)rows * (double)columns / (double)samples);
      int64_t factor = scope_max ((int64_t)apart, 2);
      Axis *grown = rows > columns ? row : column;
      if (!scope_checked_mul (grown->block, factor, &grown->block))
        grown->block = grown->end - grown->begin;
    }
}

/* Blocks as small as the cells allow; then, when there are too many elements to read, steps. */
static void
choose_steps (ScopePlaneReader *reader,
              const ScopePlane *plane,
              const ScopeShape *shape,
              int64_t samples,
              Axis *row,
              Axis *column)
{
  grow_blocks (row, column, samples);
  int64_t cells = cells_of (row) * cells_of (column), row_samples, column_samples;
  choose_overs (reader, shape, scope_max (samples / cells, 1));
  share_effort (row->block, column->block, scope_max (samples / cells / reader->over_total, 1),
                &row_samples, &column_samples);
  cut_axis (row, plane->rows, row_samples);
  cut_axis (column, plane->columns, column_samples);
}

/* The steps that the effort allows. */
static void
choose_affordable (ScopePlaneReader *reader,
                   const ScopePlane *plane,
                   const ScopeShape *shape,
                   int64_t effort,
                   Axis *row,
                   Axis *column)
{
  ScopePlaneGround ground = scope_plane_ground (reader->program, reader->node, &reader->view);
  Axis row_wanted = *row, column_wanted = *column;
  for (int64_t samples = effort;; samples -= samples / 4 + 1)
    {
      *row = row_wanted;
      *column = column_wanted;
      choose_steps (reader, plane, shape, samples, row, column);
      ScopeSteps rows = { row->step, row->samples }, columns = { column->step, column->samples };
      if (ground.page == 0 || samples <= 1
          || scope_plane_price (&ground, rows, columns, reader->over_total) <= (double)effort)
        return;
    }
}

/* A part that does not end with a block is read to the block's end, so that a block's value does
 * not depend on the part. */
static void
choose_blocks (ScopePlaneReader *reader,
               ScopePlane *plane,
               const ScopeShape *shape,
               const ScopePlanePart *part,
               const ScopePlaneRequest *request)
{
  Axis row = { .begin = part->row_begin, .end = part->row_end };
  Axis column = { .begin = part->column_begin, .end = part->column_end };
  row.block = choose_block (&row, request->row_block, request->max_rows);
  column.block = choose_block (&column, request->column_block, request->max_columns);
  choose_affordable (reader, plane, shape, request->effort > 0 ? request->effort : EFFORT, &row,
                     &column);
  extend (&row, plane->rows);
  extend (&column, plane->columns);

  plane->row_begin = reader->row_begin = row.begin;
  plane->column_begin = reader->column_begin = column.begin;
  plane->row_block = row.block;
  plane->column_block = column.block;
  plane->cell_rows = row.cells;
  plane->cell_columns = column.cells;
  plane->sampled = row.step > 1 || column.step > 1;
  for (int i = 0; i < reader->overs; i++)
    plane->sampled = plane->sampled || reader->over_step[i] > 1;
  reader->row_step = row.step;
  reader->column_step = column.step;
  reader->row_samples = row.samples;
  reader->column_samples = column.samples;
  reader->block_row_samples = row.block_samples;
  reader->block_column_samples = column.block_samples;
}

/* Whether the plane has no element at all: an axis is empty, shown or not. */
static bool
is_empty (const ScopeShape *shape)
{
  for (int axis = 0; axis < shape->rank; axis++)
    if (shape->size[axis] == 0)
      return true;
  return false;
}

static ScopePlane *
fail_plane (ScopeError *error, ScopeErrorCode code, const char *sentence)
{
  scope_fail (error, code, -1, "%s", sentence);
  return NULL;
}

/* What of the part is there. */
static ScopePlanePart
clip_part (const ScopePlanePart *part, const ScopePlane *plane)
{
  ScopePlanePart all = { .row_end = plane->rows, .column_end = plane->columns };
  if (part == NULL)
    return all;
  return (ScopePlanePart){
    .row_begin = scope_max (part->row_begin, 0),
    .row_end = scope_min (part->row_end, plane->rows),
    .column_begin = scope_max (part->column_begin, 0),
    .column_end = scope_min (part->column_end, plane->columns),
  };
}

/* A plane without cells yet. */
static ScopePlane *
new_plane (const ScopePlaneReader *reader, const ScopeShape *shape, ScopeError *error)
{
  ScopePlane *plane = calloc (1, sizeof *plane);
  if (plane == NULL)
    return fail_plane (error, SCOPE_ERROR_MEMORY, "There is no memory left for the picture.");

  int row_axis = reader->view.row_axis, column_axis = reader->view.column_axis;
  ScopeStatisticsSum none = scope_statistics_begin (1);
  *plane = (ScopePlane){
    .dtype = reader->dtype,
    .rows = row_axis < 0 ? 1 : shape->size[row_axis],
    .columns = column_axis < 0 ? 1 : shape->size[column_axis],
    .row_block = 1,
    .column_block = 1,
    .statistics = scope_statistics_end (&none),
  };
  return plane;
}

/* How many elements will be read. */
static void
announce (const ScopePlaneReader *reader)
{
  int64_t total;
  if (reader->progress == NULL)
    return;
  if (!scope_checked_mul (reader->row_samples, reader->column_samples, &total)
      || !scope_checked_mul (total, reader->over_total, &total))
    total = INT64_MAX;
  reader->progress->done = 0;
  reader->progress->total = total;
}

ScopePlane *
scope_plane_make (const ScopeProgram *program,
                  int node,
                  const ScopePlaneRequest *request,
                  const ScopeReading *reading,
                  ScopeError *error)
{
  assert (node >= 0 && node < program->nodes && program->node[node]->state == SCOPE_NODE_FITS);
  const ScopeNode *read = program->node[node];
  if (!scope_shape_is_known (&read->shape))
    return fail_plane (error, SCOPE_ERROR_SHAPE,
                       "A size is not known, so there are no values to show.");

  ScopePlaneReader reader = { .program = program,
                              .node = node,
                              .dtype = read->dtype,
                              .view = scope_view_fit (&request->view, &read->shape),
                              .reading = reading,
                              .progress = request->progress,
                              .sampling = request->sample,
                              .kernels = scope_scan_kernels () };
  ScopePlane *plane = new_plane (&reader, &read->shape, error);
  if (plane == NULL)
    return NULL;

  ScopePlanePart there = clip_part (request->part, plane);
  if (is_empty (&read->shape) || there.row_begin >= there.row_end
      || there.column_begin >= there.column_end)
    return plane;
  choose_blocks (&reader, plane, &read->shape, &there, request);
  announce (&reader);
  if (scope_plane_fill (&reader, plane, error))
    return plane;
  scope_plane_free (plane);
  return NULL;
}

ScopePlane *
scope_plane_read_part (const ScopeProgram *program,
                       int node,
                       const ScopeView *view,
                       const ScopePlanePart *part,
                       int64_t max_rows,
                       int64_t max_columns,
                       int64_t effort,
                       const ScopeReading *reading,
                       ScopeError *error)
{
  ScopePlaneRequest request = { .view = *view,
                                .part = part,
                                .max_rows = max_rows,
                                .max_columns = max_columns,
                                .effort = effort,
                                .sample = true };
  return scope_plane_make (program, node, &request, reading, error);
}

ScopePlane *
scope_plane_read (const ScopeProgram *program,
                  int node,
                  const ScopeView *view,
                  int64_t max_rows,
                  int64_t max_columns,
                  int64_t effort,
                  const ScopeReading *reading,
                  ScopeError *error)
{
  return scope_plane_read_part (program, node, view, NULL, max_rows, max_columns, effort, reading,
                                error);
}

ScopePlane *
scope_plane_ref (const ScopePlane *plane)
{
  ScopePlane *shared = (ScopePlane *)plane;
  shared->shares++;
  return shared;
}

void
scope_plane_free (ScopePlane *plane)
{
  if (plane == NULL || plane->shares-- > 0)
    return;
  free (plane->value);
  free (plane->element);
  free (plane->sample);
  free (plane);
}
