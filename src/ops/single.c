/* .item () and .tolist (): a tensor's values as Python's. Here they stay tensors: .item () is one
 * without axes. */
#include "ops/argument.h"
#include "ops/compose.h"
#include "ops/operand.h"

static bool
item_infer (const ScopeCall *call, ScopeResult *result, ScopeFailure *failure)
{
  const ScopeShape *shape = scope_call_shape (call, &call->value[0]);
  ScopeValue value;
  if (scope_sizes_differ (scope_sizes_product (shape->size, shape->rank), 1))
    return call->dialect == SCOPE_PYTORCH
               ? scope_refuse (call, 0, failure, SCOPE_RULE_COUNT, "ValueError",
                               "only one element tensors can be converted to Python scalars")
               : scope_refuse (call, 0, failure, SCOPE_RULE_COUNT, "ValueError",
                               "can only convert an array of size 1 to a Python scalar");
  return SCOPE_COMPOSE (call, failure, &value,
                        call->dialect == SCOPE_PYTORCH ? "torch.reshape" : "np.reshape",
                        call->value[0], scope_compose_ints (call, NULL, 0))
         && scope_compose_finish (call, result, &value);
}

static bool
list_infer (const ScopeCall *call, ScopeResult *result, ScopeFailure *failure)
{
  ScopeValue value;
  return SCOPE_COMPOSE (call, failure, &value,
                        call->dialect == SCOPE_PYTORCH ? "torch.clone" : "np.copy", call->value[0])
         && scope_compose_finish (call, result, &value);
}

static const ScopeParameter parameters[] = {
  { "input", SCOPE_TAKES_TENSOR, NULL, NULL, "any tensor" },
  { NULL },
};

static const ScopeSpelling item_spellings[] = {
  { ".item", SCOPE_PYTORCH, .signature = "()" },
  { ".item", SCOPE_NUMPY },
  { ".item", SCOPE_JAX },
  { NULL },
};

static const ScopeSpelling list_spellings[] = {
  { ".tolist", SCOPE_PYTORCH, .signature = "()" },
  { ".tolist", SCOPE_NUMPY },
  { ".tolist", SCOPE_JAX },
  { NULL },
};

const ScopeOp scope_ops_single[] = {
  { .name = "item",
    .group = "conversion",
    .about = "the only element",
    .spelling = item_spellings,
    .parameter = parameters,
    .infer = item_infer,
    .read = scope_compose_read,
    .trace = scope_compose_trace },
  { .name = "tolist",
    .group = "conversion",
    .about = "the elements as Python's lists, here still a tensor",
    .spelling = list_spellings,
    .parameter = parameters,
    .infer = list_infer,
    .read = scope_compose_read,
    .trace = scope_compose_trace },
  { NULL },
};
