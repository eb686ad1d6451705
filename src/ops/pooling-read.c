/* Reading and tracing of pooled tensors: every output is a sum or a maximum over a window. */
#include "ops/pooling.h"

#include "core/checked.h"
#include "ops/footprint.h"
#include "ops/program.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum
{
  TABLE_BYTES = 1 << 28,
  ROW = 256, /* outputs computed side by side */
};

/* The windows of a block along one pooled axis; a missing axis has one element. */
typedef struct
{
  const int64_t *begin; /* of each output, in elements of the tensor */
  const int64_t *first; /* the same in elements of the block's input */
  const int32_t *taps;  /* of each output */
  int64_t most_taps, dilation;
  int64_t inputs, outputs;
  int64_t in_stride, out_stride;
  int64_t size, padding; /* of the tensor's axis, to count elements */
} Windows;

typedef struct
{
  const ScopePool *pool;
  Windows axis[3];  /* depth, height, width */
  ScopeDtype dtype; /* FLOAT32, FLOAT64 or INT64 */
  bool places;      /* the places of maxima are wanted, not the maxima */
} Pooling;

/* Elements of output j's window that exist. */
static int64_t
existing (const Windows *axis, int64_t j)
{
  int64_t begin = axis->begin[j];
  return scope_max (scope_min (begin + axis->taps[j], axis->size) - scope_max (begin, 0), 0);
}

/* The same with padding; beyond it, where ceil_mode reaches, nothing counts. */
static int64_t
padded (const Windows *axis, int64_t j)
{
  int64_t begin = axis->begin[j];
  return scope_min (begin + axis->taps[j], axis->size + axis->padding) - begin;
}

static int64_t
divisor_of (const Pooling *pooling, const int64_t *at)
{
  if (pooling->pool->divisor != 0)
    return pooling->pool->divisor;
  int64_t product = 1;
  for (int a = 0; a < 3; a++)
    product *= pooling->pool->count_padding ? padded (&pooling->axis[a], at[a])
                                            : existing (&pooling->axis[a], at[a]);
  return product;
}

/* The place of an element in the pooled axes, as max_pool's indices count. */
static int64_t
place_of (const Pooling *pooling, const int64_t *at, const int64_t *tap)
{
  int64_t place = 0;
  for (int a = 0; a < 3; a++)
    {
      const Windows *axis = &pooling->axis[a];
      place = place * axis->size + axis->begin[at[a]] + tap[a] * axis->dilation;
    }
  return place;
}

/* The first tap of output j that exists. */
static int64_t
first_tap (const Windows *axis, int64_t j)
{
  int64_t begin = axis->begin[j];
  return begin >= 0 ? 0 : (-begin + axis->dilation - 1) / axis->dilation;
}

#define POOL(T, name, MINIMUM, IS_NAN)                                                             \
  /* Adds or compares one row of elements into `length` outputs from `x` on. */                    \
  static void row_##name (const Pooling *pooling, const int64_t *at, int64_t d, int64_t h,         \
                          const T *row, int64_t x, int64_t length, T *value, int64_t *place)       \
  {                                                                                                \
    const Windows *width = &pooling->axis[2];                                                      \
    for (int64_t k = 0; k < width->most_taps; k++)                                                 \
      for (int64_t i = 0; i < length; i++)                                                         \
        {                                                                                          \
          int64_t from = width->first[x + i] + k * width->dilation;                                \
          if (k >= width->taps[x + i] || from < 0 || from >= width->inputs)                        \
            continue;                                                                              \
          T element = row[from * width->in_stride];                                                \
          if (!pooling->pool->maximum)                                                             \
            value[i] += element;                                                                   \
          else if (element > value[i] || IS_NAN (element))                                         \
            {                                                                                      \
              value[i] = element;                                                                  \
              if (pooling->places)                                                                 \
                place[i] = place_of (pooling, (int64_t[]){ at[0], at[1], x + i },                  \
                                     (int64_t[]){ d, h, k });                                      \
            }                                                                                      \
        }                                                                                          \
  }                                                                                                \
                                                                                                   \
  /* Up to ROW outputs (at[0], at[1], x …) of one channel. */                                    \
  static void outputs_##name (const Pooling *pooling, const int64_t *at, int64_t x,                \
                              int64_t length, const T *in, T *value, int64_t *place)               \
  {                                                                                                \
    const Windows *depth = &pooling->axis[0], *height = &pooling->axis[1];                         \
    for (int64_t i = 0; i < length; i++)                                                           \
      {                                                                                            \
        value[i] = pooling->pool->maximum ? MINIMUM : 0;                                           \
        if (pooling->places)                                                                       \
          place[i] = place_of (pooling, (int64_t[]){ at[0], at[1], x + i },                        \
                               (int64_t[]){ first_tap (depth, at[0]), first_tap (height, at[1]),   \
                                            first_tap (&pooling->axis[2], x + i) });               \
      }                                                                                            \
    for (int64_t d = 0; d < depth->taps[at[0]]; d++)                                               \
      for (int64_t h = 0; h < height->taps[at[1]]; h++)                                            \
        {                                                                                          \
          int64_t z = depth->first[at[0]] + d * depth->dilation;                                   \
          int64_t y = height->first[at[1]] + h * height->dilation;                                 \
          if (z >= 0 && z < depth->inputs && y >= 0 && y < height->inputs)                         \
            row_##name (pooling, at, d, h, in + z * depth->in_stride + y * height->in_stride, x,   \
                        length, value, place);                                                     \
        }                                                                                          \
    for (int64_t i = 0; !pooling->pool->maximum && i < length; i++)                                \
      value[i] =                                                                                   \
          divide_##name (value[i], divisor_of (pooling, (int64_t[]){ at[0], at[1], x + i }));      \
  }                                                                                                \
                                                                                                   \
  /* One channel: `in` and `out` are its first elements. */                                        \
  static void channel_##name (const Pooling *pooling, const void *in, void *out)                   \
  {                                                                                                \
    const Windows *axis = pooling->axis;                                                           \
    T value[ROW];                                                                                  \
    int64_t place[ROW], at[2];                                                                     \
    for (at[0] = 0; at[0] < axis[0].outputs; at[0]++)                                              \
      for (at[1] = 0; at[1] < axis[1].outputs; at[1]++)                                            \
        for (int64_t x = 0; x < axis[2].outputs; x += ROW)                                         \
          {                                                                                        \
            int64_t length = scope_min (ROW, axis[2].outputs - x);                                 \
            int64_t to =                                                                           \
                at[0] * axis[0].out_stride + at[1] * axis[1].out_stride + x * axis[2].out_stride;  \
            outputs_##name (pooling, at, x, length, in, value, place);                             \
            for (int64_t i = 0; i < length; i++)                                                   \
              if (pooling->places)                                                                 \
                ((int64_t *)out)[to + i * axis[2].out_stride] = place[i];                          \
              else                                                                                 \
                ((T *)out)[to + i * axis[2].out_stride] = value[i];                                \
          }                                                                                        \
  }

#define NEVER(x) false

static float
divide_float (float sum, int64_t divisor)
{
  return divisor > 0 || divisor < 0 ? sum / (float)divisor : 0;
}

static double
divide_double (double sum, int64_t divisor)
{
  return divisor != 0 ? sum / (double)divisor : 0;
}

static int64_t
divide_int (int64_t sum, int64_t divisor)
{
  return divisor == 0 ? 0 : divisor == -1 ? (int64_t)(0 - (uint64_t)sum) : sum / divisor;
}

POOL (float, float, -HUGE_VALF, isnan)
POOL (double, double, -HUGE_VAL, isnan)
POOL (int64_t, int, INT64_MIN, NEVER)

/* ---- blocks --------------------------------------------------------------------------------- */

static void
prepare (const ScopeFootprintBlock *block, Pooling *pooling)
{
  static const int64_t zero = 0;
  static const int32_t one = 1;
  const ScopeFootprintReading *reading = block->reading;
  const ScopePool *pool = pooling->pool;
  for (int s = 0; s < 3; s++)
    {
      int own = s - (3 - pool->spatial), a = reading->rank - 3 + s;
      Windows *axis = &pooling->axis[s];
      *axis = (Windows){ .begin = &zero,
                         .first = &zero,
                         .taps = &one,
                         .most_taps = 1,
                         .dilation = 1,
                         .inputs = 1,
                         .outputs = 1,
                         .size = 1 };
      if (own < 0)
        continue;
      const ScopeFootprintSide *side = &reading->side[a];
      *axis = (Windows){
        .begin = side->table->first + side->output + block->at[a],
        .first = block->footprint[a].table.first,
        .taps = block->footprint[a].table.taps,
        .most_taps = side->table->stride,
        .dilation = side->table->tap_step,
        .inputs = block->inputs[a],
        .outputs = block->count[a],
        .in_stride = block->in_stride[a],
        .out_stride = block->out_stride[a],
        .size = pool->in[own],
        .padding = pool->adaptive ? 0 : pool->padding[own],
      };
    }
}

/* The channels of a block, shared out among the threads. */
typedef struct
{
  const ScopeFootprintBlock *block;
  Pooling pooling;
  int64_t channels;
  int parts;
} Work;

static void
run_part (void *data, int part)
{
  const Work *work = data;
  const ScopeFootprintBlock *block = work->block;
  int kept = block->reading->rank - work->pooling.pool->spatial;
  size_t in_bytes = scope_dtype_bytes (block->reading->reads);
  size_t out_bytes = scope_dtype_bytes (block->reading->makes);
  int64_t end = work->channels * (part + 1) / work->parts;
  for (int64_t channel = work->channels * part / work->parts; channel < end; channel++)
    {
      int64_t rest = channel, from = 0, to = 0;
      for (int a = kept - 1; a >= 0; a--)
        {
          from += rest % block->count[a] * block->in_stride[a];
          to += rest % block->count[a] * block->out_stride[a];
          rest /= block->count[a];
        }
      const char *in = (const char *)block->in + from * (int64_t)in_bytes;
      char *out = (char *)block->out + to * (int64_t)out_bytes;
      if (work->pooling.dtype == SCOPE_FLOAT32)
        channel_float (&work->pooling, in, out);
      else if (work->pooling.dtype == SCOPE_FLOAT64)
        channel_double (&work->pooling, in, out);
      else
        channel_int (&work->pooling, in, out);
    }
}

static bool
compute_block (const ScopeFootprintBlock *block, ScopeError *error)
{
  const ScopeFootprintReading *reading = block->reading;
  const ScopePool *pool = reading->data;
  Work work = { .block = block, .channels = 1, .parts = 1 };
  work.pooling = (Pooling){ .pool = pool,
                            .dtype = reading->reads,
                            .places = pool->maximum && reading->node->part == 1 };
  prepare (block, &work.pooling);
  for (int a = 0; a < reading->rank - pool->spatial; a++)
    work.channels *= block->count[a];
  ScopeExecutor *executor = scope_read_executor (reading->reader);
  if (executor != NULL)
    work.parts = (int)scope_min (work.channels, 4 * (int64_t)executor->threads);
  scope_execute (executor, work.parts, run_part, &work);
  return true;
}

/* Output `index`'s window along pooled axis `own`, where it begins and how many elements it has. */
static void
window_of (const ScopePool *pool, int own, int64_t index, int64_t *begin, int64_t *taps)
{
  if (pool->adaptive)
    {
      ScopeResampleAxis rule = { .in = pool->in[own],
                                 .out = pool->out[own],
                                 .filter = SCOPE_FILTER_AREA };
      ScopeTaps area = scope_resample_taps (&rule, index);
      *begin = area.first;
      *taps = area.count;
      return;
    }
  *begin = index * pool->stride[own] - pool->padding[own];
  *taps = pool->kernel[own];
}

static bool
add_windows (ScopeFootprintReading *reading, const ScopePool *pool, int own, ScopeError *error)
{
  int a = reading->rank - pool->spatial + own;
  ScopeFootprintSide *side = scope_footprint_axis (reading, a);
  ScopeResampleAxis rule = { .in = pool->in[own],
                             .out = pool->out[own],
                             .filter = SCOPE_FILTER_AREA };
  int64_t most = pool->adaptive ? scope_resample_most_taps (&rule) : pool->kernel[own], taps;
  side->owned =
      scope_window_table_new (pool->in[own], side->count, most,
                              pool->adaptive ? 1 : pool->dilation[own], TABLE_BYTES, error);
  if (side->owned == NULL)
    return false;
  for (int64_t j = 0; j < side->count; j++)
    {
      window_of (pool, own, side->start + j * side->step, &side->owned->first[j], &taps);
      side->owned->taps[j] = (int32_t)taps;
    }
  side->table = side->owned;
  return true;
}

bool
scope_pool_read (const ScopeNode *node,
                 ScopeReader *reader,
                 const ScopeRegion *region,
                 const ScopeBuffer *out,
                 ScopeError *error)
{
  const ScopePool *pool = node->plan;
  ScopeDtype own = node->program->node[node->input[0]]->dtype;
  bool places = pool->maximum && node->part == 1;
  ScopeFootprintReading reading;
  scope_footprint_begin (&reading, node, reader, region, out);
  reading.reads = own == SCOPE_FLOAT64 || own == SCOPE_INT64 ? own : SCOPE_FLOAT32;
  reading.makes = places ? SCOPE_INT64 : reading.reads;
  reading.compute = compute_block;
  reading.data = (void *)pool;
  for (int s = 0; s < pool->spatial; s++)
    if (!add_windows (&reading, pool, s, error))
      {
        scope_footprint_end (&reading);
        return false;
      }
  return scope_footprint_read (&reading, error);
}

/* ---- trace ---------------------------------------------------------------------------------- */

/* The cell that a maximum is, when values may be read. */
static bool
trace_winner (const ScopeNode *node,
              const ScopePool *pool,
              const int64_t *index,
              const int64_t *begin,
              const int64_t *taps,
              ScopeTrace *trace,
              bool *more)
{
  int kept = node->shape.rank - pool->spatial;
  ScopeRegion region = { .rank = node->shape.rank };
  int64_t winner, cell[SCOPE_MAX_RANK];
  if (!pool->maximum || node->part != 0)
    return false;
  for (int axis = 0; axis < region.rank; axis++)
    {
      int s = axis - kept;
      int64_t step = s < 0 || pool->adaptive ? 1 : pool->dilation[s];
      region.start[axis] = s < 0 ? index[axis] : begin[s];
      region.step[axis] = step;
      region.count[axis] = s < 0 ? 1 : taps[s];
      while (region.count[axis] > 0 && region.start[axis] < 0)
        {
          region.start[axis] += step;
          region.count[axis]--;
        }
      while (s >= 0 && region.count[axis] > 0
             && region.start[axis] + (region.count[axis] - 1) * step >= pool->in[s])
        region.count[axis]--;
    }
  if (!scope_trace_extreme (node, trace, &region, true, &winner))
    return false;
  for (int axis = region.rank - 1; axis >= 0; axis--)
    {
      cell[axis] = region.start[axis] + winner % region.count[axis] * region.step[axis];
      winner /= region.count[axis];
    }
  *more = trace->add (trace, 0, cell, 1);
  return true;
}

bool
scope_pool_trace (const ScopeNode *node, const int64_t *index, ScopeTrace *trace)
{
  const ScopePool *pool = node->plan;
  int kept = node->shape.rank - pool->spatial;
  int64_t tap[3] = { 0 }, begin[3], taps[3], cell[SCOPE_MAX_RANK], total = 1;
  memcpy (cell, index, (size_t)kept * sizeof *cell);
  for (int s = 0; s < pool->spatial; s++)
    {
      window_of (pool, s, index[kept + s], &begin[s], &taps[s]);
      int64_t all = scope_min (begin[s] + taps[s], pool->in[s] + pool->padding[s]) - begin[s];
      int64_t real = scope_min (begin[s] + taps[s], pool->in[s]) - scope_max (begin[s], 0);
      total *= pool->count_padding ? all : real;
    }
  bool linear = !pool->maximum && node->dtype != SCOPE_INT64; /* integers are cut off */
  double weight = 1.0 / (double)(pool->divisor != 0 ? pool->divisor : total);
  bool any = false, more;
  if (trace_winner (node, pool, index, begin, taps, trace, &more))
    return more;
  do
    {
      bool inside = true;
      for (int s = 0; s < pool->spatial; s++)
        {
          cell[kept + s] = begin[s] + tap[s] * (pool->adaptive ? 1 : pool->dilation[s]);
          inside = inside && cell[kept + s] >= 0 && cell[kept + s] < pool->in[s];
        }
      any = any || inside;
      if (inside && !trace->add (trace, 0, cell, linear ? weight : (double)NAN))
        return false;
    }
  while (scope_next_index (tap, taps, pool->spatial));
  if (any || !pool->maximum)
    return true;
  /* A maximum of nothing: the place it would have is near this cell. */
  for (int s = 0; s < pool->spatial; s++)
    cell[kept + s] = scope_max (scope_min (begin[s], pool->in[s] - 1), 0);
  return trace->add (trace, 0, cell, (double)NAN);
}
