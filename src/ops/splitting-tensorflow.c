/* How TensorFlow splits, after split_op.cc and split_v_op.cc. */
#include "ops/splitting.h"

#include "core/checked.h"
#include "ops/axis.h"
#include "ops/operand.h"

#include <stdio.h>

typedef struct
{
  char text[48];
} WrapperName;

static const char *
wrapper (const char *kernel, int64_t parts, WrapperName *name)
{
  snprintf (name->text, sizeof name->text, "%s_num_split_%lld", kernel, (long long)parts);
  return name->text;
}

static bool
refuse_axis (const ScopeSplit *split, int64_t axis, ScopeFailure *failure)
{
  const ScopeValue *sizes = &split->call->value[SCOPE_SPLIT_SIZES];
  int rank = split->input.shape.rank;
  bool list = scope_value_is_sequence (sizes);
  const char *kernel = list ? "SplitV" : "Split";
  if (split->form == SCOPE_FORM_UNBIND)
    return scope_failure_say (failure, "ValueError", "Argument `axis` = %lld not in range [%d, %d)",
                              (long long)axis, -rank, rank);
  return scope_say_tensorflow_node (
      failure, wrapper (kernel, list ? sizes->items : sizes->integer, &(WrapperName){ "" }), kernel,
      "split", "-input rank(-%d) <= split_dim < input rank (%d), but got %lld", rank, rank,
      (long long)axis);
}

bool
scope_split_find_tensorflow_axis (ScopeSplit *split, ScopeFailure *failure)
{
  const ScopeCall *call = split->call;
  const ScopeAxisStyle style = { 0 };
  int64_t axis = 0;
  if (!scope_call_int (call, SCOPE_SPLIT_DIM, &axis, failure))
    return false;
  int parameter = scope_value_given (&call->value[SCOPE_SPLIT_DIM]) ? SCOPE_SPLIT_DIM : -1;
  if (!scope_axis_find (call, parameter, &style, axis, split->input.shape.rank, &split->axis,
                        failure))
    return refuse_axis (split, axis, failure);
  split->size = split->input.shape.size[split->axis];
  return true;
}

static bool
split_evenly (ScopeSplit *split, ScopeResult *result, ScopeFailure *failure)
{
  const ScopeValue *sizes = &split->call->value[SCOPE_SPLIT_SIZES];
  int64_t parts = 1;
  if (!scope_call_int (split->call, SCOPE_SPLIT_SIZES, &parts, failure))
    return false;
  if (parts > 0 && (!scope_size_is_known (split->size) || split->size % parts == 0))
    return scope_split_cut_evenly (split, parts, result, failure);
  scope_failure_begin (failure, SCOPE_RULE_DIVIDE);
  failure->span = sizes->span;
  scope_failure_explain (failure, "Axis %d of size %lld cannot be cut into %lld equal parts.",
                         split->axis, (long long)split->size, (long long)parts);
  WrapperName name;
  if (parts <= 0)
    return scope_say_tensorflow_node (failure, wrapper ("Split", parts, &name), "Split", "split",
                                      "Number of ways to split should be > 0, but got %lld",
                                      (long long)parts);
  return scope_say_tensorflow_node (failure, wrapper ("Split", parts, &name), "Split", "split",
                                    "Number of ways to split should evenly divide the split "
                                    "dimension, but got split_dim %d (size = %lld) and num_split "
                                    "%lld",
                                    split->axis, (long long)split->size, (long long)parts);
}

/* The sum of the sizes that are given; *open is the one that is −1 and takes what is left. */
static bool
add_sizes (const ScopeSplit *split, int64_t *sum, int *open, ScopeFailure *failure)
{
  const ScopeValue *sizes = &split->call->value[SCOPE_SPLIT_SIZES];
  *sum = 0;
  *open = -1;
  for (int i = 0; i < sizes->items; i++)
    {
      if (!scope_value_is_int (&sizes->item[i]))
        return scope_call_refuse (split->call, SCOPE_SPLIT_SIZES, failure,
                                  "sizes of parts are integers");
      int64_t size = sizes->item[i].integer;
      bool rest = size == -1 && *open < 0;
      if (rest)
        *open = i;
      else if (size < 0 || !scope_checked_add (*sum, size, sum))
        return scope_call_refuse (split->call, SCOPE_SPLIT_SIZES, failure,
                                  "Split size at index %d must be >= 0. Got: %lld", i,
                                  (long long)size);
    }
  return true;
}

static bool
split_by_list (ScopeSplit *split, ScopeResult *result, ScopeFailure *failure)
{
  const ScopeValue *sizes = &split->call->value[SCOPE_SPLIT_SIZES];
  int64_t sum, at = 0;
  int open;
  if (!add_sizes (split, &sum, &open, failure)
      || !scope_split_make_room (split, sizes->items, result, failure))
    return false;
  bool known = scope_size_is_known (split->size);
  if (known && (open >= 0 ? sum > split->size : sum != split->size))
    {
      scope_failure_begin (failure, SCOPE_RULE_COUNT);
      failure->span = sizes->span;
      scope_failure_explain (failure, "The sizes of the parts must add up to the %lld of axis %d.",
                             (long long)split->size, split->axis);
      return scope_say_tensorflow_node (
          failure, wrapper ("SplitV", sizes->items, &(WrapperName){ "" }), "SplitV", "split",
          "Determined shape must either match input shape along split_dim exactly if fully "
          "specified, or be less than the size of the input along split_dim if not fully "
          "specified.  Got: %lld",
          (long long)sum);
    }
  for (int i = 0; i < sizes->items; i++)
    {
      split->begin[i] = at;
      split->count[i] = i != open ? sizes->item[i].integer
                        : known   ? split->size - sum
                                  : SCOPE_SIZE_UNKNOWN;
      at += scope_max (split->count[i], 0);
    }
  return true;
}

bool
scope_split_tensorflow (ScopeSplit *split, ScopeResult *result, ScopeFailure *failure)
{
  if (!scope_split_find_tensorflow_axis (split, failure))
    return false;
  return scope_value_is_sequence (&split->call->value[SCOPE_SPLIT_SIZES])
             ? split_by_list (split, result, failure)
             : split_evenly (split, result, failure);
}
