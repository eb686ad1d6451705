/* layer_norm, group_norm, batch_norm, instance_norm: what PyTorch 1.13.1 takes and refuses. */
#include "ops/normalization.h"

#include "core/arena.h"
#include "core/checked.h"
#include "ops/operand.h"
#include "ops/promote.h"
#include "ops/python-words.h"
#include "ops/signature.h"
#include "ops/torch-product.h"

#include <inttypes.h>
#include <string.h>

/* A call as it is understood; parameters are those of the table by position. */
typedef struct
{
  const ScopeCall *call;
  ScopeFailure *failure;
  const ScopeShape *shape;
  ScopeDtype dtype;
  ScopeNormalization plan;
} Request;

static bool refuse (Request *request,
                    ScopeRule rule,
                    int parameter,
                    const char *exception,
                    const char *format,
                    ...) __attribute__ ((format (printf, 5, 6)));

static bool
refuse (Request *request,
        ScopeRule rule,
        int parameter,
        const char *exception,
        const char *format,
        ...)
{
  va_list arguments;
  va_start (arguments, format);
  scope_failure_begin (request->failure, rule);
  if (parameter >= 0 && scope_value_given (&request->call->value[parameter]))
    request->failure->span = request->call->value[parameter].span;
  scope_failure_both_va (request->failure, exception, format, arguments);
  va_end (arguments);
  return false;
}

static bool
is_tensor (const Request *request, int parameter)
{
  return request->call->value[parameter].kind == SCOPE_VALUE_TENSOR;
}

static const ScopeShape *
shape_of (const Request *request, int parameter)
{
  return scope_call_shape (request->call, &request->call->value[parameter]);
}

static ScopeDtype
dtype_of (const Request *request, int parameter)
{
  return scope_call_dtype (request->call, &request->call->value[parameter]);
}

static double
number_or (const ScopeCall *call, int parameter, double initial)
{
  const ScopeValue *value = &call->value[parameter];
  if (value->kind == SCOPE_VALUE_FLOAT)
    return value->number;
  return scope_value_is_int (value) ? (double)value->integer : initial;
}

/* Adds the inputs in the order of `parameter` and remembers their positions. */
static void
add_inputs (Request *request, ScopeResult *result, const int *parameter, int *const *position)
{
  scope_result_add_input (request->call, result, &request->call->value[0]);
  for (int i = 0; i < 4; i++)
    {
      *position[i] = -1;
      if (parameter[i] >= 0 && is_tensor (request, parameter[i]))
        *position[i] =
            scope_result_add_input (request->call, result, &request->call->value[parameter[i]]);
    }
}

static bool
finish (Request *request, ScopeResult *result, const int *parameter)
{
  int *const position[] = { &request->plan.mean, &request->plan.variance, &request->plan.weight,
                            &request->plan.bias };
  add_inputs (request, result, parameter, position);
  ScopeNormalization *plan = scope_arena_alloc (request->call->arena, sizeof *plan);
  request->plan.rank = request->shape->rank;
  if (plan != NULL)
    *plan = request->plan;
  result->plan = plan;
  scope_result_set (result, request->shape, request->dtype);
  return true;
}

static void
print_shape (const ScopeShape *shape, ScopeText *text)
{
  scope_shape_print (shape, SCOPE_SHAPE_LIST, text);
}

static bool
same_shape (const ScopeShape *a, const ScopeShape *b)
{
  bool same = a->rank == b->rank;
  for (int i = 0; same && i < a->rank; i++)
    same = !scope_sizes_differ (a->size[i], b->size[i]);
  return same;
}

static bool
is_float (ScopeDtype dtype)
{
  return dtype == SCOPE_FLOAT32 || dtype == SCOPE_FLOAT64 || dtype == SCOPE_BFLOAT16;
}

/* ---- layer_norm ----------------------------------------------------------------------------- */

enum
{
  LAYER_INPUT,
  LAYER_SHAPE,
  LAYER_WEIGHT,
  LAYER_BIAS,
  LAYER_EPS,
};

/* A size written as −1 is no size, not one that is unknown. */
static bool
asks_for_negative (const Request *request)
{
  const ScopeValue *shape = &request->call->value[LAYER_SHAPE];
  int items = scope_value_is_sequence (shape) ? shape->items : 1;
  const ScopeValue *item = scope_value_is_sequence (shape) ? shape->item : shape;
  for (int i = 0; i < items; i++)
    if (item[i].kind == SCOPE_VALUE_INT && item[i].integer < 0)
      return true;
  return false;
}

static bool
check_layer_parameter (Request *request, int parameter, const char *name, const ScopeShape *wanted)
{
  if (!is_tensor (request, parameter)
      || (!asks_for_negative (request) && same_shape (shape_of (request, parameter), wanted)))
    return true;
  ScopeText own = { 0 }, theirs = { 0 };
  print_shape (shape_of (request, parameter), &own);
  print_shape (wanted, &theirs);
  refuse (request, SCOPE_RULE_MATCH, parameter, "RuntimeError",
          "Expected %s to be of same shape as normalized_shape, but got %s of shape %s and "
          "normalized_shape = %s",
          name, name, scope_text_string (&own), scope_text_string (&theirs));
  scope_text_clear (&own);
  scope_text_clear (&theirs);
  return false;
}

/* The last axes must be those that are normalised over. */
static bool
check_layer_input (Request *request, const ScopeShape *wanted)
{
  const ScopeShape *shape = request->shape;
  int first = shape->rank - wanted->rank;
  bool fits = first >= 0 && !asks_for_negative (request);
  scope_failure_begin (request->failure, SCOPE_RULE_MATCH);
  for (int i = 0; first >= 0 && i < wanted->rank; i++)
    if (scope_sizes_differ (shape->size[first + i], wanted->size[i]))
      {
        fits = false;
        scope_failure_add_axis (request->failure, shape->rank, first + i, shape->size[first + i],
                                wanted->size[i]);
      }
  if (fits)
    return true;
  ScopeText list = { 0 }, input = { 0 };
  print_shape (wanted, &list);
  print_shape (shape, &input);
  const char *sizes = scope_text_string (&list);
  scope_failure_both (request->failure, "RuntimeError",
                      "Given normalized_shape=%s, expected input with shape [*, %s, but got input "
                      "of size%s",
                      sizes, sizes + 1, scope_text_string (&input));
  scope_text_clear (&list);
  scope_text_clear (&input);
  return false;
}

static bool
check_layer_types (Request *request, int outer)
{
  ScopeDtype dtype = request->dtype;
  for (int a = 0; a < outer; a++)
    if (request->shape->size[a] == 0)
      return true;
  if (!is_float (dtype))
    return scope_torch_has_no_kernel ("LayerNormKernelImpl", dtype, request->failure);
  for (int p = LAYER_WEIGHT; p <= LAYER_BIAS; p++)
    if (is_tensor (request, p) && dtype_of (request, p) != dtype)
      return scope_torch_expected_type (dtype, dtype_of (request, p), request->failure);
  return true;
}

static bool
infer_layer (const ScopeCall *call, ScopeResult *result, ScopeFailure *failure)
{
  static const int order[] = { LAYER_INPUT, LAYER_SHAPE, LAYER_WEIGHT, LAYER_BIAS, LAYER_EPS };
  static const int inputs[] = { -1, -1, LAYER_WEIGHT, LAYER_BIAS };
  if (!scope_signature_inner (
          call,
          "layer_norm(Tensor input, tuple of ints normalized_shape, Tensor weight=None, "
          "Tensor bias=None, float eps=1e-05)",
          order, 5, failure))
    return false;
  Request request = { .call = call,
                      .failure = failure,
                      .shape = scope_call_shape (call, &call->value[LAYER_INPUT]),
                      .dtype = scope_call_dtype (call, &call->value[LAYER_INPUT]) };
  ScopeShape wanted;
  if (!scope_call_ints (call, LAYER_SHAPE, wanted.size, &wanted.rank, failure))
    return false;
  if (wanted.rank < 1)
    return refuse (&request, SCOPE_RULE_ARGUMENT, LAYER_SHAPE, "RuntimeError",
                   "Expected normalized_shape to be at least 1-dimensional, i.e., containing at "
                   "least one element, but got normalized_shape = []");
  if (!check_layer_parameter (&request, LAYER_WEIGHT, "weight", &wanted)
      || !check_layer_parameter (&request, LAYER_BIAS, "bias", &wanted)
      || !check_layer_input (&request, &wanted)
      || !check_layer_types (&request, request.shape->rank - wanted.rank))
    return false;
  request.plan.channel = -1;
  request.plan.last = wanted.rank;
  request.plan.eps = number_or (call, LAYER_EPS, 1e-5);
  for (int a = request.shape->rank - wanted.rank; a < request.shape->rank; a++)
    request.plan.reduced[a] = true;
  return finish (&request, result, inputs);
}

/* ---- group_norm ----------------------------------------------------------------------------- */

enum
{
  GROUP_INPUT,
  GROUP_GROUPS,
  GROUP_WEIGHT,
  GROUP_BIAS,
  GROUP_EPS,
};

/* _verify_batch_size in Python: a group of one element has no variance. */
static bool
check_group_size (Request *request, int64_t groups)
{
  const ScopeShape *shape = request->shape;
  int64_t product;
  if (shape->rank < 2)
    {
      if (shape->rank == 0)
        return refuse (request, SCOPE_RULE_RANK, GROUP_INPUT, "IndexError",
                       "Dimension specified as 0 but tensor has no dimensions");
      return refuse (request, SCOPE_RULE_RANK, GROUP_INPUT, "IndexError",
                     "Dimension out of range (expected to be in range of [-1, 0], but got 1)");
    }
  if (groups == 0)
    return refuse (request, SCOPE_RULE_SIZE, GROUP_GROUPS, "ZeroDivisionError",
                   "integer division or modulo by zero");
  if (!scope_shape_is_known (shape)
      || !scope_checked_mul (shape->size[0], shape->size[1], &product))
    return true;
  product = product / groups - (product % groups != 0 && groups < 0);
  ScopeText sizes = { 0 };
  scope_text_printf (&sizes, "[%" PRId64 ", %" PRId64, product, groups);
  bool single = product == 1;
  for (int a = 2; a < shape->rank; a++)
    {
      scope_text_printf (&sizes, ", %" PRId64, shape->size[a]);
      single = single && shape->size[a] == 1;
    }
  if (single)
    refuse (request, SCOPE_RULE_SIZE, GROUP_INPUT, "ValueError",
            "Expected more than 1 value per channel when training, got input size %s]",
            scope_text_string (&sizes));
  scope_text_clear (&sizes);
  return !single;
}

static bool
check_group_parameter (Request *request, int parameter, const char *name)
{
  const ScopeShape *shape = request->shape;
  if (!is_tensor (request, parameter))
    return true;
  const ScopeShape *own = shape_of (request, parameter);
  if (own->rank == 1 && !scope_sizes_differ (own->size[0], shape->size[1]))
    return true;
  /* PyTorch prints the weight's shape for the bias too. */
  static const ScopeShape nothing = { .rank = 1, .size = { 0 } };
  ScopeText theirs = { 0 }, input = { 0 };
  print_shape (is_tensor (request, GROUP_WEIGHT) ? shape_of (request, GROUP_WEIGHT) : &nothing,
               &theirs);
  print_shape (shape, &input);
  refuse (request, SCOPE_RULE_MATCH, parameter, "RuntimeError",
          "Expected %s to be a vector of size equal to the number of channels in input, but got %s "
          "of shape %s and input of shape %s",
          name, name, scope_text_string (&theirs), scope_text_string (&input));
  scope_text_clear (&theirs);
  scope_text_clear (&input);
  return false;
}

static bool
check_groups (Request *request, int64_t groups)
{
  const ScopeShape *shape = request->shape;
  if (groups <= 0)
    return refuse (request, SCOPE_RULE_SIZE, GROUP_GROUPS, "RuntimeError",
                   "Expected num groups to be greater than 0, got %" PRId64, groups);
  if (!scope_size_is_known (shape->size[1]) || shape->size[1] % groups == 0)
    return true;
  ScopeText input = { 0 };
  print_shape (shape, &input);
  refuse (request, SCOPE_RULE_DIVIDE, GROUP_GROUPS, "RuntimeError",
          "Expected number of channels in input to be divisible by num_groups, but got input of "
          "shape %s and num_groups=%" PRId64,
          scope_text_string (&input), groups);
  scope_text_clear (&input);
  return false;
}

static bool
check_group_types (Request *request)
{
  ScopeDtype dtype = request->dtype;
  if (!is_float (dtype))
    return scope_torch_has_no_kernel ("GroupNormKernelImpl", dtype, request->failure);
  for (int p = GROUP_WEIGHT; p <= GROUP_BIAS; p++)
    if (is_tensor (request, p) && dtype_of (request, p) != dtype)
      return scope_torch_expected_type (dtype, dtype_of (request, p), request->failure);
  return true;
}

static bool
infer_group (const ScopeCall *call, ScopeResult *result, ScopeFailure *failure)
{
  static const int order[] = { GROUP_INPUT, GROUP_GROUPS, GROUP_WEIGHT, GROUP_BIAS, GROUP_EPS };
  static const int inputs[] = { -1, -1, GROUP_WEIGHT, GROUP_BIAS };
  const ScopeValue *groups = &call->value[GROUP_GROUPS];
  Request request = { .call = call,
                      .failure = failure,
                      .shape = scope_call_shape (call, &call->value[GROUP_INPUT]),
                      .dtype = scope_call_dtype (call, &call->value[GROUP_INPUT]) };
  bool number = scope_value_is_int (groups) || groups->kind == SCOPE_VALUE_FLOAT;
  if (!number && request.shape->rank > 1 && groups->kind != SCOPE_VALUE_SIZE)
    return refuse (&request, SCOPE_RULE_ARGUMENT, GROUP_GROUPS, "TypeError",
                   "unsupported operand type(s) for //: 'int' and '%s'",
                   scope_python_type (groups));
  bool counted = scope_value_is_int (groups) || request.shape->rank < 2;
  if (counted && !check_group_size (&request, groups->integer))
    return false;
  if (!scope_signature_inner (
          call,
          "group_norm(Tensor input, int num_groups, Tensor weight=None, Tensor bias=None,"
          " float eps=1e-05)",
          order, 5, failure)
      || !check_groups (&request, groups->integer)
      || !check_group_parameter (&request, GROUP_WEIGHT, "weight")
      || !check_group_parameter (&request, GROUP_BIAS, "bias") || !check_group_types (&request))
    return false;
  request.plan.channel = 1;
  request.plan.groups = groups->integer;
  request.plan.eps = number_or (call, GROUP_EPS, 1e-5);
  for (int a = 2; a < request.shape->rank; a++)
    request.plan.reduced[a] = true;
  return finish (&request, result, inputs);
}

/* ---- batch_norm ----------------------------------------------------------------------------- */

enum
{
  BATCH_INPUT,
  BATCH_MEAN,
  BATCH_VARIANCE,
  BATCH_WEIGHT,
  BATCH_BIAS,
  BATCH_TRAINING,
  BATCH_MOMENTUM,
  BATCH_EPS,
};

static bool
check_batch_size (Request *request)
{
  const ScopeShape *shape = request->shape;
  if (shape->rank == 0)
    return refuse (request, SCOPE_RULE_RANK, BATCH_INPUT, "IndexError", "tuple index out of range");
  if (shape->size[0] != 1)
    return true;
  for (int a = 2; a < shape->rank; a++)
    if (shape->size[a] != 1)
      return true;
  ScopeText sizes = { 0 };
  print_shape (shape, &sizes);
  refuse (request, SCOPE_RULE_SIZE, BATCH_INPUT, "ValueError",
          "Expected more than 1 value per channel when training, got input size torch.Size(%s)",
          scope_text_string (&sizes));
  scope_text_clear (&sizes);
  return false;
}

/* A vector with an element for each channel. */
static bool
check_batch_parameter (Request *request, int parameter, const char *name, bool needed)
{
  const ScopeShape *shape = request->shape;
  int64_t channels = shape->rank > 1 ? shape->size[1] : 0, count;
  if (!is_tensor (request, parameter))
    return !needed
           || refuse (request, SCOPE_RULE_ARGUMENT, parameter, "RuntimeError",
                      "%s must be defined in evaluation mode", name);
  if (!scope_shape_count (shape_of (request, parameter), &count, NULL)
      || !scope_sizes_differ (count, channels))
    return true;
  scope_failure_begin (request->failure, SCOPE_RULE_MATCH);
  return refuse (request, SCOPE_RULE_MATCH, parameter, "RuntimeError",
                 "%s should contain %" PRId64 " elements not %" PRId64, name, channels, count);
}

static bool
check_batch_types (Request *request)
{
  static const int parameters[] = { BATCH_WEIGHT, BATCH_BIAS, BATCH_MEAN, BATCH_VARIANCE };
  ScopeDtype dtype = request->dtype;
  if (!is_float (dtype))
    return scope_torch_has_no_kernel ("batch_norm", dtype, request->failure);
  bool mixed = false, first = true;
  for (int i = 0; i < 4; i++)
    if (is_tensor (request, parameters[i]))
      {
        mixed = mixed || (first && dtype_of (request, parameters[i]) != dtype);
        first = false;
      }
  for (int i = 0; i < 4; i++)
    {
      if (!is_tensor (request, parameters[i]))
        continue;
      ScopeDtype own = dtype_of (request, parameters[i]);
      if (mixed && own != SCOPE_FLOAT32)
        return refuse (request, SCOPE_RULE_TYPE, parameters[i], "RuntimeError",
                       "mixed dtype (CPU): expect parameter to have scalar type of Float");
      if (!mixed && own != dtype)
        return scope_torch_expected_type (dtype, own, request->failure);
    }
  return !mixed || dtype == SCOPE_BFLOAT16
         || refuse (request, SCOPE_RULE_TYPE, BATCH_INPUT, "RuntimeError",
                    "mixed dtype (CPU): expect input to have scalar type of BFloat16");
}

/* Statistics and parameters must be vectors. */
static bool
check_batch_vectors (Request *request, bool training)
{
  static const int parameters[] = { BATCH_WEIGHT, BATCH_BIAS, BATCH_MEAN, BATCH_VARIANCE };
  for (int i = 0; i < (training ? 2 : 4); i++)
    if (is_tensor (request, parameters[i]) && shape_of (request, parameters[i])->rank != 1)
      return refuse (request, SCOPE_RULE_RANK, parameters[i], "RuntimeError",
                     "TensorAccessor expected 1 dims but tensor has %d",
                     shape_of (request, parameters[i])->rank);
  return true;
}

/* Nothing is normalised: PyTorch multiplies by the first weight and adds the first bias. */
static bool
find_empty_type (Request *request)
{
  for (int p = BATCH_WEIGHT; p <= BATCH_BIAS; p++)
    {
      if (!is_tensor (request, p))
        continue;
      if (scope_shape_is_empty (shape_of (request, p)))
        return refuse (request, SCOPE_RULE_INDEX, p, "IndexError",
                       "select(): index 0 out of range for tensor of size [0] at dimension 0");
      ScopeMixed term[2] = { scope_mixed_tensor (request->dtype, request->shape->rank),
                             scope_mixed_tensor (dtype_of (request, p), 0) };
      scope_promote (SCOPE_PYTORCH, term, 2, &request->dtype);
    }
  return true;
}

static bool
infer_batch (const ScopeCall *call, ScopeResult *result, ScopeFailure *failure)
{
  static const int order[] = { BATCH_INPUT,    BATCH_WEIGHT,   BATCH_BIAS,     BATCH_MEAN,
                               BATCH_VARIANCE, BATCH_TRAINING, BATCH_MOMENTUM, BATCH_EPS };
  const ScopeValue *flag = &call->value[BATCH_TRAINING];
  bool training = scope_value_is_int (flag) && flag->integer != 0;
  Request request = { .call = call,
                      .failure = failure,
                      .shape = scope_call_shape (call, &call->value[BATCH_INPUT]),
                      .dtype = scope_call_dtype (call, &call->value[BATCH_INPUT]) };
  if (training && call->value[BATCH_INPUT].kind == SCOPE_VALUE_TENSOR
      && !check_batch_size (&request))
    return false;
  if (!scope_signature_inner (
          call,
          "batch_norm(Tensor input, Tensor? weight, Tensor? bias, Tensor? running_mean, "
          "Tensor? running_var, bool training, float momentum, float eps)",
          order, 8, failure))
    return false;
  bool empty = request.shape->rank > 1 && scope_shape_is_empty (request.shape);
  if (empty && !find_empty_type (&request))
    return false;
  if (!empty
      && (!check_batch_parameter (&request, BATCH_MEAN, "running_mean", !training)
          || !check_batch_parameter (&request, BATCH_VARIANCE, "running_var", !training)
          || !check_batch_parameter (&request, BATCH_WEIGHT, "weight", false)
          || !check_batch_parameter (&request, BATCH_BIAS, "bias", false)
          || !check_batch_types (&request) || !check_batch_vectors (&request, training)))
    return false;
  request.plan.channel = 1;
  request.plan.eps = number_or (call, BATCH_EPS, 1e-5);
  for (int a = 0; a < request.shape->rank; a++)
    request.plan.reduced[a] = a != 1;
  const int inputs[] = { training ? -1 : BATCH_MEAN, training ? -1 : BATCH_VARIANCE, BATCH_WEIGHT,
                         BATCH_BIAS };
  return finish (&request, result, inputs);
}

/* ---- the table ------------------------------------------------------------------------------ */

#define WEIGHT_AND_BIAS                                                                            \
  { "weight", SCOPE_TAKES_TENSOR, "None", NULL, "multiplies what is normalised" },                 \
  {                                                                                                \
    "bias", SCOPE_TAKES_TENSOR, "None", NULL, "is added to it"                                     \
  }
#define EPS                                                                                        \
  {                                                                                                \
    "eps", SCOPE_TAKES_NUMBER, "1e-05", NULL, "is added to the variance"                           \
  }

static const ScopeParameter layer_parameters[] = {
  { "input", SCOPE_TAKES_TENSOR, NULL, NULL, "any axes" },
  { "normalized_shape", SCOPE_TAKES_SHAPE, NULL, NULL, "the sizes of the last axes, all together" },
  WEIGHT_AND_BIAS,
  EPS,
  { NULL },
};

static const ScopeParameter group_parameters[] = {
  { "input", SCOPE_TAKES_TENSOR, NULL, NULL, "batch × channels × any axes" },
  { "num_groups", SCOPE_TAKES_INT, NULL, NULL, "the channels are split into so many groups" },
  WEIGHT_AND_BIAS,
  EPS,
  { NULL },
};

static const ScopeParameter batch_parameters[] = {
  { "input", SCOPE_TAKES_TENSOR, NULL, NULL, "batch × channels × any axes" },
  { "running_mean", SCOPE_TAKES_TENSOR, NULL, NULL, "the mean of each channel" },
  { "running_var", SCOPE_TAKES_TENSOR, NULL, NULL, "the variance of each channel" },
  WEIGHT_AND_BIAS,
  { "training", SCOPE_TAKES_BOOL, "False", NULL, "the batch's own mean and variance" },
  { "momentum", SCOPE_TAKES_NUMBER, "0.1", NULL, "of the running statistics; changes no value" },
  EPS,
  { NULL },
};

static const ScopeSpelling layer_spellings[] = {
  { "F.layer_norm", SCOPE_PYTORCH,
    .signature = "def layer_norm(input, normalized_shape, weight=None, bias=None, eps=1e-05)" },
  { NULL },
};
static const ScopeSpelling group_spellings[] = {
  { "F.group_norm", SCOPE_PYTORCH,
    .signature = "def group_norm(input, num_groups, weight=None, bias=None, eps=1e-05)" },
  { NULL },
};
static const ScopeSpelling batch_spellings[] = {
  { "F.batch_norm", SCOPE_PYTORCH,
    .signature = "def batch_norm(input, running_mean, running_var, weight=None, bias=None, "
                 "training=False, momentum=0.1, eps=1e-05)" },
  { NULL },
};

const ScopeOp scope_ops_normalization[] = {
  { .name = "layer_norm",
    .group = "layers",
    .about = "mean 0 and variance 1 over the last axes",
    .spelling = layer_spellings,
    .parameter = layer_parameters,
    .infer = infer_layer,
    .read = scope_normalization_read,
    .trace = scope_normalization_trace },
  { .name = "group_norm",
    .group = "layers",
    .about = "mean 0 and variance 1 over groups of channels",
    .spelling = group_spellings,
    .parameter = group_parameters,
    .infer = infer_group,
    .read = scope_normalization_read,
    .trace = scope_normalization_trace },
  { .name = "batch_norm",
    .group = "layers",
    .about = "normalises each channel by a mean and a variance",
    .spelling = batch_spellings,
    .parameter = batch_parameters,
    .infer = infer_batch,
    .read = scope_normalization_read,
    .trace = scope_normalization_trace },
  { NULL },
};
