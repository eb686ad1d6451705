/* cosine_similarity, pairwise_distance, normalize, and scaled_dot_product_attention. */
#include "ops/argument.h"
#include "ops/broadcast.h"
#include "ops/compose.h"
#include "ops/operand.h"
#include "ops/promote.h"

#include <math.h>
#include <string.h>

enum
{
  INPUT,
  OTHER,
  THIRD,
  FOURTH,
  FIFTH,
  SIXTH,
};

static ScopeValue
or_float (const ScopeCall *call, int parameter, double initial)
{
  return scope_value_given (&call->value[parameter]) ? call->value[parameter]
                                                     : scope_compose_float (call, initial);
}

static ScopeValue
or_int (const ScopeCall *call, int parameter, int64_t initial)
{
  return scope_value_given (&call->value[parameter]) ? call->value[parameter]
                                                     : scope_compose_int (call, initial);
}

static ScopeValue
truth (const ScopeCall *call, bool value)
{
  return (ScopeValue){ .kind = SCOPE_VALUE_BOOL, .integer = value, .span = call->span };
}

/* ---- cosine_similarity ---------------------------------------------------------------------- */

/* Both in their common type, which must be one of floats, and of one shape. */
static bool
make_common (const ScopeCall *call, ScopeFailure *failure, ScopeValue pair[2])
{
  ScopeMixed mixed[2];
  ScopeDtype dtype;
  const ScopeShape *shapes[2];
  ScopeShape both;
  for (int i = 0; i < 2; i++)
    {
      pair[i] = call->value[i];
      shapes[i] = scope_call_shape (call, &pair[i]);
      mixed[i] = scope_mixed_tensor (scope_call_dtype (call, &pair[i]), shapes[i]->rank);
    }
  if (!scope_promote (SCOPE_PYTORCH, mixed, 2, &dtype) || !scope_dtype_is_float (dtype))
    return scope_refuse (call, -1, failure, SCOPE_RULE_TYPE, "RuntimeError",
                         "expected common dtype to be floating point, yet common dtype is %s",
                         scope_dtype_word (SCOPE_PYTORCH, dtype));
  ScopeValue type = { .kind = SCOPE_VALUE_DTYPE, .dtype = dtype, .span = call->span };
  if (!scope_broadcast (call, shapes, NULL, 2, NULL, &both, failure))
    return false;
  for (int i = 0; i < 2; i++)
    if (!SCOPE_COMPOSE (call, failure, &pair[i], "torch.broadcast_to", pair[i],
                        scope_compose_ints (call, both.size, both.rank))
        || !SCOPE_COMPOSE (call, failure, &pair[i], ".to", pair[i], type))
      return false;
  return true;
}

/* The length of vectors, not below eps. */
static bool
length_of (const ScopeCall *call, ScopeFailure *failure, const ScopeValue *x, ScopeValue *out)
{
  ScopeValue two = scope_compose_int (call, 2), dim = or_int (call, THIRD, 1);
  return SCOPE_COMPOSE (call, failure, out, "torch.linalg.vector_norm", *x, two, dim,
                        truth (call, true))
         && SCOPE_COMPOSE (call, failure, out, "torch.clamp_min", *out,
                           or_float (call, FOURTH, 1e-8));
}

static bool
cosine_infer (const ScopeCall *call, ScopeResult *result, ScopeFailure *failure)
{
  ScopeValue pair[2], length[2], value;
  if (!make_common (call, failure, pair))
    return false;
  for (int i = 0; i < 2; i++)
    if (!length_of (call, failure, &pair[i], &length[i])
        || !SCOPE_COMPOSE (call, failure, &pair[i], "torch.div", pair[i], length[i]))
      return false;
  return SCOPE_COMPOSE (call, failure, &value, "torch.mul", pair[0], pair[1])
         && SCOPE_COMPOSE (call, failure, &value, "torch.sum", value, or_int (call, THIRD, 1))
         && scope_compose_finish (call, result, &value);
}

/* ---- pairwise_distance ---------------------------------------------------------------------- */

static bool
pairwise_infer (const ScopeCall *call, ScopeResult *result, ScopeFailure *failure)
{
  ScopeValue value, last = scope_compose_int (call, -1);
  bool keep = scope_value_is_int (&call->value[FIFTH]) && call->value[FIFTH].integer != 0;
  if (!SCOPE_COMPOSE (call, failure, &value, "torch.sub", call->value[INPUT], call->value[OTHER])
      || !SCOPE_COMPOSE (call, failure, &value, "torch.add", value, or_float (call, FOURTH, 1e-6)))
    return false;
  if (scope_call_shape (call, &value)->rank == 0)
    return SCOPE_COMPOSE (call, failure, &value, "torch.abs", value)
           && scope_compose_finish (call, result, &value);
  return SCOPE_COMPOSE (call, failure, &value, "torch.norm", value, or_float (call, THIRD, 2), last,
                        truth (call, keep))
         && scope_compose_finish (call, result, &value);
}

/* ---- normalize ------------------------------------------------------------------------------ */

static bool
normalize_infer (const ScopeCall *call, ScopeResult *result, ScopeFailure *failure)
{
  const ScopeValue *input = &call->value[INPUT];
  ScopeValue length, value;
  if (input->kind != SCOPE_VALUE_TENSOR)
    return scope_refuse (call, INPUT, failure, SCOPE_RULE_ARGUMENT, "AttributeError",
                         "'%s' object has no attribute 'norm'",
                         scope_value_type_name (call, input));
  return SCOPE_COMPOSE (call, failure, &length, "torch.norm", *input, or_float (call, OTHER, 2),
                        or_int (call, THIRD, 1), truth (call, true))
         && SCOPE_COMPOSE (call, failure, &length, "torch.clamp_min", length,
                           or_float (call, FOURTH, 1e-12))
         && SCOPE_COMPOSE (call, failure, &length, ".expand_as", length, *input)
         && SCOPE_COMPOSE (call, failure, &value, "torch.div", *input, length)
         && scope_compose_finish (call, result, &value);
}

/* ---- attention ------------------------------------------------------------------------------ */

/* What is added to the scores before their softmax: 0, or −∞ where a mask says no. */
static bool
add_mask (const ScopeCall *call, ScopeFailure *failure, ScopeValue *scores)
{
  ScopeValue mask = call->value[FOURTH];
  bool causal = scope_value_is_int (&call->value[SIXTH]) && call->value[SIXTH].integer != 0;
  ScopeShape shape = *scope_call_shape (call, scores);
  int64_t square[2] = { shape.size[shape.rank - 2], shape.size[shape.rank - 1] };
  ScopeValue least = scope_compose_float (call, -HUGE_VAL);
  if (causal && mask.kind == SCOPE_VALUE_TENSOR)
    return scope_refuse (call, SIXTH, failure, SCOPE_RULE_ARGUMENT, "RuntimeError",
                         "_scaled_dot_product_attention: Explicit attn_mask should not be set when "
                         "is_causal=True");
  if (causal)
    return SCOPE_COMPOSE (call, failure, &mask, "torch.ones", scope_compose_ints (call, square, 2))
           && SCOPE_COMPOSE (call, failure, &mask, "torch.tril", mask)
           && SCOPE_COMPOSE (call, failure, &mask, "torch.eq", mask, scope_compose_int (call, 0))
           && SCOPE_COMPOSE (call, failure, scores, "torch.masked_fill", *scores, mask, least);
  if (mask.kind != SCOPE_VALUE_TENSOR)
    return true;
  if (scope_call_dtype (call, &mask) == SCOPE_BOOL)
    return SCOPE_COMPOSE (call, failure, &mask, "torch.logical_not", mask)
           && SCOPE_COMPOSE (call, failure, scores, "torch.masked_fill", *scores, mask, least);
  return SCOPE_COMPOSE (call, failure, scores, "torch.add", *scores, mask);
}

/* softmax (query · keyᵀ / √size + mask) · value, PyTorch 2's
 * (torch/nn/functional.py; at::_scaled_dot_product_attention_math). */
static bool
attention_infer (const ScopeCall *call, ScopeResult *result, ScopeFailure *failure)
{
  static const char *const names[] = { "query", "key", "value" };
  ScopeDtype dtype = scope_call_dtype (call, &call->value[0]);
  for (int p = 0; p < 3; p++)
    if (call->value[p].kind != SCOPE_VALUE_TENSOR)
      return scope_torch_refuse_kind (call, p, names[p], p + 1, "Tensor", failure);
  for (int p = 1; p < 3; p++)
    if (scope_call_dtype (call, &call->value[p]) != dtype)
      return scope_refuse (call, p, failure, SCOPE_RULE_TYPE, "RuntimeError",
                           "Expected query, key, and value to have the same dtype, but got "
                           "query.dtype: %s key.dtype: "
                           "%s and value.dtype: %s instead.",
                           scope_torch_cpp_type (dtype),
                           scope_torch_cpp_type (scope_call_dtype (call, &call->value[1])),
                           scope_torch_cpp_type (scope_call_dtype (call, &call->value[2])));
  for (int p = 0; p < 3; p++)
    if (scope_call_shape (call, &call->value[p])->rank < 2)
      return scope_refuse (call, p, failure, SCOPE_RULE_RANK, "RuntimeError",
                           "Expected query, key, and value to all be  at least 2 dimensional, but "
                           "got query.dim: %d, "
                           "key.dim: %d and value.dim: %d instead.",
                           scope_call_shape (call, &call->value[0])->rank,
                           scope_call_shape (call, &call->value[1])->rank,
                           scope_call_shape (call, &call->value[2])->rank);
  const ScopeShape *query = scope_call_shape (call, &call->value[0]);
  double size = (double)query->size[query->rank - 1];
  ScopeValue turned, scores, value, scale = scope_compose_float (call, 1 / sqrt (size));
  if (scope_value_is_number (&call->value[SIXTH + 1]))
    scale = call->value[SIXTH + 1];
  return SCOPE_COMPOSE (call, failure, &turned, "torch.transpose", call->value[1],
                        scope_compose_int (call, -2), scope_compose_int (call, -1))
         && SCOPE_COMPOSE (call, failure, &scores, "torch.matmul", call->value[0], turned)
         && SCOPE_COMPOSE (call, failure, &scores, "torch.mul", scores, scale)
         && add_mask (call, failure, &scores)
         && SCOPE_COMPOSE (call, failure, &scores, "torch.softmax", scores,
                           scope_compose_int (call, -1))
         && SCOPE_COMPOSE (call, failure, &value, "torch.matmul", scores, call->value[2])
         && scope_compose_finish (call, result, &value);
}

/* ---- the table ------------------------------------------------------------------------------ */

static const ScopeParameter cosine_parameters[] = {
  { "x1", SCOPE_TAKES_TENSOR, NULL, NULL, "vectors" },
  { "x2", SCOPE_TAKES_TENSOR, NULL, NULL, "vectors" },
  { "dim", SCOPE_TAKES_AXIS, "1", NULL, "the axis of their components" },
  { "eps", SCOPE_TAKES_NUMBER, "1e-08", NULL, "the least length" },
  { NULL },
};
static const ScopeParameter pairwise_parameters[] = {
  { "x1", SCOPE_TAKES_TENSOR, NULL, NULL, "vectors" },
  { "x2", SCOPE_TAKES_TENSOR, NULL, NULL, "vectors" },
  { "p", SCOPE_TAKES_NUMBER, "2.0", NULL, "order of the norm" },
  { "eps", SCOPE_TAKES_NUMBER, "1e-06", NULL, "added to every difference" },
  { "keepdim", SCOPE_TAKES_BOOL, "False", NULL, "the axis stays, with one element" },
  { NULL },
};
static const ScopeParameter normalize_parameters[] = {
  { "input", SCOPE_TAKES_TENSOR, NULL, NULL, "vectors" },
  { "p", SCOPE_TAKES_NUMBER, "2.0", NULL, "order of the norm" },
  { "dim", SCOPE_TAKES_AXIS, "1", NULL, "the axis of their components" },
  { "eps", SCOPE_TAKES_NUMBER, "1e-12", NULL, "the least length" },
  { NULL },
};
static const ScopeParameter attention_parameters[] = {
  { "query", SCOPE_TAKES_TENSOR, NULL, NULL, "…, length, size" },
  { "key", SCOPE_TAKES_TENSOR, NULL, NULL, "…, other length, size" },
  { "value", SCOPE_TAKES_TENSOR, NULL, NULL, "…, other length, size of the result" },
  { "attn_mask", SCOPE_TAKES_TENSOR, "None", NULL, "truths, or numbers to add" },
  { "dropout_p", SCOPE_TAKES_NUMBER, "0.0", NULL, "here nothing is dropped" },
  { "is_causal", SCOPE_TAKES_BOOL, "False", NULL, "nothing looks at what comes after it" },
  { "scale", SCOPE_TAKES_NUMBER, "None", NULL, "instead of 1 / √size" },
  { NULL },
};

static const ScopeSpelling cosine_spellings[] = {
  { "F.cosine_similarity", SCOPE_PYTORCH,
    .signature = "(Tensor x1, Tensor x2, int dim=1, float eps=1e-08)" },
  { "torch.cosine_similarity", SCOPE_PYTORCH,
    .signature = "(Tensor x1, Tensor x2, int dim=1, float eps=1e-08)" },
  { NULL },
};
static const ScopeSpelling pairwise_spellings[] = {
  { "F.pairwise_distance", SCOPE_PYTORCH,
    .signature = "(Tensor x1, Tensor x2, float p=2, float eps=1e-06, bool keepdim=False)" },
  { NULL },
};
static const ScopeSpelling normalize_spellings[] = {
  { "F.normalize", SCOPE_PYTORCH, "input p dim eps -out",
    .signature = "def normalize(input, p=2.0, dim=1, eps=1e-12, out=None)" },
  { NULL },
};
static const ScopeSpelling attention_spellings[] = {
  { "F.scaled_dot_product_attention", SCOPE_PYTORCH,
    "query key value attn_mask dropout_p is_causal | scale -enable_gqa" },
  { NULL },
};

#define ROW(title, words, id)                                                                      \
  {                                                                                                \
    .name = title, .group = "layers", .about = words, .spelling = id##_spellings,                  \
    .parameter = id##_parameters, .infer = id##_infer, .read = scope_compose_read,                 \
    .trace = scope_compose_trace                                                                   \
  }

const ScopeOp scope_ops_distances[] = {
  ROW ("cosine_similarity", "the cosine of the angle between vectors", cosine),
  ROW ("pairwise_distance", "the norm of the difference of vectors", pairwise),
  ROW ("normalize", "vectors of length 1", normalize),
  ROW ("scaled_dot_product_attention",
       "values added up by how well keys fit queries (PyTorch 2)",
       attention),
  { NULL },
};
