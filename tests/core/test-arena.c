/* The arena: zeros, alignment, the order of freeing. */
#include "core/arena.h"

#include <glib.h>
#include <stddef.h>
#include <string.h>

static void
test_alloc (void)
{
  ScopeArena *arena = scope_arena_new ();
  g_autoptr (GRand) random = g_rand_new_with_seed (1);
  char *memory[500];
  gsize bytes[500];
  for (int i = 0; i < 500; i++)
    {
      bytes[i] = (gsize)g_rand_int_range (random, 0, i % 10 == 0 ? 50000 : 200);
      memory[i] = scope_arena_alloc (arena, bytes[i]);
      g_assert_nonnull (memory[i]);
      g_assert_cmpuint ((gsize)memory[i] % _Alignof(max_align_t), ==, 0);
      for (gsize k = 0; k < bytes[i]; k++)
        g_assert_cmpint (memory[i][k], ==, 0);
      memset (memory[i], i % 100 + 1, bytes[i]);
    }
  for (int i = 0; i < 500; i++)
    for (gsize k = 0; k < bytes[i]; k++)
      g_assert_cmpint (memory[i][k], ==, i % 100 + 1);
  g_assert_null (scope_arena_alloc (arena, G_MAXSIZE));
  g_assert_null (scope_arena_alloc (arena, G_MAXSIZE - 40));
  g_assert_cmpstr (scope_arena_copy (arena, "axis 2", 4), ==, "axis");
  g_assert_cmpstr (scope_arena_copy (arena, NULL, 0), ==, "");
  scope_arena_free (arena);
  scope_arena_free (NULL);
}

static GString *order;

static void
note (void *object)
{
  g_string_append (order, object);
}

static void
test_own (void)
{
  order = g_string_new (NULL);
  ScopeArena *arena = scope_arena_new ();
  g_assert_true (scope_arena_own (arena, (char *)"a", note));
  g_assert_true (scope_arena_own (arena, (char *)"b", note));
  g_assert_cmpstr (order->str, ==, "");
  scope_arena_free (arena);
  g_assert_cmpstr (order->str, ==, "ba");
  g_string_free (order, TRUE);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/arena/alloc", test_alloc);
  g_test_add_func ("/arena/own", test_own);
  return g_test_run ();
}
