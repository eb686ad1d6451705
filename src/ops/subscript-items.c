/* The items of a subscript: what each is, and the arrays and slices it stands for. */
#include "ops/subscript-parts.h"

#include "core/arena.h"
#include "core/checked.h"
#include "ops/argument.h"
#include "ops/subscript-words.h"

enum
{
  SEQUENCE_AS_TUPLE = 32, /* PyTorch takes shorter lists of sequences for tuples */
};

/* ---- lists ---------------------------------------------------------------------------------- */

/* The shape of nested lists; false when they are ragged or hold what is no number. */
static bool
list_shape (const ScopeValue *value, ScopeShape *shape)
{
  shape->rank = 0;
  for (; scope_value_is_sequence (value); value = &value->item[0])
    {
      if (shape->rank == SCOPE_MAX_RANK)
        return false;
      shape->size[shape->rank++] = value->items;
      if (value->items == 0)
        return true;
    }
  return scope_value_is_number (value);
}

/* What a list's numbers are, from the widest down. */
typedef enum
{
  LIST_TRUTHS,
  LIST_INTEGERS,
  LIST_FLOATS
} ListKind;

typedef struct
{
  int64_t *integer;
  int64_t count;
  ListKind kind;
} Flattened;

/* Writes the numbers of nested lists of `shape` in order; false when they do not have that shape.
 * Depth is bounded by the shape's rank. */
static bool
flatten (const ScopeValue *value, const ScopeShape *shape, int axis, Flattened *out)
{
  if (axis == shape->rank)
    {
      if (!scope_value_is_number (value))
        return false;
      ListKind kind = value->kind == SCOPE_VALUE_BOOL    ? LIST_TRUTHS
                      : value->kind == SCOPE_VALUE_FLOAT ? LIST_FLOATS
                                                         : LIST_INTEGERS;
      out->kind = kind > out->kind ? kind : out->kind;
      out->integer[out->count++] =
          value->kind == SCOPE_VALUE_FLOAT ? (int64_t)value->number : value->integer;
      return true;
    }
  if (!scope_value_is_sequence (value) || value->items != shape->size[axis])
    return false;
  for (int i = 0; i < value->items; i++)
    if (!flatten (&value->item[i], shape, axis + 1, out))
      return false;
  return true;
}

static void
read_list (const ScopeResolver *resolver, ScopeIndexItem *item)
{
  int64_t count;
  item->kind = ITEM_BAD;
  if (!list_shape (item->value, &item->written)
      || !scope_shape_count (&item->written, &count, NULL))
    return;
  Flattened flat = { .kind = LIST_TRUTHS };
  flat.integer = scope_arena_alloc (resolver->call->arena, (size_t)(count + 1) * sizeof (int64_t));
  if (flat.integer == NULL || !flatten (item->value, &item->written, 0, &flat))
    return;
  bool torch = resolver->call->dialect == SCOPE_PYTORCH;
  if (flat.kind == LIST_FLOATS && !torch)
    return;
  /* PyTorch goes by the first item. */
  const ScopeValue *first = item->value;
  while (scope_value_is_sequence (first) && first->items > 0)
    first = &first->item[0];
  bool truths = count > 0 && (torch ? first->kind == SCOPE_VALUE_BOOL : flat.kind == LIST_TRUTHS);
  if (torch && truths)
    for (int64_t i = 0; i < count; i++)
      flat.integer[i] = flat.integer[i] != 0;
  item->kind = ITEM_LIST;
  item->mask = truths;
  item->integer = flat.integer;
  item->axes = truths ? item->written.rank : 1;
}

/* ---- items ---------------------------------------------------------------------------------- */

static void
read_tensor (const ScopeResolver *resolver, ScopeIndexItem *item)
{
  ScopeDtype dtype = scope_call_dtype (resolver->call, item->value);
  item->written = *scope_call_shape (resolver->call, item->value);
  bool torch = resolver->call->dialect == SCOPE_PYTORCH;
  item->mask = dtype == SCOPE_BOOL || (torch && dtype == SCOPE_UINT8);
  bool integers =
      torch ? dtype == SCOPE_INT64 || (item->written.rank == 0 && scope_dtype_is_integer (dtype))
            : scope_dtype_is_integer (dtype);
  item->kind = item->mask || integers ? ITEM_TENSOR : ITEM_FLOATS;
  item->axes = item->mask ? item->written.rank : 1;
}

static void
read_item (const ScopeResolver *resolver, const ScopeValue *value, ScopeIndexItem *item)
{
  *item = (ScopeIndexItem){ .value = value, .kind = ITEM_BAD, .axes = 1 };
  switch (value->kind)
    {
    case SCOPE_VALUE_INT:
    case SCOPE_VALUE_SIZE:
      item->kind = ITEM_INTEGER;
      break;
    case SCOPE_VALUE_BOOL:
      item->kind = ITEM_LIST;
      item->axes = 0;
      item->mask = true;
      item->integer = scope_arena_alloc (resolver->call->arena, sizeof (int64_t));
      if (item->integer == NULL)
        item->kind = ITEM_BAD;
      else
        *item->integer = value->integer;
      break;
    case SCOPE_VALUE_SLICE:
      item->kind = ITEM_SLICE;
      break;
    case SCOPE_VALUE_NONE:
      item->kind = ITEM_NEW;
      item->axes = 0;
      break;
    case SCOPE_VALUE_ELLIPSIS:
      item->kind = ITEM_ELLIPSIS;
      item->axes = 0;
      break;
    case SCOPE_VALUE_TENSOR:
      read_tensor (resolver, item);
      break;
    case SCOPE_VALUE_LIST:
    case SCOPE_VALUE_TUPLE:
      read_list (resolver, item);
      break;
    default:
      break;
    }
}

/* PyTorch takes a short list for a tuple when it holds anything but numbers. */
static bool
stands_for_tuple (const ScopeResolver *resolver, const ScopeValue *index)
{
  if (index->kind == SCOPE_VALUE_TUPLE)
    return true;
  if (index->kind != SCOPE_VALUE_LIST || resolver->call->dialect != SCOPE_PYTORCH
      || index->items >= SEQUENCE_AS_TUPLE)
    return false;
  for (int i = 0; i < index->items; i++)
    if (!scope_value_is_number (&index->item[i]) && index->item[i].kind != SCOPE_VALUE_STRING)
      return true;
  return false;
}

bool
scope_resolver_read_items (ScopeResolver *resolver, const ScopeValue *index)
{
  bool tuple = stands_for_tuple (resolver, index);
  resolver->items = tuple ? index->items : 1;
  if (resolver->items > SCOPE_INDEX_ITEMS)
    return scope_subscript_say_too_many (resolver->call, index, resolver->shape->rank,
                                         resolver->items, resolver->failure);
  resolver->item = scope_arena_alloc (resolver->call->arena,
                                      (size_t)(resolver->items + 1) * sizeof (ScopeIndexItem));
  if (resolver->item == NULL)
    return false;
  for (int i = 0; i < resolver->items; i++)
    read_item (resolver, tuple ? &index->item[i] : index, &resolver->item[i]);
  return true;
}

int
scope_resolver_named_axes (const ScopeResolver *resolver)
{
  int axes = 0;
  for (int i = 0; i < resolver->items; i++)
    axes += resolver->item[i].axes;
  return axes;
}

/* ---- arrays and slices ---------------------------------------------------------------------- */

ScopeTake *
scope_resolver_add_take (ScopeResolver *resolver, ScopeTakeKind kind, int axis, int axes)
{
  ScopeTake *take = &resolver->out->take[resolver->out->takes++];
  *take = (ScopeTake){ .kind = kind, .axis = axes > 0 ? axis : -1, .axes = axes, .array = -1 };
  return take;
}

int
scope_resolver_add_array (ScopeResolver *resolver, const ScopeIndexItem *item)
{
  ScopeSubscript *out = resolver->out;
  ScopeIndexArray *array = &out->array[out->arrays];
  *array = (ScopeIndexArray){
    .shape = item->written, .written = item->written, .mask = item->mask, .operand = -1
  };
  if (item->kind == ITEM_TENSOR)
    {
      array->operand = out->tensors;
      out->tensor[out->tensors++] = item->value;
    }
  array->value = item->integer;
  array->from_mask = item->mask;
  if (item->mask)
    {
      int64_t count;
      bool empty = scope_shape_count (&item->written, &count, NULL) && count == 0;
      array->shape = (ScopeShape){ .rank = 1, .size = { empty ? 0 : SCOPE_SIZE_UNKNOWN } };
    }
  return out->arrays++;
}

int
scope_resolver_add_truths (ScopeResolver *resolver, const ScopeIndexItem *item, int k)
{
  ScopeSubscript *out = resolver->out;
  int64_t total = 1, found = 0, stride = 1, at = 0;
  bool torch = resolver->call->dialect == SCOPE_PYTORCH; /* True is an index there, not a mask */
  for (int i = 0; i < item->written.rank; i++)
    total *= item->written.size[i];
  for (int i = k + 1; i < item->written.rank; i++)
    stride *= item->written.size[i];
  for (int64_t i = 0; i < total; i++)
    found += item->integer[i] != 0;

  int64_t *value = scope_arena_alloc (resolver->call->arena, (size_t)(found + 1) * sizeof *value);
  for (int64_t i = 0; i < total && value != NULL; i++)
    if (item->integer[i] != 0)
      value[at++] = item->written.rank > 0 ? i / stride % item->written.size[k] : 0;
  out->array[out->arrays] = (ScopeIndexArray){ .shape = { .rank = 1, .size = { at } },
                                               .written = item->written,
                                               .from_mask = !torch || item->axes > 0,
                                               .value = value,
                                               .operand = -1 };
  return out->arrays++;
}

/* A part of a slice: absent, a known integer, or not known. */
static bool
read_slice_part (const ScopeResolver *resolver,
                 const ScopeValue *part,
                 bool *given,
                 int64_t *value,
                 bool *known)
{
  *given = part->kind != SCOPE_VALUE_NONE;
  if (!*given)
    return true;
  if (scope_value_is_int (part))
    {
      *value = part->integer;
      return true;
    }
  bool scalar = part->kind == SCOPE_VALUE_TENSOR
                && scope_call_shape (resolver->call, part)->rank == 0
                && scope_dtype_kind (scope_call_dtype (resolver->call, part)) <= SCOPE_KIND_SIGNED;
  if (part->kind != SCOPE_VALUE_SIZE && !scalar)
    return scope_subscript_say_slice_part (resolver->call, part, resolver->failure);
  *known = false;
  return true;
}

bool
scope_resolver_slice (const ScopeResolver *resolver,
                      const ScopeIndexItem *item,
                      int64_t size,
                      ScopeTake *take)
{
  ScopeSlice slice = { 0 };
  bool known = true;
  const ScopeValue *part = item->value->item;
  if (!read_slice_part (resolver, &part[0], &slice.has_start, &slice.start, &known)
      || !read_slice_part (resolver, &part[1], &slice.has_stop, &slice.stop, &known)
      || !read_slice_part (resolver, &part[2], &slice.has_step, &slice.step, &known))
    return false;
  if (slice.has_step && slice.step == 0 && scope_value_is_int (&part[2]))
    return scope_subscript_say_zero_step (resolver->call, item->value, resolver->failure);
  if (slice.has_step && slice.step < 0 && resolver->call->dialect == SCOPE_PYTORCH)
    return scope_subscript_say_negative_step (resolver->call, item->value, resolver->failure);

  bool whole = !slice.has_start && !slice.has_stop
               && (!slice.has_step || slice.step == 1 || slice.step == -1);
  take->start = 0;
  take->step = 1;
  take->count = whole ? size : SCOPE_SIZE_UNKNOWN;
  if (known && scope_size_is_known (size))
    return scope_slice_resolve (slice, size, &take->start, &take->step, &take->count, NULL);
  return true;
}
