/* Sizes for a tensor of as many elements, in the words of each dialect. */
#include "ops/new-shape.h"

#include "core/checked.h"
#include "ops/operand.h"

static void
begin (const ScopeNewShape *asked, ScopeRule rule)
{
  scope_failure_begin (asked->failure, rule);
  asked->failure->span = asked->call->value[asked->parameter].span;
}

static void
print_sizes (const ScopeNewShape *asked, ScopeShapeStyle style, ScopeText *text)
{
  if (!asked->sizes->sequence && style == SCOPE_SHAPE_TUPLE && asked->sizes->count == 1)
    scope_text_printf (text, "%lld", (long long)asked->sizes->value[0]);
  else
    scope_ints_print (asked->sizes, style, text);
}

/* (2,newaxis): NumPy leaves out what is unknown in front. */
static void
print_numpy (const ScopeInts *sizes, ScopeText *text)
{
  int i = 0;
  while (i < sizes->count && sizes->value[i] < 0)
    i++;
  scope_text_append (text, "(");
  for (int first = i; i < sizes->count; i++)
    {
      if (i > first)
        scope_text_append (text, ",");
      if (sizes->value[i] < 0)
        scope_text_append (text, "newaxis");
      else
        scope_text_printf (text, "%lld", (long long)sizes->value[i]);
    }
  scope_text_append (text, sizes->count == 1 && sizes->value[0] >= 0 ? ",)" : ")");
}

static bool
refuse_two_unknown (const ScopeNewShape *asked, int first, int second)
{
  begin (asked, SCOPE_RULE_ARGUMENT);
  scope_failure_explain (asked->failure, "Only one size can be left open with -1.");
  ScopeText text = { 0 };
  switch (asked->call->dialect)
    {
    case SCOPE_NUMPY:
      return scope_failure_say (asked->failure, "ValueError",
                                "can only specify one unknown dimension");
    case SCOPE_TENSORFLOW:
      return scope_say_tensorflow (asked->failure, "Reshape",
                                   "Only one input size may be -1, not both %d and %d", first,
                                   second);
    case SCOPE_JAX:
      print_sizes (asked, SCOPE_SHAPE_TUPLE, &text);
      scope_failure_say (asked->failure, "TypeError",
                         "can only specify one unknown axis size with a `-1` value, got %s",
                         scope_text_string (&text));
      scope_text_clear (&text);
      return false;
    default:
      return scope_failure_say (asked->failure, "RuntimeError",
                                "only one dimension can be inferred");
    }
}

static bool
refuse_negative (const ScopeNewShape *asked, int axis)
{
  long long size = asked->sizes->value[axis];
  begin (asked, SCOPE_RULE_SIZE);
  scope_failure_explain (asked->failure, "A size cannot be %lld; -1 leaves it open.", size);
  if (asked->call->dialect == SCOPE_TENSORFLOW)
    return scope_say_tensorflow (asked->failure, "Reshape",
                                 "Size %d must be non-negative, not %lld", axis, size);
  if (asked->call->dialect == SCOPE_JAX)
    {
      ScopeText text = { 0 };
      scope_ints_print (asked->sizes, SCOPE_SHAPE_TUPLE, &text);
      scope_failure_say (asked->failure, "TypeError",
                         "Shapes must have non-negative entries; got %s.",
                         scope_text_string (&text));
      scope_text_clear (&text);
      return false;
    }
  return scope_failure_say (asked->failure, "RuntimeError", "invalid shape dimension %lld", size);
}

static void
say_jax (const ScopeNewShape *asked, int64_t count, int64_t known, bool open)
{
  ScopeText input = { 0 }, sizes = { 0 };
  scope_shape_print (asked->input, SCOPE_SHAPE_TUPLE, &input);
  print_sizes (asked, SCOPE_SHAPE_TUPLE, &sizes);
  if (open)
    scope_failure_say (asked->failure, "TypeError",
                       "cannot reshape array of shape %s (size %lld) into shape %s because the "
                       "product of specified axis sizes (%lld) does not evenly divide %lld",
                       scope_text_string (&input), (long long)count, scope_text_string (&sizes),
                       (long long)known, (long long)count);
  else
    scope_failure_say (asked->failure, "TypeError",
                       "cannot reshape array of shape %s (size %lld) into shape %s (size %lld)",
                       scope_text_string (&input), (long long)count, scope_text_string (&sizes),
                       (long long)known);
  scope_text_clear (&input);
  scope_text_clear (&sizes);
}

/* `known` is the product of the sizes that are given, `open` says that one is left open. */
static bool
refuse_count (const ScopeNewShape *asked, int64_t count, int64_t known, bool open)
{
  ScopeText text = { 0 };
  begin (asked, open ? SCOPE_RULE_DIVIDE : SCOPE_RULE_COUNT);
  if (open && known == 0)
    scope_failure_explain (asked->failure,
                           "With a size of 0 beside it, the open size could be anything.");
  else if (open)
    scope_failure_explain (asked->failure,
                           "The tensor has %lld elements, which cannot be divided by %lld.",
                           (long long)count, (long long)known);
  else
    scope_failure_explain (asked->failure,
                           "The tensor has %lld elements, but the shape holds %lld.",
                           (long long)count, (long long)known);
  switch (asked->call->dialect)
    {
    case SCOPE_NUMPY:
      print_numpy (asked->sizes, &text);
      scope_failure_say (asked->failure, "ValueError",
                         "cannot reshape array of size %lld into shape %s", (long long)count,
                         scope_text_string (&text));
      break;
    case SCOPE_TENSORFLOW:
      scope_say_tensorflow (
          asked->failure, "Reshape",
          "Input to reshape is a tensor with %lld values, but the requested shape "
          "%s %lld",
          (long long)count, open && known > 0 ? "requires a multiple of" : "has", (long long)known);
      break;
    case SCOPE_JAX:
      say_jax (asked, count, known, open);
      break;
    default:
      scope_ints_print (asked->sizes, SCOPE_SHAPE_LIST, &text);
      if (open && known == 0 && count == 0)
        scope_failure_say (asked->failure, "RuntimeError",
                           "cannot reshape tensor of 0 elements into shape %s because the "
                           "unspecified dimension size -1 can be any value and is ambiguous",
                           scope_text_string (&text));
      else
        scope_failure_say (asked->failure, "RuntimeError",
                           "shape '%s' is invalid for input of size %lld",
                           scope_text_string (&text), (long long)count);
    }
  scope_text_clear (&text);
  return false;
}

/* The product of the given sizes as the framework computes it: PyTorch's wraps round. */
static bool
multiply_known (const ScopeNewShape *asked, int64_t *known, int64_t size)
{
  int64_t product;
  bool fits = scope_checked_mul (*known, size, &product);
  if (!fits && asked->call->dialect == SCOPE_NUMPY)
    return false;
  *known = (int64_t)((uint64_t)*known * (uint64_t)size);
  return true;
}

/* TensorFlow finds the open size from the other sizes that are not 0, so that there is one even
 * when the tensor is empty. */
static void
leave_out_zeros (const ScopeNewShape *asked, int64_t *count, int64_t *known)
{
  if (*known != 0 || *count != 0)
    return;
  *known = *count = 1;
  for (int i = 0; i < asked->sizes->count; i++)
    if (asked->sizes->value[i] > 0)
      *known *= asked->sizes->value[i];
  for (int axis = 0; axis < asked->input->rank; axis++)
    if (asked->input->size[axis] > 0)
      *count *= asked->input->size[axis];
  if (*count % *known != 0)
    *count = *count / *known * *known; /* not looked at closely either */
}

bool
scope_new_shape_resolve (const ScopeNewShape *asked, ScopeShape *out)
{
  const ScopeInts *sizes = asked->sizes;
  int64_t count = scope_sizes_product (asked->input->size, asked->input->rank), known = 1;
  bool guess = !scope_size_is_known (count), numpy = asked->call->dialect == SCOPE_NUMPY;
  int open = -1;
  out->rank = sizes->count;
  for (int i = 0; i < sizes->count; i++)
    {
      int64_t size = sizes->value[i];
      out->size[i] = size;
      if (scope_int_is_unknown (size))
        guess = true;
      else if (size == -1 || (numpy && size < 0))
        {
          if (open >= 0)
            return refuse_two_unknown (asked, open, i);
          open = i;
        }
      else if (size < 0)
        return refuse_negative (asked, i);
      else if (!multiply_known (asked, &known, size))
        return refuse_count (asked, count, known, false);
    }
  if (guess)
    {
      if (open >= 0)
        out->size[open] = SCOPE_SIZE_UNKNOWN;
      return true;
    }
  if (open >= 0 && asked->call->dialect == SCOPE_TENSORFLOW)
    leave_out_zeros (asked, &count, &known);
  bool divides = open >= 0 && known > 0 && count % known == 0;
  if (open >= 0 ? !divides : count != known)
    return refuse_count (asked, count, known, open >= 0);
  if (open >= 0)
    out->size[open] = count / known;
  return true;
}
