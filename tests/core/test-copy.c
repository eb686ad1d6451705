/* Strided copies against one element after the other. */
#include "core/copy.h"

#include <glib.h>
#include <string.h>

enum
{
  ROUNDS = 400,
  MOST = 60000, /* elements of a buffer */
};

/* Axes in a random order, some reversed or with gaps; returns the elements that are spanned. */
static int64_t
lay_out (GRand *rand,
         int rank,
         const int64_t *count,
         bool may_repeat,
         int64_t *stride,
         int64_t *offset)
{
  int order[4] = { 0, 1, 2, 3 };
  int64_t span = 1;
  *offset = 0;
  for (int a = rank - 1; a > 0; a--)
    {
      int b = g_rand_int_range (rand, 0, a + 1), kept = order[a];
      order[a] = order[b];
      order[b] = kept;
    }
  for (int i = 0; i < rank; i++)
    {
      int a = order[i], how = g_rand_int_range (rand, 0, 8);
      stride[a] = span + (how == 0);
      if (how == 1 && may_repeat)
        {
          stride[a] = 0;
          continue;
        }
      span = stride[a] * (count[a] - 1) + span;
      if (how == 2)
        {
          *offset += stride[a] * (count[a] - 1);
          stride[a] = -stride[a];
        }
    }
  return span;
}

static void
test_random (gconstpointer data)
{
  gsize bytes = GPOINTER_TO_SIZE (data);
  g_autoptr (GRand) rand = g_rand_new_with_seed (31);
  for (int round = 0; round < ROUNDS; round++)
    {
      int rank = g_rand_int_range (rand, 0, 5);
      int64_t count[4], from[4], to[4], from_offset, to_offset, all = 1;
      for (int a = 0; a < rank; a++)
        {
          count[a] = g_rand_int_range (rand, 1, rank == 4 ? 13 : rank == 3 ? 35 : 200);
          all *= count[a];
        }
      int64_t in_span = lay_out (rand, rank, count, true, from, &from_offset);
      int64_t out_span = lay_out (rand, rank, count, false, to, &to_offset);
      if (in_span > MOST || out_span > MOST)
        continue;
      g_autofree guint8 *in = g_malloc ((gsize)in_span * bytes);
      g_autofree guint8 *out = g_malloc ((gsize)out_span * bytes);
      g_autofree guint8 *wanted = g_malloc ((gsize)out_span * bytes);
      for (gsize i = 0; i < (gsize)in_span * bytes; i++)
        in[i] = (guint8)g_rand_int (rand);
      memset (out, 0xEE, (gsize)out_span * bytes);
      memset (wanted, 0xEE, (gsize)out_span * bytes);
      for (int64_t i = 0; i < all; i++)
        {
          int64_t rest = i, at = from_offset, place = to_offset;
          for (int a = rank - 1; a >= 0; a--)
            {
              at += rest % count[a] * from[a];
              place += rest % count[a] * to[a];
              rest /= count[a];
            }
          memcpy (wanted + (gsize)place * bytes, in + (gsize)at * bytes, bytes);
        }
      scope_copy (rank, count, bytes, in, from, from_offset, out, to, to_offset);
      g_assert_cmpmem (out, (gsize)out_span * bytes, wanted, (gsize)out_span * bytes);
    }
}

static void
test_nothing (void)
{
  const int64_t count[2] = { 3, 0 }, stride[2] = { 1, 3 };
  scope_copy (2, count, 4, NULL, stride, 0, NULL, stride, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (gsize bytes = 1; bytes <= 16; bytes *= 2)
    {
      g_autofree char *path = g_strdup_printf ("/core/copy/random/%d", (int)bytes);
      g_test_add_data_func (path, GSIZE_TO_POINTER (bytes), test_random);
    }
  g_test_add_func ("/core/copy/nothing", test_nothing);
  return g_test_run ();
}
