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
  LEAST_STRIP = 1024,      /* elements of a row that are read at a time, at least */
  STRIP_BYTES = 16 * 1024, /* half of a common first-level cache */
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
  size_t rows;    /* that a group of outputs reads at most */
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
kernels_of_level (ScopeCpuLevel level, bool wide)
{
#ifdef __x86_64__
  if (level >= SCOPE_CPU_AVX512)
    return wide ? &scope_kernels_avx512_double : &scope_kernels_avx512_float;
  if (level == SCOPE_CPU_AVX2)
    return wide ? &scope_kernels_avx2_double : &scope_kernels_avx2_float;
#endif
  return wide ? &scope_kernels_baseline_double : &scope_kernels_baseline_float;
}

static const ScopeKernels *
choose_kernels (ScopeArithmetic arithmetic, ScopeCpuLevel level)
{
  switch (arithmetic)
    {
    case SCOPE_ARITHMETIC_FLOAT64:
      return kernels_of_level (level, true);
    case SCOPE_ARITHMETIC_BFLOAT16:
      return &scope_kernels_bfloat16;
    case SCOPE_ARITHMETIC_WHOLE:
      return &scope_kernels_whole;
    case SCOPE_ARITHMETIC_BYTES:
      return &scope_kernels_bytes;
    case SCOPE_ARITHMETIC_FLOAT32:
    case SCOPE_ARITHMETIC_FLOAT16:
    default:
      return kernels_of_level (level, false);
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

/* What a part works with. */
typedef struct
{
  char *scratch[2];
  const void **row;      /* of a group */
  void *kernel;          /* scratch of the kernels */
  ScopeColumns *columns; /* as last prepared, or NULL */
} Work;

/* An axis whose elements are neighbours, for all rows: those of the axis before at once. */
static bool
run_along (const Job *job,
           int axis,
           int64_t begin,
           int64_t output,
           const Array *in,
           const Array *out,
           Work *work)
{
  const ScopeBlockAxis *side = &job->block.axis[axis];
  int rank = job->block.rank;
  size_t element = job->block.element;
  int64_t index[SCOPE_MAX_RANK] = { 0 };
  int64_t rows = axis > 0 ? out->count[axis - 1] : 1;
  int64_t in_pitch = axis > 0 ? in->stride[axis - 1] * (int64_t)element : 0;
  int64_t out_pitch = axis > 0 ? out->stride[axis - 1] * (int64_t)element : 0;
  ScopeColumns *columns = work->columns;
  int64_t window = in->count[axis], first = side->output + output;
  if (columns == NULL || columns->output != first || columns->pixels != out->count[axis]
      || columns->input != begin || columns->window != window)
    {
      scope_columns_free (columns);
      free (work->kernel);
      work->kernel = NULL;
      columns = work->columns = scope_columns_new (side->table, first, out->count[axis], begin,
                                                   window, 1, rows, job->kernels, NULL);
      if (columns == NULL)
        return false;
      size_t padded = columns->padded ? (size_t)columns->readable * element : 0;
      size_t bytes = (columns->scratch + padded) / SCOPE_WIDEST_VECTOR + 2;
      work->kernel = aligned_alloc (SCOPE_WIDEST_VECTOR, bytes * SCOPE_WIDEST_VECTOR);
      if (work->kernel == NULL)
        return false;
    }
  char *copy =
      (char *)work->kernel
      + (columns->scratch + SCOPE_WIDEST_VECTOR - 1) / SCOPE_WIDEST_VECTOR * SCOPE_WIDEST_VECTOR;
  ScopeFetch none = { 0 };
  do
    {
      const char *from = element_at (in, index, rank, element);
      char *to = element_at (out, index, rank, element);
      int most = columns->padded ? 1 : SCOPE_MOST_LANES;
      for (int64_t row = 0; row < rows; row += most)
        {
          const void *source[SCOPE_MOST_LANES];
          void *target[SCOPE_MOST_LANES];
          int count = (int)scope_min (most, rows - row);
          for (int r = 0; r < count; r++)
            {
              source[r] = from + (row + r) * in_pitch;
              target[r] = to + (row + r) * out_pitch;
            }
          if (columns->padded)
            source[0] = memcpy (copy, source[0], (size_t)window * element);
          job->kernels->columns (columns, count, source, target, work->kernel, &none, 0);
        }
    }
  while (next_index (index, out->count, axis - 1, -1));
  return true;
}

/* How much of its rows to make outputs from at a time: where neighbouring outputs share rows, a
 * strip of them stays in the first cache; else long rows are read best at once. */
static int64_t
strip_of (const ScopeResampleTable *table,
          int64_t first,
          int64_t outputs,
          size_t element,
          int64_t length)
{
  int64_t last = first + outputs - 1, most = scope_resample_table_most (table);
  int64_t span = table->first[last] + table->taps[last] - table->first[first];
  if (outputs * most < 3 * span / 2)
    return length;
  int64_t strip = STRIP_BYTES / (int64_t)element / (most + 1);
  return scope_max (strip, LEAST_STRIP) / 64 * 64;
}

static void
run_across (const Job *job,
            int axis,
            int64_t begin,
            int64_t output,
            const Array *in,
            const Array *out,
            Work *work,
            bool stream)
{
  const ScopeBlockAxis *side = &job->block.axis[axis];
  const ScopeResampleTable *table = side->table;
  int rank = job->block.rank, inner;
  size_t element = job->block.element;
  int64_t length, index[SCOPE_MAX_RANK] = { 0 }, first = side->output + output;
  neighbours (rank, axis, in, out, &inner, &length);
  int64_t outputs = out->count[axis], strip = strip_of (table, first, outputs, element, length);
  int64_t in_pitch = in->stride[axis] * (int64_t)element;
  int64_t out_pitch = out->stride[axis] * (int64_t)element;
  ScopeFetch none = { 0 };
  ScopeRows rows = { .row = work->row, .stream = stream, .fetch = &none };
  do
    for (int64_t x = 0; x < length; x += strip)
      {
        const char *from = element_at (in, index, rank, element) + x * (int64_t)element;
        char *to = element_at (out, index, rank, element) + x * (int64_t)element;
        rows.length = scope_min (strip, length - x);
        for (int64_t j = 0; j < outputs; j += rows.outputs)
          {
            int32_t read = scope_rows_begin (&rows, job->kernels, table, first + j, outputs - j);
            for (int32_t r = 0; r < read; r++)
              work->row[r] = from + (scope_rows_element (table, first + j, r) - begin) * in_pitch;
            for (int g = 0; g < rows.outputs; g++)
              rows.out[g] = to + (j + g) * out_pitch;
            job->kernels->rows (&rows);
          }
      }
  while (next_index (index, out->count, inner, axis));
}

static bool
run_pass (const Job *job,
          int axis,
          int64_t begin,
          int64_t output,
          const Array *in,
          const Array *out,
          Work *work,
          bool stream)
{
  if (axis == job->block.rank - 1 && in->stride[axis] == 1 && out->stride[axis] == 1)
    return run_along (job, axis, begin, output, in, out, work);
  run_across (job, axis, begin, output, in, out, work, stream);
  return true;
}

/* Area sums become means: torch divides by the counts from the first axis to the last. */
static void
divide_sums (const Job *job, const int64_t *output, const Array *out)
{
  static const int32_t one = 1;
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
        job->kernels->divide (element_at (out, index, rank, element), last ? 1 : taps[index[a]],
                              last ? taps : &one, last, out->count[rank - 1]);
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

static bool
run_tile (const Job *job, int64_t tile, Work *work)
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
      Array next = last ? out : dense (job, work->scratch[p % 2], count);
      if (!run_pass (job, axis, begin[axis], output[axis], &in, &next, work, last && job->stream))
        return false;
      in = next;
    }
  divide_sums (job, output, &in);
  if (!job->direct)
    copy_elements (&in, &out, rank, block->element);
  return true;
}

static void
run_part (void *data, int part)
{
  Job *job = data;
  Work work = { 0 };
  char *memory = aligned_alloc (SCOPE_WIDEST_VECTOR, 2 * job->scratch);
  work.row = malloc (job->rows * sizeof *work.row);
  work.scratch[0] = memory;
  work.scratch[1] = memory + job->scratch;
  int64_t begin = job->all_tiles * part / job->parts;
  int64_t end = job->all_tiles * (part + 1) / job->parts;
  bool fine = memory != NULL && work.row != NULL;
  for (int64_t tile = begin; fine && tile < end; tile++)
    fine = run_tile (job, tile, &work);
  if (!fine)
    atomic_store (&job->failed, true);
  scope_columns_free (work.columns);
  free (work.kernel);
  free (work.row);
  free (memory);
}

/* The most rows that a group of outputs reads. */
static size_t
rows_read (const Job *job)
{
  int64_t most = 1;
  for (int p = 0; p < job->passes; p++)
    most = scope_max (most, scope_resample_table_most (job->block.axis[job->pass[p]].table));
  return (size_t)(most * SCOPE_GROUP);
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
  ScopePlanes planes;
  if (scope_planes_begin (&planes, &job.block))
    {
      planes.kernels = job.kernels;
      planes.rows_first = job.pass[0] == planes.row_axis;
      return scope_planes_run (&planes, executor, error);
    }
  job.direct = job.block.axis[last].out_stride == 1;
  job.stream =
      job.direct && !divides (&job) && (double)outputs * (double)block->element > STREAM_BYTES;
  choose_tiles (&job);
  cut_for_threads (&job, executor, outputs);
  job.rows = rows_read (&job);
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
