/* Strides of results, as PyTorch computes them. */
#include "ops/stride.h"

#include "core/arena.h"
#include "core/checked.h"
#include "ops/program.h"

#include <stdlib.h>
#include <string.h>

static bool
is_unknown (int64_t value)
{
  return value
         < -(INT64_C (1) << 62); /* names of sizes are such numbers; strides may be negative */
}

int64_t
scope_stride_times (int64_t stride, int64_t by)
{
  int64_t product;
  if (is_unknown (stride) || is_unknown (by) || !scope_checked_mul (stride, by, &product))
    return SCOPE_SIZE_UNKNOWN;
  return product;
}

void
scope_stride_dense (const ScopeShape *shape, int64_t *stride)
{
  int64_t next = 1;
  for (int axis = shape->rank - 1; axis >= 0; axis--)
    {
      stride[axis] = next;
      next = scope_stride_times (next, shape->size[axis] == 0 ? 1 : shape->size[axis]);
    }
}

void
scope_call_stride (const ScopeCall *call, const ScopeValue *value, int64_t *stride)
{
  const ScopeShape *shape = scope_call_shape (call, value);
  const int64_t *own =
      value->kind == SCOPE_VALUE_TENSOR ? call->program->node[value->node]->stride : NULL;
  if (own != NULL)
    memcpy (stride, own, (size_t)shape->rank * sizeof *stride);
  else
    scope_stride_dense (shape, stride);
}

const int64_t *
scope_stride_keep (const ScopeCall *call, const ScopeShape *shape, const int64_t *stride)
{
  int64_t dense[SCOPE_MAX_RANK];
  scope_stride_dense (shape, dense);
  size_t bytes = (size_t)shape->rank * sizeof *stride;
  if (shape->rank == 0 || memcmp (dense, stride, bytes) == 0)
    return NULL;
  int64_t *kept = scope_arena_alloc (call->arena, bytes);
  if (kept == NULL)
    ((ScopeProgram *)call->program)->out_of_memory = true;
  else
    memcpy (kept, stride, bytes);
  return kept;
}

static bool
has_zero (const ScopeShape *shape)
{
  for (int axis = 0; axis < shape->rank; axis++)
    if (shape->size[axis] == 0)
      return true;
  return false;
}

/* Walks both shapes from the end: a run of the old axes that lies in one piece is split into the
 * new axes that make it up. */
static bool
split_runs (const ScopeShape *from, const int64_t *stride, const ScopeShape *to, int64_t *out)
{
  int view = to->rank - 1;
  int64_t base = stride[from->rank - 1], run = 1, taken = 1;
  for (int axis = from->rank - 1; axis >= 0; axis--)
    {
      run = scope_stride_times (run, from->size[axis]);
      bool ends =
          axis == 0
          || (from->size[axis - 1] != 1 && stride[axis - 1] != scope_stride_times (run, base));
      if (!ends)
        continue;
      while (view >= 0 && (taken < run || to->size[view] == 1))
        {
          out[view] = scope_stride_times (taken, base);
          taken = scope_stride_times (taken, to->size[view--]);
        }
      if (taken != run)
        return false;
      if (axis > 0)
        {
          base = stride[axis - 1];
          run = taken = 1;
        }
    }
  return view == -1;
}

bool
scope_stride_view (const ScopeShape *from,
                   const int64_t *stride,
                   const ScopeShape *to,
                   int64_t *out)
{
  bool same = scope_shape_equal (from, to);
  if (same)
    memcpy (out, stride, (size_t)to->rank * sizeof *out);
  else
    scope_stride_dense (to, out);
  if (same || from->rank == 0 || !scope_shape_is_known (from) || !scope_shape_is_known (to)
      || has_zero (from))
    return true;
  return split_runs (from, stride, to, out);
}

bool
scope_stride_is_dense_in_some_order (const ScopeShape *shape, const int64_t *stride)
{
  if (!scope_shape_is_known (shape))
    return true;
  int order[SCOPE_MAX_RANK], axes = 0;
  for (int axis = 0; axis < shape->rank; axis++)
    {
      if (shape->size[axis] < 2)
        continue;
      int place = axes++;
      for (; place > 0 && stride[order[place - 1]] > stride[axis]; place--)
        order[place] = order[place - 1];
      order[place] = axis;
    }
  int64_t expected = 1;
  for (int i = 0; i < axes; i++)
    {
      if (stride[order[i]] != expected)
        return false;
      expected = scope_stride_times (expected, shape->size[order[i]]);
    }
  return true;
}

/* ---- element by element ---------------------------------------------------------------------- */

enum
{
  MOST_OPERANDS = 8
};

typedef struct
{
  int operands;
  int64_t stride[MOST_OPERANDS][SCOPE_MAX_RANK]; /* in the result's axes; 0 where stretched */
} Strides;

/* PyTorch's iterator: 1 when axis a must lie further out than axis b, −1 when further in, 0 when
 * the operands do not say. */
static int
compare_axes (const Strides *strides, const ScopeShape *out, int a, int b)
{
  for (int k = 0; k < strides->operands; k++)
    {
      int64_t first = llabs (strides->stride[k][a]), second = llabs (strides->stride[k][b]);
      if (first == 0 || second == 0)
        continue;
      if (first != second)
        return first < second ? -1 : 1;
      if (out->size[a] > out->size[b])
        return 1;
    }
  return 0;
}

/* order[0] is the innermost axis. */
static void
order_axes (const Strides *strides, const ScopeShape *out, int *order)
{
  for (int i = 0; i < out->rank; i++)
    order[i] = out->rank - 1 - i;
  for (int i = 1; i < out->rank; i++)
    for (int at = i, before = i - 1; before >= 0; before--)
      {
        int comparison = compare_axes (strides, out, order[before], order[at]);
        if (comparison < 0)
          break;
        if (comparison == 0)
          continue;
        int kept = order[before];
        order[before] = order[at];
        order[at] = kept;
        at = before;
      }
}

/* Dense strides in an order of axes. */
static void
fill_in_order (const ScopeShape *shape, const int *order, int64_t *out)
{
  int64_t next = 1;
  for (int i = 0; i < shape->rank; i++)
    {
      out[order[i]] = next;
      next = scope_stride_times (next, shape->size[order[i]]);
    }
}

static void
stretch (const ScopeCall *call, const ScopeValue *value, const ScopeShape *out, int64_t *stride)
{
  const ScopeShape *shape = scope_call_shape (call, value);
  int64_t own[SCOPE_MAX_RANK];
  scope_call_stride (call, value, own);
  int missing = out->rank - shape->rank;
  bool numpy = call->dialect == SCOPE_NUMPY; /* whose axes of one place have no stride */
  for (int axis = 0; axis < out->rank; axis++)
    {
      bool one = axis >= missing && shape->size[axis - missing] == 1;
      bool stretched = axis < missing || (one && (out->size[axis] != 1 || numpy));
      stride[axis] = stretched ? 0 : own[axis - missing];
    }
}

/* All operands have the result's shape and the same strides, with which they fill their places. */
static bool
agree (const ScopeCall *call,
       const ScopeValue *const *operand,
       const Strides *strides,
       const ScopeShape *out)
{
  size_t bytes = (size_t)out->rank * sizeof strides->stride[0][0];
  for (int k = 0; k < strides->operands; k++)
    if (!scope_shape_equal (scope_call_shape (call, operand[k]), out)
        || memcmp (strides->stride[k], strides->stride[0], bytes) != 0)
      return false;
  return scope_stride_is_dense_in_some_order (out, strides->stride[0]);
}

const int64_t *
scope_stride_same (const ScopeCall *call, const ScopeValue *value)
{
  return value->kind == SCOPE_VALUE_TENSOR ? call->program->node[value->node]->stride : NULL;
}

const int64_t *
scope_stride_expanded (const ScopeCall *call, const ScopeValue *value, const ScopeShape *shape)
{
  int64_t stride[SCOPE_MAX_RANK];
  if (value->kind != SCOPE_VALUE_TENSOR)
    return NULL;
  stretch (call, value, shape, stride);
  return scope_stride_keep (call, shape, stride);
}

const int64_t *
scope_stride_elementwise (const ScopeCall *call,
                          const ScopeValue *const *operand,
                          int operands,
                          const ScopeShape *out)
{
  Strides strides = { .operands = operands };
  bool dense = operands > MOST_OPERANDS || !scope_shape_is_known (out);
  bool all_dense = true;
  for (int k = 0; k < operands && !dense; k++)
    {
      if (scope_call_shape (call, operand[k])->rank > out->rank)
        dense = true; /* in place: the result is the first operand */
      else
        stretch (call, operand[k], out, strides.stride[k]);
      all_dense = all_dense
                  && (operand[k]->kind != SCOPE_VALUE_TENSOR
                      || call->program->node[operand[k]->node]->stride == NULL);
    }
  if (dense || all_dense)
    return NULL;
  if (agree (call, operand, &strides, out))
    return scope_stride_keep (call, out, strides.stride[0]);

  int order[SCOPE_MAX_RANK];
  int64_t stride[SCOPE_MAX_RANK];
  order_axes (&strides, out, order);
  fill_in_order (out, order, stride);
  return scope_stride_keep (call, out, stride);
}

void
scope_stride_of_copy (const ScopeShape *shape, const int64_t *stride, int64_t *out)
{
  if (scope_stride_is_dense_in_some_order (shape, stride))
    {
      memcpy (out, stride, (size_t)shape->rank * sizeof *out);
      return;
    }
  Strides one = { .operands = 1 };
  int order[SCOPE_MAX_RANK];
  memcpy (one.stride[0], stride, (size_t)shape->rank * sizeof *out);
  order_axes (&one, shape, order);
  fill_in_order (shape, order, out);
}

void
scope_stride_reversed (const ScopeCall *call,
                       const ScopeValue *value,
                       const bool *reversed,
                       int64_t *stride)
{
  const ScopeShape *shape = scope_call_shape (call, value);
  int64_t own[SCOPE_MAX_RANK];
  scope_call_stride (call, value, own);
  if (call->dialect == SCOPE_PYTORCH)
    scope_stride_of_copy (shape, own, stride);
  else
    for (int axis = 0; axis < shape->rank; axis++)
      stride[axis] = scope_stride_times (own[axis], reversed[axis] ? -1 : 1);
}
