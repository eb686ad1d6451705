/* Moving, dropping and inserting axes: arithmetic on the region and the buffer, nothing is copied.
 */
#include "ops/reorder.h"

#include "core/arena.h"
#include "ops/operand.h"
#include "ops/program.h"
#include "ops/stride.h"

void
scope_reorder_plan (const ScopeCall *call,
                    const ScopeValue *value,
                    const int8_t *source,
                    int rank,
                    ScopeReorderPlan *plan,
                    ScopeOutput *output)
{
  const ScopeShape *input = scope_call_shape (call, value);
  ScopeShape shape = { .rank = rank };
  int64_t own[SCOPE_MAX_RANK], stride[SCOPE_MAX_RANK], next = 1;
  scope_call_stride (call, value, own);
  plan->input_rank = input->rank;
  for (int axis = rank - 1; axis >= 0; axis--)
    {
      int from = source[axis];
      plan->source[axis] = (int8_t)from;
      shape.size[axis] = from >= 0 ? input->size[from] : 1;
      stride[axis] = from >= 0 ? own[from] : next;
      next = scope_sizes_product ((int64_t[]){ stride[axis], shape.size[axis] }, 2);
    }
  *output = (ScopeOutput){
    .shape = shape,
    .dtype = scope_call_dtype (call, value),
    .stride = scope_stride_keep (call, &shape, stride),
  };
}

bool
scope_reorder_set (const ScopeCall *call,
                   ScopeResult *result,
                   const ScopeValue *value,
                   const int8_t *source,
                   int rank)
{
  ScopeReorderPlan *plan = scope_arena_alloc (call->arena, sizeof *plan);
  if (plan == NULL)
    return scope_call_out_of_memory (call);
  ScopeOutput output;
  scope_reorder_plan (call, value, source, rank, plan, &output);
  result->plan = plan;
  result->outputs = 1;
  result->output = output;
  scope_result_add_input (call, result, value);
  return true;
}

bool
scope_reorder_nothing (const ScopeCall *call, ScopeResult *result, const ScopeValue *value)
{
  int8_t source[SCOPE_MAX_RANK];
  int rank = scope_call_shape (call, value)->rank;
  for (int axis = 0; axis < rank; axis++)
    source[axis] = (int8_t)axis;
  return scope_reorder_set (call, result, value, source, rank);
}

bool
scope_reorder_read (const ScopeNode *node,
                    ScopeReader *reader,
                    const ScopeRegion *region,
                    const ScopeBuffer *out,
                    ScopeError *error)
{
  const ScopeReorderPlan *plan = (const ScopeReorderPlan *)node->plan + node->part;
  ScopeRegion part = { .rank = plan->input_rank };
  ScopeBuffer buffer = { .data = out->data };
  for (int axis = 0; axis < part.rank; axis++)
    {
      part.step[axis] = 1;
      part.count[axis] = 1;
    }
  for (int axis = 0; axis < region->rank; axis++)
    {
      int from = plan->source[axis];
      if (from < 0)
        continue;
      part.start[from] = region->start[axis];
      part.step[from] = region->step[axis];
      part.count[from] = region->count[axis];
      buffer.stride[from] = out->stride[axis];
    }
  return scope_read_input_into (node, reader, node->part, &part, node->dtype, &buffer, error);
}

bool
scope_reorder_trace (const ScopeNode *node, const int64_t *index, ScopeTrace *trace)
{
  const ScopeReorderPlan *plan = (const ScopeReorderPlan *)node->plan + node->part;
  int64_t from[SCOPE_MAX_RANK] = { 0 };
  for (int axis = 0; axis < node->shape.rank; axis++)
    if (plan->source[axis] >= 0)
      from[plan->source[axis]] = index[axis];
  return trace->add (trace, node->part, from, 1);
}
