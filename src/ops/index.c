/* A[…]: integers, slices, new axes, arrays of integers, masks. */
#include "core/arena.h"
#include "ops/program.h"
#include "ops/stride.h"
#include "ops/subscript-read.h"

#include <math.h>

enum
{
  INPUT,
  INDEX,
};

/* How a view by integers, slices and new axes lies in memory. */
static const int64_t *
viewed_stride (const ScopeCall *call, const ScopeSubscript *plan)
{
  int64_t own[SCOPE_MAX_RANK], stride[SCOPE_MAX_RANK];
  bool made[SCOPE_MAX_RANK] = { false };
  scope_call_stride (call, &call->value[INPUT], own);
  for (int i = 0; i < plan->takes; i++)
    if (plan->take[i].kind == SCOPE_TAKE_SLICE)
      {
        stride[plan->take[i].to] = scope_stride_times (own[plan->take[i].axis], plan->take[i].step);
        made[plan->take[i].to] = true;
      }
  for (int axis = plan->shape.rank - 1; axis >= 0; axis--)
    if (!made[axis])
      stride[axis] = axis + 1 < plan->shape.rank
                         ? scope_stride_times (stride[axis + 1], plan->shape.size[axis + 1])
                         : 1;
  return scope_stride_keep (call, &plan->shape, stride);
}

static bool
index_infer (const ScopeCall *call, ScopeResult *result, ScopeFailure *failure)
{
  const ScopeShape *shape = scope_call_shape (call, &call->value[INPUT]);
  ScopeSubscript *plan = scope_arena_alloc (call->arena, sizeof *plan);
  if (plan == NULL)
    return false;
  if (!scope_subscript_resolve (call, shape, &call->value[INDEX], plan, failure)
      || !scope_subscript_check_written (call, shape, &call->value[INDEX], plan, failure))
    return false;
  scope_result_add_input (call, result, &call->value[INPUT]);
  for (int i = 0; i < plan->tensors; i++)
    scope_result_add_input (call, result, plan->tensor[i]);
  scope_result_set (result, &plan->shape, scope_call_dtype (call, &call->value[INPUT]));
  if (!plan->advanced)
    result->output.stride = viewed_stride (call, plan);
  result->plan = plan;
  return true;
}

/* A read in the making: a region of the input and where its cells go. */
typedef struct
{
  const ScopeNode *node;
  ScopeReader *reader;
  const ScopeSubscript *plan;
  ScopeRegion own;
  ScopeBuffer buffer;
  ScopeError *error;
} Reading;

/* What does not change from one array place to the next. */
static void
place_slices (Reading *reading, const ScopeRegion *region, const ScopeBuffer *out)
{
  for (int i = 0; i < reading->plan->takes; i++)
    {
      const ScopeTake *take = &reading->plan->take[i];
      if (take->axis < 0)
        continue;
      int axis = take->axis;
      reading->own.start[axis] = take->start;
      reading->own.step[axis] = 0;
      reading->own.count[axis] = 1;
      reading->buffer.stride[axis] = 0;
      if (take->kind != SCOPE_TAKE_SLICE)
        continue;
      reading->own.start[axis] = take->start + take->step * region->start[take->to];
      reading->own.count[axis] = region->count[take->to];
      if (region->count[take->to] > 1)
        reading->own.step[axis] = take->step * region->step[take->to];
      reading->buffer.stride[axis] = out->stride[take->to];
    }
}

/* Reads once for each repeat that a region asks of a new axis. */
static bool
read_repeats (Reading *reading, const ScopeRegion *region, const ScopeBuffer *out)
{
  int64_t count[SCOPE_MAX_RANK], stride[SCOPE_MAX_RANK], at[SCOPE_MAX_RANK] = { 0 };
  int rank = 0;
  for (int i = 0; i < reading->plan->takes; i++)
    {
      const ScopeTake *take = &reading->plan->take[i];
      if (take->kind != SCOPE_TAKE_NEW || region->count[take->to] == 1)
        continue;
      count[rank] = region->count[take->to];
      stride[rank++] = out->stride[take->to];
    }
  char *data = reading->buffer.data;
  int64_t bytes = (int64_t)scope_dtype_bytes (reading->node->dtype);
  do
    {
      int64_t place = 0;
      for (int k = 0; k < rank; k++)
        place += at[k] * stride[k];
      ScopeBuffer buffer = reading->buffer;
      buffer.data = data + place * bytes;
      if (!scope_read_input (reading->node, reading->reader, INPUT, &reading->own, &buffer,
                             reading->error))
        return false;
    }
  while (scope_next_place (at, count, rank));
  return true;
}

/* The part of a region that lies in the axes made by arrays. */
static ScopeRegion
array_part (const ScopeSubscript *plan, const ScopeRegion *region)
{
  ScopeRegion part = { .rank = plan->array_shape.rank };
  for (int k = 0; k < part.rank; k++)
    {
      part.start[k] = region->start[plan->array_to + k];
      part.step[k] = region->step[plan->array_to + k];
      part.count[k] = region->count[plan->array_to + k];
    }
  return part;
}

static bool
read_places (Reading *reading,
             const ScopeRegion *region,
             const ScopeBuffer *out,
             const ScopeRegion *part,
             const ScopeIndexValues *values)
{
  const ScopeSubscript *plan = reading->plan;
  int64_t at[SCOPE_MAX_RANK] = { 0 };
  int64_t bytes = (int64_t)scope_dtype_bytes (reading->node->dtype);
  do
    {
      int64_t place = 0;
      for (int k = 0; k < part->rank; k++)
        place += at[k] * out->stride[plan->array_to + k];
      reading->buffer.data = (char *)out->data + place * bytes;
      for (int i = 0; i < plan->takes; i++)
        if (plan->take[i].array >= 0 && plan->take[i].axis >= 0)
          reading->own.start[plan->take[i].axis] =
              scope_index_values_at (values, &plan->take[i], at, part->rank);
      if (!scope_read_go_on (reading->reader, reading->error)
          || !read_repeats (reading, region, out))
        return false;
    }
  while (scope_next_place (at, part->count, part->rank));
  return true;
}

static bool
index_read (const ScopeNode *node,
            ScopeReader *reader,
            const ScopeRegion *region,
            const ScopeBuffer *out,
            ScopeError *error)
{
  const ScopeSubscript *plan = node->plan;
  const ScopeShape *shape = &node->program->node[node->input[INPUT]]->shape;
  Reading reading = { node, reader, plan, { .rank = shape->rank }, { .data = out->data }, error };
  place_slices (&reading, region, out);
  if (plan->arrays == 0)
    return read_repeats (&reading, region, out);

  ScopeIndexValues *values =
      scope_read_alloc (reader, plan->arrays * (int64_t)sizeof *values, error);
  if (values == NULL)
    return false;
  ScopeRegion part = array_part (plan, region);
  bool done = scope_index_values_read (node, reader, plan, shape, 1, &part, values, error)
              && read_places (&reading, region, out, &part, values);
  scope_index_values_free (reader, values, plan->arrays);
  scope_read_free (reader, values);
  return done;
}

/* Where an index tensor decides, its cell is reported and the input's cell is not known. */
static bool
index_trace (const ScopeNode *node, const int64_t *index, ScopeTrace *trace)
{
  const ScopeSubscript *plan = node->plan;
  int64_t own[SCOPE_MAX_RANK];
  bool known = true;
  for (int i = 0; i < plan->takes; i++)
    {
      const ScopeTake *take = &plan->take[i];
      const int64_t *at = index + plan->array_to;
      int rank = plan->array_shape.rank;
      if (take->array >= 0 && plan->array[take->array].operand >= 0)
        {
          const ScopeIndexArray *array = &plan->array[take->array];
          int64_t cell[SCOPE_MAX_RANK];
          for (int axis = 0; axis < array->shape.rank; axis++)
            cell[axis] = array->shape.size[axis] == 1 ? 0 : at[axis + rank - array->shape.rank];
          if (!trace->add (trace, 1 + array->operand, cell, NAN))
            return false;
          known = false;
        }
      else if (take->axis >= 0)
        own[take->axis] = take->kind == SCOPE_TAKE_ONE ? take->start
                          : take->kind == SCOPE_TAKE_SLICE
                              ? take->start + index[take->to] * take->step
                              : scope_written_index (plan, take, at);
    }
  return !known || trace->add (trace, INPUT, own, 1);
}

static const ScopeSpelling spellings[] = {
  { "[]", SCOPE_DIALECT_DEFAULT, "input index", 0, false },
  { NULL, 0, NULL, 0, false },
};

static const ScopeParameter parameters[] = {
  { "input", SCOPE_TAKES_TENSOR, NULL, NULL, "what is indexed" },
  { "index", SCOPE_TAKES_ANY, NULL, NULL, "integers, slices, `...`, None, tensors, masks" },
  { NULL, 0, NULL, NULL, NULL },
};

const ScopeOp scope_ops_index[] = {
  {
      .name = "index",
      .group = "indexing",
      .about = "a part of a tensor: A[0, 1:5, ..., None]",
      .spelling = spellings,
      .parameter = parameters,
      .infer = index_infer,
      .read = index_read,
      .trace = index_trace,
  },
  { .name = NULL },
};
