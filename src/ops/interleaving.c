/* Repeating elements one by one: repeat_interleave, np.repeat. */
#include "core/arena.h"
#include "core/checked.h"
#include "ops/argument.h"
#include "ops/axis.h"
#include "ops/operand.h"
#include "ops/place.h"
#include "ops/program.h"
#include "ops/promote.h"
#include "ops/python-words.h"
#include "ops/torch-expand.h"

#include <string.h>

enum
{
  INPUT,
  REPEATS,
  DIM,
  OUTPUT_SIZE,
};

typedef struct
{
  const ScopeCall *call;
  ScopeOutput input;
  bool flat; /* no axis: all elements in C order */
  int axis;
  int64_t size;        /* elements along the axis */
  int64_t repeats;     /* of each, when `counts` is NULL; maybe unknown */
  int64_t *counts;     /* of each one */
  int64_t result_size; /* along the axis */
} Interleave;

static bool
is_numpy (const Interleave *self)
{
  return self->call->dialect != SCOPE_PYTORCH;
}

#define refuse(self, failure, parameter, rule, sentence, ...)                                      \
  (scope_failure_begin (failure, rule), (failure)->span = (self)->call->value[parameter].span,     \
   scope_failure_explain (failure, sentence), scope_failure_say (failure, __VA_ARGS__))

/* ---- the axis ------------------------------------------------------------------------------- */

/* NumPy looks at the kind of the axis before all else. */
static bool
check_axis_kind (const Interleave *self, ScopeFailure *failure)
{
  const ScopeValue *value = &self->call->value[DIM];
  bool whole = value->kind == SCOPE_VALUE_INT || value->kind == SCOPE_VALUE_NONE;
  if (!is_numpy (self) || whole || !scope_value_given (value))
    return true;
  if (value->kind == SCOPE_VALUE_BOOL)
    return scope_python_refuse (failure, value, "TypeError", "an integer is required for the axis");
  return scope_refuse_integer (self->call, DIM, value, failure);
}

static bool
find_axis (Interleave *self, ScopeFailure *failure)
{
  const ScopeCall *call = self->call;
  const ScopeValue *value = &call->value[DIM];
  int rank = self->input.shape.rank;
  self->flat = !scope_value_given (value) || value->kind == SCOPE_VALUE_NONE;
  if (self->flat)
    {
      self->size = scope_sizes_product (self->input.shape.size, rank);
      return true;
    }
  /* NumPy's scalars have an axis here, PyTorch's do not. */
  const ScopeAxisStyle style = { .scalar_has_one = false };
  if (!is_numpy (self) && rank == 0)
    {
      scope_failure_begin (failure, SCOPE_RULE_AXIS);
      failure->span = value->span;
      scope_failure_explain (failure, "A scalar has no axes.");
      return scope_failure_say (failure, "IndexError",
                                "Dimension specified as %lld but tensor has no dimensions",
                                (long long)value->integer);
    }
  int axes = rank == 0 ? 1 : rank;
  if (!scope_axis_find (call, DIM, &style, value->integer, axes, &self->axis, failure))
    return false;
  self->flat = rank == 0;
  self->size = rank == 0 ? 1 : self->input.shape.size[self->axis];
  return true;
}

/* ---- numbers of repeats ---------------------------------------------------------------------- */

static bool
refuse_match (const Interleave *self, int64_t counts, ScopeFailure *failure)
{
  scope_failure_begin (failure, SCOPE_RULE_MATCH);
  failure->span = self->call->value[REPEATS].span;
  scope_failure_explain (failure, "%lld numbers are given for %lld elements.", (long long)counts,
                         (long long)self->size);
  if (is_numpy (self))
    return scope_failure_say (failure, "ValueError",
                              "operands could not be broadcast together with shape (%lld,) (%lld,)",
                              (long long)self->size, (long long)counts);
  return scope_failure_say (failure, "RuntimeError",
                            "repeats must have the same size as input along dim");
}

static bool
refuse_negative (const Interleave *self, bool list, ScopeFailure *failure)
{
  const char *sentence = "An element cannot be repeated a negative number of times.";
  if (!is_numpy (self))
    return refuse (self, failure, REPEATS, SCOPE_RULE_SIZE, sentence, "RuntimeError",
                   "repeats can not be negative");
  return refuse (self, failure, REPEATS, SCOPE_RULE_SIZE, sentence, "ValueError",
                 list ? "repeats may not contain negative values."
                      : "negative dimensions are not allowed");
}

/* A tensor of numbers: they are not known, their number is. */
static bool
check_tensor (Interleave *self, ScopeFailure *failure)
{
  const ScopeCall *call = self->call;
  const ScopeValue *value = &call->value[REPEATS];
  const ScopeShape *shape = scope_call_shape (call, value);
  ScopeDtype dtype = scope_call_dtype (call, value);
  if (is_numpy (self))
    {
      if (!scope_numpy_casts_safely (dtype, SCOPE_INT64))
        return refuse (self, failure, REPEATS, SCOPE_RULE_TYPE,
                       "The numbers of repeats must be integers.", "TypeError",
                       "Cannot cast array data from dtype('%s') to dtype('int64') according to "
                       "the rule 'safe'",
                       scope_dtype_name (dtype));
      if (shape->rank > 1)
        return refuse (self, failure, REPEATS, SCOPE_RULE_RANK,
                       "The numbers of repeats must stand in one axis.", "ValueError",
                       "object too deep for desired array");
    }
  else if (shape->rank > 1)
    return refuse (self, failure, REPEATS, SCOPE_RULE_RANK,
                   "The numbers of repeats must stand in one axis.", "RuntimeError",
                   "repeats must be 0-dim or 1-dim tensor");
  return true;
}

static bool
read_tensor (Interleave *self, ScopeFailure *failure)
{
  const ScopeShape *shape = scope_call_shape (self->call, &self->call->value[REPEATS]);
  ScopeDtype dtype = scope_call_dtype (self->call, &self->call->value[REPEATS]);
  int64_t given = shape->rank == 0 ? 1 : shape->size[0];
  if (given != 1 && scope_sizes_differ (given, self->size))
    return refuse_match (self, given, failure);
  if (!is_numpy (self) && dtype != SCOPE_INT64 && dtype != SCOPE_INT32)
    return refuse (self, failure, REPEATS, SCOPE_RULE_TYPE,
                   "The numbers of repeats must be integers of 32 or 64 bits.", "RuntimeError",
                   "\"repeat_interleave_cpu\" not implemented for '%s'",
                   scope_dtype_word (SCOPE_PYTORCH, dtype));
  self->repeats = SCOPE_SIZE_UNKNOWN;
  return true;
}

/* int (item) where NumPy makes an array of integers; false with Python's words. */
static bool
check_item (const Interleave *self, const ScopeValue *item, ScopeFailure *failure)
{
  const ScopeValue *value = &self->call->value[REPEATS];
  if (scope_value_is_number (item) || item->kind == SCOPE_VALUE_TENSOR)
    return true;
  if (item->kind == SCOPE_VALUE_STRING)
    return scope_python_refuse (failure, value, "ValueError",
                                "invalid literal for int() with base 10: '%s'", item->text);
  if (scope_value_is_sequence (item))
    return scope_python_refuse (failure, value, "ValueError", "object too deep for desired array");
  return scope_python_refuse (failure, value, "TypeError",
                              "int() argument must be a string, a bytes-like object or a real "
                              "number, not '%s'",
                              scope_value_type_name (self->call, item));
}

static int64_t
whole_number (const ScopeValue *item)
{
  if (item->kind == SCOPE_VALUE_FLOAT)
    return item->number > -9e18 && item->number < 9e18 ? (int64_t)item->number : INT64_MIN;
  return item->kind == SCOPE_VALUE_TENSOR ? SCOPE_SIZE_UNKNOWN : item->integer;
}

static bool
read_list (Interleave *self, ScopeFailure *failure)
{
  const ScopeValue *list = &self->call->value[REPEATS];
  if (list->items == 1)
    {
      self->repeats = whole_number (&list->item[0]);
      return true;
    }
  if (scope_sizes_differ (list->items, self->size))
    return refuse_match (self, list->items, failure);
  self->counts =
      scope_arena_alloc (self->call->arena, (size_t)(list->items + 1) * sizeof (int64_t));
  if (self->counts == NULL)
    return scope_call_out_of_memory (self->call);
  int64_t sum = 0;
  for (int i = 0; i < list->items; i++)
    {
      int64_t count = whole_number (&list->item[i]);
      if (scope_size_is_negative (count))
        return refuse_negative (self, true, failure);
      if (count < 0 || !scope_checked_add (sum, count, &sum))
        return refuse (self, failure, REPEATS, SCOPE_RULE_LIMIT,
                       "The result would have more than 2^63−1 elements.", "ValueError",
                       "array is too big; `arr.size * arr.dtype.itemsize` is larger than the "
                       "maximum possible size.");
      self->counts[i] = sum;
    }
  self->result_size = sum;
  return true;
}

/* What can be said before the axis is looked at. */
static bool
check_repeats (Interleave *self, ScopeFailure *failure)
{
  const ScopeValue *value = &self->call->value[REPEATS];
  if (value->kind == SCOPE_VALUE_TENSOR)
    return check_tensor (self, failure);
  const ScopeValue *item = scope_value_is_sequence (value) ? value->item : value;
  int items = scope_value_is_sequence (value) ? value->items : 1;
  for (int i = 0; i < items; i++)
    if (!check_item (self, &item[i], failure))
      return false;
  return true;
}

static bool
read_repeats (Interleave *self, ScopeFailure *failure)
{
  const ScopeValue *value = &self->call->value[REPEATS];
  if (value->kind == SCOPE_VALUE_TENSOR)
    return read_tensor (self, failure);
  if (scope_value_is_sequence (value))
    {
      if (!read_list (self, failure))
        return false;
      if (self->counts != NULL)
        return true;
    }
  else
    self->repeats = whole_number (value);
  if (scope_size_is_negative (self->repeats) && self->size != 0)
    return refuse_negative (self, false, failure);
  return true;
}

/* ---- the result ----------------------------------------------------------------------------- */

static bool
find_size (Interleave *self, ScopeFailure *failure)
{
  bool known = scope_size_is_known (self->size) && scope_size_is_known (self->repeats);
  if (self->counts != NULL)
    return true;
  if (self->size == 0 || self->repeats == 0)
    self->result_size = 0;
  else if (self->repeats == 1)
    self->result_size = self->size;
  else if (!known)
    self->result_size = SCOPE_SIZE_UNKNOWN;
  else if (!scope_checked_mul (self->size, self->repeats, &self->result_size))
    return refuse (self, failure, REPEATS, SCOPE_RULE_LIMIT,
                   "The result would have more than 2^63−1 elements.", "ValueError",
                   "negative dimensions are not allowed");
  return true;
}

/* PyTorch's output_size must be what comes out. */
static bool
check_output_size (Interleave *self, ScopeFailure *failure)
{
  int64_t wanted = SCOPE_SIZE_UNKNOWN;
  if (!scope_call_int (self->call, OUTPUT_SIZE, &wanted, failure))
    return false;
  if (wanted == SCOPE_SIZE_UNKNOWN)
    return true;
  if (scope_size_is_negative (wanted))
    return refuse (self, failure, OUTPUT_SIZE, SCOPE_RULE_SIZE, "A size cannot be negative.",
                   "RuntimeError", "Trying to create tensor with negative dimension %lld: [%lld]",
                   (long long)wanted, (long long)wanted);
  if (scope_sizes_differ (wanted, self->result_size))
    return refuse (self, failure, OUTPUT_SIZE, SCOPE_RULE_COUNT,
                   "This is not the size that comes out.", "RuntimeError",
                   "allocated size does not match required size");
  self->result_size = scope_size_either (self->result_size, wanted);
  return true;
}

static ScopePlaceRule
place_rule (const Interleave *self)
{
  ScopePlaceRule rule = { .kind = SCOPE_PLACE_DIVIDE, .size = self->size, .step = self->repeats };
  if (self->counts != NULL)
    {
      rule.kind = SCOPE_PLACE_COUNTS;
      rule.end = self->counts;
    }
  return rule;
}

static bool
make_plan (const Interleave *self, ScopeResult *result)
{
  const ScopeCall *call = self->call;
  bool known = self->counts != NULL || scope_size_is_known (self->repeats);
  scope_result_add_input (call, result, &call->value[INPUT]);
  if (self->flat)
    {
      ScopeFlatPlacing *plan = scope_arena_alloc (call->arena, sizeof *plan);
      if (plan == NULL)
        return scope_call_out_of_memory (call);
      plan->rule = place_rule (self);
      plan->flat = true;
      result->plan = plan;
      return true;
    }
  ScopePlacing *plan = scope_placing_new (call, &self->input.shape, 0);
  if (plan == NULL)
    return false;
  if (known && (self->counts != NULL || self->repeats != 1))
    {
      ScopePlaceRule rule = place_rule (self);
      rule.axis = self->axis;
      plan->rule[self->axis] = rule;
    }
  result->plan = plan;
  return true;
}

static bool
infer (const ScopeCall *call, ScopeResult *result, ScopeFailure *failure)
{
  Interleave self = { .call = call };
  if (!scope_operand_or_number (call, INPUT, &self.input, failure))
    return false;
  if (!check_axis_kind (&self, failure) || !check_repeats (&self, failure)
      || !find_axis (&self, failure) || !read_repeats (&self, failure)
      || !find_size (&self, failure) || !check_output_size (&self, failure))
    return false;
  ScopeShape shape = self.input.shape;
  if (self.flat)
    shape = (ScopeShape){ 1, { self.result_size } };
  else
    shape.size[self.axis] = self.result_size;
  if (call->dialect == SCOPE_PYTORCH && !scope_torch_fits (&shape, self.input.dtype, failure))
    return false;
  scope_result_set (result, &shape, self.input.dtype);
  return make_plan (&self, result);
}

/* torch.repeat_interleave (repeats): the index of each element, repeated. */
static bool
infer_indices (const ScopeCall *call, ScopeResult *result, ScopeFailure *failure)
{
  const ScopeValue *value = &call->value[INPUT];
  Interleave self = { .call = call, .result_size = SCOPE_SIZE_UNKNOWN };
  const ScopeShape *shape = scope_call_shape (call, value);
  ScopeDtype dtype = scope_call_dtype (call, value);
  if (shape->rank != 1)
    return refuse (&self, failure, INPUT, SCOPE_RULE_RANK,
                   "The numbers of repeats must stand in one axis.", "RuntimeError",
                   "repeat_interleave only accept 1D vector as repeat");
  if (dtype != SCOPE_INT64 && dtype != SCOPE_INT32 && shape->size[0] != 0)
    return refuse (&self, failure, INPUT, SCOPE_RULE_TYPE,
                   "The numbers of repeats must be integers of 32 or 64 bits.", "RuntimeError",
                   "\"repeat_interleave_cpu\" not implemented for '%s'",
                   scope_dtype_word (SCOPE_PYTORCH, dtype));
  if (shape->size[0] == 0)
    self.result_size = 0;
  if (!check_output_size (&self, failure))
    return false;
  scope_result_add_input (call, result, value);
  scope_result_set (result, &(ScopeShape){ 1, { self.result_size } }, dtype);
  return true;
}

static bool
infer_either (const ScopeCall *call, ScopeResult *result, ScopeFailure *failure)
{
  bool alone = !scope_value_given (&call->value[REPEATS]);
  return alone ? infer_indices (call, result, failure) : infer (call, result, failure);
}

/* Both kinds of plan begin with whether they are flat. */
static bool
is_flat (const ScopeNode *node)
{
  return *(const bool *)node->plan;
}

static bool
read (const ScopeNode *node,
      ScopeReader *reader,
      const ScopeRegion *region,
      const ScopeBuffer *out,
      ScopeError *error)
{
  if (node->plan == NULL)
    return scope_fail (error, SCOPE_ERROR_UNSUPPORTED, -1,
                       "The indices that repeat_interleave makes of a tensor of numbers are not "
                       "computed yet.");
  return (is_flat (node) ? scope_flat_place_read : scope_place_read) (node, reader, region, out,
                                                                      error);
}

static bool
trace (const ScopeNode *node, const int64_t *index, ScopeTrace *to)
{
  if (node->plan == NULL)
    return true;
  return (is_flat (node) ? scope_flat_place_trace : scope_place_trace) (node, index, to);
}

/* ---- the table ------------------------------------------------------------------------------ */

static const ScopeParameter parameters[] = {
  [INPUT] = { "input", SCOPE_TAKES_TENSOR, NULL, NULL, "what is repeated" },
  [REPEATS] = { "repeats", SCOPE_TAKES_ANY, "None", NULL,
                "how often each element, or for each its own number" },
  [DIM] = { "dim", SCOPE_TAKES_AXIS, "None", NULL, "the axis; all elements in C order without" },
  [OUTPUT_SIZE] = { "output_size", SCOPE_TAKES_INT, "None", NULL,
                    "the size that comes out, when it is known" },
  { NULL },
};

static const ScopeSpelling spellings[] = {
  { "torch.repeat_interleave", SCOPE_PYTORCH, "input repeats dim=dim=axis | output_size",
    .signature = "(Tensor input, Tensor repeats, int dim=None, *, int output_size=None)\n"
                 "(Tensor input, int repeats, int dim=None, *, int output_size=None)\n"
                 "(Tensor repeats, *, int output_size=None)" },
  { ".repeat_interleave", SCOPE_PYTORCH, "input repeats dim=dim=axis | output_size",
    .signature = "(Tensor repeats, int dim=None, *, int output_size=None)\n"
                 "(int repeats, int dim=None, *, int output_size=None)" },
  { "np.repeat", SCOPE_NUMPY, "input=a repeats dim=axis",
    .signature = "def repeat(a, repeats, axis=None)" },
  { ".repeat", SCOPE_NUMPY, "input repeats dim=axis", .signature = "c repeat(repeats, axis=None)" },
  { "jnp.repeat", SCOPE_JAX, "input=a repeats dim=axis | output_size=total_repeat_length" },
  { ".repeat", SCOPE_JAX, "input repeats dim=axis | output_size=total_repeat_length" },
  { "tf.repeat", SCOPE_TENSORFLOW, "input repeats dim=axis -name" },
  { NULL },
};

const ScopeOp scope_ops_interleaving[] = {
  { .name = "repeat_interleave",
    .group = "joining",
    .about = "Repeats each element, one behind the other, along an axis.",
    .spelling = spellings,
    .parameter = parameters,
    .infer = infer_either,
    .read = read,
    .trace = trace },
  { NULL },
};
