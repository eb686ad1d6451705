/* Metrics in one pass over blocks of planes; a block is read with the rows and columns that windows
 * beginning in it need. */
#include "scene/metrics.h"

#include "core/checked.h"
#include "core/scan.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum
{
  WINDOW = SCOPE_SSIM_WINDOW,
  HALO = WINDOW - 1,
  BLOCK_ROWS = 64,
  BLOCK_COLUMNS = 1024,
  MOST = (BLOCK_ROWS + HALO) * (BLOCK_COLUMNS + HALO), /* elements of a block with its halo */
  MOMENTS = SCOPE_SCAN_MOMENTS,                        /* Σx, Σy, Σx², Σy², Σxy */
};

#define ROUNDING 1e-6 /* of low…high: what is nearer is no overshoot */

_Static_assert((int)SCOPE_SSIM_WINDOW == (int)SCOPE_SCAN_WINDOW,
               "the loops are made for this window");

typedef struct
{
  const ScopeSubject *test, *reference;
  const ScopeMetricsOptions *options;
  const ScopeReading *reading;
  const ScopeScanKernels *kernels;
  const ScopeShape *shape;
  bool complex, ssim;
  double low, high;                          /* with the allowance for rounding */
  int64_t index[SCOPE_MAX_RANK];             /* of the plane on the other axes */
  double *x, *y, *x_imaginary, *y_imaginary; /* a block: of the test, of the reference */
  double *moment[MOMENTS];                   /* of WINDOW rows, by column */
  double squares, similarity;                /* sums */
  int64_t windows;
  ScopeMetrics *out;
} Meter;

/* A block without its halo, and the elements read with it. */
typedef struct
{
  int64_t row, column, rows, columns;
  int64_t read_rows, read_columns;
} Block;

static int64_t
size_of (const Meter *meter, int axis)
{
  return axis < 0 ? 1 : meter->shape->size[axis];
}

/* ---- element by element --------------------------------------------------------------------- */

static bool
is_before (const Meter *meter, const int64_t *a, const int64_t *b)
{
  for (int axis = 0; axis < meter->shape->rank; axis++)
    if (a[axis] != b[axis])
      return a[axis] < b[axis];
  return false;
}

static void
take_largest (Meter *meter, double difference, int64_t row, int64_t column)
{
  ScopeMetrics *out = meter->out;
  if (!isnan (out->max_abs) && difference < out->max_abs)
    return;
  int64_t at[SCOPE_MAX_RANK];
  memcpy (at, meter->index, sizeof at);
  if (meter->options->row_axis >= 0)
    at[meter->options->row_axis] = row;
  if (meter->options->column_axis >= 0)
    at[meter->options->column_axis] = column;
  if (difference == out->max_abs && !is_before (meter, at, out->max_at))
    return;
  out->max_abs = difference;
  memcpy (out->max_at, at, sizeof at);
}

static void
compare_element (Meter *meter, const Block *block, int64_t row, int64_t column)
{
  ScopeMetrics *out = meter->out;
  int64_t at = row * block->read_columns + column;
  double x = meter->x[at], y = meter->y[at];
  double difference = x == y ? 0 : fabs (x - y);
  if (meter->complex)
    difference = hypot (difference, meter->x_imaginary[at] - meter->y_imaginary[at]);
  out->over += x > meter->high;
  out->under += x < meter->low;
  if (isnan (difference))
    {
      out->nans++;
      return;
    }
  meter->squares += difference * difference;
  take_largest (meter, difference, block->row + row, block->column + column);
}

/* ---- windows -------------------------------------------------------------------------------- */

/* Windows in which something is not finite have no similarity. */
static void
add_windows (Meter *meter, const Block *block)
{
  double similarity[BLOCK_COLUMNS], range = meter->options->range;
  double c1 = 0.01 * range * (0.01 * range), c2 = 0.03 * range * (0.03 * range);
  int64_t windows = scope_min (block->columns, block->read_columns - HALO);
  for (int64_t row = 0; row < block->rows && row + WINDOW <= block->read_rows; row++)
    {
      meter->kernels->sum_moments (meter->x + row * block->read_columns,
                                   meter->y + row * block->read_columns, block->read_columns,
                                   block->read_columns, meter->moment);
      meter->kernels->similarities (meter->moment, windows, c1, c2, similarity);
      for (int64_t c = 0; c < windows; c++)
        {
          if (!isfinite (similarity[c]))
            continue;
          meter->similarity += similarity[c];
          meter->windows++;
        }
    }
}

/* ---- blocks and planes ---------------------------------------------------------------------- */

static bool
measure_block (Meter *meter, const Block *block, ScopeError *error)
{
  ScopeRegion region = { .rank = meter->shape->rank };
  for (int axis = 0; axis < region.rank; axis++)
    {
      region.start[axis] = meter->index[axis];
      region.step[axis] = region.count[axis] = 1;
    }
  int row_axis = meter->options->row_axis, column_axis = meter->options->column_axis;
  if (row_axis >= 0)
    {
      region.start[row_axis] = block->row;
      region.count[row_axis] = block->read_rows;
    }
  if (column_axis >= 0)
    {
      region.start[column_axis] = block->column;
      region.count[column_axis] = block->read_columns;
    }
  if (!scope_subject_read (meter->test, &region, meter->reading, meter->x, meter->x_imaginary,
                           error)
      || !scope_subject_read (meter->reference, &region, meter->reading, meter->y,
                              meter->y_imaginary, error))
    return false;

  for (int64_t r = 0; r < block->rows; r++)
    for (int64_t c = 0; c < block->columns; c++)
      compare_element (meter, block, r, c);
  if (meter->ssim)
    add_windows (meter, block);
  return true;
}

/* Dense reading needs rows before columns. A transposed view has the same windows, so the axes'
 * roles are exchanged before (see scope_metrics_read). */
static bool
measure_plane (Meter *meter, ScopeError *error)
{
  int64_t rows = size_of (meter, meter->options->row_axis);
  int64_t columns = size_of (meter, meter->options->column_axis);
  for (int64_t row = 0; row < rows; row += BLOCK_ROWS)
    for (int64_t column = 0; column < columns; column += BLOCK_COLUMNS)
      {
        Block block = { .row = row,
                        .column = column,
                        .rows = scope_min (BLOCK_ROWS, rows - row),
                        .columns = scope_min (BLOCK_COLUMNS, columns - column) };
        block.read_rows = scope_min (block.rows + (meter->ssim ? HALO : 0), rows - row);
        block.read_columns = scope_min (block.columns + (meter->ssim ? HALO : 0), columns - column);
        if (!measure_block (meter, &block, error))
          return false;
      }
  return true;
}

/* The next plane; false after the last. */
static bool
next_plane (Meter *meter)
{
  for (int axis = meter->shape->rank - 1; axis >= 0; axis--)
    {
      if (axis == meter->options->row_axis || axis == meter->options->column_axis)
        continue;
      if (++meter->index[axis] < meter->shape->size[axis])
        return true;
      meter->index[axis] = 0;
    }
  return false;
}

static bool
measure (Meter *meter, ScopeError *error)
{
  do
    if (!measure_plane (meter, error))
      return false;
  while (next_plane (meter));
  return true;
}

static void
finish (Meter *meter)
{
  ScopeMetrics *out = meter->out;
  double range = meter->options->range;
  int64_t compared = out->count - out->nans;
  if (compared == 0)
    return;
  out->mse = meter->squares / (double)compared;
  if (range > 0 && isfinite (range))
    out->psnr = 10 * log10 (range * range / out->mse);
  if (meter->ssim && meter->windows > 0)
    out->ssim = meter->similarity / (double)meter->windows;
}

static bool
allocate (Meter *meter, double **memory, ScopeError *error)
{
  size_t row = BLOCK_COLUMNS + HALO;
  size_t parts = meter->complex ? 4 : 2;
  double *at = *memory = malloc ((parts * MOST + MOMENTS * row) * sizeof *at);
  if (at == NULL)
    return scope_fail (error, SCOPE_ERROR_MEMORY, -1, "There is no memory left to compare.");
  meter->x = at;
  meter->y = at + MOST;
  if (meter->complex)
    {
      meter->x_imaginary = at + 2 * MOST;
      meter->y_imaginary = at + 3 * MOST;
    }
  for (int m = 0; m < MOMENTS; m++)
    meter->moment[m] = at + parts * MOST + (size_t)m * row;
  return true;
}

bool
scope_metrics_read (const ScopeSubject *test,
                    const ScopeSubject *reference,
                    const ScopeMetricsOptions *options,
                    const ScopeReading *reading,
                    ScopeMetrics *out,
                    ScopeError *error)
{
  const ScopeShape *shape = scope_subject_shape (test);
  if (!scope_shape_equal (shape, scope_subject_shape (reference)))
    return scope_fail (error, SCOPE_ERROR_SHAPE, -1,
                       "The two have different shapes, so there is nothing to compare element by "
                       "element. Give both the same size.");
  ScopeMetrics found = { .mse = NAN, .psnr = NAN, .ssim = NAN, .max_abs = NAN };
  if (!scope_shape_count (shape, &found.count, error))
    return false;

  /* A window is as wide as it is high, so rows and columns may change places. */
  ScopeMetricsOptions upright = *options;
  if (options->row_axis > options->column_axis)
    {
      upright.row_axis = options->column_axis;
      upright.column_axis = options->row_axis;
    }
  double margin = ROUNDING * (options->high - options->low);
  Meter meter = { .test = test,
                  .reference = reference,
                  .options = &upright,
                  .reading = reading,
                  .kernels = scope_scan_kernels (),
                  .shape = shape,
                  .complex =
                      scope_subject_is_complex (test) || scope_subject_is_complex (reference),
                  .low = options->low - margin,
                  .high = options->high + margin,
                  .out = &found };
  meter.ssim = !meter.complex && upright.row_axis >= 0 && upright.column_axis >= 0
               && options->range > 0 && isfinite (options->range)
               && size_of (&meter, upright.row_axis) >= WINDOW
               && size_of (&meter, upright.column_axis) >= WINDOW;
  if (meter.complex)
    meter.low = meter.high = NAN;

  double *memory = NULL;
  bool done = allocate (&meter, &memory, error) && (found.count == 0 || measure (&meter, error));
  free (memory);
  if (!done)
    return false;
  finish (&meter);
  *out = found;
  return true;
}
