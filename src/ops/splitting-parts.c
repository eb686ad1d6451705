/* Ways of cutting an axis into parts. */
#include "ops/splitting.h"

#include "core/arena.h"
#include "core/checked.h"
#include "ops/operand.h"

bool
scope_split_make_room (ScopeSplit *split, int64_t parts, ScopeResult *result, ScopeFailure *failure)
{
  const ScopeCall *call = split->call;
  if (!scope_result_set_many (call, result, parts, failure))
    return false;
  split->parts = (int)parts;
  split->begin = scope_arena_alloc (call->arena, (size_t)(parts + 1) * sizeof (int64_t));
  split->count = scope_arena_alloc (call->arena, (size_t)(parts + 1) * sizeof (int64_t));
  return split->begin != NULL && split->count != NULL ? true : scope_call_out_of_memory (call);
}

/* How many parts there are follows from a size that is not known. */
bool
scope_split_refuse_unknown (const ScopeSplit *split, ScopeFailure *failure)
{
  scope_failure_begin (failure, SCOPE_RULE_LIMIT);
  scope_failure_explain (failure,
                         "How many parts this gives depends on the size of axis %d, which "
                         "is not known.",
                         split->axis);
  return false;
}

/* Parts of `size`, the last one what is left. */
bool
scope_split_cut_by_size (ScopeSplit *split,
                         int64_t size,
                         ScopeResult *result,
                         ScopeFailure *failure)
{
  if (!scope_size_is_known (split->size))
    return scope_split_refuse_unknown (split, failure);
  int64_t parts = size == 0 ? 1 : (split->size - 1) / size + 1;
  if (split->size == 0)
    parts = 1;
  if (!scope_split_make_room (split, parts, result, failure))
    return false;
  for (int i = 0; i < split->parts; i++)
    {
      split->begin[i] = i * size;
      split->count[i] = scope_min (size, split->size - i * size);
    }
  return true;
}

/* Parts whose sizes differ by one at most, the larger ones first. */
bool
scope_split_cut_evenly (ScopeSplit *split,
                        int64_t parts,
                        ScopeResult *result,
                        ScopeFailure *failure)
{
  if (!scope_split_make_room (split, parts, result, failure))
    return false;
  bool known = scope_size_is_known (split->size);
  int64_t each = known ? split->size / parts : 0, larger = known ? split->size % parts : 0;
  for (int i = 0; i < split->parts; i++)
    {
      split->begin[i] = i * each + scope_min (i, larger);
      split->count[i] = known ? each + (i < larger) : SCOPE_SIZE_UNKNOWN;
    }
  return true;
}

/* Cut at given places as Python's slices count them: a part between two that cross is empty. */
bool
scope_split_cut_at (ScopeSplit *split,
                    const ScopeValue *places,
                    ScopeResult *result,
                    ScopeFailure *failure)
{
  if (!scope_split_make_room (split, (int64_t)places->items + 1, result, failure))
    return false;
  int64_t from = 0;
  for (int i = 0; i < split->parts; i++)
    {
      ScopeSlice slice = { .has_start = true, .start = from };
      slice.has_stop = i + 1 < split->parts;
      if (slice.has_stop)
        slice.stop = from = places->item[i].integer;
      int64_t step;
      if (scope_size_is_known (split->size))
        (void)scope_slice_resolve (slice, split->size, &split->begin[i], &step, &split->count[i],
                                   NULL);
      else
        split->count[i] = SCOPE_SIZE_UNKNOWN;
    }
  return true;
}

/* Places that stand in a tensor: their number follows from its shape, the sizes from its values. */
bool
scope_split_cut_at_tensor (ScopeSplit *split, ScopeResult *result, ScopeFailure *failure)
{
  const ScopeShape *shape = scope_call_shape (split->call, &split->call->value[SCOPE_SPLIT_SIZES]);
  if (shape->rank != 1 || !scope_size_is_known (shape->size[0]))
    return scope_split_refuse_unknown (split, failure);
  int64_t parts;
  if (!scope_checked_add (shape->size[0], 1, &parts))
    return scope_split_refuse_unknown (split, failure);
  if (!scope_split_make_room (split, parts, result, failure))
    return false;
  for (int i = 0; i < split->parts; i++)
    split->count[i] = SCOPE_SIZE_UNKNOWN;
  return true;
}
