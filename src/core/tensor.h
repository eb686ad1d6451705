/* A named, typed, strided view of a storage. */
#pragma once

#include "core/layout.h"
#include "core/storage.h"

/* Immutable and reference-counted. A tensor of unknown sizes has no storage: it can be checked, not
 * read. */
typedef struct
{
  _Atomic int references;
  char *name;
  ScopeDtype dtype;
  ScopeShape shape;
  ScopeLayout layout;    /* elements of `storage`; meaningless without one */
  ScopeStorage *storage; /* NULL when a size is unknown */
} ScopeTensor;

/* Copies name and shape, takes a reference of `storage`. `layout` NULL means dense in C order.
 * Errors: MEMORY, OVERFLOW, SHAPE (the layout reaches outside the storage). */
ScopeTensor *scope_tensor_new (const char *name,
                               ScopeDtype dtype,
                               const ScopeShape *shape,
                               const ScopeLayout *layout,
                               ScopeStorage *storage,
                               ScopeError *error);
ScopeTensor *scope_tensor_ref (ScopeTensor *tensor);
void scope_tensor_unref (ScopeTensor *tensor); /* NULL is fine */
/* The same elements under another name. Errors: MEMORY. */
ScopeTensor *scope_tensor_rename (const ScopeTensor *tensor, const char *name, ScopeError *error);

/* Where read elements go: element (i0, i1, …) of a region to data + Σ i·stride. */
typedef struct
{
  void *data;
  int64_t stride[SCOPE_MAX_RANK]; /* in elements of the type read */
} ScopeBuffer;

/* A dense C-order buffer over `data` for the counts of `region`. */
ScopeBuffer scope_buffer_dense (const ScopeRegion *region, void *data);

/* Writes the elements of `region`, which lies within the shape, in the tensor's own type. Errors:
 * DATA, SHAPE (no storage). */
bool scope_tensor_read (const ScopeTensor *tensor,
                        const ScopeRegion *region,
                        const ScopeBuffer *out,
                        ScopeError *error);
