/* addmm, addmv, addbmm, baddbmm, addr: beta · input + alpha · (a product), as PyTorch 1.13.1 checks
 * them (ATen/native/LinearAlgebra.cpp, Blas.cpp). */
#include "core/checked.h"
#include "ops/argument.h"
#include "ops/compose.h"
#include "ops/contract.h"
#include "ops/operand.h"
#include "ops/promote.h"
#include "ops/torch-expand.h"
#include "ops/torch-product.h"

#include <inttypes.h>
#include <math.h>
#include <string.h>

enum
{
  INPUT,
  FIRST,
  SECOND,
  BETA,
  ALPHA,
};

typedef enum
{
  ADDMM,
  ADDMV,
  ADDBMM,
  BADDBMM,
} Form;

typedef struct
{
  const ScopeCall *call;
  ScopeFailure *failure;
  ScopeOutput input, a, b;
  ScopeOutput out;
} Request;

static ScopeOutput
tensor_of (const ScopeCall *call, int parameter)
{
  const ScopeValue *value = &call->value[parameter];
  return (ScopeOutput){ *scope_call_shape (call, value), scope_call_dtype (call, value) };
}

#define refuse(request, parameter, rule, ...)                                                      \
  scope_refuse ((request)->call, parameter, (request)->failure, rule, "RuntimeError", __VA_ARGS__)

/* An operation in place keeps its shape. */
static bool
check_in_place (Request *request)
{
  if (!request->call->spelling->in_place)
    return true;
  if (request->input.dtype != request->out.dtype)
    return refuse (
        request, INPUT, SCOPE_RULE_TYPE,
        "Bad in-place call: input tensor dtype %s and output tensor dtype %s should match",
        scope_torch_cpp_type (request->input.dtype), scope_torch_cpp_type (request->out.dtype));
  if (scope_shape_equal (&request->input.shape, &request->out.shape))
    return true;
  ScopeText own = { 0 }, wanted = { 0 };
  scope_shape_print (&request->input.shape, SCOPE_SHAPE_LIST, &own);
  scope_shape_print (&request->out.shape, SCOPE_SHAPE_LIST, &wanted);
  refuse (request, INPUT, SCOPE_RULE_BROADCAST,
          "Bad in-place call: input tensor size %s and output tensor size %s should match",
          scope_text_string (&own), scope_text_string (&wanted));
  scope_text_clear (&own);
  scope_text_clear (&wanted);
  return false;
}

/* The inner sizes, for the picture. */
static void
mark_inner (Request *request, int axis_a, int axis_b)
{
  ScopeFailure *failure = request->failure;
  if (failure->rule == SCOPE_RULE_CONTRACT && failure->axes == 0)
    scope_failure_add_axis (failure, request->a.shape.rank, axis_a, request->a.shape.size[axis_a],
                            request->b.shape.size[axis_b]);
}

/* A number as the kernel takes it: cut to a whole one where it adds up whole ones. */
static double
factor_of (const ScopeCall *call, int parameter, ScopeDtype dtype)
{
  const ScopeValue *value = &call->value[parameter];
  double number = value->kind == SCOPE_VALUE_FLOAT ? value->number
                  : scope_value_is_int (value)     ? (double)value->integer
                                                   : 1;
  bool whole = scope_dtype_kind (dtype) <= SCOPE_KIND_SIGNED;
  return !whole ? number : fabs (number) < 9e18 ? trunc (number) : 0;
}

/* ---- the forms ------------------------------------------------------------------------------ */

static bool
check_addmm (Request *request)
{
  if (request->input.dtype != request->b.dtype)
    return refuse (request, SECOND, SCOPE_RULE_TYPE, "self and mat2 must have the same dtype");
  if (request->a.dtype != request->b.dtype)
    return refuse (request, FIRST, SCOPE_RULE_TYPE, "mat1 and mat2 must have the same dtype");
  if (request->a.shape.rank != 2)
    return refuse (request, FIRST, SCOPE_RULE_RANK, "mat1 must be a matrix, got %d-D tensor",
                   request->a.shape.rank);
  if (request->b.shape.rank != 2)
    return refuse (request, SECOND, SCOPE_RULE_RANK, "mat2 must be a matrix, got %d-D tensor",
                   request->b.shape.rank);
  ScopeOutput a = request->a, b = request->b;
  a.dtype = b.dtype = SCOPE_FLOAT32;
  if (!scope_torch_mm (&a, &b, &request->out, request->failure))
    {
      mark_inner (request, 1, 0);
      return false;
    }
  request->out.dtype = request->b.dtype;
  if (!request->call->spelling->in_place
      && !scope_torch_expand (&request->input, &request->out.shape, request->failure))
    return false;
  return check_in_place (request)
         && (scope_shape_is_empty (&request->out.shape)
             || scope_torch_addmm_types (request->b.dtype, request->a.dtype, request->b.dtype,
                                         request->failure));
}

/* size (d) of a tensor of fewer axes. */
static bool
has_axis (Request *request, int parameter, const ScopeShape *shape, int axis)
{
  if (shape->rank > axis)
    return true;
  int axes = shape->rank == 0 ? 1 : shape->rank;
  if (shape->rank == 0)
    return scope_refuse (request->call, parameter, request->failure, SCOPE_RULE_RANK, "IndexError",
                         "Dimension specified as %d but tensor has no dimensions", axis);
  return scope_refuse (request->call, parameter, request->failure, SCOPE_RULE_RANK, "IndexError",
                       "Dimension out of range (expected to be in range of [%d, %d], but got %d)",
                       -axes, axes - 1, axis);
}

static bool
check_addmv (Request *request)
{
  const ScopeShape *input = &request->input.shape, *a = &request->a.shape, *b = &request->b.shape;
  if (a->rank != 2 || b->rank != 1 || input->rank > 1)
    return refuse (request, -1, SCOPE_RULE_RANK,
                   "vector + matrix @ vector expected, got %d, %d, %d", input->rank, a->rank,
                   b->rank);
  int64_t own = scope_sizes_product (input->size, input->rank);
  bool stretches = own == 1 || !scope_sizes_differ (own, a->size[0]);
  if (scope_sizes_differ (a->size[1], b->size[0]) || !stretches)
    {
      if (input->rank == 0)
        return has_axis (request, INPUT, input, 0);
      refuse (request, -1, SCOPE_RULE_CONTRACT,
              "size mismatch, got %" PRId64 ", %" PRId64 "x%" PRId64 ",%" PRId64, own, a->size[0],
              a->size[1], b->size[0]);
      if (scope_sizes_differ (a->size[1], b->size[0]))
        mark_inner (request, 1, 0);
      return false;
    }
  request->out = (ScopeOutput){ { 1, { a->size[0] } }, request->b.dtype };
  if (!check_in_place (request))
    return false;
  if (scope_shape_is_empty (a))
    {
      /* PyTorch then makes the result of the input alone, with the input's shape. */
      if (factor_of (request->call, BETA, SCOPE_FLOAT64) == 0)
        return true;
      request->out.shape = *input;
      if (!scope_torch_casts (request->input.dtype, request->out.dtype))
        return refuse (request, INPUT, SCOPE_RULE_TYPE,
                       "result type %s can't be cast to the desired output type %s",
                       scope_dtype_word (SCOPE_PYTORCH, request->input.dtype),
                       scope_dtype_word (SCOPE_PYTORCH, request->out.dtype));
      return true;
    }
  if (!scope_torch_lists ("bBhilyfdFD", request->a.dtype))
    return scope_torch_has_no_kernel ("addmv_impl_cpu", request->a.dtype, request->failure);
  return request->a.dtype == request->b.dtype
         || scope_torch_expected_type (request->a.dtype, request->b.dtype, request->failure);
}

static bool
check_ranks (Request *request)
{
  if (request->a.shape.rank != 3)
    return refuse (request, FIRST, SCOPE_RULE_RANK, "batch1 must be a 3D tensor");
  if (request->b.shape.rank != 3)
    return refuse (request, SECOND, SCOPE_RULE_RANK, "batch2 must be a 3D tensor");
  return true;
}

static bool
check_addbmm (Request *request)
{
  const ScopeShape *a = &request->a.shape, *b = &request->b.shape;
  if (!has_axis (request, FIRST, a, 1) || !has_axis (request, SECOND, b, 2))
    return false;
  request->out = (ScopeOutput){ { 2, { a->size[1], b->size[2] } }, request->input.dtype };
  if (!scope_torch_expand (&request->input, &request->out.shape, request->failure))
    return false;
  if (!check_ranks (request))
    return false;
  if (scope_sizes_differ (a->size[0], b->size[0]))
    return refuse (request, SECOND, SCOPE_RULE_MATCH,
                   "batch1 and batch2 must have same number of batches, got %" PRId64
                   " and %" PRId64,
                   a->size[0], b->size[0]);
  if (scope_sizes_differ (a->size[2], b->size[1]))
    {
      refuse (request, -1, SCOPE_RULE_CONTRACT,
              "Incompatible matrix sizes for bmm (%" PRId64 "x%" PRId64 " and %" PRId64 "x%" PRId64
              ")",
              a->size[1], a->size[2], b->size[1], b->size[2]);
      mark_inner (request, 2, 1);
      return false;
    }
  if (a->size[0] == 0)
    return true;
  if (request->input.dtype != request->b.dtype)
    return refuse (request, SECOND, SCOPE_RULE_TYPE, "self and mat2 must have the same dtype");
  if (request->a.dtype != request->b.dtype)
    return refuse (request, FIRST, SCOPE_RULE_TYPE, "mat1 and mat2 must have the same dtype");
  return scope_shape_is_empty (&request->out.shape)
         || scope_torch_addmm_types (request->b.dtype, request->a.dtype, request->b.dtype,
                                     request->failure);
}

static bool
check_baddbmm (Request *request)
{
  const ScopeShape *a = &request->a.shape, *b = &request->b.shape;
  if ((!has_axis (request, FIRST, a, 1) || !has_axis (request, SECOND, b, 2)))
    return false;
  request->out = (ScopeOutput){ { 3, { 0 } }, request->b.dtype };
  if (a->rank > 1 && b->rank > 2)
    request->out.shape = (ScopeShape){ 3, { a->size[0], a->size[1], b->size[2] } };
  if (!scope_torch_expand (&request->input, &request->out.shape, request->failure))
    return false;
  if (!check_ranks (request))
    return false;
  if (scope_sizes_differ (a->size[0], b->size[0]) || scope_sizes_differ (a->size[2], b->size[1]))
    {
      refuse (request, SECOND, SCOPE_RULE_CONTRACT,
              "Expected size for first two dimensions of batch2 tensor to be: [%" PRId64
              ", %" PRId64 "] but got: [%" PRId64 ", %" PRId64 "].",
              a->size[0], a->size[2], b->size[0], b->size[1]);
      if (scope_sizes_differ (a->size[2], b->size[1]))
        mark_inner (request, 2, 1);
      return false;
    }
  if (!check_in_place (request))
    return false;
  return scope_shape_is_empty (&request->out.shape)
         || scope_torch_batch_types ("baddbmm", a, b->size[2], request->out.dtype, request->a.dtype,
                                     request->b.dtype, request->failure);
}

/* ---- plan ----------------------------------------------------------------------------------- */

/* Labels of the factors' axes by form: a letter of the result's axes i, j (b), or summed k, s. */
static void
set_factor (ScopeFactor *factor, const ScopeShape *shape, const char *letters, const char *order)
{
  factor->rank = shape->rank;
  memcpy (factor->size, shape->size, sizeof factor->size);
  for (int a = 0; a < shape->rank; a++)
    factor->label[a] = (uint8_t)(strchr (order, letters[a]) - order);
}

static ScopeContraction *
make_plan (const Request *request, Form form)
{
  static const struct
  {
    const char *a, *b, *order;
    int outputs;
  } letters[] = {
    [ADDMM] = { "ik", "kj", "ijk", 2 },
    [ADDMV] = { "ik", "k", "ik", 1 },
    [ADDBMM] = { "sik", "skj", "ijks", 2 },
    [BADDBMM] = { "bik", "bkj", "bijk", 3 },
  };
  ScopeContraction *plan = scope_contraction_new (request->call->arena, 2);
  if (plan == NULL)
    return NULL;
  const char *order = letters[form].order;
  plan->outputs = letters[form].outputs;
  plan->labels = (int)strlen (order);
  plan->dtype = request->out.dtype;
  set_factor (&plan->factor[0], &request->a.shape, letters[form].a, order);
  set_factor (&plan->factor[1], &request->b.shape, letters[form].b, order);
  for (int f = 0; f < 2; f++)
    for (int a = 0; a < plan->factor[f].rank; a++)
      plan->size[plan->factor[f].label[a]] = plan->factor[f].size[a];
  if (form == ADDMV && scope_shape_is_empty (&request->a.shape))
    {
      plan->is_zero = true;
      plan->factor[0].rank = plan->factor[1].rank = 0;
      plan->outputs = request->out.shape.rank;
      plan->labels = plan->outputs + 1;
      plan->size[0] = request->out.shape.size[0];
      plan->size[plan->outputs] = 0;
    }
  for (int label = plan->outputs; label < plan->labels; label++)
    plan->is_zero = plan->is_zero || plan->size[label] == 0;
  plan->has_addend = true;
  plan->addend = request->input.shape;
  plan->alpha = factor_of (request->call, ALPHA, request->out.dtype);
  plan->beta = factor_of (request->call, BETA, request->out.dtype);
  return plan;
}

static bool
infer (const ScopeCall *call, ScopeResult *result, ScopeFailure *failure)
{
  static bool (*const checks[]) (Request *) = {
    [ADDMM] = check_addmm,
    [ADDMV] = check_addmv,
    [ADDBMM] = check_addbmm,
    [BADDBMM] = check_baddbmm,
  };
  Form form = (Form)call->spelling->variant;
  Request request = { .call = call, .failure = failure };
  request.input = tensor_of (call, INPUT);
  request.a = tensor_of (call, FIRST);
  request.b = tensor_of (call, SECOND);
  if (!checks[form](&request))
    return false;
  scope_result_add_input (call, result, &call->value[FIRST]);
  scope_result_add_input (call, result, &call->value[SECOND]);
  scope_result_add_input (call, result, &call->value[INPUT]);
  scope_result_set (result, &request.out.shape, request.out.dtype);
  result->plan = make_plan (&request, form);
  return result->plan != NULL || scope_call_out_of_memory (call);
}

/* ---- addr ----------------------------------------------------------------------------------- */

static bool
check_numbers (const ScopeCall *call, ScopeDtype dtype, ScopeFailure *failure)
{
  for (int p = BETA; p <= ALPHA; p++)
    if (call->value[p].kind == SCOPE_VALUE_FLOAT && scope_dtype_kind (dtype) <= SCOPE_KIND_SIGNED)
      return scope_refuse (
          call, p, failure, SCOPE_RULE_TYPE, "RuntimeError",
          "For integral input tensors, argument %s must not be a floating point number.",
          p == BETA ? "beta" : "alpha");
  return true;
}

/* Of truths a factor is a truth too. */
static ScopeValue
scale_of (const ScopeCall *call, int parameter, bool truth)
{
  ScopeValue value = call->value[parameter];
  if (truth)
    value.integer = value.kind == SCOPE_VALUE_FLOAT ? value.number != 0 : value.integer != 0;
  if (truth)
    value.kind = SCOPE_VALUE_BOOL;
  return value;
}

/* input + alpha · vec1 ⊗ vec2; what is not scaled is not multiplied. */
static bool
addr (const ScopeCall *call, ScopeResult *result, ScopeFailure *failure)
{
  for (int p = FIRST; p <= SECOND; p++)
    {
      int rank = scope_call_shape (call, &call->value[p])->rank;
      if (rank != 1)
        return scope_refuse (call, p, failure, SCOPE_RULE_RANK, "RuntimeError",
                             "addr: Expected 1-D argument vec%d, but got %d-D", p, rank);
    }
  ScopeOutput input = tensor_of (call, INPUT);
  ScopeShape out = { 2,
                     { scope_call_shape (call, &call->value[FIRST])->size[0],
                       scope_call_shape (call, &call->value[SECOND])->size[0] } };
  if (!scope_torch_expand (&input, &out, failure))
    return false;
  ScopeValue product, own = call->value[INPUT], value;
  if (!SCOPE_COMPOSE (call, failure, &product, "torch.outer", call->value[FIRST],
                      call->value[SECOND]))
    return false;
  ScopeMixed mixed[2] = { scope_mixed_tensor (input.dtype, 2),
                          scope_mixed_tensor (scope_call_dtype (call, &product), 2) };
  ScopeDtype dtype;
  if (scope_promote (SCOPE_PYTORCH, mixed, 2, &dtype) && !check_numbers (call, dtype, failure))
    return false;
  bool bools = dtype == SCOPE_BOOL;
  if (!SCOPE_COMPOSE (call, failure, &own, "torch.broadcast_to", own,
                      scope_compose_ints (call, out.size, 2)))
    return false;
  ScopeValue type = { .kind = SCOPE_VALUE_DTYPE, .dtype = dtype, .span = call->span };
  if (!SCOPE_COMPOSE (call, failure, &own, ".to", own, type)
      || !SCOPE_COMPOSE (call, failure, &product, ".to", product, type))
    return false;
  if (scope_value_given (&call->value[BETA])
      && !SCOPE_COMPOSE (call, failure, &own, "torch.mul", own, scale_of (call, BETA, bools)))
    return false;
  if (scope_value_given (&call->value[ALPHA])
      && !SCOPE_COMPOSE (call, failure, &product, "torch.mul", product,
                         scale_of (call, ALPHA, bools)))
    return false;
  return SCOPE_COMPOSE (call, failure, &value, bools ? "torch.logical_or" : "torch.add", own,
                        product)
         && scope_compose_finish (call, result, &value);
}

/* ---- the table ------------------------------------------------------------------------------ */

#define PARAMETERS(first, second, about_first, about_second)                                       \
  {                                                                                                \
    { "input", SCOPE_TAKES_TENSOR, NULL, NULL, "what is added; stretched to the product" },        \
        { first, SCOPE_TAKES_TENSOR, NULL, NULL, about_first },                                    \
        { second, SCOPE_TAKES_TENSOR, NULL, NULL, about_second },                                  \
        { "beta", SCOPE_TAKES_NUMBER, "1", NULL, "what the input is multiplied by" },              \
        { "alpha", SCOPE_TAKES_NUMBER, "1", NULL, "what the product is multiplied by" },           \
    {                                                                                              \
      NULL                                                                                         \
    }                                                                                              \
  }

static const ScopeParameter addmm_parameters[] =
    PARAMETERS ("mat1", "mat2", "the first matrix", "the second matrix");
static const ScopeParameter addmv_parameters[] =
    PARAMETERS ("mat", "vec", "the matrix", "the vector");
static const ScopeParameter batch_parameters[] =
    PARAMETERS ("batch1", "batch2", "a batch of first matrices", "a batch of second matrices");
static const ScopeParameter addr_parameters[] =
    PARAMETERS ("vec1", "vec2", "the first vector", "the second vector");

#define OUT   ", *, Number beta=1, Number alpha=1, Tensor out=None)"
#define SHORT ", *, Number beta=1, Number alpha=1)"
/* Deprecated orders, which are taken but not listed. */
#define OLD(first, second)                                                                         \
  "\nhidden (Number beta, Number alpha, Tensor " first ", Tensor " second                          \
  ")\nhidden (Number beta, Tensor " first ", Tensor " second ")"
#define SPELLINGS(id, name, first, second, form)                                                   \
  static const ScopeSpelling id##_spellings[] = {                                                  \
    { "torch." name, SCOPE_PYTORCH, "input " first " " second " | beta alpha -out", form,          \
      .signature =                                                                                 \
          "(Tensor input, Tensor " first ", Tensor " second OUT                                    \
          "\nhidden (Number beta, Tensor input, Number alpha, Tensor " first ", Tensor " second    \
          ")\nhidden (Number beta, Tensor input, Tensor " first ", Tensor " second ")" },          \
    { "." name, SCOPE_PYTORCH, "input " first " " second " | beta alpha", form,                    \
      .signature = "(Tensor " first ", Tensor " second SHORT OLD (first, second) },                \
    { "." name "_", SCOPE_PYTORCH, "input " first " " second " | beta alpha", form,                \
      .in_place = true,                                                                            \
      .signature = "(Tensor " first ", Tensor " second SHORT OLD (first, second) },                \
    { NULL },                                                                                      \
  }

SPELLINGS (addmm, "addmm", "mat1", "mat2", ADDMM);
SPELLINGS (addmv, "addmv", "mat", "vec", ADDMV);
SPELLINGS (addbmm, "addbmm", "batch1", "batch2", ADDBMM);
SPELLINGS (baddbmm, "baddbmm", "batch1", "batch2", BADDBMM);

static const ScopeSpelling addr_spellings[] = {
  { "torch.addr", SCOPE_PYTORCH, "input vec1 vec2 | beta alpha -out",
    .signature = "(Tensor input, Tensor vec1, Tensor vec2" OUT
                 "\nhidden (Number beta, Tensor input, Number alpha, Tensor vec1, Tensor vec2)"
                 "\nhidden (Number beta, Tensor input, Tensor vec1, Tensor vec2)" },
  { ".addr", SCOPE_PYTORCH, "input vec1 vec2 | beta alpha",
    .signature = "(Tensor vec1, Tensor vec2" SHORT OLD ("vec1", "vec2") },
  { NULL },
};

#define ROW(title, words, table)                                                                   \
  {                                                                                                \
    .name = #title, .group = "products", .about = words, .spelling = title##_spellings,            \
    .parameter = table, .infer = infer, .read = scope_contraction_read,                            \
    .trace = scope_contraction_trace                                                               \
  }

const ScopeOp scope_ops_added_products[] = {
  ROW (addmm, "beta · input + alpha · mat1 · mat2", addmm_parameters),
  ROW (addmv, "beta · input + alpha · mat · vec", addmv_parameters),
  ROW (addbmm, "beta · input + alpha · the sum of a batch of products", batch_parameters),
  ROW (baddbmm, "beta · input + alpha · batch1 · batch2", batch_parameters),
  { .name = "addr",
    .group = "products",
    .about = "beta · input + alpha · vec1 ⊗ vec2",
    .spelling = addr_spellings,
    .parameter = addr_parameters,
    .infer = addr,
    .read = scope_compose_read,
    .trace = scope_compose_trace },
  { NULL },
};
