/* Reversing axes: flip, fliplr, flipud, rot90. */
#include "ops/argument.h"
#include "ops/axis.h"
#include "ops/numpy-axes.h"
#include "ops/operand.h"
#include "ops/place.h"
#include "ops/program.h"
#include "ops/python-words.h"
#include "ops/stride.h"

#include <math.h>
#include <string.h>

enum
{
  INPUT,
  DIMS,
};

enum
{
  ROTATED,
  TIMES,
  AXES,
};

/* Variants of the spellings of fliplr and flipud: the axis. */
enum
{
  UP_DOWN,
  LEFT_RIGHT,
};

/* Takes the places of an axis from the last to the first. */
static void
reverse (ScopePlaceRule *rule)
{
  rule->start = rule->size - 1;
  rule->step = -1;
}

static bool
finish (const ScopeCall *call, const ScopeOutput *input, const bool *reversed, ScopeResult *result)
{
  ScopePlacing *plan = scope_placing_new (call, &input->shape, 0);
  if (plan == NULL)
    return false;
  for (int axis = 0; axis < input->shape.rank; axis++)
    if (reversed[axis])
      reverse (&plan->rule[axis]);
  scope_result_add_input (call, result, &call->value[INPUT]);
  scope_result_set (result, &input->shape, input->dtype);
  int64_t stride[SCOPE_MAX_RANK];
  scope_stride_reversed (call, &call->value[INPUT], reversed, stride);
  result->output.stride = scope_stride_keep (call, &input->shape, stride);
  result->plan = plan;
  return true;
}

/* ---- flip ----------------------------------------------------------------------------------- */

/* ReverseV2 names the first axis that is wrong; `axes` are those before it. */
static bool
say_tensorflow_axes (const ScopeValue *value,
                     const ScopeAxes *axes,
                     int rank,
                     ScopeFailure *failure)
{
  bool sequence = scope_value_is_sequence (value);
  const ScopeValue *item = sequence ? &value->item[axes->count] : value;
  int64_t axis = item->integer;
  if (axis >= -rank && axis < rank)
    return scope_say_tensorflow (failure, "ReverseV2", "axis %lld specified more than once.",
                                 (long long)(axis < 0 ? axis + rank : axis));
  return scope_say_tensorflow (failure, "ReverseV2",
                               "'axis'[%d] = %lld is out of valid range [%d, %d", axes->count,
                               (long long)axis, 0, rank - 1);
}

static bool
find_axes (const ScopeCall *call, int rank, ScopeAxes *axes, ScopeFailure *failure)
{
  const ScopeValue *value = &call->value[DIMS];
  if (call->dialect == SCOPE_NUMPY)
    {
      axes->given = scope_value_given (value) && value->kind != SCOPE_VALUE_NONE;
      return !axes->given || scope_numpy_axes_find (call, DIMS, rank, false, axes, failure);
    }
  const ScopeAxisStyle style = { .scalar_has_one = true, .tensorflow = "ReverseV2" };
  ScopeValue first = *value;
  /* torch: a list among written-out axes is the list. */
  if (call->dialect == SCOPE_PYTORCH && first.items > 0 && scope_value_is_sequence (&first.item[0]))
    {
      ScopeValue bound[2] = { call->value[INPUT], first.item[0] };
      ScopeCall inner = *call;
      inner.value = bound;
      return scope_axes_find (&inner, DIMS, &style, rank, axes, failure);
    }
  if (scope_axes_find (call, DIMS, &style, rank, axes, failure))
    return true;
  if (call->dialect == SCOPE_TENSORFLOW && failure->rule == SCOPE_RULE_AXIS)
    return say_tensorflow_axes (value, axes, rank, failure);
  return false;
}

static bool
infer_flip (const ScopeCall *call, ScopeResult *result, ScopeFailure *failure)
{
  ScopeOutput input;
  ScopeAxes axes = { 0 };
  if (!scope_operand_or_number (call, INPUT, &input, failure)
      || !find_axes (call, input.shape.rank, &axes, failure))
    return false;
  for (int axis = 0; axis < input.shape.rank && !axes.given; axis++)
    axes.has[axis] = true; /* without axes, all of them */
  return finish (call, &input, axes.has, result);
}

static bool
infer_named (const ScopeCall *call, ScopeResult *result, ScopeFailure *failure)
{
  ScopeOutput input;
  bool reversed[SCOPE_MAX_RANK] = { false };
  int axis = call->spelling->variant;
  if (!scope_operand_or_number (call, INPUT, &input, failure))
    return false;
  if (input.shape.rank <= axis)
    {
      scope_failure_begin (failure, SCOPE_RULE_RANK);
      scope_failure_explain (failure, "The tensor has %d axes; at least %d are needed.",
                             input.shape.rank, axis + 1);
      return scope_failure_say (failure,
                                call->dialect == SCOPE_PYTORCH ? "RuntimeError" : "ValueError",
                                "Input must be >= %d-d.", axis + 1);
    }
  reversed[axis] = true;
  return finish (call, &input, reversed, result);
}

/* ---- rot90 ---------------------------------------------------------------------------------- */

typedef struct
{
  ScopeOutput input;
  int64_t axis[2]; /* as given */
  int quarters;    /* 0 … 3, turning from the first axis to the second */
} Rotation;

#define refuse(call, failure, parameter, rule, sentence, ...)                                      \
  (scope_failure_begin (failure, rule), (failure)->span = (call)->value[parameter].span,           \
   scope_failure_explain (failure, sentence), scope_failure_say (failure, __VA_ARGS__))

static const char two_axes[] = "A rotation takes two different axes.";

static bool
check_torch_rotation (const ScopeCall *call, Rotation *rotation, ScopeFailure *failure)
{
  int axes = 2, rank = rotation->input.shape.rank;
  int64_t given[SCOPE_MAX_RANK], quarters = 1;
  rotation->axis[0] = 0;
  rotation->axis[1] = 1;
  if (scope_value_given (&call->value[AXES]))
    {
      if (!scope_call_ints (call, AXES, given, &axes, failure))
        return false;
      for (int i = 0; i < axes && i < 2; i++)
        rotation->axis[i] = given[i];
    }
  if (!scope_call_int (call, TIMES, &quarters, failure))
    return false;
  long long a = rotation->axis[0], b = rotation->axis[1];
  if (axes != 2)
    return refuse (call, failure, AXES, SCOPE_RULE_AXIS, two_axes, "RuntimeError",
                   "expected total rotation dims == 2, but got dims = %d", axes);
  if (rank < 2)
    return refuse (call, failure, ROTATED, SCOPE_RULE_RANK,
                   "Only a tensor with two axes or more can be rotated.", "RuntimeError",
                   "expected total dims >= 2, but got total dims = %d", rank);
  if (a == b || a - b == rank || b - a == rank)
    return refuse (call, failure, AXES, SCOPE_RULE_AXIS, two_axes, "RuntimeError",
                   "expected rotation dims to be different, but got dim0 = %lld and dim1 = %lld", a,
                   b);
  for (int i = 0; i < 2; i++)
    if (rotation->axis[i] >= rank || rotation->axis[i] < -rank)
      return refuse (call, failure, AXES, SCOPE_RULE_AXIS, "There is no such axis.", "RuntimeError",
                     "Rotation dim%d out of range, dim%d = %lld", i, i,
                     (long long)rotation->axis[i]);
  rotation->quarters = (int)((quarters % 4 + 4) % 4);
  return true;
}

/* k %= 4, which takes floats too: what is none of 0, 1 and 2 counts as 3. */
static bool
read_numpy_quarters (const ScopeCall *call, Rotation *rotation, ScopeFailure *failure)
{
  const ScopeValue *value = &call->value[TIMES];
  rotation->quarters = 1;
  if (!scope_value_given (value))
    return true;
  if (value->kind == SCOPE_VALUE_STRING)
    return scope_python_refuse (failure, value, "TypeError",
                                "not all arguments converted during string formatting");
  if (!scope_value_is_number (value))
    return scope_python_refuse (failure, value, "TypeError",
                                "unsupported operand type(s) for %%=: '%s' and 'int'",
                                scope_value_type_name (call, value));
  if (value->kind != SCOPE_VALUE_FLOAT)
    rotation->quarters = (int)((value->integer % 4 + 4) % 4);
  else
    {
      double rest = value->number - 4 * floor (value->number / 4);
      rotation->quarters = rest == 0 || rest == 1 || rest == 2 ? (int)rest : 3;
    }
  return true;
}

/* What NumPy makes of axes that are not integers. */
static bool
check_axis_kinds (const ScopeCall *call,
                  const ScopeValue *item,
                  int quarters,
                  ScopeFailure *failure)
{
  const ScopeValue *axes = &call->value[AXES];
  for (int i = 0; i < 2; i++)
    if (!scope_value_is_number (&item[i]))
      return scope_python_refuse (
          failure, axes, "TypeError", "unsupported operand type(s) for -: '%s' and '%s'",
          scope_value_type_name (call, &item[0]), scope_value_type_name (call, &item[1]));
  bool floats = item[0].kind == SCOPE_VALUE_FLOAT || item[1].kind == SCOPE_VALUE_FLOAT;
  if (!floats || quarters == 0)
    return true;
  if (quarters == 2)
    return scope_python_refuse (failure, axes, "TypeError", "'float' object is not iterable");
  return scope_python_refuse (failure, axes, "IndexError",
                              "only integers, slices (`:`), ellipsis (`...`), numpy.newaxis "
                              "(`None`) and integer or boolean arrays are valid indices");
}

static bool
check_numpy_rotation (const ScopeCall *call, Rotation *rotation, ScopeFailure *failure)
{
  const ScopeValue *axes = &call->value[AXES];
  int rank = rotation->input.shape.rank;
  const ScopeValue standard[2] = { { .kind = SCOPE_VALUE_INT, .integer = 0 },
                                   { .kind = SCOPE_VALUE_INT, .integer = 1 } };
  const ScopeValue *item = scope_value_given (axes) ? axes->item : standard;
  if (axes->kind == SCOPE_VALUE_STRING
      && scope_text_characters (axes->text, strlen (axes->text)) == 2)
    return scope_python_refuse (failure, axes, "TypeError",
                                "unsupported operand type(s) for -: 'str' and 'str'");
  if (scope_value_given (axes) && !scope_value_is_sequence (axes)
      && axes->kind != SCOPE_VALUE_STRING)
    return scope_python_refuse (failure, axes, "TypeError", "'%s' object is not iterable",
                                scope_value_type_name (call, axes));
  if (scope_value_given (axes) && axes->items != 2) /* a string has none */
    return refuse (call, failure, AXES, SCOPE_RULE_AXIS, two_axes, "ValueError",
                   "len(axes) must be 2.");
  /* Kinds that cannot be subtracted are refused at once, floats only where they index. */
  if (!check_axis_kinds (call, item, 0, failure))
    return false;
  for (int i = 0; i < 2; i++)
    rotation->axis[i] =
        item[i].kind == SCOPE_VALUE_FLOAT ? (int64_t)item[i].number : item[i].integer;
  long long a = rotation->axis[0], b = rotation->axis[1];
  if (a == b || a - b == rank || b - a == rank)
    return refuse (call, failure, AXES, SCOPE_RULE_AXIS, two_axes, "ValueError",
                   "Axes must be different.");
  if (a >= rank || a < -rank || b >= rank || b < -rank)
    {
      ScopeText text = { 0 };
      scope_python_repr (&(ScopeValue){ .kind = SCOPE_VALUE_TUPLE, .item = item, .items = 2 },
                         &text);
      refuse (call, failure, AXES, SCOPE_RULE_AXIS, "There is no such axis.", "ValueError",
              "Axes=%s out of range for array of ndim=%d.", scope_text_string (&text), rank);
      scope_text_clear (&text);
      return false;
    }
  return read_numpy_quarters (call, rotation, failure)
         && check_axis_kinds (call, item, rotation->quarters, failure);
}

static bool
infer_rotation (const ScopeCall *call, ScopeResult *result, ScopeFailure *failure)
{
  Rotation rotation = { 0 };
  if (!scope_operand_or_number (call, ROTATED, &rotation.input, failure))
    return false;
  if (!(call->dialect == SCOPE_PYTORCH ? check_torch_rotation
                                       : check_numpy_rotation) (call, &rotation, failure))
    return false;
  ScopeShape shape = rotation.input.shape;
  ScopePlacing *plan = scope_placing_new (call, &shape, 0);
  if (plan == NULL)
    return false;
  int a = (int)(rotation.axis[0] + (rotation.axis[0] < 0 ? shape.rank : 0));
  int b = (int)(rotation.axis[1] + (rotation.axis[1] < 0 ? shape.rank : 0));
  if (rotation.quarters % 2 == 1)
    {
      shape.size[a] = rotation.input.shape.size[b];
      shape.size[b] = rotation.input.shape.size[a];
      plan->rule[a].axis = b;
      plan->rule[b].axis = a;
    }
  bool reversed[SCOPE_MAX_RANK] = { false };
  reversed[b] = rotation.quarters == 1 || rotation.quarters == 2;
  reversed[a] = rotation.quarters == 3 || rotation.quarters == 2;
  for (int axis = 0; axis < shape.rank; axis++)
    if (reversed[axis])
      reverse (&plan->rule[axis]);
  scope_result_add_input (call, result, &call->value[ROTATED]);
  scope_result_set (result, &shape, rotation.input.dtype);
  int64_t stride[SCOPE_MAX_RANK];
  scope_stride_reversed (call, &call->value[ROTATED], reversed, stride);
  if (rotation.quarters % 2 == 1)
    {
      int64_t kept = stride[a];
      stride[a] = stride[b];
      stride[b] = kept;
    }
  if (rotation.quarters > 0 || call->dialect != SCOPE_PYTORCH)
    result->output.stride = scope_stride_keep (call, &shape, stride);
  result->plan = plan;
  return true;
}

/* ---- the table ------------------------------------------------------------------------------ */

static const ScopeParameter flip_parameters[] = {
  [INPUT] = { "input", SCOPE_TAKES_TENSOR, NULL, NULL, "what is reversed" },
  [DIMS] = { "dims", SCOPE_TAKES_AXES, "None", NULL, "the axes that are reversed" },
  { NULL },
};

static const ScopeParameter named_parameters[] = {
  [INPUT] = { "input", SCOPE_TAKES_TENSOR, NULL, NULL, "what is reversed" },
  { NULL },
};

static const ScopeParameter rotation_parameters[] = {
  [ROTATED] = { "input", SCOPE_TAKES_TENSOR, NULL, NULL, "what is rotated" },
  [TIMES] = { "k", SCOPE_TAKES_INT, "1", NULL, "the number of quarter turns" },
  [AXES] = { "dims", SCOPE_TAKES_AXES, "(0, 1)", NULL, "from the first axis to the second" },
  { NULL },
};

static const ScopeSpelling flip_spellings[] = {
  { "torch.flip", SCOPE_PYTORCH, "input dims", .signature = "(Tensor input, tuple of ints dims)" },
  { ".flip", SCOPE_PYTORCH, "input *dims", .signature = "(tuple of ints dims)" },
  { "np.flip", SCOPE_NUMPY, "input=m dims=axis", .signature = "def flip(m, axis=None)" },
  { "tf.reverse", SCOPE_TENSORFLOW, "input=tensor dims=axis -name" },
  { "jnp.flip", SCOPE_JAX, "input=m dims=axis" },
  { NULL },
};

#define NAMED_FLIPS(table, name, which)                                                            \
  static const ScopeSpelling table[] = {                                                           \
    { "torch." name, SCOPE_PYTORCH, "input", which, .signature = "(Tensor input)" },               \
    { "." name, SCOPE_PYTORCH, "input", which, .signature = "()" },                                \
    { "np." name, SCOPE_NUMPY, "input=m", which, .signature = "def " name "(m)" },                 \
    { "jnp." name, SCOPE_JAX, "input=m", which },                                                  \
    { NULL },                                                                                      \
  }

NAMED_FLIPS (fliplr_spellings, "fliplr", LEFT_RIGHT);
NAMED_FLIPS (flipud_spellings, "flipud", UP_DOWN);

static const ScopeSpelling rotation_spellings[] = {
  { "torch.rot90", SCOPE_PYTORCH, "input k dims",
    .signature = "(Tensor input, int k=1, tuple of ints dims=(0,1))" },
  { ".rot90", SCOPE_PYTORCH, "input k dims", .signature = "(int k=1, tuple of ints dims=(0,1))" },
  { "np.rot90", SCOPE_NUMPY, "input=m k dims=axes", .signature = "def rot90(m, k=1, axes=None)" },
  { "jnp.rot90", SCOPE_JAX, "input=m k dims=axes" },
  { NULL },
};

#define FLIPPING(title, words, spellings, table, how)                                              \
  {                                                                                                \
    .name = title, .group = "joining", .about = words, .spelling = spellings, .parameter = table,  \
    .infer = how, .read = scope_place_read, .trace = scope_place_trace                             \
  }

const ScopeOp scope_ops_flipping[] = {
  FLIPPING ("flip",
            "Reverses the order of the elements along axes.",
            flip_spellings,
            flip_parameters,
            infer_flip),
  FLIPPING ("fliplr", "Reverses axis 1.", fliplr_spellings, named_parameters, infer_named),
  FLIPPING ("flipud", "Reverses axis 0.", flipud_spellings, named_parameters, infer_named),
  FLIPPING ("rot90",
            "Rotates by quarter turns in the plane of two axes.",
            rotation_spellings,
            rotation_parameters,
            infer_rotation),
  { NULL },
};
