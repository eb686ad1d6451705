/* Running sums, products and extremes along an axis. */
#include "core/arena.h"
#include "core/checked.h"
#include "ops/argument.h"
#include "ops/axis.h"
#include "ops/flat.h"
#include "ops/lanes.h"
#include "ops/operand.h"
#include "ops/promote.h"
#include "ops/reduce-step.h"
#include "ops/reduction.h"
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
  CUMSUM,
  CUMPROD,
  CUMMAX,
  CUMMIN,
  LOGCUMSUMEXP,
  NANCUMSUM,
  NANCUMPROD,
};

enum
{
  BLOCK_ELEMENTS = 1 << 18, /* read at once */
  MOST_LANES = 1 << 12,
};

typedef struct
{
  ScopeReduction kind[2]; /* of each part of the result */
  int axis;               /* of the input, or SCOPE_LANES_FLAT */
  ScopeDtype cast;
  ScopeReduce reduce; /* for the steps: whether NaNs are skipped */
} Plan;

/* ---- reading ----------------------------------------------------------------------------------
 */

typedef struct
{
  const ScopeNode *node;
  const Plan *plan;
  ScopeReduction kind;
  ScopeDtype carrier;
  ScopeReduceStep step;
  int64_t start, stride, count; /* of the region along the axis */
  const ScopeBuffer *out;
  int64_t out_step; /* of the buffer along the axis */
} Work;

/* Of equal extremes the running one is the last. */
static void
prefer_last (const Work *work, ScopeReduceState *state, const void *element, int64_t index)
{
  bool same;
  if (work->carrier == SCOPE_FLOAT64)
    {
      double value = *(const double *)element;
      same = value == state->real || isnan (value);
    }
  else
    same = *(const int64_t *)element == state->integer;
  if (same)
    state->place = index;
}

/* The first position of the region that is not before `index`, and how many follow it at once;
 * regions may run backwards or stand still. */
static void
store_position (const Work *work, const ScopeReduceState *state, int64_t lane_place, int64_t index)
{
  int64_t from = 0, to = work->count;
  if (work->stride != 0)
    {
      int64_t distance = index - work->start;
      if (distance % work->stride != 0)
        return;
      from = distance / work->stride;
      to = from + 1;
      if (from < 0 || from >= work->count)
        return;
    }
  else if (index != work->start)
    return;
  int64_t bytes = (int64_t)scope_dtype_bytes (work->node->dtype);
  for (int64_t i = from; i < to; i++)
    scope_reduce_finish (state, &work->plan->reduce, work->kind, work->carrier, state->seen,
                         work->node->dtype,
                         (char *)work->out->data + (lane_place + i * work->out_step) * bytes);
}

static void
run_lane (const Work *work,
          ScopeReduceState *state,
          const char *element,
          int64_t first,
          int64_t count,
          int64_t place)
{
  int64_t bytes = (int64_t)scope_dtype_bytes (work->carrier);
  bool places = work->kind == SCOPE_REDUCE_ARGMAX || work->kind == SCOPE_REDUCE_ARGMIN;
  for (int64_t i = 0; i < count; i++)
    {
      work->step (state, &work->plan->reduce, element + i * bytes, 1, first + i);
      if (places)
        prefer_last (work, state, element + i * bytes, first + i);
      store_position (work, state, place, first + i);
    }
}

/* One block of lanes from their beginning to the last position wanted. */
static bool
run_block (const Work *work, const ScopeLanes *lanes, ScopeReader *reader, ScopeError *error)
{
  int64_t last = work->start + (work->count - 1) * work->stride;
  int64_t length = scope_max (work->start, last) + 1, many = lanes->lanes.elements;
  int64_t chunk = scope_min (scope_max (BLOCK_ELEMENTS / many, 1), length);
  int64_t bytes = (int64_t)scope_dtype_bytes (work->carrier);
  ScopeReduceState *state =
      scope_read_alloc (reader, many * (int64_t)sizeof *state + 2 * many * chunk * bytes, error);
  if (state == NULL)
    return false;
  memset (state, 0, (size_t)many * sizeof *state);
  char *element = (char *)(state + many), *cast = element + many * chunk * bytes;
  bool done = true;
  for (int64_t first = 0; done && first < length; first += chunk)
    {
      int64_t here = scope_min (chunk, length - first);
      done = scope_lanes_read (lanes, first, here, work->plan->cast, cast, error);
      if (!done)
        break;
      scope_dtype_convert (work->plan->cast, cast, 1, work->carrier, element, 1, many * here);
      for (int64_t lane = 0; lane < many; lane++)
        run_lane (work, &state[lane], element + lane * here * bytes, first, here,
                  scope_lanes_place (lanes, work->out, lane));
    }
  scope_read_free (reader, state);
  return done;
}

static bool
cumulate_read (const ScopeNode *node,
               ScopeReader *reader,
               const ScopeRegion *region,
               const ScopeBuffer *out,
               ScopeError *error)
{
  const Plan *plan = node->plan;
  Work work = { .node = node,
                .plan = plan,
                .kind = plan->kind[node->part],
                .carrier = scope_reduce_carrier (plan->cast),
                .start = 0,
                .stride = 1,
                .count = 1,
                .out = out };
  work.step = scope_reduce_step (work.kind, work.carrier);
  int axis = plan->axis == SCOPE_LANES_FLAT ? 0 : plan->axis;
  if (region->rank > 0)
    {
      work.start = region->start[axis];
      work.stride = region->step[axis];
      work.count = region->count[axis];
      work.out_step = out->stride[axis];
    }
  ScopeLanes lanes;
  scope_lanes_begin (&lanes, node, reader, 0, plan->axis, region, MOST_LANES);
  do
    if (!run_block (&work, &lanes, reader, error))
      return false;
  while (scope_lanes_next (&lanes));
  return true;
}

/* ---- trace ------------------------------------------------------------------------------------
 */

static bool
cumulate_trace (const ScopeNode *node, const int64_t *index, ScopeTrace *trace)
{
  const Plan *plan = node->plan;
  const ScopeNode *input = node->program->node[node->input[0]];
  bool inexact = scope_dtype_kind (plan->cast) == SCOPE_KIND_FLOAT
                 || scope_dtype_kind (plan->cast) == SCOPE_KIND_COMPLEX;
  bool own_whole = input->dtype == SCOPE_BOOL || scope_dtype_is_integer (input->dtype);
  bool wide = plan->cast == SCOPE_INT64 || plan->cast == SCOPE_UINT64;
  bool linear = plan->kind[node->part] == SCOPE_REDUCE_SUM && !plan->reduce.skip_nan
                && (inexact || (wide && own_whole));
  bool flat = plan->axis == SCOPE_LANES_FLAT;
  int64_t last = node->shape.rank == 0 ? 0 : index[flat ? 0 : plan->axis];
  int64_t cell[SCOPE_MAX_RANK];
  if (!flat)
    memcpy (cell, index, (size_t)node->shape.rank * sizeof *cell);
  for (int64_t i = 0; i <= last; i++)
    {
      if (flat)
        scope_flat_index (&input->shape, i, cell);
      else if (node->shape.rank > 0)
        cell[plan->axis] = i;
      if (!trace->add (trace, 0, cell, linear ? 1 : NAN))
        return false;
    }
  return true;
}

/* ---- the rule ---------------------------------------------------------------------------------
 */

/* The axis; without one NumPy and JAX run through the whole. */
static bool
find_axis (const ScopeCall *call, const ScopeOutput *input, int *axis, ScopeFailure *failure)
{
  const ScopeValue *dim = &call->value[P_DIM];
  bool numpy = call->dialect == SCOPE_NUMPY;
  *axis = SCOPE_LANES_FLAT;
  if (dim->kind == SCOPE_VALUE_ABSENT || dim->kind == SCOPE_VALUE_NONE)
    {
      if (call->dialect == SCOPE_TENSORFLOW)
        *axis = 0;
      return true;
    }
  if (numpy && dim->kind == SCOPE_VALUE_BOOL)
    return scope_call_refuse (call, P_DIM, failure, "an integer is required for the axis");
  if (numpy && dim->kind != SCOPE_VALUE_INT)
    return scope_refuse_integer (call, P_DIM, dim, failure);
  int64_t number = 0;
  if (!scope_call_int (call, P_DIM, &number, failure))
    return false;
  /* PyTorch's extremes do not look at the axis where there is nothing to run along. */
  bool extreme = call->spelling->variant == CUMMAX || call->spelling->variant == CUMMIN;
  if (extreme && (input->shape.rank == 0 || scope_shape_is_empty (&input->shape)))
    {
      *axis = 0;
      return true;
    }
  const ScopeAxisStyle style = { .scalar_has_one = call->dialect == SCOPE_PYTORCH };
  int rank = numpy && input->shape.rank == 0 ? 1 : input->shape.rank;
  if (!scope_axis_find (call, P_DIM, &style, number, rank, axis, failure))
    return false;
  if (numpy && input->shape.rank == 0)
    *axis = SCOPE_LANES_FLAT;
  return true;
}

/* The type of a running sum: what a sum has, but TensorFlow and PyTorch's extremes keep theirs. */
static ScopeDtype
running_type (const ScopeCall *call, ScopeDtype dtype)
{
  int variant = call->spelling->variant;
  bool whole = dtype == SCOPE_BOOL || scope_dtype_is_integer (dtype);
  bool adds =
      variant == CUMSUM || variant == CUMPROD || variant == NANCUMSUM || variant == NANCUMPROD;
  if (!adds || !whole || call->dialect == SCOPE_TENSORFLOW)
    return dtype;
  bool is_unsigned = scope_dtype_kind (dtype) == SCOPE_KIND_UNSIGNED;
  if (call->dialect == SCOPE_PYTORCH)
    return SCOPE_INT64;
  if (call->dialect == SCOPE_JAX)
    return dtype == SCOPE_BOOL ? SCOPE_INT32 : dtype;
  return is_unsigned ? SCOPE_UINT64 : SCOPE_INT64;
}

static bool
torch_kernel (const ScopeCall *call,
              const ScopeOutput *input,
              ScopeDtype cast,
              ScopeFailure *failure)
{
  static const char *const kernels[] = { [CUMSUM] = "cumsum_out_cpu",
                                         [CUMPROD] = "cumprod_out_cpu",
                                         [CUMMAX] = "cummax_cpu",
                                         [CUMMIN] = "cummin_cpu",
                                         [LOGCUMSUMEXP] = "logcumsumexp_out_cpu" };
  int variant = call->spelling->variant;
  bool logs = variant == LOGCUMSUMEXP, extreme = variant == CUMMAX || variant == CUMMIN;
  bool is_complex = scope_dtype_kind (cast) == SCOPE_KIND_COMPLEX;
  bool none = !logs && (input->shape.rank == 0 || scope_shape_is_empty (&input->shape));
  bool known = logs      ? cast == SCOPE_FLOAT32 || cast == SCOPE_FLOAT64 || cast == SCOPE_BFLOAT16
               : extreme ? cast != SCOPE_FLOAT16 && !is_complex
                         : cast != SCOPE_FLOAT16 && cast != SCOPE_BOOL;
  return none || known || scope_torch_has_no_kernel (kernels[variant], cast, failure);
}

static bool
finish (const ScopeCall *call,
        ScopeResult *result,
        const ScopeOutput *input,
        Plan *plan,
        ScopeFailure *failure)
{
  int variant = call->spelling->variant;
  ScopeShape out = input->shape;
  if (plan->axis == SCOPE_LANES_FLAT)
    out = (ScopeShape){ 1, { scope_sizes_product (input->shape.size, input->shape.rank) } };
  result->plan = plan;
  if (variant != CUMMAX && variant != CUMMIN)
    scope_result_set (result, &out, plan->cast);
  else
    {
      if (!scope_result_set_many (call, result, 2, failure))
        return false;
      for (int part = 0; result->many != NULL && part < 2; part++)
        result->many[part] = (ScopeOutput){ out, part == 0 ? plan->cast : SCOPE_INT64 };
    }
  scope_result_add_input (call, result, &call->value[P_INPUT]);
  return true;
}

static bool
cumulate_infer (const ScopeCall *call, ScopeResult *result, ScopeFailure *failure)
{
  static const ScopeReduction kinds[] = { [CUMSUM] = SCOPE_REDUCE_SUM,
                                          [CUMPROD] = SCOPE_REDUCE_PROD,
                                          [CUMMAX] = SCOPE_REDUCE_MAX,
                                          [CUMMIN] = SCOPE_REDUCE_MIN,
                                          [LOGCUMSUMEXP] = SCOPE_REDUCE_LOGSUMEXP,
                                          [NANCUMSUM] = SCOPE_REDUCE_SUM,
                                          [NANCUMPROD] = SCOPE_REDUCE_PROD };
  int variant = call->spelling->variant;
  ScopeOutput input;
  bool given;
  Plan *plan = scope_arena_alloc (call->arena, sizeof *plan);
  if (plan == NULL)
    return scope_call_out_of_memory (call);
  if (!scope_operand (call, P_INPUT, &input, failure)
      || !scope_call_element_type (call, P_DTYPE, &given, &plan->cast, failure)
      || !find_axis (call, &input, &plan->axis, failure))
    return false;
  if (!given)
    plan->cast = running_type (call, input.dtype);
  if (call->dialect == SCOPE_PYTORCH && !torch_kernel (call, &input, plan->cast, failure))
    return false;
  plan->kind[0] = kinds[variant];
  plan->kind[1] = variant == CUMMAX ? SCOPE_REDUCE_ARGMAX : SCOPE_REDUCE_ARGMIN;
  plan->reduce.cast = plan->cast;
  plan->reduce.skip_nan = variant == NANCUMSUM || variant == NANCUMPROD;
  return finish (call, result, &input, plan, failure);
}

/* ---- the table --------------------------------------------------------------------------------
 */

static const ScopeParameter parameters[] = {
  { "input", SCOPE_TAKES_TENSOR, NULL, NULL, "the tensor" },
  { "dim", SCOPE_TAKES_AXIS, "None", NULL, "the axis along which it runs" },
  { "dtype", SCOPE_TAKES_DTYPE, "None", NULL, "the type in which it is computed" },
  { NULL },
};

#define TORCH "input dim=dim=axis | dtype -out"
#define TORCH_FUNCTION                                                                             \
  .signature = "(Tensor input, int dim, *, torch.dtype dtype=None, Tensor out=None)\n"             \
               "(Tensor input, name dim, *, torch.dtype dtype=None, Tensor out=None)"
#define TORCH_METHOD                                                                               \
  .signature = "(int dim, *, torch.dtype dtype=None)\n(name dim, *, torch.dtype dtype=None)"
#define PAIR_FUNCTION                                                                              \
  .signature = "(Tensor input, int dim, *, tuple of Tensors out=None)\n"                           \
               "(Tensor input, name dim, *, tuple of Tensors out=None)"
#define PAIR_METHOD .signature = "(int dim)\n(name dim)"
#define LOG_FUNCTION                                                                               \
  .signature = "(Tensor input, int dim, *, Tensor out=None)\n"                                     \
               "(Tensor input, name dim, *, Tensor out=None)"
#define NUMPY "input=a dim=axis dtype -out"

static const ScopeSpelling cumsum_spellings[] = {
  { "torch.cumsum", SCOPE_PYTORCH, TORCH, CUMSUM, TORCH_FUNCTION },
  { ".cumsum", SCOPE_PYTORCH, TORCH, CUMSUM, TORCH_METHOD },
  { "np.cumsum", SCOPE_NUMPY, NUMPY, CUMSUM,
    .signature = "def cumsum(a, axis=None, dtype=None, out=None)" },
  { ".cumsum", SCOPE_NUMPY, NUMPY, CUMSUM },
  { "tf.cumsum", SCOPE_TENSORFLOW, "input=x dim=axis -exclusive -reverse -name", CUMSUM },
  { "tf.math.cumsum", SCOPE_TENSORFLOW, "input=x dim=axis -exclusive -reverse -name", CUMSUM },
  { "jnp.cumsum", SCOPE_JAX, NUMPY, CUMSUM },
  { ".cumsum", SCOPE_JAX, NUMPY, CUMSUM },
  { NULL },
};
static const ScopeSpelling cumprod_spellings[] = {
  { "torch.cumprod", SCOPE_PYTORCH, TORCH, CUMPROD, TORCH_FUNCTION },
  { ".cumprod", SCOPE_PYTORCH, TORCH, CUMPROD, TORCH_METHOD },
  { "np.cumprod", SCOPE_NUMPY, NUMPY, CUMPROD,
    .signature = "def cumprod(a, axis=None, dtype=None, out=None)" },
  { ".cumprod", SCOPE_NUMPY, NUMPY, CUMPROD },
  { "tf.math.cumprod", SCOPE_TENSORFLOW, "input=x dim=axis -exclusive -reverse -name", CUMPROD },
  { "jnp.cumprod", SCOPE_JAX, NUMPY, CUMPROD },
  { ".cumprod", SCOPE_JAX, NUMPY, CUMPROD },
  { NULL },
};
static const ScopeSpelling cummax_spellings[] = {
  { "torch.cummax", SCOPE_PYTORCH, "input dim=dim=axis | -out", CUMMAX, PAIR_FUNCTION },
  { ".cummax", SCOPE_PYTORCH, "input dim=dim=axis", CUMMAX, PAIR_METHOD },
  { NULL },
};
static const ScopeSpelling cummin_spellings[] = {
  { "torch.cummin", SCOPE_PYTORCH, "input dim=dim=axis | -out", CUMMIN, PAIR_FUNCTION },
  { ".cummin", SCOPE_PYTORCH, "input dim=dim=axis", CUMMIN, PAIR_METHOD },
  { NULL },
};
static const ScopeSpelling logcumsumexp_spellings[] = {
  { "torch.logcumsumexp", SCOPE_PYTORCH, "input dim=dim=axis | -out", LOGCUMSUMEXP, LOG_FUNCTION },
  { ".logcumsumexp", SCOPE_PYTORCH, "input dim=dim=axis", LOGCUMSUMEXP, PAIR_METHOD },
  { NULL },
};
static const ScopeSpelling nancumsum_spellings[] = {
  { "np.nancumsum", SCOPE_NUMPY, NUMPY, NANCUMSUM,
    .signature = "def nancumsum(a, axis=None, dtype=None, out=None)" },
  { "jnp.nancumsum", SCOPE_JAX, NUMPY, NANCUMSUM },
  { NULL },
};
static const ScopeSpelling nancumprod_spellings[] = {
  { "np.nancumprod", SCOPE_NUMPY, NUMPY, NANCUMPROD,
    .signature = "def nancumprod(a, axis=None, dtype=None, out=None)" },
  { "jnp.nancumprod", SCOPE_JAX, NUMPY, NANCUMPROD },
  { NULL },
};

#define ROW(id, words)                                                                             \
  {                                                                                                \
#id, "reduction", words, id##_spellings, parameters, SCOPE_ALIGN_NONE, cumulate_infer,         \
        cumulate_read, cumulate_trace                                                              \
  }

const ScopeOp scope_ops_cumulate[] = {
  ROW (cumsum, "the running sum along an axis"),
  ROW (cumprod, "the running product along an axis"),
  ROW (cummax, "the running maximum along an axis and its places"),
  ROW (cummin, "the running minimum along an axis and its places"),
  ROW (logcumsumexp, "the logarithm of the running sum of exponentials"),
  ROW (nancumsum, "the running sum along an axis, NaN counting as 0"),
  ROW (nancumprod, "the running product along an axis, NaN counting as 1"),
  { .name = NULL },
};
