/* kron and cross. */
#include "core/checked.h"
#include "ops/argument.h"
#include "ops/axis.h"
#include "ops/broadcast.h"
#include "ops/compose.h"
#include "ops/operand.h"
#include "ops/program.h"
#include "ops/promote.h"
#include "ops/torch-product.h"

#include <inttypes.h>
#include <string.h>

enum
{
  INPUT,
  OTHER,
  DIM,
  DIM_A,
  DIM_B,
  DIM_C,
};

static bool
is_torch (const ScopeCall *call)
{
  return call->dialect == SCOPE_PYTORCH;
}

/* ---- kron ----------------------------------------------------------------------------------- */

/* (a0, 1, a1, 1 …) or (1, b0, 1, b1 …) of axes that are not there: 1. */
static bool
interleave (const ScopeCall *call, int rank, bool second, ScopeFailure *failure, ScopeValue *value)
{
  const ScopeShape *shape = scope_call_shape (call, value);
  int64_t size[SCOPE_MAX_RANK];
  for (int a = 0; a < rank; a++)
    {
      int from = a - (rank - shape->rank);
      size[2 * a + second] = from < 0 ? 1 : shape->size[from];
      size[2 * a + !second] = 1;
    }
  return SCOPE_COMPOSE (call, failure, value, is_torch (call) ? "torch.reshape" : "np.reshape",
                        *value, scope_compose_ints (call, size, 2 * rank));
}

static bool
kron_infer (const ScopeCall *call, ScopeResult *result, ScopeFailure *failure)
{
  ScopeValue a = call->value[INPUT], b = call->value[OTHER], value;
  ScopeShape first = *scope_call_shape (call, &a), second = *scope_call_shape (call, &b);
  int rank = (int)scope_max (first.rank, second.rank);
  const char *multiply = is_torch (call) ? "torch.mul" : "np.multiply";
  for (int p = INPUT; p <= OTHER; p++)
    if (!scope_value_is_operand (&call->value[p]))
      return scope_call_refuse (call, p, failure, "kron() takes tensors");
  if (rank > SCOPE_MAX_RANK / 2)
    return scope_refuse (call, -1, failure, SCOPE_RULE_LIMIT, "RuntimeError",
                         "tensor has too many (>64) dims");
  if (!is_torch (call) && second.rank == 0)
    return SCOPE_COMPOSE (call, failure, &value, multiply, a, b)
           && scope_compose_finish (call, result, &value);
  if (!interleave (call, rank, false, failure, &a) || !interleave (call, rank, true, failure, &b)
      || !SCOPE_COMPOSE (call, failure, &value, multiply, a, b))
    return false;
  int64_t size[SCOPE_MAX_RANK];
  const ScopeShape *wide = scope_call_shape (call, &value);
  for (int axis = 0; axis < rank; axis++)
    size[axis] = scope_sizes_product (&wide->size[2 * axis], 2);
  return SCOPE_COMPOSE (call, failure, &value, is_torch (call) ? "torch.reshape" : "np.reshape",
                        value, scope_compose_ints (call, size, rank))
         && scope_compose_finish (call, result, &value);
}

/* ---- cross, PyTorch ------------------------------------------------------------------------- */

/* a₁b₂ − a₂b₁ and so on: the next place times the one after that, and the other way round. */
static bool
multiply_around (const ScopeCall *call,
                 ScopeFailure *failure,
                 ScopeValue a,
                 ScopeValue b,
                 int axis,
                 ScopeValue *out)
{
  bool torch = is_torch (call);
  const char *roll = torch ? "torch.roll" : "np.roll";
  const char *multiply = torch ? "torch.mul" : "np.multiply";
  ScopeValue along = scope_compose_int (call, axis), next = scope_compose_int (call, -1),
             after = scope_compose_int (call, -2);
  ScopeValue a1, a2, b1, b2, first, second;
  return SCOPE_COMPOSE (call, failure, &a1, roll, a, next, along)
         && SCOPE_COMPOSE (call, failure, &a2, roll, a, after, along)
         && SCOPE_COMPOSE (call, failure, &b1, roll, b, next, along)
         && SCOPE_COMPOSE (call, failure, &b2, roll, b, after, along)
         && SCOPE_COMPOSE (call, failure, &first, multiply, a1, b2)
         && SCOPE_COMPOSE (call, failure, &second, multiply, a2, b1)
         && SCOPE_COMPOSE (call, failure, out, torch ? "torch.sub" : "np.subtract", first, second);
}

/* The axis asked for; torch.cross takes the first of size 3 by itself. */
static bool
find_torch_axis (const ScopeCall *call,
                 const ScopeShape *a,
                 int64_t *given,
                 int *axis,
                 ScopeFailure *failure)
{
  bool linalg = call->spelling->variant != 0;
  const ScopeValue *dim = &call->value[DIM];
  *given = -1;
  if (!linalg && (!scope_value_given (dim) || dim->kind == SCOPE_VALUE_NONE))
    {
      for (*axis = 0; *axis < a->rank; (*axis)++)
        if (!scope_sizes_differ (a->size[*axis], 3))
          {
            *given = *axis;
            return true;
          }
      return scope_refuse (call, INPUT, failure, SCOPE_RULE_SIZE, "RuntimeError",
                           "no dimension of size 3 in input");
    }
  return scope_call_int (call, DIM, given, failure);
}

static bool
torch_cross (const ScopeCall *call, ScopeFailure *failure, ScopeValue *out)
{
  const ScopeShape *a = scope_call_shape (call, &call->value[INPUT]);
  const ScopeShape *b = scope_call_shape (call, &call->value[OTHER]);
  ScopeDtype dtype = scope_call_dtype (call, &call->value[INPUT]);
  ScopeDtype other = scope_call_dtype (call, &call->value[OTHER]);
  ScopeAxisStyle style = { 0 };
  ScopeShape both;
  int64_t given;
  int axis = 0;
  if (!find_torch_axis (call, a, &given, &axis, failure))
    return false;
  if (a->rank != b->rank)
    return scope_refuse (call, OTHER, failure, SCOPE_RULE_RANK, "RuntimeError",
                         "linalg.cross: inputs must have the same number of dimensions.");
  if (!scope_axis_find (call, DIM, &style, given, a->rank, &axis, failure))
    return false;
  if (scope_sizes_differ (a->size[axis], 3) || scope_sizes_differ (b->size[axis], 3))
    return scope_refuse (call, DIM, failure, SCOPE_RULE_SIZE, "RuntimeError",
                         "linalg.cross: inputs dimension %" PRId64
                         " must have length 3. Got %" PRId64 " and %" PRId64,
                         given, a->size[axis], b->size[axis]);
  const ScopeShape *shapes[] = { a, b };
  if (!scope_broadcast (call, shapes, NULL, 2, NULL, &both, failure))
    return false;
  if (scope_torch_lists ("?e", dtype))
    return scope_torch_has_no_kernel ("cross", dtype, failure);
  if (dtype != other)
    return scope_torch_expected_type (dtype, other, failure);
  return multiply_around (call, failure, call->value[INPUT], call->value[OTHER], axis, out);
}

/* ---- cross, NumPy --------------------------------------------------------------------------- */

/* np.moveaxis (x, axis, -1), axis as `axisa` or as `axis`. */
static bool
move_last (const ScopeCall *call,
           int parameter,
           const char *prefix,
           ScopeFailure *failure,
           ScopeValue *value)
{
  ScopeAxisStyle style = { .prefix = prefix };
  const ScopeValue *all = &call->value[DIM];
  int which = scope_value_given (all) && all->kind != SCOPE_VALUE_NONE ? DIM : parameter;
  int rank = scope_call_shape (call, value)->rank, found;
  int64_t axis = -1;
  return scope_call_int (call, which, &axis, failure)
         && scope_axis_find (call, which, &style, axis, rank, &found, failure)
         && SCOPE_COMPOSE (call, failure, value, "np.moveaxis", *value,
                           scope_compose_int (call, found), scope_compose_int (call, -1));
}

/* A vector of the plane is one of space. */
static bool
lift (const ScopeCall *call, ScopeFailure *failure, ScopeValue *value)
{
  const ScopeShape *shape = scope_call_shape (call, value);
  int64_t pad[2] = { 0, 1 };
  return shape->size[shape->rank - 1] != 2
         || SCOPE_COMPOSE (call, failure, value, "F.pad", *value,
                           scope_compose_ints (call, pad, 2));
}

/* a₀b₁ − a₁b₀. */
static bool
plane_cross (const ScopeCall *call,
             ScopeFailure *failure,
             ScopeValue a,
             ScopeValue b,
             ScopeValue *out)
{
  ScopeValue last = scope_compose_int (call, -1), one = scope_compose_int (call, 1),
             zero = scope_compose_int (call, 0), turned, both, first, second;
  return SCOPE_COMPOSE (call, failure, &turned, "np.roll", b, one, last)
         && SCOPE_COMPOSE (call, failure, &both, "np.multiply", a, turned)
         && SCOPE_COMPOSE (call, failure, &first, "np.take", both, zero, last)
         && SCOPE_COMPOSE (call, failure, &second, "np.take", both, one, last)
         && SCOPE_COMPOSE (call, failure, out, "np.subtract", first, second);
}

/* The words for leading axes that do not fit. */
static bool
check_leading (const ScopeCall *call, ScopeShape a, ScopeShape b, ScopeFailure *failure)
{
  const ScopeShape *shapes[] = { &a, &b };
  ScopeShape both;
  a.rank--;
  b.rank--;
  if (scope_broadcast_shapes (shapes, 2, &both))
    return true;
  ScopeText first = { 0 }, second = { 0 };
  scope_shape_print (&a, SCOPE_SHAPE_TUPLE, &first);
  scope_shape_print (&b, SCOPE_SHAPE_TUPLE, &second);
  scope_refuse (call, -1, failure, SCOPE_RULE_BROADCAST, "ValueError",
                "shape mismatch: objects cannot be broadcast to a single shape.  Mismatch is "
                "between arg 0 with shape %s and arg 1 with shape %s.",
                scope_text_string (&first), scope_text_string (&second));
  scope_text_clear (&first);
  scope_text_clear (&second);
  return false;
}

static bool
numpy_cross (const ScopeCall *call, ScopeFailure *failure, ScopeValue *out)
{
  ScopeValue a = call->value[INPUT], b = call->value[OTHER];
  if (!move_last (call, DIM_A, "axisa: ", failure, &a)
      || !move_last (call, DIM_B, "axisb: ", failure, &b))
    return false;
  ScopeShape first = *scope_call_shape (call, &a), second = *scope_call_shape (call, &b);
  int64_t m = first.size[first.rank - 1], n = second.size[second.rank - 1];
  bool known = scope_size_is_known (m) && scope_size_is_known (n);
  if (known && ((m != 2 && m != 3) || (n != 2 && n != 3)))
    return scope_refuse (call, -1, failure, SCOPE_RULE_SIZE, "ValueError",
                         "incompatible dimensions for cross product\n(dimension must be 2 or 3)");
  if (!check_leading (call, first, second, failure))
    return false;
  bool bools =
      scope_call_dtype (call, &a) == SCOPE_BOOL && scope_call_dtype (call, &b) == SCOPE_BOOL;
  if (bools && m != n)
    return scope_refuse (call, -1, failure, SCOPE_RULE_TYPE, "TypeError",
                         "The numpy boolean negative, the `-` operator, is not supported, use the "
                         "`~` operator or the logical_not function instead.");
  if (m == 2 && n == 2)
    return plane_cross (call, failure, a, b, out);
  const ScopeValue *all = &call->value[DIM];
  int which = scope_value_given (all) && all->kind != SCOPE_VALUE_NONE ? DIM : DIM_C;
  int rank = (int)scope_max (first.rank, second.rank), found;
  int64_t axis = -1;
  ScopeAxisStyle style = { .prefix = "axisc: " };
  return scope_call_int (call, which, &axis, failure)
         && scope_axis_find (call, which, &style, axis, rank, &found, failure)
         && lift (call, failure, &a) && lift (call, failure, &b)
         && multiply_around (call, failure, a, b, -1, out)
         && SCOPE_COMPOSE (call, failure, out, "np.moveaxis", *out, scope_compose_int (call, -1),
                           scope_compose_int (call, found));
}

static bool
cross_infer (const ScopeCall *call, ScopeResult *result, ScopeFailure *failure)
{
  ScopeValue value;
  for (int p = INPUT; p <= OTHER; p++)
    if (!scope_value_is_operand (&call->value[p]))
      return scope_call_refuse (call, p, failure, "cross() takes tensors");
  return (is_torch (call) ? torch_cross (call, failure, &value)
                          : numpy_cross (call, failure, &value))
         && scope_compose_finish (call, result, &value);
}

/* ---- the table ------------------------------------------------------------------------------ */

static const ScopeParameter kron_parameters[] = {
  { "input", SCOPE_TAKES_TENSOR, NULL, NULL, "each element of it …" },
  { "other", SCOPE_TAKES_TENSOR, NULL, NULL, "… times all of this" },
  { NULL },
};

static const ScopeSpelling kron_spellings[] = {
  { "torch.kron", SCOPE_PYTORCH, "input other | -out",
    .signature = "(Tensor input, Tensor other, *, Tensor out=None)" },
  { ".kron", SCOPE_PYTORCH, .signature = "(Tensor other)" },
  { "np.kron", SCOPE_NUMPY, "input=a other=b", .signature = "def kron(a, b)" },
  { "jnp.kron", SCOPE_JAX, "input=a other=b" },
  { NULL },
};

static const ScopeParameter cross_parameters[] = {
  { "input", SCOPE_TAKES_TENSOR, NULL, NULL, "vectors" },
  { "other", SCOPE_TAKES_TENSOR, NULL, NULL, "vectors" },
  { "dim", SCOPE_TAKES_AXIS, "None", NULL, "the axis of their components" },
  { "axisa", SCOPE_TAKES_AXIS, "-1", NULL, "that of the first alone" },
  { "axisb", SCOPE_TAKES_AXIS, "-1", NULL, "that of the second alone" },
  { "axisc", SCOPE_TAKES_AXIS, "-1", NULL, "that of the result" },
  { NULL },
};

static const ScopeSpelling cross_spellings[] = {
  { "torch.cross", SCOPE_PYTORCH, "input other dim | -out", 0,
    .signature = "(Tensor input, Tensor other, int dim=None, *, Tensor out=None)" },
  { ".cross", SCOPE_PYTORCH, "input other dim", 0, .signature = "(Tensor other, int dim=None)" },
  { "torch.linalg.cross", SCOPE_PYTORCH, "input other | dim -out", 1,
    .signature = "linalg_cross(Tensor input, Tensor other, *, int dim=-1, Tensor out=None)" },
  { "np.cross", SCOPE_NUMPY, "input=a other=b axisa axisb axisc dim=axis", 0,
    .signature = "def cross(a, b, axisa=-1, axisb=-1, axisc=-1, axis=None)" },
  { "jnp.cross", SCOPE_JAX, "input=a other=b axisa axisb axisc dim=axis", 0 },
  { NULL },
};

const ScopeOp scope_ops_vector_products[] = {
  { .name = "kron",
    .group = "products",
    .about = "every element of one times all of another",
    .spelling = kron_spellings,
    .parameter = kron_parameters,
    .infer = kron_infer,
    .read = scope_compose_read,
    .trace = scope_compose_trace },
  { .name = "cross",
    .group = "products",
    .about = "the vector product",
    .spelling = cross_spellings,
    .parameter = cross_parameters,
    .infer = cross_infer,
    .read = scope_compose_read,
    .trace = scope_compose_trace },
  { NULL },
};
