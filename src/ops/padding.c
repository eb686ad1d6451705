/* Padding: F.pad, np.pad, tf.pad, jnp.pad. */
#include "ops/padding.h"

#include "ops/operand.h"
#include "ops/program.h"
#include "ops/torch-expand.h"

int64_t
scope_padded_size (const ScopePad *pad, int axis)
{
  int64_t size = pad->input.shape.size[axis];
  if (pad->before[axis] == 0 && pad->behind[axis] == 0)
    return size;
  bool widths = (pad->before[axis] >= 0 || scope_size_is_negative (pad->before[axis]))
                && (pad->behind[axis] >= 0 || scope_size_is_negative (pad->behind[axis]));
  if (!scope_size_is_known (size) || !widths)
    return SCOPE_SIZE_UNKNOWN;
  return (int64_t)((uint64_t)size + (uint64_t)pad->before[axis] + (uint64_t)pad->behind[axis]);
}

/* What PyTorch's circular padding wraps around is what negative widths leave. */
static void
set_circular (const ScopePad *pad, int axis, ScopePlaceRule *rule)
{
  int64_t size = pad->input.shape.size[axis];
  int64_t before = pad->before[axis], behind = pad->behind[axis];
  int64_t first = before < 0 ? -before : 0;
  int64_t left = size - first + (behind < 0 ? behind : 0);
  rule->kind = SCOPE_PLACE_MODULO;
  rule->size = left > 0 ? left : 1;
  rule->extra = first < size ? first : size - 1;
  rule->start = before > 0 ? -(before % rule->size) : 0;
}

static void
set_rule (const ScopePad *pad, int axis, ScopePlaceRule *rule)
{
  int64_t before = pad->before[axis], behind = pad->behind[axis];
  if (before <= 0 && behind <= 0)
    {
      rule->start = -before;
      return;
    }
  if (pad->kind == SCOPE_PLACE_MODULO)
    {
      set_circular (pad, axis, rule);
      return;
    }
  rule->kind = pad->kind;
  rule->start = -before;
  rule->extra = behind;
  for (int side = 0; side < 2 && pad->kind == SCOPE_PLACE_CONSTANT; side++)
    scope_dtype_store (pad->input.dtype, rule->constant[side], pad->value_kind,
                       pad->value[axis][side]);
}

static bool
infer (const ScopeCall *call, ScopeResult *result, ScopeFailure *failure)
{
  ScopePad pad = { .call = call };
  if (!scope_operand_or_number (call, SCOPE_PAD_INPUT, &pad.input, failure))
    return false;
  bool (*judge) (ScopePad *, ScopeFailure *) = call->dialect == SCOPE_PYTORCH ? scope_pad_torch
                                               : call->dialect == SCOPE_TENSORFLOW
                                                   ? scope_pad_tensorflow
                                                   : scope_pad_numpy;
  if (!judge (&pad, failure))
    return false;
  pad.result = pad.input.shape;
  for (int axis = 0; axis < pad.result.rank; axis++)
    pad.result.size[axis] = scope_padded_size (&pad, axis);
  scope_result_add_input (call, result, &call->value[SCOPE_PAD_INPUT]);
  scope_result_set (result, &pad.result, pad.input.dtype);
  if (pad.unread)
    return true;
  ScopePlacing *plan = scope_placing_new (call, &pad.input.shape, 0);
  if (plan == NULL)
    return false;
  for (int axis = 0; axis < pad.result.rank; axis++)
    if (scope_size_is_known (pad.input.shape.size[axis]))
      set_rule (&pad, axis, &plan->rule[axis]);
  result->plan = plan;
  return true;
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
                       "The values of this mode of padding are not computed yet.");
  return scope_place_read (node, reader, region, out, error);
}

static bool
trace (const ScopeNode *node, const int64_t *index, ScopeTrace *to)
{
  return node->plan == NULL || scope_place_trace (node, index, to);
}

/* ---- the table ------------------------------------------------------------------------------ */

static const ScopeParameter parameters[] = {
  [SCOPE_PAD_INPUT] = { "input", SCOPE_TAKES_TENSOR, NULL, NULL, "what is padded" },
  [SCOPE_PAD_WIDTHS] = { "pad", SCOPE_TAKES_ANY, NULL, NULL,
                         "places before and behind; PyTorch: pairs from the last axis on" },
  [SCOPE_PAD_MODE] = { "mode", SCOPE_TAKES_CHOICE, "\"constant\"",
                       "constant reflect replicate circular edge symmetric wrap",
                       "what the new places hold" },
  [SCOPE_PAD_VALUE] = { "value", SCOPE_TAKES_ANY, "0", NULL, "the constant" },
  [SCOPE_PAD_REFLECT_TYPE] = { "reflect_type", SCOPE_TAKES_CHOICE, "\"even\"", "even odd",
                               "odd: mirrored at the value of the edge too (NumPy)" },
  [SCOPE_PAD_STATISTIC] = { "stat_length", SCOPE_TAKES_ANY, "None", NULL,
                            "for NumPy's modes that compute a value" },
  [SCOPE_PAD_UNKNOWN] = { "unknown", SCOPE_TAKES_ANY, "None", NULL, "any other keyword" },
  { NULL },
};

static const ScopeSpelling spellings[] = {
  { "F.pad", SCOPE_PYTORCH, "input pad mode value",
    .signature = "(Tensor input, tuple of ints pad, str mode=\"constant\", float value=None)" },
  { "np.pad", SCOPE_NUMPY,
    "input=array pad=pad_width mode | value=constant_values reflect_type "
    "stat_length=stat_length=end_values **unknown",
    .signature = "def pad(array, pad_width, mode=None, **kwargs)" },
  { "tf.pad", SCOPE_TENSORFLOW, "input=tensor pad=paddings mode value=constant_values -name" },
  { "jnp.pad", SCOPE_JAX,
    "input=array pad=pad_width mode | value=constant_values reflect_type "
    "stat_length=stat_length=end_values **unknown" },
  { NULL },
};

const ScopeOp scope_ops_padding[] = {
  { .name = "pad",
    .group = "joining",
    .about = "Adds places before and behind the elements of axes, or cuts them off.",
    .spelling = spellings,
    .parameter = parameters,
    .infer = infer,
    .read = read,
    .trace = trace },
  { NULL },
};
