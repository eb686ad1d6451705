/* Reading and tracing of convolutions: windows of the input against the kernel, block by block. */
#include "ops/conv.h"

#include "core/checked.h"
#include "ops/footprint.h"
#include "ops/program.h"

#include <complex.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum
{
  TABLE_BYTES = 1 << 28,
  WEIGHT_BYTES = 8 << 20, /* of the kernels that are read at once */
  ROW = 512,              /* outputs computed side by side */
};

/* A spatial axis of a block; a missing one has one element. */
typedef struct
{
  const int64_t *first; /* of each output, in elements of the block's input */
  int64_t pace;         /* from each `first` to the next, or 0: uneven */
  const int64_t *begin; /* the same in elements of the tensor */
  int64_t start, step;  /* outputs of the tensor: start + j·step */
  int64_t kernel, stride, before, dilation;
  int64_t inputs, outputs;
  int64_t in_stride, out_stride;
} Axis;

typedef struct
{
  const ScopeConv *plan;
  const ScopeFootprintBlock *block;
  int channel; /* the channel axis */
  Axis axis[3];
  int64_t channels;   /* input channels of a group */
  int64_t per_group;  /* output channels of a group */
  int64_t first;      /* output channel (in the block) of the first kernel in `weight` */
  int64_t kernels;    /* how many are there */
  const void *weight; /* [kernels, channels, taps], whatever the order in the tensor */
  const void *bias;   /* of the block's output channels, or NULL */
  int parts;
} Work;

/* The input element (in the block) that tap k of output j reads, or −1. */
static int64_t
element_of (const Work *work, const Axis *axis, int64_t j, int64_t k)
{
  int64_t from;
  if (!work->plan->transposed)
    from = axis->first[j] + k * axis->dilation;
  else
    {
      int64_t place = (axis->start + j * axis->step) + axis->before - k * axis->dilation;
      if (place < 0 || place % axis->stride != 0)
        return -1;
      from = place / axis->stride - axis->begin[j] + axis->first[j];
    }
  return from >= 0 && from < axis->inputs ? from : -1;
}

/* The outputs [*low, *high) of x … x+length whose tap k exists, when windows stand evenly. */
static void
existing (const Axis *axis, int64_t x, int64_t length, int64_t k, int64_t *low, int64_t *high)
{
  int64_t from = axis->first[x] + k * axis->dilation, pace = axis->pace;
  *low = from >= 0 ? 0 : (-from + pace - 1) / pace;
  *high = from >= axis->inputs ? 0 : scope_min ((axis->inputs - from + pace - 1) / pace, length);
}

#define CONVOLVE(T, name)                                                                          \
  /* Adds one row of one input channel, for `length` outputs from `x` on. */                       \
  static void row_##name (const Work *work, const T *row, const T *weight, int64_t x,              \
                          int64_t length, T *sum)                                                  \
  {                                                                                                \
    const Axis *width = &work->axis[2];                                                            \
    int64_t low, high, pace = width->pace * width->in_stride;                                      \
    for (int64_t k = 0; k < width->kernel && pace != 0; k++)                                       \
      {                                                                                            \
        const T *from = row + (width->first[x] + k * width->dilation) * width->in_stride;          \
        T by = weight[k];                                                                          \
        existing (width, x, length, k, &low, &high);                                               \
        if (pace == 1)                                                                             \
          for (int64_t i = low; i < high; i++)                                                     \
            sum[i] += from[i] * by;                                                                \
        else                                                                                       \
          for (int64_t i = low; i < high; i++)                                                     \
            sum[i] += from[i * pace] * by;                                                         \
      }                                                                                            \
    for (int64_t k = 0; k < width->kernel && pace == 0; k++)                                       \
      for (int64_t i = 0; i < length; i++)                                                         \
        {                                                                                          \
          int64_t from = element_of (work, width, x + i, k);                                       \
          if (from >= 0)                                                                           \
            sum[i] += row[from * width->in_stride] * weight[k];                                    \
        }                                                                                          \
  }                                                                                                \
                                                                                                   \
  /* Up to ROW outputs (z, y, x …) of an output channel: `in` is its group's first channel. */   \
  static void outputs_##name (const Work *work, const T *in, const T *weight, int64_t z,           \
                              int64_t y, int64_t x, int64_t length, T *sum)                        \
  {                                                                                                \
    const Axis *depth = &work->axis[0], *height = &work->axis[1];                                  \
    int64_t pitch = work->block->in_stride[work->channel];                                         \
    for (int64_t c = 0; c < work->channels; c++)                                                   \
      for (int64_t d = 0; d < depth->kernel; d++)                                                  \
        for (int64_t h = 0; h < height->kernel; h++, weight += work->axis[2].kernel)               \
          {                                                                                        \
            int64_t from_z = element_of (work, depth, z, d);                                       \
            int64_t from_y = element_of (work, height, y, h);                                      \
            if (from_z >= 0 && from_y >= 0)                                                        \
              row_##name (work,                                                                    \
                          in + c * pitch + from_z * depth->in_stride + from_y * height->in_stride, \
                          weight, x, length, sum);                                                 \
          }                                                                                        \
  }                                                                                                \
                                                                                                   \
  /* All outputs of one channel. */                                                                \
  static void channel_##name (const Work *work, const void *in, const void *weight, T bias,        \
                              void *out)                                                           \
  {                                                                                                \
    const Axis *axis = work->axis;                                                                 \
    T sum[ROW];                                                                                    \
    for (int64_t z = 0; z < axis[0].outputs; z++)                                                  \
      for (int64_t y = 0; y < axis[1].outputs; y++)                                                \
        for (int64_t x = 0; x < axis[2].outputs; x += ROW)                                         \
          {                                                                                        \
            int64_t length = scope_min (ROW, axis[2].outputs - x);                                 \
            T *to = (T *)out + z * axis[0].out_stride + y * axis[1].out_stride                     \
                    + x * axis[2].out_stride;                                                      \
            for (int64_t i = 0; i < length; i++)                                                   \
              sum[i] = bias;                                                                       \
            outputs_##name (work, in, weight, z, y, x, length, sum);                               \
            for (int64_t i = 0; i < length; i++)                                                   \
              to[i * axis[2].out_stride] = sum[i];                                                 \
          }                                                                                        \
  }

CONVOLVE (double, double)
CONVOLVE (uint64_t, int) /* wraps, as int64 does in PyTorch */
CONVOLVE (double complex, complex)

/* ---- blocks --------------------------------------------------------------------------------- */

static int64_t
even_pace (const ScopeConv *plan, const Axis *axis)
{
  int64_t pace = axis->outputs > 1 ? axis->first[1] - axis->first[0] : 1;
  for (int64_t j = 1; j < axis->outputs; j++)
    if (axis->first[j] - axis->first[j - 1] != pace)
      return 0;
  return plan->transposed || pace < 1 ? 0 : pace;
}

static void
prepare (const ScopeFootprintBlock *block, Work *work)
{
  static const int64_t zero = 0;
  const ScopeFootprintReading *reading = block->reading;
  const ScopeConv *plan = work->plan;
  for (int s = 0; s < 3; s++)
    {
      int own = s - (3 - plan->spatial), a = reading->rank - 3 + s;
      Axis *axis = &work->axis[s];
      *axis = (Axis){ .first = &zero,
                      .begin = &zero,
                      .step = 1,
                      .kernel = 1,
                      .stride = 1,
                      .dilation = 1,
                      .inputs = 1,
                      .outputs = 1 };
      if (own < 0)
        continue;
      const ScopeFootprintSide *side = &reading->side[a];
      *axis = (Axis){
        .first = block->footprint[a].table.first,
        .begin = side->table->first + side->output + block->at[a],
        .start = side->start + block->at[a] * side->step,
        .step = side->step,
        .kernel = plan->kernel[own],
        .stride = plan->stride[own],
        .before = plan->before[own],
        .dilation = plan->dilation[own],
        .inputs = block->inputs[a],
        .outputs = block->count[a],
        .in_stride = block->in_stride[a],
        .out_stride = block->out_stride[a],
      };
      axis->pace = even_pace (plan, axis);
    }
}

/* The pictures of a block, one for each image of the batch and each output channel. */
static void
run_part (void *data, int part)
{
  const Work *work = data;
  const ScopeFootprintBlock *block = work->block;
  int channel = work->channel;
  int64_t images = channel > 0 ? block->count[0] : 1, all = images * work->kernels;
  size_t bytes = scope_dtype_bytes (block->reading->reads);
  int64_t taps = work->axis[0].kernel * work->axis[1].kernel * work->axis[2].kernel;
  const int64_t *first = block->footprint[channel].table.first;
  for (int64_t i = all * part / work->parts; i < all * (part + 1) / work->parts; i++)
    {
      int64_t image = i / work->kernels, kernel = i % work->kernels, c = work->first + kernel;
      int64_t from = first[c] * block->in_stride[channel];
      int64_t to = c * block->out_stride[channel];
      if (channel > 0)
        {
          from += image * block->in_stride[0];
          to += image * block->out_stride[0];
        }
      const char *in = (const char *)block->in + from * (int64_t)bytes;
      const char *weight =
          (const char *)work->weight + kernel * work->channels * taps * (int64_t)bytes;
      char *out = (char *)block->out + to * (int64_t)bytes;
      const char *bias = work->bias == NULL ? NULL : (const char *)work->bias + c * (int64_t)bytes;
      if (block->reading->reads == SCOPE_FLOAT64)
        channel_double (work, in, weight, bias != NULL ? *(const double *)(const void *)bias : 0,
                        out);
      else if (block->reading->reads == SCOPE_INT64)
        channel_int (work, in, weight, bias != NULL ? *(const uint64_t *)(const void *)bias : 0,
                     out);
      else
        channel_complex (work, in, weight,
                         bias != NULL ? *(const double complex *)(const void *)bias : 0, out);
    }
}

/* The output channel of the tensor that is channel `c` of the block. */
static int64_t
channel_at (const Work *work, int64_t c)
{
  const ScopeFootprintSide *side = &work->block->reading->side[work->channel];
  return side->start + (work->block->at[work->channel] + c) * side->step;
}

/* Reads the kernel of one output channel. */
static bool
read_kernel (const Work *work, int64_t c, void *out, ScopeError *error)
{
  const ScopeConv *plan = work->plan;
  const ScopeFootprintReading *reading = work->block->reading;
  int64_t channel = channel_at (work, c), group = channel / work->per_group;
  ScopeRegion region = { .rank = plan->spatial + 2 };
  int outer = plan->transposed ? 1 : 0;
  region.start[outer] = plan->transposed ? channel % work->per_group : channel;
  region.step[outer] = 1;
  region.count[outer] = 1;
  region.start[1 - outer] = plan->transposed ? group * work->channels : 0;
  region.step[1 - outer] = 1;
  region.count[1 - outer] = work->channels;
  for (int s = 0; s < plan->spatial; s++)
    {
      region.step[s + 2] = 1;
      region.count[s + 2] = plan->kernel[s];
    }
  return scope_read_input_as (reading->node, reading->reader, 1, &region, reading->reads, out,
                              error);
}

static bool
read_bias (const Work *work, void *out, ScopeError *error)
{
  const ScopeFootprintBlock *block = work->block;
  const ScopeFootprintReading *reading = block->reading;
  const ScopeFootprintSide *side = &reading->side[work->channel];
  ScopeRegion region = { .rank = 1 };
  region.start[0] = channel_at (work, 0);
  region.step[0] = side->step;
  region.count[0] = block->count[work->channel];
  return scope_read_input_as (reading->node, reading->reader, 2, &region, reading->reads, out,
                              error);
}

/* Some output channels after the other, as many as their kernels fit. */
static bool
run_channels (Work *work, char *weight, int64_t at_once, ScopeError *error)
{
  const ScopeFootprintBlock *block = work->block;
  const ScopeFootprintReading *reading = block->reading;
  size_t bytes = scope_dtype_bytes (reading->reads);
  int64_t taps = work->axis[0].kernel * work->axis[1].kernel * work->axis[2].kernel;
  int64_t all = block->count[work->channel];
  ScopeExecutor *executor = scope_read_executor (reading->reader);
  for (work->first = 0; work->first < all; work->first += at_once)
    {
      work->kernels = scope_min (at_once, all - work->first);
      for (int64_t k = 0; k < work->kernels; k++)
        if (!read_kernel (work, work->first + k,
                          weight + (size_t)(k * work->channels * taps) * bytes, error))
          return false;
      int64_t images = work->channel > 0 ? block->count[0] : 1;
      work->parts = executor == NULL
                        ? 1
                        : (int)scope_min (images * work->kernels, 4 * (int64_t)executor->threads);
      scope_execute (executor, work->parts, run_part, work);
    }
  return true;
}

static bool
compute_block (const ScopeFootprintBlock *block, ScopeError *error)
{
  const ScopeFootprintReading *reading = block->reading;
  const ScopeConv *plan = reading->data;
  Work work = { .plan = plan, .block = block, .channel = reading->rank - plan->spatial - 1 };
  work.channels = plan->in_channels / plan->groups;
  work.per_group = plan->out_channels / plan->groups;
  prepare (block, &work);
  int64_t bytes = (int64_t)scope_dtype_bytes (reading->reads), kernel = bytes;
  bool small = scope_checked_mul (kernel, work.channels, &kernel);
  for (int s = 0; s < plan->spatial; s++)
    small = small && scope_checked_mul (kernel, plan->kernel[s], &kernel);
  if (!small)
    return scope_fail (error, SCOPE_ERROR_TOO_BIG, -1, "One kernel does not fit in memory.");
  int64_t all = block->count[work.channel];
  int64_t at_once = scope_max (scope_min (WEIGHT_BYTES / kernel, all), 1);
  char *weight = scope_read_alloc (reading->reader, at_once * kernel, error);
  void *bias = NULL;
  bool done = weight != NULL;
  if (done && plan->has_bias)
    {
      bias = scope_read_alloc (reading->reader, all * bytes, error);
      done = bias != NULL && read_bias (&work, bias, error);
    }
  work.weight = weight;
  work.bias = bias;
  done = done && run_channels (&work, weight, at_once, error);
  scope_read_free (reading->reader, bias);
  scope_read_free (reading->reader, weight);
  return done;
}

/* ---- windows -------------------------------------------------------------------------------- */

static int64_t
floor_divide (int64_t a, int64_t b)
{
  return a / b - (a % b != 0 && a < 0);
}

/* The first input element of an output's window along a spatial axis, and how many there are. */
static void
window_of (const ScopeConv *plan, int s, int64_t index, int64_t *begin, int64_t *taps)
{
  int64_t reach = plan->dilation[s] * (plan->kernel[s] - 1);
  if (!plan->transposed)
    {
      *begin = index * plan->stride[s] - plan->before[s];
      *taps = plan->kernel[s];
      return;
    }
  int64_t last = floor_divide (index + plan->before[s], plan->stride[s]);
  *begin = -floor_divide (reach - index - plan->before[s], plan->stride[s]);
  *taps = scope_max (last - *begin + 1, 1);
}

static bool
add_windows (ScopeFootprintReading *reading, const ScopeConv *plan, int s, ScopeError *error)
{
  ScopeFootprintSide *side = scope_footprint_axis (reading, reading->rank - plan->spatial + s);
  int64_t taps = plan->kernel[s];
  if (plan->transposed)
    taps = plan->dilation[s] * (plan->kernel[s] - 1) / plan->stride[s] + 1;
  side->owned = scope_window_table_new (
      plan->in[s], side->count, taps, plan->transposed ? 1 : plan->dilation[s], TABLE_BYTES, error);
  if (side->owned == NULL)
    return false;
  for (int64_t j = 0; j < side->count; j++)
    {
      window_of (plan, s, side->start + j * side->step, &side->owned->first[j], &taps);
      side->owned->taps[j] = (int32_t)taps;
    }
  side->table = side->owned;
  return true;
}

/* Each output channel reads the input channels of its group. */
static bool
add_channels (ScopeFootprintReading *reading, const ScopeConv *plan, ScopeError *error)
{
  ScopeFootprintSide *side = scope_footprint_axis (reading, reading->rank - plan->spatial - 1);
  int64_t channels = plan->in_channels / plan->groups;
  int64_t per_group = plan->out_channels / plan->groups;
  side->owned =
      scope_window_table_new (plan->in_channels, side->count, channels, 1, TABLE_BYTES, error);
  if (side->owned == NULL)
    return false;
  for (int64_t j = 0; j < side->count; j++)
    side->owned->first[j] = (side->start + j * side->step) / per_group * channels;
  side->table = side->owned;
  return true;
}

bool
scope_conv_read (const ScopeNode *node,
                 ScopeReader *reader,
                 const ScopeRegion *region,
                 const ScopeBuffer *out,
                 ScopeError *error)
{
  const ScopeConv *plan = node->plan;
  ScopeKind kind = scope_dtype_kind (node->dtype);
  ScopeFootprintReading reading;
  scope_footprint_begin (&reading, node, reader, region, out);
  reading.reads = kind == SCOPE_KIND_COMPLEX ? SCOPE_COMPLEX128
                  : kind == SCOPE_KIND_FLOAT ? SCOPE_FLOAT64
                                             : SCOPE_INT64;
  reading.makes = reading.reads;
  reading.compute = compute_block;
  reading.data = (void *)plan;
  bool done = add_channels (&reading, plan, error);
  for (int s = 0; done && s < plan->spatial; s++)
    done = add_windows (&reading, plan, s, error);
  if (!done)
    {
      scope_footprint_end (&reading);
      return false;
    }
  return scope_footprint_read (&reading, error);
}

/* ---- trace ---------------------------------------------------------------------------------- */

/* The input element that tap k of output `index` reads along a spatial axis, or −1. */
static int64_t
traced_element (const ScopeConv *plan, int s, int64_t index, int64_t k)
{
  int64_t place = index * plan->stride[s] - plan->before[s] + k * plan->dilation[s];
  if (plan->transposed)
    {
      place = index + plan->before[s] - k * plan->dilation[s];
      if (place < 0 || place % plan->stride[s] != 0)
        return -1;
      place /= plan->stride[s];
    }
  return place >= 0 && place < plan->in[s] ? place : -1;
}

/* A cell of the input and the cell of the weight it meets: neither counts by a known number. */
static bool
trace_tap (const ScopeNode *node,
           const int64_t *index,
           int64_t channel,
           const int64_t *tap,
           ScopeTrace *trace)
{
  const ScopeConv *plan = node->plan;
  int at = node->shape.rank - plan->spatial - 1;
  int64_t channels = plan->in_channels / plan->groups;
  int64_t per_group = plan->out_channels / plan->groups, group = index[at] / per_group;
  int64_t cell[5] = { 0 }, weight[5];
  if (at > 0)
    cell[0] = index[0];
  cell[at] = group * channels + channel;
  weight[plan->transposed ? 1 : 0] = plan->transposed ? index[at] % per_group : index[at];
  weight[plan->transposed ? 0 : 1] = plan->transposed ? cell[at] : channel;
  for (int s = 0; s < plan->spatial; s++)
    {
      cell[at + 1 + s] = traced_element (plan, s, index[at + 1 + s], tap[s]);
      weight[2 + s] = tap[s];
      if (cell[at + 1 + s] < 0)
        return true;
    }
  return trace->add (trace, 0, cell, (double)NAN) && trace->add (trace, 1, weight, (double)NAN);
}

bool
scope_conv_trace (const ScopeNode *node, const int64_t *index, ScopeTrace *trace)
{
  const ScopeConv *plan = node->plan;
  int at = node->shape.rank - plan->spatial - 1;
  for (int64_t channel = 0; channel < plan->in_channels / plan->groups; channel++)
    {
      int64_t tap[3] = { 0 };
      do
        if (!trace_tap (node, index, channel, tap, trace))
          return false;
      while (scope_next_index (tap, plan->kernel, plan->spatial));
    }
  return !plan->has_bias || trace->add (trace, 2, &index[at], 1);
}
