/* conv1d, conv2d, conv3d and their transposes: what PyTorch 1.13.1 takes and refuses. */
#include "ops/conv.h"

#include "core/checked.h"
#include "ops/promote.h"
#include "ops/torch-product.h"

#include <inttypes.h>

/* The kernel's sizes of a refusal: which words depends on the kernel that was chosen. */
static bool
check_kernel_sizes (ScopeConvCall *request, bool dilated)
{
  const int64_t *kernel = scope_conv_kernel (request);
  bool positive = true;
  ScopeText text = { 0 };
  for (int s = 0; s < request->spatial; s++)
    positive = positive && kernel[s] != 0;
  if (positive)
    return true;
  if (dilated)
    {
      scope_text_append (&text, request->spatial == 1 ? "[1, " : "[");
      for (int s = 0; s < request->spatial; s++)
        scope_text_printf (&text, "%s%" PRId64, s > 0 ? ", " : "", kernel[s]);
      scope_text_append (&text, "]");
    }
  else if (request->spatial == 3 && !request->transposed)
    scope_text_printf (&text, ": %" PRId64 " x %" PRId64 " x %" PRId64 " (TxHxW)", kernel[0],
                       kernel[1], kernel[2]);
  else
    scope_conv_print_axes (request, "kernel", kernel, " ", &text);
  bool tight = request->spatial == 3 && !request->transposed && !dilated;
  scope_conv_refuse (request, SCOPE_RULE_SIZE, SCOPE_CONV_WEIGHT,
                     "kernel size should be greater than zero, but got%s%s", tight ? "" : " ",
                     scope_text_string (&text));
  scope_text_clear (&text);
  return false;
}

static bool
is_dilated (const ScopeConvCall *request)
{
  for (int s = 0; s < request->spatial; s++)
    if (request->dilation[s] != 1)
      return true;
  return false;
}

static bool
has_positive_dilation (const ScopeConvCall *request)
{
  for (int s = 0; s < request->spatial; s++)
    if (request->dilation[s] <= 0)
      return false;
  return true;
}

/* ---- forward -------------------------------------------------------------------------------- */

/* use_mkldnn: float only, and not for small things. */
static bool
uses_onednn (const ScopeConvCall *request)
{
  const ScopeShape *input = &request->input;
  int rank = request->weight.rank;
  int64_t width = request->weight.size[rank - 1];
  int64_t height = request->spatial == 1 ? 1 : request->weight.size[rank - 2];
  int64_t count = 1;
  bool strided = false;
  for (int s = 0; s < request->spatial; s++)
    strided = strided || request->stride[s] != 1;
  for (int a = 0; a < 4 && a < input->rank; a++)
    if (!scope_checked_mul (count, input->size[a], &count))
      count = INT64_MAX;
  if (request->dtype == SCOPE_BFLOAT16)
    return true;
  return request->dtype == SCOPE_FLOAT32
         && (strided || is_dilated (request) || input->size[0] >= 16 || width != 1 || height != 1)
         && (request->groups > 1 || (width > 3 && height > 3) || input->size[0] > 1
             || count > 20480);
}

static bool
refuse_dilation (ScopeConvCall *request)
{
  ScopeText text = { 0 };
  scope_text_append (&text, request->spatial == 1 ? "1, " : "");
  for (int s = 0; s < request->spatial; s++)
    scope_text_printf (&text, "%s%" PRId64, s > 0 ? ", " : "", request->dilation[s]);
  scope_conv_refuse (request, SCOPE_RULE_SIZE, SCOPE_CONV_DILATION,
                     "dilation should be greater than zero, but got [%s]",
                     scope_text_string (&text));
  scope_text_clear (&text);
  return false;
}

/* What the kernels that PyTorch wrote itself are written for. */
static bool
check_own_types (ScopeConvCall *request, bool dilated)
{
  ScopeDtype dtype = request->dtype;
  bool small = scope_dtype_is_integer (dtype) && dtype != SCOPE_INT64;
  bool never = dtype == SCOPE_BOOL || dtype == SCOPE_FLOAT16;
  if (never || (dilated && small))
    return scope_torch_has_no_kernel (dilated                 ? "slow_conv_dilated<>"
                                      : request->spatial == 3 ? "compute_columns3d"
                                                              : "slow_conv2d_cpu",
                                      dtype, request->failure);
  if (request->weight_dtype != dtype)
    return scope_torch_expected_type (dtype, request->weight_dtype, request->failure);
  return true;
}

static bool
check_forward (ScopeConvCall *request)
{
  bool dilated = is_dilated (request);
  if (scope_dtype_kind (request->dtype) == SCOPE_KIND_COMPLEX)
    {
      /* Computed as real convolutions. */
      ScopeConvCall real = *request;
      real.dtype = real.weight_dtype = real.bias_dtype = scope_dtype_real (request->dtype);
      return check_forward (&real);
    }
  if (uses_onednn (request))
    {
      if (!scope_conv_same_types (request, true))
        return false;
      if (!has_positive_dilation (request))
        return scope_conv_refuse (request, SCOPE_RULE_SIZE, SCOPE_CONV_DILATION,
                                  "non-positive dilation is not supported");
      for (int s = 0; s < request->spatial; s++)
        if (scope_conv_kernel (request)[s] == 0)
          return scope_conv_refuse (request, SCOPE_RULE_SIZE, SCOPE_CONV_WEIGHT,
                                    "could not create a descriptor for a dilated convolution "
                                    "forward propagation primitive");
      return true;
    }
  if (!check_kernel_sizes (request, dilated))
    return false;
  if (dilated && !has_positive_dilation (request))
    return refuse_dilation (request);
  return check_own_types (request, dilated);
}

static int64_t
forward_size (const ScopeConvCall *request, int s)
{
  int64_t in = request->input.size[s + 2], kernel = request->weight.size[s + 2];
  if (request->same || !scope_size_is_known (in) || !scope_size_is_known (kernel))
    return request->same ? in : SCOPE_SIZE_UNKNOWN;
  int64_t reach = request->dilation[s] * (kernel - 1) + 1;
  return (in + 2 * request->padding[s] - reach) / request->stride[s] + 1;
}

static bool
infer_forward (const ScopeCall *call, ScopeResult *result, ScopeFailure *failure)
{
  ScopeConvCall request = { 0 };
  bool empty;
  if (!scope_conv_begin (&request, call, failure) || !scope_conv_is_empty (&request, &empty))
    return false;
  ScopeDtype dtype = request.dtype;
  if (!(empty ? scope_conv_empty_type (&request, &dtype) : check_forward (&request)))
    return false;
  request.out = request.input;
  request.out.size[1] = request.input.size[1] == 0 ? 0 : request.weight.size[0];
  for (int s = 0; s < request.spatial; s++)
    request.out.size[s + 2] = forward_size (&request, s);
  return scope_conv_finish (&request, empty, dtype, result);
}

/* ---- transposed ----------------------------------------------------------------------------- */

static bool
check_output_padding (ScopeConvCall *request)
{
  bool fits = true;
  for (int s = 0; s < request->spatial; s++)
    fits = fits
           && (request->output_padding[s] < request->stride[s]
               || request->output_padding[s] < request->dilation[s]);
  if (fits)
    return true;
  ScopeText text = { 0 };
  scope_conv_print_axes (request, "output_padding", request->output_padding, " ", &text);
  scope_text_append (&text, " ");
  scope_conv_print_axes (request, "stride", request->stride, " ", &text);
  scope_text_append (&text, " ");
  scope_conv_print_axes (request, "dilation", request->dilation, " ", &text);
  scope_conv_refuse (request, SCOPE_RULE_SIZE, SCOPE_CONV_OUTPUT_PADDING,
                     "output padding must be smaller than either stride or dilation, but got %s",
                     scope_text_string (&text));
  scope_text_clear (&text);
  return false;
}

static bool
check_transposed_dilation (ScopeConvCall *request)
{
  if (has_positive_dilation (request))
    return true;
  ScopeText text = { 0 };
  scope_conv_print_axes (request, "dilation", request->dilation, ", ", &text);
  scope_conv_refuse (request, SCOPE_RULE_SIZE, SCOPE_CONV_DILATION,
                     "dilation should be greater than zero, but got %s", scope_text_string (&text));
  scope_text_clear (&text);
  return false;
}

/* Sizes of the result; unknown ones fit. */
static bool
find_transposed_sizes (ScopeConvCall *request)
{
  int rank = request->input.rank - !request->batched;
  bool fits = true;
  bool empty = request->input.size[0] == 0; /* nothing is computed for no batch: 0 will do */
  ScopeText in = { 0 }, out = { 0 };
  scope_failure_begin (request->failure, SCOPE_RULE_SIZE);
  if (request->spatial == 1)
    {
      scope_text_append (&in, "1 x ");
      scope_text_append (&out, "1 x ");
    }
  for (int s = 0; s < request->spatial; s++)
    {
      int64_t size = request->input.size[s + 2], kernel = request->weight.size[s + 2], result;
      int64_t *to = &request->out.size[s + 2];
      *to = SCOPE_SIZE_UNKNOWN;
      if (!scope_size_is_known (size) || !scope_size_is_known (kernel))
        continue;
      if (!scope_checked_mul (size - 1, request->stride[s], &result)
          || !scope_checked_add (result,
                                 request->dilation[s] * (kernel - 1) + request->output_padding[s]
                                     + 1 - 2 * request->padding[s],
                                 &result))
        result = INT64_MAX;
      *to = result;
      scope_text_printf (&in, "%s%" PRId64, s > 0 ? " x " : "", size);
      scope_text_printf (&out, "%s%" PRId64, s > 0 ? " x " : "", result);
      if (result >= 1 || (result == 0 && empty))
        continue;
      fits = false;
      scope_failure_add_axis (request->failure, rank, s + 1 + request->batched, size, kernel);
    }
  if (!fits)
    scope_conv_refuse (request, SCOPE_RULE_SIZE, -1,
                       "Given input size per channel: (%s). Calculated output size per channel: "
                       "(%s). Output size is too small",
                       scope_text_string (&in), scope_text_string (&out));
  scope_text_clear (&in);
  scope_text_clear (&out);
  return fits;
}

static bool
check_transposed_types (ScopeConvCall *request)
{
  ScopeDtype dtype = request->dtype;
  bool three = request->spatial == 3;
  if (request->spatial == 1 && scope_dtype_kind (dtype) == SCOPE_KIND_COMPLEX)
    return true;
  if (dtype != SCOPE_FLOAT32 && dtype != SCOPE_FLOAT64 && dtype != SCOPE_INT64)
    return scope_torch_has_no_kernel (three ? "slow_conv_transpose3d_out_cpu"
                                            : "slow_conv_transpose2d_out_cpu",
                                      dtype, request->failure);
  if (request->weight_dtype != dtype)
    return scope_torch_expected_type (dtype, request->weight_dtype, request->failure);
  if (request->has_bias && request->bias_dtype != dtype)
    return scope_torch_expected_type (dtype, request->bias_dtype, request->failure);
  return true;
}

/* Each group has a weight of its own, which must not be empty. */
static bool
check_filled_weight (ScopeConvCall *request)
{
  bool filled = true;
  for (int a = 0; a < request->weight.rank; a++)
    filled = filled && request->weight.size[a] != 0;
  if (filled)
    return true;
  ScopeText sizes = { 0 };
  ScopeShape group = request->weight;
  group.size[0] /= request->groups;
  if (request->spatial == 1)
    {
      group.size[3] = group.size[2];
      group.size[2] = 1;
      group.rank = 4;
    }
  scope_shape_print (&group, SCOPE_SHAPE_LIST, &sizes);
  scope_conv_refuse (request, SCOPE_RULE_SIZE, SCOPE_CONV_WEIGHT,
                     "non-empty %s expected%s, but got: %s",
                     request->spatial == 3 ? "5D (n_output_plane x n_input_plane x kernel_depth x "
                                             "kernel_height x kernel_width) tensor"
                                           : "2D or 4D weight tensor",
                     request->spatial == 3 ? " for weight" : "", scope_text_string (&sizes));
  scope_text_clear (&sizes);
  return false;
}

static bool
check_transposed (ScopeConvCall *request)
{
  if (request->spatial != 3 && !check_kernel_sizes (request, false))
    return false;
  return check_transposed_dilation (request)
         && (request->spatial == 3
                 ? check_filled_weight (request) && check_output_padding (request)
                 : check_output_padding (request) && check_filled_weight (request))
         && find_transposed_sizes (request) && check_transposed_types (request);
}

static bool
infer_transposed (const ScopeCall *call, ScopeResult *result, ScopeFailure *failure)
{
  ScopeConvCall request = { .transposed = true };
  bool empty;
  if (!scope_conv_begin (&request, call, failure) || !scope_conv_is_empty (&request, &empty))
    return false;
  ScopeDtype dtype = request.dtype;
  request.out = request.input;
  request.out.size[1] = request.weight.size[1];
  if (scope_size_is_known (request.out.size[1])
      && !scope_checked_mul (request.out.size[1], request.groups, &request.out.size[1]))
    request.out.size[1] = INT64_MAX;
  if (request.input.size[1] == 0)
    request.out.size[1] = 0;
  if (empty && !find_transposed_sizes (&request))
    return false;
  if (!(empty ? scope_conv_empty_type (&request, &dtype) : check_transposed (&request)))
    return false;
  return scope_conv_finish (&request, empty, dtype, result);
}

/* ---- the table ------------------------------------------------------------------------------ */

static const ScopeParameter forward_parameters[] = {
  { "input", SCOPE_TAKES_TENSOR, NULL, NULL, "channels × 1 to 3 spatial axes, or a batch of them" },
  { "weight", SCOPE_TAKES_TENSOR, NULL, NULL,
    "output channels × input channels of a group × the kernel's sizes" },
  { "bias", SCOPE_TAKES_TENSOR, "None", NULL, "a number for each output channel" },
  { "stride", SCOPE_TAKES_SHAPE, "1", NULL, "from one place of the kernel to the next" },
  { "padding", SCOPE_TAKES_ANY, "0", NULL, "zeros on both sides, 'same' or 'valid'" },
  { "dilation", SCOPE_TAKES_SHAPE, "1", NULL, "from one element of the kernel to the next" },
  { "groups", SCOPE_TAKES_INT, "1", NULL, "channels are split into so many groups" },
  { NULL },
};

static const ScopeParameter transposed_parameters[] = {
  { "input", SCOPE_TAKES_TENSOR, NULL, NULL, "channels × 1 to 3 spatial axes, or a batch of them" },
  { "weight", SCOPE_TAKES_TENSOR, NULL, NULL,
    "input channels × output channels of a group × the kernel's sizes" },
  { "bias", SCOPE_TAKES_TENSOR, "None", NULL, "a number for each output channel" },
  { "stride", SCOPE_TAKES_SHAPE, "1", NULL, "how far apart inputs are put into the result" },
  { "padding", SCOPE_TAKES_SHAPE, "0", NULL, "what is cut off the result on both sides" },
  { "dilation", SCOPE_TAKES_SHAPE, "1", NULL, "from one element of the kernel to the next" },
  { "groups", SCOPE_TAKES_INT, "1", NULL, "channels are split into so many groups" },
  { "output_padding", SCOPE_TAKES_SHAPE, "0", NULL, "what the result has more at the end" },
  { NULL },
};

#define FORWARD(n)                                                                                 \
  .signature =                                                                                     \
      "(Tensor input, Tensor weight, Tensor bias=None, tuple of ints[" n "] stride=1, tuple of "   \
      "ints[" n "] padding=0, tuple of ints[" n "] dilation=1, int groups=1)\n"                    \
      "(Tensor input, Tensor weight, Tensor bias=None, tuple of ints[" n "] stride=1, str "        \
      "padding='valid', tuple of ints[" n "] dilation=1, int groups=1)"
#define TRANSPOSED(n)                                                                              \
  .signature = "(Tensor input, Tensor weight, Tensor bias=None, tuple of ints[" n "] stride=1, "   \
               "tuple of ints[" n "] padding=0, tuple of ints[" n "] output_padding=0, int "       \
               "groups=1, tuple of ints[" n "] dilation=1)"
#define ORDER "input weight bias stride padding output_padding groups dilation"

static const ScopeSpelling forward_spellings[] = {
  { "F.conv1d", SCOPE_PYTORCH, NULL, 1, FORWARD ("1") },
  { "F.conv2d", SCOPE_PYTORCH, NULL, 2, FORWARD ("2") },
  { "F.conv3d", SCOPE_PYTORCH, NULL, 3, FORWARD ("3") },
  { "torch.conv1d", SCOPE_PYTORCH, NULL, 1, FORWARD ("1") },
  { "torch.conv2d", SCOPE_PYTORCH, NULL, 2, FORWARD ("2") },
  { "torch.conv3d", SCOPE_PYTORCH, NULL, 3, FORWARD ("3") },
  { NULL },
};

static const ScopeSpelling transposed_spellings[] = {
  { "F.conv_transpose1d", SCOPE_PYTORCH, ORDER, 1, TRANSPOSED ("1") },
  { "F.conv_transpose2d", SCOPE_PYTORCH, ORDER, 2, TRANSPOSED ("2") },
  { "F.conv_transpose3d", SCOPE_PYTORCH, ORDER, 3, TRANSPOSED ("3") },
  { "torch.conv_transpose1d", SCOPE_PYTORCH, ORDER, 1, TRANSPOSED ("1") },
  { "torch.conv_transpose2d", SCOPE_PYTORCH, ORDER, 2, TRANSPOSED ("2") },
  { "torch.conv_transpose3d", SCOPE_PYTORCH, ORDER, 3, TRANSPOSED ("3") },
  { NULL },
};

const ScopeOp scope_ops_conv[] = {
  { .name = "conv",
    .group = "layers",
    .about = "slides a kernel over the spatial axes and adds up over the channels",
    .spelling = forward_spellings,
    .parameter = forward_parameters,
    .infer = infer_forward,
    .read = scope_conv_read,
    .trace = scope_conv_trace },
  { .name = "conv_transpose",
    .group = "layers",
    .about = "puts a kernel down for every input element and adds up what overlaps",
    .spelling = transposed_spellings,
    .parameter = transposed_parameters,
    .infer = infer_transposed,
    .read = scope_conv_read,
    .trace = scope_conv_trace },
  { NULL },
};
