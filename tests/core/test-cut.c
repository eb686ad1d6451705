/* Cutting a region: every element in exactly one block, no block too large. */
#include "core/cut.h"

#include <glib.h>
#include <string.h>

static void
test_cover (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (51);
  for (int round = 0; round < 2000; round++)
    {
      ScopeRegion region = { .rank = g_rand_int_range (random, 0, 5) };
      gint64 stride[8], total = 1;
      for (int i = region.rank - 1; i >= 0; i--)
        {
          region.start[i] = g_rand_int_range (random, -5, 5);
          region.step[i] = g_rand_int_range (random, -3, 4);
          region.count[i] = g_rand_int_range (random, 1, 6);
          stride[i] = total;
          total *= region.count[i];
        }
      g_autofree guint8 *seen = g_malloc0 ((gsize)total);
      gint64 most = g_rand_int_range (random, 1, 40), largest = 0;
      ScopeCut cut = scope_cut_begin (&region, most);
      do
        {
          ScopeRegion block = scope_cut_block (&cut, &region);
          gint64 offset = scope_cut_offset (&cut, stride), elements, index[8] = { 0 };
          g_assert_true (scope_region_count (&block, &elements, NULL));
          g_assert_cmpint (elements, <=, most);
          largest = MAX (largest, elements);
          for (gint64 n = 0; n < elements; n++)
            {
              gint64 at = offset;
              for (int i = 0; i < block.rank; i++)
                {
                  at += index[i] * stride[i];
                  /* the same place of the index space as in the region */
                  gint64 whole = at / stride[i] % region.count[i];
                  g_assert_cmpint (block.step[i], ==, region.step[i]);
                  if (i == block.rank - 1 || index[i + 1] == 0)
                    g_assert_cmpint (block.start[i] + index[i] * block.step[i], ==,
                                     region.start[i] + whole * region.step[i]);
                }
              g_assert_cmpint (seen[at]++, ==, 0);
              for (int i = block.rank - 1; i >= 0 && ++index[i] == block.count[i]; i--)
                index[i] = 0;
            }
        }
      while (scope_cut_next (&cut, &region));
      g_assert_cmpint (largest, ==,
                       scope_cut_elements (&(ScopeCut){ cut.axis, cut.piece, { 0 } }, &region));
      for (gint64 i = 0; i < total; i++)
        g_assert_cmpint (seen[i], ==, 1);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/cut/cover", test_cover);
  return g_test_run ();
}
