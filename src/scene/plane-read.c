/* Reads the samples of a plane and gathers them into its cells. */
#include "scene/plane-reader.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* ---- gathering samples into cells ----------------------------------------------------------- */

/* Whole blocks are taken four at a time, each in order: their sums do not wait for each other. */
enum
{
  AT_ONCE = 4,
};

/* The samples up to the end of the block that `first` is in. */
static int64_t
samples_to_end (const ScopePlaneReader *reader, int64_t first, int64_t count)
{
  int64_t block = reader->block_column_samples;
  return scope_min (first % block == 0 ? 0 : block - first % block, count);
}

static double
sum_of (const double *sample, int64_t count, double factor)
{
  double sum = 0;
  for (int64_t i = 0; i < count; i++)
    sum += sample[i] * factor;
  return sum;
}

static void
gather_mean (const ScopePlaneReader *reader,
             const double *sample,
             int64_t first,
             int64_t count,
             double *cell)
{
  int64_t block = reader->block_column_samples, i = samples_to_end (reader, first, count);
  double factor = reader->factor;
  cell += first / block;
  if (i > 0)
    *cell++ += sum_of (sample, i, factor);
  for (; i + AT_ONCE * block <= count; i += AT_ONCE * block, cell += AT_ONCE)
    {
      double sum[AT_ONCE] = { 0 };
      const double *at = sample + i;
      for (int64_t k = 0; k < block; k++)
        for (int n = 0; n < AT_ONCE; n++)
          sum[n] += at[n * block + k] * factor;
      for (int n = 0; n < AT_ONCE; n++)
        cell[n] += sum[n];
    }
  for (; i < count; i += block)
    *cell++ += sum_of (sample + i, scope_min (block, count - i), factor);
}

/* The others keep the value for which BETTER is true; NaN beats all, but mostly there is none. */
#define DEFINE_GATHER(name, BETTER)                                                                \
  static double best_##name (const double *sample, int64_t count, double kept)                     \
  {                                                                                                \
    for (int64_t i = 0; i < count; i++)                                                            \
      {                                                                                            \
        double x = sample[i];                                                                      \
        kept = (BETTER) || isnan (x) ? x : kept;                                                   \
      }                                                                                            \
    return kept;                                                                                   \
  }                                                                                                \
                                                                                                   \
  static void name (const ScopePlaneReader *reader, const double *sample, int64_t first,           \
                    int64_t count, double *cell)                                                   \
  {                                                                                                \
    int64_t block = reader->block_column_samples, i = samples_to_end (reader, first, count);       \
    cell += first / block;                                                                         \
    if (i > 0)                                                                                     \
      {                                                                                            \
        *cell = best_##name (sample, i, *cell);                                                    \
        cell++;                                                                                    \
      }                                                                                            \
    for (; reader->no_nan && i + AT_ONCE * block <= count; i += AT_ONCE * block, cell += AT_ONCE)  \
      {                                                                                            \
        double best[AT_ONCE];                                                                      \
        const double *at = sample + i;                                                             \
        memcpy (best, cell, sizeof best);                                                          \
        for (int64_t k = 0; k < block; k++)                                                        \
          for (int n = 0; n < AT_ONCE; n++)                                                        \
            {                                                                                      \
              double x = at[n * block + k], kept = best[n];                                        \
              best[n] = (BETTER) ? x : kept;                                                       \
            }                                                                                      \
        memcpy (cell, best, sizeof best);                                                          \
      }                                                                                            \
    for (; i < count; i += block, cell++)                                                          \
      *cell = best_##name (sample + i, scope_min (block, count - i), *cell);                       \
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
  const ScopeScanKernels *kernels = scope_scan_kernels ();
  if (kernels->widen[dtype] != NULL && (uintptr_t)raw % scope_dtype_bytes (dtype) == 0)
    {
      kernels->widen[dtype](raw, out, count);
      return;
    }
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

/* Reads samples to reader->raw, or, where axes are looked at as a whole, as numbers of them all to
 * reader->tile. */
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
    return read_samples (reader, row, rows, column, columns, NULL, reader->raw, error);
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

/* Numbers begin…begin+count of a tile into its cells, row by row. */
static void
gather_numbers (const ScopePlaneReader *reader,
                ScopePlane *plane,
                const double *number,
                int64_t begin,
                int64_t count,
                int64_t row,
                int64_t column,
                int64_t columns)
{
  int64_t r = begin / columns, c = begin % columns;
  for (int64_t i = 0, part; i < count; i += part, r++, c = 0)
    {
      int64_t block_row = (row + r) / reader->block_row_samples;
      part = scope_min (columns - c, count - i);
      reader->gather (reader, number + i, column + c, part,
                      plane->value + block_row * plane->cell_columns);
    }
}

bool
scope_plane_count (ScopePlaneReader *reader,
                   ScopeStatisticsSum *sum,
                   const double *number,
                   int64_t count,
                   ScopeError *error)
{
  int64_t nans = sum->nans;
  scope_statistics_add (sum, number, count);
  reader->no_nan = sum->nans == nans;
  if (reader->sampling && !scope_sample_add (&reader->sample, number, count))
    return scope_fail (error, SCOPE_ERROR_MEMORY, -1, "There is no memory left for the picture.");
  return true;
}

/* A piece at a time, which stays in the nearest cache from when it becomes numbers. */
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
  int64_t count = rows * columns, bytes = (int64_t)scope_dtype_bytes (reader->dtype);
  if (!read_numbers (reader, row, rows, column, columns, error)
      || !go_on (reader, count * reader->over_total, error))
    return false;
  for (int64_t i = 0; i < count; i += SCOPE_PLANE_PIECE)
    {
      int64_t part = scope_min (SCOPE_PLANE_PIECE, count - i);
      double *number = reader->overs > 0 ? reader->tile + i : reader->tile;
      if (reader->overs == 0)
        scope_plane_numbers (reader->dtype, (const char *)reader->raw + i * bytes, part, number);
      if (!scope_plane_count (reader, sum, number, part, error))
        return false;
      gather_numbers (reader, plane, number, i, part, row, column, columns);
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

/* Sums become means. Only the last cell of an axis may be of fewer samples. */
static void
divide (const ScopePlaneReader *reader, ScopePlane *plane)
{
  int64_t last = plane->cell_columns - 1;
  double columns = (double)reader->block_column_samples;
  double last_columns = (double)(reader->column_samples - last * reader->block_column_samples);
  for (int64_t r = 0; r < plane->cell_rows; r++)
    {
      double *cell = plane->value + r * plane->cell_columns;
      double rows = (double)scope_min (reader->block_row_samples,
                                       reader->row_samples - r * reader->block_row_samples);
      double samples = rows * columns;
      for (int64_t c = 0; c < last; c++)
        cell[c] /= samples;
      cell[last] /= rows * last_columns;
      if (reader->factor != 1)
        for (int64_t c = 0; c <= last; c++)
          cell[c] /= reader->factor;
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

  ScopeStatisticsSum sum = scope_statistics_begin (1);
  int64_t bytes = (int64_t)scope_dtype_bytes (reader->dtype);
  for (int64_t i = 0; i < cells; i += SCOPE_PLANE_PIECE)
    {
      int64_t part = scope_min (SCOPE_PLANE_PIECE, cells - i);
      scope_plane_numbers (reader->dtype, (const char *)plane->element + i * bytes, part,
                           plane->value + i);
      if (!scope_plane_count (reader, &sum, plane->value + i, part, error))
        return false;
    }
  if (scope_statistics_overflows (&sum))
    {
      sum = scope_statistics_begin (SCOPE_STATISTICS_SMALL);
      scope_statistics_add (&sum, plane->value, cells);
    }
  plane->statistics = scope_statistics_end (&sum);
  if (reader->progress != NULL)
    reader->progress->done += cells;
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
