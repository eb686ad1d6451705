/* Resampling a block in memory: tiles that stay in cache, one pass per axis, split over threads. */
#include "core/resample.h"

#include "core/checked.h"
#include "core/resample-kernels.h"

#include <assert.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

enum
{
  TILE_BYTES = 384 * 1024,     /* scratch of one tile: half a common second-level cache */
  THREAD_OUTPUTS = 400 * 1000, /* below this, waking threads costs more than it saves */
  MOST_ALONG = 16384, /* outputs of a resampled last axis in a tile: lanes need memory for each */
  PARTS_PER_THREAD = 4,
  LEAST_STRIP = 1024,   /* elements of a row that are read at a time, at least */
  LEAST_GROUPED = 5,    /* taps of outputs that are made several at once */
  LEAST_FETCHED = 1024, /* bytes of a row; the processor's own guesses suffice for shorter ones */
  MOST_FETCHED = 16,    /* rows */
  STREAM_BYTES = 16 << 20, /* larger results are written past the caches */
};

/* An array while it is resampled. */
typedef struct
{
  char *data;
  int64_t count[SCOPE_MAX_RANK];
  int64_t stride[SCOPE_MAX_RANK]; /* in elements */
} Array;

typedef struct
{
  ScopeResampleBlock block; /* unneeded axes dropped, neighbours merged */
  const ScopeKernels *kernels;
  int passes;
  int pass[SCOPE_MAX_RANK];      /* axes, in the order they are resampled */
  int last;                      /* the caller's last axis, when it is resampled, or −1 */
  int64_t tile[SCOPE_MAX_RANK];  /* outputs of a tile along each axis */
  int64_t tiles[SCOPE_MAX_RANK]; /* tiles along each axis */
  int64_t all_tiles;
  int parts;
  size_t scratch; /* bytes of each of the two buffers of a part */
  size_t work;    /* bytes that the kernels along an axis need */
  bool direct;    /* the last pass writes the output itself */
  bool stream;    /* … past the caches */
  atomic_bool failed;
} Job;

/* ---- what to do in which order -------------------------------------------------------------- */

void
scope_resample_simplify (const ScopeResampleBlock *block, ScopeResampleBlock *out)
{
  *out = *block;
  out->rank = 0;
  for (int a = 0; a < block->rank; a++)
    {
      const ScopeBlockAxis *axis = &block->axis[a];
      if (axis->table == NULL && axis->outputs == 1)
        continue;
      ScopeBlockAxis *last = out->rank > 0 ? &out->axis[out->rank - 1] : NULL;
      if (last != NULL && last->table == NULL && axis->table == NULL
          && last->in_stride == axis->in_stride * axis->outputs
          && last->out_stride == axis->out_stride * axis->outputs)
        {
          last->outputs *= axis->outputs;
          last->in_stride = axis->in_stride;
          last->out_stride = axis->out_stride;
        }
      else
        out->axis[out->rank++] = *axis;
    }
  for (int a = 0; a < out->rank; a++)
    if (out->axis[a].table == NULL)
      out->axis[a].inputs = out->axis[a].outputs;
}

/* Elements of the whole axis before and after resampling. */
static double
axis_size (const ScopeBlockAxis *axis, bool after)
{
  if (axis->table == NULL)
    return 1;
  return (double)(after ? axis->table->axis.out : axis->table->axis.in);
}

/* Roughly the time of resampling the axes of `order` one after the other. Sizes of the whole axes
 * decide, so that a region and the whole take the same way. */
static double
order_cost (const Job *job, const int *order)
{
  const ScopeResampleBlock *block = &job->block;
  bool done[SCOPE_MAX_RANK] = { false };
  double cost = 0;
  for (int p = 0; p < job->passes; p++)
    {
      double outputs = 1;
      done[order[p]] = true;
      for (int a = 0; a < block->rank; a++)
        outputs *= axis_size (&block->axis[a], done[a]);
      double taps = (double)scope_resample_most_taps (&block->axis[order[p]].table->axis);
      bool along = order[p] == job->last;
      cost += outputs * (along ? 2 + 2 * taps : 1 + taps);
    }
  return cost;
}

/* Last axis first, as torch nests them, unless another order is clearly cheaper. */
static void
choose_order (Job *job)
{
  const ScopeResampleBlock *block = &job->block;
  int order[SCOPE_MAX_RANK];
  job->passes = 0;
  bool rounds_always = false;
  for (int a = block->rank - 1; a >= 0; a--)
    if (block->axis[a].table != NULL)
      {
        ScopeArithmetic arithmetic = block->axis[a].table->axis.arithmetic;
        rounds_always |=
            arithmetic == SCOPE_ARITHMETIC_BFLOAT16 || arithmetic >= SCOPE_ARITHMETIC_WHOLE;
        job->pass[job->passes++] = a;
      }
  if (rounds_always)
    return;
  double best = order_cost (job, job->pass);
  memcpy (order, job->pass, sizeof order);
  for (int p = 0; p + 1 < job->passes; p++)
    for (int q = p + 1; q < job->passes; q++)
      {
        memcpy (order, job->pass, sizeof order);
        order[p] = job->pass[q];
        order[q] = job->pass[p];
        double cost = order_cost (job, order);
        if (cost < 0.9 * best)
          {
            best = cost;
            memcpy (job->pass, order, sizeof order);
          }
      }
}

static const ScopeKernels *
kernels_of_level (ScopeCpuLevel level)
{
#ifdef __x86_64__
  if (level >= SCOPE_CPU_AVX512)
    return scope_kernels_avx512;
  if (level == SCOPE_CPU_AVX2)
    return scope_kernels_avx2;
#endif
  return scope_kernels_baseline;
}

static const ScopeKernels *
choose_kernels (ScopeArithmetic arithmetic, ScopeCpuLevel level)
{
  switch (arithmetic)
    {
    case SCOPE_ARITHMETIC_FLOAT64:
      return &kernels_of_level (level)[1];
    case SCOPE_ARITHMETIC_BFLOAT16:
      return &scope_kernels_bfloat16;
    case SCOPE_ARITHMETIC_WHOLE:
      return &scope_kernels_whole;
    case SCOPE_ARITHMETIC_BYTES:
      return &scope_kernels_bytes;
    case SCOPE_ARITHMETIC_FLOAT32:
    case SCOPE_ARITHMETIC_FLOAT16:
    default:
      return &kernels_of_level (level)[0];
    }
}

/* ---- tiles ---------------------------------------------------------------------------------- */

/* The most input elements that a tile of `tile` outputs spans. */
static int64_t
widest_span (const ScopeBlockAxis *axis, int64_t tile)
{
  int64_t widest = 0, begin, end;
  if (axis->table == NULL)
    return tile;
  for (int64_t j = 0; j < axis->outputs; j += tile)
    {
      scope_resample_table_span (axis->table, axis->output + j, scope_min (tile, axis->outputs - j),
                                 &begin, &end);
      widest = scope_max (widest, end - begin);
    }
  return widest;
}

/* Bytes of the largest array between passes. */
static double
between_passes (const Job *job, const int64_t *span)
{
  int64_t count[SCOPE_MAX_RANK];
  double most = 0;
  memcpy (count, span, sizeof count);
  for (int p = 0; p < job->passes - (job->direct ? 1 : 0); p++)
    {
      double elements = 1;
      count[job->pass[p]] = job->tile[job->pass[p]];
      for (int a = 0; a < job->block.rank; a++)
        elements *= (double)count[a];
      most = elements > most ? elements : most;
    }
  return most * (double)job->block.element;
}

/* The outermost axis whose tile may still be halved, kept ones before resampled ones, or −1. */
static int
axis_to_halve (const Job *job)
{
  for (int kept = 1; kept >= 0; kept--)
    for (int a = 0; a < job->block.rank; a++)
      {
        int64_t least = a == job->block.rank - 1 ? 512 : kept ? 1 : 16;
        if ((job->block.axis[a].table == NULL) == kept && job->tile[a] > least)
          return a;
      }
  return -1;
}

/* Cuts the block into tiles whose scratch fits the cache. */
static void
choose_tiles (Job *job)
{
  const ScopeResampleBlock *block = &job->block;
  int64_t span[SCOPE_MAX_RANK] = { 0 };
  for (int a = 0; a < block->rank; a++)
    {
      job->tile[a] = block->axis[a].outputs;
      if (a == block->rank - 1 && block->axis[a].table != NULL)
        job->tile[a] = scope_min (job->tile[a], MOST_ALONG);
      span[a] = widest_span (&block->axis[a], job->tile[a]);
    }
  double bytes;
  int a;
  while ((bytes = between_passes (job, span)) > TILE_BYTES && (a = axis_to_halve (job)) >= 0)
    {
      job->tile[a] = (job->tile[a] + 1) / 2;
      span[a] = widest_span (&block->axis[a], job->tile[a]);
    }
  job->scratch = ((size_t)bytes / 64 + 1) * 64;
  job->all_tiles = 1;
  for (a = 0; a < block->rank; a++)
    {
      job->tiles[a] = (block->axis[a].outputs + job->tile[a] - 1) / job->tile[a];
      job->all_tiles *= job->tiles[a];
    }
}

/* Whole rows of tiles for each thread: with too few tiles, the outermost that can be is cut. */
static void
cut_for_threads (Job *job, ScopeExecutor *executor, int64_t outputs)
{
  job->parts = 1;
  if (executor == NULL || executor->threads < 2 || outputs < THREAD_OUTPUTS)
    return;
  int64_t wanted = (int64_t)executor->threads * PARTS_PER_THREAD;
  for (int a = 0; a < job->block.rank && job->all_tiles < wanted; a++)
    {
      if (a == job->block.rank - 1 && job->block.rank > 1)
        break;
      job->all_tiles /= job->tiles[a];
      int64_t cuts = scope_min ((wanted + job->all_tiles - 1) / job->all_tiles, job->tile[a]);
      job->tile[a] = scope_max (job->tile[a] / scope_max (cuts, 1), 1);
      job->tiles[a] = (job->block.axis[a].outputs + job->tile[a] - 1) / job->tile[a];
      job->all_tiles *= job->tiles[a];
    }
  job->parts = (int)scope_min (wanted, job->all_tiles);
}

/* ---- passes --------------------------------------------------------------------------------- */

/* A dense array in scratch memory. */
static Array
dense (const Job *job, char *data, const int64_t *count)
{
  Array array = { .data = data };
  int64_t stride = 1;
  for (int a = job->block.rank - 1; a >= 0; a--)
    {
      array.count[a] = count[a];
      array.stride[a] = stride;
      stride *= count[a];
    }
  return array;
}

/* Counts `index` up over the axes [0, rank) but `skip` and those from `inner` on. */
static bool
next_index (int64_t *index, const int64_t *count, int inner, int skip)
{
  for (int a = inner - 1; a >= 0; a--)
    {
      if (a == skip)
        continue;
      if (++index[a] < count[a])
        return true;
      index[a] = 0;
    }
  return false;
}

static char *
element_at (const Array *array, const int64_t *index, int rank, size_t element)
{
  int64_t place = 0;
  for (int a = 0; a < rank; a++)
    place += index[a] * array->stride[a];
  return array->data + place * (int64_t)element;
}

/* The elements that stand side by side in both arrays: the axes from *inner on, `*length` many. */
static void
neighbours (int rank, int axis, const Array *in, const Array *out, int *inner, int64_t *length)
{
  *inner = rank;
  *length = 1;
  while (*inner - 1 > axis && in->stride[*inner - 1] == *length
         && out->stride[*inner - 1] == *length)
    *length *= in->count[--*inner];
}

static ScopePass
prepare (const Job *job, int axis, int64_t begin, int64_t output, int64_t outputs)
{
  const ScopeBlockAxis *side = &job->block.axis[axis];
  const ScopeResampleTable *table = side->table;
  bool wide = scope_arithmetic_is_wide (table->axis.arithmetic);
  size_t bytes = (wide ? sizeof (double) : sizeof (float)) * (size_t)table->stride;
  int64_t at = side->output + output;
  return (ScopePass){
    .first = table->first + at,
    .taps = table->taps + at,
    .weight = table->weight == NULL ? NULL : (const char *)table->weight + (size_t)at * bytes,
    .weight_stride = table->stride,
    .tap_step = table->tap_step,
    .base = begin,
    .outputs = outputs,
    .most_taps = scope_resample_table_most (table),
    .following = table->count - at - outputs,
  };
}

/* An axis whose elements are neighbours, for all rows: those of the axis before at once. */
static void
run_along (const Job *job,
           int axis,
           const ScopePass *pass,
           const Array *in,
           const Array *out,
           void *work)
{
  int rank = job->block.rank;
  size_t element = job->block.element;
  int64_t index[SCOPE_MAX_RANK] = { 0 };
  int64_t rows = axis > 0 ? out->count[axis - 1] : 1;
  int64_t in_pitch = axis > 0 ? in->stride[axis - 1] : 0;
  int64_t out_pitch = axis > 0 ? out->stride[axis - 1] : 0;
  do
    job->kernels->along (pass, rows, element_at (in, index, rank, element), in_pitch,
                         element_at (out, index, rank, element), out_pitch, work);
  while (next_index (index, out->count, axis - 1, -1));
}

/* How much of its rows to make outputs from at a time: where neighbouring outputs share rows, a
 * strip of them stays in the first cache; else long rows are read best at once. */
static int64_t
strip_of (const ScopePass *pass, size_t element, int64_t length)
{
  int64_t last = pass->outputs - 1, span = pass->first[last] + pass->taps[last] - pass->first[0];
  if (pass->weight != NULL && pass->most_taps >= LEAST_GROUPED)
    return length; /* outputs made at once share them anyway */
  if (pass->outputs * pass->most_taps < 3 * span / 2)
    return length;
  int64_t strip = SCOPE_STRIP_BYTES / (int64_t)element / (pass->most_taps + 1);
  return scope_max (strip, LEAST_STRIP) / 64 * 64;
}

/* What the outputs after `output` read next, in this tile or the one that follows. Fetching what is
 * not there does no harm. */
static ScopeSoon
soon_of (const ScopePass *pass, int64_t output, int count, const char *in, int64_t pitch)
{
  int64_t last = scope_min (output + count, pass->outputs + pass->following - 1);
  if (last <= output)
    return (ScopeSoon){ 0 };
  int64_t begin = scope_max (pass->first[output + 1], pass->first[output] + pass->taps[output]);
  int64_t rows = scope_min (pass->first[last] + pass->taps[last] - begin, MOST_FETCHED);
  return (ScopeSoon){ in + (begin - pass->base) * pitch, pitch, (int)scope_max (rows, 0) };
}

/* How many outputs from `output` on to make at once: those that share rows. */
static int
group_of (const Job *job, const ScopePass *pass, int64_t output)
{
  int group = 0;
  if (job->kernels->group < 2 || pass->weight == NULL || pass->most_taps < LEAST_GROUPED
      || pass->tap_step != 1)
    return 1;
  for (; group < job->kernels->group && output + group < pass->outputs; group++)
    {
      int64_t j = output + group, first = pass->first[j] - pass->base;
      if (first < 0 || first + pass->taps[j] > pass->inputs)
        break;
      if (group > 0
          && (pass->first[j] <= pass->first[j - 1]
              || pass->first[j] >= pass->first[j - 1] + pass->taps[j - 1]
              || pass->first[j] + pass->taps[j] < pass->first[j - 1] + pass->taps[j - 1]))
        break;
    }
  return group < 2 ? 1 : group;
}

/* A strip of all outputs. Addresses are of the strip, pitches in elements. */
static void
run_strip (const Job *job,
           const ScopePass *pass,
           const char *in,
           int64_t in_pitch,
           char *out,
           int64_t out_pitch,
           int64_t length,
           bool stream)
{
  int64_t element = (int64_t)job->block.element;
  bool fetches = pass->tap_step == 1 && length * element >= LEAST_FETCHED;
  int group;
  for (int64_t j = 0; j < pass->outputs; j += group)
    {
      group = group_of (job, pass, j);
      ScopeSoon soon = { 0 };
      if (fetches)
        soon = soon_of (pass, j + group - 1, group, in, in_pitch * element);
      if (group == 1)
        job->kernels->across (pass, j, in, in_pitch, out + j * out_pitch * element, length, stream,
                              soon);
      else
        job->kernels->across_group (pass, j, group, in, in_pitch, out + j * out_pitch * element,
                                    out_pitch, length, stream, soon);
    }
}

static void
run_across (const Job *job,
            int axis,
            const ScopePass *pass,
            const Array *in,
            const Array *out,
            bool stream)
{
  int rank = job->block.rank, inner;
  size_t element = job->block.element;
  int64_t length, index[SCOPE_MAX_RANK] = { 0 };
  neighbours (rank, axis, in, out, &inner, &length);
  int64_t strip = strip_of (pass, element, length);
  do
    for (int64_t x = 0; x < length; x += strip)
      run_strip (job, pass, element_at (in, index, rank, element) + x * (int64_t)element,
                 in->stride[axis], element_at (out, index, rank, element) + x * (int64_t)element,
                 out->stride[axis], scope_min (strip, length - x), stream);
  while (next_index (index, out->count, inner, axis));
}

static void
run_pass (const Job *job,
          int axis,
          ScopePass *pass,
          const Array *in,
          const Array *out,
          void *work,
          bool stream)
{
  pass->inputs = in->count[axis];
  if (axis == job->block.rank - 1 && in->stride[axis] == 1 && out->stride[axis] == 1)
    run_along (job, axis, pass, in, out, work);
  else
    run_across (job, axis, pass, in, out, stream);
}

/* Area sums become means: torch divides by the counts from the first axis to the last. */
static void
divide_sums (const Job *job, const int64_t *output, const Array *out)
{
  int rank = job->block.rank;
  size_t element = job->block.element;
  for (int a = 0; a < rank; a++)
    {
      const ScopeBlockAxis *side = &job->block.axis[a];
      if (side->table == NULL || side->table->axis.filter != SCOPE_FILTER_AREA)
        continue;
      const int32_t *taps = side->table->taps + side->output + output[a];
      int64_t index[SCOPE_MAX_RANK] = { 0 };
      bool last = a == rank - 1;
      do
        job->kernels->divide (element_at (out, index, rank, element), last ? taps : taps + index[a],
                              last, out->count[rank - 1]);
      while (next_index (index, out->count, rank - 1, -1));
    }
}

static void
copy_elements (const Array *in, const Array *out, int rank, size_t element)
{
  int64_t index[SCOPE_MAX_RANK] = { 0 };
  do
    {
      const char *from = element_at (in, index, rank, element);
      char *to = element_at (out, index, rank, element);
      for (int64_t x = 0; x < out->count[rank - 1]; x++)
        memcpy (to + x * out->stride[rank - 1] * (int64_t)element,
                from + x * in->stride[rank - 1] * (int64_t)element, element);
    }
  while (next_index (index, out->count, rank - 1, -1));
}

static void
run_tile (const Job *job, int64_t tile, char *const scratch[2], void *work)
{
  const ScopeResampleBlock *block = &job->block;
  int rank = block->rank;
  int64_t output[SCOPE_MAX_RANK], begin[SCOPE_MAX_RANK], end, from = 0, to = 0;
  Array in = { 0 }, out = { 0 };
  for (int a = rank - 1; a >= 0; a--)
    {
      const ScopeBlockAxis *side = &block->axis[a];
      output[a] = tile % job->tiles[a] * job->tile[a];
      tile /= job->tiles[a];
      out.count[a] = scope_min (job->tile[a], side->outputs - output[a]);
      out.stride[a] = side->out_stride;
      in.stride[a] = side->in_stride;
      begin[a] = output[a];
      end = output[a] + out.count[a];
      if (side->table != NULL)
        scope_resample_table_span (side->table, side->output + output[a], out.count[a], &begin[a],
                                   &end);
      in.count[a] = end - begin[a];
      from += (begin[a] - (side->table != NULL ? side->input : 0)) * side->in_stride;
      to += output[a] * side->out_stride;
    }
  in.data = (char *)(uintptr_t)block->in + from * (int64_t)block->element;
  out.data = (char *)block->out + to * (int64_t)block->element;

  for (int p = 0; p < job->passes; p++)
    {
      int axis = job->pass[p];
      int64_t count[SCOPE_MAX_RANK];
      memcpy (count, in.count, sizeof count);
      count[axis] = out.count[axis];
      bool last = job->direct && p == job->passes - 1;
      Array next = last ? out : dense (job, scratch[p % 2], count);
      ScopePass pass = prepare (job, axis, begin[axis], output[axis], out.count[axis]);
      run_pass (job, axis, &pass, &in, &next, work, last && job->stream);
      in = next;
    }
  divide_sums (job, output, &in);
  if (!job->direct)
    copy_elements (&in, &out, rank, block->element);
}

static void
run_part (void *data, int part)
{
  Job *job = data;
  char *memory = aligned_alloc (SCOPE_WIDEST_VECTOR, 2 * job->scratch + job->work);
  if (memory == NULL)
    {
      atomic_store (&job->failed, true);
      return;
    }
  char *scratch[2] = { memory, memory + job->scratch };
  if (job->work > 0)
    memset (memory + 2 * job->scratch, 0, SCOPE_KEY_BYTES);
  int64_t begin = job->all_tiles * part / job->parts;
  int64_t end = job->all_tiles * (part + 1) / job->parts;
  for (int64_t tile = begin; tile < end; tile++)
    run_tile (job, tile, scratch, memory + 2 * job->scratch);
  free (memory);
}

/* What the kernels need for one part. */
static size_t
work_bytes (const Job *job)
{
  size_t most = 0;
  for (int p = 0; p < job->passes; p++)
    if (job->pass[p] == job->block.rank - 1)
      {
        const ScopeResampleTable *table = job->block.axis[job->pass[p]].table;
        most = scope_kernels_scratch (job->tile[job->pass[p]], scope_resample_table_most (table));
      }
  return (most + SCOPE_WIDEST_VECTOR - 1) / SCOPE_WIDEST_VECTOR * SCOPE_WIDEST_VECTOR;
}

/* Whether some axis's sums are divided, so that the result is read again. */
static bool
divides (const Job *job)
{
  for (int p = 0; p < job->passes; p++)
    if (job->block.axis[job->pass[p]].table->axis.filter == SCOPE_FILTER_AREA)
      return true;
  return false;
}

bool
scope_resample_block_at (const ScopeResampleBlock *block,
                         ScopeCpuLevel level,
                         ScopeExecutor *executor,
                         ScopeError *error)
{
  Job job = { 0 };
  int64_t outputs = 1;
  scope_resample_simplify (block, &job.block);
  int last = job.block.rank - 1;
  for (int a = 0; a < job.block.rank; a++)
    outputs *= job.block.axis[a].outputs;
  if (outputs == 0)
    return true;
  if (scope_resample_block_copies (&job.block))
    {
      scope_resample_copy (&job.block, outputs >= THREAD_OUTPUTS ? executor : NULL);
      return true;
    }

  job.last = block->axis[block->rank - 1].table != NULL ? last : -1;
  choose_order (&job);
  job.kernels = choose_kernels (job.block.axis[job.pass[0]].table->axis.arithmetic, level);
  job.direct = job.block.axis[last].out_stride == 1;
  job.stream =
      job.direct && !divides (&job) && (double)outputs * (double)block->element > STREAM_BYTES;
  choose_tiles (&job);
  cut_for_threads (&job, executor, outputs);
  job.work = work_bytes (&job);
  scope_execute (executor, job.parts, run_part, &job);
  if (atomic_load (&job.failed))
    return scope_fail (error, SCOPE_ERROR_MEMORY, -1, "memory ran out while resampling");
  return true;
}

bool
scope_resample_block (const ScopeResampleBlock *block, ScopeExecutor *executor, ScopeError *error)
{
  return scope_resample_block_at (block, scope_cpu_level (), executor, error);
}
