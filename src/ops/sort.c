/* Sorting, the largest few, medians and modes. */
#include "core/arena.h"
#include "ops/argument.h"
#include "ops/axis.h"
#include "ops/operand.h"
#include "ops/order.h"
#include "ops/promote.h"
#include "ops/torch-product.h"

#include <string.h>

enum
{
  P_INPUT,
  P_DIM,
  P_KEEPDIM, /* median, kthvalue, mode */
  P_K,       /* topk, kthvalue */
  P_LARGEST, /* topk; `descending` of the sorts */
  P_KIND,    /* of NumPy's sort */
};

enum
{
  SORT,
  ARGSORT,
  MSORT,
  TOPK,
  KTHVALUE,
  MEDIAN,
  NANMEDIAN,
  MODE,
};

typedef struct
{
  const ScopeCall *call;
  ScopeOutput input;
  bool flat; /* the whole, in C order */
  int axis;
  ScopeFailure *failure;
} Sort;

static bool
fail (const Sort *sort, ScopeRule rule)
{
  scope_failure_begin (sort->failure, rule);
  return false;
}

static bool
is_none (const ScopeValue *value)
{
  return value->kind == SCOPE_VALUE_ABSENT || value->kind == SCOPE_VALUE_NONE;
}

static bool
is_complex (ScopeDtype dtype)
{
  return scope_dtype_kind (dtype) == SCOPE_KIND_COMPLEX;
}

/* ---- plans ------------------------------------------------------------------------------------
 */

static ScopeOrder *
new_plan (const Sort *sort, ScopeOrderKind kind)
{
  ScopeOrder *plan = scope_arena_alloc (sort->call->arena, sizeof *plan);
  if (plan == NULL)
    {
      scope_call_out_of_memory (sort->call);
      return NULL;
    }
  plan->shape = sort->input.shape;
  plan->kind[0] = kind;
  plan->axis = -1;
  plan->rank = -1;
  for (int axis = 0; axis < plan->shape.rank; axis++)
    plan->lane[axis] = sort->flat || axis == sort->axis;
  return plan;
}

static bool
finish (const Sort *sort,
        ScopeResult *result,
        ScopeOrder *plan,
        const ScopeShape *out,
        ScopeDtype dtype,
        bool pair)
{
  result->plan = plan;
  if (!pair)
    scope_result_set (result, out, dtype);
  else
    {
      if (!scope_result_set_many (sort->call, result, 2, sort->failure))
        return false;
      for (int part = 0; result->many != NULL && part < 2; part++)
        result->many[part] = (ScopeOutput){ *out, part == 0 ? dtype : SCOPE_INT64 };
    }
  scope_result_add_input (sort->call, result, &sort->call->value[P_INPUT]);
  return true;
}

/* Sorted lanes, `take` elements of each; values, places or both. */
static bool
finish_sorted (const Sort *sort,
               ScopeResult *result,
               bool values,
               bool places,
               bool descending,
               int64_t take)
{
  ScopeOrder *plan = new_plan (sort, values ? SCOPE_ORDER_VALUES : SCOPE_ORDER_PLACES);
  if (plan == NULL)
    return false;
  plan->kind[1] = SCOPE_ORDER_PLACES;
  plan->descending = descending;
  ScopeShape out = sort->input.shape;
  if (sort->flat)
    {
      plan->axis = 0;
      out = (ScopeShape){ 1, { take } };
    }
  else if (out.rank > 0)
    {
      plan->axis = sort->axis;
      out.size[sort->axis] = take;
    }
  ScopeDtype places_type = sort->call->dialect == SCOPE_JAX ? SCOPE_INT32 : SCOPE_INT64;
  return finish (sort, result, plan, &out, values ? sort->input.dtype : places_type,
                 values && places);
}

/* The shape without the axes of the lanes. */
static ScopeShape
reduced_shape (const ScopeOrder *plan)
{
  ScopeShape out = { 0 };
  for (int axis = 0; axis < plan->shape.rank; axis++)
    if (!plan->lane[axis])
      out.size[out.rank++] = plan->shape.size[axis];
    else if (plan->keep)
      out.size[out.rank++] = 1;
  return out;
}

static int64_t
lane_length (const Sort *sort)
{
  const ScopeShape *shape = &sort->input.shape;
  if (sort->flat)
    return scope_sizes_product (shape->size, shape->rank);
  return shape->rank > 0 ? shape->size[sort->axis] : 1;
}

/* ---- PyTorch ----------------------------------------------------------------------------------
 */

static bool
torch_axis (Sort *sort, int64_t initial)
{
  const ScopeAxisStyle style = { .scalar_has_one = true };
  int64_t dim = initial;
  return scope_call_int (sort->call, P_DIM, &dim, sort->failure)
         && scope_axis_find (sort->call, P_DIM, &style, dim, sort->input.shape.rank, &sort->axis,
                             sort->failure);
}

static bool
torch_sort (Sort *sort, ScopeResult *result)
{
  int variant = sort->call->spelling->variant;
  bool descending = false;
  if (variant == MSORT)
    sort->axis = 0;
  else if (!torch_axis (sort, -1)
           || !scope_call_bool (sort->call, P_LARGEST, &descending, sort->failure))
    return false;
  if (is_complex (sort->input.dtype) && sort->input.shape.rank > 0)
    return scope_torch_has_no_kernel ("sorting_kernel_method_name", sort->input.dtype,
                                      sort->failure);
  return finish_sorted (sort, result, variant != ARGSORT, variant == SORT, descending,
                        lane_length (sort));
}

static bool
torch_topk (Sort *sort, ScopeResult *result)
{
  bool largest = true;
  int64_t k = 0, length;
  if (!torch_axis (sort, -1) || !scope_call_int (sort->call, P_K, &k, sort->failure)
      || !scope_call_bool (sort->call, P_LARGEST, &largest, sort->failure))
    return false;
  length = lane_length (sort);
  if (k < 0 || (scope_size_is_known (length) && k > length))
    {
      fail (sort, SCOPE_RULE_SIZE);
      sort->failure->span = sort->call->value[P_K].span;
      scope_failure_explain (sort->failure, "There are not %lld elements along the axis.",
                             (long long)k);
      return scope_failure_say (sort->failure, "RuntimeError", "selected index k out of range");
    }
  ScopeDtype dtype = sort->input.dtype;
  bool unknown = dtype == SCOPE_BOOL || dtype == SCOPE_FLOAT16 || is_complex (dtype);
  if (unknown && sort->input.shape.rank > 0)
    return scope_torch_has_no_kernel ("topk_cpu", dtype, sort->failure);
  return finish_sorted (sort, result, true, true, largest, k);
}

static bool
refuse_empty (const Sort *sort, const char *function)
{
  fail (sort, SCOPE_RULE_SIZE);
  scope_failure_explain (sort->failure,
                         "Axis %d has no elements, so there is none to find along it.", sort->axis);
  return scope_failure_say (sort->failure, "IndexError",
                            "%s(): Expected reduction dim %d to have non-zero size.", function,
                            sort->axis);
}

/* One element of each lane and its place. */
static bool
finish_picked (const Sort *sort, ScopeResult *result, ScopeOrder *plan)
{
  const ScopeValue *keep = &sort->call->value[P_KEEPDIM];
  if (plan == NULL)
    return false;
  plan->keep = scope_value_is_int (keep) && keep->integer != 0;
  ScopeShape out = reduced_shape (plan);
  return finish (sort, result, plan, &out, sort->input.dtype, !sort->flat);
}

static bool
torch_kthvalue (Sort *sort, ScopeResult *result)
{
  int64_t k = 0;
  if (!torch_axis (sort, -1) || !scope_call_int (sort->call, P_K, &k, sort->failure))
    return false;
  int64_t length = lane_length (sort);
  if (length == 0)
    return refuse_empty (sort, "kthvalue");
  if (k < 1 || (scope_size_is_known (length) && k > length))
    {
      fail (sort, SCOPE_RULE_SIZE);
      sort->failure->span = sort->call->value[P_K].span;
      return scope_failure_both (sort->failure, "RuntimeError",
                                 "kthvalue(): selected number k out of range for dimension %d",
                                 sort->axis);
    }
  ScopeDtype dtype = sort->input.dtype;
  bool unknown = dtype == SCOPE_BOOL || dtype == SCOPE_FLOAT16 || is_complex (dtype);
  if (unknown && sort->input.shape.rank > 0)
    return scope_torch_has_no_kernel ("kthvalue_cpu", dtype, sort->failure);
  ScopeOrder *plan = new_plan (sort, SCOPE_ORDER_PICK);
  if (plan != NULL)
    {
      plan->kind[1] = SCOPE_ORDER_PICK_PLACE;
      plan->rank = k - 1;
    }
  return finish_picked (sort, result, plan);
}

static bool
torch_median (Sort *sort, ScopeResult *result)
{
  sort->flat = sort->call->value[P_DIM].kind == SCOPE_VALUE_ABSENT;
  if (!sort->flat && !torch_axis (sort, -1))
    return false;
  if (!sort->flat && lane_length (sort) == 0)
    return refuse_empty (sort, "median");
  ScopeDtype dtype = sort->input.dtype;
  bool unknown = dtype == SCOPE_BOOL || dtype == SCOPE_FLOAT16 || is_complex (dtype);
  if (unknown && !(sort->flat && scope_shape_is_empty (&sort->input.shape)))
    return scope_torch_has_no_kernel (sort->flat ? "median_cpu" : "median_out", dtype,
                                      sort->failure);
  ScopeOrder *plan = new_plan (sort, SCOPE_ORDER_PICK);
  if (plan != NULL)
    {
      plan->kind[1] = SCOPE_ORDER_PICK_PLACE;
      plan->skip_nan = sort->call->spelling->variant == NANMEDIAN;
    }
  return finish_picked (sort, result, plan);
}

static bool
torch_mode (Sort *sort, ScopeResult *result)
{
  if (!torch_axis (sort, -1))
    return false;
  if (lane_length (sort) == 0)
    return refuse_empty (sort, "mode");
  if (is_complex (sort->input.dtype) && sort->input.shape.rank > 0
      && !scope_shape_is_empty (&sort->input.shape))
    return scope_torch_has_no_kernel ("mode_cpu", sort->input.dtype, sort->failure);
  ScopeOrder *plan = new_plan (sort, SCOPE_ORDER_MODE);
  if (plan != NULL)
    plan->kind[1] = SCOPE_ORDER_MODE_PLACE;
  return finish_picked (sort, result, plan);
}

/* ---- NumPy and JAX ----------------------------------------------------------------------------
 */

static bool
check_kind (const Sort *sort)
{
  const ScopeValue *kind = &sort->call->value[P_KIND];
  static const char *const known[] = { "quicksort", "mergesort", "heapsort", "stable" };
  if (kind->kind != SCOPE_VALUE_STRING || sort->call->dialect != SCOPE_NUMPY)
    return true;
  for (size_t i = 0; i < sizeof known / sizeof known[0]; i++)
    if (kind->text[0] == known[i][0])
      return true;
  fail (sort, SCOPE_RULE_ARGUMENT);
  sort->failure->span = kind->span;
  return scope_failure_both (sort->failure, "ValueError",
                             "sort kind must be one of 'quick', 'heap', or 'stable' (got '%s')",
                             kind->text);
}

static bool
numpy_sort (Sort *sort, ScopeResult *result)
{
  const ScopeValue *dim = &sort->call->value[P_DIM];
  bool places = sort->call->spelling->variant == ARGSORT;
  bool numpy = sort->call->dialect == SCOPE_NUMPY;
  int64_t axis = -1;
  sort->flat = dim->kind == SCOPE_VALUE_NONE;
  if (numpy && places && dim->kind == SCOPE_VALUE_BOOL)
    return scope_call_refuse (sort->call, P_DIM, sort->failure,
                              "an integer is required for the axis");
  if (numpy && !places && dim->kind == SCOPE_VALUE_FLOAT)
    return scope_call_refuse (sort->call, P_DIM, sort->failure,
                              "integer argument expected, got float");
  if (numpy && !is_none (dim) && !scope_value_is_int (dim))
    return scope_refuse_integer (sort->call, P_DIM, dim, sort->failure);
  if (!sort->flat && !scope_call_int (sort->call, P_DIM, &axis, sort->failure))
    return false;
  /* argsort takes a scalar for a vector, sort does not. */
  int rank = places && numpy && sort->input.shape.rank == 0 ? 1 : sort->input.shape.rank;
  const ScopeAxisStyle style = { 0 };
  if (!check_kind (sort)
      || (!sort->flat
          && !scope_axis_find (sort->call, P_DIM, &style, axis, rank, &sort->axis, sort->failure)))
    return false;
  sort->flat = sort->flat || sort->input.shape.rank == 0;
  return finish_sorted (sort, result, !places, places, false, lane_length (sort));
}

/* tf.sort, tf.argsort: a direction in words. */
static bool
tensorflow_sort (Sort *sort, ScopeResult *result)
{
  const ScopeValue *direction = &sort->call->value[P_KIND];
  bool descending =
      direction->kind == SCOPE_VALUE_STRING && strcmp (direction->text, "DESCENDING") == 0;
  const ScopeAxisStyle style = { 0 };
  int64_t axis = -1;
  if (!scope_call_int (sort->call, P_DIM, &axis, sort->failure)
      || !scope_axis_find (sort->call, P_DIM, &style, axis, sort->input.shape.rank, &sort->axis,
                           sort->failure))
    return false;
  bool places = sort->call->spelling->variant == ARGSORT;
  return finish_sorted (sort, result, !places, places, descending, lane_length (sort));
}

static bool
refuse_median_axis (const Sort *sort, const ScopeValue *item, bool alone)
{
  if (item->kind == SCOPE_VALUE_FLOAT && alone)
    return scope_call_refuse (sort->call, P_DIM, sort->failure, "'float' object is not iterable");
  if (item->kind == SCOPE_VALUE_FLOAT)
    return scope_call_refuse (sort->call, P_DIM, sort->failure,
                              "integer argument expected, got float");
  return scope_refuse_integer (sort->call, P_DIM, item, sort->failure);
}

/* The axes of NumPy's median: several at once, but a scalar has none. */
static bool
median_axes (Sort *sort, bool *lane)
{
  const ScopeValue *dim = &sort->call->value[P_DIM];
  bool sequence = scope_value_is_sequence (dim);
  const ScopeValue *item = sequence ? dim->item : dim;
  int items = is_none (dim) ? 0 : sequence ? dim->items : 1;
  const ScopeAxisStyle style = { 0 };
  for (int i = 0; i < items; i++)
    {
      int axis;
      if (!scope_value_is_int (&item[i]))
        return refuse_median_axis (sort, &item[i], !sequence);
      if (!scope_axis_find (sort->call, P_DIM, &style, item[i].integer, sort->input.shape.rank,
                            &axis, sort->failure))
        return false;
      if (lane[axis])
        {
          fail (sort, SCOPE_RULE_AXIS);
          sort->failure->span = dim->span;
          /* nanmedian of nothing is nanmean. */
          bool nothing = sort->call->spelling->variant == NANMEDIAN
                         && scope_shape_is_empty (&sort->input.shape);
          return nothing
                     ? scope_failure_both (sort->failure, "ValueError", "duplicate value in 'axis'")
                     : scope_failure_both (sort->failure, "ValueError", "repeated axis");
        }
      lane[axis] = true;
    }
  for (int axis = 0; is_none (dim) && axis < sort->input.shape.rank; axis++)
    lane[axis] = true;
  return true;
}

/* Of several axes, or none, NumPy makes one: it cannot tell how long it is beside axes of size 0.
 */
static bool
can_merge_axes (const Sort *sort, const bool *lane)
{
  const ScopeValue *dim = &sort->call->value[P_DIM];
  if (sort->call->dialect != SCOPE_NUMPY || sort->call->spelling->variant != MEDIAN
      || !scope_value_is_sequence (dim) || dim->items == 1)
    return true;
  ScopeText kept = { 0 };
  bool empty = false;
  for (int axis = 0; axis < sort->input.shape.rank; axis++)
    if (!lane[axis])
      {
        empty = empty || sort->input.shape.size[axis] == 0;
        scope_size_print (sort->input.shape.size[axis], &kept);
        scope_text_append (&kept, ",");
      }
  if (empty)
    {
      fail (sort, SCOPE_RULE_COUNT);
      scope_failure_both (sort->failure, "ValueError",
                          "cannot reshape array of size 0 into shape (%snewaxis)",
                          scope_text_string (&kept));
    }
  scope_text_clear (&kept);
  return !empty;
}

static bool
numpy_median (Sort *sort, ScopeResult *result)
{
  bool lane[SCOPE_MAX_RANK] = { false };
  if (!median_axes (sort, lane) || !can_merge_axes (sort, lane))
    return false;
  ScopeOrder *plan = new_plan (sort, SCOPE_ORDER_MIDDLE);
  if (plan == NULL)
    return false;
  memcpy (plan->lane, lane, sizeof lane);
  const ScopeValue *keep = &sort->call->value[P_KEEPDIM];
  plan->keep = scope_value_is_int (keep) && keep->integer != 0;
  plan->skip_nan = sort->call->spelling->variant == NANMEDIAN;
  ScopeShape out = reduced_shape (plan);
  return finish (sort, result, plan, &out,
                 scope_promote_inexact (sort->call->dialect, sort->input.dtype), false);
}

/* ---- the operations ---------------------------------------------------------------------------
 */

static bool
sort_infer (const ScopeCall *call, ScopeResult *result, ScopeFailure *failure)
{
  Sort sort = { .call = call, .failure = failure };
  if (!scope_operand (call, P_INPUT, &sort.input, failure))
    return false;
  if (call->dialect == SCOPE_TENSORFLOW)
    return tensorflow_sort (&sort, result);
  bool torch = call->dialect == SCOPE_PYTORCH;
  switch (call->spelling->variant)
    {
    case TOPK:
      return torch_topk (&sort, result);
    case KTHVALUE:
      return torch_kthvalue (&sort, result);
    case MEDIAN:
    case NANMEDIAN:
      return torch ? torch_median (&sort, result) : numpy_median (&sort, result);
    case MODE:
      return torch_mode (&sort, result);
    default:
      return torch ? torch_sort (&sort, result) : numpy_sort (&sort, result);
    }
}

static const ScopeParameter parameters[] = {
  [P_INPUT] = { "input", SCOPE_TAKES_TENSOR, NULL, NULL, "the tensor" },
  [P_DIM] = { "dim", SCOPE_TAKES_AXIS, "-1", NULL, "the axis" },
  [P_KEEPDIM] = { "keepdim", SCOPE_TAKES_BOOL, "False", NULL, "keep the axis with one element" },
  [P_K] = { "k", SCOPE_TAKES_INT, "1", NULL, "how many; which one, counted from 1" },
  [P_LARGEST] = { "descending", SCOPE_TAKES_BOOL, "False", NULL, "the largest first" },
  [P_KIND] = { "kind", SCOPE_TAKES_ANY, "None", NULL, "the way it is sorted" },
  { NULL },
};

#define PAIR ", tuple of Tensors out=None)"

static const ScopeSpelling sort_spellings[] = {
  { "torch.sort", SCOPE_PYTORCH, "input dim=dim=axis descending | kind=stable -out", SORT,
    .signature = "(Tensor input, *, bool? stable, int dim=-1, bool descending=False" PAIR
                 "\n(Tensor input, int dim=-1, bool descending=False, *" PAIR
                 "\n(Tensor input, *, bool? stable, name dim, bool descending=False" PAIR
                 "\n(Tensor input, name dim, bool descending=False, *" PAIR },
  { ".sort", SCOPE_PYTORCH, "input dim=dim=axis descending | kind=stable", SORT,
    .signature = "(*, bool? stable, int dim=-1, bool descending=False)\n"
                 "(int dim=-1, bool descending=False)\n"
                 "(*, bool? stable, name dim, bool descending=False)\n"
                 "(name dim, bool descending=False)" },
  { "np.sort", SCOPE_NUMPY, "input=a dim=axis kind -order", SORT,
    .signature = "def sort(a, axis=-1, kind=None, order=None)" },
  { "tf.sort", SCOPE_TENSORFLOW, "input=values dim=axis kind=direction -name", SORT },
  { "jnp.sort", SCOPE_JAX, "input=a dim=axis kind -order", SORT },
  { NULL },
};
static const ScopeSpelling argsort_spellings[] = {
  { "torch.argsort", SCOPE_PYTORCH, "input dim=dim=axis descending | kind=stable", ARGSORT,
    .signature = "(Tensor input, *, bool stable, int dim=-1, bool descending=False)\n"
                 "(Tensor input, int dim=-1, bool descending=False)\n"
                 "(Tensor input, name dim, bool descending=False)" },
  { ".argsort", SCOPE_PYTORCH, "input dim=dim=axis descending | kind=stable", ARGSORT,
    .signature = "(*, bool stable, int dim=-1, bool descending=False)\n"
                 "(int dim=-1, bool descending=False)\n"
                 "(name dim, bool descending=False)" },
  { "np.argsort", SCOPE_NUMPY, "input=a dim=axis kind -order", ARGSORT,
    .signature = "def argsort(a, axis=-1, kind=None, order=None)" },
  { ".argsort", SCOPE_NUMPY, "input dim=axis kind -order", ARGSORT },
  { "tf.argsort", SCOPE_TENSORFLOW, "input=values dim=axis kind=direction -stable -name", ARGSORT },
  { "jnp.argsort", SCOPE_JAX, "input=a dim=axis kind -order", ARGSORT },
  { NULL },
};
static const ScopeSpelling msort_spellings[] = {
  { "torch.msort", SCOPE_PYTORCH, "input | -out", MSORT,
    .signature = "(Tensor input, *, Tensor out=None)" },
  { ".msort", SCOPE_PYTORCH, "input", MSORT, .signature = "()" },
  { NULL },
};
static const ScopeSpelling topk_spellings[] = {
  { "torch.topk", SCOPE_PYTORCH, "input k dim=dim=axis descending=largest -sorted | -out", TOPK,
    .signature = "(Tensor input, int k, int dim=-1, bool largest=True, bool sorted=True, *" PAIR },
  { ".topk", SCOPE_PYTORCH, "input k dim=dim=axis descending=largest -sorted", TOPK,
    .signature = "(int k, int dim=-1, bool largest=True, bool sorted=True)" },
  { NULL },
};
static const ScopeSpelling kthvalue_spellings[] = {
  { "torch.kthvalue", SCOPE_PYTORCH, "input k dim=dim=axis keepdim=keepdim=keepdims | -out",
    KTHVALUE,
    .signature = "(Tensor input, int k, int dim=-1, bool keepdim=False, *" PAIR
                 "\n(Tensor input, int k, name dim, bool keepdim=False, *" PAIR },
  { ".kthvalue", SCOPE_PYTORCH, "input k dim=dim=axis keepdim=keepdim=keepdims", KTHVALUE,
    .signature = "(int k, int dim=-1, bool keepdim=False)\n"
                 "(int k, name dim, bool keepdim=False)" },
  { NULL },
};

#define MEDIAN_FUNCTION                                                                            \
  .signature = "(Tensor input)\n(Tensor input, int dim, bool keepdim=False, *" PAIR                \
               "\n(Tensor input, name dim, bool keepdim=False, *" PAIR
#define MEDIAN_METHOD                                                                              \
  .signature = "()\n(int dim, bool keepdim=False)\n(name dim, bool keepdim=False)"
#define TORCH_PICK   "input dim=dim=axis keepdim=keepdim=keepdims | -out"
#define NUMPY_MEDIAN "input=a dim=axis -out -overwrite_input keepdim=keepdims"

static const ScopeSpelling median_spellings[] = {
  { "torch.median", SCOPE_PYTORCH, TORCH_PICK, MEDIAN, MEDIAN_FUNCTION },
  { ".median", SCOPE_PYTORCH, TORCH_PICK, MEDIAN, MEDIAN_METHOD },
  { "np.median", SCOPE_NUMPY, NUMPY_MEDIAN, MEDIAN,
    .signature = "def median(a, axis=None, out=None, overwrite_input=False, keepdims=False)" },
  { "jnp.median", SCOPE_JAX, NUMPY_MEDIAN, MEDIAN },
  { NULL },
};
static const ScopeSpelling nanmedian_spellings[] = {
  { "torch.nanmedian", SCOPE_PYTORCH, TORCH_PICK, NANMEDIAN, MEDIAN_FUNCTION },
  { ".nanmedian", SCOPE_PYTORCH, TORCH_PICK, NANMEDIAN, MEDIAN_METHOD },
  { "np.nanmedian", SCOPE_NUMPY, NUMPY_MEDIAN, NANMEDIAN,
    .signature = "def nanmedian(a, axis=None, out=None, overwrite_input=False, keepdims=None)" },
  { "jnp.nanmedian", SCOPE_JAX, NUMPY_MEDIAN, NANMEDIAN },
  { NULL },
};
static const ScopeSpelling mode_spellings[] = {
  { "torch.mode", SCOPE_PYTORCH, TORCH_PICK, MODE,
    .signature = "(Tensor input, int dim=-1, bool keepdim=False, *" PAIR
                 "\n(Tensor input, name dim, bool keepdim=False, *" PAIR },
  { ".mode", SCOPE_PYTORCH, TORCH_PICK, MODE,
    .signature = "(int dim=-1, bool keepdim=False)\n(name dim, bool keepdim=False)" },
  { NULL },
};

#define ROW(id, group, words)                                                                      \
  {                                                                                                \
#id, group, words, id##_spellings, parameters, SCOPE_ALIGN_NONE, sort_infer, scope_order_read, \
        scope_order_trace                                                                          \
  }

const ScopeOp scope_ops_sort[] = {
  ROW (sort, "selection", "the elements along an axis in order, in PyTorch with their places"),
  ROW (argsort, "selection", "the places of the elements along an axis in order"),
  ROW (msort, "selection", "the elements along the first axis in order"),
  ROW (topk, "selection", "the largest few along an axis and their places"),
  ROW (kthvalue, "selection", "the k-th smallest along an axis and its place"),
  ROW (median, "reduction", "the middle along axes"),
  ROW (nanmedian, "reduction", "the middle along axes of what is a number"),
  ROW (mode, "reduction", "the most frequent along an axis and its last place"),
  { .name = NULL },
};
