/* Reductions of many numbers at once give what one number after the other gives. */
#include "core/storage.h"
#include "core/tensor.h"
#include "ops/program.h"

#include <glib.h>
#include <math.h>
#include <string.h>

enum
{
  MOST = 200
};

/* The one number that `expression` makes of A. */
static double
reduce (const char *expression, const double *value, int count)
{
  ScopeError error = { 0 };
  ScopeShape shape = { .rank = 1, .size = { count } };
  void *data;
  ScopeStorage *storage = scope_storage_new_owned (SCOPE_FLOAT64, count, 1 << 20, &data, &error);
  g_assert_nonnull (storage);
  memcpy (data, value, (gsize)count * sizeof *value);
  ScopeTensor *tensor = scope_tensor_new ("A", SCOPE_FLOAT64, &shape, NULL, storage, &error);
  scope_storage_unref (storage);
  ScopeCheckOptions options = { .dialect = SCOPE_PYTORCH };
  ScopeProgram *program =
      scope_program_new (expression, strlen (expression), &tensor, 1, &options, &error);
  g_assert_nonnull (program);
  g_assert_cmpint (program->first_failure, ==, -1);
  const ScopeNode *node = program->node[program->result];
  ScopeRegion all = scope_region_all (&node->shape);
  unsigned char out[16];
  double result;
  ScopeBuffer buffer = scope_buffer_dense (&all, out);
  g_assert_true (scope_program_read (program, program->result, &all, &buffer, NULL, &error));
  scope_dtype_convert (node->dtype, out, 1, SCOPE_FLOAT64, &result, 1, 1);
  scope_program_unref (program);
  scope_tensor_unref (tensor);
  return result;
}

static double
a_number (GRand *rand, int kind)
{
  static const double few[] = { 0.0, -0.0, 1, 2, -2 };
  static const double special[] = { HUGE_VAL, -HUGE_VAL, 1e308, -1e308 };
  if (kind == 1)
    return few[g_rand_int_range (rand, 0, 5)];
  if (kind == 2 && g_rand_int_range (rand, 0, 40) == 0)
    return special[g_rand_int_range (rand, 0, 4)];
  if (kind == 3 && g_rand_int_range (rand, 0, 60) == 0)
    return (double)NAN;
  return g_rand_double_range (rand, -1, 1) * pow (2, g_rand_int_range (rand, -30, 30));
}

/* The first extreme's place; a NaN is more extreme than anything. */
static int
place_of (const double *value, int count, bool greatest)
{
  int place = 0;
  for (int i = 1; i < count && !isnan (value[place]); i++)
    if (isnan (value[i]) || (greatest ? value[i] > value[place] : value[i] < value[place]))
      place = i;
  return place;
}

static void
assert_same (double a, double b)
{
  g_assert_true (memcmp (&a, &b, sizeof a) == 0 || (isnan (a) && isnan (b)));
}

static void
test_extremes (gconstpointer data)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (41);
  for (int round = 0; round < 60; round++)
    {
      double value[MOST];
      int count = g_rand_int_range (rand, 1, MOST);
      for (int i = 0; i < count; i++)
        value[i] = a_number (rand, GPOINTER_TO_INT (data));
      int greatest = place_of (value, count, true), least = place_of (value, count, false);
      g_assert_cmpint ((int)reduce ("A.argmax()", value, count), ==, greatest);
      g_assert_cmpint ((int)reduce ("A.argmin()", value, count), ==, least);
      assert_same (reduce ("A.amax()", value, count), value[greatest]);
      assert_same (reduce ("A.amin()", value, count), value[least]);
    }
}

static void
test_sums (gconstpointer data)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (43);
  for (int round = 0; round < 60; round++)
    {
      double value[MOST], size = 0;
      long double sum = 0;
      int count = g_rand_int_range (rand, 1, MOST);
      bool finite = true;
      for (int i = 0; i < count; i++)
        {
          value[i] = a_number (rand, GPOINTER_TO_INT (data));
          finite = finite && fabs (value[i]) < 1e300;
          size += fabs (value[i]);
          sum += value[i];
        }
      double ours = reduce ("A.sum()", value, count);
      if (finite)
        g_assert_cmpfloat (fabs (ours - (double)sum), <=, 1e-18 * size + 2e-16 * fabs (ours));
      else if (isnan (sum))
        g_assert_true (isnan (ours));
    }
}

int
main (int argc, char **argv)
{
  static const char *const kinds[] = { "wide", "ties", "infinite", "nan" };
  g_test_init (&argc, &argv, NULL);
  for (int kind = 0; kind < 4; kind++)
    {
      g_autofree char *extremes = g_strdup_printf ("/ops/reductions/extremes/%s", kinds[kind]);
      g_autofree char *sums = g_strdup_printf ("/ops/reductions/sums/%s", kinds[kind]);
      g_test_add_data_func (extremes, GINT_TO_POINTER (kind), test_extremes);
      g_test_add_data_func (sums, GINT_TO_POINTER (kind), test_sums);
    }
  return g_test_run ();
}
