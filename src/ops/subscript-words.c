/* The frameworks' words about what stands between brackets. */
#include "ops/subscript-words.h"

#include "ops/argument.h"

static void
begin (ScopeFailure *failure, ScopeRule rule, const ScopeValue *at)
{
  scope_failure_begin (failure, rule);
  failure->span = at->span;
}

bool
scope_subscript_say_too_many (const ScopeCall *call,
                              const ScopeValue *index,
                              int rank,
                              int named,
                              ScopeFailure *failure)
{
  begin (failure, SCOPE_RULE_INDEX, index);
  scope_failure_explain (failure, "There are %d indices, but the tensor has %d axes.", named, rank);
  switch (call->dialect)
    {
    case SCOPE_NUMPY:
      return scope_failure_say (
          failure, "IndexError",
          "too many indices for array: array is %d-dimensional, but %d were indexed", rank, named);
    case SCOPE_TENSORFLOW:
      return scope_failure_say (failure, "InvalidArgumentError",
                                "Index out of range using input dim %d; input has only %d dims "
                                "[Op:StridedSlice] name: strided_slice/",
                                rank, rank);
    case SCOPE_JAX:
      return scope_failure_say (failure, "IndexError",
                                "Too many indices for array: %d non-None/Ellipsis indices for dim "
                                "%d.",
                                named, rank);
    default:
      return scope_failure_say (failure, "IndexError",
                                "too many indices for tensor of dimension %d", rank);
    }
}

bool
scope_subscript_say_out_of_range (const ScopeCall *call,
                                  const ScopeValue *item,
                                  int64_t index,
                                  int shown,
                                  int axis,
                                  int64_t size,
                                  ScopeFailure *failure)
{
  begin (failure, SCOPE_RULE_INDEX, item);
  if (size > 0)
    scope_failure_explain (failure,
                           "Index %lld is out of range: axis %d has %lld elements, so it takes "
                           "%lld to %lld.",
                           (long long)index, axis, (long long)size, (long long)-size,
                           (long long)size - 1);
  else
    scope_failure_explain (failure, "Index %lld is out of range: axis %d is empty.",
                           (long long)index, axis);
  if (call->dialect == SCOPE_PYTORCH && shown < 0)
    return scope_failure_say (failure, "IndexError",
                              "index is out of bounds for dimension with size 0");
  if (call->dialect == SCOPE_TENSORFLOW)
    return scope_failure_say (failure, "InvalidArgumentError",
                              "slice index %lld of dimension %d out of bounds. [Op:StridedSlice] "
                              "name: strided_slice/",
                              (long long)index, axis);
  if (call->dialect == SCOPE_PYTORCH)
    return scope_failure_say (failure, "IndexError",
                              "index %lld is out of bounds for dimension %d with size %lld",
                              (long long)index, shown, (long long)size);
  return scope_failure_say (failure, "IndexError",
                            "index %lld is out of bounds for axis %d with size %lld",
                            (long long)index, axis, (long long)size);
}

bool
scope_subscript_say_bad_item (const ScopeCall *call, const ScopeValue *item, ScopeFailure *failure)
{
  const char *type = scope_value_type_name (call, item);
  begin (failure, SCOPE_RULE_INDEX, item);
  scope_failure_explain (failure, "An index is an integer, a slice, `...`, None, or a tensor of "
                                  "integers or truths.");
  switch (call->dialect)
    {
    case SCOPE_NUMPY:
      return scope_failure_say (
          failure, "IndexError",
          "only integers, slices (`:`), ellipsis (`...`), numpy.newaxis (`None`) and integer or "
          "boolean arrays are valid indices");
    case SCOPE_TENSORFLOW:
      return scope_failure_say (
          failure, "TypeError",
          "Only integers, slices (`:`), ellipsis (`...`), tf.newaxis (`None`) and scalar "
          "tf.int32/tf.int64 tensors are valid indices, got %s",
          type);
    case SCOPE_JAX:
      return scope_failure_say (failure, "TypeError",
                                "JAX does not support indexing with objects of type <class '%s'>",
                                type);
    default:
      if (item->kind == SCOPE_VALUE_STRING)
        return scope_failure_say (failure, "TypeError", "new(): invalid data type 'str'");
      return scope_failure_say (
          failure, "IndexError",
          "only integers, slices (`:`), ellipsis (`...`), None and long or byte Variables are "
          "valid indices (got %s)",
          type);
    }
}

bool
scope_subscript_say_index_type (const ScopeCall *call,
                                const ScopeValue *item,
                                ScopeFailure *failure)
{
  const char *type = scope_dtype_name (scope_call_dtype (call, item));
  begin (failure, SCOPE_RULE_TYPE, item);
  scope_failure_explain (failure, "A tensor of type %s cannot be an index.", type);
  if (call->dialect == SCOPE_JAX)
    return scope_failure_say (failure, "TypeError",
                              "Indexer must have integer or boolean type, got indexer with type %s "
                              "at position 0",
                              type);
  if (call->dialect == SCOPE_PYTORCH)
    return scope_failure_say (failure, "IndexError",
                              "tensors used as indices must be long, byte or bool tensors");
  return scope_failure_say (failure, "IndexError",
                            "arrays used as indices must be of integer (or boolean) type");
}

bool
scope_subscript_say_second_ellipsis (const ScopeCall *call,
                                     const ScopeValue *item,
                                     ScopeFailure *failure)
{
  begin (failure, SCOPE_RULE_INDEX, item);
  if (call->dialect == SCOPE_TENSORFLOW)
    return scope_failure_both (failure, "InvalidArgumentError",
                               "Multiple ellipses in slice spec not allowed [Op:StridedSlice] "
                               "name: strided_slice/");
  return scope_failure_both (failure, "IndexError",
                             "an index can only have a single ellipsis ('...')");
}

bool
scope_subscript_say_slice_part (const ScopeCall *call,
                                const ScopeValue *part,
                                ScopeFailure *failure)
{
  begin (failure, SCOPE_RULE_INDEX, part);
  if (part->kind != SCOPE_VALUE_TENSOR)
    return scope_failure_both (
        failure, "TypeError", "slice indices must be integers or None or have an __index__ method");
  return scope_failure_both (failure, "TypeError", "%s",
                             call->dialect == SCOPE_NUMPY
                                 ? "only integer scalar arrays can be converted to a scalar index"
                                 : "only integer tensors of a single element can be converted to "
                                   "an index");
}

bool
scope_subscript_say_zero_step (const ScopeCall *call,
                               const ScopeValue *slice,
                               ScopeFailure *failure)
{
  begin (failure, SCOPE_RULE_STEP, slice);
  scope_failure_explain (failure, "The step of a slice cannot be 0.");
  if (call->dialect == SCOPE_TENSORFLOW)
    return scope_failure_say (failure, "InvalidArgumentError",
                              "strides[0] must be non-zero [Op:StridedSlice] name: "
                              "strided_slice/");
  return scope_failure_say (failure, "ValueError", "slice step cannot be zero");
}

bool
scope_subscript_say_negative_step (const ScopeCall *call,
                                   const ScopeValue *slice,
                                   ScopeFailure *failure)
{
  (void)call;
  begin (failure, SCOPE_RULE_STEP, slice);
  scope_failure_explain (failure, "PyTorch takes no negative step; torch.flip reverses an axis.");
  return scope_failure_say (failure, "ValueError", "step must be greater than zero");
}

bool
scope_subscript_say_mask (const ScopeCall *call,
                          const ScopeValue *item,
                          const ScopeShape *mask,
                          int k,
                          int axis,
                          int64_t size,
                          const ScopeShape *sliced,
                          int place,
                          ScopeFailure *failure)
{
  begin (failure, SCOPE_RULE_MATCH, item);
  scope_failure_explain (failure,
                         "The mask has %lld on its axis %d, but axis %d of the tensor has %lld.",
                         (long long)mask->size[k], k, axis, (long long)size);
  if (call->dialect == SCOPE_PYTORCH)
    {
      ScopeText a = { 0 }, b = { 0 };
      scope_shape_print (mask, SCOPE_SHAPE_LIST, &a);
      scope_shape_print (sliced, SCOPE_SHAPE_LIST, &b);
      scope_failure_say (failure, "IndexError",
                         "The shape of the mask %s at index %d does not match the shape of the "
                         "indexed tensor %s at index %d",
                         scope_text_string (&a), k, scope_text_string (&b), place);
      scope_text_clear (&a);
      scope_text_clear (&b);
      return false;
    }
  if (call->dialect == SCOPE_JAX)
    return scope_failure_say (failure, "IndexError",
                              "boolean index did not match shape of indexed array in index %d: got "
                              "(%lld,), expected (%lld,)",
                              axis, (long long)mask->size[k], (long long)size);
  return scope_failure_say (failure, "IndexError",
                            "boolean index did not match indexed array along dimension %d; "
                            "dimension is %lld but corresponding boolean dimension is %lld",
                            axis, (long long)size, (long long)mask->size[k]);
}

bool
scope_subscript_say_arrays (const ScopeCall *call,
                            const ScopeShape *const *shape,
                            int shapes,
                            ScopeFailure *failure)
{
  ScopeText torch = { 0 }, numpy = { 0 };
  for (int i = 0; i < shapes; i++)
    {
      if (i > 0)
        scope_text_append (&torch, ", ");
      scope_shape_print (shape[i], SCOPE_SHAPE_LIST, &torch);
      scope_shape_print (shape[i], SCOPE_SHAPE_TIGHT_TUPLE, &numpy);
      scope_text_append (&numpy, " ");
    }
  scope_failure_begin (failure, SCOPE_RULE_BROADCAST);
  scope_failure_explain (failure, "The indices have shapes %s, which do not fit together.",
                         scope_text_string (&torch));
  if (call->dialect == SCOPE_PYTORCH)
    scope_failure_say (failure, "IndexError",
                       "shape mismatch: indexing tensors could not be broadcast together with "
                       "shapes %s",
                       scope_text_string (&torch));
  else if (call->dialect == SCOPE_JAX)
    scope_failure_say (failure, "ValueError", "Incompatible shapes for broadcasting: shapes=[%s]",
                       scope_text_string (&torch));
  else
    scope_failure_say (failure, "IndexError",
                       "shape mismatch: indexing arrays could not be broadcast together with "
                       "shapes %s",
                       scope_text_string (&numpy));
  scope_text_clear (&torch);
  scope_text_clear (&numpy);
  return false;
}

bool
scope_subscript_say_scalar (const ScopeCall *call, const ScopeValue *index, ScopeFailure *failure)
{
  (void)call;
  begin (failure, SCOPE_RULE_INDEX, index);
  scope_failure_explain (failure, "A tensor without axes has nothing to index.");
  if (index->kind == SCOPE_VALUE_SLICE)
    return scope_failure_say (failure, "IndexError",
                              "slice() cannot be applied to a 0-dim tensor.");
  return scope_failure_say (
      failure, "IndexError",
      "invalid index of a 0-dim tensor. Use `tensor.item()` in Python or `tensor.item<T>()` in C++ "
      "to convert a 0-dim tensor to a number");
}

bool
scope_subscript_say_dimension (const ScopeCall *call,
                               const ScopeValue *item,
                               int rank,
                               int axis,
                               ScopeFailure *failure)
{
  (void)call;
  begin (failure, SCOPE_RULE_INDEX, item);
  return scope_failure_both (
      failure, "IndexError",
      "Dimension out of range (expected to be in range of [%d, %d], but got %d)", -rank, rank - 1,
      axis);
}

bool
scope_subscript_say_places (const ScopeCall *call, int rank, int places, ScopeFailure *failure)
{
  (void)call;
  scope_failure_begin (failure, SCOPE_RULE_INDEX);
  return scope_failure_both (failure, "IndexError",
                             "too many indices for tensor of dimension %d (got %d)", rank, places);
}

bool
scope_subscript_say_nothing_there (const ScopeCall *call, ScopeFailure *failure)
{
  (void)call;
  scope_failure_begin (failure, SCOPE_RULE_INDEX);
  scope_failure_explain (failure, "An index takes from an axis that is empty.");
  return scope_failure_say (failure, "IndexError",
                            "index is out of bounds for dimension with size 0");
}

bool
scope_subscript_say_rank (const ScopeCall *call, ScopeFailure *failure)
{
  (void)call;
  scope_failure_begin (failure, SCOPE_RULE_LIMIT);
  scope_failure_explain (failure, "The result would have more than %d axes.", SCOPE_MAX_RANK);
  return false;
}

/* The items of an index: those of a tuple, or itself. */
static const ScopeValue *
items_of (const ScopeValue *index, int *items)
{
  bool tuple = index->kind == SCOPE_VALUE_TUPLE;
  *items = tuple ? index->items : 1;
  return tuple ? index->item : index;
}

/* tensorflow/python/ops/array_ops.py, _check_index: no lists, no tensors with axes, no truths. */
bool
scope_subscript_check_tensorflow (const ScopeCall *call,
                                  const ScopeValue *index,
                                  ScopeFailure *failure)
{
  int items;
  const ScopeValue *item = items_of (index, &items);
  for (int i = 0; i < items; i++)
    {
      bool tensor = item[i].kind == SCOPE_VALUE_TENSOR;
      bool whole = tensor && scope_dtype_is_integer (scope_call_dtype (call, &item[i]));
      if (scope_value_is_sequence (&item[i]) || item[i].kind == SCOPE_VALUE_BOOL
          || (tensor && (!whole || scope_call_shape (call, &item[i])->rank > 0)))
        return scope_subscript_say_bad_item (call, &item[i], failure);
    }
  return true;
}

/* jax/_src/numpy/lax_numpy.py, _expand_bool_indices and eliminate_deprecated_list_indexing. */
bool
scope_subscript_check_jax (const ScopeCall *call, const ScopeValue *index, ScopeFailure *failure)
{
  (void)call;
  if (index->kind != SCOPE_VALUE_LIST)
    return true;
  begin (failure, SCOPE_RULE_INDEX, index);
  scope_failure_explain (failure, "JAX takes no list as an index: use jnp.array (…), or a tuple.");
  return scope_failure_say (
      failure, "TypeError",
      "Using a non-tuple sequence for multidimensional indexing is not allowed; use "
      "`arr[array(seq)]` instead of `arr[seq]`. See https://github.com/google/jax/issues/4564 for "
      "more information.");
}
