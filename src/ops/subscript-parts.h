/* The parts of resolving a subscript: shared by subscript.c, subscript-items.c, subscript-torch.c;
 * nobody else. */
#pragma once

#include "ops/subscript.h"

typedef enum
{
  ITEM_INTEGER,
  ITEM_SLICE,
  ITEM_NEW,
  ITEM_ELLIPSIS,
  ITEM_LIST,   /* integers or truths, written out */
  ITEM_TENSOR, /* of integers or truths */
  ITEM_FLOATS, /* a tensor of a type that cannot index */
  ITEM_BAD,    /* anything else */
} ScopeIndexItemKind;

/* One item of the index, before axes are given out. */
typedef struct
{
  const ScopeValue *value;
  ScopeIndexItemKind kind;
  int axes; /* how many axes of the input it names */
  bool mask;
  ScopeShape written; /* of LIST and TENSOR */
  int64_t *integer;   /* of LIST */
} ScopeIndexItem;

typedef struct
{
  const ScopeCall *call;
  const ScopeShape *shape;
  ScopeFailure *failure;
  int items;
  ScopeIndexItem *item;
  ScopeSubscript *out;
} ScopeResolver;

enum
{
  SCOPE_INDEX_ITEMS = 4 * SCOPE_MAX_RANK, /* of an index; far beyond what any framework takes */
};

/* Sorts out the items of an index. False when there are far too many. */
bool scope_resolver_read_items (ScopeResolver *resolver, const ScopeValue *index);
/* The axes of the input that the items name. */
int scope_resolver_named_axes (const ScopeResolver *resolver);

/* Adds a take of `axes` axes of the input from `axis` on. */
ScopeTake *
scope_resolver_add_take (ScopeResolver *resolver, ScopeTakeKind kind, int axis, int axes);
/* Adds the array of a list of integers or of a tensor; returns its number. */
int scope_resolver_add_array (ScopeResolver *resolver, const ScopeIndexItem *item);
/* The places where a written mask is true along its axis `k`; returns the array's number. */
int scope_resolver_add_truths (ScopeResolver *resolver, const ScopeIndexItem *item, int k);
/* What a slice takes of an axis of `size` elements: sets start, step and count of `take`. */
bool scope_resolver_slice (const ScopeResolver *resolver,
                           const ScopeIndexItem *item,
                           int64_t size,
                           ScopeTake *take);

/* PyTorch's way: the items are applied one after the other to what the ones before left. Fills the
 * takes; false with the failure. */
bool scope_resolver_apply_torch (ScopeResolver *resolver, const ScopeValue *index);
