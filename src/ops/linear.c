/* F.linear: a product with a transposed matrix, and a bias (ATen/native/Linear.cpp). */
#include "core/checked.h"
#include "ops/broadcast.h"
#include "ops/contract.h"
#include "ops/operand.h"
#include "ops/promote.h"
#include "ops/python-words.h"
#include "ops/torch-expand.h"
#include "ops/torch-product.h"

#include <string.h>

enum
{
  INPUT,
  WEIGHT,
  BIAS,
};

typedef struct
{
  const ScopeCall *call;
  ScopeFailure *failure;
  ScopeOutput input, weight, bias;
  bool has_bias;
  ScopeOutput out;
} Request;

static ScopeOutput
tensor_of (const ScopeCall *call, int parameter)
{
  const ScopeValue *value = &call->value[parameter];
  return (ScopeOutput){ *scope_call_shape (call, value), scope_call_dtype (call, value) };
}

static bool
refuse (Request *request, ScopeRule rule, const char *message)
{
  scope_failure_begin (request->failure, rule);
  return scope_failure_both (request->failure, "RuntimeError", "%s", message);
}

/* Everything but the last axis as one; unknown when a size is. */
static int64_t
rows_of (const ScopeShape *shape)
{
  int64_t rows = 1;
  for (int a = 0; a < shape->rank - 1; a++)
    if (!scope_size_is_known (shape->size[a]) || !scope_checked_mul (rows, shape->size[a], &rows))
      return SCOPE_SIZE_UNKNOWN;
  return rows;
}

/* The input as a matrix, the weight turned: what addmm and mm see. */
static void
as_matrices (const Request *request, ScopeOutput *a, ScopeOutput *b)
{
  const ScopeShape *input = &request->input.shape, *weight = &request->weight.shape;
  *a = (ScopeOutput){ { 2, { rows_of (input), input->size[input->rank - 1] } },
                      request->input.dtype };
  *b = request->weight;
  if (weight->rank == 2)
    b->shape = (ScopeShape){ 2, { weight->size[1], weight->size[0] } };
}

/* What the axes that meet are, for the picture and the sentence. */
static bool
explain_contraction (Request *request)
{
  const ScopeShape *input = &request->input.shape, *weight = &request->weight.shape;
  if (request->failure->rule != SCOPE_RULE_CONTRACT || input->rank == 0 || weight->rank == 0)
    return false;
  int64_t own = input->size[input->rank - 1], theirs = weight->size[weight->rank - 1];
  request->failure->axes = 0;
  scope_failure_add_axis (request->failure, input->rank, input->rank - 1, own, theirs);
  scope_failure_explain (request->failure,
                         "The input's last axis has %lld elements, but the weight takes %lld.",
                         (long long)own, (long long)theirs);
  return false;
}

/* addmm: bias + input · weightᵀ, everything of one type. */
static bool
check_addmm (Request *request)
{
  ScopeOutput a, b, out;
  as_matrices (request, &a, &b);
  if (request->bias.dtype != b.dtype)
    return refuse (request, SCOPE_RULE_TYPE, "self and mat2 must have the same dtype");
  if (a.dtype != b.dtype)
    return refuse (request, SCOPE_RULE_TYPE, "mat1 and mat2 must have the same dtype");
  if (b.shape.rank != 2)
    return refuse (request, SCOPE_RULE_RANK,
                   b.shape.rank == 1 ? "mat2 must be a matrix, got 1-D tensor"
                                     : "mat2 must be a matrix, got 0-D tensor");
  ScopeOutput plain_a = a, plain_b = b;
  plain_a.dtype = plain_b.dtype = SCOPE_FLOAT32;
  if (!scope_torch_mm (&plain_a, &plain_b, &out, request->failure))
    return explain_contraction (request);
  if (!scope_torch_expand (&request->bias, &out.shape, request->failure))
    return false;
  return scope_shape_is_empty (&out.shape)
         || scope_torch_addmm_types (a.dtype, a.dtype, b.dtype, request->failure);
}

static bool
refuse_scalar (Request *request)
{
  ScopeText text = { 0 };
  scope_text_printf (&text,
                     "both arguments to matmul need to be at least 1D, but they are %dD and %dD",
                     request->input.shape.rank, request->weight.shape.rank);
  refuse (request, SCOPE_RULE_RANK, scope_text_string (&text));
  scope_text_clear (&text);
  return false;
}

/* matmul (input, weight.t ()). */
static bool
check_matmul (Request *request)
{
  ScopeOutput a, b, out;
  const ScopeShape *input = &request->input.shape;
  if (input->rank == 0 || request->weight.shape.rank == 0)
    return refuse_scalar (request);
  as_matrices (request, &a, &b);
  bool fits = request->weight.shape.rank == 2 ? scope_torch_mm (&a, &b, &out, request->failure)
              : input->rank == 1
                  ? scope_torch_dot (&request->input, &request->weight, &out, request->failure)
                  : scope_torch_mv (&a, &request->weight, &out, request->failure);
  return fits || explain_contraction (request);
}

/* output.add_ (bias): the result is not stretched. */
static bool
check_added_bias (Request *request)
{
  const ScopeShape *shape[2] = { &request->out.shape, &request->bias.shape };
  const int operand[2] = { 0, 2 };
  ScopeShape both;
  ScopeDtype sum;
  if (!scope_broadcast (request->call, shape, operand, 2, NULL, &both, request->failure))
    return false;
  ScopeMixed term[2] = { scope_mixed_tensor (request->out.dtype, request->out.shape.rank),
                         scope_mixed_tensor (request->bias.dtype, request->bias.shape.rank) };
  ScopeText text = { 0 }, own = { 0 }, wide = { 0 };
  scope_shape_print (&request->out.shape, SCOPE_SHAPE_LIST, &own);
  scope_shape_print (&both, SCOPE_SHAPE_LIST, &wide);
  if (scope_promote (SCOPE_PYTORCH, term, 2, &sum) && !scope_torch_casts (sum, request->out.dtype))
    scope_text_printf (&text, "result type %s can't be cast to the desired output type %s",
                       scope_dtype_word (SCOPE_PYTORCH, sum),
                       scope_dtype_word (SCOPE_PYTORCH, request->out.dtype));
  else if (!scope_shape_equal (&both, &request->out.shape) && scope_shape_is_known (&both)
           && scope_shape_is_known (&request->out.shape))
    scope_text_printf (&text, "output with shape %s doesn't match the broadcast shape %s",
                       scope_text_string (&own), scope_text_string (&wide));
  bool fits = text.length == 0 || refuse (request, SCOPE_RULE_BROADCAST, scope_text_string (&text));
  scope_text_clear (&text);
  scope_text_clear (&own);
  scope_text_clear (&wide);
  return fits;
}

/* ---- plan ----------------------------------------------------------------------------------- */

static ScopeContraction *
make_plan (const Request *request)
{
  const ScopeShape *out = &request->out.shape;
  ScopeContraction *plan = scope_contraction_new (request->call->arena, 2);
  if (plan == NULL)
    return NULL;
  int inner = out->rank;
  plan->outputs = out->rank;
  plan->labels = out->rank + 1;
  memcpy (plan->size, out->size, (size_t)out->rank * sizeof *out->size);
  plan->size[inner] = request->input.shape.size[request->input.shape.rank - 1];
  plan->dtype = request->out.dtype;
  plan->factor[0].rank = request->input.shape.rank;
  plan->factor[1].rank = request->weight.shape.rank;
  memcpy (plan->factor[0].size, request->input.shape.size, sizeof plan->factor[0].size);
  memcpy (plan->factor[1].size, request->weight.shape.size, sizeof plan->factor[1].size);
  for (int a = 0; a < plan->factor[0].rank; a++)
    plan->factor[0].label[a] = (uint8_t)(a == plan->factor[0].rank - 1 ? inner : a);
  plan->factor[1].label[plan->factor[1].rank - 1] = (uint8_t)inner;
  if (plan->factor[1].rank == 2)
    plan->factor[1].label[0] = (uint8_t)(out->rank - 1);
  plan->is_zero = plan->size[inner] == 0;
  plan->has_addend = request->has_bias;
  plan->addend = request->bias.shape;
  return plan;
}

static bool
infer (const ScopeCall *call, ScopeResult *result, ScopeFailure *failure)
{
  const ScopeValue *bias = &call->value[BIAS];
  Request request = { .call = call, .failure = failure };
  request.input = tensor_of (call, INPUT);
  request.weight = tensor_of (call, WEIGHT);
  request.has_bias = bias->kind == SCOPE_VALUE_TENSOR;
  const ScopeShape *weight = &request.weight.shape;
  int rank = request.input.shape.rank;
  if (weight->rank > 2)
    {
      ScopeText text = { 0 };
      scope_text_printf (&text, "t() expects a tensor with <= 2 dimensions, but self is %dD",
                         weight->rank);
      refuse (&request, SCOPE_RULE_RANK, scope_text_string (&text));
      scope_text_clear (&text);
      return false;
    }
  request.out = request.input;
  if (rank > 0 && weight->rank == 2)
    request.out.shape.size[rank - 1] = weight->size[0];
  else if (rank > 0)
    request.out.shape.rank--;
  if (request.has_bias)
    request.bias = tensor_of (call, BIAS);
  bool fused = request.has_bias && (rank == 2 || rank == 3);
  if (!(fused ? check_addmm (&request) : check_matmul (&request)))
    return false;
  if (request.has_bias && !fused && !check_added_bias (&request))
    return false;
  if (!scope_torch_fits (&request.out.shape, request.out.dtype, failure))
    return false;
  scope_result_add_input (call, result, &call->value[INPUT]);
  scope_result_add_input (call, result, &call->value[WEIGHT]);
  if (request.has_bias)
    scope_result_add_input (call, result, bias);
  scope_result_set (result, &request.out.shape, request.out.dtype);
  result->plan = make_plan (&request);
  return true;
}

static const ScopeParameter parameters[] = {
  { "input", SCOPE_TAKES_TENSOR, NULL, NULL, "any axes, then the features" },
  { "weight", SCOPE_TAKES_TENSOR, NULL, NULL, "output features × input features" },
  { "bias", SCOPE_TAKES_TENSOR, "None", NULL, "a number for each output feature" },
  { NULL },
};

static const ScopeSpelling spellings[] = {
  { "F.linear", SCOPE_PYTORCH, .signature = "(Tensor input, Tensor weight, Tensor bias=None)" },
  { NULL },
};

const ScopeOp scope_ops_linear[] = {
  { .name = "linear",
    .group = "layers",
    .about = "multiplies the last axis by a matrix and adds a bias",
    .spelling = spellings,
    .parameter = parameters,
    .infer = infer,
    .read = scope_contraction_read,
    .trace = scope_contraction_trace },
  { NULL },
};
