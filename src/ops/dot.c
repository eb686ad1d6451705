/* Products of vectors: dot, inner, vdot, outer. In NumPy and JAX they take any rank. */
#include "ops/flat.h"
#include "ops/operand.h"
#include "ops/promote.h"
#include "ops/tensordot.h"
#include "ops/torch-product.h"

#include "core/checked.h"

#include <math.h>
#include <string.h>

enum
{
  BLOCK = 1 << 16, /* elements multiplied at once */
};

/* Sets result type by promotion; JAX and TensorFlow have no words for what cannot happen there. */
static bool
promote (const ScopeCall *call, const ScopeOutput *a, const ScopeOutput *b, ScopeDtype *out)
{
  if (scope_promote_types (call->dialect, a->dtype, b->dtype, out))
    return true;
  *out = a->dtype;
  return call->dialect != SCOPE_TENSORFLOW;
}

/* ---- dot and inner --------------------------------------------------------------------------- */

static bool
say_not_aligned (ScopeFailure *failure,
                 const ScopeShape *a,
                 int axis_a,
                 const ScopeShape *b,
                 int axis_b)
{
  ScopeText text = { 0 };
  scope_shape_print (a, SCOPE_SHAPE_TIGHT_TUPLE, &text);
  scope_text_append (&text, " and ");
  scope_shape_print (b, SCOPE_SHAPE_TIGHT_TUPLE, &text);
  scope_failure_say (failure, "ValueError", "shapes %s not aligned: %lld (dim %d) != %lld (dim %d)",
                     scope_text_string (&text), (long long)a->size[axis_a], axis_a,
                     (long long)b->size[axis_b], axis_b);
  scope_text_clear (&text);
  return false;
}

/* NumPy does inner as dot with the second turned round, and says so. */
static ScopeShape
turned (const ScopeShape *shape)
{
  ScopeShape other = *shape;
  if (shape->rank > 1)
    {
      other.size[shape->rank - 1] = shape->size[shape->rank - 2];
      other.size[shape->rank - 2] = shape->size[shape->rank - 1];
    }
  return other;
}

static bool
say_jax (ScopeFailure *failure, int64_t a, int64_t b)
{
  return scope_failure_say (failure, "TypeError",
                            "dot_general requires contracting dimensions to have the same shape, "
                            "got (%lld,) and (%lld,).",
                            (long long)a, (long long)b);
}

/* The inner sizes differ: axis_a of a and axis_b of b. */
static bool
refuse_inner (const ScopeCall *call,
              const ScopeOutput *a,
              int axis_a,
              const ScopeOutput *b,
              int axis_b,
              bool is_inner,
              ScopeFailure *failure)
{
  int64_t left = a->shape.size[axis_a], right = b->shape.size[axis_b];
  int rank = a->shape.rank > b->shape.rank ? a->shape.rank : b->shape.rank;
  scope_failure_begin (failure, SCOPE_RULE_CONTRACT);
  scope_failure_add_axis (failure, rank, rank - 1, left, right);
  scope_failure_explain (failure,
                         "Axis %d of the first has %lld and axis %d of the second has %lld; axes "
                         "that are summed together must be equal.",
                         axis_a, (long long)left, axis_b, (long long)right);
  if (call->dialect == SCOPE_JAX)
    return say_jax (failure, left, right);
  if (call->dialect != SCOPE_NUMPY)
    return false;
  ScopeShape second = is_inner ? turned (&b->shape) : b->shape;
  if (is_inner && b->shape.rank > 1)
    axis_b = b->shape.rank - 2;
  return say_not_aligned (failure, &a->shape, axis_a, &second, axis_b);
}

/* A scalar times a tensor. */
static ScopeContraction *
scalar_plan (ScopeArena *arena, const ScopeShape *a, const ScopeShape *b, ScopeDtype dtype)
{
  ScopeShape out;
  return scope_tensordot_plan (arena, a, b, NULL, NULL, 0, dtype, &out);
}

static bool
finish (const ScopeCall *call,
        ScopeResult *result,
        const ScopeOutput *a,
        const ScopeOutput *b,
        const int *axis,
        ScopeDtype dtype,
        ScopeFailure *failure)
{
  bool scalar = a->shape.rank == 0 || b->shape.rank == 0;
  ScopeShape out = a->shape.rank == 0 ? b->shape : a->shape;
  if (!scalar && !scope_tensordot_has_room (a->shape.rank + b->shape.rank - 2, failure))
    return false;
  result->plan = scalar ? scalar_plan (call->arena, &a->shape, &b->shape, dtype)
                        : scope_tensordot_plan (call->arena, &a->shape, &b->shape, &axis[0],
                                                &axis[1], 1, dtype, &out);
  if (result->plan == NULL)
    return scope_call_out_of_memory (call);
  scope_result_set (result, &out, dtype);
  scope_result_add_input (call, result, &call->value[0]);
  scope_result_add_input (call, result, &call->value[1]);
  return true;
}

static void
explain_vectors (const ScopeOutput *a, const ScopeOutput *b, ScopeFailure *failure)
{
  if (failure->rule == SCOPE_RULE_RANK)
    scope_failure_explain (failure, "Two vectors are wanted; these have %d and %d axes.",
                           a->shape.rank, b->shape.rank);
  if (failure->rule != SCOPE_RULE_CONTRACT)
    return;
  scope_failure_add_axis (failure, 1, 0, a->shape.size[0], b->shape.size[0]);
  scope_failure_explain (failure, "The vectors have %lld and %lld elements; they must be as long.",
                         (long long)a->shape.size[0], (long long)b->shape.size[0]);
}

static bool
dot_infer (const ScopeCall *call, ScopeResult *result, ScopeFailure *failure)
{
  ScopeOutput a, b, out;
  if (!scope_operand (call, 0, &a, failure) || !scope_operand (call, 1, &b, failure))
    return false;
  if (call->dialect == SCOPE_PYTORCH)
    {
      if (!scope_torch_dot (&a, &b, &out, failure))
        {
          explain_vectors (&a, &b, failure);
          return false;
        }
    }
  else if (!promote (call, &a, &b, &out.dtype))
    return false;
  int axis[2] = { a.shape.rank - 1, b.shape.rank > 1 ? b.shape.rank - 2 : 0 };
  if (a.shape.rank > 0 && b.shape.rank > 0
      && scope_sizes_differ (a.shape.size[axis[0]], b.shape.size[axis[1]]))
    return refuse_inner (call, &a, axis[0], &b, axis[1], false, failure);
  return finish (call, result, &a, &b, axis, out.dtype, failure);
}

/* PyTorch multiplies what is left of the matrices, whatever the ranks. */
static bool
torch_inner (const ScopeOutput *a, const ScopeOutput *b, ScopeDtype *dtype, ScopeFailure *failure)
{
  if (a->shape.rank == 0 || b->shape.rank == 0)
    {
      const ScopeMixed mixed[2] = { scope_mixed_tensor (a->dtype, a->shape.rank),
                                    scope_mixed_tensor (b->dtype, b->shape.rank) };
      return scope_promote (SCOPE_PYTORCH, mixed, 2, dtype);
    }
  int last_a = a->shape.rank - 1, last_b = b->shape.rank - 1;
  if (scope_sizes_differ (a->shape.size[last_a], b->shape.size[last_b]))
    {
      int rank = last_a > last_b ? last_a + 1 : last_b + 1;
      ScopeText text = { 0 };
      scope_shape_print (&a->shape, SCOPE_SHAPE_LIST, &text);
      scope_text_append (&text, " and ");
      scope_shape_print (&b->shape, SCOPE_SHAPE_LIST, &text);
      scope_failure_begin (failure, SCOPE_RULE_CONTRACT);
      scope_failure_add_axis (failure, rank, rank - 1, a->shape.size[last_a],
                              b->shape.size[last_b]);
      scope_failure_explain (failure, "The last axes must be as long: %lld and %lld.",
                             (long long)a->shape.size[last_a], (long long)b->shape.size[last_b]);
      scope_failure_say (failure, "RuntimeError",
                         "inner() the last dimension must match on both input tensors but got "
                         "shapes %s",
                         scope_text_string (&text));
      scope_text_clear (&text);
      return false;
    }
  ScopeOutput left = {
    { 2, { scope_sizes_product (a->shape.size, last_a), a->shape.size[last_a] } }, a->dtype
  };
  ScopeOutput right = {
    { 2, { b->shape.size[last_b], scope_sizes_product (b->shape.size, last_b) } }, b->dtype
  };
  if (b->shape.size[last_b] == 1) /* it is tensordot, which sums over what meets a 1 beforehand */
    left.dtype = scope_torch_summed_type (left.dtype);
  ScopeOutput product;
  if (!scope_torch_mm (&left, &right, &product, failure))
    return false;
  *dtype = product.dtype;
  return true;
}

static bool
inner_infer (const ScopeCall *call, ScopeResult *result, ScopeFailure *failure)
{
  ScopeOutput a, b;
  ScopeDtype dtype = SCOPE_FLOAT32;
  if (!scope_operand (call, 0, &a, failure) || !scope_operand (call, 1, &b, failure))
    return false;
  bool typed = call->dialect == SCOPE_PYTORCH ? torch_inner (&a, &b, &dtype, failure)
                                              : promote (call, &a, &b, &dtype);
  if (!typed)
    return false;
  int axis[2] = { a.shape.rank - 1, b.shape.rank - 1 };
  if (a.shape.rank > 0 && b.shape.rank > 0
      && scope_sizes_differ (a.shape.size[axis[0]], b.shape.size[axis[1]]))
    return refuse_inner (call, &a, axis[0], &b, axis[1], true, failure);
  return finish (call, result, &a, &b, axis, dtype, failure);
}

/* ---- vdot ------------------------------------------------------------------------------------ */

static bool
refuse_counts (const ScopeCall *call,
               const ScopeOutput *a,
               const ScopeOutput *b,
               ScopeFailure *failure)
{
  int64_t count[2] = { scope_sizes_product (a->shape.size, a->shape.rank),
                       scope_sizes_product (b->shape.size, b->shape.rank) };
  if (!scope_sizes_differ (count[0], count[1]))
    return true;
  scope_failure_begin (failure, SCOPE_RULE_CONTRACT);
  if (a->shape.rank == 1 && b->shape.rank == 1)
    scope_failure_add_axis (failure, 1, 0, count[0], count[1]);
  scope_failure_explain (failure,
                         "The tensors have %lld and %lld elements; they must have as many.",
                         (long long)count[0], (long long)count[1]);
  if (call->dialect == SCOPE_JAX)
    return say_jax (failure, count[0], count[1]);
  return scope_failure_say (failure, "ValueError",
                            "cannot reshape array of size %lld into shape (%lld,)",
                            (long long)count[1], (long long)count[0]);
}

static bool
vdot_infer (const ScopeCall *call, ScopeResult *result, ScopeFailure *failure)
{
  ScopeOutput a, b, out;
  if (!scope_operand (call, 0, &a, failure) || !scope_operand (call, 1, &b, failure))
    return false;
  if (call->dialect == SCOPE_PYTORCH)
    {
      if (!scope_torch_dot (&a, &b, &out, failure))
        {
          explain_vectors (&a, &b, failure);
          return false;
        }
    }
  else if (!refuse_counts (call, &a, &b, failure) || !promote (call, &a, &b, &out.dtype))
    return false;
  out.shape.rank = 0;
  scope_result_set (result, &out.shape, out.dtype);
  scope_result_add_input (call, result, &call->value[0]);
  scope_result_add_input (call, result, &call->value[1]);
  return true;
}

typedef struct
{
  double real, imaginary;
} Complex;

static ScopeDtype
compute_type (ScopeDtype dtype)
{
  return scope_dtype_kind (dtype) == SCOPE_KIND_COMPLEX ? SCOPE_COMPLEX128
         : scope_dtype_is_integer (dtype)               ? SCOPE_INT64
                                                        : SCOPE_FLOAT64;
}

static Complex
conjugate_product (Complex a, Complex b)
{
  return (Complex){ a.real * b.real + a.imaginary * b.imaginary,
                    a.real * b.imaginary - a.imaginary * b.real };
}

/* Adds Σ conj(a)·b of `count` numbers to the sum. */
static void
add_products (ScopeDtype compute, const void *a, const void *b, int64_t count, void *sum)
{
  for (int64_t i = 0; i < count; i++)
    if (compute == SCOPE_INT64)
      *(uint64_t *)sum += ((const uint64_t *)a)[i] * ((const uint64_t *)b)[i];
    else if (compute == SCOPE_FLOAT64)
      *(double *)sum += ((const double *)a)[i] * ((const double *)b)[i];
    else
      {
        Complex product = conjugate_product (((const Complex *)a)[i], ((const Complex *)b)[i]);
        ((Complex *)sum)->real += product.real;
        ((Complex *)sum)->imaginary += product.imaginary;
      }
}

static bool
vdot_read (const ScopeNode *node,
           ScopeReader *reader,
           const ScopeRegion *region,
           const ScopeBuffer *out,
           ScopeError *error)
{
  ScopeDtype compute = compute_type (node->dtype);
  size_t bytes = scope_dtype_bytes (compute);
  int64_t count;
  if (!scope_shape_count (&node->program->node[node->input[0]]->shape, &count, error))
    return false;
  int64_t block = scope_min (count, BLOCK);
  char *a = scope_read_alloc (reader, 2 * block * (int64_t)bytes, error);
  if (a == NULL)
    return false;
  char *b = a + block * (int64_t)bytes;
  Complex sum = { 0, 0 };
  bool done = true;
  for (int64_t at = 0; done && at < count; at += block)
    {
      int64_t here = scope_min (block, count - at);
      done = scope_read_flat (node, reader, 0, at, 1, here, compute, a, error)
             && scope_read_flat (node, reader, 1, at, 1, here, compute, b, error);
      if (done)
        add_products (compute, a, b, here, &sum);
    }
  scope_read_free (reader, a);
  if (done)
    scope_dtype_convert (compute, &sum, 1, node->dtype, out->data, 1, 1);
  return done;
}

static bool
vdot_trace (const ScopeNode *node, const int64_t *index, ScopeTrace *trace)
{
  for (int input = 0; input < 2; input++)
    {
      const ScopeShape *shape = &node->program->node[node->input[input]]->shape;
      int64_t count;
      if (!scope_shape_count (shape, &count, NULL))
        return true;
      for (int64_t i = 0; i < count; i++)
        {
          int64_t cell[SCOPE_MAX_RANK];
          scope_flat_index (shape, i, cell);
          if (!trace->add (trace, input, cell, NAN))
            return false;
        }
    }
  return true;
}

/* ---- outer ----------------------------------------------------------------------------------- */

static bool
torch_vectors (const ScopeOutput *a, const ScopeOutput *b, ScopeFailure *failure)
{
  if (a->shape.rank == 1 && b->shape.rank == 1)
    return true;
  bool first = a->shape.rank != 1;
  scope_failure_begin (failure, SCOPE_RULE_RANK);
  scope_failure_explain (failure, "Two vectors are wanted; these have %d and %d axes.",
                         a->shape.rank, b->shape.rank);
  return scope_failure_say (failure, "RuntimeError",
                            "outer: Expected 1-D argument %s, but got %d-D",
                            first ? "self" : "vec2", first ? a->shape.rank : b->shape.rank);
}

static bool
outer_infer (const ScopeCall *call, ScopeResult *result, ScopeFailure *failure)
{
  ScopeOutput a, b;
  ScopeDtype dtype;
  if (!scope_operand (call, 0, &a, failure) || !scope_operand (call, 1, &b, failure))
    return false;
  if (call->dialect == SCOPE_PYTORCH && !torch_vectors (&a, &b, failure))
    return false;
  if (!promote (call, &a, &b, &dtype))
    return false;
  ScopeShape out = { 2,
                     { scope_sizes_product (a.shape.size, a.shape.rank),
                       scope_sizes_product (b.shape.size, b.shape.rank) } };
  scope_result_set (result, &out, dtype);
  scope_result_add_input (call, result, &call->value[0]);
  scope_result_add_input (call, result, &call->value[1]);
  return true;
}

/* row[j] = a · b[j]. */
static void
multiply_row (ScopeDtype compute, const void *a, const void *b, int64_t count, void *row)
{
  for (int64_t j = 0; j < count; j++)
    if (compute == SCOPE_INT64)
      ((uint64_t *)row)[j] = *(const uint64_t *)a * ((const uint64_t *)b)[j];
    else if (compute == SCOPE_FLOAT64)
      ((double *)row)[j] = *(const double *)a * ((const double *)b)[j];
    else
      {
        Complex x = *(const Complex *)a;
        x.imaginary = -x.imaginary;
        ((Complex *)row)[j] = conjugate_product (x, ((const Complex *)b)[j]);
      }
}

static bool
outer_read (const ScopeNode *node,
            ScopeReader *reader,
            const ScopeRegion *region,
            const ScopeBuffer *out,
            ScopeError *error)
{
  ScopeDtype compute = compute_type (node->dtype);
  int64_t bytes = (int64_t)scope_dtype_bytes (compute);
  int64_t rows = region->count[0], columns = region->count[1], row_block = scope_min (rows, BLOCK);
  int64_t block = scope_min (columns, BLOCK), size = (int64_t)scope_dtype_bytes (node->dtype);
  char *a = scope_read_alloc (reader, (row_block + 2 * block) * bytes, error);
  if (a == NULL)
    return false;
  char *b = a + row_block * bytes, *row = b + block * bytes;
  bool done = true;
  for (int64_t i = 0; done && i < rows; i += row_block)
    {
      int64_t high = scope_min (row_block, rows - i);
      done = scope_read_flat (node, reader, 0, region->start[0] + i * region->step[0],
                              region->step[0], high, compute, a, error);
      for (int64_t j = 0; done && j < columns; j += block)
        {
          int64_t wide = scope_min (block, columns - j);
          done = scope_read_flat (node, reader, 1, region->start[1] + j * region->step[1],
                                  region->step[1], wide, compute, b, error);
          for (int64_t r = 0; done && r < high; r++)
            {
              int64_t target = (i + r) * out->stride[0] + j * out->stride[1];
              multiply_row (compute, a + r * bytes, b, wide, row);
              scope_dtype_convert (compute, row, 1, node->dtype, (char *)out->data + target * size,
                                   out->stride[1], wide);
            }
        }
    }
  scope_read_free (reader, a);
  return done;
}

static bool
outer_trace (const ScopeNode *node, const int64_t *index, ScopeTrace *trace)
{
  for (int input = 0; input < 2; input++)
    {
      int64_t cell[SCOPE_MAX_RANK];
      scope_flat_index (&node->program->node[node->input[input]]->shape, index[input], cell);
      if (!trace->add (trace, input, cell, NAN))
        return false;
    }
  return true;
}

/* ---- the table ------------------------------------------------------------------------------- */

static const ScopeParameter dot_parameters[] = {
  { "input", SCOPE_TAKES_TENSOR, NULL, NULL, "the first factor" },
  { "tensor", SCOPE_TAKES_TENSOR, NULL, NULL, "the second factor" },
  { NULL },
};
static const ScopeParameter inner_parameters[] = {
  { "input", SCOPE_TAKES_TENSOR, NULL, NULL, "the first factor" },
  { "other", SCOPE_TAKES_TENSOR, NULL, NULL, "the second factor" },
  { NULL },
};
static const ScopeParameter outer_parameters[] = {
  { "input", SCOPE_TAKES_TENSOR, NULL, NULL, "the vector along the rows" },
  { "vec2", SCOPE_TAKES_TENSOR, NULL, NULL, "the vector along the columns" },
  { NULL },
};

static const ScopeSpelling dot_spellings[] = {
  { "torch.dot", SCOPE_PYTORCH, "input tensor | -out", 0, false },
  { ".dot", SCOPE_PYTORCH, "input tensor", 0, false },
  { "np.dot", SCOPE_NUMPY, "input=a tensor=b -out", 0, false },
  { ".dot", SCOPE_NUMPY, "input tensor=b -out", 0, false },
  { "jnp.dot", SCOPE_JAX, "input=a tensor=b | -precision", 0, false },
  { ".dot", SCOPE_JAX, "input tensor=b", 0, false },
  { NULL },
};
static const ScopeSpelling inner_spellings[] = {
  { "torch.inner", SCOPE_PYTORCH, "input other | -out", 0, false },
  { ".inner", SCOPE_PYTORCH, "input other", 0, false },
  { "np.inner", SCOPE_NUMPY, "input=a other=b", 0, false },
  { "jnp.inner", SCOPE_JAX, "input=a other=b", 0, false },
  { NULL },
};
static const ScopeSpelling vdot_spellings[] = {
  { "torch.vdot", SCOPE_PYTORCH, "input other | -out", 0, false },
  { ".vdot", SCOPE_PYTORCH, "input other", 0, false },
  { "np.vdot", SCOPE_NUMPY, "input=a other=b", 0, false },
  { "jnp.vdot", SCOPE_JAX, "input=a other=b", 0, false },
  { NULL },
};
static const ScopeSpelling outer_spellings[] = {
  { "torch.outer", SCOPE_PYTORCH, "input vec2 | -out", 0, false },
  { ".outer", SCOPE_PYTORCH, "input vec2", 0, false },
  { "torch.ger", SCOPE_PYTORCH, "input vec2 | -out", 0, false },
  { ".ger", SCOPE_PYTORCH, "input vec2", 0, false },
  { "np.outer", SCOPE_NUMPY, "input=a vec2=b -out", 0, false },
  { "jnp.outer", SCOPE_JAX, "input=a vec2=b", 0, false },
  { NULL },
};

const ScopeOp scope_ops_dot[] = {
  { "dot", "product", "the sum of the products of two vectors", dot_spellings, dot_parameters,
    SCOPE_ALIGN_PRODUCT, dot_infer, scope_contraction_read, scope_contraction_trace },
  { "inner", "product", "products summed over the last axes", inner_spellings, inner_parameters,
    SCOPE_ALIGN_NONE, inner_infer, scope_contraction_read, scope_contraction_trace },
  { "vdot", "product", "the sum of the products of all elements, the first conjugated",
    vdot_spellings, inner_parameters, SCOPE_ALIGN_NONE, vdot_infer, vdot_read, vdot_trace },
  { "outer", "product", "every element of one vector times every element of another",
    outer_spellings, outer_parameters, SCOPE_ALIGN_NONE, outer_infer, outer_read, outer_trace },
  { .name = NULL },
};
