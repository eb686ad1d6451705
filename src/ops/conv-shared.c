/* What all of PyTorch's convolutions check (ATen/native/Convolution.cpp). */
#include "ops/conv.h"

#include "core/arena.h"
#include "core/checked.h"
#include "ops/promote.h"
#include "ops/python-words.h"

#include <inttypes.h>
#include <stdarg.h>
#include <string.h>

bool
scope_conv_refuse (ScopeConvCall *request, ScopeRule rule, int parameter, const char *format, ...)
{
  va_list arguments;
  va_start (arguments, format);
  int axes = request->failure->axes;
  ScopeFailingAxis kept[SCOPE_MAX_RANK];
  bool keep = rule == request->failure->rule && axes > 0;
  if (keep)
    memcpy (kept, request->failure->axis, sizeof kept);
  scope_failure_begin (request->failure, rule);
  if (keep)
    {
      request->failure->axes = axes;
      memcpy (request->failure->axis, kept, sizeof kept);
    }
  if (parameter >= 0 && scope_value_given (&request->call->value[parameter]))
    request->failure->span = request->call->value[parameter].span;
  scope_failure_both_va (request->failure, "RuntimeError", format, arguments);
  va_end (arguments);
  return false;
}

/* ---- types ---------------------------------------------------------------------------------- */

/* caffe2::TypeMeta::name. */
static const char *
c_name (ScopeDtype dtype)
{
  switch (dtype)
    {
    case SCOPE_BOOL:
      return "bool";
    case SCOPE_UINT8:
      return "unsigned char";
    case SCOPE_INT8:
      return "signed char";
    case SCOPE_INT16:
      return "short int";
    case SCOPE_INT32:
      return "int";
    case SCOPE_INT64:
      return "long int";
    case SCOPE_FLOAT16:
      return "c10::Half";
    case SCOPE_BFLOAT16:
      return "c10::BFloat16";
    case SCOPE_FLOAT64:
      return "double";
    case SCOPE_COMPLEX64:
      return "c10::complex<float>";
    case SCOPE_COMPLEX128:
      return "c10::complex<double>";
    default:
      return "float";
    }
}

/* Tensor::toString. */
static void
print_type (ScopeDtype dtype, ScopeText *text)
{
  bool old = dtype != SCOPE_BFLOAT16 && scope_dtype_kind (dtype) != SCOPE_KIND_COMPLEX;
  scope_text_printf (text, old ? "torch.%sTensor" : "CPU%sType",
                     scope_dtype_word (SCOPE_PYTORCH, dtype));
}

static bool
refuse_types (ScopeConvCall *request, ScopeDtype other, const char *what, bool onednn)
{
  ScopeText own = { 0 }, theirs = { 0 };
  print_type (request->dtype, &own);
  print_type (other, &theirs);
  scope_conv_refuse (request, SCOPE_RULE_TYPE, -1,
                     "Input type (%s) and %s type (%s) should be the same%s%s%s",
                     scope_text_string (&own), what, scope_text_string (&theirs),
                     onednn ? " or input should be a MKLDNN tensor and " : "", onednn ? what : "",
                     onednn ? " is a dense tensor" : "");
  scope_text_clear (&own);
  scope_text_clear (&theirs);
  return false;
}

bool
scope_conv_same_types (ScopeConvCall *request, bool onednn)
{
  if (request->dtype != request->weight_dtype)
    return refuse_types (request, request->weight_dtype, "weight", onednn);
  if (request->has_bias && request->dtype != request->bias_dtype)
    return refuse_types (request, request->bias_dtype, "bias", onednn);
  return true;
}

/* An empty result is a product of views, with the bias added in place. */
bool
scope_conv_empty_type (ScopeConvCall *request, ScopeDtype *dtype)
{
  ScopeDtype sum;
  /* Without a batch, PyTorch multiplies by the weight's first element, which is a scalar. */
  ScopeMixed factor[2] = { scope_mixed_tensor (request->dtype, request->input.rank),
                           scope_mixed_tensor (request->weight_dtype,
                                               request->input.size[1] != 0 ? 0 : 1) };
  if (!scope_promote (SCOPE_PYTORCH, factor, 2, dtype))
    *dtype = request->dtype;
  for (int a = 0; a < request->weight.rank && request->input.size[1] != 0; a++)
    if (request->weight.size[a] == 0)
      {
        scope_conv_refuse (request, SCOPE_RULE_INDEX, SCOPE_CONV_WEIGHT,
                           "select(): index 0 out of range for tensor of size [0] at dimension 0");
        request->failure->exception = "IndexError";
        return false;
      }
  ScopeMixed term[2] = { scope_mixed_tensor (*dtype, request->input.rank),
                         scope_mixed_tensor (request->bias_dtype, 0) };
  if (!request->has_bias || !scope_promote (SCOPE_PYTORCH, term, 2, &sum)
      || scope_torch_casts (sum, *dtype))
    return true;
  return scope_conv_refuse (request, SCOPE_RULE_TYPE, SCOPE_CONV_BIAS,
                            "result type %s can't be cast to the desired output type %s",
                            scope_dtype_word (SCOPE_PYTORCH, sum),
                            scope_dtype_word (SCOPE_PYTORCH, *dtype));
}

/* ---- lists ---------------------------------------------------------------------------------- */

/* A list as the argument parser hands it over: a number stands for as many as the function has
 * spatial axes. */
static int
read_items (const ScopeConvCall *request, int parameter, int64_t initial, int64_t *item)
{
  const ScopeValue *value = &request->call->value[parameter];
  if (scope_value_is_sequence (value))
    {
      int items = value->items < SCOPE_MAX_RANK ? value->items : SCOPE_MAX_RANK;
      for (int i = 0; i < items; i++)
        item[i] = value->item[i].integer;
      return items;
    }
  bool given = scope_value_is_int (value) || value->kind == SCOPE_VALUE_SIZE;
  for (int s = 0; s < request->spatial; s++)
    item[s] = given ? value->integer : initial;
  return request->spatial;
}

/* expand_param_if_needed. */
static bool
read_list (ScopeConvCall *request, int parameter, const char *name, int64_t initial, int64_t *out)
{
  int64_t item[SCOPE_MAX_RANK];
  int axes = request->weight.rank - 2, items = read_items (request, parameter, initial, item);
  if (items != 1 && items != axes)
    {
      ScopeText text = { 0 };
      for (int i = 0; i < items; i++)
        scope_text_printf (&text, "%s%" PRId64, i > 0 ? ", " : "", item[i]);
      scope_conv_refuse (request, SCOPE_RULE_ARGUMENT, parameter,
                         "expected %s to be a single integer value or a list of %d values to match "
                         "the convolution dimensions, but got %s=[%s]",
                         name, axes, name, scope_text_string (&text));
      scope_text_clear (&text);
      return false;
    }
  for (int s = 0; s < axes; s++)
    out[s] = item[items == 1 ? 0 : s];
  return true;
}

/* padding='same': as many zeros as keep the size; what is odd goes behind. */
static bool
read_same (ScopeConvCall *request)
{
  int64_t item[SCOPE_MAX_RANK];
  int axes = request->weight.rank - 2;
  ScopeText weight = { 0 }, input = { 0 };
  scope_shape_print (&request->weight, SCOPE_SHAPE_LIST, &weight);
  scope_shape_print (&request->input, SCOPE_SHAPE_LIST, &input);
  bool fits = request->weight.rank == request->input.rank;
  if (!fits)
    scope_conv_refuse (request, SCOPE_RULE_RANK, SCOPE_CONV_WEIGHT,
                       "Expected %d-dimensional input for %d-dimensional weight%s, but got "
                       "%d-dimensional input of size %s instead",
                       request->weight.rank, request->weight.rank, scope_text_string (&weight),
                       request->input.rank, scope_text_string (&input));
  scope_text_clear (&weight);
  scope_text_clear (&input);
  if (!fits)
    return false;

  int items = read_items (request, SCOPE_CONV_STRIDE, 1, item);
  if (items != axes && items != 1)
    return scope_conv_refuse (request, SCOPE_RULE_ARGUMENT, SCOPE_CONV_STRIDE,
                              "stride cannot broadcast to %d dimensions", axes);
  int dilations = read_items (request, SCOPE_CONV_DILATION, 1, request->dilation);
  if (dilations != axes && dilations != 1)
    return scope_conv_refuse (request, SCOPE_RULE_ARGUMENT, SCOPE_CONV_DILATION,
                              "dilation cannot broadcast to %d dimensions", axes);
  for (int i = 0; i < items; i++)
    if (item[i] != 1)
      return scope_conv_refuse (request, SCOPE_RULE_ARGUMENT, SCOPE_CONV_STRIDE,
                                "padding='same' is not supported for strided convolutions");
  for (int s = 0; s < axes; s++)
    {
      request->stride[s] = 1;
      request->dilation[s] = request->dilation[dilations == 1 ? 0 : s];
      int64_t total = request->dilation[s] * (request->weight.size[s + 2] - 1);
      int64_t rest = total - total / 2 - total / 2;
      request->padding[s] = rest < 0 ? total - total / 2 : total / 2;
      if (scope_size_is_known (request->seen.size[s + 2]))
        request->seen.size[s + 2] += rest;
    }
  return true;
}

/* ---- shapes --------------------------------------------------------------------------------- */

static bool
check_signs (ScopeConvCall *request)
{
  int axes = request->weight.rank - 2;
  for (int s = 0; s < axes; s++)
    if (request->padding[s] < 0)
      return scope_conv_refuse (request, SCOPE_RULE_SIZE, SCOPE_CONV_PADDING,
                                "negative padding is not supported");
  for (int s = 0; s < axes; s++)
    if (request->output_padding[s] < 0)
      return scope_conv_refuse (request, SCOPE_RULE_SIZE, SCOPE_CONV_OUTPUT_PADDING,
                                "negative output_padding is not supported");
  for (int s = 0; s < axes; s++)
    if (request->stride[s] <= 0)
      return scope_conv_refuse (request, SCOPE_RULE_SIZE, SCOPE_CONV_STRIDE,
                                "non-positive stride is not supported");
  return true;
}

static bool
both_known (int64_t a, int64_t b)
{
  return scope_size_is_known (a) && scope_size_is_known (b);
}

/* Channels of input and weight, as the messages tell them. */
static bool
check_channels (ScopeConvCall *request, const char *input, const char *weight)
{
  int64_t own = request->input.size[1], theirs = request->weight.size[request->transposed ? 0 : 1];
  int64_t wanted = theirs;
  if (!request->transposed && scope_size_is_known (theirs)
      && !scope_checked_mul (theirs, request->groups, &wanted))
    wanted = INT64_MAX;
  if (!both_known (own, wanted) || own == wanted)
    return true;
  int rank = request->input.rank - !request->batched;
  scope_failure_begin (request->failure, SCOPE_RULE_MATCH);
  scope_failure_add_axis (request->failure, rank, request->batched, own, wanted);
  if (request->transposed)
    return scope_conv_refuse (request, SCOPE_RULE_MATCH, -1,
                              "Given transposed=1, weight of size %s, expected input%s to have "
                              "%" PRId64 " channels, but got %" PRId64 " channels instead",
                              weight, input, wanted, own);
  return scope_conv_refuse (request, SCOPE_RULE_MATCH, -1,
                            "Given groups=%" PRId64 ", weight of size %s, expected input%s to have "
                            "%" PRId64 " channels, but got %" PRId64 " channels instead",
                            request->groups, weight, input, wanted, own);
}

static bool
check_bias (ScopeConvCall *request, const char *weight)
{
  int64_t wanted = request->weight.size[request->transposed ? 1 : 0];
  if (request->transposed && scope_size_is_known (wanted)
      && !scope_checked_mul (wanted, request->groups, &wanted))
    wanted = INT64_MAX;
  if (!request->has_bias
      || (request->bias.rank == 1
          && (request->bias.size[0] == wanted || !both_known (request->bias.size[0], wanted))))
    return true;
  ScopeText bias = { 0 };
  scope_shape_print (&request->bias, SCOPE_SHAPE_LIST, &bias);
  scope_conv_refuse (request, SCOPE_RULE_MATCH, SCOPE_CONV_BIAS,
                     "Given %sweight of size %s, expected bias to be 1-dimensional with %" PRId64
                     " elements, but got bias of size %s instead",
                     request->transposed ? "transposed=1, " : "", weight, wanted,
                     scope_text_string (&bias));
  scope_text_clear (&bias);
  return false;
}

/* A kernel must not be larger than what it slides over. */
static bool
check_kernel (ScopeConvCall *request)
{
  int rank = request->input.rank - !request->batched;
  bool fits = true;
  ScopeText input = { 0 }, kernel = { 0 };
  scope_failure_begin (request->failure, SCOPE_RULE_SIZE);
  for (int s = 0; s < request->spatial; s++)
    {
      int64_t size = request->seen.size[s + 2], weight = request->weight.size[s + 2];
      if (!both_known (size, weight))
        continue;
      int64_t padded, reach;
      if (!scope_checked_mul (request->dilation[s], weight - 1, &reach)
          || !scope_checked_add (reach, 1, &reach))
        reach = INT64_MAX;
      if (!scope_checked_mul (2, request->padding[s], &padded)
          || !scope_checked_add (padded, size, &padded))
        padded = INT64_MAX;
      scope_text_printf (&input, "%s%" PRId64, s > 0 ? " x " : "", padded);
      scope_text_printf (&kernel, "%s%" PRId64, s > 0 ? " x " : "", reach);
      if (padded >= reach)
        continue;
      fits = false;
      scope_failure_add_axis (request->failure, rank, s + 1 + request->batched, size, reach);
    }
  if (!fits)
    scope_conv_refuse (request, SCOPE_RULE_SIZE, -1,
                       "Calculated padded input size per channel: (%s). Kernel size: (%s). Kernel "
                       "size can't be greater than actual input size",
                       scope_text_string (&input), scope_text_string (&kernel));
  scope_text_clear (&input);
  scope_text_clear (&kernel);
  return fits;
}

static bool
check_weight (ScopeConvCall *request, const char *input, const char *weight)
{
  int64_t first = request->weight.size[0];
  if (request->weight.rank != request->input.rank)
    return scope_conv_refuse (request, SCOPE_RULE_RANK, SCOPE_CONV_WEIGHT,
                              "Expected %d-dimensional input for %d-dimensional weight %s, but got "
                              "%d-dimensional input of size %s instead",
                              request->weight.rank, request->weight.rank, weight,
                              request->input.rank, input);
  if (scope_size_is_known (first) && first < request->groups)
    return scope_conv_refuse (request, SCOPE_RULE_DIVIDE, SCOPE_CONV_WEIGHT,
                              "Given groups=%" PRId64 ", expected weight to be at least %" PRId64
                              " at dimension 0, but got weight of size %s instead",
                              request->groups, request->groups, weight);
  if (scope_size_is_known (first) && first % request->groups != 0)
    return scope_conv_refuse (request, SCOPE_RULE_DIVIDE, SCOPE_CONV_WEIGHT,
                              "Given groups=%" PRId64 ", expected weight to be divisible by "
                              "%" PRId64 " at dimension 0, but got weight of size [%s] instead",
                              request->groups, request->groups, weight);
  return true;
}

/* check_shape_forward. */
static bool
check_shapes (ScopeConvCall *request)
{
  ScopeText input = { 0 }, weight = { 0 };
  scope_shape_print (&request->seen, SCOPE_SHAPE_LIST, &input);
  scope_shape_print (&request->weight, SCOPE_SHAPE_LIST, &weight);
  const char *i = scope_text_string (&input), *w = scope_text_string (&weight);
  bool fits = check_signs (request) && check_weight (request, i, w)
              && check_channels (request, i, w) && check_bias (request, w);
  scope_text_clear (&input);
  scope_text_clear (&weight);
  return fits && (request->transposed || check_kernel (request));
}

static bool
add_batch (ScopeConvCall *request)
{
  int rank = request->input.rank, spatial = request->spatial;
  request->batched = rank == spatial + 2;
  if (request->batched)
    return true;
  if (rank != spatial + 1)
    {
      ScopeText sizes = { 0 };
      scope_shape_print (&request->input, SCOPE_SHAPE_LIST, &sizes);
      scope_conv_refuse (request, SCOPE_RULE_RANK, SCOPE_CONV_INPUT,
                         "Expected %dD (unbatched) or %dD (batched) input to conv%s%dd, but got "
                         "input of size: %s",
                         spatial + 1, spatial + 2, request->transposed ? "_transpose" : "", spatial,
                         scope_text_string (&sizes));
      scope_text_clear (&sizes);
      return false;
    }
  memmove (&request->input.size[1], &request->input.size[0], (size_t)rank * sizeof (int64_t));
  request->input.size[0] = 1;
  request->input.rank++;
  return true;
}

static bool
read_padding (ScopeConvCall *request)
{
  const ScopeValue *padding = &request->call->value[SCOPE_CONV_PADDING];
  if (padding->kind != SCOPE_VALUE_STRING)
    return read_list (request, SCOPE_CONV_PADDING, "padding", 0, request->padding);
  memset (request->padding, 0, sizeof request->padding);
  return true;
}

bool
scope_conv_begin (ScopeConvCall *request, const ScopeCall *call, ScopeFailure *failure)
{
  const ScopeValue *value = call->value, *padding = &value[SCOPE_CONV_PADDING];
  request->call = call;
  request->failure = failure;
  request->spatial = call->spelling->variant;
  request->input = *scope_call_shape (call, &value[SCOPE_CONV_INPUT]);
  request->weight = *scope_call_shape (call, &value[SCOPE_CONV_WEIGHT]);
  request->dtype = scope_call_dtype (call, &value[SCOPE_CONV_INPUT]);
  request->weight_dtype = scope_call_dtype (call, &value[SCOPE_CONV_WEIGHT]);
  request->has_bias = value[SCOPE_CONV_BIAS].kind == SCOPE_VALUE_TENSOR;
  request->groups = 1;
  if (request->has_bias)
    {
      request->bias = *scope_call_shape (call, &value[SCOPE_CONV_BIAS]);
      request->bias_dtype = scope_call_dtype (call, &value[SCOPE_CONV_BIAS]);
    }
  bool mode = padding->kind == SCOPE_VALUE_STRING;
  if (request->spatial == 2 && !request->transposed && !mode && request->has_bias
      && request->bias_dtype != request->dtype)
    return scope_conv_refuse (request, SCOPE_RULE_TYPE, SCOPE_CONV_BIAS,
                              "Input type (%s) and bias type (%s) should be the same",
                              c_name (request->dtype), c_name (request->bias_dtype));
  if (!scope_call_int (call, SCOPE_CONV_GROUPS, &request->groups, failure) || !add_batch (request))
    return false;
  bool complex = scope_dtype_kind (request->dtype) == SCOPE_KIND_COMPLEX;
  if (complex && (!request->transposed || request->spatial == 1)
      && !scope_conv_same_types (request, false))
    return false;
  request->same = mode && strcmp (padding->text, "same") == 0;
  if (mode && !request->same && strcmp (padding->text, "valid") != 0)
    return scope_conv_refuse (request, SCOPE_RULE_ARGUMENT, SCOPE_CONV_PADDING,
                              "Invalid padding string: '%s'", padding->text);
  if (request->weight.rank < 3)
    return scope_conv_refuse (request, SCOPE_RULE_RANK, SCOPE_CONV_WEIGHT,
                              "weight should have at least three dimensions");
  request->seen = request->input;
  if (request->same && !read_same (request))
    return false;
  if (request->groups <= 0)
    return scope_conv_refuse (request, SCOPE_RULE_SIZE, SCOPE_CONV_GROUPS,
                              "non-positive groups is not supported");
  if (!request->same
      && (!read_list (request, SCOPE_CONV_STRIDE, "stride", 1, request->stride)
          || !read_padding (request)
          || !read_list (request, SCOPE_CONV_DILATION, "dilation", 1, request->dilation)))
    return false;
  if (request->transposed
      && !read_list (request, SCOPE_CONV_OUTPUT_PADDING, "output_padding", 0,
                     request->output_padding))
    return false;
  return check_shapes (request);
}

bool
scope_conv_is_empty (ScopeConvCall *request, bool *empty)
{
  ScopeShape seen = request->seen;
  *empty = seen.size[0] == 0 || seen.size[1] == 0;
  if (*empty)
    return true;
  if (request->spatial == 1)
    {
      seen.size[3] = seen.size[2];
      seen.size[2] = 1;
      seen.rank = 4;
    }
  for (int a = 2; a < seen.rank; a++)
    {
      if (seen.size[a] != 0)
        continue;
      ScopeText sizes = { 0 };
      scope_shape_print (&seen, SCOPE_SHAPE_LIST, &sizes);
      scope_conv_refuse (request, SCOPE_RULE_SIZE, SCOPE_CONV_INPUT,
                         "Only zero batch or zero channel inputs are supported, but got input "
                         "shape: %s",
                         scope_text_string (&sizes));
      scope_text_clear (&sizes);
      return false;
    }
  return true;
}

void
scope_conv_print_axes (const ScopeConvCall *request,
                       const char *prefix,
                       const int64_t *value,
                       const char *separator,
                       ScopeText *text)
{
  static const char *const names[] = { "depth", "height", "width" };
  int spatial = request->spatial;
  bool first = true;
  if (spatial == 1)
    {
      bool none = strcmp (prefix, "output_padding") == 0;
      scope_text_printf (text, "%s_height: %d", prefix, none ? 0 : 1);
      first = false;
    }
  for (int s = 0; s < spatial; s++)
    {
      scope_text_printf (text, "%s%s_%s: %" PRId64, first ? "" : separator, prefix,
                         names[3 - spatial + s], value[s]);
      first = false;
    }
}

bool
scope_conv_finish (ScopeConvCall *request, bool empty, ScopeDtype dtype, ScopeResult *result)
{
  const ScopeCall *call = request->call;
  ScopeShape out = request->out;
  if (!request->batched)
    {
      memmove (&out.size[0], &out.size[1], (size_t)(out.rank - 1) * sizeof (int64_t));
      out.rank--;
    }
  if (!scope_torch_fits (&out, dtype, request->failure))
    return false;
  ScopeConv *plan = scope_arena_alloc (call->arena, sizeof *plan);
  if (plan != NULL)
    {
      *plan = (ScopeConv){ .spatial = request->spatial,
                           .transposed = request->transposed,
                           .has_bias = request->has_bias,
                           .empty = empty,
                           .groups = request->groups,
                           .in_channels = request->input.size[1],
                           .out_channels = request->out.size[1] };
      for (int s = 0; s < request->spatial; s++)
        {
          plan->in[s] = request->input.size[s + 2];
          plan->kernel[s] = request->weight.size[s + 2];
          plan->stride[s] = request->stride[s];
          plan->before[s] = request->padding[s];
          plan->dilation[s] = request->dilation[s];
        }
    }
  result->plan = plan;
  scope_result_add_input (call, result, &call->value[SCOPE_CONV_INPUT]);
  scope_result_add_input (call, result, &call->value[SCOPE_CONV_WEIGHT]);
  if (request->has_bias)
    scope_result_add_input (call, result, &call->value[SCOPE_CONV_BIAS]);
  scope_result_set (result, &out, dtype);
  return true;
}
