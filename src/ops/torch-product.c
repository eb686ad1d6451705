/* The checks of PyTorch's products of matrices, in its order and its words. */
#include "ops/torch-product.h"

#include "ops/operand.h"
#include "ops/promote.h"

/* Multiplications up to which a batch of products has a kernel of its own. */
enum
{
  SMALL_PRODUCT = 400
};

static const char *
word (ScopeDtype dtype)
{
  return scope_dtype_word (SCOPE_PYTORCH, dtype);
}

static bool
fail (ScopeFailure *failure, ScopeRule rule)
{
  scope_failure_begin (failure, rule);
  return false;
}

/* `2x3`, `?x3`. */
static void
print_matrix (const ScopeShape *shape, ScopeText *text)
{
  scope_size_print (shape->size[0], text);
  scope_text_append (text, "x");
  scope_size_print (shape->size[1], text);
}

bool
scope_torch_multiplies (ScopeDtype dtype)
{
  switch (dtype)
    {
    case SCOPE_UINT8:
    case SCOPE_INT8:
    case SCOPE_INT16:
    case SCOPE_INT32:
    case SCOPE_INT64:
    case SCOPE_BFLOAT16:
    case SCOPE_FLOAT32:
    case SCOPE_FLOAT64:
    case SCOPE_COMPLEX64:
    case SCOPE_COMPLEX128:
      return true;
    default:
      return false;
    }
}

bool
scope_torch_has_no_kernel (const char *kernel, ScopeDtype dtype, ScopeFailure *failure)
{
  fail (failure, SCOPE_RULE_TYPE);
  scope_failure_explain (failure, "PyTorch does not compute this for the type %s.",
                         scope_dtype_name (dtype));
  return scope_failure_say (failure, "RuntimeError", "\"%s\" not implemented for '%s'", kernel,
                            word (dtype));
}

bool
scope_torch_expected_type (ScopeDtype expected, ScopeDtype found, ScopeFailure *failure)
{
  fail (failure, SCOPE_RULE_TYPE);
  scope_failure_explain (failure,
                         "The types differ: %s and %s. PyTorch multiplies equal types only.",
                         scope_dtype_name (expected), scope_dtype_name (found));
  return scope_failure_say (failure, "RuntimeError", "expected scalar type %s but found %s",
                            word (expected), word (found));
}

bool
scope_torch_addmm_types (ScopeDtype dtype, ScopeDtype a, ScopeDtype b, ScopeFailure *failure)
{
  if (!scope_torch_multiplies (dtype))
    return scope_torch_has_no_kernel ("addmm_impl_cpu_", dtype, failure);
  if (a != dtype || b != dtype)
    return scope_torch_expected_type (dtype, a != dtype ? a : b, failure);
  return true;
}

bool
scope_torch_mm (const ScopeOutput *a, const ScopeOutput *b, ScopeOutput *out, ScopeFailure *failure)
{
  if (a->shape.rank != 2 || b->shape.rank != 2)
    {
      fail (failure, SCOPE_RULE_RANK);
      return scope_failure_say (failure, "RuntimeError", "%s must be a matrix",
                                a->shape.rank != 2 ? "self" : "mat2");
    }
  if (scope_sizes_differ (a->shape.size[1], b->shape.size[0]))
    {
      ScopeText text = { 0 };
      print_matrix (&a->shape, &text);
      scope_text_append (&text, " and ");
      print_matrix (&b->shape, &text);
      fail (failure, SCOPE_RULE_CONTRACT);
      scope_failure_say (failure, "RuntimeError", "mat1 and mat2 shapes cannot be multiplied (%s)",
                         scope_text_string (&text));
      scope_text_clear (&text);
      return false;
    }
  out->shape = (ScopeShape){ 2, { a->shape.size[0], b->shape.size[1] } };
  out->dtype = a->dtype;
  if (scope_shape_is_empty (&a->shape) || scope_shape_is_empty (&b->shape))
    return true;
  return scope_torch_addmm_types (a->dtype, a->dtype, b->dtype, failure);
}

bool
scope_torch_mv (const ScopeOutput *matrix,
                const ScopeOutput *vector,
                ScopeOutput *out,
                ScopeFailure *failure)
{
  if (matrix->shape.rank != 2 || vector->shape.rank != 1)
    {
      fail (failure, SCOPE_RULE_RANK);
      if (matrix->shape.rank == 0)
        return scope_failure_say (failure, "IndexError",
                                  "Dimension specified as 0 but tensor has no dimensions");
      return scope_failure_say (failure, "RuntimeError",
                                "vector + matrix @ vector expected, got 1, %d, %d",
                                matrix->shape.rank, vector->shape.rank);
    }
  if (scope_sizes_differ (matrix->shape.size[1], vector->shape.size[0]))
    {
      ScopeText text = { 0 };
      scope_size_print (matrix->shape.size[0], &text);
      scope_text_append (&text, ", ");
      print_matrix (&matrix->shape, &text);
      scope_text_append (&text, ",");
      scope_size_print (vector->shape.size[0], &text);
      fail (failure, SCOPE_RULE_CONTRACT);
      scope_failure_say (failure, "RuntimeError", "size mismatch, got %s",
                         scope_text_string (&text));
      scope_text_clear (&text);
      return false;
    }
  out->shape = (ScopeShape){ 1, { matrix->shape.size[0] } };
  out->dtype = vector->dtype;
  if (scope_shape_is_empty (&matrix->shape))
    return true;
  if (!scope_torch_multiplies (matrix->dtype))
    return scope_torch_has_no_kernel ("addmv_impl_cpu", matrix->dtype, failure);
  if (matrix->dtype != vector->dtype)
    return scope_torch_expected_type (matrix->dtype, vector->dtype, failure);
  return true;
}

bool
scope_torch_dot (const ScopeOutput *a,
                 const ScopeOutput *b,
                 ScopeOutput *out,
                 ScopeFailure *failure)
{
  if (a->shape.rank != 1 || b->shape.rank != 1)
    {
      fail (failure, SCOPE_RULE_RANK);
      return scope_failure_say (failure, "RuntimeError",
                                "1D tensors expected, but got %dD and %dD tensors", a->shape.rank,
                                b->shape.rank);
    }
  if (a->dtype != b->dtype)
    {
      scope_torch_expected_type (a->dtype, b->dtype, failure);
      return scope_failure_say (
          failure, "RuntimeError",
          "dot : expected both vectors to have same dtype, but found %s and %s", word (a->dtype),
          word (b->dtype));
    }
  if (scope_sizes_differ (a->shape.size[0], b->shape.size[0]))
    {
      long long first = a->shape.size[0], second = b->shape.size[0];
      fail (failure, SCOPE_RULE_CONTRACT);
      return scope_failure_say (
          failure, "RuntimeError",
          "inconsistent tensor size, expected tensor [%lld] and src [%lld] to "
          "have the same number of elements, but got %lld and %lld elements "
          "respectively",
          first, second, first, second);
    }
  out->shape.rank = 0;
  out->dtype = a->dtype;
  return scope_torch_multiplies (a->dtype) || scope_torch_has_no_kernel ("dot", a->dtype, failure);
}

bool
scope_torch_batch_types (const char *kernel,
                         const ScopeShape *a,
                         int64_t columns,
                         ScopeDtype dtype,
                         ScopeDtype a_dtype,
                         ScopeDtype b_dtype,
                         ScopeFailure *failure)
{
  if (scope_shape_is_empty (a) || columns == 0)
    return true;
  int64_t work[3] = { a->size[2], a->size[1], columns };
  int64_t product = scope_sizes_product (work, 3);
  if (product >= SMALL_PRODUCT)
    return scope_torch_addmm_types (dtype, a_dtype, b_dtype, failure);
  if (!scope_torch_multiplies (a_dtype))
    return scope_torch_has_no_kernel (kernel, a_dtype, failure);
  if (a_dtype != b_dtype)
    return scope_torch_expected_type (a_dtype, b_dtype, failure);
  return true;
}

bool
scope_torch_bmm (const ScopeOutput *a,
                 const ScopeOutput *b,
                 ScopeOutput *out,
                 ScopeFailure *failure)
{
  if (a->shape.rank != 3 || b->shape.rank != 3)
    {
      fail (failure, SCOPE_RULE_RANK);
      return scope_failure_say (failure, "RuntimeError", "%s must be a 3D tensor",
                                a->shape.rank != 3 ? "batch1" : "batch2");
    }
  bool batches = scope_sizes_differ (a->shape.size[0], b->shape.size[0]);
  if (batches || scope_sizes_differ (a->shape.size[2], b->shape.size[1]))
    {
      ScopeShape expected = { 2, { a->shape.size[0], a->shape.size[2] } };
      ScopeShape found = { 2, { b->shape.size[0], b->shape.size[1] } };
      ScopeText text = { 0 };
      scope_shape_print (&expected, SCOPE_SHAPE_LIST, &text);
      scope_text_append (&text, " but got: ");
      scope_shape_print (&found, SCOPE_SHAPE_LIST, &text);
      fail (failure, batches ? SCOPE_RULE_MATCH : SCOPE_RULE_CONTRACT);
      scope_failure_say (failure, "RuntimeError",
                         "Expected size for first two dimensions of batch2 tensor to be: %s.",
                         scope_text_string (&text));
      scope_text_clear (&text);
      return false;
    }
  out->shape = (ScopeShape){ 3,
                             { scope_size_either (a->shape.size[0], b->shape.size[0]),
                               a->shape.size[1], b->shape.size[2] } };
  out->dtype = b->dtype;
  return scope_torch_batch_types ("bmm", &a->shape, b->shape.size[2], b->dtype, a->dtype, b->dtype,
                                  failure);
}

ScopeDtype
scope_torch_summed_type (ScopeDtype dtype)
{
  return dtype == SCOPE_BOOL || scope_dtype_is_integer (dtype) ? SCOPE_INT64 : dtype;
}
