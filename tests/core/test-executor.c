/* Threads: each part once, whatever their number; runs within runs; freeing. */
#include "core/executor.h"

#include <glib.h>
#include <stdatomic.h>

enum
{
  PARTS = 1000
};

typedef struct
{
  ScopeExecutor *pool;
  _Atomic int count[PARTS];
  _Atomic int inner;
} Work;

static void
count_part (void *data, int index)
{
  Work *work = data;
  atomic_fetch_add (&work->count[index], 1);
}

static void
count_inner (void *data, int index)
{
  Work *work = data;
  atomic_fetch_add (&work->inner, 1);
}

static void
nested_part (void *data, int index)
{
  Work *work = data;
  atomic_fetch_add (&work->count[index], 1);
  scope_execute (work->pool, 5, count_inner, work);
}

static const int threads[] = { -1, 1, 2, 3, 7 }; /* −1: no executor */

static void
test_parts (gconstpointer data)
{
  int n = threads[GPOINTER_TO_SIZE (data)];
  g_autofree Work *work = g_new0 (Work, 1);
  work->pool = n < 0 ? NULL : scope_thread_pool_new (n);
  if (n > 0)
    g_assert_cmpint (work->pool->threads, ==, n);
  for (int round = 0; round < 200; round++)
    scope_execute (work->pool, round % 3 == 0 ? PARTS : round % 3, count_part, work);
  for (int i = 0; i < PARTS; i++)
    g_assert_cmpint (work->count[i], ==, 67 + (i < 1 ? 133 : i < 2 ? 66 : 0));
  scope_thread_pool_free (work->pool);
}

static void
test_nested (gconstpointer data)
{
  int n = threads[GPOINTER_TO_SIZE (data)];
  g_autofree Work *work = g_new0 (Work, 1);
  work->pool = n < 0 ? NULL : scope_thread_pool_new (n);
  scope_execute (work->pool, PARTS, nested_part, work);
  for (int i = 0; i < PARTS; i++)
    g_assert_cmpint (work->count[i], ==, 1);
  g_assert_cmpint (work->inner, ==, 5 * PARTS);
  scope_thread_pool_free (work->pool);
}

static gpointer
run_many (gpointer data)
{
  Work *work = data;
  for (int i = 0; i < 100; i++)
    scope_execute (work->pool, PARTS, count_part, work);
  return NULL;
}

/* Two callers of one pool: neither waits for the other, each gets all its parts done. */
static void
test_two_callers (void)
{
  ScopeExecutor *pool = scope_thread_pool_new (3);
  Work *work[2];
  GThread *thread[2];
  for (int i = 0; i < 2; i++)
    {
      work[i] = g_new0 (Work, 1);
      work[i]->pool = pool;
      thread[i] = g_thread_new ("caller", run_many, work[i]);
    }
  for (int i = 0; i < 2; i++)
    {
      g_thread_join (thread[i]);
      for (int k = 0; k < PARTS; k++)
        g_assert_cmpint (work[i]->count[k], ==, 100);
      g_free (work[i]);
    }
  scope_thread_pool_free (pool);
}

static void
test_processors (void)
{
  ScopeExecutor *pool = scope_thread_pool_new (0);
  g_assert_nonnull (pool);
  g_assert_cmpint (pool->threads, ==, (int)g_get_num_processors ());
  scope_thread_pool_free (pool);
  scope_thread_pool_free (NULL);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (threads); i++)
    {
      g_autofree char *parts = g_strdup_printf ("/executor/parts/%d", threads[i]);
      g_autofree char *nested = g_strdup_printf ("/executor/nested/%d", threads[i]);
      g_test_add_data_func (parts, GSIZE_TO_POINTER (i), test_parts);
      g_test_add_data_func (nested, GSIZE_TO_POINTER (i), test_nested);
    }
  g_test_add_func ("/executor/two-callers", test_two_callers);
  g_test_add_func ("/executor/processors", test_processors);
  return g_test_run ();
}
