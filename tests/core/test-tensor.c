/* Tensors: reading any region equals picking its elements one by one. */
#include "core/generator.h"
#include "core/tensor.h"

#include <glib.h>
#include <math.h>
#include <string.h>

/* A storage with no memory to look at, as a file that is read piece by piece. */
static bool
hidden_read (ScopeStorage *storage,
             int64_t index,
             int64_t step,
             int64_t count,
             void *out,
             ScopeError *error)
{
  for (gint64 i = 0; i < count; i++)
    {
      gint64 place = index + i * step;
      g_assert_true (place >= 0 && place < storage->count);
      char element[16] = { 0 };
      scope_dtype_store (storage->dtype, element, SCOPE_KIND_SIGNED, (ScopeNumber){ .i = place });
      memcpy ((char *)out + i * (gint64)scope_dtype_bytes (storage->dtype), element,
              scope_dtype_bytes (storage->dtype));
    }
  return true;
}

static void
hidden_finalize (ScopeStorage *storage)
{
  g_free (storage);
}

static const ScopeStorageClass hidden_class = { hidden_read, hidden_finalize };

/* `count` elements with their own index as value. */
static ScopeStorage *
numbered (ScopeDtype dtype, gint64 count, bool in_memory)
{
  if (in_memory)
    {
      void *data;
      ScopeStorage *storage = scope_storage_new_owned (dtype, count, G_MAXINT64, &data, NULL);
      for (gint64 i = 0; i < count; i++)
        scope_dtype_store (dtype, (char *)data + i * (gint64)scope_dtype_bytes (dtype),
                           SCOPE_KIND_SIGNED, (ScopeNumber){ .i = i });
      return storage;
    }
  ScopeStorage *storage = g_new0 (ScopeStorage, 1);
  storage->klass = &hidden_class;
  storage->references = 1;
  storage->dtype = dtype;
  storage->count = count;
  return storage;
}

enum
{
  ELEMENTS = 100000 /* of a storage */
};

/* A shape and a layout of it inside ELEMENTS. */
static void
random_layout (GRand *random, ScopeShape *shape, ScopeLayout *layout)
{
  shape->rank = layout->rank = g_rand_int_range (random, 0, 6);
  layout->offset = 10;
  gint64 on = g_rand_int_range (random, 1, 3);
  bool fortran = g_rand_boolean (random);
  for (int k = 0; k < shape->rank; k++)
    {
      int i = fortran ? k : shape->rank - 1 - k;
      shape->size[i] = layout->size[i] = g_rand_int_range (random, 1, 7);
      int choice = g_rand_int_range (random, 0, 6);
      layout->stride[i] = choice == 0 ? 0 : choice == 1 ? -on : on;
      if (layout->stride[i] < 0)
        layout->offset += on * (layout->size[i] - 1);
      on *= layout->size[i];
    }
}

static ScopeRegion
random_region (GRand *random, const ScopeShape *shape)
{
  ScopeRegion region = { .rank = shape->rank };
  for (int i = 0; i < shape->rank; i++)
    {
      gint64 size = shape->size[i];
      region.start[i] = g_rand_int_range (random, 0, (gint)size);
      region.step[i] = g_rand_int_range (random, -2, 3);
      gint64 most = region.step[i] == 0  ? 4
                    : region.step[i] > 0 ? (size - 1 - region.start[i]) / region.step[i] + 1
                                         : region.start[i] / -region.step[i] + 1;
      region.count[i] =
          g_rand_int_range (random, g_rand_int_range (random, 0, 10) > 0, (gint)most + 1);
    }
  return region;
}

static void
check_region (const ScopeTensor *tensor, const ScopeRegion *region, const ScopeBuffer *out)
{
  gint64 index[SCOPE_MAX_RANK] = { 0 };
  gsize bytes = scope_dtype_bytes (tensor->dtype);
  gint64 count;
  g_assert_true (scope_region_count (region, &count, NULL));
  for (gint64 n = 0; n < count; n++)
    {
      gint64 place = tensor->layout.offset, at = 0;
      for (int i = 0; i < region->rank; i++)
        {
          place += (region->start[i] + index[i] * region->step[i]) * tensor->layout.stride[i];
          at += index[i] * out->stride[i];
        }
      char expected[16];
      hidden_read (tensor->storage, place, 1, 1, expected, NULL);
      g_assert_cmpmem (expected, bytes, (char *)out->data + at * (gint64)bytes, bytes);
      for (int i = region->rank - 1; i >= 0 && ++index[i] == region->count[i]; i--)
        index[i] = 0;
    }
}

static void
test_read (gconstpointer data)
{
  bool in_memory = GPOINTER_TO_INT (data);
  static const ScopeDtype types[] = { SCOPE_FLOAT32, SCOPE_UINT8, SCOPE_COMPLEX128, SCOPE_FLOAT16 };
  g_autoptr (GRand) random = g_rand_new_with_seed (41);
  for (int round = 0; round < 3000; round++)
    {
      ScopeDtype dtype = types[round % 4];
      gsize bytes = scope_dtype_bytes (dtype);
      ScopeShape shape;
      ScopeLayout layout;
      random_layout (random, &shape, &layout);
      ScopeStorage *storage = numbered (dtype, ELEMENTS, in_memory && round < 200);
      if (in_memory && round >= 200)
        {
          scope_storage_unref (storage);
          break;
        }
      ScopeError error = { 0 };
      ScopeTensor *tensor = scope_tensor_new ("A", dtype, &shape, &layout, storage, &error);
      scope_storage_unref (storage);
      g_assert_cmpstr (error.sentence, ==, "");
      ScopeRegion region = random_region (random, &shape);
      g_autofree char *memory = g_malloc0 (20000 * 3 * bytes);
      ScopeBuffer out = scope_buffer_dense (&region, memory);
      if (round % 2 == 1) /* a buffer with gaps, backwards on the first axis */
        {
          for (int i = 0; i < region.rank; i++)
            out.stride[i] *= 3;
          if (region.rank > 0 && region.count[0] > 0)
            {
              out.data = memory + (region.count[0] - 1) * out.stride[0] * (gint64)bytes;
              out.stride[0] = -out.stride[0];
            }
        }
      g_assert_true (scope_tensor_read (tensor, &region, &out, &error));
      check_region (tensor, &region, &out);
      scope_tensor_unref (tensor);
    }
}

/* Long axes in another order, where tiles are turned. */
static void
test_turned (gconstpointer data)
{
  static const ScopeDtype dtypes[] = { SCOPE_INT16, SCOPE_INT32, SCOPE_COMPLEX64,
                                       SCOPE_COMPLEX128 };
  ScopeShape shape = { .rank = 3, .size = { 3, 77, 301 } };
  for (gsize d = 0; d < G_N_ELEMENTS (dtypes); d++)
    {
      gsize bytes = scope_dtype_bytes (dtypes[d]);
      ScopeStorage *storage = numbered (dtypes[d], 3 * 77 * 301, GPOINTER_TO_INT (data));
      ScopeTensor *tensor = scope_tensor_new ("A", dtypes[d], &shape, NULL, storage, NULL);
      ScopeRegion region = {
        .rank = 3, .start = { 2, 1, 300 }, .step = { -1, 1, -2 }, .count = { 3, 75, 140 }
      };
      g_autofree char *out = g_malloc0 (3 * 75 * 140 * bytes);
      ScopeBuffer buffer = { .data = out, .stride = { 1, 3, 225 } };
      g_assert_true (scope_tensor_read (tensor, &region, &buffer, NULL));
      buffer.stride[0] = 75 * 140;
      buffer.stride[1] = 1;
      buffer.stride[2] = 75;
      g_autofree char *turned = g_malloc0 (3 * 75 * 140 * bytes);
      buffer.data = turned;
      g_assert_true (scope_tensor_read (tensor, &region, &buffer, NULL));
      for (int i = 0; i < 3; i++)
        for (int j = 0; j < 75; j++)
          for (int k = 0; k < 140; k++)
            {
              gint64 place = ((2 - i) * 77 + 1 + j) * 301 + 300 - 2 * k;
              char wanted[16] = { 0 };
              scope_dtype_store (dtypes[d], wanted, SCOPE_KIND_SIGNED, (ScopeNumber){ .i = place });
              g_assert_cmpmem (out + (gsize)(i + 3 * j + 225 * k) * bytes, bytes, wanted, bytes);
              g_assert_cmpmem (turned + (gsize)(75 * 140 * i + j + 75 * k) * bytes, bytes, wanted,
                               bytes);
            }
      scope_tensor_unref (tensor);
      scope_storage_unref (storage);
    }
}

static void
test_large_run (void)
{
  /* Longer than the block that a scattered read goes through. */
  ScopeStorage *storage = numbered (SCOPE_INT32, ELEMENTS, false);
  ScopeShape shape = { 1, { 50000 } };
  ScopeTensor *tensor = scope_tensor_new ("A", SCOPE_INT32, &shape, NULL, storage, NULL);
  ScopeRegion region = { 1, { 49999 }, { -1 }, { 50000 } };
  g_autofree gint32 *memory = g_new0 (gint32, 100000);
  ScopeBuffer out = { memory, { 2 } };
  g_assert_true (scope_tensor_read (tensor, &region, &out, NULL));
  check_region (tensor, &region, &out);
  region = (ScopeRegion){ 1, { 7 }, { 0 }, { 50000 } };
  g_assert_true (scope_tensor_read (tensor, &region, &out, NULL));
  check_region (tensor, &region, &out);
  scope_tensor_unref (tensor);
  scope_storage_unref (storage);
}

static void
test_bounds (void)
{
  ScopeStorage *storage = numbered (SCOPE_INT32, 12, false);
  static const struct
  {
    const char *name;
    ScopeLayout layout;
    bool fits;
  } table[] = {
    { "dense", { 2, { 3, 4 }, { 4, 1 }, 0 }, true },
    { "one-beyond", { 2, { 3, 4 }, { 4, 1 }, 1 }, false },
    { "backwards", { 2, { 3, 4 }, { -4, -1 }, 11 }, true },
    { "backwards-beyond", { 2, { 3, 4 }, { -4, -1 }, 10 }, false },
    { "repeated", { 2, { 1000, 4 }, { 0, 1 }, 8 }, true },
    { "empty", { 2, { 0, 4 }, { 400, 100 }, 99 }, true },
    { "overflow", { 2, { 3, 4 }, { INT64_MAX, 1 }, 0 }, false },
    { "overflow-sum", { 2, { 2, 2 }, { INT64_MAX, INT64_MAX }, 0 }, false },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      ScopeShape shape = { .rank = table[i].layout.rank };
      memcpy (shape.size, table[i].layout.size, sizeof shape.size);
      ScopeError error = { 0 };
      ScopeTensor *tensor =
          scope_tensor_new ("A", SCOPE_INT32, &shape, &table[i].layout, storage, &error);
      g_test_message ("%s", table[i].name);
      g_assert_cmpint (tensor != NULL, ==, table[i].fits);
      g_assert_cmpint (error.code, ==, table[i].fits ? SCOPE_ERROR_NONE : SCOPE_ERROR_SHAPE);
      scope_tensor_unref (tensor);
    }
  ScopeShape wide = { 1, { 13 } };
  g_assert_null (scope_tensor_new ("A", SCOPE_INT32, &wide, NULL, storage, NULL));
  g_assert_cmpint (storage->references, ==, 1);
  scope_storage_unref (storage);
}

static void
test_unknown (void)
{
  ScopeShape shape = { 2, { SCOPE_SIZE_UNKNOWN, 3 } };
  ScopeTensor *tensor = scope_tensor_new ("A", SCOPE_FLOAT32, &shape, NULL, NULL, NULL);
  g_assert_nonnull (tensor);
  ScopeError error = { 0 };
  ScopeRegion region = { 2, { 0, 0 }, { 1, 1 }, { 1, 1 } };
  float value;
  ScopeBuffer out = scope_buffer_dense (&region, &value);
  g_assert_false (scope_tensor_read (tensor, &region, &out, &error));
  g_assert_cmpint (error.code, ==, SCOPE_ERROR_SHAPE);
  scope_tensor_unref (tensor);
}

static void
test_references (void)
{
  ScopeShape shape = { 1, { 5 } };
  ScopeStorage *storage = numbered (SCOPE_INT32, 5, true);
  ScopeTensor *a = scope_tensor_new ("A", SCOPE_INT32, &shape, NULL, storage, NULL);
  ScopeTensor *b = scope_tensor_rename (a, "B", NULL);
  g_assert_cmpstr (a->name, ==, "A");
  g_assert_cmpstr (b->name, ==, "B");
  g_assert_true (b->storage == storage);
  g_assert_cmpint (storage->references, ==, 3);
  g_assert_true (scope_tensor_ref (a) == a);
  scope_tensor_unref (a);
  g_assert_cmpint (storage->references, ==, 3);
  scope_tensor_unref (a);
  scope_tensor_unref (b);
  scope_tensor_unref (NULL);
  g_assert_cmpint (storage->references, ==, 1);
  scope_storage_unref (storage);
}

/* Ten terabytes, one line of it. */
static void
test_huge (void)
{
  ScopeShape shape = { 3, { 100000, 10000, 10000 } };
  ScopeStorage *storage =
      scope_generator_new ((ScopeFill){ SCOPE_FILL_RAMP, NAN }, SCOPE_INT64, &shape, NULL);
  ScopeTensor *tensor = scope_tensor_new ("A", SCOPE_INT64, &shape, NULL, storage, NULL);
  ScopeRegion region = { 3, { 99999, 5, 9999 }, { 1, 1000, -1 }, { 1, 3, 4 } };
  gint64 value[12];
  ScopeBuffer out = scope_buffer_dense (&region, value);
  g_assert_true (scope_tensor_read (tensor, &region, &out, NULL));
  check_region (tensor, &region, &out);
  scope_tensor_unref (tensor);
  scope_storage_unref (storage);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/tensor/read/memory", GINT_TO_POINTER (true), test_read);
  g_test_add_data_func ("/tensor/read/pieces", GINT_TO_POINTER (false), test_read);
  g_test_add_data_func ("/tensor/turned/memory", GINT_TO_POINTER (true), test_turned);
  g_test_add_data_func ("/tensor/turned/pieces", GINT_TO_POINTER (false), test_turned);
  g_test_add_func ("/tensor/large-run", test_large_run);
  g_test_add_func ("/tensor/bounds", test_bounds);
  g_test_add_func ("/tensor/unknown", test_unknown);
  g_test_add_func ("/tensor/references", test_references);
  g_test_add_func ("/tensor/huge", test_huge);
  return g_test_run ();
}
