/* Resampling the rows of planes, their columns, or both. One output row after the other: the rows
 * it is made from stay in a small ring or buffer, so that memory is read once, in order, and the
 * rows that come next are fetched meanwhile. */
#include "core/resample-kernels.h"

#include "core/checked.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

enum
{
  THREAD_OUTPUTS = 400 * 1000, /* below this, waking threads costs more than it saves */
  PARTS_PER_THREAD = 4,
  BATCH = 4,                /* rows whose columns are made at once, at least */
  CACHE_BYTES = 640 * 1024, /* what is worked on: most of a common second-level cache */
  LEAST_STRIP = 1024,       /* elements of a row that are made at a time, at least */
  STREAM_BYTES = 16 << 20,  /* larger results are written past the caches */
  FETCH_BYTES = 1 << 20,    /* smaller inputs are in some cache */
  FEW_CHANNELS = 16,        /* more neighbours that are resampled alike are vectors themselves */
};

/* Some outputs of a row, and the elements they are made from. */
typedef struct
{
  const ScopeColumns *columns; /* NULL: rows are only summed */
  bool kept;                   /* … with the table */
  int64_t out, outputs;        /* elements of a row of the output */
  int64_t in, inputs;          /* elements of a row of the input */
  int32_t *divisor;            /* [outputs] means: how many elements each is of, or NULL */
  int64_t divisor_step;        /* 0: all have as many */
} Strip;

typedef struct
{
  const ScopePlanes *planes;
  const ScopeKernels *kernels;
  const ScopeResampleTable *table; /* of the rows, or NULL */
  int64_t row_output, row_input;
  int64_t rows, in_pitch, out_pitch; /* output rows of a plane; pitches in bytes */
  int64_t count;                     /* planes */
  size_t element;
  int batch;
  int ring;          /* rows, a power of 2 */
  int32_t most_rows; /* pointers that one group needs */
  Strip *strip;
  int strips;
  bool stream, fetch, means, pads;
  size_t buffer; /* bytes of one row of the buffer or ring */
  size_t temporary;
  size_t scratch; /* of the kernels */
  int parts;
  atomic_bool failed;
} Job;

/* What a part works with. */
typedef struct
{
  const Job *job;
  const Strip *strip;
  const char *in; /* a plane's first row, at the strip's first element */
  char *out;
  char *buffer, *temporary;
  char *padded;
  void *scratch;
  const void **row;
  int64_t *held; /* the row that each place of the ring holds, or −1 */
  ScopeFetch fetch;
} Work;

/* ---- groups of rows ---------------------------------------------------------------------------
 */

int32_t
scope_rows_begin (ScopeRows *rows, const ScopeResampleTable *table, int64_t output, int64_t most)
{
  bool wide = scope_arithmetic_is_wide (table->axis.arithmetic);
  int64_t stride = table->stride * (int64_t)(wide ? sizeof (double) : sizeof (float));
  const int64_t *first = table->first + output;
  const int32_t *taps = table->taps + output;
  int count = 1;
  if (table->weight != NULL && table->tap_step == 1)
    while (count < most && first[count] >= first[count - 1]
           && first[count] < first[count - 1] + taps[count - 1]
           && first[count] + taps[count] >= first[count - 1] + taps[count - 1])
      count++;
  rows->outputs = count;
  for (int g = 0; g < count; g++)
    {
      rows->first[g] = (int32_t)(first[g] - first[0]);
      rows->taps[g] = taps[g];
      rows->weight[g] =
          table->weight == NULL ? NULL : (const char *)table->weight + (output + g) * stride;
    }
  return rows->first[count - 1] + rows->taps[count - 1];
}

/* ---- means ------------------------------------------------------------------------------------
 */

/* Sums become means: the framework divides by the counts from the first axis to the last. */
static void
divide_row (const Work *work, int64_t y, void *out)
{
  const Job *job = work->job;
  const Strip *strip = work->strip;
  static const int32_t one = 1;
  const ScopeResampleTable *table = job->table;
  bool rows = table != NULL && table->axis.filter == SCOPE_FILTER_AREA;
  int32_t all = rows ? table->taps[job->row_output + y] : 1;
  const int32_t *divisor = strip->divisor != NULL ? strip->divisor : &one;
  job->kernels->divide (out, all, divisor, strip->divisor != NULL ? strip->divisor_step : 0,
                        strip->outputs);
}

/* ---- rows, then columns -----------------------------------------------------------------------
 */

static const char *
input_row (const Work *work, int64_t element)
{
  const Job *job = work->job;
  return work->in + (element - job->row_input) * job->in_pitch;
}

static char *
output_row (const Work *work, int64_t y)
{
  return work->out + y * work->job->out_pitch;
}

/* What the outputs from y + count on read and the ones before do not. */
static void
fetch_rows (Work *work, int64_t y, int64_t count, int64_t end, int64_t more)
{
  const Job *job = work->job;
  const ScopeResampleTable *table = job->table;
  work->fetch.rows = 0;
  if (!job->fetch || y + count >= end)
    return;
  int64_t begin, stop, low, high, next = scope_min (more, end - y - count);
  if (table == NULL)
    {
      begin = y + count;
      stop = begin + next;
    }
  else
    {
      scope_resample_table_span (table, job->row_output + y, count, &low, &high);
      scope_resample_table_span (table, job->row_output + y + count, next, &begin, &stop);
      if (begin < low)
        return; /* they descend */
      begin = scope_max (begin, high);
    }
  if (stop > begin)
    work->fetch = (ScopeFetch){ .row = table == NULL ? work->in + begin * job->in_pitch
                                                     : input_row (work, begin),
                                .pitch = job->in_pitch,
                                .bytes = work->strip->inputs * (int64_t)job->element,
                                .rows = stop - begin };
}

/* Lines to fetch for each of `steps` steps. */
static int
lines_for (const ScopeFetch *fetch, int64_t steps)
{
  if (fetch->rows <= 0)
    return 0;
  int64_t lines = (fetch->bytes + 63) / 64 * fetch->rows;
  return (int)((lines + steps - 1) / scope_max (steps, 1));
}

/* Output rows y…y+count−1 to `to`, their columns not yet made. */
static void
sum_rows (Work *work, int64_t y, int64_t count, int64_t end, char *const *to, bool stream)
{
  const Job *job = work->job;
  ScopeRows rows = { .row = work->row, .stream = stream, .fetch = &work->fetch };
  rows.length = work->strip->inputs;
  for (int64_t i = 0; i < count; i += rows.outputs)
    {
      int64_t output = job->row_output + y + i;
      int64_t most = scope_min (job->kernels->group, count - i);
      int32_t read = scope_rows_begin (&rows, job->table, output, most);
      for (int32_t r = 0; r < read; r++)
        work->row[r] = input_row (work, scope_rows_element (job->table, output, r));
      for (int g = 0; g < rows.outputs; g++)
        rows.out[g] = to[i + g];
      fetch_rows (work, y + i, rows.outputs, end, rows.outputs);
      int64_t chunk = 4 * job->kernels->ability.lanes;
      rows.lines = lines_for (&work->fetch, rows.length / scope_max (chunk, 1));
      job->kernels->rows (&rows);
    }
}

/* Makes the columns of rows y…y+count−1 from `from`. */
static void
finish_rows (Work *work, int64_t y, int count, const void *const *from)
{
  const Job *job = work->job;
  const Strip *strip = work->strip;
  void *to[SCOPE_MOST_LANES] = { NULL };
  bool apart = job->stream;
  for (int i = 0; i < count; i++)
    to[i] = apart ? work->temporary + (size_t)i * job->temporary : output_row (work, y + i);
  int64_t steps = strip->outputs / scope_max (job->kernels->ability.lanes, 1);
  int lines = lines_for (&work->fetch, steps * ((count + 3) / 4));
  job->kernels->columns (strip->columns, count, from, to, work->scratch, &work->fetch, lines);
  for (int i = 0; i < count; i++)
    {
      if (job->means)
        divide_row (work, y + i, to[i]);
      if (apart)
        scope_stream_copy (output_row (work, y + i), to[i], (size_t)strip->outputs * job->element);
    }
}

static void
run_rows_first (Work *work, int64_t begin, int64_t end)
{
  const Job *job = work->job;
  char *buffer[SCOPE_MOST_LANES];
  for (int64_t y = begin; y < end; y += job->batch)
    {
      int count = (int)scope_min (job->batch, end - y);
      for (int i = 0; i < count; i++)
        buffer[i] = work->buffer + (size_t)i * job->buffer;
      sum_rows (work, y, count, end, buffer, false);
      work->fetch.rows = 0;
      finish_rows (work, y, count, (const void *const *)(const void *)buffer);
    }
}

/* Only rows. */
static void
run_rows_only (Work *work, int64_t begin, int64_t end)
{
  const Job *job = work->job;
  char *to[SCOPE_GROUP];
  for (int64_t y = begin; y < end; y += SCOPE_GROUP)
    {
      int64_t count = scope_min (SCOPE_GROUP, end - y);
      bool aligned = true;
      for (int64_t i = 0; i < count; i++)
        aligned = aligned && (uintptr_t)output_row (work, y + i) % SCOPE_WIDEST_VECTOR == 0;
      bool apart = job->stream && (job->means || !aligned);
      for (int64_t i = 0; i < count; i++)
        to[i] = apart ? work->temporary + (size_t)i * job->temporary : output_row (work, y + i);
      sum_rows (work, y, count, end, to, job->stream && !apart);
      for (int64_t i = 0; i < count; i++)
        {
          if (job->means)
            divide_row (work, y + i, to[i]);
          if (apart)
            scope_stream_copy (output_row (work, y + i), to[i],
                               (size_t)work->strip->outputs * job->element);
        }
    }
}

/* Only columns. Narrow rows are copied to where more than they can be read. */
static const void *
readable_row (Work *work, const char *in, int i)
{
  const Job *job = work->job;
  if (!work->strip->columns->padded)
    return in;
  char *copy = work->padded + (size_t)i * job->buffer;
  memcpy (copy, in, (size_t)work->strip->inputs * job->element);
  return copy;
}

static void
run_columns_only (Work *work, int64_t begin, int64_t end)
{
  const Job *job = work->job;
  const void *from[SCOPE_MOST_LANES];
  for (int64_t y = begin; y < end; y += job->batch)
    {
      int count = (int)scope_min (job->batch, end - y);
      for (int i = 0; i < count; i++)
        from[i] = readable_row (work, work->in + (y + i) * job->in_pitch, i);
      fetch_rows (work, y, count, end, job->batch);
      finish_rows (work, y, count, from);
    }
}

/* ---- columns, then rows -----------------------------------------------------------------------
 */

static char *
ring_row (const Work *work, int64_t element)
{
  return work->buffer + (size_t)(element & (work->job->ring - 1)) * work->job->buffer;
}

/* Makes the columns of the input's rows low…high−1 that the ring lacks, and of some after them,
 * up to `more`, while no batch is full. */
static void
fill_ring (Work *work, int64_t low, int64_t high, int64_t more)
{
  const Job *job = work->job;
  const Strip *strip = work->strip;
  const void *from[SCOPE_MOST_LANES];
  void *to[SCOPE_MOST_LANES];
  int64_t row = low;
  while (row < high)
    {
      int count = 0;
      while (row < high && work->held[row & (job->ring - 1)] == row)
        row++;
      int64_t until = row < high ? scope_min (more, row + job->batch) : row;
      for (; row < until; row++)
        {
          int64_t *held = &work->held[row & (job->ring - 1)];
          if (*held == row)
            break;
          *held = row;
          from[count] = readable_row (work, input_row (work, row), count);
          to[count++] = ring_row (work, row);
        }
      if (count == 0)
        break;
      int64_t steps = strip->outputs / scope_max (job->kernels->ability.lanes, 1);
      if (job->fetch)
        work->fetch = (ScopeFetch){ .row = input_row (work, row),
                                    .pitch = job->in_pitch,
                                    .bytes = strip->inputs * (int64_t)job->element,
                                    .rows = scope_min (count, more - row) };
      int lines = lines_for (&work->fetch, steps * ((count + 3) / 4));
      job->kernels->columns (strip->columns, count, from, to, work->scratch, &work->fetch, lines);
    }
}

static void
run_columns_first (Work *work, int64_t begin, int64_t end)
{
  const Job *job = work->job;
  const ScopeResampleTable *table = job->table;
  ScopeFetch none = { 0 };
  ScopeRows rows = { .row = work->row, .fetch = &none, .length = work->strip->outputs };
  int64_t first, last, low, high;
  scope_resample_table_span (table, job->row_output + begin, end - begin, &first, &last);
  for (int r = 0; r < job->ring; r++)
    work->held[r] = -1;
  for (int64_t y = begin; y < end; y += rows.outputs)
    {
      int64_t output = job->row_output + y;
      int32_t read =
          scope_rows_begin (&rows, table, output, scope_min (job->kernels->group, end - y));
      low = scope_rows_element (table, output, 0);
      high = scope_rows_element (table, output, read - 1) + 1;
      bool goes_on = false; /* the rows after these are needed too */
      if (y + rows.outputs < end)
        goes_on = table->first[output + rows.outputs] <= high
                  && table->first[output + rows.outputs] >= low;
      fill_ring (work, low, high, goes_on ? scope_min (high + job->batch, last) : high);
      for (int32_t r = 0; r < read; r++)
        work->row[r] = ring_row (work, scope_rows_element (table, output, r));
      bool aligned = true, apart;
      for (int g = 0; g < rows.outputs; g++)
        aligned = aligned && (uintptr_t)output_row (work, y + g) % SCOPE_WIDEST_VECTOR == 0;
      apart = job->stream && (job->means || !aligned);
      rows.stream = job->stream && !apart;
      for (int g = 0; g < rows.outputs; g++)
        rows.out[g] =
            apart ? work->temporary + (size_t)g * job->temporary : output_row (work, y + g);
      job->kernels->rows (&rows);
      for (int g = 0; g < rows.outputs; g++)
        {
          if (job->means)
            divide_row (work, y + g, rows.out[g]);
          if (apart)
            scope_stream_copy (output_row (work, y + g), rows.out[g],
                               (size_t)rows.length * job->element);
        }
    }
}

/* ---- parts ------------------------------------------------------------------------------------
 */

/* Where plane `index` begins, in elements of the input and the output. */
static void
plane_at (const ScopePlanes *planes, int64_t index, int64_t *in, int64_t *out)
{
  const ScopeResampleBlock *block = planes->block;
  int inner = planes->row_axis >= 0 ? planes->row_axis : planes->column_axis;
  *in = *out = 0;
  for (int a = inner - 1; a >= 0; a--)
    {
      *in += index % block->axis[a].outputs * block->axis[a].in_stride;
      *out += index % block->axis[a].outputs * block->axis[a].out_stride;
      index /= block->axis[a].outputs;
    }
}

static void
run_band (Work *work, int64_t begin, int64_t end)
{
  const Job *job = work->job;
  const Strip *strip = work->strip;
  const ScopeColumns *columns = strip->columns;
  /* Sums of single elements are those elements, when they are sums already. */
  bool copies = columns != NULL && job->table != NULL && job->planes->rows_first
                && columns->kind == SCOPE_COLUMNS_SHIFTED && columns->weight == NULL
                && columns->most == 1 && columns->begin == 0 && columns->end == strip->outputs
                && columns->start[0] == 0 && job->table->weight == NULL;
  if (job->table == NULL)
    run_columns_only (work, begin, end);
  else if (columns == NULL || copies)
    run_rows_only (work, begin, end);
  else if (job->planes->rows_first)
    run_rows_first (work, begin, end);
  else
    run_columns_first (work, begin, end);
}

static size_t
rounded (size_t bytes)
{
  return (bytes + SCOPE_WIDEST_VECTOR - 1) / SCOPE_WIDEST_VECTOR * SCOPE_WIDEST_VECTOR;
}

static void
run_part (void *data, int part)
{
  Job *job = data;
  size_t slack = SCOPE_SLACK * job->element;
  size_t buffers = (size_t)job->ring * job->buffer;
  size_t padded = job->pads ? (size_t)job->batch * job->buffer : 0;
  size_t temporary = (size_t)SCOPE_MOST_LANES * job->temporary;
  size_t rows = rounded ((size_t)job->most_rows * sizeof (void *));
  size_t held = rounded ((size_t)job->ring * sizeof (int64_t));
  slack = rounded (slack);
  char *memory = aligned_alloc (SCOPE_WIDEST_VECTOR, slack + buffers + padded + temporary + rows
                                                         + held + rounded (job->scratch) + slack);
  if (memory == NULL)
    {
      atomic_store (&job->failed, true);
      return;
    }
  char *at = memory + slack;
  Work work = { .job = job, .buffer = at };
  at += buffers;
  work.padded = at;
  at += padded;
  work.temporary = at;
  at += temporary;
  work.row = (const void **)(void *)at;
  at += rows;
  work.held = (int64_t *)(void *)at;
  at += held;
  work.scratch = at;

  int64_t all = job->count * job->rows;
  int64_t begin = all * part / job->parts, end = all * (part + 1) / job->parts;
  while (begin < end)
    {
      int64_t plane = begin / job->rows, y = begin % job->rows, in, out;
      int64_t until = scope_min (job->rows, y + end - begin);
      plane_at (job->planes, plane, &in, &out);
      for (int s = 0; s < job->strips; s++)
        {
          int64_t element = (int64_t)job->element;
          work.strip = &job->strip[s];
          work.in = (const char *)job->planes->block->in + (in + work.strip->in) * element;
          work.out = (char *)job->planes->block->out + (out + work.strip->out) * element;
          work.fetch.rows = 0;
          run_band (&work, y, until);
        }
      begin += until - y;
    }
  free (memory);
}

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
  job->buffer = rounded ((size_t)length * job->element) + 3 * SCOPE_WIDEST_VECTOR;
  job->temporary =
      job->stream ? rounded ((size_t)most_out * job->element) + 3 * SCOPE_WIDEST_VECTOR : 0;
  return true;
}

/* The most rows that a group of outputs reads. */
static int32_t
most_rows_read (const Job *job)
{
  const ScopeResampleTable *table = job->table;
  const int64_t *first = table->first + job->row_output;
  int64_t most = 0, last = job->rows - 1, taps = scope_resample_table_most (table);
  int64_t limit = taps * SCOPE_GROUP;
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
    job->most_rows = most_rows_read (job);
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
    scope_execute (executor, job.parts, run_part, &job);
  clear (&job);
  if (!fine)
    return false;
  if (atomic_load (&job.failed))
    return scope_fail (error, SCOPE_ERROR_MEMORY, -1, "memory ran out while resampling");
  return true;
}
