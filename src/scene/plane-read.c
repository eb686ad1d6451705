/* Reads the samples of a plane and gathers them into its cells. */
#include "scene/plane-reader.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* ---- gathering samples into cells ----------------------------------------------------------- */

static void
gather_mean (const ScopePlaneReader *reader,
             const double *sample,
             int64_t first,
             int64_t count,
             double *cell)
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
  static void name (const ScopePlaneReader *reader, const double *sample, int64_t first,           \
                    int64_t count, double *cell)                                                   \
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
  ScopeGather gather;
  double initial;
} gathers[] = {
  [SCOPE_AGGREGATE_MEAN] = { gather_mean, 0 },
  [SCOPE_AGGREGATE_MIN] = { gather_min, INFINITY },
  [SCOPE_AGGREGATE_MAX] = { gather_max, -INFINITY },
  [SCOPE_AGGREGATE_EXTREME] = { gather_extreme, 0 },
};

ScopeGather
scope_gather_of (ScopeAggregate aggregate, double *initial)
{
  *initial = gathers[aggregate].initial;
  return gathers[aggregate].gather;
}

/* ---- reading -------------------------------------------------------------------------------- */

/* Samples row…row+rows, column…column+columns of the plane, dense; of axes that are looked at as a
 * whole at the places `over`, or NULL. */
static bool
read_samples (const ScopePlaneReader *reader,
              int64_t row,
              int64_t rows,
              int64_t column,
              int64_t columns,
              const int64_t *over,
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
  for (int i = 0; i < reader->overs; i++)
    region.start[reader->over_axis[i]] = over[i] * reader->over_step[i];
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

void
scope_plane_numbers (ScopeDtype dtype, const void *raw, int64_t count, double *out)
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

/* Adds the numbers of one place of the axes looked at as a whole to those of the places before. */
static void
combine (const ScopePlaneReader *reader, const double *part, int64_t count, bool first)
{
  double *all = reader->tile, factor = reader->factor;
  switch (reader->view.over)
    {
    case SCOPE_AGGREGATE_MIN:
      for (int64_t i = 0; i < count; i++)
        all[i] = first || part[i] < all[i] || isnan (part[i]) ? part[i] : all[i];
      break;
    case SCOPE_AGGREGATE_MAX:
      for (int64_t i = 0; i < count; i++)
        all[i] = first || part[i] > all[i] || isnan (part[i]) ? part[i] : all[i];
      break;
    case SCOPE_AGGREGATE_EXTREME:
      for (int64_t i = 0; i < count; i++)
        all[i] = first || fabs (part[i]) > fabs (all[i]) || isnan (part[i]) ? part[i] : all[i];
      break;
    default:
      for (int64_t i = 0; i < count; i++)
        all[i] = (first ? 0 : all[i]) + part[i] * factor;
    }
}

/* The next place of the axes looked at as a whole, the last of them fastest. */
static bool
next_place (const ScopePlaneReader *reader, int64_t *over)
{
  for (int i = reader->overs - 1; i >= 0; i--)
    {
      if (++over[i] < reader->over_samples[i])
        return true;
      over[i] = 0;
    }
  return false;
}

/* The same samples as numbers, in reader->tile. */
static bool
read_numbers (const ScopePlaneReader *reader,
              int64_t row,
              int64_t rows,
              int64_t column,
              int64_t columns,
              ScopeError *error)
{
  int64_t over[SCOPE_MAX_RANK] = { 0 }, count = rows * columns;
  bool first = true;
  if (reader->overs == 0)
    {
      if (!read_samples (reader, row, rows, column, columns, NULL, reader->raw, error))
        return false;
      scope_plane_numbers (reader->dtype, reader->raw, count, reader->tile);
      return true;
    }
  do
    {
      if (!read_samples (reader, row, rows, column, columns, over, reader->raw, error))
        return false;
      scope_plane_numbers (reader->dtype, reader->raw, count, reader->part);
      combine (reader, reader->part, count, first);
      first = false;
    }
  while (next_place (reader, over));
  if (reader->view.over == SCOPE_AGGREGATE_MEAN)
    for (int64_t i = 0; i < count; i++)
      reader->tile[i] = reader->tile[i] / (double)reader->over_total / reader->factor;
  return true;
}

/* Whether the caller still wants it; and how far it is. */
static bool
go_on (const ScopePlaneReader *reader, int64_t samples, ScopeError *error)
{
  if (reader->progress != NULL)
    reader->progress->done += samples;
  if (reader->reading->cancelled != NULL && *reader->reading->cancelled != 0)
    return scope_fail (error, SCOPE_ERROR_CANCELLED, -1, "Stopped.");
  return true;
}

static bool
read_tile (ScopePlaneReader *reader,
           ScopePlane *plane,
           ScopeStatisticsSum *sum,
           int64_t row,
           int64_t rows,
           int64_t column,
           int64_t columns,
           ScopeError *error)
{
  if (!read_numbers (reader, row, rows, column, columns, error)
      || !go_on (reader, rows * columns * reader->over_total, error))
    return false;
  scope_statistics_add (sum, reader->tile, rows * columns);
  if (reader->sampling && !scope_sample_add (&reader->sample, reader->tile, rows * columns))
    return scope_fail (error, SCOPE_ERROR_MEMORY, -1, "There is no memory left for the picture.");
  for (int64_t r = 0; r < rows; r++)
    {
      int64_t block_row = (row + r) / reader->block_row_samples;
      reader->gather (reader, reader->tile + r * columns, column, columns,
                      plane->value + block_row * plane->cell_columns);
    }
  return true;
}

static bool
read_tiles (ScopePlaneReader *reader, ScopePlane *plane, ScopeStatisticsSum *sum, ScopeError *error)
{
  int64_t columns = scope_min (reader->column_samples, SCOPE_PLANE_TILE);
  int64_t rows = scope_min (reader->row_samples, SCOPE_PLANE_TILE / columns);
  for (int64_t row = 0; row < reader->row_samples; row += rows)
    for (int64_t column = 0; column < reader->column_samples; column += columns)
      if (!read_tile (reader, plane, sum, row, scope_min (rows, reader->row_samples - row), column,
                      scope_min (columns, reader->column_samples - column), error))
        return false;
  return true;
}

/* Sums become means. */
static void
divide (const ScopePlaneReader *reader, ScopePlane *plane)
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

/* The sorted sample becomes the plane's. */
static void
hand_over_sample (ScopePlaneReader *reader, ScopePlane *plane)
{
  scope_sample_sort (&reader->sample);
  plane->sample = reader->sample.value;
  plane->samples = reader->sample.count;
  reader->sample.value = NULL;
}

static bool
read_in_blocks (ScopePlaneReader *reader, ScopePlane *plane, ScopeError *error)
{
  ScopeAggregate aggregate = reader->view.aggregate;
  reader->gather = gathers[aggregate].gather;
  int64_t cells = plane->cell_rows * plane->cell_columns;
  ScopeStatisticsSum sum;

  /* Squares of numbers beyond 1e154 overflow: then all is read again, made smaller. */
  for (reader->factor = 1;; reader->factor = SCOPE_STATISTICS_SMALL)
    {
      sum = scope_statistics_begin (reader->factor);
      reader->sample.count = reader->sample.seen = 0;
      reader->sample.stride = 1;
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
  hand_over_sample (reader, plane);
  return true;
}

static bool
read_exactly (ScopePlaneReader *reader, ScopePlane *plane, ScopeError *error)
{
  int64_t cells = plane->cell_rows * plane->cell_columns;
  plane->element = malloc ((size_t)cells * scope_dtype_bytes (reader->dtype));
  if (plane->element == NULL)
    return scope_fail (error, SCOPE_ERROR_MEMORY, -1, "There is no memory left for the picture.");
  if (!read_samples (reader, 0, plane->cell_rows, 0, plane->cell_columns, NULL, plane->element,
                     error))
    return false;

  scope_plane_numbers (reader->dtype, plane->element, cells, plane->value);
  ScopeStatisticsSum sum = scope_statistics_begin (1);
  scope_statistics_add (&sum, plane->value, cells);
  if (scope_statistics_overflows (&sum))
    {
      sum = scope_statistics_begin (SCOPE_STATISTICS_SMALL);
      scope_statistics_add (&sum, plane->value, cells);
    }
  plane->statistics = scope_statistics_end (&sum);
  if (reader->progress != NULL)
    reader->progress->done += cells;
  if (reader->sampling && !scope_sample_add (&reader->sample, plane->value, cells))
    return scope_fail (error, SCOPE_ERROR_MEMORY, -1, "There is no memory left for the picture.");
  hand_over_sample (reader, plane);
  return true;
}

bool
scope_plane_fill (ScopePlaneReader *reader, ScopePlane *plane, ScopeError *error)
{
  int64_t cells;
  bool countable = scope_checked_mul (plane->cell_rows, plane->cell_columns, &cells);
  plane->value = countable ? calloc ((size_t)cells, sizeof *plane->value) : NULL;
  if (plane->value == NULL)
    return scope_fail (error, SCOPE_ERROR_MEMORY, -1, "There is no memory left for the picture.");

  bool exact = plane->row_block == 1 && plane->column_block == 1 && reader->overs == 0;
  bool room = true;
  if (!exact)
    {
      reader->raw = malloc (SCOPE_PLANE_TILE * scope_dtype_bytes (reader->dtype));
      reader->tile = malloc (SCOPE_PLANE_TILE * sizeof *reader->tile);
      reader->part = reader->overs > 0 ? malloc (SCOPE_PLANE_TILE * sizeof *reader->part) : NULL;
      room = reader->raw != NULL && reader->tile != NULL
             && (reader->part != NULL || reader->overs == 0);
    }
  bool filled =
      !room ? scope_fail (error, SCOPE_ERROR_MEMORY, -1, "There is no memory left for the picture.")
      : exact ? read_exactly (reader, plane, error)
              : read_in_blocks (reader, plane, error);
  free (reader->raw);
  free (reader->tile);
  free (reader->part);
  free (reader->sample.value);
  return filled;
}
