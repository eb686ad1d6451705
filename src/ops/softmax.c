/* softmax and its logarithm along an axis. */
#include "core/arena.h"
#include "core/checked.h"
#include "ops/argument.h"
#include "ops/axis.h"
#include "ops/blocks.h"
#include "ops/operand.h"
#include "ops/promote.h"
#include "ops/reduction.h"
#include "ops/signature.h"
#include "ops/torch-product.h"

#include <math.h>
#include <string.h>

enum
{
  P_INPUT,
  P_DIM,
  P_DTYPE,
};

enum
{
  LOG = 1,      /* the logarithm */
  NEGATIVE = 2, /* of −x */
  IMPLICIT = 4, /* without an axis PyTorch chooses one */
};

enum
{
  BLOCK_ELEMENTS = 1 << 18,
};

typedef struct
{
  ScopeReduce reduce; /* the logarithm of the sum of exponentials along the axis, kept */
  int axis;
  bool log, negative;
} Plan;

/* ---- reading ----------------------------------------------------------------------------------
 */

/* Writes a block of the region: exp (x − the lane's logsumexp), or its logarithm. */
static bool
write_block (const ScopeNode *node,
             ScopeReader *reader,
             const ScopeRegion *region,
             const ScopeBlocks *block,
             const double *sums,
             const ScopeBuffer *out,
             ScopeError *error)
{
  const Plan *plan = node->plan;
  ScopeRegion here = *region;
  for (int axis = 0; axis < region->rank; axis++)
    {
      here.start[axis] = region->start[axis] + block->start[axis] * region->step[axis];
      here.count[axis] = block->here[axis];
    }
  ScopeDtype cast = plan->reduce.cast;
  int64_t bytes = (int64_t)scope_dtype_bytes (node->dtype);
  double *value = scope_read_alloc (reader, block->elements * 2 * (int64_t)sizeof *value, error);
  bool done = value != NULL && scope_read_go_on (reader, error)
              && scope_read_input_as (node, reader, 0, &here, cast, value + block->elements, error);
  if (done)
    scope_dtype_convert (cast, value + block->elements, 1, SCOPE_FLOAT64, value, 1,
                         block->elements);
  int64_t index[SCOPE_MAX_RANK] = { 0 };
  for (int64_t i = 0; done && i < block->elements; i++)
    {
      int64_t target = 0, lane = 0;
      for (int axis = 0; axis < region->rank; axis++)
        {
          int64_t at = block->start[axis] + index[axis];
          target += at * out->stride[axis];
          if (axis != plan->axis)
            lane = lane * region->count[axis] + at;
        }
      double x = (plan->negative ? -value[i] : value[i]) - sums[lane];
      scope_dtype_store (node->dtype, (char *)out->data + target * bytes, SCOPE_KIND_FLOAT,
                         (ScopeNumber){ .f = plan->log ? x : exp (x) });
      scope_index_next (region->rank, block->here, index);
    }
  scope_read_free (reader, value);
  return done;
}

/* The region of the lanes' sums, and how many there are. */
static ScopeRegion
region_of_sums (const Plan *plan, const ScopeRegion *region, int64_t *count)
{
  ScopeRegion sums = *region;
  *count = 1;
  for (int axis = 0; axis < region->rank; axis++)
    {
      if (axis == plan->axis)
        {
          sums.start[axis] = 0;
          sums.step[axis] = sums.count[axis] = 1;
        }
      *count *= sums.count[axis];
    }
  return sums;
}

static bool
softmax_read (const ScopeNode *node,
              ScopeReader *reader,
              const ScopeRegion *region,
              const ScopeBuffer *out,
              ScopeError *error)
{
  const Plan *plan = node->plan;
  int64_t count;
  ScopeRegion lanes = region_of_sums (plan, region, &count);
  double *sums = scope_read_alloc (reader, count * (int64_t)sizeof *sums, error);
  if (sums == NULL)
    return false;
  /* The sums are a reduction of the same input. */
  ScopeNode reduction = *node;
  reduction.plan = &plan->reduce;
  reduction.part = 0;
  reduction.dtype = SCOPE_FLOAT64;
  ScopeBuffer buffer = scope_buffer_dense (&lanes, sums);
  bool done = scope_reduce_read (&reduction, reader, &lanes, &buffer, error);
  ScopeBlocks block;
  scope_blocks_begin (&block, region->rank, region->count, BLOCK_ELEMENTS);
  while (done)
    {
      done = write_block (node, reader, region, &block, sums, out, error);
      if (!scope_blocks_next (&block))
        break;
    }
  scope_read_free (reader, sums);
  return done;
}

static bool
softmax_trace (const ScopeNode *node, const int64_t *index, ScopeTrace *trace)
{
  const Plan *plan = node->plan;
  int64_t cell[SCOPE_MAX_RANK], length = 1;
  memcpy (cell, index, (size_t)node->shape.rank * sizeof *cell);
  if (node->shape.rank > 0)
    length = node->shape.size[plan->axis];
  for (int64_t i = 0; i < length; i++)
    {
      if (node->shape.rank > 0)
        cell[plan->axis] = i;
      if (!trace->add (trace, 0, cell, NAN))
        return false;
    }
  return true;
}

/* ---- the rule ---------------------------------------------------------------------------------
 */

/* The axis PyTorch's functional form chooses when none is named. */
static int64_t
implicit_axis (int rank)
{
  return rank == 0 || rank == 1 || rank == 3 ? 0 : 1;
}

/* PyTorch's functional form hands its arguments on to the method. */
static bool
check_method (const ScopeCall *call, ScopeFailure *failure)
{
  const ScopeValue *dtype = &call->value[P_DTYPE];
  const ScopeArgument handed[3] = { { NULL, call->value[P_INPUT] },
                                    { NULL, call->value[P_DIM] },
                                    { "dtype", *dtype } };
  ScopeCall method = *call;
  method.method = true;
  bool typed = dtype->kind != SCOPE_VALUE_ABSENT && dtype->kind != SCOPE_VALUE_NONE;
  return scope_signature_holds (&method,
                                call->spelling->variant & LOG
                                    ? "log_softmax(int dim, torch.dtype dtype=None)\n"
                                      "(name dim, *, torch.dtype dtype=None)"
                                    : "softmax(int dim, torch.dtype dtype=None)\n"
                                      "(name dim, *, torch.dtype dtype=None)",
                                handed + 1, 1 + typed, failure);
}

static bool
find_axis (const ScopeCall *call, const ScopeOutput *input, int *axis, ScopeFailure *failure)
{
  const ScopeValue *dim = &call->value[P_DIM];
  bool torch = call->dialect == SCOPE_PYTORCH;
  const ScopeAxisStyle style = { .scalar_has_one = torch };
  int64_t number = -1;
  bool none = dim->kind == SCOPE_VALUE_ABSENT || dim->kind == SCOPE_VALUE_NONE;
  if (none && call->spelling->variant & IMPLICIT)
    number = implicit_axis (input->shape.rank);
  else if (call->spelling->variant & IMPLICIT && !check_method (call, failure))
    return false;
  else if (!scope_call_int (call, P_DIM, &number, failure))
    return false;
  return scope_axis_find (call, P_DIM, &style, number, input->shape.rank, axis, failure);
}

/* PyTorch's kernels: one for the last axis, one for any other (whose logarithm has its name). */
static bool
torch_type (const ScopeCall *call,
            const ScopeOutput *input,
            ScopeDtype cast,
            int axis,
            ScopeFailure *failure)
{
  bool last = axis == (input->shape.rank > 0 ? input->shape.rank - 1 : 0);
  if (cast == SCOPE_FLOAT32 || cast == SCOPE_FLOAT64 || cast == SCOPE_BFLOAT16
      || scope_shape_is_empty (&input->shape))
    return true;
  return scope_torch_has_no_kernel (!last                           ? "softmax_kernel_impl"
                                    : call->spelling->variant & LOG ? "log_softmax_lastdim_kernel_"
                                                                      "impl"
                                                                    : "softmax_lastdim_kernel_impl",
                                    cast, failure);
}

static bool
result_type (const ScopeCall *call,
             const ScopeOutput *input,
             int axis,
             ScopeDtype *cast,
             ScopeFailure *failure)
{
  bool given;
  *cast = input->dtype;
  if (!scope_call_element_type (call, P_DTYPE, &given, cast, failure))
    return false;
  if (call->dialect == SCOPE_PYTORCH)
    return torch_type (call, input, *cast, axis, failure);
  if (call->dialect == SCOPE_JAX && !given)
    *cast = scope_promote_inexact (call->dialect, input->dtype);
  if (scope_dtype_is_float (*cast))
    return true;
  scope_failure_begin (failure, SCOPE_RULE_TYPE);
  scope_failure_explain (failure, "softmax is computed of floats only, not of %s.",
                         scope_dtype_name (*cast));
  return false;
}

static bool
softmax_infer (const ScopeCall *call, ScopeResult *result, ScopeFailure *failure)
{
  int variant = call->spelling->variant;
  ScopeOutput input;
  Plan *plan = scope_arena_alloc (call->arena, sizeof *plan);
  if (plan == NULL)
    return scope_call_out_of_memory (call);
  if (!scope_operand (call, P_INPUT, &input, failure))
    return false;
  if (variant & NEGATIVE && input.dtype == SCOPE_BOOL)
    {
      scope_failure_begin (failure, SCOPE_RULE_TYPE);
      return scope_failure_both (
          failure, "RuntimeError",
          "Negation, the `-` operator, on a bool tensor is not supported. If "
          "you are trying to invert a mask, use the `~` or `logical_not()` "
          "operator instead.");
    }
  if (!find_axis (call, &input, &plan->axis, failure)
      || !result_type (call, &input, plan->axis, &plan->reduce.cast, failure))
    return false;
  plan->log = variant & LOG;
  plan->negative = variant & NEGATIVE;
  plan->reduce.kind[0] = SCOPE_REDUCE_LOGSUMEXP;
  plan->reduce.shape = input.shape;
  plan->reduce.keep = true;
  plan->reduce.negative = plan->negative;
  if (input.shape.rank > 0)
    plan->reduce.reduced[plan->axis] = true;
  scope_result_set (result, &input.shape, plan->reduce.cast);
  scope_result_add_input (call, result, &call->value[P_INPUT]);
  result->plan = plan;
  return true;
}

/* ---- the table --------------------------------------------------------------------------------
 */

static const ScopeParameter parameters[] = {
  { "input", SCOPE_TAKES_TENSOR, NULL, NULL, "the tensor" },
  { "dim", SCOPE_TAKES_AXIS, "None", NULL, "the axis along which the result adds up to 1" },
  { "dtype", SCOPE_TAKES_DTYPE, "None", NULL, "the type in which it is computed" },
  { NULL },
};

#define TORCH_FUNCTION                                                                             \
  .signature = "(Tensor input, int dim, torch.dtype dtype=None, *, Tensor out=None)\n"             \
               "(Tensor input, name dim, *, torch.dtype dtype=None)"
#define TORCH_METHOD                                                                               \
  .signature = "(int dim, torch.dtype dtype=None)\n(name dim, *, torch.dtype dtype=None)"
#define FUNCTIONAL "input dim -stacklevel dtype"

static const ScopeSpelling softmax_spellings[] = {
  { "torch.softmax", SCOPE_PYTORCH, "input dim=dim=axis dtype | -out", 0, TORCH_FUNCTION },
  { ".softmax", SCOPE_PYTORCH, "input dim=dim=axis dtype", 0, TORCH_METHOD },
  { "F.softmax", SCOPE_PYTORCH, FUNCTIONAL, IMPLICIT,
    .signature = "def softmax(input, dim=None, _stacklevel=3, dtype=None)" },
  { "tf.nn.softmax", SCOPE_TENSORFLOW, "input=logits dim=axis -name", 0 },
  { "jax.nn.softmax", SCOPE_JAX, "input=x dim=axis -where -initial", 0 },
  { NULL },
};
static const ScopeSpelling log_softmax_spellings[] = {
  { "torch.log_softmax", SCOPE_PYTORCH, "input dim=dim=axis dtype | -out", LOG, TORCH_FUNCTION },
  { ".log_softmax", SCOPE_PYTORCH, "input dim=dim=axis dtype", LOG, TORCH_METHOD },
  { "F.log_softmax", SCOPE_PYTORCH, FUNCTIONAL, LOG | IMPLICIT,
    .signature = "def log_softmax(input, dim=None, _stacklevel=3, dtype=None)" },
  { "tf.nn.log_softmax", SCOPE_TENSORFLOW, "input=logits dim=axis -name", LOG },
  { "jax.nn.log_softmax", SCOPE_JAX, "input=x dim=axis -where -initial", LOG },
  { NULL },
};
static const ScopeSpelling softmin_spellings[] = {
  { "F.softmin", SCOPE_PYTORCH, FUNCTIONAL, NEGATIVE | IMPLICIT,
    .signature = "def softmin(input, dim=None, _stacklevel=3, dtype=None)" },
  { NULL },
};

#define ROW(id, words)                                                                             \
  {                                                                                                \
#id, "reduction", words, id##_spellings, parameters, SCOPE_ALIGN_NONE, softmax_infer,          \
        softmax_read, softmax_trace                                                                \
  }

const ScopeOp scope_ops_softmax[] = {
  ROW (softmax, "exponentials that add up to 1 along an axis"),
  ROW (log_softmax, "the logarithm of softmax"),
  ROW (softmin, "softmax of what is negated"),
  { .name = NULL },
};
