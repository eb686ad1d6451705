/* Stretching as Tensor.expand does. */
#include "ops/torch-expand.h"

#include "ops/operand.h"
#include "ops/promote.h"

void
scope_torch_sizes_print (const int64_t *size, int sizes, ScopeText *text)
{
  scope_text_append (text, "[");
  for (int i = 0; i < sizes; i++)
    {
      scope_text_append (text, i > 0 ? ", " : "");
      if (scope_size_is_negative (size[i]))
        scope_text_printf (text, "%lld", (long long)size[i]);
      else
        scope_size_print (size[i], text);
    }
  scope_text_append (text, "]");
}

/* Tensor.toString: `torch.FloatTensor`, but `CPUBoolType`. */
static void
print_type (ScopeDtype dtype, ScopeText *text)
{
  bool legacy = dtype != SCOPE_BOOL && dtype != SCOPE_BFLOAT16
                && scope_dtype_kind (dtype) != SCOPE_KIND_COMPLEX;
  scope_text_printf (text, legacy ? "torch.%sTensor" : "CPU%sType",
                     scope_dtype_word (SCOPE_PYTORCH, dtype));
}

/* More axes than the target has. */
static bool
refuse_rank (const ScopeOutput *from, const int64_t *size, int sizes, ScopeFailure *failure)
{
  ScopeText text = { 0 };
  print_type (from->dtype, &text);
  scope_text_append (&text, "{");
  scope_shape_print (&from->shape, SCOPE_SHAPE_LIST, &text);
  scope_text_append (&text, "}, size=");
  scope_torch_sizes_print (size, sizes, &text);
  scope_failure_begin (failure, SCOPE_RULE_RANK);
  scope_failure_explain (failure, "A tensor with %d axes cannot be stretched to %d axes.",
                         from->shape.rank, sizes);
  scope_failure_say (failure, "RuntimeError",
                     "expand(%s): the number of sizes provided (%d) must be greater or equal to "
                     "the number of dimensions in the tensor (%d)",
                     scope_text_string (&text), sizes, from->shape.rank);
  scope_text_clear (&text);
  return false;
}

/* −1 on an axis that the tensor does not have. */
static bool
refuse_leading (int axis, ScopeFailure *failure)
{
  scope_failure_begin (failure, SCOPE_RULE_SIZE);
  scope_failure_explain (failure,
                         "The new axis %d needs a size; -1 keeps that of an axis which is "
                         "there.",
                         axis);
  return scope_failure_say (failure, "RuntimeError",
                            "The expanded size of the tensor (-1) isn't allowed in a leading, "
                            "non-existing dimension %d",
                            axis);
}

static bool
fails (int64_t from, int64_t to)
{
  return to != -1 && from != 1 && scope_size_is_known (from) && from != to
         && (scope_size_is_known (to) || scope_size_is_negative (to));
}

/* Adds all axes that fail; PyTorch names the last, which comes first to it. */
static bool
refuse_sizes (const ScopeOutput *from,
              const int64_t *size,
              int sizes,
              int last,
              ScopeFailure *failure)
{
  int missing = sizes - from->shape.rank;
  scope_failure_begin (failure, SCOPE_RULE_BROADCAST);
  for (int axis = 0; axis < from->shape.rank; axis++)
    if (fails (from->shape.size[axis], size[axis + missing]))
      scope_failure_add_axis (failure, sizes, axis + missing, size[axis + missing],
                              from->shape.size[axis]);
  ScopeText text = { 0 };
  scope_text_append (&text, "Target sizes: ");
  scope_torch_sizes_print (size, sizes, &text);
  scope_text_append (&text, ".  Tensor sizes: ");
  scope_shape_print (&from->shape, SCOPE_SHAPE_LIST, &text);
  long long wanted = size[last + missing], given = from->shape.size[last];
  scope_failure_explain (failure, "Axis %d has %lld where the result has %lld; only 1 stretches.",
                         last + missing, given, wanted);
  scope_failure_say (
      failure, "RuntimeError",
      "The expanded size of the tensor (%lld) must match the existing size (%lld) at "
      "non-singleton dimension %d.  %s",
      wanted, given, last + missing, scope_text_string (&text));
  scope_text_clear (&text);
  return false;
}

/* A negative size that stretches makes the number of elements meaningless; so does too large a
 * product. */
static bool
check_count (const ScopeShape *shape, ScopeFailure *failure)
{
  int64_t count;
  bool negative = false, empty = false;
  for (int axis = 0; axis < shape->rank; axis++)
    {
      negative = negative || scope_size_is_negative (shape->size[axis]);
      empty = empty || shape->size[axis] == 0;
    }
  if (!negative
      && (empty || !scope_shape_is_known (shape) || scope_shape_count (shape, &count, NULL)))
    return true;
  scope_failure_begin (failure, negative ? SCOPE_RULE_SIZE : SCOPE_RULE_LIMIT);
  scope_failure_explain (failure, negative ? "A size cannot be negative; -1 keeps an axis."
                                           : "The result would have more than 2^63−1 elements.");
  return scope_failure_say (failure, "RuntimeError", "numel: integer multiplication overflow");
}

bool
scope_torch_expand_sizes (const ScopeOutput *from,
                          const int64_t *size,
                          int sizes,
                          ScopeShape *out,
                          ScopeFailure *failure)
{
  if (from->shape.rank > sizes)
    return refuse_rank (from, size, sizes, failure);
  int missing = sizes - from->shape.rank;
  out->rank = sizes;
  for (int i = sizes - 1; i >= 0; i--)
    {
      int64_t wanted = size[i];
      int64_t given = i >= missing ? from->shape.size[i - missing] : 1;
      if (wanted == -1 && i < missing && from->shape.rank > 0)
        return refuse_leading (i, failure);
      if (i >= missing && fails (given, wanted))
        return refuse_sizes (from, size, sizes, i - missing, failure);
      bool keeps =
          (wanted == -1 && i >= missing)
          || (!scope_size_is_known (wanted) && !scope_size_is_negative (wanted) && given != 1);
      out->size[i] = keeps ? given : wanted;
    }
  return check_count (out, failure);
}

bool
scope_torch_expand (const ScopeOutput *from, const ScopeShape *to, ScopeFailure *failure)
{
  ScopeShape out;
  return scope_torch_expand_sizes (from, to->size, to->rank, &out, failure);
}
