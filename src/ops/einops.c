/* einops: rearrange, reduce, repeat. */
#include "ops/argument.h"
#include "ops/blocks.h"
#include "ops/einops-pattern.h"
#include "ops/operand.h"
#include "ops/reduce-step.h"
#include "ops/regroup.h"

#include "core/arena.h"
#include "core/walk.h"

#include <math.h>
#include <string.h>

enum
{
  INPUT,
  PATTERN,
  REDUCTION,
};

enum
{
  BLOCK_ELEMENTS = 1 << 18, /* reduced at once */
  MOST_RESULTS = 1024,      /* of one block */
};

typedef struct
{
  ScopeEinopsPlan pattern;
  ScopeRegroup split,
      join;  /* from the tensor to elementary axes; from ordered axes to the result */
  bool list; /* axis 0 counts the inputs */
  bool reduces;
  ScopeReduction kind;
  ScopeReduce reduce; /* what the steps of the reduction ask for */
} Plan;

/* ---- infer ----------------------------------------------------------------------------------- */

static bool
refuse_argument (const ScopeCall *call, int parameter, const char *words, ScopeFailure *failure)
{
  scope_failure_begin (failure, SCOPE_RULE_ARGUMENT);
  failure->span = call->value[parameter].span;
  scope_failure_explain (failure, "%s", words);
  return false;
}

/* The tensor, or a list of tensors of one shape, which is stacked. */
static bool
find_input (const ScopeCall *call, Plan *plan, ScopeDtype *dtype, ScopeFailure *failure)
{
  const ScopeValue *value = &call->value[INPUT];
  ScopeShape *from = &plan->pattern.from;
  plan->list = scope_value_is_sequence (value);
  const ScopeValue *item = plan->list ? value->item : value;
  int items = plan->list ? value->items : 1;
  if (items == 0)
    {
      refuse_argument (call, INPUT, "The list has no tensors.", failure);
      return scope_failure_say (failure, "TypeError",
                                "Rearrange/Reduce/Repeat can't be applied to an empty list");
    }
  for (int i = 0; i < items; i++)
    if (item[i].kind != SCOPE_VALUE_TENSOR)
      {
        refuse_argument (call, INPUT, "This must be a tensor or a list of tensors.", failure);
        return scope_failure_say (failure, "RuntimeError",
                                  "Tensor type unknown to einops <class '%s'>",
                                  scope_value_type_name (call, &item[i]));
      }
  const ScopeShape *shape = scope_call_shape (call, &item[0]);
  *dtype = scope_call_dtype (call, &item[0]);
  *from = *shape;
  if (!plan->list)
    return true;
  for (int i = 1; i < items; i++)
    if (!scope_shape_equal (scope_call_shape (call, &item[i]), shape))
      return refuse_argument (call, INPUT, "The tensors of the list differ in shape.", failure);
  if (shape->rank == SCOPE_MAX_RANK)
    return refuse_argument (call, INPUT, "The stack has too many axes.", failure);
  from->rank = shape->rank + 1;
  from->size[0] = items;
  memcpy (&from->size[1], shape->size, (size_t)shape->rank * sizeof from->size[0]);
  return true;
}

static bool
find_kind (const char *name, ScopeReduction *kind)
{
  static const struct
  {
    const char *name;
    ScopeReduction kind;
  } kinds[] = {
    { "min", SCOPE_REDUCE_MIN },   { "max", SCOPE_REDUCE_MAX },   { "sum", SCOPE_REDUCE_SUM },
    { "mean", SCOPE_REDUCE_MEAN }, { "prod", SCOPE_REDUCE_PROD }, { "any", SCOPE_REDUCE_ANY },
    { "all", SCOPE_REDUCE_ALL },
  };
  for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
    if (strcmp (kinds[i].name, name) == 0)
      {
        *kind = kinds[i].kind;
        return true;
      }
  return false;
}

/* The type of a sum or product. */
static ScopeDtype
summed_type (ScopeDialect dialect, ScopeDtype dtype)
{
  ScopeKind kind = scope_dtype_kind (dtype);
  if (kind == SCOPE_KIND_FLOAT || kind == SCOPE_KIND_COMPLEX)
    return dtype;
  if (dialect == SCOPE_PYTORCH)
    return SCOPE_INT64;
  if (dialect == SCOPE_NUMPY)
    return kind == SCOPE_KIND_UNSIGNED ? SCOPE_UINT64 : SCOPE_INT64;
  return kind == SCOPE_KIND_BOOL ? SCOPE_INT32 : dtype;
}

static ScopeDtype
reduced_type (ScopeDialect dialect, ScopeReduction kind, ScopeDtype dtype)
{
  switch (kind)
    {
    case SCOPE_REDUCE_SUM:
    case SCOPE_REDUCE_PROD:
      return summed_type (dialect, dtype);
    case SCOPE_REDUCE_ANY:
    case SCOPE_REDUCE_ALL:
      return dialect == SCOPE_PYTORCH && dtype == SCOPE_UINT8 ? dtype : SCOPE_BOOL;
    default:
      return dtype;
    }
}

/* An extreme of nothing. */
static bool
check_extremes (const ScopeCall *call, const Plan *plan, ScopeFailure *failure)
{
  const ScopeEinopsPlan *pattern = &plan->pattern;
  int at = pattern->ordered.rank;
  if ((plan->kind != SCOPE_REDUCE_MIN && plan->kind != SCOPE_REDUCE_MAX)
      || scope_shape_is_empty (&pattern->result))
    return true;
  for (int axis = 0; axis < pattern->elementary.rank; axis++)
    {
      if (!pattern->reduced[axis])
        continue;
      if (pattern->elementary.size[axis] != 0)
        {
          at++;
          continue;
        }
      const char *name = plan->kind == SCOPE_REDUCE_MAX ? "max" : "min";
      scope_failure_begin (failure, SCOPE_RULE_SIZE);
      scope_failure_explain (failure, "There is no %s of no elements.", name);
      if (call->dialect == SCOPE_PYTORCH)
        return scope_failure_say (failure, "IndexError",
                                  "a%s(): Expected reduction dim %d to have non-zero size.", name,
                                  at);
      return scope_failure_say (
          failure, "ValueError",
          "zero-size array to reduction operation %simum which has no identity", name);
    }
  return true;
}

static bool
set_reduction (const ScopeCall *call, Plan *plan, ScopeDtype *dtype, ScopeFailure *failure)
{
  for (int axis = 0; axis < plan->pattern.elementary.rank; axis++)
    plan->reduces = plan->reduces || plan->pattern.reduced[axis];
  if (!plan->reduces)
    return true;
  if (plan->kind == SCOPE_REDUCE_MEAN && !scope_dtype_is_float (*dtype))
    {
      refuse_argument (call, REDUCTION, "A mean needs floating-point numbers.", failure);
      return scope_failure_say (failure, "NotImplementedError",
                                "reduce_mean is not available for non-floating tensors");
    }
  if (!check_extremes (call, plan, failure))
    return false;
  bool adds = plan->kind == SCOPE_REDUCE_SUM || plan->kind == SCOPE_REDUCE_PROD;
  ScopeDtype result = reduced_type (call->dialect, plan->kind, *dtype);
  plan->reduce.kind[0] = plan->kind;
  plan->reduce.cast = adds ? result : *dtype;
  *dtype = result;
  return true;
}

static bool
einops_infer (const ScopeCall *call, ScopeResult *result, ScopeFailure *failure)
{
  static const char *const names[] = {
    [SCOPE_EINOPS_REARRANGE] = "rearrange", [SCOPE_EINOPS_REPEAT] = "repeat"
  };
  ScopeEinopsKind kind = (ScopeEinopsKind)call->spelling->variant;
  Plan *plan = scope_arena_alloc (call->arena, sizeof *plan);
  const ScopeValue *input = &call->value[INPUT];
  ScopeDtype dtype = SCOPE_FLOAT32;
  if (plan == NULL)
    return scope_call_out_of_memory (call);
  if (call->value[PATTERN].kind != SCOPE_VALUE_STRING)
    return refuse_argument (call, PATTERN, "The pattern must be a text.", failure);
  if (kind == SCOPE_EINOPS_REDUCE && call->value[REDUCTION].kind != SCOPE_VALUE_STRING)
    return refuse_argument (call, REDUCTION, "The reduction must be a text like 'mean'.", failure);
  const char *reduction = kind == SCOPE_EINOPS_REDUCE ? call->value[REDUCTION].text : names[kind];
  if (!find_input (call, plan, &dtype, failure)
      || !scope_einops_match (call, kind, call->value[PATTERN].text, reduction, &plan->pattern,
                              failure)
      || (kind == SCOPE_EINOPS_REDUCE && !find_kind (reduction, &plan->kind))
      || (kind == SCOPE_EINOPS_REDUCE && !set_reduction (call, plan, &dtype, failure)))
    return false;

  int64_t count;
  ScopeError error;
  const ScopeShape *shape = &plan->pattern.result;
  if (scope_shape_is_known (shape) && !scope_shape_count (shape, &count, &error))
    {
      scope_failure_begin (failure, SCOPE_RULE_LIMIT);
      scope_failure_explain (failure, "The result has more elements than can be counted.");
      return false;
    }
  scope_regroup_set (&plan->split, &plan->pattern.from);
  scope_regroup_set (&plan->join, &plan->pattern.ordered);
  scope_result_set (result, shape, dtype);
  result->plan = plan;
  for (int i = 0; i < (plan->list ? input->items : 1); i++)
    scope_result_add_input (call, result, plan->list ? &input->item[i] : input);
  return true;
}

/* ---- read ------------------------------------------------------------------------------------ */

typedef struct
{
  const ScopeNode *node;
  const Plan *plan;
  ScopeReader *reader;
  ScopeDtype dtype; /* of the inputs */
} Work;

/* The tensor as it is given: a list of them has one more axis. */
static bool
read_stacked (void *data, const ScopeRegion *region, const ScopeBuffer *out, ScopeError *error)
{
  const Work *work = data;
  if (!work->plan->list)
    return scope_read_input (work->node, work->reader, 0, region, out, error);
  ScopeRegion item = { .rank = region->rank - 1 };
  ScopeBuffer buffer;
  size_t bytes = (size_t)item.rank * sizeof item.start[0];
  memcpy (item.start, &region->start[1], bytes);
  memcpy (item.step, &region->step[1], bytes);
  memcpy (item.count, &region->count[1], bytes);
  memcpy (buffer.stride, &out->stride[1], bytes);
  for (int64_t i = 0; i < region->count[0]; i++)
    {
      int input = (int)(region->start[0] + i * region->step[0]);
      buffer.data =
          (char *)out->data + i * out->stride[0] * (int64_t)scope_dtype_bytes (work->dtype);
      if (!scope_read_input (work->node, work->reader, input, &item, &buffer, error))
        return false;
    }
  return true;
}

/* The elementary axes. */
static bool
read_elementary (const Work *work,
                 const ScopeRegion *region,
                 const ScopeBuffer *out,
                 ScopeError *error)
{
  return scope_regroup_read (&work->plan->split, &work->plan->pattern.elementary, region,
                             scope_dtype_bytes (work->dtype), out, read_stacked, (void *)work,
                             error);
}

typedef struct
{
  ScopeDtype dtype;
  char *data;
} Copy;

static bool
copy_run (void *data, int64_t count, const int64_t *at, const int64_t *step)
{
  const Copy *copy = data;
  int64_t bytes = (int64_t)scope_dtype_bytes (copy->dtype);
  scope_dtype_convert (copy->dtype, copy->data + at[1] * bytes, step[1], copy->dtype,
                       copy->data + at[0] * bytes, step[0], count);
  return true;
}

/* Copies what was read at the first place of each new axis to its other places. */
static void
fill_new_axes (const Work *work, const ScopeRegion *region, const ScopeBuffer *out)
{
  Copy copy = { work->dtype, out->data };
  int64_t count[SCOPE_MAX_RANK];
  for (int axis = 0; axis < region->rank; axis++)
    count[axis] = work->plan->pattern.source[axis] < 0 ? 1 : region->count[axis];
  for (int axis = 0; axis < region->rank; axis++)
    {
      if (count[axis] == region->count[axis])
        continue;
      int64_t from[SCOPE_MAX_RANK];
      memcpy (from, out->stride, (size_t)region->rank * sizeof from[0]);
      from[axis] = 0;
      count[axis] = region->count[axis] - 1;
      scope_walk (region->rank, count, 2, (const int64_t *[]){ out->stride, from },
                  (const int64_t[]){ out->stride[axis], 0 }, copy_run, &copy);
      count[axis] = region->count[axis];
    }
}

/* The right side's axes, nothing reduced. */
static bool
read_moved (const Work *work, const ScopeRegion *region, const ScopeBuffer *out, ScopeError *error)
{
  const ScopeEinopsPlan *pattern = &work->plan->pattern;
  ScopeRegion part = { .rank = pattern->elementary.rank };
  ScopeBuffer buffer = { .data = out->data };
  for (int axis = 0; axis < region->rank; axis++)
    {
      int from = pattern->source[axis];
      if (from < 0)
        continue;
      part.start[from] = region->start[axis];
      part.step[from] = region->step[axis];
      part.count[from] = region->count[axis];
      buffer.stride[from] = out->stride[axis];
    }
  if (!read_elementary (work, &part, &buffer, error))
    return false;
  fill_new_axes (work, region, out);
  return true;
}

/* ---- reductions ------------------------------------------------------------------------------ */

/* Memory of one block: elements as they are, as they are held, and the results so far. */
typedef struct
{
  void *raw, *held;
  ScopeReduceState *state;
  ScopeReduceStep step;
  ScopeDtype carrier;
} Scratch;

/* The region of the elementary axes behind a block of results and a block of what is reduced; in
 * the buffer the elements of a result lie together. */
static void
place_block (const Work *work,
             const ScopeRegion *region,
             const ScopeBlocks *results,
             const ScopeBlocks *lane,
             ScopeRegion *part,
             ScopeBuffer *buffer)
{
  const ScopeEinopsPlan *pattern = &work->plan->pattern;
  int64_t within = 1, between = lane->elements;
  int at = lane->rank;
  part->rank = pattern->elementary.rank;
  for (int axis = part->rank - 1; axis >= 0; axis--)
    if (pattern->reduced[axis])
      {
        at--;
        part->start[axis] = lane->start[at];
        part->step[axis] = 1;
        part->count[axis] = lane->here[at];
        buffer->stride[axis] = within;
        within *= lane->here[at];
      }
  for (int axis = region->rank - 1; axis >= 0; axis--)
    {
      int from = pattern->source[axis];
      part->start[from] = region->start[axis] + results->start[axis] * region->step[axis];
      part->step[from] = region->step[axis];
      part->count[from] = results->here[axis];
      buffer->stride[from] = between;
      between *= results->here[axis];
    }
}

/* Writes the results of a block to their places. */
static void
write_results (const Work *work,
               const Scratch *scratch,
               const ScopeBlocks *results,
               int64_t total,
               const ScopeBuffer *out)
{
  int64_t index[SCOPE_MAX_RANK] = { 0 }, bytes = (int64_t)scope_dtype_bytes (work->node->dtype);
  for (int64_t i = 0; i < results->elements; i++)
    {
      int64_t place = 0;
      for (int axis = 0; axis < results->rank; axis++)
        place += (results->start[axis] + index[axis]) * out->stride[axis];
      scope_reduce_finish (&scratch->state[i], &work->plan->reduce, work->plan->kind,
                           scratch->carrier, total, work->node->dtype,
                           (char *)out->data + place * bytes);
      scope_index_next (results->rank, results->here, index);
    }
}

static bool
reduce_block (const Work *work,
              const Scratch *scratch,
              const ScopeRegion *region,
              const ScopeBlocks *results,
              const int64_t *counts,
              int reduced,
              int64_t limit,
              ScopeError *error)
{
  ScopeDtype cast = work->plan->reduce.cast;
  ScopeBlocks lane;
  memset (scratch->state, 0, (size_t)results->elements * sizeof *scratch->state);
  scope_blocks_begin (&lane, reduced, counts, limit);
  do
    {
      ScopeRegion part = { 0 };
      ScopeBuffer buffer = { .data = scratch->raw };
      int64_t elements = results->elements * lane.elements;
      if (!scope_read_go_on (work->reader, error))
        return false;
      if (elements == 0)
        continue;
      place_block (work, region, results, &lane, &part, &buffer);
      if (!read_elementary (work, &part, &buffer, error))
        return false;
      /* The raw elements are converted twice: to the type that counts, then to what is held. */
      scope_dtype_convert (work->dtype, scratch->raw, 1, cast, scratch->held, 1, elements);
      memcpy (scratch->raw, scratch->held, (size_t)elements * scope_dtype_bytes (cast));
      scope_dtype_convert (cast, scratch->raw, 1, scratch->carrier, scratch->held, 1, elements);
      size_t bytes = scope_dtype_bytes (scratch->carrier);
      for (int64_t i = 0; i < results->elements; i++)
        scratch->step (&scratch->state[i], &work->plan->reduce,
                       (const char *)scratch->held + (size_t)(i * lane.elements) * bytes,
                       lane.elements, lane.first);
    }
  while (scope_blocks_next (&lane));
  return true;
}

/* The right side's axes, the others reduced. */
static bool
read_reduced (const Work *work,
              const ScopeRegion *region,
              const ScopeBuffer *out,
              ScopeError *error)
{
  const ScopeEinopsPlan *pattern = &work->plan->pattern;
  int64_t counts[SCOPE_MAX_RANK], total = 1;
  int reduced = 0;
  for (int axis = 0; axis < pattern->elementary.rank; axis++)
    if (pattern->reduced[axis])
      {
        counts[reduced++] = pattern->elementary.size[axis];
        total *= pattern->elementary.size[axis];
      }

  ScopeBlocks results;
  scope_blocks_begin (&results, region->rank, region->count, MOST_RESULTS);
  int64_t most = results.elements, limit = BLOCK_ELEMENTS / (most > 0 ? most : 1);
  Scratch scratch = { .carrier = scope_reduce_carrier (work->plan->reduce.cast) };
  scratch.step = scope_reduce_step (work->plan->kind, scratch.carrier);
  if (scratch.step == NULL)
    return scope_fail (error, SCOPE_ERROR_TYPE, -1, "This reduction is not defined for %s.",
                       scope_dtype_name (work->plan->reduce.cast));
  int64_t bytes = 16 * most * (total < limit ? total : limit);
  scratch.raw = scope_read_alloc (work->reader, bytes, error);
  scratch.held = scratch.raw != NULL ? scope_read_alloc (work->reader, bytes, error) : NULL;
  scratch.state =
      scratch.held != NULL
          ? scope_read_alloc (work->reader, most * (int64_t)sizeof *scratch.state, error)
          : NULL;
  bool done = scratch.state != NULL;
  do
    {
      done = done && reduce_block (work, &scratch, region, &results, counts, reduced, limit, error);
      if (done)
        write_results (work, &scratch, &results, total, out);
    }
  while (done && scope_blocks_next (&results));
  scope_read_free (work->reader, scratch.state);
  scope_read_free (work->reader, scratch.held);
  scope_read_free (work->reader, scratch.raw);
  return done;
}

static bool
read_ordered (void *data, const ScopeRegion *region, const ScopeBuffer *out, ScopeError *error)
{
  const Work *work = data;
  return work->plan->reduces ? read_reduced (work, region, out, error)
                             : read_moved (work, region, out, error);
}

static bool
einops_read (const ScopeNode *node,
             ScopeReader *reader,
             const ScopeRegion *region,
             const ScopeBuffer *out,
             ScopeError *error)
{
  const Plan *plan = node->plan;
  Work work = { node, plan, reader, node->program->node[node->input[0]]->dtype };
  return scope_regroup_read (&plan->join, &node->shape, region, scope_dtype_bytes (node->dtype),
                             out, read_ordered, &work, error);
}

/* ---- trace ----------------------------------------------------------------------------------- */

static bool
trace_cell (const Plan *plan, const int64_t *elementary, double weight, ScopeTrace *trace)
{
  int64_t index[SCOPE_MAX_RANK];
  scope_regroup_index (&plan->split, &plan->pattern.elementary, elementary, index);
  if (plan->list)
    return trace->add (trace, (int)index[0], index + 1, weight);
  return trace->add (trace, 0, index, weight);
}

static bool
einops_trace (const ScopeNode *node, const int64_t *index, ScopeTrace *trace)
{
  const Plan *plan = node->plan;
  const ScopeEinopsPlan *pattern = &plan->pattern;
  int64_t ordered[SCOPE_MAX_RANK], elementary[SCOPE_MAX_RANK] = { 0 };
  scope_regroup_index (&plan->join, &node->shape, index, ordered);
  for (int axis = 0; axis < pattern->ordered.rank; axis++)
    if (pattern->source[axis] >= 0)
      elementary[pattern->source[axis]] = ordered[axis];
  if (!plan->reduces)
    return trace_cell (plan, elementary, 1, trace);

  int64_t count[SCOPE_MAX_RANK], at[SCOPE_MAX_RANK] = { 0 }, total = 1;
  int axes[SCOPE_MAX_RANK], reduced = 0;
  for (int axis = 0; axis < pattern->elementary.rank; axis++)
    if (pattern->reduced[axis])
      {
        axes[reduced] = axis;
        count[reduced++] = pattern->elementary.size[axis];
        total *= pattern->elementary.size[axis];
      }
  double weight = plan->kind == SCOPE_REDUCE_SUM    ? 1
                  : plan->kind == SCOPE_REDUCE_MEAN ? 1 / (double)total
                                                    : NAN;
  if (total == 0)
    return true;
  do
    {
      for (int i = 0; i < reduced; i++)
        elementary[axes[i]] = at[i];
      if (!trace_cell (plan, elementary, weight, trace))
        return false;
    }
  while (scope_index_next (reduced, count, at));
  return true;
}

/* ---- the table ------------------------------------------------------------------------------- */

static const ScopeParameter parameters[] = {
  { "tensor", SCOPE_TAKES_ANY, NULL, NULL, "the tensor, or a list of tensors" },
  { "pattern", SCOPE_TAKES_STRING, NULL, NULL,
    "names of axes before and after: 'b (h w) -> h w b'" },
  { NULL },
};

static const ScopeParameter reduce_parameters[] = {
  { "tensor", SCOPE_TAKES_ANY, NULL, NULL, "the tensor, or a list of tensors" },
  { "pattern", SCOPE_TAKES_STRING, NULL, NULL, "names of axes before and after: 'b h w -> b'" },
  { "reduction", SCOPE_TAKES_CHOICE, NULL, "mean sum max min prod any all",
    "what becomes of the axes that are left out" },
  { NULL },
};

static const ScopeSpelling rearrange_spellings[] = {
  { "einops.rearrange", SCOPE_DIALECT_DEFAULT, "tensor pattern **", SCOPE_EINOPS_REARRANGE },
  { NULL },
};

static const ScopeSpelling repeat_spellings[] = {
  { "einops.repeat", SCOPE_DIALECT_DEFAULT, "tensor pattern **", SCOPE_EINOPS_REPEAT },
  { NULL },
};

static const ScopeSpelling reduce_spellings[] = {
  { "einops.reduce", SCOPE_DIALECT_DEFAULT, "tensor pattern reduction **", SCOPE_EINOPS_REDUCE },
  { NULL },
};

#define ROW(title, text, spellings, taking)                                                        \
  {                                                                                                \
    .name = title, .group = "einops", .about = text, .spelling = spellings, .parameter = taking,   \
    .infer = einops_infer, .read = einops_read, .trace = einops_trace                              \
  }

const ScopeOp scope_ops_einops[] = {
  ROW ("rearrange",
       "splits, orders and joins axes by their names",
       rearrange_spellings,
       parameters),
  ROW ("einops_repeat", "repeats along new axes, by names", repeat_spellings, parameters),
  ROW ("einops_reduce",
       "reduces the axes that are left out, by names",
       reduce_spellings,
       reduce_parameters),
  { NULL },
};
