/* isclose and allclose: whether elements are as good as equal. */
#include "ops/argument.h"
#include "ops/broadcast.h"
#include "ops/compose.h"
#include "ops/operand.h"
#include "ops/promote.h"

enum
{
  INPUT,
  OTHER,
  RTOL,
  ATOL,
  EQUAL_NAN,
};

static bool
is_torch (const ScopeCall *call)
{
  return call->dialect == SCOPE_PYTORCH;
}

static ScopeValue
tolerance (const ScopeCall *call, int parameter, double initial)
{
  const ScopeValue *value = &call->value[parameter];
  return scope_value_is_number (value) ? *value : scope_compose_float (call, initial);
}

static bool
check (const ScopeCall *call, ScopeFailure *failure)
{
  static const ScopeKernelName name = { "Sub", "sub" };
  const ScopeShape *shapes[2];
  ScopeShape both;
  for (int p = INPUT; p <= OTHER; p++)
    {
      if (!scope_value_is_operand (&call->value[p]))
        return scope_call_refuse (call, p, failure, "This must be a tensor, not %s.",
                                  scope_value_type_name (call, &call->value[p]));
      shapes[p] = scope_call_shape (call, &call->value[p]);
    }
  ScopeDtype own = scope_call_dtype (call, &call->value[INPUT]);
  ScopeDtype other = scope_call_dtype (call, &call->value[OTHER]);
  if (is_torch (call) && own != other)
    return scope_refuse (call, OTHER, failure, SCOPE_RULE_TYPE, "RuntimeError",
                         "%s did not match %s", scope_dtype_word (SCOPE_PYTORCH, own),
                         scope_dtype_word (SCOPE_PYTORCH, other));
  for (int p = RTOL; p <= ATOL && is_torch (call); p++)
    {
      double number = tolerance (call, p, 0).kind == SCOPE_VALUE_FLOAT
                          ? tolerance (call, p, 0).number
                          : (double)tolerance (call, p, 0).integer;
      if (number < 0)
        return scope_refuse (call, p, failure, SCOPE_RULE_SIZE, "RuntimeError",
                             "%s must be greater than or equal to zero, but got %g",
                             p == RTOL ? "rtol" : "atol", number);
    }
  return scope_broadcast (call, shapes, NULL, 2, &name, &both, failure);
}

/* |a − b| ≤ atol + rtol · |b|, of finite differences. */
static bool
make_near (const ScopeCall *call,
           ScopeFailure *failure,
           ScopeValue a,
           ScopeValue b,
           ScopeValue *out)
{
  ScopeValue distance, finite, bound;
  return SCOPE_COMPOSE (call, failure, &distance, "torch.sub", a, b)
         && SCOPE_COMPOSE (call, failure, &distance, "torch.abs", distance)
         && SCOPE_COMPOSE (call, failure, &finite, "torch.isfinite", distance)
         && SCOPE_COMPOSE (call, failure, &bound, "torch.abs", b)
         && SCOPE_COMPOSE (call, failure, &bound, "torch.mul", bound, tolerance (call, RTOL, 1e-5))
         && SCOPE_COMPOSE (call, failure, &bound, "torch.add", bound, tolerance (call, ATOL, 1e-8))
         && SCOPE_COMPOSE (call, failure, out, "torch.le", distance, bound)
         && SCOPE_COMPOSE (call, failure, out, "torch.logical_and", *out, finite);
}

static bool
infer (const ScopeCall *call, ScopeResult *result, ScopeFailure *failure)
{
  bool all = call->op->name[0] == 'a';
  bool nans = scope_value_is_int (&call->value[EQUAL_NAN]) && call->value[EQUAL_NAN].integer != 0;
  ScopeValue pair[2], same, near, none[2];
  if (!check (call, failure))
    return false;
  for (int i = 0; i < 2; i++)
    {
      ScopeDtype dtype = scope_call_dtype (call, &call->value[i]);
      if (scope_dtype_kind (dtype) == SCOPE_KIND_COMPLEX)
        return scope_refuse (call, i, failure, SCOPE_RULE_UNKNOWN, "",
                             "Shapescope compares complex numbers only exactly yet.");
      pair[i] = call->value[i];
      if ((pair[i].kind != SCOPE_VALUE_TENSOR
           && !SCOPE_COMPOSE (call, failure, &pair[i], "torch.tensor", pair[i]))
          || !SCOPE_COMPOSE (call, failure, &pair[i], ".double", pair[i]))
        return false;
    }
  if (!SCOPE_COMPOSE (call, failure, &same, "torch.eq", pair[0], pair[1])
      || !make_near (call, failure, pair[0], pair[1], &near)
      || !SCOPE_COMPOSE (call, failure, &same, "torch.logical_or", same, near))
    return false;
  if (nans
      && (!SCOPE_COMPOSE (call, failure, &none[0], "torch.isnan", pair[0])
          || !SCOPE_COMPOSE (call, failure, &none[1], "torch.isnan", pair[1])
          || !SCOPE_COMPOSE (call, failure, &none[0], "torch.logical_and", none[0], none[1])
          || !SCOPE_COMPOSE (call, failure, &same, "torch.logical_or", same, none[0])))
    return false;
  return (!all || SCOPE_COMPOSE (call, failure, &same, "torch.all", same))
         && scope_compose_finish (call, result, &same);
}

static const ScopeParameter parameters[] = {
  { "input", SCOPE_TAKES_TENSOR, NULL, NULL, "any tensor" },
  { "other", SCOPE_TAKES_TENSOR, NULL, NULL, "what it is compared with" },
  { "rtol", SCOPE_TAKES_NUMBER, "1e-05", NULL, "the share of the other that it may be off" },
  { "atol", SCOPE_TAKES_NUMBER, "1e-08", NULL, "what it may be off besides" },
  { "equal_nan", SCOPE_TAKES_BOOL, "False", NULL, "NaN equals NaN" },
  { NULL },
};

#define TORCH "Tensor other, float rtol=1e-05, float atol=1e-08, bool equal_nan=False)"
#define SPELLINGS(id)                                                                              \
  static const ScopeSpelling id##_spellings[] = {                                                  \
    { "torch." #id, SCOPE_PYTORCH, .signature = "(Tensor input, " TORCH },                         \
    { "." #id, SCOPE_PYTORCH, .signature = "(" TORCH },                                            \
    { "np." #id, SCOPE_NUMPY, "input=a other=b rtol atol equal_nan",                               \
      .signature = "def " #id "(a, b, rtol=1e-05, atol=1e-08, equal_nan=False)" },                 \
    { "jnp." #id, SCOPE_JAX, "input=a other=b rtol atol equal_nan" },                              \
    { NULL },                                                                                      \
  }

SPELLINGS (isclose);
SPELLINGS (allclose);

#define ROW(id, words)                                                                             \
  {                                                                                                \
    .name = #id, .group = "comparison", .about = words, .spelling = id##_spellings,                \
    .parameter = parameters, .align = SCOPE_ALIGN_BROADCAST, .infer = infer,                       \
    .read = scope_compose_read, .trace = scope_compose_trace                                       \
  }

const ScopeOp scope_ops_closeness[] = {
  ROW (isclose, "whether elements are as good as equal"),
  ROW (allclose, "whether all elements are as good as equal"),
  { NULL },
};
