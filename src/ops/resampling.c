/* Reading and tracing of resampled tensors: footprints are read block by block. */
#include "ops/resampling.h"

#include "core/arena.h"
#include "core/checked.h"
#include "core/copy.h"
#include "ops/footprint.h"
#include "ops/program.h"

#include <assert.h>
#include <math.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

enum
{
  KEPT_OUTPUTS = 1 << 16, /* longer axes get tables for what is asked only */
  KEPT_BYTES = 8 << 20,
  TABLE_BYTES = 1 << 28,
  PIECE_OUTPUTS = 1 << 24, /* of what is resampled without asking whether to stop */
};

/* One axis of the plan. */
typedef struct
{
  bool resampled;
  bool mirrored; /* output i is the rule's out − 1 − i: rules go upwards */
  ScopeResampleAxis rule;
  _Atomic (ScopeResampleTable *) kept; /* of the whole axis, once it was needed */
} PlannedAxis;

struct ScopeResampling
{
  int rank;
  ScopeDtype compute;
  bool rounds, halves_up, alpha;
  bool extrapolates;
  double extrapolation; /* what stands outside */
  PlannedAxis *axis;
};

static void
free_tables (void *data)
{
  ScopeResampling *plan = data;
  for (int a = 0; a < plan->rank; a++)
    scope_resample_table_free (atomic_load (&plan->axis[a].kept));
}

ScopeResampling *
scope_resampling_new (const ScopeCall *call, int rank, ScopeDtype compute)
{
  ScopeResampling *plan = scope_arena_alloc (call->arena, sizeof *plan);
  if (plan == NULL)
    return NULL;
  plan->rank = rank;
  plan->compute = compute;
  plan->axis = scope_arena_alloc (call->arena, (size_t)(rank + 1) * sizeof *plan->axis);
  if (plan->axis == NULL || !scope_arena_own (call->arena, plan, free_tables))
    return NULL;
  return plan;
}

void
scope_resampling_set (ScopeResampling *plan, int axis, const ScopeResampleAxis *rule)
{
  assert (axis >= 0 && axis < plan->rank);
  plan->axis[axis].resampled = true;
  plan->axis[axis].rule = *rule;
  if (rule->grid == SCOPE_GRID_CROP && rule->crop_begin > rule->crop_end)
    {
      plan->axis[axis].mirrored = true;
      plan->axis[axis].rule.crop_begin = rule->crop_end;
      plan->axis[axis].rule.crop_end = rule->crop_begin;
    }
}

/* The rule's output that output `output` of the node is. */
static int64_t
rule_output (const PlannedAxis *axis, int64_t output)
{
  return axis->mirrored ? axis->rule.out - 1 - output : output;
}

ScopeDtype
scope_resampling_compute (ScopeDtype dtype)
{
  switch (dtype)
    {
    case SCOPE_FLOAT64:
    case SCOPE_INT32:
    case SCOPE_INT64:
    case SCOPE_UINT32:
    case SCOPE_UINT64:
      return SCOPE_FLOAT64;
    case SCOPE_COMPLEX64:
    case SCOPE_COMPLEX128:
      return dtype;
    default:
      return SCOPE_FLOAT32;
    }
}

ScopeDtype
scope_resampling_compute_pillow (ScopeDtype dtype, ScopeArithmetic *arithmetic)
{
  ScopeKind kind = scope_dtype_kind (dtype);
  bool whole = kind == SCOPE_KIND_SIGNED || kind == SCOPE_KIND_UNSIGNED;
  ScopeDtype compute = whole ? SCOPE_FLOAT64 : scope_resampling_compute (dtype);
  bool wide = compute == SCOPE_FLOAT64 || compute == SCOPE_COMPLEX128;
  *arithmetic = dtype == SCOPE_UINT8 ? SCOPE_ARITHMETIC_BYTES
                : whole              ? SCOPE_ARITHMETIC_WHOLE
                : wide               ? SCOPE_ARITHMETIC_FLOAT64
                                     : SCOPE_ARITHMETIC_FLOAT32;
  return compute;
}

void
scope_resampling_round (ScopeResampling *plan, bool halves_up)
{
  plan->rounds = true;
  plan->halves_up = halves_up;
}

void
scope_resampling_extrapolate (ScopeResampling *plan, double value)
{
  plan->extrapolates = true;
  plan->extrapolation = value;
}

void
scope_resampling_alpha (ScopeResampling *plan)
{
  assert (plan->compute == SCOPE_FLOAT64 && plan->rank > 0);
  plan->alpha = true;
}

bool
scope_resampling_rule (const ScopeNode *node, int axis, ScopeResampleAxis *out)
{
  if (node->op == NULL || node->op->read != scope_resampling_read || node->plan == NULL)
    return false;
  const ScopeResampling *plan = node->plan;
  if (axis < 0 || axis >= plan->rank || !plan->axis[axis].resampled)
    return false;
  *out = plan->axis[axis].rule;
  return true;
}

/* ---- reading -------------------------------------------------------------------------------- */

/* The table of a whole axis, made once. Two readers may make it at the same time: one stays. */
static const ScopeResampleTable *
kept_table (PlannedAxis *axis, ScopeError *error)
{
  ScopeResampleTable *table = atomic_load (&axis->kept);
  if (table != NULL)
    return table;
  ScopeResampleTable *fresh =
      scope_resample_table_new (&axis->rule, 0, 1, axis->rule.out, KEPT_BYTES, error);
  if (fresh == NULL)
    return NULL;
  if (atomic_compare_exchange_strong (&axis->kept, &table, fresh))
    return fresh;
  scope_resample_table_free (fresh);
  return table;
}

static bool
prepare_side (PlannedAxis *axis, ScopeFootprintSide *side, ScopeError *error)
{
  int64_t bytes;
  bool keep =
      side->step == 1 && axis->rule.out <= KEPT_OUTPUTS
      && scope_checked_mul (scope_resample_most_taps (&axis->rule) * 8 + 16, axis->rule.out, &bytes)
      && bytes <= KEPT_BYTES;
  if (keep)
    {
      side->output = side->start;
      side->table = kept_table (axis, error);
      return side->table != NULL;
    }
  side->owned = scope_resample_table_new (&axis->rule, side->start, side->step, side->count,
                                          TABLE_BYTES, error);
  side->output = 0;
  side->table = side->owned;
  return side->table != NULL;
}

/* Complex numbers are resampled as pairs: one more kept axis. */
static void
split_complex (ScopeResampleBlock *block)
{
  for (int a = 0; a < block->rank; a++)
    {
      block->axis[a].in_stride *= 2;
      block->axis[a].out_stride *= 2;
    }
  block->axis[block->rank++] =
      (ScopeBlockAxis){ .outputs = 2, .inputs = 2, .in_stride = 1, .out_stride = 1 };
  block->element /= 2;
}

typedef struct
{
  int64_t count;
  double least, most; /* of the integer type */
  bool halves_up;     /* away from 0; else to the even number */
} Rounding;

enum
{
  ROUNDED_BYTES = 16 /* what is compared as a vector must not be wider than the processor's */
};

/* Numbers below 2^22 (floats) or 2^51: adding and taking away a number whose last digit is the one
 * before the point rounds to it, halves to even. They are cut to the type's range before. */
#define DEFINE_ROUND(name, T, INT, MAGIC)                                                          \
  static inline __attribute__ ((always_inline)) void name##_some (const Rounding *self, T *value,  \
                                                                  size_t bytes)                    \
  {                                                                                                \
    typedef T Vector __attribute__ ((vector_size (ROUNDED_BYTES)));                                \
    typedef INT Mask __attribute__ ((vector_size (ROUNDED_BYTES)));                                \
    const Vector zero = { 0 }, one = zero + 1;                                                     \
    const Vector least = zero + (T)self->least, most = zero + (T)self->most;                       \
    Vector v = zero;                                                                               \
    memcpy (&v, value, bytes);                                                                     \
    Mask low = v<least, high = v> most;                                                            \
    v = (Vector)(((Mask)v & ~(low | high)) | ((Mask)least & low) | ((Mask)most & high));           \
    Vector rounded = (v + MAGIC) - MAGIC, rest = v - rounded;                                      \
    if (self->halves_up)                                                                           \
      {                                                                                            \
        Mask up = (rest == (T)0.5) & (v > 0), down = (rest == (T)-0.5) & (v < 0);                  \
        rounded += (Vector)(up & (Mask)one) - (Vector)(down & (Mask)one);                          \
      }                                                                                            \
    memcpy (value, &rounded, bytes);                                                               \
  }                                                                                                \
  static void name (const Rounding *self, T *value)                                                \
  {                                                                                                \
    const int64_t lanes = ROUNDED_BYTES / (int64_t)sizeof (T);                                     \
    int64_t i = 0;                                                                                 \
    for (; i + lanes <= self->count; i += lanes)                                                   \
      name##_some (self, value + i, ROUNDED_BYTES);                                                \
    if (i < self->count)                                                                           \
      name##_some (self, value + i, (size_t)(self->count - i) * sizeof (T));                       \
  }
DEFINE_ROUND (round_floats, float, int32_t, 0x1.8p23f)
DEFINE_ROUND (round_doubles, double, int64_t, 0x1.8p52)
#undef DEFINE_ROUND

/* The same one by one, for integers too wide for that. */
static void
round_slowly (const Rounding *self, bool wide, void *data)
{
  for (int64_t i = 0; i < self->count; i++)
    {
      double value = wide ? ((double *)data)[i] : (double)((float *)data)[i];
      value = self->halves_up ? round (value) : rint (value);
      value = value < self->least ? self->least : value > self->most ? self->most : value;
      if (wide)
        ((double *)data)[i] = value;
      else
        ((float *)data)[i] = (float)value;
    }
}

/* A dense block of floats or doubles becomes whole numbers that the integer type `dtype` holds. */
static void
round_block (const ScopeFootprintBlock *block, ScopeDtype dtype, bool halves_up)
{
  const ScopeFootprintReading *reading = block->reading;
  int bits = 8 * (int)scope_dtype_bytes (dtype);
  bool sign = scope_dtype_kind (dtype) == SCOPE_KIND_SIGNED;
  bool wide = reading->makes == SCOPE_FLOAT64;
  Rounding rounding = {
    .count = 1,
    .least = sign ? -ldexp (1, bits - 1) : 0,
    .most = bits > 53 ? nextafter (ldexp (1, bits - sign), 0) : ldexp (1, bits - sign) - 1,
    .halves_up = halves_up,
  };
  for (int a = 0; a < reading->rank; a++)
    rounding.count *= block->count[a];
  if (wide && bits <= 32)
    round_doubles (&rounding, block->out);
  else if (!wide && bits <= 16)
    round_floats (&rounding, block->out);
  else
    round_slowly (&rounding, wide, block->out);
}

/* Colours times alpha, rounded as Pillow's MULDIV255; `value` is whole numbers up to 255. */
static void
multiply_alpha (double *value, int64_t pixels, int64_t channels)
{
  for (int64_t i = 0; i < pixels; i++, value += channels)
    for (int64_t c = 0; c < channels - 1; c++)
      {
        int product = (int)value[c] * (int)value[channels - 1] + 128;
        value[c] = ((product >> 8) + product) >> 8;
      }
}

/* And back: cut off behind the point, at most 255. What is invisible or solid stays. */
static void
divide_alpha (double *value, int64_t pixels, int64_t channels)
{
  for (int64_t i = 0; i < pixels; i++, value += channels)
    {
      int alpha = (int)value[channels - 1];
      for (int64_t c = 0; alpha != 0 && alpha != 255 && c < channels - 1; c++)
        value[c] = scope_min (255 * (int)value[c] / alpha, 255);
    }
}

static bool
compute_block (const ScopeFootprintBlock *block, ScopeError *error)
{
  const ScopeFootprintReading *reading = block->reading;
  const ScopeResampling *plan = reading->node->plan;
  int64_t pixels = 1, made = 1, channels = plan->alpha ? block->count[reading->rank - 1] : 0;
  for (int a = 0; a < reading->rank - 1; a++)
    {
      pixels *= block->inputs[a];
      made *= block->count[a];
    }
  if (plan->alpha)
    multiply_alpha ((double *)(uintptr_t)block->in, pixels, channels); /* our own scratch */
  ScopeResampleBlock resample = { .rank = reading->rank,
                                  .in = block->in,
                                  .out = block->out,
                                  .element = scope_dtype_bytes (reading->makes) };
  for (int a = 0; a < reading->rank; a++)
    resample.axis[a] = (ScopeBlockAxis){
      .table = reading->side[a].table == NULL ? NULL : &block->footprint[a].table,
      .outputs = block->count[a],
      .inputs = block->inputs[a],
      .in_stride = block->in_stride[a],
      .out_stride = block->out_stride[a],
    };
  if (scope_dtype_kind (reading->makes) == SCOPE_KIND_COMPLEX)
    split_complex (&resample);
  if (!scope_resample_block (&resample, scope_read_executor (reading->reader), error))
    return false;
  ScopeKind kind = scope_dtype_kind (reading->node->dtype);
  if (plan->rounds && (kind == SCOPE_KIND_SIGNED || kind == SCOPE_KIND_UNSIGNED))
    round_block (block, reading->node->dtype, plan->halves_up);
  if (plan->alpha)
    divide_alpha (block->out, made, channels);
  return true;
}

/* What lies in memory, resampled where it lies; *done says whether it was. */
static bool
read_in_place (const ScopeFootprintReading *reading, bool *done, ScopeError *error)
{
  const ScopeNode *node = reading->node;
  ScopeBuffer in;
  int last = reading->rank - 1, outer = 0;
  *done = false;
  if (reading->makes != node->dtype || node->program->node[node->input[0]]->dtype != node->dtype
      || last < 0 || !scope_read_in_place (node, 0, &in) || in.stride[last] != 1
      || (reading->side[last].table == NULL && reading->side[last].step != 1))
    return true;

  ScopeResampleBlock block = { .rank = reading->rank,
                               .in = in.data,
                               .out = reading->out,
                               .element = scope_dtype_bytes (node->dtype) };
  int64_t rest = 1;
  for (int a = 0; a < reading->rank; a++)
    {
      const ScopeFootprintSide *side = &reading->side[a];
      bool kept = side->table == NULL;
      block.axis[a] = (ScopeBlockAxis){
        .table = side->table,
        .output = side->output,
        .outputs = side->count,
        .inputs = kept ? side->count : side->table->axis.in,
        .in_stride = kept ? in.stride[a] * side->step : in.stride[a],
        .out_stride = side->out_stride,
      };
      if (kept)
        block.in = (const char *)block.in + side->start * in.stride[a] * (int64_t)block.element;
      rest *= side->count;
    }
  while (outer < last && block.axis[outer].outputs == 1)
    outer++;
  if (scope_dtype_kind (node->dtype) == SCOPE_KIND_COMPLEX)
    split_complex (&block);

  /* Piece by piece, so that it can be stopped. */
  ScopeBlockAxis *axis = &block.axis[outer];
  int64_t count = axis->outputs, kept_bytes = axis->in_stride * (int64_t)block.element;
  int64_t piece = scope_max (PIECE_OUTPUTS / scope_max (rest / count, 1), 1);
  *done = true;
  for (int64_t at = 0; at < count; at += piece)
    {
      axis->outputs = scope_min (piece, count - at);
      axis->inputs = axis->table == NULL ? axis->outputs : axis->inputs;
      if (!scope_read_go_on (reading->reader, error)
          || !scope_resample_block (&block, scope_read_executor (reading->reader), error))
        return false;
      block.out = (char *)block.out + piece * axis->out_stride * (int64_t)block.element;
      if (axis->table == NULL)
        block.in = (const char *)block.in + piece * kept_bytes;
      else
        axis->output += piece;
    }
  return true;
}

/* torch's mean of nothing. */
static bool
is_mean_of_nothing (const ScopeResampling *plan)
{
  for (int a = 0; a < plan->rank; a++)
    if (plan->axis[a].resampled && plan->axis[a].rule.in == 0)
      return true;
  return false;
}

static void
fill (const ScopeNode *node, const ScopeRegion *region, const ScopeBuffer *out, double value)
{
  int64_t index[SCOPE_MAX_RANK] = { 0 };
  size_t element = scope_dtype_bytes (node->dtype);
  do
    {
      int64_t to = 0;
      for (int a = 0; a < region->rank; a++)
        to += index[a] * out->stride[a];
      scope_dtype_convert (SCOPE_FLOAT64, &value, 1, node->dtype,
                           (char *)out->data + to * (int64_t)element, 1, 1);
    }
  while (scope_next_index (index, region->count, region->rank));
}

/* Whether an output stands outside of what is cropped. */
static bool
is_outside (const PlannedAxis *axis, int64_t output)
{
  if (!axis->resampled || axis->rule.grid != SCOPE_GRID_CROP)
    return false;
  double place = scope_resample_place (&axis->rule, rule_output (axis, output));
  return !(place >= 0 && place <= (double)(axis->rule.in - 1));
}

/* Gives what stands outside along some axis its value. */
static void
extrapolate (const ScopeNode *node, const ScopeRegion *region, const ScopeBuffer *out)
{
  const ScopeResampling *plan = node->plan;
  for (int a = 0; a < region->rank; a++)
    for (int64_t i = 0; i < region->count[a]; i++)
      {
        int64_t output = region->start[a] + i * region->step[a];
        if (!is_outside (&plan->axis[a], output))
          continue;
        ScopeRegion part = *region;
        ScopeBuffer there = *out;
        part.count[a] = 1;
        there.data =
            (char *)there.data + i * out->stride[a] * (int64_t)scope_dtype_bytes (node->dtype);
        fill (node, &part, &there, plan->extrapolation);
      }
}

/* Colours of a picture with alpha: all channels are read, and those that were asked for copied. */
static bool
read_channels (const ScopeNode *node,
               ScopeReader *reader,
               const ScopeRegion *region,
               const ScopeBuffer *out,
               ScopeError *error)
{
  int last = region->rank - 1;
  ScopeRegion all = *region;
  int64_t count;
  all.start[last] = 0;
  all.step[last] = 1;
  all.count[last] = node->shape.size[last];
  size_t bytes = scope_dtype_bytes (node->dtype);
  if (!scope_region_count (&all, &count, error))
    return false;
  char *memory = scope_read_alloc (reader, count * (int64_t)bytes, error);
  if (memory == NULL)
    return false;
  ScopeBuffer dense = scope_buffer_dense (&all, memory);
  bool done = scope_resampling_read (node, reader, &all, &dense, error);
  int64_t from[SCOPE_MAX_RANK];
  memcpy (from, dense.stride, sizeof from);
  from[last] = region->step[last];
  if (done)
    scope_copy (region->rank, region->count, bytes, memory, from, region->start[last], out->data,
                out->stride, 0);
  scope_read_free (reader, memory);
  return done;
}

bool
scope_resampling_read (const ScopeNode *node,
                       ScopeReader *reader,
                       const ScopeRegion *region,
                       const ScopeBuffer *out,
                       ScopeError *error)
{
  const ScopeResampling *plan = node->plan;
  int channels = plan->rank - 1;
  if (plan->alpha
      && (region->step[channels] != 1 || region->count[channels] != node->shape.size[channels]))
    return read_channels (node, reader, region, out, error);
  if (is_mean_of_nothing (plan))
    {
      fill (node, region, out, (double)NAN);
      return true;
    }
  ScopeFootprintReading reading;
  ScopeRegion whole = *region;
  ScopeBuffer buffer = *out;
  for (; whole.rank < plan->rank; whole.rank++)
    {
      whole.start[whole.rank] = 0;
      whole.step[whole.rank] = whole.count[whole.rank] = buffer.stride[whole.rank] = 1;
    }
  for (int a = 0; a < plan->rank; a++)
    if (plan->axis[a].mirrored)
      {
        whole.start[a] = rule_output (&plan->axis[a], whole.start[a]);
        whole.step[a] = -whole.step[a];
      }
  scope_footprint_begin (&reading, node, reader, &whole, &buffer);
  reading.reads = reading.makes = plan->compute;
  reading.compute = compute_block;
  if (plan->alpha)
    reading.side[channels].together = true;
  for (int a = 0; a < plan->rank; a++)
    if (plan->axis[a].resampled
        && !prepare_side (&plan->axis[a], scope_footprint_axis (&reading, a), error))
      {
        scope_footprint_end (&reading);
        return false;
      }
  bool done, fine = read_in_place (&reading, &done, error);
  if (!fine || done)
    scope_footprint_end (&reading);
  else
    fine = scope_footprint_read (&reading, error);
  if (fine && plan->extrapolates)
    extrapolate (node, region, out);
  return fine;
}

/* ---- trace ---------------------------------------------------------------------------------- */

enum
{
  TRACED_TAPS = 1 << 16 /* of one axis */
};

/* The elements of one axis with their weights; clamped ones are merged. */
typedef struct
{
  int64_t first;
  int64_t count;
  double *weight;
} TracedAxis;

/* The input elements of output `at`, merged. False when memory runs out. */
static bool
trace_axis (const PlannedAxis *axis, int64_t at, TracedAxis *traced)
{
  *traced = (TracedAxis){ .first = at, .count = 1 };
  ScopeTaps taps = { .first = at, .count = 1, .step = 1 };
  if (axis->resampled)
    taps = scope_resample_taps (&axis->rule, at);
  double *raw = calloc ((size_t)taps.count, sizeof *raw);
  traced->weight = calloc ((size_t)taps.count, sizeof *raw);
  if (raw == NULL || traced->weight == NULL)
    {
      free (raw);
      return false;
    }
  if (axis->resampled)
    {
      scope_resample_weights (&axis->rule, at, taps, raw);
      traced->first = scope_resample_tap (&axis->rule, taps, 0);
      traced->count = scope_resample_tap (&axis->rule, taps, taps.count - 1) - traced->first + 1;
      for (int64_t k = 0; k < taps.count; k++)
        traced->weight[scope_resample_tap (&axis->rule, taps, k) - traced->first] += raw[k];
    }
  else
    traced->weight[0] = 1;
  free (raw);
  return true;
}

/* A colour comes from its own and from alpha, and not linearly. */
static bool
trace_cell (const ScopeResampling *plan,
            ScopeTrace *trace,
            int64_t *cell,
            int64_t channels,
            double weight)
{
  int last = plan->rank - 1;
  if (!plan->alpha || cell[last] == channels - 1)
    return trace->add (trace, 0, cell, weight);
  int64_t color = cell[last];
  if (!trace->add (trace, 0, cell, NAN))
    return false;
  cell[last] = channels - 1;
  bool more = trace->add (trace, 0, cell, NAN);
  cell[last] = color;
  return more;
}

bool
scope_resampling_trace (const ScopeNode *node, const int64_t *index, ScopeTrace *trace)
{
  const ScopeResampling *plan = node->plan;
  int64_t channels = plan->alpha ? node->shape.size[plan->rank - 1] : 0;
  TracedAxis axis[SCOPE_MAX_RANK] = { 0 };
  int64_t at[SCOPE_MAX_RANK] = { 0 }, count[SCOPE_MAX_RANK], cell[SCOPE_MAX_RANK];
  bool going = !is_mean_of_nothing (plan);
  for (int a = 0; a < node->shape.rank && plan->extrapolates; a++)
    if (is_outside (&plan->axis[a], index[a]))
      return true;
  for (int a = 0; a < plan->rank && going; a++)
    {
      int64_t at_output = rule_output (&plan->axis[a], a < node->shape.rank ? index[a] : 0);
      going = (!plan->axis[a].resampled
               || scope_resample_most_taps (&plan->axis[a].rule) <= TRACED_TAPS)
              && trace_axis (&plan->axis[a], at_output, &axis[a]);
      count[a] = axis[a].count;
    }
  if (going)
    do
      {
        double weight = 1;
        for (int a = 0; a < plan->rank; a++)
          {
            cell[a] = axis[a].first + at[a];
            weight *= axis[a].weight[at[a]];
          }
        going = trace_cell (plan, trace, cell, channels, weight);
      }
    while (going && scope_next_index (at, count, plan->rank));
  for (int a = 0; a < plan->rank; a++)
    free (axis[a].weight);
  return going;
}
