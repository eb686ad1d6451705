/* Operations made of others. */
#include "ops/compose.h"

#include "ops/builder.h"
#include "ops/operand.h"

#include <string.h>

/* What a node needs: its parts are the last inputs. */
typedef struct
{
  int first; /* the input that part 0 is */
} ComposePlan;

/* ---- for infer ------------------------------------------------------------------------------ */

bool
scope_compose (const ScopeCall *call,
               ScopeFailure *failure,
               const char *spelling,
               const ScopeArgument *argument,
               int arguments,
               ScopeValue *out)
{
  ScopeBuilder *builder = call->builder;
  ScopeCall step = { .span = call->span, .arguments = arguments, .argument = argument };
  step.method = spelling[0] == '.';
  if (!scope_builder_find (builder, spelling + step.method, step.method, call->dialect, &step.op,
                           &step.spelling, &step.dialect))
    {
      scope_failure_begin (failure, SCOPE_RULE_UNKNOWN);
      scope_failure_explain (failure, "Shapescope does not know `%s` yet.", spelling);
      return false;
    }
  int first = builder->program->nodes, operands = failure->operands;
  ScopeOperand operand[SCOPE_VERDICT_OPERANDS];
  memcpy (operand, failure->operand, sizeof operand);
  bool done = scope_builder_try (builder, &step, failure, out);
  if (done)
    {
      failure->operands = operands;
      memcpy (failure->operand, operand, sizeof operand);
    }
  for (int i = first; i < builder->program->nodes; i++)
    builder->program->node[i]->inner = true;
  return done && out->kind != SCOPE_VALUE_FAILED;
}

bool
scope_compose_values (const ScopeCall *call,
                      ScopeFailure *failure,
                      const char *spelling,
                      const ScopeValue *value,
                      int values,
                      ScopeValue *out)
{
  ScopeArgument *argument =
      scope_arena_alloc (call->arena, (size_t)(values + 1) * sizeof *argument);
  if (argument == NULL)
    return scope_call_out_of_memory (call);
  for (int i = 0; i < values; i++)
    argument[i] = (ScopeArgument){ .value = value[i] };
  return scope_compose (call, failure, spelling, argument, values, out);
}

/* The tensors of an argument that are not yet inputs. */
static void
add_tensors (const ScopeCall *call, ScopeResult *result, const ScopeValue *value)
{
  if (scope_value_is_sequence (value))
    {
      for (int i = 0; i < value->items; i++)
        add_tensors (call, result, &value->item[i]);
      return;
    }
  if (value->kind != SCOPE_VALUE_TENSOR)
    return;
  for (int i = 0; i < result->inputs; i++)
    if (result->input[i] == value->node)
      return;
  scope_result_add_input (call, result, value);
}

static ScopeOutput
output_of (const ScopeCall *call, const ScopeValue *value)
{
  const ScopeNode *node = call->program->node[value->node];
  return (ScopeOutput){ node->shape, node->dtype, node->stride };
}

bool
scope_compose_finish (const ScopeCall *call, ScopeResult *result, const ScopeValue *value)
{
  ComposePlan *plan = scope_arena_alloc (call->arena, sizeof *plan);
  if (plan == NULL)
    return scope_call_out_of_memory (call);
  for (int i = 0; i < call->arguments; i++)
    add_tensors (call, result, &call->argument[i].value);
  plan->first = result->inputs;
  result->plan = plan;
  if (value->kind == SCOPE_VALUE_TENSOR)
    {
      scope_result_add_input (call, result, value);
      result->outputs = 1;
      result->output = output_of (call, value);
      return true;
    }
  if (!scope_result_set_many (call, result, value->items, NULL) || result->many == NULL)
    return scope_call_out_of_memory (call);
  for (int i = 0; i < value->items; i++)
    {
      scope_result_add_input (call, result, &value->item[i]);
      result->many[i] = output_of (call, &value->item[i]);
    }
  return true;
}

bool
scope_compose_unknown (const ScopeCall *call,
                       ScopeResult *result,
                       const ScopeShape *shape,
                       ScopeDtype dtype)
{
  for (int i = 0; i < call->arguments; i++)
    add_tensors (call, result, &call->argument[i].value);
  scope_result_set (result, shape, dtype);
  return true;
}

/* ---- values --------------------------------------------------------------------------------- */

ScopeValue
scope_compose_int (const ScopeCall *call, int64_t integer)
{
  return scope_value_int (integer, call->span);
}

ScopeValue
scope_compose_float (const ScopeCall *call, double number)
{
  return scope_value_float (number, call->span);
}

ScopeValue
scope_compose_none (const ScopeCall *call)
{
  return (ScopeValue){ .kind = SCOPE_VALUE_NONE, .span = call->span };
}

ScopeValue
scope_compose_string (const ScopeCall *call, const char *text)
{
  return (ScopeValue){ .kind = SCOPE_VALUE_STRING, .text = text, .span = call->span };
}

ScopeValue
scope_compose_ints (const ScopeCall *call, const int64_t *integer, int count)
{
  ScopeValue *item = scope_arena_alloc (call->arena, (size_t)(count + 1) * sizeof *item);
  if (item == NULL)
    {
      scope_call_out_of_memory (call);
      return scope_value_failed (call->span);
    }
  for (int i = 0; i < count; i++)
    item[i] = scope_value_int (integer[i], call->span);
  return (
      ScopeValue){ .kind = SCOPE_VALUE_TUPLE, .item = item, .items = count, .span = call->span };
}

ScopeValue
scope_compose_tuple (const ScopeCall *call, const ScopeValue *value, int count)
{
  ScopeValue *item = scope_arena_alloc (call->arena, (size_t)(count + 1) * sizeof *item);
  if (item == NULL)
    {
      scope_call_out_of_memory (call);
      return scope_value_failed (call->span);
    }
  memcpy (item, value, (size_t)count * sizeof *item);
  return (
      ScopeValue){ .kind = SCOPE_VALUE_TUPLE, .item = item, .items = count, .span = call->span };
}

bool
scope_compose_slice (const ScopeCall *call,
                     ScopeFailure *failure,
                     int axis,
                     int64_t begin,
                     int64_t end,
                     ScopeValue *value)
{
  ScopeValue index[SCOPE_MAX_RANK], none[3], part[3];
  for (int i = 0; i < 3; i++)
    none[i] = part[i] = scope_compose_none (call);
  part[0] = scope_compose_int (call, begin);
  part[1] = scope_compose_int (call, end);
  for (int a = 0; a <= axis; a++)
    {
      index[a] = scope_compose_tuple (call, a == axis ? part : none, 3);
      if (index[a].kind == SCOPE_VALUE_FAILED)
        return false;
      index[a].kind = SCOPE_VALUE_SLICE;
    }
  ScopeValue all = scope_compose_tuple (call, index, axis + 1);
  return all.kind != SCOPE_VALUE_FAILED && SCOPE_COMPOSE (call, failure, value, "[]", *value, all);
}

/* ---- read and trace ------------------------------------------------------------------------- */

bool
scope_compose_read (const ScopeNode *node,
                    ScopeReader *reader,
                    const ScopeRegion *region,
                    const ScopeBuffer *out,
                    ScopeError *error)
{
  const ComposePlan *plan = node->plan;
  if (plan == NULL)
    return scope_fail (error, SCOPE_ERROR_SHAPE, -1,
                       "A size is not known, so there is nothing to read.");
  return scope_read_input (node, reader, plan->first + node->part, region, out, error);
}

/* A step of the way down: what an inner node reports is followed on to the outer's inputs. */
typedef struct
{
  ScopeTrace trace;
  const ScopeNode *outer;
  const ScopeNode *node; /* whose trace runs */
  double weight;         /* of the cell whose trace runs */
  ScopeTrace *to;
} Way;

/* The position of a node among the outer's own inputs; −1 when it is none. */
static int
outer_input (const ScopeNode *outer, int number)
{
  const ComposePlan *plan = outer->plan;
  for (int i = 0; i < plan->first; i++)
    if (outer->input[i] == number)
      return i;
  return -1;
}

static bool
follow (ScopeTrace *self, int input, const int64_t *index, double weight)
{
  const Way *way = (const Way *)self;
  int number = way->node->input[input];
  const ScopeNode *node = way->node->program->node[number];
  int place = outer_input (way->outer, number);
  if (place >= 0)
    return way->to->add (way->to, place, index, way->weight * weight);
  if (node->op == NULL || !node->inner)
    return true; /* a number */
  Way on = { { follow, way->to->reading, false }, way->outer, node, way->weight * weight, way->to };
  bool more = node->op->trace (node, index, &on.trace);
  way->to->picks = way->to->picks || on.trace.picks;
  return more;
}

bool
scope_compose_trace (const ScopeNode *node, const int64_t *index, ScopeTrace *trace)
{
  const ComposePlan *plan = node->plan;
  if (plan == NULL)
    return true;
  Way way = { { follow, trace->reading, false }, node, node, 1, trace };
  return follow (&way.trace, plan->first + node->part, index, 1);
}
