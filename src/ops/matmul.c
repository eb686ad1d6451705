/* Products of matrices: matmul and @, mm, bmm, mv. */
#include "ops/matmul.h"

#include "ops/broadcast.h"
#include "ops/operand.h"
#include "ops/promote.h"
#include "ops/torch-product.h"

#include <string.h>

/* Which product a spelling is. */
typedef enum
{
  MATMUL,
  MM,
  BMM,
  MV,
} Product;

/* ---- the rule -------------------------------------------------------------------------------- */

/* The size that is summed away. */
static int64_t
inner_of_first (const ScopeShape *a)
{
  return a->size[a->rank - 1];
}

static int64_t
inner_of_second (const ScopeShape *b)
{
  return b->size[b->rank > 1 ? b->rank - 2 : 0];
}

static int
batch_rank (const ScopeShape *shape)
{
  return shape->rank > 2 ? shape->rank - 2 : 0;
}

/* The size of batch axis `axis` of `rank`, counted as the longer batch has them; 1 if missing. */
static int64_t
batch_size (const ScopeShape *shape, int rank, int axis)
{
  int own = axis - (rank - batch_rank (shape));
  return own < 0 ? 1 : shape->size[own];
}

/* The last batch axis that does not fit, −1 when all do; *out gets the batch of the result. */
static int
meet_batches (const ScopeShape *a, const ScopeShape *b, ScopeShape *out)
{
  int rank = batch_rank (a) > batch_rank (b) ? batch_rank (a) : batch_rank (b), failing = -1;
  out->rank = rank;
  for (int axis = 0; axis < rank; axis++)
    if (!scope_broadcast_sizes (batch_size (a, rank, axis), batch_size (b, rank, axis),
                                &out->size[axis]))
      failing = axis;
  return failing;
}

/* The shape of a product that fits. */
static void
result_shape (const ScopeShape *a, const ScopeShape *b, ScopeShape *out)
{
  meet_batches (a, b, out);
  if (a->rank > 1)
    out->size[out->rank++] = a->size[a->rank - 2];
  if (b->rank > 1)
    out->size[out->rank++] = b->size[b->rank - 1];
}

ScopeContraction *
scope_matmul_plan (ScopeArena *arena, const ScopeShape *a, const ScopeShape *b, ScopeDtype dtype)
{
  ScopeContraction *plan = scope_contraction_new (arena, 2);
  if (plan == NULL)
    return NULL;
  ScopeShape out;
  result_shape (a, b, &out);
  int batches = out.rank - (a->rank > 1) - (b->rank > 1);
  int inner = out.rank, row = batches, column = out.rank - 1;
  plan->outputs = out.rank;
  plan->labels = out.rank + 1;
  memcpy (plan->size, out.size, (size_t)out.rank * sizeof *out.size);
  plan->size[inner] = scope_size_either (inner_of_first (a), inner_of_second (b));
  plan->dtype = dtype;

  const ScopeShape *shape[2] = { a, b };
  for (int f = 0; f < 2; f++)
    {
      ScopeFactor *factor = &plan->factor[f];
      factor->rank = shape[f]->rank;
      memcpy (factor->size, shape[f]->size, sizeof factor->size);
      int own = batch_rank (shape[f]);
      for (int axis = 0; axis < own; axis++)
        factor->label[axis] = (uint8_t)(axis + batches - own);
      if (shape[f]->rank == 1)
        factor->label[0] = (uint8_t)inner;
      else
        {
          factor->label[own] = (uint8_t)(f == 0 ? row : inner);
          factor->label[own + 1] = (uint8_t)(f == 0 ? inner : column);
        }
    }
  return plan;
}

/* ---- PyTorch --------------------------------------------------------------------------------- */

/* A batch of matrices as one matrix: its leading axes are one. */
static ScopeOutput
fold (const ScopeOutput *tensor, bool transposed)
{
  const ScopeShape *shape = &tensor->shape;
  int64_t leading[SCOPE_MAX_RANK];
  memcpy (leading, shape->size, sizeof leading);
  int last = shape->rank - 1;
  leading[last - 1] = shape->size[transposed ? last : last - 1];
  ScopeOutput folded = { .dtype = tensor->dtype, .shape.rank = 2 };
  folded.shape.size[0] = scope_sizes_product (leading, last);
  folded.shape.size[1] = shape->size[transposed ? last - 1 : last];
  return folded;
}

/* One operand has batches, the other is a matrix or vector: PyTorch folds the batches into rows
 * (with the batched operand first, transposed if need be) and multiplies once. */
static bool
torch_folded (const ScopeOutput *a, const ScopeOutput *b, ScopeOutput *out, ScopeFailure *failure)
{
  bool transposed = b->shape.rank > a->shape.rank;
  ScopeOutput batched = fold (transposed ? b : a, transposed);
  ScopeOutput other = transposed ? *a : *b;
  if (transposed && other.shape.rank == 2)
    other.shape = (ScopeShape){ 2, { other.shape.size[1], other.shape.size[0] } };
  return other.shape.rank == 2 ? scope_torch_mm (&batched, &other, out, failure)
                               : scope_torch_mv (&batched, &other, out, failure);
}

static bool
torch_batched (const ScopeOutput *a, const ScopeOutput *b, ScopeOutput *out, ScopeFailure *failure)
{
  ScopeShape batch;
  int failing = meet_batches (&a->shape, &b->shape, &batch);
  if (failing >= 0)
    {
      scope_failure_begin (failure, SCOPE_RULE_BROADCAST);
      return scope_failure_say (failure, "RuntimeError",
                                "The size of tensor a (%lld) must match the size of tensor b "
                                "(%lld) at non-singleton dimension %d",
                                (long long)batch_size (&a->shape, batch.rank, failing),
                                (long long)batch_size (&b->shape, batch.rank, failing), failing);
    }
  int64_t batches = scope_sizes_product (batch.size, batch.rank);
  ScopeOutput left = *a, right = *b;
  left.shape = (ScopeShape){
    3, { batches, a->shape.size[a->shape.rank - 2], a->shape.size[a->shape.rank - 1] }
  };
  right.shape = (ScopeShape){
    3, { batches, b->shape.size[b->shape.rank - 2], b->shape.size[b->shape.rank - 1] }
  };
  return scope_torch_bmm (&left, &right, out, failure);
}

static bool
torch_matmul (const ScopeOutput *a, const ScopeOutput *b, ScopeOutput *out, ScopeFailure *failure)
{
  int left = a->shape.rank, right = b->shape.rank;
  if (left == 0 || right == 0)
    {
      scope_failure_begin (failure, SCOPE_RULE_RANK);
      return scope_failure_say (
          failure, "RuntimeError",
          "both arguments to matmul need to be at least 1D, but they are %dD and %dD", left, right);
    }
  if (left > 2 && right > 2)
    return torch_batched (a, b, out, failure);
  if (left > 2 || right > 2)
    return torch_folded (a, b, out, failure);
  if (left == 1 && right == 1)
    return scope_torch_dot (a, b, out, failure);
  if (left == 2 && right == 1)
    return scope_torch_mv (a, b, out, failure);
  ScopeOutput row = *a;
  if (left == 1)
    row.shape = (ScopeShape){ 2, { 1, a->shape.size[0] } };
  return scope_torch_mm (&row, b, out, failure);
}

/* ---- NumPy, JAX, TensorFlow ------------------------------------------------------------------ */

/* How an iterator over batches shows an operand: the axes of a matrix are not its own. */
static void
print_remapped (const ScopeShape *shape, ScopeText *text)
{
  scope_shape_print (shape, SCOPE_SHAPE_TIGHT_TUPLE, text);
  scope_text_append (text, "->(");
  for (int axis = 0; axis < shape->rank - 2; axis++)
    {
      scope_size_print (shape->size[axis], text);
      scope_text_append (text, ",");
    }
  scope_text_append (text, "newaxis,newaxis) ");
}

static bool
numpy_matmul (const ScopeOutput *a, const ScopeOutput *b, ScopeOutput *out, ScopeFailure *failure)
{
#define SIGNATURE "(n?,k),(k,m?)->(n?,m?)"
  if (a->shape.rank == 0 || b->shape.rank == 0)
    {
      scope_failure_begin (failure, SCOPE_RULE_RANK);
      return scope_failure_say (failure, "ValueError",
                                "matmul: Input operand %d does not have enough dimensions (has 0, "
                                "gufunc core with signature " SIGNATURE " requires 1)",
                                a->shape.rank != 0);
    }
  if (scope_sizes_differ (inner_of_first (&a->shape), inner_of_second (&b->shape)))
    {
      scope_failure_begin (failure, SCOPE_RULE_CONTRACT);
      return scope_failure_say (
          failure, "ValueError",
          "matmul: Input operand 1 has a mismatch in its core dimension 0, "
          "with gufunc signature " SIGNATURE " (size %lld is different from %lld)",
          (long long)inner_of_second (&b->shape), (long long)inner_of_first (&a->shape));
    }
  if (meet_batches (&a->shape, &b->shape, &out->shape) >= 0)
    {
      ScopeShape matrix = {
        2, { a->shape.size[a->shape.rank - 2], b->shape.size[b->shape.rank - 1] }
      };
      ScopeText text = { 0 };
      print_remapped (&a->shape, &text);
      print_remapped (&b->shape, &text);
      scope_text_append (&text, " and requested shape ");
      scope_shape_print (&matrix, SCOPE_SHAPE_TIGHT_TUPLE, &text);
      scope_failure_begin (failure, SCOPE_RULE_BROADCAST);
      scope_failure_say (failure, "ValueError",
                         "operands could not be broadcast together with remapped shapes "
                         "[original->remapped]: %s",
                         scope_text_string (&text));
      scope_text_clear (&text);
      return false;
    }
  return scope_promote_types (SCOPE_NUMPY, a->dtype, b->dtype, &out->dtype);
}

static bool
jax_matmul (const ScopeOutput *a, const ScopeOutput *b, ScopeOutput *out, ScopeFailure *failure)
{
  if (a->shape.rank == 0 || b->shape.rank == 0)
    {
      scope_failure_begin (failure, SCOPE_RULE_RANK);
      return scope_failure_say (
          failure, "ValueError",
          "matmul input operand %d must have ndim at least 1, but it has ndim 0",
          a->shape.rank != 0);
    }
  if (meet_batches (&a->shape, &b->shape, &out->shape) >= 0)
    {
      ScopeText text = { 0 };
      scope_shape_print (&a->shape, SCOPE_SHAPE_TUPLE, &text);
      scope_text_append (&text, " and ");
      scope_shape_print (&b->shape, SCOPE_SHAPE_TUPLE, &text);
      scope_failure_begin (failure, SCOPE_RULE_BROADCAST);
      scope_failure_say (failure, "ValueError", "Incompatible shapes for matmul arguments: %s",
                         scope_text_string (&text));
      scope_text_clear (&text);
      return false;
    }
  if (scope_sizes_differ (inner_of_first (&a->shape), inner_of_second (&b->shape)))
    {
      scope_failure_begin (failure, SCOPE_RULE_CONTRACT);
      return scope_failure_say (failure, "TypeError",
                                "dot_general requires contracting dimensions to have the same "
                                "shape, got (%lld,) and (%lld,).",
                                (long long)inner_of_first (&a->shape),
                                (long long)inner_of_second (&b->shape));
    }
  return scope_promote_types (SCOPE_JAX, a->dtype, b->dtype, &out->dtype);
}

/* Two shapes and `between` them. */
static bool
say_tensorflow_shapes (ScopeFailure *failure,
                       const char *kernel,
                       const char *words,
                       const ScopeOutput *a,
                       const char *between,
                       const ScopeOutput *b)
{
  ScopeText text = { 0 };
  scope_text_append (&text, words);
  scope_shape_print (&a->shape, SCOPE_SHAPE_TIGHT_LIST, &text);
  scope_text_append (&text, between);
  scope_shape_print (&b->shape, SCOPE_SHAPE_TIGHT_LIST, &text);
  scope_say_tensorflow (failure, kernel, "%s", scope_text_string (&text));
  scope_text_clear (&text);
  return false;
}

static bool
tensorflow_matmul (const ScopeOutput *a,
                   const ScopeOutput *b,
                   ScopeOutput *out,
                   ScopeFailure *failure)
{
  bool batched = a->shape.rank > 2 || b->shape.rank > 2;
  const char *kernel = batched ? "BatchMatMulV2" : "MatMul";
  if (a->dtype != b->dtype)
    return scope_refuse_tensorflow_types (failure, kernel, a->dtype, b->dtype);
  if (a->shape.rank < 2 || b->shape.rank < 2)
    {
      scope_failure_begin (failure, SCOPE_RULE_RANK);
      if (batched)
        return scope_say_tensorflow (failure, kernel, "In[%d] ndims must be >= 2: %d",
                                     a->shape.rank >= 2,
                                     a->shape.rank < 2 ? a->shape.rank : b->shape.rank);
      if (a->shape.rank != b->shape.rank)
        return say_tensorflow_shapes (failure, kernel, "In[0] and In[1] has different ndims: ", a,
                                      " vs. ", b);
      return scope_say_tensorflow (failure, kernel, "In[0] and In[1] ndims must be == 2: %d",
                                   a->shape.rank);
    }
  if (meet_batches (&a->shape, &b->shape, &out->shape) >= 0)
    {
      scope_failure_begin (failure, SCOPE_RULE_BROADCAST);
      return say_tensorflow_shapes (failure, kernel,
                                    "In[0] and In[1] must have compatible batch dimensions: ", a,
                                    " vs. ", b);
    }
  if (scope_sizes_differ (inner_of_first (&a->shape), inner_of_second (&b->shape)))
    {
      scope_failure_begin (failure, SCOPE_RULE_CONTRACT);
      return say_tensorflow_shapes (failure, kernel, "Matrix size-incompatible: In[0]: ", a,
                                    ", In[1]: ", b);
    }
  out->dtype = a->dtype;
  return true;
}

/* ---- the operation --------------------------------------------------------------------------- */

/* Adds what the frameworks leave out: all axes that do not fit, and a sentence. */
static void
explain (const ScopeCall *call, const ScopeOutput *a, const ScopeOutput *b, ScopeFailure *failure)
{
  if (failure->rule == SCOPE_RULE_TYPE)
    return;
  ScopeText first = { 0 }, second = { 0 };
  scope_operand_print (call, failure, 0, &first);
  scope_operand_print (call, failure, 1, &second);
  const char *left = scope_text_string (&first), *right = scope_text_string (&second);
  if (failure->rule == SCOPE_RULE_RANK)
    scope_failure_explain (failure,
                           "%s has %d axes and %s has %d; this product does not take them so.",
                           left, a->shape.rank, right, b->shape.rank);
  else
    {
      ScopeShape batch;
      meet_batches (&a->shape, &b->shape, &batch);
      int rank = a->shape.rank > b->shape.rank ? a->shape.rank : b->shape.rank;
      bool strict = failure->rule == SCOPE_RULE_MATCH;
      for (int axis = 0; axis < batch.rank; axis++)
        {
          int64_t sizes[2] = { batch_size (&a->shape, batch.rank, axis),
                               batch_size (&b->shape, batch.rank, axis) },
                  both;
          if (strict ? scope_sizes_differ (sizes[0], sizes[1])
                     : !scope_broadcast_sizes (sizes[0], sizes[1], &both))
            scope_failure_add_axis (failure, rank, axis, sizes[0], sizes[1]);
        }
      int64_t inner[2] = { inner_of_first (&a->shape), inner_of_second (&b->shape) };
      if (scope_sizes_differ (inner[0], inner[1]))
        {
          scope_failure_add_axis (failure, rank, rank - 1, inner[0], inner[1]);
          scope_failure_explain (failure,
                                 "The inner sizes must be equal: %s has %lld columns and %s has "
                                 "%lld rows.",
                                 left, (long long)inner[0], right, (long long)inner[1]);
        }
      else
        scope_failure_explain (failure,
                               "The batch sizes of %s and %s do not fit: %lld and %lld along axis "
                               "%d.",
                               left, right, (long long)failure->axis[0].size[0],
                               (long long)failure->axis[0].size[1], failure->axis[0].axis);
    }
  scope_text_clear (&first);
  scope_text_clear (&second);
}

static bool
check (const ScopeCall *call,
       const ScopeOutput *a,
       const ScopeOutput *b,
       ScopeOutput *out,
       ScopeFailure *failure)
{
  switch (call->spelling->variant)
    {
    case MM:
      return scope_torch_mm (a, b, out, failure);
    case BMM:
      return scope_torch_bmm (a, b, out, failure);
    case MV:
      return scope_torch_mv (a, b, out, failure);
    default:
      break;
    }
  switch (call->dialect)
    {
    case SCOPE_NUMPY:
      return numpy_matmul (a, b, out, failure);
    case SCOPE_JAX:
      return jax_matmul (a, b, out, failure);
    case SCOPE_TENSORFLOW:
      return tensorflow_matmul (a, b, out, failure);
    default:
      return torch_matmul (a, b, out, failure);
    }
}

static bool
matmul_infer (const ScopeCall *call, ScopeResult *result, ScopeFailure *failure)
{
  ScopeOutput a, b, out;
  if (!scope_operand (call, 0, &a, failure) || !scope_operand (call, 1, &b, failure))
    return false;
  if (!check (call, &a, &b, &out, failure))
    {
      explain (call, &a, &b, failure);
      return false;
    }
  result_shape (&a.shape, &b.shape, &out.shape);
  scope_result_set (result, &out.shape, out.dtype);
  scope_result_add_input (call, result, &call->value[0]);
  scope_result_add_input (call, result, &call->value[1]);
  result->plan = scope_matmul_plan (call->arena, &a.shape, &b.shape, out.dtype);
  return result->plan != NULL || scope_call_out_of_memory (call);
}

/* ---- the table ------------------------------------------------------------------------------- */

static const ScopeParameter matmul_parameters[] = {
  { "input", SCOPE_TAKES_TENSOR, NULL, NULL, "the first factor: a vector, a matrix, or batches" },
  { "other", SCOPE_TAKES_TENSOR, NULL, NULL, "the second factor" },
  { NULL },
};

static const ScopeParameter mm_parameters[] = {
  { "input", SCOPE_TAKES_TENSOR, NULL, NULL, "the first matrix, or batch of matrices" },
  { "mat2", SCOPE_TAKES_TENSOR, NULL, NULL, "the second one" },
  { NULL },
};

static const ScopeParameter mv_parameters[] = {
  { "input", SCOPE_TAKES_TENSOR, NULL, NULL, "the matrix" },
  { "vec", SCOPE_TAKES_TENSOR, NULL, NULL, "the vector" },
  { NULL },
};

static const ScopeSpelling matmul_spellings[] = {
  { "@", SCOPE_DIALECT_DEFAULT, "input other", MATMUL, false },
  { "torch.matmul", SCOPE_PYTORCH, "input other | -out", MATMUL, false },
  { ".matmul", SCOPE_PYTORCH, "input other", MATMUL, false },
  { "torch.linalg.matmul", SCOPE_PYTORCH, "input other | -out", MATMUL, false },
  { "np.matmul", SCOPE_NUMPY, "input=x1 other=x2 -out | -dtype -casting -order", MATMUL, false },
  { "tf.matmul", SCOPE_TENSORFLOW, "input=a other=b | -name", MATMUL, false },
  { "tf.linalg.matmul", SCOPE_TENSORFLOW, "input=a other=b | -name", MATMUL, false },
  { "jnp.matmul", SCOPE_JAX, "input=a other=b | -precision -preferred_element_type", MATMUL,
    false },
  { NULL },
};

static const ScopeSpelling mm_spellings[] = {
  { "torch.mm", SCOPE_PYTORCH, "input mat2 | -out", MM, false },
  { ".mm", SCOPE_PYTORCH, "input mat2", MM, false },
  { NULL },
};

static const ScopeSpelling bmm_spellings[] = {
  { "torch.bmm", SCOPE_PYTORCH, "input mat2 | -out", BMM, false },
  { ".bmm", SCOPE_PYTORCH, "input mat2", BMM, false },
  { NULL },
};

static const ScopeSpelling mv_spellings[] = {
  { "torch.mv", SCOPE_PYTORCH, "input vec | -out", MV, false },
  { ".mv", SCOPE_PYTORCH, "input vec", MV, false },
  { NULL },
};

#define ROW(id, words)                                                                             \
  {                                                                                                \
    .name = #id, .group = "product", .about = words, .spelling = id##_spellings,                   \
    .align = SCOPE_ALIGN_PRODUCT, .infer = matmul_infer, .read = scope_contraction_read,           \
    .trace = scope_contraction_trace

const ScopeOp scope_ops_matmul
    [] = { ROW (matmul, "the product of matrices; leading axes are batches and are broadcast"),
           .parameter = matmul_parameters },
    ROW (mm, "the product of two matrices"), .parameter = mm_parameters
}
, ROW (bmm, "the products of two batches of matrices"), .parameter = mm_parameters
}
, ROW (mv, "the product of a matrix and a vector"), .parameter = mv_parameters
}
, { .name = NULL },
}
;
