/* Resolving what stands between the brackets of A[…], as each framework does it. */
#include "ops/subscript.h"

#include "core/arena.h"
#include "core/checked.h"
#include "ops/broadcast.h"
#include "ops/subscript-parts.h"
#include "ops/subscript-words.h"

#include <string.h>

/* ---- takes, NumPy's way ---------------------------------------------------------------------- */

static bool
resolve_integer (ScopeResolver *resolver, const ScopeIndexItem *item, int axis)
{
  int64_t index = item->value->integer, size = resolver->shape->size[axis];
  bool known = item->value->kind == SCOPE_VALUE_INT && scope_size_is_known (size);
  /* JAX keeps an index that is out of range within the axis. */
  if (known && resolver->call->dialect == SCOPE_JAX)
    index = index < 0 ? scope_max (index, -size) : scope_min (index, size - 1);
  if (known && resolver->call->dialect != SCOPE_JAX && (index < -size || index >= size))
    return scope_subscript_say_out_of_range (resolver->call, item->value, index, axis, axis, size,
                                             resolver->failure);
  ScopeTake *take = scope_resolver_add_take (resolver, SCOPE_TAKE_ONE, axis, 1);
  take->start = known && index < 0 ? index + size : index;
  return true;
}

static void
take_whole_axes (ScopeResolver *resolver, int axis, int axes)
{
  for (int i = 0; i < axes; i++)
    {
      ScopeTake *take = scope_resolver_add_take (resolver, SCOPE_TAKE_SLICE, axis + i, 1);
      take->step = 1;
      take->count = resolver->shape->size[axis + i];
    }
}

/* Integers of a list; of a written mask the places where it is true, an array for each axis. */
static void
take_list (ScopeResolver *resolver, const ScopeIndexItem *item, int axis)
{
  int arrays = item->mask && item->axes > 0 ? item->axes : 1;
  for (int k = 0; k < arrays; k++)
    scope_resolver_add_take (resolver, SCOPE_TAKE_ARRAY, axis + k, item->axes > 0)->array =
        item->mask ? scope_resolver_add_truths (resolver, item, k)
                   : scope_resolver_add_array (resolver, item);
}

/* An index tensor; one of no axes is an integer whose value is not known, but there is none for an
 * empty axis. */
static bool
take_tensor (ScopeResolver *resolver, const ScopeIndexItem *item, int axis)
{
  bool one = item->written.rank == 0 && !item->mask;
  if (one && resolver->shape->size[axis] == 0)
    return scope_subscript_say_out_of_range (resolver->call, item->value, 0, axis, axis, 0,
                                             resolver->failure);
  ScopeTake *take =
      scope_resolver_add_take (resolver, one ? SCOPE_TAKE_ONE : SCOPE_TAKE_ARRAY, axis, item->axes);
  take->array = scope_resolver_add_array (resolver, item);
  return true;
}

/* Gives every item its axes, in order; integers and slices are looked at on the way. */
static bool
give_axes (ScopeResolver *resolver)
{
  int named = scope_resolver_named_axes (resolver), axis = 0,
      missing = resolver->shape->rank - named;
  bool filled = false;
  int gap = -1; /* the take before which an ellipsis of no axes stands */
  for (int i = 0; i < resolver->items; i++)
    {
      const ScopeIndexItem *item = &resolver->item[i];
      int axes = item->axes;
      switch (item->kind)
        {
        case ITEM_INTEGER:
          if (!resolve_integer (resolver, item, axis))
            return false;
          break;
        case ITEM_SLICE:
          if (!scope_resolver_slice (resolver, item, resolver->shape->size[axis],
                                     scope_resolver_add_take (resolver, SCOPE_TAKE_SLICE, axis, 1)))
            return false;
          break;
        case ITEM_NEW:
          scope_resolver_add_take (resolver, SCOPE_TAKE_NEW, -1, 0)->count = 1;
          break;
        case ITEM_ELLIPSIS:
          axes = missing;
          gap = missing == 0 ? resolver->out->takes : -1;
          take_whole_axes (resolver, axis, axes);
          filled = true;
          break;
        case ITEM_LIST:
          take_list (resolver, item, axis);
          break;
        case ITEM_TENSOR:
          if (!take_tensor (resolver, item, axis))
            return false;
          break;
        case ITEM_FLOATS:
          scope_resolver_add_take (resolver, SCOPE_TAKE_ARRAY, axis, 1);
          break;
        default:
          return scope_subscript_say_bad_item (resolver->call, item->value, resolver->failure);
        }
      axis += axes;
    }
  if (gap >= 0 && gap < resolver->out->takes)
    resolver->out->take[gap].gap = true;
  if (!filled)
    take_whole_axes (resolver, axis, resolver->shape->rank - axis);
  return true;
}

/* ---- arrays --------------------------------------------------------------------------------- */

/* A mask must have the sizes of the axes it stands for. */
static bool
check_masks (ScopeResolver *resolver)
{
  int axis = 0, missing = resolver->shape->rank - scope_resolver_named_axes (resolver);
  for (int i = 0; i < resolver->items; i++)
    {
      const ScopeIndexItem *item = &resolver->item[i];
      if (item->kind == ITEM_ELLIPSIS)
        axis += missing;
      for (int k = 0; item->mask && k < item->written.rank; k++)
        {
          int64_t own = item->written.size[k], size = resolver->shape->size[axis + k];
          if (own != size && scope_size_is_known (own) && scope_size_is_known (size))
            return scope_subscript_say_mask (resolver->call, item->value, &item->written, k,
                                             axis + k, size, NULL, 0, resolver->failure);
        }
      axis += item->axes;
    }
  return true;
}

static bool
broadcast_arrays (ScopeResolver *resolver)
{
  ScopeSubscript *out = resolver->out;
  const ScopeShape **shape =
      scope_arena_alloc (resolver->call->arena, (size_t)(out->arrays + 1) * sizeof *shape);
  int shapes = 0;
  if (shape == NULL)
    return false;
  for (int i = 0; i < out->takes; i++)
    {
      const ScopeTake *take = &out->take[i];
      if (take->kind == SCOPE_TAKE_ARRAY && take->array >= 0)
        shape[shapes++] = &out->array[take->array].shape;
    }
  out->advanced = shapes > 0;
  if (scope_broadcast_shapes (shape, shapes, &out->array_shape))
    return true;
  return scope_subscript_say_arrays (resolver->call, shape, shapes, resolver->failure);
}

/* ---- the result's shape --------------------------------------------------------------------- */

/* PyTorch refuses to take anything from an empty axis before it looks at values. */
static bool
check_empty_axes (const ScopeResolver *resolver)
{
  const ScopeSubscript *out = resolver->out;
  bool takes_nothing = !out->advanced;
  for (int k = 0; k < out->array_shape.rank; k++)
    takes_nothing = takes_nothing || out->array_shape.size[k] == 0;
  for (int i = 0; i < out->takes && !takes_nothing; i++)
    {
      const ScopeTake *take = &out->take[i];
      for (int k = 0; take->kind == SCOPE_TAKE_ARRAY && take->axis >= 0 && k < take->axes; k++)
        if (resolver->shape->size[take->axis + k] == 0)
          return scope_subscript_say_nothing_there (resolver->call, resolver->failure);
    }
  return true;
}

/* Whether the arrays stand side by side; NumPy counts integers among them. */
static bool
arrays_are_adjacent (const ScopeResolver *resolver)
{
  bool torch = resolver->call->dialect == SCOPE_PYTORCH;
  bool begun = false, ended = false;
  for (int i = 0; i < resolver->out->takes; i++)
    {
      ScopeTakeKind kind = resolver->out->take[i].kind;
      if (kind == SCOPE_TAKE_ONE && torch)
        continue;
      bool is_array = kind == SCOPE_TAKE_ARRAY || kind == SCOPE_TAKE_ONE;
      ended = ended || (begun && resolver->out->take[i].gap);
      if (is_array && ended)
        return false;
      begun = begun || is_array;
      ended = begun && !is_array;
    }
  return true;
}

static bool
lay_out_result (ScopeResolver *resolver)
{
  ScopeSubscript *out = resolver->out;
  bool adjacent = arrays_are_adjacent (resolver);
  bool torch = resolver->call->dialect == SCOPE_PYTORCH;
  int rank = out->advanced && !adjacent ? out->array_shape.rank : 0;
  bool placed = out->advanced && !adjacent;
  out->array_to = 0;
  ScopeShape shape = { .rank = 0 };
  if (placed)
    shape = out->array_shape;
  for (int i = 0; i < out->takes; i++)
    {
      ScopeTake *take = &out->take[i];
      bool begins = take->kind == SCOPE_TAKE_ARRAY || (take->kind == SCOPE_TAKE_ONE && !torch);
      if (out->advanced && !placed && begins)
        {
          out->array_to = rank;
          placed = true;
          if (rank + out->array_shape.rank > SCOPE_MAX_RANK)
            return scope_subscript_say_rank (resolver->call, resolver->failure);
          for (int k = 0; k < out->array_shape.rank; k++)
            shape.size[rank++] = out->array_shape.size[k];
        }
      if (take->kind != SCOPE_TAKE_SLICE && take->kind != SCOPE_TAKE_NEW)
        continue;
      if (rank == SCOPE_MAX_RANK)
        return scope_subscript_say_rank (resolver->call, resolver->failure);
      take->to = rank;
      shape.size[rank++] = take->count;
    }
  shape.rank = rank;
  out->shape = shape;
  return true;
}

/* ---- the dialects --------------------------------------------------------------------------- */

/* NumPy looks at all items before it looks at sizes. */
static bool
check_numpy (ScopeResolver *resolver, const ScopeValue *index)
{
  int ellipses = 0, named = scope_resolver_named_axes (resolver);
  for (int i = 0; i < resolver->items; i++)
    {
      const ScopeIndexItem *item = &resolver->item[i];
      ellipses += item->kind == ITEM_ELLIPSIS;
      if (item->kind == ITEM_BAD)
        return scope_subscript_say_bad_item (resolver->call, item->value, resolver->failure);
      if (item->kind == ITEM_FLOATS)
        return scope_subscript_say_index_type (resolver->call, item->value, resolver->failure);
      if (ellipses > 1)
        return scope_subscript_say_second_ellipsis (resolver->call, item->value, resolver->failure);
    }
  if (named > resolver->shape->rank)
    return scope_subscript_say_too_many (resolver->call, index, resolver->shape->rank, named,
                                         resolver->failure);
  return check_masks (resolver) && give_axes (resolver);
}

bool
scope_subscript_resolve (const ScopeCall *call,
                         const ScopeShape *shape,
                         const ScopeValue *index,
                         ScopeSubscript *out,
                         ScopeFailure *failure)
{
  ScopeResolver resolver = { .call = call, .shape = shape, .failure = failure, .out = out };
  *out = (ScopeSubscript){ 0 };
  if (call->dialect == SCOPE_TENSORFLOW && !scope_subscript_check_tensorflow (call, index, failure))
    return false;
  if (call->dialect == SCOPE_JAX && !scope_subscript_check_jax (call, index, failure))
    return false;
  if (!scope_resolver_read_items (&resolver, index))
    return false;

  /* A written mask becomes as many arrays as it has axes. */
  int arrays = 0;
  for (int i = 0; i < resolver.items; i++)
    arrays += resolver.item[i].axes + 1;
  size_t takes = (size_t)(resolver.items + arrays + shape->rank + 1);
  out->take = scope_arena_alloc (call->arena, takes * sizeof *out->take);
  out->array = scope_arena_alloc (call->arena, (size_t)(arrays + 1) * sizeof *out->array);
  out->tensor = scope_arena_alloc (call->arena, (size_t)(resolver.items + 1) * sizeof *out->tensor);
  if (out->take == NULL || out->array == NULL || out->tensor == NULL)
    return false;

  bool fits = call->dialect == SCOPE_PYTORCH ? scope_resolver_apply_torch (&resolver, index)
                                             : check_numpy (&resolver, index);
  return fits && broadcast_arrays (&resolver)
         && (call->dialect != SCOPE_PYTORCH || check_empty_axes (&resolver))
         && lay_out_result (&resolver);
}

bool
scope_subscript_check_written (const ScopeCall *call,
                               const ScopeShape *shape,
                               const ScopeValue *index,
                               ScopeSubscript *out,
                               ScopeFailure *failure)
{
  bool empty = false;
  for (int axis = 0; axis < out->shape.rank; axis++)
    empty = empty || out->shape.size[axis] == 0;
  int number = -1;
  for (int i = 0; i < out->takes; i++)
    {
      const ScopeTake *take = &out->take[i];
      if (take->kind != SCOPE_TAKE_ARRAY || take->array < 0)
        continue;
      number++;
      ScopeIndexArray *array = &out->array[take->array];
      int64_t count, size = take->axes > 0 ? shape->size[take->axis] : 1;
      if (!scope_size_is_known (size) || !scope_shape_count (&array->shape, &count, NULL))
        continue;
      if (array->value == NULL && size == 0 && count > 0 && !empty)
        return scope_subscript_say_out_of_range (call, index, 0, number, take->axis, 0, failure);
      if (array->value == NULL)
        continue;
      int64_t *value = (int64_t *)array->value;
      bool clamps = call->dialect == SCOPE_JAX;
      for (int64_t k = 0; k < count; k++)
        {
          if (clamps && size > 0)
            value[k] = value[k] < 0 ? scope_max (value[k], -size) : scope_min (value[k], size - 1);
          if ((value[k] < -size || value[k] >= size) && !empty)
            return scope_subscript_say_out_of_range (call, index, value[k], size > 0 ? number : -1,
                                                     take->axis, size, failure);
          if (value[k] < 0)
            value[k] += size;
        }
    }
  return true;
}
