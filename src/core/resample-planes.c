/* Resampling the rows of planes, their columns, or both. One output row after the other: the rows
 * it is made from stay in a small ring or buffer, so that memory is read once, in order, and the
 * rows that come next are fetched meanwhile. */
#include "core/resample-planes.h"

#include "core/checked.h"

#include <stdlib.h>
#include <string.h>

enum
{
  FEW_TAPS = 4, /* are loaded anew for each output */
};

typedef ScopeStrip Strip;
typedef ScopePlanesJob Job;

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
  int64_t *held;        /* the row that each place of the ring holds, or −1 */
  const void **ring_at; /* where that row is: in the ring, or, the same, in the input */
  ScopeFetch fetch;
  bool plain; /* the rows that were made are so far */
} Work;

/* ---- groups of rows ---------------------------------------------------------------------------
 */

int32_t
scope_rows_begin (ScopeRows *rows,
                  const ScopeKernels *kernels,
                  const ScopeResampleTable *table,
                  int64_t output,
                  int64_t most)
{
  bool wide = scope_arithmetic_is_wide (table->axis.arithmetic);
  int64_t stride = table->stride * (int64_t)(wide ? sizeof (double) : sizeof (float));
  const int64_t *first = table->first + output;
  const int32_t *taps = table->taps + output;
  int count = 1;
  /* Of few taps only outputs of the same rows are made at once. */
  bool few = taps[0] == 2 || taps[0] == FEW_TAPS;
  most = scope_min (most, few ? kernels->shared : kernels->group);
  while (table->weight != NULL && table->tap_step == 1 && count < most
         && first[count] >= first[count - 1] && first[count] < first[count - 1] + taps[count - 1]
         && first[count] + taps[count] >= first[count - 1] + taps[count - 1]
         && (!few || (first[count] == first[0] && taps[count] == taps[0])))
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

static ScopeFetch
fetch_of (const Work *work, const char *row, int64_t rows)
{
  const Job *job = work->job;
  ScopeFetch fetch = {
    .row = row,
    .pitch = job->in_pitch,
    .bytes = work->strip->inputs * (int64_t)job->element,
    .rows = rows,
  };
  if (fetch.pitch == fetch.bytes && rows > 1)
    {
      fetch.bytes *= rows;
      fetch.rows = 1;
    }
  return fetch;
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
    work->fetch =
        fetch_of (work, table == NULL ? work->in + begin * job->in_pitch : input_row (work, begin),
                  stop - begin);
}

/* Lines to fetch for each of `steps` steps. */
static int
lines_for (const ScopeFetch *fetch, int64_t steps)
{
  if (fetch->rows <= 0)
    return 0;
  int64_t lines = (fetch->bytes + SCOPE_LINE - 1) / SCOPE_LINE * fetch->rows;
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
      int32_t read = scope_rows_begin (&rows, job->kernels, job->table, output, count - i);
      for (int32_t r = 0; r < read; r++)
        work->row[r] = input_row (work, scope_rows_element (job->table, output, r));
      for (int g = 0; g < rows.outputs; g++)
        rows.out[g] = to[i + g];
      fetch_rows (work, y + i, rows.outputs, end, rows.outputs);
      int64_t chunk = 4 * job->kernels->ability.lanes;
      rows.lines = lines_for (&work->fetch, scope_max (rows.length / chunk, 1) * read);
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
      if (job->same_rows && work->plain)
        work->plain = job->kernels->is_plain (to[i], strip->outputs);
      if (job->means)
        divide_row (work, y + i, to[i]);
      if (apart)
        scope_stream_copy (output_row (work, y + i), to[i], (size_t)strip->outputs * job->element);
    }
}

/* Columns that are the same as before were not made: makes them where that matters. */
static void
check_same (Work *work, void *out)
{
  const Job *job = work->job;
  const Strip *strip = work->strip;
  ScopeFetch none = { 0 };
  if (strip->columns == NULL || strip->columns->weight == NULL
      || job->kernels->is_plain (out, strip->outputs))
    return; /* a sum plus 0 is that sum */
  const void *from = memcpy (work->buffer, out, (size_t)strip->outputs * job->element);
  job->kernels->columns (strip->columns, 1, &from, &out, work->scratch, &none, 0);
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

/* Only rows, or the columns stay the same. */
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
          check_same (work, to[i]);
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

/* Rows that stay the same: only columns, if none of them, nor of those that weigh nothing, has what
 * would spread. Else false. */
static bool
run_same_rows (Work *work, int64_t begin, int64_t end)
{
  const Job *job = work->job;
  const ScopeResampleTable *table = job->table;
  const void *from[SCOPE_MOST_LANES];
  int64_t low, high, first = job->row_output + begin, row;
  scope_resample_table_span (table, first, end - begin, &low, &high);
  row = scope_resample_only (table, first);
  for (int64_t y = low; y < high; y++)
    if (y < row || y >= row + end - begin)
      {
        void *to = work->temporary;
        from[0] = readable_row (work, input_row (work, y), 0);
        job->kernels->columns (work->strip->columns, 1, from, &to, work->scratch, &work->fetch, 0);
        if (!job->kernels->is_plain (to, work->strip->outputs))
          return false;
      }
  work->plain = true;
  for (int64_t y = begin; y < end && work->plain; y += job->batch)
    {
      int count = (int)scope_min (job->batch, end - y);
      for (int i = 0; i < count; i++)
        from[i] = readable_row (work, input_row (work, row + y - begin + i), i);
      fetch_rows (work, y, count, end, job->batch);
      finish_rows (work, y, count, from);
    }
  return work->plain;
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
  int64_t row = low, same = strip->columns->same;
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
          const char *in = input_row (work, row);
          if (same >= 0 && job->kernels->is_plain (in, strip->inputs))
            {
              work->ring_at[row & (job->ring - 1)] = in + same * (int64_t)job->element;
              continue;
            }
          from[count] = readable_row (work, in, count);
          to[count] = ring_row (work, row);
          work->ring_at[row & (job->ring - 1)] = to[count++];
        }
      if (count == 0)
        continue;
      int64_t steps = strip->outputs / scope_max (job->kernels->ability.lanes, 1);
      if (job->fetch)
        work->fetch = fetch_of (work, input_row (work, row), scope_min (count, more - row));
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
      int32_t read = scope_rows_begin (&rows, job->kernels, table, output, end - y);
      low = scope_rows_element (table, output, 0);
      high = scope_rows_element (table, output, read - 1) + 1;
      bool goes_on = false; /* the rows after these are needed too */
      if (y + rows.outputs < end)
        goes_on = table->first[output + rows.outputs] <= high
                  && table->first[output + rows.outputs] >= low;
      fill_ring (work, low, high, goes_on ? scope_min (high + job->batch, last) : high);
      for (int32_t r = 0; r < read; r++)
        work->row[r] = work->ring_at[scope_rows_element (table, output, r) & (job->ring - 1)];
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
  bool same = columns != NULL && columns->same == 0 && strip->inputs == strip->outputs;
  if (job->table == NULL)
    run_columns_only (work, begin, end);
  else if (columns == NULL || (same && job->planes->rows_first))
    run_rows_only (work, begin, end);
  else if (job->same_rows && run_same_rows (work, begin, end))
    return;
  else if (job->planes->rows_first)
    run_rows_first (work, begin, end);
  else
    run_columns_first (work, begin, end);
}

void
scope_planes_part (void *data, int part)
{
  Job *job = data;
  size_t slack = SCOPE_SLACK * job->element;
  size_t buffers = (size_t)job->ring * job->buffer;
  size_t padded = job->pads ? (size_t)job->batch * job->buffer : 0;
  size_t temporary = (size_t)SCOPE_MOST_LANES * job->temporary;
  size_t rows = scope_rounded ((size_t)job->most_rows * sizeof (void *));
  size_t held = scope_rounded ((size_t)job->ring * sizeof (int64_t));
  slack = scope_rounded (slack);
  char *memory =
      aligned_alloc (SCOPE_WIDEST_VECTOR, slack + buffers + padded + temporary + rows + 2 * held
                                              + scope_rounded (job->scratch) + slack);
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
  work.ring_at = (const void **)(void *)at;
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
