/* Walking: every index once, whatever the strides. */
#include "core/walk.h"

#include <glib.h>
#include <string.h>

enum
{
  PLACES = 4096
};

typedef struct
{
  int operands;
  int visits[SCOPE_WALK_OPERANDS][PLACES]; /* how often each place was met */
  gint64 pairs[PLACES];                    /* places of operands 0 and 1 met together, in order */
  int met;
  int runs;
  int stop_after;
} Log;

static bool
note_run (void *data, int64_t count, const int64_t *at, const int64_t *step)
{
  Log *log = data;
  for (gint64 i = 0; i < count; i++)
    {
      for (int k = 0; k < log->operands; k++)
        log->visits[k][at[k] + i * step[k]]++;
      log->pairs[log->met++] =
          (at[0] + i * step[0]) * PLACES + (log->operands > 1 ? at[1] + i * step[1] : 0);
    }
  return ++log->runs != log->stop_after;
}

static int
compare (const void *a, const void *b)
{
  gint64 x = *(const gint64 *)a, y = *(const gint64 *)b;
  return (x > y) - (x < y);
}

/* The same by an odometer over the axes as they are given. */
static void
brute_force (int rank,
             const gint64 *count,
             int operands,
             const gint64 *const *stride,
             const gint64 *offset,
             Log *log)
{
  gint64 index[SCOPE_MAX_RANK] = { 0 };
  for (int i = 0; i < rank; i++)
    if (count[i] == 0)
      return;
  for (;;)
    {
      gint64 at[SCOPE_WALK_OPERANDS] = { 0 }, step[SCOPE_WALK_OPERANDS] = { 0 };
      for (int k = 0; k < operands; k++)
        {
          at[k] = offset[k];
          for (int i = 0; i < rank; i++)
            at[k] += index[i] * stride[k][i];
        }
      note_run (log, 1, at, step);
      int i = rank - 1;
      while (i >= 0 && ++index[i] == count[i])
        index[i--] = 0;
      if (i < 0)
        return;
    }
}

static void
test_random (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (21);
  g_autofree Log *log = g_new (Log, 1);
  g_autofree Log *expected = g_new (Log, 1);
  for (int round = 0; round < 3000; round++)
    {
      int rank = g_rand_int_range (random, 0, 7);
      int operands = g_rand_int_range (random, 1, SCOPE_WALK_OPERANDS + 1);
      gint64 count[8], strides[SCOPE_WALK_OPERANDS][8], offset[SCOPE_WALK_OPERANDS];
      const gint64 *stride[SCOPE_WALK_OPERANDS];
      for (int i = 0; i < rank; i++)
        count[i] =
            round % 10 == 0 ? g_rand_int_range (random, 0, 4) : g_rand_int_range (random, 1, 4);
      for (int k = 0; k < operands; k++)
        {
          /* dense in a shuffled order of the axes, some axes backwards, some repeated */
          int order[8];
          for (int i = 0; i < rank; i++)
            order[i] = i;
          for (int i = rank - 1; i > 0 && k % 2 == 1; i--)
            {
              int j = g_rand_int_range (random, 0, i + 1);
              int swap = order[i];
              order[i] = order[j];
              order[j] = swap;
            }
          gint64 on = 1;
          offset[k] = 0;
          for (int i = rank - 1; i >= 0; i--)
            {
              int axis = order[i];
              int choice = g_rand_int_range (random, 0, 6);
              strides[k][axis] = choice == 0 ? 0 : choice == 1 ? -on : on;
              if (strides[k][axis] < 0)
                offset[k] += on * MAX (count[axis] - 1, 0);
              on *= MAX (count[axis], 1);
            }
          stride[k] = strides[k];
        }
      memset (log, 0, sizeof *log);
      memset (expected, 0, sizeof *expected);
      log->operands = expected->operands = operands;
      g_assert_true (scope_walk (rank, count, operands, stride, offset, note_run, log));
      brute_force (rank, count, operands, stride, offset, expected);
      g_assert_cmpmem (log->visits, sizeof log->visits, expected->visits, sizeof log->visits);
      qsort (log->pairs, (gsize)log->met, sizeof log->pairs[0], compare);
      qsort (expected->pairs, (gsize)expected->met, sizeof log->pairs[0], compare);
      g_assert_cmpmem (log->pairs, sizeof log->pairs, expected->pairs, sizeof log->pairs);
    }
}

/* Runs as the plan promises: dense operands are one run, a transposed one runs on operand 0. */
static void
test_plan (void)
{
  static const struct
  {
    const char *name;
    int rank;
    gint64 count[4], a[4], b[4];
    int runs;
  } table[] = {
    { "scalar", 0, { 0 }, { 0 }, { 0 }, 1 },
    { "dense", 3, { 4, 3, 2 }, { 6, 2, 1 }, { 6, 2, 1 }, 1 },
    { "ones", 4, { 1, 4, 1, 3 }, { 9, 3, 7, 1 }, { 0, 3, 0, 1 }, 1 },
    { "transposed", 2, { 4, 3 }, { 3, 1 }, { 1, 4 }, 4 },
    { "fortran-both", 2, { 4, 3 }, { 1, 4 }, { 1, 4 }, 1 },
    { "backwards-both", 2, { 4, 3 }, { -3, -1 }, { -3, -1 }, 1 },
    { "expanded", 2, { 4, 3 }, { 3, 1 }, { 0, 1 }, 4 },
    { "nothing", 2, { 4, 0 }, { 3, 1 }, { 0, 1 }, 0 },
  };
  g_autofree Log *log = g_new (Log, 1);
  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      memset (log, 0, sizeof *log);
      log->operands = 2;
      gint64 offset[2] = { 100, 100 };
      g_test_message ("%s", table[i].name);
      g_assert_true (scope_walk (table[i].rank, table[i].count, 2,
                                 (const gint64 *[]){ table[i].a, table[i].b }, offset, note_run,
                                 log));
      g_assert_cmpint (log->runs, ==, table[i].runs);
    }
}

static void
test_stop (void)
{
  g_autofree Log *log = g_new0 (Log, 1);
  log->operands = 1;
  log->stop_after = 2;
  gint64 count[2] = { 5, 2 }, stride[2] = { 10, 1 }, offset = 0;
  g_assert_false (scope_walk (2, count, 1, (const gint64 *[]){ stride }, &offset, note_run, log));
  g_assert_cmpint (log->runs, ==, 2);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/walk/random", test_random);
  g_test_add_func ("/walk/plan", test_plan);
  g_test_add_func ("/walk/stop", test_stop);
  return g_test_run ();
}
