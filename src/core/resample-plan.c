/* How planes are resampled: which rows at a time, which part of a row, on how many threads. */
#include "core/resample-planes.h"

#include "core/checked.h"

#include <stdlib.h>

enum
{
  THREAD_OUTPUTS = 400 * 1000, /* below this, waking threads costs more than it saves */
  PARTS_PER_THREAD = 4,
  BATCH = 4,                /* rows whose columns are made at once, at least */
  CACHE_BYTES = 640 * 1024, /* what is worked on: most of a common second-level cache */
  LEAST_STRIP = 1024,       /* elements of a row that are made at a time, at least */
  STREAM_BYTES = 16 << 20,  /* larger results are written past the caches */
  FETCH_BYTES = 4 << 20,    /* smaller inputs are in some cache */
  FEW_CHANNELS = 16,        /* more neighbours that are resampled alike are vectors themselves */
};

typedef ScopeStrip Strip;
typedef ScopePlanesJob Job;

/* ---- what to do -------------------------------------------------------------------------------
 */

bool
scope_planes_begin (ScopePlanes *planes, const ScopeResampleBlock *block)
{
  int last = block->rank - 1, resampled = 0;
  *planes = (ScopePlanes){ .block = block, .row_axis = -1, .column_axis = -1, .channels = 1 };
  for (int a = 0; a <= last; a++)
    {
      const ScopeBlockAxis *axis = &block->axis[a];
      if (axis->table == NULL)
        continue;
      resampled++;
      if (axis->table->tap_step != 0 && axis->table->tap_step != 1)
        return false;
    }
  if (last < 0 || resampled < 1 || resampled > 2 || block->axis[last].in_stride != 1
      || block->axis[last].out_stride != 1)
    return false;
  if (block->axis[last].table != NULL)
    planes->column_axis = last;
  else if (last > 0 && block->axis[last - 1].table != NULL)
    {
      /* Columns whose elements are a few neighbours, or rows of many. */
      const ScopeBlockAxis *axis = &block->axis[last - 1];
      int64_t channels = block->axis[last].outputs;
      if (channels <= FEW_CHANNELS && axis->in_stride == channels && axis->out_stride == channels)
        {
          planes->channels = channels;
          planes->column_axis = last - 1;
        }
      else
        planes->row_axis = last - 1;
    }
  if (planes->column_axis > 0)
    planes->row_axis = planes->column_axis - 1;
  for (int a = 0; a <= last; a++)
    if (block->axis[a].table != NULL && a != planes->row_axis && a != planes->column_axis)
      return false;
  return true;
}

/* Elements of a row of the input and of the output. */
static void
row_lengths (const ScopePlanes *planes, int64_t *in, int64_t *out)
{
  const ScopeResampleBlock *block = planes->block;
  const ScopeBlockAxis *axis =
      &block->axis[planes->column_axis >= 0 ? planes->column_axis : block->rank - 1];
  *in = axis->inputs * planes->channels;
  *out = axis->outputs * planes->channels;
}

/* How many pixels of a row to make at a time, so that what is worked on stays in a cache. */
static int64_t
strip_pixels (const Job *job, int32_t rows_read)
{
  const ScopePlanes *planes = job->planes;
  int64_t in, out;
  row_lengths (planes, &in, &out);
  double bytes = (double)in * (double)job->element * (2.0 * rows_read + job->batch);
  if (planes->column_axis >= 0 && job->table == NULL)
    bytes = 0;
  else if (planes->column_axis >= 0 && !planes->rows_first)
    bytes = (double)out * (double)job->element * job->ring;
  int64_t pixels = out / planes->channels, cuts = (int64_t)(bytes / CACHE_BYTES) + 1;
  int64_t least = LEAST_STRIP / planes->channels;
  int64_t strip = scope_max (pixels / cuts, least) / SCOPE_MOST_LANES * SCOPE_MOST_LANES;
  return pixels < strip + least ? pixels : strip;
}

static bool
make_divisors (Strip *strip, const ScopeColumns *columns, ScopeError *error)
{
  strip->divisor = malloc ((size_t)columns->outputs * sizeof *strip->divisor);
  if (strip->divisor == NULL)
    return scope_fail (error, SCOPE_ERROR_MEMORY, -1, "memory ran out while resampling");
  for (int64_t j = 0; j < columns->outputs; j++)
    {
      strip->divisor[j] = columns->taps[j / columns->channels];
      strip->divisor_step |= strip->divisor[j] != strip->divisor[0];
    }
  return true;
}

static bool
make_strip (Job *job, Strip *strip, int64_t pixel, int64_t pixels, ScopeError *error)
{
  const ScopePlanes *planes = job->planes;
  if (planes->column_axis < 0)
    {
      strip->in = strip->out = pixel;
      strip->inputs = strip->outputs = pixels;
      return true;
    }
  const ScopeBlockAxis *axis = &planes->block->axis[planes->column_axis];
  int64_t begin = axis->input, end = axis->input + axis->inputs;
  if (pixels < axis->outputs || axis->inputs > 2 * SCOPE_SLACK)
    scope_resample_table_span (axis->table, axis->output + pixel, pixels, &begin, &end);
  if (pixels == axis->outputs && end - begin > axis->inputs * 7 / 8)
    { /* as prepared before */
      begin = axis->input;
      end = axis->input + axis->inputs;
    }
  strip->columns = scope_columns_kept (axis->table, axis->output + pixel, pixels, begin,
                                       end - begin, planes->channels, job->rows * job->count,
                                       job->kernels, &strip->kept, error);
  if (strip->columns == NULL)
    return false;
  strip->in = (begin - axis->input) * planes->channels;
  strip->inputs = (end - begin) * planes->channels;
  strip->out = pixel * planes->channels;
  strip->outputs = pixels * planes->channels;
  job->pads |= strip->columns->padded && (job->table == NULL || !planes->rows_first);
  if (strip->columns->kind == SCOPE_COLUMNS_TURNED && job->kernels->ability.lanes > job->batch)
    job->batch = job->kernels->ability.lanes;
  job->scratch = strip->columns->scratch > job->scratch ? strip->columns->scratch : job->scratch;
  return axis->table->axis.filter != SCOPE_FILTER_AREA
         || make_divisors (strip, strip->columns, error);
}

static bool
make_strips (Job *job, ScopeError *error)
{
  int64_t in, out, most_in = 0, most_out = 0;
  row_lengths (job->planes, &in, &out);
  int64_t pixels = out / job->planes->channels;
  int64_t each = strip_pixels (job, job->most_rows);
  int strips = (int)((pixels + each - 1) / each);
  job->strip = calloc ((size_t)strips, sizeof *job->strip);
  if (job->strip == NULL)
    return scope_fail (error, SCOPE_ERROR_MEMORY, -1, "memory ran out while resampling");
  for (int64_t at = 0; at < pixels; at += each)
    {
      /* What is left is not worth a strip of its own. */
      int64_t here = pixels - at < each + each / 2 ? pixels - at : each;
      Strip *strip = &job->strip[job->strips++];
      if (!make_strip (job, strip, at, here, error))
        return false;
      most_in = scope_max (most_in, strip->inputs);
      most_out = scope_max (most_out, strip->outputs);
      if (here > each)
        break;
    }
  bool narrow = job->planes->column_axis >= 0 && job->table != NULL && !job->planes->rows_first;
  int64_t length = scope_max (most_in, narrow ? most_out : 0) + 2 * SCOPE_SLACK;
  /* Rows that are a power of 2 apart would fight for the same lines of a cache. */
  job->buffer = scope_rounded ((size_t)length * job->element) + 3 * SCOPE_WIDEST_VECTOR;
  job->temporary = job->stream || job->same_rows
                       ? scope_rounded ((size_t)most_out * job->element) + 3 * SCOPE_WIDEST_VECTOR
                       : 0;
  return true;
}

/* The most rows that a group of outputs reads. */
static int32_t
most_rows_read (const Job *job)
{
  const ScopeResampleTable *table = job->table;
  const int64_t *first = table->first + job->row_output;
  int64_t most = 0, last = job->rows - 1, taps = scope_resample_table_most (table);
  int64_t limit = taps * SCOPE_GROUP; /* of the same rows: no more than one reads */
  for (int64_t y = 0; y <= last && table->tap_step != 0; y++)
    most = scope_max (most, first[scope_min (y + SCOPE_GROUP - 1, last)] - first[y]);
  return (int32_t)scope_min (most + taps, limit);
}

/* Rows of a ring that holds what a group reads and a batch: a power of 2. */
static int
ring_rows (const Job *job)
{
  int ring = 1;
  while (ring < job->most_rows + job->batch)
    ring *= 2;
  return ring;
}

static bool
has_same_rows (const Job *job)
{
  if (job->table->axis.in != job->table->axis.out || job->kernels->is_plain == NULL)
    return false;
  int64_t first = scope_resample_only (job->table, job->row_output);
  for (int64_t y = 0; y < job->rows && first >= 0; y++)
    if (scope_resample_only (job->table, job->row_output + y) != first + y)
      return false;
  return first >= 0;
}

static void
plan_rows (Job *job)
{
  const ScopePlanes *planes = job->planes;
  const ScopeResampleBlock *block = planes->block;
  job->rows = 1;
  job->batch = (int)scope_max (BATCH, job->kernels->group);
  if (planes->row_axis < 0)
    return;
  const ScopeBlockAxis *axis = &block->axis[planes->row_axis];
  job->table = axis->table;
  job->row_output = axis->output;
  job->row_input = axis->table == NULL ? 0 : axis->input;
  job->rows = axis->outputs;
  job->in_pitch = axis->in_stride * (int64_t)job->element;
  job->out_pitch = axis->out_stride * (int64_t)job->element;
  if (job->table != NULL)
    {
      job->most_rows = most_rows_read (job);
      job->same_rows = has_same_rows (job);
    }
}

static void
plan_parts (Job *job, ScopeExecutor *executor, double outputs)
{
  job->parts = 1;
  if (executor != NULL && executor->threads > 1 && outputs >= THREAD_OUTPUTS)
    job->parts =
        (int)scope_min ((int64_t)executor->threads * PARTS_PER_THREAD, job->rows * job->count);
}

static void
clear (Job *job)
{
  for (int s = 0; s < job->strips; s++)
    {
      if (!job->strip[s].kept)
        scope_columns_free ((ScopeColumns *)(uintptr_t)job->strip[s].columns);
      free (job->strip[s].divisor);
    }
  free (job->strip);
}

bool
scope_planes_run (const ScopePlanes *planes, ScopeExecutor *executor, ScopeError *error)
{
  const ScopeResampleBlock *block = planes->block;
  Job job = { .planes = planes, .kernels = planes->kernels, .element = block->element, .count = 1 };
  int inner = planes->row_axis >= 0 ? planes->row_axis : planes->column_axis;
  double outputs = 1, inputs = 1;
  for (int a = 0; a < block->rank; a++)
    {
      outputs *= (double)block->axis[a].outputs;
      inputs *= (double)block->axis[a].inputs;
      if (a < inner)
        job.count *= block->axis[a].outputs;
      if (block->axis[a].table != NULL)
        job.means |= block->axis[a].table->axis.filter == SCOPE_FILTER_AREA;
    }
  job.stream = outputs * (double)block->element > STREAM_BYTES;
  job.fetch = inputs * (double)block->element > FETCH_BYTES;
  plan_rows (&job);
  job.ring = ring_rows (&job);
  bool fine = make_strips (&job, error);
  if (planes->rows_first || job.table == NULL || planes->column_axis < 0)
    job.ring = planes->column_axis < 0 ? 0 : job.batch;
  else
    job.ring = ring_rows (&job);
  plan_parts (&job, executor, outputs);
  if (fine)
    scope_execute (executor, job.parts, scope_planes_part, &job);
  clear (&job);
  if (!fine)
    return false;
  if (atomic_load (&job.failed))
    return scope_fail (error, SCOPE_ERROR_MEMORY, -1, "memory ran out while resampling");
  return true;
}
