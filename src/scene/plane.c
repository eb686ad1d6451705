/* Reading the part of a tensor that a picture shows: exactly, in blocks, or by samples. */
#include "scene/plane.h"

#include "core/checked.h"
#include "scene/statistics.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum
{
  MOST_CELLS = 1 << 20, /* of one axis */
  TILE = 1 << 18,       /* elements read at once when they are aggregated */
};

#define EFFORT (INT64_C (16) << 20)

typedef struct Reader Reader;

/* Takes a row of `count` samples, of which `first` is the number of the first in its row of the
 * plane, into the cells of its block row. */
typedef void (*Gather) (const Reader *reader,
                        const double *sample,
                        int64_t first,
                        int64_t count,
                        double *cell);

/* How a plane is being read. */
struct Reader
{
  const ScopeProgram *program;
  int node;
  ScopeDtype dtype;
  ScopeView view;
  const ScopeReading *reading;
  int64_t row_begin, column_begin;                 /* the first element that is read */
  int64_t row_step, column_step;                   /* every k-th element is read */
  int64_t row_samples, column_samples;             /* of the whole plane */
  int64_t block_row_samples, block_column_samples; /* of one cell */
  Gather gather;
  double factor; /* see ScopeStatisticsSum */
  void *raw;     /* TILE elements, as they are read */
  double *tile;  /* the same as numbers */
};

/* ---- gathering samples into cells ----------------------------------------------------------- */

static void
gather_mean (const Reader *reader, const double *sample, int64_t first, int64_t count, double *cell)
{
  int64_t block = reader->block_column_samples;
  int64_t end = block - first % block; /* of the first cell, which may have begun before */
  cell += first / block;
  for (int64_t i = 0; i < count; end += block, cell++)
    {
      int64_t stop = scope_min (count, end);
      double sum = 0;
      for (; i < stop; i++)
        sum += sample[i] * reader->factor;
      *cell += sum;
    }
}

/* The others keep the value for which BETTER is true; NaN beats all. */
#define DEFINE_GATHER(name, BETTER)                                                                \
  static void name (const Reader *reader, const double *sample, int64_t first, int64_t count,      \
                    double *cell)                                                                  \
  {                                                                                                \
    int64_t block = reader->block_column_samples, end = block - first % block;                     \
    cell += first / block;                                                                         \
    for (int64_t i = 0; i < count; end += block, cell++)                                           \
      {                                                                                            \
        int64_t stop = scope_min (count, end);                                                     \
        double kept = *cell;                                                                       \
        for (; i < stop; i++)                                                                      \
          {                                                                                        \
            double x = sample[i];                                                                  \
            kept = (BETTER) || isnan (x) ? x : kept;                                               \
          }                                                                                        \
        *cell = kept;                                                                              \
      }                                                                                            \
  }
DEFINE_GATHER (gather_min, x < kept)
DEFINE_GATHER (gather_max, x > kept)
DEFINE_GATHER (gather_extreme, fabs (x) > fabs (kept))
#undef DEFINE_GATHER

static const struct
{
  Gather gather;
  double initial;
} gathers[] = {
  [SCOPE_AGGREGATE_MEAN] = { gather_mean, 0 },
  [SCOPE_AGGREGATE_MIN] = { gather_min, INFINITY },
  [SCOPE_AGGREGATE_MAX] = { gather_max, -INFINITY },
  [SCOPE_AGGREGATE_EXTREME] = { gather_extreme, 0 },
};

/* ---- reading -------------------------------------------------------------------------------- */

/* Samples row…row+rows, column…column+columns of the plane, dense. */
static bool
read_samples (const Reader *reader,
              int64_t row,
              int64_t rows,
              int64_t column,
              int64_t columns,
              void *out,
              ScopeError *error)
{
  ScopeRegion region = { .rank = reader->view.rank };
  ScopeBuffer buffer = { .data = out };
  for (int axis = 0; axis < region.rank; axis++)
    {
      region.start[axis] = reader->view.index[axis];
      region.step[axis] = 1;
      region.count[axis] = 1;
    }
  int row_axis = reader->view.row_axis, column_axis = reader->view.column_axis;
  if (row_axis >= 0)
    {
      region.start[row_axis] = reader->row_begin + row * reader->row_step;
      region.step[row_axis] = reader->row_step;
      region.count[row_axis] = rows;
      buffer.stride[row_axis] = columns;
    }
  if (column_axis >= 0)
    {
      region.start[column_axis] = reader->column_begin + column * reader->column_step;
      region.step[column_axis] = reader->column_step;
      region.count[column_axis] = columns;
      buffer.stride[column_axis] = 1;
    }
  return scope_program_read (reader->program, reader->node, &region, &buffer, reader->reading,
                             error);
}

/* Elements as numbers; of complex ones the magnitude. */
static void
to_numbers (ScopeDtype dtype, const void *raw, int64_t count, double *out)
{
  if (scope_dtype_kind (dtype) != SCOPE_KIND_COMPLEX)
    {
      scope_dtype_convert (dtype, raw, 1, SCOPE_FLOAT64, out, 1, count);
      return;
    }
  size_t bytes = scope_dtype_bytes (dtype);
  for (int64_t i = 0; i < count; i++)
    {
      ScopeNumber number = scope_dtype_load (dtype, (const char *)raw + (size_t)i * bytes);
      out[i] = hypot (number.f, number.imaginary);
    }
}

static bool
read_tile (const Reader *reader,
           ScopePlane *plane,
           ScopeStatisticsSum *sum,
           int64_t row,
           int64_t rows,
           int64_t column,
           int64_t columns,
           ScopeError *error)
{
  if (!read_samples (reader, row, rows, column, columns, reader->raw, error))
    return false;
  to_numbers (reader->dtype, reader->raw, rows * columns, reader->tile);
  scope_statistics_add (sum, reader->tile, rows * columns);
  for (int64_t r = 0; r < rows; r++)
    {
      int64_t block_row = (row + r) / reader->block_row_samples;
      reader->gather (reader, reader->tile + r * columns, column, columns,
                      plane->value + block_row * plane->cell_columns);
    }
  return true;
}

static bool
read_tiles (const Reader *reader, ScopePlane *plane, ScopeStatisticsSum *sum, ScopeError *error)
{
  int64_t columns = scope_min (reader->column_samples, TILE);
  int64_t rows = scope_min (reader->row_samples, TILE / columns);
  for (int64_t row = 0; row < reader->row_samples; row += rows)
    for (int64_t column = 0; column < reader->column_samples; column += columns)
      if (!read_tile (reader, plane, sum, row, scope_min (rows, reader->row_samples - row), column,
                      scope_min (columns, reader->column_samples - column), error))
        return false;
  return true;
}

/* Sums become means. */
static void
divide (const Reader *reader, ScopePlane *plane)
{
  for (int64_t r = 0; r < plane->cell_rows; r++)
    for (int64_t c = 0; c < plane->cell_columns; c++)
      {
        int64_t rows = scope_min (reader->block_row_samples,
                                  reader->row_samples - r * reader->block_row_samples);
        int64_t columns = scope_min (reader->block_column_samples,
                                     reader->column_samples - c * reader->block_column_samples);
        double *cell = &plane->value[r * plane->cell_columns + c];
        *cell = *cell / ((double)rows * (double)columns) / reader->factor;
      }
}

static bool
read_in_blocks (Reader *reader, ScopePlane *plane, ScopeError *error)
{
  ScopeAggregate aggregate = reader->view.aggregate;
  reader->gather = gathers[aggregate].gather;
  int64_t cells = plane->cell_rows * plane->cell_columns;
  ScopeStatisticsSum sum;

  /* Squares of numbers beyond 1e154 overflow: then all is read again, made smaller. */
  for (reader->factor = 1;; reader->factor = SCOPE_STATISTICS_SMALL)
    {
      sum = scope_statistics_begin (reader->factor);
      for (int64_t i = 0; i < cells; i++)
        plane->value[i] = gathers[aggregate].initial;
      if (!read_tiles (reader, plane, &sum, error))
        return false;
      if (reader->factor != 1 || !scope_statistics_overflows (&sum))
        break;
    }
  if (aggregate == SCOPE_AGGREGATE_MEAN)
    divide (reader, plane);
  plane->statistics = scope_statistics_end (&sum);
  return true;
}

static bool
read_exactly (Reader *reader, ScopePlane *plane, ScopeError *error)
{
  int64_t cells = plane->cell_rows * plane->cell_columns;
  plane->element = malloc ((size_t)cells * scope_dtype_bytes (reader->dtype));
  if (plane->element == NULL)
    return scope_fail (error, SCOPE_ERROR_MEMORY, -1, "There is no memory left for the picture.");
  if (!read_samples (reader, 0, plane->cell_rows, 0, plane->cell_columns, plane->element, error))
    return false;

  to_numbers (reader->dtype, plane->element, cells, plane->value);
  ScopeStatisticsSum sum = scope_statistics_begin (1);
  scope_statistics_add (&sum, plane->value, cells);
  if (scope_statistics_overflows (&sum))
    {
      sum = scope_statistics_begin (SCOPE_STATISTICS_SMALL);
      scope_statistics_add (&sum, plane->value, cells);
    }
  plane->statistics = scope_statistics_end (&sum);
  return true;
}

/* ---- blocks and samples --------------------------------------------------------------------- */

static int64_t
divide_up (int64_t a, int64_t b)
{
  return a / b + (a % b != 0);
}

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
  axis->step = divide_up (axis->block, samples);
  axis->block_samples = divide_up (axis->block, axis->step);
  if (!scope_checked_mul (axis->block_samples, axis->step, &axis->block))
    axis->block = size;
  axis->begin -= axis->begin % axis->block;
  axis->cells = divide_up (axis->end - axis->begin, axis->block);
  axis->samples = divide_up (axis->end - axis->begin, axis->step);
}

/* Reads the last block to its end, or the plane's. */
static void
extend (Axis *axis, int64_t size)
{
  int64_t length;
  if (!scope_checked_mul (axis->cells, axis->block, &length))
    length = size;
  axis->end = scope_min (length, size - axis->begin) + axis->begin;
  axis->samples = divide_up (axis->end - axis->begin, axis->step);
}

/* Blocks as small as the cells allow; then, when they are too many elements to read, steps. A
 * part that does not end with a block is read to the block's end, so that a block's value does
 * not depend on the part. */
static void
choose_blocks (Reader *reader,
               ScopePlane *plane,
               const ScopePlanePart *part,
               int64_t max_rows,
               int64_t max_columns,
               int64_t effort)
{
  Axis row = { .begin = part->row_begin, .end = part->row_end };
  Axis column = { .begin = part->column_begin, .end = part->column_end };
  row.block = divide_up (row.end - row.begin, max_rows);
  column.block = divide_up (column.end - column.begin, max_columns);
  int64_t cells = divide_up (row.end - row.begin, row.block)
                  * divide_up (column.end - column.begin, column.block);
  int64_t row_samples, column_samples;
  share_effort (row.block, column.block, scope_max (effort / cells, 1), &row_samples,
                &column_samples);
  cut_axis (&row, plane->rows, row_samples);
  cut_axis (&column, plane->columns, column_samples);
  extend (&row, plane->rows);
  extend (&column, plane->columns);

  plane->row_begin = reader->row_begin = row.begin;
  plane->column_begin = reader->column_begin = column.begin;
  plane->row_block = row.block;
  plane->column_block = column.block;
  plane->cell_rows = row.cells;
  plane->cell_columns = column.cells;
  plane->sampled = row.step > 1 || column.step > 1;
  reader->row_step = row.step;
  reader->column_step = column.step;
  reader->row_samples = row.samples;
  reader->column_samples = column.samples;
  reader->block_row_samples = row.block_samples;
  reader->block_column_samples = column.block_samples;
}

static bool
fill_plane (Reader *reader, ScopePlane *plane, ScopeError *error)
{
  int64_t cells;
  bool countable = scope_checked_mul (plane->cell_rows, plane->cell_columns, &cells);
  plane->value = countable ? calloc ((size_t)cells, sizeof *plane->value) : NULL;
  if (plane->value == NULL)
    return scope_fail (error, SCOPE_ERROR_MEMORY, -1, "There is no memory left for the picture.");
  if (plane->row_block == 1 && plane->column_block == 1)
    return read_exactly (reader, plane, error);

  reader->raw = malloc (TILE * scope_dtype_bytes (reader->dtype));
  reader->tile = malloc (TILE * sizeof *reader->tile);
  bool filled =
      reader->raw != NULL && reader->tile != NULL
          ? read_in_blocks (reader, plane, error)
          : scope_fail (error, SCOPE_ERROR_MEMORY, -1, "There is no memory left for the picture.");
  free (reader->raw);
  free (reader->tile);
  return filled;
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
new_plane (const Reader *reader, const ScopeShape *shape, ScopeError *error)
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
  assert (node >= 0 && node < program->nodes && program->node[node]->state == SCOPE_NODE_FITS);
  const ScopeNode *read = program->node[node];
  if (!scope_shape_is_known (&read->shape))
    return fail_plane (error, SCOPE_ERROR_SHAPE,
                       "A size is not known, so there are no values to show.");

  Reader reader = { .program = program,
                    .node = node,
                    .dtype = read->dtype,
                    .view = scope_view_fit (view, &read->shape),
                    .reading = reading };
  ScopePlane *plane = new_plane (&reader, &read->shape, error);
  if (plane == NULL)
    return NULL;

  ScopePlanePart there = clip_part (part, plane);
  if (is_empty (&read->shape) || there.row_begin >= there.row_end
      || there.column_begin >= there.column_end)
    return plane;
  choose_blocks (&reader, plane, &there, scope_min (scope_max (max_rows, 1), MOST_CELLS),
                 scope_min (scope_max (max_columns, 1), MOST_CELLS), effort > 0 ? effort : EFFORT);
  if (fill_plane (&reader, plane, error))
    return plane;
  scope_plane_free (plane);
  return NULL;
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

void
scope_plane_free (ScopePlane *plane)
{
  if (plane == NULL)
    return;
  free (plane->value);
  free (plane->element);
  free (plane);
}
