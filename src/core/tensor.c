/* A named, typed, strided view of a storage, and the reading of regions of it. */
#include "core/tensor.h"

#include "core/checked.h"
#include "core/copy.h"
#include "core/walk.h"

#include <assert.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

/* Whether every element of the layout stands in 0…count−1. */
static bool
stays_inside (const ScopeLayout *layout, int64_t count)
{
  int64_t low = layout->offset, high = layout->offset;
  for (int i = 0; i < layout->rank; i++)
    {
      int64_t reach;
      if (layout->size[i] == 0)
        return true;
      if (!scope_checked_mul (layout->stride[i], layout->size[i] - 1, &reach)
          || !scope_checked_add (reach < 0 ? low : high, reach, reach < 0 ? &low : &high))
        return false;
    }
  return low >= 0 && high < count;
}

static ScopeTensor *
allocate (const char *name, ScopeDtype dtype, const ScopeShape *shape, ScopeError *error)
{
  ScopeTensor *tensor = calloc (1, sizeof *tensor);
  char *copy = strdup (name);
  if (tensor == NULL || copy == NULL)
    {
      free (tensor);
      free (copy);
      scope_fail (error, SCOPE_ERROR_MEMORY, -1, "there is no memory for another tensor");
      return NULL;
    }
  atomic_init (&tensor->references, 1);
  tensor->name = copy;
  tensor->dtype = dtype;
  tensor->shape = *shape;
  return tensor;
}

ScopeTensor *
scope_tensor_new (const char *name,
                  ScopeDtype dtype,
                  const ScopeShape *shape,
                  const ScopeLayout *layout,
                  ScopeStorage *storage,
                  ScopeError *error)
{
  ScopeLayout dense = { 0 };
  if (storage != NULL)
    {
      assert (storage->dtype == dtype);
      assert (layout == NULL || layout->rank == shape->rank);
      if (!scope_layout_dense (shape, false, &dense, error))
        return NULL;
      if (layout == NULL)
        layout = &dense;
      assert (memcmp (layout->size, shape->size, (size_t)shape->rank * sizeof (int64_t)) == 0);
      if (!stays_inside (layout, storage->count))
        {
          scope_fail (error, SCOPE_ERROR_SHAPE, -1,
                      "the shape needs elements beyond the %lld that are there",
                      (long long)storage->count);
          return NULL;
        }
    }
  ScopeTensor *tensor = allocate (name, dtype, shape, error);
  if (tensor == NULL || storage == NULL)
    return tensor;
  tensor->layout = *layout;
  tensor->storage = scope_storage_ref (storage);
  return tensor;
}

ScopeTensor *
scope_tensor_ref (ScopeTensor *tensor)
{
  atomic_fetch_add_explicit (&tensor->references, 1, memory_order_relaxed);
  return tensor;
}

void
scope_tensor_unref (ScopeTensor *tensor)
{
  if (tensor == NULL)
    return;
  int before = atomic_fetch_sub_explicit (&tensor->references, 1, memory_order_acq_rel);
  assert (before > 0);
  if (before > 1)
    return;
  scope_storage_unref (tensor->storage);
  free (tensor->name);
  free (tensor);
}

ScopeTensor *
scope_tensor_rename (const ScopeTensor *tensor, const char *name, ScopeError *error)
{
  ScopeTensor *renamed = allocate (name, tensor->dtype, &tensor->shape, error);
  if (renamed == NULL)
    return NULL;
  renamed->layout = tensor->layout;
  if (tensor->storage != NULL)
    renamed->storage = scope_storage_ref (tensor->storage);
  return renamed;
}

ScopeBuffer
scope_buffer_dense (const ScopeRegion *region, void *data)
{
  ScopeBuffer buffer = { .data = data };
  /* Where a product leaves int64 there is no memory to be pointed at. */
  uint64_t stride = 1;
  for (int i = region->rank - 1; i >= 0; i--)
    {
      buffer.stride[i] = (int64_t)stride;
      stride *= (uint64_t)region->count[i];
    }
  return buffer;
}

/* ---- reading -------------------------------------------------------------------------------- */

enum
{
  SCATTER_BYTES = 4096,
  TURNED_RUNS = 32,   /* runs of a storage that are read before they are turned */
  TURNED_BYTES = 512, /* of each */
};

typedef struct
{
  ScopeStorage *storage;
  size_t bytes; /* of an element */
  char *out;
  ScopeError *error;
} Reading;

/* Operand 0 is the storage, operand 1 the buffer. */
static bool
read_run (void *data, int64_t count, const int64_t *at, const int64_t *step)
{
  const Reading *reading = data;
  ScopeStorage *storage = reading->storage;
  int64_t bytes = (int64_t)reading->bytes;
  char *out = reading->out + at[1] * bytes;
  if (step[1] == 1 && step[0] != 0)
    return storage->klass->read (storage, at[0], step[0], count, out, reading->error);

  _Alignas(16) char block[SCATTER_BYTES];
  int64_t room = step[0] == 0 ? 1 : SCATTER_BYTES / bytes;
  for (int64_t done = 0; done < count;)
    {
      int64_t part = scope_min (count - done, room);
      if (!storage->klass->read (storage, at[0] + done * step[0], step[0], part, block,
                                 reading->error))
        return false;
      if (step[0] == 0) /* one element, everywhere */
        part = count;
      scope_dtype_convert (storage->dtype, block, step[0] == 0 ? 0 : 1, storage->dtype,
                           out + done * step[1] * bytes, step[1], part);
      done += part;
    }
  return true;
}

/* Runs of the storage that become columns of the buffer. */
typedef struct
{
  Reading reading;
  int64_t rows, row_place, row_out; /* neighbours in the storage */
  int64_t columns, column_place;    /* neighbours in the buffer */
} TurnedReading;

/* Some runs side by side, read and then copied crosswise. */
static bool
turn_block (const TurnedReading *turned, int64_t place, char *out, int64_t rows, int64_t columns)
{
  const Reading *reading = &turned->reading;
  ScopeStorage *storage = reading->storage;
  _Alignas(16) char block[TURNED_RUNS * TURNED_BYTES];
  for (int64_t c = 0; c < columns; c++)
    if (!storage->klass->read (storage, place + c * turned->column_place, turned->row_place, rows,
                               block + c * rows * (int64_t)reading->bytes, reading->error))
      return false;
  scope_copy (2, (const int64_t[]){ rows, columns }, reading->bytes, block,
              (const int64_t[]){ 1, rows }, 0, out, (const int64_t[]){ turned->row_out, 1 }, 0);
  return true;
}

/* Operand 0 is the buffer, operand 1 the storage, on whatever axis is left. */
static bool
turn_run (void *data, int64_t count, const int64_t *at, const int64_t *step)
{
  const TurnedReading *turned = data;
  int64_t bytes = (int64_t)turned->reading.bytes, most = TURNED_BYTES / bytes;
  for (int64_t i = 0; i < count; i++)
    for (int64_t c = 0; c < turned->columns; c += TURNED_RUNS)
      for (int64_t r = 0; r < turned->rows; r += most)
        if (!turn_block (
                turned, at[1] + i * step[1] + c * turned->column_place + r * turned->row_place,
                turned->reading.out + (at[0] + i * step[0] + c + r * turned->row_out) * bytes,
                scope_min (most, turned->rows - r), scope_min (TURNED_RUNS, turned->columns - c)))
          return false;
  return true;
}

/* What is not simply in memory. */
static bool
read_storage (const Reading *reading,
              const ScopeRegion *region,
              const ScopeBuffer *out,
              const int64_t *place,
              int64_t first)
{
  int row, column;
  if (!scope_copy_turns (region->rank, region->count, place, out->stride, &row, &column))
    return scope_walk (region->rank, region->count, 2, (const int64_t *[]){ place, out->stride },
                       (const int64_t[]){ first, 0 }, read_run, (void *)reading);
  TurnedReading turned = {
    .reading = *reading,
    .rows = region->count[row],
    .row_place = place[row],
    .row_out = out->stride[row],
    .columns = region->count[column],
    .column_place = place[column],
  };
  int64_t rest[SCOPE_MAX_RANK];
  memcpy (rest, region->count, sizeof rest);
  rest[row] = rest[column] = 1;
  return scope_walk (region->rank, rest, 2, (const int64_t *[]){ out->stride, place },
                     (const int64_t[]){ 0, first }, turn_run, &turned);
}

bool
scope_tensor_read (const ScopeTensor *tensor,
                   const ScopeRegion *region,
                   const ScopeBuffer *out,
                   ScopeError *error)
{
  ScopeStorage *storage = tensor->storage;
  if (storage == NULL)
    return scope_fail (error, SCOPE_ERROR_SHAPE, -1, "%s has no values: a size of it is not known",
                       tensor->name);
  assert (region->rank == tensor->shape.rank);
  for (int i = 0; i < region->rank; i++)
    if (region->count[i] == 0)
      return true;

  const ScopeLayout *layout = &tensor->layout;
  int64_t place[SCOPE_MAX_RANK];
  int64_t first = layout->offset;
  for (int i = 0; i < region->rank; i++)
    {
      int64_t count = region->count[i];
      assert (region->start[i] >= 0 && region->start[i] < layout->size[i]);
      first += region->start[i] * layout->stride[i];
      place[i] = count > 1 ? region->step[i] * layout->stride[i] : 0;
      assert (count == 1 || region->start[i] + (count - 1) * region->step[i] >= 0);
      assert (count == 1 || region->start[i] + (count - 1) * region->step[i] < layout->size[i]);
    }
  Reading reading = { storage, scope_dtype_bytes (tensor->dtype), out->data, error };
  if (storage->data != NULL)
    {
      scope_copy (region->rank, region->count, reading.bytes, storage->data, place, first,
                  out->data, out->stride, 0);
      return true;
    }
  return read_storage (&reading, region, out, place, first);
}
