/* Adaptive pooling: windows that share the input out evenly. */
#include "ops/adaptive.h"

#include "core/arena.h"
#include "core/checked.h"
#include "ops/pooling.h"
#include "ops/promote.h"
#include "ops/python-words.h"
#include "ops/signature.h"

#include <inttypes.h>
#include <string.h>

enum
{
  INPUT,
  SIZE,
  INDICES,
};

/* What F.adaptive_*_pool*d makes of output_size. */
typedef struct
{
  const ScopeCall *call;
  ScopeFailure *failure;
  const ScopeShape *shape;
  ScopeDtype dtype;
  int spatial;
  int items; /* −1: one number for all axes */
  const char *container;
  ScopeValue item[3];
} Request;

static bool
refuse (Request *request, ScopeRule rule, const char *exception, const char *message)
{
  scope_failure_begin (request->failure, rule);
  if (rule != SCOPE_RULE_RANK)
    request->failure->span = request->call->value[SIZE].span;
  return scope_failure_both (request->failure, exception, "%s", message);
}

/* One axis: compiled, and takes only a number or a list of one. */
static bool
read_one (Request *request, const char *name)
{
  ScopeText text = { 0 };
  int rank = request->shape->rank;
  if (rank != 2 && rank != 3)
    scope_text_printf (&text,
                       "Expected 2 to 3 dimensions, but got %d-dimensional tensor for argument #1 "
                       "'self' (while checking arguments for %s)",
                       rank, name);
  else if (request->items >= 0 && request->items != 1)
    scope_text_printf (&text, "%s() argument 'output_size' should contain one int (got %d)", name,
                       request->items);
  bool fits = text.length == 0
              || refuse (request, SCOPE_RULE_RANK, "RuntimeError", scope_text_string (&text));
  scope_text_clear (&text);
  return fits;
}

/* Two and three axes: _list_with_default in Python. */
static bool
read_with_default (Request *request)
{
  const ScopeValue *size = &request->call->value[SIZE];
  bool sequence = scope_value_is_sequence (size);
  if (scope_value_is_int (size) || size->kind == SCOPE_VALUE_SIZE)
    return true;
  if (!sequence && size->kind != SCOPE_VALUE_STRING)
    return scope_python_refuse (request->failure, size, "TypeError",
                                "object of type '%s' has no len()", scope_python_type (size));
  int length =
      sequence ? size->items : (int)scope_text_characters (size->text, strlen (size->text));
  request->items = length;
  request->container = "list";
  if (request->shape->rank > length)
    return true;
  ScopeText text = { 0 };
  scope_text_printf (&text, "Input dimension should be at least %d", length + 1);
  refuse (request, SCOPE_RULE_RANK, "ValueError", scope_text_string (&text));
  scope_text_clear (&text);
  return false;
}

/* The items, None standing for the input's own size. */
static void
read_items (Request *request)
{
  const ScopeValue *size = &request->call->value[SIZE];
  bool sequence = scope_value_is_sequence (size);
  int first = request->shape->rank - (sequence ? size->items : 0);
  for (int s = 0; s < 3; s++)
    {
      request->item[s] = sequence && s < size->items ? size->item[s] : *size;
      if (sequence && s < size->items && size->item[s].kind == SCOPE_VALUE_NONE
          && request->spatial > 1 && first + s >= 0)
        {
          int64_t own = request->shape->size[first + s];
          request->item[s].kind = scope_size_is_known (own) ? SCOPE_VALUE_INT : SCOPE_VALUE_SIZE;
          request->item[s].integer = own;
        }
    }
}

static bool
read_request (Request *request, const char *name)
{
  const ScopeValue *size = &request->call->value[SIZE];
  request->items = scope_value_is_sequence (size) ? size->items : -1;
  request->container = scope_python_type (size);
  if (request->call->value[INPUT].kind != SCOPE_VALUE_TENSOR)
    return scope_python_refuse (request->failure, &request->call->value[INPUT], "AttributeError",
                                "'%s' object has no attribute 'size'",
                                scope_python_type (&request->call->value[INPUT]));
  bool fits = request->spatial == 1 ? read_one (request, name) : read_with_default (request);
  read_items (request);
  return fits;
}

/* ---- means ---------------------------------------------------------------------------------- */

/* The compiled function behind looks at the first item, then counts them, then looks at all. */
static bool
check_average_items (Request *request)
{
  const ScopeValue *first = &request->item[0];
  ScopeText text = { 0 };
  bool typed = request->items == 0 || scope_torch_is_int (first);
  for (int s = 1; s < 3 && s < request->items; s++)
    typed =
        typed
        && (scope_torch_is_int (&request->item[s]) || request->item[s].kind == SCOPE_VALUE_BOOL);
  if (request->items >= 0 && request->items != request->spatial && typed)
    scope_text_printf (&text, "adaptive_avg_pool%dd: output_size must be %d", request->spatial,
                       request->spatial);
  bool fits = text.length == 0
              || refuse (request, SCOPE_RULE_ARGUMENT, "RuntimeError", scope_text_string (&text));
  scope_text_clear (&text);
  return fits;
}

static bool
infer_average (const ScopeCall *call, ScopeResult *result, ScopeFailure *failure)
{
  Request request = {
    .call = call,
    .failure = failure,
    .shape = scope_call_shape (call, &call->value[INPUT]),
    .dtype = scope_call_dtype (call, &call->value[INPUT]),
    .spatial = call->spelling->variant,
  };
  if (!read_request (&request, "adaptive_avg_pool1d") || !check_average_items (&request))
    return false;
  ScopeAdaptive adaptive = {
    .call = call,
    .shape = request.shape,
    .dtype = request.dtype,
    .spatial = request.spatial,
    .argument = &call->value[SIZE],
    .container = request.container,
    .item = { request.item[0], request.item[1], request.item[2] },
  };
  ScopeShape shape;
  if (!scope_adaptive_average (&adaptive, &shape, failure))
    return false;
  scope_result_add_input (call, result, &call->value[INPUT]);
  scope_result_set (result, &shape, request.dtype);
  if (scope_shape_is_known (&shape) && scope_shape_is_known (request.shape))
    result->plan = scope_adaptive_plan (&adaptive, &shape);
  return true;
}

/* ---- maxima --------------------------------------------------------------------------------- */

/* torch._C._nn.adaptive_max_pool2d is called by position. */
static bool
check_inner (Request *request)
{
  static const char *const signatures[] = {
    NULL,
    "adaptive_max_pool1d(Tensor input, tuple of ints[1] output_size)",
    "adaptive_max_pool2d(Tensor input, tuple of ints[2] output_size)",
    "adaptive_max_pool3d(Tensor input, tuple of ints[3] output_size)",
  };
  const ScopeValue *size = &request->call->value[SIZE];
  ScopeSpelling spelling = { .name = request->call->spelling->name,
                             .dialect = SCOPE_PYTORCH,
                             .signature = signatures[request->spatial] };
  ScopeValue item[SCOPE_MAX_RANK], list = *size;
  if (request->spatial > 1 && request->items >= 0 && request->items <= SCOPE_MAX_RANK)
    {
      for (int i = 0; i < request->items; i++)
        item[i] = i < 3                              ? request->item[i]
                  : size->kind == SCOPE_VALUE_STRING ? *size
                                                     : size->item[i];
      list.kind = SCOPE_VALUE_LIST;
      list.items = request->items;
      list.item = item;
    }
  ScopeArgument argument[2] = { { .value = request->call->value[INPUT] }, { .value = list } };
  ScopeCall inner = *request->call;
  inner.spelling = &spelling;
  inner.argument = argument;
  inner.arguments = 2;
  return scope_signature_check (&inner, argument, 2, request->failure);
}

static void
with_row (ScopeShape *shape, int64_t size)
{
  shape->size[shape->rank] = shape->size[shape->rank - 1];
  shape->size[shape->rank - 1] = size;
  shape->rank++;
}

static bool
refuse_shape (Request *request, const ScopeShape *seen, int empty)
{
  ScopeText sizes = { 0 }, text = { 0 };
  int spatial = request->spatial == 3 ? 3 : 2;
  scope_shape_print (seen, SCOPE_SHAPE_LIST, &sizes);
  if (empty < 0)
    scope_text_printf (&text, "adaptive_max_pool%dd(): Expected %dD or %dD tensor, but got: %s",
                       spatial, spatial + 1, spatial + 2, scope_text_string (&sizes));
  else
    scope_text_printf (&text,
                       "adaptive_max_pool%dd(): Expected input to have non-zero size for non-batch "
                       "dimensions, but input has sizes %s with dimension %d being empty",
                       spatial, scope_text_string (&sizes), empty);
  refuse (request, SCOPE_RULE_RANK, "RuntimeError", scope_text_string (&text));
  scope_text_clear (&sizes);
  scope_text_clear (&text);
  return false;
}

static bool
check_maximum (Request *request, ScopeShape *shape)
{
  ScopeShape seen = *request->shape;
  int spatial = request->spatial, rank = seen.rank;
  if (spatial == 1)
    with_row (&seen, 1);
  else if (rank != spatial + 1 && rank != spatial + 2)
    return refuse_shape (request, &seen, -1);
  for (int a = 1; a < seen.rank; a++)
    if (seen.size[a] == 0)
      return refuse_shape (request, &seen, a);
  if (request->items >= 0 && request->items != spatial)
    return refuse (request, SCOPE_RULE_ARGUMENT, "RuntimeError",
                   spatial == 3
                       ? "adaptive_max_pool3d(): internal error: output_size.size() must be 3"
                       : "adaptive_max_pool2d(): internal error: output_size.size() must be 2");
  *shape = *request->shape;
  for (int s = 0; s < spatial; s++)
    shape->size[rank - spatial + s] = request->item[s].integer;
  return true;
}

static bool
check_negative (Request *request, const ScopeShape *shape)
{
  ScopeShape seen = *shape;
  if (request->spatial == 1)
    with_row (&seen, 1);
  for (int a = 0; a < seen.rank; a++)
    {
      if (seen.size[a] >= 0 || seen.size[a] < -(INT64_C (1) << 40))
        continue;
      ScopeText sizes = { 0 };
      for (int i = 0; i < seen.rank; i++)
        scope_text_printf (&sizes, "%s%" PRId64, i > 0 ? ", " : "", seen.size[i]);
      scope_failure_begin (request->failure, SCOPE_RULE_SIZE);
      request->failure->span = request->call->value[SIZE].span;
      scope_failure_both (request->failure, "RuntimeError",
                          "Trying to create tensor with negative dimension %" PRId64 ": [%s]",
                          seen.size[a], scope_text_string (&sizes));
      scope_text_clear (&sizes);
      return false;
    }
  return scope_torch_fits (&seen, request->dtype, request->failure);
}

static bool
check_maximum_type (Request *request)
{
  bool three = request->spatial == 3;
  ScopeDtype dtype = request->dtype;
  if (dtype == SCOPE_FLOAT32 || dtype == SCOPE_FLOAT64 || (dtype == SCOPE_BFLOAT16 && !three))
    return true;
  scope_failure_begin (request->failure, SCOPE_RULE_TYPE);
  return scope_failure_both (request->failure, "RuntimeError", "\"%s\" not implemented for '%s'",
                             three ? "adaptive_max_pool3d_cpu" : "adaptive_max_pool2d",
                             scope_dtype_word (SCOPE_PYTORCH, dtype));
}

static bool
infer_maximum (const ScopeCall *call, ScopeResult *result, ScopeFailure *failure)
{
  Request request = {
    .call = call,
    .failure = failure,
    .shape = scope_call_shape (call, &call->value[INPUT]),
    .dtype = scope_call_dtype (call, &call->value[INPUT]),
    .spatial = call->spelling->variant,
  };
  bool with_indices = scope_value_is_int (&call->value[INDICES]) && call->value[INDICES].integer;
  ScopeShape shape;
  if (request.spatial > 1 && !read_request (&request, "adaptive_max_pool1d"))
    return false;
  if (!check_inner (&request))
    return false;
  if (request.spatial == 1 && !read_request (&request, "adaptive_max_pool1d"))
    return false;
  if (!check_maximum (&request, &shape) || !check_negative (&request, &shape)
      || !check_maximum_type (&request))
    return false;

  ScopePool *pool = scope_arena_alloc (call->arena, sizeof *pool);
  int kept = shape.rank - request.spatial;
  if (pool != NULL)
    *pool = (ScopePool){
      .spatial = request.spatial, .maximum = true, .with_indices = with_indices, .adaptive = true
    };
  for (int s = 0; pool != NULL && s < request.spatial; s++)
    {
      pool->in[s] = request.shape->size[kept + s];
      pool->out[s] = shape.size[kept + s];
    }
  result->plan = pool;
  scope_result_add_input (call, result, &call->value[INPUT]);
  scope_result_set (result, &shape, request.dtype);
  if (!with_indices)
    return true;
  if (!scope_result_set_many (call, result, 2, failure))
    return false;
  if (result->many != NULL)
    {
      result->many[0] = (ScopeOutput){ shape, request.dtype };
      result->many[1] = (ScopeOutput){ shape, SCOPE_INT64 };
    }
  return true;
}

/* ---- the table ------------------------------------------------------------------------------ */

static const ScopeParameter average_parameters[] = {
  { "input", SCOPE_TAKES_TENSOR, NULL, NULL, "channels × 1 to 3 spatial axes, or a batch of them" },
  { "output_size", SCOPE_TAKES_SHAPE, NULL, NULL,
    "the spatial sizes of the result; None keeps one" },
  { NULL },
};

static const ScopeParameter maximum_parameters[] = {
  { "input", SCOPE_TAKES_TENSOR, NULL, NULL, "channels × 1 to 3 spatial axes, or a batch of them" },
  { "output_size", SCOPE_TAKES_SHAPE, NULL, NULL,
    "the spatial sizes of the result; None keeps one" },
  { "return_indices", SCOPE_TAKES_BOOL, "False", NULL, "the places of the maxima too" },
  { NULL },
};

#define ONE "(Tensor input, tuple of ints[1] output_size)"

static const ScopeSpelling average_spellings[] = {
  { "F.adaptive_avg_pool1d", SCOPE_PYTORCH, NULL, 1, .signature = ONE },
  { "F.adaptive_avg_pool2d", SCOPE_PYTORCH, NULL, 2,
    .signature = "def adaptive_avg_pool2d(input, output_size)" },
  { "F.adaptive_avg_pool3d", SCOPE_PYTORCH, NULL, 3,
    .signature = "def adaptive_avg_pool3d(input, output_size)" },
  { "torch.adaptive_avg_pool1d", SCOPE_PYTORCH, NULL, 1, .signature = ONE },
  { NULL },
};

static const ScopeSpelling maximum_spellings[] = {
  { "F.adaptive_max_pool1d", SCOPE_PYTORCH, NULL, 1,
    .signature = "def _adaptive_max_pool1d(input, output_size, return_indices=False)" },
  { "F.adaptive_max_pool2d", SCOPE_PYTORCH, NULL, 2,
    .signature = "def _adaptive_max_pool2d(input, output_size, return_indices=False)" },
  { "F.adaptive_max_pool3d", SCOPE_PYTORCH, NULL, 3,
    .signature = "def _adaptive_max_pool3d(input, output_size, return_indices=False)" },
  { NULL },
};

const ScopeOp scope_ops_adaptive_pool[] = {
  { .name = "adaptive_avg_pool",
    .group = "pooling",
    .about = "means of windows that share the input out evenly",
    .spelling = average_spellings,
    .parameter = average_parameters,
    .infer = infer_average,
    .read = scope_resampling_read,
    .trace = scope_resampling_trace },
  { .name = "adaptive_max_pool",
    .group = "pooling",
    .about = "maxima of windows that share the input out evenly",
    .spelling = maximum_spellings,
    .parameter = maximum_parameters,
    .infer = infer_maximum,
    .read = scope_pool_read,
    .trace = scope_pool_trace },
  { NULL },
};
