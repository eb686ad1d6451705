/* Mean and maximum pooling: what PyTorch 1.13.1 takes and refuses (ATen/native/Pool.h). */
#include "ops/pooling.h"

#include "core/arena.h"
#include "core/checked.h"
#include "ops/promote.h"
#include "ops/python-words.h"
#include "ops/signature.h"

#include <inttypes.h>
#include <string.h>

enum
{
  INPUT,
  KERNEL,
  STRIDE,
  PADDING,
  CEIL_MODE,
  COUNT_PADDING,
  DIVISOR,
};

enum
{
  MAX_DILATION = CEIL_MODE, /* max_pool has the dilation before ceil_mode */
  MAX_CEIL_MODE,
  MAX_INDICES,
};

typedef struct
{
  const ScopeCall *call;
  ScopeFailure *failure;
  const ScopeShape *shape;
  ScopeDtype dtype;
  ScopePool pool;
  bool ceil_mode;
  int64_t size[3], out[3]; /* of the input and the result */
} Request;

/* A size that is known: named ones are negative too, but far below. */
static bool
is_known (int64_t size)
{
  return scope_size_is_known (size);
}

static bool
refuse_argument (Request *request, int parameter, const char *message)
{
  scope_failure_begin (request->failure, SCOPE_RULE_SIZE);
  request->failure->span = request->call->value[parameter].span;
  return scope_failure_both (request->failure, "RuntimeError", "%s", message);
}

/* ---- arguments ------------------------------------------------------------------------------ */

/* The items of a list that is as long as the spatial axes or 1, spread over them. */
static int
spread (const Request *request, int parameter, int64_t initial, int64_t *out)
{
  const ScopeValue *value = &request->call->value[parameter];
  bool sequence = scope_value_is_sequence (value);
  bool given = scope_value_given (value) && value->kind != SCOPE_VALUE_NONE;
  int items = sequence ? value->items : given ? 1 : 0;
  for (int s = 0; s < 3; s++)
    {
      const ScopeValue *item = sequence && items > 0 ? &value->item[items > s ? s : 0] : value;
      out[s] = items > 0 ? item->integer : initial;
    }
  return given ? items : -1;
}

/* The words for a list of the wrong length. */
static bool
refuse_length (Request *request, int parameter, const char *name, int items)
{
  static const char *const numbers[] = { "", "one", "two", "three" };
  const ScopePool *pool = &request->pool;
  bool optional = parameter == STRIDE;
  ScopeText text = { 0 };
  if (pool->spatial == 1 && (!pool->maximum || pool->with_indices))
    scope_text_printf (&text, "%s_pool1d() argument '%s' should contain one int (got %d)",
                       pool->maximum ? "max" : "avg", name, items);
  else if (pool->spatial == 1 && optional)
    scope_text_printf (&text,
                       "max_pool1d() stride must be None, an int, list of ints, or tuple of ints "
                       "of size 1 but got size %d",
                       items);
  else if (pool->spatial == 1)
    scope_text_printf (&text,
                       "max_pool1d() %s must be an int, list of ints%s or tuple of ints of size 1 "
                       "but got size %d",
                       name, parameter == PADDING ? "," : "", items);
  else
    {
      bool plain = !pool->maximum && pool->spatial == 3;
      const char *either = plain                                        ? " be"
                           : pool->maximum && parameter == PADDING      ? " be either be"
                           : pool->maximum && parameter == MAX_DILATION ? " be either"
                                                                        : " either be";
      scope_text_printf (&text, "%s_pool%dd: %s must%s %sa single int, or a tuple of %s ints",
                         pool->maximum ? "max" : "avg", pool->spatial, name, either,
                         optional ? "omitted, " : "", numbers[pool->spatial]);
    }
  refuse_argument (request, parameter, scope_text_string (&text));
  scope_text_clear (&text);
  return false;
}

static bool
read_list (Request *request, int parameter, const char *name, int64_t initial, int64_t *out)
{
  int items = spread (request, parameter, initial, out);
  if (items < 0 || items == request->pool.spatial || items == 1
      || (items == 0 && parameter == STRIDE))
    return true;
  return refuse_length (request, parameter, name, items);
}

static bool
read_lists (Request *request)
{
  ScopePool *pool = &request->pool;
  if (!read_list (request, KERNEL, "kernel_size", 1, pool->kernel)
      || !read_list (request, STRIDE, "stride", 0, pool->stride)
      || !read_list (request, PADDING, "padding", 0, pool->padding))
    return false;
  const ScopeValue *stride = &request->call->value[STRIDE];
  bool absent = !scope_value_given (stride) || stride->kind == SCOPE_VALUE_NONE
                || (scope_value_is_sequence (stride) && stride->items == 0);
  if (absent)
    memcpy (pool->stride, pool->kernel, sizeof pool->stride);
  for (int s = 0; s < 3; s++)
    pool->dilation[s] = 1;
  return !pool->maximum || read_list (request, MAX_DILATION, "dilation", 1, pool->dilation);
}

/* ---- one axis ------------------------------------------------------------------------------- */

static int64_t
floor_divide (int64_t a, int64_t b)
{
  return a / b - (a % b != 0 && (a % b < 0) != (b < 0));
}

/* pooling_output_shape: false when what it needs is beyond 2^63. */
static bool
output_size (const Request *request, int s, int64_t *out)
{
  const ScopePool *pool = &request->pool;
  int64_t reach, room, size = request->size[s];
  if (!is_known (size))
    {
      *out = SCOPE_SIZE_UNKNOWN;
      return true;
    }
  if (!scope_checked_mul (pool->dilation[s], pool->kernel[s] - 1, &reach)
      || !scope_checked_add (size, 2 * pool->padding[s], &room)
      || !scope_checked_sub (room, reach, &room)
      || !scope_checked_add (room, request->ceil_mode ? pool->stride[s] - 1 : 0, &room))
    return false;
  *out = floor_divide (room - 1, pool->stride[s]) + 1;
  if (request->ceil_mode && (*out - 1) * pool->stride[s] >= size + pool->padding[s])
    --*out;
  return true;
}

static bool
refuse_half (Request *request, int s)
{
  const ScopePool *pool = &request->pool;
  scope_failure_begin (request->failure, SCOPE_RULE_SIZE);
  request->failure->span = request->call->value[PADDING].span;
  return scope_failure_both (request->failure, "RuntimeError",
                             "pad should be at most half of kernel size, but got pad=%" PRId64
                             " and kernel_size=%" PRId64,
                             pool->padding[s], pool->kernel[s]);
}

static bool
check_axis (Request *request, int s)
{
  const ScopePool *pool = &request->pool;
  if (pool->stride[s] == 0)
    return refuse_argument (request, STRIDE, "stride should not be zero");
  if (pool->padding[s] < 0)
    {
      scope_failure_begin (request->failure, SCOPE_RULE_SIZE);
      request->failure->span = request->call->value[PADDING].span;
      return scope_failure_both (request->failure, "RuntimeError",
                                 "pad must be non-negative, but got pad: %" PRId64,
                                 pool->padding[s]);
    }
  if (pool->padding[s] > pool->kernel[s] / 2)
    return refuse_half (request, s);
  if (!output_size (request, s, &request->out[s]))
    return refuse_argument (request, KERNEL, "integer out of range");
  return true;
}

/* ---- the whole shape ------------------------------------------------------------------------ */

/* `kH: 1 kW: -1`; one axis is pooled as a picture of one row. */
static void
print_axes (const Request *request, const char *prefix, const int64_t *value, ScopeText *text)
{
  int spatial = request->pool.spatial;
  if (spatial == 1)
    scope_text_printf (text, "%sH: 1 ", prefix);
  for (int s = 0; s < spatial; s++)
    scope_text_printf (text, "%s%s%c: %" PRId64, s > 0 ? " " : "", prefix, "THW"[3 - spatial + s],
                       value[s]);
}

static bool
check_positive (Request *request,
                int parameter,
                const char *what,
                const char *prefix,
                const int64_t *value)
{
  bool positive = true;
  for (int s = 0; s < request->pool.spatial; s++)
    positive = positive && value[s] > 0;
  if (positive)
    return true;
  ScopeText values = { 0 };
  print_axes (request, prefix, value, &values);
  scope_failure_begin (request->failure, SCOPE_RULE_SIZE);
  request->failure->span = request->call->value[parameter].span;
  scope_failure_both (request->failure, "RuntimeError",
                      "%s should be greater than zero, but got %s", what,
                      scope_text_string (&values));
  scope_text_clear (&values);
  return false;
}

/* The shape as the kernel sees it: one axis gets a row in front. */
static void
print_seen (const Request *request, ScopeText *text)
{
  ScopeShape seen = *request->shape;
  if (request->pool.spatial == 1)
    {
      seen.size[seen.rank] = seen.size[seen.rank - 1];
      seen.size[seen.rank - 1] = 1;
      seen.rank++;
    }
  scope_shape_print (&seen, SCOPE_SHAPE_LIST, text);
}

static bool
refuse_empty (Request *request)
{
  ScopeText sizes = { 0 };
  const ScopeShape *shape = request->shape;
  print_seen (request, &sizes);
  scope_failure_begin (request->failure, SCOPE_RULE_SIZE);
  for (int a = shape->rank == request->pool.spatial + 2; a < shape->rank; a++)
    if (shape->size[a] == 0)
      scope_failure_add_axis (request->failure, shape->rank, a, 0, 0);
  if (request->pool.spatial == 3)
    scope_failure_both (request->failure, "RuntimeError",
                        "%s(): Expected input's non-batch dimensions to have positive length, but "
                        "input has a shape of %s and non-batch dimension 0 has length zero!",
                        request->pool.maximum ? "max_pool3d_with_indices_out_cpu_template"
                                              : "avg_pool3d",
                        scope_text_string (&sizes));
  else
    scope_failure_both (request->failure, "RuntimeError",
                        "Expected 3D or 4D (batch mode) tensor with optional 0 dim batch size for "
                        "input, but got:%s",
                        scope_text_string (&sizes));
  scope_text_clear (&sizes);
  return false;
}

static bool
is_filled (const Request *request)
{
  const ScopeShape *shape = request->shape;
  int spatial = request->pool.spatial;
  if (shape->rank != spatial + 1 && shape->rank != spatial + 2)
    return false;
  for (int a = shape->rank == spatial + 2; a < shape->rank; a++)
    if (shape->size[a] == 0)
      return false;
  return true;
}

/* Means of three axes must not reach beyond them, padding or not. */
static bool
check_kernel_fits (Request *request)
{
  const ScopePool *pool = &request->pool;
  bool fits = true;
  scope_failure_begin (request->failure, SCOPE_RULE_SIZE);
  int first = request->shape->rank - 3;
  for (int s = 0; s < 3; s++)
    if (is_known (request->size[s]) && request->size[s] < pool->kernel[s])
      {
        fits = false;
        scope_failure_add_axis (request->failure, request->shape->rank, first + s, request->size[s],
                                pool->kernel[s]);
      }
  if (fits)
    return true;
  ScopeText sizes = { 0 }, kernel = { 0 };
  print_axes (request, "", request->size, &sizes);
  print_axes (request, "k", pool->kernel, &kernel);
  scope_failure_both (request->failure, "RuntimeError",
                      "input image (%s) smaller than kernel size (%s)", scope_text_string (&sizes),
                      scope_text_string (&kernel));
  scope_text_clear (&sizes);
  scope_text_clear (&kernel);
  return false;
}

static bool
check_result (Request *request)
{
  int spatial = request->pool.spatial, rank = request->shape->rank;
  int64_t channels = request->shape->size[rank - spatial - 1];
  bool fits = true;
  scope_failure_begin (request->failure, SCOPE_RULE_SIZE);
  for (int s = 0; s < spatial; s++)
    if (is_known (request->size[s]) && request->out[s] < 1)
      {
        fits = false;
        scope_failure_add_axis (request->failure, rank, rank - spatial + s, request->size[s],
                                request->pool.kernel[s]);
      }
  if (fits)
    return true;
  ScopeText in = { 0 }, out = { 0 };
  scope_text_printf (&in, "%" PRId64, channels);
  scope_text_printf (&out, "%" PRId64, channels);
  if (spatial == 1)
    {
      scope_text_append (&in, "x1");
      scope_text_append (&out, "x1");
    }
  for (int s = 0; s < spatial; s++)
    {
      scope_text_printf (&in, "x%" PRId64, request->size[s]);
      scope_text_printf (&out, "x%" PRId64, request->out[s]);
    }
  scope_failure_both (request->failure, "RuntimeError",
                      "Given input size: (%s). Calculated output size: (%s). Output size is too "
                      "small",
                      scope_text_string (&in), scope_text_string (&out));
  scope_text_clear (&in);
  scope_text_clear (&out);
  return false;
}

/* pool2d_shape_check and pool3d_shape_check. */
static bool
check_shape (Request *request)
{
  const ScopePool *pool = &request->pool;
  if (!check_positive (request, KERNEL, "kernel size", "k", pool->kernel)
      || !check_positive (request, STRIDE, "stride", "d", pool->stride)
      || (pool->maximum
          && !check_positive (request, MAX_DILATION, "dilation", "dilation", pool->dilation)))
    return false;
  if (!is_filled (request))
    return refuse_empty (request);
  if (!pool->maximum && pool->spatial == 3 && !check_kernel_fits (request))
    return false;
  return check_result (request);
}

/* ---- ranks ---------------------------------------------------------------------------------- */

static bool
refuse_rank (Request *request, const char *exception, const char *message)
{
  scope_failure_begin (request->failure, SCOPE_RULE_RANK);
  return scope_failure_both (request->failure, exception, "%s", message);
}

static bool
check_rank (Request *request)
{
  const ScopePool *pool = &request->pool;
  int rank = request->shape->rank, spatial = pool->spatial;
  ScopeText text = { 0 };
  bool batch = rank == spatial + 1 || rank == spatial + 2;
  const char *exception = "RuntimeError";
  if (spatial == 3 && !batch)
    scope_text_append (&text, "non-empty 4D or 5D (batch mode) tensor expected for input");
  else if (spatial == 2 && pool->maximum && !batch)
    scope_text_append (&text, "non-empty 3D or 4D (batch mode) tensor expected for input");
  else if (spatial == 2 && rank == 0)
    {
      exception = "IndexError";
      scope_text_append (&text, "Dimension specified as -3 but tensor has no dimensions");
    }
  else if (spatial == 2 && rank < 3)
    {
      exception = "IndexError";
      scope_text_printf (&text,
                         "Dimension out of range (expected to be in range of [%d, %d], but got -3)",
                         -rank, rank - 1);
    }
  else if (spatial == 1 && !batch)
    scope_text_printf (&text,
                       "Expected 2 to 3 dimensions, but got %d-dimensional tensor for argument #1 "
                       "'self' (while checking arguments for %s_pool1d)",
                       rank, pool->maximum ? "max" : "avg");
  bool fits = text.length == 0 || refuse_rank (request, exception, scope_text_string (&text));
  scope_text_clear (&text);
  return fits;
}

/* max_pool1d without indices has checks and words of its own. */
static bool
check_max_1d (Request *request)
{
  const ScopePool *pool = &request->pool;
  static const struct
  {
    int parameter;
    const char *words;
  } checks[] = {
    { KERNEL, "kernel_size must be greater than zero" },
    { STRIDE, "stride must be greater than zero" },
    { PADDING, "padding must be non-negative" },
    { PADDING, "padding should be at most half of kernel size" },
    { MAX_DILATION, "dilation must be greater than zero" },
  };
  int64_t value[] = { pool->kernel[0], pool->stride[0], pool->padding[0], pool->padding[0],
                      pool->dilation[0] };
  bool wrong[] = { pool->kernel[0] <= 0, pool->stride[0] <= 0,
                   pool->padding[0]<0, pool->padding[0]> pool->kernel[0] / 2,
                   pool->dilation[0] <= 0 };
  for (int i = 0; i < 5; i++)
    {
      if (!wrong[i])
        continue;
      scope_failure_begin (request->failure, SCOPE_RULE_SIZE);
      request->failure->span = request->call->value[checks[i].parameter].span;
      if (i == 3)
        return scope_failure_both (request->failure, "RuntimeError",
                                   "max_pool1d() %s, but got padding=%" PRId64
                                   " and kernel_size=%" PRId64,
                                   checks[i].words, value[i], pool->kernel[0]);
      return scope_failure_both (request->failure, "RuntimeError",
                                 "max_pool1d() %s, but got %" PRId64, checks[i].words, value[i]);
    }
  if (!output_size (request, 0, &request->out[0]))
    return refuse_argument (request, KERNEL, "integer out of range");
  if (!is_known (request->size[0]) || request->out[0] >= 0)
    return true;
  scope_failure_begin (request->failure, SCOPE_RULE_SIZE);
  scope_failure_add_axis (request->failure, request->shape->rank, request->shape->rank - 1,
                          request->size[0], pool->kernel[0]);
  return scope_failure_both (request->failure, "RuntimeError",
                             "max_pool1d() Invalid computed output size: %" PRId64,
                             request->out[0]);
}

static bool
refuse_max_1d (Request *request)
{
  ScopeText sizes = { 0 };
  scope_shape_print (request->shape, SCOPE_SHAPE_LIST, &sizes);
  scope_failure_begin (request->failure, SCOPE_RULE_RANK);
  scope_failure_both (request->failure, "RuntimeError",
                      "max_pool1d: Expected 2D or 3D (batch mode) tensor with optional 0 dim batch "
                      "size for input, but got:%s",
                      scope_text_string (&sizes));
  scope_text_clear (&sizes);
  return false;
}

/* ---- types ---------------------------------------------------------------------------------- */

static bool
check_type (Request *request)
{
  const ScopePool *pool = &request->pool;
  ScopeDtype dtype = request->dtype;
  bool three = pool->spatial == 3;
  if (dtype == SCOPE_FLOAT32 || dtype == SCOPE_FLOAT64 || (dtype == SCOPE_BFLOAT16 && !three)
      || (dtype == SCOPE_INT64 && !pool->maximum))
    return true;
  const char *kernel = !pool->maximum ? (three ? "avg_pool3d_out_frame" : "avg_pool2d")
                       : three        ? "max_pool3d_with_indices_cpu"
                       : pool->spatial == 1 && !pool->with_indices ? "max_pool1d_impl"
                                                                   : "max_pool2d";
  scope_failure_begin (request->failure, SCOPE_RULE_TYPE);
  return scope_failure_both (request->failure, "RuntimeError", "\"%s\" not implemented for '%s'",
                             kernel, scope_dtype_word (SCOPE_PYTORCH, dtype));
}

/* ---- infer ---------------------------------------------------------------------------------- */

static bool
find_result (Request *request)
{
  const ScopePool *pool = &request->pool;
  bool alone = pool->spatial == 1 && pool->maximum && !pool->with_indices;
  if (alone && !is_filled (request))
    return refuse_max_1d (request);
  if (pool->spatial == 1 && !check_rank (request))
    return false;
  if (!read_lists (request) || (pool->spatial != 1 && pool->maximum && !check_rank (request)))
    return false;
  if (!pool->maximum && pool->spatial == 3 && !check_rank (request))
    return false;
  const ScopeValue *divisor = &request->call->value[DIVISOR];
  if (!pool->maximum && scope_value_is_int (divisor) && divisor->integer == 0)
    return refuse_argument (request, DIVISOR, "divisor must be not zero");
  if (!pool->maximum && pool->spatial == 2 && !check_rank (request))
    return false;
  int rank = request->shape->rank;
  for (int s = 0; s < pool->spatial; s++)
    request->size[s] = request->shape->size[rank - pool->spatial + s];
  if (alone)
    return check_max_1d (request);
  for (int s = 0; s < pool->spatial; s++)
    if (!check_axis (request, s))
      return false;
  return check_shape (request);
}

static bool
keep_plan (Request *request, ScopeResult *result)
{
  ScopePool *pool = scope_arena_alloc (request->call->arena, sizeof *pool);
  const ScopeShape *shape = request->shape;
  ScopeShape out = *shape;
  for (int s = 0; s < request->pool.spatial; s++)
    {
      request->pool.in[s] = request->size[s];
      out.size[shape->rank - request->pool.spatial + s] = request->out[s];
    }
  if (!scope_torch_fits (&out, request->dtype, request->failure) || !check_type (request))
    return false;
  if (pool != NULL)
    *pool = request->pool;
  result->plan = pool;
  scope_result_add_input (request->call, result, &request->call->value[INPUT]);
  if (!request->pool.with_indices)
    {
      scope_result_set (result, &out, request->dtype);
      return true;
    }
  if (!scope_result_set_many (request->call, result, 2, request->failure))
    return false;
  if (result->many != NULL)
    {
      result->many[0] = (ScopeOutput){ out, request->dtype };
      result->many[1] = (ScopeOutput){ out, SCOPE_INT64 };
    }
  return true;
}

static bool
read_flag (const ScopeCall *call, int parameter, bool initial)
{
  const ScopeValue *value = &call->value[parameter];
  return scope_value_is_int (value) ? value->integer != 0 : initial;
}

static bool
infer_average (const ScopeCall *call, ScopeResult *result, ScopeFailure *failure)
{
  const ScopeValue *divisor = &call->value[DIVISOR];
  Request request = {
    .call = call,
    .failure = failure,
    .shape = scope_call_shape (call, &call->value[INPUT]),
    .dtype = scope_call_dtype (call, &call->value[INPUT]),
    .pool = { .spatial = call->spelling->variant,
              .count_padding = read_flag (call, COUNT_PADDING, true),
              .divisor = scope_value_is_int (divisor) ? divisor->integer : 0 },
    .ceil_mode = read_flag (call, CEIL_MODE, false),
  };
  return find_result (&request) && keep_plan (&request, result);
}

/* F.max_pool2d is Python's; it hands everything to a function of PyTorch's by position. */
static bool
check_inner (const ScopeCall *call, bool with_indices, ScopeFailure *failure)
{
  static const char *const signatures[2][4] = {
    { NULL,
      "max_pool1d(Tensor input, tuple of ints[1] kernel_size, tuple of ints[1] stride=0, "
      "tuple of ints[1] padding=0, tuple of ints[1] dilation=1, bool ceil_mode=False)",
      "max_pool2d(Tensor input, tuple of ints[2] kernel_size, tuple of ints[2] stride=0, "
      "tuple of ints[2] padding=0, tuple of ints[2] dilation=1, bool ceil_mode=False)",
      "max_pool3d(Tensor input, tuple of ints[3] kernel_size, tuple of ints[3] stride=0, "
      "tuple of ints[3] padding=0, tuple of ints[3] dilation=1, bool ceil_mode=False)" },
    { NULL,
      "max_pool1d_with_indices(Tensor input, tuple of ints[1] kernel_size, tuple of ints[1] "
      "stride=0, tuple of ints[1] padding=0, tuple of ints[1] dilation=1, bool ceil_mode=False)",
      "max_pool2d_with_indices(Tensor input, tuple of ints[2] kernel_size, tuple of ints[2] "
      "stride=0, tuple of ints[2] padding=0, tuple of ints[2] dilation=1, bool ceil_mode=False)",
      "max_pool3d_with_indices(Tensor input, tuple of ints[3] kernel_size, tuple of ints[3] "
      "stride=0, tuple of ints[3] padding=0, tuple of ints[3] dilation=1, bool ceil_mode=False)" },
  };
  ScopeSpelling spelling = { .name = call->spelling->name,
                             .dialect = SCOPE_PYTORCH,
                             .signature = signatures[with_indices][call->spelling->variant] };
  ScopeArgument argument[6];
  ScopeCall inner = *call;
  inner.spelling = &spelling;
  inner.method = false;
  inner.argument = argument;
  inner.arguments = 6;
  for (int i = 0; i < 6; i++)
    {
      ScopeValue value = call->value[i];
      if (i == STRIDE && (!scope_value_given (&value) || value.kind == SCOPE_VALUE_NONE))
        value = (ScopeValue){ .kind = SCOPE_VALUE_LIST, .span = call->span };
      else if (!scope_value_given (&value))
        value = (ScopeValue){ .kind = i == MAX_CEIL_MODE ? SCOPE_VALUE_BOOL : SCOPE_VALUE_INT,
                              .integer = i == MAX_DILATION,
                              .span = call->span };
      argument[i] = (ScopeArgument){ .value = value };
    }
  return scope_signature_check (&inner, argument, 6, failure);
}

static bool
infer_maximum (const ScopeCall *call, ScopeResult *result, ScopeFailure *failure)
{
  bool with_indices = read_flag (call, MAX_INDICES, false);
  if (!check_inner (call, with_indices, failure))
    return false;
  Request request = {
    .call = call,
    .failure = failure,
    .shape = scope_call_shape (call, &call->value[INPUT]),
    .dtype = scope_call_dtype (call, &call->value[INPUT]),
    .pool = { .spatial = call->spelling->variant, .maximum = true, .with_indices = with_indices },
    .ceil_mode = read_flag (call, MAX_CEIL_MODE, false),
  };
  return find_result (&request) && keep_plan (&request, result);
}

/* ---- the table ------------------------------------------------------------------------------ */

static const ScopeParameter average_parameters[] = {
  { "input", SCOPE_TAKES_TENSOR, NULL, NULL, "channels × 1 to 3 spatial axes, or a batch of them" },
  { "kernel_size", SCOPE_TAKES_SHAPE, NULL, NULL, "elements of a window" },
  { "stride", SCOPE_TAKES_SHAPE, "None", NULL, "from one window to the next; the window's size" },
  { "padding", SCOPE_TAKES_SHAPE, "0", NULL, "zeros on both sides" },
  { "ceil_mode", SCOPE_TAKES_BOOL, "False", NULL, "a last window may reach beyond the end" },
  { "count_include_pad", SCOPE_TAKES_BOOL, "True", NULL, "padding counts as elements" },
  { "divisor_override", SCOPE_TAKES_INT, "None", NULL, "divides instead of the window's size" },
  { NULL },
};

static const ScopeParameter maximum_parameters[] = {
  { "input", SCOPE_TAKES_TENSOR, NULL, NULL, "channels × 1 to 3 spatial axes, or a batch of them" },
  { "kernel_size", SCOPE_TAKES_SHAPE, NULL, NULL, "elements of a window" },
  { "stride", SCOPE_TAKES_SHAPE, "None", NULL, "from one window to the next; the window's size" },
  { "padding", SCOPE_TAKES_SHAPE, "0", NULL, "elements left out on both sides" },
  { "dilation", SCOPE_TAKES_SHAPE, "1", NULL, "from one element of a window to the next" },
  { "ceil_mode", SCOPE_TAKES_BOOL, "False", NULL, "a last window may reach beyond the end" },
  { "return_indices", SCOPE_TAKES_BOOL, "False", NULL, "the places of the maxima too" },
  { NULL },
};

#define AVERAGE_1D                                                                                 \
  .signature = "(Tensor input, tuple of ints[1] kernel_size, tuple of ints[1] stride=None, tuple " \
               "of ints[1] padding=0, bool ceil_mode=False, bool count_include_pad=True)"
#define AVERAGE(n)                                                                                 \
  .signature =                                                                                     \
      "(Tensor input, tuple of ints[" n "] kernel_size, tuple of ints[" n "] stride=None, "        \
      "tuple of ints[" n "] padding=0, bool ceil_mode=False, bool count_include_pad=True, int? "   \
      "divisor_override=None)"
#define MAXIMUM(n)                                                                                 \
  .signature = "def _max_pool" n "d(input, kernel_size, stride=None, padding=0, dilation=1, "      \
               "ceil_mode=False, return_indices=False)"

#define TORCH_MAXIMUM(n)                                                                           \
  .signature =                                                                                     \
      "(Tensor input, tuple of ints[" n "] kernel_size, tuple of ints[" n "] stride=None, "        \
      "tuple of ints[" n "] padding=0, tuple of ints[" n "] dilation=1, bool ceil_mode=False)"

#define TAKES_MAXIMUM "input kernel_size stride padding dilation ceil_mode"
#define TAKES_1D      "input kernel_size stride padding ceil_mode count_include_pad"

static const ScopeSpelling average_spellings[] = {
  { "F.avg_pool1d", SCOPE_PYTORCH, TAKES_1D, 1, AVERAGE_1D },
  { "F.avg_pool2d", SCOPE_PYTORCH, NULL, 2, AVERAGE ("2") },
  { "F.avg_pool3d", SCOPE_PYTORCH, NULL, 3, AVERAGE ("3") },
  { "torch.avg_pool1d", SCOPE_PYTORCH, TAKES_1D, 1, AVERAGE_1D },
  { NULL },
};

static const ScopeSpelling maximum_spellings[] = {
  { "F.max_pool1d", SCOPE_PYTORCH, NULL, 1, MAXIMUM ("1") },
  { "F.max_pool2d", SCOPE_PYTORCH, NULL, 2, MAXIMUM ("2") },
  { "F.max_pool3d", SCOPE_PYTORCH, NULL, 3, MAXIMUM ("3") },
  { "torch.max_pool1d", SCOPE_PYTORCH, TAKES_MAXIMUM, 1, TORCH_MAXIMUM ("1") },
  { "torch.max_pool2d", SCOPE_PYTORCH, TAKES_MAXIMUM, 2, TORCH_MAXIMUM ("2") },
  { "torch.max_pool3d", SCOPE_PYTORCH, TAKES_MAXIMUM, 3, TORCH_MAXIMUM ("3") },
  { NULL },
};

const ScopeOp scope_ops_pooling[] = {
  { .name = "avg_pool",
    .group = "pooling",
    .about = "the mean of every window",
    .spelling = average_spellings,
    .parameter = average_parameters,
    .infer = infer_average,
    .read = scope_pool_read,
    .trace = scope_pool_trace },
  { .name = "max_pool",
    .group = "pooling",
    .about = "the maximum of every window",
    .spelling = maximum_spellings,
    .parameter = maximum_parameters,
    .infer = infer_maximum,
    .read = scope_pool_read,
    .trace = scope_pool_trace },
  { NULL },
};
