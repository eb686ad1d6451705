/* Reference-counted elements: owned bytes, a mapped file, or a generator. */
#pragma once

#include "core/dtype.h"

typedef struct ScopeStorage ScopeStorage;

/* How a storage's elements are got. Functions are called from several threads at once. */
typedef struct
{
  /* Writes `count` elements to `out`, dense and in native byte order: the first is element
   * `index`, each next one `step` further. Every index asked for is in 0…count−1 of the storage.
   * Errors: DATA (the file went away or shrank). */
  bool (*read) (ScopeStorage *storage,
                int64_t index,
                int64_t step,
                int64_t count,
                void *out,
                ScopeError *error);
  void (*finalize) (ScopeStorage *storage);
  /* Bytes that are fetched together: an element that is read alone costs as much as all around it
   * do. 0: every element costs the same. */
  int64_t page;
} ScopeStorageClass;

/* The common head: a kind of storage embeds it first. */
struct ScopeStorage
{
  const ScopeStorageClass *klass;
  _Atomic int references;
  ScopeDtype dtype;
  int64_t count; /* elements */
  const void
      *data; /* all elements in native byte order when they are simply in memory, else NULL */
};

ScopeStorage *scope_storage_ref (ScopeStorage *storage);
void scope_storage_unref (ScopeStorage *storage); /* NULL is fine */

/* Elements in memory; *data_out (writable until the storage is shared) holds `count` zeros.
 * Errors: TOO_BIG (more than `budget` bytes, refused before asking), MEMORY. */
ScopeStorage *scope_storage_new_owned (ScopeDtype dtype,
                                       int64_t count,
                                       int64_t budget,
                                       void **data_out,
                                       ScopeError *error);
