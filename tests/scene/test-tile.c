/* Tiles: what is wrong is said, values and differences are those of the expressions, rules are
 * found behind what keeps shapes, profiles are rows and columns. */
#include "values.h"

#include "scene/tile.h"

#include <math.h>
#include <stdlib.h>

static ScopeTile *
new_tile (const char *expression, const char *tensor)
{
  ScopeTensor *source = tensor_from_text ("A", tensor);
  ScopeCheckOptions options = { .dialect = SCOPE_PYTORCH };
  ScopeTile *tile = scope_tile_new ("a title", expression, &source, 1, &options);
  scope_tensor_unref (source);
  g_assert_nonnull (tile);
  return tile;
}

static ScopeTile *
read_tile (const char *expression, const char *tensor)
{
  ScopeTile *tile = new_tile (expression, tensor);
  ScopeReading reading = { 0 };
  if (!scope_tile_read (tile, &reading))
    g_error ("%s: %s", expression, tile->error.sentence);
  return tile;
}

static const struct
{
  const char *name, *expression, *tensor, *part;
} wrong[] = {
  { "syntax", "F.interpolate(A,", "1,1,4,4", "" },
  { "name", "F.interpolate(B, size=(2, 2))", "1,1,4,4", "B" },
  { "does-not-fit", "F.interpolate(A, size=(2, 2))", "4,4", "" },
  { "not-a-tensor", "A.shape[0]", "4,4", "not a tensor" },
  { "unknown-mode", "F.interpolate(A, size=(2, 2), mode=\"sharp\")", "1,1,4,4", "sharp" },
  { "empty", "", "4,4", "" },
};

static void
test_wrong (gconstpointer data)
{
  const typeof (wrong[0]) *c = data;
  ScopeTile *tile = new_tile (c->expression, c->tensor);
  ScopeReading reading = { 0 };
  g_assert_null (tile->program);
  g_assert_cmpint (tile->error.code, !=, SCOPE_ERROR_NONE);
  g_assert_nonnull (strstr (tile->error.sentence, c->part));
  g_assert_true (tile->error.sentence[0] != '\0');
  g_assert_false (scope_tile_read (tile, &reading));
  g_assert_null (scope_tile_shape (tile));
  scope_tile_unref (tile);
}

static double *
values_of (const ScopeProgram *program, gint64 *count)
{
  ScopeSubject subject = result_of (program);
  ScopeRegion region = scope_region_all (scope_subject_shape (&subject));
  ScopeReading reading = { 0 };
  ScopeError error;
  g_assert_true (scope_region_count (&region, count, &error));
  double *value = g_new0 (double, *count + 1);
  g_assert_true (scope_subject_read (&subject, &region, &reading, value, NULL, &error));
  return value;
}

static void
test_difference (void)
{
  ScopeTile *a = read_tile ("A * 2 - 5", "ramp:uint8[2,3]");
  ScopeTile *b = read_tile ("A + 1", "ramp:uint8[2,3]");
  ScopeError error = { 0 };
  gint64 count;
  for (int kind = 0; kind <= SCOPE_DIFFERENCE_OVERSHOOT; kind++)
    {
      ScopeProgram *program = scope_tile_difference (a, b, (ScopeDifference)kind, 1, 4, &error);
      if (program == NULL)
        g_error ("%s", error.sentence);
      g_autofree double *x = values_of (a->kept, &count);
      g_autofree double *y = values_of (b->kept, &count);
      g_autofree double *d = values_of (program, &count);
      g_assert_cmpint (count, ==, 6);
      for (int i = 0; i < 6; i++)
        {
          double expected = kind == SCOPE_DIFFERENCE_SIGNED     ? x[i] - y[i]
                            : kind == SCOPE_DIFFERENCE_ABSOLUTE ? fabs (x[i] - y[i])
                                                                : x[i] - CLAMP (x[i], 1, 4);
          g_assert_cmpfloat (d[i], ==, expected);
        }
      scope_program_unref (program);
    }
  ScopeTile *row = read_tile ("A[0]", "ramp:uint8[2,3]");
  g_assert_null (scope_tile_difference (a, row, SCOPE_DIFFERENCE_SIGNED, 0, 1, &error));
  g_assert_cmpint (error.code, ==, SCOPE_ERROR_SHAPE);
  g_assert_nonnull (strstr (error.sentence, "[2, 3] and [3]"));
  scope_tile_unref (row);
  scope_tile_unref (b);
  scope_tile_unref (a);
}

static const struct
{
  const char *name, *expression;
  gboolean found;
} rules[] = {
  { "interpolate", "F.interpolate(A, size=(3, 3), mode=\"bilinear\")", TRUE },
  { "behind-functions", "torch.relu(F.interpolate(A, size=(3, 3), mode=\"bilinear\") * 2)", TRUE },
  { "none", "A * 2", FALSE },
  { "two-inputs", "A + F.interpolate(A, size=(9, 9), mode=\"bilinear\")", FALSE },
  { "sliced", "F.interpolate(A, size=(3, 3), mode=\"bilinear\")[:, :, :2]", FALSE },
};

static void
test_rule (gconstpointer data)
{
  const typeof (rules[0]) *c = data;
  ScopeTile *tile = new_tile (c->expression, "1,1,9,9");
  ScopeResampleAxis rule;
  g_assert_cmpint (tile->error.code, ==, SCOPE_ERROR_NONE);
  g_assert_cmpint (scope_tile_rule (tile, 3, &rule), ==, c->found);
  if (c->found)
    {
      g_assert_cmpint (rule.in, ==, 9);
      g_assert_cmpint (rule.out, ==, 3);
      g_assert_cmpint (rule.filter, ==, SCOPE_FILTER_LINEAR);
    }
  g_assert_false (scope_tile_rule (tile, 0, &rule));
  g_assert_false (scope_tile_rule (tile, -1, &rule));
  scope_tile_unref (tile);
}

static void
test_profile (void)
{
  ScopeTile *tile = read_tile ("A", "ramp:float32[2,3,4]");
  ScopeView view = scope_view_default (scope_tile_shape (tile));
  ScopeReading reading = { 0 };
  ScopeError error;
  gint64 count;
  view.index[0] = 1;
  double *row = scope_tile_profile (tile, &view, false, 2, &reading, &count, &error);
  g_assert_cmpint (count, ==, 4);
  for (int i = 0; i < 4; i++)
    g_assert_cmpfloat (row[i], ==, 12 + 8 + i);
  free (row);
  double *column = scope_tile_profile (tile, &view, true, 3, &reading, &count, &error);
  g_assert_cmpint (count, ==, 3);
  for (int i = 0; i < 3; i++)
    g_assert_cmpfloat (column[i], ==, 12 + 4 * i + 3);
  free (column);
  g_assert_null (scope_tile_profile (tile, &view, true, 4, &reading, &count, &error));
  scope_tile_unref (tile);
}

/* What is too large to keep is read from the expression, with statistics all the same. */
static void
test_large (void)
{
  ScopeTile *tile = read_tile ("A", "ones:float32[5000,5000]");
  ScopeError error;
  g_assert_null (tile->kept);
  g_assert_cmpint (tile->statistics.count, ==, 25000000);
  g_assert_cmpfloat (tile->statistics.max, ==, 1);
  g_assert_null (scope_tile_difference (tile, tile, SCOPE_DIFFERENCE_SIGNED, 0, 1, &error));
  g_assert_cmpint (error.code, ==, SCOPE_ERROR_TOO_BIG);
  scope_tile_unref (tile);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autofree char *path = g_strdup_printf ("/scene/tile/wrong/%s", wrong[i].name);
      g_test_add_data_func (path, &wrong[i], test_wrong);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (rules); i++)
    {
      g_autofree char *path = g_strdup_printf ("/scene/tile/rule/%s", rules[i].name);
      g_test_add_data_func (path, &rules[i], test_rule);
    }
  g_test_add_func ("/scene/tile/difference", test_difference);
  g_test_add_func ("/scene/tile/profile", test_profile);
  g_test_add_func ("/scene/tile/large", test_large);
  return g_test_run ();
}
