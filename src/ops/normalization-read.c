/* Reading normalised tensors: the statistics of a group, then the elements that are wanted. */
#include "ops/normalization.h"

#include "core/checked.h"
#include "ops/blocks.h"
#include "ops/program.h"

#include <math.h>
#include <string.h>

enum
{
  BLOCK_ELEMENTS = 1 << 18, /* of the input, read at once */
};

typedef struct
{
  const ScopeNode *node;
  const ScopeNormalization *plan;
  const ScopeShape *shape; /* of the input and the result */
  ScopeReader *reader;
  double *block;         /* BLOCK_ELEMENTS */
  double *weight, *bias; /* as many, or NULL */
  double mean, variance; /* of the present group */
} Work;

/* ---- statistics ----------------------------------------------------------------------------- */

/* All elements whose mean and variance `index` takes part in. */
static ScopeRegion
group_of (const Work *work, const int64_t *index)
{
  const ScopeNormalization *plan = work->plan;
  ScopeRegion group = { .rank = plan->rank };
  for (int a = 0; a < plan->rank; a++)
    {
      group.step[a] = 1;
      group.start[a] = plan->reduced[a] ? 0 : index[a];
      group.count[a] = plan->reduced[a] ? work->shape->size[a] : 1;
      if (a == 1 && plan->groups > 0)
        {
          int64_t channels = work->shape->size[1] / plan->groups;
          group.start[1] = index[1] / channels * channels;
          group.count[1] = channels;
        }
    }
  return group;
}

/* A part of a region, counted from its own start. */
static ScopeRegion
part_of (const ScopeRegion *region, const ScopeBlocks *blocks)
{
  ScopeRegion part = *region;
  for (int a = 0; a < region->rank; a++)
    {
      part.start[a] += blocks->start[a] * region->step[a];
      part.count[a] = blocks->here[a];
    }
  return part;
}

/* Welford's mean and variance in one reading. */
static bool
compute_statistics (Work *work, const int64_t *index, ScopeError *error)
{
  ScopeRegion group = group_of (work, index);
  ScopeBlocks blocks;
  double mean = 0, squares = 0, seen = 0;
  scope_blocks_begin (&blocks, group.rank, group.count, BLOCK_ELEMENTS);
  do
    {
      ScopeRegion part = part_of (&group, &blocks);
      if (!scope_read_go_on (work->reader, error)
          || !scope_read_input_as (work->node, work->reader, 0, &part, SCOPE_FLOAT64, work->block,
                                   error))
        return false;
      for (int64_t i = 0; i < blocks.elements; i++)
        {
          double rest = work->block[i] - mean;
          seen += 1;
          mean += rest / seen;
          squares += rest * (work->block[i] - mean);
        }
    }
  while (scope_blocks_next (&blocks));
  work->mean = mean;
  work->variance = squares / seen;
  return true;
}

/* One element of a given statistic. */
static bool
read_given (Work *work, int input, int64_t place, double *out, ScopeError *error)
{
  ScopeRegion region = { .rank = 1, .start = { place }, .step = { 1 }, .count = { 1 } };
  return scope_read_input_as (work->node, work->reader, input, &region, SCOPE_FLOAT64, out, error);
}

static bool
find_statistics (Work *work, const int64_t *index, ScopeError *error)
{
  const ScopeNormalization *plan = work->plan;
  if (plan->mean < 0)
    return compute_statistics (work, index, error);
  return read_given (work, plan->mean, index[plan->channel], &work->mean, error)
         && read_given (work, plan->variance, index[plan->channel], &work->variance, error);
}

/* ---- elements ------------------------------------------------------------------------------- */

/* Weight or bias of a part: an element for each of its own, or one for all. */
static bool
read_parameter (Work *work, int input, const ScopeRegion *part, double *out, ScopeError *error)
{
  const ScopeNormalization *plan = work->plan;
  ScopeRegion region = { .rank = plan->channel >= 0 ? 1 : plan->last };
  for (int i = 0; i < region.rank; i++)
    {
      int a = plan->channel >= 0 ? plan->channel : plan->rank - plan->last + i;
      region.start[i] = part->start[a];
      region.step[i] = part->step[a];
      region.count[i] = part->count[a];
    }
  return scope_read_input_as (work->node, work->reader, input, &region, SCOPE_FLOAT64, out, error);
}

/* Parameters repeat every `*period` elements of a part, each for `*run` elements. */
static void
parameter_places (const Work *work, const ScopeRegion *part, int64_t *period, int64_t *run)
{
  const ScopeNormalization *plan = work->plan;
  *period = *run = 1;
  int first = plan->channel >= 0 ? plan->channel : plan->rank - plan->last;
  for (int a = first; a < plan->rank; a++)
    {
      *period *= part->count[a];
      if (plan->channel >= 0 && a > plan->channel)
        *run *= part->count[a];
    }
}

/* float32 as PyTorch's kernels round it: over equal elements what is left is their rounding. */
static double
normalise_float (const Work *work, double value, double weight, double bias)
{
  float scale = 1 / sqrtf ((float)work->variance + (float)work->plan->eps);
  float mean = (float)work->mean;
  if (work->plan->channel < 0)
    {
      float result = fmaf ((float)value, scale, -scale * mean);
      return (double)(float)(result * (float)weight + (float)bias);
    }
  scale *= (float)weight;
  return (double)fmaf ((float)value, scale, fmaf (-scale, mean, (float)bias));
}

static void
apply (const Work *work, const ScopeRegion *part, int64_t elements)
{
  double scale = 1 / sqrt (work->variance + work->plan->eps);
  bool narrow = work->node->dtype == SCOPE_FLOAT32;
  int64_t period, run;
  parameter_places (work, part, &period, &run);
  for (int64_t i = 0; i < elements; i++)
    {
      int64_t parameter = i % period / run;
      double weight = work->weight != NULL ? work->weight[parameter] : 1;
      double bias = work->bias != NULL ? work->bias[parameter] : 0, value = work->block[i];
      work->block[i] = narrow ? normalise_float (work, value, weight, bias)
                              : (value - work->mean) * scale * weight + bias;
    }
}

/* Writes a dense part of the result, whose first element is at `out`. */
static void
store (const Work *work, const ScopeRegion *part, const int64_t *stride, char *out)
{
  int64_t index[SCOPE_MAX_RANK] = { 0 };
  int last = part->rank - 1;
  size_t bytes = scope_dtype_bytes (work->node->dtype);
  const double *from = work->block;
  do
    {
      int64_t to = 0;
      for (int a = 0; a < last; a++)
        to += index[a] * stride[a];
      scope_dtype_convert (SCOPE_FLOAT64, from, 1, work->node->dtype, out + to * (int64_t)bytes,
                           stride[last], part->count[last]);
      from += part->count[last];
    }
  while (scope_index_next (last, part->count, index));
}

/* The part of the region that shares one group. */
static bool
read_group (Work *work,
            const ScopeRegion *region,
            const int64_t *stride,
            char *out,
            ScopeError *error)
{
  const ScopeNormalization *plan = work->plan;
  size_t bytes = scope_dtype_bytes (work->node->dtype);
  ScopeBlocks blocks;
  scope_blocks_begin (&blocks, region->rank, region->count, BLOCK_ELEMENTS);
  do
    {
      ScopeRegion part = part_of (region, &blocks);
      int64_t to = 0;
      for (int a = 0; a < region->rank; a++)
        to += blocks.start[a] * stride[a];
      if (!scope_read_input_as (work->node, work->reader, 0, &part, SCOPE_FLOAT64, work->block,
                                error)
          || (plan->weight >= 0 && !read_parameter (work, plan->weight, &part, work->weight, error))
          || (plan->bias >= 0 && !read_parameter (work, plan->bias, &part, work->bias, error)))
        return false;
      apply (work, &part, blocks.elements);
      store (work, &part, stride, out + to * (int64_t)bytes);
    }
  while (scope_blocks_next (&blocks));
  return true;
}

static bool
read_groups (Work *work, const ScopeRegion *region, const ScopeBuffer *out, ScopeError *error)
{
  const ScopeNormalization *plan = work->plan;
  size_t bytes = scope_dtype_bytes (work->node->dtype);
  int64_t at[SCOPE_MAX_RANK] = { 0 }, count[SCOPE_MAX_RANK], before = -1;
  for (int a = 0; a < plan->rank; a++)
    count[a] = plan->reduced[a] ? 1 : region->count[a];
  do
    {
      ScopeRegion piece = *region;
      int64_t index[SCOPE_MAX_RANK], to = 0, group = 0;
      for (int a = 0; a < plan->rank; a++)
        {
          index[a] = region->start[a] + at[a] * region->step[a];
          to += at[a] * out->stride[a];
          if (plan->reduced[a])
            continue;
          piece.start[a] = index[a];
          piece.count[a] = 1;
          int64_t own = a == 1 && plan->groups > 0
                            ? index[1] / (work->shape->size[1] / plan->groups)
                            : index[a];
          group = group * work->shape->size[a] + own;
        }
      if (group != before && !find_statistics (work, index, error))
        return false;
      before = group;
      if (!read_group (work, &piece, out->stride, (char *)out->data + to * (int64_t)bytes, error))
        return false;
    }
  while (scope_index_next (plan->rank, count, at));
  return true;
}

bool
scope_normalization_read (const ScopeNode *node,
                          ScopeReader *reader,
                          const ScopeRegion *region,
                          const ScopeBuffer *out,
                          ScopeError *error)
{
  Work work = { .node = node, .plan = node->plan, .shape = &node->shape, .reader = reader };
  int64_t bytes = BLOCK_ELEMENTS * (int64_t)sizeof (double), elements = 1;
  for (int a = 0; a < region->rank && elements < BLOCK_ELEMENTS; a++)
    elements *= scope_min (node->shape.size[a], BLOCK_ELEMENTS);
  bytes = scope_min (elements, BLOCK_ELEMENTS) * (int64_t)sizeof (double);
  work.block = scope_read_alloc (reader, bytes, error);
  bool done = work.block != NULL;
  if (done && work.plan->weight >= 0)
    done = (work.weight = scope_read_alloc (reader, bytes, error)) != NULL;
  if (done && work.plan->bias >= 0)
    done = (work.bias = scope_read_alloc (reader, bytes, error)) != NULL;
  done = done && read_groups (&work, region, out, error);
  scope_read_free (reader, work.bias);
  scope_read_free (reader, work.weight);
  scope_read_free (reader, work.block);
  return done;
}

/* ---- trace ---------------------------------------------------------------------------------- */

static bool
trace_parameter (const ScopeNode *node, int input, const int64_t *index, ScopeTrace *trace)
{
  const ScopeNormalization *plan = node->plan;
  if (input < 0)
    return true;
  const int64_t *cell =
      plan->channel >= 0 ? &index[plan->channel] : &index[plan->rank - plan->last];
  return trace->add (trace, input, cell, input == plan->bias ? 1 : (double)NAN);
}

/* The element itself first, then all that its mean comes from. */
bool
scope_normalization_trace (const ScopeNode *node, const int64_t *index, ScopeTrace *trace)
{
  const ScopeNormalization *plan = node->plan;
  if (!trace->add (trace, 0, index, (double)NAN)
      || !trace_parameter (node, plan->weight, index, trace)
      || !trace_parameter (node, plan->bias, index, trace)
      || !trace_parameter (node, plan->mean, index, trace)
      || !trace_parameter (node, plan->variance, index, trace))
    return false;
  if (plan->mean >= 0)
    return true;
  Work work = { .plan = plan, .shape = &node->shape };
  ScopeRegion group = group_of (&work, index);
  int64_t at[SCOPE_MAX_RANK] = { 0 }, cell[SCOPE_MAX_RANK];
  do
    {
      for (int a = 0; a < plan->rank; a++)
        cell[a] = group.start[a] + at[a];
      if (memcmp (cell, index, (size_t)plan->rank * sizeof *cell) != 0
          && !trace->add (trace, 0, cell, (double)NAN))
        return false;
    }
  while (scope_index_next (plan->rank, group.count, at));
  return true;
}
