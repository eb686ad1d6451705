/* Lists where NumPy wants arrays: A + [1, 2], np.sum ([1, 2, 3]). */
#include "ops/listed.h"

#include "ops/compose.h"

#include <string.h>

/* How far the operations of a group take lists. */
static const struct
{
  const char *group;
  bool all; /* every tensor; else only the first parameter */
} groups[] = {
  { "arithmetic", true }, { "bits", true },       { "comparison", true }, { "logic", true },
  { "functions", true },  { "activation", true }, { "rounding", true },   { "product", true },
  { "products", true },   { "reduction", true },  { "diagonals", true },  { "selection", false },
  { "reordering", true }, { "reshaping", true },  { "windows", true },    { "finding", true },
  { "joining", true },
};

static bool
takes_lists (const ScopeCall *call, bool *all)
{
  /* np.split asks its argument for a shape. */
  if (strstr (call->op->name, "split") != NULL)
    return false;
  for (size_t i = 0; i < sizeof groups / sizeof groups[0]; i++)
    if (strcmp (groups[i].group, call->op->group) == 0)
      {
        *all = groups[i].all || strcmp (call->op->name, "where") == 0
               || strcmp (call->op->name, "clamp") == 0;
        return true;
      }
  return false;
}

static bool
make_array (const ScopeCall *call, ScopeValue *value, ScopeFailure *failure)
{
  ScopeSpan span = value->span;
  if (!SCOPE_COMPOSE (call, failure, value, "np.array", *value))
    return false;
  value->span = span;
  return true;
}

/* A tuple of tensors whose items may be lists. */
static bool
make_arrays (const ScopeCall *call, ScopeValue *value, ScopeFailure *failure)
{
  bool lists = false;
  for (int i = 0; scope_value_is_sequence (value) && i < value->items; i++)
    lists = lists || scope_value_is_sequence (&value->item[i]);
  if (!lists)
    return true;
  ScopeValue copy = scope_compose_tuple (call, value->item, value->items);
  if (copy.kind == SCOPE_VALUE_FAILED)
    return false;
  for (int i = 0; i < copy.items; i++)
    if (scope_value_is_sequence (&copy.item[i])
        && !make_array (call, (ScopeValue *)&copy.item[i], failure))
      return false;
  copy.span = value->span;
  *value = copy;
  return true;
}

bool
scope_listed_arrays (const ScopeCall *call, ScopeValue *bound, ScopeFailure *failure)
{
  bool all;
  if (call->method || !takes_lists (call, &all))
    return true;
  for (int p = 0; call->op->parameter[p].name != NULL && (all || p == 0); p++)
    {
      ScopeTakes takes = call->op->parameter[p].takes;
      if (takes == SCOPE_TAKES_TENSORS && !make_arrays (call, &bound[p], failure))
        return false;
      if (takes == SCOPE_TAKES_TENSOR && scope_value_is_sequence (&bound[p])
          && !make_array (call, &bound[p], failure))
        return false;
    }
  return true;
}
