/* Resolving a subscript as PyTorch does: item after item, each on what the ones before left. */
#include "core/arena.h"
#include "ops/argument.h"
#include "ops/subscript-parts.h"
#include "ops/subscript-words.h"

#include <string.h>

/* The axes that are left, each with the take it has become, and the index tensors by place. */
typedef struct
{
  ScopeResolver *resolver;
  int axes;
  ScopeTake *axis;               /* SLICE or NEW */
  const ScopeIndexItem **tensor; /* at each place, or NULL; places may lie beyond the axes */
  int places;
  int at; /* the axis the next item works on */
} Left;

static void
remove_axis (Left *left, int at)
{
  memmove (left->axis + at, left->axis + at + 1,
           (size_t)(left->axes - at - 1) * sizeof *left->axis);
  left->axes--;
}

static void
insert_axis (Left *left, int at)
{
  memmove (left->axis + at + 1, left->axis + at, (size_t)(left->axes - at) * sizeof *left->axis);
  left->axis[at] =
      (ScopeTake){ .kind = SCOPE_TAKE_NEW, .axis = -1, .count = 1, .step = 1, .array = -1 };
  left->axes++;
}

/* A select along the axis at hand. `place`: of the item in the index, which the message names. */
static bool
apply_integer (Left *left, const ScopeIndexItem *item, int place)
{
  ScopeResolver *resolver = left->resolver;
  int64_t index = item->value->integer;
  bool there = left->at < left->axes;
  int64_t size = there ? left->axis[left->at].count : 0;
  bool known = item->kind == ITEM_INTEGER && item->value->kind == SCOPE_VALUE_INT;
  bool outside = scope_size_is_known (size) && (index < -size || index >= size);
  if (!there || (known && outside) || size == 0)
    return scope_subscript_say_out_of_range (resolver->call, item->value, index, place,
                                             there ? left->axis[left->at].axis : left->at, size,
                                             resolver->failure);
  ScopeTake own = left->axis[left->at];
  remove_axis (left, left->at);
  if (own.kind == SCOPE_TAKE_NEW)
    return true;
  ScopeTake *take = scope_resolver_add_take (resolver, SCOPE_TAKE_ONE, own.axis, 1);
  take->start = known && index < 0 && scope_size_is_known (size) ? index + size : index;
  if (item->kind == ITEM_TENSOR)
    take->array = scope_resolver_add_array (resolver, item);
  return true;
}

static bool
apply_slice (Left *left, const ScopeIndexItem *item)
{
  ScopeTake take = { .step = 1 };
  ScopeResolver *resolver = left->resolver;
  bool there = left->at < left->axes;
  if (!scope_resolver_slice (resolver, item, there ? left->axis[left->at].count : 0, &take))
    return false;
  if (!there)
    return scope_subscript_say_dimension (resolver->call, item->value, left->axes, left->at,
                                          resolver->failure);
  ScopeTake *own = &left->axis[left->at];
  own->start = take.start;
  own->step = take.step;
  own->count = take.count;
  left->at++;
  return true;
}

static void
record_tensor (Left *left, const ScopeIndexItem *item)
{
  left->tensor[left->at++] = item;
  left->places = left->at > left->places ? left->at : left->places;
}

static bool
apply_item (Left *left, const ScopeIndexItem *item, int place, int missing)
{
  switch (item->kind)
    {
    case ITEM_INTEGER:
      return apply_integer (left, item, place);
    case ITEM_SLICE:
      return apply_slice (left, item);
    case ITEM_ELLIPSIS:
      left->at += missing;
      return true;
    case ITEM_NEW:
    case ITEM_LIST:
    case ITEM_TENSOR:
    case ITEM_FLOATS:
      if (item->kind == ITEM_TENSOR && item->written.rank == 0 && !item->mask)
        return apply_integer (left, item, place);
      if (item->axes == 0)
        {
          if (left->at > left->axes)
            return scope_subscript_say_dimension (left->resolver->call, item->value, left->axes + 1,
                                                  left->at, left->resolver->failure);
          insert_axis (left, left->at);
        }
      if (item->kind == ITEM_NEW)
        left->at++;
      else
        record_tensor (left, item);
      return true;
    default:
      return scope_subscript_say_bad_item (left->resolver->call, item->value,
                                           left->resolver->failure);
    }
}

/* ---- index tensors -------------------------------------------------------------------------- */

static void
left_shape (const Left *left, ScopeShape *shape)
{
  shape->rank = left->axes < SCOPE_MAX_RANK ? left->axes : SCOPE_MAX_RANK;
  for (int i = 0; i < shape->rank; i++)
    shape->size[i] = left->axis[i].count;
}

static bool
check_types (const Left *left)
{
  for (int i = 0; i < left->places; i++)
    if (left->tensor[i] != NULL && left->tensor[i]->kind == ITEM_FLOATS)
      return scope_subscript_say_index_type (left->resolver->call, left->tensor[i]->value,
                                             left->resolver->failure);
  return true;
}

/* Masks stand for as many places as they have axes, which moves the places after them. */
static bool
check_places (const Left *left)
{
  ScopeResolver *resolver = left->resolver;
  ScopeShape shape;
  left_shape (left, &shape);
  int place = 0;
  for (int i = 0; i < left->places; i++)
    {
      const ScopeIndexItem *item = left->tensor[i];
      int width = item != NULL && item->mask && item->axes > 0 ? item->axes : 1;
      for (int k = 0; k < width && item != NULL && item->mask && item->axes > 0; k++)
        {
          int64_t own = item->written.size[k];
          if (place + k >= shape.rank)
            return scope_subscript_say_dimension (resolver->call, item->value, shape.rank,
                                                  place + k, resolver->failure);
          int64_t size = shape.size[place + k];
          if (own != size && scope_size_is_known (own) && scope_size_is_known (size))
            return scope_subscript_say_mask (resolver->call, item->value, &item->written, k,
                                             place + k, size, &shape, place + k, resolver->failure);
        }
      place += width;
    }
  if (place <= shape.rank)
    return true;
  return scope_subscript_say_places (resolver->call, shape.rank, place, resolver->failure);
}

/* The take of an index tensor over axes `at` … of what is left. A slice under it stays: it is part
 * of a mask that has been found to fit, so it takes everything. */
static void
take_tensor (Left *left, const ScopeIndexItem *item, int at)
{
  ScopeResolver *resolver = left->resolver;
  int axis = left->axis[at].axis;
  bool on_new = axis < 0;
  if (item->kind == ITEM_LIST && item->mask)
    for (int k = 0; k < (item->axes > 0 ? item->axes : 1); k++)
      scope_resolver_add_take (resolver, SCOPE_TAKE_ARRAY, left->axis[at + k].axis,
                               left->axis[at + k].axis >= 0)
          ->array = scope_resolver_add_truths (resolver, item, k);
  else
    {
      ScopeTake *take =
          scope_resolver_add_take (resolver, SCOPE_TAKE_ARRAY, axis, on_new ? 0 : item->axes);
      take->array = scope_resolver_add_array (resolver, item);
    }
}

static void
take_all (Left *left)
{
  int at = 0;
  for (int i = 0; i < left->places; i++)
    {
      const ScopeIndexItem *item = left->tensor[i];
      if (item == NULL)
        {
          left->resolver->out->take[left->resolver->out->takes++] = left->axis[at++];
          continue;
        }
      take_tensor (left, item, at);
      at += item->mask && item->axes > 0 ? item->axes : 1;
    }
  for (; at < left->axes; at++)
    left->resolver->out->take[left->resolver->out->takes++] = left->axis[at];
}

/* ---- the whole ------------------------------------------------------------------------------ */

/* A tensor of no axes by a lone zero or slice has words of its own. */
static bool
check_scalar (const ScopeResolver *resolver, const ScopeValue *index)
{
  ScopeTake take;
  if (resolver->shape->rank == 0 && index->kind == SCOPE_VALUE_SLICE
      && !scope_resolver_slice (resolver, &resolver->item[0], 0, &take))
    return false;
  bool zero = index->kind == SCOPE_VALUE_INT && index->integer == 0;
  if (resolver->shape->rank > 0 || (!zero && index->kind != SCOPE_VALUE_SLICE))
    return true;
  return scope_subscript_say_scalar (resolver->call, index, resolver->failure);
}

/* A lone integer on no axes is selected, not counted. */
static bool
is_counted (const ScopeValue *index)
{
  return index->kind != SCOPE_VALUE_INT;
}

bool
scope_resolver_apply_torch (ScopeResolver *resolver, const ScopeValue *index)
{
  int rank = resolver->shape->rank, named = scope_resolver_named_axes (resolver);
  if (!check_scalar (resolver, index))
    return false;
  if (named > rank && is_counted (index))
    return scope_subscript_say_too_many (resolver->call, index, rank, named, resolver->failure);

  size_t room = (size_t)(rank + resolver->items + 1);
  size_t places = (size_t)(resolver->items * (rank + 1) + rank + 1);
  Left left = {
    .resolver = resolver,
    .axes = rank,
    .axis = scope_arena_alloc (resolver->call->arena, room * sizeof *left.axis),
    .tensor = scope_arena_alloc (resolver->call->arena, places * sizeof *left.tensor),
  };
  if (left.axis == NULL || left.tensor == NULL)
    return false;
  for (int i = 0; i < rank; i++)
    left.axis[i] = (ScopeTake){ .kind = SCOPE_TAKE_SLICE,
                                .axis = i,
                                .axes = 1,
                                .step = 1,
                                .count = resolver->shape->size[i],
                                .array = -1 };
  for (int i = 0; i < resolver->items; i++)
    if (!apply_item (&left, &resolver->item[i], i, rank - named))
      return false;
  if (!check_types (&left) || !check_places (&left))
    return false;
  take_all (&left);
  return true;
}
