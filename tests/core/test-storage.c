/* Storage in memory: zeros, budget, reading, reference counting. */
#include "core/storage.h"

#include <glib.h>

static void
test_owned (void)
{
  void *data = NULL;
  ScopeError error = { 0 };
  ScopeStorage *storage = scope_storage_new_owned (SCOPE_INT32, 10, 40, &data, &error);
  g_assert_nonnull (storage);
  gint32 *element = data;
  for (int i = 0; i < 10; i++)
    {
      g_assert_cmpint (element[i], ==, 0);
      element[i] = i * i;
    }
  static const struct
  {
    gint64 index, step, count;
  } reads[] = { { 0, 1, 10 }, { 9, -1, 10 }, { 1, 3, 3 }, { 4, 0, 5 }, { 8, -4, 3 }, { 0, 1, 0 } };
  for (gsize k = 0; k < G_N_ELEMENTS (reads); k++)
    {
      gint32 out[10] = { 0 };
      g_assert_true (storage->klass->read (storage, reads[k].index, reads[k].step, reads[k].count,
                                           out, &error));
      for (gint64 i = 0; i < reads[k].count; i++)
        g_assert_cmpint (out[i], ==, element[reads[k].index + i * reads[k].step]);
    }
  scope_storage_unref (storage);
}

static void
test_empty (void)
{
  void *data = NULL;
  ScopeStorage *storage = scope_storage_new_owned (SCOPE_COMPLEX128, 0, 0, &data, NULL);
  g_assert_nonnull (storage);
  g_assert_nonnull (data);
  scope_storage_unref (storage);
  scope_storage_unref (NULL);
}

static void
test_budget (void)
{
  static const gint64 counts[] = { 11, G_MAXINT64, G_MAXINT64 / 4 + 1 };
  for (gsize i = 0; i < G_N_ELEMENTS (counts); i++)
    {
      void *data = &data;
      ScopeError error = { 0 };
      g_assert_null (scope_storage_new_owned (SCOPE_INT32, counts[i], 40, &data, &error));
      g_assert_cmpint (error.code, ==, SCOPE_ERROR_TOO_BIG);
      g_assert_true (data == &data);
    }
}

static int finalized;

static void
count_finalize (ScopeStorage *storage)
{
  finalized++;
}

static gpointer
ref_and_unref (gpointer data)
{
  for (int i = 0; i < 10000; i++)
    {
      scope_storage_ref (data);
      scope_storage_unref (data);
    }
  return NULL;
}

static void
test_references (void)
{
  static const ScopeStorageClass klass = { NULL, count_finalize };
  ScopeStorage storage = { .klass = &klass, .references = 1 };
  GThread *thread[3];
  for (int i = 0; i < 3; i++)
    thread[i] = g_thread_new ("ref", ref_and_unref, &storage);
  for (int i = 0; i < 3; i++)
    g_thread_join (thread[i]);
  g_assert_cmpint (finalized, ==, 0);
  g_assert_true (scope_storage_ref (&storage) == &storage);
  scope_storage_unref (&storage);
  g_assert_cmpint (finalized, ==, 0);
  scope_storage_unref (&storage);
  g_assert_cmpint (finalized, ==, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/storage/owned", test_owned);
  g_test_add_func ("/storage/empty", test_empty);
  g_test_add_func ("/storage/budget", test_budget);
  g_test_add_func ("/storage/references", test_references);
  return g_test_run ();
}
