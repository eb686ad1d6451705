/* nll_loss and cross_entropy, as PyTorch 1.13.1 checks and computes them
 * (ATen/native/LossNLL.cpp, LossNLL2d.cpp). */
#include "ops/argument.h"
#include "ops/losses.h"
#include "ops/operand.h"
#include "ops/promote.h"
#include "ops/python-words.h"
#include "ops/torch-product.h"

#include <inttypes.h>
#include <string.h>

enum
{
  INPUT = SCOPE_LOSS_INPUT,
  TARGET = SCOPE_LOSS_TARGET,
};

/* A loss over classes while it is judged and made. */
typedef struct
{
  const ScopeCall *call;
  ScopeFailure *failure;
  ScopeShape shape;  /* of the input */
  ScopeShape target; /* of the target */
  int class_axis;
  ScopeLossReduction reduction;
  const ScopeValue *weight; /* NULL: none */
  ScopeValue ignore;
  double smoothing;
} Classes;

#define refuse(classes, parameter, rule, exception, ...)                                           \
  scope_refuse ((classes)->call, parameter, (classes)->failure, rule, exception, __VA_ARGS__)

static bool
begin (Classes *classes, const ScopeCall *call, ScopeFailure *failure)
{
  *classes = (Classes){ .call = call, .failure = failure };
  if (!scope_loss_reduction (call, failure, &classes->reduction))
    return false;
  bool entropy = strcmp (call->op->name, "cross_entropy") == 0;
  for (int p = INPUT; p <= TARGET; p++)
    if (call->value[p].kind != SCOPE_VALUE_TENSOR)
      return refuse (classes, p, SCOPE_RULE_ARGUMENT, "TypeError",
                     "%s(): argument '%s' (position %d) must be Tensor, not %s",
                     entropy ? "cross_entropy_loss" : "nll_loss_nd",
                     p == TARGET ? "target" : "input", p + 1,
                     scope_value_type_name (call, &call->value[p]));
  const ScopeValue *weight = scope_loss_parameter (call, "weight");
  const ScopeValue *ignore = scope_loss_parameter (call, "ignore_index");
  const ScopeValue *smoothing = scope_loss_parameter (call, "label_smoothing");
  classes->shape = *scope_call_shape (call, &call->value[INPUT]);
  classes->target = *scope_call_shape (call, &call->value[TARGET]);
  classes->class_axis = classes->shape.rank == 1 ? 0 : 1;
  classes->weight = weight->kind == SCOPE_VALUE_TENSOR ? weight : NULL;
  classes->ignore = scope_value_is_int (ignore) ? *ignore : scope_compose_int (call, -100);
  classes->smoothing = smoothing->kind == SCOPE_VALUE_FLOAT ? smoothing->number
                       : scope_value_is_int (smoothing)     ? (double)smoothing->integer
                                                            : 0;
  return true;
}

/* ---- checks --------------------------------------------------------------------------------- */

static bool
refuse_sizes (Classes *classes, const char *before, const char *between, const char *after)
{
  ScopeText input = { 0 }, target = { 0 };
  scope_shape_print (&classes->shape, SCOPE_SHAPE_LIST, &input);
  scope_shape_print (&classes->target, SCOPE_SHAPE_LIST, &target);
  refuse (classes, TARGET, SCOPE_RULE_MATCH, "RuntimeError", "%s%s%s%s%s", before,
          scope_text_string (&input), between, scope_text_string (&target), after);
  scope_text_clear (&input);
  scope_text_clear (&target);
  return false;
}

static bool
check_weight (Classes *classes, const char *prefix)
{
  if (classes->weight == NULL)
    return true;
  const ScopeShape *own = scope_call_shape (classes->call, classes->weight);
  int64_t count = classes->shape.size[classes->class_axis];
  if (own->rank == 1 && !scope_sizes_differ (own->size[0], count))
    return true;
  ScopeText sizes = { 0 };
  scope_shape_print (own, SCOPE_SHAPE_LIST, &sizes);
  refuse (classes, (int)(scope_loss_parameter (classes->call, "weight") - classes->call->value),
          SCOPE_RULE_MATCH, "RuntimeError",
          "%sweight tensor should be defined either for all %" PRId64
          " classes or no classes but got weight tensor of shape: %s",
          prefix, count, scope_text_string (&sizes));
  scope_text_clear (&sizes);
  return false;
}

/* One list of classes, or a batch of them. */
static bool
check_flat (Classes *classes)
{
  const ScopeShape *shape = &classes->shape, *target = &classes->target;
  if (target->rank > 1)
    return refuse (classes, TARGET, SCOPE_RULE_RANK, "RuntimeError",
                   "0D or 1D target tensor expected, multi-target not supported");
  bool single = shape->rank == 1 && target->rank == 0;
  if (!single && scope_sizes_differ (shape->size[0], target->rank == 0 ? 0 : target->size[0]))
    return refuse_sizes (classes, "size mismatch (got input: ", ", target: ", ")");
  return check_weight (classes, "");
}

static bool
check_image (Classes *classes)
{
  const ScopeShape *shape = &classes->shape, *target = &classes->target;
  if (target->rank != 3)
    return refuse (classes, TARGET, SCOPE_RULE_RANK, "RuntimeError",
                   "only batches of spatial targets supported (3D tensors) but got targets of "
                   "dimension: %d",
                   target->rank);
  const ScopeShape *own =
      classes->weight != NULL ? scope_call_shape (classes->call, classes->weight) : NULL;
  if (own != NULL
      && scope_sizes_differ (scope_sizes_product (own->size, own->rank), shape->size[1]))
    return refuse (classes,
                   (int)(scope_loss_parameter (classes->call, "weight") - classes->call->value),
                   SCOPE_RULE_MATCH, "RuntimeError",
                   "weight tensor should be defined either for all or no classes");
  for (int axis = 1; axis < 3; axis++)
    if (scope_sizes_differ (shape->size[axis + 1], target->size[axis]))
      return refuse_sizes (classes, "size mismatch (got input: ", " , target: ", "");
  return true;
}

/* Other ranks are looked at as images of one row. */
static bool
check_other (Classes *classes)
{
  const ScopeShape *shape = &classes->shape, *target = &classes->target;
  ScopeShape wanted = { shape->rank - 1, { shape->size[0] } };
  bool fits = target->rank == wanted.rank;
  for (int axis = 1; axis < wanted.rank; axis++)
    {
      wanted.size[axis] = shape->size[axis + 1];
      fits = fits && !scope_sizes_differ (wanted.size[axis], target->size[axis]);
    }
  if (!fits)
    {
      ScopeText own = { 0 }, got = { 0 };
      scope_shape_print (&wanted, SCOPE_SHAPE_LIST, &own);
      scope_shape_print (target, SCOPE_SHAPE_LIST, &got);
      refuse (classes, TARGET, SCOPE_RULE_MATCH, "RuntimeError", "Expected target size %s, got %s",
              scope_text_string (&own), scope_text_string (&got));
      scope_text_clear (&own);
      scope_text_clear (&got);
      return false;
    }
  const ScopeShape *own =
      classes->weight != NULL ? scope_call_shape (classes->call, classes->weight) : NULL;
  if (own != NULL
      && scope_sizes_differ (scope_sizes_product (own->size, own->rank), shape->size[1]))
    return refuse (classes,
                   (int)(scope_loss_parameter (classes->call, "weight") - classes->call->value),
                   SCOPE_RULE_MATCH, "RuntimeError",
                   "weight tensor should be defined either for all or no classes");
  return true;
}

static bool
check_types (Classes *classes)
{
  const ScopeCall *call = classes->call;
  ScopeDtype dtype = scope_call_dtype (call, &call->value[INPUT]);
  ScopeDtype target = scope_call_dtype (call, &call->value[TARGET]);
  bool flat = classes->shape.rank <= 2;
  if (!scope_torch_lists ("fdy", dtype))
    return scope_torch_has_no_kernel (flat ? "nll_loss_out_frame" : "nll_loss2d_forward_out_frame",
                                      dtype, classes->failure);
  ScopeDtype weight = classes->weight != NULL ? scope_call_dtype (call, classes->weight) : dtype;
  bool weighs_first = !flat || classes->reduction != SCOPE_REDUCTION_NONE;
  if (weighs_first && weight != dtype)
    return scope_torch_expected_type (dtype, weight, classes->failure);
  if (!flat && scope_shape_is_empty (&classes->shape))
    return true; /* nothing else is looked at */
  if (target != SCOPE_INT64 && !(target == SCOPE_UINT8 && flat))
    return scope_torch_expected_type (SCOPE_INT64, target, classes->failure);
  return weight == dtype || scope_torch_expected_type (dtype, weight, classes->failure);
}

/* nll_loss_nd: what it asks of the sizes, then of the types. */
static bool
check (Classes *classes)
{
  const ScopeShape *shape = &classes->shape, *target = &classes->target;
  int64_t batch = target->rank > 0 ? target->size[0] : 0;
  if (shape->rank < 1)
    return refuse (classes, INPUT, SCOPE_RULE_RANK, "ValueError",
                   "Expected 1 or more dimensions (got 0)");
  if (shape->rank != 1 && scope_sizes_differ (shape->size[0], batch))
    {
      refuse (classes, TARGET, SCOPE_RULE_MATCH, "ValueError",
              "Expected input batch_size (%" PRId64 ") to match target batch_size (%" PRId64 ").",
              shape->size[0], batch);
      return false;
    }
  bool fits = shape->rank <= 2   ? check_flat (classes)
              : shape->rank == 4 ? check_image (classes)
                                 : check_other (classes);
  return fits && check_types (classes);
}

/* ---- making --------------------------------------------------------------------------------- */

/* The classes as int64 with the class axis, the ignored ones replaced by 0, and where those are. */
static bool
prepare_target (Classes *classes, ScopeValue *index, ScopeValue *ignored)
{
  const ScopeCall *call = classes->call;
  ScopeFailure *failure = classes->failure;
  ScopeValue target = call->value[TARGET], zero = scope_compose_int (call, 0);
  if (classes->shape.rank == 1 && classes->target.rank == 1
      && !SCOPE_COMPOSE (call, failure, &target, "[]", target, zero))
    return false;
  return SCOPE_COMPOSE (call, failure, &target, ".long", target)
         && SCOPE_COMPOSE (call, failure, ignored, "torch.eq", target, classes->ignore)
         && SCOPE_COMPOSE (call, failure, &target, "torch.masked_fill", target, *ignored, zero)
         && SCOPE_COMPOSE (call, failure, index, "torch.unsqueeze", target,
                           scope_compose_int (call, classes->class_axis));
}

/* The weight of every target, 0 where it is ignored. */
static bool
make_weights (Classes *classes, const ScopeValue *index, const ScopeValue *ignored, ScopeValue *out)
{
  const ScopeCall *call = classes->call;
  ScopeFailure *failure = classes->failure;
  ScopeValue axis = scope_compose_int (call, classes->class_axis),
             zero = scope_compose_int (call, 0);
  ScopeValue picked;
  if (!SCOPE_COMPOSE (call, failure, &picked, "torch.squeeze", *index, axis))
    return false;
  bool done;
  if (classes->weight != NULL)
    {
      int64_t all = -1;
      const ScopeShape *own = scope_call_shape (call, classes->weight);
      ScopeValue flat = *classes->weight;
      done = (own->rank == 1
              || SCOPE_COMPOSE (call, failure, &flat, "torch.reshape", flat,
                                scope_compose_ints (call, &all, 1)))
             && SCOPE_COMPOSE (call, failure, out, "torch.take", flat, picked);
    }
  else
    done = SCOPE_COMPOSE (call, failure, out, "torch.ones_like", picked)
           && SCOPE_COMPOSE (call, failure, out, ".type_as", *out, call->value[INPUT]);
  return done && SCOPE_COMPOSE (call, failure, out, "torch.masked_fill", *out, *ignored, zero);
}

/* nll_loss_nd of log-probabilities `x`; `weights` is kept for smoothing. */
static bool
make_loss (Classes *classes, const ScopeValue *x, ScopeValue *loss)
{
  const ScopeCall *call = classes->call;
  ScopeFailure *failure = classes->failure;
  ScopeValue index, ignored, weights, sum, axis = scope_compose_int (call, classes->class_axis);
  if (!prepare_target (classes, &index, &ignored)
      || !make_weights (classes, &index, &ignored, &weights)
      || !SCOPE_COMPOSE (call, failure, loss, "torch.gather", *x, axis, index)
      || !SCOPE_COMPOSE (call, failure, loss, "torch.squeeze", *loss, axis)
      || !SCOPE_COMPOSE (call, failure, loss, "torch.neg", *loss)
      || !SCOPE_COMPOSE (call, failure, loss, "torch.mul", *loss, weights)
      || !SCOPE_COMPOSE (call, failure, loss, "torch.masked_fill", *loss, ignored,
                         scope_compose_int (call, 0)))
    return false;
  if (classes->reduction == SCOPE_REDUCTION_NONE)
    return true;
  if (!SCOPE_COMPOSE (call, failure, loss, "torch.sum", *loss))
    return false;
  return classes->reduction == SCOPE_REDUCTION_SUM
         || (SCOPE_COMPOSE (call, failure, &sum, "torch.sum", weights)
             && SCOPE_COMPOSE (call, failure, loss, "torch.div", *loss, sum));
}

static bool
nll_infer (const ScopeCall *call, ScopeResult *result, ScopeFailure *failure)
{
  Classes classes;
  ScopeValue loss;
  return begin (&classes, call, failure) && check (&classes)
         && make_loss (&classes, &call->value[INPUT], &loss)
         && scope_compose_finish (call, result, &loss);
}

/* ---- cross_entropy -------------------------------------------------------------------------- */

static bool
check_smoothing (Classes *classes)
{
  const ScopeValue *value = scope_loss_parameter (classes->call, "label_smoothing");
  if (!(classes->smoothing > 1))
    return true;
  ScopeText number = { 0 };
  scope_text_append_double (&number, classes->smoothing);
  refuse (classes, (int)(value - classes->call->value), SCOPE_RULE_SIZE, "RuntimeError",
          "label_smoothing must be between 0.0 and 1.0. Got: %s", scope_text_string (&number));
  scope_text_clear (&number);
  return false;
}

/* The weights along the class axis of the input's rank. */
static bool
spread_weight (Classes *classes, ScopeValue *out)
{
  int64_t size[SCOPE_MAX_RANK];
  for (int axis = 0; axis < classes->shape.rank; axis++)
    size[axis] = axis == classes->class_axis ? -1 : 1;
  return SCOPE_COMPOSE (classes->call, classes->failure, out, "torch.reshape", *classes->weight,
                        scope_compose_ints (classes->call, size, classes->shape.rank));
}

/* −Σ input · target, over the classes. */
static bool
sum_classes (Classes *classes, ScopeValue *product)
{
  const ScopeCall *call = classes->call;
  ScopeValue weight;
  if (classes->weight != NULL
      && (!spread_weight (classes, &weight)
          || !SCOPE_COMPOSE (call, classes->failure, product, "torch.mul", *product, weight)))
    return false;
  return SCOPE_COMPOSE (call, classes->failure, product, "torch.sum", *product,
                        scope_compose_int (call, classes->class_axis))
         && SCOPE_COMPOSE (call, classes->failure, product, "torch.neg", *product);
}

/* Targets that are probabilities. */
static bool
probabilities (Classes *classes, ScopeValue *loss)
{
  const ScopeCall *call = classes->call;
  ScopeFailure *failure = classes->failure;
  ScopeValue target = call->value[TARGET];
  ScopeDtype dtype = scope_call_dtype (call, &target);
  double smoothing = classes->smoothing;
  if (!scope_dtype_is_float (dtype))
    return refuse (classes, TARGET, SCOPE_RULE_TYPE, "RuntimeError",
                   "Expected floating point type for target with class probabilities, got %s",
                   scope_dtype_word (SCOPE_PYTORCH, dtype));
  if (classes->ignore.integer >= 0)
    return refuse (classes, -1, SCOPE_RULE_ARGUMENT, "RuntimeError",
                   "ignore_index is not supported for floating point target");
  if (classes->shape.rank == 0)
    return refuse (classes, INPUT, SCOPE_RULE_RANK, "IndexError",
                   "Dimension specified as 1 but tensor has no dimensions");
  int64_t count = classes->shape.size[classes->class_axis];
  if (!check_weight (classes, "cross_entropy: ")
      || !SCOPE_COMPOSE (call, failure, loss, "torch.log_softmax", call->value[INPUT],
                         scope_compose_int (call, classes->class_axis))
      || !check_smoothing (classes))
    return false;
  if (smoothing > 0
      && (!SCOPE_COMPOSE (call, failure, &target, "torch.mul", target,
                          scope_compose_float (call, 1 - smoothing))
          || !SCOPE_COMPOSE (call, failure, &target, "torch.add", target,
                             scope_compose_float (call, smoothing / (double)count))))
    return false;
  if (!SCOPE_COMPOSE (call, failure, loss, "torch.mul", *loss, target)
      || !sum_classes (classes, loss))
    return false;
  if (classes->reduction == SCOPE_REDUCTION_NONE)
    return true;
  return scope_loss_reduce (call, failure, classes->reduction, loss);
}

/* The part of smoothing: the loss against all classes alike. */
static bool
smooth (Classes *classes, const ScopeValue *x, ScopeValue *out)
{
  const ScopeCall *call = classes->call;
  ScopeFailure *failure = classes->failure;
  ScopeValue index, ignored, weights, sum;
  *out = *x;
  if (!sum_classes (classes, out) || !prepare_target (classes, &index, &ignored)
      || !SCOPE_COMPOSE (call, failure, out, "torch.masked_fill", *out, ignored,
                         scope_compose_int (call, 0)))
    return false;
  if (classes->reduction == SCOPE_REDUCTION_NONE)
    return true;
  if (!SCOPE_COMPOSE (call, failure, out, "torch.sum", *out))
    return false;
  return classes->reduction == SCOPE_REDUCTION_SUM
         || (make_weights (classes, &index, &ignored, &weights)
             && SCOPE_COMPOSE (call, failure, &sum, "torch.sum", weights)
             && SCOPE_COMPOSE (call, failure, out, "torch.div", *out, sum));
}

static bool
cross_entropy_infer (const ScopeCall *call, ScopeResult *result, ScopeFailure *failure)
{
  Classes classes;
  ScopeValue loss, x, part;
  if (!begin (&classes, call, failure))
    return false;
  if (scope_shape_equal (&classes.shape, &classes.target))
    return probabilities (&classes, &loss) && scope_compose_finish (call, result, &loss);
  if (!check_smoothing (&classes)
      || !SCOPE_COMPOSE (call, failure, &x, "torch.log_softmax", call->value[INPUT],
                         scope_compose_int (call, classes.class_axis))
      || !check (&classes) || !make_loss (&classes, &x, &loss))
    return false;
  if (!(classes.smoothing > 0))
    return scope_compose_finish (call, result, &loss);
  double count = (double)classes.shape.size[classes.class_axis];
  return smooth (&classes, &x, &part)
         && SCOPE_COMPOSE (call, failure, &loss, "torch.mul", loss,
                           scope_compose_float (call, 1 - classes.smoothing))
         && SCOPE_COMPOSE (call, failure, &part, "torch.mul", part,
                           scope_compose_float (call, classes.smoothing / count))
         && SCOPE_COMPOSE (call, failure, &loss, "torch.add", loss, part)
         && scope_compose_finish (call, result, &loss);
}

/* ---- the table ------------------------------------------------------------------------------ */

#define COMMON(about)                                                                              \
  { "input", SCOPE_TAKES_TENSOR, NULL, NULL, about },                                              \
      { "target", SCOPE_TAKES_TENSOR, NULL, NULL, "the right classes, the class axis left out" },  \
      { "weight", SCOPE_TAKES_TENSOR, "None", NULL, "a weight for each class" },                   \
      { "size_average", SCOPE_TAKES_BOOL, "None", NULL, "old form of reduction" },                 \
      { "ignore_index", SCOPE_TAKES_INT, "-100", NULL, "targets with this value do not count" },   \
      { "reduce", SCOPE_TAKES_BOOL, "None", NULL, "old form of reduction" },                       \
  {                                                                                                \
    "reduction", SCOPE_TAKES_CHOICE, "mean", "none mean sum", "none, mean or sum"                  \
  }

static const ScopeParameter nll_parameters[] = {
  COMMON ("log-probabilities: a batch, classes, any axes"),
  { NULL },
};

static const ScopeParameter cross_entropy_parameters[] = {
  COMMON ("logits: a batch, classes, any axes"),
  { "label_smoothing", SCOPE_TAKES_NUMBER, "0.0", NULL,
    "share of the target given to all classes" },
  { NULL },
};

static const ScopeSpelling nll_spellings[] = {
  { "F.nll_loss", SCOPE_PYTORCH,
    .signature = "def nll_loss(input, target, weight=None, size_average=None, ignore_index=-100, "
                 "reduce=None, reduction='mean')" },
  { NULL },
};

static const ScopeSpelling cross_entropy_spellings[] = {
  { "F.cross_entropy", SCOPE_PYTORCH,
    .signature = "def cross_entropy(input, target, weight=None, size_average=None, "
                 "ignore_index=-100, reduce=None, reduction='mean', label_smoothing=0.0)" },
  { NULL },
};

const ScopeOp scope_ops_entropy[] = {
  { .name = "nll_loss",
    .group = "losses",
    .about = "minus the log-probability of the right classes",
    .spelling = nll_spellings,
    .parameter = nll_parameters,
    .infer = nll_infer,
    .read = scope_compose_read,
    .trace = scope_compose_trace },
  { .name = "cross_entropy",
    .group = "losses",
    .about = "minus the log-softmax of the right classes",
    .spelling = cross_entropy_spellings,
    .parameter = cross_entropy_parameters,
    .infer = cross_entropy_infer,
    .read = scope_compose_read,
    .trace = scope_compose_trace },
  { NULL },
};
