/* How PyTorch splits. */
#include "ops/splitting.h"

#include "core/checked.h"
#include "ops/axis.h"
#include "ops/operand.h"
#include "ops/promote.h"
#include "ops/signature.h"

bool
scope_split_find_torch_axis (ScopeSplit *split, ScopeFailure *failure)
{
  const ScopeCall *call = split->call;
  const ScopeAxisStyle style = { .scalar_has_one = split->form == SCOPE_FORM_UNBIND };
  int64_t axis = 0;
  if (!scope_call_int (call, SCOPE_SPLIT_DIM, &axis, failure))
    return false;
  if (!scope_axis_find (call,
                        scope_value_given (&call->value[SCOPE_SPLIT_DIM]) ? SCOPE_SPLIT_DIM : -1,
                        &style, axis, split->input.shape.rank, &split->axis, failure))
    return false;
  split->size = split->input.shape.rank > 0 ? split->input.shape.size[split->axis] : 1;
  return true;
}

static bool
refuse_scalar (const ScopeSplit *split, ScopeFailure *failure)
{
  scope_failure_begin (failure, SCOPE_RULE_RANK);
  scope_failure_explain (failure, "A scalar has no axis along which it could be split.");
  if (split->form == SCOPE_FORM_TENSOR_SPLIT)
    return scope_failure_say (failure, "RuntimeError",
                              "tensor_split expected at least a 1-dimensional tensor, but got a "
                              "tensor with 0 dims");
  return scope_failure_say (failure, "RuntimeError", "%s expects at least a 1-dimensional tensor",
                            split->form == SCOPE_FORM_CHUNK ? "chunk" : "split");
}

/* Fails at the sizes. */
#define refuse_sizes(split, failure, rule, sentence, ...)                                          \
  (scope_failure_begin (failure, rule),                                                            \
   (failure)->span = (split)->call->value[SCOPE_SPLIT_SIZES].span, sentence,                       \
   scope_failure_say (failure, "RuntimeError", __VA_ARGS__))

static bool
split_torch_by_size (ScopeSplit *split, int64_t size, ScopeResult *result, ScopeFailure *failure)
{
  if (size < 0)
    return refuse_sizes (split, failure, SCOPE_RULE_SIZE,
                         scope_failure_explain (failure, "A part cannot have a negative size."),
                         "split expects split_size be non-negative, but got split_size=%lld",
                         (long long)size);
  if (!scope_split_find_torch_axis (split, failure))
    return false;
  if (size == 0 && scope_sizes_differ (split->size, 0))
    return refuse_sizes (
        split, failure, SCOPE_RULE_SIZE,
        scope_failure_explain (failure, "Parts of size 0 never make up the %lld of axis %d.",
                               (long long)split->size, split->axis),
        "split_size can only be 0 if dimension size is 0, but got dimension size "
        "of %lld",
        (long long)split->size);
  return scope_split_cut_by_size (split, size, result, failure);
}

static void
print_items (const ScopeValue *list, ScopeText *text)
{
  scope_text_append (text, "[");
  for (int i = 0; i < list->items; i++)
    scope_text_printf (text, "%s%lld", i > 0 ? ", " : "", (long long)list->item[i].integer);
  scope_text_append (text, "]");
}

static bool
refuse_list (const ScopeSplit *split, const ScopeValue *list, bool negative, ScopeFailure *failure)
{
  ScopeText text = { 0 };
  int64_t given = 0;
  (void)scope_call_int (split->call, SCOPE_SPLIT_DIM, &given, failure);
  print_items (list, &text);
  if (negative)
    refuse_sizes (split, failure, SCOPE_RULE_SIZE,
                  scope_failure_explain (failure, "A part cannot have a negative size."),
                  "split_with_sizes expects split_sizes have only non-negative entries, but got "
                  "split_sizes=%s",
                  scope_text_string (&text));
  else
    refuse_sizes (split, failure, SCOPE_RULE_COUNT,
                  scope_failure_explain (
                      failure, "The sizes of the parts must add up to the %lld of axis %d.",
                      (long long)split->size, split->axis),
                  "split_with_sizes expects split_sizes to sum exactly to %lld (input tensor's "
                  "size at dimension %lld), but got split_sizes=%s",
                  (long long)split->size, (long long)given, scope_text_string (&text));
  scope_text_clear (&text);
  return false;
}

static bool
split_torch_by_list (ScopeSplit *split,
                     const ScopeValue *list,
                     ScopeResult *result,
                     ScopeFailure *failure)
{
  if (!scope_split_make_room (split, list->items, result, failure))
    return false;
  int64_t sum = 0;
  bool known = scope_size_is_known (split->size);
  for (int i = 0; i < list->items; i++)
    {
      int64_t size = list->item[i].integer;
      if (list->item[i].kind == SCOPE_VALUE_SIZE)
        known = false;
      else if (size < 0)
        return refuse_list (split, list, true, failure);
      split->begin[i] = sum;
      split->count[i] = size;
      if (known && !scope_checked_add (sum, size, &sum))
        return refuse_list (split, list, false, failure);
    }
  if (known && sum != split->size)
    return refuse_list (split, list, false, failure);
  return true;
}

/* torch.split is written in Python and hands over to one of two others, which check what it gave.
 */
static bool
check_split_arguments (const ScopeSplit *split, ScopeFailure *failure)
{
  const ScopeCall *call = split->call;
  const ScopeValue *sizes = &call->value[SCOPE_SPLIT_SIZES];
  bool scalar = sizes->kind == SCOPE_VALUE_TENSOR && scope_call_shape (call, sizes)->rank == 0;
  bool one = sizes->kind == SCOPE_VALUE_INT || sizes->kind == SCOPE_VALUE_BOOL
             || sizes->kind == SCOPE_VALUE_SIZE || scalar;
  ScopeArgument argument[3] = { { .value = call->value[SCOPE_SPLIT_INPUT] },
                                { .value = *sizes },
                                { .value = call->value[SCOPE_SPLIT_DIM] } };
  if (!scope_value_given (&call->value[SCOPE_SPLIT_DIM]))
    argument[2].value = (ScopeValue){ .kind = SCOPE_VALUE_INT, .span = call->span };
  return scope_signature_holds (
      call,
      one ? "split(Tensor input, int split_size, int dim=0)\n"
            "split(Tensor input, tuple of ints split_size, int dim=0)"
          : "split_with_sizes(Tensor input, tuple of ints split_sizes, int dim=0)",
      argument, 3, failure);
}

bool
scope_split_torch (ScopeSplit *split, ScopeResult *result, ScopeFailure *failure)
{
  const ScopeValue *sizes = &split->call->value[SCOPE_SPLIT_SIZES];
  if (!check_split_arguments (split, failure))
    return false;
  if (split->input.shape.rank == 0)
    return refuse_scalar (split, failure);
  if (scope_value_is_sequence (sizes))
    return scope_split_find_torch_axis (split, failure)
           && split_torch_by_list (split, sizes, result, failure);
  if (sizes->kind != SCOPE_VALUE_INT)
    return scope_split_find_torch_axis (split, failure)
           && scope_split_refuse_unknown (split, failure);
  return split_torch_by_size (split, sizes->integer, result, failure);
}

bool
scope_split_torch_chunk (ScopeSplit *split, ScopeResult *result, ScopeFailure *failure)
{
  int64_t chunks = 1;
  if (split->input.shape.rank == 0)
    return refuse_scalar (split, failure);
  if (!scope_call_int (split->call, SCOPE_SPLIT_SIZES, &chunks, failure))
    return false;
  if (chunks <= 0 && chunks > INT64_MIN / 2)
    return refuse_sizes (split, failure, SCOPE_RULE_SIZE,
                         scope_failure_explain (failure, "There must be at least one part."),
                         "chunk expects `chunks` to be greater than 0, got: %lld",
                         (long long)chunks);
  if (!scope_split_find_torch_axis (split, failure))
    return false;
  if (!scope_size_is_known (split->size) || chunks < 0)
    return scope_split_refuse_unknown (split, failure);
  if (split->size == 0)
    return scope_split_cut_evenly (split, chunks, result, failure);
  return scope_split_cut_by_size (split, (split->size - 1) / chunks + 1, result, failure);
}

static bool
refuse_sections (const ScopeSplit *split, int64_t sections, ScopeFailure *failure)
{
  return refuse_sizes (split, failure, SCOPE_RULE_SIZE,
                       scope_failure_explain (failure, "There must be at least one part."),
                       "number of sections must be larger than 0, got %lld", (long long)sections);
}

static bool
check_tensor_places (const ScopeSplit *split, ScopeFailure *failure)
{
  const ScopeCall *call = split->call;
  ScopeDtype dtype = scope_call_dtype (call, &call->value[SCOPE_SPLIT_SIZES]);
  if (dtype == SCOPE_INT64)
    return true;
  return refuse_sizes (split, failure, SCOPE_RULE_TYPE,
                       scope_failure_explain (failure, "Where to cut must be given as int64."),
                       "tensor_split expected tensor_indices_or_sections to have dtype of long, "
                       "but got %s",
                       scope_dtype_word (SCOPE_PYTORCH, dtype));
}

bool
scope_split_torch_tensor_split (ScopeSplit *split, ScopeResult *result, ScopeFailure *failure)
{
  const ScopeValue *sizes = &split->call->value[SCOPE_SPLIT_SIZES];
  if (split->input.shape.rank == 0)
    return refuse_scalar (split, failure);
  if (sizes->kind == SCOPE_VALUE_TENSOR && !check_tensor_places (split, failure))
    return false;
  if (!scope_split_find_torch_axis (split, failure))
    return false;
  if (sizes->kind == SCOPE_VALUE_TENSOR)
    return scope_split_cut_at_tensor (split, result, failure);
  if (scope_value_is_sequence (sizes))
    return scope_split_cut_at (split, sizes, result, failure);
  if (sizes->kind != SCOPE_VALUE_INT)
    return scope_split_refuse_unknown (split, failure);
  if (sizes->integer <= 0)
    return refuse_sections (split, sizes->integer, failure);
  return scope_split_cut_evenly (split, sizes->integer, result, failure);
}

/* hsplit, vsplit, dsplit: along axis 1 (0 of one axis), 0, 2. */
bool
scope_split_torch_named (ScopeSplit *split, ScopeResult *result, ScopeFailure *failure)
{
  static const char letters[] = {
    [SCOPE_FORM_HSPLIT] = 'h', [SCOPE_FORM_VSPLIT] = 'v', [SCOPE_FORM_DSPLIT] = 'd'
  };
  char letter = letters[split->form];
  int least = split->form - SCOPE_FORM_HSPLIT + 1, rank = split->input.shape.rank;
  const ScopeValue *sizes = &split->call->value[SCOPE_SPLIT_SIZES];
  /* A method's arguments written out are a list of places; a single number is not. */
  bool lone = scope_value_is_sequence (sizes) && sizes->items == 1
              && sizes->span.begin == sizes->item[0].span.begin
              && sizes->span.end == sizes->item[0].span.end;
  if (lone)
    sizes = &sizes->item[0];
  if (rank < least)
    {
      scope_failure_begin (failure, SCOPE_RULE_RANK);
      scope_failure_explain (failure, "The tensor has %d axes; at least %d are needed.", rank,
                             least);
      return scope_failure_say (failure, "RuntimeError",
                                "torch.%csplit requires a tensor with at least %d dimension, but "
                                "got a tensor with %d dimensions!",
                                letter, least, rank);
    }
  split->axis = split->form == SCOPE_FORM_HSPLIT   ? rank > 1
                : split->form == SCOPE_FORM_VSPLIT ? 0
                                                   : 2;
  split->size = split->input.shape.size[split->axis];
  if (scope_value_is_sequence (sizes))
    return scope_split_cut_at (split, sizes, result, failure);
  if (sizes->kind != SCOPE_VALUE_INT)
    return scope_split_refuse_unknown (split, failure);
  int64_t parts = sizes->integer;
  if (parts == 0 || (scope_size_is_known (split->size) && split->size % parts != 0))
    return refuse_sizes (split, failure, SCOPE_RULE_DIVIDE,
                         scope_failure_explain (failure,
                                                "Axis %d of size %lld cannot be cut into %lld "
                                                "equal parts.",
                                                split->axis, (long long)split->size,
                                                (long long)parts),
                         "torch.%csplit attempted to split along dimension %d, but the size of the "
                         "dimension %lld is not divisible by the split_size %lld!",
                         letter, split->axis, (long long)split->size, (long long)parts);
  if (parts < 0)
    return refuse_sections (split, parts, failure);
  return scope_split_cut_evenly (split, parts, result, failure);
}
