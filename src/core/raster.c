/* Maps windows of numbers to pixels: whole rows at once, tiles that are turned where neighbours
 * stand below each other, in bands on several threads. */
#include "core/raster.h"

#include "core/checked.h"
#include "core/copy.h"
#include "core/raster-guess.h"
#include "core/raster-kernels.h"

#include <float.h>
#include <math.h>
#include <string.h>

enum
{
  BLOCK = 2048,            /* elements converted at once; stay in the first cache */
  TILE = 64,               /* rows at once */
  TILE_COLUMNS = 128,      /* columns of theirs that are turned at once */
  STREAM_BYTES = 16 << 20, /* larger pictures are written past the caches */
  BAND_PIXELS = 200000,    /* of a thread at least: waking one costs as much as mapping these */
  BANDS = 4,               /* of a thread, so that one that is late does not delay all */
};

/* ---- preparing ------------------------------------------------------------------------------ */

/* The smallest float that is not less: no float lies between. NaN stays NaN. */
static float
round_up (double value)
{
  float near = (float)value;
  return (double)near < value ? nextafterf (near, INFINITY) : near;
}

static float
round_down (double value)
{
  return -round_up (-value);
}

static float
previous_float (float value)
{
  return nextafterf (value, -INFINITY);
}

static double
previous_double (double value)
{
  return nextafter (value, -INFINITY);
}

static float
guess_float (const ScopeRaster *raster, float value)
{
  return raster->logarithmic ? scope_guess_log_float (raster, value)
                             : scope_guess_even_float (raster, value);
}

static double
guess_double (const ScopeRaster *raster, double value)
{
  return raster->logarithmic ? scope_guess_log_double (raster, value)
                             : scope_guess_even_double (raster, value);
}

/* Finds how far guesses are from the places at which colors begin and end, at worst: guesses grow
 * with the value, so no other value is worse, but for the rounding of logarithms, which is less
 * than 32 times that of numbers about 1. What is farther from a whole number is sure. */
#define DEFINE_CHECK(T, previous, epsilon)                                                         \
  static bool check_##T (const ScopeRaster *raster, T *sure)                                       \
  {                                                                                                \
    const T *first = raster->for_##T.first;                                                        \
    T worst = raster->logarithmic ? 32 * epsilon * raster->for_##T.scale : 0;                      \
    bool exact = !raster->logarithmic;                                                             \
    if (!(raster->for_##T.scale > 0 && isfinite (raster->for_##T.scale)                            \
          && isfinite (raster->for_##T.origin)))                                                   \
      return false;                                                                                \
    for (int k = 1; k < raster->colors; k++)                                                       \
      {                                                                                            \
        T early = (T)k - guess_##T (raster, first[k]);                                             \
        T late = guess_##T (raster, previous (first[k])) - (T)k;                                   \
        if (!(isfinite (first[k]) && early < (T)0.25 && late < (T)0.25)) /* or NaN */              \
          return false;                                                                            \
        exact = exact && early <= 0 && late < 0;                                                   \
        worst = early > worst ? early : worst;                                                     \
        worst = late > worst ? late : worst;                                                       \
      }                                                                                            \
    *sure = exact ? 1 : (T)0.5 - worst - (T)(4 * raster->colors) * epsilon;                        \
    return exact || *sure > (T)0.25;                                                               \
  }
DEFINE_CHECK (float, previous_float, FLT_EPSILON)
DEFINE_CHECK (double, previous_double, DBL_EPSILON)
#undef DEFINE_CHECK

/* One type's tables. */
#define DEFINE_FILL(T, up, down)                                                                   \
  static void fill_##T (ScopeRaster *raster)                                                       \
  {                                                                                                \
    raster->for_##T.origin = (T)raster->origin;                                                    \
    raster->for_##T.scale = (T)raster->scale;                                                      \
    raster->for_##T.threshold = (T)raster->threshold;                                              \
    raster->for_##T.slope = (T)raster->slope;                                                      \
    raster->for_##T.base = (T)raster->base;                                                        \
    raster->for_##T.top = (T)raster->colors - (T)0.5;                                              \
    raster->for_##T.least = up (raster->least);                                                    \
    raster->for_##T.low = up (raster->low);                                                        \
    raster->for_##T.high = down (raster->high);                                                    \
    raster->for_##T.first[0] = -INFINITY;                                                          \
    for (int k = 1; k <= SCOPE_RASTER_COLORS; k++)                                                 \
      raster->for_##T.first[k] = k < raster->colors ? up (raster->first[k]) : (T)NAN;              \
    raster->for_##T.direct = check_##T (raster, &raster->for_##T.sure);                            \
  }
DEFINE_FILL (float, round_up, round_down)
DEFINE_FILL (double, (double), (double))
#undef DEFINE_FILL

void
scope_raster_prepare (ScopeRaster *raster)
{
  fill_float (raster);
  fill_double (raster);
  for (int k = 0; k < 256; k++)
    for (int channel = 0; channel < 4; channel++)
      raster->channel[channel][k] =
          (uint8_t)(k < raster->colors ? raster->color[k] >> 8 * channel : 0);
}

/* ---- runs of neighbours --------------------------------------------------------------------- */

typedef struct
{
  const ScopeRaster *raster;
  const ScopeRasterWindow *window;
  const ScopeRasterKernels *kernels;
  uint32_t *out;
  int64_t pitch;
  bool *outside;
  bool stream;
  int64_t band; /* rows */
  int bands;
  _Atomic bool any;
  ScopeRasterBytes bytes; /* of types of one byte */
} Job;

static bool
is_aligned (const void *data, size_t bytes)
{
  return (uintptr_t)data % bytes == 0;
}

/* Whether every element is a float as well. */
static bool
fits_float (ScopeDtype dtype)
{
  return scope_dtype_bytes (dtype) <= 2 || dtype == SCOPE_FLOAT32;
}

/* Neighbours as floats or doubles, a BLOCK of them at most. */
static void
convert (const ScopeRasterKernels *kernels,
         ScopeDtype dtype,
         const void *in,
         void *out,
         int64_t count)
{
  if (kernels->convert[dtype] != NULL && is_aligned (in, scope_dtype_bytes (dtype)))
    kernels->convert[dtype](in, out, count);
  else
    scope_dtype_convert (dtype, in, 1, fits_float (dtype) ? SCOPE_FLOAT32 : SCOPE_FLOAT64, out, 1,
                         count);
}

static void
map_converted (const Job *job, const ScopeRasterLines *lines)
{
  ScopeDtype dtype = job->window->dtype;
  int64_t bytes = (int64_t)scope_dtype_bytes (dtype);
  bool narrow = fits_float (dtype);
  union
  {
    float f[BLOCK];
    double d[BLOCK];
  } block;
  for (int64_t row = 0; row < lines->rows; row++)
    for (int64_t i = 0, part; i < lines->columns; i += part)
      {
        ScopeRasterLines some = { .in = &block,
                                  .out = lines->out + row * lines->out_pitch + i,
                                  .rows = 1,
                                  .stream = lines->stream,
                                  .outside = &lines->outside[row] };
        /* Blocks end where vectors do. */
        part = BLOCK - (int64_t)((uintptr_t)some.out / sizeof *some.out % 16);
        part = some.columns = scope_min (part, lines->columns - i);
        convert (job->kernels, dtype, (const char *)lines->in + (row * lines->in_pitch + i) * bytes,
                 &block, part);
        (narrow ? job->kernels->map_float : job->kernels->map_double) (job->raster, &some);
      }
}

/* Lines of the window's type, of any alignment. */
static void
map_lines (const Job *job, const ScopeRasterLines *lines)
{
  ScopeDtype dtype = job->window->dtype;
  if (scope_dtype_bytes (dtype) == 1)
    job->kernels->map_bytes (&job->bytes, lines);
  else if (dtype == SCOPE_FLOAT32 && is_aligned (lines->in, sizeof (float)))
    job->kernels->map_float (job->raster, lines);
  else if (dtype == SCOPE_FLOAT64 && is_aligned (lines->in, sizeof (double)))
    job->kernels->map_double (job->raster, lines);
  else
    map_converted (job, lines);
}

static void
fill_bytes (Job *job)
{
  for (int i = 0; i < 256; i++)
    {
      uint8_t byte = (uint8_t)i;
      bool outside = false;
      ScopeRasterLines one = {
        .in = &byte, .out = &job->bytes.pixel[i], .rows = 1, .columns = 1, .outside = &outside
      };
      map_converted (job, &one);
      job->bytes.outside[i] = outside;
      job->bytes.any_outside |= outside;
      for (int channel = 0; channel < 3; channel++)
        job->bytes.channel[channel][i] = (uint8_t)(job->bytes.pixel[i] >> 8 * channel);
    }
}

/* ---- bands ---------------------------------------------------------------------------------- */

static const char *
element_at (const ScopeRasterWindow *window, int64_t row, int64_t column)
{
  int64_t place = row * window->row_stride + column * window->column_stride;
  return (const char *)window->data + place * (int64_t)scope_dtype_bytes (window->dtype);
}

static void
report (Job *job, int64_t row, int64_t rows, const bool *outside)
{
  bool any = false;
  for (int64_t r = 0; r < rows; r++)
    {
      any |= outside[r];
      if (job->outside != NULL)
        job->outside[row + r] = outside[r];
    }
  if (any)
    job->any = true;
}

/* Copies a tile to neighbours, `columns` in a row. */
static void
turn_tile (const Job *job, int64_t row, int64_t rows, int64_t column, int64_t columns, void *tile)
{
  const ScopeRasterWindow *window = job->window;
  size_t bytes = scope_dtype_bytes (window->dtype);
  const char *in = element_at (window, row, column);
  int64_t following = scope_min (window->columns - column - columns, columns);
  if (window->row_stride == 1 && bytes >= 4 && is_aligned (in, bytes))
    {
      (bytes == 4 ? job->kernels->turn_32 : job->kernels->turn_64) (
          in, window->column_stride, tile, columns, rows, columns, following);
      return;
    }
  const int64_t count[2] = { rows, columns }, out_stride[2] = { columns, 1 };
  const int64_t in_stride[2] = { window->row_stride, window->column_stride };
  scope_copy (2, count, bytes, in, in_stride, 0, tile, out_stride, 0);
}

/* Rows, at most TILE of them, whose neighbours stand elsewhere. */
static void
map_turned (Job *job, int64_t row, int64_t rows, bool *outside)
{
  uint64_t tile[TILE * TILE_COLUMNS];
  for (int64_t column = 0; column < job->window->columns; column += TILE_COLUMNS)
    {
      int64_t columns = scope_min (TILE_COLUMNS, job->window->columns - column);
      ScopeRasterLines lines = { .in = tile,
                                 .in_pitch = columns,
                                 .out = job->out + row * job->pitch + column,
                                 .out_pitch = job->pitch,
                                 .rows = rows,
                                 .columns = columns,
                                 .stream = job->stream,
                                 .outside = outside };
      turn_tile (job, row, rows, column, columns, tile);
      map_lines (job, &lines);
    }
}

static void
map_straight (Job *job, int64_t row, int64_t rows, bool *outside)
{
  ScopeRasterLines lines = { .in = element_at (job->window, row, 0),
                             .in_pitch = job->window->row_stride,
                             .out = job->out + row * job->pitch,
                             .out_pitch = job->pitch,
                             .rows = rows,
                             .columns = job->window->columns,
                             .stream = job->stream,
                             .outside = outside };
  map_lines (job, &lines);
}

static void
map_band (void *data, int index)
{
  Job *job = data;
  int64_t begin = index * job->band, end = scope_min (begin + job->band, job->window->rows);
  for (int64_t row = begin; row < end; row += TILE)
    {
      bool outside[TILE] = { false };
      int64_t rows = scope_min (TILE, end - row);
      (job->window->column_stride == 1 ? map_straight : map_turned) (job, row, rows, outside);
      report (job, row, rows, outside);
    }
}

static const ScopeRasterKernels *
kernels_of_level (ScopeCpuLevel level)
{
#ifdef __x86_64__
  static const ScopeRasterKernels *const kernels[SCOPE_N_CPU_LEVELS] = {
    [SCOPE_CPU_BASELINE] = &scope_raster_baseline,
    [SCOPE_CPU_AVX2] = &scope_raster_avx2,
    [SCOPE_CPU_AVX512] = &scope_raster_avx512,
    [SCOPE_CPU_AVX512_VBMI] = &scope_raster_vbmi,
  };
  return kernels[level];
#else
  return &scope_raster_baseline;
#endif
}

/* Bands of whole tiles. */
static void
cut_bands (Job *job, ScopeExecutor *executor)
{
  int64_t rows = job->window->rows, pixels = rows * job->window->columns;
  int64_t threads = executor == NULL ? 1 : scope_min (executor->threads, pixels / BAND_PIXELS);
  int64_t bands = threads > 1 ? threads * BANDS : 1;
  job->band = scope_max ((rows + bands - 1) / bands, 1);
  if (bands > 1)
    job->band = (job->band + TILE - 1) / TILE * TILE;
  job->bands = (int)((rows + job->band - 1) / job->band);
}

bool
scope_raster_map_at (const ScopeRaster *raster,
                     const ScopeRasterWindow *window,
                     uint32_t *out,
                     int64_t pitch,
                     bool *outside,
                     ScopeCpuLevel level,
                     ScopeExecutor *executor)
{
  if (window->rows <= 0 || window->columns <= 0)
    return false;
  Job job = { .raster = raster,
              .window = window,
              .kernels = kernels_of_level (level),
              .out = out,
              .pitch = pitch,
              .outside = outside,
              .stream = window->rows * window->columns > STREAM_BYTES / 4 };
  if (scope_dtype_bytes (window->dtype) == 1)
    fill_bytes (&job);
  cut_bands (&job, executor);
  scope_execute (executor, job.bands, map_band, &job);
  return job.any;
}

bool
scope_raster_map (const ScopeRaster *raster,
                  const ScopeRasterWindow *window,
                  uint32_t *out,
                  int64_t pitch,
                  bool *outside,
                  ScopeExecutor *executor)
{
  return scope_raster_map_at (raster, window, out, pitch, outside, scope_cpu_level (), executor);
}

/* ---- kinds ---------------------------------------------------------------------------------- */

void
scope_raster_sort_at (const ScopeRaster *raster,
                      const ScopeRasterWindow *window,
                      int64_t row,
                      uint8_t *kind,
                      ScopeCpuLevel level)
{
  const ScopeRasterKernels *kernels = kernels_of_level (level);
  ScopeDtype dtype = window->dtype;
  size_t bytes = scope_dtype_bytes (dtype);
  for (int64_t i = 0; i < window->columns; i += BLOCK)
    {
      int64_t count = scope_min (BLOCK, window->columns - i);
      double tile[BLOCK], number[BLOCK];
      const void *in = element_at (window, row, i);
      if (window->column_stride != 1 || !is_aligned (in, bytes))
        {
          const int64_t one = 1;
          scope_copy (1, &count, bytes, in, &window->column_stride, 0, tile, &one, 0);
          in = tile;
        }
      if (dtype != SCOPE_FLOAT32 && dtype != SCOPE_FLOAT64)
        {
          convert (kernels, dtype, in, number, count);
          in = number;
        }
      (fits_float (dtype) ? kernels->sort_float : kernels->sort_double) (raster, in, count,
                                                                         kind + i);
    }
}

void
scope_raster_sort (const ScopeRaster *raster,
                   const ScopeRasterWindow *window,
                   int64_t row,
                   uint8_t *kind)
{
  scope_raster_sort_at (raster, window, row, kind, scope_cpu_level ());
}

/* ---- showing pixels several times ------------------------------------------------------------ */

/* By how much columns grow from each to the next: 1 (always), 0 (at most 1) or −1 (otherwise). */
static int
growth_of (const int32_t *column, int64_t columns)
{
  int growth = 1;
  for (int64_t i = 1; i < columns; i++)
    {
      int32_t step = column[i] - column[i - 1];
      if (step < 0 || step > 1)
        return -1;
      growth = step == 1 ? growth : 0;
    }
  return growth;
}

void
scope_raster_spread_at (const ScopeRasterSpread *spread,
                        uint32_t *out,
                        int64_t pitch,
                        ScopeCpuLevel level)
{
  int growth = growth_of (spread->column, spread->columns);
  void (*pick) (const uint32_t *, int64_t, const int32_t *, int64_t, uint32_t *) =
      growth == 0 ? kernels_of_level (level)->spread : scope_raster_baseline.spread;
  for (int64_t y = 0; y < spread->rows; y++)
    {
      uint32_t *line = out + y * pitch;
      const uint32_t *from = spread->from + spread->row[y] * spread->from_pitch;
      size_t bytes = (size_t)spread->columns * sizeof *line;
      if (y > 0 && spread->row[y] == spread->row[y - 1])
        memcpy (line, line - pitch, bytes);
      else if (growth == 1 && bytes > 0)
        memcpy (line, from + spread->column[0], bytes);
      else
        pick (from, spread->from_columns, spread->column, spread->columns, line);
    }
}

void
scope_raster_spread (const ScopeRasterSpread *spread, uint32_t *out, int64_t pitch)
{
  scope_raster_spread_at (spread, out, pitch, scope_cpu_level ());
}
