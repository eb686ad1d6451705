/* Reference-counted elements; those in memory. */
#include "core/storage.h"

#include "core/checked.h"

#include <assert.h>
#include <stdatomic.h>
#include <stdlib.h>

ScopeStorage *
scope_storage_ref (ScopeStorage *storage)
{
  atomic_fetch_add_explicit (&storage->references, 1, memory_order_relaxed);
  return storage;
}

void
scope_storage_unref (ScopeStorage *storage)
{
  if (storage == NULL)
    return;
  int before = atomic_fetch_sub_explicit (&storage->references, 1, memory_order_acq_rel);
  assert (before > 0);
  if (before == 1)
    storage->klass->finalize (storage);
}

typedef struct
{
  ScopeStorage storage;
  void *memory;
} OwnedStorage;

static bool
owned_read (ScopeStorage *storage,
            int64_t index,
            int64_t step,
            int64_t count,
            void *out,
            ScopeError *error)
{
  const char *from = storage->data;
  from += index * (int64_t)scope_dtype_bytes (storage->dtype);
  scope_dtype_convert (storage->dtype, from, step, storage->dtype, out, 1, count);
  return true;
}

static void
owned_finalize (ScopeStorage *storage)
{
  OwnedStorage *owned = (OwnedStorage *)storage;
  free (owned->memory);
  free (owned);
}

static const ScopeStorageClass owned_class = { owned_read, owned_finalize };

ScopeStorage *
scope_storage_new_owned (ScopeDtype dtype,
                         int64_t count,
                         int64_t budget,
                         void **data_out,
                         ScopeError *error)
{
  int64_t bytes;
  if (!scope_checked_mul (count, (int64_t)scope_dtype_bytes (dtype), &bytes) || bytes > budget)
    {
      scope_fail (error, SCOPE_ERROR_TOO_BIG, -1,
                  "%lld elements of %s are more than the limit of %lld bytes", (long long)count,
                  scope_dtype_name (dtype), (long long)budget);
      return NULL;
    }
  OwnedStorage *owned = calloc (1, sizeof *owned);
  void *memory = calloc ((size_t)scope_max (bytes, 1), 1);
  if (owned == NULL || memory == NULL)
    {
      free (owned);
      free (memory);
      scope_fail (error, SCOPE_ERROR_MEMORY, -1, "there is no memory for %lld bytes",
                  (long long)bytes);
      return NULL;
    }
  owned->storage.klass = &owned_class;
  atomic_init (&owned->storage.references, 1);
  owned->storage.dtype = dtype;
  owned->storage.count = count;
  owned->storage.data = memory;
  owned->memory = memory;
  *data_out = memory;
  return &owned->storage;
}
