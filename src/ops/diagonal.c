/* Diagonals: diagonal, diag, diag_embed, diagflat, trace, tril, triu. */
#include "core/arena.h"
#include "core/checked.h"
#include "ops/argument.h"
#include "ops/axis.h"
#include "ops/compose.h"
#include "ops/operand.h"
#include "ops/program.h"
#include "ops/promote.h"
#include "ops/stride.h"
#include "ops/torch-product.h"

#include <inttypes.h>
#include <string.h>

enum
{
  INPUT,
  OFFSET,
  DIM1,
  DIM2,
  DTYPE,
};

/* out[…, k] = in[…, k + row, …, k + column, …]: the axes that are left, then the diagonal. */
typedef struct
{
  int axis[2];
  int64_t start[2];
} Diagonal;

static bool
is_torch (const ScopeCall *call)
{
  return call->dialect == SCOPE_PYTORCH;
}

static int64_t
int_or (const ScopeCall *call, int parameter, int64_t initial, ScopeFailure *failure, bool *done)
{
  int64_t number = initial;
  const ScopeValue *value = &call->value[parameter];
  bool whole = scope_value_is_int (value) || value->kind == SCOPE_VALUE_SIZE;
  if (*done && !is_torch (call) && scope_value_given (value) && !whole)
    *done = scope_refuse_integer (call, parameter, value, failure);
  *done = *done && scope_call_int (call, parameter, &number, failure);
  return number;
}

/* ---- diagonal ------------------------------------------------------------------------------- */

/* The two axes, in each framework's words. */
static bool
find_axes (const ScopeCall *call, int rank, int axis[2], ScopeFailure *failure)
{
  bool done = true;
  int64_t given[2];
  ScopeAxisStyle style[2] = { { .prefix = "axis1: ", .scalar_has_one = is_torch (call) },
                              { .prefix = "axis2: ", .scalar_has_one = is_torch (call) } };
  for (int i = 0; i < 2; i++)
    given[i] = int_or (call, DIM1 + i, i, failure, &done);
  if (!done)
    return false;
  if (!is_torch (call) && rank < 2)
    return scope_refuse (call, INPUT, failure, SCOPE_RULE_RANK, "ValueError",
                         "diag requires an array of at least two dimensions");
  for (int i = 0; i < 2; i++)
    if (!scope_axis_find (call, DIM1 + i, &style[i], given[i], rank, &axis[i], failure))
      return false;
  if (axis[0] != axis[1])
    return true;
  if (is_torch (call))
    return scope_refuse (call, DIM2, failure, SCOPE_RULE_AXIS, "RuntimeError",
                         "diagonal dimensions cannot be identical %" PRId64 ", %" PRId64, given[0],
                         given[1]);
  return scope_refuse (call, DIM2, failure, SCOPE_RULE_AXIS, "ValueError",
                       "axis1 and axis2 cannot be the same");
}

/* How many elements a diagonal has; unknown where a size is. */
static int64_t
length_of (int64_t rows, int64_t columns, int64_t offset)
{
  if (!scope_size_is_known (rows) || !scope_size_is_known (columns))
    return SCOPE_SIZE_UNKNOWN;
  if (offset >= 0)
    columns = offset > columns ? 0 : columns - offset;
  else
    rows = offset == INT64_MIN || -offset > rows ? 0 : rows + offset;
  return scope_min (rows, columns);
}

static bool
diagonal_infer (const ScopeCall *call, ScopeResult *result, ScopeFailure *failure)
{
  const ScopeShape *in = scope_call_shape (call, &call->value[INPUT]);
  bool done = true;
  int64_t offset = int_or (call, OFFSET, 0, failure, &done);
  Diagonal *plan = scope_arena_alloc (call->arena, sizeof *plan);
  if (plan == NULL)
    return scope_call_out_of_memory (call);
  if (!done || !find_axes (call, in->rank, plan->axis, failure))
    return false;
  plan->start[0] = offset < 0 ? -offset : 0;
  plan->start[1] = offset > 0 ? offset : 0;
  int64_t stride[SCOPE_MAX_RANK], kept[SCOPE_MAX_RANK];
  scope_call_stride (call, &call->value[INPUT], stride);
  ScopeShape out = { 0 };
  for (int a = 0; a < in->rank; a++)
    if (a != plan->axis[0] && a != plan->axis[1])
      {
        kept[out.rank] = stride[a];
        out.size[out.rank++] = in->size[a];
      }
  kept[out.rank] = stride[plan->axis[0]] + stride[plan->axis[1]];
  out.size[out.rank++] = length_of (in->size[plan->axis[0]], in->size[plan->axis[1]], offset);
  scope_result_add_input (call, result, &call->value[INPUT]);
  scope_result_set (result, &out, scope_call_dtype (call, &call->value[INPUT]));
  result->output.stride = scope_stride_keep (call, &result->output.shape, kept);
  result->plan = plan;
  return true;
}

/* The other axes in a place of the diagonal: source's axes but those two, in order. */
static int
other_axis (const Diagonal *plan, int axis)
{
  for (int a = 0, seen = 0;; a++)
    if (a != plan->axis[0] && a != plan->axis[1] && seen++ == axis)
      return a;
}

static bool
diagonal_read (const ScopeNode *node,
               ScopeReader *reader,
               const ScopeRegion *region,
               const ScopeBuffer *out,
               ScopeError *error)
{
  const Diagonal *plan = node->plan;
  int last = region->rank - 1;
  int64_t bytes = (int64_t)scope_dtype_bytes (node->dtype);
  for (int64_t k = 0; k < region->count[last]; k++)
    {
      ScopeRegion source = { .rank = region->rank + 1 };
      ScopeBuffer buffer = { .data = (char *)out->data + k * out->stride[last] * bytes };
      int64_t place = region->start[last] + k * region->step[last];
      for (int i = 0; i < 2; i++)
        {
          source.start[plan->axis[i]] = place + plan->start[i];
          source.step[plan->axis[i]] = source.count[plan->axis[i]] = 1;
        }
      for (int a = 0; a < last; a++)
        {
          int from = other_axis (plan, a);
          source.start[from] = region->start[a];
          source.step[from] = region->step[a];
          source.count[from] = region->count[a];
          buffer.stride[from] = out->stride[a];
        }
      if (!scope_read_go_on (reader, error)
          || !scope_read_input (node, reader, 0, &source, &buffer, error))
        return false;
    }
  return true;
}

static bool
diagonal_trace (const ScopeNode *node, const int64_t *index, ScopeTrace *trace)
{
  const Diagonal *plan = node->plan;
  int last = node->shape.rank - 1;
  int64_t source[SCOPE_MAX_RANK];
  for (int i = 0; i < 2; i++)
    source[plan->axis[i]] = index[last] + plan->start[i];
  for (int a = 0; a < last; a++)
    source[other_axis (plan, a)] = index[a];
  return trace->add (trace, 0, source, 1);
}

/* ---- putting values on a diagonal ----------------------------------------------------------- */

/* A new last two axes with `value`'s last axis on the diagonal, zeros elsewhere. */
static bool
embed (const ScopeCall *call, int64_t offset, ScopeFailure *failure, ScopeValue *value)
{
  const ScopeShape *shape = scope_call_shape (call, value);
  int64_t far = offset < 0 ? -offset : offset, size = shape->size[shape->rank - 1], all;
  int64_t pad[2] = { 0, far };
  if (!scope_size_is_known (size) || !scope_checked_add (size, far, &all))
    all = SCOPE_SIZE_UNKNOWN;
  ScopeValue mask, none = scope_compose_none (call);
  ScopeValue type = { .kind = SCOPE_VALUE_DTYPE, .dtype = SCOPE_BOOL, .span = call->span };
  if (far != 0
      && !SCOPE_COMPOSE (call, failure, value, "F.pad", *value, scope_compose_ints (call, pad, 2)))
    return false;
  return SCOPE_COMPOSE (call, failure, value, "torch.unsqueeze", *value,
                        scope_compose_int (call, offset < 0 ? -2 : -1))
         && SCOPE_COMPOSE (call, failure, &mask, "np.eye", scope_compose_int (call, all), none,
                           scope_compose_int (call, offset), type)
         && SCOPE_COMPOSE (call, failure, &mask, "torch.logical_not", mask)
         && SCOPE_COMPOSE (call, failure, value, "torch.masked_fill", *value, mask,
                           scope_compose_int (call, 0));
}

static bool
diag_embed_infer (const ScopeCall *call, ScopeResult *result, ScopeFailure *failure)
{
  ScopeValue value = call->value[INPUT];
  int rank = scope_call_shape (call, &value)->rank + 1, axis[2];
  bool done = true;
  ScopeAxisStyle style = { .scalar_has_one = true };
  int64_t offset = int_or (call, OFFSET, 0, failure, &done);
  int64_t dim[2] = { int_or (call, DIM1, -2, failure, &done),
                     int_or (call, DIM2, -1, failure, &done) };
  if (!done)
    return false;
  for (int i = 0; i < 2; i++)
    if (!scope_axis_find (call, DIM1 + i, &style, dim[i], rank, &axis[i], failure))
      return false;
  if (axis[0] == axis[1])
    return scope_refuse (call, DIM2, failure, SCOPE_RULE_AXIS, "RuntimeError",
                         "diagonal dimensions cannot be identical %" PRId64 ", %" PRId64, dim[0],
                         dim[1]);
  int64_t from[2] = { -2, -1 }, to[2] = { axis[0], axis[1] };
  return embed (call, offset, failure, &value)
         && SCOPE_COMPOSE (call, failure, &value, "torch.movedim", value,
                           scope_compose_ints (call, from, 2), scope_compose_ints (call, to, 2))
         && scope_compose_finish (call, result, &value);
}

/* PyTorch's diag of a matrix fails where the diagonal lies outside. */
static bool
check_torch_diag (const ScopeCall *call,
                  const ScopeShape *shape,
                  int64_t offset,
                  ScopeFailure *failure)
{
  ScopeDtype dtype = scope_call_dtype (call, &call->value[INPUT]);
  if (scope_torch_lists ("e", dtype))
    return scope_torch_has_no_kernel ("diag", dtype, failure);
  if (shape->rank != 1 && shape->rank != 2)
    return scope_refuse (call, INPUT, failure, SCOPE_RULE_RANK, "RuntimeError",
                         "matrix or a vector expected");
  if (shape->rank == 2 && scope_shape_is_known (shape)
      && (offset > shape->size[1] || offset < -shape->size[0]))
    return scope_refuse (call, OFFSET, failure, SCOPE_RULE_SIZE, "RuntimeError",
                         "numel: integer multiplication overflow");
  return true;
}

static bool
diag_infer (const ScopeCall *call, ScopeResult *result, ScopeFailure *failure)
{
  ScopeValue value = call->value[INPUT];
  bool done = true, flat = strcmp (call->op->name, "diagflat") == 0;
  const ScopeValue *k = &call->value[OFFSET];
  if (!is_torch (call) && scope_value_given (k) && !scope_value_is_number (k)
      && (flat || scope_call_shape (call, &value)->rank == 1))
    return scope_refuse (call, OFFSET, failure, SCOPE_RULE_ARGUMENT, "TypeError",
                         "bad operand type for abs(): '%s'", scope_value_type_name (call, k));
  int64_t offset = int_or (call, OFFSET, 0, failure, &done);
  if (!done
      || (flat
          && !SCOPE_COMPOSE (call, failure, &value, is_torch (call) ? "torch.ravel" : "np.ravel",
                             value)))
    return false;
  const ScopeShape *shape = scope_call_shape (call, &value);
  if (is_torch (call) && !check_torch_diag (call, shape, offset, failure))
    return false;
  if (shape->rank != 1 && shape->rank != 2)
    return scope_refuse (call, INPUT, failure, SCOPE_RULE_RANK, "ValueError",
                         "Input must be 1- or 2-d.");
  if (shape->rank == 1 ? !embed (call, offset, failure, &value)
                       : !SCOPE_COMPOSE (call, failure, &value, "torch.diagonal", value,
                                         scope_compose_int (call, offset)))
    return false;
  return scope_compose_finish (call, result, &value);
}

/* ---- trace ---------------------------------------------------------------------------------- */

static bool
torch_trace (const ScopeCall *call, ScopeFailure *failure, ScopeValue *value)
{
  int rank = scope_call_shape (call, value)->rank;
  ScopeDtype dtype = scope_call_dtype (call, value);
  if (scope_torch_lists ("?ey", dtype))
    return scope_torch_has_no_kernel ("trace", dtype, failure);
  if (rank != 2)
    return scope_refuse (call, INPUT, failure, SCOPE_RULE_RANK, "RuntimeError",
                         "trace: expected a matrix, but got tensor with dim %d", rank);
  return SCOPE_COMPOSE (call, failure, value, "torch.diagonal", *value)
         && SCOPE_COMPOSE (call, failure, value, "torch.sum", *value);
}

static bool
numpy_trace (const ScopeCall *call, ScopeFailure *failure, ScopeValue *value)
{
  ScopeArgument argument[4] = { { .value = *value } };
  static const char *const names[] = { NULL, "offset", "axis1", "axis2" };
  if (call->value[OFFSET].kind == SCOPE_VALUE_FLOAT)
    return scope_refuse (call, OFFSET, failure, SCOPE_RULE_ARGUMENT, "TypeError",
                         "integer argument expected, got float");
  int arguments = 1;
  for (int p = OFFSET; p <= DIM2; p++)
    if (scope_value_given (&call->value[p]))
      argument[arguments++] = (ScopeArgument){ .name = names[p], .value = call->value[p] };
  if (!scope_compose (call, failure, "np.diagonal", argument, arguments, value))
    return false;
  ScopeValue last = scope_compose_int (call, -1);
  return scope_value_given (&call->value[DTYPE])
             ? SCOPE_COMPOSE (call, failure, value, "np.sum", *value, last, call->value[DTYPE])
             : SCOPE_COMPOSE (call, failure, value, "np.sum", *value, last);
}

static bool
trace_infer (const ScopeCall *call, ScopeResult *result, ScopeFailure *failure)
{
  ScopeValue value = call->value[INPUT];
  bool done =
      is_torch (call) ? torch_trace (call, failure, &value) : numpy_trace (call, failure, &value);
  return done && scope_compose_finish (call, result, &value);
}

/* ---- tril and triu -------------------------------------------------------------------------- */

/* True above or below diagonal number k of the last two axes: what becomes 0. */
static bool
make_mask (const ScopeCall *call,
           ScopeFailure *failure,
           int64_t rows,
           int64_t columns,
           bool upper,
           ScopeValue *mask)
{
  ScopeValue row, column, k = call->value[OFFSET];
  if (!scope_value_given (&k))
    k = scope_compose_int (call, 0);
  return SCOPE_COMPOSE (call, failure, &row, "torch.arange", scope_compose_int (call, rows))
         && SCOPE_COMPOSE (call, failure, &row, "torch.unsqueeze", row, scope_compose_int (call, 1))
         && SCOPE_COMPOSE (call, failure, &row, "torch.add", row, k)
         && SCOPE_COMPOSE (call, failure, &column, "torch.arange",
                           scope_compose_int (call, columns))
         && SCOPE_COMPOSE (call, failure, mask, upper ? "torch.lt" : "torch.gt", column, row);
}

static bool
triangle_infer (const ScopeCall *call, ScopeResult *result, ScopeFailure *failure)
{
  bool upper = call->op->name[3] == 'u';
  ScopeValue value = call->value[INPUT], mask;
  ScopeShape shape = *scope_call_shape (call, &value);
  const ScopeValue *k = &call->value[OFFSET];
  bool number = scope_value_is_number (k) || !scope_value_given (k);
  if (!number && !is_torch (call) && (upper || shape.rank > 0))
    return upper ? scope_refuse (call, OFFSET, failure, SCOPE_RULE_ARGUMENT, "TypeError",
                                 "unsupported operand type(s) for -: '%s' and 'int'",
                                 scope_value_type_name (call, k))
                 : scope_refuse (call, OFFSET, failure, SCOPE_RULE_ARGUMENT, "TypeError",
                                 "bad operand type for unary -: '%s'",
                                 scope_value_type_name (call, k));
  if (is_torch (call) && scope_shape_is_empty (&shape))
    return SCOPE_COMPOSE (call, failure, &value, "torch.clone", value)
           && scope_compose_finish (call, result, &value);
  if (is_torch (call) && shape.rank == 0)
    return scope_refuse (call, INPUT, failure, SCOPE_RULE_RANK, "IndexError",
                         "Dimension specified as -2 but tensor has no dimensions");
  if (is_torch (call) && shape.rank == 1)
    return scope_refuse (call, INPUT, failure, SCOPE_RULE_RANK, "IndexError",
                         "Dimension out of range (expected to be in range of [-1, 0], but got -2)");
  if (shape.rank == 0)
    return scope_refuse (call, INPUT, failure, SCOPE_RULE_RANK, "TypeError",
                         "tri() missing 1 required positional argument: 'N'");
  int64_t columns = shape.size[shape.rank - 1];
  int64_t rows = shape.rank > 1 ? shape.size[shape.rank - 2] : columns;
  return make_mask (call, failure, rows, columns, upper, &mask)
         && SCOPE_COMPOSE (call, failure, &value, "torch.masked_fill", value, mask,
                           scope_compose_int (call, 0))
         && scope_compose_finish (call, result, &value);
}

/* ---- the table ------------------------------------------------------------------------------ */

#define ANY                                                                                        \
  {                                                                                                \
    "input", SCOPE_TAKES_TENSOR, NULL, NULL, "any tensor"                                          \
  }
#define WHICH                                                                                      \
  {                                                                                                \
    "offset", SCOPE_TAKES_INT, "0", NULL, "how far right of the main diagonal"                     \
  }
#define AXES(a, b)                                                                                 \
  { "dim1", SCOPE_TAKES_AXIS, a, NULL, "the axis of the rows" },                                   \
  {                                                                                                \
    "dim2", SCOPE_TAKES_AXIS, b, NULL, "the axis of the columns"                                   \
  }

static const ScopeParameter diagonal_parameters[] = { ANY, WHICH, AXES ("0", "1"), { NULL } };
static const ScopeParameter embed_parameters[] = { ANY, WHICH, AXES ("-2", "-1"), { NULL } };
static const ScopeParameter plain_parameters[] = { ANY, WHICH, { NULL } };
static const ScopeParameter trace_parameters[] = { ANY,
                                                   WHICH,
                                                   AXES ("0", "1"),
                                                   { "dtype", SCOPE_TAKES_DTYPE, "None", NULL,
                                                     "type of the sum" },
                                                   { NULL } };

#define TORCH_AXES "int offset=0, int dim1=0, int dim2=1"

static const ScopeSpelling diagonal_spellings[] = {
  { "torch.diagonal", SCOPE_PYTORCH,
    .signature = "(Tensor input, *, name outdim, name dim1, name dim2, int offset=0)\n"
                 "(Tensor input, " TORCH_AXES ")" },
  { ".diagonal", SCOPE_PYTORCH,
    .signature = "(*, name outdim, name dim1, name dim2, int offset=0)\n(" TORCH_AXES ")" },
  { "np.diagonal", SCOPE_NUMPY, "input=a offset dim1=axis1 dim2=axis2",
    .signature = "def diagonal(a, offset=0, axis1=0, axis2=1)" },
  { ".diagonal", SCOPE_NUMPY, "input offset dim1=axis1 dim2=axis2",
    .signature = "c diagonal(offset=0, axis1=0, axis2=1)" },
  { "jnp.diagonal", SCOPE_JAX, "input=a offset dim1=axis1 dim2=axis2" },
  { NULL },
};

static const ScopeSpelling embed_spellings[] = {
  { "torch.diag_embed", SCOPE_PYTORCH,
    .signature = "(Tensor input, int offset=0, int dim1=-2, int dim2=-1)" },
  { ".diag_embed", SCOPE_PYTORCH, .signature = "(int offset=0, int dim1=-2, int dim2=-1)" },
  { NULL },
};

static const ScopeSpelling diag_spellings[] = {
  { "torch.diag", SCOPE_PYTORCH, "input offset=diagonal | -out",
    .signature = "(Tensor input, int diagonal=0, *, Tensor out=None)" },
  { ".diag", SCOPE_PYTORCH, "input offset=diagonal", .signature = "(int diagonal=0)" },
  { "np.diag", SCOPE_NUMPY, "input=v offset=k", .signature = "def diag(v, k=0)" },
  { "tf.linalg.tensor_diag", SCOPE_TENSORFLOW, "input=diagonal -name" },
  { "jnp.diag", SCOPE_JAX, "input=v offset=k" },
  { NULL },
};

static const ScopeSpelling diagflat_spellings[] = {
  { "torch.diagflat", SCOPE_PYTORCH, .signature = "(Tensor input, int offset=0)" },
  { ".diagflat", SCOPE_PYTORCH, .signature = "(int offset=0)" },
  { "np.diagflat", SCOPE_NUMPY, "input=v offset=k", .signature = "def diagflat(v, k=0)" },
  { NULL },
};

static const ScopeSpelling trace_spellings[] = {
  { "torch.trace", SCOPE_PYTORCH, "input", .signature = "(Tensor input)" },
  { ".trace", SCOPE_PYTORCH, "input", .signature = "()" },
  { "np.trace", SCOPE_NUMPY, "input=a offset dim1=axis1 dim2=axis2 dtype -out",
    .signature = "def trace(a, offset=0, axis1=0, axis2=1, dtype=None, out=None)" },
  { ".trace", SCOPE_NUMPY, "input offset dim1=axis1 dim2=axis2 dtype -out",
    .signature = "c trace(offset=0, axis1=0, axis2=1, dtype=None, out=None)" },
  { "jnp.trace", SCOPE_JAX, "input=a offset dim1=axis1 dim2=axis2 dtype -out" },
  { NULL },
};

#define TRIANGLE(name)                                                                             \
  static const ScopeSpelling name##_spellings[] = {                                                \
    { "torch." #name, SCOPE_PYTORCH, "input offset=diagonal | -out",                               \
      .signature = "(Tensor input, int diagonal=0, *, Tensor out=None)" },                         \
    { "." #name, SCOPE_PYTORCH, "input offset=diagonal", .signature = "(int diagonal=0)" },        \
    { "." #name "_", SCOPE_PYTORCH, "input offset=diagonal", .in_place = true,                     \
      .signature = "(int diagonal=0)" },                                                           \
    { "np." #name, SCOPE_NUMPY, "input=m offset=k", .signature = "def " #name "(m, k=0)" },        \
    { "jnp." #name, SCOPE_JAX, "input=m offset=k" },                                               \
    { NULL },                                                                                      \
  }

TRIANGLE (tril);
TRIANGLE (triu);

#define COMPOSED(title, words, names, table, decide)                                               \
  {                                                                                                \
    .name = title, .group = "diagonals", .about = words, .spelling = names, .parameter = table,    \
    .infer = decide, .read = scope_compose_read, .trace = scope_compose_trace                      \
  }

const ScopeOp scope_ops_diagonal[] = {
  { .name = "diagonal",
    .group = "diagonals",
    .about = "the diagonal of two axes as the last axis",
    .spelling = diagonal_spellings,
    .parameter = diagonal_parameters,
    .infer = diagonal_infer,
    .read = diagonal_read,
    .trace = diagonal_trace },
  COMPOSED ("diag_embed",
            "the last axis as the diagonal of two",
            embed_spellings,
            embed_parameters,
            diag_embed_infer),
  COMPOSED ("diag",
            "a vector as a diagonal, or the diagonal of a matrix",
            diag_spellings,
            plain_parameters,
            diag_infer),
  COMPOSED ("diagflat",
            "all elements as a diagonal",
            diagflat_spellings,
            plain_parameters,
            diag_infer),
  COMPOSED ("trace", "the sum of the diagonal", trace_spellings, trace_parameters, trace_infer),
  COMPOSED ("tril", "zeros above a diagonal", tril_spellings, plain_parameters, triangle_infer),
  COMPOSED ("triu", "zeros below a diagonal", triu_spellings, plain_parameters, triangle_infer),
  { NULL },
};
