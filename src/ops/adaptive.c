/* Adaptive average pooling: what PyTorch 1.13.1 takes and refuses. */
#include "ops/adaptive.h"

#include "core/checked.h"
#include "ops/promote.h"
#include "ops/python-words.h"

#include <inttypes.h>

/* A size below `least` that is known; unknown and named sizes are far below. */
static bool
is_below (int64_t size, int64_t least)
{
  return size < least && size > -(INT64_C (1) << 40);
}

static bool
check_items (const ScopeAdaptive *request, ScopeFailure *failure)
{
  const char *ints = request->spatial == 2 ? "SymInts" : "ints";
  for (int a = 0; a < request->spatial; a++)
    {
      const ScopeValue *item = &request->item[a];
      bool keeps = item->kind == SCOPE_VALUE_NONE && request->spatial > 1;
      if (scope_torch_is_int (item) || keeps || (a > 0 && item->kind == SCOPE_VALUE_BOOL))
        continue;
      if (a == 0)
        return scope_python_refuse (failure, request->argument, "TypeError",
                                    "adaptive_avg_pool%dd(): argument 'output_size' (position 2) "
                                    "must be tuple of %s, not %s",
                                    request->spatial, ints, request->container);
      return scope_python_refuse (failure, request->argument, "TypeError",
                                  "adaptive_avg_pool%dd(): argument 'output_size' must be tuple "
                                  "of %s, but found element of type %s at pos %d",
                                  request->spatial, ints, scope_python_type (item), a + 1);
    }
  return true;
}

/* One axis is pooled as a picture of one row. */
static ScopeShape
with_row (const ScopeShape *shape)
{
  ScopeShape wider = *shape;
  wider.size[wider.rank] = wider.size[wider.rank - 1];
  wider.size[wider.rank - 1] = 1;
  wider.rank++;
  return wider;
}

static bool
refuse_negative (const ScopeAdaptive *request, ScopeFailure *failure)
{
  int first = request->shape->rank - request->spatial;
  ScopeText sizes = { 0 };
  scope_failure_begin (failure, SCOPE_RULE_SIZE);
  failure->span = request->argument->span;
  if (request->spatial == 1)
    scope_text_append (&sizes, "1, ");
  for (int a = 0; a < request->spatial; a++)
    {
      const ScopeValue *item = &request->item[a];
      int64_t own = first + a >= 0 ? request->shape->size[first + a] : 0;
      int64_t size = item->kind == SCOPE_VALUE_NONE ? own : item->integer;
      const char *comma = a == 0 ? "" : a == 1 ? ", " : ",";
      scope_text_printf (&sizes, "%s%" PRId64, comma, size);
      if (is_below (size, 0) && first + a >= 0)
        scope_failure_add_axis (failure, request->shape->rank, first + a, own, size);
    }
  scope_failure_both (failure, "RuntimeError",
                      "adaptive_avg_pool2d: elements of output_size must be greater than or equal "
                      "to 0 but received {%s}",
                      scope_text_string (&sizes));
  scope_text_clear (&sizes);
  return false;
}

static bool
check_filled (const ScopeAdaptive *request, const ScopeShape *shape, ScopeFailure *failure)
{
  int rank = request->shape->rank;
  int first = request->spatial == 3 ? 1 : rank - request->spatial, empty = first;
  while (empty < rank && request->shape->size[empty] != 0)
    empty++;
  if (empty == rank)
    return true;
  ScopeShape seen = request->spatial == 1 ? with_row (request->shape) : *request->shape;
  ScopeText sizes = { 0 };
  scope_shape_print (&seen, SCOPE_SHAPE_LIST, &sizes);
  scope_failure_begin (failure, SCOPE_RULE_SIZE);
  for (int a = empty; a < rank; a++)
    if (request->shape->size[a] == 0)
      scope_failure_add_axis (failure, rank, a, 0, shape->size[a]);
  scope_failure_both (failure, "RuntimeError",
                      "adaptive_avg_pool%dd(): Expected input to have non-zero size for non-batch "
                      "dimensions, but input has sizes %s with dimension %d being empty",
                      request->spatial == 3 ? 3 : 2, scope_text_string (&sizes),
                      empty + (request->spatial == 1));
  scope_text_clear (&sizes);
  return false;
}

static bool
check_rank (const ScopeAdaptive *request, ScopeFailure *failure)
{
  int spatial = request->spatial, rank = request->shape->rank;
  if (rank == spatial + 1 || rank == spatial + 2)
    return true;
  ScopeText sizes = { 0 };
  scope_shape_print (request->shape, SCOPE_SHAPE_LIST, &sizes);
  scope_failure_begin (failure, SCOPE_RULE_RANK);
  scope_failure_both (failure, "RuntimeError",
                      "adaptive_avg_pool%dd(): Expected %dD or %dD tensor, but got %s", spatial,
                      spatial + 1, spatial + 2, scope_text_string (&sizes));
  scope_text_clear (&sizes);
  return false;
}

/* A result of one element for each channel is computed by mean(). */
static bool
check_mean (const ScopeAdaptive *request, ScopeFailure *failure)
{
  ScopeKind kind = scope_dtype_kind (request->dtype);
  int rank = request->shape->rank, seen = rank == 0 ? 1 : rank;
  if (kind != SCOPE_KIND_FLOAT && kind != SCOPE_KIND_COMPLEX)
    {
      scope_failure_begin (failure, SCOPE_RULE_TYPE);
      return scope_failure_both (failure, "RuntimeError",
                                 "mean(): could not infer output dtype. Input dtype must be either "
                                 "a floating point or complex dtype. Got: %s",
                                 scope_dtype_word (SCOPE_PYTORCH, request->dtype));
    }
  if (rank >= request->spatial)
    return true;
  scope_failure_begin (failure, SCOPE_RULE_RANK);
  return scope_failure_both (failure, "IndexError",
                             "Dimension out of range (expected to be in range of [%d, %d], but got "
                             "%d)",
                             -seen, seen - 1, -seen - 1);
}

static bool
check_type (const ScopeAdaptive *request, const ScopeShape *shape, ScopeFailure *failure)
{
  ScopeDtype dtype = request->dtype;
  bool three = request->spatial == 3;
  if (dtype == SCOPE_FLOAT32 || dtype == SCOPE_FLOAT64
      || dtype == (three ? SCOPE_FLOAT16 : SCOPE_BFLOAT16))
    return true;
  for (int a = 0; !three && a < shape->rank; a++)
    if (shape->size[a] == 0)
      return true;
  scope_failure_begin (failure, SCOPE_RULE_TYPE);
  return scope_failure_both (failure, "RuntimeError", "\"%s\" not implemented for '%s'",
                             three ? "adaptive_avg_pool3d_cpu" : "adaptive_avg_pool2d",
                             scope_dtype_word (SCOPE_PYTORCH, dtype));
}

/* The number of elements or their bytes may be beyond 2^63. */
static bool
check_bytes (const ScopeAdaptive *request, const ScopeShape *shape, ScopeFailure *failure)
{
  int64_t count;
  bool known = true;
  for (int a = 0; a < shape->rank; a++)
    known = known && scope_size_is_known (shape->size[a]) && shape->size[a] != 0;
  if (known && !scope_shape_count (shape, &count, NULL))
    {
      scope_failure_begin (failure, SCOPE_RULE_LIMIT);
      return scope_failure_both (failure, "RuntimeError", "numel: integer multiplication overflow");
    }
  ScopeShape seen = request->spatial == 1 ? with_row (shape) : *shape;
  return scope_torch_fits (&seen, request->dtype, failure);
}

bool
scope_adaptive_average (const ScopeAdaptive *request, ScopeShape *shape, ScopeFailure *failure)
{
  int first = request->shape->rank - request->spatial;
  bool single = true, negative = false;
  if (!check_items (request, failure))
    return false;
  *shape = *request->shape;
  for (int a = 0; a < request->spatial; a++)
    {
      const ScopeValue *item = &request->item[a];
      bool keeps = item->kind == SCOPE_VALUE_NONE, there = first + a >= 0;
      if (!keeps && there)
        shape->size[first + a] = item->integer;
      negative = negative || (!keeps && is_below (item->integer, 0));
      single = single && (keeps ? there && shape->size[first + a] == 1 : item->integer == 1);
    }
  if (negative)
    return refuse_negative (request, failure);
  if (single)
    return check_mean (request, failure);
  return check_rank (request, failure) && check_filled (request, shape, failure)
         && check_bytes (request, shape, failure) && check_type (request, shape, failure);
}

ScopeResampleAxis
scope_adaptive_rule (int64_t in, int64_t out, ScopeDtype dtype)
{
  return (ScopeResampleAxis){
    .in = in,
    .out = out,
    .filter = SCOPE_FILTER_AREA,
    .arithmetic = dtype == SCOPE_FLOAT64 || dtype == SCOPE_COMPLEX128 ? SCOPE_ARITHMETIC_FLOAT64
                                                                      : SCOPE_ARITHMETIC_FLOAT32,
  };
}

ScopeResampling *
scope_adaptive_plan (const ScopeAdaptive *request, const ScopeShape *shape)
{
  int first = request->shape->rank - request->spatial;
  bool complex = scope_dtype_kind (request->dtype) == SCOPE_KIND_COMPLEX;
  bool wide = request->dtype == SCOPE_FLOAT64 || request->dtype == SCOPE_COMPLEX128;
  ScopeDtype compute = complex ? request->dtype : wide ? SCOPE_FLOAT64 : SCOPE_FLOAT32;
  ScopeResampling *plan = scope_resampling_new (request->call, shape->rank, compute);
  for (int a = first; plan != NULL && a < shape->rank; a++)
    {
      ScopeResampleAxis rule =
          scope_adaptive_rule (request->shape->size[a], shape->size[a], request->dtype);
      scope_resampling_set (plan, a, &rule);
    }
  return plan;
}
