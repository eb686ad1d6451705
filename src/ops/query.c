/* What a shape answers without an operation: attributes, sizes, lengths, constants. */
#include "core/checked.h"
#include "ops/builder.h"

#include <math.h>
#include <string.h>

static ScopeValue
refuse (ScopeBuilder *builder, ScopeSpan span, const char *exception, const char *words)
{
  ScopeValue failed;
  ScopeFailure *failure = scope_builder_fail (builder, span, SCOPE_RULE_ARGUMENT, &failed);
  scope_failure_both (failure, exception, "%s", words);
  return failed;
}

static ScopeValue
tuple_of_sizes (ScopeBuilder *builder, const ScopeShape *shape, ScopeSpan span)
{
  ScopeValue *items =
      scope_arena_alloc (builder->program->arena, (size_t)(shape->rank + 1) * sizeof *items);
  if (items == NULL)
    {
      builder->program->out_of_memory = true;
      return scope_value_failed (span);
    }
  for (int i = 0; i < shape->rank; i++)
    items[i] = scope_value_int (shape->size[i], span);
  return (
      ScopeValue){ .kind = SCOPE_VALUE_TUPLE, .item = items, .items = shape->rank, .span = span };
}

static ScopeValue
count_of (const ScopeShape *shape, ScopeSpan span)
{
  int64_t count;
  bool known = scope_shape_count (shape, &count, NULL);
  return scope_value_int (known ? count : SCOPE_SIZE_UNKNOWN, span);
}

static ScopeValue
dtype_value (ScopeDtype dtype, ScopeSpan span)
{
  return (ScopeValue){ .kind = SCOPE_VALUE_DTYPE, .dtype = dtype, .span = span };
}

static const ScopeNode *
tensor_node (const ScopeBuilder *builder, const ScopeValue *value)
{
  return value->kind == SCOPE_VALUE_TENSOR ? builder->program->node[value->node] : NULL;
}

bool
scope_query_attribute (ScopeBuilder *builder,
                       const ScopeValue *object,
                       const char *name,
                       ScopeSpan span,
                       ScopeValue *out)
{
  const ScopeNode *node = tensor_node (builder, object);
  bool values = strcmp (name, "values") == 0, indices = strcmp (name, "indices") == 0;
  if (object->kind == SCOPE_VALUE_TUPLE && object->items == 2 && (values || indices)
      && object->item[0].kind == SCOPE_VALUE_TENSOR)
    { /* of what max, sort, topk and their like give */
      *out = object->item[indices];
      return true;
    }
  if (node == NULL)
    return false;
  if (strcmp (name, "shape") == 0)
    *out = tuple_of_sizes (builder, &node->shape, span);
  else if (strcmp (name, "ndim") == 0)
    *out = scope_value_int (node->shape.rank, span);
  else if (strcmp (name, "size") == 0)
    *out = count_of (&node->shape, span);
  else if (strcmp (name, "dtype") == 0)
    *out = dtype_value (node->dtype, span);
  else if (strcmp (name, "itemsize") == 0)
    *out = scope_value_int ((int64_t)scope_dtype_bytes (node->dtype), span);
  else if (strcmp (name, "device") == 0)
    *out = (ScopeValue){ .kind = SCOPE_VALUE_STRING, .text = "cpu", .span = span };
  else if (strcmp (name, "is_cuda") == 0 || strcmp (name, "requires_grad") == 0)
    *out = scope_value_truth (false, span);
  else if (strcmp (name, "grad") == 0)
    *out = (ScopeValue){ .kind = SCOPE_VALUE_NONE, .span = span };
  else if (strcmp (name, "data") == 0)
    {
      *out = *object;
      out->span = span;
    }
  else
    return false;
  return true;
}

/* PyTorch's words for an axis that a tensor does not have. */
static ScopeValue
size_of_axis (ScopeBuilder *builder, const ScopeShape *shape, int64_t axis, ScopeSpan span)
{
  int found;
  if (scope_shape_axis (shape, axis, &found, NULL))
    return scope_value_int (shape->size[found], span);
  ScopeValue failed;
  ScopeFailure *failure = scope_builder_fail (builder, span, SCOPE_RULE_AXIS, &failed);
  if (shape->rank == 0)
    scope_failure_both (failure, "IndexError",
                        "Dimension specified as %lld but tensor has no "
                        "dimensions",
                        (long long)axis);
  else
    scope_failure_both (failure, "IndexError",
                        "Dimension out of range (expected to be in range of [%d, %d], but got "
                        "%lld)",
                        -shape->rank, shape->rank - 1, (long long)axis);
  return failed;
}

bool
scope_query_method (ScopeBuilder *builder,
                    const ScopeValue *object,
                    const char *name,
                    const ScopeArgument *argument,
                    int arguments,
                    ScopeSpan span,
                    ScopeValue *out)
{
  if (scope_value_is_sequence (object) && strcmp (name, "numel") == 0 && arguments == 0)
    return scope_query_function (builder, "math.prod", &(ScopeArgument){ .value = *object }, 1,
                                 span, out);
  const ScopeNode *node = tensor_node (builder, object);
  if (node == NULL)
    return false;
  bool axis_given = arguments == 1 && scope_value_is_int (&argument[0].value);
  if (strcmp (name, "size") == 0 && (arguments == 0 || axis_given))
    *out = arguments == 0 ? tuple_of_sizes (builder, &node->shape, span)
                          : size_of_axis (builder, &node->shape, argument[0].value.integer, span);
  else if ((strcmp (name, "dim") == 0 || strcmp (name, "ndimension") == 0) && arguments == 0)
    *out = scope_value_int (node->shape.rank, span);
  else if ((strcmp (name, "numel") == 0 || strcmp (name, "nelement") == 0) && arguments == 0)
    *out = count_of (&node->shape, span);
  else if (strcmp (name, "element_size") == 0 && arguments == 0)
    *out = scope_value_int ((int64_t)scope_dtype_bytes (node->dtype), span);
  else
    return false;
  return true;
}

/* ---- functions ------------------------------------------------------------------------------ */

static bool
is_path (const char *path, const char *names)
{
  size_t length = strlen (path);
  for (const char *at = names; *at != '\0'; at += strcspn (at, " "), at += *at == ' ')
    if (strcspn (at, " ") == length && strncmp (at, path, length) == 0)
      return true;
  return false;
}

static ScopeValue
length_of (ScopeBuilder *builder, const ScopeValue *value, ScopeSpan span)
{
  const ScopeNode *node = tensor_node (builder, value);
  if (node != NULL && node->shape.rank > 0)
    return scope_value_int (node->shape.size[0], span);
  if (node != NULL)
    return refuse (builder, span, "TypeError",
                   builder->program->dialect == SCOPE_NUMPY ? "len() of unsized object"
                                                            : "len() of a 0-d tensor");
  if (scope_value_is_sequence (value))
    return scope_value_int (value->items, span);
  if (value->kind == SCOPE_VALUE_STRING)
    return scope_value_int (scope_text_characters (value->text, strlen (value->text)), span);
  return refuse (builder, span, "TypeError", "This has no length.");
}

static ScopeValue
range_of (ScopeBuilder *builder, const ScopeArgument *argument, int arguments, ScopeSpan span)
{
  int64_t bound[3] = { 0, 0, 1 };
  for (int i = 0; i < arguments; i++)
    {
      if (i > 2 || !scope_value_is_int (&argument[i].value))
        return refuse (builder, span, "TypeError", "range() takes one to three whole numbers");
      bound[arguments == 1 ? 1 : i] = argument[i].value.integer;
    }
  if (bound[2] == 0)
    return refuse (builder, span, "ValueError", "range() arg 3 must not be zero");
  int64_t distance, count = 0;
  if (!scope_checked_sub (bound[1], bound[0], &distance) || bound[2] == INT64_MIN)
    return refuse (builder, span, "", "This range is longer than Shapescope follows.");
  if (bound[2] > 0 ? distance > 0 : distance < 0)
    count = (distance - (bound[2] > 0 ? 1 : -1)) / bound[2] + 1;
  if (count > SCOPE_MAX_RANK)
    return refuse (builder, span, "", "This range is longer than Shapescope follows.");
  ScopeValue *items =
      scope_arena_alloc (builder->program->arena, (size_t)(count + 1) * sizeof *items);
  if (items == NULL)
    {
      builder->program->out_of_memory = true;
      return scope_value_failed (span);
    }
  ScopeValue value = { .kind = SCOPE_VALUE_TUPLE, .item = items, .span = span };
  for (; value.items < count; value.items++)
    items[value.items] = scope_value_int (bound[0] + value.items * bound[2], span);
  return value;
}

/* slice (stop), slice (start, stop, step): as it stands in brackets. */
static ScopeValue
slice_of (ScopeBuilder *builder, const ScopeArgument *argument, int arguments, ScopeSpan span)
{
  ScopeValue *items = scope_arena_alloc (builder->program->arena, 3 * sizeof *items);
  if (items == NULL)
    {
      builder->program->out_of_memory = true;
      return scope_value_failed (span);
    }
  for (int i = 0; i < 3; i++)
    items[i] = (ScopeValue){ .kind = SCOPE_VALUE_NONE, .span = span };
  for (int i = 0; i < arguments; i++)
    items[arguments == 1 ? 1 : i] = argument[i].value;
  return (ScopeValue){ .kind = SCOPE_VALUE_SLICE, .item = items, .span = span };
}

static double
number_of (const ScopeValue *value)
{
  return value->kind == SCOPE_VALUE_FLOAT ? value->number : (double)value->integer;
}

static bool
is_number (const ScopeValue *value)
{
  return scope_value_is_int (value) || value->kind == SCOPE_VALUE_FLOAT;
}

/* sum, prod, min, max of numbers: folds with the number arithmetic. */
static bool
fold (ScopeBuilder *builder,
      const char *path,
      const ScopeValue *item,
      int items,
      ScopeSpan span,
      ScopeValue *out)
{
  bool sums = is_path (path, "sum"), multiplies = is_path (path, "math.prod np.prod prod");
  bool smallest = is_path (path, "min"), largest = is_path (path, "max");
  if (!sums && !multiplies && !smallest && !largest)
    return false;
  for (int i = 0; i < items; i++)
    if (!is_number (&item[i]) && item[i].kind != SCOPE_VALUE_SIZE)
      return false;
  if (items == 0 && (smallest || largest))
    return false;
  *out = sums || multiplies ? scope_value_int (sums ? 0 : 1, span) : item[0];
  for (int i = 0; i < items && out->kind != SCOPE_VALUE_FAILED; i++)
    {
      ScopeValue so_far = *out;
      if (sums || multiplies)
        scope_number_binary (builder, sums ? "+" : "*", &so_far, &item[i], span, out);
      else if (smallest ? number_of (&item[i]) < number_of (out)
                        : number_of (&item[i]) > number_of (out))
        *out = item[i];
    }
  out->span = span;
  return true;
}

/* int, float, bool, abs, round, math.floor … of one number. */
static bool
convert (ScopeBuilder *builder,
         const char *path,
         const ScopeValue *value,
         ScopeSpan span,
         ScopeValue *out)
{
  if (value->kind == SCOPE_VALUE_STRING && is_path (path, "float"))
    return scope_query_constant (value->text, span, out);
  if (value->kind == SCOPE_VALUE_SIZE && is_path (path, "int"))
    {
      *out = scope_value_int (value->integer, span);
      return true;
    }
  if (!is_number (value))
    return false;
  double number = number_of (value);
  bool whole = scope_value_is_int (value);
  if (is_path (path, "float"))
    *out = scope_value_float (number, span);
  else if (is_path (path, "bool"))
    *out = scope_value_truth (number != 0, span);
  else if (is_path (path, "math.sqrt np.sqrt") && number >= 0)
    *out = scope_value_float (sqrt (number), span);
  else if (is_path (path, "abs") && !whole)
    *out = scope_value_float (fabs (number), span);
  else if (whole && is_path (path, "int round math.floor math.ceil math.trunc"))
    *out = scope_value_int (value->integer, span);
  else if (whole && is_path (path, "abs") && value->integer != INT64_MIN)
    *out = scope_value_int (value->integer < 0 ? -value->integer : value->integer, span);
  else if (!whole && is_path (path, "int round math.floor math.ceil math.trunc"))
    {
      double rounded = is_path (path, "math.floor")  ? floor (number)
                       : is_path (path, "math.ceil") ? ceil (number)
                       : is_path (path, "round")     ? nearbyint (number)
                                                     : trunc (number);
      if (!(fabs (rounded) < 9.2e18))
        *out = refuse (builder, span, "OverflowError", "cannot convert float to integer");
      else
        *out = scope_value_int ((int64_t)rounded, span);
    }
  else
    return false;
  return true;
}

bool
scope_query_function (ScopeBuilder *builder,
                      const char *path,
                      const ScopeArgument *argument,
                      int arguments,
                      ScopeSpan span,
                      ScopeValue *out)
{
  for (int i = 0; i < arguments; i++)
    if (argument[i].name != NULL || argument[i].value.kind == SCOPE_VALUE_FAILED)
      return false;
  if (is_path (path, "range"))
    {
      *out = range_of (builder, argument, arguments, span);
      return true;
    }
  if (is_path (path, "torch.device") && arguments >= 1
      && argument[0].value.kind == SCOPE_VALUE_STRING)
    {
      *out = argument[0].value;
      return true;
    }
  if (is_path (path, "torch.cuda.is_available") && arguments == 0)
    {
      *out = scope_value_truth (false, span);
      return true;
    }
  if (is_path (path, "torch.manual_seed np.random.seed random.seed tf.random.set_seed"))
    {
      *out = (ScopeValue){ .kind = SCOPE_VALUE_NONE, .span = span };
      return true;
    }
  if (is_path (path, "slice") && arguments >= 1 && arguments <= 3)
    {
      *out = slice_of (builder, argument, arguments, span);
      return true;
    }
  if (arguments == 0)
    return false;
  const ScopeValue *first = &argument[0].value;
  bool sequence = scope_value_is_sequence (first);
  if (arguments == 1 && is_path (path, "len"))
    *out = length_of (builder, first, span);
  else if (arguments == 1 && sequence && is_path (path, "tuple list torch.Size tf.TensorShape"))
    {
      *out = *first;
      out->kind = is_path (path, "list") ? SCOPE_VALUE_LIST : SCOPE_VALUE_TUPLE;
      out->span = span;
    }
  else if (arguments == 1 && is_path (path, "tf.shape np.shape jnp.shape tf.rank np.ndim")
           && first->kind == SCOPE_VALUE_TENSOR)
    return scope_query_attribute (builder, first,
                                  is_path (path, "tf.rank np.ndim") ? "ndim" : "shape", span, out);
  else if (arguments == 1 && sequence)
    return fold (builder, path, first->item, first->items, span, out);
  else if (arguments == 1)
    return convert (builder, path, first, span, out);
  else
    {
      ScopeValue *items =
          scope_arena_alloc (builder->program->arena, (size_t)arguments * sizeof *items);
      for (int i = 0; items != NULL && i < arguments; i++)
        items[i] = argument[i].value;
      return items != NULL && is_path (path, "min max")
             && fold (builder, path, items, arguments, span, out);
    }
  return true;
}

/* ---- constants and items -------------------------------------------------------------------- */

bool
scope_query_constant (const char *path, ScopeSpan span, ScopeValue *out)
{
  ScopeDtype dtype;
  if (is_path (path, "np.newaxis numpy.newaxis tf.newaxis jnp.newaxis newaxis"))
    *out = (ScopeValue){ .kind = SCOPE_VALUE_NONE, .span = span };
  else if (is_path (path, "math.pi np.pi torch.pi jnp.pi"))
    *out = scope_value_float (3.141592653589793, span);
  else if (is_path (path, "math.e np.e torch.e jnp.e"))
    *out = scope_value_float (2.718281828459045, span);
  else if (is_path (path, "math.inf np.inf torch.inf jnp.inf inf +inf infinity"))
    *out = scope_value_float (HUGE_VAL, span);
  else if (is_path (path, "-inf -infinity np.NINF"))
    *out = scope_value_float (-HUGE_VAL, span);
  else if (is_path (path, "math.nan np.nan torch.nan jnp.nan nan"))
    *out = scope_value_float (NAN, span);
  else if (scope_dtype_parse (path, strlen (path), &dtype))
    *out = dtype_value (dtype, span);
  else
    return false;
  return true;
}

static bool
slice_part (const ScopeValue *part, bool *has, int64_t *out)
{
  *has = scope_value_is_int (part);
  if (*has)
    *out = part->integer;
  return *has || part->kind == SCOPE_VALUE_NONE;
}

static ScopeValue
slice_of_sequence (ScopeBuilder *builder,
                   const ScopeValue *sequence,
                   const ScopeValue *index,
                   ScopeSpan span)
{
  ScopeSlice slice = { 0 };
  if (!slice_part (&index->item[0], &slice.has_start, &slice.start)
      || !slice_part (&index->item[1], &slice.has_stop, &slice.stop)
      || !slice_part (&index->item[2], &slice.has_step, &slice.step))
    return refuse (builder, index->span, "TypeError",
                   "slice indices must be integers or None or have an __index__ method");
  int64_t start, step, count;
  if (!scope_slice_resolve (slice, sequence->items, &start, &step, &count, NULL))
    return refuse (builder, index->span, "ValueError", "slice step cannot be zero");
  ScopeValue *items =
      scope_arena_alloc (builder->program->arena, (size_t)(count + 1) * sizeof *items);
  if (items == NULL)
    {
      builder->program->out_of_memory = true;
      return scope_value_failed (span);
    }
  for (int64_t i = 0; i < count; i++)
    items[i] = sequence->item[start + i * step];
  return (ScopeValue){ .kind = sequence->kind, .item = items, .items = (int)count, .span = span };
}

ScopeValue
scope_query_item (ScopeBuilder *builder,
                  const ScopeValue *sequence,
                  const ScopeValue *index,
                  ScopeSpan span)
{
  if (!scope_value_is_sequence (sequence))
    return refuse (builder, span, "TypeError", "This cannot be indexed.");
  if (index->kind == SCOPE_VALUE_SLICE)
    return slice_of_sequence (builder, sequence, index, span);
  if (!scope_value_is_int (index))
    return refuse (builder, index->span, "TypeError",
                   sequence->kind == SCOPE_VALUE_LIST ? "list indices must be integers or slices"
                                                      : "tuple indices must be integers or slices");
  int64_t i = index->integer;
  if (i < -(int64_t)sequence->items || i >= sequence->items)
    return refuse (builder, index->span, "IndexError",
                   sequence->kind == SCOPE_VALUE_LIST ? "list index out of range"
                                                      : "tuple index out of range");
  ScopeValue item = sequence->item[i < 0 ? i + sequence->items : i];
  item.span = span;
  return item;
}
