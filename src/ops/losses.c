/* Losses that compare element with element: mse, l1, smooth_l1, huber, binary cross entropies,
 * kl_div (torch/nn/functional.py, ATen/native/Loss.cpp of PyTorch 1.13.1). Where input and target
 * differ in size and stretch, PyTorch warns and goes on. */
#include "ops/losses.h"

#include "core/checked.h"
#include "ops/argument.h"
#include "ops/broadcast.h"
#include "ops/operand.h"
#include "ops/promote.h"
#include "ops/python-words.h"
#include "ops/torch-product.h"

#include <math.h>
#include <string.h>

enum
{
  INPUT = SCOPE_LOSS_INPUT,
  TARGET = SCOPE_LOSS_TARGET,
};

/* ---- shared --------------------------------------------------------------------------------- */

const ScopeValue *
scope_loss_parameter (const ScopeCall *call, const char *name)
{
  static const ScopeValue absent = { .kind = SCOPE_VALUE_ABSENT };
  for (int i = 0; call->op->parameter[i].name != NULL; i++)
    if (strcmp (call->op->parameter[i].name, name) == 0)
      return &call->value[i];
  return &absent;
}

/* None and what was not given are not there. */
static bool
is_there (const ScopeValue *value)
{
  return scope_value_given (value) && value->kind != SCOPE_VALUE_NONE;
}

bool
scope_loss_reduction (const ScopeCall *call, ScopeFailure *failure, ScopeLossReduction *out)
{
  const ScopeValue *average = scope_loss_parameter (call, "size_average");
  const ScopeValue *reduce = scope_loss_parameter (call, "reduce");
  const ScopeValue *value = scope_loss_parameter (call, "reduction");
  if (is_there (average) || is_there (reduce))
    {
      bool averages = !is_there (average) || average->integer != 0;
      bool reduces = !is_there (reduce) || reduce->integer != 0;
      *out = !reduces   ? SCOPE_REDUCTION_NONE
             : averages ? SCOPE_REDUCTION_MEAN
                        : SCOPE_REDUCTION_SUM;
      return true;
    }
  *out = SCOPE_REDUCTION_MEAN;
  if (!scope_value_given (value))
    return true;
  static const char *const names[] = { "none", "mean", "sum" };
  const char *text = value->kind == SCOPE_VALUE_STRING ? value->text : "";
  for (int i = 0; i < 3; i++)
    if (strcmp (text, names[i]) == 0)
      {
        *out = (ScopeLossReduction)i;
        return true;
      }
  if (strcmp (text, "batchmean") == 0 && strcmp (call->op->name, "kl_div") == 0)
    {
      *out = SCOPE_REDUCTION_BATCH_MEAN;
      return true;
    }
  ScopeText repr = { 0 };
  if (value->kind == SCOPE_VALUE_STRING)
    scope_text_append (&repr, value->text);
  else
    scope_python_repr (value, &repr);
  scope_refuse (call, (int)(value - call->value), failure, SCOPE_RULE_ARGUMENT, "ValueError",
                "%s is not a valid value for reduction", scope_text_string (&repr));
  scope_text_clear (&repr);
  return false;
}

bool
scope_loss_tensors (const ScopeCall *call, ScopeFailure *failure)
{
  for (int p = TARGET; p >= INPUT; p--)
    if (call->value[p].kind != SCOPE_VALUE_TENSOR)
      return scope_refuse (call, p, failure, SCOPE_RULE_ARGUMENT, "AttributeError",
                           "'%s' object has no attribute 'size'",
                           scope_value_type_name (call, &call->value[p]));
  return true;
}

bool
scope_loss_reduce (const ScopeCall *call,
                   ScopeFailure *failure,
                   ScopeLossReduction reduction,
                   ScopeValue *loss)
{
  switch (reduction)
    {
    case SCOPE_REDUCTION_NONE:
      return true;
    case SCOPE_REDUCTION_MEAN:
      return SCOPE_COMPOSE (call, failure, loss, "torch.mean", *loss);
    default:
      return SCOPE_COMPOSE (call, failure, loss, "torch.sum", *loss);
    }
}

void
scope_loss_print_size (const ScopeShape *shape, ScopeText *text)
{
  scope_text_append (text, "torch.Size(");
  scope_shape_print (shape, SCOPE_SHAPE_LIST, text);
  scope_text_append (text, ")");
}

static bool
same_sizes (const ScopeShape *a, const ScopeShape *b)
{
  bool same = a->rank == b->rank;
  for (int i = 0; same && i < a->rank; i++)
    same = !scope_sizes_differ (a->size[i], b->size[i]);
  return same;
}

/* Target and input must have one size. */
static bool
check_same_size (const ScopeCall *call,
                 const char *format,
                 bool target_first,
                 ScopeFailure *failure)
{
  const ScopeShape *a = scope_call_shape (call, &call->value[target_first ? TARGET : INPUT]);
  const ScopeShape *b = scope_call_shape (call, &call->value[target_first ? INPUT : TARGET]);
  if (same_sizes (a, b))
    return true;
  ScopeText first = { 0 }, second = { 0 }, words = { 0 };
  scope_loss_print_size (a, &first);
  scope_loss_print_size (b, &second);
  for (const char *at = format; *at != '\0'; at++)
    if (at[0] == '%')
      scope_text_append (&words, scope_text_string (*++at == '1' ? &first : &second));
    else
      scope_text_append_bytes (&words, at, 1);
  scope_failure_begin (failure, SCOPE_RULE_MATCH);
  if (a->rank == b->rank)
    for (int axis = 0; axis < a->rank; axis++)
      if (scope_sizes_differ (a->size[axis], b->size[axis]))
        scope_failure_add_axis (failure, a->rank, axis,
                                target_first ? b->size[axis] : a->size[axis],
                                target_first ? a->size[axis] : b->size[axis]);
  scope_failure_both (failure, "ValueError", "%s", scope_text_string (&words));
  scope_text_clear (&first);
  scope_text_clear (&second);
  scope_text_clear (&words);
  return false;
}

/* ---- mse, l1, smooth_l1, huber -------------------------------------------------------------- */

typedef enum
{
  MSE,
  L1,
  SMOOTH_L1,
  HUBER,
} Form;

/* torch.broadcast_tensors, and the type that both have in common. */
static bool
begin (const ScopeCall *call, ScopeFailure *failure, ScopeDtype *dtype, ScopeShape *stretched)
{
  const ScopeShape *shapes[2];
  ScopeMixed mixed[2];
  ScopeShape both;
  if (!scope_loss_tensors (call, failure))
    return false;
  for (int p = INPUT; p <= TARGET; p++)
    {
      shapes[p] = scope_call_shape (call, &call->value[p]);
      mixed[p] = scope_mixed_tensor (scope_call_dtype (call, &call->value[p]), 1);
    }
  if (!scope_broadcast (call, shapes, NULL, 2, NULL, &both, failure))
    return false;
  /* Both are stretched before their types are looked at. */
  for (int p = INPUT; p <= TARGET; p++)
    mixed[p].scalar = both.rank == 0;
  *stretched = both;
  return scope_promote (SCOPE_PYTORCH, mixed, 2, dtype)
         || scope_refuse (call, -1, failure, SCOPE_RULE_TYPE, "RuntimeError",
                          "the types have no common one");
}

static bool
check_kernel (Form form, ScopeDtype dtype, ScopeFailure *failure)
{
  static const char *const kernels[] = { "mse_cpu", NULL, "smooth_l1_cpu", "huber_cpu" };
  if (form == L1 || scope_torch_lists (form == MSE ? "efd" : "efdy", dtype))
    return true;
  return scope_torch_has_no_kernel (kernels[form], dtype, failure);
}

/* The distance where it is quadratic, and where it is linear. */
static bool
bend (const ScopeCall *call, Form form, double bound, ScopeFailure *failure, ScopeValue *distance)
{
  ScopeValue square, near, far, is_near;
  double factor = form == HUBER ? 0.5 : 0.5 / bound;
  ScopeValue limit = scope_compose_float (call, bound);
  return SCOPE_COMPOSE (call, failure, &square, "torch.mul", *distance, *distance)
         && SCOPE_COMPOSE (call, failure, &near, "torch.mul", square,
                           scope_compose_float (call, factor))
         && SCOPE_COMPOSE (call, failure, &far, "torch.sub", *distance,
                           scope_compose_float (call, 0.5 * bound))
         && (form != HUBER || SCOPE_COMPOSE (call, failure, &far, "torch.mul", far, limit))
         && SCOPE_COMPOSE (call, failure, &is_near, form == HUBER ? "torch.le" : "torch.lt",
                           *distance, limit)
         && SCOPE_COMPOSE (call, failure, distance, "torch.where", is_near, near, far);
}

static bool
read_bound (const ScopeCall *call, Form form, double *bound, ScopeFailure *failure)
{
  const char *name = form == HUBER ? "delta" : "beta";
  const ScopeValue *value = scope_loss_parameter (call, name);
  int place = (int)(value - call->value);
  *bound = 1;
  if (form < SMOOTH_L1 || !scope_value_given (value))
    return true;
  if (!scope_value_is_number (value))
    return scope_refuse (call, place, failure, SCOPE_RULE_ARGUMENT, "TypeError",
                         "%s(): argument '%s' (position 4) must be float, not %s", call->op->name,
                         name, scope_value_type_name (call, value));
  *bound = value->kind == SCOPE_VALUE_FLOAT ? value->number : (double)value->integer;
  if (form == HUBER && !(*bound > 0))
    return scope_refuse (call, place, failure, SCOPE_RULE_SIZE, "RuntimeError",
                         "huber_loss does not support non-positive values for delta.");
  if (form == SMOOTH_L1 && *bound < 0)
    return scope_refuse (call, place, failure, SCOPE_RULE_SIZE, "RuntimeError",
                         "smooth_l1_loss does not support negative values for beta.");
  return true;
}

/* Huber's result has the input's type. */
static bool
check_huber_type (const ScopeCall *call, ScopeDtype dtype, ScopeFailure *failure)
{
  ScopeDtype own = scope_call_dtype (call, &call->value[INPUT]);
  return scope_torch_casts (dtype, own)
         || scope_refuse (call, INPUT, failure, SCOPE_RULE_TYPE, "RuntimeError",
                          "result type %s can't be cast to the desired output type %s",
                          scope_dtype_word (SCOPE_PYTORCH, dtype),
                          scope_dtype_word (SCOPE_PYTORCH, own));
}

/* Both stretched, and in the type that the kernel computes in. */
static bool
prepare (const ScopeCall *call,
         ScopeFailure *failure,
         Form form,
         const ScopeShape *both,
         ScopeDtype dtype,
         ScopeValue pair[2])
{
  ScopeValue type = { .kind = SCOPE_VALUE_DTYPE, .dtype = dtype, .span = call->span };
  for (int p = INPUT; p <= TARGET; p++)
    {
      pair[p] = call->value[p];
      if (!scope_shape_equal (scope_call_shape (call, &pair[p]), both)
          && !SCOPE_COMPOSE (call, failure, &pair[p], "torch.broadcast_to", pair[p],
                             scope_compose_ints (call, both->size, both->rank)))
        return false;
      if (form != L1 && scope_call_dtype (call, &pair[p]) != dtype
          && !SCOPE_COMPOSE (call, failure, &pair[p], ".to", pair[p], type))
        return false;
    }
  return true;
}

static bool
distance_infer (const ScopeCall *call, ScopeResult *result, ScopeFailure *failure)
{
  Form form = (Form)call->spelling->variant;
  ScopeLossReduction reduction;
  ScopeDtype dtype;
  double bound;
  ScopeShape both;
  ScopeValue loss, pair[2];
  if (!begin (call, failure, &dtype, &both) || !scope_loss_reduction (call, failure, &reduction)
      || !read_bound (call, form, &bound, failure))
    return false;
  bool plain = form == SMOOTH_L1 && bound == 0; /* then it is an l1 loss, in the common type */
  if ((form == HUBER && !check_huber_type (call, dtype, failure))
      || !check_kernel (form, dtype, failure) || !prepare (call, failure, form, &both, dtype, pair)
      || !SCOPE_COMPOSE (call, failure, &loss, "torch.sub", pair[INPUT], pair[TARGET]))
    return false;
  if (!(form == MSE ? SCOPE_COMPOSE (call, failure, &loss, "torch.mul", loss, loss)
                    : SCOPE_COMPOSE (call, failure, &loss, "torch.abs", loss)))
    return false;
  if (form >= SMOOTH_L1 && !plain && !bend (call, form, bound, failure, &loss))
    return false;
  if (form == HUBER && !SCOPE_COMPOSE (call, failure, &loss, ".type_as", loss, call->value[INPUT]))
    return false;
  return scope_loss_reduce (call, failure, reduction, &loss)
         && scope_compose_finish (call, result, &loss);
}

/* ---- binary cross entropy ------------------------------------------------------------------- */

/* loss.mul_ (weight). */
static bool
weigh (const ScopeCall *call, ScopeFailure *failure, ScopeValue *loss)
{
  const ScopeValue *weight = scope_loss_parameter (call, "weight");
  return !is_there (weight) || SCOPE_COMPOSE (call, failure, loss, ".mul_", *loss, *weight);
}

/* log (x), not below −100. */
static bool
bounded_log (const ScopeCall *call,
             ScopeFailure *failure,
             const char *function,
             const ScopeValue *x,
             ScopeValue *out)
{
  return SCOPE_COMPOSE (call, failure, out, function, *x)
         && SCOPE_COMPOSE (call, failure, out, "torch.clamp_min", *out,
                           scope_compose_int (call, -100));
}

static bool
check_probability (const ScopeCall *call, ScopeFailure *failure)
{
  ScopeDtype dtype = scope_call_dtype (call, &call->value[INPUT]);
  ScopeDtype other = scope_call_dtype (call, &call->value[TARGET]);
  const ScopeValue *weight = scope_loss_parameter (call, "weight");
  const ScopeShape *shapes[2] = { scope_call_shape (call, &call->value[TARGET]), NULL };
  ScopeShape both;
  if (is_there (weight))
    {
      const int operand[2] = { 1, 2 };
      shapes[1] = scope_call_shape (call, weight);
      if (!scope_broadcast (call, shapes, operand, 2, NULL, &both, failure))
        return false;
    }
  if (dtype != other)
    return scope_refuse (call, TARGET, failure, SCOPE_RULE_TYPE, "RuntimeError",
                         "Found dtype %s but expected %s", scope_dtype_word (SCOPE_PYTORCH, other),
                         scope_dtype_word (SCOPE_PYTORCH, dtype));
  return scope_torch_lists ("fd", dtype)
         || scope_torch_has_no_kernel ("binary_cross_entropy", dtype, failure);
}

static bool
binary_infer (const ScopeCall *call, ScopeResult *result, ScopeFailure *failure)
{
  const ScopeValue *x = &call->value[INPUT], *y = &call->value[TARGET];
  ScopeLossReduction reduction;
  ScopeValue negative, a, b, loss, one = scope_compose_int (call, 1);
  if (!scope_loss_reduction (call, failure, &reduction) || !scope_loss_tensors (call, failure)
      || !check_same_size (call,
                           "Using a target size (%1) that is different to the input size (%2) is "
                           "deprecated. Please ensure they have the same size.",
                           true, failure)
      || !check_probability (call, failure))
    return false;
  return SCOPE_COMPOSE (call, failure, &negative, "torch.neg", *x)
         && bounded_log (call, failure, "torch.log1p", &negative, &a)
         && bounded_log (call, failure, "torch.log", x, &b)
         && SCOPE_COMPOSE (call, failure, &loss, "torch.sub", *y, one)
         && SCOPE_COMPOSE (call, failure, &a, "torch.mul", loss, a)
         && SCOPE_COMPOSE (call, failure, &b, "torch.mul", *y, b)
         && SCOPE_COMPOSE (call, failure, &loss, "torch.sub", a, b) && weigh (call, failure, &loss)
         && scope_loss_reduce (call, failure, reduction, &loss)
         && scope_compose_finish (call, result, &loss);
}

/* log (e^−most + e^(−x − most)): with `most` = max (−x, 0) nothing overflows. */
static bool
soft_part (const ScopeCall *call,
           ScopeFailure *failure,
           const ScopeValue *negative,
           const ScopeValue *most,
           ScopeValue *out)
{
  ScopeValue rest;
  return SCOPE_COMPOSE (call, failure, out, "torch.neg", *most)
         && SCOPE_COMPOSE (call, failure, out, ".exp_", *out)
         && SCOPE_COMPOSE (call, failure, &rest, "torch.sub", *negative, *most)
         && SCOPE_COMPOSE (call, failure, &rest, ".exp_", rest)
         && SCOPE_COMPOSE (call, failure, out, ".add_", *out, rest)
         && SCOPE_COMPOSE (call, failure, out, ".log_", *out);
}

static bool
logits_infer (const ScopeCall *call, ScopeResult *result, ScopeFailure *failure)
{
  const ScopeValue *x = &call->value[INPUT], *y = &call->value[TARGET];
  const ScopeValue *positive = scope_loss_parameter (call, "pos_weight");
  ScopeLossReduction reduction;
  ScopeValue one = scope_compose_int (call, 1), negative, most, soft, weight, loss;
  if (!scope_loss_reduction (call, failure, &reduction) || !scope_loss_tensors (call, failure)
      || !check_same_size (call, "Target size (%1) must be the same as input size (%2)", true,
                           failure))
    return false;
  bool weighted = is_there (positive);
  if (!SCOPE_COMPOSE (call, failure, &negative, "torch.neg", *x)
      || !SCOPE_COMPOSE (call, failure, &most, ".clamp_min_", negative,
                         scope_compose_int (call, 0)))
    return false;
  if (weighted
      && (!SCOPE_COMPOSE (call, failure, &weight, "torch.sub", *positive, one)
          || !SCOPE_COMPOSE (call, failure, &weight, "torch.mul", weight, *y)
          || !SCOPE_COMPOSE (call, failure, &weight, ".add_", weight, one)))
    return false;
  /* 1 − target is computed in the target's type. */
  if (scope_call_dtype (call, y) == SCOPE_BOOL)
    return SCOPE_COMPOSE (call, failure, &loss, "torch.sub", *y, *y);
  if (!SCOPE_COMPOSE (call, failure, &loss, "torch.rsub", *y, one)
      || !SCOPE_COMPOSE (call, failure, &loss, ".mul_", loss, *x)
      || !soft_part (call, failure, &negative, &most, &soft))
    return false;
  if (!weighted)
    return SCOPE_COMPOSE (call, failure, &loss, ".add_", loss, most)
           && SCOPE_COMPOSE (call, failure, &loss, ".add_", loss, soft)
           && weigh (call, failure, &loss) && scope_loss_reduce (call, failure, reduction, &loss)
           && scope_compose_finish (call, result, &loss);
  return SCOPE_COMPOSE (call, failure, &soft, ".add_", soft, most)
         && SCOPE_COMPOSE (call, failure, &weight, ".mul_", weight, soft)
         && SCOPE_COMPOSE (call, failure, &loss, ".add_", loss, weight)
         && weigh (call, failure, &loss) && scope_loss_reduce (call, failure, reduction, &loss)
         && scope_compose_finish (call, result, &loss);
}

/* ---- kl_div --------------------------------------------------------------------------------- */

static bool
check_divergence (const ScopeCall *call, ScopeFailure *failure)
{
  for (int p = INPUT; p <= TARGET; p++)
    if (call->value[p].kind != SCOPE_VALUE_TENSOR)
      return scope_torch_refuse_kind (call, p, p == INPUT ? "input" : "target", p + 1, "Tensor",
                                      failure);
  for (int p = INPUT; p <= TARGET; p++)
    if (scope_dtype_kind (scope_call_dtype (call, &call->value[p])) == SCOPE_KIND_COMPLEX)
      return scope_refuse (call, p, failure, SCOPE_RULE_TYPE, "RuntimeError",
                           "kl_div: Complex inputs not supported.");
  for (int p = INPUT; p <= TARGET; p++)
    if (scope_dtype_kind (scope_call_dtype (call, &call->value[p])) <= SCOPE_KIND_SIGNED)
      return scope_refuse (call, p, failure, SCOPE_RULE_TYPE, "RuntimeError",
                           "kl_div: Integral inputs not supported.");
  return true;
}

static bool
kl_div_infer (const ScopeCall *call, ScopeResult *result, ScopeFailure *failure)
{
  const ScopeValue *x = &call->value[INPUT], *y = &call->value[TARGET];
  const ScopeValue *log_target = scope_loss_parameter (call, "log_target");
  ScopeLossReduction reduction;
  ScopeValue a, b, loss;
  if (!scope_loss_reduction (call, failure, &reduction) || !check_divergence (call, failure))
    return false;
  bool logs = scope_value_is_int (log_target) && log_target->integer != 0;
  if (logs ? !SCOPE_COMPOSE (call, failure, &a, "torch.exp", *y)
                 || !SCOPE_COMPOSE (call, failure, &b, "torch.sub", *y, *x)
                 || !SCOPE_COMPOSE (call, failure, &loss, "torch.mul", a, b)
           : !SCOPE_COMPOSE (call, failure, &a, "torch.xlogy", *y, *y)
                 || !SCOPE_COMPOSE (call, failure, &b, "torch.mul", *y, *x)
                 || !SCOPE_COMPOSE (call, failure, &loss, "torch.sub", a, b))
    return false;
  const ScopeShape *shape = scope_call_shape (call, x);
  if (!scope_loss_reduce (call, failure, reduction, &loss))
    return false;
  const ScopeValue *named = scope_loss_parameter (call, "reduction");
  bool batch = named->kind == SCOPE_VALUE_STRING && strcmp (named->text, "batchmean") == 0
               && reduction != SCOPE_REDUCTION_NONE;
  if (batch && shape->rank > 0
      && !SCOPE_COMPOSE (call, failure, &loss, "torch.div", loss,
                         scope_compose_int (call, shape->size[0])))
    return false;
  return scope_compose_finish (call, result, &loss);
}

/* ---- the table ------------------------------------------------------------------------------ */

#define BOTH                                                                                       \
  { "input", SCOPE_TAKES_TENSOR, NULL, NULL, "what is compared" },                                 \
  {                                                                                                \
    "target", SCOPE_TAKES_TENSOR, NULL, NULL, "what it should be"                                  \
  }
#define OLD                                                                                        \
  { "size_average", SCOPE_TAKES_BOOL, "None", NULL, "old form of reduction" },                     \
      { "reduce", SCOPE_TAKES_BOOL, "None", NULL, "old form of reduction" },                       \
  {                                                                                                \
    "reduction", SCOPE_TAKES_CHOICE, "mean", "none mean sum", "none, mean or sum"                  \
  }
#define WEIGHT                                                                                     \
  {                                                                                                \
    "weight", SCOPE_TAKES_TENSOR, "None", NULL, "a weight for each element"                        \
  }

static const ScopeParameter distance_parameters[] = {
  BOTH,
  OLD,
  { "beta", SCOPE_TAKES_NUMBER, "1.0", NULL, "where it becomes linear" },
  { "delta", SCOPE_TAKES_NUMBER, "1.0", NULL, "where it becomes linear" },
  { NULL },
};
static const ScopeParameter binary_parameters[] = {
  BOTH,     WEIGHT,
  OLD,      { "pos_weight", SCOPE_TAKES_TENSOR, "None", NULL, "a weight of positive examples" },
  { NULL },
};
static const ScopeParameter kl_div_parameters[] = {
  BOTH,
  { "size_average", SCOPE_TAKES_BOOL, "None", NULL, "old form of reduction" },
  { "reduce", SCOPE_TAKES_BOOL, "None", NULL, "old form of reduction" },
  { "reduction", SCOPE_TAKES_CHOICE, "mean", "none batchmean mean sum",
    "none, batchmean, mean, sum" },
  { "log_target", SCOPE_TAKES_BOOL, "False", NULL, "the target is a logarithm" },
  { NULL },
};

#define OLD_ORDER "size_average reduce reduction"
#define DISTANCE(id, form, more, words)                                                            \
  static const ScopeSpelling id##_spellings[] = {                                                  \
    { "F." #id, SCOPE_PYTORCH, "input target " OLD_ORDER more, form,                               \
      .signature = "def " #id                                                                      \
                   "(input, target, size_average=None, reduce=None, reduction='mean'" words ")" }, \
    { NULL },                                                                                      \
  }

DISTANCE (mse_loss, MSE, "", "");
DISTANCE (l1_loss, L1, "", "");
DISTANCE (smooth_l1_loss, SMOOTH_L1, " beta", ", beta=1.0");

static const ScopeSpelling huber_loss_spellings[] = {
  { "F.huber_loss", SCOPE_PYTORCH, "input target reduction delta", HUBER,
    .signature = "def huber_loss(input, target, reduction='mean', delta=1.0)" },
  { NULL },
};
static const ScopeSpelling binary_spellings[] = {
  { "F.binary_cross_entropy", SCOPE_PYTORCH, "input target weight " OLD_ORDER,
    .signature = "def binary_cross_entropy(input, target, weight=None, size_average=None, "
                 "reduce=None, reduction='mean')" },
  { NULL },
};
static const ScopeSpelling logits_spellings[] = {
  { "F.binary_cross_entropy_with_logits", SCOPE_PYTORCH,
    "input target weight " OLD_ORDER " pos_weight",
    .signature = "def binary_cross_entropy_with_logits(input, target, weight=None, "
                 "size_average=None, reduce=None, reduction='mean', pos_weight=None)" },
  { NULL },
};
static const ScopeSpelling kl_div_spellings[] = {
  { "F.kl_div", SCOPE_PYTORCH, "input target " OLD_ORDER " log_target",
    .signature = "def kl_div(input, target, size_average=None, reduce=None, reduction='mean', "
                 "log_target=False)" },
  { NULL },
};

#define LOSS(title, words, names, table, decide)                                                   \
  {                                                                                                \
    .name = title, .group = "losses", .about = words, .spelling = names, .parameter = table,       \
    .align = SCOPE_ALIGN_BROADCAST, .infer = decide, .read = scope_compose_read,                   \
    .trace = scope_compose_trace                                                                   \
  }

const ScopeOp scope_ops_losses[] = {
  LOSS ("mse_loss",
        "the mean of squared differences",
        mse_loss_spellings,
        distance_parameters,
        distance_infer),
  LOSS ("l1_loss",
        "the mean of absolute differences",
        l1_loss_spellings,
        distance_parameters,
        distance_infer),
  LOSS ("smooth_l1_loss",
        "absolute differences, squared where they are small",
        smooth_l1_loss_spellings,
        distance_parameters,
        distance_infer),
  LOSS ("huber_loss",
        "squared differences, linear where they are large",
        huber_loss_spellings,
        distance_parameters,
        distance_infer),
  LOSS ("binary_cross_entropy",
        "of probabilities and truths",
        binary_spellings,
        binary_parameters,
        binary_infer),
  LOSS ("binary_cross_entropy_with_logits",
        "of logits and truths",
        logits_spellings,
        binary_parameters,
        logits_infer),
  LOSS ("kl_div",
        "the divergence of two distributions",
        kl_div_spellings,
        kl_div_parameters,
        kl_div_infer),
  { NULL },
};
